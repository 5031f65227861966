// The page inside a task frame: an HTMLQuestion as its requester wrote it, with one script before it, or a form that
// this server makes from a QuestionForm. Both are shut in: other people's words run or stand here [design 5].
import { isFault } from '../../domain/fault.ts'
import { NO_ASSIGNMENT } from '../../domain/question/frame-url.ts'
import { operator } from '../../operations/operation.ts'
import { FindHITQuestion } from '../../operations/worker/FindHITQuestion.ts'
import { taskHeaders } from '../headers.ts'
import { staticURL } from '../static/files.ts'
import type { Visit } from '../visit.ts'
import { troublePage } from '../ui/error-page.tsx'
import { foreignContent } from '../ui/task-panel.tsx'
import { FormPage } from './form-page.tsx'
import { hostedSandbox, readQuestion } from './frame.ts'
import { prepareTaskHTML } from './html.ts'

/** `GET /task/<hitId>?assignmentId=…&hitId=…&workerId=…&turkSubmitTo=…` */
export async function showTask(visit: Visit): Promise<Response> {
  const { c, market, publicURL, texts } = visit
  const hitId = c.req.param('hit') ?? ''
  const found = await market.runner.run(FindHITQuestion, operator, { hitId })
  const question = isFault(found) ? undefined : await readQuestion(found.text)
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
