import { describe, expect, it } from 'vitest'
import { boolean, integer, list, long, optional, string, structure, timestamp } from '../model/shape.ts'
import { decode, Mistyped } from './decode.ts'
import { readBody } from './json-body.ts'

const Inner = structure('Inner', { Name: optional(string('Name')) })
const shape = structure('Input', {
  Text: optional(string('Text')),
  Count: optional(integer('Count')),
  Seconds: optional(long('Seconds')),
  Flag: optional(boolean('Flag')),
  When: optional(timestamp('When')),
  Texts: optional(list('Texts', string('Text'))),
  Inners: optional(list('Inners', Inner)),
  Inner: optional(Inner),
})
const read = (text: string | Buffer) => readBody(Buffer.from(text as string))
const decodeText = (text: string) => decode(shape, read(text)!)

describe('a body is one JSON object [wire 1.3, cases 2, 21, 22, 29]', () => {
  it.each([
    ['', {}],
    ['{}', {}],
    [' \t\r\n{ "a" :\t1 }\n', { a: 1 }],
    ['{"a":"caf\\u00e9 \\ud83d\\ude00"}', { a: 'café 😀' }],
    ['{"a":"café 😀"}', { a: 'café 😀' }],
    ['{"a":"[[[{{{\\"[[["}', { a: '[[[{{{"[[[' }],
    ['{"a":"\\\\"}', { a: '\\' }],
  ])('%j', (text, value) => expect(read(text)).toEqual(value))

  it.each([
    'hello',
    '{',
    '{"a":NaN}',
    '[]',
    '1',
    '"x"',
    'null',
    'true',
    ' ',
    '\ufeff{}',
    '{"a":"',
    '{"a":"\\',
    ']]]]',
    '{"a":1}}',
    '{"a":"\\ud800"}',
    '{"\\udc00":1}',
    '{"a":[{"b":["\\ude00\\ud83d"]}]}',
  ])('refused: %j', (text) => expect(read(text)).toBeUndefined())

  it.each([[[0x7b, 0x22, 0xff, 0x22, 0x7d]], [[0x22, 0xed, 0xa0, 0x80, 0x22]], [[0xc0, 0x80]]])(
    'bytes that are not UTF-8: %j',
    (bytes) => expect(read(Buffer.from(bytes))).toBeUndefined(),
  )

  it('nests 64 levels and no deeper, whatever the size', () => {
    const nested = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`
    expect(read(nested(64))).toBeDefined()
    expect(read(nested(65))).toBeUndefined()
    expect(read('{"a":'.repeat(300_000))).toBeUndefined()
    expect(read(nested(1_000_000))).toBeUndefined()
  })

  it('gives no member a way to the prototype', () => {
    const value = decodeText('{"__proto__":{"Text":"x"},"constructor":{"a":1},"Text":"y"}')
    expect(value).toEqual({ Text: 'y' })
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(decodeText('{"__proto__":{"Text":"x"}}')).toEqual({})
  })
})

describe('members by their shape [wire 1.3, 1.4]', () => {
  it.each<[string, unknown]>([
    ['{"Text":"a","Unknown":{"x":[1]}}', { Text: 'a' }],
    ['{"Text":null,"Texts":null,"Inner":null}', {}],
    ['{"Count":5.0,"Seconds":3e2}', { Count: 5, Seconds: 300 }],
    ['{"Count":-2147483648,"Seconds":9007199254740991}', { Count: -2147483648, Seconds: 9007199254740991 }],
    ['{"Count":-0}', { Count: 0 }],
    ['{"Flag":false}', { Flag: false }],
    ['{"Texts":[],"Inners":[{}]}', { Texts: [], Inners: [{}] }],
    ['{"Inners":[{"Name":"n","X":1},{"Name":null}]}', { Inners: [{ Name: 'n' }, {}] }],
    ['{"When":1482351916}', { When: 1482351916000 }],
    ['{"When":1482351916.123}', { When: 1482351916123 }],
    ['{"When":1.482351916E9}', { When: 1482351916000 }],
    ['{"When":0}', { When: 0 }],
    ['{"When":-315619200}', { When: -315619200000 }],
    ['{"When":1e400}', { When: 8.64e15 }],
  ])('%s', (text, value) => expect(decodeText(text)).toStrictEqual(value))

  const number = 'class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to'
  const structureStart = 'Start of structure or map found where not expected.'
  const listStart = 'Start of list found where not expected'
  it.each([
    ['{"Text":5}', `${number} an String`],
    ['{"Text":true}', 'class java.lang.Boolean can not be converted to an String'],
    ['{"Text":[]}', listStart],
    ['{"Text":{}}', structureStart],
    ['{"Count":"5"}', 'class java.lang.String can not be converted to an Integer'],
    ['{"Count":true}', 'class java.lang.Boolean can not be converted to an Integer'],
    ['{"Count":1.5}', `${number} an Integer`],
    ['{"Count":2147483648}', `${number} an Integer`],
    ['{"Count":1e400}', `${number} an Integer`],
    ['{"Seconds":"5"}', 'class java.lang.String can not be converted to an Long'],
    ['{"Seconds":9007199254740993}', `${number} an Long`],
    ['{"Flag":"true"}', "'TRUE' can not be converted to an Boolean"],
    ['{"Flag":1}', `${number} an Boolean`],
    ['{"When":"1482351916"}', 'class java.lang.String can not be converted to milliseconds since epoch'],
    [
      '{"When":"2016-12-21T20:25:16Z"}',
      'class java.lang.String can not be converted to milliseconds since epoch',
    ],
    ['{"When":true}', 'class java.lang.Boolean can not be converted to milliseconds since epoch'],
    ['{"When":{}}', structureStart],
    ['{"Texts":"A1"}', 'Expected list or null'],
    ['{"Texts":{}}', structureStart],
    ['{"Texts":[null]}', 'A list must not contain null'],
    ['{"Texts":["a",1]}', `${number} an String`],
    ['{"Inner":1}', 'Expected null'],
    ['{"Inner":[]}', listStart],
    ['{"Inners":[[]]}', listStart],
  ])('refused: %s', (text, message) => {
    expect(decodeText(text)).toEqual(new Mistyped(message))
  })
})
