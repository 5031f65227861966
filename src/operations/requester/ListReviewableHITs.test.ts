import { afterEach, describe, expect, test } from 'vitest'
import { testMistyped } from '../../../test/support/common-members.ts'
import { hitIn, stateIn, type Situation } from '../../../test/support/hit-states.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases, type TestClient } from '../../../test/support/market.ts'
import { testPaging } from '../../../test/support/paging.ts'
import { changesIn, refusalOf, refused } from '../../../test/support/refusals.ts'
import {
  accept,
  balanceOf,
  createHIT,
  expireNow,
  showHIT,
  submitted,
  work,
  type ShownHIT,
} from '../../../test/support/steps.ts'
import type { OperationInput } from '../../model/operations.ts'

const operation = 'ListReviewableHITs'
const hour = 3600
const day = 86_400

type Input = OperationInput<'ListReviewableHITs'>

async function list(client: TestClient, input: Input = {}): Promise<{ ids: string[]; token: string }> {
  const { HITs, NextToken } = await client.call(operation, input)
  return { ids: (HITs as ShownHIT[]).map(({ HITId }) => HITId), token: NextToken ?? '' }
}

onBothDatabases(operation, (market) => {
  afterEach(() => checkLedger(market()))

  /** Turns the clock on without the timers, which come a moment later. */
  const passUnnoticed = (seconds: number) => market().clock.set(market().clock.now() + seconds * 1000)

  /** `count` expired HITs of one type, pairs with one expiration; ids in the order in which they must be listed. */
  const filled = async (count: number, Status: 'Reviewable' | 'Reviewing' = 'Reviewable') => {
    const client = await market().requester()
    const made: { lifetime: number; id: string; typeId: string }[] = []
    // Expirations in another order than creation: 30, 30, 90, 90, 60, 60 seconds, and so on.
    for (let i = 0; i < count; i++) {
      const lifetime = 30 + (((i >> 1) * 60) % 110)
      const { HITId, HITTypeId } = await createHIT(client, { LifetimeInSeconds: lifetime })
      made.push({ lifetime, id: HITId, typeId: HITTypeId })
    }
    await market().advance(200)
    if (Status === 'Reviewing')
      for (const { id } of made) await client.call('UpdateHITReviewStatus', { HITId: id })
    made.sort((a, b) => b.lifetime - a.lifetime || (a.id < b.id ? -1 : 1))
    return { client, typeId: made[0]?.typeId ?? '', ids: made.map(({ id }) => id) }
  }

  describe('serialization', () => {
    const another = () => Promise.resolve({ MaxResults: 1 })
    testMistyped(market, operation, 'Status', ['1', 'true', '["Reviewable"]', '{}'], another)
    testMistyped(market, operation, 'HITTypeId', ['3', '[]'], another)
    testMistyped(market, operation, 'NextToken', ['1', '{}'], another)
    testMistyped(market, operation, 'MaxResults', ['"1"', '0.5'], () => Promise.resolve({ NextToken: 'x' }))

    test('entries are whole HITs, as GetHIT shows them; listing changes nothing [hits 12.7, client W12]', async () => {
      const client = await market().requester()
      const { hit } = await submitted(market(), client, { Keywords: 'bird', RequesterAnnotation: 'batch 7' })
      const before = await changesIn(market())
      const { HITs, NumResults } = await client.call(operation, {})
      expect(HITs).toEqual([await showHIT(client, hit.HITId)])
      expect(NumResults).toBe(1)
      expect(await changesIn(market())).toBe(before)
    })
  })

  describe('validation', () => {
    test.each(['Assignable', 'Unassignable', 'Disposed', 'reviewable', ''])(
      'the status "%s" is none of the two [hits 4.1, 11.4]',
      async (Status) => {
        const client = await market().requester()
        expect(await refusalOf(market(), client, operation, { Status })).toEqual(
          refused.validation(
            `Value '${Status}' at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Reviewable, Reviewing]`,
          ),
        )
      },
    )

    test.each(['3abc', 'ABC-1', 'ABC '])('the type "%s" is ill formed [hits 3, 11.4]', async (HITTypeId) => {
      const client = await market().requester()
      expect(await refusalOf(market(), client, operation, { HITTypeId })).toEqual(
        refused.validation(
          `Value '${HITTypeId}' at 'hITTypeId' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[A-Z0-9]+$`,
        ),
      )
    })

    test('an empty type and one of 65 characters [hits 3, 11.4]', async () => {
      const client = await market().requester()
      const empty = await refusalOf(market(), client, operation, { HITTypeId: '' })
      expect(empty.type).toBe('ValidationException')
      const long = 'A'.repeat(65)
      expect(await refusalOf(market(), client, operation, { HITTypeId: long })).toEqual(
        refused.validation(
          `Value '${long}' at 'hITTypeId' failed to satisfy constraint: Member must have length less than or equal to 64`,
        ),
      )
    })

    test('all violations at once, before the token is judged [hits 11.6]', async () => {
      const client = await market().requester()
      const input = { HITTypeId: 'a', Status: 'x', NextToken: 'x', MaxResults: 0 }
      const refusal = await refusalOf(market(), client, operation, input)
      expect(refusal.message).toMatch(/^3 validation errors detected: /)
    })
  })

  describe.each(['Reviewable', 'Reviewing'] as const)('pages and tokens of %s HITs [hits 8]', (Status) => {
    testPaging(
      market,
      operation,
      'HITs',
      (hit: { HITId: string }) => hit.HITId,
      async (count) => {
        const { client, ids, typeId } = await filled(count, Status)
        const other = Status === 'Reviewable' ? 'Reviewing' : 'Reviewable'
        return {
          client,
          input: { Status },
          ids,
          remove: async (HITId) => void (await client.call('DeleteHIT', { HITId })),
          others: [
            ['the other status', client, { Status: other }],
            ['one type', client, { Status, HITTypeId: typeId }],
            ['an unknown type', client, { Status, HITTypeId: 'ABC' }],
            ['another requester', await market().requester(), { Status }],
          ],
        }
      },
    )
  })

  describe('behaviour', () => {
    test('a token without a status counts for Reviewable, which is the default [hits 12.7]', async () => {
      const { client, ids } = await filled(3)
      const { token } = await list(client, { MaxResults: 1 })
      const rest = await list(client, { Status: 'Reviewable', NextToken: token })
      expect(rest.ids).toEqual(ids.slice(1))
    })

    test('a HIT that becomes Reviewable between two pages moves nothing [hits 8]', async () => {
      const { client, ids } = await filled(4)
      const early = await createHIT(client)
      const first = await list(client, { MaxResults: 2 })
      await expireNow(client, early.HITId)
      const second = await list(client, { MaxResults: 2, NextToken: first.token })
      expect([...first.ids, ...second.ids]).toEqual(ids)
      expect((await list(client)).ids).toEqual([early.HITId, ...ids])
    })

    test.each([
      'Assignable',
      'Unassignable',
      'Unassignable, expired',
      'Reviewable, unreviewed',
      'Reviewable, reviewed',
      'Reviewable, expired',
      'Reviewing, unreviewed',
      'Reviewing, reviewed',
      'Reviewing, expired',
      'Disposed, worked on',
      'Disposed, expired',
    ] as Situation[])('a HIT that is %s stands in the list of its state only [hits 8]', async (situation) => {
      const client = await market().requester()
      const { HITId } = await hitIn(market(), client, situation)
      const state = stateIn(situation)
      expect((await list(client)).ids).toEqual(state === 'Reviewable' ? [HITId] : [])
      expect((await list(client, { Status: 'Reviewable' })).ids).toEqual(
        state === 'Reviewable' ? [HITId] : [],
      )
      expect((await list(client, { Status: 'Reviewing' })).ids).toEqual(state === 'Reviewing' ? [HITId] : [])
    })

    test('the mark moves a HIT to and fro; an extension takes it out of both lists [hits 5.3]', async () => {
      const client = await market().requester()
      const { HITId } = await hitIn(market(), client, 'Reviewable, expired')
      const lists = async () => [
        (await list(client)).ids.length,
        (await list(client, { Status: 'Reviewing' })).ids.length,
      ]
      await client.call('UpdateHITReviewStatus', { HITId })
      expect(await lists()).toEqual([0, 1])
      await client.call('UpdateHITReviewStatus', { HITId, Revert: true })
      expect(await lists()).toEqual([1, 0])
      await client.call('UpdateHITReviewStatus', { HITId })
      await client.call('UpdateExpirationForHIT', {
        HITId,
        ExpireAt: market().clock.now() + hour * 1000,
      })
      expect(await lists()).toEqual([0, 0])
      await expireNow(client, HITId)
      expect(await lists()).toEqual([1, 0])
    })

    test('by type: its own HITs only; of an unknown, foreign or empty type there are none [hits 12.7]', async () => {
      const client = await market().requester()
      const first = (await submitted(market(), client)).hit
      const second = (await submitted(market(), client, { Title: 'Another' })).hit
      const foreign = (await submitted(market(), await market().requester())).hit
      const { HITTypeId: empty } = await client.call('CreateHITType', {
        AssignmentDurationInSeconds: hour,
        Reward: '0.10',
        Title: 'Nothing yet',
        Description: 'Nothing.',
      })
      const of = async (HITTypeId: string) => (await list(client, { HITTypeId })).ids
      expect(await of(first.HITTypeId)).toEqual([first.HITId])
      expect(await of(second.HITTypeId)).toEqual([second.HITId])
      for (const none of [foreign.HITTypeId, 'ABC', first.HITGroupId, first.HITId, empty!])
        expect(await of(none)).toEqual([])
    })

    test('a HIT whose type was changed is listed under the new one [hits 12.11]', async () => {
      const client = await market().requester()
      const hit = await createHIT(client)
      const other = await createHIT(client, { Title: 'Another' })
      await client.call('UpdateHITTypeOfHIT', { HITId: hit.HITId, HITTypeId: other.HITTypeId })
      await expireNow(client, hit.HITId)
      expect((await list(client, { HITTypeId: hit.HITTypeId })).ids).toEqual([])
      expect((await list(client, { HITTypeId: other.HITTypeId })).ids).toEqual([hit.HITId])
    })
  })

  describe('before the timers come [hits 5.2, design 4]', () => {
    test('at its expiration a HIT is listed, and the money of its slots is back', async () => {
      const client = await market().requester('10.00')
      const { HITId, Expiration } = await createHIT(client)
      market().clock.set(Expiration * 1000 - 1)
      expect((await list(client)).ids).toEqual([])
      market().clock.set(Expiration * 1000)
      expect((await list(client)).ids).toEqual([HITId])
      expect(await balanceOf(client)).toBe('10.00')
    })

    test('an expired HIT is listed at the deadline of its last open work', async () => {
      const client = await market().requester()
      const hit = await createHIT(client)
      await accept(await market().worker(), hit)
      await expireNow(client, hit.HITId)
      passUnnoticed(hour - 1)
      expect((await list(client)).ids).toEqual([])
      passUnnoticed(1)
      expect((await list(client)).ids).toEqual([hit.HITId])
    })

    test('HITs of other types that are late do not enter the list of a type', async () => {
      const client = await market().requester()
      const hit = await createHIT(client, { LifetimeInSeconds: 60 })
      const other = await createHIT(client, { LifetimeInSeconds: 60, Title: 'Another' })
      passUnnoticed(60)
      expect((await list(client, { HITTypeId: hit.HITTypeId })).ids).toEqual([hit.HITId])
      expect((await list(client)).ids).toEqual([hit.HITId, other.HITId].sort())
    })

    test('what grew too old is not listed any more, and the page is filled [hits 5.8]', async () => {
      const client = await market().requester()
      for (let i = 0; i < 3; i++) await createHIT(client, { LifetimeInSeconds: 90 })
      const { HITId } = await createHIT(client, { LifetimeInSeconds: day })
      passUnnoticed(90 + 120 * day)
      expect((await list(client, { MaxResults: 3 })).ids).toEqual([HITId])
      passUnnoticed(day)
      expect((await list(client, { MaxResults: 3 })).ids).toEqual([])
    })

    test('approval by time changes the counters of what is listed [hits 6.3]', async () => {
      const client = await market().requester()
      const hit = await createHIT(client, { AutoApprovalDelayInSeconds: hour })
      await work(await market().worker(), hit)
      passUnnoticed(hour)
      const { HITs } = await client.call(operation, {})
      expect(HITs![0]).toMatchObject({ HITStatus: 'Reviewable', NumberOfAssignmentsCompleted: 1 })
    })
  })
})
