// Demo mode's people and HITs: what a newcomer finds after `npm start`, and what `POST /_control/reset` brings back.
import { isFault, type Fault, type FaultName } from '../domain/fault.ts'
import { cents, parseDollars } from '../domain/money.ts'
import { demoQuestions } from './questions.ts'
import type { Market } from '../market.ts'
import { operator, type RequesterCaller } from '../operations/operation.ts'
import { CreateAccessKey } from '../operations/operator/CreateAccessKey.ts'
import { CreateRequester } from '../operations/operator/CreateRequester.ts'
import { CreateWorker } from '../operations/operator/CreateWorker.ts'
import { Deposit } from '../operations/operator/Deposit.ts'
import { FindFact, PutFact } from '../operations/operator/Facts.ts'
import { FindWorker } from '../operations/operator/FindWorker.ts'
import { GetLedger } from '../operations/operator/GetLedger.ts'
import { CreateHIT } from '../operations/requester/CreateHIT.ts'
import { hashPassword } from '../secrets.ts'

/** The demo requester and worker: known to everybody, so demo mode listens on this machine only. */
export const demo = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  requesterId: 'ADEMOREQUESTER',
  requesterEmail: 'requester@example.com',
  workerId: 'ADEMOWORKER001',
  workerEmail: 'worker@example.com',
  password: 'demo',
  balance: '10000.00',
} as const

/**
 * Makes the demo people and HITs unless they are there, or what is missing of them when an earlier start was cut off
 * in the middle. `externalTask` is the address of the sample external page.
 */
export async function seedDemo(markets: readonly Market[], externalTask: string): Promise<void> {
  const first = markets[0]
  if (first === undefined) return
  const { value } = must(await first.runner.run(FindFact, operator, { name: 'demo people' }))
  if (value === undefined) await refuseStrangers(first)
  // Before anything is made: `serve` must refuse a database with a part of the demo as well.
  must(await first.runner.run(PutFact, operator, { name: 'made for', value: 'tests' }))
  if (value === 'made') return
  must(await first.runner.run(PutFact, operator, { name: 'demo people', value: 'begun' }))
  const isThere = (fault: FaultName) =>
    value === 'begun' && (fault === 'AlreadyExists' || fault === 'HitAlreadyExists')
  await makePeople(first, isThere)
  for (const market of markets) await makeMoneyAndHITs(market, externalTask, isThere)
  must(await first.runner.run(PutFact, operator, { name: 'demo people', value: 'made' }))
}

/** An adopted database keeps the demo's people, without keys: it is in real use and must not be marked as a test's. */
async function refuseStrangers({ runner }: Market): Promise<void> {
  const worker = await runner.run(FindWorker, operator, { workerId: demo.workerId })
  if (!isFault(worker))
    throw new Error('This database is in real use after --adopt-demo. Use another DATABASE_URL for the demo.')
}

/** Whether a fault says that an earlier start has made the thing. */
type IsThere = (fault: FaultName) => boolean

function must<T>(value: T | Fault): T {
  if (isFault(value)) throw new Error(`the demo could not be made: ${value.fault}`)
  return value
}

function mustBeThere(value: object | Fault, isThere: IsThere): void {
  if (!isFault(value) || !isThere(value.fault)) must(value)
}

async function makePeople({ runner, secrets }: Market, isThere: IsThere): Promise<void> {
  const password = await hashPassword(demo.password)
  const { requesterId } = demo
  mustBeThere(
    await runner.run(CreateRequester, operator, {
      requesterId,
      name: 'Demo Laboratory',
      email: demo.requesterEmail,
      password,
    }),
    isThere,
  )
  const secret = secrets.encrypt(demo.secretAccessKey)
  const key = { requesterId, accessKeyId: demo.accessKeyId, secret }
  mustBeThere(await runner.run(CreateAccessKey, operator, key), isThere)
  const worker = {
    workerId: demo.workerId,
    name: 'Demo Worker',
    email: demo.workerEmail,
    password,
    country: 'US',
  }
  mustBeThere(await runner.run(CreateWorker, operator, worker), isThere)
}

async function makeMoneyAndHITs(
  { runner, settings }: Market,
  externalTask: string,
  isThere: IsThere,
): Promise<void> {
  const { requesterId } = demo
  // The sample page has no certificate: where an ExternalQuestion must be https its HIT is left out.
  const questions = demoQuestions(settings.questions.allowHTTP ? externalTask : undefined)
  // The sample HITs are paid for on top, so that the balance is the round sum that the documentation names.
  const cost = cents(questions.length * 30)
  const amount = cents(parseDollars(demo.balance)! + cost)
  const { requesters } = must(await runner.run(GetLedger, operator, {}))
  if (!isThere('AlreadyExists') || !requesters.some(({ id }) => id === requesterId))
    must(await runner.run(Deposit, operator, { requesterId, amount }))
  const caller: RequesterCaller = { kind: 'requester', requesterId }
  for (const { title, description, question } of questions) {
    mustBeThere(
      await runner.run(CreateHIT, caller, {
        Title: title,
        Description: description,
        Keywords: 'demo, sample',
        Reward: '0.05',
        MaxAssignments: 5,
        AssignmentDurationInSeconds: 1800,
        LifetimeInSeconds: 31_536_000,
        Question: question,
        UniqueRequestToken: `demo: ${title}`,
      }),
      isThere,
    )
  }
}
