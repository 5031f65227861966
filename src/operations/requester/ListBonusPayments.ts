import { isFault, type Fault } from '../../domain/fault.ts'
import { formatDollars } from '../../domain/money.ts'
import type { OperationInput } from '../../model/operations.ts'
import * as assignments from '../../store/assignments.ts'
import * as bonuses from '../../store/bonuses.ts'
import * as hits from '../../store/hits.ts'
import * as imports from '../../store/imported-lists.ts'
import type { Read } from '../../store/tx.ts'
import { requesterRead, type RequesterCaller } from '../operation.ts'
import { pageMembers, readPage, type Page } from '../paging.ts'

type Input = OperationInput<'ListBonusPayments'>
type Filter = { by: 'hit' | 'assignment' | 'nothing'; of: string; imported: boolean }

/** Bonuses paid for a HIT or an assignment, here or before, oldest first; both given: the assignment's, if it is of that HIT [hits 9.6]. */
export const ListBonusPayments = requesterRead('ListBonusPayments', async (tx, caller, input) => {
  if (input.HITId === undefined && input.AssignmentId === undefined) {
    return { fault: 'MissingParameters', parameter: 'HITId or AssignmentId' }
  }
  const page = readPage(
    input,
    'ListBonusPayments',
    caller.requesterId,
    input.HITId ?? '',
    input.AssignmentId ?? '',
  )
  if (isFault(page)) return page
  const filter = await findFilter(tx, caller, input)
  if (isFault(filter)) return filter
  const list = await listFiltered(tx, caller, filter, page)
  return {
    ...pageMembers(page, list, (bonus) => ({ time: bonus.grantedAt, id: bonus.id })),
    BonusPayments: list.map((bonus) => ({
      WorkerId: bonus.workerId,
      BonusAmount: formatDollars(bonus.amount),
      AssignmentId: bonus.assignmentId,
      Reason: bonus.reason,
      GrantTime: bonus.grantedAt,
    })),
  }
})

function listFiltered(
  tx: Read,
  { requesterId }: RequesterCaller,
  { by, of, imported }: Filter,
  { after, limit }: Page,
): Promise<imports.KeptBonus[]> {
  if (by === 'nothing') return Promise.resolve([])
  if (imported) return imports.listBonuses(tx, requesterId, by, of, after, limit)
  return bonuses.list(tx, by, of, after, limit)
}

async function findFilter(tx: Read, caller: RequesterCaller, input: Input): Promise<Filter | Fault> {
  const { HITId, AssignmentId } = input
  if (HITId !== undefined) {
    const own = await hits.find(tx, HITId)
    const hit = own ?? (await imports.findHIT(tx, HITId))
    if (hit === undefined) return { fault: 'HITDoesNotExist', hitId: HITId }
    if (hit.requesterId !== caller.requesterId) return { fault: 'PermissionDenied' }
    if (AssignmentId === undefined) return { by: 'hit', of: HITId, imported: own === undefined }
  }
  const own = await assignments.find(tx, AssignmentId ?? '')
  const assignment = own ?? (await imports.findAssignment(tx, AssignmentId ?? ''))
  if (assignment === undefined) return { fault: 'AssignmentDoesNotExist', assignmentId: AssignmentId ?? '' }
  if (assignment.requesterId !== caller.requesterId) return { fault: 'PermissionDenied' }
  const isOfHIT = HITId === undefined || assignment.hitId === HITId
  return { by: isOfHIT ? 'assignment' : 'nothing', of: assignment.id, imported: own === undefined }
}
