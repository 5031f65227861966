// What all forms of a QuestionForm's answers have in common on their way in: whose they are, what they say, and a page
// that gives back what was typed when it cannot be taken in [websites 1.6].
import { isFault, type Fault } from '../../../domain/fault.ts'
import { questionsOf, type FormQuestion, type QuestionForm } from '../../../domain/question/form.ts'
import { server } from '../../../limits.ts'
import { FindTask, type Task } from '../../../operations/worker/FindTask.ts'
import { questionName } from '../../messages/problems.ts'
import { isOwnRequest } from '../../origin-check.ts'
import { isAuthentic } from '../../session.ts'
import { readQuestion } from '../../task/frame.ts'
import { readBodyFields, type Sent } from '../../task/read-fields.ts'
import { readFormFields, type FormValues } from '../../task/read-form.ts'
import { refuseForm } from '../../ui/error-page.tsx'
import { renderPage, type PageOptions } from '../../ui/layout.tsx'
import { SentAnswers, type TypedRows } from '../../ui/sent-answers.tsx'
import { visitOf, type Visit, type WorkerVisit } from '../../visit.ts'

/** A worker's answers on their way in. */
export interface Submission {
  visit: WorkerVisit
  task: Task
  form: QuestionForm
  sent: Sent
  values: FormValues
}

/** Reads what was sent, or answers the page that says why it cannot be taken in. */
export async function beginSubmission(someone: Visit): Promise<Submission | Response> {
  const { c, texts } = someone
  const sent = await readBodyFields(c)
  // Another site's words do not stand on a page of ours.
  if (!isOwnRequest(c)) return refuseForm(someone)
  if (sent === 'too large') return lost(someone, 413, tooLargeText(someone), [])
  if (sent === undefined) return lost(someone, 400, texts.answer.form, [])
  const { session } = someone
  if (session === undefined) return lost(someone, 403, texts.answer.signedOut, plainRows(sent.fields))
  return find(visitOf(someone, session), sent)
}

/** The submission, when the address names an assignment of this worker. */
async function find(visit: WorkerVisit, sent: Sent): Promise<Submission | Response> {
  const { c, market, texts } = visit
  const assignmentId = c.req.query('assignment_id') ?? ''
  const task = await market.runner.run(FindTask, visit.caller, { assignmentId })
  if (isFault(task)) return lostTo(visit, task, plainRows(sent.fields))
  const question = await readQuestion(task.question.text)
  if (task.hit.id !== c.req.param('task') || question.kind !== 'QuestionForm')
    return lost(visit, 404, texts.answer.unknown, plainRows(sent.fields))
  const { form } = question
  return { visit, task, form, sent, values: readFormFields(form, sent.fields) }
}

/** Whether the form carries the token of this session; one that was opened before signing in anew does not. */
export function isFromOurPage({ visit: { market, session }, sent }: Submission): boolean {
  return isAuthentic(market, session, sent.fields.find(([name]) => name === 'authenticity_token')?.[1])
}

/** What was typed, in the words of the page: questions by their names, choices by what was offered. */
export function typedRows({ texts }: Visit, form: QuestionForm, values: FormValues): TypedRows {
  return questionsOf(form).map(({ identifier, displayName, answer }, index) => {
    const name = questionName(texts, { number: index + 1, ...(displayName !== undefined && { displayName }) })
    const value = values[identifier]
    if (typeof value === 'string') return [name, value]
    if (value === undefined || !('selections' in value)) return [name, '']
    const chosen = value.selections.map((selection) => selectionText(answer, selection))
    return [name, [...chosen, ...(value.other === undefined ? [] : [value.other])].join(', ')]
  })
}

function selectionText(answer: FormQuestion['answer'], identifier: string): string {
  if (answer.kind !== 'SelectionAnswer') return identifier
  const content = answer.selections.find((one) => one.identifier === identifier)?.content
  return content?.kind === 'Text' ? content.text : identifier
}

/** The same for a form that is not known: its fields as they came. */
export function plainRows(fields: Sent['fields']): TypedRows {
  return fields.flatMap(([name, value]) => {
    const identifier = /^(?:answer|other)\.(.*)$/s.exec(name)?.[1]
    return identifier === undefined ? [] : [[identifier, value] as const]
  })
}

/** The page that gives back what was typed, with what the refusal says. */
export function lostTo(visit: Visit, fault: Fault, rows: TypedRows): Response {
  const { answer } = visit.texts
  switch (fault.fault) {
    case 'AssignmentNotOpen':
      return lost(visit, 409, answer.closed[fault.state], rows)
    case 'AssignmentDoesNotExist':
      return lost(visit, 404, answer.unknown, rows)
    case 'SubmissionNotEditable':
      return lost(visit, 409, answer.notEditable[fault.reason], rows)
    case 'InvalidInput':
      return lost(visit, 400, answer.question(fault.member), rows)
    case 'Busy':
      return lost(visit, 503, visit.texts.errors.busy.text, rows)
    default:
      return lost(visit, 403, answer.otherWorker, rows)
  }
}

function tooLargeText({ texts }: Visit): string {
  return texts.answer.tooLarge(new Intl.NumberFormat(texts.language).format(server.submitBodyBytes))
}

/** A page that says why nothing was recorded, with what was typed to copy from. */
export function lost(
  visit: Visit,
  status: NonNullable<PageOptions['status']>,
  text: string,
  rows: TypedRows,
): Response {
  const { answer } = visit.texts
  return renderPage(
    visit,
    { title: answer.problem, status },
    <div class="card">
      <h1>{answer.problem}</h1>
      <p>{text}</p>
      <p>{answer.nothing}</p>
      <SentAnswers texts={visit.texts} answers={rows} />
      <p>
        <a class="button" href="/tasks">
          {answer.queue}
        </a>
      </p>
    </div>,
  )
}
