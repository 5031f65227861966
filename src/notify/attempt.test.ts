import { expect, test } from 'vitest'
import { outcomeOf, pauseAfter } from './attempt.ts'
import { Undeliverable } from './transport.ts'

test.each([
  [1, 2000],
  [2, 4000],
  [3, 8000],
  [11, 2_048_000],
  [12, 3_600_000],
  [24, 3_600_000],
])('after %i attempts the pause is %i ms, less up to half of it by chance [notifications 10]', (n, full) => {
  expect(pauseAfter(n, 0)).toBe(full)
  expect(pauseAfter(n, 0.5)).toBe(full * 0.75)
  expect(pauseAfter(n, 1 - 2 ** -31)).toBe(Math.round(full / 2))
})

const message = (attempts: number) => ({ id: '3X', attempts })

test('a message that was taken is delivered', () => {
  expect(outcomeOf(message(3), undefined, 500, 0)).toEqual({
    id: '3X',
    state: 'delivered',
    dueAt: 0,
    attempts: 4,
    error: undefined,
    settledAt: 500,
  })
})

test('one that was not waits', () => {
  expect(outcomeOf(message(0), new Error('refused'), 500, 0)).toEqual({
    id: '3X',
    state: 'waiting',
    dueAt: 2500,
    attempts: 1,
    error: 'refused',
    settledAt: undefined,
  })
})

test.each([
  ['the last attempt', 24, new Error('refused')],
  ['what no attempt can mend', 0, new Undeliverable('refused')],
])('%s makes a dead letter', (_, attempts, error) => {
  expect(outcomeOf(message(attempts), error, 500, 0)).toEqual({
    id: '3X',
    state: 'dead',
    dueAt: 0,
    attempts: attempts + 1,
    error: 'refused',
    settledAt: 500,
  })
  expect(outcomeOf(message(23), new Error('refused'), 500, 0).state).toBe('waiting')
})

test('an error is not kept at any length', () => {
  expect(outcomeOf(message(0), new Error('x'.repeat(9999)), 500, 0).error).toHaveLength(500)
})
