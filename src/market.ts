// A market: one environment with its store, clock, runner and timers, as one value. No module knows "the" market.
import type { TurnableClock, Clock } from './clock.ts'
import { isFault, type Fault } from './domain/fault.ts'
import { fileAddress, fileSubject } from './domain/file-link.ts'
import type { MarketSettings } from './domain/market-settings.ts'
import { memoryFiles, type FileStore } from './file-store.ts'
import type { Ids } from './ids.ts'
import { server } from './limits.ts'
import type { Log } from './log.ts'
import { createSender, type Sender } from './notify/sender.ts'
import type { Transports } from './notify/transport.ts'
import { requesterOperations } from './operations/requester/index.ts'
import { createRunner, type Runner } from './operations/run.ts'
import { createGroupList, type GroupList } from './operations/worker/group-list.ts'
import type { Secrets } from './secrets.ts'
import type { Store } from './store/store.ts'
import { createTimers, type Timers } from './timers/timers.ts'
import type { CORSOrigins } from './wire/cors.ts'
import { createEndpoint, type Call, type Endpoint } from './wire/endpoint.ts'
import { FaultPlan } from './wire/fault-plan.ts'
import { createKeyFinder } from './wire/key-finder.ts'

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
  const runner = createRunner({ store, clock, wallClock, settings })
  const timers = createTimers({
    runner,
    clock,
    wallClock,
    failed: (error) => log.error(error, 'due work could not be carried out; it is tried again'),
  })
  const sender = createSender({
    runner,
    wallClock,
    ids,
    transports: dependencies.transports,
    failed: (error) => log.error(error, 'the outbox could not be worked on; it is tried again'),
  })
  const faults = new FaultPlan()
  const findKey = createKeyFinder(runner, secrets)
  const api = createEndpoint({
    environment: settings.environment,
    marketClock: clock,
    wallClock,
    requestId: () => ids.request(),
    findKey,
    corsOrigins: dependencies.corsOrigins,
    execute: async (call) => {
      const answer = await execute(runner, sender, call)
      return call.operation === 'GetFileUploadURL' && !isFault(answer) ? signFile(dependencies, call) : answer
    },
    log: (event) => log.call(event),
    nextFault: (operation) => faults.next(operation),
  })
  const listGroups = createGroupList(runner, clock, wallClock)
  const files = dependencies.files ?? memoryFiles()
  const parts = { settings, store, clock, wallClock, ids, secrets, files }
  return { ...parts, runner, listGroups, timers, sender, api, faults }
}

/** Runs a requester's call. */
async function execute(runner: Runner, sender: Sender, call: Call): Promise<{ output: unknown } | Fault> {
  const operation = requesterOperations[call.operation] as typeof requesterOperations.GetHIT
  const caller = { kind: 'requester', requesterId: call.requesterId } as const
  // The endpoint has decoded and checked the input against the model of this very operation.
  const output = await runner.run(operation, caller, call.input as { HITId: string }, {
    retryKey: call.retry?.key,
  })
  if (isFault(output)) return output
  if ('messageId' in output) {
    const refusal = await sendTest(sender, call, output.messageId as string)
    if (refusal) return refusal
  }
  return { output }
}

/** The address of a file that was found; it dies after a minute [hits 7.5]. */
function signFile(
  { wallClock, secrets, publicURL }: MarketDependencies,
  { input }: Call,
): { output: { FileUploadURL: string } } {
  const { AssignmentId: assignmentId, QuestionIdentifier: identifier } = input as Record<string, string>
  const expires = Math.floor((wallClock.now() + server.fileLinkLifetime) / 1000)
  const link = { assignmentId: assignmentId!, identifier: identifier!, expires }
  const signature = secrets.sign(fileSubject(link))
  return { output: { FileUploadURL: fileAddress(publicURL?.() ?? '', link, signature) } }
}

/** A test event is sent before its caller is answered: he wants to know whether it arrives [notifications 3]. */
async function sendTest(sender: Sender, call: Call, messageId: string): Promise<Fault | undefined> {
  const reason = await sender.attempt(messageId)
  if (reason === undefined) return undefined
  const { Notification } = call.input as { Notification: { Destination: string } }
  return { fault: 'InvalidTransportEndpoint', destination: Notification.Destination, reason }
}
