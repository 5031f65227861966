// Closing an account: what it means, the password once more, and the end.
import type { FieldProblem } from '../../../domain/account.ts'
import { isFault } from '../../../domain/fault.ts'
import { cents, type Cents } from '../../../domain/money.ts'
import { operator } from '../../../operations/operation.ts'
import { FindWorker } from '../../../operations/operator/FindWorker.ts'
import { FindAccount, type Account } from '../../../operations/worker/Account.ts'
import { closeAccount as closeEverywhere } from '../../../operations/worker/CloseAccount.ts'
import { accountsOf } from '../../accounts.ts'
import { endSession } from '../../session.ts'
import { Banner } from '../../ui/banner.tsx'
import { faultPage } from '../../ui/error-page.tsx'
import { CheckField, TextField } from '../../ui/fields.tsx'
import { count, money } from '../../ui/format.ts'
import { renderPage, TokenField } from '../../ui/layout.tsx'
import type { WorkerVisit } from '../../visit.ts'
import { checkOwnPassword } from './own-password.ts'
import { tooOften } from './too-often.ts'

/** What closing means for this worker. */
interface Closing {
  worker: Account['worker']
  balance: Cents
  held: number
}

type Problems = Partial<Record<'password' | 'gives_up' | 'sure', FieldProblem | 'givesUp' | 'sure'>>

/** `GET /account/close` */
export async function showCloseAccount(visit: WorkerVisit): Promise<Response> {
  const closing = await findClosing(visit)
  return closing instanceof Response ? closing : closePage(visit, closing, {})
}

/** `POST /account/close` */
export async function closeAccount(visit: WorkerVisit, form: URLSearchParams): Promise<Response> {
  const { c, market, caller, session, publicURL } = visit
  const closing = await findClosing(visit)
  if (closing instanceof Response) return closing
  const givesUp = form.get('gives_up') !== null
  const problems: Problems = {
    ...(form.get('sure') === null && { sure: 'sure' }),
    ...(closing.balance > 0n && !givesUp && { gives_up: 'givesUp' }),
  }
  if (Object.keys(problems).length > 0) return closePage(visit, closing, { problems, givesUp })
  const wrong = await checkOwnPassword(visit, closing.worker, form.get('password') ?? '')
  if (wrong) {
    const banner = tooOften(visit, wrong)
    if (banner) return closePage(visit, closing, { banner, givesUp })
    return closePage(visit, closing, { problems: { password: 'wrongPassword' }, givesUp })
  }
  const refusal = await closeEverywhere(
    accountsOf(visit).markets.map(({ runner }) => runner),
    caller,
    { email: closing.worker.email, givesUp, wallNow: market.wallClock.now() },
  )
  // Money came in since the page was shown.
  if (refusal?.fault === 'InvalidInput') {
    const again = await findClosing(visit)
    return again instanceof Response ? again : closePage(visit, again, { problems: { gives_up: 'givesUp' } })
  }
  if (refusal) return faultPage(visit, refusal)
  await endSession(c, market, publicURL, session)
  return c.redirect('/?notice=AccountClosed', 303)
}

async function findClosing(visit: WorkerVisit): Promise<Closing | Response> {
  const { market, caller } = visit
  const account = await market.runner.run(FindAccount, caller, {})
  if (isFault(account)) return faultPage(visit, account)
  let [balance, held] = [0n, 0]
  for (const { runner, settings } of accountsOf(visit).markets) {
    const found = await runner.run(FindWorker, operator, { workerId: caller.workerId })
    if (isFault(found)) return faultPage(visit, found)
    if (!settings.unlimitedFunds) balance += found.account.balance
    held += found.account.held
  }
  return { worker: account.worker, balance: cents(balance), held }
}

interface PageState {
  problems?: Problems
  givesUp?: boolean
  banner?: { heading: string; text: string }
}

function closePage(
  visit: WorkerVisit,
  { worker, balance, held }: Closing,
  { problems, givesUp = false, banner }: PageState,
): Response {
  const { closing: texts, fields } = visit.texts
  const shown = banner ?? (problems && { heading: texts.wrong, text: texts.wrongText })
  const status = banner ? 429 : problems ? 422 : undefined
  const error = (field: keyof Problems) => {
    const problem = problems?.[field]
    return problem && visit.texts.problems[problem]
  }
  const list = (items: readonly string[]) => (
    <ul>
      {items.map((item) => (
        <li>{item}</li>
      ))}
    </ul>
  )
  return renderPage(
    visit,
    { title: texts.title, ...(status && { status }) },
    <div class="card reading">
      <h1>{texts.title}</h1>
      {shown && <Banner kind="danger" {...shown} />}
      <h2>{texts.erased}</h2>
      {list(texts.erasedText)}
      <h2>{texts.stays}</h2>
      {list(texts.staysText)}
      {held > 0 && <p>{texts.held(count(held))}</p>}
      {balance > 0n && (
        <div class="note">
          <p>
            <strong>{texts.balance(money(balance))}</strong> {texts.balanceText}
          </p>
          <p>
            <a href="/earnings">{texts.earnings}</a>
          </p>
        </div>
      )}
      <form method="post" action="/account/close" class="stack account-form">
        <TokenField token={visit.token} />
        {balance > 0n && (
          <CheckField
            name="gives_up"
            label={texts.givesUp(money(balance))}
            checked={givesUp}
            error={error('gives_up')}
          />
        )}
        {worker.password !== undefined && (
          <TextField
            name="password"
            label={fields.password}
            error={error('password')}
            type="password"
            autocomplete="current-password"
          />
        )}
        <CheckField name="sure" label={texts.sure} checked={false} required error={error('sure')} />
        <p class="actions">
          <button class="btn-warning">{texts.submit}</button>
          <a class="button" href="/account">
            {texts.back}
          </a>
        </p>
      </form>
    </div>,
  )
}
