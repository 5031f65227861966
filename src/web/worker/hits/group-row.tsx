// A group in the list: what it pays first, then what it is, then what may be done [websites 1.3].
import type { GroupForWorker } from '../../../operations/worker/groups/group-view.ts'
import { refusalText } from '../../messages/faults.ts'
import { count, moment, span } from '../../ui/format.ts'
import type { WorkerVisit } from '../../visit.ts'
import { AcceptForm } from './accept-form.tsx'
import { contactAboutGroup } from '../messages/contact-link.ts'
import { FavouriteButton, rowId, type Marks } from '../kept/favourite-button.tsx'
import { Pay, recordText } from './group-facts.tsx'
import { firstMissing, RequirementList, requestAddress } from './requirement-list.tsx'

interface RowProps {
  visit: WorkerVisit
  group: GroupForWorker
  /** Whether its details are open. */
  expanded: boolean
  /** The address of the list, to come back to. */
  here: string
  marks: Marks
}

/** One row. */
export function GroupRow({ visit, group, expanded, here, marks }: RowProps) {
  const { texts } = visit
  const { type, refusal } = group
  return (
    <li class="table-row hit-set-table-row card" id={rowId(type.groupId)} data-group={type.groupId}>
      <div class="desktop-row p-b-md">
        <Pay texts={texts} group={group} />
        <div class="about">
          <div class="kept-head">
            <h2 class="project-name-column">{type.title}</h2>
            <FavouriteButton
              visit={visit}
              kind="group"
              id={type.groupId}
              name={type.title}
              isMarked={marks.groups.has(type.id)}
              row={type.groupId}
            />
          </div>
          <p class="requester-column">
            <span class="with-heart">
              <a href={`/requesters/${type.requesterId}/projects`}>{group.requesterName}</a>
              <FavouriteButton
                visit={visit}
                kind="requester"
                id={type.requesterId}
                name={group.requesterName}
                isMarked={marks.requesters.has(type.requesterId)}
                row={type.groupId}
              />
            </span>
            <span class="record">{recordText(texts, group)}</span>
          </p>
          <Figures visit={visit} group={group} />
          {refusal && <p class="why-not">{refusalText(texts, refusal)}</p>}
        </div>
        <Actions visit={visit} group={group} here={here} />
      </div>
      <Details visit={visit} group={group} expanded={expanded} here={here} />
    </li>
  )
}

function Figures({ visit, group: { type, figures } }: Pick<RowProps, 'visit' | 'group'>) {
  const { hits } = visit.texts
  const now = visit.market.clock.now()
  return (
    <dl class="facts row">
      <div>
        <dt>{hits.available}</dt>
        <dd>{count(figures.assignable)}</dd>
      </div>
      <div>
        <dt>{hits.timeAllotted}</dt>
        <dd>{span(type.duration)}</dd>
      </div>
      <div>
        <dt>{hits.expires}</dt>
        <dd>{moment(figures.latestExpiration, now)}</dd>
      </div>
    </dl>
  )
}

function Actions({ visit, group, here }: Pick<RowProps, 'visit' | 'group' | 'here'>) {
  const { hits } = visit.texts
  const { type } = group
  const named = (action: string) => hits.of(action, type.title)
  const missing = firstMissing(group.requirements)
  return (
    <div class="actions">
      {group.accept && (
        <AcceptForm visit={visit} groupId={type.groupId} label={named(hits.accept)} newTab={type.title} />
      )}
      {!group.accept && missing && (
        <a class="button" href={requestAddress(missing, here)} aria-label={named(hits.qualify)}>
          {hits.qualify}
        </a>
      )}
      {group.preview && (
        <a
          class="button"
          href={`/projects/${type.groupId}/tasks?ref=w_pl_prvw`}
          aria-label={named(hits.preview)}
        >
          {hits.preview}
        </a>
      )}
    </div>
  )
}

function Details({ visit, group, expanded, here }: Omit<RowProps, 'marks'>) {
  const { texts } = visit
  const { hits } = texts
  const { type, figures, requirements } = group
  return (
    <details class="group-details" open={expanded}>
      <summary>
        {hits.details}
        <span class="visually-hidden">: {type.title}</span>
      </summary>
      <h3>{hits.description}</h3>
      <p class="description">{type.description}</p>
      <p class="soft">
        {hits.created}: {moment(figures.createdAt, visit.market.clock.now())}
      </p>
      {type.keywords !== undefined && type.keywords !== '' && (
        <p class="soft">
          {hits.keywords}: {type.keywords}
        </p>
      )}
      <h3>{hits.requirements}</h3>
      <RequirementList texts={texts} requirements={requirements} returnTo={here} />
      <p>
        <a href={contactAboutGroup(type, group.requesterName)}>{texts.work.contact}</a>
      </p>
    </details>
  )
}
