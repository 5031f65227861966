// A server on this machine that webhooks are sent to, and that answers as a test wants.
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { ToldDocument } from './notifications.ts'

export interface Delivery {
  path: string
  headers: IncomingHttpHeaders
  body: Buffer
}

export interface Receiver {
  /** Where it is, without a path. */
  address: string
  /** What came, in order. */
  deliveries: Delivery[]
  /** Answers to what comes next, one after the other; then everything is taken. */
  answers: RequestListener[]
  /** The documents that came to a path, in order. */
  documents(path: string): ToldDocument[]
  close(): Promise<void>
}

/** Starts a receiver. */
export async function startReceiver(): Promise<Receiver> {
  const deliveries: Delivery[] = []
  const answers: RequestListener[] = []
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      deliveries.push({ path: request.url ?? '', headers: request.headers, body })
      const answer = answers.shift()
      if (answer === undefined) response.writeHead(204).end()
      else answer(request, response)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    deliveries,
    answers,
    documents: (path) =>
      deliveries
        .filter((delivery) => delivery.path === path)
        .map(({ body }) => JSON.parse(body.toString()) as ToldDocument),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Answers with a status. */
export const status =
  (code: number, headers: Record<string, string> = {}): RequestListener =>
  (_, response) => {
    response.writeHead(code, headers).end()
  }
