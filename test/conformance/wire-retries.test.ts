// What unmodified clients do after an error: they come back when they should, with the same call, and it counts once
// [wire 3.6, 3.7, cases 43, 46, 47, 54, 63].
import {
  CreateHITCommand,
  GetAccountBalanceCommand,
  GetHITCommand,
  ListHITsCommand,
  MTurkClient,
  RequestError,
  SendBonusCommand,
  ServiceFault,
} from '@aws-sdk/client-mturk'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { aHIT } from '../support/market.ts'
import { boto3, clientsMissing } from '../support/python.ts'
import { describeUnless } from '../support/shared.ts'
import { control, startDemo, type TestServer } from '../support/server.ts'
import { exampleKey } from './sigv4-signers.ts'

let server: TestServer
const clients: MTurkClient[] = []

beforeAll(async () => {
  server = await startDemo({ KEMPELEN_CLOCK: 'virtual' })
})
afterEach(async () => {
  expect((await control(server.address, 'ledger')).body.sum).toBe('0.00')
  for (const client of clients.splice(0)) client.destroy()
})
afterAll(() => server.stop())

function open(more: { systemClockOffset?: number; maxAttempts?: number } = {}): MTurkClient {
  const client = new MTurkClient({
    endpoint: server.address,
    region: 'us-east-1',
    credentials: { accessKeyId: exampleKey.accessKeyId, secretAccessKey: exampleKey.secret },
    ...more,
  })
  clients.push(client)
  return client
}

async function order(operation: string, fault: string, times: number): Promise<void> {
  expect((await control(server.address, 'faults', { operation, fault, times })).status).toBe(200)
}

async function requesterOf(balance: string): Promise<MTurkClient> {
  const { body } = await control(server.address, 'requesters', { name: 'Laboratory', balance })
  const client = open()
  client.config.credentials = () =>
    Promise.resolve({ accessKeyId: String(body.accessKeyId), secretAccessKey: String(body.secretAccessKey) })
  return client
}

const balanceOf = async (client: MTurkClient) =>
  (await client.send(new GetAccountBalanceCommand({}))).AvailableBalance
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

describe('the SDK for JavaScript', () => {
  test('sees the id of the request, on answers and on errors [case 43]', async () => {
    const answer = await open().send(new GetAccountBalanceCommand({}))
    expect(answer.$metadata).toMatchObject({
      httpStatusCode: 200,
      requestId: expect.stringMatching(uuid),
      attempts: 1,
    })
    const error = await open()
      .send(new GetHITCommand({ HITId: '3NONE' }))
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(RequestError)
    expect(error).toMatchObject({
      $fault: 'client',
      TurkErrorCode: 'AWS.MechanicalTurk.HITDoesNotExist',
      $metadata: { httpStatusCode: 400, requestId: expect.stringMatching(uuid), attempts: 1 },
    })
  })

  test('tries three times when the service is to blame, and then gives up [case 46]', async () => {
    await order('GetAccountBalance', 'ServiceFault', 2)
    const answer = await open().send(new GetAccountBalanceCommand({}))
    expect(answer).toMatchObject({ AvailableBalance: '10000.00', $metadata: { attempts: 3 } })
    await order('GetAccountBalance', 'ServiceFault', 3)
    const error = await open()
      .send(new GetAccountBalanceCommand({}))
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ServiceFault)
    expect(error).toMatchObject({ $fault: 'server', $metadata: { httpStatusCode: 500, attempts: 3 } })
  })

  test('comes back after a throttling, in the time that it was told [case 47]', async () => {
    await order('GetAccountBalance', 'ThrottlingException', 1)
    const answer = await open().send(new GetAccountBalanceCommand({}))
    expect(answer).toMatchObject({ AvailableBalance: '10000.00', $metadata: { attempts: 2 } })
  })

  test.each(['ServiceFault', 'drop after commit'])(
    'creates and pays once, whatever it lost: %s [wire 3.7]',
    async (fault) => {
      const client = await requesterOf('10.00')
      await order('CreateHIT', fault, 2)
      const { HIT, $metadata } = await client.send(new CreateHITCommand(aHIT() as never))
      expect($metadata.attempts).toBe(3)
      const { HITs } = await client.send(new ListHITsCommand({}))
      expect(HITs?.map(({ HITId }) => HITId)).toEqual([HIT!.HITId])
      // 0.10 and the fee of 0.02.
      expect(await balanceOf(client)).toBe('9.88')

      const { body: worker } = await control(server.address, 'workers', {})
      const path = `workers/${String(worker.workerId)}`
      const { body } = await control(server.address, `${path}/accept`, { hitId: HIT!.HITId })
      const AssignmentId = String(body.assignmentId)
      await control(server.address, `assignments/${AssignmentId}/submit`, { answers: { a: 'x' } })
      await order('SendBonus', fault, 2)
      const bonus = { AssignmentId, WorkerId: String(worker.workerId), BonusAmount: '1.00', Reason: 'r' }
      expect((await client.send(new SendBonusCommand(bonus))).$metadata.attempts).toBe(3)
      expect((await control(server.address, path)).body.earnings).toEqual({
        rewards: '0.00',
        bonuses: '1.00',
      })
      // Another call with the same words is another bonus: nothing but an SDK's own retry is recognised.
      await client.send(new SendBonusCommand(bonus))
      expect((await control(server.address, path)).body.earnings).toEqual({
        rewards: '0.00',
        bonuses: '2.00',
      })
    },
  )

  test('with a clock that is an hour late succeeds the second time [case 54]', async () => {
    const client = open({ systemClockOffset: -3_600_000 })
    const answer = await client.send(new GetAccountBalanceCommand({}))
    expect(answer).toMatchObject({ AvailableBalance: '10000.00', $metadata: { attempts: 2 } })
    // It has learnt the time from our Date.
    expect((await client.send(new GetAccountBalanceCommand({}))).$metadata.attempts).toBe(1)
    expect(Math.abs(client.config.systemClockOffset)).toBeLessThan(60_000)
  })

  test('with a clock that is an hour early learns the time from the refusal [case 54]', async () => {
    const client = open({ systemClockOffset: 3_600_000 })
    // This client comes back by itself only when it reads "Signature expired" [wire 3.6].
    await expect(client.send(new GetAccountBalanceCommand({}))).rejects.toThrow('Signature not yet current: ')
    expect((await client.send(new GetAccountBalanceCommand({}))).$metadata.attempts).toBe(1)
    expect(Math.abs(client.config.systemClockOffset)).toBeLessThan(60_000)
  })

  test('does not repeat what is its own fault', async () => {
    for (const HITId of ['3NONE', 'not an id']) {
      const error = await open()
        .send(new GetHITCommand({ HITId }))
        .catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ $metadata: { httpStatusCode: 400, attempts: 1 } })
    }
  })
})

describeUnless(clientsMissing(), 'boto3', () => {
  test('sees the id of the request; 40 equal calls in a row are 40 answers [wire 6, cases 43, 63]', async () => {
    const answers = (await boto3(
      server.address,
      `print(json.dumps([client.get_account_balance() for _ in range(40)], default=str))`,
    )) as { AvailableBalance: string; ResponseMetadata: { RequestId: string; HTTPStatusCode: number } }[]
    expect(answers.map(({ AvailableBalance }) => AvailableBalance)).toEqual(Array(40).fill('10000.00'))
    const ids = answers.map(({ ResponseMetadata }) => ResponseMetadata.RequestId)
    for (const id of ids) expect(id).toMatch(uuid)
    expect(new Set(ids).size).toBe(40)
  })

  test('tries three times in its standard mode, and knows the fault by its class [wire 6, cases 45, 46]', async () => {
    await order('GetAccountBalance', 'ServiceFault', 2)
    const program = `
from botocore.config import Config
client = boto3.client('mturk', config=Config(retries={'mode': 'standard'}))
try:
    answer = client.get_account_balance()
    print(json.dumps(answer['ResponseMetadata']['RetryAttempts']))
except client.exceptions.ServiceFault as error:
    print(json.dumps([error.response['ResponseMetadata']['RetryAttempts'], error.response['Error']['Code'], error.response['TurkErrorCode']]))`
    expect(await boto3(server.address, program)).toBe(2)
    await order('GetAccountBalance', 'ServiceFault', 3)
    expect(await boto3(server.address, program)).toEqual([2, 'ServiceFault', 'AWS.ServiceUnavailable'])
  })

  test('creates one HIT when the answers to its first two attempts are lost [wire 3.7]', async () => {
    const before = await balanceOf(open())
    await order('CreateHIT', 'drop after commit', 2)
    const program = `
from botocore.config import Config
client = boto3.client('mturk', config=Config(retries={'mode': 'standard'}))
answer = client.create_hit(**json.loads(${JSON.stringify(JSON.stringify(aHIT()))}))
print(json.dumps(answer['ResponseMetadata']['RetryAttempts']))`
    expect(await boto3(server.address, program)).toBe(2)
    expect((Number(before) - Number(await balanceOf(open()))).toFixed(2)).toBe('0.12')
  })
})
