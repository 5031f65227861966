// A HIT type: the seven properties that make HITs equal in the eyes of a worker [hits 5.10]. Registering an equal
// tuple gives the existing type, so equality is defined here, on the canonical form of the tuple.
import type { QualificationRequirement } from './qualification.ts'
import type { Cents } from './money.ts'

export interface HITType {
  id: string
  groupId: string
  requesterId: string
  title: string
  description: string
  /** Undefined when none were given; an empty text is kept as such. */
  keywords: string | undefined
  reward: Cents
  /** AssignmentDurationInSeconds. */
  duration: number
  /** AutoApprovalDelayInSeconds. */
  approvalDelay: number
  requirements: readonly QualificationRequirement[]
}

export type HITTypeProperties = Omit<HITType, 'id' | 'groupId' | 'requesterId'>

/** Text that is equal exactly when two tuples are: requirements in any order, keywords missing or not. */
export function canonicalTuple(properties: HITTypeProperties): string {
  return JSON.stringify([
    properties.title,
    properties.description,
    properties.keywords ?? null,
    properties.reward.toString(),
    properties.duration,
    properties.approvalDelay,
    properties.requirements.map((requirement) => JSON.stringify(canonical(requirement))).sort(),
  ])
}

function canonical(requirement: QualificationRequirement): unknown[] {
  const { qualificationTypeId, comparator, actionsGuarded, integerValues, localeValues } = requirement
  return [
    qualificationTypeId,
    comparator,
    actionsGuarded,
    integerValues ?? null,
    localeValues?.map(({ country, subdivision }) => [country, subdivision ?? null]) ?? null,
  ]
}
