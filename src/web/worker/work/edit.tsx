// Answers that a worker has submitted and may still change.
import { isFault, type Fault } from '../../../domain/fault.ts'
import { answersFromForm, type Answer, type FormAnswer } from '../../../domain/question/answers.ts'
import { FindSubmission } from '../../../operations/worker/FindSubmission.ts'
import { FindRequesterName } from '../../../operations/worker/FindRequesterName.ts'
import type { Task } from '../../../operations/worker/FindTask.ts'
import { FilesUnavailable, handInEdit, nameFiles } from '../../task/hand-in.ts'
import { lostFiles, readFormFiles, type FormValues } from '../../task/read-form.ts'
import type { Filled } from '../../ui/answer-form.tsx'
import { Banner } from '../../ui/banner.tsx'
import { renderPage, type PageOptions } from '../../ui/layout.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ProjectBar } from '../../ui/task-frame.tsx'
import { panelNeeds, panelOf, TaskPanel } from '../../ui/task-panel.tsx'
import type { Visit, WorkerVisit } from '../../visit.ts'
import { beginSubmission, isFromOurPage, lostTo, typedRows, type Submission } from './form-submission.tsx'

/** The path of the page on which submitted answers are changed. */
export function editPath(groupId: string, hitId: string, assignmentId: string): string {
  return `/projects/${groupId}/tasks/${hitId}/edit?assignment_id=${assignmentId}`
}

/** `GET /projects/{gid}/tasks/{task_id}/edit?assignment_id=` */
export async function showEdit(visit: WorkerVisit): Promise<Response> {
  const { c, market } = visit
  const assignmentId = c.req.query('assignment_id') ?? ''
  const found = await market.runner.run(FindSubmission, visit.caller, { assignmentId })
  if (isFault(found)) return lostTo(visit, found, [])
  const { task, answers } = found
  if (task.hit.id !== c.req.param('task'))
    return lostTo(visit, { fault: 'AssignmentDoesNotExist', assignmentId }, [])
  return renderEdit(visit, task, { values: valuesOf(answers), problems: [], isStored: true })
}

/** `POST` of the same */
export async function saveEdit(someone: Visit): Promise<Response> {
  const submission = await beginSubmission(someone)
  if (submission instanceof Response) return submission
  const { visit, task, form, sent, values } = submission
  const { market, texts } = visit
  const { assignment, type } = task
  if (!isFromOurPage(submission)) {
    const reason = { heading: texts.errors.form.title, text: texts.answer.otherSession }
    return renderEdit(visit, task, { values, problems: [] }, 403, reason)
  }
  const found = await market.runner.run(FindSubmission, visit.caller, { assignmentId: assignment.id })
  if (isFault(found)) return refuse(submission, found)
  const kept = found.answers.filter(({ kind }) => kind === 'File')
  const arrived = readFormFiles(form, sent.files)
  const lost = lostFiles(arrived)
  const { given, files } = nameFiles(assignment.id, form, arrived, market.ids.secret(16))
  // A file stays what it is until another one is chosen.
  const changed = { ...values, ...valuesOf(kept), ...given }
  const answers = await answersFromForm(form, changed)
  if (isFault(answers))
    return refuse({ ...submission, values: { ...values, ...valuesOf(kept), ...lost } }, answers)
  try {
    const fault = await handInEdit(market, assignment, { answers, files })
    if (fault !== undefined) return await refuse(submission, fault)
  } catch (error) {
    if (!(error instanceof FilesUnavailable)) throw error
    visit.dependencies.failed?.(error)
    const reason = { heading: texts.answer.problem, text: texts.answer.filesUnavailable }
    return renderEdit(visit, task, { values: { ...changed, ...lost }, problems: [] }, 503, reason)
  }
  return visit.c.redirect(`${editPath(type.groupId, task.hit.id, assignment.id)}&notice=Edited`, 303)
}

function refuse(submission: Submission, fault: Fault): Promise<Response> | Response {
  const { visit, task, form, values } = submission
  const { texts } = visit
  const heading = texts.answer.problem
  if (fault.fault === 'AnswersRefused')
    return renderEdit(visit, task, { values, problems: fault.problems }, 422)
  if (fault.fault === 'AnswerTooLong')
    return renderEdit(visit, task, { values, problems: [] }, 413, { heading, text: texts.answer.tooLong })
  if (fault.fault === 'Busy')
    return renderEdit(visit, task, { values, problems: [] }, 503, { heading, text: texts.errors.busy.text })
  return lostTo(visit, fault, typedRows(visit, form, values))
}

/** Stored answers as a form is filled in with them. */
function valuesOf(answers: readonly Answer[]): FormValues {
  return Object.fromEntries(
    answers.map((answer): [string, FormAnswer] => {
      switch (answer.kind) {
        case 'FreeText':
          return [answer.identifier, answer.text]
        case 'File':
          return [answer.identifier, { fileKey: answer.fileKey, size: answer.size }]
        case 'Selection': {
          const { selections, other } = answer
          return [answer.identifier, { selections, ...(other !== undefined && { other }) }]
        }
      }
    }),
  )
}

async function renderEdit(
  visit: WorkerVisit,
  task: Task,
  filled: Filled,
  status: NonNullable<PageOptions['status']> = 200,
  reason?: { heading: string; text: string },
): Promise<Response> {
  const { texts, market } = visit
  const { type, assignment, hit } = task
  const panel = await panelOf(visit, task)
  const { requesterId } = assignment
  const requester = await market.runner.run(FindRequesterName, visit.caller, { requesterId })
  const submit = {
    action: editPath(type.groupId, hit.id, assignment.id),
    assignmentId: assignment.id,
    label: texts.form.save,
  }
  return renderPage(
    visit,
    { title: texts.form.edit, wide: true, status, ...panelNeeds(panel) },
    <>
      <Notice visit={visit} />
      {reason && <Banner kind="danger" {...reason} />}
      <ProjectBar texts={texts} type={type} requesterName={isFault(requester) ? '' : requester.name}>
        <a class="button" href="/dashboard">
          {texts.form.leave}
        </a>
      </ProjectBar>
      <p class="lead">{texts.form.editText}</p>
      <TaskPanel visit={visit} panel={panel} submit={submit} filled={filled} />
    </>,
  )
}
