import { afterEach, expect, test } from 'vitest'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases, type TestWorker } from '../../../test/support/market.ts'
import { changesIn } from '../../../test/support/refusals.ts'
import { accept, createHIT } from '../../../test/support/steps.ts'
import { must, nobody } from '../../../test/support/worker-calls.ts'
import { CheckLedger } from '../operator/CheckLedger.ts'
import { ListDays } from './ListDays.ts'

const day = 86_400

onBothDatabases('ListDays', (market) => {
  afterEach(async () => {
    await checkLedger(market())
    const report = await market().market.runner.run(CheckLedger, { kind: 'operator' }, {})
    expect(report).toEqual({ problems: [] })
  })

  const list = (worker: Pick<TestWorker, 'workerId'>, from?: string) =>
    must(market(), worker, ListDays, from === undefined ? {} : { from })
  /** Moves the clock to noon, Pacific time, of the first of a month that is still to come. */
  const goTo = (month: string) =>
    market().advance((Date.parse(`${month}-01T20:00:00Z`) - market().clock.now()) / 1000)
  const nothing = {
    submitted: 0,
    approved: 0,
    rejected: 0,
    rewards: 0n,
    bonuses: 0n,
    earned: 0n,
    seconds: 0,
    reviewedSeconds: 0,
  }

  /** Work of 90 seconds. */
  const workOn = async (worker: TestWorker, hit: { HITId: string }) => {
    const id = await accept(worker, hit)
    await market().advance(90)
    await worker.submit(id)
    return id
  }

  test('who did nothing has no days, known or not', async () => {
    for (const worker of [await market().worker(), nobody]) expect(await list(worker)).toEqual([])
  })

  test('work counts on the day of its submission, money on the day on which it came [websites 1.8]', async () => {
    await goTo('2027-02')
    const client = await market().requester()
    const worker = await market().worker()
    const work = async () => workOn(worker, await createHIT(client, { Reward: '0.10' }))
    const [first, second, third] = [await work(), await work(), await work()]
    await client.call('ApproveAssignment', { AssignmentId: first })
    await client.call('RejectAssignment', { AssignmentId: second, RequesterFeedback: '' })
    const before = await changesIn(market())
    const sofar = { ...nothing, submitted: 3, approved: 1, rejected: 1, rewards: 10n, earned: 10n }
    expect(await list(worker)).toEqual([{ day: '2027-02-01', ...sofar, seconds: 270, reviewedSeconds: 180 }])
    expect(await changesIn(market())).toBe(before)
    await market().advance(day)
    await client.call('ApproveAssignment', { AssignmentId: third })
    const bonus = { WorkerId: worker.workerId, AssignmentId: third, BonusAmount: '0.25', Reason: 'more' }
    await client.call('SendBonus', bonus)
    await market().advance(day)
    await client.call('ApproveAssignment', { AssignmentId: second, OverrideRejection: true })
    expect(await list(worker)).toEqual([
      { day: '2027-02-03', ...nothing, earned: 10n },
      { day: '2027-02-02', ...nothing, earned: 10n, bonuses: 25n },
      {
        ...{ day: '2027-02-01', submitted: 3, approved: 3, rejected: 0, rewards: 30n, bonuses: 0n },
        ...{ earned: 10n, seconds: 270, reviewedSeconds: 270 },
      },
    ])
    expect((await list(worker, '2027-02-02')).map((one) => one.day)).toEqual(['2027-02-03', '2027-02-02'])
  })

  test('auto-approval counts on the day on which it fell due, at once or later [hits 6.3]', async () => {
    await goTo('2027-03')
    const client = await market().requester()
    const worker = await market().worker()
    await workOn(worker, await createHIT(client, { Reward: '0.10', AutoApprovalDelayInSeconds: 0 }))
    await workOn(worker, await createHIT(client, { Reward: '0.20', AutoApprovalDelayInSeconds: 2 * day }))
    await market().advance(5 * day)
    expect(await list(worker)).toMatchObject([
      { day: '2027-03-03', submitted: 0, rewards: 0n, earned: 20n },
      { day: '2027-03-01', submitted: 2, approved: 2, rewards: 30n, earned: 10n },
    ])
  })

  test('a bonus for rejected work counts; what is refused counts nothing [hits 9.5, 9.3]', async () => {
    await goTo('2027-04')
    const client = await market().requester()
    const worker = await market().worker()
    const id = await workOn(worker, await createHIT(client, { Reward: '0.10' }))
    await client.call('RejectAssignment', { AssignmentId: id, RequesterFeedback: '' })
    const bonus = { WorkerId: worker.workerId, AssignmentId: id, Reason: 'x' }
    await client.call('SendBonus', { ...bonus, BonusAmount: '0.05' })
    const before = await list(worker)
    expect(before).toMatchObject([{ rejected: 1, rewards: 0n, bonuses: 5n, earned: 0n }])
    const refused = await client.send('SendBonus', JSON.stringify({ ...bonus, BonusAmount: '99999.00' }))
    expect(refused.status).toBe(400)
    expect(await list(worker)).toEqual(before)
  })
})
