// The timed test of a qualification: its form as it was when the worker asked, until it is handed in or its time is
// over [websites 1.11, qualifications 2.2].
import { isFault, type Fault } from '../../../domain/fault.ts'
import { canHandIn, type QualificationRequest } from '../../../domain/qualification-request.ts'
import { answersFromForm } from '../../../domain/question/answers.ts'
import type { QuestionForm } from '../../../domain/question/form.ts'
import { server } from '../../../limits.ts'
import { FindQualificationTest } from '../../../operations/worker/FindQualificationTest.ts'
import type { TypeForWorker } from '../../../operations/worker/qualification-for-worker.ts'
import {
  SubmitQualificationTest,
  type TestOutput,
} from '../../../operations/worker/SubmitQualificationTest.ts'
import { answerJSON, jsonTime, wantsJSON } from '../../json.ts'
import { returnPath, withReturn } from '../../local-path.ts'
import { problemLine } from '../../messages/problems.ts'
import { readQuestionForm } from '../../task/frame.ts'
import { readFormFields, type FormValues } from '../../task/read-form.ts'
import { AnswerForm, type Filled } from '../../ui/answer-form.tsx'
import { Banner, type BannerProps } from '../../ui/banner.tsx'
import { Countdown, TimeIsOver } from '../../ui/countdown.tsx'
import { faultPage } from '../../ui/error-page.tsx'
import { moment } from '../../ui/format.ts'
import { renderPage } from '../../ui/layout.tsx'
import { SentAnswers } from '../../ui/sent-answers.tsx'
import { foreignContent, formScripts } from '../../ui/task-panel.tsx'
import type { LongForm, WorkerVisit } from '../../visit.ts'
import { plainRows, typedRows } from '../work/form-submission.tsx'
import { findType, whereFrom } from './qualification.tsx'

/** A worker's own test: the type, the request that began it, and the form. */
interface Test {
  type: TypeForWorker
  request: QualificationRequest
  /** The document that the form was read from. */
  text: string
  form: QuestionForm
  /** Where he came from. */
  returnTo: string | undefined
}

/** `GET /qualifications/{id}/test`: the test that is under way. */
export async function showTest(visit: WorkerVisit): Promise<Response> {
  const { c } = visit
  const type = await findType(visit)
  if (type instanceof Response) return type
  const { outstanding } = type
  const test =
    outstanding === undefined ? undefined : await findTest(visit, type, outstanding.id, whereFrom(visit))
  if (test instanceof Response) return test
  if (test === undefined || canHandIn(test.request, visit.market.clock.now()) !== undefined)
    return noTest(visit, type)
  return wantsJSON(c) ? answerJSON(c, testJSON(visit, test)) : testPage(visit, test)
}

/** What of a test must not be lost; it may be as long as the answers to a HIT. */
export const testForm: LongForm = { typed: (_, form) => plainRows([...form]), bytes: server.submitBodyBytes }

/** `POST /qualifications/{id}/test`: hands it in. */
export async function submitTest(visit: WorkerVisit, fields: URLSearchParams): Promise<Response> {
  const { c, market, caller } = visit
  const type = await findType(visit)
  if (type instanceof Response) return type
  const returnTo = returnPath(fields.get('return_to') ?? undefined)
  const qualificationRequestId = fields.get('qualification_request_id') ?? type.outstanding?.id ?? ''
  const test = await findTest(visit, type, qualificationRequestId, returnTo)
  if (test instanceof Response) return test
  if (test === undefined) return noTest(visit, type)
  const values = readFormFields(test.form, [...fields])
  const answers = await answersFromForm(test.form, values)
  if (isFault(answers))
    return refuse(visit, test, values, canHandIn(test.request, market.clock.now()) ?? answers)
  const taken = await market.runner.run(SubmitQualificationTest, caller, { qualificationRequestId, answers })
  if (isFault(taken)) return refuse(visit, test, values, taken)
  if (wantsJSON(c)) return answerJSON(c, resultJSON(test, taken))
  const notice = taken.granted === undefined ? 'tested' : 'scored'
  return c.redirect(withReturn(`/qualifications/${type.id}?notice=${notice}`, returnTo), 303)
}

/** The worker's own test of the type, whatever became of it; undefined when there is none of this id. */
async function findTest(
  visit: WorkerVisit,
  type: TypeForWorker,
  qualificationRequestId: string,
  returnTo: string | undefined,
): Promise<Test | undefined | Response> {
  const found = await visit.market.runner.run(FindQualificationTest, visit.caller, { qualificationRequestId })
  if (isFault(found)) return found.fault === 'Busy' ? faultPage(visit, found) : undefined
  const { test: text, request } = found
  if (text === undefined || request?.qualificationTypeId !== type.id) return undefined
  return { type, request, text, form: await readQuestionForm(text), returnTo }
}

function noTest({ c, texts }: WorkerVisit, { id }: TypeForWorker): Response {
  if (wantsJSON(c)) return answerJSON(c, { message: texts.requestNotices.noTest.heading }, 404)
  return c.redirect(`/qualifications/${id}?notice=no-test`, 303)
}

/** Why a test was not taken in; what was written stands in the page. */
function refuse(visit: WorkerVisit, test: Test, values: FormValues, fault: Fault): Response {
  const { texts } = visit
  const words = texts.test
  switch (fault.fault) {
    case 'TestTimeOver':
      return closedPage(visit, test, values, {
        heading: words.over,
        text: `${words.overText} ${afterTest(visit, test.type)}`,
      })
    case 'InvalidQualificationRequestState':
      return closedPage(visit, test, values, { heading: words.closed, text: words.closedText })
    case 'AnswersRefused':
      return wantsJSON(visit.c)
        ? answerJSON(
            visit.c,
            {
              message: texts.form.summary(fault.problems.length),
              problems: fault.problems.map((problem) => problemLine(texts, problem)),
            },
            422,
          )
        : testPage(visit, test, { values, problems: fault.problems })
    case 'AnswerTooLong':
      return again(visit, test, values, { heading: words.tooLong, text: words.tooLongText }, 422)
    case 'InvalidInput':
      return again(visit, test, values, { heading: words.strange, text: words.strangeText }, 422)
    case 'Busy': {
      const { title: heading, text } = texts.errors.busy
      return again(visit, test, values, { heading, text }, 503)
    }
    default:
      return faultPage(visit, fault)
  }
}

/** What follows from a test whose time is over. */
function afterTest({ texts, market }: WorkerVisit, { refusal, retryAt }: TypeForWorker): string {
  if (retryAt !== undefined) return texts.test.overAgain(moment(retryAt, market.clock.now()))
  return refusal === undefined ? texts.test.overNow : texts.test.overOnce
}

type Note = Pick<BannerProps, 'heading' | 'text'>

function again(visit: WorkerVisit, test: Test, values: FormValues, note: Note, status: 422 | 503): Response {
  if (wantsJSON(visit.c)) return answerJSON(visit.c, { message: note.heading }, status)
  return testPage(visit, test, { values, problems: [] }, note, status)
}

function testPage(
  visit: WorkerVisit,
  test: Test,
  filled?: Filled,
  note?: Note,
  status: 200 | 422 | 503 = filled ? 422 : 200,
): Response {
  const { texts, market } = visit
  const { type, form } = test
  const words = texts.test
  const remaining = Math.ceil(((test.request.deadline ?? 0) - market.clock.now()) / 1000)
  const title = words.title(type.name)
  return renderPage(
    visit,
    {
      title,
      current: '/qualifications/assigned',
      status,
      foreign: foreignContent(form),
      scripts: ['countdown.js', ...formScripts, 'qualification-test.js'],
    },
    <>
      <h1>{title}</h1>
      {type.owner && <p class="requester-column">{type.owner.name}</p>}
      <div class="countdown test-time">
        <Countdown texts={texts} remaining={remaining} duration={type.testDuration ?? remaining} />
      </div>
      {note && <Banner kind="danger" {...note} />}
      <TimeIsOver heading={words.over} text={words.overText} />
      <TestForm visit={visit} test={test} filled={filled} draftSeconds={remaining} />
    </>,
  )
}

interface TestFormProps {
  visit: WorkerVisit
  test: Test
  filled: Filled | undefined
  draftSeconds: number
}

function TestForm({ visit, test: { type, request, form, returnTo }, filled, draftSeconds }: TestFormProps) {
  return (
    <AnswerForm
      visit={visit}
      form={form}
      action={`/qualifications/${type.id}/test`}
      draft={{ name: request.id, seconds: draftSeconds }}
      filled={filled}
      label={visit.texts.test.submit}
    >
      <input type="hidden" name="qualification_request_id" value={request.id} />
      {returnTo !== undefined && <input type="hidden" name="return_to" value={returnTo} />}
    </AnswerForm>
  )
}

/** A test that is not taken in any more, with what was written for it as text to copy. */
function closedPage(visit: WorkerVisit, test: Test, values: FormValues, note: Note): Response {
  const { c, texts } = visit
  if (wantsJSON(c)) return answerJSON(c, { message: note.heading }, 422)
  const { type, form } = test
  const title = texts.test.title(type.name)
  return renderPage(
    visit,
    { title, current: '/qualifications/assigned', status: 422 },
    <>
      <h1>{title}</h1>
      <Banner kind="danger" {...note} />
      <div class="card">
        <SentAnswers texts={texts} answers={typedRows(visit, form, values)} />
        <div class="actions">
          <a class="button" href={withReturn(`/qualifications/${type.id}`, test.returnTo)}>
            {texts.test.toQualification}
          </a>
        </div>
      </div>
    </>,
  )
}

/** A test for programs: its document, and the time that is left. */
function testJSON({ market }: WorkerVisit, { type, request, text }: Test) {
  const deadline = request.deadline ?? 0
  return {
    qualification_type_id: type.id,
    qualification_request_id: request.id,
    test: text,
    deadline: jsonTime(deadline),
    time_to_deadline_in_seconds: Math.ceil((deadline - market.clock.now()) / 1000),
    submit_test_url: `/qualifications/${type.id}/test.json`,
  }
}

function resultJSON({ type, request }: Test, { granted }: TestOutput) {
  return {
    qualification_type_id: type.id,
    qualification_request_id: request.id,
    state: granted === undefined ? 'Submitted' : 'Granted',
    value: granted ?? null,
  }
}
