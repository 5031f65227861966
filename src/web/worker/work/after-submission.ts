// Where a worker goes once his work has arrived, and what he is told there [websites 1.5, 1.6].
import { isSubmitted } from '../../../domain/assignment.ts'
import { isFault } from '../../../domain/fault.ts'
import { FindTask } from '../../../operations/worker/FindTask.ts'
import type { NoticeName } from '../../messages/faults.ts'
import type { WorkerVisit } from '../../visit.ts'

/** The work that was submitted, and what its page was told. */
export interface SubmittedWork {
  groupId: string
  assignmentId: string
  /** He wants the next HIT of the same group (`auto_accept=true`). */
  autoAccept: boolean
  /** He came from his queue (`from_queue=true`). */
  fromQueue: boolean
}

/**
 * The address after a submission: the next HIT of the group, which that page accepts, or the queue, or the list. Each
 * of them looks for itself whether the work has really arrived, and then says so.
 */
export function afterSubmission({ groupId, assignmentId, autoAccept, fromQueue }: SubmittedWork): string {
  const submitted = `submitted=${encodeURIComponent(assignmentId)}`
  if (autoAccept)
    return `/projects/${encodeURIComponent(groupId)}/tasks/accept_random?auto_accept=true&${submitted}`
  return `${fromQueue ? '/tasks' : '/projects'}?${submitted}`
}

/** The note for `?submitted=<assignment>`, when that is this worker's work and has really arrived. */
export async function submittedNotice({ c, market, caller }: WorkerVisit): Promise<NoticeName | undefined> {
  const assignmentId = c.req.query('submitted')
  if (assignmentId === undefined) return undefined
  const task = await market.runner.run(FindTask, caller, { assignmentId })
  return !isFault(task) && isSubmitted(task.assignment.state) ? 'Submitted' : undefined
}
