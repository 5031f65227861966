// The groups that have a HIT to offer, and the pass through them that finds what one worker asks for: no database.
import type { HITType } from '../../../domain/hit-type.ts'
import { foldCase } from '../../../domain/qualification-type.ts'
import { needsMasters } from '../../../domain/qualification.ts'
import { meets, type KnownWorker } from '../../worker-record.ts'
import type { GroupFigures, GroupPay, GroupQuery, GroupSort } from './group-view.ts'

/** A group as everybody sees it. */
export interface OpenGroup {
  type: HITType
  requesterName: string
  figures: GroupFigures
  /** From all workers' assignments. */
  pay: GroupPay
}

const orders: Record<GroupSort, (a: OpenGroup, b: OpenGroup) => number> = {
  updated_desc: (a, b) => b.figures.updatedAt - a.figures.updatedAt,
  updated_asc: (a, b) => a.figures.updatedAt - b.figures.updatedAt,
  reward_desc: (a, b) => Number(b.type.reward - a.type.reward),
  reward_asc: (a, b) => Number(a.type.reward - b.type.reward),
  num_hits_desc: (a, b) => b.figures.assignable - a.figures.assignable,
  num_hits_asc: (a, b) => a.figures.assignable - b.figures.assignable,
}

/** The order of a list: groups that are equal in it stand by their id, so that they never change places. */
export function orderOf(sort: GroupSort): (a: OpenGroup, b: OpenGroup) => number {
  const compare = orders[sort]
  return (a, b) => compare(a, b) || (a.type.id < b.type.id ? -1 : 1)
}

const searchTexts = new WeakMap<HITType, string>()

/** What a search looks through [websites 1.3]; made once for each group. */
function searchTextOf({ type, requesterName }: OpenGroup): string {
  let text = searchTexts.get(type)
  if (text === undefined) {
    text = foldCase([type.title, type.description, type.keywords ?? '', requesterName].join('\n'))
    searchTexts.set(type, text)
  }
  return text
}

/** Those of the groups that the query asks for, in the order in which they came. `now` is the market's time. */
export function selectGroups(
  groups: readonly OpenGroup[],
  query: GroupQuery,
  worker: KnownWorker,
  now: number,
): OpenGroup[] {
  const { minReward, requesterId } = query
  const words = foldCase(query.search ?? '')
    .split(/\s+/)
    .filter((word) => word !== '')
  return groups.filter((group) => {
    const { type, figures } = group
    if (figures.assignable === 0 || figures.latestExpiration <= now) return false
    if (requesterId !== undefined && type.requesterId !== requesterId) return false
    if (minReward !== undefined && type.reward < minReward) return false
    if (query.masters === true && !needsMasters(type.requirements)) return false
    if (type.requirements.length > 0) {
      if (query.qualified === true && !meets(worker, 'accept', type)) return false
      if (query.includesHidden !== true && !meets(worker, 'discover', type)) return false
    }
    return words.every((word) => searchTextOf(group).includes(word))
  })
}
