// The tables of what workers did, day by day and batch by batch. What holds for every table stands in schema.ts.

/**
 * What a worker did on one Pacific day, `YYYY-MM-DD` [websites 1.8]. A HIT counts on the day on which it was submitted,
 * whenever it was decided; `bonuses` were paid and `earned` is the rewards that were approved on the day itself.
 */
export interface WorkerDayTable {
  worker_id: string
  day: string
  submitted: number
  approved: number
  rejected: number
  rewards: number
  bonuses: number
  earned: number
  /** Time worked on what was submitted, and on what of it was approved or rejected. */
  seconds: number
  reviewed_seconds: number
}

/** What a worker did of one HIT type: a batch that he was on. */
export interface WorkerBatchTable {
  worker_id: string
  hit_type_id: string
  submitted: number
  approved: number
  rejected: number
  rewards: number
  bonuses: number
  seconds: number
  reviewed_seconds: number
  /** His first and his latest submission. */
  first_at: number
  last_at: number
}

/** These tables, once per market. */
export interface RecordTables {
  worker_day: WorkerDayTable
  worker_batch: WorkerBatchTable
}

/** Their names, as data. */
export const recordTables: readonly (keyof RecordTables)[] = ['worker_day', 'worker_batch']
