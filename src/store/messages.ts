// What workers are told, and what they write to requesters: mail that was sent, or would be if this server sent any.
import { insert, read } from './prepared.ts'
import type { MessageTable } from './schema.ts'
import type { Read, Write } from './tx.ts'

/** Why a worker is told something; a contact is what he writes to a requester. */
export type MessageKind =
  'notification' | 'block' | 'bonus' | 'qualification' | 'payout' | 'contact' | 'alert'

export interface Message {
  /** In order of time. */
  id: string
  kind: MessageKind
  workerId: string
  /** The requester whom it is from or about; empty when it is from the operator. */
  requesterId: string
  subject: string
  text: string
  at: number
}

const insertRow = insert('message', ['id', 'kind', 'worker_id', 'requester_id', 'subject', 'text', 'at'])

type ShownRow = MessageTable & { email: string | null; requester_email: string | null }

const newest = (toOne: boolean) =>
  read<{ workerId: string; before: string; limit: number }, ShownRow>(({ db }, p) => {
    const page = db
      .selectFrom('message')
      .leftJoin('worker', 'worker.id', 'message.worker_id')
      .leftJoin('requester', 'requester.id', 'message.requester_id')
      .selectAll('message')
      .select(['worker.email', 'requester.email as requester_email'])
      .where('message.id', '<', p.before)
      .orderBy('message.id', 'desc')
      .limit(p.limit)
    return toOne ? page.where('message.worker_id', '=', p.workerId) : page
  })

const newestRows = newest(false)
const newestRowsToWorker = newest(true)

/** Keeps a message. */
export async function add(tx: Write, message: Message): Promise<void> {
  await tx.change(insertRow, {
    id: message.id,
    kind: message.kind,
    worker_id: message.workerId,
    requester_id: message.requesterId,
    subject: message.subject,
    text: message.text,
    at: message.at,
  })
}

/**
 * Messages with the e-mail address that they go to, newest first, of one worker or of all; `before` is the last one's id of
 * the page before.
 */
export async function listNewest(
  tx: Read,
  { workerId, before, limit }: { workerId?: string | undefined; before?: string | undefined; limit: number },
): Promise<(Message & { email: string | undefined })[]> {
  const statement = workerId === undefined ? newestRows : newestRowsToWorker
  // Behind every id: they begin with the digit 3.
  const rows = await tx.all(statement, { workerId: workerId ?? '', before: before ?? '4', limit })
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as MessageKind,
    workerId: row.worker_id,
    requesterId: row.requester_id,
    subject: row.subject,
    text: row.text,
    at: row.at,
    email: (row.kind === 'contact' ? row.requester_email : row.email) ?? undefined,
  }))
}

const contactRows = read<{ workerId: string; since: number; limit: number }, { at: number }>(({ db }, p) =>
  db
    .selectFrom('message')
    .select('at')
    .where('worker_id', '=', p.workerId)
    .where('kind', '=', 'contact')
    .where('at', '>', p.since)
    .orderBy('id', 'desc')
    .limit(p.limit),
)

/** When the worker wrote to requesters after `since`, latest first, so many times at most. Epoch milliseconds. */
export async function contactTimes(
  tx: Read,
  workerId: string,
  since: number,
  limit: number,
): Promise<number[]> {
  return (await tx.all(contactRows, { workerId, since, limit })).map(({ at }) => at)
}
