// A market: one environment with its store, clock, runner and timers, as one value. No module knows "the" market.
import type { TurnableClock, Clock } from './clock.ts'
import { isFault, type Fault } from './domain/fault.ts'
import { fileAddress, fileSubject } from './domain/file-link.ts'
import type { MarketSettings } from './domain/market-settings.ts'
import type { FileStore } from './files/file-store.ts'
import { memoryFiles } from './files/memory.ts'
import type { Ids } from './ids.ts'
import { server } from './limits.ts'
import type { Log } from './log.ts'
import { createSender, type Sender } from './notify/sender.ts'
import type { Transports } from './notify/transport.ts'
import type { AnswerServices, ReadOperation, RequesterCaller } from './operations/operation.ts'
import { requesterOperations } from './operations/requester/index.ts'
import { createRunner, type Runner } from './operations/run.ts'
import { alertSearches } from './operations/system/alert-searches.ts'
import { GroupKeeper } from './operations/worker/groups/group-keeper.ts'
import { createGroupList, type GroupList } from './operations/worker/groups/group-list.ts'
import type { Secrets } from './secrets.ts'
import type { Store } from './store/store.ts'
import { createTimers, type Timers } from './timers/timers.ts'
import type { CORSOrigins } from './wire/cors.ts'
import { createEndpoint, type Call, type Endpoint, type Executed } from './wire/endpoint.ts'
import { FaultPlan } from './wire/fault-plan.ts'
import { createKeyFinder } from './wire/key-finder.ts'

const dayLength = 86_400_000

export interface Market {
  settings: MarketSettings
  store: Store
  clock: TurnableClock
  wallClock: Clock
  ids: Ids
  secrets: Secrets
  runner: Runner
  /** The list of HIT groups, for each worker. */
  listGroups: GroupList
  /** Keeps the figures of groups and requesters that lists show. */
  groupKeeper: GroupKeeper
  timers: Timers
  /** Sends what is in the outbox. */
  sender: Sender
  /** The bytes of files that workers sent. */
  files: FileStore
  /** The Requester API of this market. */
  api: Endpoint
  /** Faults that tests have ordered for coming calls. */
  faults: FaultPlan
}

export interface MarketDependencies {
  settings: MarketSettings
  store: Store
  clock: TurnableClock
  wallClock: Clock
  ids: Ids
  secrets: Secrets
  /** Origins of browsers that may call the API, `*` for all. */
  corsOrigins: CORSOrigins
  /** The ways by which events leave. */
  transports: Transports
  /** Where the files of workers lie; in memory when nothing is said. */
  files?: FileStore
  /** The address under which people reach the market, without a slash at its end. */
  publicURL?: () => string
  log: Pick<Log, 'error' | 'call'>
}

/** Puts a market together. Its timers are not started. */
export function createMarket(dependencies: MarketDependencies): Market {
  const { settings, store, clock, wallClock, ids, secrets, log } = dependencies
  const runner = createRunner({
    store,
    clock,
    wallClock,
    settings,
    touched: (touches) => groupKeeper.note(touches),
  })
  const groupKeeper = new GroupKeeper({
    runner,
    clock,
    wallClock,
    isShared: store.runsBesideEachOther,
    failed: (error) => log.error(error, 'groups could not be counted; it is tried again'),
  })
  const files = dependencies.files ?? memoryFiles()
  const timers = createTimers({
    runner,
    clock,
    wallClock,
    retention: settings.retentionDays === undefined ? undefined : settings.retentionDays * dayLength,
    removeFile: (key) => files.remove(key),
    alertSearches: () =>
      alertSearches({
        runner,
        groupKeeper,
        sign: (subject) => secrets.sign(subject),
        publicURL: () => dependencies.publicURL?.() ?? '',
      }),
    groupKeeper,
    failed: (error) => log.error(error, 'due work could not be carried out; it is tried again'),
  })
  const sender = createSender({
    runner,
    wallClock,
    ids,
    transports: dependencies.transports,
    failed: (error) => log.error(error, 'the outbox could not be worked on; it is tried again'),
  })
  const services: AnswerServices = {
    attempt: (messageId) => sender.attempt(messageId),
    fileAddress: (assignmentId, identifier) => signFile(dependencies, assignmentId, identifier),
  }
  const faults = new FaultPlan()
  const findKey = createKeyFinder(runner, secrets)
  const api = createEndpoint({
    environment: settings.environment,
    marketClock: clock,
    wallClock,
    requestId: () => ids.request(),
    findKey,
    corsOrigins: dependencies.corsOrigins,
    execute: (call) => execute(runner, services, call),
    log: (event) => log.call(event),
    nextFault: (operation) => faults.next(operation),
  })
  const listGroups = createGroupList(runner, groupKeeper)
  const parts = { settings, store, clock, wallClock, ids, secrets, files }
  return { ...parts, runner, listGroups, groupKeeper, timers, sender, api, faults }
}

/** Runs a requester's call. */
async function execute(runner: Runner, services: AnswerServices, call: Call): Promise<Executed | Fault> {
  // The endpoint has decoded and checked the input against the model of this very operation.
  const operation = requesterOperations[call.operation] as ReadOperation<RequesterCaller, unknown, object>
  const caller: RequesterCaller = { kind: 'requester', requesterId: call.requesterId }
  const output = await runner.run(operation, caller, call.input, { retryKey: call.retry?.key })
  if (isFault(output)) return output
  const answer = operation.answer ? await operation.answer(services, call.input, output) : output
  if (isFault(answer)) return answer
  const ignored = (await operation.ignored?.(call.input)) ?? []
  return { output: answer, ...(ignored.length > 0 && { ignored }) }
}

/** Signs the address of a worker's file; it dies after a minute [hits 7.5]. */
function signFile(
  { wallClock, secrets, publicURL }: MarketDependencies,
  assignmentId: string,
  identifier: string,
): string {
  const expires = Math.floor((wallClock.now() + server.fileLinkLifetime) / 1000)
  const link = { assignmentId, identifier, expires }
  return fileAddress(publicURL?.() ?? '', link, secrets.sign(fileSubject(link)))
}
