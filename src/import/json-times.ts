// Times as the clients of the API print them: the wire has seconds since 1970, the AWS CLI and boto3 make ISO texts of
// them, Python's own text of a time has a space in it, and data frames are saved with milliseconds.
import { fromISO, utcParts } from '../clock.ts'

/** No assignment is older than the service, and none lies ahead of its end by more than the longest lifetime allows. */
const earliest = fromISO('2005-01-01T00:00:00Z')!
const latest = fromISO('2100-01-01T00:00:00Z')!

/** Numbers from here on are milliseconds: as seconds they would be in the year 5138, as milliseconds in 1973. */
const leastMilliseconds = 1e11

const form =
  /^(\d{4}-\d\d-(\d\d))[T ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)? ?(?:(Z|UTC|GMT)|([+-]\d\d):?(\d\d)?(?::\d\d)?)?$/

const example = 'such as 2019-11-20T21:03:26-08:00, or seconds since 1970'

/** Reads a time; answers epoch milliseconds, or what is wrong with it, to be put after the member's name. */
export function readTime(value: unknown): number | string {
  const time =
    typeof value === 'string' ? readText(value) : typeof value === 'number' ? fromNumber(value) : ''
  if (time === '') return `should be a time ${example}`
  if (typeof time === 'number' && !(time >= earliest && time < latest))
    return `is not within the time of Mechanical Turk; it should be a time ${example}`
  return time
}

function fromNumber(value: number): number {
  return Math.round(value >= leastMilliseconds ? value : value * 1000)
}

function readText(text: string): number | string {
  const found = form.exec(text)
  if (found === null) return /^\d+(\.\d+)?$/.test(text) ? fromNumber(Number(text)) : ''
  const [, date, day, minutes, seconds = '00', fraction = '', zone, hours, more = '00'] = found
  if (zone === undefined && hours === undefined)
    return 'does not tell its time zone; it should end with Z or an offset such as -08:00'
  const offset = hours === undefined ? 'Z' : `${hours}:${more}`
  const time = fromISO(`${date}T${minutes}:${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}${offset}`)
  // The 30th of February would be taken for the 2nd of March.
  const start = fromISO(`${date}T00:00:00Z`)
  const isDay = start !== undefined && utcParts(start).day === Number(day)
  return time === undefined || !isDay ? 'is no time that there was' : time
}
