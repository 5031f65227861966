// DeleteHIT in every state, what a deleted HIT still answers, and the deletion that comes with age, over real HTTP
// [hits 12.12, 5.8, client W13].
import { describe, expect, test } from 'vitest'
import { day, onEveryWay, type Journey, type Laboratory } from '../support/journey.ts'
import { refused } from '../support/refusals.ts'

interface Scene {
  journey: Journey
  lab: Laboratory
  hitId: string
}

const work = async ({ journey, hitId }: Scene) => (await journey.worker()).work(hitId)
const accept = async ({ journey, hitId }: Scene) => (await journey.worker()).accept(hitId)
const approve = async (scene: Scene) => {
  await scene.lab.call('ApproveAssignment', { AssignmentId: await work(scene) })
}
const reject = async (scene: Scene) => {
  await scene.lab.call('RejectAssignment', { AssignmentId: await work(scene), RequesterFeedback: '' })
}
const expire = ({ lab, hitId }: Scene) => lab.expireNow(hitId)
const mark = ({ lab, hitId }: Scene) => lab.call('UpdateHITReviewStatus', { HITId: hitId })
const remove = ({ lab, hitId }: Scene) => lab.call('DeleteHIT', { HITId: hitId })
const age = ({ journey }: Scene) => journey.advance(123 * day)

type Step = (scene: Scene) => Promise<unknown>

/** What happened to a HIT with two assignments; its state, counters and whether it may go. */
const situations: [string, Step[], string, 'refused' | 'deleted'][] = [
  ['new', [], 'Assignable 0/2/0', 'refused'],
  ['one slot taken', [accept], 'Assignable 1/1/0', 'refused'],
  ['one submitted, one free', [work], 'Assignable 0/1/0', 'refused'],
  ['one approved, one free', [approve], 'Assignable 0/1/1', 'refused'],
  ['both taken', [accept, accept], 'Unassignable 2/0/0', 'refused'],
  ['one approved, one open', [approve, accept], 'Unassignable 1/0/1', 'refused'],
  ['expired with open work', [accept, expire], 'Unassignable 1/1/0', 'refused'],
  ['both submitted', [work, work], 'Reviewable 0/0/0', 'refused'],
  ['one submitted, one approved', [work, approve], 'Reviewable 0/0/1', 'refused'],
  ['expired with unreviewed work', [work, expire], 'Reviewable 0/1/0', 'refused'],
  ['marked with unreviewed work', [work, approve, mark], 'Reviewing 0/0/1', 'refused'],
  ['one approved, one rejected', [approve, reject], 'Reviewable 0/0/2', 'deleted'],
  ['expired, nobody came', [expire], 'Reviewable 0/2/0', 'deleted'],
  ['expired, one rejected', [reject, expire], 'Reviewable 0/1/1', 'deleted'],
  ['marked, all reviewed', [approve, approve, mark], 'Reviewing 0/0/2', 'deleted'],
  ['marked, expired', [expire, mark], 'Reviewing 0/2/0', 'deleted'],
  ['deleted', [expire, remove], 'Disposed 0/2/0', 'refused'],
  ['deleted after work', [approve, reject, remove], 'Disposed 0/0/2', 'refused'],
  ['deleted by age', [approve, age], 'Disposed 0/1/1', 'refused'],
]

onEveryWay('deletion', (journey) => {
  async function reach(steps: readonly Step[], changes = {}): Promise<Scene> {
    const lab = await journey().laboratory('1.00')
    const { HITId } = await lab.create({ MaxAssignments: 2, LifetimeInSeconds: day, ...changes })
    const scene = { journey: journey(), lab, hitId: HITId }
    for (const step of steps) await step(scene)
    return scene
  }

  describe('DeleteHIT in every state [hits 12.12]', () => {
    test.each(situations)('%s', async (_, steps, state, result) => {
      const { lab, hitId } = await reach(steps)
      expect(await lab.state(hitId)).toBe(state)
      const balance = await lab.balance()
      const [status, counters] = state.split(' ')
      if (result === 'refused') {
        // A Reviewable HIT with unreviewed work is told that it should be Reviewable, as the real service did.
        const text = refused.hitState(status!, 'Reviewing, Reviewable')
        await lab.refused('DeleteHIT', { HITId: hitId }, text)
        expect(await lab.state(hitId)).toBe(state)
      } else {
        expect(await lab.call('DeleteHIT', { HITId: hitId })).toEqual({})
        expect(await lab.state(hitId)).toBe(`Disposed ${counters}`)
      }
      // All was settled before: a deletion moves no money [hits 9.2].
      expect(await lab.balance()).toBe(balance)
    })

    test('a HIT that never was, and one of another requester [hits 11.6]', async () => {
      const { hitId } = await reach([expire])
      const other = await journey().laboratory()
      await other.refused('DeleteHIT', { HITId: 'ABC' }, refused.noHIT('ABC'))
      await other.refused('DeleteHIT', { HITId: hitId }, refused.notYours)
    })
  })

  describe('what a deleted HIT answers [hits 5.8, 7.3, 7.4, client W13]', () => {
    test('it can be seen, but is in no list', async () => {
      const { lab, hitId } = await reach([approve, reject])
      const before = await lab.hit(hitId)
      await lab.call('DeleteHIT', { HITId: hitId })
      expect(await lab.hit(hitId)).toEqual({ ...before, HITStatus: 'Disposed' })
      const nothing = { NumResults: 0, HITs: [] }
      expect(await lab.call('ListHITs', {})).toEqual(nothing)
      expect(await lab.call('ListReviewableHITs', {})).toEqual(nothing)
      expect(await lab.call('ListReviewableHITs', { Status: 'Reviewing' })).toEqual(nothing)
    })

    test('its work cannot be read or judged; a bonus can still be paid', async () => {
      const scene = await reach([])
      const { lab, hitId } = scene
      const worker = await journey().worker()
      const AssignmentId = await worker.work(hitId)
      await lab.call('RejectAssignment', { AssignmentId, RequesterFeedback: 'No.' })
      await approve(scene)
      await lab.call('DeleteHIT', { HITId: hitId })
      await lab.refused('GetAssignment', { AssignmentId }, refused.noHIT(hitId))
      await lab.refused('ListAssignmentsForHIT', { HITId: hitId }, refused.disposed)
      const judged = refused.assignmentState('Submitted')
      await lab.refused('ApproveAssignment', { AssignmentId, OverrideRejection: true }, judged)
      await lab.refused('RejectAssignment', { AssignmentId, RequesterFeedback: '' }, judged)
      const bonus = { AssignmentId, WorkerId: worker.workerId, BonusAmount: '0.25', Reason: 'Sorry.' }
      expect(await lab.call('SendBonus', bonus)).toEqual({})
      expect(await worker.earnings()).toBe('0.00+0.25')
      const listed = await lab.call('ListBonusPayments', { HITId: hitId })
      expect(listed.BonusPayments).toEqual([
        {
          WorkerId: worker.workerId,
          BonusAmount: '0.25',
          AssignmentId,
          Reason: 'Sorry.',
          GrantTime: journey().second(),
        },
      ])
    })

    test('it cannot be changed any more; to expire it once more does no harm', async () => {
      const { lab, hitId } = await reach([expire, remove])
      const before = await lab.hit(hitId)
      const HITId = hitId
      await lab.refused(
        'UpdateExpirationForHIT',
        { HITId, ExpireAt: journey().now() + day * 1000 },
        refused.disposed,
      )
      await lab.refused('UpdateHITTypeOfHIT', { HITId, HITTypeId: before.HITTypeId }, refused.disposed)
      await lab.refused(
        'CreateAdditionalAssignmentsForHIT',
        { HITId, NumberOfAdditionalAssignments: 1 },
        refused.disposed,
      )
      await lab.refused('UpdateHITReviewStatus', { HITId }, refused.hitState('Disposed', 'Reviewable'))
      const revert = { HITId, Revert: true }
      await lab.refused('UpdateHITReviewStatus', revert, refused.hitState('Disposed', 'Reviewing'))
      await lab.expireNow(HITId)
      expect(await lab.hit(HITId)).toEqual(before)
    })

    test('the same words make a HIT of the same type again [hits 5.10]', async () => {
      const { lab, hitId } = await reach([expire, remove])
      const { HITTypeId, HITGroupId } = await lab.hit(hitId)
      const again = await lab.create()
      expect([again.HITTypeId, again.HITGroupId]).toEqual([HITTypeId, HITGroupId])
      expect(again.HITId).not.toBe(hitId)
    })
  })

  describe('deletion by age: 120 days after the HIT last became Reviewable [hits 5.8]', () => {
    test.each([
      ['expired', [expire]],
      ['marked', [expire, mark]],
      ['done', [approve, reject]],
    ] as [string, Step[]][])('%s', async (_, steps) => {
      const { lab, hitId } = await reach(steps)
      const before = await lab.hit(hitId)
      await journey().advance(120 * day - 0.001)
      expect(await lab.hit(hitId)).toEqual(before)
      await journey().advance(0.001)
      expect(await lab.hit(hitId)).toEqual({ ...before, HITStatus: 'Disposed' })
      expect((await lab.call('ListHITs', {})).NumResults).toBe(0)
    })

    test('unreviewed work is approved by then', async () => {
      const { lab, hitId } = await reach([work, work])
      await journey().advance(120 * day)
      expect(await lab.state(hitId)).toBe('Disposed 0/0/2')
      expect(await lab.balance()).toBe('0.76')
    })
  })
})
