// Calls of the API byte by byte, over a real connection: for what clients do not show, or would not send.
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { wallClock } from '../../src/clock.ts'
import { signHeaders, type ToSign } from '../conformance/sigv4-signers.ts'
import type { Key } from './journey-clients.ts'

export interface RawAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  json: Record<string, unknown>
}

/** Signs and sends a body as it stands; `more` may change what is signed, the Host included. */
export async function rawCall(
  address: string,
  { accessKeyId, secretAccessKey: secret }: Key,
  operation: string,
  body: string,
  more: Partial<ToSign> = {},
): Promise<RawAnswer> {
  const { host, hostname, port } = new URL(address)
  const headers = { host, ...more.headers }
  const signed = signHeaders({
    time: wallClock.now(),
    operation,
    body,
    accessKeyId,
    secret,
    ...more,
    headers,
  })
  const sent = [...signed, 'Content-Length', String(Buffer.byteLength(body))]
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: hostname, port, method: 'POST', path: '/', headers: sent },
      (response) => {
        text(response).then((answered) => {
          const json = answered.startsWith('{') ? (JSON.parse(answered) as Record<string, unknown>) : {}
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text: answered, json })
        }, reject)
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
