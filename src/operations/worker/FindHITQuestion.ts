import { isFault } from '../../domain/fault.ts'
import { guards } from '../../domain/qualification.ts'
import * as hits from '../../store/hits.ts'
import { typeOf } from '../guards.ts'
import { read, type Caller } from '../operation.ts'
import { findQuestion, type Question } from '../questions.ts'
import { findWorkerRecord, meets } from '../worker-record.ts'

/** What a HIT asks, and whether a requirement of it keeps some workers from looking at it. */
export interface HITQuestion extends Question {
  isGuarded: boolean
}

/**
 * The question of a HIT that is not disposed of, for its frame; a worker gets none that he may not preview
 * [qualifications 4.4]. HITDoesNotExist, QualificationsNotMet.
 */
export const FindHITQuestion = read<Caller, { hitId: string }, HITQuestion>(
  'FindHITQuestion',
  async (tx, caller, { hitId }) => {
    const hit = await hits.find(tx, hitId)
    const question = hit && hit.status !== 'Disposed' ? await findQuestion(tx, hit.questionHash) : undefined
    if (hit === undefined || question === undefined) return { fault: 'HITDoesNotExist', hitId }
    const type = await typeOf(tx, hit)
    const isGuarded = type.requirements.some((requirement) => guards(requirement, 'preview'))
    if (caller.kind !== 'worker' || !isGuarded) return { ...question, isGuarded }
    const worker = await findWorkerRecord(tx, caller.workerId, [type])
    if (isFault(worker)) return worker
    return meets(worker, 'preview', type) ? { ...question, isGuarded } : { fault: 'QualificationsNotMet' }
  },
)
