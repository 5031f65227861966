// Files in memory: for a database in memory, which forgets them as well.
import { checkKey, type FileStore } from './file-store.ts'

/** Builds an empty store. */
export function memoryFiles(): FileStore {
  const kept = new Map<string, Uint8Array>()
  return {
    async put(key, bytes) {
      checkKey(key)
      kept.set(key, bytes)
    },
    async get(key) {
      checkKey(key)
      return kept.get(key)
    },
    async remove(key) {
      checkKey(key)
      kept.delete(key)
    },
    async clear() {
      kept.clear()
    },
  }
}
