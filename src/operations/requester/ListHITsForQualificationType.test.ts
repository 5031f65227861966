import { afterEach, describe, expect, test } from 'vitest'
import { testId, testMistyped } from '../../../test/support/common-members.ts'
import { hitIn, stateIn, type Situation } from '../../../test/support/hit-states.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases, type TestClient } from '../../../test/support/market.ts'
import { testPaging } from '../../../test/support/paging.ts'
import { createType } from '../../../test/support/qualification-members.ts'
import { addType, systemTypes } from '../../../test/support/qualifications.ts'
import { changesIn, refusalOf, refused } from '../../../test/support/refusals.ts'
import { createHIT, expireNow, showHIT, type ShownHIT } from '../../../test/support/steps.ts'

const operation = 'ListHITsForQualificationType'

onBothDatabases(operation, (market) => {
  afterEach(() => checkLedger(market()))

  /** Turns the clock on without the timers, which come a moment later. */
  const passUnnoticed = (seconds: number) => market().clock.set(market().clock.now() + seconds * 1000)
  const requiring = (...ids: string[]) => ({
    QualificationRequirements: ids.map((QualificationTypeId) => ({
      QualificationTypeId,
      Comparator: 'DoesNotExist' as const,
    })),
  })
  const list = async (client: TestClient, QualificationTypeId: string): Promise<ShownHIT[]> =>
    (await client.call(operation, { QualificationTypeId, MaxResults: 100 })).HITs as ShownHIT[]
  const idsOf = async (client: TestClient, id: string) => (await list(client, id)).map(({ HITId }) => HITId)

  describe('serialization', () => {
    const more = () => Promise.resolve({ MaxResults: 1 })
    testMistyped(market, operation, 'QualificationTypeId', ['1', 'true', '["3A"]'], more)
  })

  describe('validation', () => {
    testId(market, operation, 'QualificationTypeId', () => Promise.resolve({}))
    test('an unknown type, and one that is gone [qualifications 9]', async () => {
      const client = await market().requester()
      const gone = await addType(market(), client, { status: 'Disposed' })
      for (const QualificationTypeId of ['3UNKNOWN', gone.id])
        expect(await refusalOf(market(), client, operation, { QualificationTypeId })).toEqual(
          refused.noQualificationType,
        )
    })
    testPaging(
      market,
      operation,
      'HITs',
      (hit: { HITId: string }) => hit.HITId,
      async (count) => {
        const client = await market().requester()
        const { QualificationTypeId } = await createType(client)
        const other = await createType(client)
        const made: { time: number; id: string }[] = []
        // Of three HIT types, every second pair at one moment, among HITs that require something else.
        for (let i = 0; i < count; i++) {
          if (i % 2 === 0) passUnnoticed(0.25)
          await createHIT(client, requiring(other.QualificationTypeId))
          const hit = await createHIT(client, { ...requiring(QualificationTypeId), Title: `Kind ${i % 3}` })
          made.push({ time: market().clock.now(), id: hit.HITId })
        }
        made.sort((a, b) => b.time - a.time || (a.id < b.id ? -1 : 1))
        const input = { QualificationTypeId }
        return {
          client,
          input,
          ids: made.map(({ id }) => id),
          remove: async (HITId) => {
            await expireNow(client, HITId)
            await client.call('DeleteHIT', { HITId })
          },
          others: [
            ['another requester', await market().requester(), input],
            ['another type', client, { QualificationTypeId: other.QualificationTypeId }],
          ],
        }
      },
    )
  })

  describe('behaviour [qualifications 3.13, hits 12.8]', () => {
    test('each HIT is what GetHIT shows, in full, and once, however often it names the type', async () => {
      const client = await market().requester()
      const { QualificationTypeId: id } = await createType(client)
      const { HITId } = await createHIT(client, requiring(id, id, '00000000000000000040', id))
      await createHIT(client)
      const before = await changesIn(market())
      expect(await list(client, id)).toEqual([await showHIT(client, HITId)])
      expect(await changesIn(market())).toBe(before)
    })

    test.each(['Active', 'Inactive', 'Disposing'] as const)('a type that became %s', async (status) => {
      const client = await market().requester()
      const { QualificationTypeId } = await createType(client)
      const { HITId } = await createHIT(client, requiring(QualificationTypeId))
      if (status === 'Inactive')
        await client.call('UpdateQualificationType', { QualificationTypeId, QualificationTypeStatus: status })
      if (status === 'Disposing') await client.call('DeleteQualificationType', { QualificationTypeId })
      expect(await idsOf(client, QualificationTypeId)).toEqual([HITId])
    })

    test('HITs of more HIT types than are looked at one by one come in the same order [hits 8]', async () => {
      const client = await market().requester()
      const { QualificationTypeId: id } = await createType(client)
      const made: { time: number; id: string }[] = []
      for (let i = 0; i < 27; i++) {
        if (i % 3 === 0) passUnnoticed(0.25)
        await createHIT(client, { Title: `Free ${i}` })
        const { HITId } = await createHIT(client, { ...requiring(id), Title: `Kind ${i}` })
        made.push({ time: market().clock.now(), id: HITId })
      }
      made.sort((a, b) => b.time - a.time || (a.id < b.id ? -1 : 1))
      const expected = made.map((one) => one.id)
      expect(await idsOf(client, id)).toEqual(expected)
      const seen: string[] = []
      for (let NextToken: string | undefined; ;) {
        const page = await client.call(operation, {
          QualificationTypeId: id,
          MaxResults: 4,
          ...(NextToken !== undefined && { NextToken }),
        })
        seen.push(...page.HITs!.map(({ HITId }) => HITId!))
        if (page.NextToken === undefined) break
        NextToken = page.NextToken
      }
      expect(seen).toEqual(expected)
    })

    test('another requester’s type: the caller’s own HITs alone', async () => {
      const [owner, client] = [await market().requester(), await market().requester()]
      const { QualificationTypeId: id } = await createType(owner)
      const [theirs, own] = [await createHIT(owner, requiring(id)), await createHIT(client, requiring(id))]
      expect(await idsOf(client, id)).toEqual([own.HITId])
      expect(await idsOf(owner, id)).toEqual([theirs.HITId])
    })

    test('each type of the system', async () => {
      const client = await market().requester()
      for (const id of systemTypes) {
        expect(await idsOf(client, id)).toEqual([])
        const { HITId } = await createHIT(client, requiring(id))
        expect(await idsOf(client, id)).toEqual([HITId])
      }
    })

    test('a HIT of which the type changed is listed by the type that it has', async () => {
      const client = await market().requester()
      const [before, after] = [await createType(client), await createType(client)]
      const { HITId } = await createHIT(client, requiring(before.QualificationTypeId))
      const other = await createHIT(client, requiring(after.QualificationTypeId))
      await client.call('UpdateHITTypeOfHIT', { HITId, HITTypeId: other.HITTypeId })
      expect(await idsOf(client, before.QualificationTypeId)).toEqual([])
      expect((await idsOf(client, after.QualificationTypeId)).sort()).toEqual([HITId, other.HITId].sort())
    })

    test.each([
      'Assignable',
      'Unassignable',
      'Reviewable, unreviewed',
      'Reviewing, expired',
      'Disposed, expired',
    ] as Situation[])('a HIT that is %s [hits 5.8]', async (situation) => {
      const client = await market().requester()
      const { QualificationTypeId } = await createType(client)
      const { HITId } = await hitIn(market(), client, situation, requiring(QualificationTypeId))
      const shown = (await list(client, QualificationTypeId)).map((one) => `${one.HITId} ${one.HITStatus}`)
      const state = stateIn(situation)
      expect(shown).toEqual(state === 'Disposed' ? [] : [`${HITId} ${state}`])
    })

    test('a HIT whose time came a moment ago is shown as it is now [hits 5.2]', async () => {
      const client = await market().requester()
      const { QualificationTypeId } = await createType(client)
      await createHIT(client, { ...requiring(QualificationTypeId), LifetimeInSeconds: 60 })
      passUnnoticed(60)
      expect((await list(client, QualificationTypeId)).map(({ HITStatus }) => HITStatus)).toEqual([
        'Reviewable',
      ])
    })
  })
})
