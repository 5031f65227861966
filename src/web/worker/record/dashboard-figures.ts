// What the dashboard reckons from the days of a worker [websites 1.8].
import { withinPacificDay } from '../../../clock.ts'
import { cents, type Cents } from '../../../domain/money.ts'
import type { WorkerDay } from '../../../store/worker-days.ts'
import { month } from '../../ui/format.ts'

/** Money that came in within a period, by the period's label. */
export type Earned = [label: string, amount: Cents][]

/** Earnings of each year, quarter and month in which there were any, latest first. */
export interface EarningsByPeriod {
  yearly: Earned
  quarterly: Earned
  monthly: Earned
}

/** Adds up what came in on days that are given latest first. Rewards count when they were approved. */
export function earningsByPeriod(days: readonly WorkerDay[]): EarningsByPeriod {
  const sums = (label: (day: string) => string): Earned => {
    const found = new Map<string, bigint>()
    for (const { day, earned, bonuses } of days) {
      if (earned + bonuses === 0n) continue
      const key = label(day)
      found.set(key, (found.get(key) ?? 0n) + earned + bonuses)
    }
    return [...found].map(([key, amount]) => [key, cents(amount)])
  }
  return {
    yearly: sums((day) => day.slice(0, 4)),
    quarterly: sums((day) => `Q${Math.ceil(Number(day.slice(5, 7)) / 3)} ${day.slice(0, 4)}`),
    monthly: sums((day) => month(withinPacificDay(`${day.slice(0, 7)}-15`) ?? 0)),
  }
}

/** What some days come to. */
export interface Sum {
  submitted: number
  approved: number
  rejected: number
  /** Rewards of what was submitted on the days, and bonuses that were paid on them. */
  earnings: Cents
  seconds: number
  reviewedSeconds: number
}

/** Adds up days. */
export function sumOf(days: readonly WorkerDay[]): Sum {
  const sum = (of: (day: WorkerDay) => number) => days.reduce((all, day) => all + of(day), 0)
  return {
    submitted: sum((day) => day.submitted),
    approved: sum((day) => day.approved),
    rejected: sum((day) => day.rejected),
    earnings: cents(days.reduce((all, day) => all + dayEarnings(day), 0n)),
    seconds: sum((day) => day.seconds),
    reviewedSeconds: sum((day) => day.reviewedSeconds),
  }
}

/** What a day brought: rewards of what was submitted on it, and bonuses that were paid on it. */
export function dayEarnings({ rewards, bonuses }: WorkerDay): Cents {
  return cents(rewards + bonuses)
}

/** What waits for a decision. */
export function pendingOf(counts: { submitted: number; approved: number; rejected: number }): number {
  return Math.max(0, counts.submitted - counts.approved - counts.rejected)
}

/** Part of a whole in percent, to two digits after the point; 0 of nothing [websites 1.8]. */
export function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 100
}
