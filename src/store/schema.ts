// The tables as TypeScript sees them. Times (`…_at`) are epoch milliseconds, money is whole cents, durations are
// seconds, flags are 0 or 1: the same on both databases, so that no other file needs to know which one runs.
// Tables of the first group are shared by all markets; those of the second exist once per market.

/** A requester's identity: the same in every market. */
export interface RequesterTable {
  id: string
  name: string
  email: string | null
  password: string | null
  suspended: number
  linked: number
  created_at: number
}

/** A worker's identity: the same in every market. */
export interface WorkerTable {
  id: string
  name: string
  email: string | null
  password: string | null
  suspended: number
  country: string | null
  subdivision: string | null
  created_at: number
}

/** An access key of a requester. `secret` is encrypted under the server key; `version` changes when it is rotated. */
export interface AccessKeyTable {
  id: string
  requester_id: string
  secret: string
  version: string
  created_at: number
}

/** A signed-in browser. `hash` is the SHA-256 of the cookie; `site` is `worker` or `requester`. */
export interface SessionTable {
  hash: string
  site: string
  person_id: string
  created_at: number
  expires_at: number
}

/** A one-time address that signs a browser in. `hash` is the SHA-256 of its token. */
export interface SignInLinkTable {
  hash: string
  site: string
  person_id: string
  expires_at: number
}

/** Failed sign-ins of one account or address since `since`. */
export interface SignInFailureTable {
  subject: string
  failures: number
  since: number
}

/** Facts about the whole database: demo mode, clock offsets. */
export interface MetaTable {
  name: string
  value: string
}

/** The seven properties that HITs of one type share [hits 5.10]. `hits` counts the HITs that have it now. */
export interface HITTypeTable {
  id: string
  group_id: string
  requester_id: string
  title: string
  description: string
  keywords: string | null
  reward: number
  duration: number
  approval_delay: number
  requirements: string
  tuple_hash: string
  hits: number
  created_at: number
}

/** A question document, stored once under the SHA-256 of its text, known to be valid. */
export interface QuestionTable {
  hash: string
  kind: string
  text: string
}

export interface HITTable {
  id: string
  hit_type_id: string
  requester_id: string
  question_hash: string
  annotation: string | null
  created_at: number
  expires_at: number
  max_assignments: number
  /** MaxAssignments at creation: it fixes the fee class and the 10 rule. */
  first_assignments: number
  reward: number
  fee: number
  pending: number
  submitted: number
  reviewed: number
  escrow: number
  /** 1 while the escrow holds the money for slots that nobody has taken. */
  slots_held: number
  status: string
  reviewable_at: number | null
  /** When the HIT itself next needs the timers: its expiration, then its disposal. */
  due_at: number | null
  /** The HIT's place in the random order in which its group is offered. */
  pick: number
}

export interface AssignmentTable {
  id: string
  hit_id: string
  hit_type_id: string
  requester_id: string
  worker_id: string
  state: string
  accepted_at: number
  deadline: number
  submitted_at: number | null
  auto_approval_at: number | null
  approved_at: number | null
  rejected_at: number | null
  /** When the worker gave it back or lost it. */
  ended_at: number | null
  feedback: string | null
  /** When the assignment next needs the timers: its deadline, then its auto-approval. */
  due_at: number | null
}

/** What a worker sent: the QuestionFormAnswers document. */
export interface AnswerTable {
  assignment_id: string
  document: string
}

/** A requester's money that is not held for any HIT. */
export interface RequesterAccountTable {
  requester_id: string
  available: number
}

/** A worker's money and life-time counters in one market. */
export interface WorkerAccountTable {
  worker_id: string
  balance: number
  rewards: number
  bonuses: number
  accepted: number
  returned: number
  abandoned: number
  submitted: number
  approved: number
  rejected: number
  held: number
  /** Accepts of the Pacific day that began at `day_start`. */
  accepted_today: number
  day_start: number
  masters: number
  adult: number
}

/** HITs of one type for which a worker holds or submitted an assignment: tells when nothing is left for him. */
export interface WorkerGroupTable {
  worker_id: string
  hit_type_id: string
  done: number
}

export interface WorkerBlockTable {
  requester_id: string
  worker_id: string
  reason: string
  blocked_at: number
}

export interface BonusTable {
  id: string
  requester_id: string
  worker_id: string
  hit_id: string
  assignment_id: string
  amount: number
  fee: number
  reason: string
  granted_at: number
}

/** One movement of money; rows are never changed. Accounts are spelled as in domain/ledger.ts. */
export interface TransferTable {
  id: string
  debit: string
  credit: string
  amount: number
  kind: string
  reference: string
  at: number
}

/** A used UniqueRequestToken [hits 10]. `object_id` is the HIT that it made, if any. */
export interface RequestTokenTable {
  requester_id: string
  kind: string
  token: string
  object_id: string
  expires_at: number
}

/** The first answer to a call that an SDK may repeat [wire 3.7]. `at` is wall-clock time. */
export interface AnsweredCallTable {
  key: string
  output: string
  at: number
}

/** One row per committed change: who did what to which object. */
export interface AuditTable {
  id: string
  at: number
  caller: string
  operation: string
  object_id: string
}

/** The tables that all markets of one database share. */
export interface SharedTables {
  meta: MetaTable
  requester: RequesterTable
  worker: WorkerTable
  access_key: AccessKeyTable
  session: SessionTable
  sign_in_link: SignInLinkTable
  sign_in_failure: SignInFailureTable
}

/** The tables that exist once per market; outside production their names carry the market's prefix. */
export interface MarketTables {
  hit_type: HITTypeTable
  question: QuestionTable
  hit: HITTable
  assignment: AssignmentTable
  answer: AnswerTable
  requester_account: RequesterAccountTable
  worker_account: WorkerAccountTable
  worker_group: WorkerGroupTable
  worker_block: WorkerBlockTable
  bonus: BonusTable
  transfer: TransferTable
  request_token: RequestTokenTable
  answered_call: AnsweredCallTable
  audit: AuditTable
}

export type Tables = SharedTables & MarketTables

/** Names of the tables that exist once per market, as data. */
export const marketTables: ReadonlySet<string> = new Set<keyof MarketTables>([
  'hit_type',
  'question',
  'hit',
  'assignment',
  'answer',
  'requester_account',
  'worker_account',
  'worker_group',
  'worker_block',
  'bonus',
  'transfer',
  'request_token',
  'answered_call',
  'audit',
])
