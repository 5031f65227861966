import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isFault } from '../fault.ts'
import { readAnswers } from './read-answers.ts'
import { writeAnswers, type Answer } from './answers.ts'
import { ANSWER_KEY } from './namespaces.ts'
import { parseAnswerKey, type AnswerKey, type ValueMapping } from './parse-answer-key.ts'
import { scoreOf, summedScore } from './score.ts'

const option = (score: number, ...selections: string[]) => ({ selections, score })
const questions: AnswerKey['questions'] = [
  { identifier: 'Q1', options: [option(10, 'a'), option(4, 'b')], defaultScore: 0 },
  { identifier: 'Q2', options: [option(20, 'x', 'y')], defaultScore: -5 },
  { identifier: 'Q3', options: [option(5, 'yes')], defaultScore: 0 },
]
const selected = (identifier: string, ...selections: string[]): Answer => ({
  kind: 'Selection',
  identifier,
  selections,
})
const answersOf = (q1: string[], q2: string[], q3: string[]) => [
  selected('Q1', ...q1),
  selected('Q2', ...q2),
  selected('Q3', ...q3),
]
const percentage = (maximumSummedScore: number): ValueMapping => ({
  kind: 'PercentageMapping',
  maximumSummedScore,
})
const scale = (summedScoreMultiplier: number): ValueMapping => ({
  kind: 'ScaleMapping',
  summedScoreMultiplier,
})

describe('the worked examples [questions 10.3]', () => {
  const rows = [
    { answers: answersOf(['a'], ['x', 'y'], ['yes']), sum: 35n },
    { answers: answersOf(['b'], ['x'], ['yes']), sum: 4n },
    { answers: answersOf(['c'], ['x', 'y', 'z'], []), sum: -5n },
    { answers: answersOf(['a'], ['y', 'x'], ['no']), sum: 30n },
  ]
  test.each(rows)('sum $sum', ({ answers, sum }) => {
    expect(summedScore({ questions }, answers)).toBe(sum)
  })

  const ranges: ValueMapping = {
    kind: 'RangeMapping',
    ranges: [
      { lower: 0, upper: 9, value: 1 },
      { lower: 10, upper: 29, value: 2 },
      { lower: 30, upper: 35, value: 3 },
    ],
    outOfRangeValue: 0,
  }
  test.each<[string, ValueMapping | undefined, number[]]>([
    ['none', undefined, [35, 4, -5, 30]],
    ['percentage, maximum 35', percentage(35), [100, 11, -14, 86]],
    ['percentage, maximum 30', percentage(30), [117, 13, -17, 100]],
    ['scale 0.5', scale(0.5), [18, 2, -2, 15]],
    ['ranges', ranges, [3, 1, 0, 3]],
  ])('mapping: %s', (_, mapping, values) => {
    const key = mapping === undefined ? { questions } : { questions, mapping }
    expect(rows.map(({ answers }) => scoreOf(key, answers))).toEqual(values)
  })
})

describe('what earns the score of an option [questions 10.2]', () => {
  const sum = (...answers: Answer[]) => Number(summedScore({ questions: [questions[1]!] }, answers))
  test.each<[string, Answer[], number]>([
    ['exactly what is named, in any order', [selected('Q2', 'y', 'x')], 20],
    ['a part of it does not', [selected('Q2', 'x')], -5],
    ['more than it does not', [selected('Q2', 'x', 'y', 'z')], -5],
    ['nothing chosen earns the default score', [selected('Q2')], -5],
    ['nor does a question that was not answered', [], -5],
    [
      'text beside it is a choice that no key names',
      [{ ...selected('Q2', 'x', 'y'), other: 'w' } as Answer],
      -5,
    ],
    ['an empty text beside it is none', [{ ...selected('Q2', 'x', 'y'), other: '' } as Answer], 20],
    ['free text', [{ kind: 'FreeText', identifier: 'Q2', text: 'x' }], -5],
    ['answers to questions that the key does not have add nothing', [selected('Q9', 'x', 'y')], -5],
  ])('%s', (_, answers, expected) => {
    expect(sum(...answers)).toBe(expected)
  })

  test('of options that name the same the first counts', () => {
    const twice = [{ identifier: 'q', options: [option(1, 'a', 'b'), option(2, 'b', 'a')], defaultScore: 0 }]
    expect(scoreOf({ questions: twice }, [selected('q', 'a', 'b')])).toBe(1)
  })

  test('an option that names a selection twice names it once', () => {
    const twice = [{ identifier: 'q', options: [option(7, 'a', 'a')], defaultScore: 0 }]
    expect(scoreOf({ questions: twice }, [selected('q', 'a')])).toBe(7)
  })

  test('of ranges that overlap the first counts, bounds included', () => {
    const mapping: ValueMapping = {
      kind: 'RangeMapping',
      ranges: [
        { lower: 0, upper: 5, value: 1 },
        { lower: 5, upper: 9, value: 2 },
      ],
      outOfRangeValue: -1,
    }
    const value = (score: number) =>
      scoreOf({ questions: [{ identifier: 'q', options: [option(score, 'a')], defaultScore: 0 }], mapping }, [
        selected('q', 'a'),
      ])
    expect([-1, 0, 5, 6, 9, 10].map(value)).toEqual([-1, 1, 1, 2, 2, -1])
  })
})

/** The value of a test that earns `sum`. */
const mapped = (sum: number, mapping: ValueMapping) =>
  scoreOf({ questions: [{ identifier: 'q', options: [option(sum, 'a')], defaultScore: 0 }], mapping }, [
    selected('q', 'a'),
  ])

describe('rounding: to the nearest, halves up, exactly [questions 10.2]', () => {
  test.each<[number, ValueMapping, number]>([
    [1, percentage(200), 1],
    [-1, percentage(200), 0],
    [1, percentage(201), 0],
    [3, percentage(200), 2],
    [-3, percentage(200), -1],
    [1, percentage(-200), 0],
    [-1, percentage(-200), 1],
    [5, percentage(0), 0],
    [0, percentage(0), 0],
    [7, scale(0), 0],
    [7, scale(1), 7],
    // In doubles 1.005 × 100 is 100.49999999999999 and 0.285 × 1000 less than 285.
    [100, scale(1.005), 101],
    [10, scale(0.35), 4],
    [-10, scale(0.35), -3],
    [15, scale(0.1), 2],
    [25, scale(-0.1), -2],
    [35, scale(1e-7), 0],
    [3, scale(2e2), 600],
    [3, scale(5e-324), 0],
  ])('%j with %j is %i', (sum, mapping, value) => {
    expect(mapped(sum, mapping)).toBe(value)
  })

  test('what does not fit into an Integer is the nearest one', () => {
    const most = 2 ** 31 - 1
    expect(mapped(most, scale(1.7976931348623157e308))).toBe(most)
    expect(mapped(-2, scale(1e300))).toBe(-(2 ** 31))
    expect(mapped(-(2 ** 31), percentage(1))).toBe(-(2 ** 31))
    expect(mapped(-1, scale(Number.POSITIVE_INFINITY))).toBe(-(2 ** 31))
    expect(mapped(1, scale(Number.POSITIVE_INFINITY))).toBe(most)
    expect(mapped(-1, scale(Number.NEGATIVE_INFINITY))).toBe(most)
    expect(mapped(1, scale(Number.NaN))).toBe(0)
    const many = Array.from({ length: 3 }, (_, i) => ({
      identifier: `q${i}`,
      options: [option(most, 'a')],
      defaultScore: 0,
    }))
    const all = many.map(({ identifier }) => selected(identifier, 'a'))
    expect(summedScore({ questions: many }, all)).toBe(3n * BigInt(most))
    expect(scoreOf({ questions: many }, all)).toBe(most)
  })

  test('percentages of any numbers are what Math.round would make of exact quotients', () => {
    const int = fc.integer({ min: -(10 ** 6), max: 10 ** 6 })
    fc.assert(
      fc.property(int, int, (sum, maximum) => {
        const value = mapped(sum, percentage(maximum))
        if (maximum === 0) return value === 0
        // value - 1/2 <= 100 sum / maximum < value + 1/2, in whole numbers.
        const sign = Math.sign(maximum)
        const twice = 200 * sum * sign
        const size = Math.abs(maximum)
        return (2 * value - 1) * size <= twice && twice < (2 * value + 1) * size
      }),
    )
  })
})

test('a key and answers as they are written and read score the same [questions 10.1, 12.6]', async () => {
  const key = await parseAnswerKey(
    `<AnswerKey xmlns="${ANSWER_KEY}"><Question><QuestionIdentifier>primes</QuestionIdentifier>` +
      '<AnswerOption><SelectionIdentifier>two</SelectionIdentifier><SelectionIdentifier>seven</SelectionIdentifier><AnswerScore>12</AnswerScore></AnswerOption>' +
      '<AnswerOption><SelectionIdentifier>seven</SelectionIdentifier><AnswerScore>5</AnswerScore></AnswerOption><DefaultScore>-3</DefaultScore></Question>' +
      '<QualificationValueMapping><PercentageMapping><MaximumSummedScore>12</MaximumSummedScore></PercentageMapping></QualificationValueMapping></AnswerKey>',
  )
  if (isFault(key)) throw new Error(key.fault)
  const value = (...selections: string[]) =>
    scoreOf(key, readAnswers(writeAnswers([selected('primes', ...selections)])))
  expect([value('seven', 'two'), value('seven'), value('two'), value()]).toEqual([100, 42, -25, -25])
})
