// How commands of the operator reach the server that owns the database file: a socket beside the file, for the user
// who runs the server and nobody else. It answers the part of the control API that operators need [design 4].
import { rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { relative, resolve } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import type { Config } from '../config.ts'
import type { Environment } from '../domain/market-settings.ts'
import type { Market } from '../market.ts'
import { placeOf } from '../store/open.ts'
import { createOperatorRoutes } from '../web/control/control.ts'
import { watchConnections } from './close.ts'
import { marketNamed } from './market-of-host.ts'
import { publicURLOf } from './pages.ts'

export interface OperatorDependencies {
  config: Config
  markets: ReadonlyMap<Environment, Market>
  /** The port that is listened on. */
  port(): number
  /** Told of every unexpected error behind a call. */
  failed(error: unknown): void
}

/** Where the server of a database file listens; undefined when there is no file. */
export function operatorSocket(databaseURL: string): string | undefined {
  const place = placeOf(databaseURL)
  if (typeof place === 'string') return undefined
  const path = resolve(`${place.file}.socket`)
  if (process.platform === 'win32') return `\\\\.\\pipe\\${path.replaceAll('\\', '/')}`
  // A socket's path has room for about a hundred bytes only.
  const near = relative('', path)
  return near.length < path.length ? near : path
}

/** The operator's calls as a function. */
export function createOperatorAPI({
  config,
  markets,
  port,
  failed,
}: OperatorDependencies): (request: Request) => Response | Promise<Response> {
  const routes = createOperatorRoutes({
    marketNamed: (environment) => marketNamed(markets, environment),
    publicURL: ({ settings }) => publicURLOf(config, settings.environment, port()),
    keepsMail: config.mail === 'keep',
    failed,
  })
  return (request) => routes.fetch(request)
}

/** Listens on the socket; undefined where there is none. Throws with a sentence when it cannot. */
export async function listenForOperator(dependencies: OperatorDependencies): Promise<Server | undefined> {
  const path = operatorSocket(dependencies.config.databaseURL)
  if (path === undefined) return undefined
  const listener = getRequestListener(createOperatorAPI(dependencies), { overrideGlobalObjects: false })
  // A file that is brought in may take as long as it takes; who sends it is the operator himself.
  const server = createServer({ requestTimeout: 0 }, (request, response) => void listener(request, response))
  watchConnections(server)
  // This process owns the database file, so whoever made the socket is gone.
  rmSync(path, { force: true })
  const { promise, resolve: listening, reject } = Promise.withResolvers<void>()
  server.once('error', (error) => {
    reject(new Error(`Operator commands cannot be served on ${path}: ${error.message}`))
  })
  const usual = process.umask(0o177)
  server.listen(path, listening)
  process.umask(usual)
  await promise
  return server
}
