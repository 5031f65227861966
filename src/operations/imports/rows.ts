// What records of files come to as rows: each row once, however many records of a batch tell of it.
import { createHash } from 'node:crypto'
import type {
  ImportedAssignment,
  ImportedHIT,
  ImportedType,
  ImportRecord,
  ReadRecord,
} from '../../domain/import/record.ts'
import type { RowKind, RowTables } from '../../store/imported-rows.ts'
import type { WorkerRow } from '../../store/imported-workers.ts'

export type { RowKind } from '../../store/imported-rows.ts'

/** A row of a record. The first one of a record is what the record is about. */
export type Part = { [K in RowKind]: { kind: K; row: RowTables[K] } }[RowKind]

/** A record with its rows, and the worker that it names. */
export interface Parted extends ReadRecord {
  parts: readonly Part[]
  worker: WorkerRow | undefined
}

const json = (value: object | undefined) => (value === undefined ? null : JSON.stringify(value))

function typeRow(requesterId: string, type: ImportedType): Part {
  return {
    kind: 'type',
    row: {
      id: type.id,
      requester_id: requesterId,
      title: type.title,
      description: type.description,
      keywords: type.keywords ?? null,
      reward: Number(type.reward),
      duration: type.duration,
      approval_delay: type.approvalDelay,
      requirements: type.requirements ?? null,
    },
  }
}

function hitRow(requesterId: string, hit: ImportedHIT): Part {
  return {
    kind: 'hit',
    row: {
      id: hit.id,
      hit_type_id: hit.typeId,
      requester_id: requesterId,
      group_id: hit.groupId ?? null,
      created_at: hit.createdAt,
      expires_at: hit.expiresAt,
      max_assignments: hit.maxAssignments,
      annotation: hit.annotation ?? null,
      question: hit.question ?? null,
      layout_id: hit.layoutId ?? null,
      review_status: hit.reviewStatus ?? null,
      input: json(hit.input),
      fields: json(hit.fields),
    },
  }
}

function assignmentRow(requesterId: string, assignment: ImportedAssignment): Part {
  return {
    kind: 'assignment',
    row: {
      id: assignment.id,
      hit_id: assignment.hitId,
      requester_id: requesterId,
      worker_id: assignment.workerId,
      state: assignment.state,
      accepted_at: assignment.acceptedAt,
      submitted_at: assignment.submittedAt,
      auto_approval_at: assignment.autoApprovalAt ?? null,
      approved_at: assignment.approvedAt ?? null,
      rejected_at: assignment.rejectedAt ?? null,
      feedback: assignment.feedback ?? null,
      document: assignment.answer,
      rates: json(assignment.rates),
    },
  }
}

/** An id for what has none of its own: made of what it tells, so that it comes in once. */
function idOf(...told: (string | number | bigint | undefined)[]): string {
  const text = JSON.stringify(told.map((one) => (typeof one === 'bigint' ? String(one) : (one ?? null))))
  return createHash('sha256').update(text).digest('base64url')
}

function bonusRow(requesterId: string, bonus: Extract<ImportRecord, { kind: 'bonus' }>): Part {
  const { workerId, assignmentId, hitId, amount, reason, grantedAt } = bonus
  return {
    kind: 'bonus',
    row: {
      id: idOf(requesterId, 'bonus', workerId, assignmentId, amount, reason, grantedAt),
      requester_id: requesterId,
      worker_id: workerId,
      // What the assignment tells comes before it.
      hit_id: hitId ?? '',
      assignment_id: assignmentId,
      amount: Number(amount),
      reason,
      granted_at: grantedAt,
    },
  }
}

function transactionRow(
  requesterId: string,
  {
    initiatedAt,
    postedAt,
    type,
    recipientId,
    amount,
    cells,
    occurrence,
  }: Extract<ImportRecord, { kind: 'transaction' }>,
): Part {
  // A file with other columns, or in another order, tells of the same lines.
  const told = Object.entries(cells).filter(([, cell]) => cell !== '')
  const line = JSON.stringify(told.sort(([a], [b]) => (a < b ? -1 : 1)))
  return {
    kind: 'transaction',
    row: {
      id: idOf(requesterId, 'transaction', line, occurrence),
      requester_id: requesterId,
      initiated_at: initiatedAt ?? null,
      posted_at: postedAt ?? null,
      type,
      recipient_id: recipientId ?? null,
      amount: Number(amount),
      cells: JSON.stringify(cells),
    },
  }
}

type Once = <T extends ImportedHIT | ImportedType>(
  told: T,
  make: (requesterId: string, told: T) => Part,
) => Part

function partsOf(requesterId: string, record: ImportRecord, once: Once): readonly Part[] {
  switch (record.kind) {
    case 'work':
      return [
        assignmentRow(requesterId, record.assignment),
        once(record.hit, hitRow),
        once(record.type, typeRow),
      ]
    case 'hit':
      return [once(record.hit, hitRow), once(record.type, typeRow)]
    case 'assignment':
      return [assignmentRow(requesterId, record.assignment)]
    case 'bonus':
      return [bonusRow(requesterId, record)]
    case 'transaction':
      return [transactionRow(requesterId, record)]
    case 'qualification type':
    case 'score':
    case 'worker':
      return []
  }
}

function workerOf(requesterId: string, record: ImportRecord): WorkerRow | undefined {
  const known = (worker_id: string) => ({
    ...{ requester_id: requesterId, worker_id },
    ...{ figures: null, block: null, reason: null },
  })
  switch (record.kind) {
    case 'work':
    case 'assignment':
      return known(record.assignment.workerId)
    case 'bonus':
    case 'score':
      return known(record.workerId)
    case 'worker': {
      const { id, figures, block, reason } = record.worker
      return { ...known(id), figures: json(figures), block: block ?? null, reason: reason ?? null }
    }
    case 'hit':
    case 'qualification type':
    case 'transaction':
      return undefined
  }
}

/** What became of a record, or of a row. */
export type Outcome = 'added' | 'changed' | 'unchanged'

/** The records of a requester with the rows that they come to. */
export function partRecords(requesterId: string, records: readonly ReadRecord[]): Parted[] {
  // Records of one HIT share what tells of it.
  const shared = new Map<ImportedHIT | ImportedType, Part>()
  const once: Once = (told, make) => {
    let part = shared.get(told)
    if (part === undefined) {
      part = make(requesterId, told)
      shared.set(told, part)
    }
    return part
  }
  return records.map(({ record, line }) => ({
    record,
    line,
    parts: partsOf(requesterId, record, once),
    worker: workerOf(requesterId, record),
  }))
}
