// Files that workers sent, as bytes under a key. Where the bytes lie is known in this folder only, one file for each
// place; which file belongs to which answer stands in the database.

export interface FileStore {
  /** Keeps the bytes; what was kept under the key before is replaced. They are safe when this returns. */
  put(key: string, bytes: Uint8Array): Promise<void>
  get(key: string): Promise<Uint8Array | undefined>
  /** Forgets what is kept under the key, if anything is. */
  remove(key: string): Promise<void>
  /** Throws everything of this market away: for the control API's reset. */
  clear(): Promise<void>
  /** Throws with a sentence when the place cannot be used; only a place far away has something to try. */
  check?(): Promise<void>
}

/** A key is hexadecimal: no key leads out of its folder. */
export function checkKey(key: string): void {
  if (!/^[0-9a-f]{8,128}$/.test(key)) throw new Error(`"${key}" is no key of a file`)
}
