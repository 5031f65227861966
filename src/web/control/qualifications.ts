// The control API's call that plays a worker who asks for a Qualification and takes its test.
import type { Context, Hono } from 'hono'
import { isFault, type Fault } from '../../domain/fault.ts'
import type { Answer as GivenAnswer } from '../../domain/question/answers.ts'
import type { Market } from '../../market.ts'
import type { WorkerCaller } from '../../operations/operation.ts'
import { FindQualificationTest, type TestOf } from '../../operations/worker/FindQualificationTest.ts'
import { RequestQualification } from '../../operations/worker/RequestQualification.ts'
import { SubmitQualificationTest } from '../../operations/worker/SubmitQualificationTest.ts'
import { readAnswers } from './answers.ts'
import type { Answer, Control } from './call.ts'
import { BadInput, onlyMembers, text, type Body } from './input.ts'

/** Adds the call about Qualifications. */
export function addQualifications(app: Hono, control: Control): void {
  app.post('/_control/workers/:id/qualification-requests', control.handle(request))
}

async function request(market: Market, body: Body, c: Context): Promise<Answer> {
  const caller: WorkerCaller = { kind: 'worker', workerId: c.req.param('id') ?? '' }
  const target = targetOf(body)
  // Answers that are no answers to the test must not use the worker's attempt up.
  const answers = body.answers === undefined ? undefined : await answersTo(market, caller, target, body)
  if (isFault(answers)) return answers
  if ('qualificationRequestId' in target) {
    if (answers === undefined) throw new BadInput('answers', 'A test is handed in with answers.')
    return handIn(market, caller, target.qualificationRequestId, answers)
  }
  const asked = await market.runner.run(RequestQualification, caller, target)
  if (isFault(asked)) return asked
  if (answers !== undefined) return handIn(market, caller, asked.request.id, answers)
  return asked.granted === undefined
    ? { qualificationRequestId: asked.request.id }
    : { granted: asked.granted }
}

function targetOf(body: Body): TestOf {
  onlyMembers(body, 'qualificationTypeId', 'qualificationRequestId', 'answers')
  const qualificationTypeId = text(body, 'qualificationTypeId')
  const qualificationRequestId = text(body, 'qualificationRequestId')
  if (qualificationTypeId !== undefined && qualificationRequestId === undefined)
    return { qualificationTypeId }
  if (qualificationTypeId === undefined && qualificationRequestId !== undefined)
    return { qualificationRequestId }
  throw new BadInput('qualificationTypeId', 'Give either qualificationTypeId or qualificationRequestId.')
}

async function answersTo(
  market: Market,
  caller: WorkerCaller,
  target: TestOf,
  body: Body,
): Promise<GivenAnswer[] | Fault> {
  const found = await market.runner.run(FindQualificationTest, caller, target)
  if (isFault(found)) return found
  if (found.test === undefined) throw new BadInput('answers', 'The qualification type has no test.')
  return readAnswers(body, { kind: 'QuestionForm', text: found.test })
}

async function handIn(
  market: Market,
  caller: WorkerCaller,
  qualificationRequestId: string,
  answers: readonly GivenAnswer[],
): Promise<Answer> {
  const taken = await market.runner.run(SubmitQualificationTest, caller, { qualificationRequestId, answers })
  if (isFault(taken)) return taken
  return taken.granted === undefined ? { qualificationRequestId } : { granted: taken.granted }
}
