// The task of a HIT on our own pages: a frame around another's page, or the form that this server makes of a
// QuestionForm [questions 2.9; websites 1.4, 1.6].
import { questionsOf, type Content, type QuestionForm } from '../../domain/question/form.ts'
import type { Task } from '../../operations/worker/FindTask.ts'
import type { ForeignContent, PageNeeds } from '../headers.ts'
import { frameOf, previewFrameOf, readQuestion, type Previewed, type TaskFrame } from '../task/frame.ts'
import type { Visit, WorkerVisit } from '../visit.ts'
import { AnswerForm, type Filled } from './answer-form.tsx'
import { shownAs } from './question-form/content.tsx'
import { QuestionFormFields } from './question-form/fields.tsx'
import { TaskIframe } from './task-frame.tsx'

/** How a task is shown. */
export type Panel = { kind: 'frame'; frame: TaskFrame } | { kind: 'form'; form: QuestionForm; hitId: string }

/** The panel of an accepted HIT. */
export async function panelOf(visit: Visit, task: Task): Promise<Panel> {
  const form = await formOf(task.question.text)
  if (form) return { kind: 'form', form, hitId: task.hit.id }
  return { kind: 'frame', frame: await frameOf(visit.market, task, visit.publicURL) }
}

/** The panel of a HIT that nobody has accepted. */
export async function previewPanelOf(visit: Visit, preview: Previewed): Promise<Panel> {
  const form = await formOf(preview.question.text)
  if (form) return { kind: 'form', form, hitId: preview.hit.id }
  return { kind: 'frame', frame: await previewFrameOf(visit.market, preview, visit.publicURL) }
}

async function formOf(questionText: string): Promise<QuestionForm | undefined> {
  const question = await readQuestion(questionText)
  return question.kind === 'QuestionForm' ? question.form : undefined
}

/** The scripts of a page with the fields of a form. */
export const formScripts = ['patterns.js', 'form.js']

/** What a page with this panel may load, and the scripts that it needs besides its own. */
export function panelNeeds(panel: Panel): PageNeeds & { scripts: string[] } {
  if (panel.kind === 'frame') return { taskFrame: true, scripts: [] }
  return { foreign: foreignContent(panel.form), scripts: formScripts }
}

/** What a form shows from other servers: a page's policy names no more than that. */
export function foreignContent(form: QuestionForm): ForeignContent[] {
  const found = new Set<ForeignContent>()
  const look = (content: Content) => {
    if (content.kind === 'FormattedContent' && content.html.includes('<img')) found.add('img')
    if (content.kind === 'Binary' && content.type === 'image') found.add('img')
    if (content.kind !== 'EmbeddedBinary') return
    const shown = shownAs(content)
    found.add(shown === 'image' ? 'img' : shown === 'document' ? 'frame' : 'media')
  }
  for (const part of form.parts) part.content.forEach(look)
  for (const { answer } of questionsOf(form)) {
    if (answer.kind === 'SelectionAnswer') answer.selections.forEach(({ content }) => look(content))
  }
  return [...found]
}

interface TaskPanelProps {
  visit: WorkerVisit
  panel: Panel
  /** How the answers of an accepted HIT are sent; without it nothing can be filled in: a preview. */
  submit?: PanelSubmit | undefined
  filled?: Filled | undefined
}

export interface PanelSubmit {
  /** Address that takes the answers. */
  action: string
  assignmentId: string
  /** Seconds for which a draft is kept on the worker's device; without it there is none. */
  draftSeconds?: number | undefined
  /** What the button says when it is not to submit. */
  label?: string
}

/** The task, whatever its kind. */
export function TaskPanel({ visit, panel, submit, filled }: TaskPanelProps) {
  const { texts } = visit
  if (panel.kind === 'frame') {
    return submit === undefined ? (
      <TaskIframe frame={panel.frame} title={texts.preview.frame} preview />
    ) : (
      <TaskIframe frame={panel.frame} title={texts.work.frame} />
    )
  }
  const { form, hitId } = panel
  if (submit === undefined) {
    return (
      <div class="task-form task-preview">
        <QuestionFormFields visit={visit} form={form} task={{ hitId }} disabled />
        <p class="hint">{texts.form.accept}</p>
      </div>
    )
  }
  return (
    <AnswerForm
      visit={visit}
      form={form}
      action={submit.action}
      draft={
        submit.draftSeconds === undefined
          ? undefined
          : { name: submit.assignmentId, seconds: submit.draftSeconds }
      }
      filled={filled}
      label={submit.label ?? texts.form.submit}
      task={{ hitId, assignmentId: submit.assignmentId }}
    />
  )
}
