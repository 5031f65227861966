import * as hits from '../../store/hits.ts'
import { balances, type Balances } from '../../store/transfers.ts'
import type { HIT } from '../../domain/hit.ts'
import { read, type OperatorCaller } from '../operation.ts'

/** Every balance of the market [design 7]. */
export const GetLedger = read<OperatorCaller, object, Balances>('GetLedger', (tx) => balances(tx))

/** A requester's HITs in order of id, for their escrow. */
export const ListEscrow = read<OperatorCaller, { requesterId: string; after: string; limit: number }, HIT[]>(
  'ListEscrow',
  (tx, _, { requesterId, after, limit }) => hits.listAll(tx, requesterId, after, limit),
)
