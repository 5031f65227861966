// The codes with which workers claim the ids that they had at the real service: for the operator, who hands them to the
// requester (docs/decisions/0013). None is stored; each is made when it is asked for.
import type { Context, Hono } from 'hono'
import { isFault } from '../../domain/fault.ts'
import { server } from '../../limits.ts'
import type { Market } from '../../market.ts'
import { operator } from '../../operations/operation.ts'
import { ListClaimable } from '../../operations/operator/ListClaimable.ts'
import { claimSubject } from '../../secrets.ts'
import type { Answer, Control } from './call.ts'
import { BadInput, isId, requesterOf, type Body } from './input.ts'

/** Adds the call about codes. */
export function addImportCodes(app: Hono, control: Control): void {
  app.get('/_control/imports/codes', control.handle(listCodes))
}

async function listCodes(market: Market, _: Body, c: Context): Promise<Answer> {
  const requesterId = requesterOf(c)
  const after = c.req.query('after') ?? ''
  if (after !== '' && !isId.test(after))
    throw new BadInput('after', 'It must be the `next` of the page before.')
  const page = { requesterId, after, limit: server.imports.batch }
  const ids = await market.runner.run(ListClaimable, operator, page)
  if (isFault(ids)) return ids
  const { environment } = market.settings
  return {
    codes: ids.map((workerId) => ({
      workerId,
      code: market.secrets.code(claimSubject(environment, requesterId, workerId)),
    })),
    ...(ids.length === page.limit && { next: ids.at(-1) }),
  }
}
