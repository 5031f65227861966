// The list of HIT groups as JSON, and as the props of its island [websites 1.3].
import type { GroupForWorker, GroupPage } from '../../../operations/worker/groups/group-view.ts'
import { pageCounts } from '../../json.ts'
import { projectForList } from './project-json.ts'

/** The answer to a program that asks for the list. `page` is the number of the page. */
export function listJSON({ groups, total }: GroupPage, page: number): object {
  return { results: groups.map((group) => projectForList(group)), ...pageCounts(page, groups, total) }
}

const columns = [
  'requester_name',
  'title',
  'assignable_hits_count',
  'monetary_reward',
  'creation_time',
] as const

/** The props of the island: the groups of the page in the order of its rows. `baseUrl` is the path of the list. */
export function listIsland(groups: readonly GroupForWorker[], baseUrl: string): object {
  return {
    bodyData: groups.map((group) => projectForList(group, '')),
    tableConfig: columns.map((dataKey) => ({ dataKey })),
    baseUrl,
  }
}
