// Parameters of review policies that mean nothing do not stop a HIT, because published samples hold some; that they were
// ignored is in the log, where a misspelled one can be found [qualifications 6.1].
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import type { CallEvent } from '../../src/log.ts'
import { startServer, type Running } from '../../src/main.ts'
import type { OperationInput } from '../../src/model/operations.ts'
import { openJourney, type Journey, type Laboratory } from '../support/journey.ts'
import { aHIT } from '../support/market.ts'

const folder = mkdtempSync(join(tmpdir(), 'kempelen-test-'))

let running: Running
let journey: Journey
let lab: Laboratory
let calls: CallEvent[] = []

beforeAll(async () => {
  const config = readConfig('demo', { PORT: '0', KEMPELEN_DATA: folder, KEMPELEN_CLOCK: 'virtual' })
  if (Array.isArray(config)) throw new Error(config.join('\n'))
  running = await startServer(config, {
    error: (error) => expect.unreachable(String(error)),
    info: () => undefined,
    call: (event) => calls.push(event),
  })
  journey = await openJourney(`http://localhost:${running.port}`)
  lab = await journey.laboratory()
})
afterAll(async () => {
  await journey.close()
  await running.stop()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  calls = []
})

const known = (Key: string, approveFrom = '100') => ({
  PolicyName: 'ScoreMyKnownAnswers/2011-09-01',
  Parameters: [
    { Key: 'AnswerKey', MapEntries: [{ Key: 'species', Values: ['wren'] }] },
    { Key, Values: [approveFrom] },
  ],
})
const plurality = (Key: string) => ({
  PolicyName: 'SimplePlurality/2011-09-01',
  Parameters: [
    { Key: 'QuestionIds', Values: ['species'] },
    { Key: 'QuestionAgreementThreshold', Values: ['50'] },
    { Key, Values: ['60'] },
  ],
})

/** What the log tells of the one call that was made since the test began. */
function told(): CallEvent {
  expect(calls).toHaveLength(1)
  return calls[0]!
}

test('what is ignored is told with the call, of both policies; the HIT is made without it', async () => {
  const { HITId } = await lab.create({
    AssignmentReviewPolicy: known('ApproveIfKnownAnswerScoreIsAtleast'),
    HITReviewPolicy: plurality('Comment'),
  })
  expect(told()).toMatchObject({
    operation: 'CreateHIT',
    requesterId: lab.requesterId,
    status: 200,
    requestId: expect.stringMatching(/\w/) as string,
    ignored: ['ApproveIfKnownAnswerScoreIsAtleast', 'Comment'],
  })
  const { workerId, work } = await journey.worker()
  await work(HITId)
  // The misspelled threshold approved nothing.
  expect((await journey.control(`workers/${workerId}`)).body).toMatchObject({ approved: 0, submitted: 1 })
})

test('so it is for a HIT of a registered type', async () => {
  const { HITTypeId } = await lab.create()
  calls = []
  const { LifetimeInSeconds, Question } = aHIT()
  const HITReviewPolicy = plurality('AgreementThreshold')
  const input = { HITTypeId, LifetimeInSeconds, Question, HITReviewPolicy }
  await lab.call('CreateHITWithHITType', input as OperationInput<'CreateHITWithHITType'>)
  expect(told()).toMatchObject({ operation: 'CreateHITWithHITType', ignored: ['AgreementThreshold'] })
})

test('nothing is told where nothing is ignored, or the call is refused', async () => {
  await lab.create({ AssignmentReviewPolicy: known('ApproveIfKnownAnswerScoreIsAtLeast') })
  expect(told()).not.toHaveProperty('ignored')
  calls = []
  await lab.create()
  expect(told()).not.toHaveProperty('ignored')
  calls = []
  const AssignmentReviewPolicy = { ...known('Comment'), PolicyName: 'ScoreMyKnownAnswers' }
  await expect(lab.create({ AssignmentReviewPolicy })).rejects.toThrow('PolicyName')
  expect(told()).not.toHaveProperty('ignored')
})

test('a pattern that only the page can check is told by its question, of HITs and of tests [questions 2.5]', async () => {
  const form = (regex: string) =>
    `<QuestionForm xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2017-11-06/QuestionForm.xsd"><Question><QuestionIdentifier>weight</QuestionIdentifier><QuestionContent><Text>?</Text></QuestionContent><AnswerSpecification><FreeTextAnswer><Constraints><AnswerFormatRegex regex="${regex}"/></Constraints></FreeTextAnswer></AnswerSpecification></Question></QuestionForm>`
  const ignored = ['AnswerFormatRegex of weight']
  await lab.create({ Question: form('^(?=.*\\d).+$') })
  expect(told()).toMatchObject({ operation: 'CreateHIT', ignored })
  calls = []
  await lab.create({ Question: form('^\\d+$') })
  expect(told().ignored).toBeUndefined()
  calls = []
  const type = { Name: 'Weights', Description: 'Weighs.', QualificationTypeStatus: 'Active' as const }
  await lab.call('CreateQualificationType', {
    ...type,
    Test: form('(a)\\1'),
    TestDurationInSeconds: 60,
  })
  expect(told()).toMatchObject({ operation: 'CreateQualificationType', ignored })
})
