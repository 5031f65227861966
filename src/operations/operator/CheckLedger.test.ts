import { expect, test } from 'vitest'
import { aHIT, onBothDatabases } from '../../../test/support/market.ts'
import { operator } from '../operation.ts'
import { CheckLedger } from './CheckLedger.ts'

// Its tables carry the market's prefix: a statement that names one by itself fails there, and only there.
onBothDatabases(
  'CheckLedger in the sandbox',
  (market) => {
    test('finds the books right after work that was taken from a group [design 6]', async () => {
      const client = await market().requester()
      const worker = await market().worker()
      const { HIT } = await client.call('CreateHIT', aHIT())
      const AssignmentId = await worker.accept({ groupId: HIT!.HITGroupId! })
      await worker.submit(AssignmentId)
      await client.call('ApproveAssignment', { AssignmentId })
      expect(await market().market.runner.run(CheckLedger, operator, {})).toEqual({ problems: [] })
    })
  },
  'sandbox',
)
