// What is stored about a worker, column by column: each is in the file that he can take away, or stands here with the
// reason why not; and of each that holds a text it is said here whether it outlasts the account.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { toISO } from '../../src/clock.ts'
import { cents, formatDollars } from '../../src/domain/money.ts'
import { CloseAccount, LeaveMarket } from '../../src/operations/worker/CloseAccount.ts'
import { downloadOf } from '../../src/operations/worker/DownloadData.ts'
import { openSQLite } from '../../src/store/sqlite.ts'
import { openMarket } from '../support/market.ts'

/** Whose rows they are; only their names differ. */
const workerId = 'AWORKER'
const email = 'worker.email'
const owner = ['worker_id', 'person_id', 'used_by', 'claimed_by']

/** Tables that tell of workers without a column named so. */
const others = ['worker', 'answer', 'uploaded_file', 'transfer', 'audit', 'outbox', 'sign_in_failure']

/** What some columns hold instead of a text that names the column itself. */
const held: Readonly<Record<string, string | number | null>> = {
  'worker.id': workerId,
  'worker.closed_at': null,
  'session.site': 'worker',
  'sign_in_link.site': 'worker',
  'transfer.debit': `worker:${workerId}`,
  'audit.caller': `worker:${workerId}`,
  'outbox.transport': 'Email',
  'outbox.destination': email,
  'outbox.kind': 'mail',
  'sign_in_failure.subject': `worker ${email}`,
  'message.kind': 'contact',
  'imported_worker.worker_id': 'an earlier id',
}

/** What is not in the file, and why: whole tables, or single columns. */
const leftOut: Readonly<Record<string, string>> = {
  account_link: 'hashes of addresses that work for a day at most, each mailed to himself',
  sign_in_link: 'the hash of an address that works for ten minutes',
  sign_in_failure: 'gone after a quarter of an hour',
  invitation: 'the operator’s: who invited is not kept, and when he joined is in his identity',
  outbox: 'his messages on their way, which are in the file as messages',
  imported_assignment: 'the requester’s history of the real service, under the id there',
  imported_bonus: 'the requester’s history of the real service, under the id there',
  'imported_worker.figures': 'the requester’s figures of the real service',
  'imported_worker.block': 'the requester’s reasons',
  'imported_worker.reason': 'the requester’s reasons',
  audit: 'who changed what: what he did is in the file as it is',
  transfer: 'the books: each of his is a reward, a bonus or a payout of the file',
  worker_block: 'the requester’s reasons; their number is in the file',
  worker_group: 'a counter of his assignments, which are in the file',
  worker_day: 'sums of his assignments and bonuses by day, which are in the file',
  worker_batch: 'sums of his assignments and bonuses by type, which are in the file',
  'worker.password': 'a hash',
  'worker.closed_at': 'he who is here has not closed it',
  'session.hash': 'a hash of the cookie',
  'session.site': 'the same for all of his',
  'qualification_request.test_hash': 'names the requester’s test',
  'qualification_request.answer_key_hash': 'names the requester’s answer key',
  'assignment.auto_approval_at': 'the requester’s to say',
  'assignment.due_at': 'when the timers look at it',
  'uploaded_file.file_key': 'where the bytes lie',
  'payout.token': 'the number of a form',
  'bonus.fee': 'between the requester and the operator',
}

/** Texts that stay when the account is closed. Ids and names of states, which say nothing of a person, do as well. */
const stay: readonly string[] = [
  'answer.document',
  'assignment.feedback',
  'audit.operation',
  'bonus.reason',
  'consent.dated',
  'consent.version',
  'imported_assignment.document',
  'imported_assignment.feedback',
  'imported_assignment.rates',
  'imported_bonus.reason',
  'imported_worker.block',
  'imported_worker.figures',
  'imported_worker.reason',
  'message.subject',
  'message.text',
  'payout.method',
  'payout.note',
  'payout.token',
  'qualification_request.answer',
  'transfer.credit',
  'transfer.reference',
  'uploaded_file.identifier',
  'uploaded_file.name',
  'worker_block.reason',
  'worker_day.day',
]

interface Column {
  table: string
  column: string
  /** What the row holds. */
  value: string | number | null
}

const folder = mkdtempSync(join(tmpdir(), 'kempelen-personal-'))
const file = join(folder, 'kempelen.db')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Asks the file itself; no market is open then. */
async function ask(work: (query: (sql: string) => Promise<Record<string, any>[]>) => Promise<void>) {
  const database = openSQLite(file)
  await database.migrate((_, __, query) =>
    work(async (sql) => (await query({ sql, parameters: [] } as never)) as Record<string, any>[]),
  )
  await database.close()
}

let numbers = 1_000_000

function valueOf(table: string, column: string, type: string): Column['value'] {
  const name = `${table}.${column}`
  if (Object.hasOwn(held, name)) return held[name]!
  if (owner.includes(column)) return workerId
  if (type.toLowerCase() !== 'text') return ++numbers
  if (column === 'id') return `of ${table}_id`
  return column.endsWith('_id') ? `of ${column}` : name
}

const columns: Column[] = []

beforeAll(async () => {
  await (await openMarket(`sqlite:${file}`)).close()
  await ask(async (query) => {
    const tables = await query(
      `select name from sqlite_master where type = 'table' and name not like 'sqlite%'`,
    )
    for (const { name: table } of tables as { name: string }[]) {
      const found = await query(`pragma table_info("${table}")`)
      const isHis = found.some(({ name }) => owner.includes(String(name))) || others.includes(table)
      if (!isHis && !['hit', 'hit_type'].includes(table)) continue
      const own = found.map(({ name, type }) => ({
        table,
        column: String(name),
        value: valueOf(table, String(name), String(type)),
      }))
      const values = own.map(({ value }) => (typeof value === 'string' ? `'${value}'` : String(value)))
      await query(`insert into "${table}" values (${values.join(', ')})`)
      if (isHis) columns.push(...own)
    }
    // What he wrote to a requester, on its way with his own address in it.
    await query(
      `insert into outbox select 'of message_id', requester_id, transport, 'lab@example.org', hit_id, event,
        'answers to ${email}', created_at, state, due_at, attempts, error, settled_at, kind, hit_type_id, sealed, part_of
       from outbox`,
    )
    // What he was told at an address that he had before.
    await query(
      `insert into outbox select 'a bonus', requester_id, transport, 'old@example.org', hit_id, event, document,
         created_at, state, due_at, attempts, error, settled_at, kind, hit_type_id, sealed, part_of
       from outbox where id = 'of outbox_id'`,
    )
    await query(
      `insert into message select 'a bonus', 'bonus', worker_id, requester_id, subject, text, at from message`,
    )
  })
})

const camel = (column: string) => column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
/** Columns that are handed out as true and false. */
const flags = [
  'suspended',
  'without_mail',
  'automatic',
  'qualified',
  'masters',
  'adult',
  'favourites',
  'active',
]

test('all of it is in the file that he can take away, but for what is named here', async () => {
  const market = await openMarket(`sqlite:${file}`)
  const { runner } = market.market
  let text = ''
  for await (const piece of downloadOf(
    [{ environment: 'production', runner, decrypt: (sealed) => sealed }],
    workerId,
  ))
    text += piece
  await market.close()
  const isIn = ({ column, value }: Column): boolean => {
    if (flags.includes(column)) return text.includes(`"${camel(column)}":`)
    if (typeof value !== 'number') return value !== null && text.includes(`"${value}"`)
    const spelled = [String(value), `"${toISO(value)}"`, `"${formatDollars(cents(value))}"`]
    return spelled.some((form) => text.includes(`:${form}`))
  }
  const isNamed = ({ table, column }: Column) =>
    Object.hasOwn(leftOut, table) || Object.hasOwn(leftOut, `${table}.${column}`)
  const missing = columns.filter((one) => !isIn(one) && !isNamed(one))
  expect(missing.map(({ table, column }) => `${table}.${column}`)).toEqual([])
  const all = new Set(columns.flatMap(({ table, column }) => [table, `${table}.${column}`]))
  expect(Object.keys(leftOut).filter((name) => !all.has(name))).toEqual([])
  const handedOut = columns.filter((one) => Object.hasOwn(leftOut, `${one.table}.${one.column}`) && isIn(one))
  expect(handedOut.map(({ table, column }) => `${table}.${column}`)).toEqual([])
})

test('closing the account erases every text about the person, but for what is named here', async () => {
  const market = await openMarket(`sqlite:${file}`)
  const { runner } = market.market
  const caller = { kind: 'worker', workerId } as const
  expect(await runner.run(LeaveMarket, caller, { email })).toEqual({})
  expect(await runner.run(CloseAccount, caller, { wallNow: 1 })).toEqual({})
  await market.close()
  const left = new Set<string>()
  await ask(async (query) => {
    for (const { table, column, value } of columns) {
      if (typeof value !== 'string' || value.includes(workerId)) continue
      if (column === 'id' || /(_id|_hash|^hash|_key|^kind|state|status|caller|site)$/.test(column)) continue
      const rows = await query(`select "${column}" as value from "${table}"`)
      if (rows.some((row) => row.value === value)) left.add(`${table}.${column}`)
    }
    for (const table of new Set(columns.map((one) => one.table))) {
      const rows = JSON.stringify(await query(`select * from "${table}"`))
      const found = [email, 'old@example.org'].filter((address) => rows.includes(address))
      expect([table, found]).toEqual([table, []])
    }
  })
  expect([...left].toSorted()).toEqual([...stay].toSorted())
})
