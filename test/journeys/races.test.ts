// Two who want the same at the same moment: one of them gets it, the other is told why not, and money moves once
// [hits 10, 12.13, design 4, 6]. Each race is run many times at once, so that every order has its chance.
import { afterEach, describe, expect, test } from 'vitest'
import { auditMarket, outcomeOf, tally, turnDuring } from '../support/at-once.ts'
import { aHIT, onBothDatabases, type TestClient } from '../support/market.ts'
import {
  accept,
  balanceOf,
  createHIT,
  earningsOf,
  stateOf,
  statusOf,
  submitted,
  work,
} from '../support/steps.ts'

const rounds = 12
const many = Array.from({ length: rounds }, (_, i) => i)
const reviewed = 'This operation can be called with a status of: Submitted'
const noFunds = 'This Requester has insufficient funds in their account to complete this transaction.'

onBothDatabases('races for a review', (market) => {
  afterEach(() => auditMarket(market()))

  /** A requester with 100.00 and so many submissions of 0.10, each of another worker on a HIT of its own. */
  const waiting = async (changes = {}) => {
    const client = await market().requester('100.00')
    const works = []
    for (const _ of many) works.push(await submitted(market(), client, changes))
    return { client, works }
  }
  const approve = (client: TestClient, AssignmentId: string, OverrideRejection = false) =>
    outcomeOf(client, 'ApproveAssignment', { AssignmentId, OverrideRejection })
  const reject = (client: TestClient, AssignmentId: string) =>
    outcomeOf(client, 'RejectAssignment', { AssignmentId, RequesterFeedback: 'No.' })
  const rewardsOf = async (works: { worker: { workerId: string } }[]) =>
    Promise.all(works.map(async ({ worker }) => (await earningsOf(market(), worker.workerId)).rewards))

  test('two approvals: one counts, and pays once', async () => {
    const { client, works } = await waiting()
    const outcomes = await Promise.all(
      works.map(({ assignmentId: id }) => Promise.all([approve(client, id), approve(client, id)])),
    )
    for (const pair of outcomes) expect(pair.toSorted()).toEqual(['', reviewed])
    expect(await rewardsOf(works)).toEqual(works.map(() => 10n))
    expect(await balanceOf(client)).toBe('98.56')
  })

  test('two rejections: one counts, and the money is back once', async () => {
    const { client, works } = await waiting()
    const outcomes = await Promise.all(
      works.map(({ assignmentId: id }) => Promise.all([reject(client, id), reject(client, id)])),
    )
    for (const pair of outcomes) expect(pair.toSorted()).toEqual(['', reviewed])
    expect(await balanceOf(client)).toBe('100.00')
  })

  test('approval against rejection: what is shown is what was answered', async () => {
    const { client, works } = await waiting()
    const outcomes = await Promise.all(
      works.map(({ assignmentId: id }, i) =>
        // Each goes first in half of the rounds.
        i % 2 === 0
          ? Promise.all([approve(client, id), reject(client, id)])
          : Promise.all([reject(client, id), approve(client, id)]).then(([no, yes]) => [yes, no] as const),
      ),
    )
    let paid = 0
    for (const [i, { assignmentId, worker }] of works.entries()) {
      const approved = outcomes[i]![0] === ''
      expect([...outcomes[i]!].toSorted()).toEqual(['', reviewed])
      expect(await statusOf(client, assignmentId)).toBe(approved ? 'Approved' : 'Rejected')
      expect(await earningsOf(market(), worker.workerId)).toMatchObject({
        rewards: approved ? 10n : 0n,
        approved: approved ? 1 : 0,
        rejected: approved ? 0 : 1,
      })
      if (approved) paid++
    }
    expect(await balanceOf(client)).toBe(((10_000 - 12 * paid) / 100).toFixed(2))
  })

  test('the twelve submissions of one HIT, all reviewed at once: each is counted', async () => {
    const client = await market().requester('100.00')
    const hit = await createHIT(client, { MaxAssignments: rounds })
    const ids: string[] = []
    for (const _ of many) ids.push(await work(await market().worker(), hit))
    const outcomes = await Promise.all(
      ids.map((id, i) => (i % 3 === 0 ? reject(client, id) : approve(client, id))),
    )
    expect(tally(outcomes)).toEqual({ '': rounds })
    expect(await stateOf(client, hit.HITId)).toBe(`Reviewable 0/0/${rounds}`)
    // Reward and fee of ten assignments or more are 0.14; eight were approved.
    expect(await balanceOf(client)).toBe('98.88')
  })

  test('the twelve submissions of one HIT, half of them made and half given back at once: each is counted', async () => {
    const client = await market().requester('100.00')
    const hit = await createHIT(client, { MaxAssignments: rounds, AutoApprovalDelayInSeconds: 0 })
    const workers = []
    for (const _ of many) {
      const worker = await market().worker()
      workers.push({ worker, id: await accept(worker, hit) })
    }
    await Promise.all(workers.map(({ worker, id }, i) => (i % 2 ? worker.submit(id) : worker.giveBack(id))))
    expect(await stateOf(client, hit.HITId)).toBe('Assignable 0/6/6')
  })

  test('two overrides of a rejection: the money is taken once', async () => {
    const { client, works } = await waiting()
    for (const { assignmentId } of works) await reject(client, assignmentId)
    const outcomes = await Promise.all(
      works.map(({ assignmentId: id }) =>
        Promise.all([approve(client, id, true), approve(client, id, true)]),
      ),
    )
    for (const pair of outcomes) expect(pair.toSorted()).toEqual(['', reviewed])
    expect(await rewardsOf(works)).toEqual(works.map(() => 10n))
    expect(await balanceOf(client)).toBe('98.56')
  })

  test('an override against the deletion of the HIT: one of them, or one after the other', async () => {
    const { client, works } = await waiting()
    for (const { assignmentId } of works) await reject(client, assignmentId)
    const outcomes = await Promise.all(
      works.map(({ assignmentId, hit: { HITId } }) =>
        Promise.all([approve(client, assignmentId, true), outcomeOf(client, 'DeleteHIT', { HITId })]),
      ),
    )
    for (const [override, deletion] of outcomes) {
      expect(deletion).toBe('')
      expect(['', reviewed]).toContain(override)
    }
    const paid = outcomes.filter(([override]) => override === '').length
    expect((await rewardsOf(works)).filter((rewards) => rewards === 10n)).toHaveLength(paid)
  })

  test.each(['approval', 'rejection'])('%s against auto-approval: one of them [hits 6.3]', async (what) => {
    const { client, works } = await waiting({ AutoApprovalDelayInSeconds: 60 })
    const decide = what === 'approval' ? approve : reject
    const half = rounds / 2
    const call = ({ assignmentId }: { assignmentId: string }) => decide(client, assignmentId)
    const { before, during } = await turnDuring(
      market(),
      market().clock.now() + 60_000,
      () => works.slice(0, half).map(call),
      () => works.slice(half).map(call),
    )
    for (const [i, outcome] of [...before, ...during].entries()) {
      const { assignmentId, worker } = works[i]!
      expect(['', reviewed]).toContain(outcome)
      const rejected = what === 'rejection' && outcome === ''
      expect(await statusOf(client, assignmentId)).toBe(rejected ? 'Rejected' : 'Approved')
      expect((await earningsOf(market(), worker.workerId)).rewards).toBe(rejected ? 0n : 10n)
    }
    // After its time nobody can decide any more.
    expect(tally(during)).toEqual({ [reviewed]: half })
  })
})

onBothDatabases('races for money', (market) => {
  afterEach(() => auditMarket(market()))

  test('ten HITs with money for three: three are made [hits 9.3]', async () => {
    const client = await market().requester('0.40')
    const outcomes = await Promise.all(
      many.slice(0, 10).map((i) => outcomeOf(client, 'CreateHIT', aHIT({ Title: `HIT ${i}` }))),
    )
    expect(tally(outcomes)).toEqual({ '': 3, [noFunds]: 7 })
    expect(await balanceOf(client)).toBe('0.04')
    expect((await client.call('ListHITs', {})).NumResults).toBe(3)
  })

  test('HITs, bonuses, more assignments and overrides at once never spend more than there is', async () => {
    const client = await market().requester('1.00')
    const rejected = await submitted(market(), client)
    const open = await createHIT(client, { MaxAssignments: 2 })
    await client.call('RejectAssignment', { AssignmentId: rejected.assignmentId, RequesterFeedback: '' })
    // 0.76 are left; everything together would cost 2.64.
    const WorkerId = rejected.worker.workerId
    const AssignmentId = rejected.assignmentId
    const outcomes = await Promise.all([
      ...many.slice(0, 6).map((i) => outcomeOf(client, 'CreateHIT', aHIT({ Title: `HIT ${i}` }))),
      ...many
        .slice(0, 6)
        .map(() =>
          outcomeOf(client, 'SendBonus', { WorkerId, AssignmentId, BonusAmount: '0.10', Reason: '' }),
        ),
      ...many.slice(0, 6).map(() =>
        outcomeOf(client, 'CreateAdditionalAssignmentsForHIT', {
          HITId: open.HITId,
          NumberOfAdditionalAssignments: 1,
        }),
      ),
      outcomeOf(client, 'ApproveAssignment', { AssignmentId, OverrideRejection: true }),
    ])
    // Each costs 0.12: six fit, whichever.
    expect(tally(outcomes)).toEqual({ '': 6, [noFunds]: 13 })
    expect(await balanceOf(client)).toBe('0.04')
  })

  describe('one UniqueRequestToken ten times at once [hits 10]', () => {
    const tenTimes = (client: TestClient, operation: Parameters<typeof outcomeOf>[1], input: object) =>
      Promise.all(many.slice(0, 10).map(() => outcomeOf(client, operation, input)))

    test('creation: one HIT, whose id the other nine are told, by either operation', async () => {
      const client = await market().requester('10.00')
      const { HITTypeId } = await client.call('CreateHITType', {
        AssignmentDurationInSeconds: 3600,
        Reward: '0.10',
        Title: 'Listen to a bird',
        Description: 'Say which bird it is.',
      })
      const { Question, LifetimeInSeconds } = aHIT()
      const UniqueRequestToken = 'batch 7'
      const outcomes = await Promise.all(
        many.slice(0, 5).flatMap(() => [
          outcomeOf(client, 'CreateHIT', aHIT({ UniqueRequestToken })),
          outcomeOf(client, 'CreateHITWithHITType', {
            HITTypeId,
            LifetimeInSeconds,
            Question,
            UniqueRequestToken,
          }),
        ]),
      )
      const { HITs } = await client.call('ListHITs', {})
      expect(HITs).toHaveLength(1)
      expect(tally(outcomes)).toEqual({
        '': 1,
        [`The HIT with ID "${HITs![0]!.HITId}" already exists.`]: 9,
      })
      expect(await balanceOf(client)).toBe('9.88')
    })

    test('bonus: paid once', async () => {
      const client = await market().requester('10.00')
      const { worker, assignmentId } = await submitted(market(), client)
      const outcomes = await tenTimes(client, 'SendBonus', {
        WorkerId: worker.workerId,
        AssignmentId: assignmentId,
        BonusAmount: '1.00',
        Reason: 'Well done.',
        UniqueRequestToken: 'bonus 7',
      })
      expect(tally(outcomes)).toEqual({
        '': 1,
        'The idempotency token "bonus 7" has already been processed.': 9,
      })
      expect((await earningsOf(market(), worker.workerId)).bonuses).toBe(100n)
      expect(await balanceOf(client)).toBe('8.68')
    })

    test('more assignments: added once', async () => {
      const client = await market().requester('10.00')
      const { HITId } = await createHIT(client)
      const outcomes = await tenTimes(client, 'CreateAdditionalAssignmentsForHIT', {
        HITId,
        NumberOfAdditionalAssignments: 2,
        UniqueRequestToken: 'more 7',
      })
      expect(tally(outcomes)).toEqual({
        '': 1,
        'The idempotency token "more 7" has already been processed.': 9,
      })
      expect(await stateOf(client, HITId)).toBe('Assignable 0/3/0')
    })

    test('extension, whose token is made of HIT and second: carried out once [hits 5.6, client W11]', async () => {
      const client = await market().requester('10.00')
      const { HITId, Expiration } = await createHIT(client)
      const outcomes = await tenTimes(client, 'UpdateExpirationForHIT', {
        HITId,
        ExpireAt: Expiration + 3600,
      })
      expect(outcomes.filter((outcome) => outcome === '')).toHaveLength(1)
      for (const outcome of outcomes.filter((one) => one !== ''))
        expect(outcome).toMatch(/^The idempotency token ".*" has already been processed\.$/)
    })

    test('of two requesters: one each', async () => {
      const [one, other] = [await market().requester('10.00'), await market().requester('10.00')]
      const input = aHIT({ UniqueRequestToken: 'shared' })
      const [first, second] = await Promise.all([
        tenTimes(one, 'CreateHIT', input),
        tenTimes(other, 'CreateHIT', input),
      ])
      for (const outcomes of [first, second])
        expect(outcomes.filter((outcome) => outcome === '')).toHaveLength(1)
    })
  })

  test('equal types registered ten times at once are one type [hits 5.10]', async () => {
    const client = await market().requester('10.00')
    await Promise.all(many.slice(0, 10).map(() => outcomeOf(client, 'CreateHIT', aHIT())))
    const { HITs } = await client.call('ListHITs', { MaxResults: 100 })
    expect(HITs).toHaveLength(10)
    expect(new Set(HITs!.map(({ HITTypeId, HITGroupId }) => `${HITTypeId} ${HITGroupId}`)).size).toBe(1)
  })

  test('twelve approvals of one HIT, whose workers all have one account: no cent is lost', async () => {
    const client = await market().requester('100.00')
    const worker = await market().worker()
    const ids: string[] = []
    for (const i of many) ids.push(await work(worker, await createHIT(client, { Title: `HIT ${i}` })))
    const outcomes = await Promise.all(
      ids.map((AssignmentId) => outcomeOf(client, 'ApproveAssignment', { AssignmentId })),
    )
    expect(tally(outcomes)).toEqual({ '': rounds })
    expect((await earningsOf(market(), worker.workerId)).rewards).toBe(120n)
  })
})
