import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { server } from '../limits.ts'
import { EntryScanner, type Entry } from './json-scan.ts'

const names = new Set(['HITs', 'Assignments'])

/** Scans a text in pieces of a length. */
function scan(text: string, length = Infinity) {
  const scanner = new EntryScanner(names)
  const entries: Entry[] = []
  for (let i = 0; i < text.length; i += length) entries.push(...scanner.push(text.slice(i, i + length)))
  return { entries, problem: scanner.fault ?? scanner.end() }
}

const shown = ({ entries }: { entries: Entry[] }) =>
  entries.map(({ list, line, column, text }) => `${line}:${column} ${list ?? '-'} ${text}`)

const found: [string, string, string[]][] = [
  ['nothing', '', []],
  ['an empty list', '[]', []],
  [
    'an answer: its entries, then what was around them',
    '{"NumResults": 2, "HITs": [{"a":1}, {"b":[{}]}], "X": {}}',
    ['1:28 HITs {"a":1}', '1:37 HITs {"b":[{}]}', '1:1 - {"NumResults": 2, "HITs": [], "X": {}}'],
  ],
  [
    'an answer over lines',
    '{\n  "HITs": [\n    {\n      "a": "}]"\n    }\n  ]\n}\n',
    ['3:5 HITs {\n      "a": "}]"\n    }', '1:1 - {\n  "HITs": []\n}'],
  ],
  [
    'answers one after the other',
    '{"HITs":[]}{"HITs":[{}]}',
    ['1:1 - {"HITs":[]}', '1:21 HITs {}', '1:12 - {"HITs":[]}'],
  ],
  ['answers line by line', '{"a":1}\r\n{"b":2}\r\n', ['1:1 - {"a":1}', '2:1 - {"b":2}']],
  ['answers with commas between', '{},\n{},\n', ['1:1 - {}', '2:1 - {}']],
  ['an array of answers', '[{"HITs":[{}]},\n {}]', ['1:11 HITs {}', '1:2 - {"HITs":[]}', '2:2 - {}']],
  ['an array of arrays of entries', '[[{"a":1}],[],[{}]]', ['1:3 - {"a":1}', '1:16 - {}']],
  [
    'answers within a program’s own object',
    '{"3X": {"HITs": [{}]}}',
    ['1:18 HITs {}', '1:1 - {"3X": {"HITs": []}}'],
  ],
  ['files that were joined with their byte order marks', '{}\n\uFEFF{}', ['1:1 - {}', '2:2 - {}']],
  [
    'names and lists within an entry',
    '{"HITs":[{"HITs":[{}]}]}',
    ['1:10 HITs {"HITs":[{}]}', '1:1 - {"HITs":[]}'],
  ],
  ['a text that is a list’s name', '{"x":"HITs","y":[{}]}', ['1:1 - {"x":"HITs","y":[{}]}']],
  [
    'escaped quotes and brackets',
    '{"\\"HITs":[{"a":"\\\\"}],"b":"\\\\\\"{"}',
    ['1:1 - {"\\"HITs":[{"a":"\\\\"}],"b":"\\\\\\"{"}'],
  ],
]

describe('entries', () => {
  test.each(found)('%s', (_, text, expected) => {
    expect(shown(scan(text))).toEqual(expected)
    expect(scan(text).problem).toBeUndefined()
  })

  test.each(found)('%s, however the text is cut', (_, text, expected) => {
    for (const length of [1, 2, 3, 5, 7]) expect(shown(scan(text, length)), `${length}`).toEqual(expected)
  })

  test('tell which lists were taken out', () => {
    expect(scan('{"HITs":[],"Assignments":[{}]}').entries.at(-1)!.lists).toEqual(['HITs', 'Assignments'])
  })
})

const python =
  'This is how Python prints an object, and not JSON. Save it with json.dumps(response, default=str).'

const faults: [string, string, string][] = [
  ['Python’s own quotes', "{'HITs': []}", `1:2 ${python}`],
  ['Python’s own time', '{"HITs": [\n{"a": datetime.datetime(2019, 1, 1)}]}', `2:7 ${python}`],
  ['Python’s own words', '{"a": None}', `1:7 ${python}`],
  ['Python 2', "{u'HITs': []}", `1:3 ${python}`],
  ['a list of Python', "['a']", `1:2 ${python}`],
  ['no number', '{"a": NaN}', '1:7 NaN is not JSON.'],
  ['a comment', '{"a": 1} // so', '1:10 An object that begins with { was expected here, but there is /.'],
  [
    'a table',
    '------\n| ListHITs |',
    '1:1 An object that begins with { was expected here, but there is ------. With the AWS CLI, save with --output json.',
  ],
  ['a list of ids', '["3ABC"]', '1:2 An object that begins with { was expected here, but there is a text.'],
  ['a number', '[5]', '1:2 An object that begins with { was expected here, but there is 5.'],
  [
    'a list within a list of entries',
    '{"HITs": [[]]}',
    '1:11 An object that begins with { was expected here, but there is a list.',
  ],
  [
    'a comma too many',
    '{"HITs": [{},]}',
    '1:14 An object that begins with { was expected here, but there is the end of the list.',
  ],
  ['a comma too few', '[{} {}]', '1:5 A comma is missing before this.'],
  ['another bracket', '{"a": [1}', '1:9 There is a } where the last [ should be closed with ].'],
  ['a bracket that closes nothing', '{"HITs": []}}', '1:13 There is a } that closes nothing.'],
  [
    'a text over two lines',
    '{"a": "b\nc"}',
    '1:9 The text that begins in line 1, column 7 is not closed: the line ends.',
  ],
  ['nesting without end', '{"a":'.repeat(101), '1:501 Nothing is nested more than 100 deep.'],
]

const halves: [string, string, string][] = [
  [
    'half an entry',
    '{"HITs": [\n  {"a": 1},\n  {"b"',
    '3:7 The file ends in the middle of the object that begins in line 3, column 3. It was not saved whole: save it again.',
  ],
  [
    'half a text',
    '{"a": "b',
    '1:9 The file ends in the middle of the object that begins in line 1, column 1. It was not saved whole: save it again.',
  ],
  [
    'half a list',
    '{"HITs": [{},\n',
    '2:1 The file ends within the list HITs. It was not saved whole: save it again.',
  ],
  ['half an array', '[{}\n', '2:1 The file ends within the list. It was not saved whole: save it again.'],
]

describe('what is not JSON', () => {
  test.each([...faults, ...halves])('%s', (_, text, expected) => {
    for (const length of [Infinity, 1, 3]) {
      // A word that is cut is told as far as it is there.
      const isCut = length < 20 && !expected.includes(python) && /NaN|------/.test(text)
      const { problem } = scan(text, length)
      if (!isCut)
        expect(`${problem?.line}:${problem?.column} ${problem?.message}`, `${length}`).toBe(expected)
    }
  })

  test('an object that would not end', () => {
    const scanner = new EntryScanner(names)
    const chunk = `"${'x'.repeat(1 << 20)}",`
    scanner.push('{"rows": [')
    for (let i = 0; i <= server.imports.entryLength >> 20 && scanner.fault === undefined; i++)
      scanner.push(chunk)
    expect(scanner.fault?.message).toMatch(/^The object that begins in line 1, column 1 is too long/)
  })
})

test('entries come out as they went in, whatever they hold and however the text is cut', () => {
  const entry = fc.dictionary(
    fc.string({ unit: 'binary' }),
    fc.jsonValue({ maxDepth: 4, noUnicodeString: false }),
  )
  const answers = fc.array(fc.record({ more: fc.jsonValue(), HITs: fc.array(entry), rest: entry }))
  fc.assert(
    fc.property(answers, fc.nat(9), fc.boolean(), fc.nat(4), (given, cut, isArray, indent) => {
      const texts = given.map((answer) => JSON.stringify(answer, null, indent))
      const text = isArray ? `[${texts.join(',')}]` : texts.join('\n')
      const { entries, problem } = scan(text, cut + 1)
      expect(problem).toBeUndefined()
      const read = entries.filter(({ list }) => list === 'HITs').map((found) => JSON.parse(found.text))
      expect(read).toEqual(JSON.parse(JSON.stringify(given.flatMap(({ HITs }) => HITs))))
      const lines = text.split('\n')
      for (const { line, column } of entries) expect(lines[line - 1]![column - 1]).toBe('{')
    }),
  )
})
