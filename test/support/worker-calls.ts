// What a worker's pages ask for, as his operations answer it.
import { isFault, type Fault, type FaultName } from '../../src/domain/fault.ts'
import type { ReadOperation, WorkerCaller, WriteOperation } from '../../src/operations/operation.ts'
import { SetWorkerState } from '../../src/operations/operator/SetWorkerState.ts'
import type { TestMarket, TestWorker } from './market.ts'

/** Runs an operation for the worker; a refusal is a value. */
export async function attempt<I, O, Checked>(
  { market }: TestMarket,
  { workerId }: Pick<TestWorker, 'workerId'>,
  operation: ReadOperation<WorkerCaller, I, O> | WriteOperation<WorkerCaller, I, O, Checked>,
  input: I,
): Promise<O | Fault> {
  return market.runner.run(operation, { kind: 'worker', workerId }, input)
}

/** Runs an operation for the worker, who must be allowed to. */
export async function must<I, O, Checked>(
  market: TestMarket,
  worker: Pick<TestWorker, 'workerId'>,
  operation: ReadOperation<WorkerCaller, I, O> | WriteOperation<WorkerCaller, I, O, Checked>,
  input: I,
): Promise<O> {
  const output = await attempt(market, worker, operation, input)
  if (isFault(output)) throw new Error(`${operation.name} was refused: ${output.fault}`)
  return output
}

/** Runs an operation for the worker and answers the refusal's name, or nothing. */
export async function faultOf<I, O, Checked>(
  market: TestMarket,
  worker: Pick<TestWorker, 'workerId'>,
  operation: ReadOperation<WorkerCaller, I, O> | WriteOperation<WorkerCaller, I, O, Checked>,
  input: I,
): Promise<FaultName | undefined> {
  const output = await attempt(market, worker, operation, input)
  return isFault(output) ? output.fault : undefined
}

/** Suspends the worker, or lets him work again. */
export async function suspend(
  { market }: TestMarket,
  { workerId }: Pick<TestWorker, 'workerId'>,
  suspended = true,
): Promise<void> {
  await market.runner.run(SetWorkerState, { kind: 'operator' }, { workerId, suspended })
}

/** A worker whom no market knows. */
export const nobody = { workerId: 'A00000000NOBODY' }
