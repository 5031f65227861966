// The composition root: configuration, markets, callers; start, stop, signals.
import type { Server } from 'node:http'
import { join } from 'node:path'
import { realClock, virtualClock, wallClock } from './clock.ts'
import { processVariables, readConfig, type Config, type Mode } from './config.ts'
import { demo, seedDemo } from './demo/seed.ts'
import { welcome } from './demo/welcome.ts'
import { isFault } from './domain/fault.ts'
import type { Environment, MarketSettings } from './domain/market-settings.ts'
import { diskFiles, memoryFiles, type FileStore } from './file-store.ts'
import { closeServer } from './http/close.ts'
import { listenOn } from './http/listen.ts'
import { marketFinder } from './http/market-of-host.ts'
import { createMetrics } from './http/metrics.ts'
import { createPages, publicURLOf } from './http/pages.ts'
import { createHTTPServer } from './http/server.ts'
import { createIds, type Ids } from './ids.ts'
import { loadServerKeys } from './keys.ts'
import { createLog, type Log } from './log.ts'
import { createMarket, type Market } from './market.ts'
import type { Transports } from './notify/transport.ts'
import { createTransports } from './notify/transports.ts'
import { operator } from './operations/operation.ts'
import { AdoptDemo } from './operations/operator/AdoptDemo.ts'
import { FindFact, PutFact } from './operations/operator/Facts.ts'
import { Reset } from './operations/operator/Reset.ts'
import { createSecrets, type Secrets } from './secrets.ts'
import { openDatabase, type OpenDatabase } from './store/open.ts'
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
  const ids = createIds()
  const settings = config.environments.map((environment) => settingsOf(config, environment))
  const database = await openDatabase({
    url: config.databaseURL,
    markets: settings,
    ids,
    lost: (error) => log.error(error, 'a database connection was lost'),
  })
  try {
    return await startOn(database, settings, config, ids, log)
  } catch (error) {
    // What keeps this start from succeeding must not keep the next one from the database.
    await database.close()
    throw error
  }
}

async function startOn(
  database: OpenDatabase,
  settings: readonly MarketSettings[],
  config: Config,
  ids: Ids,
  log: Log,
): Promise<Running> {
  const secrets = createSecrets(loadServerKeys(config.secretKeys, config.dataFolder, ids))
  const transports = transportsOf(config, secrets)
  let listened = config.port
  const markets = new Map(
    settings.map((market) => [
      market.environment,
      createMarket({
        settings: market,
        store: database.stores.get(market.environment)!,
        clock: config.virtualClock ? virtualClock(wallClock.now()) : realClock(),
        wallClock,
        ids,
        secrets,
        transports,
        files: filesOf(config, market.environment),
        publicURL: () => publicURLOf(config, market.environment, listened),
        // Real keys are secret, so any page may use them, as on the real site; the demo's are not.
        corsOrigins: config.mode === 'serve' && config.corsOrigins.length === 0 ? '*' : config.corsOrigins,
        log,
      }),
    ]),
  )
  const first = markets.values().next().value!
  await refuseTestDatabase(config, first)
  await refuseOtherKey(first)
  for (const market of markets.values()) await restoreClock(market)
  // The demo's external page needs the port; whoever waits for the port must then find the demo.
  const opened = Promise.withResolvers<void>()
  opened.promise.catch(() => undefined)
  const { servers, port } = await listen(config, markets, log, opened.promise)
  listened = port
  try {
    if (config.mode === 'demo') await seedDemo([...markets.values()], externalTaskOf(config, port))
    else if (config.virtualClock)
      await first.runner.run(PutFact, operator, { name: 'made for', value: 'tests' })
  } catch (error) {
    opened.reject(error)
    await Promise.all(servers.map((server) => closeServer(server)))
    throw error
  }
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
      await Promise.all(servers.map((server) => closeServer(server)))
      for (const market of markets.values()) {
        await market.timers.stop()
        await market.sender.stop()
      }
      await database.close()
    },
  }
}

/** Where the files of workers lie: a database in memory forgets them, so they do not outlive it. */
function filesOf({ databaseURL, dataFolder }: Config, environment: Environment): FileStore {
  return databaseURL === 'sqlite::memory:' ? memoryFiles() : diskFiles(join(dataFolder, 'files', environment))
}

/** The ways by which events leave. */
function transportsOf({ awsEndpoint, privateDestinations, mail }: Config, secrets: Secrets): Transports {
  const aws = { endpoint: awsEndpoint, allowPrivate: privateDestinations }
  return createTransports({ aws, mail, secrets, wallClock })
}

function settingsOf(config: Config, environment: Environment): MarketSettings {
  return {
    environment,
    fees: config.fees,
    unlimitedFunds: environment === 'sandbox',
    privateDestinations: config.privateDestinations,
    questions: {
      allowHTTP: config.questions.allowHTTP,
      ownOrigins: [
        ...new Set([config.publicURL, config.sandboxURL].map((address) => new URL(address).origin)),
      ],
      strictHTML5: config.questions.strictHTML5,
      fileUploads: true,
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
  if (config.mode === 'demo') return
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

/** With a wrong server key every call would fail, one by one, and tasks of another process would be strangers'. */
async function refuseOtherKey({ runner, secrets }: Market): Promise<void> {
  const fact = await runner.run(FindFact, operator, { name: 'server key' })
  if (isFault(fact) || fact.value === undefined) {
    await runner.run(PutFact, operator, { name: 'server key', value: secrets.encrypt('the right one') })
    return
  }
  try {
    secrets.decrypt(fact.value)
  } catch {
    throw new Error(
      'This database was made with another server key: set KEMPELEN_SECRET_KEY to that one, or put its secret.key ' +
        'into the folder KEMPELEN_DATA.',
    )
  }
}

async function restoreClock({ runner, clock, settings }: Market): Promise<void> {
  const fact = await runner.run(FindFact, operator, { name: `clock offset ${settings.environment}` })
  if (!isFault(fact) && fact.value !== undefined) clock.set(wallClock.now() + Number(fact.value))
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
  const mode: Mode = args[0] === 'serve' ? 'serve' : 'demo'
  const log = createLog(mode === 'demo' ? 'error' : 'info')
  const config = readConfig(mode, variables, args)
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
