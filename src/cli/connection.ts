// How a command reaches the data: through the socket of the server that owns the database file, or, when none runs or
// the database is PostgreSQL, by opening the database itself [design 4].
import { existsSync } from 'node:fs'
import { request } from 'node:http'
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

/** Status and JSON text of an answer. */
interface Answered {
  status: number
  body: string
}

type Send = (method: 'GET' | 'POST', path: string, body?: string) => Promise<Answered>

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
    const answer = await fetch(new Request(address, { method, ...(body !== undefined && { body }) }))
    return { status: answer.status, body: await answer.text() }
  }
  return { calls: callsOver(send, environment), close }
}

/** Whether a server listens on the socket. A file that nobody listens on was left by one that was killed. */
async function isServed(socket: string, patience: number): Promise<boolean> {
  try {
    await sendTo(socket, patience)('GET', '/')
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
  return async (method, path, body) => {
    const { promise, resolve, reject } = Promise.withResolvers<Answered>()
    const options = { socketPath, method, path, timeout: patience, headers: { Host: 'operator' } }
    const sent = request(options, (response) => {
      text(response).then((answer) => resolve({ status: response.statusCode ?? 0, body: answer }), reject)
    })
    sent.on('error', reject)
    sent.on('timeout', () => {
      sent.destroy(new Error(`There was no answer within ${patience / 1000} s.`))
    })
    sent.end(body)
    return promise
  }
}

function callsOver(send: Send, environment: string | undefined): OperatorCalls {
  const call = async (method: 'GET' | 'POST', path: string, query: Query, body?: object) => {
    const parameters = new URLSearchParams()
    for (const [name, value] of Object.entries({ ...query, environment })) {
      if (value !== undefined) parameters.set(name, value)
    }
    const answer = await send(
      method,
      `/_control/${path}?${parameters.toString()}`,
      body && JSON.stringify(body),
    )
    const json = JSON.parse(answer.body) as { message?: string }
    if (answer.status === 200) return json
    throw new Refused(json.message ?? `The server answered with status ${answer.status}.`)
  }
  return {
    get: (path, query = {}) => call('GET', path, query),
    post: (path, body) => call('POST', path, {}, body),
  }
}
