import { describe, expect, it } from 'vitest'
import { cents } from '../../domain/money.ts'
import { clockSpan, hourlyPay, moment, rate, shortSpan, span } from './format.ts'

const at = (text: string) => Date.parse(text)

describe('moment', () => {
  it.each([
    ['2026-11-25T12:57:00Z', '2026-11-24T00:00:00Z', 'Nov 25, 4:57 AM PST'],
    ['2027-11-25T12:57:00Z', '2026-11-24T00:00:00Z', 'Nov 25, 2027, 4:57 AM PST'],
    // Years are Pacific years [websites 1.8].
    ['2027-01-01T07:59:00Z', '2026-06-01T00:00:00Z', 'Dec 31, 11:59 PM PST'],
    ['2026-07-01T12:00:00Z', '2026-01-01T07:59:00Z', 'Jul 1, 2026, 5:00 AM PDT'],
  ])('%s, seen at %s, is %s', (time, now, text) => {
    expect(moment(at(time), at(now))).toBe(text)
  })
})

describe('hourlyPay', () => {
  it.each([
    [50n, 60, '$30.00'],
    [5n, 1800, '$0.10'],
    [1n, 7, '$5.14'],
    [100n, 3600.9, '$1.00'],
    [0n, 60, '$0.00'],
    [50n, 0.9, undefined],
    [50n, 0, undefined],
  ])('%s cents for %s seconds are %s', (reward, seconds, text) => {
    expect(hourlyPay(cents(reward), seconds)).toBe(text)
  })
})

it.each([
  [0, '0 seconds'],
  [59.9, '59 seconds'],
  [3600, '1 hour'],
  [187_200, '2 days, 4 hours'],
  [-5, '0 seconds'],
])('span(%s) is %s', (seconds, text) => {
  expect(span(seconds)).toBe(text)
})

it.each([
  [3599, '59:59'],
  [3600, '1:00:00'],
  [273_599, '3 days, 03:59:59'],
])('clockSpan(%s) is %s, as the script writes it', (seconds, text) => {
  expect(clockSpan(seconds)).toBe(text)
})

it('a rate of nothing is 0 [websites 1.8]', () => {
  expect([rate(0, 0), rate(21, 22), rate(1, 1)]).toEqual(['0%', '95.5%', '100%'])
})

it.each([
  [0, '0 sec'],
  [89, '1 min 29 sec'],
  [3600, '1 hr'],
  [90_000, '1 day 1 hr'],
])('shortSpan(%s) is %s', (seconds, text) => {
  expect(shortSpan(seconds)).toBe(text)
})
