// The control API's look at what workers were told.
import type { Context, Hono } from 'hono'
import { toISO } from '../../clock.ts'
import { isFault } from '../../domain/fault.ts'
import { server } from '../../limits.ts'
import type { Market } from '../../market.ts'
import { operator } from '../../operations/operation.ts'
import { ListAccountMail, type AccountMail } from '../../operations/operator/AccountMail.ts'
import { ListMessages } from '../../operations/operator/ListMessages.ts'
import type { Answer, Control } from './call.ts'
import { beforeOf } from './input.ts'

/** Adds the call about mail. */
export function addMail(app: Hono, control: Control): void {
  app.get(
    '/_control/mail',
    control.handle((market, _, c) => listMail(control, market, c)),
  )
}

async function listMail(control: Control, market: Market, c: Context): Promise<Answer> {
  const page = { workerId: c.req.query('workerId'), before: beforeOf(c), limit: server.controlPage }
  const messages = await market.runner.run(ListMessages, operator, page)
  if (isFault(messages)) return messages
  const told = messages.map(({ id, kind, workerId, email, requesterId, subject, text: message, at }) => ({
    messageId: id,
    kind,
    workerId,
    ...(email !== undefined && { email }),
    requesterId,
    subject,
    text: message,
    time: toISO(at),
  }))
  if (!control.keepsMail || page.workerId !== undefined) return told
  const ofAccounts = await market.runner.run(ListAccountMail, operator, page)
  if (isFault(ofAccounts)) return ofAccounts
  const opened = ofAccounts.map((mail) => openMail(market, mail))
  // Ids are in order of time.
  return [...told, ...opened]
    .toSorted((one, other) => (one.messageId < other.messageId ? 1 : -1))
    .slice(0, page.limit)
}

/** Mail about an account: in demo mode nobody else could read it. */
function openMail({ secrets }: Market, { id, email, document, at }: AccountMail) {
  const { sealed } = JSON.parse(document) as { sealed: string }
  const { subject, text } = JSON.parse(secrets.decrypt(sealed)) as { subject: string; text: string }
  return {
    messageId: id,
    kind: 'account',
    workerId: '',
    email,
    requesterId: '',
    subject,
    text,
    time: toISO(at),
  }
}
