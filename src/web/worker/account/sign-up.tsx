// Opening an account: at once, or with an address that is confirmed by mail first. Whether an address has an account
// already is told by the mail and on no page.
import {
  isAccountAddress,
  isName,
  passwordProblem,
  placeOf,
  type FieldProblem,
} from '../../../domain/account.ts'
import { alreadySignedUp, confirmSignUp } from '../../../domain/account-mails.ts'
import { isFault, type Fault } from '../../../domain/fault.ts'
import type { Locale } from '../../../domain/qualification.ts'
import { server } from '../../../limits.ts'
import { operator } from '../../../operations/operation.ts'
import { FindInvitation } from '../../../operations/operator/Invitations.ts'
import { ConfirmSignUp, SignUp } from '../../../operations/operator/SignUp.ts'
import { fingerprint, hashPassword } from '../../../secrets.ts'
import { accountsOf, countAsking, oneTime, seal } from '../../accounts.ts'
import { confirmPage } from '../../ui/confirm-page.tsx'
import { faultPage, troublePage } from '../../ui/error-page.tsx'
import { renderPage, type PageOptions } from '../../ui/layout.tsx'
import type { Visit } from '../../visit.ts'
import { enter } from './enter.tsx'
import { SignUpForm, type Problems, type Typed } from './sign-up-form.tsx'
import { tooOften } from './too-often.ts'

/** `GET /sign-up` and `GET /sign-up/<invitation>` */
export async function showSignUp(visit: Visit): Promise<Response> {
  const { c } = visit
  if (visit.session) return c.redirect('/')
  const entrance = await findEntrance(visit, c.req.param('invitation') ?? '')
  if (entrance instanceof Response) return entrance
  const typed = { name: '', email: entrance.email ?? '', country: '', state: '', adult: false, terms: false }
  return formPage(visit, { ...typed, invitation: entrance.invitation }, {})
}

/** `POST /sign-up` */
export async function signUp(visit: Visit, form: URLSearchParams): Promise<Response> {
  const { c, market, texts } = visit
  const entrance = await findEntrance(visit, form.get('invitation') ?? '')
  if (entrance instanceof Response) return entrance
  const typed = readTyped(form)
  const password = form.get('password') ?? ''
  const { email, locale, problems } = judge(typed, password, entrance.email)
  if (Object.keys(problems).length > 0 || locale === undefined) return formPage(visit, typed, problems)
  const refused = await countAsking(visit, email)
  if (isFault(refused)) {
    const banner = tooOften(visit, refused)
    return banner ? formPage(visit, typed, {}, { status: 429, banner }) : faultPage(visit, refused)
  }
  const { sendsMail, terms } = accountsOf(visit)
  const confirm = oneTime(visit, '/sign-up/confirm')
  const done = await market.runner.run(SignUp, operator, {
    applicant: {
      name: typed.name,
      email,
      password: await hashPassword(password),
      locale,
      terms: { version: terms.version, dated: terms.dated },
      ...(entrance.invitation !== '' && { invitation: fingerprint(entrance.invitation) }),
    },
    wallNow: market.wallClock.now(),
    ...(sendsMail && {
      confirm: {
        hash: confirm.hash,
        fresh: seal(visit, confirmSignUp(confirm.url)),
        known: seal(visit, alreadySignedUp(`${visit.publicURL}/ap/signin`)),
      },
    }),
  })
  if (isFault(done)) return refuseApplicant(visit, done)
  return c.redirect(
    sendsMail ? '/mail-sent' : `/ap/signin?notice=${'SignedUp' satisfies keyof typeof texts.notices}`,
    303,
  )
}

/** `GET /mail-sent`: the same page, whatever the mail says. */
export function showMailSent(visit: Visit): Response {
  const { mailSent } = visit.texts
  return renderPage(
    visit,
    { title: mailSent.title },
    <div class="card narrow">
      <h1>{mailSent.title}</h1>
      <p>{mailSent.text}</p>
      <p>
        <a class="button" href="/ap/signin">
          {mailSent.back}
        </a>
      </p>
    </div>,
  )
}

/** `GET /sign-up/confirm/<token>` */
export function showConfirmSignUp(visit: Visit): Response {
  const { confirmTitle: title, confirmText: text, confirmButton: button } = visit.texts.signUp
  return confirmPage(visit, { title, text, button })
}

/** `POST /sign-up/confirm/<token>` */
export async function confirmAccount(visit: Visit): Promise<Response> {
  const { c, market } = visit
  const hash = fingerprint(c.req.param('token') ?? '')
  const made = await market.runner.run(ConfirmSignUp, operator, { hash, wallNow: market.wallClock.now() })
  if (isFault(made)) return refuseApplicant(visit, made)
  // The terms may have changed since he agreed.
  return enter(visit, { personId: made.workerId, returnTo: '/projects?notice=Welcome', subjects: [] })
}

function refuseApplicant(visit: Visit, fault: Fault): Response {
  const { signUp: texts } = visit.texts
  const link = { href: '/ap/signin', text: texts.toSignIn }
  if (fault.fault === 'InvalidInput' && fault.member === 'invitation')
    return troublePage(visit, {
      status: 403,
      title: texts.badInvitation,
      text: texts.badInvitationText,
      link,
    })
  if (fault.fault === 'SignInRefused')
    return troublePage(visit, { status: 403, title: texts.linkUsed, text: texts.linkUsedText, link })
  return faultPage(visit, fault)
}

/** By what somebody may sign up: the token of his invitation, empty for none, and the address it is for. */
interface Entrance {
  invitation: string
  email: string | undefined
}

/** Whether somebody may sign up at all, or the page that says why not. */
async function findEntrance(visit: Visit, token: string): Promise<Entrance | Response> {
  const { market, texts } = visit
  const { signUp: mode } = accountsOf(visit)
  const no = (title: string, text: string) =>
    troublePage(visit, {
      status: 403,
      title,
      text,
      link: { href: '/ap/signin', text: texts.signUp.toSignIn },
    })
  if (mode === 'closed') return no(texts.signUp.closed, texts.signUp.closedText)
  if (token === '')
    return mode === 'open'
      ? { invitation: '', email: undefined }
      : no(texts.signUp.uninvited, texts.signUp.uninvitedText)
  const found = await market.runner.run(FindInvitation, operator, {
    hash: fingerprint(token),
    wallNow: market.wallClock.now(),
  })
  if (isFault(found)) return faultPage(visit, found)
  if (found.invitation === undefined) return no(texts.signUp.badInvitation, texts.signUp.badInvitationText)
  return { invitation: token, email: found.invitation.email }
}

function readTyped(form: URLSearchParams): Typed {
  const text = (name: string) => (form.get(name) ?? '').trim().slice(0, server.account.emailLength + 100)
  return {
    name: text('name'),
    email: text('email'),
    country: text('country'),
    state: text('state'),
    adult: form.get('adult') !== null,
    terms: form.get('terms') !== null,
    invitation: form.get('invitation') ?? '',
  }
}

function judge(
  typed: Typed,
  password: string,
  invited: string | undefined,
): { email: string; locale: Locale | undefined; problems: Problems } {
  const email = typed.email.toLowerCase()
  const locale = placeOf(typed.country, typed.state)
  const found: Record<keyof Problems, FieldProblem | undefined> = {
    name: isName(typed.name) ? undefined : 'name',
    email: !isAccountAddress(email)
      ? 'email'
      : invited !== undefined && invited !== email
        ? 'invitationForAnother'
        : undefined,
    password: passwordProblem(password, email),
    country: locale === undefined ? 'place' : undefined,
    adult: typed.adult ? undefined : 'adult',
    terms: typed.terms ? undefined : 'terms',
  }
  return {
    email,
    locale,
    problems: Object.fromEntries(Object.entries(found).filter(([, problem]) => problem)),
  }
}

function formPage(
  visit: Visit,
  typed: Typed,
  problems: Problems,
  { status, banner }: { status?: PageOptions['status']; banner?: { heading: string; text: string } } = {},
): Response {
  const isWrong = Object.keys(problems).length > 0
  const { signUp: texts } = visit.texts
  const shown = banner ?? (isWrong ? { heading: texts.wrong, text: texts.wrongText } : undefined)
  const code = status ?? (isWrong ? 422 : undefined)
  return renderPage(
    visit,
    { title: texts.title, ...(code && { status: code }) },
    <SignUpForm visit={visit} typed={typed} problems={problems} banner={shown} />,
  )
}
