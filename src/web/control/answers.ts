// Answers as a test gives them to the control API, turned into the answers of a worker.
import { isFault, type Fault } from '../../domain/fault.ts'
import {
  answersFromFields,
  answersFromForm,
  taskAnswersField,
  type Answer,
  type FormAnswer,
} from '../../domain/question/answers.ts'
import type { QuestionForm } from '../../domain/question/form.ts'
import type { Task } from '../../operations/worker/FindTask.ts'
import { readQuestionForm } from '../task/frame.ts'
import { judgeFiles, type ArrivedFile, type JudgedFiles, type Work } from '../task/hand-in.ts'
import { BadInput, type Body } from './input.ts'

/** The answers in a body `{answers}` or `{taskAnswers}` for a question that takes no files. */
export async function readAnswers(
  body: Body,
  question: { kind: string; text: string },
): Promise<Answer[] | Fault> {
  const sent = await readSent(body, question, () => ({ given: {}, files: [] }))
  return isFault(sent) ? sent : sent.answers
}

/** The answers in a body for a task, with its files. */
export function readTaskAnswers(task: Task, body: Body): Promise<Work | Fault> {
  return readSent(body, task.question, (form, arrived) => judgeFiles(task, form, arrived))
}

async function readSent(
  body: Body,
  question: { kind: string; text: string },
  judge: (form: QuestionForm, arrived: ReadonlyMap<string, ArrivedFile>) => JudgedFiles | Fault,
): Promise<Work | Fault> {
  if (body.taskAnswers !== undefined) {
    return withFiles(answersFromFields([taskAnswersField(objectOf(body.taskAnswers, 'taskAnswers'))]))
  }
  const given = objectOf(body.answers, 'answers')
  if (question.kind !== 'QuestionForm') return withFiles(answersFromFields(fieldsOf(given)))
  const form = await readQuestionForm(question.text)
  const arrived = new Map<string, ArrivedFile>()
  const others: Record<string, FormAnswer> = {}
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === 'object' && value !== null && 'file' in value) {
      // A file for another kind of question is refused by that question.
      arrived.set(name, fileOf(name, value.file))
      others[name] = { fileKey: '', size: 0 }
    } else others[name] = formAnswerOf(name, value)
  }
  const judged = judge(form, arrived)
  if (isFault(judged)) return judged
  return withFiles(await answersFromForm(form, { ...others, ...judged.given }), judged.files)
}

function withFiles(answers: Answer[] | Fault, files: Work['files'] = []): Work | Fault {
  return isFault(answers) ? answers : { answers, files }
}

/** `{"name", "base64"}` */
function fileOf(member: string, value: unknown): ArrivedFile {
  const { name, base64 } = objectOf(value, member)
  if (typeof name === 'string' && typeof base64 === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(base64))
    return { name, bytes: Buffer.from(base64, 'base64') }
  throw new BadInput(member, 'A file is {"file": {"name": "...", "base64": "..."}}.')
}

function objectOf(value: unknown, member: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>
  throw new BadInput(member, 'It must be an object with a member for each field.')
}

function fieldsOf(given: Record<string, unknown>): [string, string][] {
  return Object.entries(given).flatMap(([name, value]): [string, string][] => {
    if (typeof value === 'string') return [[name, value]]
    if (isTexts(value)) return value.map((text) => [name, text])
    throw new BadInput(name, 'The field of a page takes a text, or a list of texts.')
  })
}

function formAnswerOf(name: string, value: unknown): FormAnswer {
  if (typeof value === 'string' || isTexts(value)) return value
  if (typeof value === 'object' && value !== null) {
    const { selections, other } = value as { selections?: unknown; other?: unknown }
    if (isTexts(selections) && other === undefined) return { selections }
    if (isTexts(selections) && typeof other === 'string') return { selections, other }
  }
  throw new BadInput(name, 'An answer is a text, a list of texts, or {"selections": [...], "other": "..."}.')
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}
