// One submitted assignment as programs and files tell it: all that its worker may know of it, without his answers.
import { toISO } from '../../../clock.ts'
import { formatDollars } from '../../../domain/money.ts'
import type { HistoryEntry } from '../../../operations/worker/ListHistory.ts'

/** An entry of the history in the JSON, and a row of the CSV, with its columns in this order. */
export interface RecordedEntry {
  assignment_id: string
  hit_id: string
  hit_set_id: string
  title: string
  requester_id: string
  requester_name: string
  state: string
  /** Dollars. */
  reward: number
  bonuses: number
  accepted_at: string
  submitted_at: string
  approved_at: string | null
  rejected_at: string | null
  seconds_worked: number
  requester_feedback: string | null
}

/** The columns of the CSV. */
export const recordedColumns = [
  'assignment_id',
  'hit_id',
  'hit_set_id',
  'title',
  'requester_id',
  'requester_name',
  'state',
  'reward',
  'bonuses',
  'accepted_at',
  'submitted_at',
  'approved_at',
  'rejected_at',
  'seconds_worked',
  'requester_feedback',
] as const satisfies (keyof RecordedEntry)[]

/** What is told of an assignment. */
export function recordedEntry(entry: HistoryEntry): RecordedEntry {
  const { assignment, type, requesterName, state, bonuses } = entry
  const { acceptedAt, submittedAt = acceptedAt, approvedAt, rejectedAt } = assignment
  const time = (at: number | undefined) => (at === undefined ? null : toISO(at))
  return {
    assignment_id: assignment.id,
    hit_id: assignment.hitId,
    hit_set_id: type.groupId,
    title: type.title,
    requester_id: assignment.requesterId,
    requester_name: requesterName,
    state,
    reward: Number(formatDollars(type.reward)),
    bonuses: Number(formatDollars(bonuses)),
    accepted_at: toISO(acceptedAt),
    submitted_at: toISO(submittedAt),
    approved_at: time(approvedAt),
    rejected_at: time(rejectedAt),
    seconds_worked: Math.floor((submittedAt - acceptedAt) / 1000),
    requester_feedback: assignment.feedback ?? null,
  }
}
