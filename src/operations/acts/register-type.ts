import { hash } from 'node:crypto'
import { canonicalTuple, type HITType, type HITTypeProperties } from '../../domain/hit-type.ts'
import * as hitTypes from '../../store/hit-types.ts'
import type { Write } from '../../store/tx.ts'

/** The requester's HIT type with these properties: the one that exists, or a new one with a new group [hits 5.10]. */
export async function registerType(
  tx: Write,
  requesterId: string,
  properties: HITTypeProperties,
): Promise<HITType> {
  const tupleHash = hash('sha256', canonicalTuple(properties), 'hex')
  const existing = await hitTypes.findByHash(tx, requesterId, tupleHash)
  if (existing) return existing
  const type = { ...properties, requesterId, id: tx.ids.entity(tx.now), groupId: tx.ids.entity(tx.now) }
  await hitTypes.addUnlessEqual(tx, type, tupleHash)
  const registered = await hitTypes.findByHash(tx, requesterId, tupleHash)
  if (registered === undefined) throw new Error('a HIT type vanished while it was registered')
  return registered
}
