import { expect, test } from 'vitest'
import { ids, onBothStores, onPostgresStores, sampleAssignment, usualNow } from '../../test/support/stores.ts'
import * as assignments from './assignments.ts'
import { lockAccounts } from './review-locks.ts'
import * as workerAccounts from './worker-accounts.ts'

onBothStores('locks of a review', (stores) => {
  test('need nobody to be there', async () => {
    const { production } = stores()
    await production.write((tx) => lockAccounts(tx, 'NO HIT', 'NOBODY'))
  })
})

onPostgresStores('locks of a review', (stores) => {
  test('keep others from the accounts of those who submitted, and from no others', async () => {
    const { production } = stores()
    const hitId = ids.entity(usualNow)
    const [done, holds] = [ids.person(), ids.person()]
    await production.write(async (tx) => {
      for (const workerId of [done, holds]) {
        const assignment = sampleAssignment({ hitId, workerId })
        await assignments.add(tx, assignment)
        await workerAccounts.count(tx, workerId, { accepted: 1 })
        if (workerId === done)
          await assignments.move(tx, 'open', { ...assignment, state: 'Submitted', submittedAt: usualNow })
      }
    })
    const order: string[] = []
    const other = { later: Promise.resolve() }
    await production.write(async (tx) => {
      await lockAccounts(tx, hitId, 'REQUESTER')
      other.later = production.write(async (rival) => {
        await workerAccounts.count(rival, done, { returned: 1 })
        order.push('rival')
      })
      // Who only holds the HIT is nobody's business: this is done at once, while the rival waits.
      await production.write((free) => workerAccounts.count(free, holds, { returned: 1 }))
      order.push('review')
    })
    await other.later
    expect(order).toEqual(['review', 'rival'])
  })
})
