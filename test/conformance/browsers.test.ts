// A foreign web page, and a task that means harm, in the browser of somebody who runs Kempelen: whatever they send to
// the control API, or to the API with the key that everybody knows, is refused and changes nothing [design 7, wire 1.6].
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wallClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { startServer } from '../../src/main.ts'
import { amazonHosts } from '../../src/wire/amazon-hosts.ts'
import { aHIT } from '../support/market.ts'
import { control, startDemo, type TestServer } from '../support/server.ts'
import { exampleKey, signHeaders } from './sigv4-signers.ts'

type Headers = Readonly<Record<string, string | undefined>>

interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

/** Sends a request with just these headers; one that is undefined is left out. */
function send(port: number, method: string, path: string, headers: Headers, body = ''): Promise<Answer> {
  const sent = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined)
  if (headers.host === undefined) sent.push(['host', `localhost:${port}`])
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        headers: [...sent, ['content-length', String(Buffer.byteLength(body))]].flat(),
      },
      (response) => {
        text(response).then(
          (answered) =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: answered }),
          reject,
        )
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** Sends a call with a right signature of a key, and the headers that a browser would add. */
function call(
  port: number,
  operation: string,
  body: string,
  browser: Headers,
  key: { accessKeyId: string; secret: string } = exampleKey,
): Promise<Answer> {
  const { host = `localhost:${port}`, ...more } = browser
  const { accessKeyId, secret } = key
  const signed = signHeaders({
    operation,
    body,
    time: wallClock.now(),
    accessKeyId,
    secret,
    headers: { host },
  })
  const headers: Record<string, string> = {}
  for (let index = 0; index < signed.length; index += 2) headers[signed[index]!] = signed[index + 1]!
  return send(port, 'POST', '/', { ...headers, ...more }, body)
}

const origins = [
  undefined,
  'null',
  'http://evil.example',
  'https://localhost',
  'http://localhost:1770',
  'file://',
  '',
]
const sites = [undefined, 'same-origin', 'none', 'same-site', 'cross-site', 'anything']
const types = [
  undefined,
  'application/json',
  'application/json; charset=utf-8',
  'Application/JSON',
  'text/plain',
  'text/plain; application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=application/json',
  'application/jsonx',
  '',
]

describe('the control API [design 7]', () => {
  let server: TestServer
  let port: number
  beforeAll(async () => {
    server = await startDemo({ KEMPELEN_CLOCK: 'virtual' })
    port = server.running.port
  })
  afterAll(() => server.stop())

  const clock = async () => Date.parse(String((await control(server.address, 'clock')).body.now))
  const turn = '{"advance":60}'

  test('of all origins, sites and types, only a program’s POST is carried out', async () => {
    const before = await clock()
    let carriedOut = 0
    for (const origin of origins) {
      for (const site of sites) {
        for (const type of types) {
          const headers = { origin, 'sec-fetch-site': site, 'content-type': type }
          const answer = await send(port, 'POST', '/_control/clock', headers, turn)
          const isProgram = origin === undefined && [undefined, 'same-origin', 'none'].includes(site)
          const isJSON = /^application\/json(;|$)/i.test(type ?? '')
          expect([answer.status, headers]).toEqual([isProgram && isJSON ? 200 : 403, headers])
          expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
          if (answer.status === 200) carriedOut++
        }
      }
    }
    expect(carriedOut).toBe(9)
    expect(await clock()).toBe(before + carriedOut * 60_000)
  })

  test('nor is anything shown to a page', async () => {
    for (const path of ['clock', 'ledger', 'mail', 'workers/ADEMOWORKER001', 'nowhere']) {
      for (const headers of [
        { origin: 'null' },
        { 'sec-fetch-site': 'cross-site' },
        { host: 'evil.example' },
      ]) {
        const { status, body } = await send(port, 'GET', `/_control/${path}`, headers)
        expect([status, (JSON.parse(body) as { error: string }).error]).toEqual([403, 'AccessDenied'])
      }
    }
  })

  /** What DNS rebinding makes browsers send: their own name for the address that is ours. */
  const foreign = [
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example:1770',
    '10.0.0.1',
    '0.0.0.0',
    'mturk-requester.us-east-1.amazonaws.com.evil.example',
  ]
  test.each(foreign)('the Host %s is not ours', async (host) => {
    const before = await clock()
    const headers = { host, 'content-type': 'application/json' }
    expect((await send(port, 'POST', '/_control/clock', headers, turn)).status).toBe(403)
    // A name that no browser sends, and no server takes apart.
    const odd = { ...headers, host: `localhost@${host}` }
    expect((await send(port, 'POST', '/_control/clock', odd, turn)).status).toBeGreaterThanOrEqual(400)
    expect(await clock()).toBe(before)
  })

  test.each(['localhost', '127.0.0.1', '[::1]', 'task.localhost', 'LOCALHOST', 'localhost:1'])(
    'the Host %s is',
    async (host) => {
      const headers = { host, 'content-type': 'application/json' }
      expect((await send(port, 'POST', '/_control/clock', headers, turn)).status).toBe(200)
    },
  )

  test.each([
    '/_control/clock/',
    '//_control/clock',
    '/_CONTROL/clock',
    '/%5fcontrol/clock',
    '/_control%2Fclock',
    '/_control/./clock',
    '/projects/../_control/clock',
    '/_control/clock?environment=production',
    '/_control//clock',
    '/_control/clock;a=b',
    '/_control/clock%00',
    'http://localhost/_control/clock',
  ])('no other spelling of the address goes past the guard: %s', async (path) => {
    const before = await clock()
    for (const headers of [
      { origin: 'null', 'content-type': 'application/json' },
      { 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' },
      { 'content-type': 'text/plain' },
      { host: 'evil.example', 'content-type': 'application/json' },
    ]) {
      const { status } = await send(port, 'POST', path, headers, turn)
      expect([403, 404, 400]).toContain(status)
    }
    expect(await clock()).toBe(before)
  })

  test('no other method, and no preflight, lets a page in', async () => {
    const before = await clock()
    const asked = {
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    }
    for (const method of ['OPTIONS', 'PUT', 'PATCH', 'DELETE', 'HEAD']) {
      for (const more of [asked, { 'x-http-method-override': 'POST' }]) {
        const headers = { origin: 'http://evil.example', 'content-type': 'application/json', ...more }
        const answer = await send(port, method, '/_control/clock', headers, turn)
        expect(answer.status).toBe(403)
        const given = Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))
        expect(given).toEqual([])
      }
    }
    expect(await clock()).toBe(before)
  })

  test('the token does not make a page welcome', async () => {
    const guarded = await startDemo({ KEMPELEN_CONTROL_TOKEN: 'a token of this test' })
    const right = { authorization: 'Bearer a token of this test', 'content-type': 'application/json' }
    const post = (headers: Headers) => send(guarded.running.port, 'POST', '/_control/reset', headers, '{}')
    for (const headers of [right, { ...right, authorization: 'bearer  a token of this test' }])
      expect((await post(headers)).status).toBe(200)
    for (const headers of [
      { ...right, origin: 'http://evil.example' },
      { ...right, origin: 'null' },
      { ...right, 'sec-fetch-site': 'cross-site' },
      { ...right, host: 'evil.example' },
      { ...right, 'content-type': 'text/plain' },
      { ...right, authorization: 'Bearer another' },
      { ...right, authorization: 'a token of this test' },
      { ...right, authorization: undefined },
      { ...right, authorization: 'Basic YSB0b2tlbiBvZiB0aGlzIHRlc3Q=' },
    ])
      expect([(await post(headers)).status, headers]).toEqual([403, headers])
    await guarded.stop()
  })
})

/** How a browser asks before it sends a call [wire 1.6]. */
const preflight = {
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'authorization,content-type,x-amz-date,x-amz-target',
}
const pages = [
  'null',
  'http://evil.example',
  'http://localhost:1770',
  'http://127.0.0.1',
  'https://lab.example.org',
]

async function expectRefused(answer: Answer): Promise<void> {
  expect([answer.status, (JSON.parse(answer.body) as { __type: string }).__type]).toEqual([
    400,
    'AccessDeniedException',
  ])
  const given = Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))
  expect(given).toEqual([])
}

describe('the API with the demo’s key, which everybody knows [design 7]', () => {
  const create = JSON.stringify(aHIT())
  const hosts = [undefined, ...Object.values(amazonHosts)]

  test('answers no page: not its call, not its question before the call', async () => {
    const { running, address, stop } = await startDemo()
    const ledger = JSON.stringify((await control(address, 'ledger')).body)
    for (const origin of [...pages, `http://localhost:${running.port}`, '']) {
      for (const site of ['cross-site', 'same-site', 'same-origin', undefined]) {
        for (const host of hosts) {
          const headers = { origin, 'sec-fetch-site': site, host }
          await expectRefused(await call(running.port, 'CreateHIT', create, headers))
          await expectRefused(await send(running.port, 'OPTIONS', '/', { ...headers, ...preflight }))
        }
      }
    }
    expect(JSON.stringify((await control(address, 'ledger')).body)).toBe(ledger)
    expect((await call(running.port, 'CreateHIT', create, {})).status).toBe(200)
    await stop()
  })

  test('what a page can send without asking before is no call: forms, plain text, links', async () => {
    const { running, address, stop } = await startDemo()
    const ledger = JSON.stringify((await control(address, 'ledger')).body)
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      undefined,
    ]) {
      for (const host of hosts) {
        const page = { 'content-type': type, 'sec-fetch-site': 'cross-site', host }
        for (const headers of [
          page,
          { ...page, origin: 'http://evil.example' },
          { ...page, origin: 'null' },
        ]) {
          const posted = await send(running.port, 'POST', '/', headers, create)
          expect(posted.status).toBeGreaterThanOrEqual(400)
          expect(posted.headers).not.toHaveProperty('access-control-allow-origin')
        }
      }
    }
    const link = `/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${exampleKey.accessKeyId}&Action=CreateHIT`
    for (const host of hosts) await send(running.port, 'GET', link, { host })
    expect(JSON.stringify((await control(address, 'ledger')).body)).toBe(ledger)
    await stop()
  })

  test('answers the pages that are configured, and no others', async () => {
    const { running, stop } = await startDemo({
      KEMPELEN_CORS_ORIGINS: 'https://lab.example.org,http://localhost:9',
    })
    for (const origin of pages) {
      const answer = await call(running.port, 'GetAccountBalance', '{}', { origin })
      if (origin !== 'https://lab.example.org') await expectRefused(answer)
      else expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([200, origin])
    }
    await stop()
  })
})

describe('the API of a real server [wire 1.6, design 7]', () => {
  async function startServe(variables: Record<string, string>) {
    const folder = mkdtempSync(join(tmpdir(), 'kempelen-test-'))
    const config = readConfig('serve', { PORT: '0', KEMPELEN_DATA: folder, ...variables })
    if (Array.isArray(config)) throw new Error(config.join('\n'))
    const running = await startServer(config, createLog('error'))
    return {
      port: running.port,
      address: `http://localhost:${running.port}`,
      async stop() {
        await running.stop()
        rmSync(folder, { recursive: true, force: true })
      },
    }
  }

  test.each<[string, Record<string, string>, (origin: string) => string | undefined]>([
    ['any page, unless configured', {}, () => '*'],
    ['any page, when so configured', { KEMPELEN_CORS_ORIGINS: '*' }, () => '*'],
    [
      'the pages of KEMPELEN_CORS_ORIGINS',
      { KEMPELEN_CORS_ORIGINS: ' https://lab.example.org , http://127.0.0.1' },
      (origin) => (['https://lab.example.org', 'http://127.0.0.1'].includes(origin) ? origin : undefined),
    ],
  ])('answers %s', async (_, variables, allowedFor) => {
    const { port, address, stop } = await startServe({ KEMPELEN_CONTROL: '1', ...variables })
    const { body } = await control(address, 'requesters', { name: 'Laboratory', balance: '5.00' })
    const key = { accessKeyId: String(body.accessKeyId), secret: String(body.secretAccessKey) }
    for (const origin of [...pages, 'https://lab.example.org.evil.example', 'https://lab.example.org:444']) {
      const allowed = allowedFor(origin)
      const asked = await send(port, 'OPTIONS', '/', { origin, ...preflight })
      const answered = await call(
        port,
        'GetAccountBalance',
        '{}',
        { origin, 'sec-fetch-site': 'cross-site' },
        key,
      )
      const wrong = await call(port, 'GetHIT', '{"HITId":"3NONE"}', { origin }, key)
      const unsigned = await send(
        port,
        'POST',
        '/',
        { origin, 'content-type': 'application/x-amz-json-1.1' },
        '{}',
      )
      if (allowed === undefined) {
        for (const answer of [asked, answered, wrong, unsigned]) await expectRefused(answer)
        continue
      }
      expect([asked.status, answered.status, wrong.status, unsigned.status]).toEqual([200, 200, 400, 400])
      expect(answered.body).toBe('{"AvailableBalance":"5.00"}')
      expect(asked.headers).toMatchObject({
        'content-length': '0',
        'access-control-allow-headers': preflight['access-control-request-headers'],
        'access-control-allow-methods': 'POST',
        'access-control-max-age': '172800',
      })
      for (const { headers } of [asked, answered, wrong, unsigned]) {
        expect(headers['access-control-allow-origin']).toBe(allowed)
        expect(headers['access-control-expose-headers']).toMatch(/x-amzn-RequestId.*Date/)
        // Never with cookies: the signature is what counts.
        expect(headers).not.toHaveProperty('access-control-allow-credentials')
        if (allowed !== '*') expect(headers.vary).toBe('Origin')
      }
    }
    await stop()
  })

  test('has no control API unless it is switched on', async () => {
    const { port, stop } = await startServe({})
    for (const headers of [{ 'content-type': 'application/json' }, { origin: 'null' }])
      expect((await send(port, 'POST', '/_control/reset', headers, '{}')).status).toBe(404)
    expect((await send(port, 'GET', '/_control/ledger', {})).status).toBe(404)
    await stop()
  })
})
