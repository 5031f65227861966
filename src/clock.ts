// The only file that reads the time of the machine. Two kinds of time exist in Kempelen:
// the market's clock, which a test may turn, for everything a person can see in data; and
// the wall clock, for signatures, sessions, throttles and the Date header.

/** A source of time. `now()` is epoch milliseconds. */
export interface Clock {
  now(): number
}

/** The machine's own time, in epoch milliseconds. Cannot be turned. */
export const wallClock: Clock = { now: () => Date.now() }

/** A clock that a test or the control API can turn forward or set. */
export interface TurnableClock extends Clock {
  /** Milliseconds by which this clock differs from the wall clock (0 for a virtual clock that stands). */
  readonly offset: number
  /** Makes `now()` return `time` (epoch milliseconds) from this moment on. */
  set(time: number): void
}

/** The market's real clock: runs with the wall clock, moved by an offset that is kept in the database. */
export function realClock(offset = 0, wall: Clock = wallClock): TurnableClock {
  let current = offset
  return {
    get offset() {
      return current
    },
    now: () => wall.now() + current,
    set(time) {
      current = time - wall.now()
    },
  }
}

/** A clock that stands still until it is set: for tests. Starts at `start` (epoch milliseconds). */
export function virtualClock(start: number, wall: Clock = wallClock): TurnableClock {
  let time = start
  return {
    get offset() {
      return time - wall.now()
    },
    now: () => time,
    set(next) {
      time = next
    },
  }
}

/** ISO 8601 text in UTC with milliseconds, for pages and the control API. `time` is epoch milliseconds. */
export function toISO(time: number): string {
  return new Date(time).toISOString()
}

/** Reads an ISO 8601 time; undefined when the text is none. The answer is epoch milliseconds. */
export function fromISO(text: string): number | undefined {
  const time = Date.parse(text)
  return Number.isNaN(time) ? undefined : time
}

/** Calendar fields of a time in UTC. `time` is epoch milliseconds; `month` and `weekday` count from 0. */
export function utcParts(time: number) {
  const date = new Date(time)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth(),
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  }
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** A time as Java prints it, `Wed Jul 14 20:26:06 UTC 2021`: part of an internal token that clients can see. */
export function javaDate(time: number): string {
  const { weekday, month, day, hour, minute, second, year } = utcParts(time)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${weekdays[weekday]} ${months[month]} ${two(day)} ${two(hour)}:${two(minute)}:${two(second)} UTC ${year}`
}

const pacific = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Los_Angeles',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

const hourLength = 3_600_000
/** Pacific days by the hour since 1970: each begins with one. Looking one up costs a tenth of reckoning it. */
const daysByHour = new Map<number, string>()
const hoursKept = 10_000

/** The day in Pacific time, the worker site's day, as `YYYY-MM-DD` [websites 1.8]. */
export function pacificDay(time: number): string {
  const hour = Math.floor(time / hourLength)
  const known = daysByHour.get(hour)
  if (known !== undefined) return known
  const part = pacificParts(time)
  const day = `${part.year}-${part.month}-${part.day}`
  if (daysByHour.size >= hoursKept) daysByHour.clear()
  daysByHour.set(hour, day)
  return day
}

/** When the Pacific day that holds `time` began, in epoch milliseconds. */
export function pacificDayStart(time: number): number {
  // The clock may be set within the day, so the guess is corrected once by what the clock showed there.
  const guess = time - sinceMidnight(time)
  const late = sinceMidnight(guess)
  return late === 0 ? guess : late > 12 * 3600_000 ? guess + 24 * 3600_000 - late : guess - late
}

/** When the Pacific day after the one that holds `time` begins, in epoch milliseconds. */
export function nextPacificDayStart(time: number): number {
  // So long after its beginning is surely within the next day, however long this one is.
  return pacificDayStart(pacificDayStart(time) + 36 * hourLength)
}

function pacificParts(time: number): Record<string, string> {
  return Object.fromEntries(pacific.formatToParts(time).map(({ type, value }) => [type, value]))
}

function sinceMidnight(time: number): number {
  const part = pacificParts(time)
  const seconds = Number(part.hour) * 3600 + Number(part.minute) * 60 + Number(part.second)
  return seconds * 1000 + (((time % 1000) + 1000) % 1000)
}

/** The noon, UTC, of a Pacific day `YYYY-MM-DD`: a time surely within it. Undefined when the text is no day. */
export function withinPacificDay(day: string): number | undefined {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T20:00:00Z`) : NaN
  // The 31st of a shorter month would be a day of the next one.
  return !Number.isNaN(time) && pacificDay(time) === day ? time : undefined
}

const pacificHour = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Los_Angeles',
  hourCycle: 'h23',
  weekday: 'short',
  year: 'numeric',
  month: 'short',
  day: '2-digit',
  hour: '2-digit',
})
/** What stands before and behind minutes and seconds, by the hour since 1970. */
const pacificHours = new Map<number, readonly [string, string]>()

/** A time as the real site's files tell it, in Pacific time: `Wed Nov 20 21:03:26 PST 2019` [websites 2.5]. */
export function pacificDate(time: number): string {
  const hour = Math.floor(time / hourLength)
  let known = pacificHours.get(hour)
  if (known === undefined) {
    const part = Object.fromEntries(pacificHour.formatToParts(time).map(({ type, value }) => [type, value]))
    // Not every library calls the zone so; standard time is eight hours behind.
    const behind = (((hour - Number(part.hour)) % 24) + 24) % 24
    const zone = behind === 8 ? 'PST' : 'PDT'
    known = [`${part.weekday} ${part.month} ${part.day} ${part.hour}:`, ` ${zone} ${part.year}`]
    if (pacificHours.size >= hoursKept) pacificHours.clear()
    pacificHours.set(hour, known)
  }
  const second = Math.floor(time / 1000) - hour * 3600
  const two = (number: number) => (number < 10 ? `0${number}` : String(number))
  return `${known[0]}${two(Math.floor(second / 60))}:${two(second % 60)}${known[1]}`
}
