// What workers are told: mail that was sent, or would be if this server sent any.
import { insert, read } from './prepared.ts'
import type { MessageTable } from './schema.ts'
import type { Read, Write } from './tx.ts'

/** Why a worker is told something. */
export type MessageKind = 'notification' | 'block' | 'bonus' | 'qualification'

export interface Message {
  /** In order of time. */
  id: string
  kind: MessageKind
  workerId: string
  /** The requester whom it is from or about. */
  requesterId: string
  subject: string
  text: string
  at: number
}

const insertRow = insert('message', ['id', 'kind', 'worker_id', 'requester_id', 'subject', 'text', 'at'])

type ShownRow = MessageTable & { email: string | null }

const newest = (toOne: boolean) =>
  read<{ workerId: string; before: string; limit: number }, ShownRow>(({ db }, p) => {
    const page = db
      .selectFrom('message')
      .leftJoin('worker', 'worker.id', 'message.worker_id')
      .selectAll('message')
      .select('worker.email')
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
 * Messages with the worker's e-mail address, newest first, to one worker or to all; `before` is the last one's id of
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
    email: row.email ?? undefined,
  }))
}
