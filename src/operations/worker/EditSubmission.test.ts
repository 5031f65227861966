import { afterEach, describe, expect, test } from 'vitest'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { changesIn } from '../../../test/support/refusals.ts'
import { accept, createHIT } from '../../../test/support/steps.ts'
import { attempt, must } from '../../../test/support/worker-calls.ts'
import type { Answer } from '../../domain/question/answers.ts'
import { question, questionForm } from '../../domain/question/examples.ts'
import { server } from '../../limits.ts'
import { listErasedFiles } from '../../store/disposed-hits.ts'
import { operator } from '../operation.ts'
import { SetRequesterState } from '../operator/SetRequesterState.ts'
import { EditSubmission } from './EditSubmission.ts'
import { FindSubmission } from './FindSubmission.ts'
import { SubmitAssignment } from './SubmitAssignment.ts'

const Question = questionForm(question('field', '<FreeTextAnswer/>'))
const answers = (text: string): readonly Answer[] => [{ kind: 'FreeText', identifier: 'field', text }]
const plurality = {
  PolicyName: 'SimplePlurality/2011-09-01',
  Parameters: [
    { Key: 'QuestionIds', Values: ['field'] },
    { Key: 'QuestionAgreementThreshold', Values: ['50'] },
  ],
}

onBothDatabases('EditSubmission', (market) => {
  afterEach(() => checkLedger(market()))

  /** Submitted work on a HIT of a requester who allows edits. */
  const submitted = async (changes: object = {}, allowsEdits: boolean | 'unset' = true) => {
    const client = await market().requester('10.00')
    const { requesterId } = client
    if (allowsEdits !== 'unset')
      await market().market.runner.run(SetRequesterState, operator, { requesterId, allowsEdits })
    const hit = await createHIT(client, { Question, AutoApprovalDelayInSeconds: 3600, ...changes })
    const worker = await market().worker()
    const assignmentId = await accept(worker, hit)
    await must(market(), worker, SubmitAssignment, { assignmentId, answers: answers('first') })
    return { client, hit, worker, assignmentId }
  }
  type Work = Awaited<ReturnType<typeof submitted>>

  const edit = ({ worker, assignmentId }: Work, text = 'second') =>
    attempt(market(), worker, EditSubmission, { assignmentId, answers: answers(text) })
  const answerOf = async ({ client, assignmentId }: Work) =>
    (await client.call('GetAssignment', { AssignmentId: assignmentId })).Assignment

  test('puts the answers in the place of the first ones; nothing else changes', async () => {
    const work = await submitted()
    const before = await answerOf(work)
    await market().advance(60)
    const changes = await changesIn(market())
    expect(await edit(work)).toEqual({ replaced: [] })
    expect(await changesIn(market())).toBe(changes + 1)
    expect(await answerOf(work)).toEqual({
      ...before,
      Answer: before?.Answer?.replace('first', 'second'),
    })
    const found = await must(market(), work.worker, FindSubmission, { assignmentId: work.assignmentId })
    expect(found.answers).toEqual(answers('second'))
    expect(await edit(work, 'third')).toEqual({ replaced: [] })
  })

  test('tells which files no answer names any more', async () => {
    const { worker, assignmentId } = await submitted()
    const file = (fileKey: string) => ({ identifier: 'scan', fileKey, name: 'a', size: 3 })
    const send = (fileKey: string) =>
      must(market(), worker, EditSubmission, {
        assignmentId,
        answers: answers('x'),
        files: [file(fileKey)],
      })
    expect(await send('one')).toEqual({ replaced: [] })
    expect(await send('one')).toEqual({ replaced: [] })
    expect(await send('two')).toEqual({ replaced: ['one'] })
    // Whoever deletes the bytes at once may fail: then they are deleted later, and never stay for good.
    const { store } = market().market
    const waiting = () => store.read(market().clock.now(), (tx) => listErasedFiles(tx, '', 10))
    expect(await waiting()).toEqual(['one'])
  })

  describe('is refused, and nothing changes', () => {
    const notEditable = (reason: string) => ({ fault: 'SubmissionNotEditable', reason })
    const refused = async (work: Work, expected: object) => {
      const changes = await changesIn(market())
      expect(await edit(work)).toMatchObject(expected)
      const found = await attempt(market(), work.worker, FindSubmission, { assignmentId: work.assignmentId })
      expect(found).toMatchObject(expected)
      expect(await changesIn(market())).toBe(changes)
    }

    test.each<[string, object, boolean | 'unset']>([
      ['where nobody has allowed it', {}, 'unset'],
      ['where the requester takes it back', {}, false],
      ['where a policy has judged the answers', { HITReviewPolicy: plurality }, true],
    ])('%s', async (_, changes, allowsEdits) => {
      await refused(await submitted(changes, allowsEdits), notEditable('never'))
    })

    test('after the review, and when it is due by itself', async () => {
      const approved = await submitted()
      await approved.client.call('ApproveAssignment', { AssignmentId: approved.assignmentId })
      await refused(approved, notEditable('reviewed'))
      const rejected = await submitted()
      await rejected.client.call('RejectAssignment', {
        AssignmentId: rejected.assignmentId,
        RequesterFeedback: 'No.',
      })
      await refused(rejected, notEditable('reviewed'))
      const due = await submitted()
      await market().advance(3600)
      await refused(due, notEditable('reviewed'))
    })

    test('before the submission', async () => {
      const { client, worker } = await submitted()
      const hit = await createHIT(client, { Question })
      const assignmentId = await accept(worker, hit)
      await refused({ client, hit, worker, assignmentId }, notEditable('open'))
    })

    test('to another worker, for work that is not there, and with too much', async () => {
      const work = await submitted()
      await refused({ ...work, worker: await market().worker() }, { fault: 'AssignmentOfAnotherWorker' })
      await refused({ ...work, assignmentId: 'NONE' }, { fault: 'AssignmentDoesNotExist' })
      expect(await edit(work, 'x'.repeat(server.answerLength))).toMatchObject({ fault: 'AnswerTooLong' })
    })
  })
})
