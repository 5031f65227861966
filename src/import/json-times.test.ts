import { expect, test } from 'vitest'
import { readTime } from './json-times.ts'

const second = Date.UTC(2019, 10, 21, 5, 3, 26)

test.each<[unknown, number]>([
  // The AWS CLI.
  ['2019-11-20T21:03:26-08:00', second],
  ['2019-11-21T05:03:26+00:00', second],
  ['2019-11-21T05:03:26.123456+00:00', second + 123],
  // The SDK for JavaScript.
  ['2019-11-21T05:03:26.000Z', second],
  // str() of Python.
  ['2019-11-20 21:03:26-08:00', second],
  ['2019-11-20 21:03:26.5-08:00', second + 500],
  // Ruby, and others.
  ['2019-11-20 21:03:26 -0800', second],
  ['2019-11-21 05:03:26 UTC', second],
  ['2019-11-21T05:03:26+00', second],
  ['2019-11-21T05:03Z', second - 26_000],
  // The wire, and AWS CLI v1 when it is told to show times as they come.
  [1574312606, second],
  [1.574312606e9, second],
  [1574312606.25, second + 250],
  ['1574312606.0', second],
  // A data frame.
  [1574312606000, second],
  ['1574312606000', second],
  // A leap day.
  ['2020-02-29T00:00:00Z', Date.UTC(2020, 1, 29)],
])('%j is a time [wire 2.3]', (value, time) => {
  expect(readTime(value)).toBe(time)
})

test.each<[unknown, string]>([
  ['2019-11-20T21:03:26', 'does not tell its time zone'],
  ['2019-02-30T00:00:00Z', 'no time that there was'],
  ['2019-11-20T25:00:00Z', 'no time that there was'],
  ['2019-13-20T05:00:00Z', 'no time that there was'],
  ['yesterday', 'should be a time such as'],
  ['', 'should be a time such as'],
  ['2019-11-20', 'should be a time such as'],
  [true, 'should be a time such as'],
  [{}, 'should be a time such as'],
  [0, 'not within the time of Mechanical Turk'],
  [1574312, 'not within the time of Mechanical Turk'],
  [1.574312606e15, 'not within the time of Mechanical Turk'],
  ['0001-01-01T00:00:00Z', 'not within the time of Mechanical Turk'],
])('%j is none', (value, explanation) => {
  expect(readTime(value)).toContain(explanation)
})
