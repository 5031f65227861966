// The qualification types that the system keeps, as requesters see them [qualifications 5]. Tools compare the names
// with those that the real service shows.
import type { Environment } from './market-settings.ts'
import { systemType } from './qualification.ts'

export interface SystemQualificationType {
  id: string
  name: string
  description: string
  /** Whether lists show it: each environment has one Masters id of its own, and old kinds are shown no more. */
  listedIn(environment: Environment): boolean
}

/** When the types were made, for all that a list shows of it: 2005-11-01, before any HIT. Epoch milliseconds. */
export const systemTypesCreatedAt = 1_130_803_200_000

const everywhere = (): boolean => true
const nowhere = (): boolean => false

function masters(id: string, name: string, listedIn: SystemQualificationType['listedIn']) {
  return {
    id,
    name,
    description: 'Workers whom the operator of this service has named for consistently good work.',
    listedIn,
  }
}

const all: readonly SystemQualificationType[] = [
  masters('2F1QJWKUDD8XADTFD2Q0G6UTO95ALH', 'Masters', (environment) => environment === 'production'),
  masters('2ARFPLSP75KLA8M8DH1HTEQVJT3SY6', 'Masters', (environment) => environment === 'sandbox'),
  masters('2NDP2L92HECWY8NS8H3CK0CP5L9GHO', 'Categorization Masters', nowhere),
  masters('2F1KVCNHMVHV8E9PBUB2A4J79LU20F', 'Categorization Masters', nowhere),
  masters('21VZU98JHSTLZ5BPP4A9NOBJEK3DPG', 'Photo Moderation Masters', nowhere),
  masters('2TGBB6BFMFFOM08IBMAFGGESC1UWJX', 'Photo Moderation Masters', nowhere),
  {
    id: systemType.approvedCount,
    name: 'Total approved HITs',
    description: 'How many assignments of this worker have been approved, by all requesters together.',
    listedIn: everywhere,
  },
  {
    id: systemType.locale,
    name: 'Location',
    description: 'The country, and where it is known the state, of the address in the worker’s account.',
    listedIn: everywhere,
  },
  {
    id: systemType.adult,
    name: 'Adult Content Qualification',
    description: 'The value is 1 when the worker has agreed to see content that is for adults only.',
    listedIn: everywhere,
  },
  {
    id: systemType.percentApproved,
    name: 'HIT approval rate (%)',
    description:
      'Of this worker’s assignments that were approved or rejected, the percentage that was approved; 100 until ' +
      'the worker has submitted 100 assignments.',
    listedIn: everywhere,
  },
  {
    id: systemType.percentSubmitted,
    name: 'HIT submission rate (%)',
    description: 'Of the assignments that this worker accepted, the percentage that was submitted.',
    listedIn: everywhere,
  },
  {
    id: systemType.percentAbandoned,
    name: 'HIT abandonment rate (%)',
    description: 'Of the assignments that this worker accepted, the percentage whose deadline was missed.',
    listedIn: everywhere,
  },
  {
    id: systemType.percentReturned,
    name: 'HIT return rate (%)',
    description: 'Of the assignments that this worker accepted, the percentage that was given back.',
    listedIn: everywhere,
  },
  {
    id: systemType.percentRejected,
    name: 'HIT rejection rate (%)',
    description:
      'Of this worker’s assignments that were approved or rejected, the percentage that was rejected.',
    listedIn: everywhere,
  },
]

const byId: ReadonlyMap<string, SystemQualificationType> = new Map(all.map((type) => [type.id, type]))

/** The type of this id, in either environment, old kinds too. */
export function findSystemType(id: string): SystemQualificationType | undefined {
  return byId.get(id)
}

/** The types that lists of the environment show, in no order. */
export function listSystemTypes(environment: Environment): SystemQualificationType[] {
  return all.filter((type) => type.listedIn(environment))
}
