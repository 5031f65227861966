// The page on which an accepted HIT is done, and given back [websites 1.6].
import type { PropsWithChildren } from 'hono/jsx'
import { canEnd, isSubmitted } from '../../../domain/assignment.ts'
import { isFault } from '../../../domain/fault.ts'
import { FindGroups } from '../../../operations/worker/FindGroups.ts'
import { FindTask, type Task } from '../../../operations/worker/FindTask.ts'
import { ListQueue } from '../../../operations/worker/ListQueue.ts'
import { ReturnAssignment } from '../../../operations/worker/ReturnAssignment.ts'
import { answerJSON, wantsJSON } from '../../json.ts'
import { answerFormId, type Filled } from '../../ui/answer-form.tsx'
import { faultPage } from '../../ui/error-page.tsx'
import { Island } from '../../ui/island.tsx'
import { renderPage, type PageOptions } from '../../ui/layout.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ProjectBar } from '../../ui/task-frame.tsx'
import { panelNeeds, panelOf, TaskPanel } from '../../ui/task-panel.tsx'
import type { WorkerVisit } from '../../visit.ts'
import { afterSubmission, submittedNotice } from './after-submission.ts'
import {
  AutoAccept,
  BottomBar,
  Deadline,
  HITDetails,
  NextForm,
  ReturnForm,
  TimeLeft,
  workPath,
  type Work,
} from './work-parts.tsx'

/** `GET /projects/{gid}/tasks/{task_id}?assignment_id=` */
export async function showWork(visit: WorkerVisit): Promise<Response> {
  const task = await findOwnTask(visit)
  return task instanceof Response ? task : renderWork(visit, task)
}

/** Answers that were not taken in: they are filled in once more, with the reason. */
export interface RefusedAnswers {
  status: NonNullable<PageOptions['status']>
  filled: Filled
  autoAccept: boolean
  /** Why, when it is not the answers themselves. */
  reason?: { heading: string; text: string }
}

/** The work page of an open assignment. */
export async function renderWork(
  visit: WorkerVisit,
  task: Task,
  refused?: RefusedAnswers,
): Promise<Response> {
  const { c, market, texts } = visit
  const { assignment, type } = task
  const groups = await market.runner.run(FindGroups, visit.caller, { groupIds: [type.groupId] })
  if (isFault(groups)) return faultPage(visit, groups)
  const work: Work = {
    task,
    group: groups[0]!,
    path: workPath(type.groupId, task),
    remaining: Math.ceil((assignment.deadline - market.clock.now()) / 1000),
    duration: Math.round((assignment.deadline - assignment.acceptedAt) / 1000),
    autoAccept: refused?.autoAccept ?? c.req.query('auto_accept') === 'true',
    fromQueue: c.req.query('from_queue') === 'true',
  }
  const panel = await panelOf(visit, task)
  const { scripts, ...needs } = panelNeeds(panel)
  const submit = { ...submitOf(work), assignmentId: assignment.id, draftSeconds: work.remaining }
  return renderPage(
    visit,
    {
      title: type.title,
      ...needs,
      wide: true,
      scripts: ['countdown.js', 'work.js', ...scripts],
      ...(refused && { status: refused.status }),
    },
    <>
      {refused?.reason && <Banner kind="danger" {...refused.reason} />}
      <Notice visit={visit} name={await submittedNotice(visit)} />
      <ProjectBar
        texts={texts}
        type={type}
        requesterName={work.group.requesterName}
        details={<HITDetails visit={visit} work={work} />}
      >
        <TimeLeft visit={visit} work={work} />
        <div class="work-tools">
          <AutoAccept visit={visit} work={work} form={panel.kind === 'form' ? answerFormId : undefined} />
          <div class="work-pipeline-action">
            <ReturnForm visit={visit} action={work.path} />
          </div>
        </div>
      </ProjectBar>
      <Deadline visit={visit} work={work} />
      <WorkArea work={work}>
        <TaskPanel visit={visit} panel={panel} submit={submit} filled={refused?.filled} />
      </WorkArea>
      <BottomBar visit={visit} work={work} />
      {panel.kind === 'frame' && <NextForm visit={visit} work={work} />}
    </>,
  )
}

function submitOf({ task, fromQueue }: Work): { action: string } {
  const { assignment, type } = task
  const path = `/projects/${type.groupId}/tasks/${assignment.hitId}/submit`
  return { action: `${path}?assignment_id=${assignment.id}${fromQueue ? '&from_queue=true' : ''}` }
}

/** What surrounds the task; the script learns from it whose answers it waits for and where to go then. */
function WorkArea({ work, children }: PropsWithChildren<{ work: Work }>) {
  const { assignment, type } = work.task
  const next = { groupId: type.groupId, assignmentId: assignment.id, fromQueue: work.fromQueue }
  return (
    <Island
      name="workPipeline/TaskSubmitter"
      class="task-submitter"
      props={{ hiddenFormParams: { task_id: assignment.hitId, assignment_id: assignment.id } }}
    >
      <div
        id="task"
        data-assignment={assignment.id}
        data-next={afterSubmission({ ...next, autoAccept: false })}
        data-next-auto={afterSubmission({ ...next, autoAccept: true })}
      >
        {children}
      </div>
    </Island>
  )
}

/** `POST` of the same with `_method=delete`: gives the HIT back. */
export async function returnHIT(visit: WorkerVisit, form: URLSearchParams): Promise<Response> {
  const { c, market } = visit
  if (form.get('_method')?.toLowerCase() !== 'delete') return c.redirect('/tasks', 303)
  const assignmentId = c.req.query('assignment_id') ?? (await heldAssignment(visit)) ?? ''
  const returned = await market.runner.run(ReturnAssignment, visit.caller, { assignmentId })
  if (isFault(returned) && returned.fault === 'Busy') return faultPage(visit, returned)
  if (isFault(returned) && wantsJSON(c))
    return answerJSON(c, { message: visit.texts.notices.CannotReturn.heading }, 422)
  return c.redirect(`/tasks?notice=${isFault(returned) ? 'CannotReturn' : 'Returned'}`)
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
