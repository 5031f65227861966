// One listener: requests that speak the AWS protocol go to the API of their market, the rest to the pages. The API
// gets raw headers and the bytes as they came, because signatures are made over them.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { server as limits } from '../limits.ts'
import type { Market } from '../market.ts'
import { isAmazonHost } from '../wire/amazon-hosts.ts'
import { readBody } from './body.ts'
import { watchConnections } from './close.ts'
import type { Metrics } from './metrics.ts'

export interface ServerDependencies {
  /** The market that a Host name means. */
  marketOf(host: string): Market
  /** Answers pages, the control API and submissions. */
  pages(request: IncomingMessage, response: ServerResponse): Promise<void> | void
  /** Whether the database answers. */
  isReady(): Promise<boolean>
  metrics: Metrics
  failed(error: unknown): void
  /** Nobody is answered before this: the port is taken while something is still made ready. */
  opened?: Promise<void>
}

/** Builds the listener; the caller makes it listen. */
export function createHTTPServer(dependencies: ServerDependencies): Server {
  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      keepAliveTimeout: limits.keepAliveTimeout,
      headersTimeout: limits.keepAliveTimeout + 10_000,
      // A page may upload 16 MiB over a slow line; calls are bounded by their own size.
      requestTimeout: 300_000,
    },
    (request, response) => {
      handle(dependencies, request, response).catch((error: unknown) => {
        dependencies.failed(error)
        if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/plain' })
        response.end('Something went wrong here. It has been logged; please try again.\n')
      })
    },
  )
  watchConnections(server)
  return server
}

async function handle(
  dependencies: ServerDependencies,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  await dependencies.opened
  if (isAPI(request)) return callAPI(dependencies, request, response)
  const path = request.url?.split('?')[0]
  if (request.method === 'GET' || request.method === 'HEAD') {
    if (path === '/healthz') return plain(response, 200, 'ok\n')
    if (path === '/readyz') {
      const ready = await dependencies.isReady()
      return plain(response, ready ? 200 : 503, ready ? 'ready\n' : 'the database does not answer\n')
    }
    if (path === '/metrics') return plain(response, 200, await dependencies.metrics.text())
  }
  await dependencies.pages(request, response)
}

/** Whether a request speaks the AWS protocol: by its host, target, content type or signature. */
function isAPI({ headers, method }: IncomingMessage): boolean {
  if (isAmazonHost(headers.host)) return true
  if (
    headers['x-amz-target'] !== undefined ||
    headers['content-type']?.toLowerCase().startsWith('application/x-amz-json')
  ) {
    return true
  }
  if (method === 'OPTIONS') return /x-amz-/i.test(String(headers['access-control-request-headers'] ?? ''))
  return headers.authorization?.startsWith('AWS4-') === true
}

async function callAPI(
  dependencies: ServerDependencies,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, limits.apiBodyBytes)
  if (body === undefined) return
  const market = dependencies.marketOf(request.headers.host ?? '')
  const answer = await market.api({
    method: request.method ?? 'GET',
    target: request.url ?? '/',
    rawHeaders: request.rawHeaders,
    body: body.bytes,
    tooLarge: body.tooLarge,
  })
  if ('drop' in answer) {
    request.socket.destroy()
    return
  }
  dependencies.metrics.countCall(answer.status)
  response.writeHead(answer.status, answer.headers)
  response.end(answer.body)
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' })
  response.end(text)
}
