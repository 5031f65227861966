import * as hits from '../../store/hits.ts'
import { read, type Caller } from '../operation.ts'
import { findQuestion, type Question } from '../questions.ts'

/** The question of a HIT that is not disposed of, for its frame; its id cannot be guessed. HITDoesNotExist. */
export const FindHITQuestion = read<Caller, { hitId: string }, Question>(
  'FindHITQuestion',
  async (tx, _, { hitId }) => {
    const hit = await hits.find(tx, hitId)
    const question = hit && hit.status !== 'Disposed' ? await findQuestion(tx, hit.questionHash) : undefined
    return question ?? { fault: 'HITDoesNotExist', hitId }
  },
)
