// All that is stored about a worker, as JSON for him to take away, piece by piece: a worker may have done millions of
// HITs, and no transaction lasts for all of them.
import { toISO } from '../../clock.ts'
import { isFault } from '../../domain/fault.ts'
import { cents, formatDollars } from '../../domain/money.ts'
import { server } from '../../limits.ts'
import * as consents from '../../store/consents.ts'
import * as stored from '../../store/stored-of-worker.ts'
import * as workerAccounts from '../../store/worker-accounts.ts'
import * as workers from '../../store/workers.ts'
import { read, type WorkerCaller } from '../operation.ts'
import type { Runner } from '../run.ts'

/** Who the worker is. WorkerDoesNotExist. */
export const DownloadIdentity = read<WorkerCaller, object, object>(
  'DownloadIdentity',
  async (tx, { workerId }) => {
    const worker = await workers.find(tx, workerId)
    if (worker === undefined) return { fault: 'WorkerDoesNotExist', workerId }
    const { name, email, locale, suspended, createdAt, withoutMail = false } = worker
    return {
      workerId,
      name,
      email,
      country: locale?.country,
      subdivision: locale?.subdivision,
      suspended,
      withoutMail,
      createdAt: toISO(createdAt),
      consents: (await consents.list(tx, workerId)).map(({ version, dated, at }) => ({
        version,
        dated,
        at: toISO(at),
      })),
      sessions: (await stored.listSessions(tx, workerId)).map((session) => ({
        createdAt: toISO(session.createdAt),
        expiresAt: toISO(session.expiresAt),
      })),
    }
  },
)

/** His money and counters in this market, and how many requesters have blocked him. */
export const DownloadAccount = read<WorkerCaller, object, object>(
  'DownloadAccount',
  async (tx, { workerId }) => {
    const account = await workerAccounts.find(tx, workerId)
    return { ...account, blocks: await stored.countBlocks(tx, workerId) }
  },
)

interface SectionPage {
  section: stored.Section
  place: stored.Place
}

/** One page of one section. */
export const DownloadSection = read<
  WorkerCaller,
  SectionPage,
  { rows: Record<string, unknown>[]; next: stored.Place | undefined }
>('DownloadSection', (tx, { workerId }, { section, place }) =>
  stored.list(tx, workerId, section, place, server.account.downloadStep),
)

export interface DownloadSource {
  environment: string
  runner: Pick<Runner, 'run'>
  /** Opens what is encrypted at rest. */
  decrypt(sealed: string): string
}

/** The text of the download in pieces. Throws when the worker is gone or the database is. */
export async function* downloadOf(
  sources: readonly DownloadSource[],
  workerId: string,
): AsyncGenerator<string> {
  const caller: WorkerCaller = { kind: 'worker', workerId }
  const first = sources[0]!
  const identity = must(await first.runner.run(DownloadIdentity, caller, {}))
  yield `{"identity":${JSON.stringify(identity)}`
  for (const source of sources) {
    yield `,\n${JSON.stringify(source.environment)}:{"account":`
    yield JSON.stringify(plain(must(await source.runner.run(DownloadAccount, caller, {})), source))
    for (const section of stored.sectionNames) yield* sectionOf(source, caller, section)
    yield '}'
  }
  yield '}\n'
}

async function* sectionOf(
  source: DownloadSource,
  caller: WorkerCaller,
  section: stored.Section,
): AsyncGenerator<string> {
  yield `,\n${JSON.stringify(section)}:[`
  let separator = ''
  for (let place: stored.Place | undefined = stored.beginning; place !== undefined;) {
    const page: { rows: Record<string, unknown>[]; next: stored.Place | undefined } = must(
      await source.runner.run(DownloadSection, caller, { section, place }),
    )
    for (const row of page.rows) {
      yield separator + JSON.stringify(plain(row, source))
      separator = ',\n'
    }
    place = page.next
  }
  yield ']'
}

function must<T>(value: T): Exclude<T, { fault: string }> {
  if (isFault(value)) throw new Error(`a download was refused: ${value.fault}`)
  return value as Exclude<T, { fault: string }>
}

const amounts: ReadonlySet<string> = new Set([
  'amount',
  'reward',
  'balance',
  'rewards',
  'bonuses',
  'minReward',
])
const flags: ReadonlySet<string> = new Set(['automatic', 'qualified', 'masters', 'favourites', 'active'])

/** A row with names, times and amounts as programs read them elsewhere; what is empty is left out. */
function plain(row: object, { decrypt }: DownloadSource): Record<string, unknown> {
  const entries = Object.entries(row).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(
    entries.map(([column, value]) => {
      const name = column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
      if (amounts.has(name)) return [name, formatDollars(cents(value as number | bigint))]
      if (flags.has(name)) return [name, value === 1 || value === true]
      if (column === 'details') return [name, decrypt(value as string)]
      if (typeof value === 'number' && /(^at|At|Since|deadline|dayStart)$/.test(name))
        return [name, toISO(value)]
      return [name, typeof value === 'bigint' ? Number(value) : value]
    }),
  )
}
