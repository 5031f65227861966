// The worker's money [websites 1.10].
import { isFault } from '../../domain/fault.ts'
import { cents } from '../../domain/money.ts'
import { GetEarnings } from '../../operations/worker/GetEarnings.ts'
import { Facts } from '../ui/facts.tsx'
import { faultPage } from '../ui/error-page.tsx'
import { day, money } from '../ui/format.ts'
import { renderPage } from '../ui/layout.tsx'
import type { WorkerVisit } from '../visit.ts'

/** `GET /earnings` */
export async function showEarnings(visit: WorkerVisit): Promise<Response> {
  const { market, caller } = visit
  const { earnings: texts } = visit.texts
  const earnings = await market.runner.run(GetEarnings, caller, { workerId: caller.workerId })
  if (isFault(earnings)) return faultPage(visit, earnings)
  const { account, bonuses } = earnings
  return renderPage(
    visit,
    { title: texts.title, current: '/earnings' },
    <>
      <h1>{texts.title}</h1>
      <div class="columns">
        <section class="card" aria-labelledby="balance">
          <h2 id="balance">{texts.balance}</h2>
          <p class="amount">{money(account.balance)}</p>
          <p class="hint">{texts.balanceText}</p>
        </section>
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
      </div>
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
    </>,
  )
}
