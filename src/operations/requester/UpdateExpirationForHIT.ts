import { javaDate } from '../../clock.ts'
import { isFault, type Fault } from '../../domain/fault.ts'
import { isExpired, refuseDisposed, type HIT } from '../../domain/hit.ts'
import { checkRange } from '../../domain/parameters.ts'
import { market } from '../../limits.ts'
import type { Write } from '../../store/tx.ts'
import { expire } from '../acts/expire.ts'
import { prolong } from '../acts/extend.ts'
import { lockOwnHIT } from '../guards.ts'
import { once } from '../once.ts'
import { requesterWrite } from '../operation.ts'

const wholeSecond = (time: number) => Math.floor(time / 1000) * 1000

/** Expires a HIT now, or gives it more time; nothing else is possible [hits 5.6, client-contract W10, W11]. */
export const UpdateExpirationForHIT = requesterWrite('UpdateExpirationForHIT', async (tx, caller, input) => {
  const hit = await lockOwnHIT(tx, caller, input.HITId)
  if (isFault(hit)) return hit
  if (input.ExpireAt <= tx.now + market.expireNowTolerance) {
    if (hit.status !== 'Disposed' && !isExpired(hit, tx.now)) {
      await expire(tx, { ...hit, expiresAt: wholeSecond(tx.now) }, tx.now)
    }
    return {}
  }
  return later(tx, hit, wholeSecond(input.ExpireAt))
})

async function later(tx: Write, hit: HIT, expiresAt: number): Promise<object | Fault> {
  // The real service builds an internal token from HIT and time; the same pair again within a day is a repetition.
  const token = hit.id + javaDate(expiresAt)
  const prolonged = await once(tx, hit.requesterId, 'expiration', token, async () => {
    const increment = (expiresAt - wholeSecond(Math.max(tx.now, hit.expiresAt))) / 1000
    const refusal =
      checkRange('ExpirationIncrementInSeconds', increment, market.expirationIncrement) ?? refuseDisposed(hit)
    return refusal ?? prolong(tx, hit, expiresAt, tx.now)
  })
  return isFault(prolonged) ? prolonged : {}
}
