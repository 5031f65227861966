// The control API's calls that play a worker: groups, accept, submit, return.
import type { Context, Hono } from 'hono'
import { toISO } from '../../clock.ts'
import { isFault } from '../../domain/fault.ts'
import type { Market } from '../../market.ts'
import { operator, type WorkerCaller } from '../../operations/operation.ts'
import { AcceptHIT, type AcceptInput } from '../../operations/worker/AcceptHIT.ts'
import { FindTask } from '../../operations/worker/FindTask.ts'
import { ReturnAssignment } from '../../operations/worker/ReturnAssignment.ts'
import { frameURLOf } from '../task/frame.ts'
import { handIn } from '../task/hand-in.ts'
import { readTaskAnswers } from './answers.ts'
import type { Answer, Control } from './call.ts'
import { BadInput, onlyMembers, text, type Body } from './input.ts'

/** Groups in one answer. */
const shownGroups = 200

/** Adds the calls that play a worker. */
export function addWork(app: Hono, control: Control): void {
  app.get('/_control/workers/:id/groups', control.handle(listGroups))
  app.post(
    '/_control/workers/:id/accept',
    control.handle((market, body, c) => accept(control, market, body, c)),
  )
  app.get(
    '/_control/assignments/:id',
    control.handle((market, _, c) => show(control, market, c)),
  )
  app.post('/_control/assignments/:id/submit', control.handle(submit))
  app.post('/_control/assignments/:id/return', control.handle(giveBack))
}

async function listGroups(market: Market, _: Body, c: Context): Promise<Answer> {
  const caller: WorkerCaller = { kind: 'worker', workerId: c.req.param('id') ?? '' }
  const page = await market.listGroups(caller, {
    includesHidden: true,
    sort: 'updated_desc',
    offset: 0,
    limit: shownGroups,
  })
  if (isFault(page)) return page
  return page.groups.map(({ type, discover, preview, accept: mayAccept, refusal }) => ({
    hitGroupId: type.groupId,
    discover,
    preview,
    accept: mayAccept,
    ...(refusal && { refusal: refusal.fault }),
  }))
}

function targetOf(body: Body): AcceptInput {
  onlyMembers(body, 'hitId', 'hitTypeId', 'hitGroupId')
  const hitId = text(body, 'hitId')
  const groupId = text(body, 'hitTypeId') ?? text(body, 'hitGroupId')
  if ((hitId === undefined) === (groupId === undefined)) {
    throw new BadInput('hitId', 'Give one of hitId, hitTypeId and hitGroupId.')
  }
  return hitId === undefined ? { groupId: groupId ?? '' } : { hitId }
}

async function accept(control: Control, market: Market, body: Body, c: Context): Promise<Answer> {
  const caller: WorkerCaller = { kind: 'worker', workerId: c.req.param('id') ?? '' }
  const assignment = await market.runner.run(AcceptHIT, caller, targetOf(body))
  if (isFault(assignment)) return assignment
  const task = await market.runner.run(FindTask, operator, { assignmentId: assignment.id })
  if (isFault(task)) return task
  return {
    assignmentId: assignment.id,
    hitId: assignment.hitId,
    deadline: toISO(assignment.deadline),
    frameUrl: await frameURLOf(market, task, control.publicURL(market)),
  }
}

async function show(control: Control, market: Market, c: Context): Promise<Answer> {
  const task = await market.runner.run(FindTask, operator, { assignmentId: c.req.param('id') ?? '' })
  if (isFault(task)) return task
  const { assignment } = task
  const time = (name: string, value: number | undefined) =>
    value === undefined ? {} : { [name]: toISO(value) }
  return {
    state: assignment.state,
    ...time('acceptTime', assignment.acceptedAt),
    ...time('deadline', assignment.deadline),
    ...time('submitTime', assignment.submittedAt),
    ...time('autoApprovalTime', assignment.autoApprovalAt),
    ...time('approvalTime', assignment.approvedAt),
    ...time('rejectionTime', assignment.rejectedAt),
    ...(assignment.feedback !== undefined && { requesterFeedback: assignment.feedback }),
    frameUrl: await frameURLOf(market, task, control.publicURL(market)),
  }
}

async function submit(market: Market, body: Body, c: Context): Promise<Answer> {
  onlyMembers(body, 'answers', 'taskAnswers')
  const assignmentId = c.req.param('id') ?? ''
  const task = await market.runner.run(FindTask, operator, { assignmentId })
  if (isFault(task)) return task
  const work = await readTaskAnswers(task, body)
  if (isFault(work)) return work
  const submitted = await handIn(market, task, work)
  return isFault(submitted) ? submitted : {}
}

async function giveBack(market: Market, body: Body, c: Context): Promise<Answer> {
  onlyMembers(body)
  const assignmentId = c.req.param('id') ?? ''
  const task = await market.runner.run(FindTask, operator, { assignmentId })
  if (isFault(task)) return task
  const caller: WorkerCaller = { kind: 'worker', workerId: task.assignment.workerId }
  return market.runner.run(ReturnAssignment, caller, { assignmentId })
}
