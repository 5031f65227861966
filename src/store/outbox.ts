// What must leave the process: one row per event and destination, written in the transaction that caused the event
// and sent afterwards, at least once [design 4]. Times of sending are those of the wall clock.
import { sql } from 'kysely'
import type { EventKind, Transport } from '../domain/notification.ts'
import type { MessageKind } from './messages.ts'
import { insert, read, write } from './prepared.ts'
import type { OutboxTable } from './schema-notifications.ts'
import type { Read, Write } from './tx.ts'

/** Where messages go. A destination is leased by one process at a time. */
export interface Destination {
  transport: Transport
  destination: string
}

export type MessageState = 'waiting' | 'delivered' | 'dead'

/**
 * `test` is an event that SendTestEventNotification made up, `mail` tells a worker something, `account` is mail about
 * somebody's own account, whose document is encrypted.
 */
export type Kind = 'event' | 'test' | 'mail' | 'account'

export interface Message extends Destination {
  /** In order of time: messages about one HIT leave in this order. */
  id: string
  requesterId: string
  kind: Kind
  /** Messages of one HIT go in order; what waits for nobody has an id of its own here. */
  hitId: string
  /** Only events of one HIT type share a document. */
  hitTypeId: string
  /** What is told: an event, or why a worker gets mail. */
  event: EventKind | MessageKind | 'account'
  document: string
  /** Whether its document was or may have been handed over, and so never changes. */
  isSealed: boolean
  /** The message in whose document this event stands. It does not go by itself. */
  partOf: string | undefined
  /** The market's time of the event. */
  createdAt: number
  state: MessageState
  /** When it is to be sent: 0 is at once. */
  dueAt: number
  attempts: number
  /** Why the last attempt failed. */
  error: string | undefined
  settledAt: number | undefined
}

/** What a message has that is to be sent at once. */
export const waiting = {
  partOf: undefined,
  state: 'waiting',
  dueAt: 0,
  attempts: 0,
  error: undefined,
  settledAt: undefined,
} as const

function fromRow(row: OutboxTable): Message {
  return {
    id: row.id,
    requesterId: row.requester_id,
    kind: row.kind as Kind,
    hitTypeId: row.hit_type_id,
    isSealed: row.sealed === 1,
    partOf: row.part_of ?? undefined,
    transport: row.transport as Transport,
    destination: row.destination,
    hitId: row.hit_id,
    event: row.event as Message['event'],
    document: row.document,
    createdAt: row.created_at,
    state: row.state as MessageState,
    dueAt: row.due_at,
    attempts: row.attempts,
    error: row.error ?? undefined,
    settledAt: row.settled_at ?? undefined,
  }
}

const insertRow = insert('outbox', [
  'id',
  'requester_id',
  'transport',
  'destination',
  'hit_id',
  'event',
  'document',
  'created_at',
  'state',
  'due_at',
  'attempts',
  'error',
  'settled_at',
  'kind',
  'hit_type_id',
  'sealed',
  'part_of',
])

/** Puts a message into the outbox. */
export async function add(tx: Write, message: Message): Promise<void> {
  await tx.change(insertRow, {
    id: message.id,
    requester_id: message.requesterId,
    transport: message.transport,
    destination: message.destination,
    hit_id: message.hitId,
    event: message.event,
    document: message.document,
    created_at: message.createdAt,
    state: message.state,
    due_at: message.dueAt,
    attempts: message.attempts,
    error: message.error ?? null,
    settled_at: message.settledAt ?? null,
    kind: message.kind,
    hit_type_id: message.hitTypeId,
    sealed: message.isSealed ? 1 : 0,
    part_of: message.partOf ?? null,
  })
}

const newestWaitingRow = read<Destination, { id: string }>(({ db }, p) =>
  db
    .selectFrom('outbox')
    .select('id')
    .where(sql<boolean>`state = 'waiting'`)
    .where('transport', '=', p.transport)
    .where('destination', '=', p.destination)
    .orderBy('id', 'desc')
    .limit(1),
)

/**
 * The last of what waits for a destination. What is added behind it stays behind all earlier events of its HIT: those are
 * committed, because the HIT is locked, while the clocks of two processes, and the waits for locks, put nothing in order.
 */
export async function newestWaiting(
  tx: Read,
  { transport, destination }: Destination,
): Promise<string | undefined> {
  return (await tx.first(newestWaitingRow, { transport, destination }))?.id
}

const nextDestinationRow = read<{ transport: Transport; after: string }, { destination: string }>(
  ({ db }, p) =>
    db
      .selectFrom('outbox')
      .select('destination')
      .where(sql<boolean>`state = 'waiting'`)
      .where('transport', '=', p.transport)
      .where('destination', '>', p.after)
      .orderBy('destination')
      .limit(1),
)

/** The next destination of a transport for which anything waits; one with a million messages costs as one with one. */
export async function nextDestination(
  tx: Read,
  transport: Transport,
  after: string,
): Promise<Destination | undefined> {
  const row = await tx.first(nextDestinationRow, { transport, after })
  return row && { transport, destination: row.destination }
}

const sendableRows = read<Destination & { wallNow: number; limit: number }, OutboxTable>(({ db }, p) =>
  db
    .selectFrom('outbox')
    .selectAll()
    .where('outbox.state', '=', sql.lit('waiting'))
    .where('outbox.transport', '=', p.transport)
    .where('outbox.destination', '=', p.destination)
    .where('outbox.due_at', '<=', p.wallNow)
    .where('outbox.part_of', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('outbox as earlier')
            .select('earlier.id')
            .where('earlier.state', '=', sql.lit('waiting'))
            .where('earlier.due_at', '>', sql.lit(0))
            .where('earlier.transport', '=', p.transport)
            .where('earlier.destination', '=', p.destination)
            .whereRef('earlier.hit_id', '=', 'outbox.hit_id')
            .where('earlier.due_at', '>', p.wallNow)
            .whereRef('earlier.id', '<', 'outbox.id'),
        ),
      ),
    )
    .orderBy('outbox.id')
    .limit(p.limit),
)

/** What can be sent to a destination now, in order; an event stands behind an earlier one of its HIT that waits. */
export async function listSendable(
  tx: Read,
  destination: Destination,
  wallNow: number,
  limit: number,
): Promise<Message[]> {
  return (await tx.all(sendableRows, { ...destination, wallNow, limit })).map(fromRow)
}

const leaseRow = write<Destination & { holder: string; wallNow: number; until: number }, unknown>(
  ({ db }, p) =>
    db
      .insertInto('outbox_lease')
      .values({
        transport: p.transport,
        destination: p.destination,
        holder: p.holder,
        leased_until: p.until,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['transport', 'destination'])
          .doUpdateSet({ holder: p.holder, leased_until: p.until })
          .where((eb) =>
            eb.or([
              eb('outbox_lease.leased_until', '<=', p.wallNow),
              eb('outbox_lease.holder', '=', p.holder),
            ]),
          ),
      ),
)

/** Leases a destination to `holder`, or prolongs the lease; false while another holds it. */
export async function lease(
  tx: Write,
  destination: Destination,
  holder: string,
  wallNow: number,
  until: number,
): Promise<boolean> {
  return (await tx.change(leaseRow, { ...destination, holder, wallNow, until })) > 0
}

const releaseRow = write<Destination & { holder: string }, unknown>(({ db }, p) =>
  db
    .deleteFrom('outbox_lease')
    .where('transport', '=', p.transport)
    .where('destination', '=', p.destination)
    .where('holder', '=', p.holder),
)

/** Gives a lease back. */
export async function release(tx: Write, destination: Destination, holder: string): Promise<void> {
  await tx.change(releaseRow, { ...destination, holder })
}

const sealRow = write<{ id: string; document: string }, unknown>(({ db }, p) =>
  db.updateTable('outbox').set({ sealed: 1, document: p.document }).where('id', '=', p.id),
)

/** Keeps a message's document as it will be handed over, from now on always the same. */
export async function seal(tx: Write, id: string, document: string): Promise<void> {
  await tx.change(sealRow, { id, document })
}

const joinRow = write<{ id: string; to: string }, unknown>(({ db }, p) =>
  db.updateTable('outbox').set({ sealed: 1, part_of: p.to }).where('id', '=', p.id),
)

/** Notes that an event stands in the document of another message, with which it goes. */
export async function join(tx: Write, id: string, to: string): Promise<void> {
  await tx.change(joinRow, { id, to })
}

/** What became of an attempt to send. */
export interface Outcome {
  id: string
  state: MessageState
  dueAt: number
  attempts: number
  error: string | undefined
  settledAt: number | undefined
}

const settleRow = write<
  Omit<Outcome, 'error' | 'settledAt'> & { error: string | null; settledAt: number | null },
  unknown
>(({ db }, p) =>
  db
    .updateTable('outbox')
    .set({
      state: p.state,
      due_at: p.dueAt,
      attempts: p.attempts,
      error: p.error,
      settled_at: p.settledAt,
    })
    .where((eb) => eb.or([eb('id', '=', p.id), eb('part_of', '=', p.id)]))
    .where('state', '!=', 'delivered'),
)

/** Notes what became of a message and of the events in its document; what was delivered stays delivered. */
export async function settle(tx: Write, outcome: Outcome): Promise<void> {
  const { error = null, settledAt = null } = outcome
  await tx.change(settleRow, { ...outcome, error, settledAt })
}

const pageRows = read<{ before: string; limit: number }, OutboxTable>(({ db }, p) =>
  db.selectFrom('outbox').selectAll().where('id', '<', p.before).orderBy('id', 'desc').limit(p.limit),
)

/** The state stands in the statement: an index holds the few rows that wait, and another the dead ones. */
const pageRowsOf = (state: MessageState) =>
  read<{ before: string; limit: number }, OutboxTable>(({ db }, p) =>
    db
      .selectFrom('outbox')
      .selectAll()
      .where('state', '=', sql.lit(state))
      .where('id', '<', p.before)
      .orderBy('id', 'desc')
      .limit(p.limit),
  )

const pageRowsByState = {
  waiting: pageRowsOf('waiting'),
  delivered: pageRowsOf('delivered'),
  dead: pageRowsOf('dead'),
}

/** Messages of one state or of every, newest first; those older than `before` when it is given. */
export async function list(
  tx: Read,
  before: string | undefined,
  limit: number,
  state?: MessageState,
): Promise<Message[]> {
  const statement = state === undefined ? pageRows : pageRowsByState[state]
  return (await tx.all(statement, { before: before ?? '~', limit })).map(fromRow)
}

const findRow = read<{ id: string }, OutboxTable>(({ db }, p) =>
  db.selectFrom('outbox').selectAll().where('id', '=', p.id),
)

/** The message of this id. */
export async function find(tx: Read, id: string): Promise<Message | undefined> {
  const row = await tx.first(findRow, { id })
  return row && fromRow(row)
}

const oldestDelivered = read<{ until: number }, { id: string }>(({ db }, p) =>
  db
    .selectFrom('outbox')
    .select('id')
    .where(sql<boolean>`state = 'delivered'`)
    .where('settled_at', '<=', p.until)
    .limit(1),
)

/** Whether anything was delivered at or before `until`. */
export async function hasDelivered(tx: Read, until: number): Promise<boolean> {
  return (await tx.first(oldestDelivered, { until })) !== undefined
}

const deleteDelivered = write<{ until: number; limit: number }, unknown>(({ db }, p) =>
  db.deleteFrom('outbox').where((eb) =>
    eb(
      'id',
      'in',
      eb
        .selectFrom('outbox')
        .select('id')
        .where(sql<boolean>`state = 'delivered'`)
        .where('settled_at', '<=', p.until)
        .limit(p.limit),
    ),
  ),
)

/** Forgets what was delivered at or before `until`, at most `limit`; answers how many. */
export async function forgetDelivered(tx: Write, until: number, limit: number): Promise<number> {
  return tx.change(deleteDelivered, { until, limit })
}
