import { isFault } from '../../domain/fault.ts'
import { refuseDisposed } from '../../domain/hit.ts'
import * as assignments from '../../store/assignments.ts'
import * as imports from '../../store/imported-lists.ts'
import type { Read } from '../../store/tx.ts'
import { readAnswerPage } from '../answer-pages.ts'
import { findOwnHIT } from '../guards.ts'
import { isImported } from '../imported-guards.ts'
import { importedAssignmentView } from '../imported-views.ts'
import { requesterRead } from '../operation.ts'
import { pageMembers, readPage, type Page } from '../paging.ts'
import { assignmentView } from '../views.ts'

type Submitted = Awaited<ReturnType<typeof assignments.listSubmitted>>[number]

const everyStatus = ['Submitted', 'Approved', 'Rejected'] as const

/** Submitted work of a HIT, oldest submission first; an empty list of statuses means all three [hits 7.4, 8]. */
export const ListAssignmentsForHIT = requesterRead('ListAssignmentsForHIT', async (tx, caller, input) => {
  const statuses = input.AssignmentStatuses?.length ? [...input.AssignmentStatuses].sort() : everyStatus
  const page = readPage(input, 'ListAssignmentsForHIT', caller.requesterId, input.HITId, ...statuses)
  if (isFault(page)) return page
  const hit = await findOwnHIT(tx, caller, input.HITId)
  if (isFault(hit)) return isImported(hit) ? listImported(tx, input.HITId, statuses, page) : hit
  const refusal = refuseDisposed(hit)
  if (refusal) return refusal
  const placeOf = ({ assignment: { submittedAt = 0, id } }: Submitted) => ({ time: submittedAt, id })
  const list = await readAnswerPage(page, {
    list: (after, limit) => assignments.listSubmitted(tx, hit.id, statuses, after, limit),
    placeOf,
    lengthOf: ({ answer }) => answer.length,
  })
  return {
    ...pageMembers(page, list, placeOf),
    Assignments: list.map(({ assignment, answer }) => assignmentView(assignment, answer)),
  }
})

/** The same of a HIT that was brought in. */
async function listImported(
  tx: Read,
  hitId: string,
  statuses: readonly (typeof everyStatus)[number][],
  page: Page,
) {
  const placeOf = ({ submittedAt, id }: imports.KeptAssignment) => ({ time: submittedAt, id })
  const list = await readAnswerPage(page, {
    list: (after, limit) => imports.listWork(tx, hitId, statuses, after, limit),
    placeOf,
    lengthOf: ({ answer }) => answer.length,
  })
  return { ...pageMembers(page, list, placeOf), Assignments: list.map(importedAssignmentView) }
}
