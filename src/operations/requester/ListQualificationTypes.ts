import { isFault, type Fault } from '../../domain/fault.ts'
import { checkText } from '../../domain/parameters.ts'
import { foldCase, searchTextOf, sortKeyOf } from '../../domain/qualification-type.ts'
import { findSystemType, listSystemTypes } from '../../domain/system-qualification-types.ts'
import { market } from '../../limits.ts'
import type * as model from '../../model/shapes.ts'
import * as qualificationTypes from '../../store/qualification-types.ts'
import type { Place } from '../../store/qualification-types.ts'
import type { Read } from '../../store/tx.ts'
import { requesterRead } from '../operation.ts'
import { pageMembers, readPage } from '../paging.ts'
import { qualificationTypeView, systemTypeView } from '../qualification-type-view.ts'

interface Entry extends Place {
  view: model.QualificationType
}

/** A text longer than all that is searched would be found nowhere. */
const longestText = market.qualificationNameLength + market.descriptionLength + market.keywordsLength + 2

/** Types that contain a text, by name and then id, with those of the system where they may be [qualifications 3.4]. */
export const ListQualificationTypes = requesterRead(
  'ListQualificationTypes',
  async (tx, { requesterId }, input) => {
    const { Query = '', MustBeRequestable, MustBeOwnedByCaller = false } = input
    const filters = JSON.stringify([MustBeRequestable, MustBeOwnedByCaller, Query])
    const page = readPage(input, 'ListQualificationTypes', requesterId, filters)
    const refusal = checkText('Query', Query, longestText)
    if (refusal) return refusal
    if (isFault(page)) return page
    const after = page.after && (await placeOf(tx, page.after.id))
    if (isFault(after)) return after
    const searched = foldCase(Query)
    const owner = MustBeOwnedByCaller ? requesterId : undefined
    const own = await qualificationTypes.search(tx, owner, searched, after, page.limit)
    const entries: Entry[] = own.map((type) => ({
      id: type.id,
      name: type.name,
      view: qualificationTypeView(type, requesterId),
    }))
    // What the system keeps can be requested by nobody and is owned by nobody.
    if (!MustBeRequestable && !MustBeOwnedByCaller) entries.push(...searchSystem(tx, searched, after))
    const list = entries.sort(compare).slice(0, page.limit)
    return {
      ...pageMembers(page, list, ({ id }) => ({ time: 0, id })),
      QualificationTypes: list.map(({ view }) => view),
    }
  },
)

/** Where a page begins: tokens hold the id alone, because a name may be longer than a token. */
async function placeOf(tx: Read, id: string): Promise<Place | Fault> {
  const type = findSystemType(id) ?? (await qualificationTypes.find(tx, id))
  return type === undefined ? { fault: 'QualificationTypeDoesNotExist' } : { id, name: type.name }
}

function searchSystem(tx: Read, searched: string, after: Place | undefined): Entry[] {
  return listSystemTypes(tx.settings.environment)
    .filter((type) => searchTextOf({ ...type, keywords: undefined }).includes(searched))
    .filter((type) => after === undefined || compare(type, after) > 0)
    .map((type) => ({ id: type.id, name: type.name, view: systemTypeView(type) }))
}

function compare(a: Place, b: Place): number {
  const [keyA, keyB] = [sortKeyOf(a.name) + ' ' + a.id, sortKeyOf(b.name) + ' ' + b.id]
  return keyA < keyB ? -1 : keyA > keyB ? 1 : 0
}
