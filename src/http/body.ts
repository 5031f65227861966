import type { IncomingMessage } from 'node:http'
import { server as limits } from '../limits.ts'

export interface Body {
  bytes: Buffer
  tooLarge: boolean
  /** There is more than is thrown away: the rest stays unread, so nothing else can come on this connection. */
  abandoned?: true
}

/**
 * Reads a request's body up to `limit` bytes. What is over it is read and thrown away, within bounds: a client that
 * is cut off while it still sends sees a reset and tries again instead of reading the refusal [wire 3.4]. Undefined
 * when the client went away.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Body | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let length = 0
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= limit) chunks.push(chunk)
      else chunks.length = 0
      if (length > limits.drainBytes) {
        request.removeAllListeners('data')
        request.pause()
        resolve({ bytes: Buffer.alloc(0), tooLarge: true, abandoned: true })
      }
    })
    request.on('end', () =>
      resolve(
        length > limit
          ? { bytes: Buffer.alloc(0), tooLarge: true }
          : { bytes: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks), tooLarge: false },
      ),
    )
    request.on('error', () => resolve(undefined))
    request.on('close', () => resolve(undefined))
  })
}
