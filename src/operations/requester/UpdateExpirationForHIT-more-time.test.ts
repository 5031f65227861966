// The half of UpdateExpirationForHIT that extends a HIT; the other file has the half that expires it.
import { afterEach, describe, expect, test } from 'vitest'
import { hitIn, type Situation } from '../../../test/support/hit-states.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases, type TestClient } from '../../../test/support/market.ts'
import { refusalOf, refused } from '../../../test/support/refusals.ts'
import {
  accept,
  balanceOf,
  createHIT,
  expireNow,
  showHIT,
  stateOf,
  tenAtOnce,
} from '../../../test/support/steps.ts'

const second = 1000
const day = 86_400
const operation = 'UpdateExpirationForHIT'

/** A time as Java prints it: `Wed Jul 14 20:26:06 UTC 2021`. */
function asJava(time: number): string {
  const [weekday, date, month, yearOf, clock] = new Date(time).toUTCString().replace(',', '').split(' ')
  return `${weekday} ${month} ${date} ${clock} UTC ${yearOf}`
}

onBothDatabases('UpdateExpirationForHIT to a future time', (market) => {
  afterEach(() => checkLedger(market()))
  const now = () => market().clock.now()
  const soon = (seconds: number) => now() + seconds * second
  const move = (client: TestClient, HITId: string, ExpireAt: number) =>
    client.call(operation, { HITId, ExpireAt })
  const refusalFor = (client: TestClient, HITId: string, ExpireAt: number) =>
    refusalOf(market(), client, operation, { HITId, ExpireAt })
  const outOfRange = (increment: number) =>
    refused.range('ExpirationIncrementInSeconds', increment, 60, 31_536_000)

  describe('giving more time [hits 5.3, 5.6, 9.2]', () => {
    test.each([
      ['Assignable', 'Assignable 0/1/0', '9.88'],
      ['Unassignable', 'Unassignable 1/0/0', '9.88'],
      ['Unassignable, expired', 'Unassignable 1/0/0', '9.88'],
      ['Reviewable, unreviewed', 'Reviewable 0/0/0', '9.88'],
      ['Reviewable, reviewed', 'Reviewable 0/0/1', '9.88'],
      ['Reviewable, expired', 'Assignable 0/1/0', '9.88'],
      ['Reviewing, unreviewed', 'Reviewing 0/0/0', '9.88'],
      ['Reviewing, expired', 'Assignable 0/1/0', '9.88'],
    ] as [Situation, string, string][])(
      '%s becomes %s; %s of 10.00 is free',
      async (situation, state, left) => {
        const client = await market().requester('10.00')
        const { HITId } = await hitIn(market(), client, situation)
        await move(client, HITId, soon(2 * day))
        expect(await stateOf(client, HITId)).toBe(state)
        expect((await showHIT(client, HITId)).Expiration).toBe(soon(2 * day) / second)
        expect(await balanceOf(client)).toBe(left)
      },
    )

    test.each(['Disposed, worked on', 'Disposed, expired'] as Situation[])(
      '%s is refused',
      async (situation) => {
        const client = await market().requester()
        const { HITId, Expiration } = await hitIn(market(), client, situation)
        expect(await refusalFor(client, HITId, soon(2 * day))).toEqual(refused.disposed)
        expect((await showHIT(client, HITId)).Expiration).toBe(Expiration)
      },
    )

    test('the free slots of an expired HIT must be paid for again, to the cent; a living HIT costs nothing', async () => {
      const client = await market().requester('0.36')
      const hit = await createHIT(client, { MaxAssignments: 3 })
      await accept(await market().worker(), hit)
      await expireNow(client, hit.HITId)
      expect(await balanceOf(client)).toBe('0.24')
      const cent = await createHIT(client, { Reward: '0.00' })
      expect(await refusalFor(client, hit.HITId, soon(60))).toEqual(refused.noFunds)
      expect(await stateOf(client, hit.HITId)).toBe('Unassignable 1/2/0')
      await expireNow(client, cent.HITId)
      await move(client, hit.HITId, soon(60))
      expect(await stateOf(client, hit.HITId)).toBe('Assignable 1/2/0')
      expect(await balanceOf(client)).toBe('0.00')
      await move(client, hit.HITId, soon(120))
      expect(await balanceOf(client)).toBe('0.00')
    })

    test('the HIT lives to its new time and not a moment longer', async () => {
      const client = await market().requester('1.00')
      const hit = await hitIn(market(), client, 'Reviewing, expired')
      await move(client, hit.HITId, soon(60))
      await accept(await market().worker(), hit)
      await market().advance(59.999)
      expect(await stateOf(client, hit.HITId)).toBe('Unassignable 1/0/0')
      await client.call('CreateAdditionalAssignmentsForHIT', {
        HITId: hit.HITId,
        NumberOfAdditionalAssignments: 1,
      })
      expect(await stateOf(client, hit.HITId)).toBe('Assignable 1/1/0')
      await market().advance(0.001)
      expect(await stateOf(client, hit.HITId)).toBe('Unassignable 1/1/0')
      expect(await balanceOf(client)).toBe('0.88')
      // The mark went when the HIT was given more time.
      await market().advance(3600)
      expect(await stateOf(client, hit.HITId)).toBe('Reviewable 0/2/0')
    })

    test('a HIT whose time ends this moment counts as expired: the base is now', async () => {
      const client = await market().requester('0.12')
      const { HITId } = await createHIT(client, { LifetimeInSeconds: 30 })
      market().clock.set(soon(30))
      expect(await client.refusal(operation, { HITId, ExpireAt: soon(59) })).toEqual(outOfRange(59))
      await move(client, HITId, soon(60))
      expect(await stateOf(client, HITId)).toBe('Assignable 0/1/0')
      expect(await balanceOf(client)).toBe('0.00')
    })

    test('the 120 days until disposal begin anew, unless nothing is left to do [hits 5.8]', async () => {
      const client = await market().requester()
      const open = await hitIn(market(), client, 'Reviewable, expired')
      const full = await hitIn(market(), client, 'Reviewable, reviewed')
      await market().advance(119 * day)
      for (const { HITId } of [open, full]) await move(client, HITId, soon(60))
      await market().advance(day)
      expect(await stateOf(client, open.HITId)).toBe('Reviewable 0/1/0')
      expect(await stateOf(client, full.HITId)).toBe('Disposed 0/0/1')
    })
  })

  describe('the same time again [hits 5.6, client W11]', () => {
    const repetition = (HITId: string, time: number) => refused.usedToken(HITId + asJava(time))

    test('is a repetition for 24 hours, whatever became of the HIT meanwhile', async () => {
      const client = await market().requester()
      const { HITId, Expiration } = await createHIT(client)
      const time = (Expiration + 10 * day) * second
      await move(client, HITId, time)
      // The fraction does not count, and the repetition comes before the range.
      for (const again of [time, time + 1, time + 999])
        expect(await refusalFor(client, HITId, again)).toEqual(repetition(HITId, time))
      expect(await refusalFor(client, HITId, time + second)).toEqual(outOfRange(1))
      await expireNow(client, HITId)
      await market().advance(day - 1)
      expect(await refusalFor(client, HITId, time)).toEqual(repetition(HITId, time))
      await market().advance(1)
      await move(client, HITId, time)
      expect(await refusalFor(client, HITId, time)).toEqual(repetition(HITId, time))
      await expireNow(client, HITId)
      await client.call('DeleteHIT', { HITId })
      expect(await refusalFor(client, HITId, time)).toEqual(repetition(HITId, time))
    })

    test('is named by the HIT and the time as Java prints it', async () => {
      const client = await market().requester()
      const time = Date.UTC(2031, 6, 4, 5, 6, 7)
      market().clock.set(time - 200 * day * second)
      const { HITId } = await createHIT(client)
      await move(client, HITId, time)
      expect((await refusalFor(client, HITId, time)).message).toBe(
        `The idempotency token "${HITId}Fri Jul 04 05:06:07 UTC 2031" has already been processed.`,
      )
    })

    test('is none for another HIT, nor after a refusal', async () => {
      const client = await market().requester('0.24')
      const [first, other] = [await createHIT(client), await createHIT(client)]
      const time = soon(2 * day)
      await move(client, first.HITId, time)
      await move(client, other.HITId, time)
      await expireNow(client, first.HITId)
      await createHIT(client)
      const later = soon(3 * day)
      expect(await refusalFor(client, first.HITId, later)).toEqual(refused.noFunds)
      await expireNow(client, other.HITId)
      await move(client, first.HITId, later)
    })

    test('succeeds once when ten calls come at once', async () => {
      const client = await market().requester('10.00')
      const { HITId } = await hitIn(market(), client, 'Reviewable, expired')
      const input = { HITId, ExpireAt: soon(day) / second }
      const codes = ['AWS.MechanicalTurk.DuplicateRequest']
      expect(await tenAtOnce(client, operation, input)).toEqual({ successes: 1, codes })
      expect(await balanceOf(client)).toBe('9.88')
    })
  })
})
