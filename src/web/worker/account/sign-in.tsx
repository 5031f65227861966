// Signing in with e-mail and password. What is wrong is never said more exactly than "they do not fit together", and
// an unknown account takes as long as a known one.
import { isFault, type Fault } from '../../../domain/fault.ts'
import type { SignInSubject } from '../../../domain/sign-in.ts'
import type { Market } from '../../../market.ts'
import { operator } from '../../../operations/operation.ts'
import { CheckAttempts } from '../../../operations/operator/CheckAttempts.ts'
import { CountFailure } from '../../../operations/operator/CountFailure.ts'
import { FindCredentials } from '../../../operations/operator/FindCredentials.ts'
import { isPassword } from '../../../secrets.ts'
import { oneAtATime } from '../../accounts.ts'
import { localPath } from '../../local-path.ts'
import { isOwnRequest } from '../../origin-check.ts'
import { Banner, type BannerProps } from '../../ui/banner.tsx'
import { refuseLength } from '../../ui/error-page.tsx'
import { Facts } from '../../ui/facts.tsx'
import { span } from '../../ui/format.ts'
import { renderPage, type PageOptions } from '../../ui/layout.tsx'
import { Notice } from '../../ui/notice.tsx'
import { readForm, type Visit } from '../../visit.ts'
import { enter } from './enter.tsx'

interface Typed {
  email: string
  returnTo: string
}

/** `GET /ap/signin?return_to=`, or Amazon's name for it. */
export function showSignIn(visit: Visit): Response {
  const { c, session } = visit
  const returnTo = localPath(c.req.query('return_to') ?? c.req.query('openid.return_to'))
  if (session) return c.redirect(returnTo)
  return signInPage(visit, { email: '', returnTo })
}

/** `POST /ap/signin` */
export async function signIn(visit: Visit): Promise<Response> {
  const { c, market, texts } = visit
  const form = await readForm(c)
  if (form === undefined) return refuseLength(visit)
  const typed: Typed = {
    email: (form.get('email') ?? '').trim().slice(0, 320),
    returnTo: localPath(form.get('return_to') ?? undefined),
  }
  const again = (status: PageOptions['status'], heading: string, text: string) =>
    signInPage(visit, typed, { status, banner: { kind: 'danger', heading, text } })
  // There is no session yet whose token a form could carry; where the form comes from is told by the browser.
  if (!isOwnRequest(c)) return again(403, texts.signIn.unchecked, texts.signIn.uncheckedText)
  const email = typed.email.toLowerCase()
  const account: SignInSubject = { kind: 'account', site: 'worker', email }
  const address: SignInSubject = { kind: 'address', address: visit.dependencies.clientAddress(c) }
  const outcome = await oneAtATime(account, () =>
    checkPassword(market, email, form.get('password') ?? '', [account, address]),
  )
  if (isFault(outcome)) {
    if (outcome.fault !== 'TooManyAttempts') return again(422, texts.signIn.refused, texts.signIn.refusedText)
    c.header('Retry-After', String(outcome.retryAfterSeconds))
    return again(429, texts.signIn.tooMany, texts.signIn.tooManyText(span(outcome.retryAfterSeconds)))
  }
  // The address's failures stay: else one own account would let somebody try all others without end.
  return enter(visit, { ...outcome, returnTo: typed.returnTo, subjects: [account] })
}

/** SignInRefused, TooManyAttempts. */
async function checkPassword(
  { runner, wallClock }: Market,
  email: string,
  password: string,
  subjects: readonly SignInSubject[],
): Promise<{ personId: string; password: string } | Fault> {
  const refused = await runner.run(CheckAttempts, operator, { subjects, wallNow: wallClock.now() })
  if (isFault(refused)) return refused
  const found = await runner.run(FindCredentials, operator, { site: 'worker', email })
  if (isFault(found)) return found
  const { credentials } = found
  // The empty password fits no account, not even one that has no password.
  const fits = (await isPassword(password, credentials?.password)) && password !== ''
  if (fits && credentials?.password !== undefined)
    return { personId: credentials.personId, password: credentials.password }
  await runner.run(CountFailure, operator, { subjects, wallNow: wallClock.now() })
  return { fault: 'SignInRefused' }
}

function signInPage(
  visit: Visit,
  { email, returnTo }: Typed,
  { status, banner }: { status?: PageOptions['status']; banner?: BannerProps } = {},
): Response {
  const { texts, dependencies } = visit
  return renderPage(
    visit,
    { title: texts.signIn.title, ...(status && { status }) },
    <div class="card narrow">
      <h1>{texts.signIn.title}</h1>
      {banner ? <Banner {...banner} /> : <Notice visit={visit} />}
      {dependencies.demo && (
        <div class="note">
          <p>{texts.signIn.demoText}</p>
          <Facts
            facts={[
              [texts.signIn.email, dependencies.demo.workerEmail],
              [texts.signIn.password, dependencies.demo.workerPassword],
            ]}
          />
        </div>
      )}
      <form method="post" action="/ap/signin" class="stack">
        <input type="hidden" name="return_to" value={returnTo} />
        <label for="email">{texts.signIn.email}</label>
        <input id="email" name="email" type="email" autocomplete="username" required value={email} />
        <label for="password">{texts.signIn.password}</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required />
        <button class="primary">{texts.signIn.submit}</button>
      </form>
      <p class="below-form">
        <a href="/password-reset">{texts.signIn.forgotten}</a>
      </p>
      {dependencies.accounts?.signUp === 'open' && (
        <p class="below-form">
          {texts.signIn.new} <a href="/sign-up">{texts.signIn.signUp}</a>
        </p>
      )}
    </div>,
  )
}
