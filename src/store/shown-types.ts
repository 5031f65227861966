// Requesters' qualification types as workers see them beside the requirements of groups: without tests, which are long.
import { sql } from 'kysely'
import { allListed, type ListedIds } from './id-list.ts'
import { read } from './prepared.ts'
import type { Read } from './tx.ts'

/** What a worker is shown of a qualification type. */
export interface ShownType {
  name: string
  description: string
  keywords: string | undefined
  hasTest: boolean
  isActive: boolean
}

interface Row {
  id: string
  name: string
  description: string
  keywords: string | null
  has_test: number
  status: string
}

const shownRows = read<ListedIds, Row>(({ db, among }, p) =>
  db
    .selectFrom('qualification_type')
    .select(['id', 'name', 'description', 'keywords', 'status'])
    .select(sql<number>`case when test is null then 0 else 1 end`.as('has_test'))
    .where(({ ref }) => among(ref('id'), p.ids)),
)

/** The types of these ids by id, whatever their state; ids that are none are left out. */
export async function listShown(tx: Read, ids: Iterable<string>): Promise<Map<string, ShownType>> {
  const rows = await allListed(tx, shownRows, ids, {})
  return new Map(
    rows.map(({ id, name, description, keywords, has_test, status }) => [
      id,
      {
        name,
        description,
        keywords: keywords ?? undefined,
        hasTest: has_test === 1,
        isActive: status === 'Active',
      },
    ]),
  )
}
