// The page of a worker's account, with its forms.
import type { PropsWithChildren } from 'hono/jsx'
import type { FieldProblem } from '../../../domain/account.ts'
import { server } from '../../../limits.ts'
import type { Account } from '../../../operations/worker/Account.ts'
import { accountsOf } from '../../accounts.ts'
import { Banner } from '../../ui/banner.tsx'
import { Facts } from '../../ui/facts.tsx'
import { CheckField, ChoiceField, TextField } from '../../ui/fields.tsx'
import { day } from '../../ui/format.ts'
import { TokenField } from '../../ui/layout.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PlaceFields, placeName } from '../../ui/place-fields.tsx'
import { themeOf, themes } from '../../ui/theme.ts'
import type { WorkerVisit } from '../../visit.ts'

export type AccountProblems = Partial<
  Record<'name' | 'country' | 'email' | 'email_password' | 'current_password' | 'new_password', FieldProblem>
>

interface AccountPageProps {
  visit: WorkerVisit
  account: Account
  problems?: AccountProblems | undefined
  /** What was typed into a form that was refused. */
  typed?:
    { name?: string; country?: string; state?: string; withoutMail?: boolean; email?: string } | undefined
  banner?: { heading: string; text: string } | undefined
}

/** All of it. */
export function AccountPage(props: AccountPageProps) {
  const { visit, banner, problems } = props
  const { account: texts, signUp, closing } = visit.texts
  const shown = banner ?? (problems && { heading: signUp.wrong, text: closing.wrongText })
  return (
    <>
      <h1>{texts.title}</h1>
      {shown ? <Banner kind="danger" {...shown} /> : <Notice visit={visit} />}
      <div class="columns account">
        <Overview {...props} />
        <Profile {...props} />
        <Appearance {...props} />
        <EMail {...props} />
        <Password {...props} />
        <section class="card" aria-labelledby="data">
          <h2 id="data">{texts.data}</h2>
          <p>{texts.dataText}</p>
          <p>
            <a class="button" href="/account/data" download>
              {texts.download}
            </a>
          </p>
          <h3>{texts.close}</h3>
          <p>{texts.closeText}</p>
          <p>
            <a class="button btn-warning" href="/account/close">
              {texts.close}
            </a>
          </p>
        </section>
      </div>
    </>
  )
}

function Overview({ visit, account: { worker, consents } }: AccountPageProps) {
  const { account: texts, claim, reading } = visit.texts
  const { locale, email } = worker
  const consent = consents.at(-1)
  return (
    <section class="card" aria-labelledby="overview">
      <h2 id="overview">{worker.name}</h2>
      <Facts
        facts={[
          [texts.workerId, worker.id],
          [texts.email, email ?? texts.noEmail],
          [texts.place, locale ? placeName(locale) : texts.noPlace],
          [texts.since, day(worker.createdAt)],
          ...(consent ? [[texts.terms, texts.agreed(day(consent.at))] as const] : []),
        ]}
      />
      <ul class="plain-list">
        <li>
          <a href="/messages">{texts.messages}</a>
        </li>
        <li>
          <a href="/account/claim">{claim.link}</a>
        </li>
        <li>
          <a href="/privacy">{reading.privacy}</a>
        </li>
      </ul>
    </section>
  )
}

function Form({ visit, action, children }: PropsWithChildren<{ visit: WorkerVisit; action: string }>) {
  return (
    <form method="post" action={action} class="stack account-form">
      <TokenField token={visit.token} />
      {children}
    </form>
  )
}

function errorOf({ visit, problems }: AccountPageProps, field: keyof AccountProblems): string | undefined {
  const problem = problems?.[field]
  return problem && visit.texts.problems[problem]
}

function Profile(props: AccountPageProps) {
  const { visit, account, typed = {} } = props
  const { account: texts, fields } = visit.texts
  const { worker } = account
  return (
    <section class="card" aria-labelledby="profile">
      <h2 id="profile">{texts.profile}</h2>
      <Form visit={visit} action="/account/profile">
        <TextField
          name="name"
          label={fields.name}
          hint={fields.nameHint}
          error={errorOf(props, 'name')}
          value={typed.name ?? worker.name}
          autocomplete="name"
          maxlength={server.account.nameLength}
        />
        {worker.locale ? (
          <p class="field-hint">{texts.placeFixed}</p>
        ) : (
          <PlaceFields
            texts={visit.texts}
            country={typed.country ?? ''}
            state={typed.state ?? ''}
            error={errorOf(props, 'country')}
            required={false}
          />
        )}
        <CheckField
          name="with_mail"
          label={texts.withMail}
          hint={texts.withMailHint}
          checked={!(typed.withoutMail ?? worker.withoutMail ?? false)}
        />
        <button class="primary">{texts.save}</button>
      </Form>
    </section>
  )
}

function Appearance({ visit }: AccountPageProps) {
  const { account: texts } = visit.texts
  return (
    <section class="card" aria-labelledby="appearance">
      <h2 id="appearance">{texts.appearance}</h2>
      <Form visit={visit} action="/account/appearance">
        <ChoiceField
          name="theme"
          legend={texts.theme}
          value={themeOf(visit.c)}
          options={themes.map((theme) => [theme, texts.themes[theme]])}
        />
        <p class="field-hint">{texts.languageText}</p>
        <button class="primary">{texts.save}</button>
      </Form>
    </section>
  )
}

function EMail(props: AccountPageProps) {
  const { visit, account, typed = {} } = props
  const { account: texts, fields } = visit.texts
  return (
    <section class="card" aria-labelledby="change-email">
      <h2 id="change-email">{texts.changeEmail}</h2>
      {accountsOf(visit).sendsMail && <p>{texts.changeEmailText}</p>}
      <Form visit={visit} action="/account/email">
        <TextField
          name="email"
          label={texts.newEmail}
          error={errorOf(props, 'email')}
          type="email"
          value={typed.email}
          autocomplete="email"
          maxlength={server.account.emailLength}
        />
        {account.worker.password !== undefined && (
          <TextField
            name="email_password"
            label={fields.currentPassword}
            error={errorOf(props, 'email_password')}
            type="password"
            autocomplete="current-password"
          />
        )}
        <button class="primary">{texts.changeEmailSubmit}</button>
      </Form>
    </section>
  )
}

function Password(props: AccountPageProps) {
  const { visit, account } = props
  const { account: texts, fields } = visit.texts
  return (
    <section class="card" aria-labelledby="change-password">
      <h2 id="change-password">{texts.changePassword}</h2>
      <p>{texts.changePasswordText}</p>
      <Form visit={visit} action="/account/password">
        {account.worker.password !== undefined && (
          <TextField
            name="current_password"
            label={fields.currentPassword}
            error={errorOf(props, 'current_password')}
            type="password"
            autocomplete="current-password"
          />
        )}
        <TextField
          name="new_password"
          label={fields.newPassword}
          hint={fields.passwordHint}
          error={errorOf(props, 'new_password')}
          type="password"
          autocomplete="new-password"
          minlength={server.account.password.least}
          maxlength={server.account.password.most}
        />
        <button class="primary">{texts.changePasswordSubmit}</button>
      </Form>
    </section>
  )
}
