// `kempelen export` as an operator uses it, through the server's socket and on the file alone (docs/decisions/0013).
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { importsOf } from '../../test/support/imports.ts'
import { startDemo, type TestServer } from '../../test/support/server.ts'
import { isFault } from '../domain/fault.ts'
import { operator } from '../operations/operation.ts'
import { CreateRequester } from '../operations/operator/CreateRequester.ts'
import { writePrivate } from './private-file.ts'
import { runCommand } from './run.ts'

const folder = mkdtempSync(join(tmpdir(), 'kempelen-exports-'))
const newFile = () => join(mkdtempSync(join(folder, 'out-')), 'out.csv')
let server: TestServer | undefined
let requesterId: string

const run = (...words: string[]) => runCommand(['export', ...words], { KEMPELEN_DATA: folder })
const transactions = '"Amount"\n"-$0.02"\n'

beforeAll(async () => {
  server = await startDemo({ KEMPELEN_DATA: folder })
  const market = server.running.markets.get('production')!
  const made = await market.runner.run(CreateRequester, operator, { name: 'Laboratory' })
  if (isFault(made)) throw new Error(made.fault)
  ;({ requesterId } = made)
  const imports = importsOf({ market }, requesterId, 'A')
  await imports.type({})
  await imports.hit({ annotation: 'BatchId:7;' })
  await imports.assignment({})
  await imports.worker({})
  await imports.transaction({ cells: '{"Amount":"-$0.02"}' })
})
afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('a file', () => {
  test('is written for the operator alone, and its size told', async () => {
    const file = newFile()
    expect(await run('transactions', '--requester', requesterId, '--file', file)).toEqual({
      code: 0,
      out: `18 bytes written to ${file}.`,
      errors: '',
    })
    expect(readFileSync(file, 'utf8')).toBe(transactions)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const second = newFile()
    const { out } = await run('transactions', '--requester', requesterId, '--file', second, '--json')
    expect(JSON.parse(out)).toEqual({ file: second, bytes: 18 })
  })

  test('that exists is not written over', async () => {
    const file = newFile()
    writeFileSync(file, 'mine')
    expect(await run('results', '--requester', requesterId, '--file', file)).toEqual({
      code: 1,
      out: '',
      errors: `${file} exists already: name another file, or move it away.`,
    })
    expect(readFileSync(file, 'utf8')).toBe('mine')
  })

  test.each([
    [['results', '--batch', '8'], 'batch: No results of this batch were brought in for this requester.'],
    [['results', '--batch', 'eight!'], 'batch: It must be the number of a batch.'],
  ])('of nothing is not made: %j', async (words, errors) => {
    const file = newFile()
    const ended = await run(...words, '--requester', requesterId, '--file', file)
    expect(ended).toEqual({ code: 1, out: '', errors })
    expect(existsSync(file)).toBe(false)
  })

  test('that cannot be written whole is taken away again', async () => {
    const file = newFile()
    async function* broken() {
      yield await Promise.resolve('half')
      throw new Error('The connection was lost.')
    }
    await expect(writePrivate(file, broken())).rejects.toThrow(
      `${file} could not be written whole, so it is not there: The connection was lost.`,
    )
    expect(existsSync(file)).toBe(false)
  })

  test('in a folder that is none', async () => {
    const file = join(folder, 'nowhere', 'out.csv')
    const { code, errors } = await run('workers', '--requester', requesterId, '--file', file)
    expect({ code, errors }).toEqual({
      code: 1,
      errors: expect.stringMatching(/out\.csv cannot be written: ENOENT/) as string,
    })
  })
})

/** What is printed while a command runs. */
async function printed(...words: string[]): Promise<string> {
  const pieces: Uint8Array[] = []
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((piece, encoding, done) => {
    pieces.push(Buffer.from(piece as Uint8Array))
    const called = typeof encoding === 'function' ? encoding : done
    called?.()
    return true
  })
  try {
    expect(await run(...words)).toEqual({ code: 0, out: '', errors: '' })
  } finally {
    write.mockRestore()
  }
  return Buffer.concat(pieces).toString()
}

describe('without a file', () => {
  test('it is printed as it comes', async () => {
    expect(await printed('transactions', '--requester', requesterId)).toBe(transactions)
    expect(await printed('results', '--requester', requesterId, '--batch', '7')).toMatch(
      /^"HITId",.*"Answer\.bird","Approve","Reject"\n"AHIT",.*,"a wren"\n$/,
    )
  })

  test('there is no JSON of it', async () => {
    expect(await run('workers', '--requester', requesterId, '--json')).toEqual({
      code: 1,
      out: '',
      errors: 'What is printed is CSV: name a file with --file, or leave --json out.',
    })
  })
})

test('whose history it is has to be said', async () => {
  expect(await run('results')).toMatchObject({ code: 2, out: '' })
  expect(await run('results', '--requester', 'NOBODY')).toEqual({
    code: 1,
    out: '',
    errors: 'There is no requester NOBODY.',
  })
})

test('it works the same when no server runs', async () => {
  await server?.stop()
  server = undefined
  const file = newFile()
  expect((await run('workers', '--requester', requesterId, '--file', file)).code).toBe(0)
  expect(readFileSync(file, 'utf8')).toBe(
    '"Worker ID","CURRENT-BlockStatus","UPDATE-BlockStatus"\n"AWORKER","Never Blocked",""\n',
  )
})
