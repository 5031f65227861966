import type { Assignment } from '../../domain/assignment.ts'
import type { HIT } from '../../domain/hit.ts'
import type { HITType } from '../../domain/hit-type.ts'
import * as assignments from '../../store/assignments.ts'
import * as hits from '../../store/hits.ts'
import { typeOf } from '../guards.ts'
import { read, type Caller } from '../operation.ts'
import { isOverdue, overdue } from '../overdue.ts'
import { findQuestion, type Question } from '../questions.ts'

/** An assignment with all that showing it needs. */
export interface Task {
  assignment: Assignment
  hit: HIT
  type: HITType
  question: Question
}

/** An assignment as of now, for the pages and frames of its worker. AssignmentDoesNotExist, AssignmentOfAnotherWorker. */
export const FindTask = read<Caller, { assignmentId: string }, Task>(
  'FindTask',
  async (tx, caller, { assignmentId }) => {
    const assignment = await assignments.find(tx, assignmentId)
    const hit = assignment && (await hits.find(tx, assignment.hitId))
    if (assignment === undefined || hit === undefined)
      return { fault: 'AssignmentDoesNotExist', assignmentId }
    if (caller.kind === 'worker' && assignment.workerId !== caller.workerId)
      return { fault: 'AssignmentOfAnotherWorker' }
    if (await isOverdue(tx, hit)) return overdue([hit.id])
    const question = await findQuestion(tx, hit.questionHash)
    if (question === undefined) throw new Error(`HIT ${hit.id} lacks its question`)
    return { assignment, hit, type: await typeOf(tx, hit), question }
  },
)
