// The groups of HITs that a worker was on, with what he did in each.
import { isFault } from '../../../domain/fault.ts'
import { cents } from '../../../domain/money.ts'
import { ListFavourites } from '../../../operations/worker/ListFavourites.ts'
import { server } from '../../../limits.ts'
import { ListBatches, type BatchForWorker, type BatchPage } from '../../../operations/worker/ListBatches.ts'
import { answerJSON, jsonMoney, jsonTime, pageCounts, wantsJSON } from '../../json.ts'
import { Empty } from '../../ui/empty.tsx'
import { faultPage } from '../../ui/error-page.tsx'
import { count, hourlyPay, money, moment } from '../../ui/format.ts'
import { renderPage } from '../../ui/layout.tsx'
import { Pagination, pageNumber } from '../../ui/pagination.tsx'
import type { WorkerVisit } from '../../visit.ts'
import { contactAboutGroup } from '../messages/contact-link.ts'
import { FavouriteButton, FavouriteForm, marksOf, rowId, type Marks } from '../kept/favourite-button.tsx'
import { RecordNavigation } from './record-navigation.tsx'

const batchesPerPage = server.lists.entries

/** `GET /history/groups?page_number=` */
export async function listWorkedGroups(visit: WorkerVisit): Promise<Response> {
  const { c, market, texts } = visit
  const page = pageNumber(c.req.query('page_number'))
  const range = { offset: (page - 1) * batchesPerPage, limit: batchesPerPage }
  const found = await market.runner.run(ListBatches, visit.caller, range)
  if (isFault(found)) return faultPage(visit, found)
  if (wantsJSON(c)) return answerJSON(c, batchesJSON(found, page))
  const favourites = await market.runner.run(ListFavourites, visit.caller, {})
  if (isFault(favourites)) return faultPage(visit, favourites)
  const marks = marksOf(favourites)
  const { batches, total } = found
  const last = Math.ceil(total / batchesPerPage)
  return renderPage(
    visit,
    { title: texts.batches.title, current: '/dashboard' },
    <>
      <h1>{texts.batches.title}</h1>
      <RecordNavigation visit={visit} current="/history/groups" />
      {batches.length === 0 ? (
        <Empty
          heading={texts.batches.empty}
          text={texts.batches.emptyText}
          link={{ href: '/projects', text: texts.batches.find }}
        />
      ) : (
        <>
          <p class="lead">{texts.batches.lead}</p>
          <FavouriteForm visit={visit} here={`/history/groups?page_number=${page}`} />
          <Batches visit={visit} batches={batches} marks={marks} />
        </>
      )}
      <Pagination
        texts={texts}
        current={Math.min(page, last)}
        last={last}
        href={(number) => `/history/groups?page_number=${number}`}
      />
    </>,
  )
}

function batchesJSON({ batches, total }: BatchPage, page: number): object {
  return {
    results: batches.map((batch) => ({
      hit_set_id: batch.groupId,
      title: batch.title,
      requester_id: batch.requesterId,
      requester_name: batch.requesterName,
      submitted: batch.submitted,
      approved: batch.approved,
      rejected: batch.rejected,
      monetary_reward: jsonMoney(batch.reward),
      earnings: jsonMoney(earned(batch)),
      last_submitted_at: jsonTime(batch.lastAt),
      is_open: batch.isOpen,
    })),
    ...pageCounts(page, batches, total),
  }
}

function earned({ rewards, bonuses }: BatchForWorker) {
  return cents(rewards + bonuses)
}

interface BatchesProps {
  visit: WorkerVisit
  batches: readonly BatchForWorker[]
  marks: Marks
}

function Batches({ visit, batches, marks }: BatchesProps) {
  const { batches: texts } = visit.texts
  const figures = [texts.done, texts.approved, texts.rejected, texts.earned, texts.hourly]
  return (
    <table class="cards batches" aria-label={texts.table}>
      <thead>
        <tr>
          <th scope="col">{texts.group}</th>
          <th scope="col">{texts.requester}</th>
          {figures.map((heading) => (
            <th scope="col" class="number">
              {heading}
            </th>
          ))}
          <th scope="col">{texts.last}</th>
          <th scope="col">{texts.open}</th>
        </tr>
      </thead>
      <tbody>
        {batches.map((batch) => (
          <Batch visit={visit} batch={batch} figures={figures} marks={marks} />
        ))}
      </tbody>
    </table>
  )
}

interface BatchProps {
  visit: WorkerVisit
  batch: BatchForWorker
  figures: readonly string[]
  marks: Marks
}

function Batch({ visit, batch, figures, marks }: BatchProps) {
  const { market, texts: all } = visit
  const { batches: texts } = all
  const hourly = hourlyPay(batch.rewards, batch.reviewedSeconds) ?? texts.noHourly
  const values = [
    count(batch.submitted),
    count(batch.approved),
    count(batch.rejected),
    money(earned(batch)),
    hourly,
  ]
  const found = new URLSearchParams({ search: batch.title, requester: batch.requesterId })
  return (
    <tr id={rowId(batch.groupId)} data-group={batch.groupId}>
      <th scope="row">
        <span class="with-heart">
          <a href={`/projects/${batch.groupId}/tasks`}>{batch.title}</a>
          <FavouriteButton
            visit={visit}
            kind="group"
            id={batch.groupId}
            name={batch.title}
            isMarked={marks.groups.has(batch.hitTypeId)}
            row={batch.groupId}
          />
        </span>
        <a class="contact" href={`/history?${found.toString()}`} aria-label={texts.showOf(batch.title)}>
          {texts.show}
        </a>
      </th>
      <td data-label={texts.requester} class="requester-name-column">
        <span class="with-heart">
          <a href={`/requesters/${batch.requesterId}/projects`}>{batch.requesterName}</a>
          <FavouriteButton
            visit={visit}
            kind="requester"
            id={batch.requesterId}
            name={batch.requesterName}
            isMarked={marks.requesters.has(batch.requesterId)}
            row={batch.groupId}
          />
        </span>
        <a
          class="contact"
          href={contactAboutGroup(batch.type, batch.requesterName)}
          aria-label={texts.contactAbout(batch.requesterName, batch.title)}
        >
          {texts.contact}
        </a>
      </td>
      {values.map((value, i) => (
        <td data-label={figures[i]} class="number">
          {value}
        </td>
      ))}
      <td data-label={texts.last}>{moment(batch.lastAt, market.clock.now())}</td>
      <td data-label={texts.open}>{batch.isOpen ? texts.isOpen : texts.isClosed}</td>
    </tr>
  )
}
