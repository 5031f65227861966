// Pages that say that something did not work, and what to do now.
import type { Fault } from '../../domain/fault.ts'
import { signInAddress } from '../amazon-site.tsx'
import type { Visit } from '../visit.ts'
import { answerJSON, wantsJSON } from '../json.ts'
import { faultText } from '../messages/faults.ts'
import { span } from './format.ts'
import { renderPage, type PageOptions } from './layout.tsx'
import { SentAnswers, type TypedRows } from './sent-answers.tsx'

export interface Trouble {
  status: NonNullable<PageOptions['status']>
  title: string
  text: string
  /** Where to go from here; the start page when there is nothing better. */
  link?: { href: string; text: string }
  /** What was typed, to copy from. */
  typed?: TypedRows
}

/** A page that says what did not work and where to go from here. */
export function troublePage(visit: Visit, { status, title, text, link, typed }: Trouble): Response {
  if (wantsJSON(visit.c)) return answerJSON(visit.c, { error: title, message: text }, status)
  const way = link ?? { href: '/', text: visit.texts.errors.toStart }
  return renderPage(
    visit,
    { title, status },
    <div class="card narrow">
      <h1>{title}</h1>
      <p>{text}</p>
      {typed && <SentAnswers texts={visit.texts} answers={typed} />}
      <p>
        <a class="button" href={way.href}>
          {way.text}
        </a>
      </p>
    </div>,
  )
}

/** The page at every address that is none. */
export function notFound(visit: Visit): Response {
  return troublePage(visit, { status: 404, ...visit.texts.errors.notFound })
}

/** A form that did not come from a page of ours, or from one that was open while its person signed in anew. */
export function refuseForm(visit: Visit): Response {
  return troublePage(visit, { status: 403, ...visit.texts.errors.form })
}

/** The same, and a form whose person is signed out: with what was typed, which may be the work of an hour. */
export function refuseTyped(visit: Visit, why: 'form' | 'signedOut', typed: TypedRows): Response {
  const { form, signedOut, signIn } = visit.texts.errors
  if (why === 'form') return troublePage(visit, { status: 403, ...form, typed })
  return troublePage(visit, {
    status: 403,
    ...signedOut,
    typed,
    link: { href: signInAddress(visit.c, '/'), text: signIn },
  })
}

/** A form that is longer than any of our pages sends. */
export function refuseLength(visit: Visit): Response {
  return troublePage(visit, { status: 413, ...visit.texts.errors.tooLarge })
}

/** More pages than a worker may load; there is one more after `seconds` [websites 1.1]. */
export function tooManyPages(visit: Visit, seconds: number): Response {
  const { c, texts } = visit
  const { title, message } = texts.pageRate
  const text = message(span(seconds))
  c.header('Retry-After', String(seconds))
  if (wantsJSON(c)) return answerJSON(c, { error: text }, 429)
  return renderPage(
    visit,
    { title, status: 429 },
    <div class="card narrow error-page">
      <h1>{title}</h1>
      <p class="message">{text}</p>
    </div>,
  )
}

/** A refusal that no page of its own is made for. */
export function faultPage(visit: Visit, fault: Fault): Response {
  if (fault.fault === 'Busy') return troublePage(visit, { status: 503, ...visit.texts.errors.busy })
  return troublePage(visit, {
    status: 422,
    title: visit.texts.errors.refused,
    text: faultText(visit.texts, fault),
  })
}
