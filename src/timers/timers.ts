// Finds what is due and has the system operations carry it out, once a second and whenever the clock is turned. It
// holds no state: what is due stands in the tables, so a restart or a second process loses and repeats nothing.
import type { Clock } from '../clock.ts'
import { server } from '../limits.ts'
import { carryOutDue, type Failures } from '../operations/system/carry-out-due.ts'
import { eraseOld, removeErasedFiles } from '../operations/system/erase-old.ts'
import { forgetOld } from '../operations/system/ForgetOld.ts'
import { nextDueSchedule, payOnSchedule } from '../operations/system/pay-on-schedule.ts'
import type { Runner } from '../operations/run.ts'
import type { GroupKeeper } from '../operations/worker/groups/group-keeper.ts'

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
  /** Milliseconds for which answers and files of disposed HITs are kept; undefined: for ever. */
  retention: number | undefined
  /** Deletes the bytes of a worker's file. */
  removeFile(key: string): Promise<void>
  /** Tells workers of new groups that they asked to be told of, those whose turn it is. */
  alertSearches(): Promise<void>
  /** Keeps the figures of groups, beside the timers. */
  groupKeeper: Pick<GroupKeeper, 'keepUp' | 'start' | 'stop'>
  failed(error: unknown): void
}

/** Builds the timers of one market. */
export function createTimers(dependencies: TimersDependencies): Timers {
  const { runner, clock, wallClock, retention, removeFile, alertSearches, groupKeeper, failed } = dependencies
  let timeout: NodeJS.Timeout | undefined
  let underWay: Promise<void> = Promise.resolve()
  let stopped = false
  let cleanAt = wallClock.now() + server.cleaningInterval

  async function untilNothingIsDue(): Promise<void> {
    const failures: Failures = new Map()
    // A worker is paid on schedule what he had at that time, so what was due before comes before.
    while (!stopped) {
      const schedule = await nextDueSchedule(runner, clock.now(), failures)
      const until = schedule?.at ?? clock.now()
      while (!stopped && (await carryOutDue(runner, until, failures)) > 0);
      if (stopped || schedule === undefined) break
      await payOnSchedule(runner, schedule, failures)
    }
    await eraseWhatIsOld()
    const [first] = failures.values()
    if (failures.size === 1) throw first
    if (failures.size > 1) throw new Error(`${failures.size} pieces of due work failed`, { cause: first })
  }

  async function eraseWhatIsOld(): Promise<void> {
    if (stopped || retention === undefined) return
    if (await eraseOld(runner, clock.now() - retention)) await removeFiles()
  }

  // Files far away may be out of reach for a while: that holds nothing else up.
  const removeFiles = () => removeErasedFiles(runner, removeFile).catch(failed)

  async function cleanNowAndThen(): Promise<void> {
    if (stopped || wallClock.now() < cleanAt) return
    cleanAt = wallClock.now() + server.cleaningInterval
    await forgetOld(runner, wallClock.now())
    await removeFiles()
  }

  function tick(): void {
    underWay = untilNothingIsDue()
      .catch(failed)
      .then(() => (stopped ? undefined : alertSearches()))
      .catch(failed)
      .then(cleanNowAndThen)
      .catch(failed)
      .finally(() => {
        if (!stopped) timeout = setTimeout(tick, server.timerInterval)
      })
  }

  return {
    start() {
      tick()
      groupKeeper.start()
    },
    async catchUp() {
      try {
        await untilNothingIsDue()
      } finally {
        await groupKeeper.keepUp()
      }
      await alertSearches()
    },
    async stop() {
      stopped = true
      clearTimeout(timeout)
      await Promise.all([underWay, groupKeeper.stop()])
    },
  }
}
