import { afterEach, describe, expect, test } from 'vitest'
import { testHITId, testMistyped } from '../../../test/support/common-members.ts'
import { hitIn, stateIn, type Situation } from '../../../test/support/hit-states.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { externalQuestion, onBothDatabases } from '../../../test/support/market.ts'
import { changesIn, refusalOf, refused } from '../../../test/support/refusals.ts'
import {
  accept,
  balanceOf,
  createHIT,
  earningsOf,
  expireNow,
  showHIT,
  stateOf,
  statusOf,
  submitted,
  work,
} from '../../../test/support/steps.ts'

const operation = 'GetHIT'
const hour = 3600
const day = 86_400

/** The members that every HIT has, in their order on the wire [hits 12.0]. */
const members = [
  'HITId',
  'HITTypeId',
  'HITGroupId',
  'CreationTime',
  'Title',
  'Description',
  'Question',
  'HITStatus',
  'MaxAssignments',
  'Reward',
  'AutoApprovalDelayInSeconds',
  'Expiration',
  'AssignmentDurationInSeconds',
  'QualificationRequirements',
  'HITReviewStatus',
  'NumberOfAssignmentsPending',
  'NumberOfAssignmentsAvailable',
  'NumberOfAssignmentsCompleted',
]

onBothDatabases(operation, (market) => {
  afterEach(() => checkLedger(market()))

  /** Turns the clock on without the timers, which come a moment later. */
  const passUnnoticed = (seconds: number) => market().clock.set(market().clock.now() + seconds * 1000)

  describe('serialization', () => {
    // The member stands twice in the body; the second counts.
    const another = () => Promise.resolve({ HITId: 'ABC' })
    testMistyped(market, operation, 'HITId', ['3', 'true', '["ABC"]', '{}'], another)

    test('a HIT has these members and no others [hits 5.9, 12.0, client 4]', async () => {
      const client = await market().requester()
      const plain = await showHIT(client, (await createHIT(client)).HITId)
      expect(Object.keys(plain)).toEqual(members)
      const { HITId } = await createHIT(client, { Keywords: '', RequesterAnnotation: 'batch 7' })
      const full = await showHIT(client, HITId)
      expect(Object.keys(full)).toHaveLength(members.length + 2)
      expect(full).toMatchObject({ Keywords: '', RequesterAnnotation: 'batch 7' })
    })

    test('the bytes of an answer: compact, times as Java doubles [hits 1.1, client W3, W4]', async () => {
      const client = await market().requester()
      const hit = await createHIT(client)
      const { status, text } = await client.send(operation, JSON.stringify({ HITId: hit.HITId }))
      const time = (seconds: number) => {
        const digits = String(seconds).slice(1).replace(/0+$/, '')
        return `${String(seconds)[0]}.${digits === '' ? '0' : digits}E9`
      }
      const question = JSON.stringify(externalQuestion)
      expect([status, text]).toEqual([
        200,
        `{"HIT":{"HITId":"${hit.HITId}","HITTypeId":"${hit.HITTypeId}","HITGroupId":"${hit.HITGroupId}",` +
          `"CreationTime":${time(hit.CreationTime)},"Title":"Listen to a bird","Description":"Say which bird it is.",` +
          `"Question":${question},"HITStatus":"Assignable","MaxAssignments":1,"Reward":"0.10",` +
          `"AutoApprovalDelayInSeconds":2592000,"Expiration":${time(hit.Expiration)},` +
          `"AssignmentDurationInSeconds":3600,"QualificationRequirements":[],"HITReviewStatus":"NotReviewed",` +
          `"NumberOfAssignmentsPending":0,"NumberOfAssignmentsAvailable":1,"NumberOfAssignmentsCompleted":0}}`,
      ])
    })

    test('a requirement comes back with both spellings of what it guards [client W19]', async () => {
      const client = await market().requester()
      const requirement = { QualificationTypeId: '00000000000000000040', Comparator: 'Exists' } as const
      const { HITId } = await createHIT(client, { QualificationRequirements: [requirement] })
      expect((await showHIT(client, HITId)).QualificationRequirements).toEqual([
        { ...requirement, RequiredToPreview: false, ActionsGuarded: 'Accept' },
      ])
    })

    test('the question comes back as it was given [hits 12.0]', async () => {
      const client = await market().requester()
      const Question = `\n ${externalQuestion.replace('birdsong', 'a?b=1&amp;c=%20/é')}\t\n`
      const { HITId } = await createHIT(client, { Question })
      expect((await showHIT(client, HITId)).Question).toBe(Question)
    })
  })

  describe('validation', () => {
    testHITId(market, operation)

    test('an id is not looked for in lower case, nor as the id of anything else [hits 3, 12.5]', async () => {
      const client = await market().requester()
      const { hit, assignmentId } = await submitted(market(), client)
      for (const id of [hit.HITTypeId, hit.HITGroupId, assignmentId])
        expect(await refusalOf(market(), client, operation, { HITId: id })).toEqual(refused.noHIT(id))
    })

    test("another requester's HIT stays his when it is deleted [hits 11.6]", async () => {
      const { HITId } = await hitIn(market(), await market().requester(), 'Disposed, expired')
      const stranger = await market().requester()
      expect(await refusalOf(market(), stranger, operation, { HITId })).toEqual(refused.notYours)
    })
  })

  describe('behaviour', () => {
    test('what is read equals what creation answered, and reading changes nothing [client W26]', async () => {
      const client = await market().requester()
      const made = await createHIT(client, { MaxAssignments: 3, Keywords: 'bird, song' })
      const before = await changesIn(market())
      expect(await showHIT(client, made.HITId)).toEqual(made)
      expect(await showHIT(client, made.HITId)).toEqual(made)
      expect(await changesIn(market())).toBe(before)
    })

    test.each([
      ['Assignable', '0/1/0'],
      ['Unassignable', '1/0/0'],
      ['Unassignable, expired', '1/0/0'],
      ['Reviewable, unreviewed', '0/0/0'],
      ['Reviewable, reviewed', '0/0/1'],
      ['Reviewable, expired', '0/1/0'],
      ['Reviewing, unreviewed', '0/0/0'],
      ['Reviewing, reviewed', '0/0/1'],
      ['Reviewing, expired', '0/1/0'],
      ['Disposed, worked on', '0/0/1'],
      ['Disposed, expired', '0/1/0'],
    ] as [Situation, string][])(
      'a HIT that is %s counts %s [hits 5.1, 5.4, client W13, W15, W16]',
      async (situation, counters) => {
        const client = await market().requester()
        const { HITId } = await hitIn(market(), client, situation)
        expect(await stateOf(client, HITId)).toBe(`${stateIn(situation)} ${counters}`)
      },
    )

    test("the developer guide's example of five assignments [hits 5.2]", async () => {
      const client = await market().requester()
      const hit = await createHIT(client, { MaxAssignments: 5 })
      const workers = await Promise.all(Array.from({ length: 6 }, () => market().worker()))
      const state = () => stateOf(client, hit.HITId)
      expect(await state()).toBe('Assignable 0/5/0')
      const ids: string[] = []
      for (const worker of workers.slice(0, 3)) ids.push(await accept(worker, hit))
      expect(await state()).toBe('Assignable 3/2/0')
      for (const worker of workers.slice(3, 5)) ids.push(await accept(worker, hit))
      for (const i of [0, 1]) await workers[i]!.submit(ids[i]!)
      expect(await state()).toBe('Unassignable 3/0/0')
      await workers[2]!.giveBack(ids[2]!)
      expect(await state()).toBe('Assignable 2/1/0')
      ids[2] = await work(workers[5]!, hit)
      for (const i of [3, 4]) await workers[i]!.submit(ids[i]!)
      expect(await state()).toBe('Reviewable 0/0/0')
      for (const id of ids.slice(0, 3)) await client.call('ApproveAssignment', { AssignmentId: id })
      expect(await state()).toBe('Reviewable 0/0/3')
      for (const id of ids.slice(3)) await client.call('ApproveAssignment', { AssignmentId: id })
      expect(await state()).toBe('Reviewable 0/0/5')
    })
  })

  describe('before the timers come [hits 5.2, 5.3, design 4]', () => {
    test('a HIT is Assignable until a moment before its expiration, and its money is back at it', async () => {
      const client = await market().requester('10.00')
      const { HITId, Expiration } = await createHIT(client, { MaxAssignments: 2 })
      market().clock.set(Expiration * 1000 - 1)
      expect(await stateOf(client, HITId)).toBe('Assignable 0/2/0')
      expect(await balanceOf(client)).toBe('9.76')
      market().clock.set(Expiration * 1000)
      expect(await stateOf(client, HITId)).toBe('Reviewable 0/2/0')
      expect(await balanceOf(client)).toBe('10.00')
    })

    test('the last slot is free again at the deadline of who held it', async () => {
      const client = await market().requester()
      const hit = await createHIT(client)
      const worker = await market().worker()
      await accept(worker, hit)
      passUnnoticed(hour - 0.001)
      expect(await stateOf(client, hit.HITId)).toBe('Unassignable 1/0/0')
      passUnnoticed(0.001)
      expect(await stateOf(client, hit.HITId)).toBe('Assignable 0/1/0')
      expect(await earningsOf(market(), worker.workerId)).toMatchObject({ abandoned: 1, held: 0 })
    })

    test('an expired HIT with open work is Unassignable, and Reviewable at the deadline', async () => {
      const client = await market().requester('10.00')
      const hit = await createHIT(client, { LifetimeInSeconds: 1800, MaxAssignments: 2 })
      await accept(await market().worker(), hit)
      passUnnoticed(1800)
      expect(await stateOf(client, hit.HITId)).toBe('Unassignable 1/1/0')
      expect(await balanceOf(client)).toBe('9.88')
      passUnnoticed(1800)
      expect(await stateOf(client, hit.HITId)).toBe('Reviewable 0/2/0')
      expect(await balanceOf(client)).toBe('10.00')
    })

    test('both at once, long after: the deadline first, then the expiration', async () => {
      const client = await market().requester('10.00')
      const hit = await createHIT(client, { LifetimeInSeconds: hour, MaxAssignments: 2 })
      await accept(await market().worker(), hit)
      passUnnoticed(10 * day)
      expect(await stateOf(client, hit.HITId)).toBe('Reviewable 0/2/0')
      expect(await balanceOf(client)).toBe('10.00')
    })

    test('work whose auto-approval time has come is counted as completed and is paid', async () => {
      const client = await market().requester()
      const { hit, worker, assignmentId } = await submitted(market(), client, {
        AutoApprovalDelayInSeconds: hour,
      })
      passUnnoticed(hour)
      expect(await stateOf(client, hit.HITId)).toBe('Reviewable 0/0/1')
      expect(await statusOf(client, assignmentId)).toBe('Approved')
      expect(await earningsOf(market(), worker.workerId)).toMatchObject({ rewards: 10n, approved: 1 })
    })

    test.each([
      [120 * day - 1, 'Reviewable 0/1/0'],
      [120 * day, 'Disposed 0/1/0'],
      [400 * day, 'Disposed 0/1/0'],
    ])('%i s after it became Reviewable a HIT is %s [hits 5.8]', async (seconds, expected) => {
      const client = await market().requester()
      const { HITId } = await createHIT(client)
      await expireNow(client, HITId)
      passUnnoticed(seconds)
      expect(await stateOf(client, HITId)).toBe(expected)
      expect(await showHIT(client, HITId)).toMatchObject({ HITId, Question: externalQuestion })
    })

    test('work done early lets a HIT grow old before it expires [hits 5.8]', async () => {
      const client = await market().requester()
      const { hit } = await submitted(market(), client, { LifetimeInSeconds: 365 * day })
      passUnnoticed(120 * day)
      expect(await stateOf(client, hit.HITId)).toBe('Disposed 0/0/1')
    })

    test('the mark "Reviewing" does not stop the years [hits 5.8]', async () => {
      const client = await market().requester()
      const { HITId } = await hitIn(market(), client, 'Reviewing, expired')
      passUnnoticed(120 * day)
      expect(await stateOf(client, HITId)).toBe('Disposed 0/1/0')
    })
  })
})
