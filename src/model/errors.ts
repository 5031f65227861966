// The two errors that the model names; clients make an exception class of each. All other errors (validation,
// authentication, throttling) are known to the wire only [wire 3.1, client W7].
import { optional, string, structure, type Value } from './shape.ts'

const ExceptionMessage = string('ExceptionMessage')
const TurkErrorCode = string('TurkErrorCode')

const members = { Message: optional(ExceptionMessage), TurkErrorCode: optional(TurkErrorCode) }

/** The caller's mistake: a state, an object that does not exist, a duplicate, missing funds. */
export type RequestError = Value<typeof RequestError>
export const RequestError = structure('RequestError', members)

/** The service's own trouble. */
export type ServiceFault = Value<typeof ServiceFault>
export const ServiceFault = structure('ServiceFault', members)

/** The modelled errors by name; `fault` says that the service is to blame. */
export const errors = Object.freeze({
  ServiceFault: Object.freeze({ shape: ServiceFault, fault: true }),
  RequestError: Object.freeze({ shape: RequestError, fault: false }),
})

export type ErrorName = keyof typeof errors
