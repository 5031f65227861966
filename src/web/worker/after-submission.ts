// Where a worker goes once his work has arrived [websites 1.5, 1.6].

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
