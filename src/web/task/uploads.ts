// The way of a worker's file to whoever has its address.
import { isFault } from '../../domain/fault.ts'
import { fileSubject } from '../../domain/file-link.ts'
import { operator } from '../../operations/operation.ts'
import { FindUploadedFile } from '../../operations/operator/FindUploadedFile.ts'
import { taskHeaders } from '../headers.ts'
import type { Visit } from '../visit.ts'

/** `GET /uploads/<assignmentId>?question=…&expires=…&signature=…` [hits 7.5] */
export async function sendUpload({ c, market, texts, dependencies }: Visit): Promise<Response> {
  taskHeaders(c, "default-src 'none'; sandbox")
  const assignmentId = c.req.param('assignment') ?? ''
  const identifier = c.req.query('question') ?? ''
  const expires = Number(c.req.query('expires'))
  const signature = c.req.query('signature') ?? ''
  if (!market.secrets.verify(fileSubject({ assignmentId, identifier, expires }), signature))
    return c.text(texts.files.forged, 403)
  if (market.wallClock.now() >= expires * 1000) return c.text(texts.files.expired, 410)
  const file = await market.runner.run(FindUploadedFile, operator, { assignmentId, identifier })
  if (isFault(file)) return c.text(texts.files.gone, 404)
  let bytes
  try {
    bytes = await market.files.get(file.fileKey)
  } catch (error) {
    dependencies.failed?.(error)
    return c.text(texts.files.unavailable, 503)
  }
  if (bytes === undefined) return c.text(texts.files.gone, 404)
  c.header('Content-Type', 'application/octet-stream')
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${headerName(file.name)}`)
  return c.body(Uint8Array.from(bytes))
}

/** A name as the header wants it: encodeURIComponent leaves a few characters that it may not hold. */
function headerName(name: string): string {
  return encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
