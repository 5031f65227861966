// Which files `kempelen import` brings in, and in which order: what others build on comes first.
import { constants, createReadStream } from 'node:fs'
import { access, readdir, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { importKinds, type ImportKind } from '../domain/import/kinds.ts'
import { openImport } from '../import/read.ts'
import type { ReadOptions } from '../import/reading.ts'
import { Refused } from './command.ts'

export interface ImportFile {
  path: string
  /** In bytes. */
  size: number
}

/** A file of a folder that is none to bring in, and why. */
export interface LeftAlone {
  path: string
  reason: string
}

/** `isBadSkipped`: files of a folder that cannot be brought in are left alone. */
export interface FileOptions extends ReadOptions {
  isBadSkipped: boolean
}

export interface ImportFiles {
  files: ImportFile[]
  leftAlone: LeftAlone[]
}

const endings = new Set(['.csv', '.json', '.jsonl', '.txt'])

/**
 * The files that `paths` name, files and folders, in the order in which they can be brought in. Files of a folder that tell
 * no history are left alone; what cannot be read comes first, to be refused before anything is kept. Refused when there is
 * no such file or it cannot be opened.
 */
export async function filesToImport(paths: readonly string[], options: FileOptions): Promise<ImportFiles> {
  const found: { file: ImportFile; kind: ImportKind | undefined }[] = []
  const leftAlone: LeftAlone[] = []
  for (const path of paths) {
    const inFolder = await filesOfFolder(path)
    for (const one of inFolder ?? [path]) {
      const file = { path: one, size: await sizeOf(one) }
      const opened = await lookInto(one, options)
      if ('batches' in opened) found.push({ file, kind: opened.kind })
      else if (inFolder !== undefined && (options.isBadSkipped || opened.isOther === true))
        leftAlone.push({ path: one, reason: opened.message })
      else found.push({ file, kind: undefined })
    }
  }
  const rank = (kind: ImportKind | undefined) => (kind === undefined ? -1 : importKinds.indexOf(kind))
  return { files: found.toSorted((a, b) => rank(a.kind) - rank(b.kind)).map(({ file }) => file), leftAlone }
}

/** What a file is. It is closed again: a folder may have more files than a process may have open. */
async function lookInto(path: string, options: ReadOptions): ReturnType<typeof openImport> {
  const bytes = createReadStream(path)
  try {
    return await openImport(bytes, options)
  } finally {
    bytes.destroy()
  }
}

/** What may be brought in of a folder; undefined for a file. */
async function filesOfFolder(path: string): Promise<string[] | undefined> {
  if (path === '-')
    throw new Refused('import reads each file twice, so standard input will not do: name a file.')
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    (error: unknown) => unreadable(path, error),
  )
  if (!isFolder) return undefined
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) =>
    unreadable(path, error),
  )
  const names = entries
    .filter((entry) => entry.isFile() && endings.has(extname(entry.name).toLowerCase()))
    .map(({ name }) => name)
  if (names.length === 0)
    throw new Refused(
      `There is nothing to bring in in ${path}: no file that ends in ${[...endings].join(', ')}.`,
    )
  return names.toSorted(new Intl.Collator('en', { numeric: true }).compare).map((name) => join(path, name))
}

async function sizeOf(path: string): Promise<number> {
  try {
    const found = await stat(path)
    if (!found.isFile()) throw new Refused(`${path} is not a file.`)
    await access(path, constants.R_OK)
    return found.size
  } catch (error) {
    if (error instanceof Refused) throw error
    return unreadable(path, error)
  }
}

function unreadable(path: string, error: unknown): never {
  const { code, message } = error as NodeJS.ErrnoException
  throw new Refused(code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read: ${message}`)
}
