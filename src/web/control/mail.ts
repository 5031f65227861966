// The control API's look at what workers were told.
import type { Context, Hono } from 'hono'
import { toISO } from '../../clock.ts'
import { isFault } from '../../domain/fault.ts'
import { server } from '../../limits.ts'
import type { Market } from '../../market.ts'
import { operator } from '../../operations/operation.ts'
import { ListMessages } from '../../operations/operator/ListMessages.ts'
import type { Answer, Control } from './call.ts'
import { beforeOf, type Body } from './input.ts'

/** Adds the call about mail. */
export function addMail(app: Hono, control: Control): void {
  app.get('/_control/mail', control.handle(listMail))
}

async function listMail(market: Market, _: Body, c: Context): Promise<Answer> {
  const page = { workerId: c.req.query('workerId'), before: beforeOf(c), limit: server.controlPage }
  const messages = await market.runner.run(ListMessages, operator, page)
  if (isFault(messages)) return messages
  return messages.map(({ id, kind, workerId, email, requesterId, subject, text: message, at }) => ({
    messageId: id,
    kind,
    workerId,
    ...(email !== undefined && { email }),
    requesterId,
    subject,
    text: message,
    time: toISO(at),
  }))
}
