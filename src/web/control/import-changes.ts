// What the operator takes back of imports: all that was brought in for a requester, and a claim of the wrong worker.
import type { Hono } from 'hono'
import type { Market } from '../../market.ts'
import { operator } from '../../operations/operation.ts'
import { ReleaseClaim } from '../../operations/operator/ReleaseClaim.ts'
import { RemoveImports } from '../../operations/operator/RemoveImports.ts'
import type { Answer, Control } from './call.ts'
import { onlyMembers, requiredText, type Body } from './input.ts'

/** Adds the calls. */
export function addImportChanges(app: Hono, control: Control): void {
  app.post('/_control/imports/remove', control.handle(remove))
  app.post('/_control/imports/release', control.handle(release))
}

/** Some rows a call: a requester's whole past would hold everybody else up. */
async function remove(market: Market, body: Body): Promise<Answer> {
  onlyMembers(body, 'requesterId')
  return market.runner.run(RemoveImports, operator, { requesterId: requiredText(body, 'requesterId') })
}

async function release(market: Market, body: Body): Promise<Answer> {
  onlyMembers(body, 'requesterId', 'earlierId')
  return market.runner.run(ReleaseClaim, operator, {
    requesterId: requiredText(body, 'requesterId'),
    earlierId: requiredText(body, 'earlierId'),
  })
}
