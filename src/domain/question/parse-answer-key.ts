// The AnswerKey of a Qualification type, as values that scoring can use.

import { isFault, type Fault } from '../fault.ts'
import { ANSWER_KEY } from './namespaces.ts'
import { readParameter } from './parse-question.ts'
import { answerKeySchema } from './schemas/answer-key.ts'
import type { Schemas, XMLElement } from './xml.ts'

export interface AnswerKey {
  questions: KeyQuestion[]
  mapping?: ValueMapping
}

export interface KeyQuestion {
  identifier: string
  options: { selections: string[]; score: number }[]
  defaultScore: number
}

export type ValueMapping =
  | { kind: 'PercentageMapping'; maximumSummedScore: number }
  | { kind: 'ScaleMapping'; summedScoreMultiplier: number }
  | {
      kind: 'RangeMapping'
      ranges: { lower: number; upper: number; value: number }[]
      outOfRangeValue: number
    }

const SCHEMAS: Schemas = new Map([[`{${ANSWER_KEY}}AnswerKey`, answerKeySchema]])

/** Reads an AnswerKey. Faults: ParameterTooShort, ParameterTooLong, XMLParseError, all on `AnswerKey` [questions 10.1]. */
export async function parseAnswerKey(text: string): Promise<AnswerKey | Fault> {
  const root = await readParameter('AnswerKey', text, SCHEMAS)
  if (isFault(root)) return root
  const key: AnswerKey = { questions: all(root, 'Question').map(keyQuestion) }
  const [mapping] = all(root, 'QualificationValueMapping').flatMap(elements)
  if (mapping) key.mapping = valueMapping(mapping)
  return key
}

function keyQuestion(element: XMLElement): KeyQuestion {
  return {
    identifier: all(element, 'QuestionIdentifier')[0]?.text ?? '',
    options: all(element, 'AnswerOption').map((option) => ({
      selections: all(option, 'SelectionIdentifier').map(({ text }) => text),
      score: number(option, 'AnswerScore'),
    })),
    defaultScore: number(element, 'DefaultScore'),
  }
}

function valueMapping(element: XMLElement): ValueMapping {
  switch (element.name) {
    case 'PercentageMapping':
      return { kind: 'PercentageMapping', maximumSummedScore: number(element, 'MaximumSummedScore') }
    case 'ScaleMapping':
      return { kind: 'ScaleMapping', summedScoreMultiplier: number(element, 'SummedScoreMultiplier') }
    default:
      return {
        kind: 'RangeMapping',
        ranges: all(element, 'SummedScoreRange').map((range) => ({
          lower: number(range, 'InclusiveLowerBound'),
          upper: number(range, 'InclusiveUpperBound'),
          value: number(range, 'QualificationValue'),
        })),
        outOfRangeValue: number(element, 'OutOfRangeQualificationValue'),
      }
  }
}

function elements(element: XMLElement): XMLElement[] {
  return element.children.filter((child) => typeof child !== 'string')
}

function all(element: XMLElement, name: string): XMLElement[] {
  return elements(element).filter((child) => child.name === name)
}

/** The number in a child; 0 when it is absent. `INF` and `NaN` are doubles of XML Schema. */
function number(element: XMLElement, name: string): number {
  const text = all(element, name)[0]?.text.trim() ?? '0'
  return Number(text.replace('INF', 'Infinity'))
}
