// The page inside a task frame: an HTMLQuestion as its requester wrote it, with one script before it, or a form that
// this server makes from a QuestionForm. Both are shut in: other people's words run or stand here [design 5].
import { isFault } from '../../domain/fault.ts'
import { NO_ASSIGNMENT } from '../../domain/question/frame-url.ts'
import { operator } from '../../operations/operation.ts'
import { FindHITQuestion } from '../../operations/worker/FindHITQuestion.ts'
import { FindTask } from '../../operations/worker/FindTask.ts'
import { taskHeaders } from '../headers.ts'
import { staticURL } from '../static/files.ts'
import type { Visit } from '../visit.ts'
import { troublePage } from '../ui/error-page.tsx'
import { foreignContent } from '../ui/task-panel.tsx'
import { FormPage } from './form-page.tsx'
import { hostedSandbox, isSignedLook, readQuestion, submitSubject } from './frame.ts'
import { prepareTaskHTML } from './html.ts'

/** `GET /task/<hitId>?assignmentId=…&hitId=…&workerId=…&turkSubmitTo=…`, of a preview with a signature at the end of its path. */
export async function showTask(visit: Visit): Promise<Response> {
  const { c, market, publicURL, texts } = visit
  const hitId = c.req.param('hit') ?? ''
  const found = await market.runner.run(FindHITQuestion, operator, { hitId })
  const isShown = !isFault(found) && (!found.isGuarded || (await mayLook(visit, hitId)))
  const question = isShown ? await readQuestion(found.text) : undefined
  if (question === undefined || question.kind === 'ExternalQuestion') {
    return troublePage(visit, { status: 404, ...texts.errors.task })
  }
  const assignmentId = c.req.query('assignmentId') ?? NO_ASSIGNMENT
  const given = c.req.query('turkSubmitTo') ?? ''
  // Answers go to this server only, whatever the address says.
  const submitHost = given.startsWith(`${publicURL}/s/`) ? given : publicURL
  if (question.kind === 'HTMLQuestion') {
    taskHeaders(c, `sandbox ${hostedSandbox}`)
    const html = await prepareTaskHTML(question.html, {
      scriptURL: publicURL + staticURL('task.js'),
      submitHost,
      helperScriptURL: publicURL + staticURL('externalHIT_v1.js'),
      crowdScriptURL: publicURL + staticURL('crowd-html-elements.js'),
    })
    return c.html(html)
  }
  const { form } = question
  const foreign = foreignContent(form).map((kind) => `${kind}-src http: https:`)
  const policy = [
    `sandbox ${hostedSandbox}`,
    "default-src 'none'",
    `style-src ${publicURL}`,
    `script-src ${publicURL}`,
    `form-action ${publicURL}`,
    ...foreign,
  ]
  taskHeaders(c, policy.join('; '))
  const page = (
    <FormPage
      visit={visit}
      form={form}
      hitId={hitId}
      action={`${submitHost}/mturk/externalSubmit`}
      assignmentId={assignmentId === NO_ASSIGNMENT ? undefined : assignmentId}
    />
  )
  return c.html(`<!DOCTYPE html>${page.toString()}`)
}

/**
 * Whether a task that is not for everybody is for whoever asks: the worker who has accepted it, or a program that has
 * the address of his frame; a worker who may preview it; or, where nobody is signed in, as in a frame that loads itself
 * anew, whoever has a signed address [design 5, qualifications 4.4].
 */
async function mayLook(visit: Visit, hitId: string): Promise<boolean> {
  const { c, market, session } = visit
  const holder = await holderOf(visit, hitId)
  if (holder !== undefined) return session === undefined || session.personId === holder
  if (session === undefined) return isSignedLook(market, hitId, c.req.param('look') ?? '')
  const caller = { kind: 'worker', workerId: session.personId } as const
  return !isFault(await market.runner.run(FindHITQuestion, caller, { hitId }))
}

/** The worker of the assignment of this HIT in the address, which its submit token proves; undefined when it does not. */
async function holderOf({ c, market }: Visit, hitId: string): Promise<string | undefined> {
  const assignmentId = c.req.query('assignmentId') ?? NO_ASSIGNMENT
  const token = /\/s\/([\w-]+)$/.exec(c.req.query('turkSubmitTo') ?? '')?.[1]
  if (assignmentId === NO_ASSIGNMENT || token === undefined) return undefined
  const task = await market.runner.run(FindTask, operator, { assignmentId })
  if (isFault(task) || task.hit.id !== hitId) return undefined
  const { workerId } = task.assignment
  return market.secrets.verify(submitSubject(assignmentId, workerId), token) ? workerId : undefined
}
