// A worker's own account: who he is here, what he may change, and his way to everything that is stored about him.
import { setCookie } from 'hono/cookie'
import { isAccountAddress, isName, passwordProblem, placeOf } from '../../../domain/account.ts'
import { addressInUse, confirmAddress as addressMail } from '../../../domain/account-mails.ts'
import { isFault, type Fault } from '../../../domain/fault.ts'
import { operator } from '../../../operations/operation.ts'
import {
  ChangeAddress,
  ChangePassword,
  ChangeProfile,
  ConfirmAddress,
  FindAccount,
  type Account,
} from '../../../operations/worker/Account.ts'
import { downloadOf } from '../../../operations/worker/DownloadData.ts'
import { fingerprint, hashPassword } from '../../../secrets.ts'
import { accountsOf, countAsking, oneTime, seal } from '../../accounts.ts'
import { answerFile } from '../../download.ts'
import { confirmPage } from '../../ui/confirm-page.tsx'
import { faultPage, troublePage } from '../../ui/error-page.tsx'
import { renderPage } from '../../ui/layout.tsx'
import { themeCookie } from '../../ui/theme.ts'
import type { Visit, WorkerVisit } from '../../visit.ts'
import { AccountPage, type AccountProblems } from './account-page.tsx'
import { checkOwnPassword } from './own-password.ts'
import { tooOften } from './too-often.ts'

/** `GET /account` */
export async function showAccount(visit: WorkerVisit): Promise<Response> {
  const account = await findAccount(visit)
  return account instanceof Response ? account : accountPage(visit, account, {})
}

/** `POST /account/profile` */
export async function saveProfile(visit: WorkerVisit, form: URLSearchParams): Promise<Response> {
  const { market, caller } = visit
  const account = await findAccount(visit)
  if (account instanceof Response) return account
  const name = (form.get('name') ?? '').trim()
  const [country, state] = [form.get('country') ?? '', form.get('state') ?? '']
  const locale = placeOf(country, state)
  const withoutMail = form.get('with_mail') === null
  const problems: AccountProblems = {
    ...(!isName(name) && { name: 'name' }),
    ...(country !== '' && locale === undefined && { country: 'place' }),
  }
  if (Object.keys(problems).length > 0)
    return accountPage(visit, account, { problems, typed: { name, country, state, withoutMail } })
  const saved = await market.runner.run(ChangeProfile, caller, { name, locale, withoutMail })
  return isFault(saved) ? faultPage(visit, saved) : visit.c.redirect('/account?notice=AccountSaved', 303)
}

/** `POST /account/appearance`: kept in the browser, so that it counts before somebody signs in as well. */
export function saveAppearance({ c, publicURL }: WorkerVisit, form: URLSearchParams): Response {
  const { name, value, options } = themeCookie(form.get('theme') ?? '', publicURL)
  setCookie(c, name, value, options)
  return c.redirect('/account?notice=AccountSaved', 303)
}

/** `POST /account/password` */
export async function changePassword(visit: WorkerVisit, form: URLSearchParams): Promise<Response> {
  const { market, caller, session } = visit
  const account = await findAccount(visit)
  if (account instanceof Response) return account
  const wrong = await checkOwnPassword(visit, account.worker, form.get('current_password') ?? '')
  if (wrong) return refusePassword(visit, account, wrong, 'current_password')
  const password = form.get('new_password') ?? ''
  const problem = passwordProblem(password, account.worker.email ?? '')
  if (problem) return accountPage(visit, account, { problems: { new_password: problem } })
  const changed = await market.runner.run(ChangePassword, caller, {
    password: await hashPassword(password),
    session: session.hash,
  })
  return isFault(changed)
    ? faultPage(visit, changed)
    : visit.c.redirect('/account?notice=PasswordChanged', 303)
}

/** `POST /account/email` */
export async function changeAddress(visit: WorkerVisit, form: URLSearchParams): Promise<Response> {
  const { c, market, caller } = visit
  const account = await findAccount(visit)
  if (account instanceof Response) return account
  const typed = { email: (form.get('email') ?? '').trim() }
  const email = typed.email.toLowerCase()
  if (!isAccountAddress(email)) return accountPage(visit, account, { problems: { email: 'email' }, typed })
  const wrong = await checkOwnPassword(visit, account.worker, form.get('email_password') ?? '')
  if (wrong) return refusePassword(visit, account, wrong, 'email_password', typed)
  const refused = await countAsking(visit, email)
  if (isFault(refused)) return refusePassword(visit, account, refused, 'email_password', typed)
  const { sendsMail } = accountsOf(visit)
  const way = oneTime(visit, '/account/email')
  const changed = await market.runner.run(ChangeAddress, caller, {
    email,
    wallNow: market.wallClock.now(),
    ...(sendsMail && {
      confirm: {
        hash: way.hash,
        fresh: seal(visit, addressMail(way.url)),
        known: seal(visit, addressInUse(`${visit.publicURL}/ap/signin`)),
      },
    }),
  })
  if (isFault(changed) && changed.fault === 'AlreadyExists')
    return accountPage(visit, account, { problems: { email: 'emailUnusable' }, typed })
  if (isFault(changed)) return faultPage(visit, changed)
  return c.redirect(`/account?notice=${sendsMail ? 'AddressSent' : 'AddressConfirmed'}`, 303)
}

/** `GET /account/email/<token>` */
export function showConfirmAddress(visit: Visit): Response {
  const { confirmTitle: title, confirmText: text, confirmButton: button } = visit.texts.account
  return confirmPage(visit, { title, text, button })
}

/** `POST /account/email/<token>` */
export async function confirmAddress(visit: Visit): Promise<Response> {
  const { c, market, texts, session } = visit
  const hash = fingerprint(c.req.param('token') ?? '')
  const done = await market.runner.run(ConfirmAddress, operator, { hash, wallNow: market.wallClock.now() })
  if (!isFault(done)) return c.redirect(`${session ? '/account' : '/ap/signin'}?notice=AddressConfirmed`, 303)
  if (done.fault !== 'SignInRefused') return faultPage(visit, done)
  const { linkUsed: title, linkUsedText: text } = texts.passwordReset
  return troublePage(visit, {
    status: 403,
    title,
    text,
    link: { href: '/account', text: texts.account.title },
  })
}

/** `GET /account/data`: all that is stored about him, as one JSON document. */
export function downloadData(visit: WorkerVisit): Response {
  const { c, caller } = visit
  const { markets } = accountsOf(visit)
  const sources = markets.map(({ settings, runner, secrets }) => ({
    environment: settings.environment,
    runner,
    decrypt: (sealed: string) => secrets.decrypt(sealed),
  }))
  const file = { name: `kempelen-${caller.workerId}.json`, type: 'application/json; charset=utf-8' }
  return answerFile(c, file, downloadOf(sources, caller.workerId))
}

async function findAccount(visit: WorkerVisit): Promise<Account | Response> {
  const account = await visit.market.runner.run(FindAccount, visit.caller, {})
  return isFault(account) ? faultPage(visit, account) : account
}

function refusePassword(
  visit: WorkerVisit,
  account: Account,
  fault: Fault,
  field: 'current_password' | 'email_password',
  typed: { email?: string } = {},
): Response {
  const banner = tooOften(visit, fault)
  if (banner) return accountPage(visit, account, { banner, status: 429, typed })
  return accountPage(visit, account, { problems: { [field]: 'wrongPassword' }, typed })
}

type Shown = Omit<Parameters<typeof AccountPage>[0], 'visit' | 'account'>

function accountPage(
  visit: WorkerVisit,
  account: Account,
  { status, ...shown }: Shown & { status?: 429 },
): Response {
  const code = status ?? (shown.problems === undefined ? undefined : 422)
  return renderPage(
    visit,
    { title: visit.texts.account.title, ...(code && { status: code }) },
    <AccountPage visit={visit} account={account} {...shown} />,
  )
}
