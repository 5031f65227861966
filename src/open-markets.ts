// Opens the database that the configuration names and builds its markets, for the server and for operator commands.
import { join } from 'node:path'
import { realClock, virtualClock, wallClock } from './clock.ts'
import type { Config } from './config.ts'
import { isFault } from './domain/fault.ts'
import type { Environment, MarketSettings } from './domain/market-settings.ts'
import { diskFiles } from './files/disk.ts'
import type { FileStore } from './files/file-store.ts'
import { memoryFiles } from './files/memory.ts'
import { s3Files } from './files/s3.ts'
import { createIds } from './ids.ts'
import { loadServerKeys } from './keys.ts'
import type { Log } from './log.ts'
import { createMarket, type Market } from './market.ts'
import type { Transports } from './notify/transport.ts'
import { createTransports } from './notify/transports.ts'
import { operator } from './operations/operation.ts'
import { FindFact, PutFact } from './operations/operator/Facts.ts'
import { createSecrets, type Secrets } from './secrets.ts'
import { openDatabase, placeOf } from './store/open.ts'

/** The markets of one database; their timers and senders are not started. */
export interface OpenMarkets {
  markets: ReadonlyMap<Environment, Market>
  close(): Promise<void>
}

export interface OpenMarketsOptions {
  /** The address under which people reach a market, without a slash at its end. */
  publicURL(environment: Environment): string
  /** Throws when the database is not to be used; it is asked with the first market, before anything else is. */
  check?(market: Market): Promise<void>
}

/**
 * Opens the database and builds the markets. Throws with a sentence when something is in the way, the database closed
 * again: what keeps this start from succeeding must not keep the next one from the database.
 */
export async function openMarkets(
  config: Config,
  log: Log,
  { publicURL, check }: OpenMarketsOptions,
): Promise<OpenMarkets> {
  const ids = createIds()
  const settings = config.environments.map((environment) => settingsOf(config, environment))
  const database = await openDatabase({
    url: config.databaseURL,
    markets: settings,
    ids,
    lost: (error) => log.error(error, 'a database connection was lost'),
  })
  try {
    // Only a server makes a key: a command in the wrong folder must not leave one there.
    const newKeys = config.mode === 'command' ? undefined : ids
    const secrets = createSecrets(loadServerKeys(config.secretKeys, config.dataFolder, newKeys))
    const transports = transportsOf(config, secrets)
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
          publicURL: () => publicURL(market.environment),
          // Real keys are secret, so any page may use them, as on the real site; the demo's are not.
          corsOrigins: config.mode === 'serve' && config.corsOrigins.length === 0 ? '*' : config.corsOrigins,
          log,
        }),
      ]),
    )
    const first = markets.values().next().value!
    await check?.(first)
    await refuseOtherKey(first)
    for (const market of markets.values()) await restoreClock(market)
    return { markets, close: () => database.close() }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Where the files of workers lie: a database in memory forgets them, so in a folder they would outlive it. */
function filesOf(config: Config, environment: Environment): FileStore {
  const { databaseURL, dataFolder, files, awsEndpoint } = config
  if (files !== undefined) {
    const prefix = `${files.prefix}${environment}/`
    return s3Files({ bucket: files.bucket, prefix, endpoint: awsEndpoint })
  }
  return placeOf(databaseURL) === 'temporary'
    ? memoryFiles()
    : diskFiles(join(dataFolder, 'files', environment))
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
    eventsPerDocument: config.eventsPerDocument,
    payouts: config.payouts,
    retentionDays: config.retentionDays,
    mailsWorkers: typeof config.mail === 'object',
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
