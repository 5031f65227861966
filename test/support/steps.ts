// Steps that tests of operations take again and again, and short looks at what came of them.
import { expect } from 'vitest'
import type { OperationInput, OperationName } from '../../src/model/operations.ts'
import type * as model from '../../src/model/shapes.ts'
import { find as findAccount, type WorkerAccount } from '../../src/store/worker-accounts.ts'
import { aHIT, type TestClient, type TestMarket, type TestWorker } from './market.ts'

/** A HIT as it is shown, with all that every HIT has. */
export type ShownHIT = model.HIT &
  Required<Pick<model.HIT, 'HITId' | 'HITTypeId' | 'HITGroupId' | 'Expiration' | 'CreationTime'>> & {
    HITId: string
    HITTypeId: string
    HITGroupId: string
    Expiration: number
    CreationTime: number
  }

/** Makes a HIT as `aHIT` describes it. */
export async function createHIT(
  client: TestClient,
  changes: Partial<OperationInput<'CreateHIT'>> = {},
): Promise<ShownHIT> {
  return (await client.call('CreateHIT', aHIT(changes))).HIT as ShownHIT
}

export async function showHIT(client: TestClient, hitId: string): Promise<ShownHIT> {
  return (await client.call('GetHIT', { HITId: hitId })).HIT as ShownHIT
}

/** State and counters of a HIT in one line: `Assignable 1/2/0` is pending 1, available 2, completed 0. */
export async function stateOf(client: TestClient, hitId: string): Promise<string> {
  const hit = await showHIT(client, hitId)
  const { NumberOfAssignmentsPending, NumberOfAssignmentsAvailable, NumberOfAssignmentsCompleted } = hit
  return (
    `${hit.HITStatus} ` +
    `${NumberOfAssignmentsPending}/${NumberOfAssignmentsAvailable}/${NumberOfAssignmentsCompleted}`
  )
}

export async function balanceOf(client: TestClient): Promise<string> {
  return (await client.call('GetAccountBalance', {})).AvailableBalance!
}

/** A worker's money and counters. */
export async function earningsOf({ market, clock }: TestMarket, workerId: string): Promise<WorkerAccount> {
  return market.store.read(clock.now(), (tx) => findAccount(tx, workerId))
}

export async function statusOf(client: TestClient, assignmentId: string): Promise<string> {
  const { Assignment } = await client.call('GetAssignment', { AssignmentId: assignmentId })
  return Assignment!.AssignmentStatus!
}

/** Accepts the HIT for the worker, who must be allowed to; answers the assignment's id. */
export async function accept(worker: TestWorker, hit: { HITId: string }): Promise<string> {
  const assignmentId = await worker.accept({ hitId: hit.HITId })
  if (!assignmentId.startsWith('3')) throw new Error(`the worker could not accept: ${assignmentId}`)
  return assignmentId
}

/** Accepts and submits; answers the assignment's id. */
export async function work(worker: TestWorker, hit: { HITId: string }): Promise<string> {
  const assignmentId = await accept(worker, hit)
  expect(await worker.submit(assignmentId)).toBe('')
  return assignmentId
}

/** A new HIT with one assignment that a new worker submitted. */
export async function submitted(
  market: TestMarket,
  client: TestClient,
  changes: Partial<OperationInput<'CreateHIT'>> = {},
): Promise<{ hit: ShownHIT; worker: TestWorker; assignmentId: string }> {
  const hit = await createHIT(client, changes)
  const worker = await market.worker()
  return { hit, worker, assignmentId: await work(worker, hit) }
}

/** Ends a HIT's lifetime now. */
export async function expireNow(client: TestClient, hitId: string): Promise<void> {
  await client.call('UpdateExpirationForHIT', { HITId: hitId, ExpireAt: 0 })
}

/** Makes the same call ten times at once; answers how many succeeded, and the codes of the refusals. */
export async function tenAtOnce(
  client: TestClient,
  operation: OperationName,
  input: object,
): Promise<{ successes: number; codes: string[] }> {
  const body = JSON.stringify(input)
  const answers = await Promise.all(Array.from({ length: 10 }, () => client.send(operation, body)))
  const refusals = answers.filter(({ status }) => status !== 200)
  const codes = new Set(
    refusals.map(({ text }) => (JSON.parse(text) as Record<string, string>).TurkErrorCode!),
  )
  return { successes: answers.length - refusals.length, codes: [...codes] }
}
