// Accepting a HIT of a group [websites 1.5]. On the real site a GET does it and programs rely on that; one that another
// site has caused is answered with a question instead [design 7].
import { isFault, type Fault } from '../../domain/fault.ts'
import { AcceptHIT } from '../../operations/worker/AcceptHIT.ts'
import { faultText, noticeOf } from '../messages/faults.ts'
import { mayActOnGet } from '../origin-check.ts'
import { faultPage } from '../ui/error-page.tsx'
import { renderPage } from '../ui/layout.tsx'
import type { WorkerVisit } from '../visit.ts'
import { AcceptForm } from './hits.tsx'

/** `GET /projects/{gid}/tasks/accept_random` */
export function acceptOnGet(visit: WorkerVisit): Promise<Response> | Response {
  const { c, texts } = visit
  if (mayActOnGet(c)) return acceptHIT(visit)
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
export async function acceptHIT(visit: WorkerVisit): Promise<Response> {
  const { c, market } = visit
  const assignment = await market.runner.run(AcceptHIT, visit.caller, { groupId: c.req.param('gid') ?? '' })
  if (isFault(assignment)) return refuse(visit, assignment)
  const carried = ['ref', 'auto_accept'].flatMap((name) => {
    const value = c.req.query(name)
    return value === undefined ? [] : [`&${name}=${encodeURIComponent(value)}`]
  })
  const { id, hitId } = assignment
  const gid = encodeURIComponent(c.req.param('gid') ?? '')
  // The page itself for `format=json` as well: every known program takes it for success [websites 1.5].
  return c.redirect(`/projects/${gid}/tasks/${hitId}?assignment_id=${id}${carried.join('')}`)
}

function refuse(visit: WorkerVisit, fault: Fault): Response {
  const { c, texts } = visit
  const notice = noticeOf(texts, fault)
  if (c.req.query('format') === 'json') {
    c.header('Cache-Control', 'no-store')
    return c.json({ message: faultText(texts, fault) }, notice === undefined ? 503 : 422)
  }
  return notice === undefined ? faultPage(visit, fault) : c.redirect(`/projects?notice=${notice}`)
}
