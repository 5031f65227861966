// The list of HIT groups [websites 1.3].
import { isSubmitted } from '../../domain/assignment.ts'
import { isFault } from '../../domain/fault.ts'
import { FindTask } from '../../operations/worker/FindTask.ts'
import type { GroupForWorker } from '../../operations/worker/ListGroups.ts'
import { refusalText, type NoticeName } from '../messages/faults.ts'
import { Empty } from '../ui/empty.tsx'
import { faultPage } from '../ui/error-page.tsx'
import { count, moment, money, span } from '../ui/format.ts'
import { renderPage, TokenField } from '../ui/layout.tsx'
import { Notice } from '../ui/notice.tsx'
import type { WorkerVisit } from '../visit.ts'

/** `GET /projects` */
export async function listHITs(visit: WorkerVisit): Promise<Response> {
  const { texts, market, caller } = visit
  const all = await market.listGroups(caller)
  if (isFault(all)) return faultPage(visit, all)
  const groups = all.filter(({ discover }) => discover)
  return renderPage(
    visit,
    { title: texts.hits.title, current: '/projects' },
    <>
      <h1>{texts.hits.title}</h1>
      <Notice visit={visit} name={await submittedNotice(visit)} />
      {groups.length === 0 ? (
        <Empty heading={texts.hits.empty} text={texts.hits.emptyText} />
      ) : (
        <>
          <p class="result-count">{texts.hits.count(count(groups.length))}</p>
          <ol class="hit-set-table">
            {groups.map((group) => (
              <Group visit={visit} group={group} />
            ))}
          </ol>
        </>
      )}
    </>,
  )
}

/** `?submitted=<assignment>`: the note about submitted work, when it is this worker's and has really arrived [websites 1.6]. */
export async function submittedNotice({ c, market, caller }: WorkerVisit): Promise<NoticeName | undefined> {
  const assignmentId = c.req.query('submitted')
  if (assignmentId === undefined) return undefined
  const task = await market.runner.run(FindTask, caller, { assignmentId })
  return !isFault(task) && isSubmitted(task.assignment.state) ? 'Submitted' : undefined
}

function Group({ visit, group }: { visit: WorkerVisit; group: GroupForWorker }) {
  const { texts } = visit
  const { type, refusal } = group
  return (
    <li class="hit-set-table-row card" data-group={type.groupId}>
      <div class="group-head">
        <h2 class="project-name-column">{type.title}</h2>
        <p class="reward">
          <span class="visually-hidden">{texts.hits.reward}: </span>
          {money(type.reward)}
        </p>
      </div>
      <p class="requester-column">{group.requesterName}</p>
      <p class="description">{type.description}</p>
      <dl class="facts row">
        <div>
          <dt>{texts.hits.available}</dt>
          <dd>{count(group.assignable)}</dd>
        </div>
        <div>
          <dt>{texts.hits.timeAllotted}</dt>
          <dd>{span(type.duration)}</dd>
        </div>
        <div>
          <dt>{texts.hits.expires}</dt>
          <dd>{moment(group.latestExpiration, visit.market.clock.now())}</dd>
        </div>
      </dl>
      {refusal && <p class="why-not">{refusalText(texts, refusal)}</p>}
      <div class="actions">
        {group.preview && (
          <a
            class="button"
            href={`/projects/${type.groupId}/tasks?ref=w_pl_prvw`}
            aria-label={texts.hits.of(texts.hits.preview, type.title)}
          >
            {texts.hits.preview}
          </a>
        )}
        {group.accept && (
          <AcceptForm
            visit={visit}
            groupId={type.groupId}
            label={texts.hits.of(texts.hits.accept, type.title)}
          />
        )}
      </div>
    </li>
  )
}

/** The button that accepts a HIT of a group. A form, because a browser may fetch a link ahead [design 7]. */
export function AcceptForm({
  visit,
  groupId,
  label,
}: {
  visit: WorkerVisit
  groupId: string
  label?: string
}) {
  return (
    <form method="post" action={`/projects/${groupId}/tasks/accept_random`}>
      <TokenField token={visit.token} />
      <button class="primary work-btn" aria-label={label}>
        {visit.texts.hits.accept}
      </button>
    </form>
  )
}
