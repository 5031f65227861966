// The list of groups for any number of workers: the catalogue that the keeper holds, and what one worker may do.
import type { Fault } from '../../../domain/fault.ts'
import type { WorkerCaller } from '../../operation.ts'
import type { Runner } from '../../run.ts'
import type { GroupKeeper } from './group-keeper.ts'
import type { GroupPage, GroupQuery } from './group-view.ts'
import { ListGroups } from '../ListGroups.ts'

/** Lists the groups for a worker. WorkerDoesNotExist. */
export type GroupList = (caller: WorkerCaller, query: GroupQuery) => Promise<GroupPage | Fault>

/** Builds the list of one market. */
export function createGroupList(runner: Runner, keeper: GroupKeeper): GroupList {
  return async (caller, query) => {
    await keeper.refresh()
    return runner.run(ListGroups, caller, { groups: keeper.catalogue.ordered(query.sort), query })
  }
}
