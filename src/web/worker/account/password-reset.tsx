// A new password for whoever has forgotten his, by a one-time address that is mailed or comes from the operator.
import { isAccountAddress, passwordProblem, type FieldProblem } from '../../../domain/account.ts'
import { noAccount, resetPassword as resetMail } from '../../../domain/account-mails.ts'
import { isFault } from '../../../domain/fault.ts'
import { server } from '../../../limits.ts'
import { operator } from '../../../operations/operation.ts'
import {
  FindPasswordReset,
  RequestPasswordReset,
  ResetPassword,
} from '../../../operations/operator/PasswordReset.ts'
import { fingerprint, hashPassword } from '../../../secrets.ts'
import { accountsOf, countAsking, oneTime, seal } from '../../accounts.ts'
import { Banner } from '../../ui/banner.tsx'
import { faultPage, troublePage } from '../../ui/error-page.tsx'
import { TextField } from '../../ui/fields.tsx'
import { renderPage, type PageOptions } from '../../ui/layout.tsx'
import type { Visit } from '../../visit.ts'
import { tooOften } from './too-often.ts'

/** `GET /password-reset` */
export function showPasswordReset(visit: Visit): Response {
  return askPage(visit, '')
}

/** `POST /password-reset`: answers the same for every address; the mail says whether it has an account. */
export async function requestPasswordReset(visit: Visit, form: URLSearchParams): Promise<Response> {
  const { c, market } = visit
  const typed = (form.get('email') ?? '').trim().slice(0, server.account.emailLength + 100)
  if (!accountsOf(visit).sendsMail) return askPage(visit, typed)
  const email = typed.toLowerCase()
  if (!isAccountAddress(email)) return askPage(visit, typed, { status: 422, problem: 'email' })
  const refused = await countAsking(visit, email)
  if (isFault(refused)) {
    const banner = tooOften(visit, refused)
    return banner ? askPage(visit, typed, { status: 429, banner }) : faultPage(visit, refused)
  }
  const way = oneTime(visit, '/password-reset')
  const asked = await market.runner.run(RequestPasswordReset, operator, {
    email,
    hash: way.hash,
    mails: { known: seal(visit, resetMail(way.url)), unknown: seal(visit, noAccount(visit.publicURL)) },
    wallNow: market.wallClock.now(),
  })
  return isFault(asked) ? faultPage(visit, asked) : c.redirect('/mail-sent', 303)
}

/** `GET /password-reset/<token>` */
export async function showNewPassword(visit: Visit): Promise<Response> {
  const email = await findAddress(visit)
  return email instanceof Response ? email : newPasswordPage(visit, email)
}

/** `POST /password-reset/<token>` */
export async function saveNewPassword(visit: Visit, form: URLSearchParams): Promise<Response> {
  const { c, market } = visit
  const email = await findAddress(visit)
  if (email instanceof Response) return email
  const password = form.get('password') ?? ''
  const problem = passwordProblem(password, email)
  if (problem) return newPasswordPage(visit, email, problem)
  const saved = await market.runner.run(ResetPassword, operator, {
    hash: fingerprint(c.req.param('token') ?? ''),
    password: await hashPassword(password),
    wallNow: market.wallClock.now(),
  })
  return isFault(saved) ? refuseLink(visit) : c.redirect('/ap/signin?notice=PasswordChanged', 303)
}

/** The address of the account that the token belongs to, or the page that says that it does not work. */
async function findAddress(visit: Visit): Promise<string | Response> {
  const { c, market } = visit
  const hash = fingerprint(c.req.param('token') ?? '')
  const found = await market.runner.run(FindPasswordReset, operator, {
    hash,
    wallNow: market.wallClock.now(),
  })
  return isFault(found) ? refuseLink(visit) : found.email
}

function refuseLink(visit: Visit): Response {
  const { passwordReset: texts } = visit.texts
  return troublePage(visit, {
    status: 403,
    title: texts.linkUsed,
    text: texts.linkUsedText,
    link: { href: '/password-reset', text: texts.again },
  })
}

interface AskOptions {
  status?: PageOptions['status']
  problem?: FieldProblem
  banner?: { heading: string; text: string }
}

function askPage(visit: Visit, typed: string, { status, problem, banner }: AskOptions = {}): Response {
  const { texts } = visit
  const { passwordReset } = texts
  return renderPage(
    visit,
    { title: passwordReset.title, ...(status && { status }) },
    <div class="card narrow">
      <h1>{passwordReset.title}</h1>
      {banner && <Banner kind="danger" {...banner} />}
      {accountsOf(visit).sendsMail ? (
        <>
          <p>{passwordReset.lead}</p>
          <form method="post" action="/password-reset" class="stack">
            <TextField
              name="email"
              label={texts.fields.email}
              type="email"
              value={typed}
              autocomplete="username"
              error={problem && texts.problems[problem]}
              maxlength={server.account.emailLength}
            />
            <button class="primary">{passwordReset.submit}</button>
          </form>
        </>
      ) : (
        <p>{passwordReset.noMail}</p>
      )}
    </div>,
  )
}

function newPasswordPage(visit: Visit, email: string, problem?: FieldProblem): Response {
  const { texts } = visit
  const { passwordReset, fields } = texts
  return renderPage(
    visit,
    { title: passwordReset.title, ...(problem && { status: 422 }) },
    <div class="card narrow">
      <h1>{passwordReset.title}</h1>
      <p>{passwordReset.newLead(email)}</p>
      <form method="post" class="stack">
        {/* For programs that keep passwords. */}
        <input
          type="text"
          class="visually-hidden"
          autocomplete="username"
          value={email}
          readonly
          tabindex={-1}
          aria-hidden="true"
        />
        <TextField
          name="password"
          label={fields.newPassword}
          hint={fields.passwordHint}
          error={problem && texts.problems[problem]}
          type="password"
          autocomplete="new-password"
          minlength={server.account.password.least}
          maxlength={server.account.password.most}
        />
        <button class="primary">{passwordReset.newSubmit}</button>
      </form>
    </div>,
  )
}
