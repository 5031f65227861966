// Workers, requesters and the clock at the same moment around the slots of HITs: no slot is given twice, none is lost,
// nobody is told that nothing is left while something is, and money stands where the states say [hits 5, 6, 12.13].
import { afterEach, describe, expect, test } from 'vitest'
import { auditMarket, outcomeOf, tally, turnDuring } from '../support/at-once.ts'
import { aHIT, onBothDatabases, type TestWorker } from '../support/market.ts'
import {
  accept,
  balanceOf,
  createHIT,
  earningsOf,
  expireNow,
  stateOf,
  type ShownHIT,
} from '../support/steps.ts'

const hour = 3600
const rounds = 12
const many = Array.from({ length: rounds }, (_, i) => i)
const crowd = 400
const fewer = 200

onBothDatabases('races for slots', (market) => {
  afterEach(() => auditMarket(market()))

  const workers = async (count: number): Promise<TestWorker[]> => {
    const made: TestWorker[] = []
    while (made.length < count)
      made.push(
        ...(await Promise.all(
          Array.from({ length: Math.min(50, count - made.length) }, () => market().worker()),
        )),
      )
    return made
  }
  const isAccepted = (answer: string) => answer.startsWith('3')

  /** A requester with 100.00 and so many HITs of one assignment, each of a type of its own. */
  const hits = async (count: number, changes = {}) => {
    const client = await market().requester('100.00')
    const made: ShownHIT[] = []
    for (let i = 0; i < count; i++) made.push(await createHIT(client, { Title: `HIT ${i}`, ...changes }))
    return { client, hits: made }
  }

  describe('the last slot', () => {
    test.each([
      ['by its id', 'HITNotAvailable'],
      ['of its group', 'NoMoreHITs'],
    ])('two workers want it %s: one gets it', async (how, refusal) => {
      const { client, hits: made } = await hits(rounds)
      const people = await workers(2 * rounds)
      const target = ({ HITId, HITGroupId }: ShownHIT) =>
        how === 'by its id' ? { hitId: HITId } : { groupId: HITGroupId }
      const answers = await Promise.all(
        made.map((hit, i) =>
          Promise.all([people[2 * i]!.accept(target(hit)), people[2 * i + 1]!.accept(target(hit))]),
        ),
      )
      for (const [i, pair] of answers.entries()) {
        expect(pair.filter(isAccepted)).toHaveLength(1)
        expect(pair).toContain(refusal)
        expect(await stateOf(client, made[i]!.HITId)).toBe('Unassignable 1/0/0')
      }
    })

    test('twenty workers, five slots: five get one', async () => {
      const client = await market().requester()
      const hit = await createHIT(client, { MaxAssignments: 5 })
      const answers = await Promise.all(
        (await workers(20)).map((worker) => worker.accept({ groupId: hit.HITGroupId })),
      )
      expect(answers.filter(isAccepted)).toHaveLength(5)
      expect(answers.filter((answer) => answer === 'NoMoreHITs')).toHaveLength(15)
    })

    test('one worker in ten windows gets one assignment of a HIT, however many slots it has [hits 6.6]', async () => {
      const client = await market().requester()
      const hit = await createHIT(client, { MaxAssignments: 20 })
      const worker = await market().worker()
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, i) =>
          worker.accept(i % 2 === 0 ? { hitId: hit.HITId } : { groupId: hit.HITGroupId }),
        ),
      )
      expect(answers.filter(isAccepted)).toHaveLength(1)
      expect(await stateOf(client, hit.HITId)).toBe('Assignable 1/19/0')
    })

    test('one is given back while another wants it: he gets it, or is told that nothing is left', async () => {
      const { client, hits: made } = await hits(rounds)
      const [holders, seekers] = [await workers(rounds), await workers(rounds)]
      const held: string[] = []
      for (const [i, hit] of made.entries()) held.push(await accept(holders[i]!, hit))
      const answers = await Promise.all(
        made.map((hit, i) =>
          Promise.all([holders[i]!.giveBack(held[i]!), seekers[i]!.accept({ groupId: hit.HITGroupId })]),
        ),
      )
      for (const [i, [returned, accepted]] of answers.entries()) {
        expect(returned).toBe('')
        expect(isAccepted(accepted) || accepted === 'NoMoreHITs').toBe(true)
        expect(await stateOf(client, made[i]!.HITId)).toBe(
          isAccepted(accepted) ? 'Unassignable 1/0/0' : 'Assignable 0/1/0',
        )
      }
    })
  })

  describe('a crowd at once [design 4]', () => {
    test(
      `${crowd} workers, one HIT with slots for all but ten: all but ten get one`,
      { timeout: 120_000 },
      async () => {
        const client = await market().requester('100000.00')
        const hit = await createHIT(client, { MaxAssignments: crowd - 10 })
        const people = await workers(crowd)
        const answers = await Promise.all(people.map((worker) => worker.accept({ groupId: hit.HITGroupId })))
        expect(tally(answers.map((answer) => (isAccepted(answer) ? 'accepted' : answer)))).toEqual({
          accepted: crowd - 10,
          NoMoreHITs: 10,
        })
        expect(await stateOf(client, hit.HITId)).toBe(`Unassignable ${crowd - 10}/0/0`)
      },
    )

    test(`one HIT with slots for more, ${fewer} workers, half of them by its id: each gets one`, async () => {
      const client = await market().requester('100000.00')
      const hit = await createHIT(client, { MaxAssignments: 2 * fewer })
      const people = await workers(fewer)
      const answers = await Promise.all(
        people.map((worker, i) =>
          worker.accept(i % 2 === 0 ? { hitId: hit.HITId } : { groupId: hit.HITGroupId }),
        ),
      )
      expect(answers.filter((answer) => !isAccepted(answer))).toEqual([])
      expect(await stateOf(client, hit.HITId)).toBe(`Assignable ${fewer}/${fewer}/0`)
    })

    test(`a group of 100 HITs with slots for ${fewer}: each gets one`, async () => {
      const client = await market().requester('100000.00')
      let groupId = ''
      for (let i = 0; i < 100; i++)
        groupId = (await createHIT(client, { MaxAssignments: fewer / 100 })).HITGroupId
      const people = await workers(fewer)
      const answers = await Promise.all(people.map((worker) => worker.accept({ groupId })))
      expect(answers.filter((answer) => !isAccepted(answer))).toEqual([])
      expect(await (await market().worker()).accept({ groupId })).toBe('NoMoreHITs')
    })
  })

  describe('against the clock', () => {
    test.each(['submit', 'giveBack'] as const)('%s against the deadline: one of them', async (end) => {
      const { client, hits: made } = await hits(rounds)
      const people = await workers(rounds)
      const ids: string[] = []
      for (const [i, hit] of made.entries()) ids.push(await accept(people[i]!, hit))
      const call = (i: number) => people[i]![end](ids[i]!)
      const { before, during } = await turnDuring(
        market(),
        market().clock.now() + hour * 1000,
        () => many.filter((i) => i < rounds / 2).map(call),
        () => many.filter((i) => i >= rounds / 2).map(call),
      )
      // At the deadline it is too late.
      expect(tally(during)).toEqual({ AssignmentNotOpen: rounds / 2 })
      for (const [i, outcome] of [...before, ...during].entries()) {
        const ended = outcome === ''
        const done = ended && end === 'submit'
        expect(await stateOf(client, made[i]!.HITId)).toBe(done ? 'Reviewable 0/0/0' : 'Assignable 0/1/0')
        expect(await earningsOf(market(), people[i]!.workerId)).toMatchObject({
          accepted: 1,
          held: 0,
          abandoned: ended ? 0 : 1,
          submitted: done ? 1 : 0,
          returned: ended && !done ? 1 : 0,
        })
      }
    })

    test('a slot that falls free at a deadline goes to one of those who want it', async () => {
      const { client, hits: made } = await hits(rounds)
      for (const hit of made) await accept(await market().worker(), hit)
      const seekers = await workers(2 * rounds)
      const { during } = await turnDuring(
        market(),
        market().clock.now() + hour * 1000,
        () => [],
        () => seekers.map((seeker, i) => seeker.accept({ groupId: made[i >> 1]!.HITGroupId })),
      )
      for (const [i, hit] of made.entries()) {
        const pair = during.slice(2 * i, 2 * i + 2)
        expect(pair.filter(isAccepted)).toHaveLength(1)
        expect(pair).toContain('NoMoreHITs')
        expect(await stateOf(client, hit.HITId)).toBe('Unassignable 1/0/0')
      }
    })

    test('acceptance against expiration: who was in time keeps his time, the rest is free', async () => {
      const { client, hits: made } = await hits(rounds, { LifetimeInSeconds: 600 })
      const people = await workers(rounds)
      const call = (i: number) => people[i]!.accept({ hitId: made[i]!.HITId })
      const { before, during } = await turnDuring(
        market(),
        made.at(-1)!.Expiration * 1000,
        () => many.filter((i) => i < rounds / 2).map(call),
        () => many.filter((i) => i >= rounds / 2).map(call),
      )
      expect(tally(during)).toEqual({ HITNotAvailable: rounds / 2 })
      const accepted = before.filter(isAccepted).length
      for (const [i, answer] of before.entries())
        expect(await stateOf(client, made[i]!.HITId)).toBe(
          isAccepted(answer) ? 'Unassignable 1/0/0' : 'Reviewable 0/1/0',
        )
      expect(await balanceOf(client)).toBe(((10_000 - 12 * accepted) / 100).toFixed(2))
    })
  })
})

onBothDatabases('races around the end of a HIT', (market) => {
  afterEach(() => auditMarket(market()))

  const hits = async (changes = {}) => {
    const client = await market().requester('100.00')
    const made: ShownHIT[] = []
    for (const i of many) made.push(await createHIT(client, { Title: `HIT ${i}`, ...changes }))
    return { client, hits: made }
  }
  const money = (cents: number) => (cents / 100).toFixed(2)
  const inState = (state: string, allowed = 'Reviewing, Reviewable') =>
    `This HIT is currently in the state '${state}'.  This operation can be called with a status of: ${allowed}`

  test('expire and delete against accept: a worker at work, or a deleted HIT', async () => {
    const { client, hits: made } = await hits()
    const answers = await Promise.all(
      made.map(async ({ HITId }) => {
        const worker = await market().worker()
        const ending = async () => {
          await outcomeOf(client, 'UpdateExpirationForHIT', { HITId, ExpireAt: 0 })
          return outcomeOf(client, 'DeleteHIT', { HITId })
        }
        return Promise.all([ending(), worker.accept({ hitId: HITId })])
      }),
    )
    let held = 0
    for (const [i, [deleted, accepted]] of answers.entries()) {
      const atWork = accepted !== 'HITNotAvailable'
      expect(deleted).toBe(atWork ? inState('Unassignable') : '')
      expect(await stateOf(client, made[i]!.HITId)).toBe(atWork ? 'Unassignable 1/0/0' : 'Disposed 0/1/0')
      if (atWork) held++
    }
    expect(await balanceOf(client)).toBe(money(10_000 - 12 * held))
  })

  test.each([
    ['an extension', 'UpdateExpirationForHIT', 'Assignable 0/1/0'],
    ['more assignments', 'CreateAdditionalAssignmentsForHIT', 'Reviewable 0/2/0'],
    ['the mark', 'UpdateHITReviewStatus', 'Reviewing 0/1/0'],
  ] as const)('delete against %s of an expired HIT', async (_, operation, otherwise) => {
    const { client, hits: made } = await hits()
    for (const { HITId } of made) await expireNow(client, HITId)
    const ExpireAt = Math.floor(market().clock.now() / 1000) + hour
    const answers = await Promise.all(
      made.map(({ HITId }, i) => {
        const change = () =>
          outcomeOf(client, operation, { HITId, ExpireAt, NumberOfAdditionalAssignments: 1 })
        const deletion = () => outcomeOf(client, 'DeleteHIT', { HITId })
        // Each goes first in half of the rounds.
        return i % 2 === 0
          ? Promise.all([change(), deletion()])
          : Promise.all([deletion(), change()]).then(([deleted, changed]) => [changed, deleted] as const)
      }),
    )
    let extended = 0
    for (const [i, [changed, deleted]] of answers.entries()) {
      const { HITId } = made[i]!
      if (deleted === '') expect(await stateOf(client, HITId)).toMatch(/^Disposed/)
      else {
        expect([changed, deleted]).toEqual(['', inState('Assignable')])
        expect(await stateOf(client, HITId)).toBe(otherwise)
        extended++
      }
      if (changed !== '') expect([changed.startsWith(inState('Disposed', '')), deleted]).toEqual([true, ''])
    }
    expect(await balanceOf(client)).toBe(money(10_000 - 12 * extended))
  })

  test('two deletions: one, the other finds it disposed of', async () => {
    const { client, hits: made } = await hits()
    for (const { HITId } of made) await expireNow(client, HITId)
    for (const { HITId } of made) {
      const deletion = () => outcomeOf(client, 'DeleteHIT', { HITId })
      expect((await Promise.all([deletion(), deletion()])).toSorted()).toEqual(['', inState('Disposed')])
    }
  })

  test('extend against expire: both succeed, and the later one counts', async () => {
    const { client, hits: made } = await hits()
    const later = made.map(({ Expiration }) => Expiration + hour)
    const answers = await Promise.all(
      made.map(({ HITId }, i) => {
        const extend = () => outcomeOf(client, 'UpdateExpirationForHIT', { HITId, ExpireAt: later[i]! })
        const expire = () => outcomeOf(client, 'UpdateExpirationForHIT', { HITId, ExpireAt: 0 })
        return Promise.all(i % 2 === 0 ? [extend(), expire()] : [expire(), extend()])
      }),
    )
    expect(tally(answers.flat())).toEqual({ '': 2 * rounds })
    const states = await Promise.all(made.map(({ HITId }) => stateOf(client, HITId)))
    const open = states.filter((state) => state === 'Assignable 0/1/0').length
    expect(open + states.filter((state) => state === 'Reviewable 0/1/0').length).toBe(rounds)
    expect(await balanceOf(client)).toBe(money(10_000 - 12 * open))
  })

  test('extend against the moment of expiration: open longer, its money held once', async () => {
    const { client, hits: made } = await hits({ LifetimeInSeconds: 600 })
    const call = (i: number) => {
      const { HITId, Expiration } = made[i]!
      return outcomeOf(client, 'UpdateExpirationForHIT', { HITId, ExpireAt: Expiration + hour })
    }
    const { before, during } = await turnDuring(
      market(),
      made.at(-1)!.Expiration * 1000,
      () => many.filter((i) => i < rounds / 2).map(call),
      () => many.filter((i) => i >= rounds / 2).map(call),
    )
    expect(tally([...before, ...during])).toEqual({ '': rounds })
    for (const { HITId } of made) expect(await stateOf(client, HITId)).toBe('Assignable 0/1/0')
    expect(await balanceOf(client)).toBe(money(10_000 - 12 * rounds))
  })

  test('more assignments against expire: held while it is open, free when it is not [hits 9.2]', async () => {
    const { client, hits: made } = await hits()
    const answers = await Promise.all(
      made.map(({ HITId }) =>
        Promise.all([
          outcomeOf(client, 'CreateAdditionalAssignmentsForHIT', { HITId, NumberOfAdditionalAssignments: 3 }),
          outcomeOf(client, 'UpdateExpirationForHIT', { HITId, ExpireAt: 0 }),
        ]),
      ),
    )
    expect(tally(answers.flat())).toEqual({ '': 2 * rounds })
    for (const { HITId } of made) expect(await stateOf(client, HITId)).toBe('Reviewable 0/4/0')
    expect(await balanceOf(client)).toBe('100.00')
  })

  test('another type against accept: before it, with the new time and money, or not at all [hits 12.11]', async () => {
    const { client, hits: made } = await hits()
    const { HITTypeId } = await client.call('CreateHITType', {
      AssignmentDurationInSeconds: 60,
      Reward: '0.50',
      Title: 'Listen longer',
      Description: aHIT().Description!,
    })
    const answers = await Promise.all(
      made.map(async ({ HITId }) => {
        const worker = await market().worker()
        return Promise.all([
          outcomeOf(client, 'UpdateHITTypeOfHIT', { HITId, HITTypeId }),
          worker.accept({ hitId: HITId }),
        ])
      }),
    )
    const changed = answers.filter(([outcome]) => outcome === '').length
    for (const [outcome, accepted] of answers) {
      expect(['', inState('Unassignable', 'Assignable')]).toContain(outcome)
      expect(accepted).toMatch(/^3/)
    }
    expect(await balanceOf(client)).toBe(money(10_000 - 60 * changed - 12 * (rounds - changed)))
    market().clock.set(market().clock.now() + 60_000)
    const states = await Promise.all(made.map(({ HITId }) => stateOf(client, HITId)))
    expect(tally(states)).toEqual({
      ...(changed > 0 && { 'Assignable 0/1/0': changed }),
      ...(changed < rounds && { 'Unassignable 1/0/0': rounds - changed }),
    })
  })
})
