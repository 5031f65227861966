import { expect, test } from 'vitest'
import { pacificDate, toISO } from '../clock.ts'
import { readPacificDay, readPacificTime } from './pacific-time.ts'

test.each([
  ['Wed Nov 20 21:03:26 PST 2019', '2019-11-21T05:03:26.000Z'],
  ['Tue Jun 18 09:05:00 PDT 2019', '2019-06-18T16:05:00.000Z'],
  ['Sun Nov 03 01:30:00 PDT 2019', '2019-11-03T08:30:00.000Z'],
  ['Sun Nov 03 01:30:00 PST 2019', '2019-11-03T09:30:00.000Z'],
])('%s is read by its zone name, and written the same [websites 2.5]', (text, iso) => {
  for (const time of [readPacificTime(text), readPacificTime(text)]) {
    expect(toISO(time as number)).toBe(iso)
    expect(pacificDate(time as number)).toBe(text)
  }
})

test.each([
  ['Thu Nov 20 21:03:26 PST 2019', 'it would be Wed Nov 20'],
  ['Wed Nov 20 21:03:26 PDT 2019', 'it would be Wed Nov 20 20:03:26 PST'],
  ['Sun Mar 10 02:30:00 PST 2019', 'it would be Sun Mar 10 03:30:00 PDT'],
  ['Wed Nov 20 21:03:26 UTC 2019', 'has the time zone UTC'],
  ['Sun Feb 30 21:03:26 PST 2019', 'is no time that there was'],
  ['Wed Nov 20 21:60:26 PST 2019', 'should be a time such as'],
  ['Wed Nov 20 21:0x:26 PST 2019', 'should be a time such as'],
  ['', 'should be a time such as'],
])('%s is refused: %s', (text, message) => {
  readPacificTime('Wed Nov 20 21:03:26 PST 2019')
  expect(readPacificTime(text)).toContain(message)
})

test.each(['11/20/19', '11/20/2019', '2019-11-20'])('%s is a Pacific day', (text) => {
  expect(toISO(readPacificDay(text)!)).toBe('2019-11-20T08:00:00.000Z')
})

test.each(['2/30/19', '13/1/19', '20.11.2019', ''])('%s is no day', (text) => {
  expect(readPacificDay(text)).toBeUndefined()
})
