// The part of the tour that goes through grants, requests and tests of Qualifications.
import { isFault } from '../../src/domain/fault.ts'
import { AcceptQualificationRequest } from '../../src/operations/requester/AcceptQualificationRequest.ts'
import { AssociateQualificationWithWorker } from '../../src/operations/requester/AssociateQualificationWithWorker.ts'
import { DisassociateQualificationFromWorker } from '../../src/operations/requester/DisassociateQualificationFromWorker.ts'
import { GetQualificationScore } from '../../src/operations/requester/GetQualificationScore.ts'
import { ListQualificationRequests } from '../../src/operations/requester/ListQualificationRequests.ts'
import { ListWorkersWithQualificationType } from '../../src/operations/requester/ListWorkersWithQualificationType.ts'
import { RejectQualificationRequest } from '../../src/operations/requester/RejectQualificationRequest.ts'
import { FindQualificationTest } from '../../src/operations/worker/FindQualificationTest.ts'
import { FindQualificationType } from '../../src/operations/worker/FindQualificationType.ts'
import { ListOutstandingRequests } from '../../src/operations/worker/ListOutstandingRequests.ts'
import { ListQualifications } from '../../src/operations/worker/ListQualifications.ts'
import { SearchQualificationTypes } from '../../src/operations/worker/SearchQualificationTypes.ts'
import type { TestMarket } from './market.ts'
import { addType, handIn, mustAsk, sampleAnswers, sampleKey, sampleTest } from './qualifications.ts'

/** A worker asks for types with and without tests; the requester decides, grants, revokes and looks. */
export async function visitGrants(market: TestMarket, workerId: string, requesterId: string): Promise<void> {
  const { runner } = market.market
  const requester = { kind: 'requester', requesterId } as const
  const worker = { kind: 'worker', workerId } as const
  const must = async (output: Promise<unknown>): Promise<void> => {
    const answer = await output
    if (isFault(answer)) throw new Error(answer.fault)
  }
  const plain = await addType(market, requester, { retryDelay: 0 })
  const keyed = await addType(market, requester, { test: sampleTest, answerKey: sampleKey })
  const test = { qualificationRequestId: await mustAsk(market, workerId, keyed.id) }
  await must(runner.run(FindQualificationTest, worker, { qualificationTypeId: keyed.id }))
  await must(runner.run(FindQualificationTest, worker, test))
  await must(handIn(market, workerId, test.qualificationRequestId, sampleAnswers(['oslo'], [])))
  const first = { QualificationRequestId: await mustAsk(market, workerId, plain.id) }
  await must(runner.run(ListQualificationRequests, requester, {}))
  await must(runner.run(ListQualificationRequests, requester, { QualificationTypeId: plain.id }))
  await must(runner.run(AcceptQualificationRequest, requester, first))
  const second = { QualificationRequestId: await mustAsk(market, workerId, plain.id) }
  await must(runner.run(RejectQualificationRequest, requester, second))
  const grant = { QualificationTypeId: plain.id, WorkerId: workerId }
  await must(runner.run(AssociateQualificationWithWorker, requester, grant))
  await must(runner.run(GetQualificationScore, requester, grant))
  await must(runner.run(ListWorkersWithQualificationType, requester, { QualificationTypeId: plain.id }))
  const page = { offset: 0, limit: 20 }
  await must(runner.run(ListQualifications, worker, page))
  await must(runner.run(ListOutstandingRequests, worker, page))
  await must(runner.run(SearchQualificationTypes, worker, { ...page, search: 'birds' }))
  await must(runner.run(FindQualificationType, worker, { qualificationTypeId: plain.id }))
  await must(runner.run(DisassociateQualificationFromWorker, requester, grant))
}
