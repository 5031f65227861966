// One qualification type: what it is, whose, what the worker has of it, and asking for it [websites 1.11].
import { isFault, type Fault } from '../../../domain/fault.ts'
import { FindQualificationType } from '../../../operations/worker/FindQualificationType.ts'
import type { HeldValue, TypeForWorker } from '../../../operations/worker/qualification-for-worker.ts'
import { RequestQualification, type RequestOutput } from '../../../operations/worker/RequestQualification.ts'
import { answerJSON, wantsJSON } from '../../json.ts'
import { returnPath, withReturn } from '../../local-path.ts'
import { Banner, type BannerProps } from '../../ui/banner.tsx'
import { faultPage, troublePage } from '../../ui/error-page.tsx'
import { Facts } from '../../ui/facts.tsx'
import { moment, span } from '../../ui/format.ts'
import { renderPage, TokenField } from '../../ui/layout.tsx'
import type { WorkerVisit } from '../../visit.ts'
import { foundQualification } from './qualification-json.ts'
import { ListTabs, Owner, TypeAction } from './qualification-list.tsx'
import { againText, requestRefusal, testSecondsLeft, valueText, wayText } from './qualification-texts.ts'

/** `GET /qualifications/{id}` */
export async function showQualification(visit: WorkerVisit): Promise<Response> {
  const { c, texts, market } = visit
  const type = await findType(visit)
  if (type instanceof Response) return type
  if (wantsJSON(c)) return answerJSON(c, foundQualification(texts, type, market.clock.now()))
  const words = texts.qualifications
  const returnTo = whereFrom(visit)
  return renderPage(
    visit,
    { title: type.name, current: '/qualifications/assigned' },
    <>
      <ListTabs visit={visit} />
      <h1>{type.name}</h1>
      <TypeNotice visit={visit} type={type} />
      <div class="card">
        <p class="description multiline">{type.description}</p>
        <TypeFacts visit={visit} type={type} />
        <TypeAction visit={visit} type={type} returnTo={returnTo}>
          {returnTo !== undefined && (
            <a class="button" href={returnTo}>
              {words.back}
            </a>
          )}
        </TypeAction>
      </div>
    </>,
  )
}

/** `GET /qualifications/{id}/request`: says what happens, and has the button. */
export async function showRequest(visit: WorkerVisit): Promise<Response> {
  const type = await findType(visit)
  if (type instanceof Response) return type
  const { c, texts, market } = visit
  if (wantsJSON(c)) return answerJSON(c, foundQualification(texts, type, market.clock.now()))
  // Whoever has begun a test wants to go on with it.
  if (testSecondsLeft(type, market.clock.now()) !== undefined)
    return c.redirect(withReturn(`/qualifications/${type.id}/test`, whereFrom(visit)))
  return requestPage(visit, type, whereFrom(visit))
}

/** `POST /qualifications/{id}/request` */
export async function requestQualification(visit: WorkerVisit, form: URLSearchParams): Promise<Response> {
  const { c, market, texts } = visit
  const id = c.req.param('id') ?? ''
  const asked = await market.runner.run(RequestQualification, visit.caller, { qualificationTypeId: id })
  const returnTo = returnPath(form.get('return_to') ?? c.req.query('return_to'))
  if (!isFault(asked))
    return wantsJSON(c) ? answerJSON(c, requestJSON(id, asked)) : goOn(visit, asked, returnTo)
  const type = await findType(visit)
  if (type instanceof Response) return type
  const text = requestRefusal(texts, type, asked, market.clock.now())
  const status = asked.fault === 'Busy' ? 503 : 422
  if (wantsJSON(c)) return answerJSON(c, { message: text }, status)
  const banner: BannerProps = { kind: 'danger', heading: texts.requestNotices.refused, text }
  return requestPage(visit, type, returnTo, { status, banner })
}

function goOn(
  { c }: WorkerVisit,
  { request, granted }: RequestOutput,
  returnTo: string | undefined,
): Response {
  const address = `/qualifications/${request.qualificationTypeId}`
  if (request.state === 'AwaitingTest') return c.redirect(withReturn(`${address}/test`, returnTo), 303)
  const notice = granted === undefined ? 'pending' : 'granted'
  return c.redirect(withReturn(`${address}?notice=${notice}`, returnTo), 303)
}

/** What came of a request, for programs. */
function requestJSON(id: string, { request, granted }: RequestOutput) {
  return {
    qualification_type_id: id,
    qualification_request_id: request.id,
    state: request.state,
    value: granted ?? null,
    test_url: request.state === 'AwaitingTest' ? `/qualifications/${id}/test.json` : null,
  }
}

function requestPage(
  visit: WorkerVisit,
  type: TypeForWorker,
  returnTo: string | undefined,
  { status = 200, banner }: { status?: 200 | 422 | 503; banner?: BannerProps } = {},
): Response {
  const { texts, market } = visit
  const words = texts.requestPage
  const { refusal, hasTest } = type
  const explained = type.isAutoGranted ? words.auto : hasTest ? testText(visit, type) : words.request
  const why = refusal && requestRefusal(texts, type, refusal, market.clock.now())
  return renderPage(
    visit,
    { title: words.title(type.name), current: '/qualifications/assigned', status },
    <>
      <ListTabs visit={visit} />
      <h1>{words.title(type.name)}</h1>
      {banner && <Banner {...banner} />}
      <div class="card">
        <p class="description multiline">{type.description}</p>
        <TypeFacts visit={visit} type={type} />
        {/* The note above says it already. */}
        {!banner && <p class="qualification-status">{why ?? explained}</p>}
        <div class="actions">
          {refusal === undefined && (
            <form method="post" action={`/qualifications/${type.id}/request`}>
              <TokenField token={visit.token} />
              {returnTo !== undefined && <input type="hidden" name="return_to" value={returnTo} />}
              <button class="primary">{hasTest ? words.start : texts.qualifications.request}</button>
            </form>
          )}
          <a class="button" href={returnTo ?? '/qualifications'}>
            {refusal === undefined ? words.cancel : texts.qualifications[returnTo ? 'back' : 'find']}
          </a>
        </div>
      </div>
    </>,
  )
}

function testText({ texts }: WorkerVisit, { testDuration = 0, retryDelay }: TypeForWorker): string {
  const words = texts.requestPage
  const text = words.test(span(testDuration))
  return retryDelay === undefined ? `${text} ${words.testOnce}` : text
}

function TypeFacts({ visit, type }: { visit: WorkerVisit; type: TypeForWorker }) {
  const { texts } = visit
  const words = texts.qualifications
  const { held, keywords } = type
  const again = againText(texts, type)
  return (
    <Facts
      facts={[
        [words.requester, <Owner visit={visit} type={type} />],
        [words.value, valueText(texts, held?.value)],
        ...(held ? [[words.granted, grantText(visit, held)] as const] : []),
        [words.how, wayText(texts, type)],
        ...(again === undefined ? [] : [[words.again, again] as const]),
        ...(keywords ? [[words.keywords, keywords] as const] : []),
      ]}
    />
  )
}

/** Since when he has it, and by which id when that is an earlier one. */
function grantText({ texts, market }: WorkerVisit, { grantedAt, earlierId }: HeldValue): string {
  const since = moment(grantedAt, market.clock.now())
  return earlierId === undefined ? since : `${since}, ${texts.claim.from(earlierId)}`
}

/** What was just done, as the address says; only what the type shows to be so. */
function TypeNotice({ visit, type }: { visit: WorkerVisit; type: TypeForWorker }) {
  const notices = visit.texts.requestNotices
  switch (visit.c.req.query('notice')) {
    case 'granted':
      return type.held ? <Banner kind="success" {...notices.granted} /> : null
    case 'scored':
      return type.held ? <Banner kind="success" {...notices.scored} /> : null
    case 'pending':
      return type.outstanding ? <Banner kind="success" {...notices.pending} /> : null
    case 'tested':
      return type.outstanding ? <Banner kind="success" {...notices.tested} /> : null
    case 'no-test':
      return <Banner kind="danger" {...notices.noTest} />
    default:
      return null
  }
}

/** The type of the address; a page that there is none. */
export async function findType(visit: WorkerVisit): Promise<TypeForWorker | Response> {
  const { c, market } = visit
  const found = await market.runner.run(FindQualificationType, visit.caller, {
    qualificationTypeId: c.req.param('id') ?? '',
  })
  return isFault(found) ? noType(visit, found) : found
}

function noType(visit: WorkerVisit, fault: Fault): Response {
  if (fault.fault !== 'QualificationTypeDoesNotExist') return faultPage(visit, fault)
  const { title, text } = visit.texts.errors.notFound
  if (wantsJSON(visit.c)) return answerJSON(visit.c, { message: title }, 404)
  const link = { href: '/qualifications', text: visit.texts.qualifications.find }
  return troublePage(visit, { status: 404, title, text, link })
}

/** Where the worker came from, as the address says. */
export function whereFrom({ c }: WorkerVisit): string | undefined {
  return returnPath(c.req.query('return_to'))
}
