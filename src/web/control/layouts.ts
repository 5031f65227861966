// The control API's calls about layouts: what the requester site will manage.
import type { Context, Hono } from 'hono'
import { toISO } from '../../clock.ts'
import { isFault } from '../../domain/fault.ts'
import { server } from '../../limits.ts'
import type { Market } from '../../market.ts'
import { operator } from '../../operations/operation.ts'
import { FindLayout } from '../../operations/operator/FindLayout.ts'
import { ListLayouts } from '../../operations/operator/ListLayouts.ts'
import { PutLayout } from '../../operations/operator/PutLayout.ts'
import type { Layout } from '../../store/layouts.ts'
import type { Answer, Control } from './call.ts'
import { BadInput, onlyMembers, requiredText, text, type Body } from './input.ts'

/** Adds the calls about layouts. */
export function addLayouts(app: Hono, control: Control): void {
  app.post('/_control/layouts', control.handle(putLayout))
  app.get('/_control/layouts', control.handle(listLayouts))
  app.get('/_control/layouts/:id', control.handle(showLayout))
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

async function listLayouts(market: Market, _: Body, c: Context): Promise<Answer> {
  const { requesterId, after = '' } = c.req.query()
  const page = { requesterId, after, limit: server.controlPage }
  const found = await market.runner.run(ListLayouts, operator, page)
  if (isFault(found)) return found
  const last = found.at(-1)
  return { layouts: found.map(shown), ...(found.length === page.limit && last && { next: last.id }) }
}

async function showLayout(market: Market, _: Body, c: Context): Promise<Answer> {
  const version = c.req.query('version')
  if (version !== undefined && !/^[1-9]\d{0,8}$/.test(version))
    throw new BadInput('version', 'It must be a number.')
  const found = await market.runner.run(FindLayout, operator, {
    layoutId: c.req.param('id') ?? '',
    version: version === undefined ? undefined : Number(version),
  })
  return isFault(found) ? found : { ...shown(found), html: found.html }
}

function shown({ id, version, requesterId, name, createdAt }: Layout) {
  return { hitLayoutId: id, version, requesterId, name, createdAt: toISO(createdAt) }
}
