// What pages show and no operation answers yet: read through the runner like everything else.
import { isFault } from '../../domain/fault.ts'
import type { HIT } from '../../domain/hit.ts'
import type { Market } from '../../market.ts'
import { read, type OperatorCaller } from '../../operations/operation.ts'
import * as hits from '../../store/hits.ts'
import * as questions from '../../store/questions.ts'
import * as requesters from '../../store/requesters.ts'

const operator: OperatorCaller = { kind: 'operator' }

const FindRequesterName = read<OperatorCaller, { requesterId: string }, { name: string }>(
  'FindRequesterName',
  async (tx, _, { requesterId }) => ({ name: (await requesters.find(tx, requesterId))?.name ?? '' }),
)

/** The name that workers see of a requester. */
export async function requesterName(market: Market, requesterId: string): Promise<string> {
  const found = await market.runner.run(FindRequesterName, operator, { requesterId })
  return isFault(found) ? '' : found.name
}

const FindHITQuestion = read<OperatorCaller, { hitId: string }, { hit: HIT; question: { text: string } }>(
  'FindHITQuestion',
  async (tx, _, { hitId }) => {
    const hit = await hits.find(tx, hitId)
    const question = hit && (await questions.find(tx, hit.questionHash))
    if (hit === undefined || question === undefined) return { fault: 'HITDoesNotExist', hitId }
    return { hit, question }
  },
)

/** The question of a HIT, for its preview; undefined when there is no such HIT. Its id cannot be guessed. */
export async function hitQuestion(market: Market, hitId: string): Promise<string | undefined> {
  const found = await market.runner.run(FindHITQuestion, operator, { hitId })
  return isFault(found) || found.hit.status === 'Disposed' ? undefined : found.question.text
}
