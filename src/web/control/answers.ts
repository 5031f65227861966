// Answers as a test gives them to the control API, turned into the answers of a worker.
import type { Fault } from '../../domain/fault.ts'
import {
  answersFromFields,
  answersFromForm,
  taskAnswersField,
  type Answer,
  type FormAnswer,
} from '../../domain/question/answers.ts'
import { readQuestionForm } from '../task/frame.ts'
import { BadInput, type Body } from './input.ts'

/** The answers in a body `{answers}` or `{taskAnswers}` for a question. */
export async function readAnswers(
  body: Body,
  question: { kind: string; text: string },
): Promise<Answer[] | Fault> {
  if (body.taskAnswers !== undefined) {
    return answersFromFields([taskAnswersField(objectOf(body.taskAnswers, 'taskAnswers'))])
  }
  const given = objectOf(body.answers, 'answers')
  if (question.kind !== 'QuestionForm') return answersFromFields(fieldsOf(given))
  for (const [name, value] of Object.entries(given)) checkFormAnswer(name, value)
  return answersFromForm(await readQuestionForm(question.text), given as Record<string, FormAnswer>)
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

function checkFormAnswer(name: string, value: unknown): void {
  if (typeof value === 'string' || isTexts(value)) return
  if (typeof value === 'object' && value !== null) {
    if ('file' in value) throw new BadInput(name, 'Files cannot be sent yet.')
    const { selections, other } = value as { selections?: unknown; other?: unknown }
    if (isTexts(selections) && (other === undefined || typeof other === 'string')) return
  }
  throw new BadInput(name, 'An answer is a text, a list of texts, or {"selections": [...], "other": "..."}.')
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}
