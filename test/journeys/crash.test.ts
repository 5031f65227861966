// What was answered is there after `kill -9`; what was committed but not answered is done once, because an SDK's
// repetition gets the first answer [wire 3.7, design 4].
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateHITCommand, GetHITCommand, MTurkClient } from '@aws-sdk/client-mturk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProcess } from '../support/built-program.ts'
import { freePort } from '../support/free-port.ts'
import { aHIT } from '../support/market.ts'
import { boto3, clientsMissing } from '../support/python.ts'
import { control, startDemo, type TestServer } from '../support/server.ts'
import { describeUnless } from '../support/shared.ts'

const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
}

test('kill -9 while calls are under way loses nothing that was answered [design 4]', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kempelen-crash-'))
  const port = await freePort()
  const endpoint = `http://127.0.0.1:${port}`
  const client = new MTurkClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 })
  const first = await startProcess(port, folder)
  const answered: string[] = []
  const lanes = Array.from({ length: 16 }, async () => {
    for (;;) {
      const { HIT } = await client.send(new CreateHITCommand(aHIT() as never))
      answered.push(HIT!.HITId!)
      if (answered.length === 60) first.kill('SIGKILL')
    }
  })
  await Promise.allSettled(lanes)
  expect(answered.length).toBeGreaterThanOrEqual(60)

  const second = await startProcess(port, folder)
  for (const HITId of answered) {
    expect((await client.send(new GetHITCommand({ HITId }))).HIT?.HITId).toBe(HITId)
  }
  expect((await control(endpoint, 'ledger')).body.sum).toBe('0.00')
  second.kill('SIGTERM')
  const code = await new Promise((resolve) => second.once('exit', resolve))
  expect(code).toBe(0)
  rmSync(folder, { recursive: true, force: true })
})

describeUnless(clientsMissing(), 'boto3 with retries, the answer lost after the commit [wire 3.7]', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startDemo()
  })
  afterAll(() => server.stop())

  test('CreateHIT makes one HIT, SendBonus pays once', async () => {
    const drop = (operation: string) =>
      control(server.address, 'faults', { operation, times: 1, fault: 'drop after commit' })
    await drop('CreateHIT')
    const made = (await boto3(
      server.address,
      `
before = len(client.list_hits(MaxResults=100)['HITs'])
hit = client.create_hit(LifetimeInSeconds=600, AssignmentDurationInSeconds=60, Reward='1.00', Title='Once',
  Description='Once', Question='''${aHIT().Question}''')['HIT']
after = client.list_hits(MaxResults=100)['HITs']
print(json.dumps({'more': len(after) - before, 'id': hit['HITId'], 'newest': after[0]['HITId'],
  'balance': client.get_account_balance()['AvailableBalance']}))`,
    )) as Record<string, unknown>
    expect(made).toMatchObject({ more: 1, newest: made.id, balance: '9998.80' })

    const { body } = await control(server.address, 'workers/ADEMOWORKER001/accept', { hitId: made.id })
    await control(server.address, `assignments/${String(body.assignmentId)}/submit`, { answers: { a: 'b' } })
    await drop('SendBonus')
    const paid = (await boto3(
      server.address,
      `
client.send_bonus(WorkerId='ADEMOWORKER001', BonusAmount='2.00', AssignmentId='${String(body.assignmentId)}', Reason='')
print(json.dumps([client.get_account_balance()['AvailableBalance'],
  client.list_bonus_payments(AssignmentId='${String(body.assignmentId)}')['NumResults']]))`,
    )) as unknown[]
    expect(paid).toEqual(['9996.40', 1])
    expect((await control(server.address, 'ledger')).body.sum).toBe('0.00')
  })

  test('an injected ServiceFault is retried, and succeeds', async () => {
    await control(server.address, 'faults', {
      operation: 'GetAccountBalance',
      times: 2,
      fault: 'ServiceFault',
    })
    expect(
      await boto3(server.address, `print(json.dumps(client.get_account_balance()['AvailableBalance']))`),
    ).toBe('9996.40')
  })
})
