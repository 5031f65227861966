// Accepting a HIT of a group [websites 1.5]. On the real site a GET does it and programs rely on that; one that another
// site has caused is answered with a question instead [design 7].
import { isFault, type Fault } from '../../../domain/fault.ts'
import { AcceptHIT } from '../../../operations/worker/AcceptHIT.ts'
import { answerJSON, wantsJSON } from '../../json.ts'
import { faultText, noticeOf } from '../../messages/faults.ts'
import { mayActOnGet } from '../../origin-check.ts'
import { faultPage, notFound } from '../../ui/error-page.tsx'
import { renderPage } from '../../ui/layout.tsx'
import type { WorkerVisit } from '../../visit.ts'
import { AcceptForm } from './accept-form.tsx'
import { submittedNotice } from '../work/after-submission.ts'

/** `GET /projects/{gid}/tasks/accept_random` */
export function acceptOnGet(visit: WorkerVisit): Promise<Response> | Response {
  const { c, texts } = visit
  if (mayActOnGet(c)) return acceptHIT(visit)
  // A program would take the question, a page with status 200, for an accepted HIT.
  if (wantsJSON(c)) return answerJSON(c, { message: texts.accept.fromElsewhere }, 403)
  return renderPage(
    visit,
    { title: texts.accept.title, current: '/projects' },
    <div class="card narrow">
      <h1>{texts.accept.title}</h1>
      <p>{texts.accept.text}</p>
      <div class="actions">
        <AcceptForm visit={visit} groupId={encodeURIComponent(c.req.param('gid') ?? '')} />
        <a class="button" href="/projects">
          {texts.accept.cancel}
        </a>
      </div>
    </div>,
  )
}

/** `POST /projects/{gid}/tasks/accept_random` */
export async function acceptHIT(visit: WorkerVisit, form?: URLSearchParams): Promise<Response> {
  const { c, market } = visit
  const given = (name: string) => c.req.query(name) ?? form?.get(name) ?? undefined
  // Auto-accept after a submission; a task that only says so gets its worker no further HIT [websites 1.5].
  if (given('submitted') !== undefined && (await submittedNotice(visit)) === undefined)
    return c.redirect('/tasks')
  const assignment = await market.runner.run(AcceptHIT, visit.caller, { groupId: c.req.param('gid') ?? '' })
  if (isFault(assignment)) return refuse(visit, assignment)
  const carried = ['ref', 'auto_accept', 'submitted'].flatMap((name) => {
    const value = given(name)
    return value === undefined ? [] : [`&${name}=${encodeURIComponent(value)}`]
  })
  const { id, hitId } = assignment
  const gid = encodeURIComponent(c.req.param('gid') ?? '')
  // Where one task follows another, the windows of the first lose the page around it here [design 5].
  c.header('Cross-Origin-Opener-Policy', 'same-origin')
  // The page itself for `format=json` as well: every known program takes it for success [websites 1.5].
  return c.redirect(`/projects/${gid}/tasks/${hitId}?assignment_id=${id}${carried.join('')}`)
}

function refuse(visit: WorkerVisit, fault: Fault): Response {
  const { c, texts } = visit
  const notice = noticeOf(texts, fault)
  if (wantsJSON(c))
    return answerJSON(c, { message: faultText(texts, fault) }, notice === undefined ? 503 : 422)
  // Some tools ask for a format that is none, to learn the outcome from the status alone [websites 1.1].
  const format = c.req.query('format')
  if (format !== undefined && format !== 'html') return notFound(visit)
  if (notice === undefined) return faultPage(visit, fault)
  const submitted = c.req.query('submitted')
  const before = submitted === undefined ? '' : `&submitted=${encodeURIComponent(submitted)}`
  return c.redirect(`/projects?notice=${notice}${before}`)
}
