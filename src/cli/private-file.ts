// Files that a command writes: new ones, for the operator alone to read.
import { open, unlink } from 'node:fs/promises'
import { Refused } from './command.ts'

/**
 * Writes a new file, and none when it cannot be written whole; answers its size. Throws a Refused, also when there is
 * such a file: what was filled in by hand must not be written over.
 */
export async function writePrivate(
  path: string,
  pieces: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
): Promise<number> {
  const file = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new Refused(
      error.code === 'EEXIST'
        ? `${path} exists already: name another file, or move it away.`
        : `${path} cannot be written: ${error.message}`,
    )
  })
  try {
    for await (const piece of pieces) await file.writeFile(piece)
    const { size } = await file.stat()
    await file.close()
    return size
  } catch (error) {
    await file.close()
    await unlink(path)
    if (error instanceof Refused) throw error
    throw new Refused(`${path} could not be written whole, so it is not there: ${(error as Error).message}`)
  }
}
