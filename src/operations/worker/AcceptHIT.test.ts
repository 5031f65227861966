import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hitIn, type Situation } from '../../../test/support/hit-states.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases, type TestWorker } from '../../../test/support/market.ts'
import { changesIn } from '../../../test/support/refusals.ts'
import { accept, createHIT, earningsOf, expireNow, stateOf, work } from '../../../test/support/steps.ts'
import { block } from '../../../test/support/worker-blocks.ts'
import { attempt, faultOf, must, nobody, suspend } from '../../../test/support/worker-calls.ts'
import type { OperationInput } from '../../model/operations.ts'
import { AcceptHIT } from './AcceptHIT.ts'

const hour = 3600
type Requirement = NonNullable<OperationInput<'CreateHIT'>['QualificationRequirements']>[number]

const requirement = {
  approved: { QualificationTypeId: '00000000000000000040', Comparator: 'GreaterThan', IntegerValues: [50] },
  country: {
    QualificationTypeId: '00000000000000000071',
    Comparator: 'In',
    LocaleValues: [{ Country: 'DE' }, { Country: 'US', Subdivision: 'CA' }],
  },
  masters: { QualificationTypeId: '2F1QJWKUDD8XADTFD2Q0G6UTO95ALH', Comparator: 'Exists' },
  noAdult: { QualificationTypeId: '00000000000000000060', Comparator: 'DoesNotExist' },
} as const satisfies Record<string, Requirement>

onBothDatabases('AcceptHIT', (market) => {
  afterEach(() => checkLedger(market()))
  // Expirations are shown in whole seconds: a HIT made at one expires at what is shown.
  beforeEach(() => market().clock.set(Math.ceil(market().clock.now() / 1000) * 1000))

  /** Turns the clock on without the timers, which come a moment later. */
  const passUnnoticed = (seconds: number) => market().clock.set(market().clock.now() + seconds * 1000)

  /** Makes an attempt that must be refused, and proves that it changed nothing. */
  const refusal = async (
    worker: Pick<TestWorker, 'workerId'>,
    input: { hitId: string } | { groupId: string },
  ) => {
    const before = await changesIn(market())
    const fault = await faultOf(market(), worker, AcceptHIT, input)
    expect(await changesIn(market()), 'changes by a refused acceptance').toBe(before)
    return fault
  }

  describe('what is not there', () => {
    test.each(['ABC', '3XJOUITW8URHJMX7F00H20LGRIAQTX', ''])('no HIT and no group "%s"', async (id) => {
      const worker = await market().worker()
      expect(await refusal(worker, { hitId: id })).toBe('HITDoesNotExist')
      expect(await refusal(worker, { groupId: id })).toBe('GroupDoesNotExist')
    })

    test('a worker who does not exist', async () => {
      const hit = await createHIT(await market().requester())
      expect(await refusal(nobody, { hitId: hit.HITId })).toBe('WorkerDoesNotExist')
      expect(await refusal(nobody, { groupId: hit.HITGroupId })).toBe('WorkerDoesNotExist')
    })
  })

  describe('an acceptance', () => {
    test('begins the time of the type, and is counted [hits 5.4, 6.2]', async () => {
      const client = await market().requester()
      const hit = await createHIT(client, { MaxAssignments: 2, AssignmentDurationInSeconds: 90 })
      const worker = await market().worker()
      const assignment = await must(market(), worker, AcceptHIT, { hitId: hit.HITId })
      const now = market().clock.now()
      expect(assignment).toMatchObject({
        hitId: hit.HITId,
        workerId: worker.workerId,
        state: 'open',
        acceptedAt: now,
        deadline: now + 90_000,
        submittedAt: undefined,
      })
      expect(assignment.id).toMatch(/^3[A-Z0-9]{29}$/)
      expect(await stateOf(client, hit.HITId)).toBe('Assignable 1/1/0')
      expect(await earningsOf(market(), worker.workerId)).toMatchObject({
        accepted: 1,
        held: 1,
        submitted: 0,
      })
    })

    test.each(['HITGroupId', 'HITTypeId'] as const)(
      'of any HIT of the group by its %s [hits 3, websites 1.2]',
      async (member) => {
        const hit = await createHIT(await market().requester())
        const assignment = await must(market(), await market().worker(), AcceptHIT, { groupId: hit[member] })
        expect(assignment.hitId).toBe(hit.HITId)
      },
    )

    test('lasts its full time although the HIT expires the next moment [hits 5.5]', async () => {
      const hit = await createHIT(await market().requester())
      market().clock.set(hit.Expiration * 1000 - 1)
      const worker = await market().worker()
      const id = await accept(worker, hit)
      passUnnoticed(hour - 0.001)
      expect(await worker.submit(id)).toBe('')
    })

    test('lasts what the type says at that time [hits 6.2]', async () => {
      const client = await market().requester()
      const hit = await createHIT(client)
      const other = await createHIT(client, { AssignmentDurationInSeconds: 60 })
      await client.call('UpdateHITTypeOfHIT', { HITId: hit.HITId, HITTypeId: other.HITTypeId })
      const assignment = await must(market(), await market().worker(), AcceptHIT, { hitId: hit.HITId })
      expect(assignment.deadline - assignment.acceptedAt).toBe(60_000)
    })

    test('falls on HITs of the group at random [websites 1.5]', async () => {
      const client = await market().requester()
      const hits = []
      for (let i = 0; i < 12; i++) hits.push(await createHIT(client, { MaxAssignments: 9 }))
      const taken = new Set<string>()
      for (let i = 0; i < 12; i++) {
        const groupId = hits[0]!.HITGroupId
        taken.add((await must(market(), await market().worker(), AcceptHIT, { groupId })).hitId)
      }
      // The same one twelve times: one time in 12 to the 11th.
      expect(taken.size).toBeGreaterThan(1)
    })
  })

  describe('a HIT that cannot be had', () => {
    test.each([
      'Unassignable',
      'Unassignable, expired',
      'Reviewable, unreviewed',
      'Reviewable, reviewed',
      'Reviewable, expired',
      'Reviewing, unreviewed',
      'Reviewing, expired',
      'Disposed, worked on',
      'Disposed, expired',
    ] as Situation[])('is %s [hits 5.1, 5.5]', async (situation) => {
      const hit = await hitIn(market(), await market().requester(), situation)
      const worker = await market().worker()
      expect(await refusal(worker, { hitId: hit.HITId })).toBe('HITNotAvailable')
      expect(await refusal(worker, { groupId: hit.HITGroupId })).toBe('NoMoreHITs')
    })

    test('expired this very moment, before the timers come [hits 5.2]', async () => {
      const hit = await createHIT(await market().requester())
      market().clock.set(hit.Expiration * 1000)
      const worker = await market().worker()
      expect(await worker.accept({ groupId: hit.HITGroupId })).toBe('NoMoreHITs')
      expect(await worker.accept({ hitId: hit.HITId })).toBe('HITNotAvailable')
    })

    test('is another one than those of other groups', async () => {
      const client = await market().requester()
      const hit = await createHIT(client)
      await createHIT(client, { Title: 'Another' })
      await accept(await market().worker(), hit)
      expect(await refusal(await market().worker(), { groupId: hit.HITGroupId })).toBe('NoMoreHITs')
    })
  })

  describe('one assignment of a HIT for each worker [hits 6.6]', () => {
    test.each(['open', 'Submitted', 'Approved', 'Rejected'])(
      'one that is %s is the only one',
      async (state) => {
        const client = await market().requester()
        const hit = await createHIT(client, { MaxAssignments: 5 })
        const worker = await market().worker()
        const AssignmentId = await accept(worker, hit)
        if (state !== 'open') await worker.submit(AssignmentId)
        if (state === 'Approved') await client.call('ApproveAssignment', { AssignmentId })
        if (state === 'Rejected')
          await client.call('RejectAssignment', { AssignmentId, RequesterFeedback: 'No.' })
        expect(await refusal(worker, { hitId: hit.HITId })).toBe('HITNotAvailable')
        expect(await refusal(worker, { groupId: hit.HITGroupId })).toBe('NoMoreHITs')
        await accept(await market().worker(), hit)
      },
    )

    test('a rejection gives the slot to nobody [hits 6.4]', async () => {
      const client = await market().requester()
      const hit = await createHIT(client)
      const AssignmentId = await work(await market().worker(), hit)
      await client.call('RejectAssignment', { AssignmentId, RequesterFeedback: '' })
      expect(await refusal(await market().worker(), { groupId: hit.HITGroupId })).toBe('NoMoreHITs')
    })

    test.each([
      ['returned', { hitId: true }],
      ['returned', { hitId: false }],
      ['abandoned', { hitId: true }],
      ['abandoned', { hitId: false }],
    ])('what was %s may be taken again, with a new id; by id: %j [hits 6.6, 6.7]', async (how, { hitId }) => {
      const hit = await createHIT(await market().requester())
      const worker = await market().worker()
      const target = hitId ? { hitId: hit.HITId } : { groupId: hit.HITGroupId }
      const ids = new Set<string>()
      for (let i = 0; i < 3; i++) {
        const { id } = await must(market(), worker, AcceptHIT, target)
        ids.add(id)
        if (how === 'returned') await worker.giveBack(id)
        else passUnnoticed(hour)
      }
      expect(ids.size).toBe(3)
      await work(worker, hit)
    })

    test.each([true, false])(
      'a slot that a deadline freed this moment is had by another; by id: %j [hits 6.2]',
      async (byId) => {
        const hit = await createHIT(await market().requester())
        await accept(await market().worker(), hit)
        const worker = await market().worker()
        const target = byId ? { hitId: hit.HITId } : { groupId: hit.HITGroupId }
        passUnnoticed(hour - 0.001)
        expect(await worker.accept(target)).toBe(byId ? 'HITNotAvailable' : 'NoMoreHITs')
        passUnnoticed(0.001)
        expect(await worker.accept(target)).toMatch(/^3/)
      },
    )
  })

  describe('all HITs of a group', () => {
    test('each worker gets each HIT once, and is told when there is none left [websites 1.5]', async () => {
      const client = await market().requester()
      const hits = []
      for (let i = 0; i < 7; i++) hits.push(await createHIT(client, { MaxAssignments: 2 }))
      const groupId = hits[0]!.HITGroupId
      for (const worker of [await market().worker(), await market().worker()]) {
        const got: string[] = []
        for (let i = 0; i < 7; i++) {
          const { id, hitId } = await must(market(), worker, AcceptHIT, { groupId })
          if (i % 2 === 0) await worker.submit(id)
          got.push(hitId)
        }
        expect(got.toSorted()).toEqual(hits.map(({ HITId }) => HITId).toSorted())
        expect(await refusal(worker, { groupId })).toBe('NoMoreHITs')
      }
      expect(await refusal(await market().worker(), { groupId })).toBe('NoMoreHITs')
    })

    test('who has done all is offered a new one, one more slot changes nothing for him', async () => {
      const client = await market().requester()
      const hit = await createHIT(client)
      const worker = await market().worker()
      await work(worker, hit)
      const target = { groupId: hit.HITGroupId }
      expect(await refusal(worker, target)).toBe('NoMoreHITs')
      await client.call('CreateAdditionalAssignmentsForHIT', {
        HITId: hit.HITId,
        NumberOfAdditionalAssignments: 1,
      })
      expect(await refusal(worker, target)).toBe('NoMoreHITs')
      const next = await createHIT(client)
      expect((await must(market(), worker, AcceptHIT, target)).hitId).toBe(next.HITId)
    })

    test('a HIT that is moved into the group is offered, and not in its old one [hits 5.10]', async () => {
      const client = await market().requester()
      const done = await createHIT(client)
      const moved = await createHIT(client, { Title: 'Another' })
      const worker = await market().worker()
      await work(worker, done)
      // He had it once and gave it back: that must not count in either group.
      await worker.giveBack(await accept(worker, moved))
      await client.call('UpdateHITTypeOfHIT', { HITId: moved.HITId, HITTypeId: done.HITTypeId })
      expect(await refusal(worker, { groupId: moved.HITGroupId })).toBe('NoMoreHITs')
      const assignment = await must(market(), worker, AcceptHIT, { groupId: done.HITGroupId })
      expect(assignment.hitId).toBe(moved.HITId)
    })

    test('of deleted and expired ones the rest is still found', async () => {
      const client = await market().requester()
      const hits = []
      for (let i = 0; i < 6; i++) hits.push(await createHIT(client))
      for (const { HITId } of hits.slice(0, 5)) await expireNow(client, HITId)
      for (const { HITId } of hits.slice(0, 3)) await client.call('DeleteHIT', { HITId })
      const assignment = await must(market(), await market().worker(), AcceptHIT, {
        groupId: hits[0]!.HITGroupId,
      })
      expect(assignment.hitId).toBe(hits[5]!.HITId)
    })

    test('an expired HIT that is extended is offered again [hits 5.6]', async () => {
      const client = await market().requester()
      const { HITId, HITGroupId } = await hitIn(market(), client, 'Reviewing, expired')
      const worker = await market().worker()
      expect(await refusal(worker, { groupId: HITGroupId })).toBe('NoMoreHITs')
      await client.call('UpdateExpirationForHIT', { HITId, ExpireAt: market().clock.now() + 60_000 })
      expect(await worker.accept({ groupId: HITGroupId })).toMatch(/^3/)
    })
  })

  describe('who may accept', () => {
    test.each([
      ['approved', { approved: 50 }, false],
      ['approved', { approved: 51 }, true],
      ['country', {}, false],
      ['country', { country: 'FR' }, false],
      ['country', { country: 'DE' }, true],
      ['country', { country: 'US' }, false],
      ['country', { country: 'US', subdivision: 'CA' }, true],
      ['masters', {}, false],
      ['masters', { masters: true }, true],
      ['noAdult', { adult: true }, false],
      ['noAdult', {}, true],
    ] as [keyof typeof requirement, object, boolean][])(
      'the requirement %s with %j: %j, whatever it guards [qualifications 4]',
      async (which, options, allowed) => {
        const client = await market().requester()
        const worker = await market().worker(options)
        for (const ActionsGuarded of ['Accept', 'PreviewAndAccept', 'DiscoverPreviewAndAccept'] as const) {
          const demanded = { ...requirement[which], ActionsGuarded }
          const hit = await createHIT(client, {
            QualificationRequirements: [demanded] as unknown as Requirement[],
          })
          for (const target of [{ hitId: hit.HITId }, { groupId: hit.HITGroupId }]) {
            if (allowed) await worker.giveBack(await worker.accept(target))
            else expect(await refusal(worker, target)).toBe('QualificationsNotMet')
          }
        }
        expect((await earningsOf(market(), worker.workerId)).returned).toBe(allowed ? 6 : 0)
      },
    )

    test('every requirement must be met, and the value is that of now [qualifications 4.4]', async () => {
      const client = await market().requester()
      const hit = await createHIT(client, {
        QualificationRequirements: [requirement.approved, requirement.masters] as unknown as Requirement[],
      })
      const target = { hitId: hit.HITId }
      expect(await refusal(await market().worker({ masters: true }), target)).toBe('QualificationsNotMet')
      const worker = await market().worker({ masters: true, approved: 50 })
      expect(await refusal(worker, target)).toBe('QualificationsNotMet')
      const AssignmentId = await work(worker, await createHIT(client))
      await client.call('ApproveAssignment', { AssignmentId })
      expect(await worker.accept(target)).toMatch(/^3/)
    })

    test('a suspended worker may not, until he may again [websites 1.13]', async () => {
      const hit = await createHIT(await market().requester())
      const worker = await market().worker()
      await suspend(market(), worker)
      expect(await refusal(worker, { hitId: hit.HITId })).toBe('WorkerSuspended')
      expect(await refusal(worker, { groupId: hit.HITGroupId })).toBe('WorkerSuspended')
      await suspend(market(), worker, false)
      await accept(worker, hit)
    })

    test('of several reasons one is told: suspension, block, requirements, then what is left', async () => {
      const client = await market().requester()
      const hit = await createHIT(client, {
        QualificationRequirements: [requirement.masters] as unknown as Requirement[],
      })
      await expireNow(client, hit.HITId)
      const worker = await market().worker()
      const target = { groupId: hit.HITGroupId }
      expect(await refusal(worker, target)).toBe('QualificationsNotMet')
      await block(client, worker.workerId)
      expect(await refusal(worker, target)).toBe('WorkerBlocked')
      await suspend(market(), worker)
      expect(await refusal(worker, target)).toBe('WorkerSuspended')
      expect(await attempt(market(), worker, AcceptHIT, target)).toEqual({ fault: 'WorkerSuspended' })
    })
  })
})
