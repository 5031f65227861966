// What is counted of groups and requesters, and kept: the steps of which operations/worker/groups/group-keeper.ts makes its work.
import { median } from '../../domain/median.ts'
import { server } from '../../limits.ts'
import * as groupFigures from '../../store/group-figures.ts'
import type { KeptFigures, Offered } from '../../store/group-figures.ts'
import { listSeconds } from '../../store/group-pay.ts'
import { listTypes, type NamedType } from '../../store/groups.ts'
import * as requesterFigures from '../../store/requester-figures.ts'
import type { RequesterFigures } from '../../store/requester-figures.ts'
import type { Read } from '../../store/tx.ts'
import { bookkeeping, read, type SystemCaller } from '../operation.ts'

const { step, page, paySamples, decisions, lately } = server.groups

/** A group that is to be counted; `wants` what is not known of it but its offer. */
export interface Wanted {
  hitTypeId: string
  wantsPay: boolean
  /** Whether nothing is known of the group: then its type and what is kept of it are read as well. */
  isNew: boolean
}

/** What was counted of a group. */
export interface CountedGroup {
  hitTypeId: string
  offered: Offered
  /** Where to go on; undefined when the group is counted whole. */
  next: number | undefined
  pay: { medianSeconds: number | undefined; samples: number } | undefined
}

/** Counts some groups, of each one step at most, and of all together about two. The rest is left uncounted. */
export const CountGroups = read<
  SystemCaller,
  { groups: readonly Wanted[] },
  { counted: CountedGroup[]; types: NamedType[]; kept: Map<string, KeptFigures> }
>('CountGroups', async (tx, _, { groups }) => {
  const counted: CountedGroup[] = []
  let hits = 0
  for (const { hitTypeId, wantsPay } of groups) {
    if (hits > step) break
    const { next, ...offered } = await groupFigures.countFrom(tx, hitTypeId, 0, step)
    hits += offered.assignable
    counted.push({ hitTypeId, offered, next, pay: wantsPay ? await findPay(tx, hitTypeId) : undefined })
  }
  const unknown = groups.slice(0, counted.length).filter(({ isNew }) => isNew)
  const ids = unknown.map(({ hitTypeId }) => hitTypeId)
  if (ids.length === 0) return { counted, types: [], kept: new Map() }
  return { counted, types: await listTypes(tx, ids), kept: await groupFigures.listKept(tx, ids) }
})

async function findPay(tx: Read, hitTypeId: string) {
  const seconds = await listSeconds(tx, hitTypeId, paySamples)
  return { medianSeconds: median(seconds), samples: seconds.length }
}

/** Counts one step of a large group. */
export const CountGroupFrom = read<SystemCaller, { hitTypeId: string; from: number }, CountedGroup>(
  'CountGroupFrom',
  async (tx, _, { hitTypeId, from }) => {
    const { next, ...offered } = await groupFigures.countFrom(tx, hitTypeId, from, step)
    return { hitTypeId, offered, next, pay: next === undefined ? await findPay(tx, hitTypeId) : undefined }
  },
)

/** HIT types that have open HITs, by id behind `after`; `isLast` when there are no more. */
export const ListOpenTypes = read<
  SystemCaller,
  { after: string; limit: number },
  { typeIds: string[]; isLast: boolean }
>('ListOpenTypes', async (tx, _, { after, limit }) => {
  const typeIds: string[] = []
  while (typeIds.length < limit) {
    const next = await groupFigures.findNextOpenType(tx, typeIds.at(-1) ?? after)
    if (next === undefined) return { typeIds, isLast: true }
    typeIds.push(next)
  }
  return { typeIds, isLast: false }
})

/** Figures with the types that they are of. */
export interface FiguresPage {
  figures: KeptFigures[]
  types: NamedType[]
}

/** What is kept of groups that had something to offer, by id behind `after`, a page. */
export const ListKeptFigures = read<SystemCaller, { after: string }, FiguresPage>(
  'ListKeptFigures',
  async (tx, _, { after }) => {
    const figures = await groupFigures.listOpen(tx, after, page)
    return {
      figures,
      types: await listTypes(
        tx,
        figures.map(({ hitTypeId }) => hitTypeId),
      ),
    }
  },
)

/** What was counted at `since` or later, by any process, a page; types of those groups that `isKnown` does not know. */
export const ListChangedFigures = read<
  SystemCaller,
  { since: number; after: string; isKnown(hitTypeId: string): boolean },
  FiguresPage
>('ListChangedFigures', async (tx, _, { since, after, isKnown }) => {
  const figures = await groupFigures.listChanged(tx, since, after, page)
  const unknown = figures.filter(({ hitTypeId, assignable }) => assignable > 0 && !isKnown(hitTypeId))
  return {
    figures,
    types: await listTypes(
      tx,
      unknown.map(({ hitTypeId }) => hitTypeId),
    ),
  }
})

/** Keeps figures of groups; of each the latest stays. In the order of their ids, in which everybody locks them. */
export const KeepFigures = bookkeeping<{ figures: readonly KeptFigures[] }, object>(
  'KeepFigures',
  async (tx, _, { figures }) => {
    for (const one of [...figures].sort((a, b) => (a.hitTypeId < b.hitTypeId ? -1 : 1)))
      await groupFigures.put(tx, one)
    return {}
  },
)

/** Makes a requester's record of his latest decisions and keeps it. `wallNow` is when. */
export const CountRequester = bookkeeping<{ requesterId: string; wallNow: number }, RequesterFigures>(
  'CountRequester',
  async (tx, _, { requesterId, wallNow }) => {
    const latest = await requesterFigures.listDecisions(tx, requesterId, decisions)
    const figures: RequesterFigures = {
      requesterId,
      samples: latest.length,
      approved: latest.filter(({ isApproved }) => isApproved).length,
      recent: latest.filter(({ decidedAt }) => decidedAt > tx.now - lately).length,
      reviewSeconds: median(
        latest.map(({ submittedAt, decidedAt }) => Math.max(0, Math.round((decidedAt - submittedAt) / 1000))),
      ),
      changedAt: wallNow,
    }
    await requesterFigures.put(tx, figures)
    return figures
  },
)
