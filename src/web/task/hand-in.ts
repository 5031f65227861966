// How a worker's work is handed in: the files among its answers are judged, kept, and then the answers submitted.
import { hash } from 'node:crypto'
import { isFault, type Fault } from '../../domain/fault.ts'
import type { Answer, FormAnswer } from '../../domain/question/answers.ts'
import { questionsOf, type QuestionForm } from '../../domain/question/form.ts'
import type { Market } from '../../market.ts'
import { operator, type WorkerCaller } from '../../operations/operation.ts'
import { FindUploadedFile } from '../../operations/operator/FindUploadedFile.ts'
import { EditSubmission } from '../../operations/worker/EditSubmission.ts'
import type { Task } from '../../operations/worker/FindTask.ts'
import {
  SubmitAssignment,
  type SentFile,
  type SubmitOutput,
} from '../../operations/worker/SubmitAssignment.ts'

/** A file as it arrived. */
export interface ArrivedFile {
  name: string
  bytes: Uint8Array
}

/** A file that is to be kept. */
interface NewFile extends SentFile {
  bytes: Uint8Array
}

/** What a worker hands in. */
export interface Work {
  answers: Answer[]
  files: NewFile[]
}

/** The files of a form before they are kept, and the answers that name them. */
export interface JudgedFiles {
  given: Record<string, FormAnswer>
  files: NewFile[]
}

/** The bytes of a file could not be kept; nothing was submitted. */
export class FilesUnavailable extends Error {
  override name = 'FilesUnavailable'
}

/**
 * Judges the files for the questions of a form that ask for one. FileSizeNotAllowed [questions 2.7].
 */
export function judgeFiles(
  { assignment }: Task,
  form: QuestionForm,
  arrived: ReadonlyMap<string, ArrivedFile>,
): JudgedFiles | Fault {
  for (const { identifier, answer } of questionsOf(form)) {
    const file = arrived.get(identifier)
    if (answer.kind !== 'FileUploadAnswer' || file === undefined) continue
    const size = file.bytes.byteLength
    const { minFileSize: minimum, maxFileSize: maximum } = answer
    if (size < minimum || size > maximum)
      return { fault: 'FileSizeNotAllowed', identifier, size, minimum, maximum }
  }
  return nameFiles(assignment.id, form, arrived)
}

/**
 * The files for the questions of a form that ask for one, each with the key under which it is kept. The same file sent
 * again has the same key, so that the same answers are the same document; with another `edit` it has another one: what
 * replaces a file must not be deleted with it, though it be the same.
 */
export function nameFiles(
  assignmentId: string,
  form: QuestionForm,
  arrived: ReadonlyMap<string, ArrivedFile>,
  edit = '',
): JudgedFiles {
  const given: [string, FormAnswer][] = []
  const files: NewFile[] = []
  for (const { identifier, answer } of questionsOf(form)) {
    const file = arrived.get(identifier)
    if (answer.kind !== 'FileUploadAnswer' || file === undefined) continue
    const { bytes } = file
    const size = bytes.byteLength
    const digest = hash('sha256', bytes, 'hex')
    const fileKey = hash('sha256', `${assignmentId} ${digest} ${identifier}${edit}`, 'hex')
    given.push([identifier, { fileKey, size }])
    files.push({ identifier, fileKey, name: plainName(file.name), size, bytes })
  }
  return { given: Object.fromEntries(given), files }
}

/**
 * Submits a worker's answers, once the bytes of his files are safe: an answer must not name a file that was lost.
 * Throws FilesUnavailable when they cannot be kept.
 */
export async function handIn(
  market: Market,
  { assignment }: Task,
  { answers, files }: Work,
): Promise<SubmitOutput | Fault> {
  // Work that is over takes no more files.
  const isOpen = assignment.state === 'open'
  if (isOpen) await keepFiles(market, files)
  const caller: WorkerCaller = { kind: 'worker', workerId: assignment.workerId }
  const sent = files.map(({ identifier, fileKey, name, size }) => ({ identifier, fileKey, name, size }))
  const input = { assignmentId: assignment.id, answers, files: sent }
  const output = await market.runner.run(SubmitAssignment, caller, input)
  if (isOpen && isFault(output) && output.fault === 'AssignmentNotOpen')
    await forgetFiles(market, assignment.id, sent)
  return output
}

/**
 * Puts changed answers in the place of submitted ones; files that no answer names any more are removed. Throws
 * FilesUnavailable when the new ones cannot be kept.
 */
export async function handInEdit(
  market: Market,
  { id: assignmentId, workerId }: Task['assignment'],
  { answers, files }: Work,
): Promise<Fault | undefined> {
  await keepFiles(market, files)
  const sent = files.map(({ identifier, fileKey, name, size }) => ({ identifier, fileKey, name, size }))
  const caller: WorkerCaller = { kind: 'worker', workerId }
  const output = await market.runner.run(EditSubmission, caller, { assignmentId, answers, files: sent })
  if (isFault(output)) {
    await forgetFiles(market, assignmentId, sent)
    return output
  }
  // Bytes that nobody needs only take room.
  for (const key of output.replaced) await market.files.remove(key).catch(() => undefined)
  return undefined
}

async function keepFiles(market: Market, files: readonly NewFile[]): Promise<void> {
  try {
    for (const { fileKey, bytes } of files) await market.files.put(fileKey, bytes)
  } catch (error) {
    throw new FilesUnavailable('A file could not be kept.', { cause: error })
  }
}

/** Removes the files of answers that came too late, but none that the answers in time have as well. */
async function forgetFiles(market: Market, assignmentId: string, files: readonly SentFile[]): Promise<void> {
  for (const { identifier, fileKey } of files) {
    const kept = await market.runner.run(FindUploadedFile, operator, { assignmentId, identifier })
    if (!isFault(kept) && kept.fileKey === fileKey) continue
    // The refusal is what matters to the worker; bytes that nobody needs only take room.
    await market.files.remove(fileKey).catch(() => undefined)
  }
}

// oxlint-disable-next-line no-control-regex
const notInNames = /[\u0000-\u001f\u007f/\\]/g

/** The name of a file without what no header and no database may hold. */
function plainName(name: string): string {
  return name.toWellFormed().replaceAll(notInNames, '_').slice(0, 255)
}
