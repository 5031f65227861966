// Who may do what with a HIT of a type: the requirements of the model, by the table of the specification
// [qualifications 4.2, 4.3, 4.4] and with the arithmetic of the system's own types [qualifications 5].
import type { ModelWorker } from './model.ts'

export const systemIds = {
  approvedCount: '00000000000000000040',
  locale: '00000000000000000071',
  adult: '00000000000000000060',
  percentApproved: '000000000000000000L0',
  percentSubmitted: '00000000000000000000',
  percentAbandoned: '00000000000000000070',
  percentReturned: '000000000000000000E0',
  percentRejected: '000000000000000000S0',
  masters: '2F1QJWKUDD8XADTFD2Q0G6UTO95ALH',
} as const

/** A number; a place such as `US` or `US/CA`; nothing. */
export type ModelValue = number | string | undefined

export const comparators = [
  'LessThan',
  'LessThanOrEqualTo',
  'GreaterThan',
  'GreaterThanOrEqualTo',
  'EqualTo',
  'NotEqualTo',
  'In',
  'NotIn',
  'Exists',
  'DoesNotExist',
] as const

export const guards = ['Accept', 'PreviewAndAccept', 'DiscoverPreviewAndAccept'] as const

export interface ModelRequirement {
  typeId: string
  comparator: (typeof comparators)[number]
  values: readonly (number | string)[]
  guard: (typeof guards)[number]
}

/** Everybody has a place of living; of one that nobody knows nothing else can be said. */
const nowhere = ''

/** Whether a worker lives in the place: a country alone means all of it. */
const isIn = (home: string, place: string) => home === place || home.startsWith(`${place}/`)

function isMet({ comparator, values }: ModelRequirement, value: ModelValue): boolean {
  if (value === undefined) return comparator === 'DoesNotExist'
  if (value === nowhere) return comparator === 'Exists'
  const isOne = values.some((one) => (typeof value === 'string' ? isIn(value, String(one)) : value === one))
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
      return isOne
    case 'NotEqualTo':
    case 'NotIn':
      return !isOne
    case 'Exists':
      return true
    case 'DoesNotExist':
      return false
  }
}

const percent = (part: number, whole: number, ofNothing: number) =>
  whole === 0 ? ofNothing : Math.floor((100 * part) / whole)

/** What the system says of a worker; null for a type that it does not keep [qualifications 5]. */
export function systemValue(worker: ModelWorker, typeId: string): ModelValue | null {
  const { accepted, submitted, approved, rejected } = worker
  const reviewed = approved + rejected
  switch (typeId) {
    case systemIds.approvedCount:
      return approved
    case systemIds.locale:
      return worker.home ?? nowhere
    case systemIds.adult:
      return worker.adult ? 1 : undefined
    case systemIds.percentApproved:
      return submitted < 100 ? 100 : percent(approved, reviewed, 100)
    case systemIds.percentSubmitted:
      return percent(submitted, accepted, 100)
    case systemIds.percentAbandoned:
      return percent(worker.abandoned, accepted, 0)
    case systemIds.percentReturned:
      return percent(worker.returned, accepted, 0)
    case systemIds.percentRejected:
      return percent(rejected, reviewed, 0)
    case systemIds.masters:
      return worker.masters ? 1 : undefined
    default:
      return null
  }
}

const ids: readonly string[] = Object.values(systemIds)

/** Whether the system keeps the type. */
export const isSystemType = (typeId: string) => ids.includes(typeId)

const counted: ReadonlySet<string> = new Set([
  systemIds.approvedCount,
  systemIds.percentApproved,
  systemIds.percentSubmitted,
  systemIds.percentAbandoned,
  systemIds.percentReturned,
  systemIds.percentRejected,
])

/** Whether any requirement depends on counters, which follow only when due work is carried out. */
export const dependsOnCounters = (requirements: readonly ModelRequirement[]) =>
  requirements.some(({ typeId }) => counted.has(typeId))

/** Whether the requirements cost the fee of Masters [hits 9.1]. */
export const needsMasters = (requirements: readonly ModelRequirement[]) =>
  requirements.some(({ typeId, comparator }) => typeId === systemIds.masters && comparator !== 'DoesNotExist')

/** Whether the worker may see (0), preview (1) or accept (2): all requirements that guard it are met. */
export function mayDo(
  action: 0 | 1 | 2,
  requirements: readonly ModelRequirement[],
  valueOf: (typeId: string) => ModelValue,
): boolean {
  return requirements.every(
    (requirement) =>
      action + guards.indexOf(requirement.guard) < 2 || isMet(requirement, valueOf(requirement.typeId)),
  )
}
