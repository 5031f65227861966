// Random requirements of HIT types: every comparator, every level, bounds at and beside what workers have.
import { comparators, guards, isSystemType, systemIds, type ModelRequirement } from './model-requirement.ts'
import type { World } from './world.ts'

interface Wire {
  QualificationTypeId: string
  Comparator: string
  IntegerValues?: number[]
  LocaleValues?: { Country: string; Subdivision?: string }[]
  ActionsGuarded?: string
  RequiredToPreview?: boolean
}

/** The requirements of a new type as they are sent, as the model has them, and what makes them equal to others. */
export interface NewRequirements {
  wire: Wire[] | undefined
  model: ModelRequirement[]
  tuple: string[]
}

const systemTypes = [
  systemIds.approvedCount,
  systemIds.percentApproved,
  systemIds.percentApproved,
  systemIds.percentRejected,
  systemIds.percentSubmitted,
  systemIds.percentReturned,
  systemIds.percentAbandoned,
  systemIds.adult,
  systemIds.locale,
  systemIds.locale,
]

export function newRequirements(world: World): NewRequirements {
  const { random } = world
  // Most types are for everybody, or nobody would work.
  const count = random.once(2) ? 0 : random.of([1, 1, 1, 2])
  const model = Array.from({ length: count }, () => newRequirement(world))
  return {
    wire: count === 0 ? undefined : model.map((requirement) => wireOf(world, requirement)),
    model,
    tuple: model.map((requirement) => JSON.stringify(requirement)).sort(),
  }
}

function newRequirement({ random, model }: World): ModelRequirement {
  const guard = random.of(guards)
  if (random.once(4)) {
    const comparator = random.once(4) ? 'DoesNotExist' : 'Exists'
    return { typeId: systemIds.masters, comparator, values: [], guard }
  }
  const custom = [...model.qualificationTypes.keys()]
  const isCustom = custom.length > 0 && random.once(2)
  const typeId = isCustom ? random.of(random.once(2) ? custom : custom.slice(-8)) : random.of(systemTypes)
  if (typeId === systemIds.locale) {
    const comparator = random.of(comparators.filter((one) => !one.includes('Than')))
    const places = ['US', 'US/CA', 'US/PA', 'GB', 'IN'].filter(() => random.once(2))
    return { typeId, comparator, values: sized(comparator, places, 'US'), guard }
  }
  const comparator = random.of(comparators)
  const values = [...model.workers.values()].map((worker) => Number(model.valueOf(worker, typeId) ?? 1))
  const near = () => random.of(random.once(3) ? values.slice(1, 2) : values) + random.of([-1, 0, 0, 1])
  return { typeId, comparator, values: sized(comparator, [near(), near(), near()], 1), guard }
}

/** As many values as the comparator takes. */
function sized<T>(comparator: string, values: T[], usual: T): T[] {
  if (comparator.endsWith('Exists') || comparator === 'DoesNotExist') return []
  if (comparator === 'In' || comparator === 'NotIn') return values.length > 0 ? values : [usual]
  return [values[0] ?? usual]
}

function wireOf({ random }: World, { typeId, comparator, values, guard }: ModelRequirement): Wire {
  const wire: Wire = { QualificationTypeId: typeId, Comparator: comparator }
  if (values.length > 0 && typeId === systemIds.locale) {
    wire.LocaleValues = values.map((place) => {
      const [Country = '', Subdivision] = String(place).split('/')
      return Subdivision === undefined ? { Country } : { Country, Subdivision }
    })
  } else if (values.length > 0) wire.IntegerValues = values.map(Number)
  // The old member says the same as the lower two levels [qualifications 4.4].
  if (guard !== 'DiscoverPreviewAndAccept' && random.once(3)) {
    return guard === 'Accept' ? wire : { ...wire, RequiredToPreview: true }
  }
  return { ...wire, ActionsGuarded: guard }
}

/** A qualification type for somebody to name: mostly one that exists. */
export function someQualificationType({ random, model }: World, ownerId?: string): string {
  if (random.once(30)) return 'ABC'
  if (random.once(40)) return random.of(Object.values(systemIds).filter(isSystemType))
  const all = [...model.qualificationTypes.values()]
  const own = all.filter((type) => random.once(30) || type.ownerId === (ownerId ?? type.ownerId))
  const living = own.filter(({ status }) => status !== 'Deleted')
  const choice = living.length > 0 && !random.once(8) ? living : own
  return choice.length > 0 ? random.of(choice.slice(-6)).id : 'ABC'
}
