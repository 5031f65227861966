// How a worker wants to be paid: a form of its own, because it shows what should not stand open on a page
// [websites 1.10].
import { isFault } from '../../../domain/fault.ts'
import { server } from '../../../limits.ts'
import { ListPayouts } from '../../../operations/worker/ListPayouts.ts'
import { SetPayoutMethod } from '../../../operations/worker/SetPayoutMethod.ts'
import { faultPage } from '../../ui/error-page.tsx'
import { SelectField, TextAreaField } from '../../ui/fields.tsx'
import { count } from '../../ui/format.ts'
import { renderPage, TokenField } from '../../ui/layout.tsx'
import type { WorkerVisit } from '../../visit.ts'

/** The form as it is filled in, and what is wrong with it. */
interface Filled {
  kind: string
  details: string
  errors: { kind?: string; details?: string }
}

/** `GET /earnings/method` */
export async function showMethod(visit: WorkerVisit): Promise<Response> {
  const { market, caller } = visit
  const found = await market.runner.run(ListPayouts, caller, {})
  if (isFault(found)) return faultPage(visit, found)
  const { method } = found
  const details = method === undefined ? '' : market.secrets.decrypt(method.details)
  return methodPage(visit, { kind: method?.kind ?? market.settings.payouts.methods[0]!, details, errors: {} })
}

/** `POST /earnings/method` */
export async function setMethod(visit: WorkerVisit, form: URLSearchParams): Promise<Response> {
  const { c, market, caller } = visit
  const { method: texts } = visit.texts.earnings
  const kind = form.get('kind') ?? ''
  const details = (form.get('details') ?? '').replaceAll('\r\n', '\n')
  // One of the databases keeps no text with this character.
  const kept = details.replaceAll('\u0000', '').toWellFormed().trim()
  const refuse = (errors: Filled['errors']) => methodPage(visit, { kind, details, errors }, 422)
  if (kept === '') return refuse({ details: texts.missing })
  if (kept.length > server.payoutDetailsLength)
    return refuse({ details: texts.tooLong(count(server.payoutDetailsLength)) })
  const sealed = market.secrets.encrypt(kept)
  const set = await market.runner.run(SetPayoutMethod, caller, { kind, details: sealed })
  if (!isFault(set)) return c.redirect('/earnings?notice=PayoutMethodSaved', 303)
  return set.fault === 'InvalidInput' ? refuse({ kind: texts.unknownKind }) : faultPage(visit, set)
}

function methodPage(
  visit: WorkerVisit,
  { kind, details, errors }: Filled,
  status: 200 | 422 = 200,
): Response {
  const { market, token } = visit
  const { method: texts } = visit.texts.earnings
  return renderPage(
    visit,
    { title: texts.title, current: '/earnings', status },
    <div class="card narrow">
      <h1>{texts.title}</h1>
      <p>{texts.formText}</p>
      <form class="stack" method="post" action="/earnings/method" novalidate>
        <TokenField token={token} />
        <SelectField
          name="kind"
          label={texts.kind}
          value={kind}
          error={errors.kind}
          options={market.settings.payouts.methods.map((one) => [one, one])}
        />
        <TextAreaField
          name="details"
          label={texts.details}
          hint={texts.detailsHint}
          error={errors.details}
          value={details}
          rows={4}
          autocomplete="off"
        />
        <p class="hint">{texts.underWay}</p>
        <div class="actions">
          <button class="primary">{texts.save}</button>
          <a href="/earnings">{texts.back}</a>
        </div>
      </form>
    </div>,
  )
}
