// A QuestionForm as a page of its own inside a task frame, for programs that open the address of the frame
// [questions 2]. It is shut in like every task; the worker site shows the same fields on its own page.
import { questionsOf, type QuestionForm } from '../../domain/question/form.ts'
import { staticURL } from '../static/files.ts'
import { QuestionFormFields } from '../ui/question-form/fields.tsx'
import type { Visit } from '../visit.ts'
import { taskNames } from './read-form.ts'

interface FormPageProps {
  visit: Visit
  form: QuestionForm
  hitId: string
  /** Address that takes the answers. */
  action: string
  /** Undefined in a preview: nothing can be filled in then. */
  assignmentId: string | undefined
}

/** The whole page. */
export function FormPage({ visit, form, hitId, action, assignmentId }: FormPageProps) {
  const { texts, publicURL } = visit
  const isPreview = assignmentId === undefined
  const hasFiles = questionsOf(form).some(({ answer }) => answer.kind === 'FileUploadAnswer')
  return (
    <html lang={texts.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{texts.work.frame}</title>
        <link rel="stylesheet" href={publicURL + staticURL('form.css')} />
        <script src={publicURL + staticURL('patterns.js')} defer></script>
        <script src={publicURL + staticURL('form.js')} defer></script>
      </head>
      <body>
        <form
          method="post"
          action={action}
          class="task-form"
          data-dirty="false"
          enctype={hasFiles ? 'multipart/form-data' : undefined}
          novalidate
        >
          <input type="hidden" name="assignmentId" value={assignmentId ?? ''} />
          <QuestionFormFields
            visit={visit}
            form={form}
            task={{ hitId, assignmentId }}
            disabled={isPreview}
            names={taskNames}
          />
          {isPreview ? (
            <p class="hint">{texts.form.accept}</p>
          ) : (
            <button class="primary">{texts.form.submit}</button>
          )}
        </form>
      </body>
    </html>
  )
}
