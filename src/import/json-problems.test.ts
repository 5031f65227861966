import { describe, expect, test } from 'vitest'
import { piecesOf, read, readAll } from '../../test/support/import-json.ts'
import { readAnswers } from '../domain/question/read-answers.ts'
import { server } from '../limits.ts'
import { readJSON } from './json.ts'

const anAssignment = {
  AssignmentId: '3W',
  WorkerId: 'A1',
  HITId: '3H',
  AssignmentStatus: 'Submitted',
  AcceptTime: 1574316000,
  SubmitTime: 1574316010,
}
/** Where the second of two entries begins. */
const secondColumn = `{"Assignments":[${JSON.stringify(anAssignment)},{`.length
const aScore = {
  QualificationTypeId: '3Q',
  WorkerId: 'A1',
  GrantTime: 1574316000,
  IntegerValue: 5,
  Status: 'Granted',
}
const document = (inner: string) => `<QuestionFormAnswers xmlns="x">${inner}</QuestionFormAnswers>`
const answerOf = async (Answer: unknown) => {
  const { records, problems } = await read({ ...anAssignment, Answer })
  return records.length === 0
    ? problems[0]
    : (records[0] as { assignment: { answer: string } }).assignment.answer
}

describe('answers of workers', () => {
  test('stay as they were', async () => {
    const text = `<?xml version="1.0" encoding="ASCII"?>${document('<Answer><FreeText>a&amp;&#228;</FreeText></Answer>')}`
    expect(await answerOf(text)).toBe(text)
    expect(await answerOf(`\n${text}\n`)).toBe(text)
  })

  test('that were not given are a document without any [questions 9.2]', async () => {
    for (const none of [undefined, null, '', '<QuestionFormAnswers xmlns="x"/>'])
      expect(readAnswers((await answerOf(none))!)).toEqual([])
  })

  test('are spelled as the service spelled them [questions 9.2]', async () => {
    const text = document('<!-- so -->a<![CDATA[b<c>&d<!--]]>&quot;&apos;&#xE4;<!-- <![CDATA[ -->e')
    expect(await answerOf(text)).toBe(document('ab&lt;c&gt;&amp;d&lt;!--"\'&#228;e'))
  })

  test.each([
    'wren',
    '{"species": "wren"}',
    '<QuestionFormAnswers>',
    document('a').slice(0, -5),
    document('<!-- '.repeat(100_000)),
    document('<![CDATA['.repeat(100_000)),
    document('<Answer><FreeText>&#x110000;</FreeText></Answer>'),
  ])('text %# is none', async (text) => {
    expect(await answerOf(text)).toBe(
      '1:1 The assignment 3W: Answer should be a QuestionFormAnswers document, whole and unchanged.',
    )
  })
})

const wrong: [string, unknown, string][] = [
  [
    'a member that is missing',
    { ...anAssignment, SubmitTime: undefined },
    'The assignment 3W: SubmitTime is missing.',
  ],
  [
    'all that is wrong at once',
    { ...anAssignment, WorkerId: 'b1', AcceptTime: 'now' },
    'The assignment 3W: WorkerId should be the id of a worker: A, then capital letters and digits; it is "b1". AcceptTime should be a time such as 2019-11-20T21:03:26-08:00, or seconds since 1970; it is "now".',
  ],
  [
    'an id of another shape',
    { ...anAssignment, AssignmentId: '3w-1' },
    'An assignment: AssignmentId should be an id: capital letters and digits, 64 at most; it is "3w-1".',
  ],
  [
    'a state that there is not',
    { ...anAssignment, AssignmentStatus: 'Paid' },
    'The assignment 3W: AssignmentStatus should be one of Submitted, Approved, Rejected; it is "Paid".',
  ],
  [
    'a HIT of which only the id is told [client-contract W12]',
    { HITs: [{ HITId: '3H' }] },
    'The HIT 3H: HITTypeId is missing. Title is missing. Description is missing. Reward is missing. AssignmentDurationInSeconds is missing. AutoApprovalDelayInSeconds is missing. CreationTime is missing. Expiration is missing. MaxAssignments is missing.',
  ],
  [
    'a name that is empty',
    { HITs: [{ HITId: '3H', HITTypeId: '3T', Title: '', Description: '', Reward: '0.05', AssignmentDurationInSeconds: 1, AutoApprovalDelayInSeconds: 1, CreationTime: 1574316000, Expiration: 1574316000, MaxAssignments: 1 }] }, // prettier-ignore
    'The HIT 3H: Title should be a text of at least one character; it is "".',
  ],
  [
    'a qualification type without a name',
    { QualificationTypeId: '3Q', Name: '', Description: '', CreationTime: 1574316000 },
    'The qualification type 3Q: Name should be a text of at least one character; it is "".',
  ],
  [
    'money that is none',
    { WorkerId: 'A1', AssignmentId: '3W', BonusAmount: '1.505', GrantTime: 1574316000 },
    'The bonus 3W: BonusAmount should be dollars and cents, such as "0.05"; it is "1.505".',
  ],
  [
    'parts of a cent',
    { WorkerId: 'A1', AssignmentId: '3W', BonusAmount: 0.005, GrantTime: 1574316000 },
    'The bonus 3W: BonusAmount should be dollars and cents, such as "0.05"; it is 0.005.',
  ],
  [
    'a number that is a text',
    { ...aScore, IntegerValue: '5' },
    'The score A1: IntegerValue should be a whole number; it is "5".',
  ],
  [
    'more money than anybody was ever paid',
    { WorkerId: 'A1', AssignmentId: '3W', BonusAmount: '100000000.01', GrantTime: 1574316000 },
    'The bonus 3W: BonusAmount should not be more than $100000000.00; it is "100000000.01".',
  ],
  [
    'a number that nobody was ever told',
    { ...aScore, IntegerValue: 2_147_483_648 },
    'The score A1: IntegerValue should not be greater than 2147483647; it is 2147483648.',
  ],
  [
    'a place',
    { ...aScore, IntegerValue: undefined, LocaleValue: { Country: 'US' } },
    'The score A1: This is a place (LocaleValue), not a score; only scores can be brought in.',
  ],
  [
    'a qualification type of Amazon’s',
    { ...aScore, QualificationTypeId: '00000000000000000040' },
    'The score A1: This qualification type is Amazon’s own. Save the list with MustBeOwnedByCaller.',
  ],
  [
    'a NUL',
    { ...anAssignment, RequesterFeedback: 'a\0' },
    'The assignment 3W: RequesterFeedback holds the character NUL, which cannot be kept; it is "a\\u0000".',
  ],
  ['a HIT that is none', { HIT: null }, 'The HIT should be an object.'],
  [
    'the balance',
    { AvailableBalance: '1.00' },
    'This tells the balance of an account; it cannot be brought in.',
  ],
  [
    'something else',
    { name: 'wren' },
    'This is no answer of the API that can be brought in. Such an answer has one of BonusPayments, HITs, Assignments, Qualifications, QualificationTypes, WorkerBlocks.',
  ],
]

describe('what is wrong with an entry', () => {
  test.each(wrong)('%s', async (_, value, message) => {
    const { problems, records, rows, isFatal } = await read(value)
    expect(problems.map((problem) => problem.replace(/^\d+:\d+ /, ''))).toEqual([message])
    expect({ records, rows, isFatal }).toEqual({ records: [], rows: 1, isFatal: false })
  })

  test('leaves the others alone, and tells where it stands', async () => {
    const { records, problems, rows } = await read({
      Assignments: [anAssignment, { ...anAssignment, HITId: 5 }, anAssignment],
    })
    expect([records.length, rows]).toEqual([2, 3])
    expect(problems).toEqual([
      `1:${secondColumn} The assignment 3W: HITId should be an id: capital letters and digits, 64 at most; it is 5.`,
    ])
  })

  test('an entry that is no JSON is told with its place', async () => {
    const text = `{"Assignments": [\n${JSON.stringify(anAssignment)},\n{"AssignmentId": "3V",\n "HITId" "3H"}]}`
    const { records, problems, rows, isFatal } = await readAll(piecesOf(text))
    expect(problems).toEqual(['4:10 This is not JSON: a colon was expected here, but there is ".'])
    expect([records.length, rows, isFatal]).toEqual([1, 2, false])
  })

  test('a file of another kind', async () => {
    const { problems } = await read({ Assignments: [anAssignment] }, 'hits')
    expect(problems).toEqual(['1:17 This is an assignment, but the file should hold hits.'])
  })
})

describe('a file that is broken', () => {
  test('half of it: what is whole is read', async () => {
    const text = JSON.stringify({ Assignments: [anAssignment, anAssignment] })
    const { records, problems, rows, isFatal } = await readAll(piecesOf(text.slice(0, -20), 50))
    expect([records.length, rows, isFatal]).toEqual([1, 2, false])
    expect(problems).toEqual([
      `1:${text.length - 19} The file ends in the middle of the object that begins in line 1, column ${secondColumn}. It was not saved whole: save it again.`,
    ])
  })

  test('printed by Python: nothing more is read', async () => {
    const { records, problems, rows, isFatal } = await readAll(
      piecesOf(`${JSON.stringify(anAssignment)}\n{'Assignments': []}`),
    )
    expect([records.length, rows, isFatal]).toEqual([1, 1, true])
    expect(problems).toEqual([
      '2:2 This is how Python prints an object, and not JSON. Save it with json.dumps(response, default=str).',
    ])
  })
})

test('batches are of a size, whatever the pieces are', async () => {
  const text = JSON.stringify({
    Assignments: Array.from({ length: 2 * server.imports.batch + 201 }, () => anAssignment),
  })
  for (const length of [1 << 8, 1 << 20]) {
    const rows: number[] = []
    for await (const batch of readJSON(piecesOf(text, length), undefined)) rows.push(batch.rows)
    expect(rows).toEqual([server.imports.batch, server.imports.batch, 201])
  }
})
