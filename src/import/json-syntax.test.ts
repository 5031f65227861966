import { expect, test } from 'vitest'
import { findSyntaxFault, placeOf } from './json-syntax.ts'

test.each<[string, number, string]>([
  ['{"a": 1,}', 8, 'a name in double quotes'],
  ['{"a" 1}', 5, 'a colon'],
  ['{"a": 1 "b": 2}', 8, 'a comma or }'],
  ['{"a": [1 2]}', 9, 'a comma or ]'],
  ['{"a": [1,]}', 9, 'a value'],
  ['{"a": tru}', 6, 'a value'],
  ['{"a": 01}', 7, 'a comma or }'],
  ['{"a": +1}', 6, 'a value'],
  ['{"a": .5}', 6, 'a value'],
  ['{"a": "\\x41"}', 7, 'one of the escapes of JSON'],
  ['{"a": "\\u00g0"}', 7, 'one of the escapes of JSON'],
  ['{"a": "b', 8, 'the closing quote'],
  ['{"a": "b\n"}', 8, 'the closing quote'],
  ['{} {}', 3, 'the end'],
  ['', 0, 'a value'],
])('%j stops being JSON where it does', (text, offset, expected) => {
  expect(findSyntaxFault(text)).toEqual({ offset, expected })
  expect(() => JSON.parse(text)).toThrow()
})

test.each(['{}', ' [ ] ', '{"a":{"b":[1,-0.5e+3,true,false,null,"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9é"]}}\n'])(
  '%j is JSON',
  (text) => {
    expect(findSyntaxFault(text)).toBeUndefined()
    JSON.parse(text)
  },
)

test('places count from where the text begins in its file', () => {
  const begin = { line: 7, column: 5 }
  expect(placeOf('{"a": tru}', 6, begin)).toEqual({ line: 7, column: 11 })
  expect(placeOf('{\n  "a": tru}', 9, begin)).toEqual({ line: 8, column: 8 })
})

test('long texts are read without running out of stack', () => {
  const text = `{"a": "${'é'.repeat(5_000_000)}\\n", "b"}`
  expect(findSyntaxFault(text)).toEqual({ offset: text.length - 1, expected: 'a colon' })
})
