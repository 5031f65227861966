import { afterEach, describe, expect, test } from 'vitest'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { changesIn, refusalOf, refused } from '../../../test/support/refusals.ts'
import { accept, balanceOf, createHIT, earningsOf, expireNow, stateOf } from '../../../test/support/steps.ts'
import { attempt, must, nobody, suspend } from '../../../test/support/worker-calls.ts'
import { ListQueue } from './ListQueue.ts'
import { ReturnAssignment } from './ReturnAssignment.ts'

const hour = 3600

onBothDatabases('ReturnAssignment', (market) => {
  afterEach(() => checkLedger(market()))

  /** Turns the clock on without the timers, which come a moment later. */
  const passUnnoticed = (seconds: number) => market().clock.set(market().clock.now() + seconds * 1000)

  const opened = async (changes = {}) => {
    const client = await market().requester('10.00')
    const hit = await createHIT(client, changes)
    const worker = await market().worker()
    return { client, hit, worker, assignmentId: await accept(worker, hit) }
  }

  /** Makes an attempt that must be refused, and proves that it changed nothing. */
  const refusal = async (worker: { workerId: string }, assignmentId: string) => {
    const before = await changesIn(market())
    const output = await attempt(market(), worker, ReturnAssignment, { assignmentId })
    expect(await changesIn(market()), 'changes by a refused return').toBe(before)
    return output
  }

  test('the slot is free again, and the return is counted [hits 5.4, 6.2]', async () => {
    const { client, hit, worker, assignmentId } = await opened()
    expect(await stateOf(client, hit.HITId)).toBe('Unassignable 1/0/0')
    expect(await must(market(), worker, ReturnAssignment, { assignmentId })).toEqual({})
    expect(await stateOf(client, hit.HITId)).toBe('Assignable 0/1/0')
    expect(await earningsOf(market(), worker.workerId)).toMatchObject({
      accepted: 1,
      returned: 1,
      abandoned: 0,
      held: 0,
    })
    expect(await must(market(), worker, ListQueue, {})).toEqual([])
    await accept(await market().worker(), hit)
  })

  test('the money stays held while the HIT is offered [hits 9.2]', async () => {
    const { client, worker, assignmentId } = await opened()
    await worker.giveBack(assignmentId)
    expect(await balanceOf(client)).toBe('9.88')
  })

  test('after the expiration nobody gets the slot, and its money goes back [hits 5.5, 9.2]', async () => {
    const { client, hit, worker, assignmentId } = await opened({ MaxAssignments: 3 })
    const other = await market().worker()
    const second = await accept(other, hit)
    await expireNow(client, hit.HITId)
    expect(await balanceOf(client)).toBe('9.76')
    await worker.giveBack(assignmentId)
    expect(await balanceOf(client)).toBe('9.88')
    expect(await stateOf(client, hit.HITId)).toBe('Unassignable 1/2/0')
    expect(await worker.accept({ hitId: hit.HITId })).toBe('HITNotAvailable')
    await other.giveBack(second)
    expect(await balanceOf(client)).toBe('10.00')
    expect(await stateOf(client, hit.HITId)).toBe('Reviewable 0/3/0')
  })

  test('at the very expiration, before the timers come, the same [hits 5.2]', async () => {
    const { client, hit, worker, assignmentId } = await opened({ LifetimeInSeconds: 600 })
    passUnnoticed(600)
    expect(await worker.giveBack(assignmentId)).toBe('')
    expect(await stateOf(client, hit.HITId)).toBe('Reviewable 0/1/0')
    expect(await balanceOf(client)).toBe('10.00')
  })

  test('a moment before the deadline it is a return, at the deadline it was abandoned [hits 6.2]', async () => {
    const first = await opened()
    passUnnoticed(hour - 0.001)
    expect(await first.worker.giveBack(first.assignmentId)).toBe('')
    expect(await earningsOf(market(), first.worker.workerId)).toMatchObject({ returned: 1, abandoned: 0 })
    const second = await opened()
    passUnnoticed(hour)
    expect(await attempt(market(), second.worker, ReturnAssignment, second)).toEqual({
      fault: 'AssignmentNotOpen',
      state: 'abandoned',
    })
    expect(await earningsOf(market(), second.worker.workerId)).toMatchObject({ returned: 0, abandoned: 1 })
  })

  test('the requester cannot read, approve or reject what was returned [hits 6.1, 7]', async () => {
    const { client, worker, hit, assignmentId: AssignmentId } = await opened()
    await worker.giveBack(AssignmentId)
    expect(await refusalOf(market(), client, 'GetAssignment', { AssignmentId })).toEqual(
      refused.assignmentState('Reviewable,Approved,Rejected'),
    )
    expect(await refusalOf(market(), client, 'ApproveAssignment', { AssignmentId })).toEqual(
      refused.assignmentState('null'),
    )
    expect((await client.call('ListAssignmentsForHIT', { HITId: hit.HITId })).NumResults).toBe(0)
  })

  test.each(['returned', 'abandoned', 'submitted'] as const)(
    'what was %s cannot be returned',
    async (state) => {
      const { worker, assignmentId } = await opened()
      if (state === 'returned') await worker.giveBack(assignmentId)
      if (state === 'abandoned') await market().advance(hour)
      if (state === 'submitted') await worker.submit(assignmentId)
      expect(await refusal(worker, assignmentId)).toEqual({ fault: 'AssignmentNotOpen', state })
    },
  )

  test('what is not there, and what another worker holds', async () => {
    const { worker, assignmentId, hit } = await opened()
    for (const id of ['ABC', '', hit.HITId])
      expect(await refusal(worker, id)).toEqual({ fault: 'AssignmentDoesNotExist', assignmentId: id })
    for (const who of [await market().worker(), nobody])
      expect(await refusal(who, assignmentId)).toEqual({ fault: 'AssignmentOfAnotherWorker' })
  })

  test('a suspended worker may give back what he holds [websites 1.13]', async () => {
    const { worker, assignmentId } = await opened()
    await suspend(market(), worker)
    expect(await worker.giveBack(assignmentId)).toBe('')
  })

  describe('at once', () => {
    test('ten returns are one', async () => {
      const { client, hit, worker, assignmentId } = await opened({ MaxAssignments: 2 })
      const answers = await Promise.all(Array.from({ length: 10 }, () => worker.giveBack(assignmentId)))
      expect(answers.filter((fault) => fault === '')).toHaveLength(1)
      expect(await stateOf(client, hit.HITId)).toBe('Assignable 0/2/0')
      expect(await earningsOf(market(), worker.workerId)).toMatchObject({ returned: 1, held: 0 })
    })

    test('a return and a submission: one of them', async () => {
      const { worker, assignmentId } = await opened()
      const answers = await Promise.all([worker.giveBack(assignmentId), worker.submit(assignmentId)])
      expect(answers.toSorted()).toEqual(['', 'AssignmentNotOpen'])
      const { returned, submitted, held } = await earningsOf(market(), worker.workerId)
      expect([returned + submitted, held]).toEqual([1, 0])
    })
  })
})
