import { expect, test } from 'vitest'
import { externalQuestion, onBothDatabases } from '../../../test/support/market.ts'
import { changesIn } from '../../../test/support/refusals.ts'
import { accept, createHIT, expireNow } from '../../../test/support/steps.ts'
import { attempt, must } from '../../../test/support/worker-calls.ts'
import { operator } from '../operation.ts'
import { FindTask } from './FindTask.ts'

const hour = 3600

onBothDatabases('FindTask', (market) => {
  const passUnnoticed = (seconds: number) => market().clock.set(market().clock.now() + seconds * 1000)

  const opened = async (changes = {}) => {
    const client = await market().requester()
    const hit = await createHIT(client, changes)
    const worker = await market().worker()
    return { client, hit, worker, assignmentId: await accept(worker, hit) }
  }
  const stateIn = async (worker: { workerId: string }, assignmentId: string) => {
    const { assignment, hit } = await must(market(), worker, FindTask, { assignmentId })
    return `${assignment.state}, ${hit.status}`
  }

  test('an assignment with HIT, type and question; looking changes nothing [websites 1.6]', async () => {
    const { worker, hit, assignmentId } = await opened()
    const before = await changesIn(market())
    const task = await must(market(), worker, FindTask, { assignmentId })
    expect(await changesIn(market())).toBe(before)
    expect(task).toMatchObject({
      assignment: { id: assignmentId, workerId: worker.workerId, state: 'open' },
      hit: { id: hit.HITId, pending: 1 },
      type: { id: hit.HITTypeId, groupId: hit.HITGroupId },
      question: { kind: 'ExternalQuestion', text: externalQuestion },
    })
  })

  test.each(['ABC', '', '3Y9N9SS8LYBYQZ6AE6Y5YCTRSJ5XXX'])('no assignment "%s"', async (assignmentId) => {
    expect(await attempt(market(), await market().worker(), FindTask, { assignmentId })).toEqual({
      fault: 'AssignmentDoesNotExist',
      assignmentId,
    })
  })

  test('of another worker is not shown to him, but to an operator', async () => {
    const { worker, assignmentId } = await opened()
    expect(await attempt(market(), await market().worker(), FindTask, { assignmentId })).toEqual({
      fault: 'AssignmentOfAnotherWorker',
    })
    const task = await market().market.runner.run(FindTask, operator, { assignmentId })
    expect(task).toMatchObject({ assignment: { workerId: worker.workerId } })
  })

  test('what became of it: returned, submitted, approved, rejected, deleted', async () => {
    const returned = await opened()
    await returned.worker.giveBack(returned.assignmentId)
    expect(await stateIn(returned.worker, returned.assignmentId)).toBe('returned, Assignable')
    const { client, worker, hit, assignmentId } = await opened()
    await worker.submit(assignmentId)
    expect(await stateIn(worker, assignmentId)).toBe('Submitted, Reviewable')
    await client.call('RejectAssignment', { AssignmentId: assignmentId, RequesterFeedback: '' })
    expect(await stateIn(worker, assignmentId)).toBe('Rejected, Reviewable')
    await client.call('ApproveAssignment', { AssignmentId: assignmentId, OverrideRejection: true })
    await client.call('DeleteHIT', { HITId: hit.HITId })
    expect(await stateIn(worker, assignmentId)).toBe('Approved, Disposed')
  })

  test('its deadline is its end, before the timers come [hits 5.2, 6.2]', async () => {
    const { worker, assignmentId } = await opened()
    passUnnoticed(hour - 0.001)
    expect(await stateIn(worker, assignmentId)).toBe('open, Unassignable')
    passUnnoticed(0.001)
    expect(await stateIn(worker, assignmentId)).toBe('abandoned, Assignable')
  })

  test('the expiration of its HIT is not [hits 5.5]', async () => {
    const { client, worker, hit, assignmentId } = await opened({ LifetimeInSeconds: 600, MaxAssignments: 2 })
    passUnnoticed(600)
    expect(await stateIn(worker, assignmentId)).toBe('open, Unassignable')
    await expireNow(client, hit.HITId)
    expect(await stateIn(worker, assignmentId)).toBe('open, Unassignable')
  })

  test('its auto-approval has happened at its time [hits 6.3]', async () => {
    const { worker, assignmentId } = await opened({ AutoApprovalDelayInSeconds: hour })
    await worker.submit(assignmentId)
    passUnnoticed(hour)
    expect(await stateIn(worker, assignmentId)).toBe('Approved, Reviewable')
  })
})
