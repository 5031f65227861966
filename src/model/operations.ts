// The 39 operations of the Requester API 2017-01-17, by their wire names [wire, head; hits 2].
import * as account from './operations/account.ts'
import * as assignments from './operations/assignments.ts'
import * as hits from './operations/hits.ts'
import * as qualifications from './operations/qualifications.ts'
import type { Value } from './shape.ts'

/** Every operation under the name that stands after the dot in `X-Amz-Target`. */
export const operations = Object.freeze({ ...hits, ...assignments, ...qualifications, ...account })

export type OperationName = keyof typeof operations

/** The decoded and validated input of an operation. Timestamps are epoch milliseconds. */
export type OperationInput<Name extends OperationName> = Value<(typeof operations)[Name]['input']>

/** What an operation answers. Timestamps are epoch milliseconds; an absent member is not sent [wire 2.3]. */
export type OperationOutput<Name extends OperationName> = Value<(typeof operations)[Name]['output']>

/** All names, in alphabetical order. */
export const operationNames: readonly OperationName[] = Object.freeze(
  (Object.keys(operations) as OperationName[]).sort(),
)

/** Whether `text` names an operation, in exact case [wire 1.2]. */
export function isOperationName(text: string): text is OperationName {
  return Object.hasOwn(operations, text)
}
