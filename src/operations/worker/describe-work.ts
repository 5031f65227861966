import type { Assignment } from '../../domain/assignment.ts'
import type { HITType } from '../../domain/hit-type.ts'
import * as hitTypes from '../../store/hit-types.ts'
import * as requesters from '../../store/requesters.ts'
import type { Read } from '../../store/tx.ts'

/** What a worker is told of an assignment beside itself. */
export interface Description {
  type: HITType
  requesterName: string
}

/**
 * Describes the assignments of a list, whose types and requesters are mostly the same: each is read once. Throws when
 * a type is missing: every assignment has one.
 */
export function createDescriber(tx: Read): (assignment: Assignment) => Promise<Description> {
  const descriptions = new Map<string, Description>()
  return async (assignment) => {
    const known = descriptions.get(assignment.hitTypeId)
    if (known !== undefined) return known
    const type = await hitTypes.find(tx, assignment.hitTypeId)
    if (type === undefined) throw new Error(`assignment ${assignment.id} lacks its type`)
    const requester = await requesters.find(tx, type.requesterId)
    const description = { type, requesterName: requester?.name ?? '' }
    descriptions.set(type.id, description)
    return description
  }
}
