import { expect, test } from 'vitest'
import type { AssignmentState } from '../domain/assignment.ts'
import { ids, onBothStores, sampleAssignment, usualNow } from '../../test/support/stores.ts'
import * as assignments from './assignments.ts'
import * as blocks from './blocks.ts'
import * as requesterFigures from './requester-figures.ts'

onBothStores('how requesters treat work', (stores) => {
  test('the latest decisions come first, whatever they are, and nothing that waits [websites 1.3]', async () => {
    const { production } = stores()
    const requesterId = ids.person()
    const decide = async (state: AssignmentState, at: number) => {
      const open = sampleAssignment({ requesterId, hitId: ids.person() })
      const decided = state === 'Approved' ? { approvedAt: at } : { rejectedAt: at }
      const submitted = { ...open, submittedAt: usualNow, state, ...(state !== 'Submitted' && decided) }
      await production.write(async (tx) => {
        await assignments.add(tx, open)
        await assignments.move(tx, 'open', submitted)
      })
    }
    await decide('Approved', usualNow + 5)
    await decide('Rejected', usualNow + 9)
    await decide('Approved', usualNow + 7)
    await decide('Submitted', 0)
    const list = (limit: number) =>
      production.read((tx) => requesterFigures.listDecisions(tx, requesterId, limit))
    const decision = (isApproved: boolean, decidedAt: number) => ({
      isApproved,
      submittedAt: usualNow,
      decidedAt,
    })
    const all = [decision(false, usualNow + 9), decision(true, usualNow + 7), decision(true, usualNow + 5)]
    expect(await list(9)).toEqual(all)
    expect(await list(2)).toEqual(all.slice(0, 2))
  })

  test('later figures replace earlier ones, and not the other way round', async () => {
    const { production } = stores()
    const first: requesterFigures.RequesterFigures = {
      requesterId: ids.person(),
      samples: 0,
      approved: 0,
      recent: 0,
      reviewSeconds: undefined,
      changedAt: 5,
    }
    const later = { ...first, samples: 3, approved: 2, recent: 1, reviewSeconds: 60, changedAt: 6 }
    for (const one of [first, later, first]) await production.write((tx) => requesterFigures.put(tx, one))
    expect(await production.read((tx) => requesterFigures.listKept(tx, [first.requesterId, 'NONE']))).toEqual(
      new Map([[first.requesterId, later]]),
    )
  })

  test('of many requesters those who block a worker are found at once [hits 13]', async () => {
    const { production } = stores()
    const requesterIds = Array.from({ length: 120 }, () => ids.person())
    const some = requesterIds.filter((_, i) => i % 50 === 0)
    await production.write(async (tx) => {
      for (const requesterId of some)
        await blocks.put(tx, { requesterId, workerId: 'BLOCKED', reason: '', blockedAt: usualNow })
    })
    const found = (workerId: string, of: string[]) =>
      production.read((tx) => blocks.listBlockers(tx, workerId, of))
    expect(await found('BLOCKED', requesterIds)).toEqual(new Set(some))
    expect(await found('OTHER', requesterIds)).toEqual(new Set())
    expect(await found('BLOCKED', [])).toEqual(new Set())
  })
})
