import { expect, test } from 'vitest'
import { nearest } from './nearest.ts'

test('the nearest word is one that takes few changes, or none', () => {
  expect(nearest('messges', ['messages', 'layouts'])).toBe('messages')
  expect(nearest('x', ['messages', 'layouts'])).toBeUndefined()
})
