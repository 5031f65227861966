import { settled, type HIT } from '../../domain/hit.ts'
import * as disposedHITs from '../../store/disposed-hits.ts'
import * as hitTypes from '../../store/hit-types.ts'
import * as hits from '../../store/hits.ts'
import type { Write } from '../../store/tx.ts'
import * as events from '../events.ts'
import { finishQualificationTypes } from './delete-qualification-type.ts'

/**
 * Disposes of a HIT at `at`: it leaves every list, and its answers can no longer be read [hits 5.8]. All its work is
 * reviewed, so no money moves but that of free slots, which its expiry has released or `expire` releases before.
 */
export async function dispose(tx: Write, hit: HIT, at: number): Promise<void> {
  if (hit.escrow !== 0n) throw new Error(`HIT ${hit.id} still holds money`)
  await hits.save(tx, settled({ ...hit, status: 'Disposed', slotsHeld: false }, at))
  await disposedHITs.add(tx, hit.id, at)
  const wasLast = await hitTypes.disposeHIT(tx, hit.hitTypeId)
  if (wasLast) await finishQualificationTypes(tx, hit.hitTypeId)
  await events.write(tx, hit, at, { kind: 'HITDisposed' })
}
