// What a worker's actions must answer [hits 6, 13].
import {
  availableOf,
  refresh,
  statusAt,
  type ModelAssignment,
  type ModelHIT,
  type ModelType,
} from './model-hit.ts'
import { approveWork, gradeSubmission } from './model-carry-out.ts'
import { mayDo } from './model-requirement.ts'
import type { Answers } from './model-review.ts'
import { refused, type ModelMarket, type ModelWorker, type Prediction } from './model.ts'

const isHeldBy = ({ workerId, state }: ModelAssignment, worker: ModelWorker) =>
  workerId === worker.id && state !== 'returned' && state !== 'abandoned'

const holds = (hit: ModelHIT, worker: ModelWorker) => hit.assignments.some((one) => isHeldBy(one, worker))

function mayTake(market: ModelMarket, worker: ModelWorker, type: ModelType): Prediction | undefined {
  if (worker.suspended) return refused('WorkerSuspended')
  if (market.requesters.get(type.requesterId)!.blocks.has(worker.id)) return refused('WorkerBlocked')
  return may(market, worker, 2, type) ? undefined : refused('QualificationsNotMet')
}

const may = (market: ModelMarket, worker: ModelWorker, action: 0 | 1 | 2, type: ModelType) =>
  mayDo(action, type.requirements, (id) => market.valueOf(worker, id))

/** The taking of one of `hits`, whichever the program chooses. */
function take(market: ModelMarket, worker: ModelWorker, hits: readonly ModelHIT[]): Prediction {
  if (worker.held >= 25) return refused('QueueFull')
  const succeed = (output: { id: string; hitId: string; deadline: number }) => {
    const hit = hits.find(({ id }) => id === output.hitId)
    if (hit === undefined) throw new Error(`HIT ${output.hitId} was not to be had`)
    const deadline = market.now + hit.type.durationSeconds * 1000
    if (output.deadline !== deadline) throw new Error(`deadline ${output.deadline}, not ${deadline}`)
    const assignment: ModelAssignment = {
      id: output.id,
      hit,
      workerId: worker.id,
      state: 'open',
      acceptedAt: market.now,
      deadline,
      submittedAt: 0,
      autoApprovalAt: 0,
      approvedAt: undefined,
      rejectedAt: undefined,
      feedback: undefined,
      answers: {},
      knownScore: undefined,
    }
    if (market.assignments.has(output.id)) throw new Error(`assignment id ${output.id} was used before`)
    hit.assignments.push(assignment)
    market.assignments.set(output.id, assignment)
    market.moved(assignment, 'none')
    market.tell(hit, 'AssignmentAccepted', market.now, assignment)
    refresh(hit, market.now, market)
  }
  return { codes: [''], succeed }
}

export function acceptHIT(market: ModelMarket, worker: ModelWorker, hitId: string): Prediction {
  const hit = market.hits.get(hitId)
  if (hit === undefined) return refused('HITDoesNotExist')
  const refusal = mayTake(market, worker, hit.type)
  if (refusal) return refusal
  if (statusAt(hit, market.now) !== 'Assignable' || holds(hit, worker)) return refused('HITNotAvailable')
  return take(market, worker, [hit])
}

/** Accepting from a group never says "no more" while a slot is free that the worker may have [design 4]. */
export function acceptFromGroup(market: ModelMarket, worker: ModelWorker, typeId: string): Prediction {
  const type = market.types.get(typeId)
  if (type === undefined) return refused('GroupDoesNotExist')
  const refusal = mayTake(market, worker, type)
  if (refusal) return refusal
  const free = [...market.hits.values()].filter(
    (hit) => hit.type === type && statusAt(hit, market.now) === 'Assignable' && !holds(hit, worker),
  )
  return free.length === 0 ? refused('NoMoreHITs') : take(market, worker, free)
}

function mayEnd(assignment: ModelAssignment | undefined, worker: ModelWorker): Prediction | undefined {
  if (assignment === undefined) return refused('AssignmentDoesNotExist')
  return assignment.workerId === worker.id ? undefined : refused('AssignmentOfAnotherWorker')
}

/** Whether no policy decided on the submission. */
const isUndecided = ({ state }: ModelAssignment) => state === 'Submitted'

export function submit(
  market: ModelMarket,
  worker: ModelWorker,
  assignmentId: string,
  answers: Answers,
): Prediction {
  const assignment = market.assignments.get(assignmentId)
  const refusal = mayEnd(assignment, worker)
  if (refusal || assignment === undefined) return refusal!
  if (assignment.state === 'open') {
    const succeed = () => {
      const { hit } = assignment
      assignment.state = 'Submitted'
      assignment.answers = answers
      assignment.submittedAt = market.now
      assignment.autoApprovalAt = market.now + hit.type.delaySeconds * 1000
      market.moved(assignment, 'open')
      market.tell(hit, 'AssignmentSubmitted', market.now, assignment)
      gradeSubmission(market, assignment, market.now)
      // A delay of 0 approves at once [hits 6.3].
      if (isUndecided(assignment) && hit.type.delaySeconds === 0) approveWork(market, assignment, market.now)
      refresh(hit, market.now, market)
    }
    return { codes: [''], succeed }
  }
  if (assignment.state === 'returned' || assignment.state === 'abandoned')
    return refused(`AssignmentNotOpen ${assignment.state}`)
  return JSON.stringify(assignment.answers) === JSON.stringify(answers)
    ? { codes: [''], succeed: () => undefined }
    : refused('AssignmentNotOpen submitted')
}

export function giveBack(market: ModelMarket, worker: ModelWorker, assignmentId: string): Prediction {
  const assignment = market.assignments.get(assignmentId)
  const refusal = mayEnd(assignment, worker)
  if (refusal || assignment === undefined) return refusal!
  if (assignment.state !== 'open') {
    const ended = assignment.state === 'returned' || assignment.state === 'abandoned'
    return refused(`AssignmentNotOpen ${ended ? assignment.state : 'submitted'}`)
  }
  const succeed = () => {
    assignment.state = 'returned'
    market.moved(assignment, 'open')
    market.tell(assignment.hit, 'AssignmentReturned', market.now, assignment)
    refresh(assignment.hit, market.now, market)
  }
  return { codes: [''], succeed }
}

/** Slots that anybody could take now, for the choice of interesting actions. */
export function openHITs(market: ModelMarket): ModelHIT[] {
  return [...market.hits.values()].filter(
    (hit) => statusAt(hit, market.now) === 'Assignable' && availableOf(hit) > 0,
  )
}

/** What a worker sees of a group before he accepts anything of it [qualifications 4.4, websites 1.4]. */
export function preview(market: ModelMarket, worker: ModelWorker, typeId: string): Prediction {
  const type = market.types.get(typeId)
  if (type === undefined) return refused('GroupDoesNotExist')
  if (!may(market, worker, 1, type)) return refused('QualificationsNotMet')
  if (!openHITs(market).some((hit) => hit.type === type)) return refused('NoMoreHITs')
  const wanted = mayTake(market, worker, type)?.codes[0]
  const succeed = ({ refusal }: { refusal: { fault: string } | undefined }) => {
    if (refusal?.fault !== wanted) throw new Error(`the preview says ${refusal?.fault}, not ${wanted}`)
  }
  return { codes: [''], succeed }
}

/** The groups that a worker's list shows, with what he may do there: `discover preview accept` [websites 1.3]. */
export function groupsFor(market: ModelMarket, worker: ModelWorker): Map<string, string> {
  const had = new Set(
    [...market.assignments.values()].filter((one) => isHeldBy(one, worker)).map(({ hit }) => hit),
  )
  const left = openHITs(market).filter((hit) => !had.has(hit))
  return new Map(
    [...new Set(left.map(({ type }) => type))].map((type) => {
      const may0to2 = [
        may(market, worker, 0, type),
        may(market, worker, 1, type),
        !mayTake(market, worker, type),
      ]
      return [type.id, may0to2.join(' ')]
    }),
  )
}
