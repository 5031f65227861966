// Bodies of requests, never more of them than is allowed: a length that is told may be wrong, or not be told at all.
import type { Context } from 'hono'
import { server } from '../limits.ts'

/**
 * The bytes of the body, `too large` when there are more than `limit`, `gone` when the sender went away. What is over
 * the limit is read and thrown away, within bounds: a browser that is cut off while it still sends shows its own
 * error instead of our page.
 */
export async function readBytes(
  c: Context,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | 'too large' | 'gone'> {
  const stream: ReadableStream<Uint8Array> | null = c.req.raw.body
  if (stream === null) return new Uint8Array()
  const reader = stream.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      length += value.length
      if (length <= limit) chunks.push(value)
      else chunks.length = 0
      if (length > server.drainBytes) {
        await reader.cancel()
        break
      }
    }
  } catch {
    // Only a connection that ended makes this stream fail.
    return 'gone'
  }
  return length > limit ? 'too large' : Uint8Array.from(Buffer.concat(chunks))
}
