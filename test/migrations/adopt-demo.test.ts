// A database whose keys and passwords everybody knows never becomes a real one by accident [design 2].
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GetAccountBalanceCommand, MTurkClient } from '@aws-sdk/client-mturk'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readConfig, type Mode } from '../../src/config.ts'
import { demo } from '../../src/demo/seed.ts'
import { createLog } from '../../src/log.ts'
import { startServer, type Running } from '../../src/main.ts'
import { createDatabase, postgresMissing } from '../support/postgres.ts'
import { control } from '../support/server.ts'
import { describeUnless } from '../support/shared.ts'

const refusal = 'This database was made in demo mode or with a virtual clock'

/** Whether the demo key, the demo worker's password and an old session still open anything. */
async function whatOpens({ port }: Running, cookie: string): Promise<string[]> {
  const address = `http://localhost:${port}`
  const client = new MTurkClient({
    endpoint: address,
    region: 'us-east-1',
    credentials: demo,
    maxAttempts: 1,
  })
  const isKeyGood = await client.send(new GetAccountBalanceCommand({})).then(
    () => true,
    () => false,
  )
  const signIn = await signInAsDemo(address)
  const page = await fetch(`${address}/dashboard`, { headers: { cookie }, redirect: 'manual' })
  return [
    ...(isKeyGood ? ['key'] : []),
    ...(signIn !== '' ? ['password'] : []),
    ...(page.status === 200 ? ['session'] : []),
  ]
}

/** Signs the demo worker in; answers his cookie, or ''. */
async function signInAsDemo(address: string): Promise<string> {
  const response = await fetch(`${address}/ap/signin`, {
    method: 'POST',
    headers: { origin: address, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ email: demo.workerEmail, password: demo.password }),
    redirect: 'manual',
  })
  return (
    response.headers
      .getSetCookie()
      .find((cookie) => !/Max-Age=0/i.test(cookie))
      ?.split(';')[0] ?? ''
  )
}

function suite(makeURL: (folder: string) => Promise<{ url: string; drop(): Promise<void> }>): void {
  let folder: string
  let database: { url: string; drop(): Promise<void> }

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kempelen-adopt-'))
    database = await makeURL(folder)
  })
  afterEach(async () => {
    await database.drop()
    rmSync(folder, { recursive: true, force: true })
  })

  async function start(mode: Mode, args: string[] = [], more: Record<string, string> = {}): Promise<Running> {
    const variables = {
      PORT: '0',
      KEMPELEN_DATA: folder,
      DATABASE_URL: database.url,
      KEMPELEN_SECRET_KEY: Buffer.from('a key of 32 bytes for this test.').toString('base64'),
      ...more,
    }
    const config = readConfig(mode, variables, { adoptDemo: args.includes('--adopt-demo') })
    if (Array.isArray(config)) throw new Error(config.join('\n'))
    return startServer(config, createLog('silent'))
  }

  test('serve refuses what demo mode made, until it was adopted; then nothing known opens it', async () => {
    const first = await start('demo')
    const address = `http://localhost:${first.port}`
    const cookie = await signInAsDemo(address)
    expect(await whatOpens(first, cookie)).toEqual(['key', 'password', 'session'])
    await control(address, 'clock', { advance: 3 * 86_400 })
    await first.stop()

    await expect(start('serve')).rejects.toThrow(refusal)
    // The refusal let go of the database: the next start can have it.
    const adopted = await start('serve', ['serve', '--adopt-demo'])
    expect(await whatOpens(adopted, cookie)).toEqual([])
    const market = adopted.markets.get('production')!
    expect(market.clock.offset, 'the clock that was turned goes right again').toBe(0)
    await adopted.stop()

    const later = await start('serve')
    expect(await whatOpens(later, cookie)).toEqual([])
    await later.stop()
  })

  test('serve refuses what it made itself with a virtual clock', async () => {
    await (await start('serve', [], { KEMPELEN_CLOCK: 'virtual' })).stop()
    await expect(start('serve')).rejects.toThrow(refusal)
    await expect(start('serve', [], { KEMPELEN_CLOCK: 'virtual' })).rejects.toThrow(refusal)
    await (await start('serve', ['--adopt-demo'])).stop()
    await (await start('serve')).stop()
  })

  test('serve takes a database of its own as often as it likes, with --adopt-demo too', async () => {
    await (await start('serve')).stop()
    await (await start('serve', ['--adopt-demo'])).stop()
    await (await start('serve')).stop()
  })

  test('demo mode takes its own database again, without making its people twice', async () => {
    await (await start('demo')).stop()
    const again = await start('demo')
    expect(await whatOpens(again, '')).toEqual(['key', 'password'])
    await again.stop()
  })
}

describe('adoption, SQLite', () =>
  suite(async (folder) => ({ url: `sqlite:${folder}/kempelen.db`, drop: async () => undefined })))

describe('adoption, PostgreSQL', async () => {
  describeUnless(await postgresMissing(), 'runs', () => suite(() => createDatabase()))
})
