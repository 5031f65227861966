// The address in every alert that ends them, without signing in: looking at it changes nothing, its button does.
import { isFault } from '../../../domain/fault.ts'
import { stopSubject } from '../../../domain/saved-search.ts'
import type { WorkerCaller } from '../../../operations/operation.ts'
import { StopAlerts } from '../../../operations/worker/SetSearchAlert.ts'
import { confirmPage } from '../../ui/confirm-page.tsx'
import { faultPage, troublePage } from '../../ui/error-page.tsx'
import { renderPage } from '../../ui/layout.tsx'
import type { Visit } from '../../visit.ts'

/** `GET /alerts/off/<worker>/<token>` */
export function showStopAlerts(visit: Visit): Response {
  const { stopAlerts: texts } = visit.texts
  if (callerOf(visit) === undefined) return refuseToken(visit)
  return confirmPage(visit, { title: texts.title, text: texts.text, button: texts.submit })
}

/** `POST /alerts/off/<worker>/<token>` */
export async function stopAlerts(visit: Visit): Promise<Response> {
  const { market } = visit
  const { stopAlerts: texts } = visit.texts
  const caller = callerOf(visit)
  if (caller === undefined) return refuseToken(visit)
  const stopped = await market.runner.run(StopAlerts, caller, {})
  if (isFault(stopped)) return faultPage(visit, stopped)
  return renderPage(
    visit,
    { title: texts.done },
    <div class="card narrow">
      <h1>{texts.done}</h1>
      <p>{texts.doneText}</p>
      <p>
        <a class="button" href="/searches">
          {texts.toSearches}
        </a>
      </p>
    </div>,
  )
}

/** The worker whose mail it is; undefined when the token is not that of his alerts. */
function callerOf({ c, market }: Visit): WorkerCaller | undefined {
  const workerId = c.req.param('worker') ?? ''
  const isHis = market.secrets.verify(stopSubject(workerId), c.req.param('token') ?? '')
  return isHis ? { kind: 'worker', workerId } : undefined
}

function refuseToken(visit: Visit): Response {
  const { stopAlerts: texts } = visit.texts
  const link = { href: '/searches', text: texts.toSearches }
  return troublePage(visit, { status: 403, title: texts.wrong, text: texts.wrongText, link })
}
