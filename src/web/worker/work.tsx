// The page on which an accepted HIT is done, and given back [websites 1.6].
import { canEnd, isSubmitted } from '../../domain/assignment.ts'
import { isFault } from '../../domain/fault.ts'
import { FindRequesterName } from '../../operations/worker/FindRequesterName.ts'
import { FindTask, type Task } from '../../operations/worker/FindTask.ts'
import { ListQueue } from '../../operations/worker/ListQueue.ts'
import { ReturnAssignment } from '../../operations/worker/ReturnAssignment.ts'
import { frameOf } from '../task/frame.ts'
import { faultPage } from '../ui/error-page.tsx'
import { clockSpan, span } from '../ui/format.ts'
import { renderPage, TokenField } from '../ui/layout.tsx'
import { ProjectBar, TaskIframe } from '../ui/task-frame.tsx'
import type { WorkerVisit } from '../visit.ts'

/** `GET /projects/{gid}/tasks/{task_id}?assignment_id=` */
export async function showWork(visit: WorkerVisit): Promise<Response> {
  const { c, market, texts } = visit
  const task = await findOwnTask(visit)
  if (task instanceof Response) return task
  const { assignment, type } = task
  const fromQueue = c.req.query('from_queue') === 'true'
  const remaining = Math.ceil((assignment.deadline - market.clock.now()) / 1000)
  const frame = await frameOf(market, task, visit.publicURL)
  const requester = await market.runner.run(FindRequesterName, visit.caller, {
    requesterId: assignment.requesterId,
  })
  return renderPage(
    visit,
    { title: type.title, taskFrame: true, wide: true, scripts: ['work.js'] },
    <>
      <ProjectBar texts={texts} type={type} requesterName={isFault(requester) ? '' : requester.name}>
        <Countdown visit={visit} remaining={remaining} duration={type.duration} />
        <ReturnForm visit={visit} action={workPath(type.groupId, task)} />
      </ProjectBar>
      <div id="time-is-over" class="mturk-alert mturk-alert-danger" role="alert" hidden>
        <div class="mturk-alert-content">
          <p class="heading">{texts.work.expired}</p>
          <p>{texts.work.expiredText}</p>
          <p>
            <a href="/projects">{texts.work.toHITs}</a>
          </p>
        </div>
      </div>
      <div
        id="task"
        data-assignment={assignment.id}
        data-next={`${fromQueue ? '/tasks' : '/projects'}?submitted=${assignment.id}`}
      >
        <TaskIframe frame={frame} title={texts.work.frame} />
      </div>
    </>,
  )
}

/** `POST` of the same with `_method=delete`: gives the HIT back. */
export async function returnHIT(visit: WorkerVisit, form: URLSearchParams): Promise<Response> {
  const { c, market } = visit
  if (form.get('_method')?.toLowerCase() !== 'delete') return c.redirect('/tasks', 303)
  const assignmentId = c.req.query('assignment_id') ?? (await heldAssignment(visit)) ?? ''
  const returned = await market.runner.run(ReturnAssignment, visit.caller, { assignmentId })
  if (isFault(returned) && returned.fault === 'Busy') return faultPage(visit, returned)
  return c.redirect(`/tasks?notice=${isFault(returned) ? 'CannotReturn' : 'Returned'}`)
}

/** The path of the page on which an assignment is done. */
export function workPath(groupId: string, { assignment }: Pick<Task, 'assignment'>): string {
  return `/projects/${groupId}/tasks/${assignment.hitId}?assignment_id=${assignment.id}`
}

/** The assignment of the address when its worker is here and still has it; else where to go instead. */
async function findOwnTask(visit: WorkerVisit): Promise<Task | Response> {
  const { c, market, caller } = visit
  const gone = () => c.redirect('/tasks?notice=NotInQueue')
  const assignmentId = c.req.query('assignment_id') ?? (await heldAssignment(visit))
  if (assignmentId === undefined) return gone()
  const task = await market.runner.run(FindTask, caller, { assignmentId })
  if (isFault(task)) return task.fault === 'Busy' ? faultPage(visit, task) : gone()
  const { assignment, hit } = task
  if (hit.id !== c.req.param('task')) return gone()
  if (isSubmitted(assignment.state)) return c.redirect(`/projects?submitted=${assignment.id}`)
  return canEnd(assignment, market.clock.now()) === undefined ? task : gone()
}

/** What the worker holds of the HIT in the address, when the address does not say. */
async function heldAssignment({ c, market, caller }: WorkerVisit): Promise<string | undefined> {
  const queue = await market.runner.run(ListQueue, caller, {})
  if (isFault(queue)) return undefined
  return queue.find(({ assignment }) => assignment.hitId === c.req.param('task'))?.assignment.id
}

function Countdown({
  visit,
  remaining,
  duration,
}: {
  visit: WorkerVisit
  remaining: number
  duration: number
}) {
  const { work } = visit.texts
  return (
    <div class="countdown">
      <p>
        {work.timeRemaining}{' '}
        <span id="countdown" role="timer" data-remaining={String(remaining)}>
          {clockSpan(remaining)}
        </span>{' '}
        <span class="of">{work.of(span(duration))}</span>
      </p>
      <p id="countdown-news" class="visually-hidden" aria-live="polite" data-text={work.left('{span}')}></p>
      <noscript>
        <p class="hint">{work.noScript}</p>
      </noscript>
    </div>
  )
}

/** The button that gives a HIT back; programs read the ids from the form's action [websites 1.6]. */
export function ReturnForm({ visit, action, label }: { visit: WorkerVisit; action: string; label?: string }) {
  return (
    <form method="post" action={action} class="return">
      <input type="hidden" name="_method" value="delete" />
      <TokenField token={visit.token} />
      <button class="btn-warning" aria-label={label}>
        {visit.texts.work.return}
      </button>
    </form>
  )
}
