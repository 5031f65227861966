// Files that are sent with the answers to a QuestionForm, and their way to whoever has their address.
import { hash } from 'node:crypto'
import { isFault, type Fault } from '../../domain/fault.ts'
import { fileSubject } from '../../domain/file-link.ts'
import { questionsOf, type FileUploadAnswer, type QuestionForm } from '../../domain/question/form.ts'
import type { FormAnswer } from '../../domain/question/answers.ts'
import type { Market } from '../../market.ts'
import { operator } from '../../operations/operation.ts'
import { FindUploadedFile } from '../../operations/operator/FindUploadedFile.ts'
import type { Task } from '../../operations/worker/FindTask.ts'
import type { SentFile } from '../../operations/worker/SubmitAssignment.ts'
import { taskHeaders } from '../headers.ts'
import type { Visit } from '../visit.ts'

/** A file as it arrived. */
export interface ArrivedFile {
  name: string
  bytes: Uint8Array
}

export interface KeptFiles {
  /** The answers to the questions that ask for a file. */
  given: Record<string, FormAnswer>
  files: SentFile[]
}

/**
 * Keeps the files for the questions of a form that ask for one. The same file sent again has the same key, so that
 * the same answers are the same document. InvalidInput for a file outside the question's sizes [questions 2.7].
 */
export async function keepFiles(
  market: Market,
  { assignment }: Task,
  form: QuestionForm,
  arrived: ReadonlyMap<string, ArrivedFile>,
): Promise<KeptFiles | Fault> {
  const kept: KeptFiles = { given: {}, files: [] }
  const wanted = questionsOf(form).filter(({ answer }) => answer.kind === 'FileUploadAnswer')
  for (const { identifier, answer } of wanted) {
    const file = arrived.get(identifier)
    if (file === undefined) continue
    const refusal = checkSize(identifier, answer as FileUploadAnswer, file.bytes.byteLength)
    if (refusal) return refusal
  }
  for (const { identifier } of wanted) {
    const file = arrived.get(identifier)
    if (file === undefined) continue
    const size = file.bytes.byteLength
    const digest = hash('sha256', file.bytes, 'hex')
    const fileKey = hash('sha256', `${assignment.id} ${digest} ${identifier}`, 'hex')
    // Work that is over takes no more files.
    if (assignment.state === 'open') await market.files.put(fileKey, file.bytes)
    kept.given[identifier] = { fileKey, size }
    kept.files.push({ identifier, fileKey, name: plainName(file.name), size })
  }
  return kept
}

function checkSize(identifier: string, answer: FileUploadAnswer, size: number): Fault | undefined {
  if (size >= answer.minFileSize && size <= answer.maxFileSize) return undefined
  const explanation = `The file must have from ${answer.minFileSize} to ${answer.maxFileSize} bytes.`
  return { fault: 'InvalidInput', member: identifier, explanation }
}

// oxlint-disable-next-line no-control-regex
const notInNames = /[\u0000-\u001f\u007f/\\]/g

/** The name of a file without what no header and no database may hold. */
function plainName(name: string): string {
  return name.toWellFormed().replaceAll(notInNames, '_').slice(0, 255)
}

/** `GET /uploads/<assignmentId>?question=…&expires=…&signature=…` [hits 7.5] */
export async function sendUpload({ c, market, texts }: Visit): Promise<Response> {
  taskHeaders(c, "default-src 'none'; sandbox")
  const assignmentId = c.req.param('assignment') ?? ''
  const identifier = c.req.query('question') ?? ''
  const expires = Number(c.req.query('expires'))
  const signature = c.req.query('signature') ?? ''
  const isGood = market.secrets.verify(fileSubject({ assignmentId, identifier, expires }), signature)
  if (!isGood || market.wallClock.now() >= expires * 1000) return c.text(texts.files.expired, 403)
  const file = await market.runner.run(FindUploadedFile, operator, { assignmentId, identifier })
  const bytes = isFault(file) ? undefined : await market.files.get(file.fileKey)
  if (isFault(file) || bytes === undefined) return c.text(texts.files.gone, 404)
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
