// A worker before a QuestionForm: in a browser, or as a program that posts the form.
import { GetAssignmentCommand } from '@aws-sdk/client-mturk'
import type { Browser, Page } from 'playwright-core'
import type { WindowOptions, WorkerSite } from './worker-site.ts'

export interface AcceptedForm {
  worker: string
  assignmentId: string
  hitId: string
  groupId: string
  /** Addresses of the work page, of what takes its answers, and of the page that changes them. */
  work: string
  submit: string
  edit: string
}

/** A new worker who has accepted a HIT with this form. */
export async function acceptForm(
  site: WorkerSite,
  form: string,
  changes: Parameters<WorkerSite['createHIT']>[0] = {},
): Promise<AcceptedForm> {
  const { HITId: hitId, HITGroupId: groupId } = await site.createHIT({ Question: form, ...changes })
  const worker = await site.createWorker()
  const { assignmentId } = await site.accept(worker, hitId)
  const path = `${site.address}/projects/${groupId}/tasks/${hitId}`
  const query = `?assignment_id=${assignmentId}`
  return {
    ...{ worker, assignmentId, hitId, groupId },
    ...{ work: path + query, submit: `${path}/submit${query}`, edit: `${path}/edit${query}` },
  }
}

/** The same, with a window that shows the work page. */
export async function atForm(
  site: WorkerSite,
  browser: Browser,
  form: string,
  options: WindowOptions = {},
): Promise<AcceptedForm & { page: Page }> {
  const accepted = await acceptForm(site, form)
  const page = await site.open(browser, accepted.worker, options)
  await page.goto(accepted.work)
  return { ...accepted, page }
}

/** What the requester gets. */
export async function answerOf(site: WorkerSite, assignmentId: string): Promise<string> {
  const { Assignment } = await site.client.send(new GetAssignmentCommand({ AssignmentId: assignmentId }))
  return Assignment?.Answer ?? ''
}

const start =
  '<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd">'

/** A whole document; an answer is its identifier and what stands after it. */
export function answerDocument(answers: readonly (readonly [string, string])[]): string {
  const inside = answers.map(
    ([identifier, rest]) => `<Answer><QuestionIdentifier>${identifier}</QuestionIdentifier>${rest}</Answer>`,
  )
  return `${start}${inside.join('')}</QuestionFormAnswers>`
}

export const free = (text: string) => `<FreeText>${text}</FreeText>`
export const selected = (...selections: string[]) =>
  selections.map((selection) => `<SelectionIdentifier>${selection}</SelectionIdentifier>`).join('')
export const otherText = (text: string) => `<OtherSelectionText>${text}</OtherSelectionText>`

/** The cookie of a worker who has just signed in, and the token of his forms. */
export async function signedIn(site: WorkerSite, worker: string) {
  const response = await fetch(await site.signInLink(worker), { redirect: 'manual' })
  const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const page = await (await fetch(`${site.address}/dashboard`, { headers: { cookie } })).text()
  return { cookie, token: /<meta name="csrf-token" content="([^"]+)"/.exec(page)?.[1] ?? '' }
}
