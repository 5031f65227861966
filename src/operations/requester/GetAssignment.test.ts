import { afterEach, expect, test } from 'vitest'
import { onBothDatabases } from '../../../test/support/market.ts'
import { testAssignmentId } from '../../../test/support/common-members.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { refusalOf, refused } from '../../../test/support/refusals.ts'
import { accept, createHIT, showHIT, submitted } from '../../../test/support/steps.ts'

onBothDatabases('GetAssignment', (market) => {
  afterEach(() => checkLedger(market()))
  testAssignmentId(market, 'GetAssignment')

  test('submitted work has exactly eight members, and its HIT comes whole [client W17, hits 7.3]', async () => {
    const client = await market().requester()
    const { hit, worker, assignmentId } = await submitted(market(), client, {
      AutoApprovalDelayInSeconds: 3600,
      RequesterAnnotation: 'batch 7',
    })
    const { Assignment, HIT } = await client.call('GetAssignment', { AssignmentId: assignmentId })
    const now = Math.floor(market().clock.now() / 1000)
    expect(Assignment).toEqual({
      AssignmentId: assignmentId,
      WorkerId: worker.workerId,
      HITId: hit.HITId,
      AssignmentStatus: 'Submitted',
      AutoApprovalTime: now + 3600,
      AcceptTime: now,
      SubmitTime: now,
      Answer:
        '<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd">' +
        '<Answer><QuestionIdentifier>field</QuestionIdentifier><FreeText>an answer</FreeText></Answer></QuestionFormAnswers>',
    })
    expect(HIT).toEqual(await showHIT(client, hit.HITId))
    expect(HIT).toMatchObject({ HITStatus: 'Reviewable', RequesterAnnotation: 'batch 7' })
  })

  test('the members stand in the order of the model', async () => {
    const client = await market().requester()
    const { assignmentId } = await submitted(market(), client)
    const { text } = await client.send('GetAssignment', JSON.stringify({ AssignmentId: assignmentId }))
    expect(Object.keys((JSON.parse(text) as { Assignment: object }).Assignment)).toEqual([
      'AssignmentId',
      'WorkerId',
      'HITId',
      'AssignmentStatus',
      'AutoApprovalTime',
      'AcceptTime',
      'SubmitTime',
      'Answer',
    ])
    expect(text).toMatch(/"SubmitTime":1\.[0-9]+E9/)
  })

  test.each(['open', 'returned', 'abandoned'])(
    '%s work cannot be read [hits 7.3, client W14]',
    async (state) => {
      const client = await market().requester()
      const hit = await createHIT(client)
      const worker = await market().worker()
      const AssignmentId = await accept(worker, hit)
      if (state === 'returned') await worker.giveBack(AssignmentId)
      if (state === 'abandoned') await market().advance(3600)
      const refusal = await refusalOf(market(), client, 'GetAssignment', { AssignmentId })
      expect(refusal).toEqual(refused.assignmentState('Reviewable,Approved,Rejected'))
    },
  )

  test.each(['Approved', 'Rejected'])(
    '%s work can be read until its HIT is deleted [hits 5.8, 7.3]',
    async (state) => {
      const client = await market().requester()
      const { hit, assignmentId: AssignmentId } = await submitted(market(), client)
      if (state === 'Approved') await client.call('ApproveAssignment', { AssignmentId })
      else await client.call('RejectAssignment', { AssignmentId, RequesterFeedback: '' })
      const { Assignment } = await client.call('GetAssignment', { AssignmentId })
      expect(Assignment!.AssignmentStatus).toBe(state)
      await client.call('DeleteHIT', { HITId: hit.HITId })
      expect(await refusalOf(market(), client, 'GetAssignment', { AssignmentId })).toEqual(
        refused.noHIT(hit.HITId),
      )
    },
  )

  test('of a deleted HIT even returned work names the HIT [hits 7.3]', async () => {
    const client = await market().requester()
    const hit = await createHIT(client)
    const worker = await market().worker()
    const AssignmentId = await accept(worker, hit)
    await worker.giveBack(AssignmentId)
    await client.call('UpdateExpirationForHIT', { HITId: hit.HITId, ExpireAt: 0 })
    await client.call('DeleteHIT', { HITId: hit.HITId })
    expect(await refusalOf(market(), client, 'GetAssignment', { AssignmentId })).toEqual(
      refused.noHIT(hit.HITId),
    )
  })
})
