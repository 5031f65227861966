// What an operator decides for a market, and what sets production and sandbox apart.
import type { FeeRates } from './fees.ts'
import type { Cents } from './money.ts'
import type { QuestionOptions } from './question/parse-question.ts'

export type Environment = 'production' | 'sandbox'

export interface MarketSettings {
  environment: Environment
  fees: FeeRates
  /** The sandbox: requesters never run out of money, and their balance is always shown as 10000.00 [hits 9.4]. */
  unlimitedFunds: boolean
  questions: Required<QuestionOptions>
  /** Whether queues and webhooks may lie in private networks. */
  privateDestinations: boolean
  /** Events of one HIT type and destination that may share a document, when they wait anyway [notifications 5.4]. */
  eventsPerDocument: number
  /** The least that a worker may ask to be paid, and the ways by which the operator pays. */
  payouts: { minimum: Cents; methods: readonly string[] }
  /** Days for which answers and files of disposed HITs are kept; undefined: for ever. */
  retentionDays: number | undefined
  /** Whether what workers are told leaves the server as mail; it is kept in any case. */
  mailsWorkers: boolean
}
