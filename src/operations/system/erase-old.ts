// Erases what workers sent for HITs that were disposed of long ago, where the operator says how long that is
// [hits 5.8]. Rows first, in batches; the bytes of files after the commit, again and again until they are gone.
import { isFault } from '../../domain/fault.ts'
import { server } from '../../limits.ts'
import * as disposedHITs from '../../store/disposed-hits.ts'
import type { Write } from '../../store/tx.ts'
import { read, system, write, type SystemCaller } from '../operation.ts'
import type { Runner } from '../run.ts'

const HasOldAnswers = read<SystemCaller, { until: number }, { found: boolean }>(
  'HasOldAnswers',
  async (tx, _, { until }) => ({ found: await disposedHITs.hasOld(tx, until) }),
)

/** Erases one batch of what is left of HITs that were disposed of at `until` or before; answers how much. */
export const EraseAnswers = write<SystemCaller, { until: number }, { erased: number }>(
  'EraseAnswers',
  () => 'answers',
  async (tx, _, { until }) => {
    let room: number = server.systemBatch
    let erased = 0
    for (const hit of await disposedHITs.lockOld(tx, until, server.systemBatch)) {
      if (room <= 0) break
      const used = await eraseHIT(tx, hit, room)
      room -= used
      erased += used
    }
    return { erased }
  },
)

/** Erases at most `room` things of the HIT, and forgets the HIT when that was all; answers what of the room is used. */
async function eraseHIT(tx: Write, hit: disposedHITs.DisposedHIT, room: number): Promise<number> {
  const answers = await disposedHITs.eraseAnswers(tx, hit, room)
  const results = answers < room ? await disposedHITs.eraseResults(tx, hit.hitId, room - answers) : 0
  if (answers + results < room) await disposedHITs.remove(tx, hit.hitId)
  // A HIT that had nothing is work as well.
  return Math.max(1, answers + results)
}

const ListErasedFiles = read<SystemCaller, { after: string }, string[]>(
  'ListErasedFiles',
  (tx, _, { after }) => disposedHITs.listErasedFiles(tx, after, server.systemBatch),
)

const ForgetErasedFiles = write<SystemCaller, { keys: readonly string[] }, object>(
  'ForgetErasedFiles',
  () => 'files',
  async (tx, _, { keys }) => {
    for (const key of keys) await disposedHITs.forgetErasedFile(tx, key)
    return {}
  },
)

/**
 * Erases everything that was disposed of at `until` or before; answers whether there was anything. What another process
 * is erasing at this moment is left to it.
 */
export async function eraseOld(runner: Runner, until: number): Promise<boolean> {
  for (let isFirst = true; ; isFirst = false) {
    const old = await runner.run(HasOldAnswers, system, { until })
    if (isFault(old) || !old.found) return !isFirst
    const batch = await runner.run(EraseAnswers, system, { until })
    if (isFault(batch) || batch.erased === 0) return !isFirst
  }
}

/**
 * Deletes the bytes of files that no row names any more. What cannot be deleted stays noted for the next time, and is
 * thrown at the end.
 */
export async function removeErasedFiles(
  runner: Runner,
  remove: (key: string) => Promise<void>,
): Promise<void> {
  let failure: { error: unknown } | undefined
  for (let after = ''; ;) {
    const keys = await runner.run(ListErasedFiles, system, { after })
    if (isFault(keys) || keys.length === 0) break
    const removed: string[] = []
    for (const key of keys) {
      try {
        await remove(key)
        removed.push(key)
      } catch (error) {
        failure ??= { error }
      }
    }
    if (removed.length > 0) await runner.run(ForgetErasedFiles, system, { keys: removed })
    after = keys.at(-1)!
  }
  if (failure !== undefined) throw failure.error
}
