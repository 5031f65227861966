import { isFault, type Fault } from '../../domain/fault.ts'
import type { HIT } from '../../domain/hit.ts'
import type { HITType } from '../../domain/hit-type.ts'
import { listAbandonedOfType } from '../../store/due.ts'
import * as hitTypes from '../../store/hit-types.ts'
import * as hits from '../../store/hits.ts'
import * as requesters from '../../store/requesters.ts'
import { read, type WorkerCaller } from '../operation.ts'
import { overdue } from '../overdue.ts'
import { findQuestion, type Question } from '../questions.ts'
import { findWorkerRecord, meets, refuseWorker } from '../worker-record.ts'

/** A HIT of a group as it is shown before acceptance. */
export interface Preview {
  type: HITType
  requesterName: string
  hit: HIT
  question: Question
  /** Why the worker could not accept it now. */
  refusal: Fault | undefined
}

/** The group (HITGroupId or HITTypeId), and the HIT that was shown before this one. */
export interface PreviewInput {
  groupId: string
  skipped?: string | undefined
}

/**
 * A HIT of the group to look at [websites 1.4]; all of them in turn when each is skipped. GroupDoesNotExist,
 * QualificationsNotMet, NoMoreHITs.
 */
export const PreviewHIT = read<WorkerCaller, PreviewInput, Preview>(
  'PreviewHIT',
  async (tx, { workerId }, { groupId, skipped }) => {
    const type = await hitTypes.findByGroup(tx, groupId)
    if (type === undefined) return { fault: 'GroupDoesNotExist' }
    const worker = await findWorkerRecord(tx, workerId, [type])
    if (isFault(worker)) return worker
    if (!meets(worker, 'preview', type)) return { fault: 'QualificationsNotMet' }
    const hit = await hits.findOffer(tx, type.id, skipped)
    const question = hit && (await findQuestion(tx, hit.questionHash))
    if (hit === undefined || question === undefined) {
      // A slot that a missed deadline has freed counts, although the timers have not come to it yet.
      const abandoned = await listAbandonedOfType(tx, type.id)
      return abandoned.length > 0 ? overdue(abandoned) : { fault: 'NoMoreHITs' }
    }
    const requester = await requesters.find(tx, type.requesterId)
    const refusal = await refuseWorker(tx, worker, type)
    return { type, requesterName: requester?.name ?? '', hit, question, refusal }
  },
)
