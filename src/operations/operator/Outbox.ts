import { server } from '../../limits.ts'
import * as deadLetters from '../../store/dead-letters.ts'
import * as outbox from '../../store/outbox.ts'
import { read, write, type OperatorCaller } from '../operation.ts'

export interface OutboxPage {
  /** Only messages of this state. */
  state?: outbox.MessageState | undefined
  /** Only messages older than that of this id. */
  before: string | undefined
  limit: number
}

/** What was or would be sent, newest first. */
export const ListOutbox = read<OperatorCaller, OutboxPage, outbox.Message[]>(
  'ListOutbox',
  (tx, _, { before, limit, state }) => outbox.list(tx, before, limit, state),
)

export type Progress = deadLetters.Progress

export interface Replay {
  /** Only those of this destination. */
  destination?: string | undefined
  /** Where the batch before ended; '' at first. */
  after: string
}

/** Gives dead letters of one batch their attempts again, but not failed tests; answers how many, and where it ended. */
export const ReplayDeadLetters = write<OperatorCaller, Replay, Progress>(
  'ReplayDeadLetters',
  (_, { destination }) => destination ?? 'outbox',
  (tx, _, { destination, after }) => deadLetters.replaySome(tx, destination, after, server.systemBatch),
)

/** Gives one dead letter its attempts again, a failed test too. InvalidInput. */
export const ReplayDeadLetter = write<OperatorCaller, { id: string }, object>(
  'ReplayDeadLetter',
  (_, { id }) => id,
  async (tx, _, { id }) => {
    const letter = await outbox.find(tx, id)
    // An event goes with the document that it stands in.
    if (await deadLetters.replay(tx, letter?.partOf ?? id)) return {}
    return { fault: 'InvalidInput', member: 'id', explanation: 'There is no dead letter of this id.' }
  },
)
