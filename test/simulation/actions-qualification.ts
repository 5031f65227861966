// What requesters and workers do about qualifications: types come and go, are granted, asked for, tested and revoked.
import assert from 'node:assert/strict'
import { RequestQualification } from '../../src/operations/worker/RequestQualification.ts'
import { SubmitQualificationTest } from '../../src/operations/worker/SubmitQualificationTest.ts'
import { sampleAnswers, sampleKey, sampleTest } from '../support/qualifications.ts'
import type { Action } from './actions.ts'
import { pages } from './lists.ts'
import * as qualification from './model-qualification.ts'
import { someQualificationType } from './new-requirements.ts'
import { call, outcome, step, type Requester, type Step, type World } from './world.ts'

/** What a step of types depends on, HITs that time disposes of among it, is carried out before. */
const punctual = (made: Step): Step => ({ ...made, isPunctual: true })

const testWire = (test: 'none' | 'judged' | 'keyed' | undefined, seconds: number) =>
  test === undefined || test === 'none'
    ? {}
    : {
        Test: sampleTest,
        TestDurationInSeconds: seconds,
        ...(test === 'keyed' && { AnswerKey: sampleKey }),
      }

const createType: Action = ({ random, model }, requester) => {
  const name = `Type ${random.integer(1, 12)}`
  const status = random.once(8) ? 'Inactive' : 'Active'
  const test = random.of(['none', 'none', 'judged', 'keyed'] as const)
  const autoValue = test === 'none' && random.once(2) ? random.of([1, 1, 5, -3]) : undefined
  const terms = {
    autoValue,
    test,
    testSeconds: random.of([60, 3600, 3 * 86_400]),
    retrySeconds: random.of([undefined, 0, 0, 60, 86_400]),
  }
  const input = {
    Name: name,
    Description: 'Knows birds.',
    QualificationTypeStatus: status,
    RetryDelayInSeconds: terms.retrySeconds,
    ...testWire(test, terms.testSeconds),
    AutoGranted: autoValue === undefined ? undefined : true,
    AutoGrantedValue: autoValue === 1 ? undefined : autoValue,
  }
  const prediction = qualification.createType(model, requester.model, name, status, terms)
  return punctual(step(requester, 'CreateQualificationType', input, prediction))
}

const updateType: Action = (world, requester) => {
  const { random, model } = world
  const typeId = someQualificationType(world, requester.model.id)
  const changes = {
    status: random.of(['Active', 'Active', 'Inactive', undefined] as const),
    retrySeconds: random.of([undefined, undefined, 0, 60]),
    test: random.of([undefined, undefined, undefined, 'judged', 'keyed'] as const),
    testSeconds: random.of([60, 7200]),
    auto: random.of([undefined, undefined, true, false]),
  }
  const input = {
    QualificationTypeId: typeId,
    QualificationTypeStatus: changes.status,
    RetryDelayInSeconds: changes.retrySeconds,
    ...testWire(changes.test, changes.testSeconds),
    AutoGranted: changes.auto,
    AutoGrantedValue: changes.auto === true ? 7 : undefined,
  }
  const prediction = qualification.updateType(model, requester.model, typeId, changes)
  return punctual(step(requester, 'UpdateQualificationType', input, prediction))
}

const deleteType: Action = (world, requester) => {
  const typeId = someQualificationType(world, requester.model.id)
  const prediction = qualification.deleteType(world.model, requester.model, typeId)
  return punctual(step(requester, 'DeleteQualificationType', { QualificationTypeId: typeId }, prediction))
}

const someWorkerId = ({ random, workers }: World) => (random.once(30) ? 'AUNKNOWN' : random.of(workers).id)

const associate: Action = (world, requester) => {
  const { random, model } = world
  const typeId = someQualificationType(world, requester.model.id)
  const workerId = someWorkerId(world)
  const value = random.of([undefined, -3, 0, 1, 2, 5])
  const input = { QualificationTypeId: typeId, WorkerId: workerId, IntegerValue: value }
  const prediction = qualification.associate(model, requester.model, typeId, workerId, value)
  return punctual(step(requester, 'AssociateQualificationWithWorker', input, prediction))
}

const disassociate: Action = (world, requester) => {
  const typeId = someQualificationType(world, requester.model.id)
  const had = [...(world.model.qualificationTypes.get(typeId)?.grants.keys() ?? [])]
  const workerId = had.length > 0 && !world.random.once(6) ? world.random.of(had) : someWorkerId(world)
  const input = { QualificationTypeId: typeId, WorkerId: workerId }
  const prediction = qualification.disassociate(world.model, requester.model, typeId, workerId)
  return punctual(step(requester, 'DisassociateQualificationFromWorker', input, prediction))
}

const getScore: Action = (world, requester) => {
  const typeId = someQualificationType(world, requester.model.id)
  const had = [...(world.model.qualificationTypes.get(typeId)?.grants.keys() ?? [])]
  const workerId = had.length > 0 && !world.random.once(6) ? world.random.of(had) : someWorkerId(world)
  const found = qualification.score(world.model, requester.model, typeId, workerId)
  const succeed = ({ Qualification: shown }: { Qualification: Record<string, unknown> }) => {
    const { value, grantedAt } = found as qualification.ModelGrant
    assert.deepEqual(shown, {
      QualificationTypeId: typeId,
      WorkerId: workerId,
      IntegerValue: value,
      GrantTime: Math.floor(grantedAt / 1000),
      Status: 'Granted',
    })
  }
  const prediction = 'codes' in found ? found : { codes: [''], succeed }
  const input = { QualificationTypeId: typeId, WorkerId: workerId }
  return punctual(step(requester, 'GetQualificationScore', input, prediction))
}

/** A request for somebody to name: mostly a pending one for a type of the requester. */
function someRequest({ random, model }: World, requester: Requester): string {
  if (random.once(30)) return 'ABC'
  const own = [...model.qualificationRequests.values()].filter(
    ({ typeId }) => random.once(30) || model.qualificationTypes.get(typeId)!.ownerId === requester.model.id,
  )
  const pending = own.filter(({ state }) => state === 'Submitted')
  const choice = pending.length > 0 && !random.once(8) ? pending : own
  return choice.length > 0 ? random.of(choice).id : 'ABC'
}

const acceptRequest: Action = (world, requester) => {
  const id = someRequest(world, requester)
  const value = world.random.of([undefined, -1, 0, 4])
  const prediction = qualification.decide(world.model, requester.model, id, value ?? 1)
  const input = { QualificationRequestId: id, IntegerValue: value }
  return step(requester, 'AcceptQualificationRequest', input, prediction)
}

const rejectRequest: Action = (world, requester) => {
  const id = someRequest(world, requester)
  const prediction = qualification.decide(world.model, requester.model, id, undefined)
  return step(requester, 'RejectQualificationRequest', { QualificationRequestId: id }, prediction)
}

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)

const listRequests: Action = ({ random, model }, requester) => {
  const wanted = [...model.qualificationRequests.values()]
    .filter(({ state }) => state === 'Submitted')
    .filter(({ typeId }) => model.qualificationTypes.get(typeId)!.ownerId === requester.model.id)
    .sort((a, b) => a.submittedAt - b.submittedAt || byId(a, b))
  const succeed = (list: Record<string, unknown>[]) =>
    assert.deepEqual(
      list.map((one) => [one.QualificationRequestId, one.QualificationTypeId, one.WorkerId]),
      wanted.map(({ id, typeId, workerId }) => [id, typeId, workerId]),
    )
  const MaxResults = random.of([1, 3, 100])
  return {
    text: `${requester.model.id} ListQualificationRequests`,
    prediction: { codes: [''], succeed },
    perform: () => pages(requester, 'ListQualificationRequests', { MaxResults }, 'QualificationRequests'),
  }
}

const listWorkers: Action = (world, requester) => {
  const { random, model } = world
  const own = [...model.qualificationTypes.values()].filter(
    ({ ownerId, status }) => ownerId === requester.model.id && status !== 'Deleted',
  )
  if (own.length === 0) return undefined
  const type = random.of(own)
  const Status = random.of(['Granted', 'Revoked', undefined])
  const wanted = [...type.grants]
    .filter(([, { isRevoked }]) => isRevoked === (Status === 'Revoked'))
    .sort(([a, one], [b, other]) => one.grantedAt - other.grantedAt || (a < b ? -1 : 1))
  const succeed = (list: Record<string, unknown>[]) =>
    assert.deepEqual(
      list.map((one) => [one.WorkerId, one.IntegerValue, one.Status]),
      wanted.map(([workerId, { value }]) => [workerId, value, Status ?? 'Granted']),
    )
  const input = { QualificationTypeId: type.id, Status, MaxResults: random.of([2, 100]) }
  return {
    text: `${requester.model.id} ListWorkersWithQualificationType ${type.id} ${Status}`,
    prediction: { codes: [''], succeed },
    perform: () => pages(requester, 'ListWorkersWithQualificationType', input, 'Qualifications'),
  }
}

/** The HITs of the requester that require a type, newest first. */
const listRequiring: Action = ({ model, random }, requester) => {
  const living = [...model.qualificationTypes.values()].filter(({ status }) => status !== 'Deleted')
  if (living.length === 0) return undefined
  const { id } = random.of(living)
  const wanted = model
    .requiringHITs(id)
    .filter((hit) => hit.requesterId === requester.model.id && !hit.disposed)
    .sort((a, b) => b.createdAt - a.createdAt || byId(a, b))
  const succeed = (list: Record<string, unknown>[]) =>
    assert.deepEqual(
      list.map(({ HITId }) => HITId),
      wanted.map((hit) => hit.id),
    )
  return punctual({
    text: `${requester.model.id} ListHITsForQualificationType ${id}`,
    prediction: { codes: [''], succeed },
    perform: () => pages(requester, 'ListHITsForQualificationType', { QualificationTypeId: id }, 'HITs'),
  })
}

const getType: Action = (world, requester) => {
  const { model } = world
  const typeId = someQualificationType(world)
  const type = model.qualificationTypes.get(typeId)
  if (type === undefined || type.status === 'Deleted') return undefined
  const succeed = ({ QualificationType: shown }: { QualificationType: Record<string, unknown> }) =>
    assert.deepEqual(
      [shown.Name, shown.QualificationTypeStatus, shown.RetryDelayInSeconds, shown.AutoGranted],
      [type.name, type.status, type.retrySeconds, type.autoValue !== undefined],
    )
  return {
    text: `${requester.model.id} GetQualificationType ${typeId}`,
    prediction: { codes: [''], succeed },
    perform: () => call(requester, 'GetQualificationType', { QualificationTypeId: typeId }),
  }
}

const request: Action = (world) => {
  const { random, workers, model, market } = world
  const worker = random.of(workers)
  const all = [...model.qualificationTypes.values()].filter(
    ({ status }) => random.once(20) || status === 'Active',
  )
  if (all.length === 0) return undefined
  const { id } = random.of(all)
  const caller = { kind: 'worker', workerId: worker.id } as const
  return punctual({
    text: `${worker.id} asks for ${id}`,
    prediction: qualification.request(model, worker, id),
    perform: async () =>
      outcome(await market.market.runner.run(RequestQualification, caller, { qualificationTypeId: id })),
  })
}

// The key is worth 1 for the capital and 2 for the primes, as a percentage of 3.
const tests = [
  { answers: sampleAnswers([], []), points: 0 },
  { answers: sampleAnswers(['oslo'], ['two']), points: 33 },
  { answers: sampleAnswers(['bergen'], ['two', 'seven']), points: 67 },
  { answers: sampleAnswers(['oslo'], ['seven', 'two']), points: 100 },
]

const handIn: Action = (world) => {
  const { random, workers, model, market } = world
  const all = [...model.qualificationRequests.values()]
  const open = all.filter(
    ({ state, deadline }) => state === 'AwaitingTest' && (random.once(20) || model.now < deadline),
  )
  const made = random.of([...(open.length > 0 && !random.once(8) ? open.slice(-4) : all), undefined])
  if (made === undefined) return undefined
  const worker = model.workers.get(random.once(20) ? random.of(workers).id : made.workerId)!
  const { answers, points } = random.of(tests)
  const caller = { kind: 'worker', workerId: worker.id } as const
  return {
    text: `${worker.id} tests ${made.id} for ${points}`,
    prediction: qualification.handIn(model, worker, made.id, String(points), points),
    perform: async () =>
      outcome(
        await market.market.runner.run(SubmitQualificationTest, caller, {
          qualificationRequestId: made.id,
          answers,
        }),
      ),
  }
}

export const qualificationActions: [number, Action][] = [
  [3, createType],
  [2, updateType],
  [2, deleteType],
  [5, associate],
  [3, disassociate],
  [3, getScore],
  [3, acceptRequest],
  [2, rejectRequest],
  [2, listRequests],
  [2, listWorkers],
  [1, listRequiring],
  [1, getType],
  [6, request],
  [4, handIn],
]
