// The requester's judgement over real HTTP: approve, reject, override, each at its time and at the wrong one, with the
// texts that programs compare, the counters, the times and the money [hits 7.1, 7.2, 6.3, 9.2].
import { expect, test } from 'vitest'
import { day, onEveryWay, type Hand, type Journey, type Laboratory } from '../support/journey.ts'
import { refused } from '../support/refusals.ts'
import type { ShownHIT } from '../support/steps.ts'

const judged = refused.assignmentState('Submitted')
const notSubmitted = refused.assignmentState('null')
const hour = 3600

interface Scene {
  lab: Laboratory
  worker: Hand
  hit: ShownHIT
  assignmentId: string
}

/** A requester with 1.00, of which 0.12 is held for one submitted assignment. */
async function submitted(journey: Journey, changes = {}): Promise<Scene> {
  const lab = await journey.laboratory('1.00')
  const worker = await journey.worker()
  const hit = await lab.create({ AutoApprovalDelayInSeconds: 30 * day, ...changes })
  return { lab, worker, hit, assignmentId: await worker.work(hit.HITId) }
}

async function rejected(journey: Journey, changes = {}): Promise<Scene> {
  const scene = await submitted(journey, changes)
  await scene.lab.call('RejectAssignment', {
    AssignmentId: scene.assignmentId,
    RequesterFeedback: 'Not a bird.',
  })
  return scene
}

const override = (AssignmentId: string) => ({ AssignmentId, OverrideRejection: true })

onEveryWay('review', (journey) => {
  test('approve: once, with reward, fee, feedback and time; never again, and no way back [hits 7.1, 7.2]', async () => {
    const { lab, worker, hit, assignmentId } = await submitted(journey())
    expect(await lab.balance()).toBe('0.88')
    expect(await lab.state(hit.HITId)).toBe('Reviewable 0/0/0')
    const before = await lab.assignment(assignmentId)
    await journey().advance(hour)
    const approve = { AssignmentId: assignmentId, RequesterFeedback: 'Très bien – thank you!' }
    expect(await lab.call('ApproveAssignment', approve)).toEqual({})
    const after = {
      ...before,
      AssignmentStatus: 'Approved',
      ApprovalTime: journey().second(),
      RequesterFeedback: 'Très bien – thank you!',
    }
    expect(await lab.assignment(assignmentId)).toEqual(after)
    expect(await lab.state(hit.HITId)).toBe('Reviewable 0/0/1')
    expect(await worker.earnings()).toBe('0.10+0.00')
    expect(await lab.balance()).toBe('0.88')

    await lab.refused('ApproveAssignment', { AssignmentId: assignmentId }, judged)
    await lab.refused('ApproveAssignment', override(assignmentId), judged)
    await lab.refused('RejectAssignment', { AssignmentId: assignmentId, RequesterFeedback: 'Oh.' }, judged)
    expect(await lab.assignment(assignmentId)).toEqual(after)
    expect(await worker.earnings()).toBe('0.10+0.00')
    expect(await lab.balance()).toBe('0.88')
  })

  test('approve with the override flag what is only submitted [hits 7.1]', async () => {
    const { lab, worker, assignmentId } = await submitted(journey())
    expect(await lab.call('ApproveAssignment', override(assignmentId))).toEqual({})
    expect(await worker.earnings()).toBe('0.10+0.00')
  })

  test('reject: nothing is paid, the money is free, the slot stays taken [hits 7.2, 6.4, 9.2]', async () => {
    const { lab, worker, hit, assignmentId } = await submitted(journey())
    const before = await lab.assignment(assignmentId)
    await journey().advance(hour)
    const reject = { AssignmentId: assignmentId, RequesterFeedback: 'Not a bird.' }
    expect(await lab.call('RejectAssignment', reject)).toEqual({})
    const after = {
      ...before,
      AssignmentStatus: 'Rejected',
      RejectionTime: journey().second(),
      RequesterFeedback: 'Not a bird.',
    }
    expect(await lab.assignment(assignmentId)).toEqual(after)
    expect(await lab.state(hit.HITId)).toBe('Reviewable 0/0/1')
    expect(await worker.earnings()).toBe('0.00+0.00')
    expect(await lab.balance()).toBe('1.00')

    await lab.refused('RejectAssignment', { ...reject, RequesterFeedback: 'Again.' }, judged)
    await lab.refused('ApproveAssignment', { AssignmentId: assignmentId }, judged)
    await lab.refused('ApproveAssignment', { AssignmentId: assignmentId, OverrideRejection: false }, judged)
    expect(await lab.assignment(assignmentId)).toEqual(after)
    expect((await journey().control(`assignments/${assignmentId}`)).body).toMatchObject({
      state: 'Rejected',
      requesterFeedback: 'Not a bird.',
    })
  })

  test('reject with an empty text: no feedback is shown [hits 7.2, client W22]', async () => {
    const { lab, assignmentId } = await submitted(journey())
    await lab.call('RejectAssignment', { AssignmentId: assignmentId, RequesterFeedback: '' })
    expect(await lab.assignment(assignmentId)).not.toHaveProperty('RequesterFeedback')
  })

  test('wrong feedback is refused before the assignment is looked at [hits 4.2, 11.6]', async () => {
    const { lab, assignmentId } = await submitted(journey())
    const long = { AssignmentId: assignmentId, RequesterFeedback: '🐦'.repeat(1025) }
    await lab.refused('RejectAssignment', long, refused.tooLong('RequesterFeedback', 1024))
    const bell = { AssignmentId: '3NOBODY', RequesterFeedback: 'a\u0007b' }
    await lab.refused('ApproveAssignment', bell, refused.value('RequesterFeedback', 'a\u0007b'))
    const longest = { AssignmentId: assignmentId, RequesterFeedback: '🐦'.repeat(1024) }
    expect(await lab.call('RejectAssignment', longest)).toEqual({})
    expect((await lab.assignment(assignmentId)).RequesterFeedback).toBe('🐦'.repeat(1024))
  })

  test('override: the worker is paid after all, once [hits 6.2, 7.1, 9.2]', async () => {
    const { lab, worker, hit, assignmentId } = await rejected(journey())
    const before = await lab.assignment(assignmentId)
    await journey().advance(hour)
    expect(await lab.call('ApproveAssignment', override(assignmentId))).toEqual({})
    // The rejection's time and feedback stay.
    expect(await lab.assignment(assignmentId)).toEqual({
      ...before,
      AssignmentStatus: 'Approved',
      ApprovalTime: journey().second(),
    })
    expect(await lab.state(hit.HITId)).toBe('Reviewable 0/0/1')
    expect(await worker.earnings()).toBe('0.10+0.00')
    expect(await lab.balance()).toBe('0.88')
    await lab.refused('ApproveAssignment', override(assignmentId), judged)
    await lab.refused('RejectAssignment', { AssignmentId: assignmentId, RequesterFeedback: '' }, judged)
    expect(await worker.earnings()).toBe('0.10+0.00')
  })

  test('override with feedback: it replaces the rejection’s [hits 7.1]', async () => {
    const { lab, assignmentId } = await rejected(journey())
    await lab.call('ApproveAssignment', { ...override(assignmentId), RequesterFeedback: 'It is one.' })
    expect((await lab.assignment(assignmentId)).RequesterFeedback).toBe('It is one.')
  })

  test('late override: 30 days after the submission it works, a moment later and on day 31 not [hits 6.2, 6.3]', async () => {
    const { lab, worker, assignmentId } = await submitted(journey())
    const other = await submitted(journey())
    // The days count from the submission, not from the rejection.
    await journey().advance(29 * day)
    for (const { lab: requester, assignmentId: AssignmentId } of [{ lab, assignmentId }, other])
      await requester.call('RejectAssignment', { AssignmentId, RequesterFeedback: '' })
    await journey().advance(day)
    expect(await lab.call('ApproveAssignment', override(assignmentId))).toEqual({})
    expect(await worker.earnings()).toBe('0.10+0.00')
    await journey().advance(0.001)
    await other.lab.refused('ApproveAssignment', override(other.assignmentId), judged)
    await journey().advance(day)
    await other.lab.refused('ApproveAssignment', override(other.assignmentId), judged)
    expect((await other.lab.assignment(other.assignmentId)).AssignmentStatus).toBe('Rejected')
    expect(await other.worker.earnings()).toBe('0.00+0.00')
    expect(await other.lab.balance()).toBe('1.00')
  })

  test('override on a deleted HIT: refused, and the work can no longer be read [hits 7.1, 5.8, 7.3]', async () => {
    const { lab, worker, hit, assignmentId } = await rejected(journey())
    await lab.call('DeleteHIT', { HITId: hit.HITId })
    await lab.refused('ApproveAssignment', override(assignmentId), judged)
    await lab.refused('GetAssignment', { AssignmentId: assignmentId }, refused.noHIT(hit.HITId))
    expect(await worker.earnings()).toBe('0.00+0.00')
    expect(await lab.balance()).toBe('1.00')
  })

  test('override without funds: refused and nothing changes; with the money it works [hits 7.1, 9.3]', async () => {
    const { lab, worker, hit, assignmentId } = await rejected(journey())
    // 0.89 goes into another HIT: one cent less than the override costs is left.
    await lab.create({ Reward: '0.74' })
    expect(await lab.balance()).toBe('0.11')
    const before = await lab.assignment(assignmentId)
    await lab.refused('ApproveAssignment', override(assignmentId), refused.noFunds)
    expect(await lab.assignment(assignmentId)).toEqual(before)
    expect(await lab.state(hit.HITId)).toBe('Reviewable 0/0/1')
    expect(await lab.balance()).toBe('0.11')
    expect(await worker.earnings()).toBe('0.00+0.00')
    const paid = await journey().control(`requesters/${lab.requesterId}/deposits`, { amount: '0.01' })
    expect(paid.body).toEqual({ availableBalance: '0.12' })
    expect(await lab.call('ApproveAssignment', override(assignmentId))).toEqual({})
    expect(await lab.balance()).toBe('0.00')
    expect(await worker.earnings()).toBe('0.10+0.00')
  })

  test('work that is not submitted: open, returned, abandoned [hits 7.1, 7.2, 7.3, client W14]', async () => {
    const lab = await journey().laboratory('1.00')
    const hit = await lab.create({ MaxAssignments: 3, AssignmentDurationInSeconds: 60 })
    const [open, returned, abandoned] = [
      await journey().worker(),
      await journey().worker(),
      await journey().worker(),
    ]
    const abandonedId = await abandoned.accept(hit.HITId)
    await journey().advance(60)
    const returnedId = await returned.accept(hit.HITId)
    await returned.giveBack(returnedId)
    const openId = await open.accept(hit.HITId)
    const states = { open: openId, returned: returnedId, abandoned: abandonedId }
    for (const [state, AssignmentId] of Object.entries(states)) {
      expect(await journey().stateOf(AssignmentId)).toBe(state)
      await lab.refused('ApproveAssignment', { AssignmentId }, notSubmitted)
      await lab.refused('ApproveAssignment', override(AssignmentId), notSubmitted)
      await lab.refused('RejectAssignment', { AssignmentId, RequesterFeedback: '' }, notSubmitted)
      const readable = refused.assignmentState('Reviewable,Approved,Rejected')
      await lab.refused('GetAssignment', { AssignmentId }, readable)
    }
    expect(await lab.state(hit.HITId)).toBe('Assignable 1/2/0')
    expect((await lab.call('ListAssignmentsForHIT', { HITId: hit.HITId })).NumResults).toBe(0)
    expect(await lab.balance()).toBe('0.64')
  })

  test('an assignment that never was, and one of another requester [hits 7, 11.6]', async () => {
    const { assignmentId } = await submitted(journey())
    const other = await journey().laboratory()
    const calls = [
      ['ApproveAssignment', {}],
      ['RejectAssignment', { RequesterFeedback: '' }],
      ['GetAssignment', {}],
    ] as const
    for (const [operation, more] of calls) {
      const nothing = { AssignmentId: '3NOSUCHASSIGNMENT', ...more }
      await other.refused(operation, nothing as never, refused.noAssignment('3NOSUCHASSIGNMENT'))
      await other.refused(operation, { AssignmentId: assignmentId, ...more } as never, refused.notYours)
    }
  })

  test('auto-approval: at its second, not before, with that second as its time [hits 6.2, 6.3]', async () => {
    const { lab, worker, hit, assignmentId } = await submitted(journey(), {
      AutoApprovalDelayInSeconds: 3600,
    })
    const work = await lab.assignment(assignmentId)
    expect(work.AutoApprovalTime).toBe(work.SubmitTime! + 3600)
    await journey().advance(3599.999)
    expect(await lab.assignment(assignmentId)).toEqual(work)
    expect(await worker.earnings()).toBe('0.00+0.00')
    await journey().advance(0.001)
    expect(await lab.assignment(assignmentId)).toEqual({
      ...work,
      AssignmentStatus: 'Approved',
      ApprovalTime: work.AutoApprovalTime,
    })
    expect(await worker.earnings()).toBe('0.10+0.00')
    expect(await lab.state(hit.HITId)).toBe('Reviewable 0/0/1')
    expect(await lab.balance()).toBe('0.88')
    await lab.refused('ApproveAssignment', { AssignmentId: assignmentId }, judged)
    await lab.refused('RejectAssignment', { AssignmentId: assignmentId, RequesterFeedback: '' }, judged)
  })

  test('auto-approval passes over what was rejected, and reaches what expired; days late it keeps its time [hits 6.3]', async () => {
    const { lab, worker, assignmentId } = await rejected(journey(), { AutoApprovalDelayInSeconds: 60 })
    const late = await submitted(journey(), { AutoApprovalDelayInSeconds: 2 * day, LifetimeInSeconds: 60 })
    await journey().advance(10 * day)
    expect((await lab.assignment(assignmentId)).AssignmentStatus).toBe('Rejected')
    expect(await worker.earnings()).toBe('0.00+0.00')
    const approved = await late.lab.assignment(late.assignmentId)
    expect(approved.ApprovalTime).toBe(approved.SubmitTime! + 2 * day)
    expect(await late.worker.earnings()).toBe('0.10+0.00')
  })

  test('a delay of 0: approved with the submission [hits 6.3]', async () => {
    const { lab, worker, hit, assignmentId } = await submitted(journey(), { AutoApprovalDelayInSeconds: 0 })
    const { AssignmentStatus, SubmitTime, ApprovalTime, AutoApprovalTime } =
      await lab.assignment(assignmentId)
    expect(AssignmentStatus).toBe('Approved')
    expect([ApprovalTime, AutoApprovalTime]).toEqual([SubmitTime, SubmitTime])
    expect(await worker.earnings()).toBe('0.10+0.00')
    expect(await lab.state(hit.HITId)).toBe('Reviewable 0/0/1')
    await lab.refused('ApproveAssignment', { AssignmentId: assignmentId }, judged)
  })

  test('no delay given: 30 days [hits 6.3]', async () => {
    const lab = await journey().laboratory()
    const worker = await journey().worker()
    const hit = await lab.create()
    expect(hit.AutoApprovalDelayInSeconds).toBe(30 * day)
    const assignmentId = await worker.work(hit.HITId)
    await journey().advance(30 * day - 0.001)
    expect((await lab.assignment(assignmentId)).AssignmentStatus).toBe('Submitted')
    await journey().advance(0.001)
    expect((await lab.assignment(assignmentId)).AssignmentStatus).toBe('Approved')
  })
})
