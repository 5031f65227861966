// The two spellings of time that a signed request may carry [wire 1.2, 4.3].
import { fromISO, utcParts } from '../clock.ts'

const basicFormat = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/
const httpFormat =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/

/** ISO 8601 basic format, `20260101T000000Z`. `time` is epoch milliseconds. */
export function formatBasic(time: number): string {
  const { year, month, day, hour, minute, second } = utcParts(time)
  return `${pad(year, 4)}${pad(month + 1, 2)}${pad(day, 2)}T${pad(hour, 2)}${pad(minute, 2)}${pad(second, 2)}Z`
}

/** Reads ISO 8601 basic format as epoch milliseconds; undefined for anything else, 30 February included. */
export function parseBasic(text: string): number | undefined {
  const match = basicFormat.exec(text)
  if (match === null) return undefined
  const [, year, month, day, hour, minute, second] = match
  const time = fromISO(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return time !== undefined && formatBasic(time) === text ? time : undefined
}

/** Turns the `Date` header (RFC 1123, or already basic) into basic format; undefined when it is neither. */
export function basicFromDateHeader(text: string): string | undefined {
  if (basicFormat.test(text)) return text
  if (!httpFormat.test(text)) return undefined
  const time = fromISO(text)
  return time === undefined ? undefined : formatBasic(time)
}

function pad(number: number, width: number): string {
  return number.toString().padStart(width, '0')
}
