// A worker asks for Qualifications and takes tests through the control API, over real sockets, and the requester's
// program sees what comes of it [design 7, qualifications 2.2].
import {
  AcceptQualificationRequestCommand,
  CreateHITCommand,
  CreateQualificationTypeCommand,
  DisassociateQualificationFromWorkerCommand,
  GetQualificationScoreCommand,
  ListQualificationRequestsCommand,
  MTurkClient,
  type CreateQualificationTypeCommandInput,
} from '@aws-sdk/client-mturk'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aHIT } from '../support/market.ts'
import { sampleKey, sampleTest } from '../support/qualifications.ts'
import { control, startDemo, type TestServer } from '../support/server.ts'

let server: TestServer
let client: MTurkClient
let workerId: string
beforeAll(async () => {
  server = await startDemo()
  client = new MTurkClient({
    endpoint: server.address,
    region: 'us-east-1',
    credentials: {
      accessKeyId: 'AKIDEXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    },
    maxAttempts: 1,
  })
})
afterAll(() => server.stop())
beforeEach(async () => {
  await control(server.address, 'reset', {})
  workerId = (await control(server.address, 'workers', {})).body.workerId as string
})

async function createType(changes: Partial<CreateQualificationTypeCommandInput> = {}): Promise<string> {
  const { QualificationType } = await client.send(
    new CreateQualificationTypeCommand({
      Name: 'Birds',
      Description: 'Knows birds.',
      QualificationTypeStatus: 'Active',
      ...changes,
    }),
  )
  return QualificationType!.QualificationTypeId!
}

const ask = (body: object, worker = workerId) =>
  control(server.address, `workers/${worker}/qualification-requests`, body)
const refusal = (status: number, error: string) => ({
  status,
  body: { error, message: expect.stringMatching(/\w/) },
})
const valueOf = async (QualificationTypeId: string) => {
  const input = { QualificationTypeId, WorkerId: workerId }
  const { Qualification } = await client.send(new GetQualificationScoreCommand(input))
  return Qualification!.IntegerValue
}
const keyed = { Test: sampleTest, AnswerKey: sampleKey, TestDurationInSeconds: 60 }
const right = { capital: 'oslo', primes: ['two', 'seven'] }

describe('what a request gets', () => {
  test('a value at once from a type that grants by itself', async () => {
    const qualificationTypeId = await createType({ AutoGranted: true, AutoGrantedValue: 12 })
    expect(await ask({ qualificationTypeId })).toEqual({ status: 200, body: { granted: 12 } })
    expect(await valueOf(qualificationTypeId)).toBe(12)
  })

  test('a request that the requester decides on', async () => {
    const qualificationTypeId = await createType()
    const { status, body } = await ask({ qualificationTypeId })
    expect([status, body]).toEqual([
      200,
      { qualificationRequestId: expect.stringMatching(/^3[A-Z0-9]{29}$/) },
    ])
    const { QualificationRequests } = await client.send(new ListQualificationRequestsCommand({}))
    expect(QualificationRequests).toMatchObject([
      { QualificationRequestId: body.qualificationRequestId, WorkerId: workerId },
    ])
    await client.send(
      new AcceptQualificationRequestCommand({
        QualificationRequestId: body.qualificationRequestId as string,
        IntegerValue: 5,
      }),
    )
    expect(await valueOf(qualificationTypeId)).toBe(5)
    const mail = await fetch(`${server.address}/_control/mail`)
    expect(await mail.json()).toMatchObject([{ kind: 'qualification', workerId }])
  })

  test('a score, with answers to a test that has a key', async () => {
    const qualificationTypeId = await createType(keyed)
    expect(await ask({ qualificationTypeId, answers: { capital: 'oslo', primes: ['two'] } })).toEqual({
      status: 200,
      body: { granted: 33 },
    })
    expect(await valueOf(qualificationTypeId)).toBe(33)
  })

  test('a pending request, with answers to a test that has none', async () => {
    const qualificationTypeId = await createType({ ...keyed, AnswerKey: undefined })
    const { body } = await ask({ qualificationTypeId, answers: right })
    const { QualificationRequests } = await client.send(
      new ListQualificationRequestsCommand({ QualificationTypeId: qualificationTypeId }),
    )
    expect(QualificationRequests).toMatchObject([
      { QualificationRequestId: body.qualificationRequestId, Test: sampleTest },
    ])
    expect(QualificationRequests![0]!.Answer).toContain('<SelectionIdentifier>oslo</SelectionIdentifier>')
  })

  test('an open test, that is handed in later, in time or not', async () => {
    const qualificationTypeId = await createType({ ...keyed, RetryDelayInSeconds: 0 })
    const { qualificationRequestId } = (await ask({ qualificationTypeId })).body
    await control(server.address, 'clock', { advance: 59 })
    expect(await ask({ qualificationRequestId, answers: right })).toEqual({
      status: 200,
      body: { granted: 100 },
    })
    const second = (await ask({ qualificationTypeId })).body.qualificationRequestId
    await control(server.address, 'clock', { advance: 60 })
    expect(await ask({ qualificationRequestId: second, answers: right })).toEqual(
      refusal(409, 'TestTimeOver'),
    )
    expect(await valueOf(qualificationTypeId)).toBe(100)
  })
})

test('a test opens HITs to those who pass, from the moment of the score, until the value is taken away [qualifications 4.6]', async () => {
  const qualificationTypeId = await createType({ ...keyed, RetryDelayInSeconds: 0 })
  const requirement = {
    QualificationTypeId: qualificationTypeId,
    Comparator: 'GreaterThanOrEqualTo',
    IntegerValues: [80],
    ActionsGuarded: 'DiscoverPreviewAndAccept',
  } as const
  const hits: { HITId: string; HITGroupId: string }[] = []
  for (const RequesterAnnotation of ['first', 'second']) {
    const wanted = aHIT({ RequesterAnnotation, QualificationRequirements: [requirement] })
    const { HIT } = await client.send(new CreateHITCommand(wanted as never))
    hits.push(HIT as { HITId: string; HITGroupId: string })
  }
  const accept = (hit: { HITId: string }) =>
    control(server.address, `workers/${workerId}/accept`, { hitId: hit.HITId })
  const isListed = async () => {
    const { body } = await control(server.address, `workers/${workerId}/groups`)
    const groups = body as unknown as { hitGroupId: string; accept: boolean; discover: boolean }[]
    const group = groups.find(({ hitGroupId }) => hitGroupId === hits[0]!.HITGroupId)
    return group?.discover === true && group.accept
  }
  expect(await isListed()).toBe(false)
  expect(await accept(hits[0]!)).toEqual(refusal(409, 'QualificationsNotMet'))
  await ask({ qualificationTypeId, answers: { capital: 'oslo' } })
  expect(await accept(hits[0]!), 'with 33').toEqual(refusal(409, 'QualificationsNotMet'))
  await ask({ qualificationTypeId, answers: right })
  expect(await isListed()).toBe(true)
  const accepted = await accept(hits[0]!)
  expect(accepted, 'with 100').toMatchObject({ status: 200 })
  await client.send(
    new DisassociateQualificationFromWorkerCommand({
      QualificationTypeId: qualificationTypeId,
      WorkerId: workerId,
    }),
  )
  expect(await accept(hits[1]!), 'when it is revoked').toEqual(refusal(409, 'QualificationsNotMet'))
  // What he has accepted stays his.
  const path = `assignments/${String(accepted.body.assignmentId)}/submit`
  expect(await control(server.address, path, { answers: { note: 'a wren' } })).toMatchObject({ status: 200 })
})

describe('refusals have a name and a sentence', () => {
  test('for what cannot be asked for, or not again', async () => {
    expect(await ask({ qualificationTypeId: '000000000000000000L0' })).toEqual(
      refusal(409, 'QualificationTypeNotRequestable'),
    )
    expect(await ask({ qualificationTypeId: 'ABC' })).toEqual(refusal(404, 'QualificationTypeDoesNotExist'))
    const once = await createType({ AutoGranted: true })
    expect(await ask({ qualificationTypeId: once }, 'ANOBODY')).toEqual(refusal(404, 'WorkerDoesNotExist'))
    await ask({ qualificationTypeId: once })
    expect(await ask({ qualificationTypeId: once })).toEqual(
      refusal(409, 'QualificationTypeDoesNotAllowRetake'),
    )
    const again = await createType({ Name: 'Fish', AutoGranted: true, RetryDelayInSeconds: 60 })
    await ask({ qualificationTypeId: again })
    const early = await ask({ qualificationTypeId: again })
    expect(early).toEqual(refusal(409, 'QualificationTypeRetryDelayNotElapsed'))
    expect(early.body.message).toMatch(/^It can be requested again from \d{4}-\d\d-\d\dT[\d:.]+Z on\.$/)
    const judged = await createType({ Name: 'Moss', RetryDelayInSeconds: 0 })
    await ask({ qualificationTypeId: judged })
    expect(await ask({ qualificationTypeId: judged })).toEqual(refusal(409, 'QualificationRequestPending'))
  })

  test('for answers that fit no question: the attempt is not used', async () => {
    const qualificationTypeId = await createType(keyed)
    for (const answers of [{ capital: 'paris' }, { river: 'x' }, { capital: 1 }, 'oslo', []])
      expect(await ask({ qualificationTypeId, answers })).toEqual(refusal(400, 'InvalidInput'))
    expect(await ask({ qualificationTypeId, answers: right })).toMatchObject({ body: { granted: 100 } })
  })

  test('for answers where there is no test, and a test without answers', async () => {
    const qualificationTypeId = await createType()
    expect(await ask({ qualificationTypeId, answers: {} })).toEqual(refusal(400, 'InvalidInput'))
    const { qualificationRequestId } = (await ask({ qualificationTypeId })).body
    expect(await ask({ qualificationRequestId, answers: {} })).toEqual(refusal(400, 'InvalidInput'))
    expect(await ask({ qualificationRequestId })).toEqual(refusal(400, 'InvalidInput'))
  })

  test('for members that say nothing, too much, or something else', async () => {
    for (const body of [
      {},
      { qualificationTypeId: 'ABC', qualificationRequestId: 'ABC' },
      { qualificationTypeId: 1 },
      { typeId: 'ABC' },
    ])
      expect(await ask(body)).toEqual(refusal(400, 'InvalidInput'))
  })

  test('for requests of others', async () => {
    const qualificationTypeId = await createType(keyed)
    const { qualificationRequestId } = (await ask({ qualificationTypeId })).body
    const other = (await control(server.address, 'workers', {})).body.workerId as string
    expect(await ask({ qualificationRequestId, answers: right }, other)).toEqual(
      refusal(409, 'QualificationRequestOfAnotherWorker'),
    )
    expect(await ask({ qualificationRequestId: 'ABC', answers: right })).toEqual(
      refusal(404, 'QualificationRequestDoesNotExist'),
    )
  })
})
