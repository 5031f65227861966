// A process of its own for the server under measurement, so that its CPU time is its alone. Commands come as
// messages: what to serve; then `cpu` and `stop`.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createMetrics } from '../src/http/metrics.ts'
import { createHTTPServer } from '../src/http/server.ts'
import { openBenchMarket, type BenchMarket } from './market.ts'

export type Command =
  { serve: 'echo' } | { serve: 'kempelen'; file: string; requesterId: string } | 'cpu' | 'stop'

let server: Server | undefined
let bench: BenchMarket | undefined

// H: the cheapest server that reads the same bytes and answers the same bytes.
function echo(): Server {
  return createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      response.writeHead(200, {
        'x-amzn-RequestId': '9b3a4c1e-0000-4000-8000-000000000001',
        'Content-Type': 'application/x-amz-json-1.1',
        'Content-Length': '2',
      })
      // Put together as the server under measurement does it.
      Buffer.concat(chunks)
      response.end('{}')
    })
  })
}

async function kempelen(file: string, requesterId: string): Promise<Server> {
  bench = await openBenchMarket(`sqlite:${file}`, requesterId)
  const { market } = bench
  return createHTTPServer({
    marketOf: () => market,
    pages: (_, response) => void response.writeHead(404).end(),
    isReady: () => Promise.resolve(true),
    metrics: createMetrics(),
    failed: (error) => console.error(error),
  })
}

process.on('message', (command: Command) => {
  void answer(command)
})

async function answer(command: Command): Promise<void> {
  if (command === 'cpu') return void process.send!({ cpu: process.cpuUsage() })
  if (command === 'stop') {
    server?.closeAllConnections()
    server?.close()
    await bench?.close()
    process.disconnect()
    return
  }
  server = command.serve === 'echo' ? echo() : await kempelen(command.file, command.requesterId)
  server.listen(0, '127.0.0.1', () => process.send!({ port: (server!.address() as AddressInfo).port }))
}
