// The ways to accept a HIT of a group [websites 1.3, 1.5]. For people it is a form, because a browser may fetch a link
// ahead [design 7]. The link beside it is the one that workers' tools know; it is also the way into a new tab, and a
// request that only fetches ahead accepts nothing (see accept.tsx).
import { TokenField } from '../../ui/layout.tsx'
import type { WorkerVisit } from '../../visit.ts'

interface AcceptProps {
  visit: WorkerVisit
  /** As it stands in an address. */
  groupId: string
  label?: string
  /** Title of the group, where a new tab is offered too. */
  newTab?: string
}

/** The button, and the link where it is asked for. */
export function AcceptForm({ visit, groupId, label, newTab }: AcceptProps) {
  const { hits } = visit.texts
  const address = `/projects/${groupId}/tasks/accept_random`
  return (
    <>
      <form method="post" action={address}>
        <TokenField token={visit.token} />
        <button class="primary work-btn" aria-label={label}>
          {hits.accept}
        </button>
      </form>
      {newTab !== undefined && (
        <a
          class="work-btn hidden-sm-down"
          href={`${address}?ref=w_pl_prvw`}
          target="_blank"
          rel="nofollow"
          aria-label={hits.of(hits.newTabLong, newTab)}
        >
          {hits.newTab}
        </a>
      )}
    </>
  )
}
