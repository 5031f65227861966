// The result CSV of imported work [websites 2.5]; whole files stand in the tests of the calls that write them.
import { expect, test } from 'vitest'
import { cents } from '../domain/money.ts'
import { writeAnswers } from '../domain/question/answers.ts'
import { findResultColumns, writeResults, type ResultRow, type Rows } from './result-csv.ts'

const row = (fields: Record<string, string>, input?: Record<string, string>): ResultRow => ({
  type: {
    id: 'TYPE',
    title: 'Birds',
    description: 'Birds',
    keywords: undefined,
    reward: cents(2),
    duration: 60,
    approvalDelay: 60,
    requirements: undefined,
  },
  hit: {
    id: 'HIT',
    typeId: 'TYPE',
    groupId: undefined,
    createdAt: 0,
    expiresAt: 0,
    maxAssignments: 1,
    annotation: undefined,
    question: undefined,
    layoutId: undefined,
    reviewStatus: undefined,
    fields: undefined,
    input,
  },
  assignment: {
    id: 'ASSIGNMENT',
    hitId: 'HIT',
    workerId: 'AWORKER',
    state: 'Submitted',
    acceptedAt: 0,
    submittedAt: 0,
    autoApprovalAt: undefined,
    approvedAt: undefined,
    rejectedAt: undefined,
    feedback: undefined,
    answer: writeAnswers(
      Object.entries(fields).map(([identifier, text]) => ({ kind: 'FreeText', identifier, text })),
    ),
    rates: undefined,
  },
})

const oneByOne = (rows: readonly ResultRow[]): Rows<ResultRow> =>
  async function* () {
    for (const one of rows) yield await Promise.resolve([one])
  }

const fixedColumns = 27

async function dynamicCells(rows: readonly ResultRow[]): Promise<string[]> {
  const lines: string[] = []
  const columns = await findResultColumns(oneByOne(rows))
  for await (const text of writeResults(oneByOne(rows), columns)) lines.push(text.trimEnd())
  return lines.map((line) => line.split(',').slice(fixedColumns).join(','))
}

test('columns are alphabetical within each group, the rows end before the review [websites 2.5]', async () => {
  const rows = [row({ b: '1' }, { z: 'in' }), row({ a: '2', B: '3' }), row({}, { m: 'in too' })]
  expect(await dynamicCells(rows)).toEqual([
    '"Input.m","Input.z","Answer.B","Answer.a","Answer.b","Approve","Reject"',
    '"","in","","","1"',
    '"","","3","2",""',
    '"in too","","","",""',
  ])
})

test('names that every object knows are columns like others', async () => {
  const input = JSON.parse('{"__proto__":"i"}') as Record<string, string>
  expect(await dynamicCells([row({ constructor: 'x', toString: 'y' }, input), row({})])).toEqual([
    '"Input.__proto__","Answer.constructor","Answer.toString","Approve","Reject"',
    '"i","x","y"',
    '"","",""',
  ])
})

test('an answer that came while the file was written breaks it off: it would lack a column', async () => {
  const columns = await findResultColumns(oneByOne([row({ a: '1' })]))
  const lines = writeResults(oneByOne([row({ a: '1' }), row({ a: '1', late: '2' })]), columns)
  const read = async () => {
    for await (const text of lines) expect(text).toContain('"')
  }
  await expect(read()).rejects.toThrow(
    'More was brought in while the results were being written: write them again.',
  )
})

test.each([
  [[{ a: { b: { c: 'x' } } }], { 'a.b.c': 'x' }],
  [[{ a: { yes: true, no: false }, n: 5, text: '5', nothing: null, none: {} }], { 'a.yes': 'true', 'a.no': 'false', n: '5', text: '5', nothing: 'null', none: '{}' }], // prettier-ignore
  [[{ boxes: [{ left: 1 }], empty: [] }], { boxes: '[{""left"":1}]', empty: '[]' }],
  [{ a: 1 }, { a: '1' }],
  [[{ a: 1 }, { b: 2 }], { taskAnswers: '[{""a"":1},{""b"":2}]' }],
  ['no JSON', { taskAnswers: '""no JSON""' }],
])('the cells of %j sent by a crowd-form', async (sent, cells) => {
  const [header, line] = await dynamicCells([row({ taskAnswers: JSON.stringify(sent) })])
  const names = Object.keys(cells).sort()
  expect(header).toBe([...names.map((name) => `"Answer.${name}"`), '"Approve","Reject"'].join(','))
  expect(line).toBe(names.map((name) => `"${(cells as Record<string, string>)[name]}"`).join(','))
})

test('a form of questions: selections with the other text, a file by its key [questions 9.1]', async () => {
  const plain = row({})
  const answer = writeAnswers([
    { kind: 'Selection', identifier: 'birds', selections: ['wren', 'owl'], other: 'a heron' },
    { kind: 'File', identifier: 'photo', fileKey: 'key', size: 5 },
    { kind: 'Selection', identifier: 'zoo', selections: [] },
  ])
  expect(await dynamicCells([{ ...plain, assignment: { ...plain.assignment, answer } }])).toEqual([
    '"Answer.birds","Answer.photo","Answer.zoo","Approve","Reject"',
    '"wren|owl|a heron","key",""',
  ])
})
