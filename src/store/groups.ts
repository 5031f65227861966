// HIT types as groups: with the name of the requester, and found by either of their ids.
import type { HITType } from '../domain/hit-type.ts'
import { fromRow } from './hit-types.ts'
import { allListed, type ListedIds } from './id-list.ts'
import { read } from './prepared.ts'
import type { HITTypeTable } from './schema.ts'
import type { Read } from './tx.ts'

/** A group without its figures. */
export interface NamedType {
  type: HITType
  requesterName: string
  /** When the type was registered: epoch milliseconds. */
  registeredAt: number
}

type Row = HITTypeTable & { requester_name: string }

const rows = (by: 'id' | 'group_id') =>
  read<ListedIds, Row>(({ db, among }, p) =>
    db
      .selectFrom('hit_type')
      .innerJoin('requester', 'requester.id', 'hit_type.requester_id')
      .selectAll('hit_type')
      .select('requester.name as requester_name')
      .where(({ ref }) => among(ref(`hit_type.${by}`), p.ids)),
  )

const rowsById = rows('id')
const rowsByGroup = rows('group_id')

function toNamed(row: Row): NamedType {
  return { type: fromRow(row), requesterName: row.requester_name, registeredAt: row.created_at }
}

/** The types of these ids. */
export async function listTypes(tx: Read, typeIds: Iterable<string>): Promise<NamedType[]> {
  return (await allListed(tx, rowsById, typeIds, {})).map(toNamed)
}

/** The types whose HITGroupId, or whose own id, is given: worker addresses carry either [hits 3]. By the id given. */
export async function listByEither(tx: Read, ids: Iterable<string>): Promise<Map<string, NamedType>> {
  const wanted = [...ids]
  const found = new Map<string, NamedType>()
  for (const row of await allListed(tx, rowsById, wanted, {})) found.set(row.id, toNamed(row))
  for (const row of await allListed(tx, rowsByGroup, wanted, {})) found.set(row.group_id, toNamed(row))
  return found
}
