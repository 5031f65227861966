// What the worker has accepted and not yet sent, soonest deadline first [websites 1.7].
import { isFault } from '../../domain/fault.ts'
import { ListQueue, type QueueEntry } from '../../operations/worker/ListQueue.ts'
import { Empty } from '../ui/empty.tsx'
import { faultPage } from '../ui/error-page.tsx'
import { count, money, span } from '../ui/format.ts'
import { renderPage } from '../ui/layout.tsx'
import { Notice } from '../ui/notice.tsx'
import type { WorkerVisit } from '../visit.ts'
import { submittedNotice } from './hits.tsx'
import { ReturnForm, workPath } from './work.tsx'

/** `GET /tasks` */
export async function showQueue(visit: WorkerVisit): Promise<Response> {
  const { market, texts } = visit
  const entries = await market.runner.run(ListQueue, visit.caller, {})
  if (isFault(entries)) return faultPage(visit, entries)
  const title = texts.queue.title(count(entries.length))
  return renderPage(
    visit,
    { title, current: '/tasks' },
    <>
      <h1 class="m-b-0">{title}</h1>
      <Notice visit={visit} name={await submittedNotice(visit)} />
      {entries.length === 0 ? (
        <Empty
          heading={texts.queue.empty}
          text={texts.queue.emptyText}
          link={{ href: '/projects', text: texts.queue.find }}
        />
      ) : (
        <ol class="queue">
          {entries.map((entry) => (
            <Entry visit={visit} entry={entry} />
          ))}
        </ol>
      )}
    </>,
  )
}

function Entry({ visit, entry }: { visit: WorkerVisit; entry: QueueEntry }) {
  const { texts, market } = visit
  const { assignment, type } = entry
  const path = workPath(type.groupId, entry)
  return (
    <li class="card">
      <div class="group-head">
        <h2>{type.title}</h2>
        <p class="reward">
          <span class="visually-hidden">{texts.hits.reward}: </span>
          {money(type.reward)}
        </p>
      </div>
      <p class="requester-column">{entry.requesterName}</p>
      <dl class="facts row">
        <div>
          <dt>{texts.queue.timeRemaining}</dt>
          <dd>{span((assignment.deadline - market.clock.now()) / 1000)}</dd>
        </div>
      </dl>
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
    </li>
  )
}
