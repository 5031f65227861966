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
import { isFault } from '../../domain/fault.ts'
import { server } from '../../limits.ts'
import type { OperationInput } from '../../model/operations.ts'
import { ListHITs } from './ListHITs.ts'

const operation = 'ListHITs'
const hour = 3600
const day = 86_400

/** The page's HITs and its token. */
async function list(
  client: TestClient,
  input: OperationInput<'ListHITs'> = {},
): Promise<{ hits: ShownHIT[]; ids: string[]; token: string | undefined }> {
  const { HITs, NextToken } = await client.call(operation, input)
  const hits = HITs as ShownHIT[]
  return { hits, ids: hits.map(({ HITId }) => HITId), token: NextToken }
}

onBothDatabases(operation, (market) => {
  afterEach(() => checkLedger(market()))

  /** Turns the clock on without the timers, which come a moment later. */
  const passUnnoticed = (seconds: number) => market().clock.set(market().clock.now() + seconds * 1000)

  /** `count` HITs, every second pair of them made at one moment; the ids in the order in which they must be listed. */
  const filled = async (count: number) => {
    const client = await market().requester()
    const made: { time: number; id: string }[] = []
    for (let i = 0; i < count; i++) {
      if (i % 2 === 0) passUnnoticed(0.25)
      made.push({ time: market().clock.now(), id: (await createHIT(client)).HITId })
    }
    made.sort((a, b) => b.time - a.time || (a.id < b.id ? -1 : 1))
    return { client, ids: made.map(({ id }) => id) }
  }

  const deleteHIT = async (client: TestClient, HITId: string) => {
    await expireNow(client, HITId)
    await client.call('DeleteHIT', { HITId })
  }

  describe('serialization', () => {
    testMistyped(market, operation, 'MaxResults', ['"10"', '1.5', 'true', '[1]'], () =>
      Promise.resolve({ NextToken: 'x' }),
    )
    testMistyped(market, operation, 'NextToken', ['1', 'false', '["x"]'], () =>
      Promise.resolve({ MaxResults: 1 }),
    )

    test('null members and members that do not exist count as absent [client W22]', async () => {
      const { client, ids } = await filled(2)
      const body = '{"NextToken":null,"MaxResults":null,"Status":"Assignable"}'
      const { text } = await client.send(operation, body)
      const { HITs } = JSON.parse(text) as { HITs: { HITId: string }[] }
      expect(HITs.map(({ HITId }) => HITId)).toEqual(ids)
    })
  })

  describe('validation: pages and tokens [hits 8]', () => {
    testPaging(
      market,
      operation,
      'HITs',
      (hit: { HITId: string }) => hit.HITId,
      async (count) => {
        const { client, ids } = await filled(count)
        return {
          client,
          input: {},
          ids,
          remove: (id) => deleteHIT(client, id),
          others: [['another requester', await market().requester(), {}]],
        }
      },
    )

    test('a token of another list is refused, and this one by others', async () => {
      const { client, ids } = await filled(2)
      await expireNow(client, ids[0]!)
      const { workerId: WorkerId } = await market().worker()
      await client.call('CreateWorkerBlock', { WorkerId, Reason: '' })
      const tokens = {
        ListHITs: (await client.call('ListHITs', {})).NextToken!,
        ListReviewableHITs: (await client.call('ListReviewableHITs', {})).NextToken!,
        ListWorkerBlocks: (await client.call('ListWorkerBlocks', {})).NextToken!,
      }
      const names = Object.keys(tokens) as (keyof typeof tokens)[]
      for (const name of names)
        for (const other of names.filter((one) => one !== name)) {
          const NextToken = tokens[other]
          expect(await refusalOf(market(), client, name, { NextToken })).toEqual(
            refused.value('NextToken', NextToken),
          )
        }
    })
  })

  describe('behaviour', () => {
    test('every entry is what GetHIT shows, in full, and listing changes nothing [hits 12.6]', async () => {
      const client = await market().requester()
      const { hit } = await submitted(market(), client, { MaxAssignments: 3, Keywords: 'bird' })
      await accept(await market().worker(), hit)
      passUnnoticed(1)
      const second = await createHIT(client, { RequesterAnnotation: 'second', Title: 'Another' })
      const before = await changesIn(market())
      const { hits } = await list(client)
      expect(hits).toEqual([await showHIT(client, second.HITId), await showHIT(client, hit.HITId)])
      expect(await changesIn(market())).toBe(before)
    })

    test('HITs made between two pages neither move nor enter the pages that follow [hits 8]', async () => {
      const { client, ids } = await filled(6)
      const first = await list(client, { MaxResults: 2 })
      passUnnoticed(0.001)
      const newest = await createHIT(client)
      const second = await list(client, { MaxResults: 2, NextToken: first.token })
      const third = await list(client, { MaxResults: 100, NextToken: second.token })
      expect([...first.ids, ...second.ids, ...third.ids]).toEqual(ids)
      expect((await list(client)).ids[0]).toBe(newest.HITId)
    })

    test('what happens to the HIT on which a page ended does not move the next one [hits 8]', async () => {
      const { client, ids } = await filled(4)
      const first = await list(client, { MaxResults: 2 })
      await deleteHIT(client, ids[1]!)
      expect((await list(client, { NextToken: first.token })).ids).toEqual(ids.slice(2))
    })

    test('a new HIT is listed at once [hits 8, client W29]', async () => {
      const client = await market().requester()
      const { HITId } = await createHIT(client)
      expect((await list(client)).ids).toEqual([HITId])
    })

    test('only own HITs are listed [hits 12.6]', async () => {
      const { client, ids } = await filled(1)
      const { client: other, ids: others } = await filled(2)
      expect((await list(client)).ids).toEqual(ids)
      expect((await list(other)).ids).toEqual(others)
    })

    test.each([
      'Assignable',
      'Unassignable',
      'Unassignable, expired',
      'Reviewable, unreviewed',
      'Reviewable, reviewed',
      'Reviewing, expired',
      'Reviewing, reviewed',
      'Disposed, worked on',
      'Disposed, expired',
    ] as Situation[])('a HIT that is %s [hits 5.8, 12.6, client W13]', async (situation) => {
      const client = await market().requester()
      const { HITId } = await hitIn(market(), client, situation)
      const { hits } = await list(client)
      const state = stateIn(situation)
      expect(hits.map((hit) => `${hit.HITId} ${hit.HITStatus}`)).toEqual(
        state === 'Disposed' ? [] : [`${HITId} ${state}`],
      )
    })

    test('changing a HIT does not change its place: creation counts [hits 8]', async () => {
      const { client, ids } = await filled(4)
      const oldest = await showHIT(client, ids[3]!)
      const ExpireAt = (oldest.Expiration + hour) * 1000
      await client.call('UpdateExpirationForHIT', { HITId: oldest.HITId, ExpireAt })
      await client.call('CreateAdditionalAssignmentsForHIT', {
        HITId: ids[2]!,
        NumberOfAdditionalAssignments: 1,
      })
      await work(await market().worker(), { HITId: ids[1]! })
      expect((await list(client)).ids).toEqual(ids)
    })
  })

  describe('before the timers come [hits 5.2, design 4]', () => {
    test('HITs whose time came a moment ago are listed as they are now', async () => {
      const client = await market().requester('10.00')
      const expiring = await createHIT(client, { LifetimeInSeconds: hour })
      const abandoned = await createHIT(client)
      const approved = await createHIT(client, { AutoApprovalDelayInSeconds: hour, Title: 'Another' })
      await accept(await market().worker(), abandoned)
      await work(await market().worker(), approved)
      passUnnoticed(hour)
      const { hits } = await list(client)
      const shown = Object.fromEntries(
        hits.map((hit) => [hit.HITId, [hit.HITStatus, hit.NumberOfAssignmentsCompleted]]),
      )
      expect(shown).toEqual({
        [expiring.HITId]: ['Reviewable', 0],
        [abandoned.HITId]: ['Assignable', 0],
        [approved.HITId]: ['Reviewable', 1],
      })
      // What a page shows has happened: the money is where the states say.
      expect(await balanceOf(client)).toBe('9.76')
    })

    test('HITs that grew too old leave the list and make room on the page [hits 5.8]', async () => {
      const client = await market().requester()
      const old = await createHIT(client, { LifetimeInSeconds: 365 * day })
      passUnnoticed(1)
      const gone: string[] = []
      for (let i = 0; i < 5; i++) gone.push((await createHIT(client, { LifetimeInSeconds: hour })).HITId)
      passUnnoticed(hour + 120 * day)
      const page = await list(client, { MaxResults: 3 })
      expect(page.ids).toEqual([old.HITId])
      for (const HITId of gone) expect((await showHIT(client, HITId)).HITStatus).toBe('Disposed')
    })

    test(`a page is true although more than ${server.systemBatch} HITs are late that stand on no page yet`, async () => {
      const client = await market().requester()
      // Earlier due, so that a look for anything late finds these first.
      for (let i = 0; i <= server.systemBatch; i++) await createHIT(client, { LifetimeInSeconds: 60 })
      passUnnoticed(1)
      const shown = [await createHIT(client), await createHIT(client)]
      passUnnoticed(2 * day)
      const caller = { kind: 'requester', requesterId: client.requesterId } as const
      const answer = await market().market.store.read(market().clock.now(), (tx) =>
        ListHITs.perform(tx, caller, { MaxResults: 2 }),
      )
      // One answer names what must happen first: the page's own HITs, then others, as many as one turn carries out.
      const overdue = isFault(answer) && answer.fault === 'Busy' ? answer.overdue! : []
      expect(overdue).toEqual(expect.arrayContaining(shown.map(({ HITId }) => HITId)))
      expect(new Set(overdue).size).toBe(overdue.length)
      expect(overdue).toHaveLength(server.systemBatch)
      const { hits } = await list(client, { MaxResults: 2 })
      expect(hits.map((hit) => `${hit.HITId} ${hit.HITStatus}`).sort()).toEqual(
        shown.map(({ HITId }) => `${HITId} Reviewable`).sort(),
      )
      await market().advance(0)
    })
  })
})
