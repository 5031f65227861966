// What cannot be required of workers: the error is the service's own, the first in its order, and no table holds a row
// more than before [qualifications 4.5, hits 11.6].
import { beforeAll, expect, test } from 'vitest'
import type { OperationName } from '../../src/model/operations.ts'
import type { Laboratory } from '../support/journey.ts'
import { makeTypes, type Types } from '../support/kinds-of-types.ts'
import { aHIT, type Refusal } from '../support/market.ts'
import { refused } from '../support/refusals.ts'
import { ofType, refusedWhole } from '../support/refused-whole.ts'
import { onBothWireServers } from '../support/wire-server.ts'
import type { Requirement } from '../support/viewer.ts'

type Expected = Refusal | Partial<Refusal>

const locale = '00000000000000000071'
const adult = '00000000000000000060'
const masters = '2F1QJWKUDD8XADTFD2Q0G6UTO95ALH'
const approved = '00000000000000000040'

const places = (...names: string[]) =>
  names.map((name) => {
    const [Country = '', Subdivision] = name.split('/')
    return Subdivision === undefined ? { Country } : { Country, Subdivision }
  })
const many = (count: number) => Array.from({ length: count }, (_, index) => index)
const us = (count: number) => places(...many(count).map(() => 'US'))
const mustBeNull = (member: string, value: string, comparator: string) =>
  refused.value(member, value, `${member} must be null when used with the ${comparator} comparator.`)
const notActive = refused.qualificationState('QualificationType', 'Active')

/** A requirement of the active type. */
const on =
  (Comparator: Requirement['Comparator'], more: object = {}) =>
  ({ active }: Types) => [{ QualificationTypeId: active, Comparator, ...more }]
const at =
  (QualificationTypeId: string, Comparator: Requirement['Comparator'], more: object = {}) =>
  () => [{ QualificationTypeId, Comparator, ...more }]
const kind = (which: keyof Types) => (types: Types) => [
  { QualificationTypeId: types[which], Comparator: 'Exists' },
]

const requirements: [string, (types: Types) => object[], Expected][] = [
  ['an unknown type', at('3UNKNOWN', 'Exists'), refused.noQualificationType],
  ['a type without an id', at('', 'Exists'), refused.noQualificationType],
  ['an id of 256 characters', at('3'.repeat(256), 'Exists'), refused.tooLong('QualificationTypeId', 255)],
  ['a control character', at('3\u0000', 'Exists'), refused.value('QualificationTypeId', '3\u0000')],
  ['a type that is gone', kind('gone'), refused.noQualificationType],
  ['a type that waits for its end', kind('waiting'), notActive],
  ['an inactive type', kind('inactive'), notActive],
  [
    'eleven',
    (types) => many(11).flatMap(() => on('Exists')(types)),
    refused.tooLong('QualificationRequirements', 10),
  ],
  [
    'eleven unknown types',
    () => many(11).flatMap(() => at('3UNKNOWN', 'Exists')()),
    refused.tooLong('QualificationRequirements', 10),
  ],
  [
    'a place for an unknown type: values first',
    at('3UNKNOWN', 'EqualTo', { LocaleValues: places('IT') }),
    mustBeNull('LocaleValue', 'IT', 'EqualTo'),
  ],
  [
    'two places',
    at(locale, 'EqualTo', { LocaleValues: places('US', 'CA') }),
    mustBeNull('LocaleValue', 'US,CA', 'EqualTo'),
  ],
  [
    'two places',
    at(locale, 'NotEqualTo', { LocaleValues: places('US', 'CA') }),
    mustBeNull('LocaleValue', 'US,CA', 'NotEqualTo'),
  ],
  [
    'a place that exists',
    at(locale, 'Exists', { LocaleValues: places('US') }),
    mustBeNull('LocaleValue', 'US', 'Exists'),
  ],
  [
    'a place that does not',
    at(locale, 'DoesNotExist', { LocaleValues: places('US') }),
    mustBeNull('LocaleValue', 'US', 'DoesNotExist'),
  ],
  [
    'less than a place',
    at(locale, 'LessThan', { LocaleValues: places('US') }),
    mustBeNull('LocaleValue', 'US', 'LessThan'),
  ],
  ['an order of no places', at(locale, 'GreaterThanOrEqualTo'), refused.value('LocaleValue', '')],
  ['no place', at(locale, 'EqualTo'), refused.value('LocaleValue', '')],
  ['an empty list of places', at(locale, 'In', { LocaleValues: [] }), refused.value('LocaleValue', '')],
  [
    '31 places',
    at(locale, 'NotIn', { LocaleValues: us(31) }),
    refused.value(
      'LocaleValue',
      us(31)
        .map(() => 'US')
        .join(','),
    ),
  ],
  ['a number for a place', at(locale, 'EqualTo', { IntegerValues: [1] }), refused.value('LocaleValue', '')],
  [
    'a number beside a place',
    at(locale, 'EqualTo', { IntegerValues: [1], LocaleValues: places('US') }),
    mustBeNull('IntegerValue', '1', 'EqualTo'),
  ],
  [
    'a place beside a number',
    on('EqualTo', { IntegerValues: [1], LocaleValues: places('US') }),
    mustBeNull('LocaleValue', 'US', 'EqualTo'),
  ],
  [
    'a place for Masters',
    at(masters, 'In', { LocaleValues: places('US') }),
    mustBeNull('LocaleValue', 'US', 'In'),
  ],
  ['Masters without a number', at(masters, 'GreaterThan'), refused.value('IntegerValue', '')],
  [
    'Masters exist, with a number',
    at(masters, 'Exists', { IntegerValues: [1] }),
    mustBeNull('IntegerValue', '1', 'Exists'),
  ],
  ['an adult without a number', at(adult, 'EqualTo'), refused.value('IntegerValue', '')],
  [
    'no adult, with a number',
    at(adult, 'DoesNotExist', { IntegerValues: [1] }),
    mustBeNull('IntegerValue', '1', 'DoesNotExist'),
  ],
  [
    'two numbers',
    at(approved, 'GreaterThan', { IntegerValues: [1, 2] }),
    refused.value('IntegerValue', '1,2'),
  ],
  ['the same number twice', on('EqualTo', { IntegerValues: [1, 1] }), refused.value('IntegerValue', '1,1')],
  ['16 numbers', on('In', { IntegerValues: many(16) }), refused.value('IntegerValue', many(16).join(','))],
  [
    '16 times the same',
    on('NotIn', { IntegerValues: many(16).map(() => 7) }),
    refused.value(
      'IntegerValue',
      many(16)
        .map(() => 7)
        .join(','),
    ),
  ],
  ['no numbers', on('NotIn', { IntegerValues: [] }), refused.value('IntegerValue', '')],
  [
    'a right one, then a wrong one',
    (types) => [...on('Exists')(types), ...on('In')(types)],
    refused.value('IntegerValue', ''),
  ],
  [
    'two wrong ones: the first is told',
    (types) => [...on('LessThan')(types), ...at(locale, 'In')()],
    refused.value('IntegerValue', ''),
  ],
  [
    'a right one, then an unknown one',
    (types) => [...on('Exists')(types), ...at('3UNKNOWN', 'Exists')()],
    refused.noQualificationType,
  ],
  [
    'an unknown one after an inactive one: existence first',
    (types) => [...kind('inactive')(types), ...at('3UNKNOWN', 'Exists')()],
    refused.noQualificationType,
  ],
  ['another comparator', on('Between' as never), ofType('ValidationException')],
  ['another action', on('Exists', { ActionsGuarded: 'Discover' }), ofType('ValidationException')],
  ['no comparator', ({ active }) => [{ QualificationTypeId: active }], ofType('ValidationException')],
  ['a number beyond 32 bits', on('EqualTo', { IntegerValues: [2 ** 31] }), ofType('SerializationException')],
  ['a number with a fraction', on('EqualTo', { IntegerValues: [1.5] }), ofType('SerializationException')],
]

/** Places that nobody lives in, and the words of the refusal. */
const noPlaces: [string, string][] = [
  ['us', 'us'],
  ['Us', 'Us'],
  ['U1', 'U1'],
  ['ÜS', 'ÜS'],
  ['  ', '  '],
  ['US/ca', 'US-ca'],
  ['US/ZZ', 'US-ZZ'],
  ['US/06', 'US-06'],
  ['GB/CA', 'GB-CA'],
  ['CA/ON', 'CA-ON'],
]

onBothWireServers('bad requirements', (server) => {
  let lab: Laboratory
  let types: Types
  beforeAll(async () => {
    ;({ lab, types } = await makeTypes(server()))
  })
  const refuse = (operation: OperationName, input: object, expected: Expected) =>
    refusedWhole(server(), lab, operation, input, expected)
  const hitType = () => {
    const { LifetimeInSeconds: _, Question: __, ...properties } = aHIT()
    return properties
  }
  const refuseRequirements = async (QualificationRequirements: object[], expected: Expected) => {
    await refuse('CreateHIT', { ...aHIT(), QualificationRequirements }, expected)
    await refuse('CreateHITType', { ...hitType(), QualificationRequirements }, expected)
  }

  test.each(requirements)('required: %s [qualifications 4.1, 4.2, 4.5]', async (_, make, expected) => {
    await refuseRequirements(make(types), expected)
  })
  test.each(noPlaces)('required: the impossible place %j [qualifications 4.3]', async (place, told) => {
    for (const Comparator of ['EqualTo', 'NotEqualTo', 'In', 'NotIn'] as const)
      await refuseRequirements(
        at(locale, Comparator, { LocaleValues: places(place) })(),
        refused.value('LocaleValue', told),
      )
  })
  test.each(['', 'U', 'USA', 'US/', 'US/C', 'US/CAL'])(
    'required: the place %j is of no length that the model knows [hits 11.4]',
    async (place) => {
      const requirement = at(locale, 'In', { LocaleValues: places(place) })()
      await refuseRequirements(requirement, ofType('ValidationException'))
    },
  )

  test('what is at the bounds is taken [qualifications 4.1, 4.2]', async () => {
    const ten = [
      ...on('In', { IntegerValues: many(15) })(types),
      ...on('NotIn', { IntegerValues: many(15).map(() => -(2 ** 31)) })(types),
      ...on('EqualTo', { IntegerValues: [2 ** 31 - 1] })(types),
      ...at(locale, 'In', { LocaleValues: us(30) })(),
      ...at(locale, 'EqualTo', { LocaleValues: places('US/DC') })(),
      ...at(masters, 'GreaterThan', { IntegerValues: [0] })(),
      ...at(adult, 'EqualTo', { IntegerValues: [1] })(),
      ...at(approved, 'Exists')(),
      ...kind('foreign')(types),
      ...kind('tested')(types),
    ]
    const { QualificationRequirements } = await lab.create({
      QualificationRequirements: ten as Requirement[],
    })
    expect(QualificationRequirements).toMatchObject(ten)
  })
})
