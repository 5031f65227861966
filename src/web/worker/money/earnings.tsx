// The worker's money: what there is, asking for it, and what came of that [websites 1.10].
import { isFault, type Fault } from '../../../domain/fault.ts'
import { cents, formatDollars } from '../../../domain/money.ts'
import { readAmount } from '../../../domain/payout.ts'
import { CancelPayout } from '../../../operations/worker/CancelPayout.ts'
import { GetEarnings, type Earnings } from '../../../operations/worker/GetEarnings.ts'
import { ListPayouts, type PayoutsOfWorker } from '../../../operations/worker/ListPayouts.ts'
import { RequestPayout } from '../../../operations/worker/RequestPayout.ts'
import { SetPayoutSchedule } from '../../../operations/worker/SetPayoutMethod.ts'
import { Banner } from '../../ui/banner.tsx'
import { Facts } from '../../ui/facts.tsx'
import { faultPage } from '../../ui/error-page.tsx'
import { day, money } from '../../ui/format.ts'
import { renderPage } from '../../ui/layout.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { WorkerVisit } from '../../visit.ts'
import { earningsOfMonths, MonthChart, type MonthEarnings } from './earnings-chart.tsx'
import { AskForPayout, PayoutTable, WayToBePaid } from './earnings-payouts.tsx'

/** What the page shows. */
export interface Money {
  earnings: Earnings
  payouts: PayoutsOfWorker
  months: readonly MonthEarnings[]
}

/** What the page says about a form that was refused. */
interface Refusal {
  /** What stood in the field, and what is wrong with it. */
  amount?: { typed: string; error: string }
  banner?: { heading: string; text?: string }
}

/** `GET /earnings` */
export function showEarnings(visit: WorkerVisit): Promise<Response> {
  return earningsPage(visit)
}

/** `POST /earnings/payouts` */
export async function askForPayout(visit: WorkerVisit, form: URLSearchParams): Promise<Response> {
  const { c, market, caller, texts } = visit
  const typed = (form.get('amount') ?? '').slice(0, 40)
  const amount = readAmount(typed)
  if (amount === undefined)
    return earningsPage(visit, { amount: { typed, error: texts.earnings.ask.notMoney } })
  const token = (form.get('form') ?? '').slice(0, 64) || undefined
  const payout = await market.runner.run(RequestPayout, caller, { amount, token })
  if (!isFault(payout)) return c.redirect('/earnings?notice=PayoutRequested', 303)
  const error = refusalOf(visit, payout)
  return error === undefined ? faultPage(visit, payout) : earningsPage(visit, { amount: { typed, error } })
}

/** Why a payout was refused; undefined for what is no fault of what was typed. */
function refusalOf({ texts }: WorkerVisit, fault: Fault): string | undefined {
  const { ask } = texts.earnings
  if (fault.fault === 'PayoutTooLarge') return ask.aboveBalance(money(fault.balance))
  if (fault.fault === 'PayoutTooSmall') return ask.belowMinimum(money(fault.minimum))
  return fault.fault === 'PayoutMethodMissing' ? ask.needsMethod : undefined
}

/** `POST /earnings/payouts/:id/cancel` */
export async function cancelPayout(visit: WorkerVisit): Promise<Response> {
  const { c, market, caller, texts } = visit
  const payoutId = c.req.param('id') ?? ''
  const payout = await market.runner.run(CancelPayout, caller, { payoutId })
  if (!isFault(payout)) return c.redirect('/earnings?notice=PayoutCancelled', 303)
  if (payout.fault !== 'PayoutSettled' && payout.fault !== 'PayoutDoesNotExist')
    return faultPage(visit, payout)
  // Pressed twice: what was wanted is so.
  if (payout.fault === 'PayoutSettled' && payout.state === 'cancelled')
    return c.redirect('/earnings?notice=PayoutCancelled', 303)
  return earningsPage(visit, { banner: texts.earnings.refused.settled })
}

/** `POST /earnings/schedule` */
export async function setSchedule(visit: WorkerVisit, form: URLSearchParams): Promise<Response> {
  const { c, market, caller, texts } = visit
  const text = form.get('days') ?? ''
  const days = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN
  const set = await market.runner.run(SetPayoutSchedule, caller, { days })
  if (!isFault(set)) return c.redirect('/earnings?notice=PayoutScheduleSaved', 303)
  if (set.fault === 'PayoutMethodMissing') return c.redirect('/earnings/method', 303)
  if (set.fault !== 'InvalidInput') return faultPage(visit, set)
  return earningsPage(visit, { banner: texts.earnings.refused.schedule })
}

async function readMoney(visit: WorkerVisit): Promise<Money | Fault> {
  const { market, caller } = visit
  const earnings = await market.runner.run(GetEarnings, caller, { workerId: caller.workerId })
  if (isFault(earnings)) return earnings
  const payouts = await market.runner.run(ListPayouts, caller, {})
  if (isFault(payouts)) return payouts
  const months = await earningsOfMonths(visit)
  return isFault(months) ? months : { earnings, payouts, months }
}

async function earningsPage(visit: WorkerVisit, refusal?: Refusal): Promise<Response> {
  const found = await readMoney(visit)
  if (isFault(found)) return faultPage(visit, found)
  const { earnings: texts } = visit.texts
  const { earnings, payouts, months } = found
  const { account } = earnings
  const { amount, banner } = refusal ?? {}
  const typed = amount ?? { typed: formatDollars(account.balance), error: undefined }
  return renderPage(
    visit,
    { title: texts.title, current: '/earnings', status: refusal === undefined ? 200 : 422 },
    <>
      <Transfer visit={visit} money={found} banner={banner} />
      <div class="columns">
        <AskForPayout visit={visit} balance={account.balance} method={payouts.method} field={typed} />
        <WayToBePaid visit={visit} method={payouts.method} />
      </div>
      <PayoutTable visit={visit} payouts={payouts.payouts} />
      <div class="columns">
        <section class="card" aria-labelledby="total">
          <h2 id="total">{texts.total}</h2>
          <Facts
            facts={[
              [texts.rewards, money(account.rewards)],
              [texts.bonuses, money(account.bonuses)],
              [texts.total, money(cents(account.rewards + account.bonuses))],
            ]}
          />
        </section>
        <MonthChart visit={visit} months={months} />
      </div>
      <BonusTable visit={visit} bonuses={earnings.bonuses} />
    </>,
  )
}

/**
 * The first block of the page: workers' tools read the next automatic payout from the `strong` element of its third row
 * [websites 1.10].
 */
function Transfer({
  visit,
  money: found,
  banner,
}: {
  visit: WorkerVisit
  money: Money
  banner: Refusal['banner']
}) {
  const { earnings: texts } = visit.texts
  const { earnings, payouts } = found
  const nextAt = payouts.method?.nextAt
  return (
    <div class="transfer">
      <div class="row">
        <h1>{texts.title}</h1>
        {banner ? <Banner kind="danger" {...banner} /> : <Notice visit={visit} />}
      </div>
      <div class="row sums">
        <section class="card" aria-labelledby="balance">
          <h2 id="balance">{texts.balance}</h2>
          <p class="amount">{money(earnings.account.balance)}</p>
          <p class="hint">{texts.balanceText}</p>
        </section>
        <section class="card" aria-labelledby="under-way">
          <h2 id="under-way">{texts.underWay}</h2>
          <p class="amount">{money(payouts.underWay)}</p>
          <p class="hint">{texts.underWayText}</p>
        </section>
      </div>
      <div class="row">
        <p class="next">
          {texts.next} <strong>{nextAt === undefined ? texts.nextNone : day(nextAt)}</strong>
        </p>
      </div>
    </div>
  )
}

function BonusTable({ visit, bonuses }: { visit: WorkerVisit; bonuses: Earnings['bonuses'] }) {
  const { earnings: texts } = visit.texts
  return (
    <>
      <h2>{texts.bonusList}</h2>
      {bonuses.length === 0 ? (
        <p>{texts.noBonuses}</p>
      ) : (
        <table class="cards" aria-label={texts.bonusList}>
          <thead>
            <tr>
              <th scope="col">{texts.date}</th>
              <th scope="col" class="number">
                {texts.amount}
              </th>
              <th scope="col">{texts.reason}</th>
            </tr>
          </thead>
          <tbody>
            {bonuses.map((bonus) => (
              <tr>
                <th scope="row">{day(bonus.grantedAt)}</th>
                <td data-label={texts.amount} class="number">
                  {money(bonus.amount)}
                </td>
                <td data-label={texts.reason}>
                  <span class="feedback">{bonus.reason}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}
