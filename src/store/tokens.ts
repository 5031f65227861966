// Used UniqueRequestTokens [hits 10]: remembered for 24 hours per requester and kind of action.
import { market } from '../limits.ts'
import { LostRace } from './database.ts'
import { read, write } from './prepared.ts'
import type { RequestTokenTable } from './schema.ts'
import type { Read, Write } from './tx.ts'

export type TokenKind = 'create' | 'extend' | 'bonus' | 'expiration'

const findRow = read<
  { requesterId: string; kind: string; token: string; now: number },
  { object_id: string }
>(({ db }, p) =>
  db
    .selectFrom('request_token')
    .select('object_id')
    .where('requester_id', '=', p.requesterId)
    .where('kind', '=', p.kind)
    .where('token', '=', p.token)
    .where('expires_at', '>', p.now),
)

// An expired token is taken over. A live one is not: then no row changes, and the race is lost.
const claimRow = write<RequestTokenTable & { now: number }, unknown>(({ db }, p) =>
  db
    .insertInto('request_token')
    .values({
      requester_id: p.requester_id,
      kind: p.kind,
      token: p.token,
      object_id: p.object_id,
      expires_at: p.expires_at,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['requester_id', 'kind', 'token'])
        .doUpdateSet({ object_id: p.object_id, expires_at: p.expires_at })
        .where('request_token.expires_at', '<=', p.now),
    ),
)

const deleteExpired = write<{ now: number; limit: number }, unknown>(({ db }, p) =>
  db
    .deleteFrom('request_token')
    .where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple('requester_id', 'kind', 'token'),
        'in',
        selectFrom('request_token')
          .select(['requester_id', 'kind', 'token'])
          .where('expires_at', '<=', p.now)
          .orderBy('expires_at')
          .limit(p.limit)
          .$asTuple('requester_id', 'kind', 'token'),
      ),
    ),
)

/** The object made by an earlier use of the token, or undefined when the token is free. */
export async function findUse(
  tx: Write,
  requesterId: string,
  kind: TokenKind,
  token: string,
): Promise<string | undefined> {
  return (await tx.first(findRow, { requesterId, kind, token, now: tx.now }))?.object_id
}

/**
 * Marks a token as used for `objectId`. Its use is checked before; when a competitor was faster nevertheless, this
 * throws an error on which the operation runs again and meets the check.
 */
export async function claim(
  tx: Write,
  requesterId: string,
  kind: TokenKind,
  token: string,
  objectId: string,
): Promise<void> {
  const changed = await tx.change(claimRow, {
    requester_id: requesterId,
    kind,
    token,
    object_id: objectId,
    expires_at: tx.now + market.tokenLifetime,
    now: tx.now,
  })
  if (changed !== 1) throw new LostRace('a competitor used the same request token')
}

/** Forgets tokens past their 24 hours, the oldest first and at most `limit`; answers how many. */
export async function forgetExpired(tx: Write, limit: number): Promise<number> {
  return tx.change(deleteExpired, { now: tx.now, limit })
}

const oldest = read<{ now: number }, { token: string }>(({ db }, p) =>
  db.selectFrom('request_token').select('token').where('expires_at', '<=', p.now).limit(1),
)

/** Whether any token is past its 24 hours. */
export async function hasExpired(tx: Read): Promise<boolean> {
  return (await tx.first(oldest, { now: tx.now })) !== undefined
}
