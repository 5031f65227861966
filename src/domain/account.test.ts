import { describe, expect, test } from 'vitest'
import { countryCodes, isAccountAddress, isName, passwordProblem, placeOf, states } from './account.ts'
import { isPlace } from './qualification.ts'

test('every country and state can be a place [qualifications 4.3]', () => {
  expect(new Set(countryCodes).size).toBe(249)
  for (const country of countryCodes) expect(placeOf(country, '')).toEqual({ country })
  expect(Object.keys(states)).toHaveLength(51)
  for (const subdivision of Object.keys(states)) expect(isPlace({ country: 'US', subdivision })).toBe(true)
})

test.each([
  ['US', 'PA', { country: 'US', subdivision: 'PA' }],
  ['US', '', { country: 'US' }],
  ['FR', 'PA', { country: 'FR' }],
  ['us', '', undefined],
  ['ZZ', '', undefined],
  ['', '', undefined],
  ['US', 'XX', undefined],
])('country "%s" and state "%s" are %o', (country, state, place) => {
  expect(placeOf(country, state)).toEqual(place)
})

test.each([
  ['ada@example.org', true],
  ['ada+turk@example.org', true],
  ['ada@localhost', true],
  ['ŝipo@example.org', true],
  ['', false],
  ['ada', false],
  ['a b@example.org', false],
  ['a@example.org\nBcc: b@example.org', false],
  ['a@example.org\u0000', false],
  ['a@example.org\u202e', false],
  ['"a"@example.org', false],
  ['a@[127.0.0.1]', false],
  ['<a@example.org>', false],
  [`${'a'.repeat(243)}@example.org`, false],
  [`${'a'.repeat(242)}@example.org`, true],
])('%j as an address: %s', (email, can) => {
  expect(isAccountAddress(email)).toBe(can)
})

test.each([
  ['ten chars!', undefined],
  ['ninechars', 'passwordShort'],
  ['Ada@Example.org', 'passwordIsEmail'],
  ['a'.repeat(1001), 'passwordLong'],
])('the password %j: %s', (password, problem) => {
  expect(passwordProblem(password, 'ada@example.org')).toBe(problem)
})

describe('a name', () => {
  test.each(['Ada', '李小龍', 'a'.repeat(100), '🐦'.repeat(100)])('may be %s', (name) => {
    expect(isName(name)).toBe(true)
  })
  test.each(['', 'a'.repeat(101), 'a\nb', 'a\u2028b', '\ud800'])('may not be %j', (name) => {
    expect(isName(name)).toBe(false)
  })
})
