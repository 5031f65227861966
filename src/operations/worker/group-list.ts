// The list of groups for any number of workers. Counting looks at every open HIT, so the count of a large market is kept
// a while; what a worker may do with a group is looked up each time.
import type { Clock } from '../../clock.ts'
import { isFault, type Fault } from '../../domain/fault.ts'
import { server } from '../../limits.ts'
import type { Group } from '../../store/hit-types.ts'
import type { WorkerCaller } from '../operation.ts'
import type { Runner } from '../run.ts'
import { ListGroups, type GroupForWorker } from './ListGroups.ts'
import { ListOpenGroups } from './ListOpenGroups.ts'

/** Lists the groups for a worker. WorkerDoesNotExist. */
export type GroupList = (caller: WorkerCaller) => Promise<GroupForWorker[] | Fault>

interface Counted {
  groups: readonly Group[]
  /** Until when the count is kept: by the wall clock, and by the market's, which may be turned. Epoch milliseconds. */
  until: { wall: number; market: number }
}

/** Builds the list of one market. */
export function createGroupList(runner: Runner, clock: Clock, wallClock: Clock): GroupList {
  let counted: Counted | undefined
  let isLarge = false
  let underWay: Promise<readonly Group[] | Fault> | undefined

  async function count(caller: WorkerCaller): Promise<readonly Group[] | Fault> {
    const groups = await runner.run(ListOpenGroups, caller, {})
    if (isFault(groups)) return groups
    const hits = groups.reduce((sum, { assignable }) => sum + assignable, 0)
    isLarge = hits >= server.countedAtOnce
    const kept = isLarge ? hits * server.countKept : 0
    counted = { groups, until: { wall: wallClock.now() + kept, market: clock.now() + kept } }
    return groups
  }

  function isFresh({ until }: Counted): boolean {
    return wallClock.now() < until.wall && clock.now() < until.market
  }

  return async (caller) => {
    if (counted !== undefined && isFresh(counted)) return runner.run(ListGroups, caller, counted)
    // In a small market everybody sees what was committed before he looked.
    const groups = await (isLarge
      ? (underWay ??= count(caller).finally(() => (underWay = undefined)))
      : count(caller))
    return isFault(groups) ? groups : runner.run(ListGroups, caller, { groups })
  }
}
