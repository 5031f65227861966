import { expect, test } from 'vitest'
import { median } from './median.ts'

test.each([
  [[], undefined],
  [[7], 7],
  [[9, 1], 5],
  [[2, 3], 3],
  [[100, 2, 9], 9],
  [[10, 2, 9, 1], 6],
])('of %j is %j', (numbers, expected) => {
  expect(median(numbers)).toBe(expected)
})
