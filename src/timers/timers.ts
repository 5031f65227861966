// Finds what is due and has the system operations carry it out, once a second and whenever the clock is turned. It
// holds no state: what is due stands in the tables, so a restart or a second process loses and repeats nothing.
import type { Clock } from '../clock.ts'
import { server } from '../limits.ts'
import { carryOutDue, type Failures } from '../operations/system/carry-out-due.ts'
import { forgetOld } from '../operations/system/ForgetOld.ts'
import type { Runner } from '../operations/run.ts'

export interface Timers {
  start(): void
  /**
   * Carries out everything that is due now, and what becomes due by that. What fails does not stop the rest; it is
   * thrown at the end.
   */
  catchUp(): Promise<void>
  /** Waits for what is under way, and begins nothing more. */
  stop(): Promise<void>
}

export interface TimersDependencies {
  runner: Runner
  clock: Clock
  wallClock: Clock
  failed(error: unknown): void
}

/** Builds the timers of one market. */
export function createTimers({ runner, clock, wallClock, failed }: TimersDependencies): Timers {
  let timeout: NodeJS.Timeout | undefined
  let underWay: Promise<void> = Promise.resolve()
  let stopped = false
  let cleanAt = wallClock.now() + server.cleaningInterval

  async function untilNothingIsDue(): Promise<void> {
    const failures: Failures = new Map()
    while (!stopped && (await carryOutDue(runner, clock.now(), failures)) > 0);
    const [first] = failures.values()
    if (failures.size === 1) throw first
    if (failures.size > 1) throw new Error(`due work of ${failures.size} HITs failed`, { cause: first })
  }

  async function cleanNowAndThen(): Promise<void> {
    if (stopped || wallClock.now() < cleanAt) return
    cleanAt = wallClock.now() + server.cleaningInterval
    await forgetOld(runner, wallClock.now())
  }

  function tick(): void {
    underWay = untilNothingIsDue()
      .catch(failed)
      .then(cleanNowAndThen)
      .catch(failed)
      .finally(() => {
        if (!stopped) timeout = setTimeout(tick, server.timerInterval)
      })
  }

  return {
    start: tick,
    catchUp: untilNothingIsDue,
    async stop() {
      stopped = true
      clearTimeout(timeout)
      await underWay
    },
  }
}
