// Names that public servers answer for with addresses of private networks: the destination looks harmless until it is
// looked up, so it is the connection that must be refused.
import type { LookupAddress } from 'node:dns'
import { Resolver } from 'node:dns/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createSQS } from './sqs.ts'
import { Undeliverable, type Deliverable } from './transport.ts'
import { createWebhook } from './webhook.ts'

const answers: Record<string, LookupAddress[]> = {
  'inside.example.org': [{ address: '10.0.0.1', family: 4 }],
  'loopback.example.org': [{ address: '127.0.0.1', family: 4 }],
  'metadata.example.org': [{ address: '169.254.169.254', family: 4 }],
  'six.example.org': [{ address: '::1', family: 6 }],
  'mapped.example.org': [{ address: '::ffff:127.0.0.1', family: 6 }],
  'both.example.org': [
    { address: '192.0.2.1', family: 4 },
    { address: 'fd00::1', family: 6 },
  ],
}

const resolve = (family: 4 | 6) => (name: string) => {
  const found = (answers[name] ?? []).filter((address) => address.family === family)
  if (found.length > 0) return Promise.resolve(found.map(({ address }) => address))
  return Promise.reject(new Error(`nobody knows ${name}`))
}

beforeAll(() => {
  vi.spyOn(Resolver.prototype, 'resolve4').mockImplementation(resolve(4) as never)
  vi.spyOn(Resolver.prototype, 'resolve6').mockImplementation(resolve(6) as never)
})
afterAll(() => {
  vi.restoreAllMocks()
})

const message = (destination: string): Deliverable => ({
  id: '3X',
  requesterId: 'AREQUESTER',
  kind: 'event',
  destination,
  event: 'Ping',
  document: '{"Events":[]}',
})
const calm = new AbortController().signal
const webhook = createWebhook({
  allowPrivate: false,
  wallClock: { now: () => 0 },
  secretOf: (requesterId) => requesterId,
})
const credentials = { accessKeyId: 'A', secretAccessKey: 'x' }
const queue = createSQS({ endpoint: undefined, allowPrivate: false, credentials })

const names = Object.keys(answers)

test.each(names)('a webhook at %s is refused when it is looked up', async (name) => {
  await expect(webhook(message(`https://${name}/birds`), calm)).rejects.toThrow(Undeliverable)
})

test.each(names.flatMap((name) => [`https://${name}/1/q`, `http://${name}:80/1/q`]))(
  'the queue %s is refused when it is looked up',
  async (destination) => {
    await expect(queue(message(destination), calm)).rejects.toThrow(Undeliverable)
  },
)

test('a name that nobody knows is another failure', async () => {
  const sent = webhook(message('https://nowhere.example.org/'), calm)
  await expect(sent).rejects.toThrow(/nobody knows/)
})
