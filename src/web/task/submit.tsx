// `…/mturk/externalSubmit`: takes a task's answers, from a form of whatever page [questions 5.3, design 5]. Who may
// submit: who has the task's token, or is signed in as its worker; and, unless the operator forbids it, a page that
// hard-codes Amazon's host name and so sends neither, for an assignment whose id nobody could guess.
import { isFault, type Fault } from '../../domain/fault.ts'
import { answersFromFields, answersFromForm } from '../../domain/question/answers.ts'
import { isReserved, NO_ASSIGNMENT } from '../../domain/question/frame-url.ts'
import { server } from '../../limits.ts'
import { operator } from '../../operations/operation.ts'
import { FindTask, type Task } from '../../operations/worker/FindTask.ts'
import { problemLine } from '../messages/problems.ts'
import { answerPageHeaders } from '../headers.ts'
import { isPrefetch } from '../origin-check.ts'
import { staticURL } from '../static/files.ts'
import { SentAnswers } from '../ui/sent-answers.tsx'
import type { Visit } from '../visit.ts'
import { readQuestionForm, submitSubject } from './frame.ts'
import { FilesUnavailable, handIn, judgeFiles, type Work } from './hand-in.ts'
import { readAllFields, type Sent } from './read-fields.ts'
import { readFormFields, taskNames, type Field } from './read-form.ts'

/** `POST` and `GET` of `/mturk/externalSubmit` and `/s/<token>/mturk/externalSubmit`. */
export async function takeAnswers(visit: Visit): Promise<Response> {
  const { c, texts } = visit
  // What only asks, or looks ahead, must not hand in anybody's work.
  if (c.req.method === 'HEAD' || isPrefetch(c)) return c.body(null, 405, { Allow: 'GET, POST' })
  const sent = await readAllFields(c)
  if (sent === 'too large') return problem(visit, tooLargeText(visit), 413)
  if (sent === undefined) return problem(visit, texts.answer.form, 400)
  const { fields } = sent
  const assignmentId = fields.find(([name]) => name === 'assignmentId')?.[1] ?? ''
  if (assignmentId === '') return problem(visit, texts.answer.missing, 400)
  if (assignmentId === NO_ASSIGNMENT) return problem(visit, texts.answer.preview, 400)
  const task = await visit.market.runner.run(FindTask, operator, { assignmentId })
  if (isFault(task)) return refused(visit, task, fields)
  const stranger = refuseStranger(visit, task)
  if (stranger !== undefined) return problem(visit, stranger, 403, fields)
  const work = await workOf(task, sent)
  if (isFault(work)) return refused(visit, work, fields)
  try {
    const output = await handIn(visit.market, task, work)
    return isFault(output) ? refused(visit, output, fields) : received(visit, assignmentId, fields)
  } catch (error) {
    if (!(error instanceof FilesUnavailable)) throw error
    visit.dependencies.failed?.(error)
    return problem(visit, texts.answer.filesUnavailable, 503, fields)
  }
}

/** Why whoever sends this may not submit for the task, or undefined. */
function refuseStranger(visit: Visit, { assignment }: Task): string | undefined {
  const { c, market, session, texts, dependencies } = visit
  const token = c.req.param('token')
  if (token !== undefined) {
    const fits = market.secrets.verify(submitSubject(assignment.id, assignment.workerId), token)
    return fits ? undefined : texts.answer.otherWorker
  }
  if (session !== undefined) {
    return session.personId === assignment.workerId ? undefined : texts.answer.otherWorker
  }
  return dependencies.submitPolicy === 'strict' ? texts.answer.needsToken : undefined
}

async function workOf(task: Task, { fields, files: arrived }: Sent): Promise<Work | Fault> {
  const { question } = task
  if (question.kind !== 'QuestionForm') {
    const answers = answersFromFields(fields)
    return isFault(answers) ? answers : { answers, files: [] }
  }
  const form = await readQuestionForm(question.text)
  const judged = judgeFiles(task, form, arrived)
  if (isFault(judged)) return judged
  const given = { ...readFormFields(form, fields, taskNames), ...judged.given }
  const answers = await answersFromForm(form, given)
  return isFault(answers) ? answers : { answers, files: judged.files }
}

function refused(visit: Visit, fault: Fault, fields: readonly Field[]): Response {
  const { texts } = visit
  switch (fault.fault) {
    case 'AssignmentDoesNotExist':
      return problem(visit, texts.answer.unknown, 404, fields)
    case 'AssignmentNotOpen':
      return problem(visit, texts.answer.closed[fault.state], 409, fields)
    case 'AnswerEmpty':
      return problem(visit, texts.answer.empty, 400)
    case 'AnswerTooLong':
      return problem(visit, texts.answer.tooLong, 413)
    case 'AnswersRefused':
      return problem(visit, fault.problems.map((one) => problemLine(texts, one)).join(' '), 422, fields)
    case 'FileSizeNotAllowed':
      return problem(visit, fileSizeText(visit, fault), 400, fields)
    case 'InvalidInput':
      return problem(visit, texts.answer.question(fault.member), 400, fields)
    default:
      return problem(
        visit,
        fault.fault === 'Busy' ? texts.errors.busy.text : texts.answer.otherWorker,
        409,
        fields,
      )
  }
}

function tooLargeText({ texts }: Visit): string {
  return texts.answer.tooLarge(new Intl.NumberFormat(texts.language).format(server.submitBodyBytes))
}

function fileSizeText({ texts }: Visit, fault: Extract<Fault, { fault: 'FileSizeNotAllowed' }>): string {
  const number = new Intl.NumberFormat(texts.language)
  const [size, least, most] = [fault.size, fault.minimum, fault.maximum].map((bytes) => number.format(bytes))
  return texts.answer.fileSize(fault.identifier, size!, least!, most!)
}

/**
 * The page after a submission: it tells the page around it, which goes on; alone it has a link [websites 1.6]. The link
 * opens a window: a page in the sandbox of a task may not navigate the page around it.
 */
function received(visit: Visit, assignmentId: string, fields: readonly Field[]): Response {
  const { c, texts, publicURL } = visit
  const answer = Object.fromEntries(fields.filter(([name]) => name !== 'assignmentId'))
  const message = JSON.stringify({ assignmentId, answer })
  answerPageHeaders(c, new URL(publicURL).origin)
  const page = (
    <AnswerPage visit={visit} title={texts.answer.submitted} script={publicURL + staticURL('answer.js')}>
      <h1>{texts.answer.submitted}</h1>
      <p>{texts.answer.submittedText}</p>
      <p>
        <a href={`${publicURL}/projects?submitted=${assignmentId}`} target="_blank">
          {texts.answer.next}
        </a>
      </p>
      <div id="answer" data-message={message} hidden></div>
    </AnswerPage>
  )
  return c.html(`<!DOCTYPE html>${page.toString()}`)
}

/** A page that says why nothing was recorded, and gives back what was typed: it may be the work of an hour. */
function problem(
  visit: Visit,
  text: string,
  status: 400 | 403 | 404 | 409 | 413 | 422 | 503,
  fields: readonly Field[] = [],
): Response {
  const { c, texts, publicURL } = visit
  answerPageHeaders(c, new URL(publicURL).origin)
  const page = (
    <AnswerPage visit={visit} title={texts.answer.problem}>
      <h1>{texts.answer.problem}</h1>
      <p>{text}</p>
      <p>{texts.answer.nothing}</p>
      <p>
        <a href={`${publicURL}/tasks`} target="_blank">
          {texts.answer.queue}
        </a>
      </p>
      <SentAnswers texts={texts} answers={fields.filter(([name]) => !isReserved(name))} />
    </AnswerPage>
  )
  return c.html(`<!DOCTYPE html>${page.toString()}`, status)
}

interface AnswerPageProps {
  visit: Visit
  title: string
  script?: string
  children?: unknown
}

function AnswerPage({ visit, title, script, children }: AnswerPageProps) {
  return (
    <html lang={visit.texts.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <link rel="stylesheet" href={visit.publicURL + staticURL('form.css')} />
        {script !== undefined && <script src={script} defer></script>}
      </head>
      <body class="answer-page">
        <main>{children as never}</main>
      </body>
    </html>
  )
}
