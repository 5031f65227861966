// What the pages are given by the layer that listens.
import type { Context, Hono } from 'hono'
import type { Market } from '../market.ts'
import type { AccountSettings } from './accounts.ts'
import type { PageRate } from './page-rate.ts'

export interface WebDependencies {
  /** The market that a Host name means. */
  marketOf(host: string): Market
  /** The address under which people reach the market, without a slash at its end. */
  publicURL(market: Market): string
  /** Whether answers are taken without a token or session: `KEMPELEN_SUBMIT` [design 5]. */
  submitPolicy: 'open' | 'strict'
  /** How fast one worker may load pages; undefined: as fast as he likes [websites 1.1]. */
  pageRate?: PageRate | undefined
  /** The address of the person's machine, for the throttle of sign-ins. */
  clientAddress(context: Context): string
  /** How accounts are opened and looked after. */
  accounts?: AccountSettings | undefined
  /** In demo mode: what the sign-in page tells everybody. */
  demo?: { workerEmail: string; workerPassword: string } | undefined
  /** Adds the control API's routes. */
  mountControl?(app: Hono): void
  /** Told of every error behind a "something went wrong" page. */
  failed?(error: unknown): void
}
