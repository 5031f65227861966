// Records of files for tests of how they are kept: each with usual values, and ids that begin with a prefix.
import type { ImportRecord, ReadRecord } from '../../src/domain/import/record.ts'
import { cents, type Cents } from '../../src/domain/money.ts'
import { answersOf, importedAt } from './imports.ts'

type Of<K extends ImportRecord['kind']> = Extract<ImportRecord, { kind: K }>
type Hit = Of<'hit'>['hit']
type Type = Of<'hit'>['type']
type Assignment = Of<'assignment'>['assignment']

/** Makes records whose ids begin with `prefix`. */
export function recordsOf(prefix: string) {
  const type: Type = {
    id: `${prefix}TYPE`,
    title: 'Listen to a bird',
    description: 'Say which bird it is.',
    keywords: 'bird, song',
    reward: cents(2),
    duration: 3600,
    approvalDelay: 259_200,
    requirements: undefined,
  }
  const hit: Hit = {
    id: `${prefix}HIT`,
    typeId: type.id,
    groupId: undefined,
    createdAt: importedAt,
    expiresAt: importedAt + 604_800_000,
    maxAssignments: 3,
    annotation: undefined,
    question: undefined,
    layoutId: undefined,
    reviewStatus: undefined,
    fields: undefined,
    input: { song: 'wren.mp3' },
  }
  const assignment: Assignment = {
    id: `${prefix}WORK`,
    hitId: hit.id,
    workerId: `${prefix}WORKER`,
    state: 'Submitted',
    acceptedAt: importedAt + 60_000,
    submittedAt: importedAt + 120_000,
    autoApprovalAt: undefined,
    approvedAt: undefined,
    rejectedAt: undefined,
    feedback: undefined,
    answer: answersOf({ bird: 'a wren' }),
    rates: undefined,
  }
  return {
    prefix,
    work: (changes: Partial<Assignment> = {}, ofHIT: Partial<Hit> = {}): ImportRecord => ({
      kind: 'work',
      type,
      hit: { ...hit, ...ofHIT },
      assignment: { ...assignment, hitId: ofHIT.id ?? hit.id, ...changes },
      isGuess: true,
    }),
    hit: (changes: Partial<Hit> = {}, ofType: Partial<Type> = {}): ImportRecord => ({
      kind: 'hit',
      type: { ...type, ...ofType },
      hit: { ...hit, ...changes },
    }),
    assignment: (changes: Partial<Assignment> = {}): ImportRecord => ({
      kind: 'assignment',
      assignment: { ...assignment, ...changes },
    }),
    bonus: (changes: Partial<Of<'bonus'>> = {}): ImportRecord => ({
      kind: 'bonus',
      workerId: assignment.workerId,
      assignmentId: assignment.id,
      hitId: undefined,
      amount: cents(150),
      reason: 'A rare bird.',
      grantedAt: importedAt + 600_000,
      ...changes,
    }),
    qualificationType: (changes: Partial<Of<'qualification type'>> = {}): ImportRecord => ({
      kind: 'qualification type',
      id: `${prefix}QUALIFICATION`,
      name: 'Knows birds',
      description: 'By their songs.',
      keywords: undefined,
      isActive: true,
      autoGrantedValue: undefined,
      retryDelay: undefined,
      test: undefined,
      testDuration: undefined,
      answerKey: undefined,
      createdAt: importedAt,
      ...changes,
    }),
    score: (changes: Partial<Of<'score'>> = {}): ImportRecord => ({
      kind: 'score',
      workerId: assignment.workerId,
      type: { id: `${prefix}QUALIFICATION` },
      value: 80,
      status: 'Granted',
      grantedAt: importedAt,
      ...changes,
    }),
    worker: (changes: Partial<Of<'worker'>['worker']> = {}): ImportRecord => ({
      kind: 'worker',
      worker: {
        ...{ id: assignment.workerId, figures: { 'Lifetime approved': '3' } },
        ...{ block: undefined, reason: undefined },
        ...changes,
      },
    }),
    transaction: (changes: Partial<Of<'transaction'>> = {}): ImportRecord => ({
      kind: 'transaction',
      initiatedAt: importedAt,
      postedAt: undefined,
      type: 'AssignmentPayment',
      recipientId: assignment.workerId,
      amount: -2n as Cents,
      cells: { 'Transaction Type': 'AssignmentPayment', Amount: '-0.02' },
      occurrence: 1,
      ...changes,
    }),
  }
}

/** The makers of records of one prefix. */
export type Records = ReturnType<typeof recordsOf>

/** Records as rows of a file: the first one stands in line 2. */
export const inLines = (records: readonly ImportRecord[]): ReadRecord[] =>
  records.map((record, index) => ({ record, line: index + 2 }))
