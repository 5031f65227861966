// What a file of the real service tells, one fact after the other, whatever the file was: the readers of src/import make
// these of rows and JSON, and ImportRecords keeps them. Times are epoch milliseconds, money whole cents, durations seconds.
import type { Cents } from '../money.ts'

/** A HIT type as a row or a HIT tells it. `requirements` is the API's JSON, as it was saved; a CSV tells none. */
export interface ImportedType {
  id: string
  title: string
  description: string
  keywords: string | undefined
  reward: Cents
  duration: number
  approvalDelay: number
  requirements: string | undefined
}

/** A HIT. What a kind of file does not tell is undefined, and leaves what is known already as it is. */
export interface ImportedHIT {
  id: string
  typeId: string
  /** HITGroupId. */
  groupId: string | undefined
  createdAt: number
  expiresAt: number
  maxAssignments: number
  annotation: string | undefined
  /** The HIT's question document. */
  question: string | undefined
  layoutId: string | undefined
  /** HITReviewStatus. */
  reviewStatus: string | undefined
  /** Cells of the columns `Input.…`, by column name without `Input.`, in the order of the file. */
  input: Readonly<Record<string, string>> | undefined
  /** Names of the file's columns `Answer.…`, without that: also of those that are empty in all rows. */
  fields: readonly string[] | undefined
}

/** The worker's record with the requester as a result CSV shows it beside each assignment: `100% (1/1)`. */
export interface ImportedRates {
  lifetime: string
  last30Days: string
  last7Days: string
}

/** Submitted work. */
export interface ImportedAssignment {
  id: string
  hitId: string
  workerId: string
  state: 'Submitted' | 'Approved' | 'Rejected'
  acceptedAt: number
  submittedAt: number
  autoApprovalAt: number | undefined
  approvedAt: number | undefined
  rejectedAt: number | undefined
  feedback: string | undefined
  /** The QuestionFormAnswers document, as the API would answer it. */
  answer: string
  rates: ImportedRates | undefined
}

/** What is known of one worker by a row of a worker CSV or a block list. Cells of figures stay texts. */
export interface ImportedWorker {
  id: string
  /** Columns that tell of approved and reviewed work, by their name, in the order of the file. */
  figures: Readonly<Record<string, string>> | undefined
  block: 'Never Blocked' | 'Blocked' | 'Unblocked' | undefined
  /** Why he was blocked, where the file tells it. */
  reason: string | undefined
}

export type ImportRecord =
  /** A row of a result CSV tells three things at once. `isGuess`: how the answers were sent is taken from its columns. */
  | { kind: 'work'; type: ImportedType; hit: ImportedHIT; assignment: ImportedAssignment; isGuess: boolean }
  | { kind: 'hit'; type: ImportedType; hit: ImportedHIT }
  | { kind: 'assignment'; assignment: ImportedAssignment }
  | {
      kind: 'bonus'
      workerId: string
      assignmentId: string
      /** Where the file tells it; else the assignment does. */
      hitId: string | undefined
      amount: Cents
      reason: string
      grantedAt: number
    }
  | {
      kind: 'qualification type'
      id: string
      name: string
      description: string
      keywords: string | undefined
      isActive: boolean
      autoGrantedValue: number | undefined
      retryDelay: number | undefined
      test: string | undefined
      testDuration: number | undefined
      answerKey: string | undefined
      createdAt: number
    }
  /** A score. A worker CSV knows the type by its name, JSON by its id; `value` undefined: it was taken away. */
  | {
      kind: 'score'
      workerId: string
      type: { id: string } | { name: string }
      /** Of a revoked one the last, 0 where it is not told. */
      value: number
      status: 'Granted' | 'Revoked'
      grantedAt: number | undefined
    }
  | { kind: 'worker'; worker: ImportedWorker }
  /** A line of the transaction history; `cells` are all of it by column name, in the order of the file. */
  | {
      kind: 'transaction'
      initiatedAt: number | undefined
      postedAt: number | undefined
      type: string
      recipientId: string | undefined
      /** Cents; below 0 where the file says so, which Cents never are. */
      amount: bigint
      cells: Readonly<Record<string, string>>
      /** Which of the equal lines of its file it is, from 1: two equal lines are two payments. */
      occurrence: number
    }

/** A record with the line, from 1, in which it begins. */
export interface ReadRecord {
  record: ImportRecord
  line: number
}

/** The greatest number of seconds, assignments or points that the API ever told. */
export const greatestWhole = 2_147_483_647

/** What is wrong with a file, in words for its owner. */
export interface ImportProblem {
  line: number
  /** From 1; or the name of the column. */
  column: number | string | undefined
  message: string
}

/** `line 3, column 7: …` */
export function importProblemLine({ line, column, message }: ImportProblem): string {
  return column === undefined ? `line ${line}: ${message}` : `line ${line}, column ${column}: ${message}`
}
