// `npm run bench`: one table, each figure beside its limit measured in the same run [design 9].
// `npm run bench -- --large` works on ten times as many HITs where they are made through the API: a million on SQLite.
// `npm run bench -- --groups` measures the lists of groups alone.
import { cpus } from 'node:os'
import pg from 'pg'
import { startPostgres } from '../test/support/postgres-server.ts'
import { connections, measureApprove } from './approve.ts'
import { temporaryFile } from './market.ts'
import { measureGroups } from './groups.ts'
import { measureWork, type WorkSettings } from './work.ts'

const groupsOnly = process.argv.includes('--groups')
const scale = process.argv.includes('--large') ? 10 : 1

function workloads(hits: number): WorkSettings[] {
  return [
    { hits, assignments: 1, pairs: 20_000 },
    { hits, assignments: 3, pairs: 20_000, done: hits * 0.3 },
    { hits: 1, assignments: 5000, pairs: 5000 },
  ]
}

const whole = (value: number) => Math.round(value).toLocaleString('en')
const met = (isMet: boolean, otherwise = 'no') => (isMet ? 'yes' : otherwise)
const rows = [['work', 'figure', 'limit', 'aim met']]

async function addApprove(): Promise<void> {
  const approve = await measureApprove(20_000)
  const limit = 2 * (approve.echo + approve.statements)
  rows.push(
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
    rows.push(
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
    rows.push(
      [
        `accept + submit, 64 workers, ${name}, ${database}`,
        `${whole(perSecond)} pairs/s`,
        `≥ ${whole(least)} pairs/s`,
        met(perSecond >= least),
      ],
      ['the same: p95 of a pair', `${p95.toFixed(1)} ms`, '< 50 ms', met(p95 < 50)],
    )
    if (settings.assignments === 1) {
      rows.push([`CreateHIT, 250 at once, ${database}`, `${whole(fillPerSecond)} /s`, '', ''])
    }
  }
}

const embedded: Setup = {
  database: 'SQLite',
  hits: 100_000 * scale,
  least: 1500,
  makeDatabase: () => Promise.resolve(`sqlite:${temporaryFile()}`),
  pairs: 10_000,
}
if (!groupsOnly) {
  await addApprove()
  await addWork(embedded)
}
await addGroups(embedded)
const postgres = await startPostgres(['fsync=on', 'synchronous_commit=on', 'full_page_writes=on'])
const shared: Setup = {
  database: 'PostgreSQL',
  // Filled through the API as well, which takes longer here.
  hits: 20_000 * scale,
  least: 500,
  async makeDatabase() {
    const client = new pg.Client({ connectionString: postgres.url })
    await client.connect()
    const name = `bench_${rows.length}`
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
if (!groupsOnly) await addWork(shared)
await addGroups(shared)
await postgres.stop()

const machine = cpus()
console.log(`${machine.length} × ${machine[0]?.model ?? 'unknown'}, Node ${process.version}\n`)
for (const [index, row] of rows.entries()) {
  console.log(`| ${row.join(' | ')} |`)
  if (index === 0) console.log(`|${row.map(() => '---').join('|')}|`)
}
process.exit(0)
