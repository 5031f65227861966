// A one-time address that signs a browser in: tests get it from the control API, people from those who run the site.
import { isFault } from '../../../domain/fault.ts'
import { operator } from '../../../operations/operation.ts'
import { TakeSignInLink } from '../../../operations/operator/TakeSignInLink.ts'
import { fingerprint } from '../../../secrets.ts'
import { mayActOnGet } from '../../origin-check.ts'
import { beginSession } from '../../session.ts'
import { confirmPage } from '../../ui/confirm-page.tsx'
import { troublePage } from '../../ui/error-page.tsx'
import type { Visit } from '../../visit.ts'
import { enter } from './enter.tsx'

/** `GET /sign-in/<token>`: at once when the address was typed or opened by a program, else after a question. */
export function followSignInLink(visit: Visit): Promise<Response> | Response {
  if (mayActOnGet(visit.c)) return takeSignInLink(visit)
  const { linkTitle: title, linkText: text, linkButton: button } = visit.texts.signIn
  return confirmPage(visit, { title, text, button })
}

/** `POST /sign-in/<token>` */
export async function takeSignInLink(visit: Visit): Promise<Response> {
  const { c, market, texts } = visit
  const hash = fingerprint(c.req.param('token') ?? '')
  const link = await market.runner.run(TakeSignInLink, operator, { hash, wallNow: market.wallClock.now() })
  if (isFault(link)) {
    return troublePage(visit, {
      status: 403,
      title: texts.signIn.linkUsed,
      text: texts.signIn.linkUsedText,
      link: { href: '/ap/signin', text: texts.signIn.toSignIn },
    })
  }
  if (link.site === 'worker') return enter(visit, { personId: link.personId, returnTo: '/', subjects: [] })
  await beginSession(c, market, visit.publicURL, { ...link, subjects: [] })
  return c.redirect('/', 303)
}
