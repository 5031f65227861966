// Amounts, times and spans as people of the page's language write them, all through Intl. The site's days are Pacific
// days [websites 1.8], so its times are Pacific times, with the zone's name beside them.
import { cents, formatDollars, type Cents } from '../../domain/money.ts'

const locale = 'en-US'
const timeZone = 'America/Los_Angeles'

const dollars = new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD' })
const numbers = new Intl.NumberFormat(locale)
const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
const days = new Intl.DateTimeFormat(locale, {
  timeZone,
  weekday: 'short',
  year: 'numeric',
  month: 'short',
  day: 'numeric',
})
const shortDays = new Intl.DateTimeFormat(locale, { timeZone, month: 'short', day: 'numeric' })
const months = new Intl.DateTimeFormat(locale, { timeZone, month: 'long', year: 'numeric' })
const momentParts = {
  timeZone,
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZoneName: 'short',
} as const
const moments = new Intl.DateTimeFormat(locale, momentParts)
const momentsWithYear = new Intl.DateTimeFormat(locale, { ...momentParts, year: 'numeric' })
const years = new Intl.DateTimeFormat(locale, { timeZone, year: 'numeric' })

/** `$1,234.50`. */
export function money(amount: Cents): string {
  // As text, because an amount may have more digits than a double holds.
  return dollars.format(formatDollars(amount) as `${number}`)
}

/** What a reward comes to in an hour: `$3.00`; undefined when no whole second was worked. */
export function hourlyPay(reward: Cents, seconds: number): string | undefined {
  const whole = BigInt(Math.floor(seconds))
  return whole > 0n ? money(cents((reward * 3600n + whole / 2n) / whole)) : undefined
}

/** `1,234`. */
export function count(number: number): string {
  return numbers.format(number)
}

/** Approved of reviewed work: `95.5%`; `0%` when nothing is reviewed [websites 1.8]. */
export function rate(part: number, whole: number): string {
  return percents.format(whole === 0 ? 0 : part / whole)
}

/** `Thu, Jan 1, 2026`. `time` is epoch milliseconds. */
export function day(time: number): string {
  return days.format(time)
}

/** `Jan 1`, where the year is not in doubt. `time` is epoch milliseconds. */
export function shortDay(time: number): string {
  return shortDays.format(time)
}

/** `January 2026`. `time` is epoch milliseconds. */
export function month(time: number): string {
  return months.format(time)
}

/** `Jan 1, 4:00 AM PST`; the year is told when it is not that of `now`. Both are epoch milliseconds. */
export function moment(time: number, now: number): string {
  return (years.format(time) === years.format(now) ? moments : momentsWithYear).format(time)
}

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

/** A span in its two greatest units: `1 hour`, `2 days, 4 hours`. `seconds` is a whole number. */
export function span(seconds: number): string {
  return inUnits(seconds, 'long', ', ')
}

/** The same where room is short, in tables and lists: `5 min 47 sec`. */
export function shortSpan(seconds: number): string {
  return inUnits(seconds, 'short', ' ')
}

function inUnits(seconds: number, unitDisplay: 'long' | 'short', separator: string): string {
  const parts: string[] = []
  let rest = Math.max(0, Math.floor(seconds))
  for (const [unit, size] of units) {
    const amount = Math.floor(rest / size)
    rest -= amount * size
    if (amount === 0 && !(unit === 'second' && parts.length === 0)) continue
    parts.push(new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay }).format(amount))
    if (parts.length === 2) break
  }
  return parts.join(separator)
}

/** A span as a clock shows it: `59:59`, `1:00:00`, `3 days, 04:00:00`. The countdown script writes the same. */
export function clockSpan(seconds: number): string {
  const rest = Math.max(0, Math.floor(seconds))
  const two = (number: number) => String(number).padStart(2, '0')
  const wholeDays = Math.floor(rest / 86_400)
  const hours = Math.floor(rest / 3600) % 24
  const minutesAndSeconds = `${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`
  if (wholeDays > 0) {
    const text = new Intl.NumberFormat(locale, { style: 'unit', unit: 'day', unitDisplay: 'long' })
    return `${text.format(wholeDays)}, ${two(hours)}:${minutesAndSeconds}`
  }
  return hours > 0 ? `${hours}:${minutesAndSeconds}` : minutesAndSeconds
}
