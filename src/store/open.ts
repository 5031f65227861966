// Opens the database that a URL names, brings its tables up to date, and hands out one store per market.
import { existsSync, lstatSync, mkdirSync, realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Environment, MarketSettings } from '../domain/market-settings.ts'
import type { Ids } from '../ids.ts'
import type { Database } from './database.ts'
import { migrate } from './migrations/index.ts'
import { createStore, type Store } from './store.ts'

/** The markets a database may hold, and what their tables begin with. */
const prefixes: Record<Environment, string> = { production: '', sandbox: 'sandbox_' }

/** Where a database is: in a file that one process owns, in a temporary one, or with a server that many share. */
export type DatabasePlace = { file: string } | 'temporary' | 'server'

/** Where the database that a URL names is. */
export function placeOf(url: string): DatabasePlace {
  if (!url.startsWith('sqlite:')) return 'server'
  const file = url.slice('sqlite:'.length).replace(/^\/\//, '')
  if (file === ':memory:') return 'temporary'
  // What stands beside the file, its lock and its socket, must be the same for whoever comes by a link.
  const isLink = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true
  return { file: isLink && existsSync(file) ? realpathSync(file) : file }
}

export interface OpenOptions {
  /** `sqlite:<file>`, `sqlite::memory:` or `postgres://…`. */
  url: string
  markets: readonly MarketSettings[]
  ids: Ids
  /** Hears of connections that broke. */
  lost(error: Error): void
}

export interface OpenDatabase {
  stores: ReadonlyMap<Environment, Store>
  close(): Promise<void>
}

/** Opens and migrates. Throws with a sentence when the URL is unknown or the database is newer than the program. */
export async function openDatabase(options: OpenOptions): Promise<OpenDatabase> {
  const database = await connect(options).catch(explain)
  try {
    for (const { environment } of options.markets) await migrate(database, prefixes[environment])
  } catch (error) {
    await database.close()
    explain(error)
  }
  const stores = new Map(
    options.markets.map((settings) => [
      settings.environment,
      createStore(database, prefixes[settings.environment], options.ids, settings),
    ]),
  )
  return { stores, close: () => database.close() }
}

/** Throws a sentence in place of what the system or the database says in few words. */
function explain(error: unknown): never {
  const { code, message } = error as { code?: string; message: string }
  if (code === undefined) throw error
  throw new Error(`The database that DATABASE_URL names cannot be used: ${message}`, { cause: error })
}

async function connect({ url, lost }: OpenOptions): Promise<Database> {
  const place = placeOf(url)
  if (place !== 'server') {
    if (place !== 'temporary') mkdirSync(dirname(place.file), { recursive: true, mode: 0o700 })
    const { openSQLite } = await import('./sqlite.ts')
    return openSQLite(place === 'temporary' ? ':memory:' : place.file)
  }
  if (/^postgres(ql)?:\/\//.test(url)) {
    const { openPostgres } = await import('./postgres.ts')
    return openPostgres(url, lost)
  }
  throw new Error(`DATABASE_URL must begin with sqlite: or postgres://, not ${url.split(':')[0]}:`)
}
