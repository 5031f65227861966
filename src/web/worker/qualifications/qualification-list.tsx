// What the lists of qualifications have in common: their tabs, and a type as a card.
import type { PropsWithChildren } from 'hono/jsx'
import type { TypeForWorker } from '../../../operations/worker/qualification-for-worker.ts'
import { withReturn } from '../../local-path.ts'
import { Facts } from '../../ui/facts.tsx'
import { moment } from '../../ui/format.ts'
import { Tabs } from '../../ui/tabs.tsx'
import type { WorkerVisit } from '../../visit.ts'
import { outstandingText, requestRefusal, testSecondsLeft, valueText } from './qualification-texts.ts'

/** Which of the lists a page is. */
export type ListName = 'assigned' | 'pending' | 'all'

const addresses: Record<ListName, string> = {
  assigned: '/qualifications/assigned',
  pending: '/qualifications/pending',
  all: '/qualifications',
}

/** The ways to the three lists. */
export function ListTabs({ visit, current }: { visit: WorkerVisit; current?: ListName }) {
  const words = visit.texts.qualifications
  const names = Object.keys(addresses) as ListName[]
  return (
    <Tabs
      label={words.tabs}
      tabs={names.map((name) => [addresses[name], words[name]])}
      current={current && addresses[current]}
    />
  )
}

interface TypesProps {
  visit: WorkerVisit
  types: readonly TypeForWorker[]
}

/** Types of requesters one below the other, then those of the system together: nothing can be done about these. */
export function TypeList({ visit, types }: TypesProps) {
  const system = types.filter(({ owner }) => owner === undefined)
  const custom = types.filter(({ owner }) => owner !== undefined)
  return (
    <>
      {custom.length > 0 && (
        <ol class="qualification-list">
          {custom.map((type) => (
            <TypeCard visit={visit} type={type} />
          ))}
        </ol>
      )}
      {system.length > 0 && <SystemTypes visit={visit} types={system} />}
    </>
  )
}

function SystemTypes({ visit, types }: TypesProps) {
  const { texts } = visit
  return (
    <section class="card qualification-system">
      <h2>{texts.qualifications.system}</h2>
      <Facts
        facts={types.map(({ id, name, held }) => [
          <a href={`/qualifications/${id}`}>{name}</a>,
          valueText(texts, held?.value),
        ])}
      />
    </section>
  )
}

function TypeCard({ visit, type }: { visit: WorkerVisit; type: TypeForWorker }) {
  const { texts, market } = visit
  const words = texts.qualifications
  const { held, outstanding } = type
  const now = market.clock.now()
  return (
    <li class="card">
      <div class="group-head">
        <h2>
          <a href={`/qualifications/${type.id}`}>{type.name}</a>
        </h2>
        {held && (
          <p class="qualification-value">
            <span class="visually-hidden">{words.value}: </span>
            {valueText(texts, held.value)}
          </p>
        )}
      </div>
      <p class="requester-column">
        <Owner visit={visit} type={type} />
        {held && type.owner && ` · ${words.granted} ${moment(held.grantedAt, now)}`}
        {held?.earlierId !== undefined && ` · ${texts.claim.from(held.earlierId)}`}
        {outstanding && ` · ${words.requested} ${moment(outstanding.requestedAt, now)}`}
      </p>
      <p class="description">{type.description}</p>
      <TypeAction visit={visit} type={type} isListed />
    </li>
  )
}

/** Whose the type is. */
export function Owner({ visit, type: { owner } }: { visit: WorkerVisit; type: TypeForWorker }) {
  if (owner === undefined) return <>{visit.texts.qualifications.system}</>
  return <a href={`/requesters/${owner.id}/projects`}>{owner.name}</a>
}

interface ActionProps {
  visit: WorkerVisit
  type: TypeForWorker
  /** It stands among others: its name is read out with it. */
  isListed?: boolean
  /** Where he came from, to get back there. */
  returnTo?: string | undefined
}

/** What can be done about a type now, or why nothing can. */
export function TypeAction({
  visit,
  type,
  isListed = false,
  returnTo,
  children,
}: PropsWithChildren<ActionProps>) {
  const { texts, market } = visit
  const words = texts.qualifications
  const now = market.clock.now()
  const left = testSecondsLeft(type, now)
  const link = (href: string, text: string) => (
    <a
      class={type.held ? 'button' : 'button primary'}
      href={withReturn(href, returnTo)}
      aria-label={isListed ? words.of(text, type.name) : undefined}
    >
      {text}
    </a>
  )
  const address = `/qualifications/${type.id}`
  // What one has and cannot ask for needs no words about it in a list.
  const isSilent = isListed && type.held !== undefined && type.outstanding === undefined
  const status =
    outstandingText(texts, type, now) ??
    (type.refusal && !isSilent ? requestRefusal(texts, type, type.refusal, now) : undefined)
  return (
    <>
      {status !== undefined && <p class="qualification-status">{status}</p>}
      {(left !== undefined || type.refusal === undefined || children) && (
        <div class="actions">
          {left !== undefined && link(`${address}/test`, words.goOnWithTest)}
          {type.refusal === undefined &&
            link(`${address}/request`, type.hasTest ? words.takeTest : words.request)}
          {children}
        </div>
      )}
    </>
  )
}
