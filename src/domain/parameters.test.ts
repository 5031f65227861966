import { describe, expect, test } from 'vitest'
import { checkCharacters, checkRange, checkRequiredText, checkText, lengthOf } from './parameters.ts'

test.for([
  [29, false],
  [30, true],
  [31, true],
  [31_536_000, true],
  [31_536_001, false],
  [-1, false],
  [NaN, false],
] as const)('%i within 30 to 31536000: %s [hits 11.5, template 9]', ([value, within]) => {
  const refusal = checkRange('LifetimeInSeconds', value, { minimum: 30, maximum: 31_536_000 })
  expect(refusal === undefined).toBe(within)
  if (!within)
    expect(refusal).toEqual({
      fault: 'ParameterOutOfRange',
      parameter: 'LifetimeInSeconds',
      value,
      minimum: 30,
      maximum: 31_536_000,
    })
})

describe('control characters [hits 4.2]', () => {
  const codes = Array.from({ length: 160 }, (_, code) => code)
  test.for(codes)('code point %i', (code) => {
    const forbidden = code <= 8 || code === 11 || code === 12 || (code >= 14 && code <= 31)
    const text = `a${String.fromCodePoint(code)}b`
    expect(checkCharacters('RequesterFeedback', text)).toEqual(
      forbidden ? { fault: 'InvalidParameterValue', parameter: 'RequesterFeedback', value: text } : undefined,
    )
  })
})

describe('lengths count code points [hits 4]', () => {
  test.for([
    ['', 0],
    ['abc', 3],
    ['äöü', 3],
    ['🐦🐦', 2],
    ['e\u0301', 2],
    ['\ud800', 1],
  ] as const)('%j has %i', ([text, length]) => {
    expect(lengthOf(text)).toBe(length)
  })

  test.for([
    ['a'.repeat(128), true],
    ['a'.repeat(129), false],
    ['🐦'.repeat(128), true],
    ['🐦'.repeat(129), false],
    ['', true],
  ] as const)('a text of %s code points', ([text, fits]) => {
    const tooLong = { fault: 'ParameterTooLong', parameter: 'Title', maximum: 128 }
    expect(checkText('Title', text, 128)).toEqual(fits ? undefined : tooLong)
  })

  test('a required text is not empty [hits 4.1]', () => {
    expect(checkRequiredText('Title', '', 128)).toEqual({ fault: 'ParameterTooShort', parameter: 'Title' })
    expect(checkRequiredText('Title', ' ', 128)).toBeUndefined()
  })
})
