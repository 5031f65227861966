import { isFault } from '../../domain/fault.ts'
import { server } from '../../limits.ts'
import * as groupFigures from '../../store/group-figures.ts'
import { listByEither, type NamedType } from '../../store/groups.ts'
import type { Read } from '../../store/tx.ts'
import * as workerGroups from '../../store/worker-groups.ts'
import { read, type WorkerCaller } from '../operation.ts'
import { findWholeRecord } from '../worker-record.ts'
import { describeGroups } from './groups/describe-groups.ts'
import type { GroupForWorker } from './groups/group-view.ts'
import type { OpenGroup } from './groups/open-groups.ts'

/**
 * Some groups as the worker sees them, by HITGroupId or HITTypeId, in the order in which they are asked for; also those
 * of which nothing is left. Ids of no group are left out. WorkerDoesNotExist.
 */
export const FindGroups = read<WorkerCaller, { groupIds: readonly string[] }, GroupForWorker[]>(
  'FindGroups',
  async (tx, { workerId }, { groupIds }) => {
    const worker = await findWholeRecord(tx, workerId)
    if (isFault(worker)) return worker
    const named = await listByEither(tx, groupIds)
    const types = new Map([...named.values()].map((one) => [one.type.id, one]))
    const kept = await groupFigures.listKept(tx, types.keys())
    const found = new Map<string, OpenGroup>()
    for (const [id, one] of types) found.set(id, await lookAt(tx, one, kept.get(id)))
    const inOrder = groupIds.flatMap((id) => found.get(named.get(id)?.type.id ?? '') ?? [])
    const done = new Map<string, number>()
    for (const id of found.keys()) done.set(id, await workerGroups.done(tx, workerId, id))
    return describeGroups(tx, worker, [...new Set(inOrder)], done)
  },
)

/** What the group offers: counted where that is little work, and else what was counted last. */
async function lookAt(
  tx: Read,
  { type, requesterName, registeredAt }: NamedType,
  kept: groupFigures.KeptFigures | undefined,
): Promise<OpenGroup> {
  const counted = await groupFigures.countFrom(tx, type.id, 0, server.groups.step)
  const isWhole = counted.next === undefined
  return {
    type,
    requesterName,
    figures: {
      assignable: isWhole ? counted.assignable : Math.max(counted.assignable, kept?.assignable ?? 0),
      createdAt: (isWhole ? counted.createdAt : kept?.createdAt) || (kept?.createdAt ?? registeredAt),
      updatedAt: Math.max(counted.addedAt, kept?.updatedAt ?? registeredAt),
      latestExpiration: Math.max(counted.latestExpiration, kept?.latestExpiration ?? 0),
    },
    pay: { medianSeconds: kept?.medianSeconds, samples: kept?.samples ?? 0 },
  }
}
