// The address of a task frame. Pages read these parameters from their own address and send assignmentId back.

/** The parameters that a frame's address carries, and so names that no answer has [questions 5.2, 5.3]. */
export const RESERVED_NAMES = ['assignmentId', 'hitId', 'workerId', 'turkSubmitTo'] as const

/** Whether a field of this name is no answer [questions 5.3, 9.2]. */
export function isReserved(name: string): boolean {
  return RESERVED_NAMES.some((reserved) => reserved === name)
}

/** The assignmentId of a page that nobody has accepted [questions 5.2]. */
export const NO_ASSIGNMENT = 'ASSIGNMENT_ID_NOT_AVAILABLE'

/** An accepted assignment. `turkSubmitTo` is without a slash at its end; `/mturk/externalSubmit` is appended to it. */
export interface AcceptedTask {
  assignmentId: string
  hitId: string
  workerId: string
  turkSubmitTo: string
}

/** A preview: nothing but the HIT is known. */
export interface PreviewedTask {
  hitId: string
}

/**
 * The address under which a task is shown: `url` with the task's parameters appended, in the order assignmentId,
 * hitId, workerId, turkSubmitTo; a preview has the first two only. They come before a fragment, and directly after
 * a `?` at the end [questions 5.2].
 */
export function frameURL(url: string, task: AcceptedTask | PreviewedTask): string {
  const hash = url.indexOf('#')
  const page = hash < 0 ? url : url.slice(0, hash)
  const fragment = hash < 0 ? '' : url.slice(hash)
  const separator = page.endsWith('?') ? '' : page.includes('?') ? '&' : '?'
  return `${page}${separator}${frameQuery(task)}${fragment}`
}

/** The task's parameters alone, for pages that this server holds itself [questions 6.1]. */
export function frameQuery(task: AcceptedTask | PreviewedTask): string {
  const parameters =
    'assignmentId' in task
      ? {
          assignmentId: task.assignmentId,
          hitId: task.hitId,
          workerId: task.workerId,
          turkSubmitTo: task.turkSubmitTo,
        }
      : { assignmentId: NO_ASSIGNMENT, hitId: task.hitId }
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
}
