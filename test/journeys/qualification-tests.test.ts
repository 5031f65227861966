// Tests of qualification types from the request to the score, over real sockets on both databases: the worked examples of
// the specification number by number, and what time and earlier tries allow [qualifications 2.2, 2.3, questions 10].
import { describe, expect, test } from 'vitest'
import { question, questionForm } from '../../src/domain/question/examples.ts'
import { ANSWER_KEY } from '../../src/domain/question/namespaces.ts'
import { onBothServers, type Hand, type Laboratory } from '../support/journey.ts'
import { aType } from '../support/qualification-members.ts'
import { refused } from '../support/refusals.ts'

const choice = (...ids: string[]) =>
  `<SelectionAnswer><MaxSelectionCount>${ids.length}</MaxSelectionCount><Selections>` +
  ids
    .map((id) => `<Selection><SelectionIdentifier>${id}</SelectionIdentifier><Text>${id}</Text></Selection>`)
    .join('') +
  '</Selections></SelectionAnswer>'

const Test = questionForm(
  question('Q1', choice('a', 'b', 'c')) +
    question('Q2', choice('x', 'y', 'z')) +
    question('Q3', choice('yes', 'no')),
)

const keyed = (identifier: string, more: string, ...options: [string[], number][]) =>
  `<Question><QuestionIdentifier>${identifier}</QuestionIdentifier>` +
  options
    .map(
      ([ids, score]) =>
        `<AnswerOption>${ids.map((id) => `<SelectionIdentifier>${id}</SelectionIdentifier>`).join('')}` +
        `<AnswerScore>${score}</AnswerScore></AnswerOption>`,
    )
    .join('') +
  `${more}</Question>`

const keyWith = (mapping: string) =>
  `<AnswerKey xmlns="${ANSWER_KEY}">` +
  keyed('Q1', '', [['a'], 10], [['b'], 4]) +
  keyed('Q2', '<DefaultScore>-5</DefaultScore>', [['x', 'y'], 20]) +
  keyed('Q3', '', [['yes'], 5]) +
  (mapping && `<QualificationValueMapping>${mapping}</QualificationValueMapping>`) +
  '</AnswerKey>'

const percentage = (most: number) =>
  `<PercentageMapping><MaximumSummedScore>${most}</MaximumSummedScore></PercentageMapping>`
const range = (lower: number, upper: number, value: number) =>
  `<SummedScoreRange><InclusiveLowerBound>${lower}</InclusiveLowerBound><InclusiveUpperBound>${upper}` +
  `</InclusiveUpperBound><QualificationValue>${value}</QualificationValue></SummedScoreRange>`

/** Right, half right, worse than nothing, right in another order. */
const answers = [
  { Q1: 'a', Q2: ['x', 'y'], Q3: 'yes' },
  { Q1: 'b', Q2: ['x'], Q3: 'yes' },
  { Q1: 'c', Q2: ['x', 'y', 'z'] },
  { Q1: 'a', Q2: ['y', 'x'], Q3: 'no' },
]

const mappings: [string, string, number[]][] = [
  ['no mapping', '', [35, 4, -5, 30]],
  ['a percentage of 35', percentage(35), [100, 11, -14, 86]],
  ['a percentage of 30', percentage(30), [117, 13, -17, 100]],
  [
    'a scale of 0.5',
    '<ScaleMapping><SummedScoreMultiplier>0.5</SummedScoreMultiplier></ScaleMapping>',
    [18, 2, -2, 15],
  ],
  [
    'ranges',
    `<RangeMapping>${range(0, 9, 1)}${range(10, 29, 2)}${range(30, 35, 3)}` +
      '<OutOfRangeQualificationValue>0</OutOfRangeQualificationValue></RangeMapping>',
    [3, 1, 0, 3],
  ],
]

const timed = { Test, TestDurationInSeconds: 60 }

onBothServers('tests of qualification types', (journey) => {
  const makeType = async (laboratory: Laboratory, changes: object): Promise<string> => {
    const { QualificationType } = await laboratory.call('CreateQualificationType', aType(changes))
    return QualificationType!.QualificationTypeId!
  }
  const ask = async ({ workerId }: Hand, body: object) =>
    (await journey().control(`workers/${workerId}/qualification-requests`, body)).body
  const refusalOf = async (worker: Hand, body: object) => (await ask(worker, body)).error
  const valueOf = async (laboratory: Laboratory, QualificationTypeId: string, { workerId }: Hand) => {
    const input = { QualificationTypeId, WorkerId: workerId }
    return (await laboratory.call('GetQualificationScore', input)).Qualification!.IntegerValue
  }
  const pending = async (laboratory: Laboratory, QualificationTypeId: string) =>
    (await laboratory.call('ListQualificationRequests', { QualificationTypeId })).QualificationRequests!

  test.each(mappings)(
    'the worked examples with %s; a retake counts, be it worse [questions 10.3, qualifications 2.3]',
    async (_, mapping, values) => {
      const [laboratory, worker] = [await journey().laboratory(), await journey().worker()]
      const AnswerKey = keyWith(mapping)
      const type = await makeType(laboratory, { ...timed, AnswerKey, RetryDelayInSeconds: 0 })
      for (const [index, given] of answers.entries()) {
        const granted = values[index]
        expect(await ask(worker, { qualificationTypeId: type, answers: given })).toEqual({ granted })
        expect(await valueOf(laboratory, type, worker)).toBe(granted)
      }
      expect(await pending(laboratory, type)).toEqual([])
    },
  )

  test('without a key the answers wait for the requester, who gives what value he likes [qualifications 2.2, 3.10, 3.11]', async () => {
    const [laboratory, worker] = [await journey().laboratory(), await journey().worker()]
    const QualificationTypeId = await makeType(laboratory, timed)
    const asked = await ask(worker, { qualificationTypeId: QualificationTypeId, answers: answers[1] })
    const QualificationRequestId = String(asked.qualificationRequestId)
    const [request, ...others] = await pending(laboratory, QualificationTypeId)
    expect(others).toEqual([])
    expect(request).toMatchObject({
      QualificationRequestId,
      QualificationTypeId,
      WorkerId: worker.workerId,
      Test,
      SubmitTime: journey().second(),
    })
    expect(request!.Answer).toContain('<SelectionIdentifier>b</SelectionIdentifier>')
    const score = { QualificationTypeId, WorkerId: worker.workerId }
    await laboratory.refused('GetQualificationScore', score, refused.noQualification)
    await laboratory.call('AcceptQualificationRequest', { QualificationRequestId, IntegerValue: -3 })
    expect(await valueOf(laboratory, QualificationTypeId, worker)).toBe(-3)
    expect(await pending(laboratory, QualificationTypeId)).toEqual([])
  })

  test.each([
    [{}, 1],
    [{ AutoGrantedValue: 0 }, 0],
    [{ AutoGrantedValue: -7 }, -7],
  ])(
    'the automatic grant %j gives %i at once and is in no list [qualifications 2.2]',
    async (more, granted) => {
      const [laboratory, worker] = [await journey().laboratory(), await journey().worker()]
      const type = await makeType(laboratory, { AutoGranted: true, ...more })
      expect(await ask(worker, { qualificationTypeId: type })).toEqual({ granted })
      expect(await valueOf(laboratory, type, worker)).toBe(granted)
      expect(await pending(laboratory, type)).toEqual([])
    },
  )

  describe('time [qualifications 2.2, 2.3]', () => {
    const right = { answers: answers[0] }
    const scored = { ...timed, AnswerKey: keyWith('') }

    test('a test without a retry delay is taken once, whatever came of it', async () => {
      const [laboratory, worker] = [await journey().laboratory(), await journey().worker()]
      const qualificationTypeId = await makeType(laboratory, scored)
      await ask(worker, { qualificationTypeId, answers: answers[2] })
      await journey().advance(366 * 86_400)
      expect(await refusalOf(worker, { qualificationTypeId, ...right })).toBe(
        'QualificationTypeDoesNotAllowRetake',
      )
      const judged = await makeType(laboratory, timed)
      const asked = await ask(worker, { qualificationTypeId: judged, ...right })
      await laboratory.call('RejectQualificationRequest', {
        QualificationRequestId: String(asked.qualificationRequestId),
      })
      expect(await refusalOf(worker, { qualificationTypeId: judged, ...right })).toBe(
        'QualificationTypeDoesNotAllowRetake',
      )
    })

    test('a retry delay runs from the test, to the second', async () => {
      const [laboratory, worker] = [await journey().laboratory(), await journey().worker()]
      const qualificationTypeId = await makeType(laboratory, { ...scored, RetryDelayInSeconds: 100 })
      const { qualificationRequestId } = await ask(worker, { qualificationTypeId })
      await journey().advance(50)
      expect(await ask(worker, { qualificationRequestId, answers: answers[2] })).toEqual({ granted: -5 })
      await journey().advance(99)
      expect(await refusalOf(worker, { qualificationTypeId })).toBe('QualificationTypeRetryDelayNotElapsed')
      await journey().advance(1)
      expect(await ask(worker, { qualificationTypeId, ...right })).toEqual({ granted: 35 })
    })

    test('a test is handed in before its time is over, or the try is used [qualifications 2.2]', async () => {
      const [laboratory, worker] = [await journey().laboratory(), await journey().worker()]
      const [inTime, late] = [await makeType(laboratory, scored), await makeType(laboratory, scored)]
      const first = await ask(worker, { qualificationTypeId: inTime })
      const second = await ask(worker, { qualificationTypeId: late })
      await journey().advance(59.999)
      expect(await ask(worker, { ...first, ...right })).toEqual({ granted: 35 })
      await journey().advance(0.001)
      expect(await refusalOf(worker, { ...second, ...right })).toBe('TestTimeOver')
      expect(await refusalOf(worker, { qualificationTypeId: late })).toBe(
        'QualificationTypeDoesNotAllowRetake',
      )
      const score = { QualificationTypeId: late, WorkerId: worker.workerId }
      await laboratory.refused('GetQualificationScore', score, refused.noQualification)
    })

    test('test, key and time are those of the moment of the request [qualifications 3.2]', async () => {
      const [laboratory, worker] = [await journey().laboratory(), await journey().worker()]
      const QualificationTypeId = await makeType(laboratory, scored)
      const request = await ask(worker, { qualificationTypeId: QualificationTypeId })
      const other = { Test: Test.replaceAll('yes', 'oui'), TestDurationInSeconds: 1 }
      await laboratory.call('UpdateQualificationType', { QualificationTypeId, ...other })
      await journey().advance(30)
      expect(await ask(worker, { ...request, ...right })).toEqual({ granted: 35 })
    })
  })
})
