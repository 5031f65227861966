// Scoring of a Qualification test by its AnswerKey [questions 10.2]. The arithmetic is exact: a sum may be as long as
// a key allows and is only rounded once, at the end, so that 17.5 never turns out as 17.499….

import type { AnswerKey, KeyQuestion, ValueMapping } from './parse-answer-key.ts'
import type { Answer } from './answers.ts'

/** A value of the API is an Integer of 32 bits; what a mapping makes beyond that is the nearest one there is. */
const least = -(2n ** 31n)
const greatest = 2n ** 31n - 1n

/** The value that a worker's answers earn. Every value is granted: there is no pass mark [qualifications 2.2]. */
export function scoreOf(key: AnswerKey, answers: readonly Answer[]): number {
  const value = valueOf(summedScore(key, answers), key.mapping)
  if (value < least) return Number(least)
  return Number(value > greatest ? greatest : value)
}

/** The sum over the questions of the key; what the test asks beyond them adds nothing. */
export function summedScore(key: AnswerKey, answers: readonly Answer[]): bigint {
  const chosen = new Map(answers.map((answer) => [answer.identifier, chosenIn(answer)]))
  let sum = 0n
  for (const question of key.questions) sum += BigInt(scoreIn(question, chosen.get(question.identifier)))
  return sum
}

/** The identifiers that were chosen; undefined when something was written, which no key can name. */
function chosenIn(answer: Answer): ReadonlySet<string> | undefined {
  if (answer.kind !== 'Selection' || (answer.other ?? '') !== '') return undefined
  return new Set(answer.selections)
}

/** The score of the first option that names exactly what was chosen: a part of it counts nothing. */
function scoreIn(question: KeyQuestion, chosen: ReadonlySet<string> | undefined): number {
  if (chosen === undefined) return question.defaultScore
  const option = question.options.find(({ selections }) => {
    const named = new Set(selections)
    return named.size === chosen.size && [...named].every((selection) => chosen.has(selection))
  })
  return option?.score ?? question.defaultScore
}

function valueOf(sum: bigint, mapping: ValueMapping | undefined): bigint {
  switch (mapping?.kind) {
    case undefined:
      return sum
    case 'PercentageMapping': {
      const maximum = BigInt(mapping.maximumSummedScore)
      return maximum === 0n ? 0n : roundedQuotient(sum * 100n, maximum)
    }
    case 'ScaleMapping':
      return scaled(sum, mapping.summedScoreMultiplier)
    case 'RangeMapping': {
      const range = mapping.ranges.find(({ lower, upper }) => sum >= lower && sum <= upper)
      return BigInt(range?.value ?? mapping.outOfRangeValue)
    }
  }
}

/** The sum times the multiplier as it is written in decimals. `INF` and `NaN` are doubles of XML Schema too. */
function scaled(sum: bigint, multiplier: number): bigint {
  if (sum === 0n || Number.isNaN(multiplier)) return 0n
  if (!Number.isFinite(multiplier)) return sum > 0n === multiplier > 0 ? greatest : least
  const [digits = '', exponent = '0'] = multiplier.toExponential().split('e')
  const [whole = '', fraction = ''] = digits.split('.')
  const power = Number(exponent) - fraction.length
  const product = sum * BigInt(whole + fraction)
  return power >= 0 ? product * 10n ** BigInt(power) : roundedQuotient(product, 10n ** BigInt(-power))
}

/** The integer nearest to dividend / divisor; the greater one of two that are as near, as Math.round has it. */
function roundedQuotient(dividend: bigint, divisor: bigint): bigint {
  const [above, below] = divisor < 0n ? [-dividend, -divisor] : [dividend, divisor]
  // Adding a half and rounding down; BigInt rounds towards zero.
  const doubled = 2n * above + below
  const quotient = doubled / (2n * below)
  return doubled < 0n && doubled % (2n * below) !== 0n ? quotient - 1n : quotient
}
