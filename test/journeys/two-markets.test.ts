// Sandbox and production in one server: the Host name picks the market; people are the same, all else is apart
// [design 7, hits 9.4, 11.2, client W8, W30].
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { openBoto3, openSDK } from '../support/journey-clients.ts'
import {
  openJourney,
  openTwoMarkets,
  startOn,
  ways,
  type Journey,
  type TwoMarkets,
} from '../support/journey.ts'
import { aHIT } from '../support/market.ts'
import { postgresMissing } from '../support/postgres.ts'
import { clientsMissing } from '../support/python.ts'
import { rawCall } from '../support/raw-call.ts'
import { refused } from '../support/refusals.ts'
import { describeUnless } from '../support/shared.ts'

describe.each(ways)('two markets, $name', async ({ database, openClient }) => {
  const missing =
    (database === 'postgres' ? await postgresMissing() : undefined) ??
    (openClient === openBoto3 ? clientsMissing() : undefined)
  describeUnless(missing, 'runs', () => {
    let markets: TwoMarkets
    let production: Journey
    let sandbox: Journey
    beforeAll(async () => {
      markets = await openTwoMarkets(database, openClient)
      ;({ production, sandbox } = markets)
    })
    afterAll(() => markets?.close())

    test('one key, two balances; the sandbox’s never changes [hits 9.4, client W30]', async () => {
      const lab = await production.laboratory('1.00')
      const play = sandbox.known(lab)
      expect([await lab.balance(), await play.balance()]).toEqual(['1.00', '10000.00'])
      const hit = await play.create({ MaxAssignments: 10, Reward: '50000.00' })
      expect([await lab.balance(), await play.balance()]).toEqual(['1.00', '10000.00'])
      const worker = await sandbox.worker()
      const AssignmentId = await worker.work(hit.HITId)
      await play.call('ApproveAssignment', { AssignmentId })
      const bonus = { AssignmentId, WorkerId: worker.workerId, BonusAmount: '20000', Reason: '' }
      await play.call('SendBonus', bonus)
      expect(await play.balance()).toBe('10000.00')
      expect(await worker.earnings()).toBe('50000.00+20000.00')
      // The same worker, in the market where money is money.
      expect(await production.hand(worker.workerId).earnings()).toBe('0.00+0.00')
      await lab.refused('CreateHIT', aHIT({ Reward: '0.84' }), refused.noFunds)
      for (const market of [production, sandbox])
        expect((await market.control('ledger')).body.sum).toBe('0.00')
    })

    test('HITs and work of one market do not exist in the other; stamps tell which it is [client W8]', async () => {
      const lab = await production.laboratory('1.00')
      const play = sandbox.known(lab)
      const [real, toy] = [await lab.create(), await play.create()]
      expect(real.HITTypeId).not.toBe(toy.HITTypeId)
      await lab.refused('GetHIT', { HITId: toy.HITId }, refused.noHIT(toy.HITId))
      await play.refused('GetHIT', { HITId: real.HITId }, refused.noHIT(real.HITId))
      const worker = await production.worker()
      const AssignmentId = await worker.work(real.HITId)
      await play.refused('ApproveAssignment', { AssignmentId }, refused.noAssignment(AssignmentId))
      // The worker himself is known in both.
      await sandbox.hand(worker.workerId).work(toy.HITId)
      const judged = refused.assignmentState('Submitted')
      await lab.call('ApproveAssignment', { AssignmentId })
      await lab.refused('ApproveAssignment', { AssignmentId }, judged)
      const { Assignments } = await play.call('ListAssignmentsForHIT', { HITId: toy.HITId })
      const toyWork = { AssignmentId: Assignments![0]!.AssignmentId! }
      await play.call('RejectAssignment', { ...toyWork, RequesterFeedback: '' })
      await play.refused('ApproveAssignment', toyWork, judged)
      const block = { WorkerId: 'A0NOBODY', Reason: '' }
      await play.refused('CreateWorkerBlock', block, refused.value('WorkerId', 'A0NOBODY'))
      for (const requester of [lab, play]) expect((await requester.call('ListHITs', {})).NumResults).toBe(1)
    })

    test('the clocks are apart', async () => {
      const lab = await production.laboratory('1.00')
      const play = sandbox.known(lab)
      const [real, toy] = [await lab.create(), await play.create()]
      await sandbox.advance(86_400)
      expect(await play.state(toy.HITId)).toBe('Reviewable 0/1/0')
      expect(await lab.state(real.HITId)).toBe('Assignable 0/1/0')
    })

    test('blocks are apart, tokens too', async () => {
      const lab = await production.laboratory('1.00')
      const play = sandbox.known(lab)
      const token = { UniqueRequestToken: 't' }
      const [real, toy] = [await lab.create(token), await play.create(token)]
      const { workerId: WorkerId } = await production.worker()
      await lab.call('CreateWorkerBlock', { WorkerId, Reason: 'Copied.' })
      expect((await play.call('ListWorkerBlocks', {})).NumResults).toBe(0)
      await sandbox.hand(WorkerId).accept(toy.HITId)
      const path = `workers/${WorkerId}/accept`
      expect(await production.hand(WorkerId).refusal(path, { hitId: real.HITId })).toBe('WorkerBlocked')
    })

    test('Amazon’s own names lead to the right market, with any port [client 6]', async () => {
      const { key } = await production.laboratory('1.00')
      const balanceAt = async (host: string) => {
        const answer = await rawCall(production.address, key, 'GetAccountBalance', '{}', {
          headers: { host },
        })
        return answer.text
      }
      for (const port of ['', ':443']) {
        expect(await balanceAt(`mturk-requester.us-east-1.amazonaws.com${port}`)).toBe(
          '{"AvailableBalance":"1.00"}',
        )
        expect(await balanceAt(`mturk-requester-sandbox.us-east-1.amazonaws.com${port}`)).toBe(
          '{"AvailableBalance":"10000.00"}',
        )
      }
    })

    test('an account that is not linked is sent to the market’s own site, without a stamp [hits 11.5 #13]', async () => {
      const lab = await production.laboratory()
      await production.control(`requesters/${lab.requesterId}`, { linked: false })
      for (const [address, site] of [
        [production.address, 'requester'],
        [sandbox.address, 'requestersandbox'],
      ] as const) {
        const { json } = await rawCall(address, lab.key, 'GetAccountBalance', '{}')
        expect(json).toEqual({
          __type: 'RequestError',
          Message:
            'To use the MTurk API, you will need an Amazon Web Services (AWS) Account. Your AWS account must be ' +
            `linked to your Amazon Mechanical Turk Account. Visit https://${site}.mturk.com/developer to get started.`,
          TurkErrorCode: 'AWS.AccountNotLinked',
        })
      }
    })

    test('a sandbox worker’s frame leads back to the sandbox [client 5]', async () => {
      for (const market of [production, sandbox]) {
        const lab = await market.laboratory()
        const { HITId } = await lab.create()
        const worker = await market.worker()
        const { body } = await market.control(`workers/${worker.workerId}/accept`, { hitId: HITId })
        const parameters = new URL(String(body.frameUrl)).searchParams
        expect(new URL(parameters.get('turkSubmitTo')!).origin).toBe(market.address)
        expect(body.frameUrl).toContain(`turkSubmitTo=${encodeURIComponent(market.address)}`)
        expect(parameters.get('turkSubmitTo')).not.toMatch(/\/$/)
        expect([...parameters.keys()]).toEqual(['assignmentId', 'hitId', 'workerId', 'turkSubmitTo'])
      }
    })
  })
})

test('a server that has only the sandbox is the sandbox under every name', async () => {
  const server = await startOn('sqlite', { KEMPELEN_ENVIRONMENTS: 'sandbox' })
  const sandbox = await openJourney(server.address, openSDK, 'sandbox')
  const lab = await sandbox.laboratory('5.00')
  expect(await lab.balance()).toBe('10000.00')
  await lab.refused('GetHIT', { HITId: 'ABC' }, refused.noHIT('ABC'))
  await sandbox.close()
  await server.stop()
})

test.each(['127.0.0.1', 'localhost', 'turk.localhost'])(
  'demo mode starts under every name of this machine: %s [design 2]',
  async (name) => {
    const port = await freePort()
    const variables = { PORT: String(port), KEMPELEN_PUBLIC_URL: `http://${name}:${port}` }
    const server = await startOn('sqlite', variables)
    const groups = await fetch(`${server.address}/_control/workers/ADEMOWORKER001/groups`)
    expect(await groups.json()).toHaveLength(5)
    await server.stop()
  },
)

test('the sandbox has a name of its own without a setting, on a port that the system chose too [design 7]', async () => {
  const server = await startOn('sqlite', { KEMPELEN_ENVIRONMENTS: 'production,sandbox' })
  const production = await openJourney(server.address)
  const { key } = await production.laboratory('1.00')
  const { port } = new URL(server.address)
  for (const [name, balance] of [
    ['localhost', '1.00'],
    ['sandbox.localhost', '10000.00'],
    ['workersandbox.localhost', '10000.00'],
    ['something.localhost', '1.00'],
  ] as const) {
    const headers = { host: `${name}:${port}` }
    const { text } = await rawCall(server.address, key, 'GetAccountBalance', '{}', { headers })
    expect([name, text]).toEqual([name, `{"AvailableBalance":"${balance}"}`])
  }
  await production.close()
  await server.stop()
})
