import { describe, expect, test } from 'vitest'
import { everyGroup } from '../../../test/support/group-lists.ts'
import { hitIn, type Situation } from '../../../test/support/hit-states.ts'
import { onBothDatabases, type TestClient, type TestWorker } from '../../../test/support/market.ts'
import { changesIn } from '../../../test/support/refusals.ts'
import { accept, createHIT, work } from '../../../test/support/steps.ts'
import { block } from '../../../test/support/worker-blocks.ts'
import { nobody, suspend } from '../../../test/support/worker-calls.ts'
import { isFault } from '../../domain/fault.ts'
import { cents } from '../../domain/money.ts'
import type { OperationInput } from '../../model/operations.ts'
import type { GroupQuery } from './groups/group-view.ts'

type Requirements = OperationInput<'CreateHIT'>['QualificationRequirements']

const masters = (ActionsGuarded: 'Accept' | 'PreviewAndAccept' | 'DiscoverPreviewAndAccept') =>
  [
    { QualificationTypeId: '2F1QJWKUDD8XADTFD2Q0G6UTO95ALH', Comparator: 'Exists', ActionsGuarded },
  ] as const as unknown as Requirements

onBothDatabases('ListGroups', (market) => {
  const listFor = ({ workerId }: Pick<TestWorker, 'workerId'>) =>
    market().market.listGroups({ kind: 'worker', workerId }, everyGroup)
  /** What the worker is shown of this requester's groups. */
  const groupsOf = async (client: TestClient, worker: Pick<TestWorker, 'workerId'>) => {
    const page = await listFor(worker)
    if (isFault(page)) throw new Error(page.fault)
    return page.groups.filter(({ type }) => type.requesterId === client.requesterId)
  }
  const titlesOf = async (client: TestClient, worker: Pick<TestWorker, 'workerId'>) =>
    (await groupsOf(client, worker)).map(({ type }) => type.title)

  test('a group with what the list says of it; looking changes nothing [websites 1.3]', async () => {
    const client = await market().requester()
    const first = await createHIT(client, { LifetimeInSeconds: 600 })
    const made = market().clock.now()
    await market().advance(10)
    const second = await createHIT(client, { MaxAssignments: 5 })
    await createHIT(client, { LifetimeInSeconds: 60 })
    const worker = await market().worker()
    const before = await changesIn(market())
    const [group, ...others] = await groupsOf(client, worker)
    expect(await changesIn(market())).toBe(before)
    expect(others).toEqual([])
    expect(group).toMatchObject({
      type: { id: first.HITTypeId, groupId: first.HITGroupId, title: 'Listen to a bird', reward: 10n },
      requesterName: 'Test Laboratory',
      figures: {
        createdAt: made,
        updatedAt: made + 10_000,
        assignable: 3,
        latestExpiration: made + 10_000 + 86_400_000,
      },
      discover: true,
      preview: true,
      accept: true,
      refusal: undefined,
    })
    expect(second.HITGroupId).toBe(first.HITGroupId)
  })

  test('the group to which HITs were added last comes first [websites 1.3]', async () => {
    const client = await market().requester()
    for (const Title of ['first', 'second', 'third']) {
      await createHIT(client, { Title })
      await market().advance(1)
    }
    await createHIT(client, { Title: 'first' })
    expect(await titlesOf(client, await market().worker())).toEqual(['first', 'third', 'second'])
  })

  test.each([
    ['Assignable', true],
    ['Unassignable', false],
    ['Unassignable, expired', false],
    ['Reviewable, unreviewed', false],
    ['Reviewable, expired', false],
    ['Reviewing, expired', false],
    ['Disposed, expired', false],
  ] as [Situation, boolean][])('a group whose only HIT is %s is listed: %j', async (situation, listed) => {
    const client = await market().requester()
    await hitIn(market(), client, situation)
    expect(await titlesOf(client, await market().worker())).toHaveLength(listed ? 1 : 0)
  })

  test('at its expiration a HIT is not counted, before the timers come [hits 5.2, 5.5]', async () => {
    const client = await market().requester()
    await createHIT(client, { LifetimeInSeconds: 60 })
    await createHIT(client, { LifetimeInSeconds: 90 })
    const worker = await market().worker()
    const counted = async () => (await groupsOf(client, worker)).map(({ figures }) => figures.assignable)
    const start = market().clock.now()
    market().clock.set(start + 59_999)
    expect(await counted()).toEqual([2])
    market().clock.set(start + 60_000)
    expect(await counted()).toEqual([1])
    market().clock.set(start + 90_000)
    expect(await counted()).toEqual([])
  })

  test('a group is hidden from who holds or did all its HITs, until he gives one back [websites 1.3]', async () => {
    const client = await market().requester()
    const first = await createHIT(client, { MaxAssignments: 3 })
    const second = await createHIT(client, { MaxAssignments: 3 })
    const worker = await market().worker()
    await work(worker, first)
    expect(await titlesOf(client, worker)).toHaveLength(1)
    const held = await accept(worker, second)
    expect(await titlesOf(client, worker)).toEqual([])
    expect(await titlesOf(client, await market().worker())).toHaveLength(1)
    await worker.giveBack(held)
    expect(await titlesOf(client, worker)).toHaveLength(1)
    await work(worker, second)
    expect(await titlesOf(client, worker)).toEqual([])
    await createHIT(client)
    expect(await titlesOf(client, worker)).toHaveLength(1)
  })

  test('a group is hidden from who did all that is left of it, whatever others took [websites 1.3]', async () => {
    const client = await market().requester()
    const first = await createHIT(client, { MaxAssignments: 2 })
    const second = await createHIT(client)
    const worker = await market().worker()
    await work(worker, first)
    expect(await titlesOf(client, worker)).toHaveLength(1)
    const other = await market().worker()
    const held = await accept(other, second)
    expect(await titlesOf(client, worker)).toEqual([])
    expect(await titlesOf(client, await market().worker())).toHaveLength(1)
    await market().advance(1)
    await other.giveBack(held)
    expect(await groupsOf(client, worker)).toMatchObject([
      { figures: { assignable: 2, updatedAt: market().clock.now() } },
    ])
  })

  test('pages of a sorted list with the number over all of them [websites 1.3]', async () => {
    const client = await market().requester()
    for (const [Title, Reward] of [
      ['one', '0.03'],
      ['two', '0.01'],
      ['three', '0.02'],
      ['four', '0.04'],
    ] as const)
      await createHIT(client, { Title, Reward })
    const worker = await market().worker()
    const page = async (query: Partial<GroupQuery>) => {
      const { requesterId } = client
      const answer = await market().market.listGroups(
        { kind: 'worker', workerId: worker.workerId },
        { requesterId, sort: 'reward_desc', offset: 0, limit: 3, ...query },
      )
      if (isFault(answer)) throw new Error(answer.fault)
      return [answer.total, ...answer.groups.map(({ type }) => type.title)]
    }
    expect(await page({})).toEqual([4, 'four', 'one', 'three'])
    expect(await page({ offset: 3 })).toEqual([4, 'two'])
    expect(await page({ offset: 9 })).toEqual([4])
    expect(await page({ sort: 'reward_asc', minReward: cents(2), limit: 2 })).toEqual([3, 'three', 'one'])
    expect(await page({ search: 'WO bird' })).toEqual([1, 'two'])
    await work(
      worker,
      (await client.call('ListHITs', {})).HITs!.find(({ Title }) => Title === 'one') as never,
    )
    expect(await page({})).toEqual([3, 'four', 'three', 'two'])
  })

  describe('what the worker may do', () => {
    test.each([
      ['Accept', { discover: true, preview: true, accept: false }],
      ['PreviewAndAccept', { discover: true, preview: false, accept: false }],
      ['DiscoverPreviewAndAccept', { discover: false, preview: false, accept: false }],
    ] as const)('a requirement that guards %s and is not met [qualifications 4.4]', async (guarded, may) => {
      const client = await market().requester()
      await createHIT(client, { QualificationRequirements: masters(guarded) })
      expect(await groupsOf(client, await market().worker())).toMatchObject([
        { ...may, refusal: { fault: 'QualificationsNotMet' } },
      ])
      expect(await groupsOf(client, await market().worker({ masters: true }))).toMatchObject([
        { discover: true, preview: true, accept: true, refusal: undefined },
      ])
    })

    test('groups of who blocked him stay listed and cannot be accepted [hits 13, websites 1.3]', async () => {
      const client = await market().requester()
      await createHIT(client)
      const worker = await market().worker()
      await block(client, worker.workerId)
      expect(await groupsOf(client, worker)).toMatchObject([
        { discover: true, preview: true, accept: false, refusal: { fault: 'WorkerBlocked' } },
      ])
      expect(await groupsOf(client, await market().worker())).toMatchObject([{ accept: true }])
    })

    test('a suspended worker sees all and may accept nothing [websites 1.13]', async () => {
      const client = await market().requester()
      await createHIT(client)
      const worker = await market().worker()
      await suspend(market(), worker)
      expect(await groupsOf(client, worker)).toMatchObject([
        { discover: true, preview: true, accept: false, refusal: { fault: 'WorkerSuspended' } },
      ])
    })

    test('nobody who does not exist', async () => {
      expect(await listFor(nobody)).toEqual({ fault: 'WorkerDoesNotExist', workerId: nobody.workerId })
    })
  })
})
