// `npm run bench`: one table, each figure beside its limit measured in the same run [design 9].
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { startPostgres } from '../test/support/postgres-server.ts'
import { connections, measureApprove } from './approve.ts'
import { temporaryFile } from './market.ts'
import { measureGroups } from './groups.ts'
import { measureImport } from './imports.ts'
import { measureWork, type WorkSettings } from './work.ts'

const help = `npm run bench -- [what] [--large]

Measures, and prints a table row by row. All of it takes about 20 minutes; what can be named:
  --approve  ApproveAssignment beside the bare cost of its statements (1 minute)
  --work     accept and submit
  --groups   the lists of groups
  --imports  a result CSV of a million rows of the real service
  --large    accept and submit on ten times as many HITs: a million on SQLite
`

const options = readOptions()
const isWhole = !(options.approve || options.work || options.groups || options.imports)
const scale = options.large === true ? 10 : 1

function readOptions() {
  const flag = { type: 'boolean' } as const
  try {
    const { values } = parseArgs({
      options: {
        approve: flag,
        work: flag,
        groups: flag,
        imports: flag,
        large: flag,
        help: { ...flag, short: 'h' },
      },
    })
    if (values.help !== true) return values
    process.stdout.write(help)
    return process.exit(0)
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${help}`)
    return process.exit(2)
  }
}

function workloads(hits: number): WorkSettings[] {
  return [
    { hits, assignments: 1, pairs: 20_000 },
    { hits, assignments: 3, pairs: 20_000, done: hits * 0.3 },
    { hits: 1, assignments: 5000, pairs: 5000 },
  ]
}

const whole = (value: number) => Math.round(value).toLocaleString('en')
const met = (isMet: boolean, otherwise = 'no') => (isMet ? 'yes' : otherwise)
/** Rows of the result CSVs; the smaller one shows whether memory grows with the file. */
const sizes = { embedded: [100_000, 1_000_000], shared: [100_000] }

let rows = 0

function printRows(...more: string[][]): void {
  for (const row of more) console.log(`| ${row.join(' | ')} |`)
  rows += more.length
}

async function addApprove(): Promise<void> {
  const approve = await measureApprove(20_000)
  const limit = 2 * (approve.echo + approve.statements)
  printRows(
    [
      `ApproveAssignment over HTTP, SigV4, SQLite, ${connections} connections: server CPU per call`,
      `${whole(approve.kempelen)} µs`,
      `2 × (H ${whole(approve.echo)} + S ${whole(approve.statements)}) = ${whole(limit)} µs`,
      met(approve.kempelen <= limit, `no, ${(approve.kempelen / limit).toFixed(2)} times`),
    ],
    [
      'the same: calls per second, p95',
      `${whole(approve.perSecond)} /s, ${approve.p95.toFixed(1)} ms`,
      `(${approve.group.toFixed(0)} approvals a commit in the replay of S)`,
      '',
    ],
  )
}

interface Setup {
  database: string
  hits: number
  /** Pairs per second that are the aim. */
  least: number
  /** Rows per second of an import that are the aim. */
  leastRows: number
  makeDatabase(): Promise<string>
  /** Tidies a database up that was filled in a few statements. */
  settle?(url: string): Promise<void>
  /** Pairs done while lists are polled. */
  pairs: number
}

/** The list on many groups, and beside it the same HITs as one group. */
async function addGroups({ database, makeDatabase, settle, pairs }: Setup): Promise<void> {
  for (const filled of [
    { groups: 10_000, hits: 100 },
    { groups: 1, hits: 1_000_000 },
  ]) {
    const url = await makeDatabase()
    const figures = await measureGroups(url, filled, pairs, () => settle?.(url) ?? Promise.resolve())
    const { alone, busy, unpolled, polled, firstList, countSeconds } = figures
    const place = `1,000,000 open HITs in ${whole(filled.groups)} ${filled.groups === 1 ? 'group' : 'groups'}`
    const times = ({ p50, p95 }: typeof alone) => `${p50.toFixed(1)} / ${p95.toFixed(1)} ms`
    printRows(
      [
        `group list, ${place}, worker with 50 qualifications, ${database}: p50 / p95 on the server`,
        times(alone),
        'p95 < 50 ms',
        met(alone.p95 < 50),
      ],
      [
        'the same while 64 workers accept and submit, 20 poll',
        times(busy),
        'p95 < 50 ms',
        met(busy.p95 < 50),
      ],
      [
        'accept + submit meanwhile, p95',
        `${whole(polled.perSecond)} pairs/s, ${polled.p95.toFixed(1)} ms`,
        `< 50 ms (nobody polls: ${whole(unpolled.perSecond)} pairs/s, ${unpolled.p95.toFixed(1)} ms)`,
        met(polled.p95 < 50),
      ],
      [
        'after a start: first list, all groups counted',
        `${firstList.toFixed(0)} ms, ${countSeconds.toFixed(1)} s`,
        '',
        '',
      ],
    )
  }
}

async function addWork({ database, hits, least, makeDatabase }: Setup): Promise<void> {
  for (const settings of workloads(hits)) {
    const { name, perSecond, p95, fillPerSecond } = await measureWork(await makeDatabase(), settings)
    printRows(
      [
        `accept + submit, 64 workers, ${name}, ${database}`,
        `${whole(perSecond)} pairs/s`,
        `≥ ${whole(least)} pairs/s`,
        met(perSecond >= least),
      ],
      ['the same: p95 of a pair', `${p95.toFixed(1)} ms`, '< 50 ms', met(p95 < 50)],
    )
    if (settings.assignments === 1) {
      printRows([`CreateHIT, 250 at once, ${database}`, `${whole(fillPerSecond)} /s`, '', ''])
    }
  }
}

async function addImports(
  { database, leastRows, makeDatabase }: Setup,
  lengths: readonly number[],
): Promise<void> {
  for (const size of lengths) {
    const figures = await measureImport(await makeDatabase(), size)
    const { rowsPerSecond, mebibytes, parsedPerSecond, againPerSecond } = figures
    printRows([
      `result CSV of ${whole(size)} rows, checked and kept, ${database}`,
      `${whole(rowsPerSecond)} rows/s, ${whole(mebibytes)} MiB at most; once more ${whole(againPerSecond)} rows/s`,
      `≥ ${whole(leastRows)} rows/s (the CSV parser alone, once: ${whole(parsedPerSecond)} rows/s)`,
      met(rowsPerSecond >= leastRows),
    ])
  }
}

const embedded: Setup = {
  database: 'SQLite',
  hits: 100_000 * scale,
  least: 1500,
  leastRows: 20_000,
  makeDatabase: () => Promise.resolve(`sqlite:${temporaryFile()}`),
  pairs: 10_000,
}
const machine = cpus()
console.log(`${machine.length} × ${machine[0]?.model ?? 'unknown'}, Node ${process.version}\n`)
printRows(['work', 'figure', 'limit', 'aim met'], ['---', '---', '---', '---'])
if (isWhole || options.approve === true) await addApprove()
if (isWhole || options.work === true) await addWork(embedded)
if (isWhole || options.groups === true) await addGroups(embedded)
if (isWhole || options.imports === true) await addImports(embedded, sizes.embedded)
const wantsShared = isWhole || options.work === true || options.groups === true || options.imports === true
if (!wantsShared) process.exit(0)
const postgres = await startPostgres(['fsync=on', 'synchronous_commit=on', 'full_page_writes=on'])
const shared: Setup = {
  database: 'PostgreSQL',
  // Filled through the API as well, which takes longer here.
  hits: 20_000 * scale,
  least: 500,
  leastRows: 10_000,
  async makeDatabase() {
    const client = new pg.Client({ connectionString: postgres.url })
    await client.connect()
    const name = `bench_${rows}`
    await client.query(`create database ${name}`)
    await client.end()
    return Object.assign(new URL(postgres.url), { pathname: `/${name}` }).href
  },
  // What the server does by itself after a while.
  async settle(url) {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query('vacuum analyze')
    await client.end()
  },
  pairs: 2000,
}
if (isWhole || options.work === true) await addWork(shared)
if (isWhole || options.groups === true) await addGroups(shared)
if (isWhole || options.imports === true) await addImports(shared, sizes.shared)
await postgres.stop()
process.exit(0)
