// The parts of the earnings page that are about payouts: the form, the way to be paid, the list [websites 1.10].
import type { Cents } from '../../../domain/money.ts'
import { scheduleDays, type Payout, type PayoutMethod } from '../../../domain/payout.ts'
import { SelectField, TextField } from '../../ui/fields.tsx'
import { count, day, money } from '../../ui/format.ts'
import { TokenField } from '../../ui/layout.tsx'
import type { WorkerVisit } from '../../visit.ts'

interface AskProps {
  visit: WorkerVisit
  balance: Cents
  method: PayoutMethod | undefined
  /** What stands in the field, and what is wrong with it. */
  field: { typed: string; error: string | undefined }
}

/** The form that asks for a payout, or what is needed first. */
export function AskForPayout({ visit, balance, method, field }: AskProps) {
  const { market, token, texts: words } = visit
  const { ask: texts, method: methodTexts } = words.earnings
  const { minimum } = market.settings.payouts
  const isEnough = balance > 0n && balance >= minimum
  return (
    <section class="card" aria-labelledby="ask">
      <h2 id="ask">{texts.title}</h2>
      {method === undefined && (
        <>
          <p>{texts.needsMethod}</p>
          <p>
            <a class="button primary" href="/earnings/method">
              {methodTexts.choose}
            </a>
          </p>
        </>
      )}
      {method !== undefined && !isEnough && field.error === undefined && (
        <p>{texts.tooLittle(money(minimum))}</p>
      )}
      {method !== undefined && (isEnough || field.error !== undefined) && (
        <form class="stack" method="post" action="/earnings/payouts" novalidate>
          <TokenField token={token} />
          {/* Sent twice, the same form asks once. */}
          <input type="hidden" name="form" value={market.ids.secret(12)} />
          <TextField
            name="amount"
            label={texts.amount}
            value={field.typed}
            hint={texts.hint(money(balance), money(minimum))}
            error={field.error}
            autocomplete="off"
            maxlength={40}
          />
          <button class="primary">{texts.button}</button>
        </form>
      )}
    </section>
  )
}

/** Where the money goes, and how often by itself. */
export function WayToBePaid({ visit, method }: { visit: WorkerVisit; method: PayoutMethod | undefined }) {
  const { method: texts, schedule } = visit.texts.earnings
  return (
    <section class="card" aria-labelledby="method">
      <h2 id="method">{texts.title}</h2>
      {method === undefined ? (
        <p>{texts.none}</p>
      ) : (
        <>
          <p class="method">
            <span>
              {texts.by(method.kind)}
              <Ending visit={visit} details={method.details} />
            </span>
            <a href="/earnings/method" aria-describedby="method">
              {texts.change}
            </a>
          </p>
          <form class="schedule" method="post" action="/earnings/schedule">
            <TokenField token={visit.token} />
            <SelectField
              name="days"
              label={schedule.label}
              hint={schedule.hint}
              value={String(method.days)}
              options={scheduleDays.map((days) => [
                String(days),
                days === 0 ? schedule.never : schedule.every(count(days)),
              ])}
            />
            <button>{schedule.save}</button>
          </form>
        </>
      )}
    </section>
  )
}

/** The last characters of a long line: enough to know an account by, too little to use it. */
function Ending({ visit, details }: { visit: WorkerVisit; details: string }) {
  const text = visit.market.secrets.decrypt(details)
  const end = /^.{8,}(.{4})$/u.exec(text)?.[1]
  if (end === undefined) return null
  return <>, {visit.texts.earnings.method.ending(end)}</>
}

/** What was asked for, newest first. */
export function PayoutTable({ visit, payouts }: { visit: WorkerVisit; payouts: readonly Payout[] }) {
  const { earnings } = visit.texts
  const { payouts: texts } = earnings
  return (
    <section aria-labelledby="payouts">
      <h2 id="payouts">{texts.title}</h2>
      {payouts.length === 0 ? (
        <p>{texts.none}</p>
      ) : (
        <table class="cards payouts" aria-labelledby="payouts">
          <thead>
            <tr>
              <th scope="col">{earnings.date}</th>
              <th scope="col" class="number">
                {earnings.amount}
              </th>
              <th scope="col">{texts.method}</th>
              <th scope="col">{texts.state}</th>
              <th scope="col">{texts.note}</th>
            </tr>
          </thead>
          <tbody>
            {payouts.map((payout) => (
              <PayoutRow visit={visit} payout={payout} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function PayoutRow({ visit, payout }: { visit: WorkerVisit; payout: Payout }) {
  const { earnings } = visit.texts
  const { payouts: texts } = earnings
  const { id, state, amount, method, automatic, requestedAt, settledAt, note } = payout
  return (
    <tr>
      <th scope="row">{day(requestedAt)}</th>
      <td data-label={earnings.amount} class="number">
        {money(amount)}
      </td>
      <td data-label={texts.method}>
        {method}
        {automatic && <span class="soft"> ({texts.automatic})</span>}
      </td>
      <td data-label={texts.state}>
        <span class={`state ${state}`}>{texts.states[state]}</span>
        {settledAt !== undefined && <span class="soft"> {texts.settled(day(settledAt))}</span>}
        {state === 'requested' && (
          <form class="cancel" method="post" action={`/earnings/payouts/${id}/cancel`}>
            <TokenField token={visit.token} />
            <button class="quiet" aria-label={texts.cancelOf(money(amount), day(requestedAt))}>
              {texts.cancel}
            </button>
          </form>
        )}
      </td>
      <td data-label={texts.note} class={note === undefined ? 'nothing' : undefined}>
        <span class="feedback">{note}</span>
      </td>
    </tr>
  )
}
