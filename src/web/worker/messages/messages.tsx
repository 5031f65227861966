// What a worker was told, by requesters, of bonuses, blocks and qualifications, and what he wrote to requesters.
import { isFault } from '../../../domain/fault.ts'
import { server } from '../../../limits.ts'
import { ListOwnMessages, type ReceivedMessage } from '../../../operations/worker/Account.ts'
import { Empty } from '../../ui/empty.tsx'
import { faultPage } from '../../ui/error-page.tsx'
import { moment } from '../../ui/format.ts'
import { renderPage } from '../../ui/layout.tsx'
import type { WorkerVisit } from '../../visit.ts'

/** `GET /messages?before=` */
export async function showMessages(visit: WorkerVisit): Promise<Response> {
  const { c, market, caller } = visit
  const { messages: texts } = visit.texts
  const asked = c.req.query('before')
  const before = asked !== undefined && /^[A-Z0-9]{1,64}$/.test(asked) ? asked : undefined
  const shown = server.account.messagesShown
  const found = await market.runner.run(ListOwnMessages, caller, { before, limit: shown + 1 })
  if (isFault(found)) return faultPage(visit, found)
  const page = found.slice(0, shown)
  const last = page.at(-1)
  return renderPage(
    visit,
    { title: texts.title },
    <>
      <h1>{texts.title}</h1>
      {page.length === 0 && <Empty heading={texts.empty} text={texts.emptyText} />}
      {page.map((message) => (
        <article class="card message" data-message={message.id}>
          <h2>{message.subject}</h2>
          <p class="field-hint">
            {endsOf(visit, message)}, {moment(message.at, market.clock.now())}
          </p>
          <p class="plain">{message.text}</p>
        </article>
      ))}
      <nav class="pages" aria-label={texts.pages}>
        <a href="/account">{texts.back}</a>
        {before !== undefined && <a href="/messages">{texts.newest}</a>}
        {found.length > shown && last && <a href={`/messages?before=${last.id}`}>{texts.older}</a>}
      </nav>
    </>,
  )
}

/** Whom it is from, or to whom he wrote it. */
function endsOf({ texts }: WorkerVisit, { kind, requesterName }: ReceivedMessage): string {
  if (requesterName === undefined) return texts.messages.fromSite
  return kind === 'contact' ? texts.contact.wrote(requesterName) : texts.messages.from(requesterName)
}
