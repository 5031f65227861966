import { expect, test } from 'vitest'
import { answerSet, answerSets, answerText, answerTo, isSameAnswer } from './answer-sets.ts'
import { writeAnswers, type Answer } from './question/answers.ts'
import { readAnswers } from './question/read-answers.ts'

test.each([
  [['x', 'y'], ['y', 'x'], true],
  [['x'], ['x', 'y'], false],
  [['x', 'y'], ['x'], false],
  [['x', 'x'], ['x'], true],
  [['A,B'], ['A'], false],
  [['A'], ['A,B'], false],
  [['A,B'], ['A', 'B'], false],
  [['a|b'], ['a|b'], true],
  [['a|b'], ['a', 'b'], false],
  [['Blue'], ['blue'], false],
  [['Blue'], ['Blue.'], false],
  [[' Blue\n'], ['Blue'], true],
  [['light  blue'], ['light blue'], false],
  [[], [], true],
  [[], [''], true],
  [[' '], [], true],
  [['x'], [], false],
  [[], ['x'], false],
])('%j and %j are the same answer: %j [qualifications 6.2]', (one, other, same) => {
  expect(isSameAnswer(answerSet(one), answerSet(other))).toBe(same)
})

test('answers are read from the stored document, whatever their kind [qualifications 6.2]', () => {
  const answers: Answer[] = [
    { kind: 'FreeText', identifier: 'text', text: ' <ŝ & "b"> ' },
    { kind: 'FreeText', identifier: 'blank', text: '' },
    { kind: 'Selection', identifier: 'some', selections: ['b', 'a'] },
    { kind: 'Selection', identifier: 'other', selections: ['a'], other: 'more ' },
    { kind: 'Selection', identifier: 'none', selections: [] },
    { kind: 'File', identifier: 'file', fileKey: 'KEY', size: 3 },
  ]
  const sets = answerSets(readAnswers(writeAnswers(answers)))
  const read = (question: string) => [...answerTo(sets, question)]
  expect(read('text')).toEqual(['<ŝ & "b">'])
  expect(read('blank')).toEqual([])
  expect(read('some')).toEqual(['b', 'a'])
  expect(read('other')).toEqual(['a', 'more'])
  expect(read('none')).toEqual([])
  expect(read('file')).toEqual(['KEY'])
  expect(read('never asked')).toEqual([])
})

test('equal answers have one text [qualifications 8.3]', () => {
  expect(answerText(answerSet(['b', 'a']))).toBe('a|b')
  expect(answerText(answerSet([]))).toBe('')
})
