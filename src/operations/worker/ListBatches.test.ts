import { afterEach, expect, test } from 'vitest'
import { onBothDatabases, type TestWorker } from '../../../test/support/market.ts'
import { changesIn } from '../../../test/support/refusals.ts'
import { accept, createHIT, expireNow } from '../../../test/support/steps.ts'
import { must, nobody } from '../../../test/support/worker-calls.ts'
import { CheckLedger } from '../operator/CheckLedger.ts'
import { ListBatches } from './ListBatches.ts'

onBothDatabases('ListBatches', (market) => {
  afterEach(async () => {
    const report = await market().market.runner.run(CheckLedger, { kind: 'operator' }, {})
    expect(report).toEqual({ problems: [] })
  })

  const list = (worker: Pick<TestWorker, 'workerId'>, offset = 0, limit = 20) =>
    must(market(), worker, ListBatches, { offset, limit })

  /** Work of 30 seconds. */
  const workOn = async (worker: TestWorker, hit: { HITId: string }) => {
    const id = await accept(worker, hit)
    await market().advance(30)
    await worker.submit(id)
    return id
  }

  test('who submitted nothing was on no batch', async () => {
    const worker = await market().worker()
    const hit = await createHIT(await market().requester())
    await worker.giveBack(await accept(worker, hit))
    for (const who of [worker, nobody]) expect(await list(who)).toEqual({ batches: [], total: 0 })
  })

  test('a batch with all that was done in it, decided and paid; looking changes nothing', async () => {
    const client = await market().requester()
    const worker = await market().worker()
    const ids: string[] = []
    const firstAt = market().clock.now() + 30_000
    for (let i = 0; i < 4; i++) {
      ids.push(await workOn(worker, await createHIT(client, { Reward: '0.10' })))
    }
    await client.call('ApproveAssignment', { AssignmentId: ids[0]! })
    for (const AssignmentId of ids.slice(1, 3))
      await client.call('RejectAssignment', { AssignmentId, RequesterFeedback: '' })
    await client.call('ApproveAssignment', { AssignmentId: ids[1]!, OverrideRejection: true })
    await client.call('SendBonus', {
      ...{ WorkerId: worker.workerId, AssignmentId: ids[0]!, BonusAmount: '0.25', Reason: 'x' },
    })
    const before = await changesIn(market())
    const { batches, total } = await list(worker)
    expect(total).toBe(1)
    expect(batches).toMatchObject([
      {
        ...{ title: 'Listen to a bird', requesterName: 'Test Laboratory', reward: 10n },
        ...{ submitted: 4, approved: 2, rejected: 1, rewards: 20n, bonuses: 25n },
        ...{ seconds: 120, reviewedSeconds: 90, firstAt, lastAt: firstAt + 90_000 },
        isOpen: false,
      },
    ])
    expect(batches[0]!.type.groupId).toBe(batches[0]!.groupId)
    expect(await changesIn(market())).toBe(before)
  })

  test('the latest work comes first, in pages; a later decision moves nothing', async () => {
    const client = await market().requester()
    const worker = await market().worker()
    const ids: string[] = []
    for (const Title of ['One', 'Two', 'Three', 'One'])
      ids.push(await workOn(worker, await createHIT(client, { Title })))
    await client.call('ApproveAssignment', { AssignmentId: ids[1]! })
    const titles = async (offset: number, limit: number) =>
      (await list(worker, offset, limit)).batches.map(({ title }) => title)
    expect(await titles(0, 20)).toEqual(['One', 'Three', 'Two'])
    expect(await titles(1, 1)).toEqual(['Three'])
    expect(await titles(3, 1)).toEqual([])
    expect((await list(worker, 3, 1)).total).toBe(3)
  })

  test('it is open while anybody is offered HITs of it [hits 5.2]', async () => {
    const client = await market().requester()
    const worker = await market().worker()
    const hit = await createHIT(client, { MaxAssignments: 2 })
    await workOn(worker, hit)
    const isOpen = async () => (await list(worker)).batches[0]!.isOpen
    expect(await isOpen()).toBe(true)
    await expireNow(client, hit.HITId)
    expect(await isOpen()).toBe(false)
    await workOn(worker, await createHIT(client, { MaxAssignments: 2, LifetimeInSeconds: 60 }))
    expect(await isOpen()).toBe(true)
    market().clock.set(market().clock.now() + 60_000)
    expect(await isOpen()).toBe(false)
  })
})
