// The composition root: configuration, markets, callers; start, stop, signals.
import type { Server } from 'node:http'
import { wallClock } from './clock.ts'
import { processVariables, readConfig, type Config, type Variables } from './config.ts'
import { demo, seedDemo } from './demo/seed.ts'
import { welcome } from './demo/welcome.ts'
import { isFault } from './domain/fault.ts'
import type { Environment } from './domain/market-settings.ts'
import { closeServer } from './http/close.ts'
import { listenOn } from './http/listen.ts'
import { marketFinder } from './http/market-of-host.ts'
import { createMetrics } from './http/metrics.ts'
import { createPages, publicURLOf } from './http/pages.ts'
import { createHTTPServer } from './http/server.ts'
import { listenForOperator } from './http/operator-server.ts'
import { createLog, type Log } from './log.ts'
import type { Market } from './market.ts'
import { openMarkets, type OpenMarkets } from './open-markets.ts'
import { operator } from './operations/operation.ts'
import { AdoptDemo } from './operations/operator/AdoptDemo.ts'
import { FindFact, PutFact } from './operations/operator/Facts.ts'
import { Reset } from './operations/operator/Reset.ts'
import { demoTaskPath } from './web/control/demo-task.ts'

/** A running server. */
export interface Running {
  config: Config
  markets: ReadonlyMap<Environment, Market>
  port: number
  stop(): Promise<void>
}

/** Opens the database, builds the markets and listens. Throws with a sentence when something is in the way. */
export async function startServer(config: Config, log: Log): Promise<Running> {
  let port = config.port
  const opened = await openMarkets(config, log, {
    publicURL: (environment) => publicURLOf(config, environment, port),
    check: (market) => refuseTestDatabase(config, market),
  })
  try {
    // A bucket that cannot be used is to be known now, not by the first worker who sends a file.
    for (const { files } of opened.markets.values()) await files.check?.()
    return await startOn(opened, config, log, (listened) => (port = listened))
  } catch (error) {
    await opened.close()
    throw error
  }
}

async function startOn(
  { markets, close }: OpenMarkets,
  config: Config,
  log: Log,
  listensOn: (port: number) => void,
): Promise<Running> {
  const first = markets.values().next().value!
  // The demo's external page needs the port; whoever waits for the port must then find the demo.
  const opened = Promise.withResolvers<void>()
  opened.promise.catch(() => undefined)
  const { servers, port } = await listen(config, markets, log, opened.promise)
  listensOn(port)
  try {
    if (config.mode === 'demo') await seedDemo([...markets.values()], externalTaskOf(config, port))
    else if (config.virtualClock)
      await first.runner.run(PutFact, operator, { name: 'made for', value: 'tests' })
  } catch (error) {
    opened.reject(error)
    await Promise.all(servers.map((server) => closeServer(server)))
    throw error
  }
  const failed = (error: unknown) => log.error(error, 'a command of the operator failed')
  // Not every file system has sockets; the server is of use without.
  const operators = await listenForOperator({ config, markets, port: () => port, failed }).catch((error) => {
    log.error(error, 'commands of the operator cannot reach this server')
  })
  opened.resolve()
  for (const market of markets.values()) {
    market.timers.start()
    market.sender.start()
  }
  return {
    config,
    markets,
    port,
    async stop() {
      const all = operators === undefined ? servers : [...servers, operators]
      await Promise.all(all.map((server) => closeServer(server)))
      for (const market of markets.values()) {
        await market.timers.stop()
        await market.sender.stop()
      }
      await close()
    },
  }
}

/** The demo's external page, under a name of this machine that is none of the sites': its origin must be another. */
function externalTaskOf({ publicURL, sandboxURL }: Config, port: number): string {
  const own = [publicURL, sandboxURL].map((address) => new URL(address).hostname)
  const name = ['127.0.0.1', 'localhost'].find((host) => !own.includes(host)) ?? 'task.localhost'
  return `http://${name}:${port}${demoTaskPath}`
}

/** `serve` takes no database whose keys and passwords everybody knows, or whose clock was turned. */
async function refuseTestDatabase(config: Config, market: Market): Promise<void> {
  if (config.mode !== 'serve') return
  const fact = await market.runner.run(FindFact, operator, { name: 'made for' })
  if (isFault(fact) || fact.value !== 'tests') return
  if (!config.adoptDemo) {
    throw new Error(
      'This database was made in demo mode or with a virtual clock: its keys and passwords are known to everybody. ' +
        'Use another database, or start once with --adopt-demo, which deletes them.',
    )
  }
  await market.runner.run(AdoptDemo, operator, demo)
}

async function listen(
  config: Config,
  markets: ReadonlyMap<Environment, Market>,
  log: Log,
  opened: Promise<void>,
): Promise<{ servers: Server[]; port: number }> {
  const first = markets.values().next().value!
  let port = config.port
  const marketOf = marketFinder(config, markets, () => port)
  const failed = (error: unknown) => log.error(error, 'a page failed')
  const pages = createPages({
    config,
    markets,
    marketOf,
    port: () => port,
    reset: () => reset([...markets.values()], config, port),
    failed,
    demo:
      config.mode === 'demo' ? { workerEmail: demo.workerEmail, workerPassword: demo.password } : undefined,
  })
  const isReady = async () => {
    try {
      return !isFault(await first.runner.run(FindFact, operator, { name: 'made for' }))
    } catch {
      return false
    }
  }
  const metrics = createMetrics()
  const listening = await listenOn(config.host, config.port, () =>
    createHTTPServer({ marketOf, pages, isReady, metrics, failed, opened }),
  )
  // Nobody is answered before `opened`, so nobody sees a port of 0.
  port = listening.port
  return listening
}

async function reset(markets: readonly Market[], config: Config, port: number): Promise<void> {
  for (const [index, market] of markets.entries()) {
    market.faults.clear()
    await market.files.clear()
    await market.runner.run(Reset, operator, { people: index === 0 })
    market.clock.set(wallClock.now())
    const name = `clock offset ${market.settings.environment}` as const
    await market.runner.run(PutFact, operator, { name, value: '0' })
  }
  const first = markets[0]
  if (config.mode !== 'demo' || first === undefined) return
  await first.runner.run(AdoptDemo, operator, demo)
  await seedDemo(markets, externalTaskOf(config, port))
}

/** Stops in order at the first signal, at once at the second. */
function stopOnSignals(running: Running, log: Log): void {
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1)
      stopping = true
      running.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error(error, 'the server did not stop cleanly')
          process.exit(1)
        },
      )
    })
  }
}

async function main(): Promise<void> {
  const { variables, args } = processVariables()
  const isServer = args.every((word, index) => (index === 0 && word === 'serve') || word === '--adopt-demo')
  if (isServer) return serve(args[0] === 'serve' ? 'serve' : 'demo', variables, args)
  const { runCommand } = await import('./cli/run.ts')
  const { code, out, errors } = await runCommand(args, variables)
  if (out !== '') process.stdout.write(`${out}\n`)
  if (errors !== '') process.stderr.write(`${errors}\n`)
  process.exitCode = code
}

async function serve(mode: 'demo' | 'serve', variables: Variables, args: readonly string[]): Promise<void> {
  const log = createLog(mode === 'demo' ? 'error' : 'info')
  const config = readConfig(mode, variables, { adoptDemo: args.includes('--adopt-demo') })
  if (Array.isArray(config)) {
    for (const sentence of config) process.stderr.write(`${sentence}\n`)
    process.exitCode = 2
    return
  }
  try {
    const running = await startServer(config, log)
    stopOnSignals(running, log)
    if (mode === 'demo') process.stdout.write(`${welcome(config.publicURL, running.port)}\n`)
    else log.info(`listening on ${config.host}:${running.port}`)
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`)
    process.exitCode = 1
  }
}

// Tests import this file without starting anything.
if (process.argv[1]?.endsWith('kempelen.mjs')) await main()
