import { afterEach, expect, test } from 'vitest'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases, type TestClient, type TestWorker } from '../../../test/support/market.ts'
import { changesIn } from '../../../test/support/refusals.ts'
import { createHIT, submitted, work } from '../../../test/support/steps.ts'
import { must, nobody } from '../../../test/support/worker-calls.ts'
import { GetEarnings } from './GetEarnings.ts'

onBothDatabases('GetEarnings', (market) => {
  afterEach(() => checkLedger(market()))

  const earnings = (worker: Pick<TestWorker, 'workerId'>) =>
    must(market(), worker, GetEarnings, { workerId: worker.workerId })
  const bonus = (client: TestClient, { workerId }: TestWorker, AssignmentId: string, BonusAmount: string) =>
    client.call('SendBonus', { WorkerId: workerId, AssignmentId, BonusAmount, Reason: `${BonusAmount} more` })

  test('who did nothing has nothing, known or not', async () => {
    for (const worker of [await market().worker(), nobody]) {
      expect(await earnings(worker)).toMatchObject({
        account: { balance: 0n, rewards: 0n, bonuses: 0n, accepted: 0, submitted: 0, held: 0 },
        bonuses: [],
      })
    }
  })

  test('rewards count when they are approved, and never the fee [hits 9.1, 9.2, websites 1.9]', async () => {
    const client = await market().requester()
    const worker = await market().worker()
    const ids: string[] = []
    for (const Reward of ['0.10', '0.35', '0.07'])
      ids.push(await work(worker, await createHIT(client, { Reward })))
    expect((await earnings(worker)).account).toMatchObject({ balance: 0n, rewards: 0n, submitted: 3 })
    await client.call('ApproveAssignment', { AssignmentId: ids[0]! })
    await client.call('RejectAssignment', { AssignmentId: ids[1]!, RequesterFeedback: '' })
    expect((await earnings(worker)).account).toMatchObject({
      balance: 10n,
      rewards: 10n,
      approved: 1,
      rejected: 1,
    })
    await client.call('ApproveAssignment', { AssignmentId: ids[1]!, OverrideRejection: true })
    await client.call('ApproveAssignment', { AssignmentId: ids[2]! })
    const before = await changesIn(market())
    expect((await earnings(worker)).account).toMatchObject({
      balance: 52n,
      rewards: 52n,
      approved: 3,
      rejected: 0,
    })
    expect(await changesIn(market())).toBe(before)
  })

  test('bonuses with their reasons, from several requesters, newest first [hits 9.5]', async () => {
    const [one, other] = [await market().requester(), await market().requester()]
    const first = await submitted(market(), one)
    const second = await work(first.worker, await createHIT(other))
    await bonus(one, first.worker, first.assignmentId, '0.25')
    await market().advance(1)
    await bonus(other, first.worker, second, '1.00')
    await market().advance(1)
    await bonus(one, first.worker, first.assignmentId, '0.01')
    const { account, bonuses } = await earnings(first.worker)
    expect(account).toMatchObject({ balance: 126n, bonuses: 126n, rewards: 0n })
    expect(bonuses.map(({ amount, reason }) => [amount, reason])).toEqual([
      [1n, '0.01 more'],
      [100n, '1.00 more'],
      [25n, '0.25 more'],
    ])
  })

  test('of more than a hundred bonuses the latest', async () => {
    const client = await market().requester()
    const { worker, assignmentId } = await submitted(market(), client)
    for (let cents = 1; cents <= 101; cents++)
      await bonus(client, worker, assignmentId, (cents / 100).toFixed(2))
    const { bonuses } = await earnings(worker)
    expect(bonuses.map(({ amount }) => amount)).toEqual(
      Array.from({ length: 100 }, (_, i) => BigInt(101 - i)),
    )
  })

  test("another worker's money is not his", async () => {
    const client = await market().requester()
    const first = await submitted(market(), client)
    const second = await submitted(market(), client)
    await client.call('ApproveAssignment', { AssignmentId: first.assignmentId })
    await bonus(client, first.worker, first.assignmentId, '0.25')
    expect((await earnings(second.worker)).account).toMatchObject({ balance: 0n, rewards: 0n, bonuses: 0n })
    expect((await earnings(second.worker)).bonuses).toEqual([])
  })
})
