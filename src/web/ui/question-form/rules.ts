// What web/static/form.js must know to judge an answer as the server does: bounds, patterns, and the server's own
// sentences about them.
import type { Problem } from '../../../domain/question/check-answers.ts'
import type { FormQuestion, FreeTextAnswer } from '../../../domain/question/form.ts'
import type { Texts } from '../../messages/en.ts'
import { problemText } from '../../messages/problems.ts'

interface Rule {
  minimum?: number | undefined
  maximum?: number | undefined
  text: string
}

/** The rules of one answer, or of its other text, as JSON in the page. */
export interface Rules {
  required?: string
  length?: Rule
  numeric?: Rule
  regexes?: { regex: string; flags: string; text: string }[]
  count?: Rule
  size?: Rule
}

/** The rules of a question's answer. */
export function rulesOf(texts: Texts, { answer, isRequired }: FormQuestion): Rules {
  const say = (problem: Problem) => problemText(texts, problem, answer.kind)
  const required = isRequired ? { required: say({ kind: 'Required' }) } : {}
  switch (answer.kind) {
    case 'FreeTextAnswer':
      return { ...required, ...textRules(texts, answer) }
    case 'FileUploadAnswer': {
      const bounds = { minimum: answer.minFileSize, maximum: answer.maxFileSize }
      return { ...required, size: { ...bounds, text: say({ kind: 'FileSize', ...bounds }) } }
    }
    case 'SelectionAnswer': {
      const bounds = { minimum: answer.minSelectionCount, maximum: answer.maxSelectionCount }
      return { ...required, count: { ...bounds, text: say({ kind: 'SelectionCount', ...bounds }) } }
    }
  }
}

/** The rules of a free text, without that it must be given. */
export function textRules(texts: Texts, { length, numeric, regexes }: FreeTextAnswer): Rules {
  const say = (problem: Problem) => problemText(texts, problem, 'FreeTextAnswer')
  const rules: Rules = {}
  if (length) {
    const bounds = defined(length.minLength, length.maxLength)
    rules.length = { ...bounds, text: say({ kind: 'Length', ...bounds }) }
  }
  if (numeric) {
    const bounds = defined(numeric.minValue, numeric.maxValue)
    rules.numeric = { ...bounds, text: say({ kind: 'Numeric', ...bounds }) }
  }
  if (regexes.length > 0) {
    rules.regexes = regexes.map(({ regex, errorText, flags }) => ({
      regex,
      flags: flags?.includes('i') ? 'i' : '',
      text: say({ kind: 'Format', ...(errorText !== undefined && { errorText }) }),
    }))
  }
  return rules
}

function defined(minimum: number | undefined, maximum: number | undefined) {
  return { ...(minimum !== undefined && { minimum }), ...(maximum !== undefined && { maximum }) }
}
