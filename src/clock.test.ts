import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  fromISO,
  javaDate,
  nextPacificDayStart,
  pacificDate,
  pacificDay,
  pacificDayStart,
  realClock,
  toISO,
  utcParts,
  virtualClock,
  withinPacificDay,
} from './clock.ts'

const at = (text: string) => fromISO(text)!

describe('clocks [design 4]', () => {
  test('a virtual clock stands until it is set', () => {
    const wall = { now: () => 1000 }
    const clock = virtualClock(5000, wall)
    expect([clock.now(), clock.now(), clock.offset]).toEqual([5000, 5000, 4000])
    clock.set(7000)
    expect([clock.now(), clock.offset]).toEqual([7000, 6000])
  })

  test('a real clock runs with the wall clock, by an offset', () => {
    let wallTime = 1000
    const clock = realClock(500, { now: () => wallTime })
    expect(clock.now()).toBe(1500)
    clock.set(10_000)
    wallTime += 25
    expect([clock.now(), clock.offset]).toEqual([10_025, 9000])
  })
})

test.for([
  ['2026-01-01T12:00:00Z', 1_767_268_800_000],
  ['2026-12-01T00:00:00.250Z', 1_796_083_200_250],
  ['2026-12-01T01:00:00+01:00', 1_796_083_200_000],
  ['yesterday', undefined],
  ['', undefined],
] as const)('ISO text %s is %s', ([text, time]) => {
  expect(fromISO(text)).toBe(time)
})

test('ISO text is read back', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 4e12 }), (time) => fromISO(toISO(time)) === time))
})

test('calendar fields in UTC', () => {
  expect(utcParts(at('2028-02-29T23:59:58.999Z'))).toEqual({
    year: 2028,
    month: 1,
    day: 29,
    weekday: 2,
    hour: 23,
    minute: 59,
    second: 58,
  })
})

test.for([
  ['2021-07-14T20:26:06.999Z', 'Wed Jul 14 20:26:06 UTC 2021'],
  ['2026-01-01T00:00:00Z', 'Thu Jan 01 00:00:00 UTC 2026'],
  ['2028-02-29T09:05:07Z', 'Tue Feb 29 09:05:07 UTC 2028'],
  ['1999-12-31T23:59:59Z', 'Fri Dec 31 23:59:59 UTC 1999'],
] as const)("%s in Java's words is %s [hits 5.6]", ([text, wanted]) => {
  expect(javaDate(at(text))).toBe(wanted)
})

describe('the Pacific day [websites 1.8]', () => {
  // A moment, the day it belongs to, when that day began.
  test.for([
    ['winter', '2026-01-15T20:00:00Z', '2026-01-15', '2026-01-15T08:00:00Z'],
    ['winter, the last millisecond', '2026-01-16T07:59:59.999Z', '2026-01-15', '2026-01-15T08:00:00Z'],
    ['winter, midnight', '2026-01-16T08:00:00Z', '2026-01-16', '2026-01-16T08:00:00Z'],
    ['winter, a millisecond later', '2026-01-16T08:00:00.001Z', '2026-01-16', '2026-01-16T08:00:00Z'],
    ['summer', '2026-07-15T06:59:59Z', '2026-07-14', '2026-07-14T07:00:00Z'],
    ['spring, before the change', '2026-03-08T09:59:59Z', '2026-03-08', '2026-03-08T08:00:00Z'],
    ['spring, after the change', '2026-03-08T10:00:00Z', '2026-03-08', '2026-03-08T08:00:00Z'],
    ['spring, evening', '2026-03-09T06:59:59Z', '2026-03-08', '2026-03-08T08:00:00Z'],
    ['spring, the day after', '2026-03-09T07:00:00Z', '2026-03-09', '2026-03-09T07:00:00Z'],
    ['autumn, before the change', '2026-11-01T08:30:00Z', '2026-11-01', '2026-11-01T07:00:00Z'],
    ['autumn, the hour that comes twice', '2026-11-01T09:30:00Z', '2026-11-01', '2026-11-01T07:00:00Z'],
    ['autumn, evening', '2026-11-02T07:59:59Z', '2026-11-01', '2026-11-01T07:00:00Z'],
    ['autumn, the day after', '2026-11-02T08:00:00Z', '2026-11-02', '2026-11-02T08:00:00Z'],
    ['new year', '2027-01-01T07:59:59Z', '2026-12-31', '2026-12-31T08:00:00Z'],
    ['leap day', '2028-02-29T12:00:00Z', '2028-02-29', '2028-02-29T08:00:00Z'],
  ] as const)('%s', ([, moment, day, start]) => {
    expect(pacificDay(at(moment))).toBe(day)
    expect(toISO(pacificDayStart(at(moment)))).toBe(toISO(at(start)))
  })

  test('begins at a moment of the same day, whose predecessor is of another', () => {
    const moments = fc.integer({ min: at('2020-01-01T00:00:00Z'), max: at('2040-01-01T00:00:00Z') })
    fc.assert(
      fc.property(moments, (moment) => {
        const start = pacificDayStart(moment)
        expect(start).toBeLessThanOrEqual(moment)
        expect(pacificDay(start)).toBe(pacificDay(moment))
        expect(pacificDay(start - 1)).not.toBe(pacificDay(moment))
        const next = nextPacificDayStart(moment)
        expect(pacificDay(next - 1)).toBe(pacificDay(moment))
        expect(pacificDay(next)).not.toBe(pacificDay(moment))
      }),
    )
  })

  test('holds the moment that is taken for it', () => {
    for (const day of ['2026-01-01', '2026-03-08', '2026-07-04', '2026-11-01', '2028-02-29']) {
      expect(pacificDay(withinPacificDay(day)!)).toBe(day)
    }
    for (const text of [
      '2026-13-01',
      '2026-02-30',
      '2026-11-31',
      '2026-1-1',
      'today',
      '',
      '2026-01-01T00:00:00Z',
    ]) {
      expect(withinPacificDay(text)).toBeUndefined()
    }
  })
})

describe('the time in files of the real site [websites 2.5]', () => {
  test.each([
    ['2019-11-21T05:03:26Z', 'Wed Nov 20 21:03:26 PST 2019'],
    ['2019-07-04T06:59:59.999Z', 'Wed Jul 03 23:59:59 PDT 2019'],
    ['2019-07-04T07:00:00Z', 'Thu Jul 04 00:00:00 PDT 2019'],
    ['2020-01-01T07:59:59Z', 'Tue Dec 31 23:59:59 PST 2019'],
    ['2020-02-29T20:00:05Z', 'Sat Feb 29 12:00:05 PST 2020'],
    // Both hours that the clock shows as one o'clock, and the hour that it leaves out.
    ['2019-11-03T08:30:00Z', 'Sun Nov 03 01:30:00 PDT 2019'],
    ['2019-11-03T09:30:00Z', 'Sun Nov 03 01:30:00 PST 2019'],
    ['2019-03-10T09:59:59Z', 'Sun Mar 10 01:59:59 PST 2019'],
    ['2019-03-10T10:00:00Z', 'Sun Mar 10 03:00:00 PDT 2019'],
    ['1969-12-31T23:59:58.500Z', 'Wed Dec 31 15:59:58 PST 1969'],
  ])('%s is %s', (moment, text) => {
    expect(pacificDate(at(moment))).toBe(text)
  })
})
