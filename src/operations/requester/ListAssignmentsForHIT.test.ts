import { afterEach, describe, expect, test } from 'vitest'
import { server } from '../../limits.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { testHITId } from '../../../test/support/common-members.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { testPaging } from '../../../test/support/paging.ts'
import { refusalOf, refused } from '../../../test/support/refusals.ts'
import { accept, createHIT, expireNow, work } from '../../../test/support/steps.ts'

onBothDatabases('ListAssignmentsForHIT', (market) => {
  afterEach(() => checkLedger(market()))
  testHITId(market, 'ListAssignmentsForHIT')

  /** A HIT with `count` submissions; every second pair of them at one moment. */
  const filled = async (count: number) => {
    const client = await market().requester()
    const hit = await createHIT(client, { MaxAssignments: Math.max(count, 1) })
    const ids: string[] = []
    for (let i = 0; i < count; i++) {
      if (i % 2 === 0) market().clock.set(market().clock.now() + 1500)
      ids.push(await work(await market().worker(), hit))
    }
    return { client, hit, ids }
  }

  describe('paging [hits 8]', () => {
    testPaging(
      market,
      'ListAssignmentsForHIT',
      'Assignments',
      (entry: { AssignmentId: string }) => entry.AssignmentId,
      async (count) => {
        const { client, hit, ids } = await filled(count)
        const other = await createHIT(client, { MaxAssignments: 2 })
        const input = { HITId: hit.HITId, AssignmentStatuses: ['Submitted'] as const }
        return {
          client,
          input,
          ids,
          remove: async (AssignmentId) => void (await client.call('ApproveAssignment', { AssignmentId })),
          others: [
            ['another HIT', client, { ...input, HITId: other.HITId }],
            ['another filter', client, { HITId: hit.HITId }],
            ['another filter', client, { HITId: hit.HITId, AssignmentStatuses: ['Approved', 'Submitted'] }],
            ['another requester', await market().requester(), input],
          ],
        }
      },
    )
  })

  test('the order of the statuses does not matter to a token, nor does an empty list', async () => {
    const { client, hit, ids } = await filled(2)
    const ask = (AssignmentStatuses: readonly string[] | undefined, NextToken?: string) =>
      client.call('ListAssignmentsForHIT', {
        HITId: hit.HITId,
        MaxResults: 1,
        AssignmentStatuses,
        NextToken,
      } as never) as Promise<{ NextToken: string; Assignments: { AssignmentId: string }[] }>
    const first = await ask(['Submitted', 'Approved'])
    const second = await ask(['Approved', 'Submitted'], first.NextToken)
    expect(second.Assignments[0]!.AssignmentId).toBe(ids[1])
    const whole = await ask([])
    expect((await ask(undefined, whole.NextToken)).Assignments[0]!.AssignmentId).toBe(ids[1])
  })

  test.each([
    [undefined, ['Submitted', 'Approved', 'Rejected']],
    [[], ['Submitted', 'Approved', 'Rejected']],
    [null, ['Submitted', 'Approved', 'Rejected']],
    [['Submitted'], ['Submitted']],
    [['Approved'], ['Approved']],
    [['Rejected'], ['Rejected']],
    [
      ['Rejected', 'Approved'],
      ['Approved', 'Rejected'],
    ],
    [['Approved', 'Approved'], ['Approved']],
    [
      ['Submitted', 'Approved', 'Rejected'],
      ['Submitted', 'Approved', 'Rejected'],
    ],
  ])('the statuses %j give work that is %j [hits 7.4]', async (AssignmentStatuses, expected) => {
    const { client, hit, ids } = await filled(3)
    await client.call('ApproveAssignment', { AssignmentId: ids[1]! })
    await client.call('RejectAssignment', { AssignmentId: ids[2]!, RequesterFeedback: '' })
    const answer = await client.call('ListAssignmentsForHIT', {
      HITId: hit.HITId,
      AssignmentStatuses,
    } as never)
    const { Assignments, NumResults } = answer as {
      Assignments: { AssignmentStatus: string }[]
      NumResults: number
    }
    expect(Assignments.map((assignment) => assignment.AssignmentStatus)).toEqual(expected)
    expect(NumResults).toBe(expected.length)
  })

  test.each([['Open'], ['submitted'], ['Reviewable']])(
    'the status %s is none [hits 4.2, 11.4]',
    async (status) => {
      const { client, hit } = await filled(0)
      const input = { HITId: hit.HITId, AssignmentStatuses: [status] }
      expect(await refusalOf(market(), client, 'ListAssignmentsForHIT', input)).toEqual(
        refused.validation(
          `Value '[${status}]' at 'assignmentStatuses' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [Submitted, Approved, Rejected]]`,
        ),
      )
    },
  )

  test('open, returned and abandoned work is never listed; partial results are [hits 6.1, 7.4]', async () => {
    const client = await market().requester()
    const hit = await createHIT(client, { MaxAssignments: 4 })
    const [first, second, third, fourth] = await Promise.all(
      Array.from({ length: 4 }, () => market().worker()),
    )
    const lapsing = await accept(first!, hit)
    expect(lapsing).toMatch(/^3/)
    await market().advance(1800)
    const returned = await accept(second!, hit)
    await second!.giveBack(returned)
    await accept(third!, hit)
    const done = await work(fourth!, hit)
    await market().advance(1800)
    const { Assignments } = await client.call('ListAssignmentsForHIT', { HITId: hit.HITId })
    expect(Assignments!.map((assignment) => assignment.AssignmentId)).toEqual([done])
  })

  test('each entry is what GetAssignment shows [hits 7.4]', async () => {
    const { client, hit, ids } = await filled(1)
    await client.call('RejectAssignment', { AssignmentId: ids[0]!, RequesterFeedback: 'No.' })
    const { Assignments } = await client.call('ListAssignmentsForHIT', { HITId: hit.HITId })
    const { Assignment } = await client.call('GetAssignment', { AssignmentId: ids[0]! })
    expect(Assignments).toEqual([Assignment])
  })

  test.each(['Assignable', 'Unassignable', 'Reviewable', 'Reviewing'])(
    'of a HIT that is %s [hits 7.4]',
    async (state) => {
      const client = await market().requester()
      const hit = await createHIT(client, { MaxAssignments: 2 })
      const done = await work(await market().worker(), hit)
      if (state === 'Unassignable') await accept(await market().worker(), hit)
      if (state === 'Reviewable' || state === 'Reviewing') await expireNow(client, hit.HITId)
      if (state === 'Reviewing') await client.call('UpdateHITReviewStatus', { HITId: hit.HITId })
      expect((await client.call('GetHIT', { HITId: hit.HITId })).HIT!.HITStatus).toBe(state)
      const { Assignments } = await client.call('ListAssignmentsForHIT', { HITId: hit.HITId })
      expect(Assignments!.map((assignment) => assignment.AssignmentId)).toEqual([done])
    },
  )

  test('of a deleted HIT: the state is wrong [hits 7.4, 11.5 #6]', async () => {
    const { client, hit } = await filled(0)
    await expireNow(client, hit.HITId)
    await client.call('DeleteHIT', { HITId: hit.HITId })
    const refusal = await refusalOf(market(), client, 'ListAssignmentsForHIT', { HITId: hit.HITId })
    expect(refusal).toEqual(refused.hitState('Disposed', 'Assignable, Unassignable, Reviewing, Reviewable'))
  })

  test('a page of long answers ends early, and the next one goes on [hits 8]', async () => {
    const client = await market().requester()
    const { step, length } = server.answerPage
    const hit = await createHIT(client, { MaxAssignments: step + 1 })
    const ids: string[] = []
    for (let i = 0; i <= step; i++) {
      const worker = await market().worker()
      ids.push(await worker.accept({ hitId: hit.HITId }))
      await worker.submit(ids[i]!, 'x'.repeat(length / step))
    }
    const listed = async (NextToken?: string) => {
      const input = { HITId: hit.HITId, MaxResults: 100, ...(NextToken !== undefined && { NextToken }) }
      const page = await client.call('ListAssignmentsForHIT', input)
      return { next: page.NextToken, ids: page.Assignments!.map(({ AssignmentId }) => AssignmentId) }
    }
    const first = await listed()
    const second = await listed(first.next)
    expect([first.ids, second.ids]).toEqual([ids.slice(0, step), ids.slice(step)])
    expect(await listed(second.next)).toEqual({ next: undefined, ids: [] })
  })

  test('a wrong token is named before the HIT is looked for [hits 11.6]', async () => {
    const client = await market().requester()
    const refusal = await refusalOf(market(), client, 'ListAssignmentsForHIT', {
      HITId: 'ABC',
      NextToken: 'x',
    })
    expect(refusal).toEqual(refused.value('NextToken', 'x'))
  })
})
