// What happens on the connection itself: what an HTTP client library never shows, or never does [wire 1.1, 1.2, 3.4;
// cases 2, 10, 13, 14, 16, 17, 62].
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wallClock } from '../../src/clock.ts'
import { server as limits } from '../../src/limits.ts'
import { amazonHosts } from '../../src/wire/amazon-hosts.ts'
import { startDemo, type TestServer } from '../support/server.ts'
import { openSocket, signedCall, signedHead, type Connection, type SocketAnswer } from '../support/socket.ts'

let server: TestServer
const connections: Connection[] = []

beforeAll(async () => {
  server = await startDemo({ KEMPELEN_CLOCK: 'virtual' })
})
afterAll(async () => {
  for (const { socket } of connections) socket.destroy()
  await server.stop()
})

function open(): Connection {
  const connection = openSocket(server.address)
  connections.push(connection)
  return connection
}

/** Sends bytes on a connection of its own; the first answer. */
async function exchange(bytes: string | Buffer): Promise<SocketAnswer> {
  const connection = open()
  connection.send(bytes)
  return connection.answer()
}

const balance = '{"AvailableBalance":"10000.00"}'
const call = (more = {}) => signedCall(server.address, more)
const head = (more = {}) => signedHead(server.address, more)
const unsignedBy = (...names: string[]) => ({
  signedHeaders: ['host', 'x-amz-date', 'x-amz-target', ...names].sort(),
})

/** The server still answers, to whomever. */
async function expectAlive(): Promise<void> {
  expect(await exchange(call())).toMatchObject({ status: 200, body: balance })
}

describe('an answer [wire 2.1]', () => {
  test('has its four headers, and says how long the connection lives [wire 6, cases 1, 44]', async () => {
    const { headers, version } = await exchange(call({ headers: { 'accept-encoding': 'gzip' } }))
    expect(version).toBe('1.1')
    expect(headers).toEqual({
      'x-amzn-requestid': expect.stringMatching(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      ),
      'content-type': 'application/x-amz-json-1.1',
      'content-length': String(balance.length),
      date: expect.stringMatching(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/),
      connection: 'keep-alive',
      'keep-alive': 'timeout=75',
    })
    // Clients correct their clocks by it: it is the time of the day, not the market's [wire 2.1, design 4].
    expect(Math.abs(Date.parse(headers.date!) - wallClock.now())).toBeLessThan(60_000)
  })

  test('an empty body is {} and a whole answer [case 2]', async () => {
    expect(await exchange(call({ body: '' }))).toMatchObject({ status: 200, body: balance })
    expect(await exchange(`${head({ body: '' })}\r\n`)).toMatchObject({ status: 200, body: balance })
  })
})

describe('the body [wire 6, cases 13, 14, 16]', () => {
  test('Expect: 100-continue is answered at once, the call when the body is there [case 13]', async () => {
    const connection = open()
    connection.send(`${head()}Content-Length: 2\r\nExpect: 100-continue\r\n\r\n`)
    expect(await connection.answer()).toMatchObject({ status: 100 })
    connection.send('{}')
    expect(await connection.answer()).toMatchObject({ status: 200, body: balance })
  })

  test.each([
    ['in one chunk', '2\r\n{}\r\n0\r\n\r\n'],
    ['byte by byte, with extensions and a trailer', '1;a=b\r\n{\r\n1\r\n}\r\n0\r\nX-Trailer: x\r\n\r\n'],
    ['of no length', '0\r\n\r\n'],
  ])('chunked, %s: the hash is over what was meant [case 14]', async (_, chunks) => {
    const body = chunks.startsWith('0') ? '' : '{}'
    const answer = await exchange(`${head({ body })}Transfer-Encoding: chunked\r\n\r\n${chunks}`)
    expect(answer).toMatchObject({ status: 200, body: balance })
  })

  test('one byte over the limit is a 413, and the connection goes on [case 16, wire 3.4]', async () => {
    const connection = open()
    const tooLong = Buffer.alloc(limits.apiBodyBytes + 1, ' ')
    connection.send(`${head()}Content-Length: ${tooLong.length}\r\n\r\n`)
    connection.send(tooLong)
    expect(await connection.answer()).toMatchObject({
      status: 413,
      body: '{"__type":"RequestEntityTooLargeException","message":"The request body is larger than this service accepts."}',
    })
    connection.send(call())
    expect(await connection.answer()).toMatchObject({ status: 200, body: balance })
  })

  test('at the limit the body is read [case 16]', async () => {
    const body = '{}'.padEnd(limits.apiBodyBytes)
    expect(await exchange(call({ body }))).toMatchObject({ status: 200, body: balance })
  })

  test('chunks without an end are a 413 on the way, and the connection is cut when that was read [case 16]', async () => {
    const connection = open()
    connection.send(`${head()}Transfer-Encoding: chunked\r\n\r\n`)
    const chunk = Buffer.concat([
      Buffer.from('100000\r\n'),
      Buffer.alloc(0x10_0000, ' '),
      Buffer.from('\r\n'),
    ])
    const answered = connection.answer()
    let megabytes = 0
    while (await connection.sendAll(chunk)) megabytes++
    expect(await answered).toMatchObject({
      status: 413,
      body: expect.stringContaining('"RequestEntityTooLargeException"'),
    })
    await connection.ended
    expect(megabytes).toBeLessThan(256)
    await expectAlive()
  })

  test('a client that reads the refusal on the way and stops can call again on another connection', async () => {
    const connection = open()
    connection.send(`${head()}Content-Length: ${2 ** 40}\r\n\r\n`)
    const megabyte = Buffer.alloc(0x10_0000, ' ')
    let isAnswered = false
    const answered = connection.answer().finally(() => (isAnswered = true))
    while (!isAnswered && (await connection.sendAll(megabyte)));
    expect(await answered).toMatchObject({ status: 413 })
    connection.socket.destroy()
    await expectAlive()
  })

  test('gzip is not unpacked: it is no JSON [wire 1.2]', async () => {
    const body = gzipSync('{}')
    const connection = open()
    const headers = { 'content-encoding': 'gzip' }
    connection.send(
      `${head({ body: body as unknown as string, headers })}Content-Length: ${body.length}\r\n\r\n`,
    )
    connection.send(body)
    expect(await connection.answer()).toMatchObject({
      status: 400,
      body: '{"__type":"SerializationException"}',
    })
  })

  test.each([
    ['shorter than the body', 'Content-Length: 1\r\n\r\n{}'],
    ['told twice', 'Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}'],
    ['told in two ways', 'Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n'],
    ['negative', 'Content-Length: -2\r\n\r\n{}'],
    ['no number', 'Content-Length: two\r\n\r\n{}'],
    ['more than can be', `Content-Length: ${'9'.repeat(40)}\r\n\r\n{}`],
    ['in another coding', 'Transfer-Encoding: gzip\r\n\r\n{}'],
    ['of a chunk, which is no number', 'Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n'],
  ])('a length that is %s ends the connection with a 400, and no call is carried out', async (_, rest) => {
    const connection = open()
    const body = '{"HITId":"3A"}'
    connection.send(`${head({ operation: 'DeleteHIT', body })}${rest}`)
    expect(await connection.answer()).toMatchObject({ status: 400, headers: { connection: 'close' } })
    expect(await connection.ended).toBe('closed')
    await expectAlive()
  })

  test('a length that is longer than the body: nothing happens until the client gives up', async () => {
    const [waiting, gone] = [open(), open()]
    for (const connection of [waiting, gone]) connection.send(`${head()}Content-Length: 10\r\n\r\n{}`)
    await expectAlive()
    waiting.end()
    expect(await waiting.answer()).toMatchObject({ status: 400 })
    gone.socket.destroy()
    await gone.ended
    await expectAlive()
  })
})

describe('the connection [case 17]', () => {
  test('is kept, for longer than proxies keep theirs; the time for headers ends later [wire 1.1]', async () => {
    const connection = open()
    for (let number = 0; number < 3; number++) {
      connection.send(call())
      const { headers, body } = await connection.answer()
      expect(body).toBe(balance)
      const [, seconds] = /timeout=(\d+)/.exec(headers['keep-alive']!)!
      expect(Number(seconds)).toBeGreaterThanOrEqual(65)
    }
  })

  test('carries calls that are sent without waiting, and answers them in order', async () => {
    const connection = open()
    const calls = ['GetAccountBalance', 'ListHITs', 'GetHIT', 'GetAccountBalance'] as const
    connection.send(calls.map((operation) => call({ operation })).join(''))
    const bodies: string[] = []
    for (const _ of calls) bodies.push((await connection.answer()).body)
    expect(bodies.map((body) => Object.keys(JSON.parse(body) as object)[0])).toEqual([
      'AvailableBalance',
      'NextToken',
      '__type',
      'AvailableBalance',
    ])
  })

  test('answers a client that has said all and closed its side', async () => {
    const connection = open()
    connection.send(call())
    connection.end()
    expect(await connection.answer()).toMatchObject({ status: 200, body: balance })
    expect(await connection.ended).toBe('closed')
  })

  test('takes a call byte by byte, and serves others meanwhile', async () => {
    const connection = open()
    const bytes = Buffer.from(call())
    for (let at = 0; at < bytes.length; at++) await connection.sendAll(bytes.subarray(at, at + 1))
    expect(await connection.answer()).toMatchObject({ status: 200, body: balance })
    const begun = Array.from({ length: 200 }, () => open())
    for (const one of begun) one.send('POST / HTTP/1.1\r\nHost: loc')
    await expectAlive()
    for (const { socket } of begun) socket.destroy()
  })

  test('HTTP/1.0: answered, and ended unless the client wants to keep it', async () => {
    const requestLine = 'POST / HTTP/1.0'
    const connection = open()
    connection.send(call({ requestLine }))
    expect(await connection.answer()).toMatchObject({ status: 200, headers: { connection: 'close' } })
    expect(await connection.ended).toBe('closed')
    const kept = open()
    const keeping = call({ requestLine, headers: { connection: 'keep-alive' }, ...unsignedBy() })
    for (let number = 0; number < 2; number++) {
      kept.send(keeping)
      expect(await kept.answer()).toMatchObject({ status: 200, body: balance })
    }
  })

  test('an upgrade that is not offered is not taken: the call is answered', async () => {
    const headers = { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': '' }
    expect(await exchange(call({ headers, ...unsignedBy() }))).toMatchObject({ status: 200, body: balance })
  })

  test.each<[string, string | Buffer]>([
    ['HTTP/2 without asking', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['TLS', Buffer.from([0x16, 3, 1, 0, 0xa5, 1, 0, 0, 0xa1, 3, 3])],
    ['no HTTP at all', 'hello\r\n\r\n'],
    ['HTTP/9.9', 'POST / HTTP/9.9\r\nHost: x\r\n\r\n'],
    ['a method that there is not', 'FETCH / HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['no Host', 'POST / HTTP/1.1\r\n\r\n'],
    ['a NUL in a header', 'POST / HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n'],
    ['a header without a name', 'POST / HTTP/1.1\r\nHost: x\r\n: a\r\n\r\n'],
    ['a folded header', 'POST / HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n\r\n'],
  ])('%s gets a 400, and the connection ends', async (_, bytes) => {
    const connection = open()
    connection.send(bytes)
    expect(await connection.answer()).toMatchObject({ status: 400, headers: { connection: 'close' } })
    await connection.ended
    await expectAlive()
  })

  test('a tunnel is not opened', async () => {
    const connection = open()
    connection.send('CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n')
    expect(await connection.ended).toBe('closed')
    await expectAlive()
  })
})

describe('headers and targets', () => {
  test('request line and headers may have 64 KiB, and no more [design 5]', async () => {
    const long = (length: number) => ({ headers: { 'x-long': 'x'.repeat(length) } })
    expect(await exchange(call(long(limits.headerBytes - 2048)))).toMatchObject({
      status: 200,
      body: balance,
    })
    expect(await exchange(call(long(limits.headerBytes)))).toMatchObject({ status: 431 })
    const line = (length: number) => ({ requestLine: `POST /?x=${'x'.repeat(length)} HTTP/1.1` })
    // The signature is over the target, which is another here: what counts is who refuses.
    expect(await exchange(call(line(limits.headerBytes - 2048)))).toMatchObject({
      status: 400,
      body: expect.stringContaining('InvalidSignatureException'),
    })
    expect(await exchange(call(line(limits.headerBytes)))).toMatchObject({ status: 431 })
    const many = Array.from({ length: 5000 }, (_, index) => `x-${index}: x`).join('\r\n')
    expect(await exchange(`POST / HTTP/1.1\r\nHost: x\r\n${many}\r\n\r\n`)).toMatchObject({ status: 431 })
    await expectAlive()
  })

  test('a target may have any path, and name scheme and host: the path that came is what is signed [wire 1.1]', async () => {
    const requestLine = `POST ${server.address}/ HTTP/1.1`
    expect(await exchange(call({ requestLine }))).toMatchObject({ status: 200, body: balance })
    for (const path of ['/base', '/base/', '/mturk/api']) {
      const base = call({ target: path, requestLine: `POST ${path} HTTP/1.1` })
      expect(await exchange(base)).toMatchObject({ status: 200, body: balance })
      // Signed for another path it is another request.
      const moved = call({ requestLine: `POST ${path} HTTP/1.1` })
      expect((await exchange(moved)).body).toContain('InvalidSignatureException')
    }
  })

  const repeated = (name: string) =>
    `{"__type":"InvalidSignatureException","message":"'${name}' must not be repeated."}`
  test.each([
    ['X-Amz-Target', '{"__type":"UnknownOperationException"}'],
    ['X-Amz-Date', repeated('X-Amz-Date')],
    ['Authorization', repeated('Authorization')],
    ['Host', repeated('Host')],
    ['X-Amz-Content-Sha256', repeated('X-Amz-Content-Sha256')],
    ['X-Amz-Security-Token', repeated('X-Amz-Security-Token')],
    ['Content-Type', '<UnknownOperationException/>\n'],
  ])('%s twice is refused, never silently the first one [case 62, wire 4.1]', async (name, body) => {
    const signed = head()
    const [, value = 'x'] = new RegExp(`^${name}: (.*)\r$`, 'im').exec(signed) ?? []
    const isThere = signed.toLowerCase().includes(`\r\n${name.toLowerCase()}: `)
    for (const second of [value, 'another']) {
      const lines = `${isThere ? '' : `${name}: ${value}\r\n`}${name}: ${second}\r\nContent-Length: 2`
      expect(await exchange(`${signed}${lines}\r\n\r\n{}`)).toMatchObject({ body })
    }
  })

  test('headers that the protocol does not know change nothing [case 15, wire 1.2]', async () => {
    const headers = {
      accept: 'text/html',
      'accept-language': 'fr',
      'amz-sdk-request': 'attempt=0; max=; ttl',
      'if-none-match': '*',
      range: 'bytes=0-1',
      te: 'trailers',
      'x-amz-api-version': '2017-01-17',
      'x-amzn-query-mode': 'true',
      'x-amzn-trace-id': 'Root=1',
      'x-http-method-override': 'DELETE',
      'x-forwarded-host': 'evil.example',
    }
    expect(await exchange(call({ headers }))).toMatchObject({ status: 200, body: balance })
    expect(await exchange(call({ headers, ...unsignedBy() }))).toMatchObject({ status: 200, body: balance })
  })

  const amazon = amazonHosts.production
  const notFound = '<UnknownOperationException/>\n'
  test.each(['PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND'])(
    '%s is not of the protocol [case 10]',
    async (method) => {
      const answer = await exchange(`${method} / HTTP/1.1\r\nHost: ${amazon}\r\nContent-Length: 0\r\n\r\n`)
      expect(answer).toMatchObject({ status: 404, body: notFound })
      expect(answer.headers).not.toHaveProperty('content-type')
    },
  )

  test('GET and HEAD on Amazon’s names tell that the service lives, and nothing else [case 10, wire 1.6]', async () => {
    for (const host of Object.values(amazonHosts)) {
      const connection = open()
      connection.send(`HEAD / HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
      const onlyHead = await connection.answer(true)
      expect(onlyHead).toMatchObject({
        status: 200,
        headers: { 'content-length': '24', 'content-type': 'text/plain' },
      })
      connection.send(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
      // Were there a body to the HEAD, it would stand before this answer.
      expect(await connection.answer()).toMatchObject({ status: 200, body: 'healthy: mturk-requester' })
    }
  })

  test('OPTIONS without a browser is not of the protocol', async () => {
    const answer = await exchange(`OPTIONS / HTTP/1.1\r\nHost: ${amazon}\r\n\r\n`)
    expect(answer).toMatchObject({ status: 404, body: notFound })
  })

  test('a call under Amazon’s own names, as programs with a built-in endpoint send it [client 6]', async () => {
    for (const host of [...Object.values(amazonHosts), `${amazon}:443`, amazon.toUpperCase()])
      expect(await exchange(call({ headers: { host } }))).toMatchObject({ status: 200, body: balance })
  })
})
