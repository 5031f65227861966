import type { IncomingMessage } from 'node:http'
import { server as limits } from '../limits.ts'

export interface Body {
  bytes: Buffer
  tooLarge: boolean
}

/**
 * Reads a request's body up to `limit` bytes. What is over it is read and thrown away, within bounds: a client that
 * is cut off while it still sends sees a reset and tries again instead of reading the refusal [wire 3.4]. Who sends on
 * without end is refused on the way, and cut off when he had time to read that. Undefined when the client went away.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Body | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let length = 0
    request.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= limit) chunks.push(chunk)
      else chunks.length = 0
      if (length > limits.drainBytes) resolve({ bytes: Buffer.alloc(0), tooLarge: true })
      if (length > 2 * limits.drainBytes) request.socket.destroy()
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
