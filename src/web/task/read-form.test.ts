import { describe, expect, test } from 'vitest'
import type {
  FormQuestion,
  FreeTextAnswer,
  QuestionForm,
  Selection,
  SelectionAnswer,
} from '../../domain/question/form.ts'
import { lostFiles, readFormFields, readFormFiles, taskNames, valueOfNothing } from './read-form.ts'

function asking(identifier: string, answer: FormQuestion['answer']): FormQuestion {
  return { kind: 'Question', identifier, isRequired: false, content: [], answer }
}

function choosing(...identifiers: string[]): SelectionAnswer {
  const selections = identifiers.map((identifier): Selection => {
    return { identifier, content: { kind: 'Text', text: identifier } }
  })
  return { kind: 'SelectionAnswer', minSelectionCount: 1, maxSelectionCount: 2, selections }
}

const text: FreeTextAnswer = { kind: 'FreeTextAnswer', regexes: [], defaultText: '' }
const file = { kind: 'FileUploadAnswer', minFileSize: 1, maxFileSize: 9 } as const
const form: QuestionForm = {
  version: '2005-10-01',
  parts: [
    asking('authenticity_token', text),
    asking('__proto__', text),
    asking('a', { ...choosing('x', 'y'), otherSelection: text }),
    asking('a.other', text),
    asking('scan', file),
  ],
}

describe('the fields of a form [questions 9.2]', () => {
  test('are found by names that no identifier can be mistaken for', () => {
    const values = readFormFields(form, [
      ['authenticity_token', 'secret'],
      ['answer.authenticity_token', 'mine'],
      ['answer.__proto__', 'plain'],
      ['answer.a', 'y'],
      ['answer.a', 'x'],
      ['answer.a', 'y'],
      ['answer.a', ''],
      ['other.a', 'z'],
      ['answer.a.other', 'text'],
    ])
    expect(Object.entries(values)).toEqual([
      ['authenticity_token', 'mine'],
      ['__proto__', 'plain'],
      ['a', { selections: ['y', 'x'], other: 'z' }],
      ['a.other', 'text'],
    ])
  })

  test('that did not come are empty; a blank other text is none', () => {
    expect(Object.entries(readFormFields(form, [['other.a', '']]))).toEqual([
      ['authenticity_token', ''],
      ['__proto__', ''],
      ['a', { selections: [] }],
      ['a.other', ''],
    ])
  })

  test('have the identifiers themselves as names in a frame', () => {
    const fields = [['a', 'x'] as const, ['a.other', 'z'] as const]
    expect(readFormFields(form, fields, taskNames).a).toEqual({ selections: ['x'], other: 'z' })
  })

  test('a file belongs to a question that asks for one', () => {
    const sent = { name: 'a', bytes: new Uint8Array(3) }
    const files = readFormFiles(
      form,
      new Map([
        ['answer.scan', sent],
        ['answer.a', sent],
        ['scan', sent],
      ]),
    )
    expect([...files]).toEqual([['scan', sent]])
    expect(lostFiles(files)).toEqual({ scan: { fileKey: '', size: 3 } })
  })

  test.each([
    [['a'], ''],
    [['', 'a'], '-'],
    [['', '-'], '--'],
  ])('what stands for no choice among %j is %j', (identifiers, expected) => {
    expect(valueOfNothing(choosing(...identifiers))).toBe(expected)
  })
})
