// The parts of the work page: its details, its time, and what can be done with the HIT [websites 1.6].
import type { GroupForWorker } from '../../../operations/worker/groups/group-view.ts'
import type { Task } from '../../../operations/worker/FindTask.ts'
import { jsonDollars, jsonTime } from '../../json.ts'
import { Countdown, TimeIsOver } from '../../ui/countdown.tsx'
import { Facts, type Fact } from '../../ui/facts.tsx'
import { count, moment, span } from '../../ui/format.ts'
import { Island } from '../../ui/island.tsx'
import { TokenField } from '../../ui/layout.tsx'
import type { WorkerVisit } from '../../visit.ts'
import { contactAboutGroup } from '../messages/contact-link.ts'

/** What the parts show. */
export interface Work {
  task: Task
  group: GroupForWorker
  /** The path of the page, with the assignment. */
  path: string
  /** Whole seconds until the deadline. */
  remaining: number
  /** Seconds from accepting to the deadline. */
  duration: number
  autoAccept: boolean
  fromQueue: boolean
}

interface PartProps {
  visit: WorkerVisit
  work: Work
}

/** The props from which tools read what the HIT is [websites 1.6]. */
function modalProps({ task, group }: Work, header: string) {
  const { type, requesterName } = group
  return {
    modalType: 'ProjectDetailsModal',
    modalHeader: header,
    children: header,
    modalOptions: {
      requesterName,
      projectTitle: type.title,
      description: type.description,
      assignableHitsCount: group.figures.assignable,
      creationTime: jsonTime(task.hit.createdAt),
      expirationTime: jsonTime(task.hit.expiresAt),
      assignmentDurationInSeconds: type.duration,
      contactRequesterUrl: contactAboutGroup(type, requesterName, task.assignment.id),
      monetaryReward: { amountInDollars: jsonDollars(type.reward), currencyCode: 'USD' },
    },
  }
}

/** What more is known of the HIT, folded away. */
export function HITDetails({ visit, work }: PartProps) {
  const { texts, market } = visit
  const { group, task } = work
  const { type } = group
  const facts: Fact[] = [
    [texts.work.description, type.description],
    ...(type.keywords ? [[texts.work.keywords, type.keywords] as const] : []),
    [texts.hits.timeAllotted, span(work.duration)],
    [texts.hits.available, count(group.figures.assignable)],
    [texts.work.created, moment(task.hit.createdAt, market.clock.now())],
    [texts.hits.expires, moment(task.hit.expiresAt, market.clock.now())],
  ]
  return (
    <details class="hit-details">
      <summary>
        <Island as="span" name="common/ShowModal" props={modalProps(work, texts.work.details)}>
          {texts.work.details}
        </Island>
      </summary>
      <div class="card" id="hit-details">
        <Facts facts={facts} />
        <p>
          <a href={contactAboutGroup(type, group.requesterName, task.assignment.id)}>{texts.work.contact}</a>
        </p>
      </div>
    </details>
  )
}

/**
 * Seconds before the deadline at which the page warns: five minutes and one minute, where at least as much time was
 * there before; else a tenth of the time.
 */
export function warningMarks(duration: number): number[] {
  const marks = [300, 60].filter((mark) => mark * 2 <= duration)
  return marks.length > 0 ? marks : [Math.ceil(duration / 10)]
}

/** The time that is left, as tools read it too. */
export function TimeLeft({ visit: { texts }, work: { remaining, duration } }: PartProps) {
  const props = {
    timeRemainingInSeconds: remaining,
    originalTimeToCompleteInSeconds: duration,
    displayStyle: 'elapsed',
    className: 'completion-timer',
    update: true,
  }
  return (
    <Island name="workPipeline/CompletionTimer" props={props} class="countdown">
      <Countdown texts={texts} remaining={remaining} duration={duration} warnings={warningMarks(duration)} />
    </Island>
  )
}

/** What happens at the deadline; in its place a warning before it, and a note after it. */
export function Deadline({ visit: { texts }, work: { remaining, duration } }: PartProps) {
  const { work } = texts
  const marks = warningMarks(duration)
  const due = marks.findLast((mark) => remaining <= mark)
  return (
    <div class="deadline">
      <p class="at-end hint">{work.atEnd}</p>
      <div
        id="time-warning"
        class="time-warning"
        data-text={work.warning('{span}')}
        hidden={due === undefined}
      >
        <p>
          <strong class="what">{work.warning(span(due ?? marks[0]!))}</strong> {work.warningText}
        </p>
      </div>
      <TimeIsOver
        heading={work.expired}
        text={work.expiredText}
        link={<a href="/projects">{work.toHITs}</a>}
      />
    </div>
  )
}

const nextFormId = 'next-hit'

/**
 * The choice to go on with the next HIT of the group. It belongs to the form of the answers when that is on this page
 * (`form`). Where the answers come from a frame it needs the script, so there is a button without it.
 */
export function AutoAccept({ visit, work, form }: PartProps & { form?: string | undefined }) {
  const { texts } = visit
  return (
    <Island
      name="workPipeline/AutoAcceptCheckbox"
      class={form === undefined ? 'auto-accept scripted' : 'auto-accept'}
      props={{ autoAcceptEnabled: work.autoAccept }}
    >
      <label class="choice">
        <input
          type="checkbox"
          id="auto-accept"
          name="auto_accept"
          value="true"
          checked={work.autoAccept}
          form={form}
        />{' '}
        {texts.work.autoAccept}
      </label>
      {form === undefined && (
        <noscript>
          <p class="hint">{texts.work.nextHint}</p>
          <button form={nextFormId}>{texts.work.next}</button>
        </noscript>
      )}
    </Island>
  )
}

/** The form of that button, at the end of the page: tools take the first form of the bar for the one that returns. */
export function NextForm({ visit, work }: PartProps) {
  return (
    <form method="post" action={`/projects/${work.group.type.groupId}/tasks/accept_random`} id={nextFormId}>
      <TokenField token={visit.token} />
      <input type="hidden" name="auto_accept" value="true" />
    </form>
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

/** The end of the work page: which HIT it is once more, and the button to give it back, after a long task. */
export function BottomBar({ visit, work }: PartProps) {
  const { texts } = visit
  return (
    <>
      <hr class="footer-horizontal-rule" />
      <div class="work-pipeline-bottom-bar">
        <div class="project-detail-bar">
          <div class="about">
            <p class="task-project-title">{work.group.type.title}</p>
            <div>
              <Island as="span" name="common/ShowModal" props={modalProps(work, texts.work.details)}>
                <a href="#hit-details">{texts.work.details}</a>
              </Island>
            </div>
          </div>
        </div>
        <div class="action-buttons work-pipeline-action">
          <ReturnForm visit={visit} action={work.path} />
        </div>
      </div>
    </>
  )
}

/** The path of the page on which an assignment is done. */
export function workPath(groupId: string, { assignment }: Pick<Task, 'assignment'>): string {
  return `/projects/${groupId}/tasks/${assignment.hitId}?assignment_id=${assignment.id}`
}
