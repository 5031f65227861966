// Whole files, from their bytes to records [websites 2.5, 2.6, 2.8].
import { describe, expect, test } from 'vitest'
import { readFixture, readText, textOf } from '../../test/support/import-files.ts'
import type { ImportRecord } from '../domain/import/record.ts'
import { readAnswers } from '../domain/question/read-answers.ts'
import { findResultColumns, writeResults, type ResultRow } from './result-csv.ts'

const workOf = (records: ImportRecord[]) => records.filter((record) => record.kind === 'work')
const good = { problems: [], leftOut: 0, isFatal: false }

describe('results [websites 2.5]', () => {
  test.each(['results-plain.csv', 'results-crowd.csv', 'results-segmentation.csv'])(
    '%s: written again it is the same',
    async (name) => {
      const read = await readFixture(name)
      expect(read).toMatchObject({ ...good, kind: 'results' })
      const rows = async function* () {
        yield await Promise.resolve(workOf(read.records) as ResultRow[])
      }
      let written = ''
      for await (const text of writeResults(rows, await findResultColumns(rows))) written += text
      expect(written).toBe(textOf(name))
    },
  )

  test('a field of a page is an answer, an empty cell none', async () => {
    const [, second] = workOf((await readFixture('results-plain.csv')).records)
    expect(readAnswers(second!.assignment.answer)).toEqual([
      { kind: 'FreeText', identifier: 'name', text: 'Wren 🐦' },
      { kind: 'FreeText', identifier: 'remarks', text: 'First line\nsecond, with "quotes"' },
    ])
    expect(second!.assignment).toMatchObject({ state: 'Rejected', feedback: 'No bird, "sorry"' })
    expect(second!.hit.input).toEqual({ image: 'https://birds.example.org/1.jpg', place: 'Zürich' })
  })

  test('a name of two parts tells a crowd-form, unless it is said otherwise', async () => {
    const identifiers = async (answers?: 'plain' | 'crowd') => {
      const [first] = workOf((await readFixture('results-crowd.csv', answers && { answers })).records)
      return readAnswers(first!.assignment.answer).map(({ identifier }) => identifier)
    }
    expect(await identifiers()).toEqual(['taskAnswers'])
    expect(await identifiers('plain')).toContain('animal.label')
  })

  test('a segmented picture is an object with its picture as text', async () => {
    const [, second] = workOf((await readFixture('results-segmentation.csv')).records)
    const [answer] = readAnswers(second!.assignment.answer)
    expect(answer).toMatchObject({ kind: 'FreeText', identifier: 'taskAnswers' })
    expect(JSON.parse((answer as { text: string }).text)).toEqual([
      {
        field: {
          inputImageProperties: { height: '480', width: '640' },
          labelMappings: { Owl: { color: '#1f77b4' } },
          labeledImage: { pngImageData: expect.stringMatching(/^iVBOR.*==$/) as unknown },
        },
        remarks: 'No tree',
      },
    ])
  })

  test('lines are those of the file, behind line breaks within cells', async () => {
    expect((await readFixture('results-plain.csv')).lines).toEqual([2, 3, 5])
  })

  const text = textOf('results-plain.csv')
  test.each([
    ['3ASSIGNMENT2', '3assignment-2', '3:AssignmentId AssignmentId should be an id'],
    ['3ASSIGNMENT2', '3ASSIGNMENT1', '3:AssignmentId AssignmentId should stand in the file once'],
    ['A1WORKER2', 'WORKER2', '3:WorkerId WorkerId should be the id of a worker'],
    [/"604800"|"259200"/, '"2147483648"', 'should not be greater than 2147483647'],
    ['"Rejected"', '"Paid"', '3:AssignmentStatus AssignmentStatus should be one of Submitted'],
    ['"a"\n', '"a","x"\n', '5:Approve Approve should be empty'],
    ['"a"\n', '"a","","","x"\n', '5:35 The row has 35 cells, but only 34'],
    ['Grünfink', 'Gr\0nfink', '5:Answer.name The cell holds the character NUL'],
    ['"Wren', '"Wr"en', '3:'],
  ])('%s -> %s is told, and the rest is read', async (from, to, message) => {
    const read = await readText(text.replace(from, to))
    expect(read.problems[0]).toContain(message)
    expect(read.isFatal).toBe(false)
    expect(read.records.length + read.leftOut).toBe(read.rows)
  })

  test('a column that is missing, or there twice', async () => {
    expect((await readText(text.replace('"SubmitTime"', '"X"'))).problems).toEqual([
      '1:SubmitTime The first line should name the columns of a result file, but SubmitTime is missing.',
    ])
    expect((await readText(text.replace('"Keywords"', '"Title"'))).problems[0]).toContain(
      '1:Title Two columns',
    )
  })

  test('a quote that never closes is told where it opens', async () => {
    const cut = text.slice(0, text.indexOf('second, with'))
    const read = await readText(cut)
    expect(read.problems[0]).toMatch(/^3:\d+ The quote that opens here is never closed/)
    expect(read.records).toHaveLength(1)
  })
})

describe('encodings and line ends', () => {
  const text = textOf('results-plain.csv')
  const swapped = Buffer.from(text, 'utf16le').swap16()
  test.each([
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16, little end first', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])],
    ['UTF-16, big end first', Buffer.concat([Buffer.from([0xfe, 0xff]), swapped])],
  ])('%s', async (_, bytes) => {
    for (const length of [1, 3, 4096])
      expect((await readText(bytes, {}, length)).records).toEqual((await readText(text)).records)
  })

  test.each(['\r\n', '\r'])('lines that end with %j', async (end) => {
    const lines = 'WorkerId,Reason\nA1WORKER1,x\nA1WORKER2,y\n'
    for (const length of [1, 2, 100]) {
      const read = await readText(lines.replaceAll('\n', end), { kind: 'blocks' }, length)
      expect(read).toMatchObject({ ...good, lines: [2, 3], rows: 2 })
    }
  })

  test('a wrong byte is told with line and column', async () => {
    const read = await readText(Buffer.from('WorkerId,Reason\nA1WORKER1,Z\xfcrich\n', 'latin1'))
    expect(read.problems[0]).toMatch(/^2:12 The byte FC is no part of a character in UTF-8.*save it as UTF-8/)
    const rows = Array.from({ length: 2000 }, (_, number) => `A1WORKER${number},ok\n`)
    const behind = await readText(Buffer.from(`WorkerId,Reason\n${rows.join('')}A1W,\xfc`, 'latin1'), {
      kind: 'blocks',
    })
    expect(behind).toMatchObject({ isFatal: true })
    expect(behind.problems[0]).toMatch(/^2002:5 /)
  })

  test.each([
    ['PK\x03\x04abc', 'workbook'],
    ['W\0o\0r\0', 'UTF-16 without the byte-order mark'],
    ['', 'The file is empty.'],
    ['\n\n', 'The file is empty.'],
    ['HITId;AssignmentId;WorkerId', 'separated by semicolons'],
    ['AssignmentId,Reject\n3A,x', 'decisions for an upload'],
    ['<html>', 'looks like a page'],
    ['{"AvailableBalance":"1"}', 'This tells the balance of an account'],
  ])('%j is none of ours: %s', async (bytes, message) => {
    const read = await readText(bytes)
    expect(read.isFatal).toBe(true)
    expect(read.problems[0]).toContain(message)
  })

  test('a file of another kind than was said', async () => {
    expect((await readFixture('workers.csv', { kind: 'results' })).problems[0]).toContain(
      'This looks like workers (the download of the Workers tab), but batch results was expected.',
    )
    expect((await readFixture('hits-aws-cli.json', { kind: 'workers' })).isFatal).toBe(true)
    expect(await readFixture('hits-aws-cli.json')).toMatchObject({ ...good, kind: 'hits' })
  })
})

test('workers: figures, scores and block status [websites 2.6]', async () => {
  const read = await readFixture('workers.csv')
  expect(read).toMatchObject({ ...good, kind: 'workers', lines: [2, 2, 3] })
  expect(read.records[0]).toMatchObject({
    kind: 'worker',
    worker: { id: 'A1WORKER1', block: 'Never Blocked', figures: { 'Your Lifetime Approval Rate': '75%' } },
  })
  expect(read.records[1]).toMatchObject({ kind: 'score', type: { name: 'Birds, all' }, value: 90 })
  const guide = await readFixture('workers-guide.csv')
  expect(guide.records.map(({ kind }) => kind)).toEqual(['worker', 'score', 'worker'])
  expect(guide.records[0]).toMatchObject({ worker: { block: 'Unblocked', figures: undefined } })
})

test.each([
  ['"90",""', '"90","95"', 'UPDATE-Birds, all should be empty: it asks for a change'],
  ['"90"', '"9x"', 'CURRENT-Birds, all should be a score'],
  ['"Never Blocked"', '"Maybe"', 'should be one of Never Blocked, Blocked, Unblocked'],
  ['A1WORKER2', 'A1WORKER1', 'should stand in the file once'],
])('workers: %s -> %s is refused [websites 2.6]', async (from, to, message) => {
  expect((await readText(textOf('workers.csv').replace(from, to))).problems[0]).toContain(message)
})

test.each(['blocks.csv', 'blocks-reasons.csv'])('%s: a worker on each line', async (name) => {
  const read = await readFixture(name, { kind: 'blocks' })
  expect(read).toMatchObject({ ...good, kind: 'blocks', rows: 2 })
  expect(read.records[1]).toMatchObject({ worker: { id: 'A1WORKER2', block: 'Blocked', reason: undefined } })
})

test.each([
  ['blocks.csv', textOf('blocks.csv')],
  ['blocks-reasons.csv', textOf('blocks-reasons.csv')],
  ['a list with a heading', 'Worker ID\nA1WORKER1\n'],
])('%s: nobody is blocked on a guess', async (_, text) => {
  const read = await readText(text)
  expect(read.records).toEqual([])
  expect(read.problems).toEqual([expect.stringContaining('--kind blocks')])
})

test.each([
  ['blocks.csv', textOf('blocks.csv')],
  ['with a name above', 'Worker ID\nA1WORKER1\nA1WORKER2\n'],
])('a list of ids alone, %s, tells of workers where that is said [websites 2.6]', async (_, text) => {
  const read = await readText(text, { kind: 'workers' })
  expect(read).toMatchObject({ ...good, kind: 'workers', rows: 2 })
  expect(read.records[1]).toMatchObject({
    worker: { id: 'A1WORKER2', block: undefined, figures: undefined, reason: undefined },
  })
})

test('columns of one’s own in a result file are named: their cells are not kept', async () => {
  const text = textOf('results-plain.csv')
  const own = text
    .replaceAll(/"(?:Approve|Reject)"/g, (name) => `${name},"My notes"`)
    .replace('"My notes"', '""')
  expect((await readText(own)).foreign).toEqual(['My notes'])
  expect((await readText(text)).foreign).toEqual([])
})

test('a list whose heading speaks of blocks is one', async () => {
  expect(await readText('Worker ID,Block Reason\nA1WORKER1,Random\n')).toMatchObject({
    kind: 'blocks',
    rows: 1,
  })
})

test('transactions: equal lines are two payments [websites 2.8]', async () => {
  const read = await readFixture('transactions.csv')
  expect(read).toMatchObject({ ...good, kind: 'transactions' })
  const told = read.records.map((record) =>
    record.kind === 'transaction' ? [record.amount, record.occurrence, record.recipientId] : [],
  )
  expect(told).toEqual([
    [-100n, 1, 'A1WORKER1'],
    [-100n, 2, 'A1WORKER1'],
    [-20n, 1, undefined],
    [123450n, 1, undefined],
  ])
})

test.each([
  ['AMOUNT,date_posted,TransactionType', '$1.00,11/20/19,Fee', 100n],
  ['type,amount,Date Initiated', 'Fee,-1.00,2019-11-20T08:00:00Z', -100n],
])('transactions with the columns %s', async (header, row, amount) => {
  expect((await readText(`${header}\n${row}`)).records[0]).toMatchObject({ type: 'Fee', amount })
})

test.each(['1.005', '--1', '(1', '-(1)', '$', '.', '1,23', ''])('%j is no amount', async (amount) => {
  const read = await readText(`Type,Amount,Date\nFee,"${amount}",11/20/19`)
  expect(read.problems[0]).toContain('should be an amount')
})
