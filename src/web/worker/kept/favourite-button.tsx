// Hearts that mark requesters and groups. All of a page are buttons of one form, which works without scripts and leads
// back to where they stood.
import type { Favourites } from '../../../operations/worker/ListFavourites.ts'
import { TokenField } from '../../ui/layout.tsx'
import type { WorkerVisit } from '../../visit.ts'

const formId = 'favourites'

/** What of a page is marked. */
export interface Marks {
  requesters: ReadonlySet<string>
  /** HITTypeIds. */
  groups: ReadonlySet<string>
}

/** The marks among the favourites of a worker. */
export function marksOf({ requesters, groups }: Favourites): Marks {
  return {
    requesters: new Set(requesters.map(({ requesterId }) => requesterId)),
    groups: new Set(groups),
  }
}

/** The form of all hearts of a page, once on the page. `here` is its address, to come back to. */
export function FavouriteForm({ visit, here }: { visit: WorkerVisit; here: string }) {
  return (
    <form id={formId} method="post" action="/favourites">
      <TokenField token={visit.token} />
      <input type="hidden" name="back" value={here} />
    </form>
  )
}

interface ButtonProps {
  visit: WorkerVisit
  kind: 'requester' | 'group'
  /** A requester's id, or a HITGroupId. */
  id: string
  /** Its name for people. */
  name: string
  isMarked: boolean
  /** The HITGroupId of the row that the heart stands in, to come back to. */
  row?: string | undefined
}

/** A heart. */
export function FavouriteButton({ visit, kind, id, name, isMarked, row }: ButtonProps) {
  return (
    <button
      class="favourite"
      form={formId}
      name={`${isMarked ? 'remove' : 'add'}_${kind}`}
      value={row === undefined ? id : `${id} ${row}`}
      aria-pressed={isMarked ? 'true' : 'false'}
      aria-label={visit.texts.favourites.mark(name)}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M12 20.5 4.2 12.8a5 5 0 0 1 7.1-7.1l.7.8.7-.8a5 5 0 0 1 7.1 7.1z" />
      </svg>
    </button>
  )
}

/** The id of a group's row, to which hearts lead back. */
export function rowId(groupId: string): string {
  return `group-${groupId}`
}
