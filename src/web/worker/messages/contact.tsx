// Writing to a requester, about a group of HITs or about work of one's own [websites 1.12].
import { isFault, type Fault } from '../../../domain/fault.ts'
import { market as limits, server } from '../../../limits.ts'
import { ContactRequester } from '../../../operations/worker/ContactRequester.ts'
import type { ContactTarget } from '../../../operations/worker/contact-subject.ts'
import { FindContact, type Contact } from '../../../operations/worker/FindContact.ts'
import type { Texts } from '../../messages/en.ts'
import { Banner } from '../../ui/banner.tsx'
import { faultPage, troublePage } from '../../ui/error-page.tsx'
import { CheckField, TextAreaField, TextField } from '../../ui/fields.tsx'
import { Facts } from '../../ui/facts.tsx'
import { count, span } from '../../ui/format.ts'
import { renderPage, TokenField } from '../../ui/layout.tsx'
import type { LongForm, WorkerVisit } from '../../visit.ts'

/** What a message is about; part of the address and of the names of its parameters. */
type Kind = 'hit_type_message' | 'assignment_message'

/** The form as it was filled in. */
interface Written {
  subject: string
  text: string
  mayAnswer: boolean
}

/** What is wrong with it: beside a field, or with all of it. */
interface Refusal {
  status: 422 | 429 | 503
  field?: 'subject' | 'text'
  text: string
}

/** `GET /contact_requester/hit_type_messages/new` */
export const writeAboutGroup = (visit: WorkerVisit) => showForm(visit, 'hit_type_message')
/** `GET /contact_requester/assignment_messages/new` */
export const writeAboutAssignment = (visit: WorkerVisit) => showForm(visit, 'assignment_message')
/** What of a message must not be lost. */
export const contactForm: LongForm = {
  typed: ({ contact: words }, form) =>
    Array.from(form).flatMap(([name, text]) => {
      const field = /\[(subject|message)\]$/.exec(name)?.[1]
      return field === undefined ? [] : [[field === 'subject' ? words.subject : words.text, text] as const]
    }),
}

/** `POST` of the same. */
export const sendAboutGroup = (visit: WorkerVisit, form: URLSearchParams) =>
  send(visit, form, 'hit_type_message')
export const sendAboutAssignment = (visit: WorkerVisit, form: URLSearchParams) =>
  send(visit, form, 'assignment_message')

async function showForm(visit: WorkerVisit, kind: Kind): Promise<Response> {
  const given = new URL(visit.c.req.url).searchParams
  const target = targetOf(kind, given)
  const contact = await visit.market.runner.run(FindContact, visit.caller, target)
  if (isFault(contact)) return refuseTarget(visit, contact)
  if (given.get('notice') === 'sent') return sentPage(visit, contact)
  const subject = given.get(`${kind}[subject]`) || defaultSubject(visit.texts, contact)
  return formPage(visit, kind, contact, { subject, text: '', mayAnswer: false })
}

async function send(visit: WorkerVisit, form: URLSearchParams, kind: Kind): Promise<Response> {
  const { c, market, caller } = visit
  const target = targetOf(kind, form)
  const contact = await market.runner.run(FindContact, caller, target)
  if (isFault(contact)) return refuseTarget(visit, contact)
  const written: Written = {
    subject: form.get(`${kind}[subject]`) ?? '',
    text: form.get(`${kind}[message]`) ?? '',
    mayAnswer: form.get('may_answer') === '1',
  }
  const sent = await market.runner.run(ContactRequester, caller, { target, ...written })
  if (isFault(sent)) {
    const refusal = refusalOf(visit, sent)
    return refusal === undefined ? faultPage(visit, sent) : formPage(visit, kind, contact, written, refusal)
  }
  const [name, id] = idField(kind, contact)
  return c.redirect(
    `/contact_requester/${kind}s/new?${new URLSearchParams({ [name]: id, notice: 'sent' }).toString()}`,
    303,
  )
}

/** Tools name the group where the HIT type is asked for; either id will do. */
function targetOf(kind: Kind, given: URLSearchParams): ContactTarget {
  return kind === 'hit_type_message'
    ? { groupId: given.get('hit_type_message[hit_type_id]') ?? '' }
    : { assignmentId: given.get('assignment_message[assignment_id]') ?? '' }
}

/** The parameter that says what a message is about. */
function idField(kind: Kind, { groupId, assignment }: Contact): [name: string, id: string] {
  return kind === 'hit_type_message'
    ? ['hit_type_message[hit_type_id]', groupId]
    : ['assignment_message[assignment_id]', assignment?.id ?? '']
}

function defaultSubject({ contact: words }: Texts, { groupId, assignment }: Contact): string {
  const { subjectDefault } = words
  return assignment === undefined
    ? subjectDefault.group(groupId)
    : subjectDefault.assignment(assignment.hitId)
}

function refuseTarget(visit: WorkerVisit, fault: Fault): Response {
  const isUnknown = fault.fault === 'GroupDoesNotExist' || fault.fault === 'AssignmentDoesNotExist'
  if (!isUnknown) return faultPage(visit, fault)
  const { contact: words, work } = visit.texts
  const link = { href: '/projects', text: work.toHITs }
  return troublePage(visit, { status: 404, ...words.unknown, link })
}

/** What the form says about a refusal; undefined for one that is none of a form. */
function refusalOf({ c, texts }: WorkerVisit, fault: Fault): Refusal | undefined {
  const { contact: words } = texts
  switch (fault.fault) {
    case 'ParameterTooShort':
    case 'ParameterTooLong':
    case 'InvalidParameterValue': {
      const field = fault.parameter === 'subject' ? 'subject' : 'text'
      const text =
        fault.fault === 'ParameterTooShort'
          ? words.missing[field]
          : fault.fault === 'ParameterTooLong'
            ? words.tooLong(count(fault.maximum))
            : words.characters
      return { status: 422, field, text }
    }
    case 'TooManyAttempts':
      c.header('Retry-After', String(fault.retryAfterSeconds))
      return {
        status: 429,
        text: words.tooMany(count(server.contact.messages), span(fault.retryAfterSeconds)),
      }
    case 'Busy':
      return { status: 503, text: words.busy }
    default:
      return undefined
  }
}

function formPage(
  visit: WorkerVisit,
  kind: Kind,
  contact: Contact,
  written: Written,
  refusal?: Refusal,
): Response {
  const { texts, token } = visit
  const { contact: words } = texts
  const [name, id] = idField(kind, contact)
  const problem = (field: Refusal['field']) => (refusal?.field === field ? refusal?.text : undefined)
  return renderPage(
    visit,
    { title: words.title, status: refusal?.status ?? 200 },
    <div class="card contact">
      <h1>{words.title}</h1>
      {refusal && (
        <Banner
          kind="danger"
          heading={words.refused}
          text={refusal.field ? words.refusedText : refusal.text}
        />
      )}
      <ContactFacts visit={visit} contact={contact} />
      <form method="post" action={`/contact_requester/${kind}s/new`} class="stack" novalidate>
        <TokenField token={token} />
        <input type="hidden" name={name} value={id} />
        <TextField
          name={`${kind}[subject]`}
          id="subject"
          label={words.subject}
          error={problem('subject')}
          autofocus={refusal?.field === 'subject'}
          value={written.subject}
          maxlength={limits.subjectLength}
        />
        <TextAreaField
          name={`${kind}[message]`}
          id="text"
          label={words.text}
          hint={words.textHint(count(limits.messageLength))}
          error={problem('text')}
          autofocus={refusal?.field === 'text'}
          value={written.text}
          rows={8}
        />
        {contact.canBeAnswered && (
          <CheckField
            name="may_answer"
            label={words.answer}
            hint={words.answerHint}
            checked={written.mayAnswer}
          />
        )}
        <div class="actions">
          <button class="primary">{words.send}</button>
          <a class="button" href="/projects">
            {words.cancel}
          </a>
        </div>
      </form>
    </div>,
  )
}

function ContactFacts({ visit, contact }: { visit: WorkerVisit; contact: Contact }) {
  const { contact: words } = visit.texts
  const { assignment } = contact
  return (
    <Facts
      facts={[
        [words.to, contact.requesterName],
        [words.about, contact.title],
        ...(assignment === undefined ? [] : [[words.assignment, assignment.id] as const]),
      ]}
    />
  )
}

function sentPage(visit: WorkerVisit, contact: Contact): Response {
  const { contact: words } = visit.texts
  return renderPage(
    visit,
    { title: words.sent },
    <>
      <h1>{words.title}</h1>
      <Banner kind="success" heading={words.sent} text={words.sentText(contact.requesterName)} />
      <p>
        <a class="button" href="/projects">
          {words.sentAgain}
        </a>
      </p>
    </>,
  )
}
