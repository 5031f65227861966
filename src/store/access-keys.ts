// Access keys of requesters, which all markets share.
import { insert, read } from './prepared.ts'
import type { AccessKeyTable } from './schema.ts'
import type { Read, Write } from './tx.ts'

export interface AccessKey {
  id: string
  requesterId: string
  /** Encrypted under the server key. */
  secret: string
  /** Changes whenever the secret does. */
  version: string
  createdAt: number
}

/** An access key with the state of its requester. */
export interface UsableKey extends AccessKey {
  suspended: boolean
  linked: boolean
}

const insertRow = insert('access_key', ['id', 'requester_id', 'secret', 'version', 'created_at'])

const findRow = read<{ id: string }, AccessKeyTable & { suspended: number; linked: number }>(({ db }, p) =>
  db
    .selectFrom('access_key')
    .innerJoin('requester', 'requester.id', 'access_key.requester_id')
    .selectAll('access_key')
    .select(['requester.suspended', 'requester.linked'])
    .where('access_key.id', '=', p.id),
)

/** Gives a requester an access key. */
export async function add(tx: Write, key: AccessKey): Promise<void> {
  await tx.change(insertRow, {
    id: key.id,
    requester_id: key.requesterId,
    secret: key.secret,
    version: key.version,
    created_at: key.createdAt,
  })
}

/** An access key with the state of its requester; the secret is still encrypted. */
export async function find(tx: Read, id: string): Promise<UsableKey | undefined> {
  const row = await tx.first(findRow, { id })
  return (
    row && {
      id: row.id,
      requesterId: row.requester_id,
      secret: row.secret,
      version: row.version,
      createdAt: row.created_at,
      suspended: row.suspended === 1,
      linked: row.linked === 1,
    }
  )
}
