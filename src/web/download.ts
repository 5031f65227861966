// Files for people to take away, written while what stands in them is read: nobody's whole record is held in memory, and
// nobody waits for it.
import type { Context } from 'hono'

/** Characters that are sent at once at least: many small pieces would cost more than they say. */
const pieceLength = 16_384

/** Answers a file. When the generator throws, the answer breaks off, so that a part is never taken for the whole. */
export function answerFile(
  c: Context,
  { name, type }: { name: string; type: string },
  texts: AsyncGenerator<string>,
): Response {
  return c.body(asStream(texts), 200, {
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="${name}"`,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  })
}

/** Texts as bytes, no faster than they are taken. */
function asStream(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      let piece = ''
      while (piece.length < pieceLength) {
        const { done, value } = await texts.next()
        if (done) {
          controller.enqueue(encoder.encode(piece))
          return controller.close()
        }
        piece += value
      }
      controller.enqueue(encoder.encode(piece))
    },
    async cancel() {
      await texts.return(undefined)
    },
  })
}
