// Rows of what requesters brought in, for tests of what is done with it: put straight into the tables.
import { addRows, type RowKind, type RowTables } from '../../src/store/imported-rows.ts'
import { insert } from '../../src/store/prepared.ts'
import type {
  ImportedAssignmentTable,
  ImportedBonusTable,
  ImportedHITTable,
  ImportedTransactionTable,
  ImportedTypeTable,
  ImportedWorkerTable,
} from '../../src/store/schema-imports.ts'
import type { Write } from '../../src/store/tx.ts'
import { writeAnswers } from '../../src/domain/question/answers.ts'
import type { TestClient, TestMarket } from './market.ts'

const insertWorker = insert('imported_worker', [
  'requester_id',
  'worker_id',
  'figures',
  'block',
  'reason',
  'claimed_by',
  'claimed_at',
])

/** What one requester brings: each call adds a row, with these members instead of the usual ones. */
export interface Imports {
  type(changes: Partial<ImportedTypeTable>): Promise<void>
  hit(changes: Partial<ImportedHITTable>): Promise<void>
  assignment(changes: Partial<ImportedAssignmentTable>): Promise<void>
  bonus(changes: Partial<ImportedBonusTable>): Promise<void>
  worker(changes: Partial<ImportedWorkerTable>): Promise<void>
  transaction(changes: Partial<ImportedTransactionTable>): Promise<void>
}

/** A day in November 2019, when the real service was in its prime. */
export const importedAt = Date.parse('2019-11-20T21:03:26-08:00')

/** An answer document of free texts. */
export const answersOf = (fields: Record<string, string>) =>
  writeAnswers(
    Object.entries(fields).map(([identifier, text]) => ({ kind: 'FreeText' as const, identifier, text })),
  )

/** Brings rows in for a requester. Their ids begin with `prefix`, so that files of tests do not meet. */
export function importsOf(market: Pick<TestMarket, 'market'>, requesterId: string, prefix: string): Imports {
  const change = async (work: (tx: Write) => Promise<unknown>) => {
    await market.market.store.write(0, work, { keep: () => true })
  }
  const add =
    <K extends RowKind>(kind: K, usual: RowTables[K]) =>
    (changes: Partial<RowTables[K]>) =>
      change((tx) => addRows(tx, kind, [{ ...usual, ...changes }]))
  const requester_id = requesterId
  return {
    type: add('type', {
      id: `${prefix}TYPE`,
      requester_id,
      title: 'Listen to a bird',
      description: 'Say which bird it is.',
      keywords: 'bird, song',
      reward: 2,
      duration: 3600,
      approval_delay: 259_200,
      requirements: null,
    }),
    hit: add('hit', {
      id: `${prefix}HIT`,
      hit_type_id: `${prefix}TYPE`,
      requester_id,
      group_id: null,
      created_at: importedAt,
      expires_at: importedAt + 604_800_000,
      max_assignments: 3,
      annotation: null,
      question: null,
      layout_id: null,
      review_status: null,
      input: null,
      fields: null,
    }),
    assignment: add('assignment', {
      id: `${prefix}ASSIGNMENT`,
      hit_id: `${prefix}HIT`,
      requester_id,
      worker_id: `${prefix}WORKER`,
      state: 'Submitted',
      accepted_at: importedAt + 60_000,
      submitted_at: importedAt + 120_000,
      auto_approval_at: null,
      approved_at: null,
      rejected_at: null,
      feedback: null,
      document: answersOf({ bird: 'a wren' }),
      rates: null,
    }),
    bonus: add('bonus', {
      id: `${prefix}BONUS`,
      requester_id,
      worker_id: `${prefix}WORKER`,
      hit_id: `${prefix}HIT`,
      assignment_id: `${prefix}ASSIGNMENT`,
      amount: 150,
      reason: 'A rare bird.',
      granted_at: importedAt + 600_000,
    }),
    worker: (changes) => {
      const usual: ImportedWorkerTable = {
        requester_id,
        worker_id: `${prefix}WORKER`,
        figures: null,
        block: null,
        reason: null,
        claimed_by: null,
        claimed_at: null,
      }
      return change((tx) => tx.change(insertWorker, { ...usual, ...changes }))
    },
    transaction: add('transaction', {
      id: `${prefix}TRANSACTION`,
      requester_id,
      initiated_at: importedAt,
      posted_at: null,
      type: 'Assignment Payment',
      recipient_id: `${prefix}WORKER`,
      amount: -2,
      cells: '{}',
    }),
  }
}

/** A requester with what she brings. */
export interface ImportLaboratory {
  client: TestClient
  imports: Imports
  /** Makes an id of hers: `name('HIT')` is that of the usual HIT. */
  name(what: string): string
}

let laboratories = 0

/** A requester who has brought nothing yet. */
export async function importLaboratory(market: TestMarket): Promise<ImportLaboratory> {
  const client = await market.requester()
  const prefix = `A${laboratories++}X`
  const imports = importsOf(market, client.requesterId, prefix)
  return { client, imports, name: (what) => prefix + what }
}

/** The same with one HIT and work of one worker. */
export async function broughtWork(market: TestMarket): Promise<ImportLaboratory> {
  const made = await importLaboratory(market)
  await made.imports.type({})
  await made.imports.hit({})
  await made.imports.assignment({})
  await made.imports.worker({})
  return made
}
