// Reading, as steps of the simulation: what lists, GetHIT, GetAssignment and the balance show is what the model holds,
// in its order, also when something fell due that no timer has carried out yet.
import assert from 'node:assert/strict'
import {
  availableOf,
  completedOf,
  pendingOf,
  statusAt,
  type ModelAssignment,
  type ModelHIT,
} from './model-hit.ts'
import { readable } from './model-requester.ts'
import { refused, type ModelMarket } from './model.ts'
import { call, dollars, someHIT, type Outcome, type Requester, type Step, type World } from './world.ts'

const seconds = (time: number | undefined) => (time === undefined ? undefined : Math.floor(time / 1000))

/** The parts of a HIT as the API shows it that change. */
function shownHIT(hit: ModelHIT, model: ModelMarket) {
  return {
    HITId: hit.id,
    HITTypeId: hit.type.id,
    HITGroupId: hit.type.groupId,
    HITStatus: statusAt(hit, model.now),
    MaxAssignments: hit.maxAssignments,
    Reward: dollars(hit.type.rewardCents),
    CreationTime: seconds(hit.createdAt),
    Expiration: seconds(hit.expiresAt),
    AutoApprovalDelayInSeconds: hit.type.delaySeconds,
    AssignmentDurationInSeconds: hit.type.durationSeconds,
    HITReviewStatus: 'NotReviewed',
    NumberOfAssignmentsPending: pendingOf(hit),
    NumberOfAssignmentsAvailable: availableOf(hit),
    NumberOfAssignmentsCompleted: completedOf(hit),
  }
}

function shownAssignment(assignment: ModelAssignment) {
  return {
    AssignmentId: assignment.id,
    WorkerId: assignment.workerId,
    HITId: assignment.hit.id,
    AssignmentStatus: assignment.state,
    AcceptTime: seconds(assignment.acceptedAt),
    SubmitTime: seconds(assignment.submittedAt),
    AutoApprovalTime: seconds(assignment.autoApprovalAt),
    ApprovalTime: seconds(assignment.approvedAt),
    RejectionTime: seconds(assignment.rejectedAt),
    RequesterFeedback: assignment.feedback,
  }
}

/** Compares a HIT as it was shown. The group of a type that only CreateHITType has named is learned here. */
function sameHIT(given: Record<string, unknown>, hit: ModelHIT, model: ModelMarket): void {
  hit.type.groupId ||= String(given.HITGroupId)
  same(given, shownHIT(hit, model))
}

/** Compares the members that `wanted` has, undefined ones being absent. */
function same(given: Record<string, unknown>, wanted: Record<string, unknown>): void {
  const part = Object.fromEntries(Object.keys(wanted).map((name) => [name, given[name]]))
  assert.deepEqual(part, wanted)
}

type List = Record<string, unknown>[]

/** Walks all pages; each with an entry has a token, the last is empty and has none [hits 8]. */
export async function pages(
  requester: Requester,
  operation: string,
  input: object,
  member: string,
): Promise<Outcome> {
  const all: List = []
  for (let next: string | undefined; ;) {
    const { code, output } = await call(requester, operation, { ...input, NextToken: next })
    if (code !== '') return { code, output }
    const page = output as Record<string, unknown>
    const entries = page[member] as List
    assert.equal(page.NumResults, entries.length)
    assert.equal(page.NextToken === undefined, entries.length === 0)
    if (entries.length === 0) return { code, output: all }
    all.push(...entries)
    next = page.NextToken as string
  }
}

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** ListHITs: newest first, equal times by id, without disposed ones [hits 8]. */
export function listHITs({ model, random }: World, requester: Requester): Step {
  const MaxResults = random.of([undefined, 7, 33, 100])
  const wanted = model
    .hitsOf(requester.model)
    .filter((hit) => !hit.disposed)
    .sort((a, b) => b.createdAt - a.createdAt || byId(a, b))
  return {
    text: `${requester.model.id} ListHITs`,
    prediction: { codes: [''], succeed: (list: List) => compareHITs(list, wanted, model) },
    perform: () => pages(requester, 'ListHITs', { MaxResults }, 'HITs'),
  }
}

function compareHITs(list: List, wanted: ModelHIT[], model: ModelMarket): void {
  assert.deepEqual(
    list.map(({ HITId }) => HITId),
    wanted.map(({ id }) => id),
  )
  list.forEach((hit, i) => sameHIT(hit, wanted[i]!, model))
}

function listReviewable({ model, random }: World, requester: Requester): Step {
  const Status = random.of(['Reviewable', 'Reviewing'] as const)
  const HITTypeId = random.once(2) ? random.of(['ABC', ...requester.model.types.values()]) : undefined
  const typeId = typeof HITTypeId === 'object' ? HITTypeId.id : HITTypeId
  const wanted = model
    .hitsOf(requester.model)
    .filter((hit) => statusAt(hit, model.now) === Status && (typeId ?? hit.type.id) === hit.type.id)
    .sort((a, b) => b.expiresAt - a.expiresAt || byId(a, b))
  return {
    text: `${requester.model.id} ListReviewableHITs ${Status} ${typeId}`,
    prediction: { codes: [''], succeed: (list: List) => compareHITs(list, wanted, model) },
    perform: () => pages(requester, 'ListReviewableHITs', { Status, HITTypeId: typeId }, 'HITs'),
  }
}

function find(model: ModelMarket, requester: Requester, hitId: string): ModelHIT | Step['prediction'] {
  const hit = model.hits.get(hitId)
  if (hit === undefined) return refused('AWS.MechanicalTurk.HITDoesNotExist')
  return hit.requesterId === requester.model.id ? hit : refused('AWS.MechanicalTurk.PermissionDenied')
}

/** ListAssignmentsForHIT: oldest submission first [hits 7.4]. */
export function listAssignments(
  model: ModelMarket,
  requester: Requester,
  hitId: string,
  states: ModelAssignment['state'][],
): Step {
  const perform = () =>
    pages(requester, 'ListAssignmentsForHIT', { HITId: hitId, AssignmentStatuses: states }, 'Assignments')
  const text = `${requester.model.id} ListAssignmentsForHIT ${hitId} ${states.join(',')}`
  const hit = find(model, requester, hitId)
  if ('codes' in hit) return { text, perform, prediction: hit }
  if (hit.disposed) return { text, perform, prediction: refused('AWS.MechanicalTurk.InvalidHITState') }
  const kinds = states.length > 0 ? states : ['Submitted', 'Approved', 'Rejected']
  const wanted = hit.assignments
    .filter(({ state }) => kinds.includes(state))
    .sort((a, b) => a.submittedAt - b.submittedAt || byId(a, b))
  const succeed = (list: List) => {
    assert.deepEqual(
      list.map(({ AssignmentId }) => AssignmentId),
      wanted.map(({ id }) => id),
    )
    list.forEach((assignment, i) => same(assignment, shownAssignment(wanted[i]!)))
  }
  return { text, perform, prediction: { codes: [''], succeed } }
}

function listAssignmentsOfSome(world: World, requester: Requester): Step {
  const states = world.random.of<ModelAssignment['state'][]>([[], ['Submitted'], ['Approved', 'Rejected']])
  return listAssignments(world.model, requester, someHIT(world, requester), states)
}

function getHIT(world: World, requester: Requester): Step {
  const hitId = someHIT(world, requester)
  const hit = find(world.model, requester, hitId)
  const succeed = (output: { HIT: Record<string, unknown> }) =>
    sameHIT(output.HIT, hit as ModelHIT, world.model)
  return {
    text: `${requester.model.id} GetHIT ${hitId}`,
    prediction: 'codes' in hit ? hit : { codes: [''], succeed },
    perform: () => call(requester, 'GetHIT', { HITId: hitId }),
  }
}

function getAssignment(world: World, requester: Requester): Step {
  const { model, random } = world
  const mine = [...model.assignments.values()].filter(({ hit }) => hit.requesterId === requester.model.id)
  const id = random.of([
    'ABC',
    ...(random.once(5) ? [...model.assignments.values()] : mine).slice(-30).map((one) => one.id),
  ])
  const found = readable(model, requester.model, id)
  const succeed = (output: { HIT: Record<string, unknown>; Assignment: Record<string, unknown> }) => {
    const assignment = found as ModelAssignment
    same(output.Assignment, shownAssignment(assignment))
    sameHIT(output.HIT, assignment.hit, model)
  }
  return {
    text: `${requester.model.id} GetAssignment ${id}`,
    prediction: 'codes' in found ? found : { codes: [''], succeed },
    perform: () => call(requester, 'GetAssignment', { AssignmentId: id }),
  }
}

/** The bonuses of a HIT or an assignment, in the order in which they were paid; equal times by id, which rises too. */
function listBonuses(world: World, requester: Requester): Step {
  const { model, random } = world
  const paid = requester.model.bonuses
  const byAssignment = paid.length > 0 && random.once(2)
  const hitId = byAssignment ? random.of(paid).assignment.hit.id : someHIT(world, requester)
  const input = byAssignment
    ? { AssignmentId: random.of(paid.filter((one) => one.assignment.hit.id === hitId)).assignment.id }
    : { HITId: hitId }
  const hit = find(model, requester, hitId)
  const wanted = paid.filter(({ assignment }) =>
    'AssignmentId' in input ? assignment.id === input.AssignmentId : assignment.hit.id === hitId,
  )
  const succeed = (list: List) =>
    assert.deepEqual(
      list.map(({ AssignmentId, BonusAmount, WorkerId }) => [AssignmentId, BonusAmount, WorkerId]),
      wanted.map(({ assignment: { id, workerId }, amountCents }) => [id, dollars(amountCents), workerId]),
    )
  return {
    text: `${requester.model.id} ListBonusPayments ${JSON.stringify(input)}`,
    prediction: 'codes' in hit ? hit : { codes: [''], succeed },
    perform: () => pages(requester, 'ListBonusPayments', input, 'BonusPayments'),
  }
}

/** Oldest block first [hits 8]. Blocks of one moment go by worker, and the model does not know which those are. */
function listBlocks(_: World, requester: Requester): Step {
  const wanted = [...requester.model.blocks].sort()
  const succeed = (list: List) =>
    assert.deepEqual(list.map(({ WorkerId, Reason }) => [WorkerId, Reason]).sort(), wanted)
  return {
    text: `${requester.model.id} ListWorkerBlocks`,
    prediction: { codes: [''], succeed },
    perform: () => pages(requester, 'ListWorkerBlocks', {}, 'WorkerBlocks'),
  }
}

/** The balance, with what time has given back although no timer came by [hits 9.2]. */
export function getBalance({ model }: World, requester: Requester): Step {
  const available = dollars(model.availableCents(requester.model))
  const succeed = (output: { AvailableBalance: string }) => assert.equal(output.AvailableBalance, available)
  return {
    text: `${requester.model.id} GetAccountBalance`,
    prediction: { codes: [''], succeed },
    perform: () => call(requester, 'GetAccountBalance', {}),
  }
}

/** One of the reading calls. */
export function lists(world: World, requester: Requester): Step {
  const all = [
    listHITs,
    listReviewable,
    listReviewable,
    listAssignmentsOfSome,
    getHIT,
    getAssignment,
    listBonuses,
    listBlocks,
    getBalance,
    getBalance,
    getBalance,
  ]
  return world.random.of(all)(world, requester)
}
