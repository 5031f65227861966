// The market under test beside its model, the people in it, and how a step is taken in both and compared.
import { isFault, type Fault } from '../../src/domain/fault.ts'
import { AcceptHIT } from '../../src/operations/worker/AcceptHIT.ts'
import { ReturnAssignment } from '../../src/operations/worker/ReturnAssignment.ts'
import { SubmitAssignment } from '../../src/operations/worker/SubmitAssignment.ts'
import type { TestClient, TestMarket } from '../support/market.ts'
import { startTime } from '../support/market.ts'
import type { Answer } from '../../src/domain/question/answers.ts'
import { newRequirements } from './new-requirements.ts'
import type { Answers } from './model-review.ts'
import { ModelMarket, type ModelRequester, type ModelWorker, type Prediction } from './model.ts'
import type { ModelHIT } from './model-hit.ts'
import type { BonusRequest, TypeProperties } from './model-requester.ts'
import type { Random } from './random.ts'

/** A HIT type as a requester sends it, and as the model keeps it. */
export interface TypeInput {
  wire: Record<string, unknown>
  model: TypeProperties
}

export interface Requester {
  client: TestClient
  model: ModelRequester
  types: TypeInput[]
  lastExpiration?: { hitId: string; expireAt: number }
  lastBonus?: BonusRequest
  lastExtension?: { hitId: string; more: number; token: string | undefined }
}

export interface World {
  market: TestMarket
  model: ModelMarket
  random: Random
  requesters: Requester[]
  workers: ModelWorker[]
  /** Kinds of step to the codes that answered them, '' being success, to how often. */
  answers: Map<string, Map<string, number>>
  /** The newest message of the outbox that was compared. */
  lastMessage: string
}

/** One thing that somebody does: what it is, what must come of it, and how it is done. */
export interface Step {
  text: string
  prediction: Prediction
  perform(): Promise<Outcome>
  /** Whether what is due is carried out before, because the answer depends on more than what the step names. */
  isPunctual?: boolean
}

export interface Outcome {
  /** The fault's code, '' for success. */
  code: string
  output: unknown
}

const homes = ['US/CA', 'US/PA', 'GB', undefined] as const

export function placeOf(home: string | undefined) {
  const [country, subdivision] = home?.split('/') ?? []
  return { country, subdivision }
}

/**
 * Makes the people: five requesters, two of them poor, and twelve workers, a third of them Masters. The second worker
 * is diligent, and comes with a record that soon makes a hundred submissions.
 */
export async function createWorld(market: TestMarket, random: Random): Promise<World> {
  const model = new ModelMarket(startTime)
  const requesters: Requester[] = []
  for (const dollars of ['1000.00', '250.00', '40.00', '3.00', '0.00']) {
    const client = await market.requester(dollars)
    requesters.push({
      client,
      types: [],
      model: model.addRequester(client.requesterId, Number(dollars) * 100),
    })
  }
  const workers: ModelWorker[] = []
  for (let i = 0; i < 12; i++) {
    const home = homes[i % homes.length]
    const record = i === 1 ? { approved: 80, rejected: 11 } : { approved: 0, rejected: 0 }
    const known = { masters: i % 3 === 0, adult: i % 2 === 0, ...record }
    const { workerId } = await market.worker({ ...known, ...placeOf(home) })
    workers.push(model.addWorker(workerId, { ...known, home }))
  }
  const answers: World['answers'] = new Map()
  const world: World = { market, model, random, requesters, workers, answers, lastMessage: '' }
  for (const requester of requesters) requester.types = Array.from({ length: 5 }, () => newType(world))
  return world
}

/** A random HIT type; now and then one with a wrong number. */
export function newType(world: World): TypeInput {
  const { random } = world
  const rewardCents = random.of([0, 1, 5, 10, 53, 100, 250, 1037])
  const durationSeconds = random.of([30, 600, 3600, 86_400, 30 * 86_400, 31_536_000])
  const delaySeconds = random.of([0, 60, 3600, 259_200, 2_592_000, undefined])
  const requirements = newRequirements(world)
  const keywords = random.of([undefined, '', 'birds, sounds'])
  const title = `Task ${random.integer(1, 3)}`
  const delay = delaySeconds ?? 2_592_000
  return {
    wire: {
      Title: title,
      Description: 'Do it well.',
      Keywords: keywords,
      Reward: dollars(rewardCents),
      AssignmentDurationInSeconds: durationSeconds,
      AutoApprovalDelayInSeconds: delaySeconds,
      QualificationRequirements: requirements.wire,
    },
    model: {
      tuple: JSON.stringify([
        title,
        keywords ?? null,
        rewardCents,
        durationSeconds,
        delay,
        requirements.tuple,
      ]),
      rewardCents,
      durationSeconds,
      delaySeconds: delay,
      requirements: requirements.model,
    },
  }
}

export function dollars(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
}

/** Sends a requester's call. */
export async function call({ client }: Requester, operation: string, input: object): Promise<Outcome> {
  const { text } = await client.send(operation, JSON.stringify(input))
  const output = JSON.parse(text) as { TurkErrorCode?: string; __type?: string }
  return { code: output.TurkErrorCode ?? output.__type ?? '', output }
}

export function outcome(output: object | Fault): Outcome {
  if (!isFault(output)) return { code: '', output }
  return {
    code: output.fault === 'AssignmentNotOpen' ? `${output.fault} ${output.state}` : output.fault,
    output,
  }
}

/** What a worker does, through the operations that the worker site runs. */
export const act = {
  accept: async ({ market }: World, worker: ModelWorker, target: { hitId: string } | { groupId: string }) =>
    outcome(await market.market.runner.run(AcceptHIT, { kind: 'worker', workerId: worker.id }, target)),
  submit: async ({ market }: World, worker: ModelWorker, assignmentId: string, given: Answers) => {
    const answers = Object.entries(given).map(([identifier, [text = '', ...more]]): Answer =>
      more.length === 0
        ? { kind: 'FreeText', identifier, text }
        : { kind: 'Selection', identifier, selections: [text, ...more] },
    )
    const caller = { kind: 'worker', workerId: worker.id } as const
    return outcome(await market.market.runner.run(SubmitAssignment, caller, { assignmentId, answers }))
  },
  giveBack: async ({ market }: World, worker: ModelWorker, assignmentId: string) => {
    const caller = { kind: 'worker', workerId: worker.id } as const
    return outcome(await market.market.runner.run(ReturnAssignment, caller, { assignmentId }))
  },
}

/** Has the timers carry out what is due. */
export async function catchUp({ market, model }: World): Promise<void> {
  await market.market.timers.catchUp()
  model.isLate = false
}

/** Takes a step in the program and, when it succeeded, in the model. Throws when the answer is not the predicted one. */
export async function take(world: World, step: Step): Promise<void> {
  const { answers, model } = world
  if (step.isPunctual && model.isLate) await catchUp(world)
  const { code, output } = await step.perform()
  const kind = step.text.split(' ')[1]!
  const counts = answers.get(kind) ?? new Map<string, number>()
  answers.set(kind, counts.set(code, (counts.get(code) ?? 0) + 1))
  if (!step.prediction.codes.includes(code)) {
    const wanted = step.prediction.codes.map((one) => one || 'success').join(' or ')
    throw new Error(`answered ${code || 'success'} instead of ${wanted}: ${JSON.stringify(output)}`)
  }
  if (code === '') step.prediction.succeed(output as never)
}

/** A HIT for somebody to name: mostly one of his own that lives, at times any other, an unknown one too. */
export function someHIT({ random, model }: World, requester: Requester): string {
  if (random.once(50)) return 'ABC'
  const others = random.once(40)
  const hits = [...model.hits.values()].filter((hit) => others || hit.requesterId === requester.model.id)
  const living = hits.filter((hit) => !hit.disposed)
  const choice: ModelHIT[] = living.length > 0 && !random.once(15) ? living : hits
  return choice.length > 0 ? random.of(choice).id : 'ABC'
}

/** A call of a requester as a step. */
export const step = (
  requester: Requester,
  operation: string,
  input: object,
  prediction: Step['prediction'],
): Step => ({
  text: `${requester.model.id} ${operation} ${JSON.stringify(input)}`,
  prediction,
  perform: () => call(requester, operation, input),
})
