// Webhooks against a server on this machine that takes, fails, redirects, hangs and recovers.
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openMarket } from '../../test/support/market.ts'
import { messagesOf, createType } from '../../test/support/notifications.ts'
import { externalQuestion } from '../../test/support/market.ts'
import { ids } from '../../test/support/stores.ts'
import * as settings from '../store/notification-settings.ts'
import { createSender } from './sender.ts'
import type { Deliverable, Send } from './transport.ts'
import { createWebhook, signature } from './webhook.ts'

interface Seen {
  request: IncomingMessage
  body: string
}

let seen: Seen[]
let server: Server
let answer: RequestListener
let address: string
beforeEach(async () => {
  seen = []
  answer = (_, response) => response.writeHead(204).end()
  server = createServer((request, response) => {
    void text(request).then((body) => {
      seen.push({ request, body })
      answer(request, response)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?who=me`
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
})

const now = 1_767_268_800_123
const webhook = (allowPrivate = true): Send =>
  createWebhook({ allowPrivate, wallClock: { now: () => now }, secretOf: (id) => `secret of ${id}` })
const message = (changes: Partial<Deliverable> = {}): Deliverable => ({
  id: '3X',
  requesterId: 'AREQUESTER',
  kind: 'event',
  destination: address,
  event: 'HITCreated',
  document: '{"Events":["ŝ"]}',
  ...changes,
})
const calm = new AbortController().signal

test('the document is posted as it is, with a signature that its receiver can check', async () => {
  await webhook()(message(), calm)
  expect(seen).toHaveLength(1)
  const { request, body } = seen[0]!
  expect(body).toBe('{"Events":["ŝ"]}')
  expect([request.method, request.url]).toEqual(['POST', '/hook?who=me'])
  expect(request.headers['content-type']).toBe('application/json')
  expect(request.headers['kempelen-event']).toBe('HITCreated')
  const [, seconds, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(request.headers['kempelen-signature']))!
  expect(seconds).toBe('1767268800')
  expect(createHmac('sha256', 'secret of AREQUESTER').update(`${seconds}.${body}`).digest('hex')).toBe(mac)
})

test('a signature is of one time, one body and one secret', () => {
  const all = [
    signature('a', 1, 'b'),
    signature('a', 2, 'b'),
    signature('a', 1, 'c'),
    signature('b', 1, 'b'),
    signature('a', 1, '1.b'),
  ]
  expect(new Set(all).size).toBe(5)
})

test.each([200, 201, 202, 204])('status %i is taken', async (status) => {
  answer = (_, response) => response.writeHead(status).end()
  await webhook()(message(), calm)
})

test.each([301, 302, 307, 308])('a redirect (%i) is not followed', async (status) => {
  answer = (_, response) => response.writeHead(status, { Location: address }).end()
  await expect(webhook()(message(), calm)).rejects.toThrow(`The destination answered with status ${status}.`)
  expect(seen).toHaveLength(1)
})

test.each([400, 404, 410, 429, 500, 503])('status %i is a failure', async (status) => {
  answer = (_, response) => response.writeHead(status).end()
  await expect(webhook()(message(), calm)).rejects.toThrow(`The destination answered with status ${status}.`)
})

test('an answer without end is not read', async () => {
  answer = (_, response) => {
    response.writeHead(200)
    const write = (): void => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
      response.once('drain', write)
    }
    write()
  }
  await webhook()(message(), calm)
})

test('one that hangs is given up when the signal says so', async () => {
  const reached = Promise.withResolvers<void>()
  answer = () => reached.resolve()
  const stop = new AbortController()
  const sent = webhook()(message(), stop.signal)
  await reached.promise
  stop.abort()
  await expect(sent).rejects.toThrow(/abort/)
})

test('one that nobody listens at is a failure', async () => {
  server.close()
  await expect(webhook()(message(), calm)).rejects.toThrow(/ECONNREFUSED/)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})

describe('private networks are refused unless they are allowed', () => {
  test.each(['https://127.0.0.1/', 'https://10.0.0.1/', 'https://[::1]/', 'https://localhost/'])(
    '%s says so itself',
    async (destination) => {
      await expect(webhook(false)(message({ destination }), calm)).rejects.toThrow(/private network/)
    },
  )

  test('and so is plain http', async () => {
    const destination = 'http://example.org/'
    await expect(webhook(false)(message({ destination }), calm)).rejects.toThrow(/not an https address/)
  })
})

test('fails, hangs, recovers: everything arrives once, in order [design 4]', async () => {
  const send = webhook()
  const market = await openMarket('sqlite::memory:')
  const client = await market.requester()
  const HITTypeId = await createType(client)
  const setting: settings.NotificationSetting = {
    hitTypeId: HITTypeId,
    destination: address,
    transport: 'Webhook',
    version: '2014-08-15',
    events: ['HITCreated', 'HITExpired', 'HITReviewable'],
    active: true,
  }
  await market.market.store.write(0, (tx) => settings.put(tx, setting), { keep: () => true })
  answer = (_, response) => response.writeHead(500).end()
  const input = { HITTypeId, LifetimeInSeconds: 30, Question: externalQuestion }
  await client.call('CreateHITWithHITType', input)
  await market.advance(30)
  const sender = createSender({
    runner: market.market.runner,
    wallClock: market.clock,
    ids,
    transports: { Email: send, SQS: send, SNS: send, Webhook: send },
    failed: (error) => expect(error).toBeUndefined(),
    attemptTime: 500,
  })
  await sender.flush()
  await sender.flush()
  expect(seen).toHaveLength(1)
  answer = () => undefined
  await market.advance(2)
  await sender.flush()
  expect(seen).toHaveLength(2)
  expect((await messagesOf(market, client))[0]!.error).toBe('There was no answer within 0.5 seconds.')
  answer = (_, response) => response.writeHead(200).end()
  await market.advance(10)
  await sender.flush()
  const documents = seen.map(({ body }) => body)
  const messages = await messagesOf(market, client)
  expect(messages.map(({ event, state }) => `${event} ${state}`)).toEqual([
    'HITCreated delivered',
    'HITExpired delivered',
    'HITReviewable delivered',
  ])
  const [first, second, third] = messages.map(({ document }) => document)
  expect(documents).toEqual([first, first, first, second, third])
  await sender.stop()
  await market.close()
})
