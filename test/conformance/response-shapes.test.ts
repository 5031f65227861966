// Every operation's answers against the shapes of an installed botocore, and through its parser: called with every
// optional member, and without any, on both databases [wire 1.3, client W3, W4, W5].
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import type { OperationName } from '../../src/model/operations.ts'
import { describeUnless } from '../support/shared.ts'
import { eitherOf, tourShapes, type Fullness, type MadeCall } from '../support/shape-tour.ts'
import { onBothWireServers } from '../support/wire-server.ts'
import { botocoreMissing, operationNames, shapesOf } from './model-description.ts'
import { inputMembers, membersIn, membersOf, placesIn, problemsOf } from './shape-check.ts'

const program = fileURLToPath(new URL('botocore-parse.py', import.meta.url))
const fullnesses: readonly Fullness[] = ['every member', 'outer members', 'required members']

/** Members that answers never have, with the reason. */
const neverSeen: Readonly<Record<string, string>> = {
  'GetAccountBalanceResponse.OnHoldBalance': 'was never seen [client W30]',
  'Assignment.Deadline': 'no submitted assignment has it [client W17]',
  'Qualification.LocaleValue':
    'where somebody lives is a type of the system, which nobody may read [qualifications 3.8]',
  'ReviewPolicy.Parameters': 'a report has the names of the policies only [qualifications 8.2]',
  'PolicyParameter.Key': 'as above',
  'PolicyParameter.Values': 'as above',
  'PolicyParameter.MapEntries': 'as above',
  'ParameterMapEntry.Key': 'as above',
  'ParameterMapEntry.Values': 'as above',
}

/** Where the service itself did not keep to its model: a question's id may be any text [qualifications 8.2]. */
const deviation = /^\S+\.QuestionId: "question-1" does not match /

const time = /\.(\w+Time|Expiration)$/

/** Both policies have parameters that are required [qualifications 7.1, 7.2]. */
const neverAbsent = /^(Assignment|HIT)ReviewPolicy\.Parameters$/

interface Read {
  problems: string[]
  parsed: unknown
}

/** What botocore makes of the answers. */
function readByBotocore(calls: readonly Pick<MadeCall, 'operation' | 'headers' | 'text'>[]): Read[] {
  const answers = calls.map(({ operation, headers, text: body }) => ({ operation, headers, body }))
  const run = spawnSync('python3', [program], {
    input: JSON.stringify(answers),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (run.status !== 0) throw new Error(run.stderr)
  return JSON.parse(run.stdout) as Read[]
}

/** An operation, a bad answer, what is wrong with it, and whether botocore sees that too. */
const bad: [OperationName, object, string, boolean][] = [
  ['GetAccountBalance', { AvailableBalance: 5 }, 'AvailableBalance: 5 is no text', true],
  ['GetAccountBalance', { AvailableBalance: null }, 'AvailableBalance: null is no text', false],
  ['GetAccountBalance', { AvailableBalance: '1.234' }, 'AvailableBalance: "1.234" does not match', false],
  ['GetAccountBalance', { Balance: '1.00' }, 'Balance is unknown', false],
  ['GetHIT', { HIT: [] }, 'HIT: [] is no structure', true],
  ['GetHIT', { HIT: { HITId: '' } }, 'HIT.HITId: "" has not 1 to 64 characters', true],
  ['GetHIT', { HIT: { HITStatus: 'Gone' } }, 'HIT.HITStatus: "Gone" is none of Assignable', false],
  ['GetHIT', { HIT: { MaxAssignments: '1' } }, 'HIT.MaxAssignments: "1" is no integer', true],
  ['GetHIT', { HIT: { MaxAssignments: 2 ** 31 } }, 'HIT.MaxAssignments: 2147483648 is no integer', false],
  [
    'GetHIT',
    { HIT: { AutoApprovalDelayInSeconds: 0.5 } },
    'HIT.AutoApprovalDelayInSeconds: 0.5 is no long',
    true,
  ],
  ['GetHIT', { HIT: { CreationTime: '2031-07-04' } }, 'HIT.CreationTime: "2031-07-04" is no time', false],
  ['GetHIT', { HIT: { CreationTime: 1940907967250 } }, 'HIT.CreationTime: 1940907967250 is no time', false],
  ['GetHIT', { HIT: { QualificationRequirements: {} } }, 'QualificationRequirements: {} is no list', true],
  [
    'GetHIT',
    { HIT: { QualificationRequirements: [{ Comparator: 'Exists' }] } },
    'QualificationRequirements[0]: QualificationTypeId is missing',
    true,
  ],
  [
    'GetQualificationType',
    { QualificationType: { AutoGranted: 'true' } },
    'QualificationType.AutoGranted: "true" is no boolean',
    true,
  ],
]

describeUnless(botocoreMissing, 'answers and botocore', () => {
  test.each(bad)(
    'the check finds what is wrong with an answer of %s like %j',
    (operation, answer, problem) => {
      const problems = problemsOf(shapesOf(operation).output, answer)
      expect(
        problems.some((found) => found.includes(problem)),
        problems.join(),
      ).toBe(true)
    },
  )

  test('botocore finds what is of another type, or missing', () => {
    const headers = { 'x-amzn-requestid': 'a request' }
    const seen = bad.filter(([, , , seesToo]) => seesToo)
    const read = readByBotocore(
      seen.map(([operation, answer]) => ({ operation, headers, text: JSON.stringify(answer) })),
    )
    for (const [index, { problems }] of read.entries())
      expect(problems.length, seen[index]![2]).toBeGreaterThan(0)
  })

  onBothWireServers('the shapes of answers', (server) => {
    let calls: MadeCall[]
    let read: Read[]
    beforeAll(async () => {
      calls = []
      const { journey, address } = server()
      for (const fullness of fullnesses) calls.push(...(await tourShapes(journey, address, fullness)))
      read = readByBotocore(calls)
    })

    describe.each(operationNames)('%s', (operation) => {
      const { output } = shapesOf(operation)
      const isEmpty = membersOf(output).length === 0
      const typed = isEmpty ? 'client W5' : 'wire 1.3'
      const spelt = membersOf(output).some((member) => time.test(member)) ? 'client W3, W4' : 'client W4'
      const own = () => calls.filter((call) => call.operation === operation)

      test(`${operation} answers what its shape has, each member of its type [${typed}]`, () => {
        expect(own().map(({ status }) => status)).toEqual(own().map(() => 200))
        for (const { text } of own()) {
          const problems = problemsOf(output, JSON.parse(text))
          expect(
            problems.filter((problem) => !deviation.test(problem)),
            text,
          ).toEqual([])
          if (isEmpty) expect(text).toBe('{}')
        }
      })

      test(`${operation} spells its answers as the service did [${spelt}]`, () => {
        for (const { text } of own()) {
          expect(text.replaceAll(/"(\\.|[^"\\])*"/g, '""')).not.toMatch(/\s|null/)
          expect(text).not.toContain('\\/')
          const times = [...text.matchAll(/"(?:\w+Time|Expiration)":([^,}]+)/g)].map(([, value]) => value)
          for (const value of times) expect(value).toMatch(/^\d\.\d+E9$/)
        }
      })

      test(`${operation}: botocore parses its answers, and finds them in shape [wire 1.3]`, () => {
        for (const [index, { operation: of, text }] of calls.entries()) {
          if (of === operation) expect(read[index], text).toEqual({ problems: [], parsed: JSON.parse(text) })
        }
      })

      test(`${operation} was called with every optional member, and without each [wire 1.3]`, () => {
        const places = own().map(({ input }) => placesIn(operation, input))
        const given = new Set(places.flatMap((one) => one.given))
        const absent = new Set(places.flatMap((one) => one.absent))
        const members = inputMembers(operation)
        expect(members.filter(({ place }) => !given.has(place))).toEqual([])
        const optional = members.filter(({ required }) => !required)
        expect(optional.filter(({ place }) => !absent.has(place) && !neverAbsent.test(place))).toEqual([])
      })

      test(`${operation} was called with all at once, and with what is required alone [wire 1.3]`, () => {
        // A question is of a layout, or it is not [hits 12.1].
        const excluded = operation.startsWith('CreateHIT') ? /^(Question|HITLayout\w+)$/ : /^$/
        const members = inputMembers(operation)
        const outer = members.filter(({ place }) => /^\w+$/.test(place) && !excluded.test(place))
        expect(own().some(({ input }) => outer.every(({ place }) => place in input))).toBe(true)
        const barest = own().filter(({ fullness }) => fullness === 'required members')
        expect(barest).not.toEqual([])
        const either = eitherOf[operation]
        const optional = new Set(members.filter(({ required }) => !required).map(({ place }) => place))
        for (const { input } of barest) {
          const more = placesIn(operation, input).given.filter((place) => optional.has(place))
          expect(more).toEqual(either === undefined ? [] : [expect.toBeOneOf([...either])])
        }
      })
    })

    test('every member of every answer was seen, but for those that answers never have', () => {
      const seen = new Set(
        calls.flatMap(({ operation, text }) => membersIn(shapesOf(operation).output, JSON.parse(text))),
      )
      const all = new Set(operationNames.flatMap((operation) => membersOf(shapesOf(operation).output)))
      expect([...all].filter((member) => !seen.has(member)).toSorted()).toEqual(
        Object.keys(neverSeen).toSorted(),
      )
    })

    test('the one deviation from the model is there: question ids are any text [qualifications 8.2]', () => {
      const answers = calls.filter(({ operation }) => operation === 'ListReviewPolicyResultsForHIT')
      const problems = answers.flatMap(({ operation, text }) =>
        problemsOf(shapesOf(operation).output, JSON.parse(text)),
      )
      expect(problems.some((problem) => deviation.test(problem))).toBe(true)
    })
  })
})
