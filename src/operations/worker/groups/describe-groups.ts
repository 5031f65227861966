// The groups of one page as a worker sees them: his standing, the pay, the requester. A few statements for all together.
import type { Fault } from '../../../domain/fault.ts'
import { median } from '../../../domain/median.ts'
import { isMet } from '../../../domain/qualification.ts'
import { findSystemType } from '../../../domain/system-qualification-types.ts'
import { server } from '../../../limits.ts'
import { listSecondsOfOthers } from '../../../store/group-pay.ts'
import * as requesterFigures from '../../../store/requester-figures.ts'
import { listShown, type ShownType } from '../../../store/shown-types.ts'
import type { Read } from '../../../store/tx.ts'
import { customTypes } from '../../required-types.ts'
import { listBlockers, meets, valueOf, type KnownWorker } from '../../worker-record.ts'
import type { GroupForWorker, GroupPay, JudgedRequirement, RequesterRecord } from './group-view.ts'
import type { OpenGroup } from './open-groups.ts'

const unknownRecord: RequesterRecord = {
  activity: 'None',
  approvalRate: undefined,
  reviewSeconds: undefined,
  samples: 0,
}

/** So many decisions of late are little activity. */
const limitedActivity = 100

/**
 * What the worker sees of the groups, in their order. `done` is how many HITs of each he holds or has submitted: only
 * where that is any is his own pace taken out of the pay.
 */
export async function describeGroups(
  tx: Read,
  worker: KnownWorker,
  groups: readonly OpenGroup[],
  done: ReadonlyMap<string, number>,
): Promise<GroupForWorker[]> {
  const custom = groups.flatMap(({ type }) => customTypes(type.requirements))
  const shown = await listShown(tx, custom)
  const requesters = new Set(groups.map(({ type }) => type.requesterId))
  const blockedBy = await listBlockers(tx, worker, requesters)
  const records = await requesterFigures.listKept(tx, requesters)
  const pays = await payOfOthers(tx, worker, groups, done)
  return groups.map((group) => {
    const { type, requesterName, figures } = group
    const refusal = refuse(worker, group, blockedBy)
    return {
      type,
      requesterName,
      figures,
      pay: pays.get(type.id) ?? group.pay,
      requester: recordOf(records.get(type.requesterId)),
      requirements: judge(worker, group, shown),
      discover: meets(worker, 'discover', group.type),
      preview: meets(worker, 'preview', group.type),
      accept: refusal === undefined,
      refusal,
    }
  })
}

async function payOfOthers(
  tx: Read,
  worker: KnownWorker,
  groups: readonly OpenGroup[],
  done: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, GroupPay>> {
  const pays = new Map<string, GroupPay>()
  const { paySamples, payLooked } = server.groups
  for (const { type } of groups) {
    const own = { id: worker.id, done: done.get(type.id) ?? 0 }
    if (own.done === 0) continue
    const seconds = await listSecondsOfOthers(tx, type.id, own, paySamples, payLooked)
    pays.set(type.id, { medianSeconds: median(seconds), samples: seconds.length })
  }
  return pays
}

function recordOf(kept: requesterFigures.RequesterFigures | undefined): RequesterRecord {
  if (kept === undefined) return unknownRecord
  const { samples, approved, recent, reviewSeconds } = kept
  return {
    activity: recent === 0 ? 'None' : recent <= limitedActivity ? 'Limited' : 'High',
    approvalRate: samples === 0 ? undefined : approved / samples,
    reviewSeconds,
    samples,
  }
}

function refuse(worker: KnownWorker, { type }: OpenGroup, blockedBy: ReadonlySet<string>): Fault | undefined {
  if (worker.suspended) return { fault: 'WorkerSuspended' }
  if (blockedBy.has(type.requesterId)) return { fault: 'WorkerBlocked' }
  return meets(worker, 'accept', type) ? undefined : { fault: 'QualificationsNotMet' }
}

function judge(
  worker: KnownWorker,
  { type }: OpenGroup,
  shown: ReadonlyMap<string, ShownType>,
): JudgedRequirement[] {
  return type.requirements.map((requirement) => {
    const value = valueOf(worker, requirement.qualificationTypeId)
    return {
      requirement,
      isMet: isMet(requirement, value),
      value,
      type: describeType(requirement.qualificationTypeId, shown),
    }
  })
}

function describeType(id: string, shown: ReadonlyMap<string, ShownType>): JudgedRequirement['type'] {
  const system = findSystemType(id)
  if (system !== undefined) {
    const { name, description } = system
    return { name, description, keywords: undefined, hasTest: false, isRequestable: false }
  }
  const custom = shown.get(id)
  // Nothing deletes the row of a type that a group requires; a name is wanted all the same.
  if (custom === undefined)
    return { name: id, description: '', keywords: undefined, hasTest: false, isRequestable: false }
  const { isActive, ...texts } = custom
  return { ...texts, isRequestable: isActive }
}
