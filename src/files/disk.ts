// Files in a folder, which is made when it is first needed.
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { checkKey, type FileStore } from './file-store.ts'

/** Builds the store of a folder that is one market's alone. */
export function diskFiles(folder: string): FileStore {
  const pathOf = (key: string) => {
    checkKey(key)
    // Folders of millions of files are slow.
    return { folder: join(folder, key.slice(0, 2)), file: join(folder, key.slice(0, 2), key) }
  }
  return {
    async put(key, bytes) {
      const path = pathOf(key)
      await mkdir(path.folder, { recursive: true, mode: 0o700 })
      // The answer that names the file is committed later: by then the file must be there, and whole.
      const part = `${path.file}.part-${process.pid}-${performance.now()}`
      try {
        const handle = await open(part, 'wx', 0o600)
        try {
          await handle.writeFile(bytes)
          await handle.sync()
        } finally {
          await handle.close()
        }
        await rename(part, path.file)
      } catch (error) {
        // A full disk must not be filled further by what nobody reads.
        await rm(part, { force: true })
        throw error
      }
    },
    async get(key) {
      try {
        return await readFile(pathOf(key).file)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw error
      }
    },
    remove: async (key) => rm(pathOf(key).file, { force: true }),
    clear: () => rm(folder, { recursive: true, force: true }),
  }
}
