// The control API's look at the outbox: what was or would be sent, and what could not be, to be sent again.
import type { Context, Hono } from 'hono'
import { toISO } from '../../clock.ts'
import { isFault, type Fault } from '../../domain/fault.ts'
import { server } from '../../limits.ts'
import type { Market } from '../../market.ts'
import { operator } from '../../operations/operation.ts'
import {
  ListOutbox,
  ReplayDeadLetter,
  ReplayDeadLetters,
  type Progress,
  type Replay,
} from '../../operations/operator/Outbox.ts'
import type { Answer, Control } from './call.ts'
import { BadInput, beforeOf, onlyMembers, type Body } from './input.ts'

/** Adds the calls about the outbox. */
export function addOutbox(app: Hono, control: Control): void {
  app.get('/_control/outbox', control.handle(listOutbox))
  app.post('/_control/outbox/replay', control.handle(replay))
}

const states = ['waiting', 'delivered', 'dead'] as const

async function listOutbox(market: Market, _: Body, c: Context): Promise<Answer> {
  const given = c.req.query('state')
  const state = states.find((known) => known === given)
  if (given !== undefined && state === undefined)
    throw new BadInput('state', `It must be ${states.join(', ')}.`)
  const page = { state, before: beforeOf(c), limit: server.controlPage }
  const messages = await market.runner.run(ListOutbox, operator, page)
  if (isFault(messages)) return messages
  return messages.map(({ id, requesterId, kind, transport, destination, event, partOf, ...rest }) => ({
    id,
    requesterId,
    kind,
    transport,
    destination,
    event,
    createdAt: toISO(rest.createdAt),
    state: rest.state,
    attempts: rest.attempts,
    ...(rest.error !== undefined && { error: rest.error }),
    // What stands in the document of another is shown there.
    ...(partOf === undefined ? { document: JSON.parse(rest.document) as object } : { partOf }),
  }))
}

async function replay(market: Market, body: Body): Promise<Answer> {
  onlyMembers(body, 'id', 'destination')
  const { id, destination } = body
  if (id !== undefined && destination !== undefined)
    throw new BadInput('destination', 'Give either id or destination, or neither.')
  for (const [member, value] of Object.entries(body))
    if (typeof value !== 'string' || value === '') throw new BadInput(member, 'It must be a text.')
  if (id !== undefined) {
    const replayed = await market.runner.run(ReplayDeadLetter, operator, { id: id as string })
    return isFault(replayed) ? replayed : { replayed: 1 }
  }
  let replayed = 0
  let after: string | undefined = ''
  while (after !== undefined) {
    const which: Replay = { destination: destination as string | undefined, after }
    const batch: Progress | Fault = await market.runner.run(ReplayDeadLetters, operator, which)
    if (isFault(batch)) return batch
    replayed += batch.replayed
    after = batch.last
  }
  return { replayed }
}
