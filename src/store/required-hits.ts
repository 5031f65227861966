// HITs by the qualification type that they require. Few HIT types: the newest HITs of each, from the index, are merged.
// Many: most of the requester's HITs will match, so his list is gone through until a page is full.
import type { HIT } from '../domain/hit.ts'
import { beforeNewest, behind, type Cursor } from './cursor.ts'
import { columns, fromRow, type HITRow } from './hits.ts'
import { read } from './prepared.ts'
import type { Read } from './tx.ts'

/** So many HIT types are looked at one by one. */
const fewTypes = 25

interface Requirement {
  qualificationTypeId: string
  requesterId: string
}

const typeRows = read<Requirement & { limit: number }, { hit_type_id: string }>(({ db }, p) =>
  db
    .selectFrom('hit_type_requirement')
    .innerJoin('hit_type', 'hit_type.id', 'hit_type_requirement.hit_type_id')
    .select('hit_type_requirement.hit_type_id')
    .where('hit_type_requirement.qualification_type_id', '=', p.qualificationTypeId)
    .where('hit_type_requirement.requester_id', '=', p.requesterId)
    .whereRef('hit_type.hits', '>', 'hit_type.disposed')
    .limit(p.limit),
)

interface Page extends Cursor {
  limit: number
}

const newestOfType = read<Page & { hitTypeId: string }, HITRow>(({ db }, p) =>
  db
    .selectFrom('hit')
    .select(columns)
    .where('hit_type_id', '=', p.hitTypeId)
    .where('status', '!=', 'Disposed')
    .where(behind('created_at', p))
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(p.limit),
)

const newestOfMany = read<Page & Requirement, HITRow>(({ db }, p) =>
  db
    .selectFrom('hit')
    .select(columns)
    .where('requester_id', '=', p.requesterId)
    .where('status', '!=', 'Disposed')
    .where(behind('created_at', p))
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('hit_type_requirement')
          .select('hit_type_requirement.hit_type_id')
          .where('hit_type_requirement.qualification_type_id', '=', p.qualificationTypeId)
          .where('hit_type_requirement.requester_id', '=', p.requesterId)
          .whereRef('hit_type_requirement.hit_type_id', '=', 'hit.hit_type_id'),
      ),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(p.limit),
)

/** The requester's HITs that are not disposed of and require the qualification type, newest first [hits 8]. */
export async function listRequiring(
  tx: Read,
  requesterId: string,
  qualificationTypeId: string,
  after: Cursor | undefined,
  limit: number,
): Promise<HIT[]> {
  const requirement = { requesterId, qualificationTypeId }
  const page = { limit, ...(after ?? beforeNewest) }
  const types = await tx.all(typeRows, { ...requirement, limit: fewTypes + 1 })
  if (types.length > fewTypes) return (await tx.all(newestOfMany, { ...requirement, ...page })).map(fromRow)
  const all: HIT[] = []
  for (const { hit_type_id: hitTypeId } of types)
    all.push(...(await tx.all(newestOfType, { hitTypeId, ...page })).map(fromRow))
  return all.sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1)).slice(0, limit)
}
