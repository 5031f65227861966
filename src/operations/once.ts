import { isFault, type Fault } from '../domain/fault.ts'
import * as tokens from '../store/tokens.ts'
import type { Write } from '../store/tx.ts'

/**
 * Does `act` unless the requester has used the token for such an act in the last 24 hours; a refusal uses no token up
 * [hits 10]. Without a token it is always done. HitAlreadyExists, DuplicateRequest.
 */
export async function once<T extends { id: string }>(
  tx: Write,
  requesterId: string,
  kind: tokens.TokenKind,
  token: string | undefined,
  act: () => Promise<T | Fault>,
): Promise<T | Fault> {
  if (token === undefined) return act()
  const used = await tokens.findUse(tx, requesterId, kind, token)
  if (used !== undefined) {
    return kind === 'create'
      ? { fault: 'HitAlreadyExists', hitId: used }
      : { fault: 'DuplicateRequest', token }
  }
  const done = await act()
  if (!isFault(done)) await tokens.claim(tx, requesterId, kind, token, done.id)
  return done
}
