// How much a requester brought in.
import { cents, type Cents } from '../domain/money.ts'
import { read } from './prepared.ts'
import type { Read } from './tx.ts'

/** How much of each kind; the bonuses also as cents. */
export interface ImportedCounts {
  hits: number
  submitted: number
  approved: number
  rejected: number
  workers: number
  claimed: number
  bonuses: number
  bonusAmount: Cents
  transactions: number
}

interface Of {
  requesterId: string
}

const hitRow = read<Of, { count: number }>(({ db }, p) =>
  db
    .selectFrom('imported_hit')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('requester_id', '=', p.requesterId),
)

// By the HITs, whose index begins with the requester: work has none of its own, which would cost each row of a file.
const workRow = read<Of, Record<'submitted' | 'approved' | 'rejected', number>>(({ db }, p) =>
  db
    .selectFrom('imported_hit')
    .innerJoin('imported_assignment', 'imported_assignment.hit_id', 'imported_hit.id')
    .select(({ fn }) => [
      fn.countAll<number>().filterWhere('state', '=', 'Submitted').as('submitted'),
      fn.countAll<number>().filterWhere('state', '=', 'Approved').as('approved'),
      fn.countAll<number>().filterWhere('state', '=', 'Rejected').as('rejected'),
    ])
    .where('imported_hit.requester_id', '=', p.requesterId),
)

const workerRow = read<Of, { count: number; claimed: number }>(({ db }, p) =>
  db
    .selectFrom('imported_worker')
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.count<number>('claimed_by').as('claimed')])
    .where('requester_id', '=', p.requesterId),
)

const bonusRow = read<Of, { count: number; amount: number | null }>(({ db }, p) =>
  db
    .selectFrom('imported_bonus')
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.sum<number | null>('amount').as('amount')])
    .where('requester_id', '=', p.requesterId),
)

const transactionRow = read<Of, { count: number }>(({ db }, p) =>
  db
    .selectFrom('imported_transaction')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('requester_id', '=', p.requesterId),
)

/** Counts what the requester brought in. */
export async function countAll(tx: Read, requesterId: string): Promise<ImportedCounts> {
  const of = { requesterId }
  const work = await tx.first(workRow, of)
  const workers = await tx.first(workerRow, of)
  const bonuses = await tx.first(bonusRow, of)
  return {
    hits: (await tx.first(hitRow, of))?.count ?? 0,
    submitted: work?.submitted ?? 0,
    approved: work?.approved ?? 0,
    rejected: work?.rejected ?? 0,
    workers: workers?.count ?? 0,
    claimed: workers?.claimed ?? 0,
    bonuses: bonuses?.count ?? 0,
    bonusAmount: cents(bonuses?.amount ?? 0),
    transactions: (await tx.first(transactionRow, of))?.count ?? 0,
  }
}
