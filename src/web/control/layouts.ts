// The control API's calls about layouts and mail: what the requester site will manage, and what workers were told.
import type { Context, Hono } from 'hono'
import { toISO } from '../../clock.ts'
import { isFault } from '../../domain/fault.ts'
import type { Market } from '../../market.ts'
import { operator } from '../../operations/operation.ts'
import { ListMessages } from '../../operations/operator/ListMessages.ts'
import { PutLayout } from '../../operations/operator/PutLayout.ts'
import type { Answer, Control } from './control.ts'
import { BadInput, onlyMembers, requiredText, text, type Body } from './input.ts'

/** Messages of one answer. */
const pageSize = 100

/** Adds the calls about layouts and mail. */
export function addLayouts(app: Hono, control: Control): void {
  app.post('/_control/layouts', control.handle(putLayout))
  app.get('/_control/mail', control.handle(listMail))
}

async function putLayout(market: Market, body: Body): Promise<Answer> {
  onlyMembers(body, 'requesterId', 'name', 'html', 'hitLayoutId')
  const { html } = body
  if (typeof html !== 'string') throw new BadInput('html', 'It must be a text.')
  const made = await market.runner.run(PutLayout, operator, {
    requesterId: requiredText(body, 'requesterId'),
    layoutId: text(body, 'hitLayoutId'),
    name: requiredText(body, 'name'),
    html,
  })
  return isFault(made) ? made : { hitLayoutId: made.layoutId }
}

async function listMail(market: Market, _: Body, c: Context): Promise<Answer> {
  const before = c.req.query('before')
  if (before !== undefined && !/^[A-Z0-9]{1,64}$/.test(before)) {
    throw new BadInput('before', 'It must be the messageId of a message.')
  }
  const page = { before, limit: pageSize }
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
