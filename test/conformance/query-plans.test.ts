// No statement that people or timers wait for may read a table that grows from end to end: each reaches its rows by an
// index, on both databases [design 4, 9]. The statements are those that a tour through all operations runs; the plans
// are the databases' own words.
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { read, write, type ReadStatement } from '../../src/store/prepared.ts'
import type { Store } from '../../src/store/store.ts'
import { openMarket } from '../support/market.ts'
import { tour } from '../support/operation-tour.ts'
import { createDatabase, postgresMissing } from '../support/postgres.ts'
import { watchStore, type Run } from '../support/recorded-store.ts'
import { describeUnless } from '../support/shared.ts'
import { loadRows } from './query-plan-rows.ts'

interface Tour {
  /** One run of each statement. */
  runs: Run[]
  store: Store
  close(): Promise<void>
}

/** Runs everything on the database and keeps what was asked of it. */
async function takeTour(url: string): Promise<Tour> {
  const runs = new Map<number, Run>()
  let store: Store | undefined
  const market = await openMarket(url, 'production', undefined, (inner) => {
    store = inner
    return watchStore(inner, (run, perform) => {
      if (!runs.has(run.statement.id)) runs.set(run.statement.id, run)
      return perform(run)
    })
  })
  await tour(market, 1, 500)
  return { runs: [...runs.values()], store: store!, close: () => market.close() }
}

interface Planned {
  sql: string
  plan: string
}

/** The plan of a statement, as rows of the database. */
async function explain({ store }: Tour, { statement, parameters }: Run, prefix: string): Promise<Planned> {
  let text = ''
  const explained: ReadStatement<object, object> = read((builder, p) => ({
    compile: () => {
      const query = statement.build(builder, p).compile()
      text = query.sql
      return { ...query, sql: `${prefix} ${query.sql}` } as never
    },
  }))
  const rows = await store.write(0, (tx) => tx.all(explained, parameters), { keep: () => false })
  const cells: unknown[] = rows.map((row) => Object.values(row).at(-1))
  const lines = cells.map((cell) => (typeof cell === 'string' ? cell : JSON.stringify(cell)))
  return { sql: text, plan: lines.join('\n') }
}

/** Known to read what grows, each with the reason why it is borne. An entry that is needed no more fails, too. */
const borne: [sql: RegExp, why: string][] = [
  [/"hit" where "requester_id" = \S+ and "id" > /, 'only the control API and audits list escrow by id'],
]

/** PostgreSQL takes another way where it thinks that few rows are left; a search for a text looks at every type. */
const isTextSearch = (sql: string) => / search_text like /.test(sql)

const isBorne = (sql: string) => borne.some(([pattern]) => pattern.test(sql))

const dropIndex = (name: string) =>
  write<object, unknown>(() => ({ compile: () => ({ sql: `drop index ${name}`, parameters: [] }) as never }))

/** Takes away the index of the search for an offer, and the one that would do instead, in the words of both databases. */
const offerIndexes = ['hit_offer', 'hit_type_created'].map(dropIndex)

async function dropOffers(store: Store): Promise<void> {
  for (const statement of offerIndexes)
    await store.write(0, (tx) => tx.change(statement, {}), { keep: () => true })
}

const isSearchForOffer = ({ sql }: { sql: string }) => sql.includes('"pick" >=')

async function plansOnSQLite(whole: Tour): Promise<Planned[]> {
  const planned: Planned[] = []
  for (const run of whole.runs) planned.push(await explain(whole, run, 'explain query plan'))
  return planned
}

/** Statements that reach no table by an index, or sort what grows. */
async function slowOnSQLite(whole: Tour): Promise<Planned[]> {
  const planned = await plansOnSQLite(whole)
  // Equal times are few: only what is left of an order that an index gives may be sorted.
  return planned.filter(({ plan }) =>
    /\bSCAN (?!CONSTANT|json_each |\d+-ROW VALUES|\(subquery)|AUTOMATIC|USE TEMP B-TREE FOR (?!LAST TERM)/.test(
      plan,
    ),
  )
}

describe('SQLite', () => {
  test('reaches every row by an index, and sorts nothing that grows', async () => {
    const whole = await takeTour('sqlite::memory:')
    expect(whole.runs.length).toBeGreaterThan(70)
    const slow = await slowOnSQLite(whole)
    expect(slow.filter(({ sql }) => !isBorne(sql))).toEqual([])
    for (const [pattern, why] of borne)
      expect(
        slow.some(({ sql }) => pattern.test(sql)),
        `not needed any more: ${why}`,
      ).toBe(true)
    const counting = (await plansOnSQLite(whole)).filter(({ sql }) => sql.includes('filter(where "state" ='))
    expect(counting, 'imported work is counted without its answers').toEqual([
      expect.objectContaining({ plan: expect.stringContaining('imported_assignment USING COVERING INDEX') }),
    ])
    await dropOffers(whole.store)
    expect((await slowOnSQLite(whole)).some(isSearchForOffer), 'a missing index is noticed').toBe(true)
    await whole.close()
  })
})

/** The smallest part of PostgreSQL's plan that matters here. */
interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Index Cond'?: string
  'Index Name'?: string
  Plans?: PlanNode[]
}

/** The scans of a plan that are not led by a condition. */
function blindScans(node: PlanNode): string[] {
  const below = (node.Plans ?? []).flatMap(blindScans)
  const isScan = /Scan$/.test(node['Node Type']) && !/Bitmap Heap|Subquery|CTE|Values/.test(node['Node Type'])
  if (!isScan || node['Index Cond'] !== undefined) return below
  return [...below, `${node['Node Type']} ${node['Relation Name'] ?? ''} ${node['Index Name'] ?? ''}`.trim()]
}

async function slowOnPostgres(whole: Tour): Promise<{ sql: string; scans: string[] }[]> {
  const slow: { sql: string; scans: string[] }[] = []
  for (const run of whole.runs) {
    const { sql, plan } = await explain(whole, run, 'explain (format json)')
    const [{ Plan }] = JSON.parse(plan) as [{ Plan: PlanNode }]
    const scans = blindScans(Plan)
    if (scans.length > 0) slow.push({ sql, scans })
  }
  return slow
}

describe('PostgreSQL', async () => {
  describeUnless(await postgresMissing(), 'with tens of thousands of rows', () => {
    test('reaches every row by an index', { timeout: 120_000 }, async () => {
      const database = await createDatabase()
      const whole = await takeTour(database.url)
      const client = new pg.Client({ connectionString: database.url })
      await client.connect()
      try {
        await loadRows(client)
        const slow = await slowOnPostgres(whole)
        expect(slow.filter(({ sql }) => !isBorne(sql) && !isTextSearch(sql))).toEqual([])
        await dropOffers(whole.store)
        expect((await slowOnPostgres(whole)).some(isSearchForOffer), 'a missing index is noticed').toBe(true)
      } finally {
        await client.end()
        await whole.close()
        await database.drop()
      }
    })
  })
})
