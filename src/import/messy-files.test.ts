// Files as laboratories have them after years: saved by spreadsheet programs, put together, cut off, of other programs.
import { describe, expect, test } from 'vitest'
import { readText, textOf } from '../../test/support/import-files.ts'
import type { ImportRecord } from '../domain/import/record.ts'
import { server } from '../limits.ts'

const results = textOf('results-plain.csv')
const [header = '', firstRow = '', ...others] = results.split(/(?<="\n)/)
const otherRows = others.join('')
/** The same work under other ids. */
const renamed = (text: string) => text.replaceAll('3ASSIGNMENT', '3OTHERWORK').replaceAll('3HIT', '3OTHERHIT')
const workOf = (records: ImportRecord[]) => records.filter((record) => record.kind === 'work')

describe('rewards of a result file [websites 2.5]', () => {
  test.each([
    ['$0.02', 2n],
    ['0.05', 5n],
    ['$.05', 5n],
    [' $0.05 ', 5n],
    ['5', 500n],
    ['$1,234.50', 123450n],
    ['$0.00', 0n],
  ])('%j', async (reward, amount) => {
    const [first] = workOf((await readText(header + firstRow.replace('$0.02', reward))).records)
    expect(first?.type.reward).toBe(amount)
  })

  // With the comma of a German spreadsheet left out this would be five dollars.
  test.each(['0,05', '$1,2,3', '5¢', 'USD 0.05', '$0.055', '-$0.05', '($0.05)', '1e2', ''])(
    '%j is none',
    async (reward) => {
      const read = await readText(header + firstRow.replace('$0.02', reward))
      expect(read.problems).toEqual([expect.stringContaining('2:Reward Reward should be dollars and cents')])
    },
  )
})

describe('what spreadsheet programs make of a file', () => {
  test('rows of empty cells are none', async () => {
    const read = await readText(`${results}${','.repeat(33)}\n"",""\n`)
    expect(read).toMatchObject({ rows: 3, problems: [] })
  })

  test.each([
    [';', 'semicolons', results],
    ['\t', 'tabs', results],
    [';', 'semicolons', textOf('workers-guide.csv')],
    ['\t', 'tabs', textOf('workers-guide.csv')],
    [';', 'semicolons', 'Worker ID,CURRENT-Birds\nA1,5\n'],
  ])('columns separated by %j are told, with quotes and without', async (mark, name, text) => {
    const told = new RegExp(`^1:\\d+ The columns are separated by ${name}; commas were expected.`)
    const unquoted = text.split('\n')[0]!.replaceAll('"', '')
    const quoted = `"${unquoted.replaceAll(',', '","')}"`
    for (const line of [unquoted.replaceAll(',', mark), quoted.replaceAll('","', `"${mark}"`)]) {
      const separated = `${line}\n`
      const { problems } = await readText(separated)
      expect(problems).toEqual([expect.stringMatching(told)])
    }
  })

  test('an old workbook is no text', async () => {
    const read = await readText(Buffer.from('d0cf11e0a1b11ae1'.padEnd(200, '0'), 'hex'))
    expect(read.problems[0]).toContain('This is a workbook of a spreadsheet program')
  })

  test.each(['utf-16le', 'utf-16be'])('half a character in %s is told where it stands', async (encoding) => {
    const bytes = Buffer.from(`\uFEFF${results.replace('Amsel', 'Am\uD83Dsel')}`, 'utf16le')
    for (const length of [1, 3, 64, 1 << 16]) {
      const read = await readText(encoding === 'utf-16le' ? bytes : Buffer.from(bytes).swap16(), {}, length)
      const column = firstRow.indexOf('Amsel') + 3
      expect(read.problems).toEqual([expect.stringMatching(`^2:${column} .* no character in UTF-16`)])
    }
    const odd = await readText(Buffer.concat([bytes.subarray(0, 400), Buffer.from('A')]))
    expect(odd.problems[0]).toMatch(/^1:\d+ .* no character in UTF-16/)
  })
})

describe('files put together', () => {
  test('the same header again is no row', async () => {
    const read = await readText(results + renamed(results))
    expect(read).toMatchObject({ rows: 6, problems: [], leftOut: 0 })
    expect(read.lines).toEqual([2, 3, 5, 7, 8, 10])
  })

  test('behind another header nothing is read: its cells are of other columns', async () => {
    const other = renamed(results).replace('"Answer.name"', '"Answer.colour"')
    const read = await readText(results + other)
    expect(read.isFatal).toBe(true)
    expect(read.records).toHaveLength(3)
    expect(read.problems).toEqual([
      '6:1 The header of another file begins here, with other columns: bring the files in one by one.',
    ])
  })

  test('workers and transactions too', async () => {
    expect(await readText('Worker ID,CURRENT-Birds\nA1,5\nWorker ID,CURRENT-Birds\nA2,5\n')).toMatchObject({
      problems: [],
      lines: [2, 2, 4, 4],
    })
    const transactions = textOf('transactions.csv')
    expect(await readText(transactions + transactions)).toMatchObject({ rows: 8, problems: [] })
  })
})

test('a row that breaks off is one problem [websites 2.5]', async () => {
  const cells = firstRow.split('","')
  const read = await readText(`${header}${cells.slice(0, 18).join('","')}"\n${otherRows}`)
  expect(read.rows).toBe(3)
  expect(read.problems).toEqual([
    '2:18 The row ends here, but at least 19 cells were expected: it was cut off, or a line break is in it that does not stand between quotes.',
  ])
})

test('a title is needed, as it was at the real service [hits 1.2]', async () => {
  const read = await readText(header + firstRow.replace('Name the bird', ''))
  expect(read.problems).toEqual(['2:Title Title should be a text; the cell is empty.'])
})

test('an answer is told that no document can hold as it is [questions 9.2]', async () => {
  const read = await readText(results.replace('Amsel', 'Am\u0001sel').replace('Wren', 'Wr\uFFFFen'))
  expect(read.problems).toEqual([
    expect.stringMatching(
      /^2:Answer.name .* should be text without control characters; it is "Am\\u0001sel"/,
    ),
    expect.stringMatching(/^3:Answer.name .* should be text without control characters/),
  ])
  const crowd = textOf('results-crowd.csv').replace('It said', 'It \u0001 said')
  expect((await readText(crowd)).problems).toEqual([])
})

test('a worker stands once in a list of blocks', async () => {
  const read = await readText('A1WORKER1\nA1WORKER2\nA1WORKER1\n', { kind: 'blocks' })
  expect(read.problems).toEqual([expect.stringMatching(/^3:Worker ID .* stood above already/)])
})

test('a column CURRENT- without a name tells no score [websites 2.6]', async () => {
  const { records } = await readText('Worker ID,CURRENT-,CURRENT-Birds\nA1,5,6\n')
  expect(records).toMatchObject([
    { kind: 'worker', worker: { figures: { 'CURRENT-': '5' } } },
    { kind: 'score', type: { name: 'Birds' } },
  ])
})

describe('what other programs print', () => {
  test.each([
    [`{'HITs': [{'HITId': '3X'}]}`, '1:2 This is how Python prints an object'],
    [`[{'HITId': '3X'}]`, '1:3 This is how Python prints an object'],
    ['[[[['.repeat(100), '1:101 Nothing is nested more than 100 deep.'],
    ['{"AvailableBalance":"1"}', '1:1 This tells the balance of an account; it cannot be brought in.'],
    ['{}', '1:1 This is no answer of the API that can be brought in.'],
    ['[]', '1:1 This is no answer of the API that can be brought in.'],
    ['HITs:\n- HITId: 3X\n', 'JSON saved from the API (with the AWS CLI: --output json)'],
    ['3X\tx\nHITS\t600\n', 'JSON saved from the API (with the AWS CLI: --output json)'],
  ])('%j', async (text, told) => {
    const read = await readText(text)
    expect(read.isFatal).toBe(true)
    expect(read.problems[0]).toContain(told)
  })
})

test('an assignment is known by its answer where that comes first and is long', async () => {
  const saved = {
    AcceptTime: 1574316000,
    Answer: `<QuestionFormAnswers xmlns="x"><Answer><QuestionIdentifier>a</QuestionIdentifier><FreeText>${'x'.repeat(100_000)}</FreeText></Answer></QuestionFormAnswers>`,
    ...{ AssignmentId: '3A', AssignmentStatus: 'Submitted', HITId: '3H', SubmitTime: 1574316010 },
    WorkerId: 'A1',
  }
  const read = await readText(JSON.stringify([saved]), {}, 4096)
  expect(read).toMatchObject({ kind: 'assignments', rows: 1, problems: [] })
})

describe('rows without measure', () => {
  test('a row has so many cells and no more', async () => {
    const read = await readText(`${header}${','.repeat(server.imports.cells + 1)}\n`, {}, 1 << 16)
    expect(read.problems).toEqual([
      `2:1 A row has more than ${server.imports.cells} cells; a row of a CSV file was expected.`,
    ])
    expect(read.isFatal).toBe(true)
  })

  test('a row has so many characters and no more', async () => {
    const long = `"${'x'.repeat(server.imports.entryLength)}"`
    const read = await readText(`${header}${long}\n${firstRow}`, {}, 1 << 20)
    expect(read.problems).toEqual([
      `2:1 A row has more than ${server.imports.entryLength} characters; a row of a CSV file was expected.`,
    ])
    expect(read.isFatal).toBe(true)
  })
})
