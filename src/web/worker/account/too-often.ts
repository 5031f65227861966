import type { Fault } from '../../../domain/fault.ts'
import { span } from '../../ui/format.ts'
import type { Visit } from '../../visit.ts'

/** The note for whoever tried too often, with the header that tells programs how long to wait; undefined for other faults. */
export function tooOften({ c, texts }: Visit, fault: Fault): { heading: string; text: string } | undefined {
  if (fault.fault !== 'TooManyAttempts') return undefined
  c.header('Retry-After', String(fault.retryAfterSeconds))
  return { heading: texts.signIn.tooMany, text: texts.signIn.tooManyText(span(fault.retryAfterSeconds)) }
}
