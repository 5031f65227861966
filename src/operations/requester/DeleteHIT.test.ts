import { afterEach, describe, expect, test } from 'vitest'
import { testHITId, testMistyped } from '../../../test/support/common-members.ts'
import { hitIn, stateIn, type Situation } from '../../../test/support/hit-states.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases, type TestClient } from '../../../test/support/market.ts'
import { changesIn, mustNotBeNull, refusalOf, refused } from '../../../test/support/refusals.ts'
import {
  accept,
  balanceOf,
  createHIT,
  earningsOf,
  expireNow,
  showHIT,
  stateOf,
  submitted,
  tenAtOnce,
  work,
} from '../../../test/support/steps.ts'

const day = 86_400
const allowed = 'Reviewing, Reviewable'

onBothDatabases('DeleteHIT', (market) => {
  afterEach(() => checkLedger(market()))
  const remove = (client: TestClient, HITId: string) => client.call('DeleteHIT', { HITId })
  const refusalFor = (client: TestClient, HITId: string) =>
    refusalOf(market(), client, 'DeleteHIT', { HITId })

  describe('serialization', () => {
    test('the body of a success is two bytes; the next call sees what it did [client W5, W29]', async () => {
      const client = await market().requester()
      const hit = await hitIn(market(), client, 'Reviewable, expired')
      await market().advance(100)
      const answer = await client.send('DeleteHIT', JSON.stringify({ HITId: hit.HITId, Unknown: null }))
      expect(answer).toEqual({ status: 200, text: '{}' })
      // Nothing but the state is another [client W13].
      expect(await showHIT(client, hit.HITId)).toEqual({ ...hit, HITStatus: 'Disposed' })
    })
    testMistyped(market, 'DeleteHIT', 'HITId', ['3', 'true', '["3"]', '{}'], () => Promise.resolve({}))
  })

  describe('validation', () => {
    testHITId(market, 'DeleteHIT')

    test('an empty input lacks the HITId [hits 11.4]', async () => {
      const client = await market().requester()
      for (const body of ['', '{}', '{"HITId":null}', '{"HitId":"ABC"}']) {
        const { status, text } = await client.send('DeleteHIT', body)
        expect(status).toBe(400)
        expect(text).toContain(`1 validation error detected: ${mustNotBeNull('hITId')}`)
      }
    })

    test('existence, owner, state [hits 11.6]', async () => {
      const client = await market().requester()
      const stranger = await market().requester()
      const { HITId } = await hitIn(market(), client, 'Assignable')
      expect(await refusalFor(client, `${HITId}0`)).toEqual(refused.noHIT(`${HITId}0`))
      expect(await refusalFor(stranger, HITId)).toEqual(refused.notYours)
      expect(await refusalFor(client, HITId)).toEqual(refused.hitState('Assignable', allowed))
      await expireNow(client, HITId)
      expect(await refusalFor(stranger, HITId)).toEqual(refused.notYours)
    })
  })

  describe('state [hits 5.8, 12.12]', () => {
    test.each([
      ['Assignable', false],
      ['Unassignable', false],
      ['Unassignable, expired', false],
      ['Reviewable, unreviewed', false],
      ['Reviewable, reviewed', true],
      ['Reviewable, expired', true],
      ['Reviewing, unreviewed', false],
      ['Reviewing, reviewed', true],
      ['Reviewing, expired', true],
      ['Disposed, worked on', false],
      ['Disposed, expired', false],
    ] as [Situation, boolean][])('%s: %j, and no money moves', async (situation, possible) => {
      const client = await market().requester('10.00')
      const { HITId } = await hitIn(market(), client, situation)
      const money = await balanceOf(client)
      const state = await stateOf(client, HITId)
      if (possible) await remove(client, HITId)
      else expect(await refusalFor(client, HITId)).toEqual(refused.hitState(stateIn(situation), allowed))
      expect(await stateOf(client, HITId)).toBe(possible ? state.replace(/^\w+/, 'Disposed') : state)
      expect(await balanceOf(client)).toBe(money)
    })

    test('the texts are those that were seen, with two spaces and a comma [hits 11.5 #6, client 3]', async () => {
      const client = await market().requester()
      const { HITId } = await hitIn(market(), client, 'Unassignable')
      const { text } = await client.send('DeleteHIT', JSON.stringify({ HITId }))
      expect(text).toBe(
        `{"__type":"RequestError","Message":"This HIT is currently in the state 'Unassignable'.  ` +
          'This operation can be called with a status of: Reviewing, Reviewable ' +
          `(${market().clock.now()})","TurkErrorCode":"AWS.MechanicalTurk.InvalidHITState"}`,
      )
    })

    test('unreviewed work is refused in a state that is said to be allowed [hits 11.5 #7]', async () => {
      const client = await market().requester()
      const { HITId } = await hitIn(market(), client, 'Reviewable, unreviewed')
      expect((await refusalFor(client, HITId)).message).toBe(
        "This HIT is currently in the state 'Reviewable'.  This operation can be called with a status of: Reviewing, Reviewable",
      )
    })

    test('every submission must be reviewed, approved or rejected', async () => {
      const client = await market().requester('10.00')
      const { HITId } = await createHIT(client, { MaxAssignments: 4 })
      const done = []
      for (let i = 0; i < 3; i++) done.push(await work(await market().worker(), { HITId }))
      await expireNow(client, HITId)
      const unreviewed = refused.hitState('Reviewable', allowed)
      expect(await refusalFor(client, HITId)).toEqual(unreviewed)
      await client.call('ApproveAssignment', { AssignmentId: done[0]! })
      expect(await refusalFor(client, HITId)).toEqual(unreviewed)
      await client.call('RejectAssignment', { AssignmentId: done[1]!, RequesterFeedback: '' })
      expect(await refusalFor(client, HITId)).toEqual(unreviewed)
      await client.call('ApproveAssignment', { AssignmentId: done[2]! })
      expect(await balanceOf(client)).toBe('9.76')
      await remove(client, HITId)
      expect(await stateOf(client, HITId)).toBe('Disposed 0/1/3')
      expect(await balanceOf(client)).toBe('9.76')
    })

    test('work that was returned or abandoned is nothing to review', async () => {
      const client = await market().requester('10.00')
      const hit = await createHIT(client, { MaxAssignments: 2 })
      const [first, second] = [await market().worker(), await market().worker()]
      await first.giveBack(await accept(first, hit))
      await accept(second, hit)
      await expireNow(client, hit.HITId)
      expect(await refusalFor(client, hit.HITId)).toEqual(refused.hitState('Unassignable', allowed))
      await market().advance(3600)
      await remove(client, hit.HITId)
      expect(await balanceOf(client)).toBe('10.00')
    })

    test('what falls due this moment counts: expiry, a missed deadline, auto-approval [hits 5.2]', async () => {
      const client = await market().requester('1.00')
      const expiring = await createHIT(client, { LifetimeInSeconds: 30 })
      market().clock.set(market().clock.now() + 29_999)
      expect(await refusalFor(client, expiring.HITId)).toEqual(refused.hitState('Assignable', allowed))
      market().clock.set(market().clock.now() + 1)
      await remove(client, expiring.HITId)
      const left = await hitIn(market(), client, 'Unassignable, expired', { AssignmentDurationInSeconds: 30 })
      market().clock.set(market().clock.now() + 30_000)
      await remove(client, left.HITId)
      expect(await balanceOf(client)).toBe('1.00')
      const { hit, worker } = await submitted(market(), client, { AutoApprovalDelayInSeconds: 30 })
      market().clock.set(market().clock.now() + 30_000)
      await remove(client, hit.HITId)
      expect(await earningsOf(market(), worker.workerId)).toMatchObject({ approved: 1, rewards: 10n })
    })

    test('a HIT that disposed of itself after 120 days says so [hits 5.8]', async () => {
      const client = await market().requester()
      const { HITId } = await hitIn(market(), client, 'Reviewing, expired')
      await market().advance(120 * day)
      expect(await refusalFor(client, HITId)).toEqual(refused.hitState('Disposed', allowed))
    })

    test('expire and delete, as clients do, whatever the HIT is [hits 5.6, 12.12]', async () => {
      const client = await market().requester()
      const { HITId } = await createHIT(client)
      for (const turn of [1, 2]) {
        await expireNow(client, HITId)
        if (turn === 1) await remove(client, HITId)
        else expect((await refusalFor(client, HITId)).message).toContain(`currently in the state 'Disposed'`)
      }
    })

    test('ten calls at once: one succeeds [hits 12.13]', async () => {
      const client = await market().requester()
      const { HITId } = await hitIn(market(), client, 'Reviewable, reviewed')
      const before = await changesIn(market())
      expect(await tenAtOnce(client, 'DeleteHIT', { HITId })).toEqual({
        successes: 1,
        codes: ['AWS.MechanicalTurk.InvalidHITState'],
      })
      expect(await changesIn(market())).toBe(before + 1)
    })
  })

  describe('afterwards [hits 5.8]', () => {
    const disposedWork = async (review: 'ApproveAssignment' | 'RejectAssignment' = 'ApproveAssignment') => {
      const client = await market().requester('10.00')
      const made = await submitted(market(), client)
      const AssignmentId = made.assignmentId
      await client.call(review, { AssignmentId, RequesterFeedback: '' })
      await remove(client, made.hit.HITId)
      return { client, ...made, HITId: made.hit.HITId, AssignmentId }
    }

    test('the HIT is in no list', async () => {
      const { client, HITId } = await disposedWork()
      const kept = await hitIn(market(), client, 'Reviewable, reviewed')
      const marked = await hitIn(market(), client, 'Reviewing, reviewed')
      const listed = async (operation: 'ListHITs' | 'ListReviewableHITs', input = {}) =>
        (await client.call(operation, input)).HITs!.map((hit) => hit.HITId)
      expect(await listed('ListHITs')).toEqual(expect.arrayContaining([kept.HITId, marked.HITId]))
      expect(await listed('ListHITs')).not.toContain(HITId)
      expect(await listed('ListReviewableHITs')).toEqual([kept.HITId])
      expect(await listed('ListReviewableHITs', { Status: 'Reviewing' })).toEqual([marked.HITId])
    })

    test('its work can no longer be read [hits 7.3, 7.4]', async () => {
      const { client, HITId, AssignmentId } = await disposedWork()
      expect(await refusalOf(market(), client, 'GetAssignment', { AssignmentId })).toEqual(
        refused.noHIT(HITId),
      )
      expect(await refusalOf(market(), client, 'ListAssignmentsForHIT', { HITId })).toEqual(refused.disposed)
    })

    test('its work can no longer be reviewed [hits 7.1]', async () => {
      const approved = await disposedWork()
      const rejected = await disposedWork('RejectAssignment')
      for (const { client, AssignmentId } of [approved, rejected]) {
        const input = { AssignmentId, OverrideRejection: true }
        expect(await refusalOf(market(), client, 'ApproveAssignment', input)).toEqual(
          refused.assignmentState('Submitted'),
        )
      }
    })

    test('bonuses are paid and listed as ever', async () => {
      const { client, HITId, AssignmentId, worker } = await disposedWork()
      const { workerId: WorkerId } = worker
      await client.call('SendBonus', { WorkerId, AssignmentId, BonusAmount: '0.10', Reason: '' })
      for (const input of [{ HITId }, { AssignmentId }])
        expect((await client.call('ListBonusPayments', input)).NumResults).toBe(1)
      expect(await earningsOf(market(), WorkerId)).toMatchObject({ rewards: 10n, bonuses: 10n })
      expect(await balanceOf(client)).toBe('9.76')
    })

    test('nobody can accept it', async () => {
      const { hit } = await disposedWork()
      const worker = await market().worker()
      expect(await worker.accept({ hitId: hit.HITId })).toBe('HITNotAvailable')
      expect(await worker.accept({ groupId: hit.HITGroupId })).toBe('NoMoreHITs')
    })

    test('its type lives on [hits 5.8]', async () => {
      const { client, hit } = await disposedWork()
      expect((await createHIT(client)).HITTypeId).toBe(hit.HITTypeId)
    })

    test('no operation brings it back [hits 11.5 #6]', async () => {
      const { client, HITId, hit } = await disposedWork()
      const call = (operation: Parameters<typeof client.call>[0], more: object) =>
        refusalOf(market(), client, operation, { HITId, ...more })
      const ExpireAt = market().clock.now() + 2 * day * 1000
      expect(await call('UpdateExpirationForHIT', { ExpireAt })).toEqual(refused.disposed)
      expect(await call('CreateAdditionalAssignmentsForHIT', { NumberOfAdditionalAssignments: 1 })).toEqual(
        refused.disposed,
      )
      expect(await call('UpdateHITTypeOfHIT', { HITTypeId: hit.HITTypeId })).toEqual(refused.disposed)
      expect(await call('UpdateHITReviewStatus', {})).toEqual(refused.hitState('Disposed', 'Reviewable'))
      expect(await call('UpdateHITReviewStatus', { Revert: true })).toEqual(
        refused.hitState('Disposed', 'Reviewing'),
      )
      await market().advance(366 * day)
      expect(await stateOf(client, HITId)).toBe('Disposed 0/0/1')
    })
  })
})
