import { describe, expect, test } from 'vitest'
import { testAssignmentId, testMistyped } from '../../../test/support/common-members.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { mustNotBeNull, refusalOf, refused } from '../../../test/support/refusals.ts'
import { accept, createHIT, submitted } from '../../../test/support/steps.ts'

const operation = 'GetFileUploadURL'

onBothDatabases(operation, (market) => {
  describe('serialization', () => {
    testMistyped(market, operation, 'AssignmentId', ['1', 'true', '["A"]', '{}'], () =>
      Promise.resolve({ QuestionIdentifier: 'scan' }),
    )
    testMistyped(market, operation, 'QuestionIdentifier', ['1', 'false', '["a"]', '{}'], () =>
      Promise.resolve({ AssignmentId: 'ABC' }),
    )
  })

  describe('validation', () => {
    testAssignmentId(market, operation, () => ({ QuestionIdentifier: 'scan' }))

    test('both members are required [hits 2]', async () => {
      const client = await market().requester()
      expect(await refusalOf(market(), client, operation, {})).toEqual(
        refused.validation(mustNotBeNull('assignmentId'), mustNotBeNull('questionIdentifier')),
      )
    })
  })

  describe('behaviour [hits 7.5]', () => {
    test.each(['field', 'scan', 'a\u0000b', '', 'x'.repeat(300)])(
      'no file was sent for the question "%s"',
      async (QuestionIdentifier) => {
        const client = await market().requester()
        const { assignmentId: AssignmentId } = await submitted(market(), client)
        const input = { AssignmentId, QuestionIdentifier }
        expect(await refusalOf(market(), client, operation, input)).toEqual(
          refused.value('QuestionIdentifier', QuestionIdentifier),
        )
      },
    )

    test.each(['open', 'returned', 'abandoned'])('%s work is judged as in GetAssignment', async (state) => {
      const client = await market().requester()
      const worker = await market().worker()
      const AssignmentId = await accept(worker, await createHIT(client))
      if (state === 'returned') await worker.giveBack(AssignmentId)
      if (state === 'abandoned') await market().advance(3600)
      const input = { AssignmentId, QuestionIdentifier: 'scan' }
      expect(await refusalOf(market(), client, operation, input)).toEqual(
        refused.assignmentState('Reviewable,Approved,Rejected'),
      )
    })

    test('a disposed HIT takes its files along [hits 5.8]', async () => {
      const client = await market().requester()
      const { hit, assignmentId: AssignmentId } = await submitted(market(), client)
      await client.call('ApproveAssignment', { AssignmentId })
      await client.call('DeleteHIT', { HITId: hit.HITId })
      const input = { AssignmentId, QuestionIdentifier: 'scan' }
      expect(await refusalOf(market(), client, operation, input)).toEqual(refused.noHIT(hit.HITId))
    })
  })
})
