// Keeps a batch of records that was looked up: adds what is new, changes what is told otherwise, and leaves the rest.
import { haveSameCells } from '../../domain/import/flat-answers.ts'
import * as blocks from '../../store/blocks.ts'
import * as importedWorkers from '../../store/imported-workers.ts'
import {
  addRows,
  changeRow,
  giveBonusesTheirHIT,
  type RowKind,
  type RowTables,
} from '../../store/imported-rows.ts'
import type { Write } from '../../store/tx.ts'
import type { LookedUp } from './known.ts'
import { findScores, keepScore, keepType, type Scores } from './qualifications.ts'
import { merges, mergedWorker, type merged } from './merge.ts'
import type { Outcome, Part, Parted } from './rows.ts'

/** How many of the records were new, told something else, or told nothing new. */
export interface Kept {
  added: number
  changed: number
  unchanged: number
}

/** In what order rows are written: everybody who writes them keeps it, so that nobody waits for another in a circle. */
const order: readonly RowKind[] = ['type', 'hit', 'assignment', 'bonus', 'transaction']

/** Keeps the records of a requester. */
export async function keepBatch(tx: Write, requesterId: string, looked: LookedUp): Promise<Kept> {
  const outcomes = new Map<string, Outcome>()
  for (const kind of order) {
    const rows = looked.records.flatMap((one) => rowsOf(one, kind, looked))
    await keepRows(tx, kind, rows, looked.known[kind], outcomes)
  }
  await keepWorkers(tx, requesterId, looked.records, outcomes)
  const kept: Kept = { added: 0, changed: 0, unchanged: 0 }
  const scores = await findScores(tx, requesterId, looked.records)
  for (const one of looked.records) kept[await outcomeOf(tx, requesterId, one, outcomes, scores)]++
  return kept
}

/** A record's rows of a kind, with what is known better than the record tells. */
function rowsOf({ record, parts }: Parted, kind: RowKind, looked: LookedUp): RowTables[RowKind][] {
  return parts
    .filter((part) => part.kind === kind)
    .map((part) => {
      if (part.kind === 'bonus') return withHIT(part.row, looked)
      const isGuess = part.kind === 'assignment' && record.kind === 'work' && record.isGuess
      return isGuess ? withAnswer(part.row, looked) : part.row
    })
}

function withHIT(row: RowTables['bonus'], { known, hitOfAssignment }: LookedUp): RowTables['bonus'] {
  const hit_id = hitOfAssignment.get(row.assignment_id) ?? (row.hit_id || known.bonus.get(row.id)?.hit_id)
  return { ...row, hit_id: hit_id ?? '' }
}

/** What is known has the same cells in the form in which they were sent, as the API told them or somebody who knew. */
function withAnswer(row: RowTables['assignment'], { known }: LookedUp): RowTables['assignment'] {
  const document = known.assignment.get(row.id)?.document
  if (document === undefined || document === row.document) return row
  return haveSameCells(document, row.document) ? { ...row, document } : row
}

/** Rows that are new or tell something else than what is known, merged with it; their outcomes are noted. */
function newsOf<Row extends object>(
  kind: RowKind | 'worker',
  told: readonly Row[],
  idOf: (row: Row) => string,
  known: ReadonlyMap<string, Row>,
  merge: typeof merged<Row>,
  outcomes: Map<string, Outcome>,
): Map<string, Row> {
  const rows = new Map<string, Row>()
  // Records may share a row.
  for (const row of new Set(told)) {
    const id = idOf(row)
    const key = `${kind} ${id}`
    const before = rows.get(id) ?? known.get(id)
    const { row: after, isChanged } = before === undefined ? { row, isChanged: true } : merge(before, row)
    if (!isChanged) continue
    rows.set(id, after)
    if (!outcomes.has(key)) outcomes.set(key, before === undefined ? 'added' : 'changed')
  }
  // Records that contradict each other leave what the last one tells: when it was known, the file told nothing new.
  for (const [id, row] of rows)
    if (isSame(known.get(id), row) && rows.delete(id)) outcomes.delete(`${kind} ${id}`)
  return rows
}

function isSame<Row extends object>(known: Row | undefined, row: Row): boolean {
  if (known === undefined) return false
  for (const name in row) if (row[name] !== known[name]) return false
  return true
}

async function keepRows(
  tx: Write,
  kind: RowKind,
  told: readonly RowTables[RowKind][],
  known: ReadonlyMap<string, RowTables[RowKind]>,
  outcomes: Map<string, Outcome>,
): Promise<void> {
  const merge = merges[kind] as typeof merged<RowTables[RowKind]>
  const rows = newsOf(kind, told, ({ id }) => id, known, merge, outcomes)
  const all = [...rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  const added = all.filter(({ id }) => !known.has(id))
  // Each kind has its own rows; told together they are of the same kind.
  await addRows(tx, kind, added as never)
  if (kind === 'assignment')
    await giveBonusesTheirHIT(
      tx,
      added.map(({ id }) => id),
    )
  for (const row of all) if (known.has(row.id)) await changeRow(tx, kind, row as never)
}

async function keepWorkers(
  tx: Write,
  requesterId: string,
  records: readonly Parted[],
  outcomes: Map<string, Outcome>,
): Promise<void> {
  const told = records.flatMap(({ worker }) => (worker === undefined ? [] : [worker]))
  const known = await importedWorkers.findMany(
    tx,
    requesterId,
    told.map(({ worker_id }) => worker_id),
  )
  const rows = newsOf('worker', told, ({ worker_id }) => worker_id, known, mergedWorker, outcomes)
  const all = [...rows].sort(([a], [b]) => (a < b ? -1 : 1))
  const added = all.filter(([id]) => !known.has(id)).map(([, row]) => row)
  await importedWorkers.addMany(tx, added)
  for (const [id, row] of all) {
    if (known.has(id)) await importedWorkers.change(tx, row)
    // Only news of it: a block that was lifted here since stays lifted when a file comes in once more.
    if (row.block === 'Blocked' && known.get(id)?.block !== 'Blocked') await block(tx, row)
  }
}

async function block(
  tx: Write,
  { requester_id, worker_id, reason }: importedWorkers.WorkerRow,
): Promise<void> {
  if (await blocks.isBlocked(tx, requester_id, worker_id)) return
  await blocks.put(tx, {
    requesterId: requester_id,
    workerId: worker_id,
    reason: reason ?? 'Blocked on the real service',
    blockedAt: tx.now,
  })
}

/** What became of a record: what it is about decides, and what else it tells can make a known one a changed one. */
async function outcomeOf(
  tx: Write,
  requesterId: string,
  { record, parts }: Parted,
  outcomes: ReadonlyMap<string, Outcome>,
  scores: Scores,
): Promise<Outcome> {
  if (record.kind === 'qualification type') return keepType(tx, requesterId, record)
  if (record.kind === 'score') return keepScore(tx, requesterId, record, scores)
  if (record.kind === 'worker') return outcomes.get(`worker ${record.worker.id}`) ?? 'unchanged'
  const [main, ...others] = parts.map(({ kind, row }: Part) => outcomes.get(`${kind} ${row.id}`))
  if (main !== undefined) return main
  return others.some((one) => one !== undefined) ? 'changed' : 'unchanged'
}
