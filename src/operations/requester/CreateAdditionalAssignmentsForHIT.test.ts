import { afterEach, describe, expect, test } from 'vitest'
import { testHITId, testMistyped, testTokenText } from '../../../test/support/common-members.ts'
import { hitIn, type Situation } from '../../../test/support/hit-states.ts'
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
  submitted,
  tenAtOnce,
  work,
} from '../../../test/support/steps.ts'

const day = 86_400
const operation = 'CreateAdditionalAssignmentsForHIT'

onBothDatabases(operation, (market) => {
  afterEach(() => checkLedger(market()))
  const add = (client: TestClient, HITId: string, NumberOfAdditionalAssignments: number) =>
    client.call(operation, { HITId, NumberOfAdditionalAssignments })
  const refusalFor = (client: TestClient, HITId: string, NumberOfAdditionalAssignments: number, more = {}) =>
    refusalOf(market(), client, operation, { HITId, NumberOfAdditionalAssignments, ...more })
  const inputFor = async (client: TestClient) => ({
    HITId: (await createHIT(client)).HITId,
    NumberOfAdditionalAssignments: 1,
  })

  describe('serialization', () => {
    test('the body of a success is two bytes; the next call sees what it did [client W5, W29]', async () => {
      const client = await market().requester()
      const hit = await createHIT(client, { MaxAssignments: 2 })
      const input = { HITId: hit.HITId, NumberOfAdditionalAssignments: 3, UniqueRequestToken: null }
      expect(await client.send(operation, JSON.stringify(input))).toEqual({ status: 200, text: '{}' })
      const { MaxAssignments: _, NumberOfAssignmentsAvailable: __, ...others } = hit
      expect(await showHIT(client, hit.HITId)).toEqual({
        ...others,
        MaxAssignments: 5,
        NumberOfAssignmentsAvailable: 5,
      })
    })
    testMistyped(
      market,
      operation,
      'NumberOfAdditionalAssignments',
      ['"1"', '1.5', 'true', '[1]', '{}', '2147483648', '-2147483649'],
      inputFor,
    )
    testMistyped(market, operation, 'UniqueRequestToken', ['1', 'true', '["t"]', '{}'], inputFor)
    testMistyped(market, operation, 'HITId', ['3', 'false', '[]'], inputFor)
  })

  describe('validation', () => {
    testHITId(market, operation, { NumberOfAdditionalAssignments: 1 })
    testTokenText(market, operation, inputFor)

    test('the number is required; all violations are named at once [hits 11.4, 11.6]', async () => {
      const client = await market().requester()
      const input = { HITId: (await createHIT(client)).HITId, NumberOfAdditionalAssignments: null }
      const missing = mustNotBeNull('numberOfAdditionalAssignments')
      expect(await refusalOf(market(), client, operation, input)).toEqual(refused.validation(missing))
      expect(await refusalOf(market(), client, operation, {})).toEqual(
        refused.validation(mustNotBeNull('hITId'), missing),
      )
    })

    test.each([0, -1, 1_000_000_001, 2_147_483_647, -2_147_483_648])(
      '%i assignments are out of range, by the old name of the member [hits 4.1, 12.4]',
      async (count) => {
        const client = await market().requester()
        const { HITId } = await createHIT(client, { MaxAssignments: 10 })
        const refusal = await refusalFor(client, HITId, count)
        expect(refusal).toEqual(refused.range('MaxAssignmentsIncrement', count, 1, 1_000_000_000))
        expect(refusal.message).toBe(
          `The value ${count} is invalid for MaxAssignmentsIncrement. Valid values range from 1 to 1000000000.`,
        )
      },
    )

    test('constraint, value, existence, owner, token, state, the 10 rule, funds [hits 11.6]', async () => {
      const client = await market().requester('0.48')
      const living = await createHIT(client, { MaxAssignments: 2 })
      const disposed = await hitIn(market(), client, 'Disposed, worked on')
      const { HITId: foreign } = await createHIT(await market().requester())
      await client.call(operation, {
        HITId: living.HITId,
        NumberOfAdditionalAssignments: 1,
        UniqueRequestToken: 'used',
      })
      expect(await balanceOf(client)).toBe('0.00')
      const used = { UniqueRequestToken: 'used' }
      expect((await refusalFor(client, 'abc', 0, used)).type).toBe('ValidationException')
      expect(await refusalFor(client, 'ABC', 0, { UniqueRequestToken: '\u0001' })).toEqual(
        refused.range('MaxAssignmentsIncrement', 0, 1, 1_000_000_000),
      )
      expect(await refusalFor(client, 'ABC', 1, { UniqueRequestToken: '\u0001' })).toEqual(
        refused.value('UniqueRequestToken', '\u0001'),
      )
      expect(await refusalFor(client, 'ABC', 9, used)).toEqual(refused.noHIT('ABC'))
      expect(await refusalFor(client, foreign, 9, used)).toEqual(refused.notYours)
      expect(await refusalFor(client, disposed.HITId, 9, used)).toEqual(refused.usedToken('used'))
      expect(await refusalFor(client, disposed.HITId, 9)).toEqual(refused.disposed)
      expect(await refusalFor(client, living.HITId, 7)).toEqual(refused.tenRule)
      expect(await refusalFor(client, living.HITId, 6)).toEqual(refused.noFunds)
      expect(await stateOf(client, living.HITId)).toBe('Assignable 0/3/0')
    })
  })

  describe('the 10 rule [hits 5.7]', () => {
    // Made with, numbers added in turn, whether the last may be added.
    test.each([
      [1, [8], true],
      [1, [9], false],
      [1, [1_000_000_000], false],
      [1, [4, 4], true],
      [1, [4, 4, 1], false],
      [8, [1], true],
      [9, [1], false],
      [9, [1000], false],
      [10, [1], true],
      [10, [990], true],
      [11, [1, 100], true],
    ])('made with %i, adding %j: %j', async (MaxAssignments, counts, possible) => {
      const client = await market().requester()
      const { HITId } = await createHIT(client, { MaxAssignments, Reward: '0.00' })
      const last = counts.at(-1)!
      for (const count of counts.slice(0, -1)) await add(client, HITId, count)
      if (possible) await add(client, HITId, last)
      else expect(await refusalFor(client, HITId, last)).toEqual(refused.tenRule)
      const added = counts.slice(0, possible ? undefined : -1)
      const total = added.reduce((sum, count) => sum + count, MaxAssignments)
      expect((await showHIT(client, HITId)).MaxAssignments).toBe(total)
    })

    test('a HIT of ten or more grows up to a thousand million', async () => {
      const client = await market().requester('10000000.00')
      const { HITId } = await createHIT(client, { MaxAssignments: 10, Reward: '0.00' })
      expect(await refusalFor(client, HITId, 999_999_991)).toEqual(
        refused.range('MaxAssignmentsIncrement', 999_999_991, 1, 999_999_990),
      )
      await add(client, HITId, 999_999_990)
      expect(await balanceOf(client)).toBe('0.00')
      expect(await stateOf(client, HITId)).toBe('Assignable 0/1000000000/0')
      expect(await refusalFor(client, HITId, 1)).toMatchObject({ code: 'AWS.ParameterOutOfRange' })
    })
  })

  describe('state [hits 5.3, 5.7, 11.5 #6]', () => {
    test.each([
      ['Assignable', 'Assignable 0/3/0'],
      ['Unassignable', 'Assignable 1/2/0'],
      ['Unassignable, expired', 'Unassignable 1/2/0'],
      ['Reviewable, unreviewed', 'Assignable 0/2/0'],
      ['Reviewable, reviewed', 'Assignable 0/2/1'],
      ['Reviewable, expired', 'Reviewable 0/3/0'],
      ['Reviewing, unreviewed', 'Assignable 0/2/0'],
      ['Reviewing, reviewed', 'Assignable 0/2/1'],
      ['Reviewing, expired', 'Reviewing 0/3/0'],
    ] as [Situation, string][])('%s: two more make it %s', async (situation, state) => {
      const client = await market().requester()
      const hit = await hitIn(market(), client, situation)
      await add(client, hit.HITId, 2)
      expect(await stateOf(client, hit.HITId)).toBe(state)
      expect((await showHIT(client, hit.HITId)).Expiration).toBe(hit.Expiration)
    })

    test.each(['Disposed, worked on', 'Disposed, expired'] as Situation[])(
      '%s: refused',
      async (situation) => {
        const client = await market().requester()
        const { HITId } = await hitIn(market(), client, situation)
        const refusal = await refusalFor(client, HITId, 1)
        expect(refusal).toEqual(refused.disposed)
        expect(await stateOf(client, HITId)).toMatch(/^Disposed /)
      },
    )

    test('others may accept the new slot, who did the HIT may not; the mark is gone [hits 5.3]', async () => {
      const client = await market().requester()
      const { hit, worker } = await submitted(market(), client)
      await client.call('UpdateHITReviewStatus', { HITId: hit.HITId })
      await add(client, hit.HITId, 1)
      expect(await worker.accept({ hitId: hit.HITId })).toBe('HITNotAvailable')
      await work(await market().worker(), hit)
      expect(await stateOf(client, hit.HITId)).toBe('Reviewable 0/0/0')
    })

    test('on an expired HIT nobody may accept it until it is given more time [hits 5.7]', async () => {
      const client = await market().requester()
      const hit = await hitIn(market(), client, 'Reviewable, expired')
      await add(client, hit.HITId, 1)
      const worker = await market().worker()
      expect(await worker.accept({ hitId: hit.HITId })).toBe('HITNotAvailable')
      const ExpireAt = market().clock.now() + day * 1000
      await client.call('UpdateExpirationForHIT', { HITId: hit.HITId, ExpireAt })
      await accept(worker, hit)
      expect(await stateOf(client, hit.HITId)).toBe('Assignable 1/1/0')
    })

    test('a HIT whose time ends this moment counts as expired [hits 5.2]', async () => {
      const client = await market().requester('0.12')
      const { HITId } = await createHIT(client, { LifetimeInSeconds: 30 })
      market().clock.set(market().clock.now() + 30_000)
      await add(client, HITId, 8)
      expect(await stateOf(client, HITId)).toBe('Reviewable 0/9/0')
      expect(await balanceOf(client)).toBe('0.12')
    })

    test('the 120 days until disposal begin anew [hits 5.8]', async () => {
      const client = await market().requester()
      const { hit } = await submitted(market(), client, { LifetimeInSeconds: 365 * day })
      await market().advance(119 * day)
      await add(client, hit.HITId, 1)
      await market().advance(119 * day)
      expect(await stateOf(client, hit.HITId)).toBe('Assignable 0/1/1')
      await work(await market().worker(), hit)
      await market().advance(119 * day)
      expect(await stateOf(client, hit.HITId)).toBe('Reviewable 0/0/2')
      await market().advance(day)
      expect(await stateOf(client, hit.HITId)).toBe('Disposed 0/0/2')
    })
  })

  describe('money [hits 9.1, 9.2, 9.3]', () => {
    test.each([
      ['0.10', 1, 1, '9.76'],
      ['0.10', 1, 8, '8.92'],
      ['0.50', 1, 8, '4.60'],
      ['0.50', 10, 1, '2.30'],
      ['0.00', 1, 8, '9.91'],
      ['0.00', 10, 90, '9.00'],
    ])('reward %s, made with %i, %i more leave %s of 10.00', async (Reward, MaxAssignments, count, left) => {
      const client = await market().requester('10.00')
      const { HITId } = await createHIT(client, { Reward, MaxAssignments })
      await add(client, HITId, count)
      expect(await balanceOf(client)).toBe(left)
      await expireNow(client, HITId)
      expect(await balanceOf(client)).toBe('10.00')
    })

    test.each([
      ['0.36', true],
      ['0.35', false],
      ['0.12', false],
    ])('with %s in the account, two more of 0.12: %j', async (dollars, possible) => {
      const client = await market().requester(dollars)
      const { HITId } = await createHIT(client)
      const before = await balanceOf(client)
      if (possible) await add(client, HITId, 2)
      else expect(await refusalFor(client, HITId, 2)).toEqual(refused.noFunds)
      expect(await balanceOf(client)).toBe(possible ? '0.00' : before)
      expect(await stateOf(client, HITId)).toBe(possible ? 'Assignable 0/3/0' : 'Assignable 0/1/0')
    })

    test('more than money can count cannot be paid', async () => {
      const client = await market().requester('100000000.00')
      const { HITId } = await createHIT(client, { Reward: '1000000.00', MaxAssignments: 10 })
      const before = await balanceOf(client)
      expect(await refusalFor(client, HITId, 999_999_990)).toEqual(refused.noFunds)
      expect(await refusalFor(client, HITId, 90_000_000)).toEqual(refused.noFunds)
      expect(await balanceOf(client)).toBe(before)
    })

    test.each([
      ['0.48', true],
      ['0.47', false],
    ])(
      'on an expired HIT they cost nothing until it gets more time; with %s: %j',
      async (dollars, possible) => {
        const client = await market().requester(dollars)
        const { HITId } = await createHIT(client)
        await expireNow(client, HITId)
        await add(client, HITId, 3)
        expect(await balanceOf(client)).toBe(dollars)
        const input = { HITId, ExpireAt: market().clock.now() + day * 1000 }
        if (possible) await client.call('UpdateExpirationForHIT', input)
        else
          expect(await refusalOf(market(), client, 'UpdateExpirationForHIT', input)).toEqual(refused.noFunds)
        expect(await balanceOf(client)).toBe(possible ? '0.00' : dollars)
      },
    )

    test('on an expired HIT with open work only that work holds money', async () => {
      const client = await market().requester('1.00')
      const hit = await createHIT(client)
      const worker = await market().worker()
      const assignmentId = await accept(worker, hit)
      await expireNow(client, hit.HITId)
      await add(client, hit.HITId, 2)
      expect(await balanceOf(client)).toBe('0.88')
      await worker.giveBack(assignmentId)
      expect(await balanceOf(client)).toBe('1.00')
      expect(await stateOf(client, hit.HITId)).toBe('Reviewable 0/3/0')
    })

    test('money that another HIT gives back this moment can be spent this moment [design 4]', async () => {
      const client = await market().requester('0.24')
      await createHIT(client, { LifetimeInSeconds: 30 })
      const { HITId } = await createHIT(client)
      market().clock.set(market().clock.now() + 29_999)
      expect(await refusalFor(client, HITId, 1)).toEqual(refused.noFunds)
      market().clock.set(market().clock.now() + 1)
      await add(client, HITId, 1)
      expect(await balanceOf(client)).toBe('0.00')
    })
  })

  describe('request token [hits 10]', () => {
    const UniqueRequestToken = 'batch: 1'
    const base = { NumberOfAdditionalAssignments: 1, UniqueRequestToken }

    test('is refused for 24 hours, whatever else is asked for, and free afterwards', async () => {
      const client = await market().requester()
      const { HITId } = await createHIT(client, { LifetimeInSeconds: 3 * day })
      const { HITId: other } = await createHIT(client)
      await client.call(operation, { HITId, ...base })
      const used = refused.usedToken(UniqueRequestToken)
      for (const changes of [{}, { NumberOfAdditionalAssignments: 2 }, { HITId: other }])
        expect(await refusalOf(market(), client, operation, { HITId, ...base, ...changes })).toEqual(used)
      await market().advance(day - 1)
      expect(await refusalFor(client, HITId, 1, { UniqueRequestToken })).toEqual(used)
      await market().advance(1)
      await client.call(operation, { HITId, ...base })
      expect(await refusalFor(client, HITId, 1, { UniqueRequestToken })).toEqual(used)
      expect(await stateOf(client, HITId)).toBe('Assignable 0/3/0')
    })

    test('is the requester’s own, of this kind of action, and exact', async () => {
      const client = await market().requester()
      const { hit, worker, assignmentId } = await submitted(market(), client, { UniqueRequestToken })
      await client.call('SendBonus', {
        WorkerId: worker.workerId,
        AssignmentId: assignmentId,
        BonusAmount: '0.01',
        Reason: '',
        UniqueRequestToken,
      })
      await client.call(operation, { HITId: hit.HITId, ...base })
      await client.call(operation, { HITId: hit.HITId, ...base, UniqueRequestToken: 'Batch: 1' })
      const stranger = await market().requester()
      await stranger.call(operation, { HITId: (await createHIT(stranger)).HITId, ...base })
      expect((await showHIT(client, hit.HITId)).MaxAssignments).toBe(3)
    })

    test('is not used up by a refused call', async () => {
      const client = await market().requester('0.24')
      const { HITId } = await createHIT(client)
      for (const count of [0, 9, 2]) await refusalFor(client, HITId, count, { UniqueRequestToken })
      await refusalFor(client, 'ABC', 1, { UniqueRequestToken })
      await client.call(operation, { HITId, ...base })
      expect(await stateOf(client, HITId)).toBe('Assignable 0/2/0')
    })
  })

  describe('at once [hits 10, 12.13]', () => {
    test.each([
      [{ UniqueRequestToken: 'race' }, 1, 'DuplicateRequest', 'Assignable 0/2/0'],
      [{}, 8, 'InvalidMaximumAssignmentsIncrease', 'Assignable 0/9/0'],
    ])('ten calls with %j: %i succeed', async (more, successes, code, state) => {
      const client = await market().requester()
      const { HITId } = await createHIT(client)
      const input = { HITId, NumberOfAdditionalAssignments: 1, ...more }
      expect(await tenAtOnce(client, operation, input)).toEqual({
        successes,
        codes: [`AWS.MechanicalTurk.${code}`],
      })
      expect(await stateOf(client, HITId)).toBe(state)
    })
  })
})

onBothDatabases(
  `${operation} in the sandbox`,
  (market) => {
    afterEach(() => checkLedger(market()))
    test('costs nothing, however much it is; the stamp ends in s [hits 9.4, 11.2]', async () => {
      const client = await market().requester('0.00')
      const { HITId } = await createHIT(client, { Reward: '1000.00', MaxAssignments: 10 })
      await client.call(operation, { HITId, NumberOfAdditionalAssignments: 1000 })
      expect(await balanceOf(client)).toBe('10000.00')
      const { text } = await client.send(operation, '{"HITId":"ABC","NumberOfAdditionalAssignments":0}')
      expect(text).toBe(
        '{"__type":"ParameterValidationError","Message":"The value 0 is invalid for MaxAssignmentsIncrement. ' +
          `Valid values range from 1 to 1000000000. (${market().clock.now()} s)",` +
          '"Parameter":"MaxAssignmentsIncrement","TurkErrorCode":"AWS.ParameterOutOfRange"}',
      )
    })
  },
  'sandbox',
)
