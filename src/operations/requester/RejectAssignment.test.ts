import { afterEach, expect, test } from 'vitest'
import { onBothDatabases } from '../../../test/support/market.ts'
import { testAssignmentId, testText } from '../../../test/support/common-members.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { mustNotBeNull, refusalOf, refused } from '../../../test/support/refusals.ts'
import {
  accept,
  balanceOf,
  createHIT,
  earningsOf,
  expireNow,
  stateOf,
  submitted,
} from '../../../test/support/steps.ts'

onBothDatabases('RejectAssignment', (market) => {
  afterEach(() => checkLedger(market()))
  testAssignmentId(market, 'RejectAssignment', () => ({ RequesterFeedback: 'No bird.' }))
  testText(market, 'RejectAssignment', 'RequesterFeedback', 1024, async (client) => {
    const { assignmentId } = await submitted(market(), client)
    return { AssignmentId: assignmentId }
  })

  const submittedWork = async (changes = {}) => {
    const client = await market().requester('10.00')
    return { client, ...(await submitted(market(), client, changes)) }
  }

  test('nobody is paid, the money is free again, the slot stays used [hits 6.4, 7.2, 9.2]', async () => {
    const { client, assignmentId: AssignmentId, hit, worker } = await submittedWork()
    const answer = await client.send(
      'RejectAssignment',
      JSON.stringify({ AssignmentId, RequesterFeedback: 'No.' }),
    )
    expect(answer).toEqual({ status: 200, text: '{}' })
    expect(await balanceOf(client)).toBe('10.00')
    expect(await stateOf(client, hit.HITId)).toBe('Reviewable 0/0/1')
    expect(await earningsOf(market(), worker.workerId)).toMatchObject({
      rewards: 0n,
      approved: 0,
      rejected: 1,
    })
    expect(await (await market().worker()).accept({ hitId: hit.HITId })).toBe('HITNotAvailable')
  })

  test.each([
    ['No bird.', 'No bird.'],
    ['', undefined],
  ])('the feedback %j is shown as %j [hits 6.5, client W22]', async (RequesterFeedback, shown) => {
    const { client, assignmentId: AssignmentId } = await submittedWork()
    await market().advance(60)
    await client.call('RejectAssignment', { AssignmentId, RequesterFeedback })
    const { Assignment } = await client.call('GetAssignment', { AssignmentId })
    expect(Assignment).toMatchObject({ AssignmentStatus: 'Rejected' })
    expect(Assignment!.RequesterFeedback).toBe(shown)
    expect(Assignment!.RejectionTime! - Assignment!.SubmitTime!).toBe(60)
    expect(Assignment).not.toHaveProperty('ApprovalTime')
    expect(Assignment!.AutoApprovalTime! - Assignment!.SubmitTime!).toBe(2_592_000)
  })

  test.each([{}, { RequesterFeedback: null }])('the feedback %j is missing [hits 7.2]', async (more) => {
    const { client, assignmentId: AssignmentId } = await submittedWork()
    const refusal = await refusalOf(market(), client, 'RejectAssignment', { AssignmentId, ...more })
    expect(refusal).toEqual(refused.validation(mustNotBeNull('requesterFeedback')))
    expect(refusal.message).toBe(
      "1 validation error detected: Value null at 'requesterFeedback' failed to satisfy constraint: Member must not be null",
    )
  })

  test.each(['open', 'returned', 'abandoned'])('%s work has the status null [hits 7.2]', async (state) => {
    const client = await market().requester()
    const hit = await createHIT(client)
    const worker = await market().worker()
    const AssignmentId = await accept(worker, hit)
    if (state === 'returned') await worker.giveBack(AssignmentId)
    if (state === 'abandoned') await market().advance(3600)
    const refusal = await refusalOf(market(), client, 'RejectAssignment', {
      AssignmentId,
      RequesterFeedback: '',
    })
    expect(refusal).toEqual(refused.assignmentState('null'))
  })

  test.each(['approved', 'rejected', 'approved by the clock', 'overridden'])(
    'work that was %s is refused [hits 6.2, 7.2]',
    async (how) => {
      const { client, assignmentId: AssignmentId } = await submittedWork()
      if (how === 'approved') await client.call('ApproveAssignment', { AssignmentId })
      if (how === 'rejected' || how === 'overridden')
        await client.call('RejectAssignment', { AssignmentId, RequesterFeedback: '' })
      if (how === 'overridden')
        await client.call('ApproveAssignment', { AssignmentId, OverrideRejection: true })
      if (how === 'approved by the clock') await market().advance(2_592_000)
      const refusal = await refusalOf(market(), client, 'RejectAssignment', {
        AssignmentId,
        RequesterFeedback: '',
      })
      expect(refusal).toEqual(refused.assignmentState('Submitted'))
    },
  )

  test('a second rejection does not replace the feedback [hits 7.2]', async () => {
    const { client, assignmentId: AssignmentId } = await submittedWork()
    await client.call('RejectAssignment', { AssignmentId, RequesterFeedback: 'first' })
    await refusalOf(market(), client, 'RejectAssignment', { AssignmentId, RequesterFeedback: 'second' })
    const { Assignment } = await client.call('GetAssignment', { AssignmentId })
    expect(Assignment!.RequesterFeedback).toBe('first')
  })

  test('rejection does not stop at the expiry of the HIT [hits 5.5]', async () => {
    const { client, assignmentId: AssignmentId, hit } = await submittedWork({ MaxAssignments: 3 })
    await expireNow(client, hit.HITId)
    await client.call('RejectAssignment', { AssignmentId, RequesterFeedback: '' })
    expect(await balanceOf(client)).toBe('10.00')
    expect(await stateOf(client, hit.HITId)).toBe('Reviewable 0/2/1')
  })

  test('a rejection a moment before the auto-approval counts [hits 6.3]', async () => {
    const { client, assignmentId: AssignmentId } = await submittedWork({ AutoApprovalDelayInSeconds: 100 })
    await market().advance(99)
    await client.call('RejectAssignment', { AssignmentId, RequesterFeedback: '' })
    await market().advance(2)
    expect((await client.call('GetAssignment', { AssignmentId })).Assignment!.AssignmentStatus).toBe(
      'Rejected',
    )
  })

  test('a wrong text is named before the assignment is looked for [hits 11.6]', async () => {
    const client = await market().requester()
    const input = { AssignmentId: 'ABC', RequesterFeedback: '\u0001' }
    const refusal = await refusalOf(market(), client, 'RejectAssignment', input)
    expect(refusal).toEqual(refused.value('RequesterFeedback', '\u0001'))
  })
})
