// The part of the tour that meets review policies: both levels, every step, and the report.
import { isFault } from '../../src/domain/fault.ts'
import { CreateHIT } from '../../src/operations/requester/CreateHIT.ts'
import { ListReviewPolicyResultsForHIT } from '../../src/operations/requester/ListReviewPolicyResultsForHIT.ts'
import { AcceptHIT } from '../../src/operations/worker/AcceptHIT.ts'
import { SubmitAssignment } from '../../src/operations/worker/SubmitAssignment.ts'
import { aHIT, type TestMarket } from './market.ts'
import { knownAnswers, plurality } from './review-steps.ts'

/** Makes a HIT that reviews itself, has it done, and reads what came of it. */
export async function visitReviews(market: TestMarket, requesterId: string): Promise<void> {
  const { runner } = market.market
  const requester = { kind: 'requester', requesterId } as const
  const { workerId } = await market.worker()
  const worker = { kind: 'worker', workerId } as const
  const made = await runner.run(
    CreateHIT,
    requester,
    aHIT({
      Reward: '0.00',
      AssignmentReviewPolicy: knownAnswers({ q: 'x' }, { ApproveIfKnownAnswerScoreIsAtLeast: 0 }),
      HITReviewPolicy: plurality(['q'], 50, { DisregardAssignmentIfKnownAnswerScoreIsLessThan: 1 }),
    }),
  )
  if (isFault(made)) throw new Error(made.fault)
  const hitId = made.HIT!.HITId!
  const accepted = await runner.run(AcceptHIT, worker, { hitId })
  if (isFault(accepted)) throw new Error(accepted.fault)
  const answers = [{ kind: 'FreeText', identifier: 'q', text: 'x' }] as const
  await runner.run(SubmitAssignment, worker, { assignmentId: accepted.id, answers })
  await runner.run(ListReviewPolicyResultsForHIT, requester, { HITId: hitId })
}
