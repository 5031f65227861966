// What people do in the simulation, each with its share. Every action is chosen so that most succeed and that the
// edges are met often: the same token again, a moment before and after something falls due, the last cent.
import { externalQuestion } from '../support/market.ts'
import { openHITs } from './model-worker.ts'
import * as byRequester from './model-requester.ts'
import * as byWorker from './model-worker.ts'
import { lists } from './lists.ts'
import { groupActions } from './actions-group.ts'
import { payoutActions } from './actions-payout.ts'
import { qualificationActions } from './actions-qualification.ts'
import { dependsOnCounters } from './model-requirement.ts'
import type { ModelAssignment, ModelHIT, ModelState } from './model-hit.ts'
import { newAnswers, newPolicies } from './new-policies.ts'
import { act, dollars, newType, someHIT, step, type Requester, type Step, type World } from './world.ts'

export type Action = (world: World, requester: Requester) => Step | undefined

const token = ({ random }: World, times = 3) =>
  random.once(times) ? `token ${random.integer(1, 5)}` : undefined

function newHIT(world: World) {
  const { random } = world
  const wrong = random.once(30)
  const policies = newPolicies(random)
  // What is compared should come to its end, so it is small mostly.
  const isSmall = policies.model.plurality !== undefined && !random.once(4)
  const sizes = isSmall ? [2, 3, 3] : [1, 1, 2, 3, 5, 9, 10, 12]
  return {
    maxAssignments: random.of(wrong ? [0, -1, 1_000_000_001] : sizes),
    lifetimeSeconds: random.once(40)
      ? random.of([29, 31_536_001])
      : random.of([30, 600, 3600, 86_400, 7 * 86_400, 90 * 86_400, 200 * 86_400, 31_536_000]),
    token: token(world),
    policies,
  }
}

const wireHIT = (hit: ReturnType<typeof newHIT>) => ({
  MaxAssignments: hit.maxAssignments,
  LifetimeInSeconds: hit.lifetimeSeconds,
  UniqueRequestToken: hit.token,
  Question: externalQuestion,
  ...hit.policies.wire,
})

const modelHIT = (hit: ReturnType<typeof newHIT>) => ({ ...hit, policies: hit.policies.model })

/** One of the requester's types, or a new one, which takes the place of another. */
function freshType(world: World, requester: Requester, times: number) {
  const { random } = world
  if (!random.once(times)) return random.of(requester.types)
  const type = newType(world)
  requester.types[random.integer(0, requester.types.length - 1)] = type
  return type
}

function someType(world: World, requester: Requester): string {
  const { random, model } = world
  if (random.once(30)) return 'ABC'
  const types = [...(random.once(30) ? model.types : requester.model.types).values()]
  return types.length > 0 ? random.of(types).id : 'ABC'
}

/** An assignment of the requester's, mostly in one of the wanted states. */
function someAssignment(world: World, requester: Requester, ...states: ModelState[]): string {
  const { random, model } = world
  if (random.once(50)) return 'ABC'
  const others = random.once(40)
  const all = [...model.assignments.values()].filter(
    ({ hit }) => others || hit.requesterId === requester.model.id,
  )
  const wanted = all.filter(({ state }) => states.includes(state))
  const choice = wanted.length > 0 && !random.once(8) ? wanted : all
  // Young work mostly: the old is settled, and its states do not change any more.
  return choice.length > 0 ? random.of(random.once(4) ? choice : choice.slice(-40)).id : 'ABC'
}

const createType: Action = (world, requester) => {
  const type = freshType(world, requester, 4)
  const wrong = world.random.once(15)
  const wire = wrong ? { ...type.wire, AutoApprovalDelayInSeconds: 2_592_001 } : type.wire
  const model = wrong ? { ...type.model, delaySeconds: 2_592_001 } : type.model
  const prediction = byRequester.createType(world.model, requester.model, model)
  return { ...step(requester, 'CreateHITType', wire, prediction), isPunctual: true }
}

const createHIT: Action = (world, requester) => {
  const type = freshType(world, requester, 8)
  const hit = newHIT(world)
  const prediction = byRequester.createHIT(world.model, requester.model, type.model, modelHIT(hit))
  const isPunctual = type.model.requirements.length > 0
  return { ...step(requester, 'CreateHIT', { ...type.wire, ...wireHIT(hit) }, prediction), isPunctual }
}

const createWithType: Action = (world, requester) => {
  const typeId = someType(world, requester)
  const hit = newHIT(world)
  const prediction = byRequester.createWithType(world.model, requester.model, typeId, modelHIT(hit))
  return step(requester, 'CreateHITWithHITType', { HITTypeId: typeId, ...wireHIT(hit) }, prediction)
}

const extend: Action = (world, requester) => {
  const before = requester.lastExtension
  // The very same call again, as a client that got no answer sends it.
  const extension =
    before !== undefined && world.random.once(3)
      ? before
      : {
          hitId: someHIT(world, requester),
          more: world.random.of([1, 1, 1, 2, 5, 0, 1_000_000_000]),
          token: token(world, 2),
        }
  requester.lastExtension = extension
  const { hitId, more } = extension
  const input = {
    HITId: hitId,
    NumberOfAdditionalAssignments: more,
    UniqueRequestToken: extension.token,
  }
  const prediction = byRequester.extend(world.model, requester.model, hitId, more, extension.token)
  return step(requester, 'CreateAdditionalAssignmentsForHIT', input, prediction)
}

const updateExpiration: Action = (world, requester) => {
  const { random, model } = world
  const before = requester.lastExpiration
  // The very same call again, as a client that got no answer sends it.
  const repeats = before !== undefined && random.once(4)
  const hitId = repeats ? before.hitId : someHIT(world, requester)
  const base = Math.max(model.hits.get(hitId)?.expiresAt ?? 0, model.now)
  const chosen = random.of([
    0,
    model.now,
    model.now - 86_400_000,
    model.now + random.of([4, 5, 6, 59]) * 1000,
    base + random.of([-3600, 0, 0, 11, 59, 60, 61, 900, 86_400, 40 * 86_400, 31_536_000, 31_536_001]) * 1000,
  ])
  const expireAt = repeats ? before.expireAt : chosen
  requester.lastExpiration = { hitId, expireAt }
  // The wire has seconds, with any number of decimals.
  const prediction = byRequester.updateExpiration(model, requester.model, hitId, expireAt)
  const input = { HITId: hitId, ExpireAt: expireAt / 1000 }
  const isPunctual = isReviewed(model.hits.get(hitId))
  return { ...step(requester, 'UpdateExpirationForHIT', input, prediction), isPunctual }
}

const changeType: Action = (world, requester) => {
  const hitId = someHIT(world, requester)
  const typeId = someType(world, requester)
  const prediction = byRequester.changeType(world.model, requester.model, hitId, typeId)
  return step(requester, 'UpdateHITTypeOfHIT', { HITId: hitId, HITTypeId: typeId }, prediction)
}

const mark: Action = (world, requester) => {
  const hitId = someHIT(world, requester)
  const revert = world.random.of([true, false, undefined])
  const prediction = byRequester.mark(world.model, requester.model, hitId, revert === true)
  return step(requester, 'UpdateHITReviewStatus', { HITId: hitId, Revert: revert }, prediction)
}

const deleteHIT: Action = (world, requester) => {
  const hitId = someHIT(world, requester)
  const prediction = byRequester.deleteHIT(world.model, requester.model, hitId)
  return step(requester, 'DeleteHIT', { HITId: hitId }, prediction)
}

const approve: Action = (world, requester) => {
  const override = world.random.of([undefined, false, true])
  const id = someAssignment(world, requester, override === true ? 'Rejected' : 'Submitted')
  const feedback = world.random.of([undefined, '', 'Thank you.'])
  const input = { AssignmentId: id, OverrideRejection: override, RequesterFeedback: feedback }
  const prediction = byRequester.approve(world.model, requester.model, id, override === true, feedback)
  return step(requester, 'ApproveAssignment', input, prediction)
}

const reject: Action = (world, requester) => {
  const id = someAssignment(world, requester, 'Submitted')
  const feedback = world.random.of(['', 'Not what was asked for.'])
  const prediction = byRequester.reject(world.model, requester.model, id, feedback)
  return step(requester, 'RejectAssignment', { AssignmentId: id, RequesterFeedback: feedback }, prediction)
}

const sendBonus: Action = (world, requester) => {
  const { random, model } = world
  const before = requester.lastBonus
  // The very same call again, as a client that got no answer sends it.
  const bonus = before !== undefined && random.once(3) ? before : newBonus(world, requester)
  requester.lastBonus = bonus
  const input = {
    WorkerId: bonus.workerId,
    AssignmentId: bonus.assignmentId,
    BonusAmount: dollars(bonus.amountCents),
    Reason: bonus.reason,
    UniqueRequestToken: bonus.token,
  }
  return step(requester, 'SendBonus', input, byRequester.sendBonus(model, requester.model, bonus))
}

function newBonus(world: World, requester: Requester): byRequester.BonusRequest {
  const { random, model } = world
  const assignmentId = someAssignment(world, requester, 'Submitted', 'Approved', 'Rejected')
  const right = model.assignments.get(assignmentId)?.workerId
  const workerId =
    right !== undefined && !random.once(12) ? right : random.of([world.workers[0]!.id, 'AUNKNOWN'])
  const amountCents = random.of([0, 1, 2, 25, 104, 500])
  return { workerId, assignmentId, amountCents, reason: 'Well done', token: token(world, 2) }
}

const block: Action = (world, requester) => {
  const workerId = world.random.once(10) ? 'AUNKNOWN' : world.random.of(world.workers.slice(1)).id
  const input = { WorkerId: workerId, Reason: `reason ${world.random.integer(1, 3)}` }
  const prediction = byRequester.block(world.model, requester.model, workerId, input.Reason)
  return step(requester, 'CreateWorkerBlock', input, prediction)
}

const unblock: Action = (world, requester) => {
  const blocked = [...requester.model.blocks.keys()]
  const workerId = blocked.length > 0 ? world.random.of(blocked) : world.random.of(world.workers).id
  const prediction = byRequester.block(world.model, requester.model, workerId, undefined)
  return step(requester, 'DeleteWorkerBlock', { WorkerId: workerId }, prediction)
}

/** Whether policies may spend the requester's money when somebody does something else with the HIT. */
const isReviewed = (hit: ModelHIT | undefined) =>
  hit?.policies.known !== undefined || hit?.policies.plurality !== undefined

/** A worker: often the first, who takes what he can get and so fills his queue, and the second, who is diligent. */
function someWorker({ random, workers }: World) {
  if (random.once(5)) return workers[0]!
  return random.once(3) ? workers[1]! : random.of(workers)
}

const accept: Action = (world) => {
  const { random, model } = world
  const worker = someWorker(world)
  const open = openHITs(model)
  const any = [...model.hits.values()]
  const takable = open.filter((one) => byWorker.acceptHIT(model, worker, one.id).codes.includes(''))
  // Work that was begun is gone on with, so that it comes to its end.
  const begun = takable.filter(({ assignments }) => assignments.length > 0)
  const choice = [begun, takable, takable, open].filter((hits) => hits.length > 0)
  const hit =
    choice.length > 0 && !random.once(12)
      ? random.of(random.of(choice))
      : any.length > 0
        ? random.of(any)
        : undefined
  if (hit === undefined) return undefined
  const isPunctual = dependsOnCounters(hit.type.requirements)
  if (random.once(3)) {
    return {
      isPunctual,
      text: `${worker.id} accepts HIT ${hit.id}`,
      prediction: byWorker.acceptHIT(model, worker, hit.id),
      perform: () => act.accept(world, worker, { hitId: hit.id }),
    }
  }
  const groupId = random.once(2) && hit.type.groupId !== '' ? hit.type.groupId : hit.type.id
  return {
    isPunctual,
    text: `${worker.id} accepts from group ${groupId} of type ${hit.type.id}`,
    prediction: byWorker.acceptFromGroup(model, worker, hit.type.id),
    perform: () => act.accept(world, worker, { groupId }),
  }
}

function workOf(world: World): ModelAssignment | undefined {
  const all = [...world.model.assignments.values()]
  const open = all.filter(({ state }) => state === 'open')
  // The first worker's hoard would stand in the way of all others.
  const others = open.filter(({ workerId }) => workerId !== world.workers[0]!.id)
  if (others.length > 0 && !world.random.once(6)) return world.random.of(others)
  const choice = open.length > 0 && !world.random.once(10) ? open : all
  return choice.length > 0 ? world.random.of(choice) : undefined
}

const submit: Action = (world) => {
  const assignment = workOf(world)
  if (assignment === undefined) return undefined
  const worker = world.model.workers.get(
    world.random.once(40) ? world.random.of(world.workers).id : assignment.workerId,
  )!
  // The first worker hoards: he submits seldom, so that his queue fills up.
  if (worker === world.workers[0] && !world.random.once(8)) return undefined
  const isRepeated = assignment.state !== 'open' && world.random.once(2)
  const answers = isRepeated ? assignment.answers : newAnswers(world.random)
  return {
    isPunctual: isReviewed(assignment.hit),
    text: `${worker.id} submits ${assignment.id} ${JSON.stringify(answers)}`,
    prediction: byWorker.submit(world.model, worker, assignment.id, answers),
    perform: () => act.submit(world, worker, assignment.id, answers),
  }
}

const giveBack: Action = (world) => {
  const assignment = workOf(world)
  if (assignment === undefined) return undefined
  const worker = world.model.workers.get(assignment.workerId)!
  if (worker === world.workers[0] && !world.random.once(8)) return undefined
  return {
    isPunctual: isReviewed(assignment.hit),
    text: `${worker.id} returns ${assignment.id}`,
    prediction: byWorker.giveBack(world.model, worker, assignment.id),
    perform: () => act.giveBack(world, worker, assignment.id),
  }
}

/** Every action with its share in a hundred or so. */
const shares: [number, Action][] = [
  [2, createType],
  [16, createHIT],
  [8, createWithType],
  [4, extend],
  [7, updateExpiration],
  [3, changeType],
  [3, mark],
  [4, deleteHIT],
  [7, approve],
  [5, reject],
  [4, sendBonus],
  [2, block],
  [1, unblock],
  [50, accept],
  [44, submit],
  [4, giveBack],
  [6, lists],
  ...qualificationActions,
  ...groupActions,
  ...payoutActions,
]

const table = shares.flatMap(([share, action]) => Array.from({ length: share }, () => action))

/** What somebody does next. */
export function nextStep(world: World): Step | undefined {
  // Requesters with money do more: poor ones are refused most of the time.
  const requester = world.random.of([...world.requesters, ...world.requesters.slice(0, 3)])
  return world.random.of(table)(world, requester)
}
