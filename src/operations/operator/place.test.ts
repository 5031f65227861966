import { expect, test } from 'vitest'
import { isFault } from '../../domain/fault.ts'
import { readPlace } from './place.ts'

test('a place is a country, of the United States with a state; nothing is no place [qualifications 4.3]', () => {
  expect(readPlace({ country: 'IN' })).toEqual({ country: 'IN' })
  expect(readPlace({ country: 'US', subdivision: 'PA' })).toEqual({ country: 'US', subdivision: 'PA' })
  expect(readPlace({})).toBeUndefined()
})

test.each([
  { country: '' },
  { country: 'us' },
  { country: 'GB', subdivision: 'PA' },
  { country: 'US', subdivision: 'XX' },
  { subdivision: 'PA' },
])('%j is refused', (said) => {
  expect(isFault(readPlace(said))).toBe(true)
})
