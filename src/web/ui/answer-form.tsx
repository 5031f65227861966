// The form of the answers to a QuestionForm, for a HIT and for the test of a qualification: its markup is what form.js
// knows.
import type { PropsWithChildren } from 'hono/jsx'
import type { AnswerProblem } from '../../domain/question/check-answers.ts'
import { questionsOf, type QuestionForm } from '../../domain/question/form.ts'
import type { FormValues } from '../task/read-form.ts'
import type { WorkerVisit } from '../visit.ts'
import { TokenField } from './layout.tsx'
import { QuestionFormFields } from './question-form/fields.tsx'
import { ProblemSummary } from './question-form/summary.tsx'

/** Answers that are filled in once more, and what is wrong with them. */
export interface Filled {
  values: FormValues
  problems: readonly AnswerProblem[]
  /** They are stored as they stand here: nothing is lost when the page is left. */
  isStored?: boolean
}

/** The id of the form, for fields that stand outside it. */
export const answerFormId = 'task-form'

interface AnswerFormProps {
  visit: WorkerVisit
  form: QuestionForm
  /** Address that takes the answers. */
  action: string
  /** The name under which a draft is kept on the worker's device, and for how many seconds; without it there is none. */
  draft?: { name: string; seconds: number } | undefined
  filled?: Filled | undefined
  /** What the button says. */
  label: string
  /** The HIT that the form is of. */
  task?: { hitId: string; assignmentId: string } | undefined
}

/** The form; `children` are hidden fields that are sent with the answers. */
export function AnswerForm(props: PropsWithChildren<AnswerFormProps>) {
  const { visit, form, action, draft, filled, label, task, children } = props
  const { texts } = visit
  return (
    <form
      method="post"
      action={action}
      id={answerFormId}
      class="task-form task-row"
      enctype={hasFiles(form) ? 'multipart/form-data' : undefined}
      novalidate
      data-dirty={filled === undefined || filled.isStored ? 'false' : 'true'}
      data-draft={draft?.name}
      data-draft-seconds={draft?.seconds}
      data-filled={filled === undefined ? undefined : 'true'}
    >
      <TokenField token={visit.token} />
      {children}
      <ProblemSummary texts={texts} problems={filled?.problems ?? []} />
      <QuestionFormFields
        visit={visit}
        form={form}
        task={task}
        values={filled?.values}
        problems={filled?.problems}
      />
      <div class="task-form-end">
        <button class="primary">{label}</button>
        <p class="hint draft-note" role="status" data-text={texts.form.draft}></p>
      </div>
    </form>
  )
}

function hasFiles(form: QuestionForm): boolean {
  return questionsOf(form).some(({ answer }) => answer.kind === 'FileUploadAnswer')
}
