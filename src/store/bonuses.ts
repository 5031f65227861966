// Bonus payments [hits 9.5, 9.6].
import { cents, type Cents } from '../domain/money.ts'
import { beforeOldest, type Cursor } from './cursor.ts'
import { insert, read } from './prepared.ts'
import type { BonusTable } from './schema.ts'
import type { Read, Write } from './tx.ts'

export interface Bonus {
  id: string
  requesterId: string
  workerId: string
  hitId: string
  assignmentId: string
  amount: Cents
  fee: Cents
  reason: string
  grantedAt: number
}

const columns = [
  'id',
  'requester_id',
  'worker_id',
  'hit_id',
  'assignment_id',
  'amount',
  'fee',
  'reason',
  'granted_at',
] as const

const insertRow = insert('bonus', columns)

function fromRow(row: BonusTable): Bonus {
  return {
    id: row.id,
    requesterId: row.requester_id,
    workerId: row.worker_id,
    hitId: row.hit_id,
    assignmentId: row.assignment_id,
    amount: cents(row.amount),
    fee: cents(row.fee),
    reason: row.reason,
    grantedAt: row.granted_at,
  }
}

/** Records a bonus that was paid. */
export async function add(tx: Write, bonus: Bonus): Promise<void> {
  await tx.change(insertRow, {
    id: bonus.id,
    requester_id: bonus.requesterId,
    worker_id: bonus.workerId,
    hit_id: bonus.hitId,
    assignment_id: bonus.assignmentId,
    amount: Number(bonus.amount),
    fee: Number(bonus.fee),
    reason: bonus.reason,
    granted_at: bonus.grantedAt,
  })
}

const page = (by: 'hit_id' | 'assignment_id') =>
  read<{ of: string; time: number; id: string; limit: number }, BonusTable>(({ db }, p) =>
    db
      .selectFrom('bonus')
      .selectAll()
      .where(by, '=', p.of)
      .where('granted_at', '>=', p.time)
      .where((eb) =>
        eb.or([eb('granted_at', '>', p.time), eb.and([eb('granted_at', '=', p.time), eb('id', '>', p.id)])]),
      )
      .orderBy('granted_at')
      .orderBy('id')
      .limit(p.limit),
  )

const pages = { hit: page('hit_id'), assignment: page('assignment_id') }

/** Bonuses of one HIT or assignment, oldest first [hits 8]. */
export async function list(
  tx: Read,
  by: keyof typeof pages,
  of: string,
  after: Cursor | undefined,
  limit: number,
): Promise<Bonus[]> {
  const rows = await tx.all(pages[by], { of, limit, ...(after ?? beforeOldest) })
  return rows.map(fromRow)
}

const newestOfWorker = read<{ workerId: string; limit: number }, BonusTable>(({ db }, p) =>
  db
    .selectFrom('bonus')
    .selectAll()
    .where('worker_id', '=', p.workerId)
    .orderBy('granted_at', 'desc')
    .orderBy('id', 'desc')
    .limit(p.limit),
)

/** The worker's latest bonuses, newest first. */
export async function listOfWorker(tx: Read, workerId: string, limit: number): Promise<Bonus[]> {
  return (await tx.all(newestOfWorker, { workerId, limit })).map(fromRow)
}
