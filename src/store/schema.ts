// The tables as TypeScript sees them. Times (`…_at`) are epoch milliseconds, money is whole cents, durations are
// seconds, flags are 0 or 1: the same on both databases, so that no other file needs to know which one runs.
// Those here exist once per market; the tables that all markets share are in schema-shared.ts.
import type { NotificationSettingTable, OutboxLeaseTable, OutboxTable } from './schema-notifications.ts'
import { importTables, type ImportTables } from './schema-imports.ts'
import { paymentTables, type PaymentTables } from './schema-payments.ts'
import { recordTables, type RecordTables } from './schema-record.ts'
import { searchTables, type SearchTables } from './schema-searches.ts'
import type { SharedTables } from './schema-shared.ts'
import { groupTables, type GroupTables } from './schema-groups.ts'

export type * from './schema-shared.ts'

/**
 * The seven properties that HITs of one type share [hits 5.10]. `hits` counts the HITs that have it now, `disposed`
 * those of them that are disposed of.
 */
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
  disposed: number
  created_at: number
  /** When a qualification type that it requires was deleted, and it with that. */
  deleted_at: number | null
}

/** Which HIT types of which requester require a qualification type, custom or of the system. */
export interface HITTypeRequirementTable {
  qualification_type_id: string
  requester_id: string
  hit_type_id: string
}

/** A requester's own type. `sort_key` and `search_text` are made of the name and the other texts: see the store. */
export interface QualificationTypeTable {
  id: string
  requester_id: string
  name: string
  sort_key: string
  description: string
  keywords: string | null
  search_text: string
  status: string
  test: string | null
  test_duration: number | null
  answer_key: string | null
  retry_delay: number | null
  auto_granted: number
  auto_granted_value: number | null
  created_at: number
}

/** What a worker has, or had, of a custom type. */
export interface QualificationTable {
  qualification_type_id: string
  worker_id: string
  requester_id: string
  value: number | null
  status: string
  granted_at: number
}

/** A worker's request, the hashes of test and key as they were then (rows of `question`), and the answers. */
export interface QualificationRequestTable {
  id: string
  qualification_type_id: string
  requester_id: string
  worker_id: string
  state: string
  test_hash: string | null
  answer_key_hash: string | null
  answer: string | null
  requested_at: number
  submitted_at: number | null
  /** Until when the test may be sent. */
  deadline: number | null
}

/** A question document, stored once under the SHA-256 of its text, known to be valid. */
export interface QuestionTable {
  hash: string
  kind: string
  text: string
}

/** One version of a layout; rows are never changed. `page` is `html` with what the site puts around it. */
export interface LayoutTable {
  id: string
  version: number
  requester_id: string
  name: string
  html: string
  page: string
  created_at: number
}

/** A file that was sent with an assignment's answers; `file_key` is its key in the file store. */
export interface UploadedFileTable {
  assignment_id: string
  identifier: string
  file_key: string
  name: string
  size: number
}

/** What a worker is told: mail that was sent, or would be. */
export interface MessageTable {
  id: string
  kind: string
  worker_id: string
  requester_id: string
  subject: string
  text: string
  at: number
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

/** The review policies of a HIT that has any: JSON of domain/review-policy.ts. */
export interface HITReviewPolicyTable {
  hit_id: string
  assignment_policy: string | null
  hit_policy: string | null
}

/** One entry of a review report. `action_id` is the review that found it. */
export interface ReviewResultTable {
  hit_id: string
  level: string
  id: string
  action_id: string
  subject_type: string
  subject_id: string
  question_id: string | null
  key: string
  value: string
}

/** What a review policy did, or could not do. */
export interface ReviewActionTable {
  hit_id: string
  level: string
  id: string
  name: string
  target_type: string
  target_id: string
  status: string
  completed_at: number
  result: string
  error_code: string | null
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
  /** 1: workers may change what they have submitted, until it is reviewed. */
  allows_edits: number
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

/** The tables that exist once per market; outside production their names carry the market's prefix. */
export interface MarketTables extends GroupTables, RecordTables, PaymentTables, SearchTables, ImportTables {
  hit_type: HITTypeTable
  hit_type_requirement: HITTypeRequirementTable
  qualification_type: QualificationTypeTable
  qualification: QualificationTable
  qualification_request: QualificationRequestTable
  question: QuestionTable
  layout: LayoutTable
  message: MessageTable
  uploaded_file: UploadedFileTable
  hit: HITTable
  hit_review_policy: HITReviewPolicyTable
  review_result: ReviewResultTable
  review_action: ReviewActionTable
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
  notification_setting: NotificationSettingTable
  outbox: OutboxTable
  outbox_lease: OutboxLeaseTable
}

export type Tables = SharedTables & MarketTables

/** Names of the tables that exist once per market, as data. */
export const marketTables: ReadonlySet<string> = new Set<keyof MarketTables>([
  ...groupTables,
  ...recordTables,
  ...paymentTables,
  ...searchTables,
  ...importTables,
  'hit_type',
  'hit_type_requirement',
  'qualification_type',
  'qualification',
  'qualification_request',
  'question',
  'layout',
  'message',
  'uploaded_file',
  'hit',
  'hit_review_policy',
  'review_result',
  'review_action',
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
  'notification_setting',
  'outbox',
  'outbox_lease',
])
