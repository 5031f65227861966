// Everything that is not the API: pages, submissions, the control API, behind one Node request listener.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { wallClock } from '../clock.ts'
import { isLoopback, type Config } from '../config.ts'
import type { Environment } from '../domain/market-settings.ts'
import { clientAddress } from './client-address.ts'
import { loadTerms } from './terms.ts'
import { marketNamed } from './market-of-host.ts'
import type { Market } from '../market.ts'
import { createWebApp } from '../web/app.tsx'
import { createControl } from '../web/control/control.ts'
import { demoTaskPage, demoTaskPath } from '../web/control/demo-task.ts'
import { createPageRate } from '../web/page-rate.ts'

export interface PagesDependencies {
  config: Config
  markets: ReadonlyMap<Environment, Market>
  marketOf(host: string): Market
  /** The port that is listened on: the configured one, or what the system chose for port 0. */
  port(): number
  reset(): Promise<void>
  /** Told of every unexpected error behind a page. */
  failed(error: unknown): void
  /** How to sign in as the demo worker, in demo mode. */
  demo: { workerEmail: string; workerPassword: string } | undefined
}

/** The address under which people reach a market; `port` is what is listened on when the system chose it. */
export function publicURLOf(config: Config, environment: Environment, port: number): string {
  const address = environment === 'sandbox' ? config.sandboxURL : config.publicURL
  return config.port === 0 ? address.replace(/:0$/, `:${port}`) : address
}

/** Builds the listener. */
export function createPages(
  dependencies: PagesDependencies,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { config, markets, marketOf } = dependencies
  const publicURL = ({ settings }: Market) => publicURLOf(config, settings.environment, dependencies.port())
  const app = createWebApp({
    marketOf,
    publicURL,
    submitPolicy: config.submitPolicy,
    pageRate: config.pageRate > 0 ? createPageRate(config.pageRate, wallClock) : undefined,
    accounts: {
      signUp: config.accounts.signUp,
      terms: loadTerms(config.accounts.termsFile),
      // The demo's people are made by nobody who could have read any.
      asksTerms: config.mode !== 'demo' || config.accounts.termsFile !== undefined,
      sendsMail: config.mail !== undefined,
      markets: [...markets.values()],
    },
    clientAddress: (c) => clientAddress(c, config.trustedProxies),
    demo: dependencies.demo,
    failed: (error) => dependencies.failed(error),
    mountControl(root) {
      if (config.mode === 'demo') root.get(demoTaskPath, (c) => c.html(demoTaskPage))
      if (!config.control) return
      const control = createControl({
        hosts: [config.publicURL, config.sandboxURL].map((address) => new URL(address).host),
        isLocal: isLoopback,
        token: isLoopback(config.host) && config.controlToken === undefined ? undefined : config.controlToken,
        marketNamed: (environment) => marketNamed(markets, environment),
        publicURL,
        keepsMail: config.mail === 'keep',
        reset: () => dependencies.reset(),
        failed: (error) => dependencies.failed(error),
      })
      root.route('/', control)
    },
  })
  return getRequestListener(app.fetch, { overrideGlobalObjects: false }) as never
}
