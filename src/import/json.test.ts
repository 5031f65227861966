import { describe, expect, test } from 'vitest'
import { fileOf, good, readAll } from '../../test/support/import-json.ts'
import type { ImportKind } from '../domain/import/kinds.ts'
import type { ImportRecord } from '../domain/import/record.ts'
import { readAnswers } from '../domain/question/read-answers.ts'
import { kindOfJSON } from './json.ts'

const birdHIT = (number: number) => `3BIRDHIT0000000000000000000${String(number).padStart(3, '0')}`
const birdWork = (number: number) => `3BIRDWORK000000000000000000${String(number).padStart(3, '0')}`

const utc = (...parts: [number, number, number, number?, number?, number?, number?]) => Date.UTC(...parts)

describe('files of the API', () => {
  test('HITs of the AWS CLI [hits 12.0]', async () => {
    const { records, lines, ...rest } = await readAll(fileOf('hits-aws-cli.json'))
    expect(rest).toEqual({ ...good, rows: 2 })
    expect(records[0]).toEqual({
      kind: 'hit',
      type: {
        id: '3BIRDTYPE000000000000000000001',
        title: 'Name the bird',
        description: 'Look at a picture and say which bird it is. Vögel!',
        keywords: 'bird, picture',
        reward: 5n,
        duration: 600,
        approvalDelay: 259200,
        requirements: expect.any(String),
      },
      hit: {
        id: birdHIT(1),
        typeId: '3BIRDTYPE000000000000000000001',
        groupId: '3BIRDGROUP00000000000000000001',
        createdAt: utc(2019, 10, 21, 5, 3, 26),
        expiresAt: utc(2019, 10, 28, 5, 3, 26),
        maxAssignments: 3,
        annotation: 'birds-1',
        question: expect.stringContaining('“this”'),
        layoutId: undefined,
        reviewStatus: 'NotReviewed',
        input: undefined,
      },
    })
    const [first, second] = records as Extract<ImportRecord, { kind: 'hit' }>[]
    expect(JSON.parse(first!.type.requirements!)).toEqual([
      {
        QualificationTypeId: '00000000000000000071',
        Comparator: 'In',
        LocaleValues: [{ Country: 'US' }, { Country: 'CA' }],
        RequiredToPreview: false,
        ActionsGuarded: 'Accept',
      },
    ])
    expect(second).toMatchObject({
      type: { keywords: undefined, requirements: '[]' },
      hit: { annotation: undefined, question: undefined, layoutId: '3BIRDLAYOUT0000000000000000001' },
    })
    expect(lines).toEqual([5, 42])
  })

  test('HITs as they come over the wire, an answer a line [client-contract W3]', async () => {
    const { records, lines, ...rest } = await readAll(fileOf('hits-wire.jsonl'))
    expect(rest).toEqual({ ...good, rows: 2 })
    expect(lines).toEqual([1, 2])
    expect(records).toMatchObject([
      { hit: { id: birdHIT(1), createdAt: utc(2019, 10, 21, 5, 3, 26) } },
      { hit: { id: birdHIT(3), createdAt: 1_600_000_000_000, expiresAt: 1_600_604_800_000 } },
    ])
  })

  test('assignments of boto3, a page a line, the last one empty [hits 6.5]', async () => {
    const { records, ...rest } = await readAll(fileOf('assignments-boto3.jsonl'))
    expect(rest).toEqual({ ...good, rows: 3, lines: [1, 1, 2] })
    const [approved, rejected, submitted] = records.map(
      (record) => (record as { assignment: object }).assignment,
    )
    expect(approved).toEqual({
      id: birdWork(1),
      hitId: birdHIT(1),
      workerId: 'AEXAMPLEWORKER1',
      state: 'Approved',
      acceptedAt: utc(2019, 10, 21, 5, 59, 40),
      submittedAt: utc(2019, 10, 21, 6, 0, 10),
      autoApprovalAt: utc(2019, 10, 24, 6, 0, 10),
      approvedAt: utc(2019, 10, 21, 16),
      rejectedAt: undefined,
      feedback: undefined,
      answer: expect.any(String),
      rates: undefined,
    })
    expect(readAnswers((approved as { answer: string }).answer)).toEqual([
      { kind: 'FreeText', identifier: 'species', text: 'Zaunkönig 🐦 <wren>' },
      { kind: 'FreeText', identifier: 'sure', text: '' },
    ])
    expect(rejected).toMatchObject({
      state: 'Rejected',
      rejectedAt: utc(2019, 10, 21, 16, 0, 1, 500),
      feedback: 'No bird, "a cat".',
    })
    expect(submitted).toMatchObject({ state: 'Submitted', approvedAt: undefined })
  })

  test('GetAssignment: the HIT, then its assignment', async () => {
    for (const kind of [undefined, 'assignments'] as const) {
      const { records, ...rest } = await readAll(fileOf('get-assignment-aws-cli.json'), kind)
      expect(rest).toMatchObject({ ...good, rows: 4 })
      expect(records.map((record) => record.kind)).toEqual(['hit', 'assignment', 'hit', 'assignment'])
      expect(records[3]).toMatchObject({
        assignment: { id: birdWork(5), submittedAt: utc(2019, 10, 21, 6, 0, 10) },
      })
    }
  })

  test('bonuses as a bare array, with milliseconds [hits 9.6]', async () => {
    const { records, ...rest } = await readAll(fileOf('bonuses-entries.json'))
    expect(rest).toEqual({ ...good, rows: 2, lines: [2, 9] })
    expect(records).toEqual([
      {
        kind: 'bonus',
        workerId: 'AEXAMPLEWORKER1',
        assignmentId: birdWork(1),
        amount: 150n,
        reason: 'The bird was rare. Danke!',
        grantedAt: utc(2019, 10, 22),
      },
      {
        kind: 'bonus',
        workerId: 'AEXAMPLEWORKER2',
        assignmentId: birdWork(2),
        amount: 10n,
        reason: '',
        grantedAt: utc(2019, 10, 22, 0, 0, 0, 250),
      },
    ])
  })

  test('qualification types with test and key [qualifications 1.1]', async () => {
    const { records, ...rest } = await readAll(fileOf('qualification-types-aws-cli.json'))
    expect(rest).toMatchObject({ ...good, rows: 2 })
    expect(records).toEqual([
      {
        kind: 'qualification type',
        id: '3BIRDQUAL000000000000000000001',
        name: 'Knows birds',
        description: 'Has named ten birds.',
        keywords: 'bird',
        isActive: true,
        autoGrantedValue: undefined,
        retryDelay: 86400,
        test: expect.stringMatching(/^<QuestionForm/),
        testDuration: 600,
        answerKey: expect.stringMatching(/^<AnswerKey/),
        createdAt: utc(2019, 9, 1, 17),
      },
      {
        kind: 'qualification type',
        id: '3BIRDQUAL000000000000000000002',
        name: 'Took part in 2018',
        description: 'Was there.',
        keywords: undefined,
        isActive: false,
        autoGrantedValue: 7,
        retryDelay: undefined,
        test: undefined,
        testDuration: undefined,
        answerKey: undefined,
        createdAt: utc(2018, 9, 1, 17),
      },
    ])
  })

  test('scores in an array of answers: granted, taken away, one alone [qualifications 2]', async () => {
    const { records, ...rest } = await readAll(fileOf('scores-aws-cli.json'))
    expect(rest).toMatchObject({ ...good, rows: 3 })
    const type = { id: '3BIRDQUAL000000000000000000001' }
    const grantedAt = utc(2019, 10, 22, 18)
    expect(records).toEqual([
      { kind: 'score', workerId: 'AEXAMPLEWORKER1', type, value: 93, status: 'Granted', grantedAt },
      { kind: 'score', workerId: 'AEXAMPLEWORKER2', type, value: 12, status: 'Revoked', grantedAt },
      {
        kind: 'score',
        workerId: 'AEXAMPLEWORKER3',
        type: { id: '3BIRDQUAL000000000000000000002' },
        value: 0,
        status: 'Granted',
        grantedAt: utc(2018, 10, 22, 18),
      },
    ])
  })

  test('worker blocks [hits 8]', async () => {
    const { records, ...rest } = await readAll(fileOf('blocks-aws-cli.json'))
    expect(rest).toMatchObject({ ...good, rows: 2 })
    const block = { figures: undefined, block: 'Blocked' }
    expect(records).toEqual([
      { kind: 'worker', worker: { id: 'AEXAMPLEWORKER8', ...block, reason: 'Answered without looking.' } },
      { kind: 'worker', worker: { id: 'AEXAMPLEWORKER9', ...block, reason: undefined } },
    ])
  })

  test.each<[string, ImportKind]>([
    ['hits-aws-cli.json', 'hits'],
    ['hits-wire.jsonl', 'hits'],
    ['assignments-boto3.jsonl', 'assignments'],
    ['get-assignment-aws-cli.json', 'assignments'],
    ['bonuses-entries.json', 'bonuses'],
    ['qualification-types-aws-cli.json', 'qualification types'],
    ['scores-aws-cli.json', 'scores'],
    ['blocks-aws-cli.json', 'blocks'],
  ])('%s is known by its beginning as %s', async (name, kind) => {
    let text = ''
    for await (const piece of fileOf(name)) text += piece
    expect(kindOfJSON(text)).toBe(kind)
    expect(kindOfJSON(text.slice(0, 700))).toBe(kind)
  })

  test('an empty list has no kind, and a text that names one is none', () => {
    expect(kindOfJSON('[]')).toBeUndefined()
    expect(kindOfJSON(JSON.stringify({ note: '{"HITs": [], "HITId": "3X"}' }))).toBeUndefined()
    expect(kindOfJSON('{"NumResults": 0, "HITs": []}')).toBe('hits')
  })
})
