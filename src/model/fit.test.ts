import { describe, expect, test } from 'vitest'
import { fit } from './fit.ts'
import { HIT, QualificationRequirement, QualificationRequirementList } from './shapes.ts'

const whole = {
  QualificationTypeId: '00000000000000000071',
  Comparator: 'In',
  LocaleValues: [{ Country: 'US', Subdivision: 'CA' }],
  RequiredToPreview: true,
}

describe('what of foreign JSON an answer of the API can hold [hits 12.0]', () => {
  test.each<[string, unknown, unknown]>([
    ['a whole one', [whole], [whole]],
    ['members that the API does not know', [{ ...whole, Extra: [[1]] }], [whole]],
    [
      'numbers that are none',
      [{ ...whole, IntegerValues: [7, 1.5, 1e30, '8'] }],
      [{ ...whole, IntegerValues: [7] }],
    ],
    ['a text where a list belongs', [{ ...whole, IntegerValues: 'abc' }], [whole]],
    [
      'a place without its country',
      [{ ...whole, LocaleValues: [{ Subdivision: 'CA' }, 5] }],
      [{ ...whole, LocaleValues: [] }],
    ],
    [
      'a truth that is a text',
      [{ ...whole, RequiredToPreview: 'yes' }],
      [{ ...whole, RequiredToPreview: undefined }],
    ],
    ['one without its type', [{ Comparator: 'Exists' }, null, whole], [whole]],
    ['no list at all', { a: 1 }, undefined],
  ])('%s', (_, told, expected) => {
    expect(fit(QualificationRequirementList, told)).toEqual(expected)
  })

  test('a structure that lacks what it needs, and a time that is none', () => {
    expect(fit(QualificationRequirement, 'text')).toBeUndefined()
    expect(fit(HIT, { CreationTime: 'today', Expiration: 5 })).toEqual({ Expiration: 5 })
  })
})
