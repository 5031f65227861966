// Qualification types, requests and tests for the tests of grants, and what all operations about them share.
import { expect, test } from 'vitest'
import { isFault, type Fault } from '../../src/domain/fault.ts'
import type { QualificationType } from '../../src/domain/qualification-type.ts'
import { mastersTypes, systemType } from '../../src/domain/qualification.ts'
import type { Answer } from '../../src/domain/question/answers.ts'
import { question, questionForm } from '../../src/domain/question/examples.ts'
import { ANSWER_KEY } from '../../src/domain/question/namespaces.ts'
import type { OperationInput, OperationName } from '../../src/model/operations.ts'
import type * as model from '../../src/model/shapes.ts'
import { RequestQualification, type RequestOutput } from '../../src/operations/worker/RequestQualification.ts'
import {
  SubmitQualificationTest,
  type TestOutput,
} from '../../src/operations/worker/SubmitQualificationTest.ts'
import * as types from '../../src/store/qualification-types.ts'
import type { TestClient, TestMarket } from './market.ts'
import { messagesOf } from './messages.ts'
import { mustNotBeNull, refusalOf, refused } from './refusals.ts'

const selection = (id: string) =>
  `<Selection><SelectionIdentifier>${id}</SelectionIdentifier><Text>${id}</Text></Selection>`
const choice = (...ids: string[]) =>
  `<SelectionAnswer><MaxSelectionCount>${ids.length}</MaxSelectionCount>` +
  `<Selections>${ids.map(selection).join('')}</Selections></SelectionAnswer>`

/** Asks for the capital of Norway, and for primes. */
export const sampleTest = questionForm(
  question('capital', choice('oslo', 'bergen')) + question('primes', choice('two', 'four', 'seven')),
)

const option = (score: number, ...ids: string[]) =>
  `<AnswerOption>${ids.map((id) => `<SelectionIdentifier>${id}</SelectionIdentifier>`).join('')}` +
  `<AnswerScore>${score}</AnswerScore></AnswerOption>`

/** Worth 1 for the capital and 2 for the primes, as a percentage of 3. */
export const sampleKey =
  `<AnswerKey xmlns="${ANSWER_KEY}">` +
  `<Question><QuestionIdentifier>capital</QuestionIdentifier>${option(1, 'oslo')}</Question>` +
  `<Question><QuestionIdentifier>primes</QuestionIdentifier>${option(2, 'two', 'seven')}</Question>` +
  '<QualificationValueMapping><PercentageMapping><MaximumSummedScore>3</MaximumSummedScore></PercentageMapping></QualificationValueMapping></AnswerKey>'

/** Every member that a type with a test can have beside its description. */
export const sampleTestMembers = {
  RetryDelayInSeconds: 60,
  Test: sampleTest,
  AnswerKey: sampleKey,
  TestDurationInSeconds: 600,
  AutoGranted: false,
  AutoGrantedValue: 1,
}

/** Answers to the sample test. */
export function sampleAnswers(capital: string[], primes: string[]): Answer[] {
  return [
    { kind: 'Selection', identifier: 'capital', selections: capital },
    { kind: 'Selection', identifier: 'primes', selections: primes },
  ]
}

/** A type of the requester, put into the tables as it is: one that can be requested once, without a test. */
export async function addType(
  { market, clock }: TestMarket,
  { requesterId }: Pick<TestClient, 'requesterId'>,
  changes: Partial<QualificationType> = {},
): Promise<QualificationType> {
  const id = market.ids.entity(clock.now())
  const type: QualificationType = {
    id,
    requesterId,
    name: `Birds ${id}`,
    description: 'Knows birds.',
    keywords: undefined,
    status: 'Active',
    test: undefined,
    testDuration: changes.test === undefined ? undefined : 600,
    answerKey: undefined,
    retryDelay: undefined,
    autoGrantedValue: undefined,
    createdAt: clock.now(),
    ...changes,
  }
  await market.store.write(clock.now(), (tx) => types.addUnlessNamed(tx, type), { keep: () => true })
  return type
}

/** Changes a type in the tables, as updating or deleting it does. */
export async function changeType(
  { market, clock }: TestMarket,
  type: QualificationType,
  changes: Partial<QualificationType>,
): Promise<void> {
  await market.store.write(clock.now(), (tx) => types.save(tx, { ...type, ...changes }), {
    keep: () => true,
  })
}

/** The market's time as answers show it: whole seconds. */
export function shownNow({ clock }: TestMarket): number {
  return Math.floor(clock.now() / 1000)
}

/** A worker asks for a type; answers what came of it, or the refusal. */
export function ask(
  { market }: TestMarket,
  workerId: string,
  qualificationTypeId: string,
): Promise<RequestOutput | Fault> {
  return market.runner.run(RequestQualification, { kind: 'worker', workerId }, { qualificationTypeId })
}

/** As ask, for one who may. Answers the request's id. */
export async function mustAsk(
  market: TestMarket,
  workerId: string,
  qualificationTypeId: string,
): Promise<string> {
  const asked = await ask(market, workerId, qualificationTypeId)
  if (isFault(asked)) throw new Error(`refused: ${asked.fault}`)
  return asked.request.id
}

/** A worker who has asked for a type of a client, and the input of a call about his request. */
export async function addRequest(
  market: TestMarket,
  client: TestClient,
  changes: Partial<QualificationType> = {},
): Promise<{ type: QualificationType; workerId: string; input: { QualificationRequestId: string } }> {
  const type = await addType(market, client, changes)
  const { workerId } = await market.worker()
  return { type, workerId, input: { QualificationRequestId: await mustAsk(market, workerId, type.id) } }
}

/** A worker hands a test in; answers what came of it, or the refusal. */
export function handIn(
  { market }: TestMarket,
  workerId: string,
  qualificationRequestId: string,
  answers: readonly Answer[],
): Promise<TestOutput | Fault> {
  const caller = { kind: 'worker', workerId } as const
  return market.runner.run(SubmitQualificationTest, caller, { qualificationRequestId, answers })
}

/** What a worker has of a type, as the owner sees it; the code of the refusal when that is what he gets. */
export async function scoreOf(
  client: TestClient,
  workerId: string,
  typeId: string,
): Promise<model.Qualification | string> {
  const input = { QualificationTypeId: typeId, WorkerId: workerId }
  const { status, text } = await client.send('GetQualificationScore', JSON.stringify(input))
  const body = JSON.parse(text) as { Qualification: model.Qualification; TurkErrorCode: string }
  return status === 200 ? body.Qualification : body.TurkErrorCode.replace('AWS.MechanicalTurk.', '')
}

/** The value that a worker has of a type, or the code of the refusal. */
export async function valueOf(
  client: TestClient,
  workerId: string,
  typeId: string,
): Promise<number | string> {
  const score = await scoreOf(client, workerId, typeId)
  return typeof score === 'string' ? score : score.IntegerValue!
}

/** The ids of the pending requests that the requester sees. */
export async function pendingOf(client: TestClient, typeId?: string): Promise<string[]> {
  const input: OperationInput<'ListQualificationRequests'> = { MaxResults: 100 }
  if (typeId !== undefined) input.QualificationTypeId = typeId
  const { QualificationRequests } = await client.call('ListQualificationRequests', input)
  return QualificationRequests!.map((request) => request.QualificationRequestId!)
}

/** What a worker was told about Qualifications, as subject and text, newest first. */
export async function mailOf(
  market: TestMarket,
  workerId: string,
): Promise<{ subject: string; text: string }[]> {
  const all = await messagesOf(market, workerId)
  return all
    .filter(({ kind }) => kind === 'qualification')
    .map((message) => ({ subject: message.subject, text: message.text }))
}

/** Ids of types that the system keeps: the live ones, and Masters of both environments. */
export const systemTypes = [...Object.values(systemType), ...mastersTypes]

/**
 * What holds for the QualificationTypeId of an operation that only the owner may call: unknown, gone, foreign
 * [qualifications 3, 9]. `moreFor` makes the rest of the input.
 */
export function testOwnType(
  market: () => TestMarket,
  operation: OperationName,
  moreFor: () => Promise<object>,
): void {
  const refusalFor = async (client: TestClient, QualificationTypeId: string) =>
    refusalOf(market(), client, operation, { QualificationTypeId, ...(await moreFor()) })
  test.each(['ABC', '3IUNFP8DKUS0R71E78UIQ0J2B48LJ3', 'Z'.repeat(64)])(
    `${operation} of the unknown type %s [hits 11.5 #24, qualifications 9]`,
    async (id) => {
      expect(await refusalFor(await market().requester(), id)).toEqual(refused.noQualificationType)
    },
  )
  test(`${operation} of a type that is gone [qualifications 2.1]`, async () => {
    const client = await market().requester()
    const { id } = await addType(market(), client, { status: 'Disposed' })
    expect(await refusalFor(client, id)).toEqual(refused.noQualificationType)
  })
  test(`${operation} of another requester's type [hits 11.5 #18]`, async () => {
    const { id } = await addType(market(), await market().requester())
    expect(await refusalFor(await market().requester(), id)).toEqual(refused.notYours)
  })
}

/** What holds for a type of the system where only the owner of a type may act: it is nobody's [qualifications 5]. */
export function testSystemTypes(
  market: () => TestMarket,
  operation: OperationName,
  moreFor: () => Promise<object>,
): void {
  test.each(systemTypes)(`${operation} of the system type %s [qualifications 5]`, async (id) => {
    const input = { QualificationTypeId: id, ...(await moreFor()) }
    expect(await refusalOf(market(), await market().requester(), operation, input)).toEqual(refused.notYours)
  })
}

/** What holds for a WorkerId that the model refuses [hits 11.4, client W23]. */
export function testIllFormedWorker(
  market: () => TestMarket,
  operation: OperationName,
  moreFor: () => Promise<object>,
): void {
  const refusalFor = async (WorkerId: string | undefined) =>
    refusalOf(market(), await market().requester(), operation, { ...(await moreFor()), WorkerId })
  test.each(['B2XWZ93ZKAVL7P', 'a2xwz93zkavl7p', 'A', 'A-1', ''])(
    `${operation} with the ill-formed worker "%s" [hits 3, client W23]`,
    async (id) => {
      const refusal = await refusalFor(id)
      expect(refusal).toMatchObject({ status: 400, type: 'ValidationException', code: undefined })
      expect(refusal.message).toContain(
        `Value '${id}' at 'workerId' failed to satisfy constraint: Member must satisfy regular expression pattern: ^A[A-Z0-9]+$`,
      )
      expect(refusal.message).not.toContain('does not exist')
    },
  )
  test(`${operation} without a worker [hits 11.4]`, async () => {
    expect(await refusalFor(undefined)).toEqual(refused.validation(mustNotBeNull('workerId')))
  })
}

/**
 * What holds for the QualificationRequestId of the two operations that decide on a request [qualifications 3.11, 3.12].
 */
export function testRequestId(
  market: () => TestMarket,
  operation: 'AcceptQualificationRequest' | 'RejectQualificationRequest',
): void {
  const refusalFor = (client: TestClient, QualificationRequestId: string | undefined) =>
    refusalOf(market(), client, operation, { QualificationRequestId })
  test.each(['ABC', '3IUNFP8DKUS0R71E78UIQ0J2B48LJ3', '', 'any: "é" 🐦', 'x'.repeat(300), 'a\u0000b'])(
    `${operation} of the unknown request %j [hits 11.5 #25]`,
    async (id) => {
      expect(await refusalFor(await market().requester(), id)).toEqual(refused.noQualificationRequest)
    },
  )
  test(`${operation} needs a request [hits 11.4]`, async () => {
    const refusal = await refusalFor(await market().requester(), undefined)
    expect(refusal).toEqual(refused.validation(mustNotBeNull('qualificationRequestId')))
  })
  test(`${operation} of a request for another requester's type [hits 11.5 #18]`, async () => {
    const { id } = await addType(market(), await market().requester())
    const requestId = await mustAsk(market(), (await market().worker()).workerId, id)
    expect(await refusalFor(await market().requester(), requestId)).toEqual(refused.notYours)
  })

  const state = refused.qualificationState('QualificationRequest', 'Submitted')
  test(`${operation} of a request that was decided, as either operation did [qualifications 3.11]`, async () => {
    const client = await market().requester()
    const { id } = await addType(market(), client, { retryDelay: 0 })
    for (const decide of ['AcceptQualificationRequest', 'RejectQualificationRequest'] as const) {
      const QualificationRequestId = await mustAsk(market(), (await market().worker()).workerId, id)
      await client.call(decide, { QualificationRequestId })
      expect(await refusalFor(client, QualificationRequestId)).toEqual(state)
    }
  })
  test(`${operation} of what was granted without the owner [qualifications 2.2, 3.11]`, async () => {
    const client = await market().requester()
    const { workerId } = await market().worker()
    const auto = await addType(market(), client, { autoGrantedValue: 3 })
    expect(await refusalFor(client, await mustAsk(market(), workerId, auto.id))).toEqual(state)
    const keyed = await addType(market(), client, { test: sampleTest, answerKey: sampleKey })
    const requestId = await mustAsk(market(), workerId, keyed.id)
    expect(await refusalFor(client, requestId), 'a test under way').toEqual(state)
    await handIn(market(), workerId, requestId, sampleAnswers([], []))
    expect(await refusalFor(client, requestId)).toEqual(state)
  })
  test(`${operation} of a test that was not handed in [qualifications 2.2]`, async () => {
    const client = await market().requester()
    const type = await addType(market(), client, { test: sampleTest, testDuration: 60 })
    const requestId = await mustAsk(market(), (await market().worker()).workerId, type.id)
    await market().advance(60)
    expect(await refusalFor(client, requestId)).toEqual(state)
  })
}
