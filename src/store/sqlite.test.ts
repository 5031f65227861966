// What is SQLite's alone: group commit, one process per file, the temporary database. `[design 4]` throughout.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { server } from '../limits.ts'
import type { Connection, Database } from './database.ts'
import { openSQLite } from './sqlite.ts'

let folder: string
let file: string
let database: Database

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kempelen-sqlite-'))
  file = join(folder, 'kempelen.db')
  database = openSQLite(file)
  await write((connection) => connection.change('create table word (text text primary key)', []))
})

afterEach(async () => {
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

function write<T>(
  work: (connection: Connection) => Promise<T>,
  options: { keep?: boolean; background?: boolean } = {},
) {
  const { keep = true, background = false } = options
  return database.write(work, { keep: () => keep, background })
}

const add = (text: string) => (connection: Connection) =>
  connection.change('insert into word values (?)', [text])

const words = () =>
  database.read(async (connection) =>
    (await connection.all('select text from word order by rowid', [])).map(
      (row) => (row as { text: string }).text,
    ),
  )

/** What another connection sees: only what is committed. */
function seenOutside(): number {
  const outside = new DatabaseSync(file, { readOnly: true })
  const { count } = outside.prepare('select count(*) as count from word').get() as { count: number }
  outside.close()
  return count
}

describe('writes that wait', () => {
  test('share one commit, and nobody is answered before it', async () => {
    const answered: string[] = []
    const during: unknown[] = []
    const first = write(add('one')).then(() => answered.push('one'))
    const second = write(async (connection) => {
      during.push([...answered], seenOutside())
      return add('two')(connection)
    }).then(() => answered.push('two'))
    await first
    expect(seenOutside()).toBe(2)
    await second
    expect(during).toEqual([[], 0])
    expect(answered).toEqual(['one', 'two'])
  })

  test('see what those before them in the commit wrote', async () => {
    const [, second] = await Promise.all([
      write(add('one')),
      write((connection) => connection.all('select text from word', [])),
    ])
    expect(second).toEqual([{ text: 'one' }])
  })

  test('stand alone: a refused one and a failed one leave the others', async () => {
    const outcomes = await Promise.allSettled([
      write(add('one')),
      write(async (connection) => (await add('refused')(connection), 'a refusal'), { keep: false }),
      write(async (connection) => {
        await add('failed')(connection)
        throw new Error('a bug')
      }),
      write(async (connection) => (await add('twice')(connection), add('twice')(connection))),
      write(add('two')),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ])
    expect(outcomes[1]).toMatchObject({ value: 'a refusal' })
    expect(await words()).toEqual(['one', 'two'])
  })

  test('that ran again would see their competitor say so', async () => {
    await write(add('one'))
    const error = await write(add('one')).catch((thrown: unknown) => thrown)
    expect(database.isRetryable(error)).toBe(true)
    expect(database.isRetryable(new Error('a bug'))).toBe(false)
  })

  test('are all told when the disk is full, and what was confirmed is there', async () => {
    await write((connection) => connection.all('pragma max_page_count = 12', []))
    const outcomes = await Promise.allSettled([
      write(add('one')),
      write(add('x'.repeat(100_000))),
      write(add('two')),
    ])
    await write((connection) => connection.all('pragma max_page_count = 1000000', []))
    expect(outcomes[1].status).toBe('rejected')
    const confirmed = ['one', 'x', 'two'].filter((_, i) => outcomes[i]!.status === 'fulfilled')
    expect(await words()).toEqual(confirmed)
  })

  test('of callers go before backlog, of which each commit takes one', async () => {
    const order: string[] = []
    const note = (name: string, background: boolean) =>
      write(async () => void order.push(name), { background })
    await Promise.all([
      note('chore 1', true),
      note('chore 2', true),
      note('caller 1', false).then(() => note('caller 3', false)),
      note('caller 2', false),
    ])
    expect(order).toEqual(['caller 1', 'caller 2', 'chore 1', 'caller 3', 'chore 2'])
  })

  test('are bounded: a crowd does not make one endless commit', async () => {
    const seen: number[] = []
    const crowd = Array.from({ length: server.groupCommit + 1 }, (_, i) =>
      write(async (connection) => {
        if (i >= server.groupCommit - 1) seen.push(seenOutside())
        return add(`${i}`)(connection)
      }),
    )
    await Promise.all(crowd)
    expect(seen).toEqual([0, server.groupCommit])
  })
})

describe('reads', () => {
  test('see one snapshot, whatever is committed meanwhile', async () => {
    const counted = await database.read(async (connection) => {
      const count = async () => (await connection.all('select text from word', [])).length
      const before = await count()
      await write(add('one'))
      return [before, await count()]
    })
    expect(counted).toEqual([0, 0])
    expect(await words()).toEqual(['one'])
  })

  test('cannot write', async () => {
    await expect(database.read(add('one'))).rejects.toThrow('readonly')
    expect(await words()).toEqual([])
  })

  test('that fail do not hold up the next', async () => {
    const failed = database.read(() => Promise.reject(new Error('a bug')))
    await expect(failed).rejects.toThrow('a bug')
    expect(await words()).toEqual([])
  })
})

describe('the file', () => {
  test('is flushed at each commit', async () => {
    const pragmas = await write(async (connection) => [
      ...(await connection.all('pragma synchronous', [])),
      ...(await connection.all('pragma journal_mode', [])),
    ])
    expect(pragmas).toEqual([{ synchronous: 2 }, { journal_mode: 'wal' }])
  })

  test('is closed when all that waits is done', async () => {
    const writes = Promise.all([write(add('one')), write(add('two'), { background: true })])
    await database.close()
    await writes
    database = openSQLite(file)
    expect(await words()).toEqual(['one', 'two'])
  })

  test('has one owner: a second is refused with a sentence, and can come after the first', async () => {
    expect(() => openSQLite(file)).toThrow(
      `Another Kempelen works on ${file}. Stop it first, or set DATABASE_URL to another file.`,
    )
    await write(add('undisturbed'))
    await database.close()
    database = openSQLite(file)
    expect(await words()).toEqual(['undisturbed'])
  })

  test('has one owner across processes; one that was killed leaves no lock behind', async () => {
    await database.close()
    const module = new URL('./sqlite.ts', import.meta.url).href
    const script = `const { openSQLite } = await import(${JSON.stringify(module)})
      openSQLite(${JSON.stringify(file)})
      process.stdout.write('open')
      process.stdin.resume()`
    const other = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', script])
    const errors: Buffer[] = []
    other.stderr.on('data', (chunk: Buffer) => errors.push(chunk))
    const opened = await Promise.race([once(other.stdout, 'data'), once(other, 'exit')])
    expect(String(opened[0]), Buffer.concat(errors).toString()).toBe('open')
    expect(() => openSQLite(file)).toThrow('Another Kempelen works on')
    other.kill('SIGKILL')
    await once(other, 'exit')
    expect(existsSync(`${file}.lock`)).toBe(true)
    database = openSQLite(file)
    expect(await words()).toEqual([])
  })
})

describe('sqlite::memory:', () => {
  test('is a temporary file without flushes, gone at the end; several live side by side', async () => {
    const [one, two] = [openSQLite(':memory:'), openSQLite(':memory:')]
    const keep = { keep: () => true, background: false }
    await one.write((connection) => connection.change('create table only_here (a)', []), keep)
    const paths: string[] = []
    for (const each of [one, two]) {
      expect(await each.write((connection) => connection.all('pragma synchronous', []), keep)).toEqual([
        { synchronous: 0 },
      ])
      const [row] = await each.read((connection) => connection.all('pragma database_list', []))
      paths.push((row as { file: string }).file)
    }
    expect(new Set(paths).size).toBe(2)
    expect(await two.read((connection) => connection.all('select name from sqlite_schema', []))).toEqual([])
    for (const path of paths) expect(existsSync(path)).toBe(true)
    await one.close()
    await two.close()
    for (const path of paths) expect(existsSync(dirname(path))).toBe(false)
  })
})
