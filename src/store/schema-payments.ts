// The tables of what workers want to be paid out, and of what is to be erased. What holds for every table stands in
// schema.ts.

/**
 * A worker's wish to be paid. `details` are those of his method as it was then, encrypted under the server key, until
 * they are erased; `token` is that of the form that asked for it, `note` the operator's.
 */
export interface PayoutTable {
  id: string
  worker_id: string
  amount: number
  state: string
  method: string
  details: string | null
  automatic: number
  token: string | null
  requested_at: number
  settled_at: number | null
  note: string | null
}

/** Where a worker wants his money; `details` are encrypted. Every `days` he is paid by himself, next at `next_at`. */
export interface PayoutMethodTable {
  worker_id: string
  kind: string
  details: string
  days: number
  next_at: number | null
}

/**
 * A disposed HIT of which something is still kept. In order of their submission, `erased_at` and `erased_id` are the last
 * assignment whose answers are erased.
 */
export interface DisposedHITTable {
  hit_id: string
  disposed_at: number
  erased_at: number
  erased_id: string
}

/** A key of the file store whose bytes are to be deleted: no row names it any more. */
export interface ErasedFileTable {
  file_key: string
}

/** These tables, once per market. */
export interface PaymentTables {
  payout: PayoutTable
  payout_method: PayoutMethodTable
  disposed_hit: DisposedHITTable
  erased_file: ErasedFileTable
}

/** Their names, as data. */
export const paymentTables: readonly (keyof PaymentTables)[] = [
  'payout',
  'payout_method',
  'disposed_hit',
  'erased_file',
]
