// A journey: a started server with a clock that the test turns, unmodified clients as requesters, and workers played
// through the control API. Nothing here reaches into the server: all goes over HTTP.
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest'
import type { OperationInput, OperationName, OperationOutput } from '../../src/model/operations.ts'
import type * as model from '../../src/model/shapes.ts'
import { freePort } from './free-port.ts'
import { openBoto3, openSDK, type JourneyClient, type Key, type OpenClient } from './journey-clients.ts'
import { aHIT, type Refusal } from './market.ts'
import { createDatabase, postgresMissing } from './postgres.ts'
import { clientsMissing } from './python.ts'
import { control, startDemo } from './server.ts'
import { describeUnless } from './shared.ts'
import type { ShownHIT } from './steps.ts'

export const day = 86_400

/** A requester with a client of his own key. */
export interface Laboratory {
  requesterId: string
  key: Key
  /** The same laboratory with another key. */
  as(key: Key): Laboratory
  /** Makes a call. Throws when it is refused. */
  call<N extends OperationName>(operation: N, input: OperationInput<N>): Promise<OperationOutput<N>>
  /** Makes a call that must be refused just so: kind, class, code, and the whole text with its stamp. */
  refused<N extends OperationName>(operation: N, input: OperationInput<N>, expected: Refusal): Promise<void>
  /** Makes a HIT as `aHIT` describes it. */
  create(changes?: Partial<OperationInput<'CreateHIT'>>): Promise<ShownHIT>
  hit(hitId: string): Promise<ShownHIT>
  /** State and counters in one line: `Assignable 1/2/0` is pending 1, available 2, completed 0. */
  state(hitId: string): Promise<string>
  assignment(assignmentId: string): Promise<model.Assignment>
  balance(): Promise<string>
  expireNow(hitId: string): Promise<void>
}

/** A worker, played through the control API. */
export interface Hand {
  workerId: string
  accept(hitId: string): Promise<string>
  /** Accepts and submits; answers the assignment's id. */
  work(hitId: string): Promise<string>
  submit(assignmentId: string, answers?: object): Promise<void>
  giveBack(assignmentId: string): Promise<void>
  /** The name of the refusal that a call of the control API gets. */
  refusal(path: string, body: object): Promise<unknown>
  /** Rewards and bonuses, as `0.10+0.00`. */
  earnings(): Promise<string>
}

export interface Journey {
  address: string
  /** The market's clock in epoch milliseconds. */
  now(): number
  /** The market's clock in whole seconds, as answers show it. */
  second(): number
  /** Turns the clock; what falls due has happened then. */
  advance(seconds: number): Promise<void>
  laboratory(balance?: string): Promise<Laboratory>
  /** A laboratory of another market of the same server: people and keys are shared. */
  known(laboratory: Laboratory): Laboratory
  worker(): Promise<Hand>
  /** A worker who is there already. */
  hand(workerId: string): Hand
  control(path: string, body?: object): Promise<{ status: number; body: Record<string, unknown> }>
  /** The state of an assignment as the control API tells it. */
  stateOf(assignmentId: string): Promise<unknown>
  close(): Promise<void>
}

/** The moment at which journeys begin; the fraction shows that answers have whole seconds, and stamps milliseconds. */
const begin = Date.UTC(2031, 6, 4, 5, 6, 7, 250)

/** Opens a journey on a server that runs; its market is the one of the name, production without one. */
export async function openJourney(
  address: string,
  openClient: OpenClient = openSDK,
  market: 'production' | 'sandbox' = 'production',
): Promise<Journey> {
  const client = openClient(address)
  let time = begin
  const turn = async (to: number): Promise<void> => {
    const { status } = await ask('clock', { set: new Date(to).toISOString() })
    expect(status).toBe(200)
    time = to
  }
  const ask: Journey['control'] = (path, body) => control(address, `${path}?environment=${market}`, body)
  await turn(begin)
  const stamp = () => (market === 'sandbox' ? ` (${time} s)` : ` (${time})`)
  return {
    address,
    control: ask,
    now: () => time,
    second: () => Math.floor(time / 1000),
    advance: (seconds) => turn(time + Math.round(seconds * 1000)),
    async laboratory(balance = '1000.00') {
      const made = await ask('requesters', { name: 'Test Laboratory', balance })
      return createLaboratory(client, made.body as unknown as Key & { requesterId: string }, stamp)
    },
    known: ({ requesterId, key }) => createLaboratory(client, { requesterId, ...key }, stamp),
    hand: (workerId) => createHand(ask, workerId),
    async worker() {
      const { body } = await ask('workers', { name: 'Test Worker' })
      return createHand(ask, String(body.workerId))
    },
    async stateOf(assignmentId) {
      return (await ask(`assignments/${assignmentId}`)).body.state
    },
    close: () => client.close(),
  }
}

function createLaboratory(
  client: JourneyClient,
  { requesterId, accessKeyId, secretAccessKey }: Key & { requesterId: string },
  stamp: () => string,
): Laboratory {
  const key = { accessKeyId, secretAccessKey }
  const call: Laboratory['call'] = async (operation, input) => {
    const outcome = await client.call(key, operation, input)
    if ('output' in outcome) return outcome.output as never
    throw new Error(`${operation} was refused: ${JSON.stringify(outcome)}`)
  }
  const hit = async (HITId: string) => (await call('GetHIT', { HITId })).HIT as ShownHIT
  return {
    requesterId,
    key,
    as: (other) => createLaboratory(client, { requesterId, ...other }, stamp),
    call,
    hit,
    async refused(operation, input, expected) {
      const { code, ...shown } = expected
      const isModelled = expected.type === 'RequestError'
      // Texts of the framework have no stamp [hits 11.2].
      const isStamped = isModelled || expected.type === 'ParameterValidationError'
      const message = expected.message + (isStamped ? stamp() : '')
      expect(await client.call(key, operation, input), `${operation} ${JSON.stringify(input)}`).toEqual({
        ...shown,
        message,
        code: isModelled || client.showsEveryCode ? code : undefined,
        modelled: isModelled,
      })
    },
    create: async (changes = {}) => (await call('CreateHIT', aHIT(changes))).HIT as ShownHIT,
    async state(hitId) {
      const shown = await hit(hitId)
      const { NumberOfAssignmentsPending: pending, NumberOfAssignmentsAvailable: available } = shown
      return `${shown.HITStatus} ${pending}/${available}/${shown.NumberOfAssignmentsCompleted}`
    },
    assignment: async (AssignmentId) => (await call('GetAssignment', { AssignmentId })).Assignment!,
    balance: async () => (await call('GetAccountBalance', {})).AvailableBalance!,
    expireNow: async (HITId) => {
      expect(await call('UpdateExpirationForHIT', { HITId, ExpireAt: 0 })).toEqual({})
    },
  }
}

function createHand(ask: Journey['control'], workerId: string): Hand {
  const must = async (path: string, body: object): Promise<Record<string, unknown>> => {
    const answer = await ask(path, body)
    if (answer.status !== 200) throw new Error(`${path} was refused: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const accept = async (hitId: string) =>
    String((await must(`workers/${workerId}/accept`, { hitId })).assignmentId)
  const submit = async (assignmentId: string, answers: object = { species: 'wren' }) => {
    expect(await must(`assignments/${assignmentId}/submit`, { answers })).toEqual({})
  }
  return {
    workerId,
    accept,
    submit,
    async work(hitId) {
      const assignmentId = await accept(hitId)
      await submit(assignmentId)
      return assignmentId
    },
    async giveBack(assignmentId) {
      await must(`assignments/${assignmentId}/return`, {})
    },
    refusal: async (path, body) => (await ask(path, body)).body.error,
    async earnings() {
      const { body } = await ask(`workers/${workerId}`)
      const { rewards, bonuses } = body.earnings as Record<string, string>
      return `${rewards}+${bonuses}`
    },
  }
}

/** Starts a server whose clock stands still, on a database of its own. */
export async function startOn(
  database: 'sqlite' | 'postgres',
  variables: Record<string, string> = {},
): Promise<{ address: string; stop(): Promise<void> }> {
  const all = { KEMPELEN_CLOCK: 'virtual', ...variables }
  if (database === 'sqlite') return startDemo(all)
  const made = await createDatabase()
  const secretKey = Buffer.alloc(32, 7).toString('base64')
  const server = await startDemo({ ...all, DATABASE_URL: made.url, KEMPELEN_SECRET_KEY: secretKey })
  return {
    address: server.address,
    async stop() {
      await server.stop()
      await made.drop()
    },
  }
}

export interface TwoMarkets {
  production: Journey
  sandbox: Journey
  close(): Promise<void>
}

/** Starts a server that has both markets, and opens a journey in each. */
export async function openTwoMarkets(
  database: 'sqlite' | 'postgres',
  openClient: OpenClient = openSDK,
): Promise<TwoMarkets> {
  const port = await freePort()
  // Two names of this machine; the default is sandbox.localhost, which not every resolver knows.
  const sandboxURL = `http://127.0.0.1:${port}`
  const server = await startOn(database, {
    PORT: String(port),
    KEMPELEN_ENVIRONMENTS: 'production,sandbox',
    KEMPELEN_SANDBOX_URL: sandboxURL,
  })
  const production = await openJourney(server.address, openClient)
  const sandbox = await openJourney(sandboxURL, openClient, 'sandbox')
  return {
    production,
    sandbox,
    async close() {
      await production.close()
      await sandbox.close()
      await server.stop()
    },
  }
}

/** Databases and clients in which journeys are travelled. */
export const ways = [
  { name: 'SQLite, SDK for JavaScript', database: 'sqlite', openClient: openSDK },
  { name: 'PostgreSQL, SDK for JavaScript', database: 'postgres', openClient: openSDK },
  { name: 'SQLite, boto3', database: 'sqlite', openClient: openBoto3 },
] as const

/**
 * Travels the same journeys on both databases with the SDK for JavaScript, and once with boto3; the books balance after
 * each. Every journey makes its own people; they share the server and its clock.
 */
export function onEveryWay(name: string, body: (journey: () => Journey) => void, variables = {}): void {
  onWays(ways, name, body, variables)
}

/** As onEveryWay without boto3: for what is not about clients. */
export function onBothServers(name: string, body: (journey: () => Journey) => void, variables = {}): void {
  onWays(ways.slice(0, 2), name, body, variables)
}

function onWays(
  chosen: readonly (typeof ways)[number][],
  name: string,
  body: (journey: () => Journey) => void,
  variables: Record<string, string>,
): void {
  describe.each(chosen)(`${name}, $name`, async ({ database, openClient }) => {
    const missing =
      (database === 'postgres' ? await postgresMissing() : undefined) ??
      (openClient === openBoto3 ? clientsMissing() : undefined)
    describeUnless(missing, 'runs', () => {
      let server: { address: string; stop(): Promise<void> }
      let journey: Journey
      beforeAll(async () => {
        server = await startOn(database, variables)
        journey = await openJourney(server.address, openClient)
      })
      afterAll(async () => {
        await journey?.close()
        await server?.stop()
      })
      afterEach(async () => {
        expect((await journey.control('ledger')).body.sum, 'sum of all accounts').toBe('0.00')
      })
      body(() => journey)
    })
  })
}
