// What is kept of files of the real service (docs/decisions/0013).
import { expect, test } from 'vitest'
import { bringer } from '../../../test/support/import-laboratory.ts'
import { inLines, type Records } from '../../../test/support/import-records.ts'
import { answersOf, importedAt } from '../../../test/support/imports.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { isFault } from '../../domain/fault.ts'
import type { ImportRecord } from '../../domain/import/record.ts'
import { cents } from '../../domain/money.ts'
import { operator } from '../operation.ts'
import { CheckRecords, ImportRecords } from './ImportRecords.ts'

const added = { added: 1, changed: 0, unchanged: 0 }
const changed = { added: 0, changed: 1, unchanged: 0 }
const unchanged = { added: 0, changed: 0, unchanged: 1 }

type Make = (records: Records) => ImportRecord[]
const none: Make = () => []
const owlTest =
  '<QuestionForm xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2017-11-06/QuestionForm.xsd">' +
  '<Question><QuestionIdentifier>owl</QuestionIdentifier><QuestionContent><Text>Which owl?</Text></QuestionContent>' +
  '<AnswerSpecification><FreeTextAnswer/></AnswerSpecification></Question></QuestionForm>'
const later = importedAt + 86_400_000

onBothDatabases('ImportRecords', (market) => {
  test.each<[string, Make, Make, object | string[]]>([
    ['work', none, (r) => [r.work()], added],
    ['work again', (r) => [r.work()], (r) => [r.work()], unchanged],
    [
      'work that was approved since',
      (r) => [r.work()],
      (r) => [r.work({ state: 'Approved', approvedAt: later })],
      changed,
    ],
    [
      'work of a file from before the decision',
      (r) => [r.work({ state: 'Approved', approvedAt: later })],
      (r) => [r.work()],
      unchanged,
    ],
    [
      'work whose HIT alone is told otherwise',
      (r) => [r.work()],
      (r) => [r.work({}, { annotation: 'BatchId:1;' })],
      changed,
    ],
    [
      'work of which less is told',
      (r) => [r.work({ feedback: 'Good' }, { question: '<x/>' })],
      (r) => [r.work()],
      unchanged,
    ],
    [
      'records that contradict each other, again',
      (r) => [r.work({}, { expiresAt: later }), r.work()],
      (r) => [r.work({}, { expiresAt: later }), r.work()],
      { added: 0, changed: 0, unchanged: 2 },
    ],
    ['a HIT', none, (r) => [r.hit()], added],
    ['a HIT again', (r) => [r.hit()], (r) => [r.hit()], unchanged],
    [
      'a HIT of another file of which less is told',
      (r) => [r.hit()],
      (r) => [r.hit({ input: undefined })],
      unchanged,
    ],
    ['a HIT whose type has another title', (r) => [r.hit()], (r) => [r.hit({}, { title: 'Look' })], changed],
    ['an assignment', (r) => [r.hit()], (r) => [r.assignment()], added],
    ['an assignment again', (r) => [r.work()], (r) => [r.assignment()], unchanged],
    [
      'an assignment with other answers',
      (r) => [r.work()],
      (r) => [r.assignment({ answer: answersOf({ bird: 'a tit' }) })],
      changed,
    ],
    ['a bonus', (r) => [r.work()], (r) => [r.bonus()], added],
    ['a bonus again', (r) => [r.work(), r.bonus()], (r) => [r.bonus()], unchanged],
    ['another bonus', (r) => [r.work(), r.bonus()], (r) => [r.bonus({ amount: cents(151) })], added],
    ['a qualification type', none, (r) => [r.qualificationType()], added],
    ['a qualification type again', (r) => [r.qualificationType()], (r) => [r.qualificationType()], unchanged],
    ['a score', (r) => [r.qualificationType()], (r) => [r.score()], added],
    [
      'two scores of one worker in one file',
      (r) => [r.qualificationType()],
      (r) => [r.score(), r.score({ value: 81, grantedAt: later }), r.score()],
      { added: 1, changed: 1, unchanged: 1 },
    ],
    [
      'scores by the name of a type, of more workers than one statement adds',
      none,
      (r) =>
        Array.from({ length: 120 }, (_, i) =>
          r.score({ workerId: `${r.prefix}W${i}`, type: { name: 'Knows owls' } }),
        ),
      { added: 120, changed: 0, unchanged: 0 },
    ],
    ['a score again', (r) => [r.qualificationType(), r.score()], (r) => [r.score()], unchanged],
    [
      'a later score',
      (r) => [r.qualificationType(), r.score()],
      (r) => [r.score({ value: 90, grantedAt: later })],
      changed,
    ],
    [
      'an earlier score',
      (r) => [r.qualificationType(), r.score()],
      (r) => [r.score({ value: 90, grantedAt: importedAt - 1 })],
      unchanged,
    ],
    [
      'a score without a time',
      (r) => [r.qualificationType(), r.score()],
      (r) => [r.score({ value: 90, grantedAt: undefined })],
      unchanged,
    ],
    [
      'a score that was taken away',
      (r) => [r.qualificationType(), r.score()],
      (r) => [r.score({ status: 'Revoked' })],
      changed,
    ],
    [
      'a score that was taken away, again',
      (r) => [r.qualificationType(), r.score({ status: 'Revoked' })],
      (r) => [r.score({ status: 'Revoked' })],
      unchanged,
    ],
    [
      'a score that was taken away before it was brought in',
      (r) => [r.qualificationType()],
      (r) => [r.score({ status: 'Revoked' })],
      added,
    ],
    [
      'a score that was given after another was taken away',
      (r) => [r.qualificationType(), r.score({ status: 'Revoked' })],
      (r) => [r.score({ grantedAt: later })],
      changed,
    ],
    [
      'a score of a type that is known by its name',
      none,
      (r) => [r.score({ type: { name: 'Knows cats' }, grantedAt: undefined })],
      added,
    ],
    ['a worker', none, (r) => [r.worker()], added],
    ['a worker again', (r) => [r.worker()], (r) => [r.worker()], unchanged],
    [
      'a worker of whom less is told',
      (r) => [r.worker()],
      (r) => [r.worker({ figures: undefined })],
      unchanged,
    ],
    ['a worker who was blocked since', (r) => [r.worker()], (r) => [r.worker({ block: 'Blocked' })], changed],
    ['a transaction', none, (r) => [r.transaction()], added],
    ['a transaction again', (r) => [r.transaction()], (r) => [r.transaction()], unchanged],
    ['an equal transaction', (r) => [r.transaction()], (r) => [r.transaction({ occurrence: 2 })], added],
    [
      'an assignment without its HIT',
      none,
      (r) => [r.assignment({ hitId: 'NOWHERE' })],
      ['2: The HIT NOWHERE is not here yet: bring in the file with the HITs first.'],
    ],
    ['a bonus without its assignment', none, (r) => [r.bonus()], added],
    ['a bonus without its assignment again', (r) => [r.bonus()], (r) => [r.bonus()], unchanged],
    ['a bonus whose HIT is told now', (r) => [r.bonus()], (r) => [r.bonus({ hitId: 'HIT' })], changed],
    ['a bonus once more with its HIT', (r) => [r.bonus({ hitId: 'HIT' })], (r) => [r.bonus()], unchanged],
    ['a bonus after its work came', (r) => [r.bonus(), r.work()], (r) => [r.bonus()], unchanged],
    [
      'a score without its type',
      none,
      (r) => [r.score({ type: { id: 'NOWHERE' } })],
      ['2: The qualification type NOWHERE is not here yet: bring in the file with the types first.'],
    ],
    [
      'a type of a name that is taken',
      (r) => [r.qualificationType({ id: `${r.prefix}ONE`, name: 'Tawny owls' })],
      (r) => [r.qualificationType({ id: `${r.prefix}TWO`, name: 'Tawny owls' })],
      [
        expect.stringMatching(
          /^2: There is a qualification type "Tawny owls" with another id, AB\d+XONE: two/,
        ) as string,
      ],
    ],
    [
      'two types of one name',
      none,
      (r) => [
        r.qualificationType({ id: `${r.prefix}ONE`, name: 'Tawny owls' }),
        r.qualificationType({ id: `${r.prefix}TWO`, name: 'Tawny owls' }),
      ],
      [expect.stringMatching(/^3: There is a qualification type "Tawny owls"/) as string],
    ],
    ...Object.entries<[object, RegExp]>({
      'a test that is none': [{ test: 'no XML', testDuration: 60 }, /^2: .*: Test cannot be used here: ./],
      'a test without its time': [
        { test: owlTest },
        /: TestDurationInSeconds cannot be used here\. Take Test out/,
      ],
      'an answer key that is none': [
        { test: owlTest, testDuration: 60, answerKey: 'no XML' },
        /: AnswerKey cannot be used here: ./,
      ],
      'a delay beyond all time': [
        { retryDelay: 2 ** 40 },
        /: RetryDelayInSeconds cannot be used here\. Take RetryDelayInSeconds out/,
      ],
      'a name that is no name': [{ name: 'x'.repeat(201) }, /: Name cannot be used here\.$/],
    }).map(([name, [changes, problem]]): [string, Make, Make, string[]] => [
      `a type of which no worker could ask: ${name}`,
      none,
      (r) => [r.qualificationType(changes)],
      [expect.stringMatching(problem) as string],
    ]),
    ['a type with a test', none, (r) => [r.qualificationType({ test: owlTest, testDuration: 60 })], added],
    [
      'the times of a test that there is not',
      none,
      (r) => [r.qualificationType({ testDuration: 2 ** 40, answerKey: 'no XML' })],
      added,
    ],
    [
      'a score of a type whose name is no name',
      none,
      (r) => [r.score({ type: { name: 'x'.repeat(201) } })],
      [`2: The name of the qualification type "${'x'.repeat(40)}…" cannot be used here.`],
    ],
  ])('%s [websites 2.5, 2.6, 2.8]', async (_, before, now, outcome) => {
    const { bring, records } = await bringer(market())
    await bring(before(records))
    expect(await bring(now(records))).toEqual(outcome)
  })

  test.each<[string, Make, string]>([
    ['work', (r) => [r.work()], 'assignment'],
    ['a HIT', (r) => [r.hit()], 'HIT'],
  ])('%s that another requester brought in is refused', async (_, make, name) => {
    const first = await bringer(market())
    await first.bring(make(first.records))
    const second = await bringer(market())
    expect(await second.bring(make(first.records))).toEqual([
      expect.stringMatching(new RegExp(`^2: The ${name} .* was brought in by another requester\\.$`)),
    ])
  })

  test('an id of the market itself is refused', async () => {
    const { bring, records, client } = await bringer(market())
    const { HIT } = await client
      .call('CreateHITType', {
        AssignmentDurationInSeconds: 60,
        ...{ Reward: '0.10', Title: 'A bird', Description: 'x' },
      })
      .then(({ HITTypeId }) =>
        client.call('CreateHITWithHITType', {
          ...{ HITTypeId: HITTypeId!, LifetimeInSeconds: 3600, MaxAssignments: 1 },
          Question:
            '<ExternalQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2006-07-14/ExternalQuestion.xsd">' +
            '<ExternalURL>https://tasks.example.org/birdsong</ExternalURL><FrameHeight>0</FrameHeight></ExternalQuestion>',
        }),
      )
    const id = HIT!.HITId!
    expect(await bring([records.hit({ id })])).toEqual([`2: The HIT ${id} is one of this market.`])
  })

  test('nothing is kept of a batch with a bad record, unless such are left out', async () => {
    const { bring, records } = await bringer(market())
    const batch = [records.work(), records.assignment({ hitId: 'NOWHERE' })]
    expect(await bring(batch)).toHaveLength(1)
    expect(await bring(batch, true)).toEqual(added)
    expect(await bring(batch, true)).toEqual(unchanged)
  })

  test('CheckRecords tells the same and keeps nothing', async () => {
    const { bring, records, requesterId } = await bringer(market())
    const given = [records.work(), records.assignment({ hitId: 'NOWHERE' })]
    const input = { requesterId, records: inLines(given), isAmongOthers: false }
    const found = await market().market.runner.run(CheckRecords, operator, input)
    if (isFault(found)) throw new Error(found.fault)
    expect(found.problems.map(({ line }) => line)).toEqual([3])
    expect(await bring([records.work()])).toEqual(added)
  })

  test.each([
    [CheckRecords, { requesterId: 'NOBODY', records: [] }, 'RequesterDoesNotExist'],
    [
      ImportRecords,
      { requesterId: 'NOBODY', runId: 'X', records: [], rows: 0, leftOut: 0, skipBad: false },
      'ImportDoesNotExist',
    ],
  ] as const)('whose file nobody has is refused: %#', async (operation, input, fault) => {
    expect(await market().market.runner.run(operation as never, operator as never, input)).toMatchObject({
      fault,
    })
  })
})
