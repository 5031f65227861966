// Webhooks: an HTTPS POST of the event document, signed so that the receiver knows who sent it and when.
import { createHmac } from 'node:crypto'
import { request as requestHTTP, type RequestOptions } from 'node:http'
import { request as requestHTTPS } from 'node:https'
import type { Clock } from '../clock.ts'
import { publicLookup, refusePrivateHost } from './private-networks.ts'
import { Undeliverable, type Deliverable, type Send } from './transport.ts'

/** The header that carries the time of sending and the signature. */
export const signatureHeader = 'Kempelen-Signature'

/**
 * `t=<seconds>,v1=<hexadecimal>`: HMAC-SHA256, under the requester's webhook secret, of the seconds, a full stop and
 * the body. A receiver refuses what is older than some minutes, so that a recorded request is of no use.
 */
export function signature(secret: string, seconds: number, body: string): string {
  const mac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
  return `t=${seconds},v1=${mac}`
}

export interface WebhookOptions {
  allowPrivate: boolean
  wallClock: Clock
  /** The secret under which the requester's events are signed. */
  secretOf(requesterId: string): string
}

/** Builds the transport. Any 2xx means that the event was taken; a redirect is not followed. */
export function createWebhook({ allowPrivate, wallClock, secretOf }: WebhookOptions): Send {
  return async ({ destination, document, requesterId, event }: Deliverable, signal) => {
    const url = URL.parse(destination)
    if (url === null) throw new Undeliverable('The destination is no address.')
    if (!allowPrivate) refusePrivateHost(url)
    if (url.protocol !== 'https:' && !allowPrivate)
      throw new Undeliverable('The destination is not an https address.')
    const seconds = Math.floor(wallClock.now() / 1000)
    const status = await post(url, document, {
      signal,
      ...(!allowPrivate && { lookup: publicLookup }),
      headers: {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(document),
        'User-Agent': 'Kempelen',
        'Kempelen-Event': event,
        [signatureHeader]: signature(secretOf(requesterId), seconds, document),
      },
    })
    if (status < 200 || status > 299) throw new Error(`The destination answered with status ${status}.`)
  }
}

/** Posts a body on a connection of its own; answers the status. What comes back is not read. */
function post(url: URL, body: string, options: RequestOptions): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const begin = url.protocol === 'https:' ? requestHTTPS : requestHTTP
  const request = begin(url, { ...options, method: 'POST', agent: false }, (response) => {
    resolve(response.statusCode ?? 0)
    response.destroy()
  })
  request.on('error', reject)
  request.end(body)
  return promise
}
