import { describe, expect, it } from 'vitest'
import { ANSWER_KEY } from './namespaces.ts'
import { parseAnswerKey } from './parse-answer-key.ts'

const key = (inside: string) => `<AnswerKey xmlns="${ANSWER_KEY}">${inside}</AnswerKey>`
const question = (options: string) =>
  `<Question><QuestionIdentifier>q</QuestionIdentifier>${options}</Question>`
const option = (score: string, ...selections: string[]) =>
  `<AnswerOption>${selections.map((selection) => `<SelectionIdentifier>${selection}</SelectionIdentifier>`).join('')}<AnswerScore>${score}</AnswerScore></AnswerOption>`
const mapping = (inside: string) => `<QualificationValueMapping>${inside}</QualificationValueMapping>`
const range = (lower: number, upper: number, value: number) =>
  `<SummedScoreRange><InclusiveLowerBound>${lower}</InclusiveLowerBound><InclusiveUpperBound>${upper}</InclusiveUpperBound><QualificationValue>${value}</QualificationValue></SummedScoreRange>`

const plain = question(option('1', 'oslo'))
const questions = [{ identifier: 'q', options: [{ selections: ['oslo'], score: 1 }], defaultScore: 0 }]

describe('answer keys [questions 10.1, 12.6]', () => {
  it.each<[string, string, object]>([
    ['without a mapping', key(plain), { questions }],
    [
      'several options and a default score',
      key(question(`${option('12', 'two', 'seven')}${option('5', 'seven')}<DefaultScore>-3</DefaultScore>`)),
      {
        questions: [
          {
            identifier: 'q',
            options: [
              { selections: ['two', 'seven'], score: 12 },
              { selections: ['seven'], score: 5 },
            ],
            defaultScore: -3,
          },
        ],
      },
    ],
    [
      'percentage',
      key(
        plain + mapping('<PercentageMapping><MaximumSummedScore>12</MaximumSummedScore></PercentageMapping>'),
      ),
      { questions, mapping: { kind: 'PercentageMapping', maximumSummedScore: 12 } },
    ],
    [
      'scale',
      key(
        plain + mapping('<ScaleMapping><SummedScoreMultiplier> 5e-1 </SummedScoreMultiplier></ScaleMapping>'),
      ),
      { questions, mapping: { kind: 'ScaleMapping', summedScoreMultiplier: 0.5 } },
    ],
    [
      'ranges',
      key(
        plain +
          mapping(
            `<RangeMapping>${range(0, 3, 10)}${range(4, 6, 20)}<OutOfRangeQualificationValue>-1</OutOfRangeQualificationValue></RangeMapping>`,
          ),
      ),
      {
        questions,
        mapping: {
          kind: 'RangeMapping',
          ranges: [
            { lower: 0, upper: 3, value: 10 },
            { lower: 4, upper: 6, value: 20 },
          ],
          outOfRangeValue: -1,
        },
      },
    ],
  ])('%s', async (_, text, expected) => {
    expect(await parseAnswerKey(text)).toEqual(expected)
  })

  it.each([
    ['.5', 0.5],
    ['+1.5E2', 150],
    ['-0.1', -0.1],
    ['INF', Number.POSITIVE_INFINITY],
    ['-INF', Number.NEGATIVE_INFINITY],
    ['NaN', Number.NaN],
  ])('the multiplier %s is the double %d of XML Schema', async (text, summedScoreMultiplier) => {
    const scale = `<ScaleMapping><SummedScoreMultiplier>${text}</SummedScoreMultiplier></ScaleMapping>`
    expect(await parseAnswerKey(key(plain + mapping(scale)))).toMatchObject({
      mapping: { kind: 'ScaleMapping', summedScoreMultiplier },
    })
  })

  it.each([
    ['no question', key('')],
    ['no option', key(question(''))],
    ['an option without selections', key(question(option('1')))],
    ['a score beyond 32 bits', key(question(option('2147483648', 'a')))],
    ['a mapping inside a question', key(question(option('1', 'a') + mapping('')))],
    ['an empty mapping', key(plain + mapping(''))],
    ['a mapping before the questions', key(mapping('<ScaleMapping/>') + plain)],
    ['another namespace', key(plain).replace('AnswerKey.xsd', 'QuestionForm.xsd')],
  ])('refuses %s', async (_, text) => {
    expect(await parseAnswerKey(text)).toMatchObject({ fault: 'XMLParseError', parameter: 'AnswerKey' })
  })

  it('refuses an empty value and one that is too long [questions 1]', async () => {
    expect(await parseAnswerKey('')).toEqual({ fault: 'ParameterTooShort', parameter: 'AnswerKey' })
    expect(await parseAnswerKey(' '.repeat(65_536))).toHaveProperty('fault', 'ParameterTooLong')
  })
})
