// How a HIT's time ends and is given back, and how it gets more assignments, over real HTTP [hits 5.5, 5.6, 5.7].
import { describe, expect, test } from 'vitest'
import { day, onEveryWay, type Laboratory } from '../support/journey.ts'
import { refused } from '../support/refusals.ts'

const year = 365 * day
const outOfRange = (increment: number) => refused.range('ExpirationIncrementInSeconds', increment, 60, year)

/** A time as Java prints it: `Wed Jul 14 20:26:06 UTC 2021`. */
function asJava(time: number): string {
  const [weekday, date, month, yearOf, clock] = new Date(time).toUTCString().replace(',', '').split(' ')
  return `${weekday} ${month} ${date} ${clock} UTC ${yearOf}`
}

/** Asks for a new expiration so many seconds after `from`, which is epoch seconds. */
const at = (HITId: string, from: number, seconds = 0) => ({ HITId, ExpireAt: (from + seconds) * 1000 })

onEveryWay('expiry', (journey) => {
  describe('the end of a lifetime [hits 5.5]', () => {
    test.each([
      ['by the clock', () => journey().advance(600)],
      ['by the requester', (lab: Laboratory, hitId: string) => lab.expireNow(hitId)],
    ] as [string, (lab: Laboratory, hitId: string) => Promise<void>][])(
      'without open work: Reviewable at once, the free slots’ money back; %s',
      async (_, end) => {
        const lab = await journey().laboratory('1.00')
        const hit = await lab.create({ MaxAssignments: 3, LifetimeInSeconds: 600 })
        expect(hit.Expiration).toBe(hit.CreationTime + 600)
        const assignmentId = await (await journey().worker()).work(hit.HITId)
        expect(await lab.balance()).toBe('0.64')
        await end(lab, hit.HITId)
        // Unused slots stay in the counter: programs tell by it that the HIT expired.
        expect(await lab.state(hit.HITId)).toBe('Reviewable 0/2/0')
        expect((await lab.hit(hit.HITId)).Expiration).toBe(journey().second())
        expect(await lab.balance()).toBe('0.88')
        expect((await lab.assignment(assignmentId)).AssignmentStatus).toBe('Submitted')
        const late = await journey().worker()
        const path = `workers/${late.workerId}/accept`
        expect(await late.refusal(path, { hitId: hit.HITId })).toBe('HITNotAvailable')
      },
    )

    test('a moment before its time a HIT is still Assignable', async () => {
      const lab = await journey().laboratory()
      const { HITId } = await lab.create({ LifetimeInSeconds: 30 })
      await journey().advance(29.7)
      expect(await lab.state(HITId)).toBe('Assignable 0/1/0')
      await (await journey().worker()).accept(HITId)
    })

    test('with open work: Unassignable; what is open may be submitted, returned or abandoned [hits 5.5, 6.2]', async () => {
      const lab = await journey().laboratory('1.00')
      const hit = await lab.create({ MaxAssignments: 4, AssignmentDurationInSeconds: 600 })
      const [first, second, third] = [
        await journey().worker(),
        await journey().worker(),
        await journey().worker(),
      ]
      const [toSubmit, toReturn, toAbandon] = [
        await first.accept(hit.HITId),
        await second.accept(hit.HITId),
        await third.accept(hit.HITId),
      ]
      expect(await lab.balance()).toBe('0.52')
      await lab.expireNow(hit.HITId)
      expect(await lab.state(hit.HITId)).toBe('Unassignable 3/1/0')
      expect(await lab.balance()).toBe('0.64')
      await lab.refused(
        'DeleteHIT',
        { HITId: hit.HITId },
        refused.hitState('Unassignable', 'Reviewing, Reviewable'),
      )

      await second.giveBack(toReturn)
      expect(await lab.state(hit.HITId)).toBe('Unassignable 2/2/0')
      expect(await lab.balance()).toBe('0.76')
      // A slot that is given back after the end is offered to nobody.
      const accept = `workers/${second.workerId}/accept`
      expect(await second.refusal(accept, { hitId: hit.HITId })).toBe('HITNotAvailable')

      await first.submit(toSubmit)
      expect(await lab.state(hit.HITId)).toBe('Unassignable 1/2/0')
      // Each worker keeps the whole time that he was given.
      await journey().advance(599.999)
      expect(await journey().stateOf(toAbandon)).toBe('open')
      await journey().advance(0.001)
      expect(await journey().stateOf(toAbandon)).toBe('abandoned')
      expect(await third.refusal(`assignments/${toAbandon}/submit`, { answers: { species: 'wren' } })).toBe(
        'AssignmentNotOpen',
      )
      expect(await lab.state(hit.HITId)).toBe('Reviewable 0/3/0')
      expect(await lab.balance()).toBe('0.88')
      await lab.call('ApproveAssignment', { AssignmentId: toSubmit })
      expect(await first.earnings()).toBe('0.10+0.00')
      expect(await lab.state(hit.HITId)).toBe('Reviewable 0/3/1')
    })

    test('every spelling of "now" and of the past, once and again [hits 5.6, client W10, W28]', async () => {
      const lab = await journey().laboratory()
      const moments = [() => 0, () => -1000, () => 1987 * 1000, journey().now, () => journey().now() + 5000]
      for (const time of moments) {
        const { HITId } = await lab.create()
        expect(await lab.call('UpdateExpirationForHIT', { HITId, ExpireAt: time() })).toEqual({})
        expect(await lab.state(HITId)).toBe('Reviewable 0/1/0')
        const { Expiration } = await lab.hit(HITId)
        expect(Expiration).toBe(journey().second())
        await journey().advance(60)
        await lab.expireNow(HITId)
        expect((await lab.hit(HITId)).Expiration).toBe(Expiration)
      }
      // A clock that is more than 5 seconds ahead asks for a shorter life, which nobody gets.
      const { HITId, Expiration } = await lab.create()
      const ahead = (journey().second() + 6) * 1000
      const increment = journey().second() + 6 - Expiration
      await lab.refused('UpdateExpirationForHIT', { HITId, ExpireAt: ahead }, outOfRange(increment))
      expect(await lab.state(HITId)).toBe('Assignable 0/1/0')
    })
  })

  describe('more time [hits 5.6, client W10, W11]', () => {
    test('60 seconds at least, a year at most, and never a shorter time', async () => {
      const lab = await journey().laboratory('1.00')
      const { HITId, Expiration } = await lab.create()
      for (const seconds of [59, 11, 1, 0, -3600, -Math.floor((Expiration - journey().second()) / 2)])
        await lab.refused('UpdateExpirationForHIT', at(HITId, Expiration, seconds), outOfRange(seconds))
      await lab.refused('UpdateExpirationForHIT', at(HITId, Expiration, year + 1), outOfRange(year + 1))
      expect((await lab.hit(HITId)).Expiration).toBe(Expiration)
      expect(await lab.call('UpdateExpirationForHIT', at(HITId, Expiration, 60))).toEqual({})
      expect((await lab.hit(HITId)).Expiration).toBe(Expiration + 60)
      expect(await lab.call('UpdateExpirationForHIT', at(HITId, Expiration, 60 + year))).toEqual({})
      expect((await lab.hit(HITId)).Expiration).toBe(Expiration + 60 + year)
      expect(await lab.balance()).toBe('0.88')
    })

    test('the same second again within a day is a repetition, before its range is looked at', async () => {
      const lab = await journey().laboratory()
      const { HITId, Expiration } = await lab.create()
      const ask = at(HITId, Expiration, 900)
      const repetition = refused.usedToken(HITId + asJava(ask.ExpireAt))
      await lab.call('UpdateExpirationForHIT', ask)
      await lab.refused('UpdateExpirationForHIT', ask, repetition)
      await lab.refused('UpdateExpirationForHIT', { ...ask, ExpireAt: ask.ExpireAt + 999 }, repetition)
      await lab.expireNow(HITId)
      await lab.refused('UpdateExpirationForHIT', ask, repetition)
      expect((await lab.hit(HITId)).Expiration).toBe(journey().second())
    })

    test('after the end: from now on, with the money of the free slots held again [hits 9.2]', async () => {
      const lab = await journey().laboratory('0.24')
      const { HITId } = await lab.create({ MaxAssignments: 2 })
      await lab.expireNow(HITId)
      await journey().advance(100)
      expect(await lab.balance()).toBe('0.24')
      const now = journey().second()
      await lab.refused('UpdateExpirationForHIT', at(HITId, now, 59), outOfRange(59))
      const other = await lab.create({ Reward: '0.01' })
      await lab.refused('UpdateExpirationForHIT', at(HITId, now, 60), refused.noFunds)
      expect(await lab.state(HITId)).toBe('Reviewable 0/2/0')
      expect(await lab.balance()).toBe('0.22')
      await lab.expireNow(other.HITId)
      await lab.call('UpdateExpirationForHIT', at(HITId, now, 60))
      expect(await lab.state(HITId)).toBe('Assignable 0/2/0')
      expect(await lab.balance()).toBe('0.00')
      await journey().advance(60)
      expect(await lab.state(HITId)).toBe('Reviewable 0/2/0')
      expect(await lab.balance()).toBe('0.24')
    })

    test('a full HIT gets a later date and nothing else [hits 5.6]', async () => {
      const lab = await journey().laboratory()
      const { HITId } = await lab.create()
      await (await journey().worker()).work(HITId)
      await lab.expireNow(HITId)
      await lab.call('UpdateExpirationForHIT', at(HITId, journey().second(), 3600))
      expect(await lab.state(HITId)).toBe('Reviewable 0/0/0')
      expect((await lab.hit(HITId)).Expiration).toBe(journey().second() + 3600)
    })

    test('a HIT that never was, and one of another requester [hits 11.6]', async () => {
      const lab = await journey().laboratory()
      const { HITId, Expiration } = await lab.create()
      const other = await journey().laboratory()
      for (const ask of [at(HITId, Expiration, 900), { HITId, ExpireAt: 0 }])
        await other.refused('UpdateExpirationForHIT', ask, refused.notYours)
      await other.refused('UpdateExpirationForHIT', { HITId: 'ABC', ExpireAt: 0 }, refused.noHIT('ABC'))
    })
  })

  describe('more assignments [hits 5.7, 12.4]', () => {
    const add = (HITId: string, NumberOfAdditionalAssignments: number, UniqueRequestToken?: string) => ({
      HITId,
      NumberOfAdditionalAssignments,
      ...(UniqueRequestToken !== undefined && { UniqueRequestToken }),
    })
    const operation = 'CreateAdditionalAssignmentsForHIT'

    test('the 10 rule: a HIT of 1 to 9 never reaches 10, one of 10 may grow', async () => {
      const lab = await journey().laboratory('100.00')
      const nine = await lab.create({ MaxAssignments: 9 })
      await lab.refused(operation, add(nine.HITId, 1), refused.tenRule)
      const one = await lab.create({ MaxAssignments: 1 })
      await lab.refused(operation, add(one.HITId, 9), refused.tenRule)
      expect(await lab.balance()).toBe('98.80')
      expect(await lab.call(operation, add(one.HITId, 8))).toEqual({})
      expect(await lab.hit(one.HITId)).toMatchObject({ MaxAssignments: 9, NumberOfAssignmentsAvailable: 9 })
      await lab.refused(operation, add(one.HITId, 1), refused.tenRule)
      expect(await lab.balance()).toBe('97.84')
      // From ten on the fee is 40 %.
      const ten = await lab.create({ MaxAssignments: 10 })
      expect(await lab.balance()).toBe('96.44')
      expect(await lab.call(operation, add(ten.HITId, 1))).toEqual({})
      expect((await lab.hit(ten.HITId)).MaxAssignments).toBe(11)
      expect(await lab.balance()).toBe('96.30')
    })

    test.each([0, -1, 1_000_000_001])('%i more is out of range', async (count) => {
      const lab = await journey().laboratory()
      const { HITId } = await lab.create()
      const range = refused.range('MaxAssignmentsIncrement', count, 1, 1_000_000_000)
      await lab.refused(operation, add(HITId, count), range)
    })

    test('every state that lives: it opens again [hits 5.3]', async () => {
      const lab = await journey().laboratory('10.00')
      const worker = await journey().worker()
      const hit = await lab.create()
      await lab.call(operation, add(hit.HITId, 1))
      expect(await lab.state(hit.HITId)).toBe('Assignable 0/2/0')
      const full = await lab.create()
      const assignmentId = await worker.accept(full.HITId)
      expect(await lab.state(full.HITId)).toBe('Unassignable 1/0/0')
      await lab.call(operation, add(full.HITId, 1))
      expect(await lab.state(full.HITId)).toBe('Assignable 1/1/0')
      await worker.submit(assignmentId)
      await (await journey().worker()).work(full.HITId)
      expect(await lab.state(full.HITId)).toBe('Reviewable 0/0/0')
      await lab.call(operation, add(full.HITId, 1))
      expect(await lab.state(full.HITId)).toBe('Assignable 0/1/0')
      await (await journey().worker()).work(full.HITId)
      await lab.call('UpdateHITReviewStatus', { HITId: full.HITId })
      expect(await lab.state(full.HITId)).toBe('Reviewing 0/0/0')
      await lab.call(operation, add(full.HITId, 1))
      expect(await lab.state(full.HITId)).toBe('Assignable 0/1/0')
    })

    test('an expired HIT stays expired, and is paid for when it gets more time [hits 5.7, 9.2]', async () => {
      const lab = await journey().laboratory('0.36')
      const { HITId } = await lab.create()
      await lab.expireNow(HITId)
      await lab.call(operation, add(HITId, 2))
      expect(await lab.state(HITId)).toBe('Reviewable 0/3/0')
      expect(await lab.balance()).toBe('0.36')
      await lab.call('UpdateExpirationForHIT', at(HITId, journey().second(), 60))
      expect(await lab.state(HITId)).toBe('Assignable 0/3/0')
      expect(await lab.balance()).toBe('0.00')
    })

    test('without funds, with a used token, after deletion [hits 9.3, 10, 5.7]', async () => {
      const lab = await journey().laboratory('0.36')
      const { HITId } = await lab.create()
      await lab.refused(operation, add(HITId, 3, 'more'), refused.noFunds)
      // A call that failed has not used its token.
      expect(await lab.call(operation, add(HITId, 2, 'more'))).toEqual({})
      await lab.refused(operation, add(HITId, 2, 'more'), refused.usedToken('more'))
      expect(await lab.state(HITId)).toBe('Assignable 0/3/0')
      expect(await lab.balance()).toBe('0.00')
      await lab.expireNow(HITId)
      await lab.call('DeleteHIT', { HITId })
      await lab.refused(operation, add(HITId, 1), refused.disposed)
      await lab.refused(operation, add('ABC', 1), refused.noHIT('ABC'))
    })
  })
})
