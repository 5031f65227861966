// Qualification requirements: which workers may see, preview and accept a HIT [qualifications 4]. A worker's value
// of a type is a number or a place; without a value only DoesNotExist is met.
import type { Fault } from './fault.ts'

export type Comparator =
  | 'LessThan'
  | 'LessThanOrEqualTo'
  | 'GreaterThan'
  | 'GreaterThanOrEqualTo'
  | 'EqualTo'
  | 'NotEqualTo'
  | 'Exists'
  | 'DoesNotExist'
  | 'In'
  | 'NotIn'

export type GuardedActions = 'Accept' | 'PreviewAndAccept' | 'DiscoverPreviewAndAccept'
export type Action = 'discover' | 'preview' | 'accept'

export interface Locale {
  country: string
  subdivision?: string | undefined
}

export interface QualificationRequirement {
  qualificationTypeId: string
  comparator: Comparator
  integerValues?: readonly number[] | undefined
  localeValues?: readonly Locale[] | undefined
  actionsGuarded: GuardedActions
}

/** The ids of the types that the system keeps [qualifications 5]. */
export const systemType = {
  approvedCount: '00000000000000000040',
  locale: '00000000000000000071',
  adult: '00000000000000000060',
  percentApproved: '000000000000000000L0',
  percentSubmitted: '00000000000000000000',
  percentAbandoned: '00000000000000000070',
  percentReturned: '000000000000000000E0',
  percentRejected: '000000000000000000S0',
} as const

/** Masters of both environments, and the two kinds that were retired: all are presence only. */
export const mastersTypes: ReadonlySet<string> = new Set([
  '2F1QJWKUDD8XADTFD2Q0G6UTO95ALH',
  '2ARFPLSP75KLA8M8DH1HTEQVJT3SY6',
  '2NDP2L92HECWY8NS8H3CK0CP5L9GHO',
  '2F1KVCNHMVHV8E9PBUB2A4J79LU20F',
  '21VZU98JHSTLZ5BPP4A9NOBJEK3DPG',
  '2TGBB6BFMFFOM08IBMAFGGESC1UWJX',
])

const systemTypes: ReadonlySet<string> = new Set([...Object.values(systemType), ...mastersTypes])

/** Whether the id is one of the types that the system keeps. */
export function isSystemType(id: string): boolean {
  return systemTypes.has(id)
}

/** Whether the requirements raise the fee: any on a Masters id but DoesNotExist [hits 9.1]. */
export function needsMasters(requirements: readonly QualificationRequirement[]): boolean {
  return requirements.some(
    (requirement) =>
      mastersTypes.has(requirement.qualificationTypeId) && requirement.comparator !== 'DoesNotExist',
  )
}

/** Everybody lives somewhere, so everybody has a Locale; nothing can be said of a place that is not known. */
const unknownPlace: Locale = { country: '' }

/** A worker's value of one type: a number, a place, or nothing. */
export type QualificationValue = number | Locale | undefined

/** Whether one requirement is met by a worker's value [qualifications 4.2, 4.3]. */
export function isMet(requirement: QualificationRequirement, value: QualificationValue): boolean {
  const { comparator } = requirement
  if (comparator === 'DoesNotExist') return value === undefined
  if (value === undefined) return false
  if (comparator === 'Exists') return true
  if (typeof value === 'object') {
    if (value === unknownPlace) return false
    const matches = (requirement.localeValues ?? []).some(
      (locale) =>
        locale.country === value.country &&
        (locale.subdivision === undefined || locale.subdivision === value.subdivision),
    )
    return comparator === 'EqualTo' || comparator === 'In' ? matches : !matches
  }
  const values = requirement.integerValues ?? []
  const [bound = 0] = values
  switch (comparator) {
    case 'LessThan':
      return value < bound
    case 'LessThanOrEqualTo':
      return value <= bound
    case 'GreaterThan':
      return value > bound
    case 'GreaterThanOrEqualTo':
      return value >= bound
    case 'EqualTo':
    case 'In':
      return values.includes(value)
    case 'NotEqualTo':
    case 'NotIn':
      return !values.includes(value)
  }
}

const guardsDiscover: ReadonlySet<GuardedActions> = new Set(['DiscoverPreviewAndAccept'])
const guardsPreview: ReadonlySet<GuardedActions> = new Set(['DiscoverPreviewAndAccept', 'PreviewAndAccept'])

/** Whether `action` is only for workers who meet the requirement [qualifications 4.4]. */
export function guards({ actionsGuarded }: QualificationRequirement, action: Action): boolean {
  return action === 'accept' || (action === 'preview' ? guardsPreview : guardsDiscover).has(actionsGuarded)
}

/** Whether the worker may do `action`: every requirement that guards it is met [qualifications 4.4]. */
export function mayDo(
  action: Action,
  requirements: readonly QualificationRequirement[],
  valueOf: (qualificationTypeId: string) => QualificationValue,
): boolean {
  return requirements.every(
    (requirement) =>
      !guards(requirement, action) || isMet(requirement, valueOf(requirement.qualificationTypeId)),
  )
}

/** What the system keeps of a worker and computes values from [qualifications 5]. */
export interface WorkerRecord {
  accepted: number
  returned: number
  abandoned: number
  submitted: number
  approved: number
  rejected: number
  masters: boolean
  adult: boolean
  locale: Locale | undefined
}

/** A worker's value of a system type; undefined for a type that is none, or that he lacks. */
export function systemValue(record: WorkerRecord, qualificationTypeId: string): QualificationValue {
  const reviewed = record.approved + record.rejected
  switch (qualificationTypeId) {
    case systemType.approvedCount:
      return record.approved
    case systemType.locale:
      return record.locale ?? unknownPlace
    case systemType.adult:
      return record.adult ? 1 : undefined
    case systemType.percentApproved:
      // 100 until 100 submissions, and while nothing is reviewed.
      return record.submitted < 100 || reviewed === 0 ? 100 : percent(record.approved, reviewed)
    case systemType.percentSubmitted:
      return record.accepted === 0 ? 100 : percent(record.submitted, record.accepted)
    case systemType.percentAbandoned:
      return record.accepted === 0 ? 0 : percent(record.abandoned, record.accepted)
    case systemType.percentReturned:
      return record.accepted === 0 ? 0 : percent(record.returned, record.accepted)
    case systemType.percentRejected:
      return reviewed === 0 ? 0 : percent(record.rejected, reviewed)
    default:
      return mastersTypes.has(qualificationTypeId) && record.masters ? 1 : undefined
  }
}

function percent(part: number, whole: number): number {
  return Math.floor((100 * part) / whole)
}

const states =
  'AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR ' +
  'PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR UM VI'
const subdivisions: ReadonlySet<string> = new Set(states.split(' '))

const needsNone: ReadonlySet<Comparator> = new Set(['Exists', 'DoesNotExist'])
const needsMany: ReadonlySet<Comparator> = new Set(['In', 'NotIn'])
const orders: ReadonlySet<Comparator> = new Set([
  'LessThan',
  'LessThanOrEqualTo',
  'GreaterThan',
  'GreaterThanOrEqualTo',
])

/** Checks the values of one requirement against its comparator and type [qualifications 4.2, 4.5]. */
export function checkRequirement(requirement: QualificationRequirement): Fault | undefined {
  const isLocale = requirement.qualificationTypeId === systemType.locale
  return checkLocaleValues(requirement, isLocale) ?? checkIntegerValues(requirement, isLocale)
}

function checkLocaleValues(requirement: QualificationRequirement, isLocale: boolean): Fault | undefined {
  const { comparator, localeValues: locales = [] } = requirement
  const text = locales
    .map(({ country, subdivision }) => (subdivision === undefined ? country : `${country}-${subdivision}`))
    .join(',')
  const refused = (explained: boolean): Fault => ({
    fault: 'InvalidParameterValue',
    parameter: 'LocaleValue',
    value: text,
    ...(explained && {
      explanation: `LocaleValue must be null when used with the ${comparator} comparator.`,
    }),
  })
  const single = comparator === 'EqualTo' || comparator === 'NotEqualTo'
  if (locales.length > 0 && (!isLocale || needsNone.has(comparator) || orders.has(comparator)))
    return refused(true)
  if (!isLocale) return undefined
  if (single && locales.length > 1) return refused(true)
  if (orders.has(comparator)) return refused(false)
  if (single && locales.length === 0) return refused(false)
  if (needsMany.has(comparator) && (locales.length < 1 || locales.length > 30)) return refused(false)
  return locales.every(isPlace) ? undefined : refused(false)
}

function checkIntegerValues(requirement: QualificationRequirement, isLocale: boolean): Fault | undefined {
  const { comparator, integerValues: values = [] } = requirement
  const refused = (explained: boolean): Fault => ({
    fault: 'InvalidParameterValue',
    parameter: 'IntegerValue',
    value: values.join(','),
    ...(explained && {
      explanation: `IntegerValue must be null when used with the ${comparator} comparator.`,
    }),
  })
  if (isLocale || needsNone.has(comparator)) return values.length > 0 ? refused(true) : undefined
  const [least, most] = needsMany.has(comparator) ? [1, 15] : [1, 1]
  return values.length < least || values.length > most ? refused(false) : undefined
}

/** Two upper-case letters; a subdivision only of the United States, and a known one [qualifications 4.3]. */
export function isPlace({ country, subdivision }: Locale): boolean {
  if (!/^[A-Z]{2}$/.test(country)) return false
  return subdivision === undefined || (country === 'US' && subdivisions.has(subdivision))
}
