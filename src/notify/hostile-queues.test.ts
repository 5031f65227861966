// Whoever may name a queue may name a server of his own: what it answers must harm neither this process nor the queues of
// others.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { server as limits } from '../limits.ts'
import { createSQS } from './sqs.ts'

const document = '{"Events":[]}'
const taken = JSON.stringify({
  MessageId: 'M',
  MD5OfMessageBody: createHash('md5').update(document).digest('hex'),
})
const calm = new AbortController().signal

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
})

/** Starts a queue's server on this machine; answers how to send to it. */
async function startQueue(
  answer: RequestListener,
): Promise<(send: ReturnType<typeof createSQS>) => Promise<void>> {
  const server = createServer((request, response) => {
    request.resume()
    answer(request, response)
  })
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const destination = `http://127.0.0.1:${(server.address() as AddressInfo).port}/1/q`
  return (send) =>
    send({ id: '3X', requesterId: 'AREQUESTER', kind: 'event', destination, event: 'Ping', document }, calm)
}

const newSender = () =>
  createSQS({
    endpoint: undefined,
    allowPrivate: true,
    credentials: { accessKeyId: 'A', secretAccessKey: 'x' },
  })

test.each([
  ['taken', 200, taken],
  ['refused', 403, '{"__type":"RequestTimeTooSkewed","ServerTime":0}'],
])(
  "a queue whose server is decades behind does not date what goes to another's [design 5]: %s",
  async (_, status, body) => {
    const dates: string[] = []
    const honest = await startQueue(({ headers }, response) => {
      dates.push(String(headers['x-amz-date']).slice(0, 4))
      response.end(taken)
    })
    const late = await startQueue((_request, response) => {
      response.writeHead(status, { Date: 'Mon, 01 Jan 1990 00:00:00 GMT' }).end(body)
    })
    const send = newSender()
    await honest(send)
    await late(send).catch(() => undefined)
    await honest(send)
    expect(dates).toHaveLength(2)
    expect(dates[1]).toBe(dates[0])
  },
)

test('an answer without end is left when it is too long [design 5]', async () => {
  const chunk = 'x'.repeat(limits.notifications.answerBytes / 4)
  const flood = await startQueue((_, response) => {
    response.write('{"MessageId":"')
    // As much as there is room for, as long as anybody reads.
    const more = () => {
      while (response.write(chunk));
      response.once('drain', more)
    }
    more()
  })
  await expect(flood(newSender())).rejects.toThrow('The destination answered with too much.')
})

test('an answer of usual length is read whole', async () => {
  const usual = await startQueue((_, response) => {
    response.write(taken.slice(0, 10))
    response.end(taken.slice(10))
  })
  await expect(usual(newSender())).resolves.toBeUndefined()
})
