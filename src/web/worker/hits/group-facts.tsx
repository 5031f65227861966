// What a worker wants to know of a group before he accepts: what an hour of it comes to, and how its requester treats
// work. The real site tells neither.
import type { GroupForWorker } from '../../../operations/worker/groups/group-view.ts'
import type { Texts } from '../../messages/en.ts'
import { count, hourlyPay, money, rate, shortSpan, span } from '../../ui/format.ts'

/** Reward and hourly pay. */
export function Pay({ texts, group }: { texts: Texts; group: GroupForWorker }) {
  return (
    <div class="pay">
      <p class="reward">
        <span class="visually-hidden">{texts.hits.reward}: </span>
        {money(group.type.reward)}
      </p>
      <HourlyPay texts={texts} group={group} />
    </div>
  )
}

/** What an hour comes to by the median time of others, with how many that is. */
export function HourlyPay({ texts: { hits }, group }: { texts: Texts; group: GroupForWorker }) {
  const { medianSeconds, samples } = group.pay
  const hourly = medianSeconds === undefined ? undefined : hourlyPay(group.type.reward, medianSeconds)
  return (
    <>
      {hourly !== undefined && <p class="hourly">{hits.perHour(hourly)}</p>}
      <p class="pay-basis">
        {medianSeconds === undefined
          ? hits.noPay
          : hits.typical(medianSeconds < 1 ? hits.noTime : shortSpan(medianSeconds), count(samples))}
      </p>
    </>
  )
}

/** How the requester treats work, in a sentence. */
export function recordText({ hits }: Texts, { requester }: GroupForWorker): string {
  const { approvalRate, reviewSeconds, samples } = requester
  if (approvalRate === undefined) return hits.noRecord
  const approves = hits.approves(rate(approvalRate, 1), count(samples))
  if (reviewSeconds === undefined) return approves
  return `${approves} · ${hits.decides(reviewSeconds < 60 ? hits.aMinute : span(reviewSeconds))}`
}
