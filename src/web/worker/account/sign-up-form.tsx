// The form by which somebody opens an account.
import type { FieldProblem } from '../../../domain/account.ts'
import { server } from '../../../limits.ts'
import { accountsOf } from '../../accounts.ts'
import { Banner } from '../../ui/banner.tsx'
import { CheckField, TextField } from '../../ui/fields.tsx'
import { PlaceFields } from '../../ui/place-fields.tsx'
import { TermsBox } from '../../ui/terms.tsx'
import type { Visit } from '../../visit.ts'

/** What was typed, but for the password. */
export interface Typed {
  name: string
  email: string
  country: string
  state: string
  adult: boolean
  terms: boolean
  /** Token of the invitation; empty for none. */
  invitation: string
}

export type Problems = Partial<
  Record<'name' | 'email' | 'password' | 'country' | 'adult' | 'terms', FieldProblem>
>

interface FormProps {
  visit: Visit
  typed: Typed
  problems: Problems
  banner: { heading: string; text: string } | undefined
}

/** The form with what was typed, and what was wrong with it. */
export function SignUpForm({ visit, typed, problems, banner }: FormProps) {
  const { texts } = visit
  const { terms } = accountsOf(visit)
  const { signUp, fields } = texts
  const { password, emailLength, nameLength } = server.account
  const error = (name: keyof Problems) => {
    const problem = problems[name]
    return problem && texts.problems[problem]
  }
  return (
    <div class="card reading">
      <h1>{signUp.title}</h1>
      {banner && <Banner kind="danger" {...banner} />}
      <p>{signUp.lead}</p>
      <form method="post" action="/sign-up" class="stack account-form">
        {typed.invitation !== '' && <input type="hidden" name="invitation" value={typed.invitation} />}
        <TextField
          name="email"
          label={fields.email}
          hint={fields.emailHint}
          error={error('email')}
          type="email"
          value={typed.email}
          autocomplete="username"
          maxlength={emailLength}
        />
        <TextField
          name="password"
          label={fields.password}
          hint={fields.passwordHint}
          error={error('password')}
          type="password"
          autocomplete="new-password"
          minlength={password.least}
          maxlength={password.most}
        />
        <TextField
          name="name"
          label={fields.name}
          hint={fields.nameHint}
          error={error('name')}
          value={typed.name}
          autocomplete="name"
          maxlength={nameLength}
        />
        <PlaceFields
          texts={texts}
          country={typed.country}
          state={typed.state}
          error={error('country')}
          required
        />
        <h2>{signUp.termsTitle}</h2>
        <TermsBox texts={texts} terms={terms} />
        <CheckField name="adult" label={signUp.adult} checked={typed.adult} required error={error('adult')} />
        <CheckField name="terms" label={signUp.terms} checked={typed.terms} required error={error('terms')} />
        <button class="primary">{signUp.submit}</button>
      </form>
    </div>
  )
}
