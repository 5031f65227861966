// Processes whose clocks are some milliseconds apart, and calls that began before a HIT expired but come to it afterwards:
// what has expired stays so until it is given more time [hits 5.2, 5.5, design 4, 6].
import { expect, test } from 'vitest'
import { auditMarket } from '../support/at-once.ts'
import { onBothDatabases } from '../support/market.ts'
import { accept, createHIT, expireNow, stateOf } from '../support/steps.ts'

onBothDatabases('a clock that is behind', (market) => {
  test('does not open an expired HIT again: its slots have no money [hits 5.7, 9.2]', async () => {
    const client = await market().requester('10.00')
    const hit = await createHIT(client, { MaxAssignments: 3 })
    const expiry = market().clock.now()
    await expireNow(client, hit.HITId)
    market().clock.set(expiry - 14)
    const more = { HITId: hit.HITId, NumberOfAdditionalAssignments: 1 }
    await client.call('CreateAdditionalAssignmentsForHIT', more)
    expect(await (await market().worker()).accept({ hitId: hit.HITId })).toBe('HITNotAvailable')
    expect(await (await market().worker()).accept({ groupId: hit.HITGroupId })).toBe('NoMoreHITs')
    expect(await stateOf(client, hit.HITId)).toBe('Reviewable 0/4/0')
    await auditMarket(market())
  })

  test('does not open it by work that is given back', async () => {
    const client = await market().requester('10.00')
    const hit = await createHIT(client, { MaxAssignments: 3 })
    const worker = await market().worker()
    const assignmentId = await accept(worker, hit)
    const expiry = market().clock.now()
    await expireNow(client, hit.HITId)
    market().clock.set(expiry - 14)
    expect(await worker.giveBack(assignmentId)).toBe('')
    expect(await (await market().worker()).accept({ hitId: hit.HITId })).toBe('HITNotAvailable')
    expect(await stateOf(client, hit.HITId)).toBe('Reviewable 0/3/0')
    await auditMarket(market())
  })

  test('gives it more time all the same, with money', async () => {
    const client = await market().requester('10.00')
    const hit = await createHIT(client, { MaxAssignments: 3 })
    const expiry = market().clock.now()
    await expireNow(client, hit.HITId)
    market().clock.set(expiry - 14)
    await client.call('UpdateExpirationForHIT', { HITId: hit.HITId, ExpireAt: expiry + 7_200_000 })
    expect(await stateOf(client, hit.HITId)).toBe('Assignable 0/3/0')
    await accept(await market().worker(), hit)
    await auditMarket(market())
  })
})
