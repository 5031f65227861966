// A server that stops: what it has taken on it finishes and answers, and nothing is lost [wire 3.7, design 4].
import { mkdtempSync, rmSync } from 'node:fs'
import type { Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { closeServer } from '../../src/http/close.ts'
import { createMetrics } from '../../src/http/metrics.ts'
import { createHTTPServer } from '../../src/http/server.ts'
import type { Market } from '../../src/market.ts'
import type { WireAnswer } from '../../src/wire/endpoint.ts'
import { aHIT } from '../support/market.ts'
import { startDemo } from '../support/server.ts'
import { openSocket, signedCall } from '../support/socket.ts'

describe('a whole server', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kempelen-stop-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  test('answers every call that had begun, keeps what it answered, and takes no other', async () => {
    const variables = { KEMPELEN_DATA: folder }
    const { address, stop } = await startDemo(variables)
    const idle = openSocket(address)
    idle.send(signedCall(address))
    await idle.answer()
    const calls = Array.from({ length: 20 }, (_, number) => {
      const body = JSON.stringify({
        ...aHIT(),
        Title: `Bird ${number}`,
        UniqueRequestToken: `stop ${number}`,
      })
      return { connection: openSocket(address), text: signedCall(address, { operation: 'CreateHIT', body }) }
    })
    for (const { connection, text } of calls) await connection.sendAll(Buffer.from(text.slice(0, -1)))
    // The server has the beginnings of all calls when it has answered one that was sent after them.
    const last = openSocket(address)
    last.send(signedCall(address))
    await last.answer()

    const stopped = stop()
    expect(await idle.ended).toBe('closed')
    const late = openSocket(address)
    expect(await late.ended).toBe('ECONNREFUSED')
    for (const { connection, text } of calls) connection.send(text.slice(-1))
    const made: string[] = []
    for (const { connection } of calls) {
      const { status, headers, body } = await connection.answer()
      expect([status, headers.connection]).toEqual([200, 'close'])
      made.push((JSON.parse(body) as { HIT: { HITId: string } }).HIT.HITId)
      expect(await connection.ended).toBe('closed')
    }
    await stopped
    expect(new Set(made).size).toBe(20)

    const again = await startDemo(variables)
    for (const HITId of made) {
      const connection = openSocket(again.address)
      connection.send(signedCall(again.address, { operation: 'GetHIT', body: JSON.stringify({ HITId }) }))
      expect(await connection.answer()).toMatchObject({ status: 200 })
      connection.socket.destroy()
    }
    await again.stop()
  })
})

describe('a listener whose calls take as long as the test wants', () => {
  let server: Server
  let address: string
  let waiting: ((answer: WireAnswer) => void)[]
  let arrived: () => void
  let page: ServerResponse

  beforeEach(async () => {
    waiting = []
    arrived = () => undefined
    const market = {
      api: () =>
        new Promise<WireAnswer>((resolve) => {
          waiting.push(resolve)
          arrived()
        }),
    } as unknown as Market
    server = createHTTPServer({
      marketOf: () => market,
      pages: (_, response) =>
        void (page = response.writeHead(200, { 'Content-Length': '4' })).write('ab', () => arrived()),
      isReady: () => Promise.resolve(true),
      metrics: createMetrics(),
      failed: () => undefined,
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterEach(() => server.closeAllConnections())

  /** Sends a call, and waits until it is being carried out. */
  async function begin() {
    const connection = openSocket(address)
    const begun = new Promise<void>((resolve) => (arrived = resolve))
    connection.send(signedCall(address))
    await begun
    return connection
  }
  const done: WireAnswer = { status: 200, headers: { 'Content-Length': '2' }, body: '{}' }

  test('whoever only holds a connection is cut off, a call that takes long is answered', async () => {
    const slow = await begin()
    const half = openSocket(address)
    await half.sendAll(Buffer.from(signedCall(address).slice(0, -1)))
    const closed = closeServer(server, { unfinished: 0, answers: 60_000 })
    await half.ended
    waiting[0]!(done)
    expect(await slow.answer()).toMatchObject({ status: 200, body: '{}' })
    await closed
  })

  test('a call that never ends does not keep the server for ever', async () => {
    const slow = await begin()
    await closeServer(server, { unfinished: 0, answers: 0 })
    expect(await slow.ended).toMatch(/^(closed|ECONNRESET)$/)
  })

  test('the answer to a call that is under way is the last on its connection', async () => {
    const connection = await begin()
    const closed = closeServer(server, usual)
    waiting[0]!(done)
    expect(await connection.answer()).toMatchObject({ status: 200, headers: { connection: 'close' } })
    expect(await connection.ended).toBe('closed')
    await closed
  })

  test('so is the answer to one whose headers had not come whole', async () => {
    const connection = openSocket(address)
    const text = signedCall(address)
    await connection.sendAll(Buffer.from(text.slice(0, 50)))
    // A call that came later is being carried out: the beginning of this one is there.
    const other = await begin()
    const closed = closeServer(server, usual)
    const begun = new Promise<void>((resolve) => (arrived = resolve))
    connection.send(text.slice(50))
    await begun
    for (const answer of waiting) answer(done)
    expect(await connection.answer()).toMatchObject({ status: 200, headers: { connection: 'close' } })
    expect(await other.answer()).toMatchObject({ status: 200 })
    await closed
  })

  test('a page that is half sent is sent to its end, and then the connection ends', async () => {
    const connection = openSocket(address)
    const begun = new Promise<void>((resolve) => (arrived = resolve))
    connection.send('GET /page HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await begun
    const closed = closeServer(server, usual)
    page.end('cd')
    expect(await connection.answer()).toMatchObject({ status: 200, body: 'abcd' })
    expect(await connection.ended).toBe('closed')
    await closed
  })
})

/** So long that a test that waited for it would fail. */
const usual = { unfinished: 60_000, answers: 60_000 }

describe('bounds of time [wire 1.1]', () => {
  test('idle connections outlive those of proxies, headers may take longer still, and everything ends', () => {
    const server = createHTTPServer({} as never)
    expect(server.keepAliveTimeout).toBeGreaterThanOrEqual(65_000)
    expect(server.headersTimeout).toBeGreaterThan(server.keepAliveTimeout)
    expect(server.requestTimeout).toBeGreaterThan(server.headersTimeout)
    expect(server.requestTimeout).toBeLessThanOrEqual(300_000)
  })
})
