// A queue's server that answers with another address: nobody has checked that one, so nothing is sent there.
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSQS } from './sqs.ts'

let server: Server
let paths: string[]
let status: number
beforeEach(async () => {
  paths = []
  server = createServer((request, response) => {
    paths.push(request.url ?? '')
    request.resume()
    response.writeHead(status, { Location: `http://${request.headers.host}/elsewhere` }).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
})

test.each([301, 302, 303, 307, 308])('a redirect (%i) is a failure and is not followed', async (code) => {
  status = code
  const send = createSQS({
    endpoint: undefined,
    allowPrivate: true,
    credentials: { accessKeyId: 'A', secretAccessKey: 'x' },
  })
  const { port } = server.address() as AddressInfo
  const message = {
    id: '3X',
    requesterId: 'AREQUESTER',
    kind: 'event',
    destination: `http://127.0.0.1:${port}/1/q`,
    event: 'Ping',
    document: '{"Events":[]}',
  } as const
  await expect(send(message, new AbortController().signal)).rejects.toThrow()
  expect(paths).toHaveLength(1)
  expect(paths).not.toContain('/elsewhere')
})
