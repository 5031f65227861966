// The control API's look at the outbox: what was or would be sent.
import type { Hono } from 'hono'
import { toISO } from '../../clock.ts'
import { isFault } from '../../domain/fault.ts'
import type { Market } from '../../market.ts'
import { operator } from '../../operations/operation.ts'
import { ListOutbox } from '../../operations/operator/Outbox.ts'
import type { Answer, Control } from './control.ts'

/** Messages of one answer. */
const pageSize = 100

/** Adds the calls about the outbox. */
export function addOutbox(app: Hono, control: Control): void {
  app.get(
    '/_control/outbox',
    control.handle((market, _, c) => listOutbox(market, c.req.query('before'))),
  )
}

async function listOutbox(market: Market, before: string | undefined): Promise<Answer> {
  const messages = await market.runner.run(ListOutbox, operator, { before, limit: pageSize })
  if (isFault(messages)) return messages
  return messages.map(({ id, requesterId, transport, destination, event, ...rest }) => ({
    id,
    requesterId,
    transport,
    destination,
    event,
    createdAt: toISO(rest.createdAt),
    state: rest.state,
    attempts: rest.attempts,
    ...(rest.error !== undefined && { error: rest.error }),
    document: JSON.parse(rest.document) as object,
  }))
}
