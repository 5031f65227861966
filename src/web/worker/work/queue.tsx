// What the worker has accepted and not yet sent, soonest deadline first [websites 1.7].
import { isFault } from '../../../domain/fault.ts'
import { market as bounds } from '../../../limits.ts'
import { ListQueue, type QueueEntry } from '../../../operations/worker/ListQueue.ts'
import { answerJSON, wantsJSON } from '../../json.ts'
import { Empty } from '../../ui/empty.tsx'
import { faultPage } from '../../ui/error-page.tsx'
import { clockSpan, count, money } from '../../ui/format.ts'
import { Island } from '../../ui/island.tsx'
import { renderPage } from '../../ui/layout.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { WorkerVisit } from '../../visit.ts'
import { submittedNotice } from './after-submission.ts'
import { secondsLeft, taskObjects } from './queue-json.ts'
import { ReturnForm, workPath } from './work-parts.tsx'

/** From how many seconds on a deadline is shown to be near. */
const soon = 300

/** `GET /tasks` */
export async function showQueue(visit: WorkerVisit): Promise<Response> {
  const { c, market, texts } = visit
  const entries = await market.runner.run(ListQueue, visit.caller, {})
  if (isFault(entries)) return faultPage(visit, entries)
  const tasks = await taskObjects(visit, entries, wantsJSON(c) ? '.json' : '')
  if (isFault(tasks)) return faultPage(visit, tasks)
  if (wantsJSON(c)) return answerJSON(c, { tasks })
  const title = texts.queue.title(count(entries.length))
  return renderPage(
    visit,
    { title, current: '/tasks', scripts: ['countdown.js', 'queue.js'] },
    <>
      <div class="task-queue-header queue-head">
        <h1 class="m-b-0">{title}</h1>
        {entries.length > 1 && <p class="hint">{texts.queue.order}</p>}
      </div>
      <div>
        <Notice visit={visit} name={await submittedNotice(visit)} />
        {entries.length >= bounds.queue && (
          <p class="note">
            <strong>{texts.queue.full}</strong> {texts.queue.fullText(count(bounds.queue))}
          </p>
        )}
        <Island name="taskQueueTable/TaskQueueTable" props={{ bodyData: tasks, tableConfig }}>
          {entries.length === 0 ? (
            <Empty
              heading={texts.queue.empty}
              text={texts.queue.emptyText}
              link={{ href: '/projects', text: texts.queue.find }}
            />
          ) : (
            <ol class="queue task-queue-table">
              {entries.map((entry) => (
                <Entry visit={visit} entry={entry} />
              ))}
            </ol>
          )}
        </Island>
      </div>
    </>,
  )
}

/** The columns of the real site's table, which tools only pass on. */
const tableConfig = ['Requester', 'Title', 'Reward', 'Time Remaining', 'Actions'].map((label) => ({ label }))

function Entry({ visit, entry }: { visit: WorkerVisit; entry: QueueEntry }) {
  const { texts } = visit
  const { type } = entry
  const path = workPath(type.groupId, entry)
  const left = secondsLeft(visit, entry)
  return (
    <li class="card table-row task-queue-table-row">
      <h2 class="project-name-column">{type.title}</h2>
      <p class="requester-column">
        <a href={`/requesters/${type.requesterId}/projects`}>{entry.requesterName}</a>{' '}
        <span class="visually-hidden">{texts.hits.reward}: </span>
        <span class="reward">{money(type.reward)}</span>
      </p>
      <div class="queue-place">
        <p class={left <= soon ? 'queue-time soon' : 'queue-time'}>
          {texts.queue.timeRemaining}{' '}
          <strong
            role="timer"
            data-remaining={String(left)}
            data-over={texts.queue.timeOver}
            data-soon={String(soon)}
          >
            {clockSpan(left)}
          </strong>
        </p>
        <div class="actions">
          <a
            class="button primary"
            href={`${path}&from_queue=true`}
            aria-label={texts.hits.of(texts.queue.work, type.title)}
          >
            {texts.queue.work}
          </a>
          <ReturnForm visit={visit} action={path} label={texts.hits.of(texts.queue.return, type.title)} />
        </div>
      </div>
    </li>
  )
}
