// Work, workers and money that requesters bring from the real service: history, beside the market's own tables so that
// nothing here can be paid, approved, offered or counted as the market's. Why: docs/decisions/0013.

/** The properties of imported HITs of one type. `requirements` is the API's JSON. */
export interface ImportedTypeTable {
  id: string
  requester_id: string
  title: string
  description: string
  keywords: string | null
  reward: number
  duration: number
  approval_delay: number
  requirements: string | null
}

/** An imported HIT. `input` is JSON of its input cells, `fields` of the names of its file's answer columns. */
export interface ImportedHITTable {
  id: string
  hit_type_id: string
  requester_id: string
  group_id: string | null
  created_at: number
  expires_at: number
  max_assignments: number
  annotation: string | null
  question: string | null
  layout_id: string | null
  review_status: string | null
  input: string | null
  fields: string | null
}

/** Imported work with its answers. `rates` is JSON of the three rates that a result CSV shows beside it. */
export interface ImportedAssignmentTable {
  id: string
  hit_id: string
  requester_id: string
  worker_id: string
  state: string
  accepted_at: number
  submitted_at: number
  auto_approval_at: number | null
  approved_at: number | null
  rejected_at: number | null
  feedback: string | null
  document: string
  rates: string | null
}

/** A bonus that was paid there; `id` is made of what it tells, so that it comes in once. */
export interface ImportedBonusTable {
  id: string
  requester_id: string
  worker_id: string
  hit_id: string
  assignment_id: string
  amount: number
  reason: string
  granted_at: number
}

/**
 * A worker of a requester, known by his id of the real service; `figures` is JSON. Who has claimed the id is a worker of
 * this market: what the requester's scores and blocks say of the imported id holds for him.
 */
export interface ImportedWorkerTable {
  requester_id: string
  worker_id: string
  figures: string | null
  block: string | null
  reason: string | null
  claimed_by: string | null
  claimed_at: number | null
}

/** A line of the transaction history; `id` is made of what it tells, `cells` is JSON. Amounts are cents. */
export interface ImportedTransactionTable {
  id: string
  requester_id: string
  initiated_at: number | null
  posted_at: number | null
  type: string
  recipient_id: string | null
  amount: number
  cells: string
}

/** One file that was brought in: what it was, and what became of its rows. */
export interface ImportRunTable {
  id: string
  requester_id: string
  kind: string
  name: string
  started_at: number
  finished_at: number | null
  rows: number
  added: number
  changed: number
  unchanged: number
  left_out: number
}

export interface ImportTables {
  imported_type: ImportedTypeTable
  imported_hit: ImportedHITTable
  imported_assignment: ImportedAssignmentTable
  imported_bonus: ImportedBonusTable
  imported_worker: ImportedWorkerTable
  imported_transaction: ImportedTransactionTable
  import_run: ImportRunTable
}

export const importTables: readonly (keyof ImportTables)[] = [
  'imported_type',
  'imported_hit',
  'imported_assignment',
  'imported_bonus',
  'imported_worker',
  'imported_transaction',
  'import_run',
]
