// What an operator decides for a market, and what sets production and sandbox apart.
import type { FeeRates } from './fees.ts'

export type Environment = 'production' | 'sandbox'

export interface MarketSettings {
  environment: Environment
  fees: FeeRates
  /** The sandbox: requesters never run out of money, and their balance is always shown as 10000.00 [hits 9.4]. */
  unlimitedFunds: boolean
  questions: {
    /** Whether ExternalQuestion may name an http address: for tests on one machine [questions 5.1]. */
    allowHTTP: boolean
    /** Origins of this server: an ExternalQuestion on one of them is refused [design 5]. */
    ownOrigins: readonly string[]
    /** Whether HTML5 parse errors refuse an HTMLQuestion [questions 6.3]. */
    strictHTML5: boolean
    /** Whether QuestionForm may ask for files [questions 2.7]. */
    fileUploads: boolean
  }
}
