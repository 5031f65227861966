// Files that workers sent, as bytes under a key. Where the bytes lie is known here only; which file belongs to which
// answer stands in the database.
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

export interface FileStore {
  /** Keeps the bytes; what was kept under the key before is replaced. */
  put(key: string, bytes: Uint8Array): Promise<void>
  get(key: string): Promise<Uint8Array | undefined>
  /** Throws everything away: for the control API's reset. */
  clear(): Promise<void>
}

/** Files in memory: for a database in memory, which forgets them as well. */
export function memoryFiles(): FileStore {
  const kept = new Map<string, Uint8Array>()
  return {
    async put(key, bytes) {
      kept.set(key, bytes)
    },
    get: async (key) => kept.get(key),
    async clear() {
      kept.clear()
    },
  }
}

/** Files in a folder, which is made when it is first needed. Keys are hexadecimal. */
export function diskFiles(folder: string): FileStore {
  const pathOf = (key: string) => {
    if (!/^[0-9a-f]{8,128}$/.test(key)) throw new Error(`"${key}" is no key of a file`)
    // Folders of millions of files are slow.
    return { folder: join(folder, key.slice(0, 2)), file: join(folder, key.slice(0, 2), key) }
  }
  return {
    async put(key, bytes) {
      const path = pathOf(key)
      await mkdir(path.folder, { recursive: true })
      // The answer that names the file is committed later: by then the file must be there, and whole.
      const part = `${path.file}.part-${process.pid}-${performance.now()}`
      const handle = await open(part, 'wx')
      try {
        await handle.writeFile(bytes)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(part, path.file)
    },
    async get(key) {
      try {
        return await readFile(pathOf(key).file)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw error
      }
    },
    clear: () => rm(folder, { recursive: true, force: true }),
  }
}
