// Demo mode's people and HITs: what a newcomer finds after `npm start`, and what `POST /_control/reset` brings back.
import { isFault, type Fault } from '../domain/fault.ts'
import { cents, parseDollars } from '../domain/money.ts'
import { demoQuestions } from './questions.ts'
import type { Market } from '../market.ts'
import type { OperatorCaller, RequesterCaller } from '../operations/operation.ts'
import { CreateAccessKey } from '../operations/operator/CreateAccessKey.ts'
import { CreateRequester } from '../operations/operator/CreateRequester.ts'
import { CreateWorker } from '../operations/operator/CreateWorker.ts'
import { Deposit } from '../operations/operator/Deposit.ts'
import { FindFact, PutFact } from '../operations/operator/Facts.ts'
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

const operator: OperatorCaller = { kind: 'operator' }

/** Makes the demo people and HITs unless they are there. `externalTask` is the address of the sample external page. */
export async function seedDemo(markets: readonly Market[], externalTask: string): Promise<void> {
  const first = markets[0]
  if (first === undefined) return
  const { value } = must(await first.runner.run(FindFact, operator, { name: 'demo people' }))
  if (value === undefined) {
    await makePeople(first)
    for (const market of markets) await makeMoneyAndHITs(market, externalTask)
  }
  must(await first.runner.run(PutFact, operator, { name: 'demo people', value: 'made' }))
  must(await first.runner.run(PutFact, operator, { name: 'made for', value: 'tests' }))
}

function must<T>(value: T | Fault): T {
  if (isFault(value)) throw new Error(`the demo could not be made: ${value.fault}`)
  return value
}

async function makePeople({ runner, secrets }: Market): Promise<void> {
  const password = await hashPassword(demo.password)
  const { requesterId } = demo
  must(
    await runner.run(CreateRequester, operator, {
      requesterId,
      name: 'Demo Laboratory',
      email: demo.requesterEmail,
      password,
    }),
  )
  const secret = secrets.encrypt(demo.secretAccessKey)
  must(await runner.run(CreateAccessKey, operator, { requesterId, accessKeyId: demo.accessKeyId, secret }))
  const worker = {
    workerId: demo.workerId,
    name: 'Demo Worker',
    email: demo.workerEmail,
    password,
    country: 'US',
  }
  must(await runner.run(CreateWorker, operator, worker))
}

async function makeMoneyAndHITs({ runner, settings }: Market, externalTask: string): Promise<void> {
  const { requesterId } = demo
  // The sample page has no certificate: where an ExternalQuestion must be https its HIT is left out.
  const questions = demoQuestions(settings.questions.allowHTTP ? externalTask : undefined)
  // The sample HITs are paid for on top, so that the balance is the round sum that the documentation names.
  const cost = cents(questions.length * 30)
  must(await runner.run(Deposit, operator, { requesterId, amount: parseDollars(demo.balance)! }))
  must(await runner.run(Deposit, operator, { requesterId, amount: cost }))
  const caller: RequesterCaller = { kind: 'requester', requesterId }
  for (const { title, description, question } of questions) {
    must(
      await runner.run(CreateHIT, caller, {
        Title: title,
        Description: description,
        Keywords: 'demo, sample',
        Reward: '0.05',
        MaxAssignments: 5,
        AssignmentDurationInSeconds: 1800,
        LifetimeInSeconds: 31_536_000,
        Question: question,
      }),
    )
  }
}
