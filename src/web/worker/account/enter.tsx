// From the right password, or another proof of who somebody is, to a session: before it, whoever has not agreed to the
// operator's terms as they are now is asked.
import type { Terms } from '../../../domain/account.ts'
import type { SignInSubject } from '../../../domain/sign-in.ts'
import { isFault } from '../../../domain/fault.ts'
import { server } from '../../../limits.ts'
import { operator } from '../../../operations/operation.ts'
import { FindConsent, GiveConsent } from '../../../operations/operator/Consents.ts'
import { fingerprint } from '../../../secrets.ts'
import { accountsOf } from '../../accounts.ts'
import { localPath, withReturn } from '../../local-path.ts'
import { beginSession } from '../../session.ts'
import { faultPage } from '../../ui/error-page.tsx'
import { CheckField } from '../../ui/fields.tsx'
import { renderPage } from '../../ui/layout.tsx'
import { TermsBox } from '../../ui/terms.tsx'
import type { Visit } from '../../visit.ts'

interface Entering {
  personId: string
  returnTo: string
  /** Whose failed attempts are forgotten. */
  subjects: readonly SignInSubject[]
  /** The hash with which his password was compared; undefined when he has shown who he is in another way. */
  password?: string | undefined
}

/** Signs a worker in and sends him on, or asks him to agree to the terms first. */
export async function enter(visit: Visit, entering: Entering): Promise<Response> {
  const { personId, returnTo } = entering
  const { market, dependencies } = visit
  const accounts = dependencies.accounts
  if (accounts?.asksTerms) {
    const { version } = accounts.terms
    const consent = await market.runner.run(FindConsent, operator, { workerId: personId, version })
    if (isFault(consent)) return faultPage(visit, consent)
    if (!consent.given) {
      const expires = market.wallClock.now() + server.account.termsLifetime
      const password = entering.password ?? consent.password
      return askTerms(visit, { personId, password, returnTo, expires, terms: accounts.terms })
    }
  }
  return begin(visit, entering)
}

async function begin(visit: Visit, { personId, returnTo, subjects, password }: Entering): Promise<Response> {
  const { c, market, publicURL } = visit
  const refused = await beginSession(c, market, publicURL, { site: 'worker', personId, subjects, password })
  return refused ? toSignIn(visit, returnTo) : c.redirect(returnTo, 303)
}

/** What proved who he is does not count any more. */
function toSignIn({ c }: Visit, returnTo: string): Response {
  return c.redirect(withReturn('/ap/signin', returnTo), 303)
}

interface Asking {
  personId: string
  /** His password's hash. */
  password: string | undefined
  returnTo: string
  /** Until when he may answer, by the wall clock. */
  expires: number
  terms: Terms
}

/** What proves that the asked person has shown who he is: until then, and until he changes his password. */
const proofOf = ({ personId, password, expires, terms }: Asking) =>
  `terms ${personId} ${expires} ${terms.version} ${fingerprint(password ?? '')}`

function askTerms(visit: Visit, asking: Asking, error?: string): Response {
  const { texts, market } = visit
  const { personId, returnTo, expires, terms } = asking
  return renderPage(
    visit,
    { title: texts.termsAgain.title, ...(error !== undefined && { status: 422 }) },
    <div class="card reading">
      <h1>{texts.termsAgain.title}</h1>
      <p>{texts.termsAgain.lead}</p>
      <TermsBox texts={texts} terms={terms} />
      <form method="post" action="/terms" class="stack">
        <input type="hidden" name="person" value={personId} />
        <input type="hidden" name="expires" value={String(expires)} />
        <input type="hidden" name="proof" value={market.secrets.sign(proofOf(asking))} />
        <input type="hidden" name="return_to" value={returnTo} />
        <CheckField name="terms" label={texts.signUp.terms} checked={false} required error={error} />
        <button class="primary">{texts.termsAgain.submit}</button>
      </form>
    </div>,
  )
}

/** `POST /terms`: he agrees, and is signed in. */
export async function agreeToTerms(visit: Visit, form: URLSearchParams): Promise<Response> {
  const { market, texts } = visit
  const { terms } = accountsOf(visit)
  const personId = form.get('person') ?? ''
  const { version, dated } = terms
  const consent = await market.runner.run(FindConsent, operator, { workerId: personId, version })
  if (isFault(consent)) return faultPage(visit, consent)
  const { password } = consent
  const asking: Asking = {
    personId,
    password,
    expires: Number(form.get('expires')),
    returnTo: localPath(form.get('return_to') ?? undefined),
    terms,
  }
  const wallNow = market.wallClock.now()
  // Too late, forged, or other terms by now: he signs in again and sees them.
  if (!market.secrets.verify(proofOf(asking), form.get('proof') ?? '') || !(asking.expires > wallNow))
    return toSignIn(visit, asking.returnTo)
  if (form.get('terms') === null) return askTerms(visit, asking, texts.problems.terms)
  const kept = await market.runner.run(GiveConsent, operator, {
    workerId: personId,
    version,
    dated,
    at: wallNow,
  })
  if (isFault(kept)) return toSignIn(visit, asking.returnTo)
  return begin(visit, { personId, password, returnTo: asking.returnTo, subjects: [] })
}
