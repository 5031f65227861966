import type { Fault } from '../../domain/fault.ts'
import { available, holdPerAssignment, settled, type HIT } from '../../domain/hit.ts'
import { hold, withEscrow } from '../../domain/ledger.ts'
import { times } from '../../domain/money.ts'
import * as hits from '../../store/hits.ts'
import type { Write } from '../../store/tx.ts'
import * as events from '../events.ts'
import { post } from './post.ts'

/**
 * Adds `count` assignments at `at`. On an expired HIT they cost nothing yet: its free slots are paid for when it is
 * given more time [hits 5.7, 9.2]. InsufficientFunds. The HIT is locked.
 */
export async function addAssignments(tx: Write, hit: HIT, count: number, at: number): Promise<HIT | Fault> {
  const amount = times(holdPerAssignment(hit), count)
  if (amount === undefined) return { fault: 'InsufficientFunds' }
  const transfers = hit.slotsHeld ? hold(hit, amount) : []
  const refusal = await post(tx, transfers, at)
  if (refusal) return refusal
  const changed = settled({ ...withEscrow(hit, transfers), maxAssignments: hit.maxAssignments + count }, at)
  await hits.saveRenewed(tx, changed, hit, at)
  await events.write(tx, changed, at, { kind: 'HITExtended' })
  return changed
}

/**
 * Adds `count` assignments and moves the expiration to `expiresAt`, no earlier than it was, as one change
 * [qualifications 6.3]. When it still lies before `at`, the assignments are added alone. InsufficientFunds. The HIT is
 * locked.
 */
export async function extend(
  tx: Write,
  hit: HIT,
  count: number,
  expiresAt: number,
  at: number,
): Promise<HIT | Fault> {
  if (expiresAt <= at) return addAssignments(tx, hit, count, at)
  const slots = hit.slotsHeld ? count : available(hit) + count
  const amount = times(holdPerAssignment(hit), slots)
  if (amount === undefined) return { fault: 'InsufficientFunds' }
  const transfers = hold(hit, amount)
  const refusal = await post(tx, transfers, at)
  if (refusal) return refusal
  const maxAssignments = hit.maxAssignments + count
  const changed = settled({ ...withEscrow(hit, transfers), maxAssignments, expiresAt, slotsHeld: true }, at)
  await hits.saveRenewed(tx, changed, hit, at)
  await events.write(tx, changed, at, { kind: 'HITExtended' })
  return changed
}

/**
 * Moves the expiration to `expiresAt`, later than `at`. An expired HIT holds the money of its free slots again
 * [hits 5.6, 9.2]. InsufficientFunds. The HIT is locked.
 */
export async function prolong(tx: Write, hit: HIT, expiresAt: number, at: number): Promise<HIT | Fault> {
  const amount = times(holdPerAssignment(hit), available(hit))
  if (amount === undefined) return { fault: 'InsufficientFunds' }
  const transfers = hit.slotsHeld ? [] : hold(hit, amount)
  const refusal = await post(tx, transfers, at)
  if (refusal) return refusal
  const changed = settled({ ...withEscrow(hit, transfers), expiresAt, slotsHeld: true }, at)
  await hits.saveRenewed(tx, changed, hit, at)
  await events.write(tx, changed, at, { kind: 'HITExtended' })
  return changed
}
