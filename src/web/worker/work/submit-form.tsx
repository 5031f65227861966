// The answers to a QuestionForm, as our own work page sends them [websites 1.6]. Whatever is wrong, what was typed comes
// back: in the form while the assignment is open, as text to copy from when it is not.
import { isFault, type Fault } from '../../../domain/fault.ts'
import { answersFromForm } from '../../../domain/question/answers.ts'
import { FilesUnavailable, handIn, nameFiles } from '../../task/hand-in.ts'
import type { Sent } from '../../task/read-fields.ts'
import { lostFiles, readFormFiles } from '../../task/read-form.ts'
import type { PageOptions } from '../../ui/layout.tsx'
import type { Visit } from '../../visit.ts'
import { afterSubmission } from './after-submission.ts'
import { beginSubmission, isFromOurPage, lostTo, typedRows, type Submission } from './form-submission.tsx'
import { renderWork } from './work.tsx'

/** `POST /projects/{gid}/tasks/{task_id}/submit?assignment_id=` */
export async function submitForm(someone: Visit): Promise<Response> {
  const submission = await beginSubmission(someone)
  if (submission instanceof Response) return submission
  if (isFromOurPage(submission)) return finish(submission)
  const { errors, answer } = someone.texts
  return again(submission, 403, { heading: errors.form.title, text: answer.otherSession })
}

async function finish(submission: Submission): Promise<Response> {
  const { visit, task, form, sent, values } = submission
  const { c, market, texts } = visit
  const { given, files } = nameFiles(task.assignment.id, form, readFormFiles(form, sent.files))
  const answers = await answersFromForm(form, { ...values, ...given })
  if (isFault(answers)) return refuse(submission, answers)
  try {
    const output = await handIn(market, task, { answers, files })
    if (isFault(output)) return await refuse(submission, output)
  } catch (error) {
    if (!(error instanceof FilesUnavailable)) throw error
    visit.dependencies.failed?.(error)
    return again(submission, 503, { heading: texts.answer.problem, text: texts.answer.filesUnavailable })
  }
  const next = afterSubmission({
    groupId: task.type.groupId,
    assignmentId: task.assignment.id,
    autoAccept: wantsNext(sent),
    fromQueue: c.req.query('from_queue') === 'true',
  })
  return c.redirect(next, 303)
}

function wantsNext({ fields }: Sent): boolean {
  return fields.some(([name, value]) => name === 'auto_accept' && value === 'true')
}

function refuse(submission: Submission, fault: Fault): Promise<Response> | Response {
  const { visit, task, form, values } = submission
  const { texts } = visit
  const heading = texts.answer.problem
  // Work that is over is told so, whatever else is wrong with it.
  const isOver = task.assignment.state !== 'open' || visit.market.clock.now() >= task.assignment.deadline
  if (fault.fault === 'AnswersRefused' && !isOver) return again(submission, 422, undefined, fault)
  if (fault.fault === 'Busy') return again(submission, 503, { heading, text: texts.errors.busy.text })
  if (fault.fault === 'AnswerTooLong') return again(submission, 413, { heading, text: texts.answer.tooLong })
  if (fault.fault !== 'AnswersRefused') return lostTo(visit, fault, typedRows(visit, form, values))
  const state = task.assignment.state
  const closed =
    state === 'returned' ? 'returned' : state === 'open' || state === 'abandoned' ? 'abandoned' : 'submitted'
  return lostTo(visit, { fault: 'AssignmentNotOpen', state: closed }, typedRows(visit, form, values))
}

/** The work page once more, with everything that was typed. */
function again(
  { visit, task, form, values, sent }: Submission,
  status: NonNullable<PageOptions['status']>,
  reason?: { heading: string; text: string },
  refused?: Extract<Fault, { fault: 'AnswersRefused' }>,
): Promise<Response> {
  return renderWork(visit, task, {
    status,
    filled: {
      values: { ...values, ...lostFiles(readFormFiles(form, sent.files)) },
      problems: refused?.problems ?? [],
    },
    autoAccept: wantsNext(sent),
    ...(reason && { reason }),
  })
}
