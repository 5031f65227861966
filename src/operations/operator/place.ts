import type { Fault } from '../../domain/fault.ts'
import { isPlace, type Locale } from '../../domain/qualification.ts'

/** What an operator says of the place where a worker lives. */
export interface Said {
  country?: string | undefined
  subdivision?: string | undefined
}

/** The place that is said; undefined when nothing is. InvalidInput for a place that is none. */
export function readPlace({ country, subdivision }: Said): Locale | undefined | Fault {
  if (country === undefined && subdivision === undefined) return undefined
  const place = { country: country ?? '', subdivision }
  if (isPlace(place)) return place
  return {
    fault: 'InvalidInput',
    member: 'country',
    explanation: 'Give two capital letters such as US; a subdivision only with US.',
  }
}
