// A tour through everything that requesters, workers and pages may ask of a market, the timers included: for tests of
// what all operations have in common. The requesters' and workers' part is the simulation's, with its model.
import { everyGroup } from './group-lists.ts'
import { pacificDay } from '../../src/clock.ts'
import { isFault } from '../../src/domain/fault.ts'
import type { Caller, ReadOperation, WriteOperation } from '../../src/operations/operation.ts'
import { BeginSession } from '../../src/operations/operator/BeginSession.ts'
import { CheckAttempts } from '../../src/operations/operator/CheckAttempts.ts'
import { CountFailure } from '../../src/operations/operator/CountFailure.ts'
import { CreateSignInLink } from '../../src/operations/operator/CreateSignInLink.ts'
import { Deposit } from '../../src/operations/operator/Deposit.ts'
import { EndSession } from '../../src/operations/operator/EndSession.ts'
import { FindFact, PutFact } from '../../src/operations/operator/Facts.ts'
import { FindCredentials } from '../../src/operations/operator/FindCredentials.ts'
import { FindSession } from '../../src/operations/operator/FindSession.ts'
import { FindWorker } from '../../src/operations/operator/FindWorker.ts'
import { ListEscrow } from '../../src/operations/operator/GetLedger.ts'
import { ListMessages } from '../../src/operations/operator/ListMessages.ts'
import { PutLayout } from '../../src/operations/operator/PutLayout.ts'
import { SetRequesterState } from '../../src/operations/operator/SetRequesterState.ts'
import { SetWorkerState } from '../../src/operations/operator/SetWorkerState.ts'
import { TakeSignInLink } from '../../src/operations/operator/TakeSignInLink.ts'
import { forgetOld } from '../../src/operations/system/ForgetOld.ts'
import { GetFileUploadURL } from '../../src/operations/requester/GetFileUploadURL.ts'
import { NotifyWorkers } from '../../src/operations/requester/NotifyWorkers.ts'
import { LeaveMarket } from '../../src/operations/worker/CloseAccount.ts'
import { ContactRequester } from '../../src/operations/worker/ContactRequester.ts'
import { FindContact } from '../../src/operations/worker/FindContact.ts'
import { FindTask } from '../../src/operations/worker/FindTask.ts'
import { GetEarnings } from '../../src/operations/worker/GetEarnings.ts'
import { ListQueue } from '../../src/operations/worker/ListQueue.ts'
import { FindHistory } from '../../src/operations/worker/FindHistory.ts'
import { ListBatches } from '../../src/operations/worker/ListBatches.ts'
import { ListDay } from '../../src/operations/worker/ListDay.ts'
import { ListDays } from '../../src/operations/worker/ListDays.ts'
import { ListHistory } from '../../src/operations/worker/ListHistory.ts'
import { PreviewHIT } from '../../src/operations/worker/PreviewHIT.ts'
import { cents } from '../../src/domain/money.ts'
import { nextStep } from '../simulation/actions.ts'
import { createRandom } from '../simulation/random.ts'
import { createWorld, take, type World } from '../simulation/world.ts'
import type { TestMarket } from './market.ts'
import { visitImports } from './import-tour.ts'
import { visitPayouts } from './payout-tour.ts'
import { visitQualificationTypes } from './qualification-type-tour.ts'
import { visitReviews } from './review-tour.ts'
import { visitGrants } from './grant-tour.ts'
import { visitOutbox } from './outbox-tour.ts'

const operator = { kind: 'operator' } as const

/** Takes `steps` steps of the simulation with `seed`, then visits every page. Answers how often each step succeeded. */
export async function tour(market: TestMarket, seed: number, steps: number): Promise<World> {
  const world = await createWorld(market, createRandom(seed))
  for (let i = 0; i < steps; i++) {
    if (world.random.once(12)) await passTime(world, world.random.of([60, 600, 3600, 86_400]))
    const step = nextStep(world)
    if (step !== undefined) await take(world, step)
  }
  await passTime(world, 60)
  await visitPages(world)
  // Everything grows old: auto-approvals, expirations, disposals.
  for (let i = 0; i < 10; i++) await passTime(world, 40 * 86_400)
  await forgetOld(market.market.runner, world.model.now)
  return world
}

async function passTime({ market, model }: World, seconds: number): Promise<void> {
  model.passTime(seconds * 1000)
  await market.advance(seconds)
}

async function visitPages({ market, model, workers, requesters }: World): Promise<void> {
  const { runner } = market.market
  const workerId = workers[0]!.id
  const worker = { kind: 'worker', workerId } as const
  const requesterId = requesters[0]!.model.id
  const wallNow = model.now
  const person = { hash: 'hash', site: 'worker', personId: workerId, wallNow } as const
  const subjects = [
    { kind: 'account', site: 'worker', email: 'nobody@example.com' },
    { kind: 'address', address: 'somewhere' },
  ] as const
  const [assignment] = model.assignments.values()
  const [type] = model.types.values()
  const visit = async <C extends Caller, I, O, K>(
    operation: ReadOperation<C, I, O> | WriteOperation<C, I, O, K>,
    caller: C,
    input: I,
  ): Promise<void> => {
    const output = await runner.run(operation, caller, input)
    if (isFault(output) && output.fault === 'Busy') throw new Error(`${operation.name} stayed busy`)
  }
  await market.market.listGroups(worker, everyGroup)
  await visit(PreviewHIT, worker, { groupId: type!.id })
  await visit(ListQueue, worker, {})
  await visitRecord(market, worker, assignment!.id)
  await visit(GetEarnings, worker, { workerId })
  await visit(FindTask, worker, { assignmentId: assignment!.id })
  await visit(FindWorker, operator, { workerId })
  await visit(SetWorkerState, operator, { workerId, suspended: false, masters: false, country: 'US' })
  await visit(SetRequesterState, operator, { requesterId, suspended: false })
  await visit(Deposit, operator, { requesterId, amount: cents(100) })
  await visit(ListEscrow, operator, { requesterId, after: '', limit: 100 })
  await visit(PutFact, operator, { name: 'a fact', value: 'true' })
  await visit(FindFact, operator, { name: 'a fact' })
  await visit(FindCredentials, operator, { site: 'worker', email: 'nobody@example.com' })
  await visit(FindCredentials, operator, { site: 'requester', email: 'nobody@example.com' })
  await visit(CountFailure, operator, { subjects, wallNow })
  await visit(CheckAttempts, operator, { subjects, wallNow })
  await visit(BeginSession, operator, { ...person, subjects })
  await visit(FindSession, operator, { hash: 'hash', site: 'worker', wallNow })
  await visit(EndSession, operator, { hash: 'hash' })
  await visit(CreateSignInLink, operator, person)
  await visit(TakeSignInLink, operator, { hash: 'hash', wallNow })
  await visitMessagesAndLayouts(market, workerId, requesterId)
  const target = { groupId: type!.id }
  await visit(FindContact, worker, target)
  await visit(ContactRequester, worker, { target, subject: 'A bird', text: 'It sings.', mayAnswer: true })
  await visit(LeaveMarket, worker, { email: undefined })
  await visitQualificationTypes(market, workerId, requesterId)
  await visitGrants(market, workerId, requesterId)
  await visitReviews(market, requesterId)
  await visitOutbox(market, requesterId)
  // The last: it erases what others look at.
  await visitPayouts(market, workerId)
  await visitImports(market, requesterId)
}

async function visitRecord(
  { market: { runner }, clock }: TestMarket,
  worker: { kind: 'worker'; workerId: string },
  assignmentId: string,
): Promise<void> {
  await runner.run(ListDays, worker, {})
  await runner.run(ListDay, worker, { day: pacificDay(clock.now()), offset: 0, limit: 20 })
  await runner.run(FindHistory, worker, { search: assignmentId })
  for (const order of ['newest', 'oldest'] as const) {
    const range = { from: 0, to: clock.now(), order, scan: 100 }
    const piece = await runner.run(ListHistory, worker, range)
    if (isFault(piece)) throw new Error(`${piece.fault} in the history`)
  }
  await runner.run(ListBatches, worker, { offset: 0, limit: 20 })
}

async function visitMessagesAndLayouts(
  { market: { runner } }: TestMarket,
  workerId: string,
  requesterId: string,
): Promise<void> {
  const requester = { kind: 'requester', requesterId } as const
  const message = { Subject: 'New HITs', MessageText: 'Have a look.', WorkerIds: [workerId] }
  await runner.run(NotifyWorkers, requester, message)
  await runner.run(ListMessages, operator, { limit: 100 })
  await runner.run(GetFileUploadURL, requester, { AssignmentId: 'ABC', QuestionIdentifier: 'scan' })
  const layout = { requesterId, name: 'Birds', html: '<input name="a">' }
  const made = await runner.run(PutLayout, operator, layout)
  if (isFault(made)) throw new Error(made.fault)
  await runner.run(PutLayout, operator, { ...layout, layoutId: made.layoutId })
}
