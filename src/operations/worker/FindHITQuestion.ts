import * as hits from '../../store/hits.ts'
import * as questions from '../../store/questions.ts'
import { read, type Caller } from '../operation.ts'

/** The question of a HIT that is not disposed of, for its frame; its id cannot be guessed. HITDoesNotExist. */
export const FindHITQuestion = read<Caller, { hitId: string }, { kind: string; text: string }>(
  'FindHITQuestion',
  async (tx, _, { hitId }) => {
    const hit = await hits.find(tx, hitId)
    const question = hit && hit.status !== 'Disposed' ? await questions.find(tx, hit.questionHash) : undefined
    return question ?? { fault: 'HITDoesNotExist', hitId }
  },
)
