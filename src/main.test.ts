// The program as an operator meets it: what it says when it starts or cannot start, and how it ends [design 2].
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildProgram } from '../scripts/build.mjs'
import { createDatabase, postgresMissing } from '../test/support/postgres.ts'
import { describeUnless } from '../test/support/shared.ts'

let program: string
let folder: string

beforeAll(async () => {
  program = await buildProgram()
})
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kempelen-main-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const secretKey = Buffer.from('a key of 32 bytes for this test.').toString('base64')

function start(args: string[], variables: Record<string, string> = {}) {
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env.PATH, PORT: '0', KEMPELEN_DATA: folder, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)))
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]).then(
    ([out, errors, [code]]) => ({ out, errors, code: code as number }),
  )
  /** Waits until it has said a text, on either stream; answers all that it said until then. */
  const says = (wanted: string) => expect.poll(() => said, { timeout: 20_000 }).toContain(wanted)
  return { child, ended, says, said: () => said }
}

async function occupiedPort(): Promise<Server> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

const portOf = (server: Server) => String((server.address() as AddressInfo).port)

describe('a start that cannot succeed says why, and ends', () => {
  test('with every wrong setting at once', async () => {
    const { out, errors, code } = await start(['serve'], { PORT: 'x', KEMPELEN_CLOCK: 'x' }).ended
    expect({ out, code }).toEqual({ out: '', code: 2 })
    expect(errors.trim().split('\n')).toEqual([
      'PORT must be a number from 0 to 65535, not "x".',
      'KEMPELEN_CLOCK must be real or virtual, not "x".',
    ])
  })

  test('with a word that means nothing, instead of starting demo mode', async () => {
    const { errors, code } = await start(['servee']).ended
    expect(code).toBe(2)
    expect(errors).toContain('There is no command "servee". Did you mean "serve"?')
  })

  test('with a Node that is too old, before it stumbles over what that Node does not have [design 1]', () => {
    const older = `Object.defineProperty(process.versions, 'node', { value: '20.20.2' })`
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(older)}`, program],
      { encoding: 'utf8' },
    )
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(stderr).toMatch(
      /^Kempelen needs Node 24\.7 or newer; this is 20\.20\.2\. .*npm run --silent kempelen.*\n$/,
    )
  })

  test.for(['demo', 'serve'])('when the port is in use (%s)', async (mode) => {
    const other = await occupiedPort()
    const { errors, code } = await start(mode === 'serve' ? ['serve'] : [], { PORT: portOf(other) }).ended
    other.close()
    expect(code).toBe(1)
    expect(errors).toBe(
      `Port ${portOfText(errors)} is in use: another server runs there. Stop it, or set PORT to another number.\n`,
    )
  })

  test.for([
    ['a folder', (path: string) => mkdirSync(path)],
    ['something else', (path: string) => writeFileSync(path, 'x'.repeat(10_000))],
  ] as const)('when the database file is %s', async ([, make]) => {
    const path = join(folder, 'file.db')
    make(path)
    const { errors, code } = await start(['serve'], { DATABASE_URL: `sqlite:${path}` }).ended
    expect(code).toBe(1)
    expect(errors).toMatch(/^The database that DATABASE_URL names cannot be used: .+\n$/)
  })

  test('with another server key than the database was made with', async () => {
    const otherKey = Buffer.from('another key of 32 bytes for this').toString('base64')
    const startWith = (KEMPELEN_SECRET_KEY: string) => start(['serve'], { KEMPELEN_SECRET_KEY })
    const startAndStop = async (keys: string) => {
      const { child, ended, says } = startWith(keys)
      await says('listening on')
      child.kill('SIGTERM')
      return (await ended).code
    }
    expect(await startAndStop(secretKey)).toBe(0)
    const { errors, code } = await startWith(otherKey).ended
    expect({ code, errors }).toEqual({
      code: 1,
      errors: expect.stringMatching(/^This database was made with another server key.+\n$/) as string,
    })
    expect(await startAndStop(`${otherKey},${secretKey}`)).toBe(0)
  })

  test('when the bucket for files cannot be reached, with the library out of the bundle', async () => {
    const nobody = await occupiedPort()
    const port = portOf(nobody)
    nobody.close()
    await once(nobody, 'close')
    const { errors, code } = await start(['serve'], {
      KEMPELEN_FILES: 's3://scans/lab',
      KEMPELEN_AWS_ENDPOINT: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    }).ended
    expect({ code, errors }).toEqual({
      code: 1,
      errors: `The bucket "scans" that KEMPELEN_FILES names cannot be used: connect ECONNREFUSED 127.0.0.1:${port}\n`,
    })
  })

  test('when another process has the file', async () => {
    const first = start(['serve'])
    await first.says('listening on')
    const { errors, code } = await start(['serve']).ended
    first.child.kill('SIGTERM')
    await first.ended
    expect(code).toBe(1)
    expect(errors).toContain('Another Kempelen works on')
  })
})

const portOfText = (errors: string) => /^Port (\d+) /.exec(errors)?.[1]

describe('a server that runs', () => {
  test('in demo mode says where, with which key, and what to try', async () => {
    const { child, ended, says, said } = start([])
    await says('Ctrl-C stops the server.')
    const [, port] = /ready at http:\/\/localhost:(\d+)/.exec(said()) ?? []
    for (const part of [
      'worker@example.com',
      'password demo',
      'AKIDEXAMPLE',
      `http://localhost:${port}/_control`,
    ])
      expect(said()).toContain(part)
    const answers = await Promise.all(
      ['127.0.0.1', '[::1]'].map((host) =>
        fetch(`http://${host}:${port}/healthz`).then(
          ({ status }) => status,
          // A machine without IPv6 has one address.
          () => 200,
        ),
      ),
    )
    expect(answers).toEqual([200, 200])
    // The library behind this is a part of the bundle: only the built program shows whether it loads.
    const metrics = await fetch(`http://127.0.0.1:${port}/metrics`)
    expect([metrics.status, await metrics.text()]).toEqual([200, expect.stringContaining('kempelen_')])
    child.kill('SIGINT')
    expect((await ended).code).toBe(0)
  })

  test('answers nobody before the demo is whole: a program may wait for the port [design 2]', async () => {
    const free = await occupiedPort()
    const PORT = portOf(free)
    free.close()
    const { child, ended } = start([], { PORT })
    let first: unknown
    const ask = () =>
      fetch(`http://127.0.0.1:${PORT}/_control/ledger`).then(
        async (response) => void (first ??= await response.json()),
        () => undefined,
      )
    await expect.poll(async () => (await ask(), first), { interval: 1, timeout: 20_000 }).toBeDefined()
    child.kill('SIGTERM')
    await ended
    expect(first).toMatchObject({
      accounts: expect.arrayContaining([
        { account: 'requester:ADEMOREQUESTER', balance: '10000.00' },
      ]) as unknown,
    })
  })

  test('that ends tells whoever keeps a connection that it is the last call on it', async () => {
    const { child, ended, says, said } = start(['serve'], { HOST: '127.0.0.1' })
    await says('listening on')
    const port = Number(/listening on 127\.0\.0\.1:(\d+)/.exec(said())![1])
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    socket.write('GET /healthz HTTP/1.1\r\n')
    // Answered after that line has come: connections of this machine are served in turn.
    await fetch(`http://127.0.0.1:${port}/healthz`)
    child.kill('SIGTERM')
    const isOpen = () =>
      fetch(`http://127.0.0.1:${port}/healthz`).then(
        () => true,
        () => false,
      )
    await expect.poll(isOpen, { interval: 10 }).toBe(false)
    socket.end('Host: localhost\r\n\r\n')
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK\r\n(.+\r\n)*Connection: close\r\n/i)
    expect((await ended).code).toBe(0)
  })

  test.for(['SIGTERM', 'SIGINT'] as const)('ends in order on %s, and tells no secret', async (signal) => {
    const token = 'a token that nobody sees'
    const variables = { KEMPELEN_SECRET_KEY: secretKey, KEMPELEN_CONTROL: '1', KEMPELEN_CONTROL_TOKEN: token }
    const { child, ended, says } = start(['serve'], variables)
    await says('listening on')
    child.kill(signal)
    const { errors, out, code } = await ended
    expect({ out, code }).toEqual({ out: '', code: 0 })
    expect(errors).toContain('listening on localhost:')
    expect(errors).not.toContain(secretKey)
    expect(errors).not.toContain(token)
  })
})

describe('on PostgreSQL', async () => {
  describeUnless(await postgresMissing(), 'a start that cannot succeed', () => {
    test('ends as soon: no connection keeps the process', async () => {
      const other = await occupiedPort()
      const database = await createDatabase()
      const { errors, code } = await start(['serve'], {
        PORT: portOf(other),
        DATABASE_URL: database.url,
        KEMPELEN_SECRET_KEY: secretKey,
      }).ended
      other.close()
      await database.drop()
      expect({ code, errors }).toEqual({ code: 1, errors: expect.stringContaining('is in use') as string })
      expect(errors).not.toContain(new URL(database.url).password)
    })
  })
})
