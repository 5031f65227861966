import { expect, test } from 'vitest'
import { writeAnswers } from '../question/answers.ts'
import { flattenAnswers, flattenCrowd, unflattenCrowd } from './flat-answers.ts'

const cases: [string, [string, string][], string][] = [
  [
    'texts and truths',
    [
      ['a', 'x'],
      ['b.on', 'true'],
      ['b.off', 'false'],
    ],
    '[{"a":"x","b":{"on":true,"off":false}}]',
  ],
  ['arrays as they are spelled', [['b.boxes', '[1.0, {"a":"]"}]']], '[{"b":{"boxes":[1.0, {"a":"]"}]}}]'],
  [
    'numbers as text',
    [
      ['h', '480'],
      ['e', '1e5'],
    ],
    '[{"h":"480","e":"1e5"}]',
  ],
  ['what only looks like an array', [['a', '[sic]']], '[{"a":"[sic]"}]'],
  [
    'keys that look like numbers, in their order',
    [
      ['q.10', 'a'],
      ['q.2', 'b'],
    ],
    '[{"q":{"10":"a","2":"b"}}]',
  ],
  [
    'names of every object',
    [
      ['__proto__.x', '1'],
      ['constructor', '2'],
    ],
    '[{"__proto__":{"x":"1"},"constructor":"2"}]',
  ],
  [
    'a value beside a branch',
    [
      ['a', '1'],
      ['a.b', '2'],
    ],
    '[{"a":"1","a.b":"2"}]',
  ],
  [
    'a branch before its value',
    [
      ['a.b', '2'],
      ['a', '1'],
    ],
    '[{"a":"1","a.b":"2"}]',
  ],
  [
    'names with empty parts',
    [
      ['a..b', '1'],
      ['.', '2'],
    ],
    '[{"a":{"":{"b":"1"}},"":{"":"2"}}]',
  ],
  ['quotes, lines, emoji', [['a"\\', 'x"\n\\🐦']], JSON.stringify([{ 'a"\\': 'x"\n\\🐦' }])],
]

test.each(cases)('%s go into JSON and out again [websites 2.5]', (_, cells, json) => {
  expect(unflattenCrowd(cells)).toBe(json)
  expect(() => JSON.parse(json) as unknown).not.toThrow()
  expect(Object.entries(flattenCrowd(json)!).sort()).toEqual([...cells].sort())
})

test('empty cells are fields that were not filled in', () => {
  expect(
    unflattenCrowd([
      ['a', ''],
      ['b.c', ''],
    ]),
  ).toBe('[{}]')
  expect(flattenCrowd('[{}]')).toEqual({})
})

test('numbers, null and white space of the API [questions 7]', () => {
  expect(flattenCrowd(' [ { "a" : 1.50 , "b": null, "c": {}, "d": [ ] } ] ')).toEqual({
    a: '1.50',
    b: 'null',
    c: '{}',
    d: '[ ]',
  })
})

test('objects within objects, and names of many parts, have an end', () => {
  const depth = 20_000
  const [[name, cell], ...others] = Object.entries(
    flattenCrowd(`[${'{"a":'.repeat(depth)}"}"${'}'.repeat(depth)}]`)!,
  ) as [[string, string]]
  expect(others).toEqual([])
  expect(name).toBe(Array(100).fill('a').join('.'))
  expect(cell).toBe(`${'{"a":'.repeat(depth - 100)}"}"${'}'.repeat(depth - 100)}`)
  const dots = '.'.repeat(depth)
  expect(flattenCrowd(unflattenCrowd([[dots, 'x']]))).toEqual({ [dots]: 'x' })
})

test('an object stays one cell for a file that had it so', () => {
  const text = '[{"a":{"b":"x"}}]'
  const document = writeAnswers([{ kind: 'FreeText', identifier: 'taskAnswers', text }])
  expect(flattenAnswers(document, true)).toEqual({ taskAnswers: text })
  expect(flattenAnswers(document)).toEqual({ 'a.b': 'x' })
})

test.each(['', 'x', '[]', '[1]', '[{},{}]', '[{"a":1}'])('%s is no crowd-form', (text) => {
  expect(flattenCrowd(text)).toBeUndefined()
})

test('selections, files and fields of a page are a cell each [questions 9.3]', () => {
  const document = writeAnswers([
    { kind: 'Selection', identifier: 'a', selections: ['x', 'y'], other: 'z' },
    { kind: 'File', identifier: 'f', fileKey: 'KEY', size: 3 },
    { kind: 'FreeText', identifier: '__proto__', text: 'p' },
  ])
  expect(Object.entries(flattenAnswers(document))).toEqual([
    ['a', 'x|y|z'],
    ['f', 'KEY'],
    ['__proto__', 'p'],
  ])
})
