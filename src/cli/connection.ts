// How a command reaches the data: through the socket of the server that owns the database file, or, when none runs or
// the database is PostgreSQL, by opening the database itself [design 4].
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { request, type ClientRequest, type IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Config } from '../config.ts'
import { createOperatorAPI, operatorSocket } from '../http/operator-server.ts'
import { publicURLOf } from '../http/pages.ts'
import { server as limits } from '../limits.ts'
import type { Log } from '../log.ts'
import { openMarkets } from '../open-markets.ts'
import { placeOf } from '../store/open.ts'
import { Refused, type OperatorCalls, type Query } from './command.ts'

/** A connection, to be closed. */
export interface OperatorConnection {
  calls: OperatorCalls
  close(): Promise<void>
}

/** Status and bytes of an answer. */
interface Answered {
  status: number
  body: AsyncIterable<Uint8Array>
}

type Sent = string | AsyncIterable<Uint8Array>
/** `patience` are the milliseconds that pass at most without a word, where it is not what it always is. */
type Send = (method: 'GET' | 'POST', path: string, body?: Sent, patience?: number) => Promise<Answered>

/**
 * Connects with the first call: until then a command may wait for its user, and must keep no server from its database.
 * `environment` is the market that the calls are about, the first when it is undefined; `patience` are the milliseconds
 * that a server has for an answer.
 */
export function connectOperator(
  config: Config,
  log: Log,
  environment: string | undefined,
  patience = limits.requestTimeout + limits.answerMargin,
): OperatorConnection {
  let opened: Promise<OperatorConnection> | undefined
  const calls = async () => (await (opened ??= open(config, log, environment, patience))).calls
  return {
    calls: {
      get: async (path, query) => (await calls()).get(path, query),
      post: async (path, body) => (await calls()).post(path, body),
      upload: async (path, query, bytes) => (await calls()).upload(path, query, bytes),
      download: async (path, query) => (await calls()).download(path, query),
    },
    // Whoever called has heard why nothing could be opened.
    close: async () => (await opened?.catch(() => undefined))?.close(),
  }
}

async function open(
  config: Config,
  log: Log,
  environment: string | undefined,
  patience: number,
): Promise<OperatorConnection> {
  const socket = operatorSocket(config.databaseURL)
  if (socket !== undefined && (await isServed(socket, patience)))
    return { calls: callsOver(sendTo(socket, patience), environment), close: () => Promise.resolve() }
  const place = placeOf(config.databaseURL)
  if (place === 'temporary')
    throw new Refused('A database in memory is gone with its server; the control API can see into it.')
  if (typeof place !== 'string' && !existsSync(place.file))
    throw new Refused(
      `There is no database ${place.file}: set KEMPELEN_DATA or DATABASE_URL as for the server, which makes it.`,
    )
  const { markets, close } = await openMarkets(config, log, {
    publicURL: (market) => publicURLOf(config, market, config.port),
  })
  const fetch = createOperatorAPI({
    config,
    markets,
    port: () => config.port,
    failed: (error) => log.error(error, 'the command failed'),
  })
  const send: Send = async (method, path, body) => {
    const address = `http://operator${path}`
    const stream = typeof body === 'object' ? ReadableStream.from(body) : body
    const answer = await fetch(
      new Request(address, { method, ...(stream !== undefined && { body: stream, duplex: 'half' }) }),
    )
    return { status: answer.status, body: answer.body ?? Readable.from([]) }
  }
  return { calls: callsOver(send, environment), close }
}

/** Whether a server listens on the socket. A file that nobody listens on was left by one that was killed. */
async function isServed(socket: string, patience: number): Promise<boolean> {
  try {
    await text((await sendTo(socket, patience)('GET', '/')).body)
    return true
  } catch (error) {
    // EINVAL: no socket can be where the path is so long.
    if (
      ['ENOENT', 'ECONNREFUSED', 'ENOTSOCK', 'EINVAL'].includes((error as NodeJS.ErrnoException).code ?? '')
    )
      return false
    throw new Refused(`The server's socket ${socket} does not answer: ${(error as Error).message}`)
  }
}

function sendTo(socketPath: string, patience: number): Send {
  return async (method, path, body, wait = patience) => {
    const { promise, resolve, reject } = Promise.withResolvers<Answered>()
    const options = { socketPath, method, path, timeout: wait, headers: { Host: 'operator' } }
    let answer: IncomingMessage | undefined
    const sent = request(options, (response) => {
      answer = response
      resolve({ status: response.statusCode ?? 0, body: response })
    })
    sent.on('error', reject)
    sent.on('timeout', () => {
      sent.destroy(new Error(`There was no answer within ${wait / 1000} s.`))
    })
    if (typeof body !== 'object') sent.end(body)
    // A refusal may come before all is sent: then the rest is not.
    else
      sendBytes(body, sent, () => answer !== undefined).catch((error: unknown) => {
        if (answer === undefined) sent.destroy(error as Error)
      })
    return promise
  }
}

async function sendBytes(
  bytes: AsyncIterable<Uint8Array>,
  sent: ClientRequest,
  isAnswered: () => boolean,
): Promise<void> {
  for await (const piece of bytes) {
    if (isAnswered() || sent.destroyed) break
    if (!sent.write(piece)) await once(sent, 'drain')
  }
  sent.end()
}

function callsOver(send: Send, environment: string | undefined): OperatorCalls {
  const address = (path: string, query: Query) => {
    const parameters = new URLSearchParams()
    for (const [name, value] of Object.entries({ ...query, environment })) {
      if (value !== undefined) parameters.set(name, value)
    }
    return `/_control/${path}?${parameters.toString()}`
  }
  const call = async (method: 'GET' | 'POST', path: string, query: Query, body?: Sent) => {
    const answer = await send(method, address(path, query), body)
    const json = JSON.parse(await text(answer.body)) as { message?: string }
    if (answer.status === 200) return json
    throw new Refused(json.message ?? `The server answered with status ${answer.status}.`)
  }
  return {
    get: (path, query = {}) => call('GET', path, query),
    post: (path, body) => call('POST', path, {}, JSON.stringify(body)),
    upload: (path, query, bytes) => call('POST', path, query, bytes),
    async download(path, query) {
      // All that the file is made of is read before its first byte.
      const answer = await send('GET', address(path, query), undefined, limits.imports.exportPatience)
      if (answer.status === 200) return answer.body
      const { message } = JSON.parse(await text(answer.body)) as { message?: string }
      throw new Refused(message ?? `The server answered with status ${answer.status}.`)
    },
  }
}
