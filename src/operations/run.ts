// The only place that opens a transaction. It fixes the time, answers an SDK's repetition with the first answer,
// runs the operation, writes the audit row, commits, and runs the whole again when the database or overdue work
// asks for it: a bounded number of times.
import type { Clock } from '../clock.ts'
import { isFault, type Fault } from '../domain/fault.ts'
import type { MarketSettings } from '../domain/market-settings.ts'
import { server } from '../limits.ts'
import * as answeredCalls from '../store/answered-calls.ts'
import * as audit from '../store/audit.ts'
import { listOverdueOfRequester } from '../store/due.ts'
import type { Store } from '../store/store.ts'
import type { Touches } from '../store/touches.ts'
import type { Write } from '../store/tx.ts'
import {
  callerName,
  type Caller,
  type CheckedReadOperation,
  type ReadOperation,
  type WriteOperation,
} from './operation.ts'
import { carryOutDueOfHIT } from './system/carry-out-due.ts'

export interface RunOptions {
  /** Key under which the answer is kept for a repetition of the same call [wire 3.7]. */
  retryKey?: string | undefined
  /** The market's time for this run when it is not now: the moment at which something fell due. */
  at?: number
}

type Operation<C extends Caller, I, O, Checked> =
  ReadOperation<C, I, O> | CheckedReadOperation<C, I, O, Checked> | WriteOperation<C, I, O, Checked>

export interface Runner {
  /**
   * How many pieces of due work one transaction carries out. Where transactions run beside each other it is one: rows
   * are locked in the order HIT, worker, requester, which nobody keeps who goes on to the next HIT.
   */
  readonly dueAtOnce: number
  /** Runs an operation; a refusal is a value, and then nothing has changed. Throws only bugs and lost databases. */
  run<C extends Caller, I, O, Checked>(
    operation: Operation<C, I, O, Checked>,
    caller: C,
    input: I,
    options?: RunOptions,
  ): Promise<O | Fault>
}

export interface RunnerDependencies {
  store: Store
  /** The market's clock. */
  clock: Clock
  wallClock: Clock
  settings: MarketSettings
  /** Hears after each commit what the transaction touched. */
  touched?(touches: Touches): void
}

/** Builds the runner of one market. */
export function createRunner(dependencies: RunnerDependencies): Runner {
  const { store, clock, wallClock, settings } = dependencies
  const touched = (touches: Touches) => dependencies.touched?.(touches)

  async function once<C extends Caller, I, O, Checked>(
    operation: Operation<C, I, O, Checked>,
    caller: C,
    input: I,
    checked: Checked | undefined,
    options: RunOptions,
  ): Promise<O | Fault> {
    const now = options.at ?? clock.now()
    if (operation.mode === 'read')
      return store.read(now, (tx) =>
        'check' in operation
          ? operation.perform(tx, caller, checked as Checked)
          : operation.perform(tx, caller, input),
      )
    const { retryKey } = options
    let touches: Touches | undefined
    const work = async (tx: Write): Promise<O | Fault> => {
      ;({ touches } = tx)
      if (retryKey !== undefined) {
        const first = await answeredCalls.find(tx, retryKey, wallClock.now())
        if (first !== undefined) return first as O
      }
      const output = await operation.perform(tx, caller, checked as Checked)
      if (isFault(output)) return output
      if (operation.isBookkeeping !== true)
        await audit.add(tx, callerName(caller), operation.name, operation.subject(caller, input, output))
      if (retryKey !== undefined) await answeredCalls.add(tx, retryKey, output, wallClock.now())
      return output
    }
    try {
      return await store.write(now, work, {
        keep: (result) => !isFault(result),
        background: caller.kind === 'system',
      })
    } finally {
      // Also when nobody knows whether the commit took place: to count anew does no harm.
      if (touches !== undefined) touched(touches)
    }
  }

  const runner: Runner = {
    dueAtOnce: store.runsBesideEachOther ? 1 : server.systemBatch,
    async run(operation, caller, input, options = {}) {
      const checked = 'check' in operation ? await operation.check(input, settings) : undefined
      if (isFault(checked)) return checked
      for (let attempt = 1; ; attempt++) {
        try {
          const output = await once(operation, caller, input, checked, options)
          const overdue = await overdueBehind(dependencies, output, caller)
          if (overdue === undefined) return output
          if (attempt >= server.attempts)
            return isFault(output) && output.fault === 'InsufficientFunds' ? output : { fault: 'Busy' }
          for (const hitId of overdue) await carryOutDueOfHIT(runner, hitId)
        } catch (error) {
          if (attempt >= server.attempts || !store.isRetryable(error)) throw error
        }
      }
    },
  }
  return runner
}

// Money that a HIT's expiry gives back is the requester's from that moment on: what is late is looked for before he
// is told that he has too little.
async function overdueBehind(
  { store, clock }: RunnerDependencies,
  output: unknown,
  caller: Caller,
): Promise<readonly string[] | undefined> {
  if (!isFault(output)) return undefined
  if (output.fault === 'Busy') return output.overdue
  if (output.fault !== 'InsufficientFunds' || caller.kind !== 'requester') return undefined
  const late = await store.read(clock.now(), (tx) =>
    listOverdueOfRequester(tx, caller.requesterId, server.systemBatch),
  )
  return late.length > 0 ? late : undefined
}
