// Small steps of the keeper of figures, as functions of values.
import type { KeptFigures } from '../../../store/group-figures.ts'
import type { NamedType } from '../../../store/groups.ts'
import type { GroupTouch } from '../../../store/touches.ts'
import type { CountedGroup } from '../../system/group-figures.ts'
import type { CatalogueGroup } from './group-catalogue.ts'

/** Adds a touch to those that a group had before. */
export function addTouch(touches: Map<string, GroupTouch>, hitTypeId: string, touch: GroupTouch): void {
  const before = touches.get(hitTypeId)
  touches.set(hitTypeId, {
    renewedAt: Math.max(touch.renewedAt, before?.renewedAt ?? 0),
    hasSubmitted: touch.hasSubmitted || before?.hasSubmitted === true,
  })
}

/** Takes the first entries out of a map. */
export function takeSome<T>(from: Map<string, T>, count: number): Map<string, T> {
  const taken = new Map<string, T>()
  for (const [key, value] of from) {
    if (taken.size >= count) break
    taken.set(key, value)
    from.delete(key)
  }
  return taken
}

/** What is kept of a group after it was counted. A group with nothing left keeps its times. */
export function figuresAfter(
  old: KeptFigures | undefined,
  { hitTypeId, offered, pay }: CountedGroup,
  touch: GroupTouch,
  changedAt: number,
): KeptFigures {
  const isOpen = offered.assignable > 0
  return {
    hitTypeId,
    assignable: offered.assignable,
    createdAt: isOpen ? offered.createdAt : (old?.createdAt ?? 0),
    updatedAt: Math.max(old?.updatedAt ?? 0, offered.addedAt, touch.renewedAt),
    latestExpiration: isOpen ? offered.latestExpiration : (old?.latestExpiration ?? 0),
    nextExpiration: offered.nextExpiration,
    medianSeconds: pay === undefined ? old?.medianSeconds : pay.medianSeconds,
    samples: pay === undefined ? (old?.samples ?? 0) : pay.samples,
    changedAt,
  }
}

const counts = [
  'assignable',
  'createdAt',
  'updatedAt',
  'latestExpiration',
  'nextExpiration',
  'medianSeconds',
  'samples',
] as const

/** Whether the table would say something else than before. A group that never offered anything needs no row. */
export function differ(old: KeptFigures | undefined, figures: KeptFigures): boolean {
  if (old === undefined) return figures.assignable > 0 || figures.samples > 0
  return counts.some((name) => old[name] !== figures[name])
}

/** The figures as an entry of the catalogue has them. */
export function changeOf(
  figures: KeptFigures,
): Pick<CatalogueGroup, 'figures' | 'pay' | 'nextExpiration' | 'changedAt'> {
  const { assignable, createdAt, updatedAt, latestExpiration, medianSeconds, samples } = figures
  return {
    figures: { assignable, createdAt, updatedAt, latestExpiration },
    pay: { medianSeconds, samples },
    nextExpiration: figures.nextExpiration,
    changedAt: figures.changedAt,
  }
}

/** An entry of the catalogue. */
export function groupOf(named: NamedType, figures: KeptFigures, isLarge: boolean): CatalogueGroup {
  const { type, requesterName } = named
  return { type, requesterName, ...changeOf(figures), isLarge }
}

/** An entry of the catalogue as a row. */
export function rowOf(group: CatalogueGroup): KeptFigures {
  const { nextExpiration, changedAt } = group
  return { ...group.figures, ...group.pay, hitTypeId: group.type.id, nextExpiration, changedAt }
}
