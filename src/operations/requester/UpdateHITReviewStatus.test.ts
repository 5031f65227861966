import { afterEach, describe, expect, test } from 'vitest'
import { testHITId, testMistyped } from '../../../test/support/common-members.ts'
import { hitIn, stateIn, type Situation } from '../../../test/support/hit-states.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases, type TestClient } from '../../../test/support/market.ts'
import { refusalOf, refused } from '../../../test/support/refusals.ts'
import {
  balanceOf,
  createHIT,
  expireNow,
  showHIT,
  stateOf,
  statusOf,
  submitted,
  tenAtOnce,
} from '../../../test/support/steps.ts'

const day = 86_400
const operation = 'UpdateHITReviewStatus'

onBothDatabases(operation, (market) => {
  afterEach(() => checkLedger(market()))
  const mark = (client: TestClient, HITId: string, Revert?: boolean) =>
    client.call(operation, { HITId, Revert })
  const refusalFor = (client: TestClient, HITId: string, Revert?: boolean | null) =>
    refusalOf(market(), client, operation, { HITId, Revert })

  describe('serialization', () => {
    test.each([[{}], [{ Revert: false }], [{ Revert: null }]])(
      'with %j the HIT is marked; the body is two bytes [hits 12.10, client W5, W22]',
      async (more) => {
        const client = await market().requester()
        const hit = await hitIn(market(), client, 'Reviewable, unreviewed')
        const answer = await client.send(operation, JSON.stringify({ HITId: hit.HITId, ...more }))
        expect(answer).toEqual({ status: 200, text: '{}' })
        // Nothing but the state is another; HITReviewStatus is about something else [hits 5.9].
        expect(await showHIT(client, hit.HITId)).toEqual({ ...hit, HITStatus: 'Reviewing' })
        const back = await client.send(operation, JSON.stringify({ HITId: hit.HITId, Revert: true }))
        expect(back).toEqual({ status: 200, text: '{}' })
        expect(await showHIT(client, hit.HITId)).toEqual(hit)
      },
    )
    testMistyped(
      market,
      operation,
      'Revert',
      ['"true"', '"false"', '1', '0', '[]', '{}'],
      async (client) => ({
        HITId: (await hitIn(market(), client, 'Reviewable, expired')).HITId,
      }),
    )
  })

  describe('validation', () => {
    testHITId(market, operation)
    testHITId(market, operation, { Revert: true })

    test('existence, owner, state [hits 11.6]', async () => {
      const client = await market().requester()
      const stranger = await market().requester()
      const { HITId } = await createHIT(client)
      for (const Revert of [undefined, true]) {
        expect(await refusalFor(client, 'ABC', Revert)).toEqual(refused.noHIT('ABC'))
        expect(await refusalFor(stranger, HITId, Revert)).toEqual(refused.notYours)
      }
      expect(await refusalFor(client, HITId)).toEqual(refused.hitState('Assignable', 'Reviewable'))
    })
  })

  describe('each value works one way only [hits 5.3, 12.10]', () => {
    // The situation, whether it can be marked, whether the mark can be taken away.
    test.each([
      ['Assignable', false, false],
      ['Unassignable', false, false],
      ['Unassignable, expired', false, false],
      ['Reviewable, unreviewed', true, false],
      ['Reviewable, reviewed', true, false],
      ['Reviewable, expired', true, false],
      ['Reviewing, unreviewed', false, true],
      ['Reviewing, reviewed', false, true],
      ['Reviewing, expired', false, true],
      ['Disposed, worked on', false, false],
      ['Disposed, expired', false, false],
    ] as [Situation, boolean, boolean][])(
      '%s: mark %j, revert %j, and no money moves',
      async (situation, marks, reverts) => {
        for (const [Revert, possible] of [
          [false, marks],
          [true, reverts],
        ] as const) {
          const client = await market().requester('10.00')
          const { HITId } = await hitIn(market(), client, situation)
          const [state, money] = [await stateOf(client, HITId), await balanceOf(client)]
          if (possible) await mark(client, HITId, Revert)
          else {
            const needed = Revert ? 'Reviewing' : 'Reviewable'
            expect(await refusalFor(client, HITId, Revert)).toEqual(
              refused.hitState(stateIn(situation), needed),
            )
          }
          const wanted = possible ? (Revert ? 'Reviewable' : 'Reviewing') : stateIn(situation)
          expect(await stateOf(client, HITId)).toBe(state.replace(/^\w+/, wanted))
          expect(await balanceOf(client)).toBe(money)
        }
      },
    )

    test('the text names the state and the one that is allowed [hits 11.5 #6]', async () => {
      const client = await market().requester()
      const { HITId } = await hitIn(market(), client, 'Reviewing, expired')
      const { text } = await client.send(operation, JSON.stringify({ HITId }))
      expect(text).toBe(
        `{"__type":"RequestError","Message":"This HIT is currently in the state 'Reviewing'.  ` +
          `This operation can be called with a status of: Reviewable (${market().clock.now()})",` +
          '"TurkErrorCode":"AWS.MechanicalTurk.InvalidHITState"}',
      )
    })

    test('a HIT whose time ends this moment can be marked [hits 5.2]', async () => {
      const client = await market().requester()
      const { HITId } = await createHIT(client, { LifetimeInSeconds: 30 })
      market().clock.set(market().clock.now() + 29_999)
      expect(await refusalFor(client, HITId)).toEqual(refused.hitState('Assignable', 'Reviewable'))
      market().clock.set(market().clock.now() + 1)
      await mark(client, HITId)
      expect(await stateOf(client, HITId)).toBe('Reviewing 0/1/0')
    })

    test('ten calls at once: one succeeds', async () => {
      const client = await market().requester()
      const { HITId } = await hitIn(market(), client, 'Reviewable, expired')
      const codes = ['AWS.MechanicalTurk.InvalidHITState']
      for (const Revert of [false, true])
        expect(await tenAtOnce(client, operation, { HITId, Revert })).toEqual({ successes: 1, codes })
    })
  })

  describe('the mark', () => {
    const listed = async (client: TestClient, Status?: 'Reviewable' | 'Reviewing') =>
      (await client.call('ListReviewableHITs', { Status })).HITs!.map((hit) => hit.HITId)

    test('moves the HIT from one list to the other [hits 12.7]', async () => {
      const client = await market().requester()
      const { HITId } = await hitIn(market(), client, 'Reviewable, expired')
      expect([await listed(client), await listed(client, 'Reviewing')]).toEqual([[HITId], []])
      await mark(client, HITId)
      expect([await listed(client), await listed(client, 'Reviewing')]).toEqual([[], [HITId]])
      await mark(client, HITId, true)
      expect([await listed(client), await listed(client, 'Reviewing')]).toEqual([[HITId], []])
    })

    test.each(['ApproveAssignment', 'RejectAssignment'] as const)(
      'stays while work is reviewed by %s [hits 5.2]',
      async (review) => {
        const client = await market().requester()
        const { hit, assignmentId: AssignmentId } = await submitted(market(), client)
        await mark(client, hit.HITId)
        await client.call(review, { AssignmentId, RequesterFeedback: '' })
        expect(await stateOf(client, hit.HITId)).toBe('Reviewing 0/0/1')
      },
    )

    test('stays when the work approves itself, and when the expiration passes', async () => {
      const client = await market().requester()
      const { hit, assignmentId } = await submitted(market(), client, { AutoApprovalDelayInSeconds: 60 })
      await mark(client, hit.HITId)
      await market().advance(60)
      expect(await statusOf(client, assignmentId)).toBe('Approved')
      expect(await stateOf(client, hit.HITId)).toBe('Reviewing 0/0/1')
      await market().advance(day)
      expect(await stateOf(client, hit.HITId)).toBe('Reviewing 0/0/1')
      await expireNow(client, hit.HITId)
      expect(await stateOf(client, hit.HITId)).toBe('Reviewing 0/0/1')
    })

    test('does not begin the 120 days anew, nor does a review [hits 5.8]', async () => {
      const client = await market().requester()
      const { hit, assignmentId } = await submitted(market(), client, { LifetimeInSeconds: 365 * day })
      const reverted = await hitIn(market(), client, 'Reviewing, expired')
      await market().advance(20 * day)
      await client.call('ApproveAssignment', { AssignmentId: assignmentId })
      await market().advance(99 * day)
      await mark(client, hit.HITId)
      await mark(client, reverted.HITId, true)
      await market().advance(day - 1)
      expect(await stateOf(client, hit.HITId)).toBe('Reviewing 0/0/1')
      expect(await stateOf(client, reverted.HITId)).toBe('Reviewable 0/1/0')
      await market().advance(1)
      expect(await stateOf(client, hit.HITId)).toBe('Disposed 0/0/1')
      expect(await stateOf(client, reverted.HITId)).toBe('Disposed 0/1/0')
    })
  })
})
