import { describe, expect, test } from 'vitest'
import { canonicalTuple, type HITTypeProperties } from './hit-type.ts'
import { cents, parseDollars } from './money.ts'
import type { QualificationRequirement } from './qualification.ts'

const adult: QualificationRequirement = {
  qualificationTypeId: '00000000000000000060',
  comparator: 'EqualTo',
  integerValues: [1],
  actionsGuarded: 'Accept',
}
const inUS: QualificationRequirement = {
  qualificationTypeId: '00000000000000000071',
  comparator: 'In',
  localeValues: [{ country: 'US', subdivision: 'WA' }, { country: 'GB' }],
  actionsGuarded: 'Accept',
}
const base: HITTypeProperties = {
  title: 'Title',
  description: 'Description',
  keywords: 'a, b',
  reward: cents(50),
  duration: 60,
  approvalDelay: 2_592_000,
  requirements: [adult, inUS],
}

describe('equality of HIT types [hits 5.10]', () => {
  test.for([
    ['the same', {}],
    ['0.5 and 0.50', { reward: parseDollars('0.5')! }],
    ['requirements in another order', { requirements: [inUS, adult] }],
    ['values left out and absent', { requirements: [{ ...adult, localeValues: undefined }, inUS] }],
  ] as [string, Partial<HITTypeProperties>][])('equal: %s', ([, changes]) => {
    expect(canonicalTuple({ ...base, ...changes })).toBe(canonicalTuple(base))
  })

  test.for([
    ['title', { title: 'title' }],
    ['space in a description', { description: 'Description ' }],
    ['no keywords', { keywords: undefined }],
    ['empty keywords', { keywords: '' }],
    ['reward', { reward: cents(51) }],
    ['duration', { duration: 61 }],
    ['delay', { approvalDelay: 0 }],
    ['a requirement less', { requirements: [adult] }],
    ['a requirement twice', { requirements: [adult, adult, inUS] }],
    ['guarded actions', { requirements: [{ ...adult, actionsGuarded: 'PreviewAndAccept' }, inUS] }],
    ['integer values', { requirements: [{ ...adult, integerValues: [2] }, inUS] }],
    ['locales', { requirements: [adult, { ...inUS, localeValues: [{ country: 'US' }, { country: 'GB' }] }] }],
    ['title and description exchanged', { title: 'Description', description: 'Title' }],
  ] as [string, Partial<HITTypeProperties>][])('different: %s', ([, changes]) => {
    expect(canonicalTuple({ ...base, ...changes })).not.toBe(canonicalTuple(base))
  })

  test('no keywords differ from empty ones', () => {
    expect(canonicalTuple({ ...base, keywords: undefined })).not.toBe(
      canonicalTuple({ ...base, keywords: '' }),
    )
  })
})
