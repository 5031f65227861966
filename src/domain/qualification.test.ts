import { describe, expect, test } from 'vitest'
import {
  checkRequirement,
  isMet,
  isPlace,
  isSystemType,
  mastersTypes,
  mayDo,
  needsMasters,
  systemType,
  systemValue,
  type Comparator,
  type GuardedActions,
  type Locale,
  type QualificationRequirement,
  type QualificationValue,
  type WorkerRecord,
} from './qualification.ts'

const custom = '3IUNFP8DKUS0R71E78UIQ0J2B48LJ3'

function integers(comparator: Comparator, ...integerValues: number[]): QualificationRequirement {
  return { qualificationTypeId: custom, comparator, integerValues, actionsGuarded: 'Accept' }
}

function locales(comparator: Comparator, ...places: string[]): QualificationRequirement {
  const localeValues = places.map((place): Locale => {
    const [country = '', subdivision] = place.split('/')
    return subdivision === undefined ? { country } : { country, subdivision }
  })
  return { qualificationTypeId: systemType.locale, comparator, localeValues, actionsGuarded: 'Accept' }
}

describe('comparators on numbers [qualifications 4.2]', () => {
  // Requirement, then the value below, at and above 5, and none.
  test.for([
    [integers('LessThan', 5), true, false, false, false],
    [integers('LessThanOrEqualTo', 5), true, true, false, false],
    [integers('GreaterThan', 5), false, false, true, false],
    [integers('GreaterThanOrEqualTo', 5), false, true, true, false],
    [integers('EqualTo', 5), false, true, false, false],
    [integers('NotEqualTo', 5), true, false, true, false],
    [integers('In', 4, 5), true, true, false, false],
    [integers('NotIn', 4, 5), false, false, true, false],
    [integers('Exists'), true, true, true, false],
    [integers('DoesNotExist'), false, false, false, true],
    [integers('LessThan', -1), false, false, false, false],
    [integers('GreaterThan', -1), true, true, true, false],
  ] as [QualificationRequirement, boolean, boolean, boolean, boolean][])('%o', ([requirement, ...wanted]) => {
    expect([4, 5, 6, undefined].map((value) => isMet(requirement, value))).toEqual(wanted)
  })
})

describe('places [qualifications 4.3]', () => {
  const workers: QualificationValue[] = [
    { country: 'US', subdivision: 'PA' },
    { country: 'US', subdivision: 'CA' },
    { country: 'US' },
    { country: 'IN' },
    { country: 'GB' },
    undefined,
  ]
  test.for([
    ['EqualTo US', locales('EqualTo', 'US'), 'yyynnn'],
    ['EqualTo US/PA', locales('EqualTo', 'US/PA'), 'ynnnnn'],
    ['NotEqualTo US/CA', locales('NotEqualTo', 'US/CA'), 'ynyyyn'],
    ['NotEqualTo US', locales('NotEqualTo', 'US'), 'nnnyyn'],
    ['In US/PA, GB', locales('In', 'US/PA', 'GB'), 'ynnnyn'],
    ['NotIn US/PA, GB', locales('NotIn', 'US/PA', 'GB'), 'nyyynn'],
    ['Exists', locales('Exists'), 'yyyyyn'],
    ['DoesNotExist', locales('DoesNotExist'), 'nnnnny'],
  ] as [string, QualificationRequirement, string][])('%s', ([, requirement, wanted]) => {
    expect(workers.map((worker) => (isMet(requirement, worker) ? 'y' : 'n')).join('')).toBe(wanted)
  })

  test.for([
    ['Exists', [], true],
    ['DoesNotExist', [], false],
    ['EqualTo', ['US'], false],
    ['NotEqualTo', ['US'], false],
    ['In', ['US', 'GB'], false],
    ['NotIn', ['US', 'GB'], false],
  ] as const)(
    'a worker whose place is not known has a Locale, of which nothing can be said: %s [qualifications 4.2]',
    ([comparator, places, wanted]) => {
      const value = systemValue({ ...newcomer, locale: undefined }, '00000000000000000071')
      expect(isMet(locales(comparator, ...places), value)).toBe(wanted)
    },
  )

  test.for([
    ['US', true],
    ['GB', true],
    ['US/PA', true],
    ['US/DC', true],
    ['US/PR', true],
    ['US/XX', false],
    ['US/pa', false],
    ['GB/PA', false],
    ['us', false],
    ['USA', false],
    ['', false],
    ['U1', false],
  ] as const)('%s is a place: %s', ([place, wanted]) => {
    expect(isPlace(locales('EqualTo', place).localeValues![0]!)).toBe(wanted)
  })
})

describe('guarded actions [qualifications 4.4]', () => {
  test.for([
    ['Accept', true, true, false],
    ['PreviewAndAccept', true, false, false],
    ['DiscoverPreviewAndAccept', false, false, false],
  ] as [GuardedActions, boolean, boolean, boolean][])('unmet %s', ([actionsGuarded, ...wanted]) => {
    const unmet = [{ ...integers('Exists'), actionsGuarded }]
    const met = [{ ...integers('DoesNotExist'), actionsGuarded }]
    const actions = ['discover', 'preview', 'accept'] as const
    expect(actions.map((action) => mayDo(action, unmet, () => undefined))).toEqual(wanted)
    expect(actions.map((action) => mayDo(action, met, () => undefined))).toEqual([true, true, true])
  })

  test('all requirements that guard an action must be met', () => {
    const range = [integers('GreaterThan', 1), integers('LessThan', 5)]
    expect([1, 2, 4, 5].map((value) => mayDo('accept', range, () => value))).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(mayDo('accept', [], () => undefined)).toBe(true)
    const mixed = [
      { ...integers('Exists'), actionsGuarded: 'Accept' as const },
      { ...integers('DoesNotExist'), actionsGuarded: 'DiscoverPreviewAndAccept' as const },
    ]
    expect(mayDo('preview', mixed, () => undefined)).toBe(true)
    expect(mayDo('accept', mixed, () => undefined)).toBe(false)
  })
})

const newcomer: WorkerRecord = {
  accepted: 0,
  returned: 0,
  abandoned: 0,
  submitted: 0,
  approved: 0,
  rejected: 0,
  masters: false,
  adult: false,
  locale: undefined,
}

describe('values that the system computes [qualifications 5]', () => {
  const old = {
    ...newcomer,
    accepted: 300,
    returned: 20,
    abandoned: 10,
    submitted: 270,
    approved: 199,
    rejected: 3,
  }
  test.for([
    ['approvedCount', newcomer, 0],
    ['approvedCount', old, 199],
    ['percentApproved', newcomer, 100],
    ['percentApproved', { ...old, submitted: 99, approved: 1, rejected: 98 }, 100],
    ['percentApproved', { ...old, submitted: 100, approved: 1, rejected: 98 }, 1],
    ['percentApproved', { ...old, submitted: 100, approved: 0, rejected: 0 }, 100],
    ['percentApproved', old, 98],
    ['percentApproved', { ...old, rejected: 0 }, 100],
    ['percentSubmitted', newcomer, 100],
    ['percentSubmitted', old, 90],
    ['percentAbandoned', newcomer, 0],
    ['percentAbandoned', old, 3],
    ['percentReturned', newcomer, 0],
    ['percentReturned', old, 6],
    ['percentRejected', newcomer, 0],
    ['percentRejected', old, 1],
    ['adult', newcomer, undefined],
    ['adult', { ...newcomer, adult: true }, 1],
    ['locale', { ...newcomer, locale: { country: 'GB' } }, { country: 'GB' }],
  ] as [keyof typeof systemType, WorkerRecord, QualificationValue][])('%s', ([name, record, wanted]) => {
    expect(systemValue(record, systemType[name])).toEqual(wanted)
  })

  test('both environments know all Masters, which are a matter of presence', () => {
    for (const id of ['2F1QJWKUDD8XADTFD2Q0G6UTO95ALH', '2ARFPLSP75KLA8M8DH1HTEQVJT3SY6', ...mastersTypes]) {
      expect(isSystemType(id)).toBe(true)
      expect(systemValue(newcomer, id)).toBeUndefined()
      expect(systemValue({ ...newcomer, masters: true }, id)).toBe(1)
    }
    expect(mastersTypes.size).toBe(6)
    expect(isSystemType(custom)).toBe(false)
    expect(systemValue(newcomer, custom)).toBeUndefined()
  })

  test.for([
    ['Exists', true],
    ['EqualTo', true],
    ['DoesNotExist', false],
  ] as [Comparator, boolean][])(
    'a Masters requirement %s raises the fee: %s [hits 9.1]',
    ([comparator, raises]) => {
      const requirement = { ...integers(comparator), qualificationTypeId: '2ARFPLSP75KLA8M8DH1HTEQVJT3SY6' }
      expect(needsMasters([integers('Exists'), requirement])).toBe(raises)
      expect(needsMasters([integers('Exists')])).toBe(false)
    },
  )
})

describe('errors on requirements [qualifications 4.2, 4.5]', () => {
  const mustBeNull = (parameter: string, value: string, comparator: string) => ({
    fault: 'InvalidParameterValue',
    parameter,
    value,
    explanation: `${parameter} must be null when used with the ${comparator} comparator.`,
  })
  const wrong = (parameter: string, value: string) => ({ fault: 'InvalidParameterValue', parameter, value })
  const at = (qualificationTypeId: string, requirement: QualificationRequirement) => ({
    ...requirement,
    qualificationTypeId,
  })
  const many = (count: number) => Array.from({ length: count }, (_, i) => i)
  const places = (count: number) => many(count).map(() => 'US')

  test.for([
    [
      'a place for another type',
      at(custom, locales('EqualTo', 'IT')),
      mustBeNull('LocaleValue', 'IT', 'EqualTo'),
    ],
    ['two places', locales('EqualTo', 'US', 'CA'), mustBeNull('LocaleValue', 'US,CA', 'EqualTo')],
    ['two places', locales('NotEqualTo', 'US/WA', 'CA'), mustBeNull('LocaleValue', 'US-WA,CA', 'NotEqualTo')],
    ['a place with Exists', locales('Exists', 'US'), mustBeNull('LocaleValue', 'US', 'Exists')],
    ['a place in an order', locales('LessThan', 'US'), mustBeNull('LocaleValue', 'US', 'LessThan')],
    ['no place', locales('EqualTo'), wrong('LocaleValue', '')],
    ['no places', locales('In'), wrong('LocaleValue', '')],
    ['an order without a place', locales('GreaterThan'), wrong('LocaleValue', '')],
    ['31 places', locales('In', ...places(31)), wrong('LocaleValue', places(31).join(','))],
    ['an unknown state', locales('EqualTo', 'US/XX'), wrong('LocaleValue', 'US-XX')],
    ['a lower-case country', locales('NotIn', 'US', 'gb'), wrong('LocaleValue', 'US,gb')],
    ['a number with Exists', integers('Exists', 1), mustBeNull('IntegerValue', '1', 'Exists')],
    [
      'a number with DoesNotExist',
      integers('DoesNotExist', 1, 2),
      mustBeNull('IntegerValue', '1,2', 'DoesNotExist'),
    ],
    [
      'a number for the place',
      { ...integers('EqualTo', 1), ...locales('EqualTo', 'US') },
      mustBeNull('IntegerValue', '1', 'EqualTo'),
    ],
    ['no number', integers('EqualTo'), wrong('IntegerValue', '')],
    ['two numbers', integers('LessThan', 1, 2), wrong('IntegerValue', '1,2')],
    ['no numbers', integers('In'), wrong('IntegerValue', '')],
    ['16 numbers', integers('NotIn', ...many(16)), wrong('IntegerValue', many(16).join(','))],
  ] as [string, QualificationRequirement, unknown][])('%s', ([, requirement, wanted]) => {
    expect(checkRequirement(requirement)).toEqual(wanted)
  })

  test.for([
    integers('EqualTo', -5),
    integers('In', 1),
    integers('In', ...many(15)),
    integers('Exists'),
    integers('DoesNotExist'),
    { ...integers('Exists'), integerValues: undefined },
    locales('EqualTo', 'US/PA'),
    locales('In', 'US/WA', 'GB'),
    locales('NotIn', ...places(30)),
    locales('Exists'),
    locales('DoesNotExist'),
  ])('%o is fine', (requirement) => {
    expect(checkRequirement(requirement)).toBeUndefined()
  })
})
