import { describe, expect, test } from 'vitest'
import { answersFromForm, type FormAnswer } from './answers.ts'
import type { AnswerProblem } from './check-answers.ts'
import { parseQuestion } from './parse-question.ts'
import { question, questionForm } from './examples.ts'
import { QUESTION_FORM_2005 } from './namespaces.ts'

/** The problems of an answer to one question, without what is the same for all. */
async function problems(
  answer: string,
  given: FormAnswer | undefined,
  isRequired = false,
): Promise<Partial<AnswerProblem>[]> {
  const document = question('q', answer, `<IsRequired>${isRequired}</IsRequired>`)
  const parsed = await parseQuestion(
    answer.startsWith('<FileUpload') ? questionForm(document, QUESTION_FORM_2005) : questionForm(document),
  )
  if ('fault' in parsed || parsed.kind !== 'QuestionForm') throw new Error(JSON.stringify(parsed))
  const answers = await answersFromForm(parsed.form, given === undefined ? {} : { q: given })
  if (!('fault' in answers)) return []
  if (answers.fault !== 'AnswersRefused') throw new Error(answers.fault)
  return answers.problems.map(({ identifier, number, answerKind, ...problem }) => {
    expect([identifier, number]).toEqual(['q', 1])
    expect(answer).toContain(answerKind)
    return problem
  })
}

const text = (constraints: string) =>
  `<FreeTextAnswer><Constraints>${constraints}</Constraints></FreeTextAnswer>`

const required = [{ kind: 'Required' }]

describe('free text [questions 2.5]', () => {
  const numeric = (bounds: object = {}) => [{ kind: 'Numeric', ...bounds }]
  const length = (bounds: object) => [{ kind: 'Length', ...bounds }]
  const format = (errorText?: string) => [{ kind: 'Format', ...(errorText !== undefined && { errorText }) }]

  test.each<[string, string, string | undefined, boolean, object[]]>([
    ['not required and blank', '<FreeTextAnswer/>', '', false, []],
    ['required and blank', '<FreeTextAnswer/>', '', true, required],
    ['required and not sent', '<FreeTextAnswer/>', undefined, true, required],
    ['white space is an answer', '<FreeTextAnswer/>', ' ', true, []],
    ['a number', text('<IsNumeric/>'), '12', false, []],
    ['a number with decimals', text('<IsNumeric/>'), '-2.75', false, []],
    ['a number that begins with its point', text('<IsNumeric/>'), '.5', false, []],
    ['a number that ends with its point', text('<IsNumeric/>'), '5.', false, []],
    ['a number with space around it', text('<IsNumeric/>'), ' 7 ', false, []],
    ['no number', text('<IsNumeric/>'), 'seven', false, numeric()],
    ['a point alone', text('<IsNumeric/>'), '.', false, numeric()],
    ['two points', text('<IsNumeric/>'), '1.2.3', false, numeric()],
    ['another notation', text('<IsNumeric/>'), '0x10', false, numeric()],
    ['infinity', text('<IsNumeric/>'), 'Infinity', false, numeric()],
    ['space alone is no number', text('<IsNumeric/>'), ' ', false, numeric()],
    ['blank passes IsNumeric', text('<IsNumeric minValue="3"/>'), '', false, []],
    ['the lower bound', text('<IsNumeric minValue="3" maxValue="5"/>'), '3', false, []],
    ['the upper bound', text('<IsNumeric minValue="3" maxValue="5"/>'), '5.0', false, []],
    [
      'decimals over an integer bound',
      text('<IsNumeric minValue="3" maxValue="5"/>'),
      '5.1',
      false,
      numeric({ minimum: 3, maximum: 5 }),
    ],
    ['below', text('<IsNumeric minValue="-3"/>'), '-3.5', false, numeric({ minimum: -3 })],
    ['blank passes maxLength', text('<Length maxLength="3"/>'), '', false, []],
    ['minLength makes required', text('<Length minLength="2"/>'), '', false, required],
    ['minLength 0 too', text('<Length minLength="0"/>'), '', false, required],
    ['as short as allowed', text('<Length minLength="2" maxLength="3"/>'), 'ab', false, []],
    ['as long as allowed', text('<Length minLength="2" maxLength="3"/>'), 'abc', false, []],
    ['white space counts', text('<Length minLength="2"/>'), ' a', false, []],
    ['too short', text('<Length minLength="2"/>'), 'a', false, length({ minimum: 2 })],
    [
      'too long',
      text('<Length minLength="2" maxLength="3"/>'),
      'abcd',
      false,
      length({ minimum: 2, maximum: 3 }),
    ],
    ['code points count', text('<Length maxLength="2"/>'), '😀😀', false, []],
    ['the end of a line is one character', text('<Length maxLength="3"/>'), 'a\r\nb', false, []],
    ['a pattern matches anywhere', text('<AnswerFormatRegex regex="\\d"/>'), 'a1b', false, []],
    ['a pattern', text('<AnswerFormatRegex regex="^\\d+$"/>'), '1a', false, format()],
    [
      'a pattern with a text',
      text('<AnswerFormatRegex regex="^\\d+$" errorText="Digits."/>'),
      'a',
      false,
      format('Digits.'),
    ],
    ['a pattern with a flag', text('<AnswerFormatRegex regex="^ab$" flags="i"/>'), 'AB', false, []],
    ['without the flag', text('<AnswerFormatRegex regex="^ab$"/>'), 'AB', false, format()],
    [
      'all patterns must match',
      text('<AnswerFormatRegex regex="a" errorText="A"/><AnswerFormatRegex regex="b" errorText="B"/>'),
      'x',
      false,
      [...format('A'), ...format('B')],
    ],
    [
      'a pattern holds for blank answers too',
      text('<AnswerFormatRegex regex="^\\d+$"/>'),
      '',
      false,
      format(),
    ],
    ['unless it allows them', text('<AnswerFormatRegex regex="^(|\\d+)$"/>'), '', false, []],
    [
      'all constraints together',
      text('<IsNumeric maxValue="9"/><Length maxLength="2"/><AnswerFormatRegex regex="^1"/>'),
      '234',
      false,
      [...numeric({ maximum: 9 }), ...length({ maximum: 2 }), ...format()],
    ],
    ['a pattern for the page alone', text('<AnswerFormatRegex regex="^(?=.*\\d).{3,}$"/>'), 'x', false, []],
  ])('%s', async (_, answer, given, isRequired, expected) => {
    expect(await problems(answer, given, isRequired)).toEqual(expected)
  })
})

describe('selections [questions 2.6]', () => {
  function choice(counts: string, other?: string): string {
    const options = ['a', 'b', 'c'].map(
      (identifier) =>
        `<Selection><SelectionIdentifier>${identifier}</SelectionIdentifier><Text>x</Text></Selection>`,
    )
    const last = other === undefined ? '' : `<OtherSelection>${other}</OtherSelection>`
    return `<SelectionAnswer>${counts}<Selections>${options.join('')}${last}</Selections></SelectionAnswer>`
  }
  const twoToThree = '<MinSelectionCount>2</MinSelectionCount><MaxSelectionCount>3</MaxSelectionCount>'
  const count = (minimum: number, maximum: number) => [{ kind: 'SelectionCount', minimum, maximum }]
  const digits = '<Constraints><IsNumeric/></Constraints>'

  test.each<[string, string, FormAnswer | undefined, boolean, object[]]>([
    ['one of one', choice(''), ['a'], true, []],
    ['two where one is allowed', choice(''), ['a', 'b'], false, count(1, 1)],
    ['nothing, not required, although the minimum is 1', choice(''), [], false, []],
    ['nothing, not required, although the minimum is 2', choice(twoToThree), undefined, false, []],
    ['nothing, required', choice(''), [], true, required],
    ['nothing, required, minimum 0', choice('<MinSelectionCount>0</MinSelectionCount>'), [], true, required],
    ['too few', choice(twoToThree), ['a'], false, count(2, 3)],
    ['as few as allowed', choice(twoToThree), ['a', 'b'], false, []],
    ['as many as allowed', choice(twoToThree), ['a', 'b', 'c'], false, []],
    ['other text alone', choice('', ''), { selections: [], other: 'x' }, true, []],
    ['other text counts as one', choice('', ''), { selections: ['a'], other: 'x' }, false, count(1, 1)],
    ['and helps to reach the minimum', choice(twoToThree, ''), { selections: ['a'], other: 'x' }, false, []],
    ['blank other text counts nothing', choice('', ''), { selections: ['a'], other: '' }, true, []],
    [
      'other text has constraints of its own',
      choice('', digits),
      { selections: [], other: 'x' },
      false,
      [{ kind: 'Numeric', other: true }],
    ],
    ['which hold for nothing when there is none', choice('', digits), { selections: ['a'] }, false, []],
  ])('%s', async (_, answer, given, isRequired, expected) => {
    expect(await problems(answer, given, isRequired)).toEqual(expected)
  })
})

describe('files [questions 2.7]', () => {
  const file =
    '<FileUploadAnswer><MaxFileSizeInBytes>9</MaxFileSizeInBytes><MinFileSizeInBytes>2</MinFileSizeInBytes></FileUploadAnswer>'
  const size = [{ kind: 'FileSize', minimum: 2, maximum: 9 }]

  test.each<[string, number | undefined, boolean, object[]]>([
    ['none, not required', undefined, false, []],
    ['none, required', undefined, true, required],
    ['too small', 1, false, size],
    ['as small as allowed', 2, true, []],
    ['as large as allowed', 9, true, []],
    ['too large', 10, true, size],
  ])('%s', async (_, bytes, isRequired, expected) => {
    const given = bytes === undefined ? undefined : { fileKey: 'k', size: bytes }
    expect(await problems(file, given, isRequired)).toEqual(expected)
  })
})
