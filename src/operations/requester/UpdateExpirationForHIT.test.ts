import { afterEach, describe, expect, test } from 'vitest'
import { testHITId, testMistyped } from '../../../test/support/common-members.ts'
import { hitIn, stateIn, type Situation } from '../../../test/support/hit-states.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases, type TestClient } from '../../../test/support/market.ts'
import { mustNotBeNull, refusalOf, refused } from '../../../test/support/refusals.ts'
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
const year = 365 * day
const operation = 'UpdateExpirationForHIT'

onBothDatabases(operation, (market) => {
  afterEach(() => checkLedger(market()))
  const now = () => market().clock.now()
  const soon = (seconds: number) => now() + seconds * second
  const move = (client: TestClient, HITId: string, ExpireAt: number) =>
    client.call(operation, { HITId, ExpireAt })
  const refusalFor = (client: TestClient, HITId: string, ExpireAt: number) =>
    refusalOf(market(), client, operation, { HITId, ExpireAt })
  const outOfRange = (increment: number) =>
    refused.range('ExpirationIncrementInSeconds', increment, 60, 31_536_000)

  describe('serialization', () => {
    test('the body of a success is two bytes; the next call sees what it did [client W5, W29]', async () => {
      const client = await market().requester()
      const hit = await createHIT(client)
      const input = JSON.stringify({ HITId: hit.HITId, ExpireAt: hit.Expiration + 60 })
      expect(await client.send(operation, input)).toEqual({ status: 200, text: '{}' })
      expect(await showHIT(client, hit.HITId)).toEqual({ ...hit, Expiration: hit.Expiration + 60 })
    })

    // What clients send to say "now" [hits 1.1, 5.6, client W28].
    test.each([
      '0',
      '-1',
      '-315619200',
      '1',
      '1482351916',
      '1482351916.0',
      '1482351916.123',
      '1.482351916E9',
    ])('ExpireAt %s expires the HIT', async (json) => {
      const client = await market().requester()
      const { HITId } = await createHIT(client)
      const answer = await client.send(operation, `{"HITId":"${HITId}","ExpireAt":${json}}`)
      expect(answer).toEqual({ status: 200, text: '{}' })
      expect(await stateOf(client, HITId)).toBe('Reviewable 0/1/0')
    })

    test.each([
      [(seconds: number) => `${seconds}.0`],
      [(seconds: number) => `${seconds}.999`],
      [(seconds: number) => `${seconds / 1e9}E9`],
    ])('a time is read as %s and shown as a whole second [client W3, W28]', async (spell) => {
      const client = await market().requester()
      const { HITId, Expiration } = await createHIT(client)
      const ExpireAt = spell(Expiration + 100)
      const answer = await client.send(operation, `{"HITId":"${HITId}","ExpireAt":${ExpireAt}}`)
      expect(answer.status).toBe(200)
      expect((await showHIT(client, HITId)).Expiration).toBe(Expiration + 100)
    })

    testMistyped(
      market,
      operation,
      'ExpireAt',
      ['"1482351916"', '"2030-12-21T20:25:16Z"', 'true', '[0]', '{}'],
      async (client) => ({ HITId: (await createHIT(client)).HITId }),
    )
  })

  describe('validation', () => {
    testHITId(market, operation, { ExpireAt: 0 })
    testHITId(market, operation, { ExpireAt: Date.UTC(2200, 0) })

    test('ExpireAt is required [hits 11.4]', async () => {
      const client = await market().requester()
      const { HITId } = await createHIT(client)
      const missing = mustNotBeNull('expireAt')
      for (const input of [`{"HITId":"${HITId}"}`, `{"HITId":"${HITId}","ExpireAt":null}`])
        expect((await client.send(operation, input)).text).toContain(missing)
      const refusal = await refusalOf(market(), client, operation, {})
      expect(refusal).toEqual(refused.validation(mustNotBeNull('hITId'), missing))
    })

    // Seconds over the current expiration, whether allowed.
    test.each([
      [60, true],
      [61, true],
      [year, true],
      [59, false],
      [11, false],
      [0, false],
      [-1, false],
      [-day + 60, false],
      [-day + 6, false],
      [year + 1, false],
      [10 * year, false],
    ])('%i s over the expiration of a living HIT: %j [hits 5.6, client W10]', async (increment, possible) => {
      const client = await market().requester()
      const { HITId, Expiration } = await createHIT(client)
      const ExpireAt = (Expiration + increment) * second
      if (possible) await move(client, HITId, ExpireAt)
      else expect(await refusalFor(client, HITId, ExpireAt)).toEqual(outOfRange(increment))
      expect((await showHIT(client, HITId)).Expiration).toBe(Expiration + (possible ? increment : 0))
    })

    test('the fraction of a second does not count [hits 5.6]', async () => {
      const client = await market().requester()
      const { HITId, Expiration } = await createHIT(client)
      const over = (seconds: number) => (Expiration + seconds) * second
      expect(await refusalFor(client, HITId, over(59.999))).toEqual(outOfRange(59))
      expect(await refusalFor(client, HITId, over(-0.5))).toEqual(outOfRange(-1))
      await move(client, HITId, over(year + 0.999))
      expect((await showHIT(client, HITId)).Expiration).toBe(Expiration + year)
      market().clock.set(now() + 700)
      const late = await createHIT(client)
      expect(await refusalFor(client, late.HITId, (late.Expiration + 59) * second)).toEqual(outOfRange(59))
      await move(client, late.HITId, (late.Expiration + 60) * second)
      market().clock.set(now() + 300)
    })

    test('the texts are those that were seen [hits 5.6, 12.9, client 3]', async () => {
      const client = await market().requester()
      const { HITId, Expiration } = await createHIT(client, { LifetimeInSeconds: 5 * day })
      expect((await refusalFor(client, HITId, (Expiration - 380_572) * second)).message).toBe(
        'The value -380572 is invalid for ExpirationIncrementInSeconds. Valid values range from 60 to 31536000.',
      )
      const { text } = await client.send(operation, `{"HITId":"${HITId}","ExpireAt":${Expiration + 11}}`)
      expect(text).toBe(
        '{"__type":"ParameterValidationError","Message":"The value 11 is invalid for ExpirationIncrementInSeconds. ' +
          `Valid values range from 60 to 31536000. (${now()})",` +
          '"Parameter":"ExpirationIncrementInSeconds","TurkErrorCode":"AWS.ParameterOutOfRange"}',
      )
    })

    // Seconds over now, for a HIT that expired long ago.
    test.each([
      [60, true],
      [year, true],
      [59, false],
      [6, false],
      [year + 1, false],
    ])('%i s over now for an expired HIT: %j [hits 5.6]', async (increment, possible) => {
      const client = await market().requester()
      const { HITId, Expiration } = await createHIT(client)
      await market().advance(3 * day)
      if (possible) await move(client, HITId, soon(increment))
      else expect(await refusalFor(client, HITId, soon(increment))).toEqual(outOfRange(increment))
      const shown = await showHIT(client, HITId)
      expect(shown.Expiration).toBe(possible ? soon(increment) / second : Expiration)
      expect(shown.HITStatus).toBe(possible ? 'Assignable' : 'Reviewable')
    })

    test.each([9e15 / second, 1e15, 1e300])('%d s is too far, and no fault of ours', async (seconds) => {
      const client = await market().requester()
      const { HITId } = await createHIT(client)
      const { status, text } = await client.send(operation, `{"HITId":"${HITId}","ExpireAt":${seconds}}`)
      expect([status, text]).toEqual([400, expect.stringContaining('AWS.ParameterOutOfRange')])
    })

    test('existence, owner, repetition, range, state, funds [hits 11.6]', async () => {
      const client = await market().requester('0.12')
      const hit = await hitIn(market(), client, 'Disposed, expired')
      const far = (await createHIT(await market().requester())).HITId
      expect(await refusalFor(client, 'ABC', soon(11))).toEqual(refused.noHIT('ABC'))
      expect(await refusalFor(client, far, soon(11))).toEqual(refused.notYours)
      expect(await refusalFor(client, hit.HITId, soon(11))).toEqual(outOfRange(11))
      expect(await refusalFor(client, hit.HITId, soon(60))).toEqual(refused.disposed)
      const poor = await createHIT(client)
      await move(client, poor.HITId, soon(2 * day))
      await expireNow(client, poor.HITId)
      await createHIT(client)
      expect(await refusalFor(client, poor.HITId, soon(59))).toEqual(outOfRange(59))
      expect(await refusalFor(client, poor.HITId, soon(60))).toEqual(refused.noFunds)
      expect(await refusalFor(client, poor.HITId, soon(2 * day))).toMatchObject({
        code: 'AWS.MechanicalTurk.DuplicateRequest',
      })
    })
  })

  describe('expiring now [hits 5.5, 5.6]', () => {
    // Milliseconds ahead of the server's clock.
    test.each([
      [-31_536_000_000, true],
      [-1, true],
      [0, true],
      [1000, true],
      [4999, true],
      [5000, true],
      [5001, false],
      [6000, false],
    ])('ExpireAt %i ms ahead is now: %j [client W28]', async (ahead, isNow) => {
      const client = await market().requester()
      const { HITId, Expiration } = await createHIT(client)
      if (isNow) await move(client, HITId, now() + ahead)
      else expect((await refusalFor(client, HITId, now() + ahead)).code).toBe('AWS.ParameterOutOfRange')
      expect((await showHIT(client, HITId)).Expiration).toBe(isNow ? now() / second : Expiration)
    })

    test('Expiration is the whole second; the HIT is expired within it', async () => {
      const client = await market().requester()
      const { HITId } = await createHIT(client)
      const start = now()
      market().clock.set(start + 10_700)
      await expireNow(client, HITId)
      const hit = await showHIT(client, HITId)
      market().clock.set(start + 11_000)
      expect([hit.HITStatus, hit.Expiration]).toEqual(['Reviewable', start / second + 10])
    })

    test.each([
      ['Assignable', 'Reviewable 0/1/0', '10.00'],
      ['Unassignable', 'Unassignable 1/0/0', '9.88'],
      ['Unassignable, expired', 'Unassignable 1/0/0', '9.88'],
      ['Reviewable, unreviewed', 'Reviewable 0/0/0', '9.88'],
      ['Reviewable, reviewed', 'Reviewable 0/0/1', '9.88'],
      ['Reviewable, expired', 'Reviewable 0/1/0', '10.00'],
      ['Reviewing, unreviewed', 'Reviewing 0/0/0', '9.88'],
      ['Reviewing, expired', 'Reviewing 0/1/0', '10.00'],
      ['Disposed, worked on', 'Disposed 0/0/1', '9.88'],
      ['Disposed, expired', 'Disposed 0/1/0', '10.00'],
    ] as [Situation, string, string][])(
      '%s becomes %s; %s of 10.00 is free [hits 9.2, client W15]',
      async (situation, state, left) => {
        const client = await market().requester('10.00')
        const hit = await hitIn(market(), client, situation)
        await market().advance(100)
        await expireNow(client, hit.HITId)
        expect(await stateOf(client, hit.HITId)).toBe(state)
        expect(await balanceOf(client)).toBe(left)
        // What is over or disposed of keeps its time.
        const keeps = situation.includes('expired') || stateIn(situation) === 'Disposed'
        const { Expiration } = await showHIT(client, hit.HITId)
        expect(Expiration).toBe(keeps ? hit.Expiration : now() / second)
        await expireNow(client, hit.HITId)
        expect((await showHIT(client, hit.HITId)).Expiration).toBe(Expiration)
        expect(await balanceOf(client)).toBe(left)
      },
    )

    test('nobody may accept it; who works on it has his full time, and is paid', async () => {
      const client = await market().requester('10.00')
      const hit = await createHIT(client, { MaxAssignments: 5 })
      const [first, other] = [await market().worker(), await market().worker()]
      const [mine, returned] = [await accept(first, hit), await accept(other, hit)]
      await expireNow(client, hit.HITId)
      expect(await balanceOf(client)).toBe('9.76')
      expect(await (await market().worker()).accept({ hitId: hit.HITId })).toBe('HITNotAvailable')
      expect(await (await market().worker()).accept({ groupId: hit.HITGroupId })).toBe('NoMoreHITs')
      await other.giveBack(returned)
      expect(await balanceOf(client)).toBe('9.88')
      expect(await stateOf(client, hit.HITId)).toBe('Unassignable 1/4/0')
      await market().advance(3599)
      expect(await first.submit(mine)).toBe('')
      await client.call('ApproveAssignment', { AssignmentId: mine })
      expect(await stateOf(client, hit.HITId)).toBe('Reviewable 0/4/1')
      expect(await balanceOf(client)).toBe('9.88')
    })

    test('work that is left undone after it gives its money back', async () => {
      const client = await market().requester('10.00')
      const hit = await hitIn(market(), client, 'Unassignable, expired')
      expect(await balanceOf(client)).toBe('9.88')
      await market().advance(3600)
      expect(await stateOf(client, hit.HITId)).toBe('Reviewable 0/1/0')
      expect(await balanceOf(client)).toBe('10.00')
    })

    test('may be said again and again, with the same second too [client W11]', async () => {
      const client = await market().requester()
      const { HITId } = await createHIT(client)
      for (let turn = 0; turn < 3; turn++) await move(client, HITId, soon(5))
      await move(client, HITId, soon(day))
      await move(client, HITId, 0)
      await move(client, HITId, 0)
      expect(await stateOf(client, HITId)).toBe('Reviewable 0/1/0')
    })

    test('ten calls at once give the money back once', async () => {
      const client = await market().requester('10.00')
      const { HITId } = await createHIT(client, { MaxAssignments: 3 })
      expect(await tenAtOnce(client, operation, { HITId, ExpireAt: 0 })).toEqual({ successes: 10, codes: [] })
      expect(await balanceOf(client)).toBe('10.00')
    })
  })
})
