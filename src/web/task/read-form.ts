// From the fields of a posted QuestionForm to the answers in them. The names of the fields are made here too, so that
// who writes a form and who reads it cannot disagree.
import type { FormAnswer } from '../../domain/question/answers.ts'
import { questionsOf, type QuestionForm, type SelectionAnswer } from '../../domain/question/form.ts'
import type { ArrivedFile } from './hand-in.ts'

/** A field of a form as it arrived. */
export type Field = readonly [name: string, value: string]

/**
 * What a worker gave for the questions of a form, by QuestionIdentifier. A file without a key was sent and not kept.
 */
export type FormValues = Readonly<Record<string, FormAnswer>>

/** How the fields of a form are named. */
export interface FieldNames {
  answer(identifier: string): string
  other(identifier: string): string
}

/** Names on our own pages: no identifier can be mistaken for a field of the site. */
export const siteNames: FieldNames = {
  answer: (identifier) => `answer.${identifier}`,
  other: (identifier) => `other.${identifier}`,
}

/** Names in a task's frame, as programs send them to externalSubmit. */
export const taskNames: FieldNames = {
  answer: (identifier) => identifier,
  other: (identifier) => `${identifier}.other`,
}

/** What the fields of a form say: a value for every question but those that ask for a file. */
export function readFormFields(
  form: QuestionForm,
  fields: readonly Field[],
  names: FieldNames = siteNames,
): FormValues {
  const texts = new Map<string, string[]>()
  for (const [name, value] of fields) {
    const earlier = texts.get(name)
    if (earlier) earlier.push(value)
    else texts.set(name, [value])
  }
  const values: [string, FormAnswer][] = []
  for (const { identifier, answer } of questionsOf(form)) {
    const sent = texts.get(names.answer(identifier)) ?? []
    if (answer.kind === 'SelectionAnswer') {
      const nothing = valueOfNothing(answer)
      const other = texts.get(names.other(identifier))?.[0] ?? ''
      const selections = [...new Set(sent)].filter((value) => value !== nothing)
      values.push([identifier, { selections, ...(other !== '' && { other }) }])
    } else if (answer.kind === 'FreeTextAnswer') {
      values.push([identifier, sent[0] ?? ''])
    }
  }
  return Object.fromEntries(values)
}

/** The files of a form by QuestionIdentifier; those of a field that asks for none are left out. */
export function readFormFiles(
  form: QuestionForm,
  files: ReadonlyMap<string, ArrivedFile>,
  names: FieldNames = siteNames,
): Map<string, ArrivedFile> {
  const found = new Map<string, ArrivedFile>()
  for (const { identifier, answer } of questionsOf(form)) {
    const file = files.get(names.answer(identifier))
    if (answer.kind === 'FileUploadAnswer' && file !== undefined) found.set(identifier, file)
  }
  return found
}

/** Stands for the files that arrived and will not be kept: their worker must choose them again. */
export function lostFiles(files: ReadonlyMap<string, ArrivedFile>): FormValues {
  return Object.fromEntries(
    Array.from(files, ([identifier, { bytes }]) => [identifier, { fileKey: '', size: bytes.byteLength }]),
  )
}

/** What a choice sends when none of the selections is meant: a text that no SelectionIdentifier is. */
export function valueOfNothing({ selections }: SelectionAnswer): string {
  const taken = new Set(selections.map(({ identifier }) => identifier))
  let value = ''
  while (taken.has(value)) value += '-'
  return value
}
