// A worker who did HITs at the real service takes over the id that he had there, with a code from a requester.
import { isFault, type Fault } from '../../../domain/fault.ts'
import type { SignInSubject } from '../../../domain/sign-in.ts'
import { operator } from '../../../operations/operation.ts'
import { CheckAttempts } from '../../../operations/operator/CheckAttempts.ts'
import { CountFailure } from '../../../operations/operator/CountFailure.ts'
import { ClaimWorkerId, ListClaims, type OwnClaim } from '../../../operations/worker/ClaimWorkerId.ts'
import { claimSubject } from '../../../secrets.ts'
import { oneAtATime } from '../../accounts.ts'
import { Banner } from '../../ui/banner.tsx'
import { faultPage } from '../../ui/error-page.tsx'
import { Facts } from '../../ui/facts.tsx'
import { TextField } from '../../ui/fields.tsx'
import { renderPage, TokenField } from '../../ui/layout.tsx'
import type { WorkerVisit } from '../../visit.ts'
import { tooOften } from './too-often.ts'

const idLength = 64
const codeLength = 40

interface Typed {
  earlierId: string
  code: string
}

/** `GET /account/claim` */
export async function showClaim(visit: WorkerVisit): Promise<Response> {
  const own = await visit.market.runner.run(ListClaims, visit.caller, {})
  if (isFault(own)) return faultPage(visit, own)
  const claimed = own.find(({ requesterId }) => requesterId === visit.c.req.query('claimed'))
  return claimPage(visit, own, { claimed })
}

/** `POST /account/claim` */
export async function claimWorkerId(visit: WorkerVisit, form: URLSearchParams): Promise<Response> {
  const own = await visit.market.runner.run(ListClaims, visit.caller, {})
  if (isFault(own)) return faultPage(visit, own)
  const typed = { earlierId: (form.get('earlier_id') ?? '').trim(), code: (form.get('code') ?? '').trim() }
  const missing: Problems = {
    ...(!/^[0-9A-Za-z]{1,64}$/.test(typed.earlierId) && { earlier_id: 'missing' }),
    ...(typed.code === '' && { code: 'missingCode' }),
  }
  if (Object.keys(missing).length > 0) return claimPage(visit, own, { problems: missing, typed })
  const done = await attempt(visit, typed)
  if (!isFault(done)) return visit.c.redirect(`/account/claim?claimed=${done.requesterId}`, 303)
  if (done.fault === 'ClaimRefused')
    return claimPage(visit, own, { problems: problemsOf[done.reason], typed })
  const banner = tooOften(visit, done)
  return banner ? claimPage(visit, own, { banner, typed }) : faultPage(visit, done)
}

/** Tries a code; what fails is counted, for the worker and for the machine: codes must not be guessed. */
function attempt(visit: WorkerVisit, { earlierId, code }: Typed): Promise<OwnClaim | Fault> {
  const { market, caller, dependencies, c } = visit
  const { runner, wallClock, secrets, settings } = market
  const subject: SignInSubject = { kind: 'claim', workerId: caller.workerId }
  const subjects = [subject, { kind: 'address', address: dependencies.clientAddress(c) } as const]
  return oneAtATime(subject, async () => {
    const refused = await runner.run(CheckAttempts, operator, { subjects, wallNow: wallClock.now() })
    if (isFault(refused)) return refused
    const id = earlierId.toUpperCase()
    const done = await runner.run(ClaimWorkerId, caller, {
      earlierId: id,
      isCodeOf: (requesterId) => secrets.isCode(claimSubject(settings.environment, requesterId, id), code),
    })
    if (isFault(done) && done.fault === 'ClaimRefused')
      await runner.run(CountFailure, operator, { subjects, wallNow: wallClock.now() })
    return done
  })
}

type Problem = 'missing' | 'missingCode' | 'code' | 'taken' | 'another'
type Problems = Partial<Record<'earlier_id' | 'code', Problem>>

const problemsOf: Record<'code' | 'taken' | 'another', Problems> = {
  code: { code: 'code' },
  taken: { earlier_id: 'taken' },
  another: { earlier_id: 'another' },
}

interface PageState {
  claimed?: OwnClaim | undefined
  problems?: Problems
  typed?: Typed
  banner?: { heading: string; text: string }
}

function claimPage(
  visit: WorkerVisit,
  own: readonly OwnClaim[],
  { claimed, problems, typed, banner }: PageState,
): Response {
  const { claim: texts, account } = visit.texts
  const shown = banner ?? (problems && { heading: texts.wrong, text: texts.wrongText })
  const status = banner ? 429 : problems ? 422 : undefined
  const error = (field: keyof Problems) => {
    const problem = problems?.[field]
    return problem && texts.problems[problem]
  }
  return renderPage(
    visit,
    { title: texts.title, ...(status && { status }) },
    <div class="card reading">
      <h1>{texts.title}</h1>
      {shown && <Banner kind="danger" {...shown} />}
      {claimed && (
        <Banner
          kind="success"
          heading={texts.done(claimed.workerId)}
          text={texts.doneText(claimed.requesterName)}
        />
      )}
      <p>{texts.lead}</p>
      <form method="post" action="/account/claim" class="stack account-form">
        <TokenField token={visit.token} />
        <TextField
          name="earlier_id"
          label={texts.earlierId}
          hint={texts.earlierIdHint}
          error={error('earlier_id')}
          value={typed?.earlierId}
          autocomplete="off"
          maxlength={idLength}
        />
        <TextField
          name="code"
          label={texts.code}
          hint={texts.codeHint}
          error={error('code')}
          value={typed?.code}
          autocomplete="off"
          maxlength={codeLength}
        />
        <p class="actions">
          <button class="primary">{texts.submit}</button>
          <a class="button" href="/account">
            {account.title}
          </a>
        </p>
      </form>
      {own.length > 0 && (
        <>
          <h2>{texts.own}</h2>
          <Facts facts={own.map(({ workerId, requesterName }) => [workerId, texts.with(requesterName)])} />
        </>
      )}
    </div>,
  )
}
