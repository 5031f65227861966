// Times and days as the real site's files tell them, in Pacific time [websites 2.5].
import { fromISO, pacificDate, pacificDayStart, withinPacificDay } from '../clock.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const form =
  /^(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat) ([A-Z][a-z]{2}) (\d\d) (\d\d):([0-5]\d):([0-5]\d) ([A-Z]{3,4}) (\d{4})$/
const example = 'a time such as Wed Nov 20 21:03:26 PST 2019'

/** Hours by what is written around their minutes and seconds; reading one costs ten times as much as finding it. */
const hours = new Map<string, number>()
const hoursKept = 20_000

/** Reads `Wed Nov 20 21:03:26 PST 2019`: epoch milliseconds, or what is wrong with it, to be put after the column's name. */
export function readPacificTime(text: string): number | string {
  const known = text.length === 28 ? hours.get(text.slice(0, 13) + text.slice(19)) : undefined
  if (known === undefined) return readAnew(text)
  const minutes = twoDigits(text, 14)
  const seconds = twoDigits(text, 17)
  if (!(minutes < 60 && seconds < 60) || text[13] !== ':' || text[16] !== ':') return readAnew(text)
  return known + minutes * 60_000 + seconds * 1000
}

/** NaN where there are none. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

function readAnew(text: string): number | string {
  const found = form.exec(text)
  if (found === null) return `should be ${example}`
  const [, monthName, day, hour, minutes, seconds, zone, year] = found
  if (zone !== 'PST' && zone !== 'PDT')
    return `has the time zone ${zone}; the real site writes Pacific time, PST or PDT, ${example}`
  const month = String(months.indexOf(monthName!) + 1).padStart(2, '0')
  const time = fromISO(`${year}-${month}-${day}T${hour}:00:00-0${zone === 'PST' ? 8 : 7}:00`)
  if (time === undefined) return `is no time that there was; it should be ${example}`
  const right = pacificDate(time)
  const within = Number(minutes) * 60_000 + Number(seconds) * 1000
  if (right !== `${text.slice(0, 14)}00:00${text.slice(19)}`)
    return `is no time that there was; with this day, hour and zone it would be ${pacificDate(time + within)}`
  if (hours.size >= hoursKept) hours.clear()
  hours.set(text.slice(0, 13) + text.slice(19), time)
  return time + within
}

/** Reads `11/20/19`, `11/20/2019` or `2019-11-20` as the beginning of that Pacific day; undefined when it is none. */
export function readPacificDay(text: string): number | undefined {
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d\d|\d{4})$/.exec(text)
  const [, month = '', day = '', year = ''] = american ?? []
  const written = american
    ? `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
    : text
  const within = withinPacificDay(written)
  return within === undefined ? undefined : pacificDayStart(within)
}
