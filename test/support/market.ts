// A whole market for tests, without sockets: a fresh database, a virtual clock, and a client that signs requests
// and sends them through the real endpoint. The same test runs on both databases: see `onBothDatabases`.
import { afterAll, beforeAll, describe } from 'vitest'
import { virtualClock, type TurnableClock } from '../../src/clock.ts'
import { usualFees } from '../../src/domain/fees.ts'
import { isFault } from '../../src/domain/fault.ts'
import type { Environment, MarketSettings } from '../../src/domain/market-settings.ts'
import { cents, parseDollars } from '../../src/domain/money.ts'
import { createIds, type Ids } from '../../src/ids.ts'
import { createMarket, type Market } from '../../src/market.ts'
import type { Transports } from '../../src/notify/transport.ts'
import type { OperationInput, OperationName, OperationOutput } from '../../src/model/operations.ts'
import { CreateAccessKey } from '../../src/operations/operator/CreateAccessKey.ts'
import { CreateRequester } from '../../src/operations/operator/CreateRequester.ts'
import { CreateWorker, type NewWorker } from '../../src/operations/operator/CreateWorker.ts'
import { Deposit } from '../../src/operations/operator/Deposit.ts'
import { AcceptHIT } from '../../src/operations/worker/AcceptHIT.ts'
import { ReturnAssignment } from '../../src/operations/worker/ReturnAssignment.ts'
import { SubmitAssignment } from '../../src/operations/worker/SubmitAssignment.ts'
import { createSecrets } from '../../src/secrets.ts'
import { openDatabase } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { signHeaders } from '../conformance/sigv4-signers.ts'
import { createDatabase, postgresMissing, prepareTemplate } from './postgres.ts'
import { describeUnless } from './shared.ts'

/** The moment at which every test market begins: 2026-01-01T12:00:00Z. */
export const startTime = 1767268800000

const randomIds = createIds()
const operator = { kind: 'operator' } as const

const take = () => Promise.resolve()
/** Every destination takes everything. */
const takingAll: Transports = { Email: take, SQS: take, SNS: take, Webhook: take }

export function settingsFor(environment: Environment): MarketSettings {
  return {
    environment,
    fees: usualFees,
    unlimitedFunds: environment === 'sandbox',
    privateDestinations: false,
    eventsPerDocument: 1,
    payouts: { minimum: cents(100), methods: ['Bank transfer', 'Gift card', 'Other'] },
    retentionDays: undefined,
    mailsWorkers: false,
    questions: {
      allowHTTP: false,
      ownOrigins: ['http://localhost:1770'],
      strictHTML5: false,
      fileUploads: true,
    },
  }
}

/** A market with its clock, and ways to make people in it. */
export interface TestMarket {
  market: Market
  clock: TurnableClock
  /** Turns the clock forward and carries out what falls due. */
  advance(seconds: number): Promise<void>
  /** Makes a requester with a key and money, and answers a client that signs with that key. */
  requester(dollars?: string): Promise<TestClient>
  worker(options?: Partial<NewWorker>): Promise<TestWorker>
  close(): Promise<void>
}

export interface Answer<T> {
  status: number
  body: T & Record<string, unknown>
}

export interface TestClient {
  requesterId: string
  /** Sends a call and answers its body. Throws when it is refused. */
  call<N extends OperationName>(operation: N, input: OperationInput<N>): Promise<OperationOutput<N>>
  /** Sends a call and answers the refusal. Throws when it succeeds. */
  refusal<N extends OperationName>(operation: N, input: OperationInput<N>): Promise<Refusal>
  /** Sends any JSON text; answers status and text. */
  send(
    operation: string,
    body: string,
    headers?: Record<string, string>,
  ): Promise<{ status: number; text: string }>
}

export interface Refusal {
  status: number
  type: string
  /** The text without the stamp at its end. */
  message: string
  code: string | undefined
}

export interface TestWorker {
  workerId: string
  /** Accepts a HIT; answers the assignment's id, or the fault's name. */
  accept(target: { hitId: string } | { groupId: string }): Promise<string>
  /** Submits one field; answers '' or the fault's name. */
  submit(assignmentId: string, text?: string): Promise<string>
  giveBack(assignmentId: string): Promise<string>
}

/**
 * Opens a market on the database that `url` names. `ids` may be a source that a seed repeats; `around` wraps the store,
 * to look at what is asked of it or to spoil it; `transports` are the ways by which events leave; `changes` are to the
 * usual settings.
 */
export async function openMarket(
  url: string,
  environment: Environment = 'production',
  ids: Ids = randomIds,
  around: (store: Store) => Store = (store) => store,
  transports: Transports = takingAll,
  changes: Partial<MarketSettings> = {},
): Promise<TestMarket> {
  const settings = { ...settingsFor(environment), ...changes }
  const database = await openDatabase({ url, markets: [settings], ids, lost: () => undefined })
  const clock = virtualClock(startTime)
  const errors: unknown[] = []
  const market = createMarket({
    settings,
    store: around(database.stores.get(environment)!),
    clock,
    wallClock: clock,
    ids,
    secrets: createSecrets([Buffer.alloc(32, 1)]),
    corsOrigins: [],
    transports,
    log: {
      error: (error) => errors.push(error),
      call: ({ error }) => error !== undefined && errors.push(error),
    },
  })
  return {
    market,
    clock,
    async advance(seconds) {
      clock.set(clock.now() + seconds * 1000)
      await market.timers.catchUp()
    },
    requester: (dollars = '1000.00') => createRequester(market, clock, dollars, errors),
    worker: (options = {}) => createWorker(market, options),
    async close() {
      await market.timers.stop()
      await market.sender.stop()
      await database.close()
    },
  }
}

async function must<T>(promise: Promise<T>): Promise<Exclude<T, { fault: string }>> {
  const value = await promise
  if (isFault(value)) throw new Error(`refused: ${JSON.stringify(value)}`)
  return value as Exclude<T, { fault: string }>
}

async function createRequester(
  market: Market,
  clock: TurnableClock,
  dollars: string,
  errors: unknown[],
): Promise<TestClient> {
  const { requesterId } = await must(
    market.runner.run(CreateRequester, operator, { name: 'Test Laboratory' }),
  )
  const accessKeyId = `AK${requesterId}`
  const secret = `secret of ${requesterId}`
  const sealed = market.secrets.encrypt(secret)
  await must(market.runner.run(CreateAccessKey, operator, { requesterId, accessKeyId, secret: sealed }))
  const amount = parseDollars(dollars)!
  if (amount > 0n) await must(market.runner.run(Deposit, operator, { requesterId, amount }))

  const send: TestClient['send'] = async (operation, body, headers = {}) => {
    const rawHeaders = signHeaders({ operation, body, time: clock.now(), accessKeyId, secret, headers })
    const answer = await market.api({ method: 'POST', target: '/', rawHeaders, body: Buffer.from(body) })
    if ('drop' in answer) return { status: 0, text: '' }
    if (answer.status === 500) throw new Error(`${operation} failed`, { cause: errors.at(-1) })
    return { status: answer.status, text: String(answer.body) }
  }
  return {
    requesterId,
    send,
    async call(operation, input) {
      const { status, text } = await send(operation, wireText(input))
      if (status !== 200) throw new Error(`${operation} was refused: ${text}`)
      return JSON.parse(text) as never
    },
    async refusal(operation, input) {
      const { status, text } = await send(operation, wireText(input))
      if (status === 200) throw new Error(`${operation} was not refused: ${text}`)
      const body = JSON.parse(text) as Record<string, string>
      const message = (body.Message ?? body.message ?? '').replace(/ \(\d+( s)?\)$/, '')
      return { status, type: body.__type ?? '', message, code: body.TurkErrorCode }
    },
  }
}

/** An input as JSON; the one timestamp of the API goes as seconds. */
function wireText(input: object): string {
  return JSON.stringify(input, (name, value: unknown) =>
    name === 'ExpireAt' ? (value as number) / 1000 : value,
  )
}

async function createWorker(market: Market, options: Partial<NewWorker>): Promise<TestWorker> {
  const { workerId } = await must(
    market.runner.run(CreateWorker, operator, { name: 'Test Worker', ...options }),
  )
  const caller = { kind: 'worker', workerId } as const
  return {
    workerId,
    async accept(target) {
      const assignment = await market.runner.run(AcceptHIT, caller, target)
      return isFault(assignment) ? assignment.fault : assignment.id
    },
    async submit(assignmentId, text = 'an answer') {
      const answers = [{ kind: 'FreeText', identifier: 'field', text }] as const
      const output = await market.runner.run(SubmitAssignment, caller, { assignmentId, answers })
      return isFault(output) ? output.fault : ''
    },
    async giveBack(assignmentId) {
      const output = await market.runner.run(ReturnAssignment, caller, { assignmentId })
      return isFault(output) ? output.fault : ''
    },
  }
}

/** A valid ExternalQuestion. */
export const externalQuestion =
  '<ExternalQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2006-07-14/ExternalQuestion.xsd">' +
  '<ExternalURL>https://tasks.example.org/birdsong</ExternalURL><FrameHeight>0</FrameHeight></ExternalQuestion>'

/** The input of a CreateHIT call: 0.10 for one assignment of an hour, open for a day. */
export function aHIT(changes: Partial<OperationInput<'CreateHIT'>> = {}): OperationInput<'CreateHIT'> {
  return {
    LifetimeInSeconds: 86_400,
    AssignmentDurationInSeconds: 3600,
    Reward: '0.10',
    Title: 'Listen to a bird',
    Description: 'Say which bird it is.',
    Question: externalQuestion,
    ...changes,
  }
}

/** Runs the same tests on SQLite and on PostgreSQL, each with a market of its own. */
export function onBothDatabases(
  name: string,
  body: (market: () => TestMarket) => void,
  environment: Environment = 'production',
): void {
  describe(`${name}, SQLite`, () => {
    let market: TestMarket
    beforeAll(async () => {
      market = await openMarket('sqlite::memory:', environment)
    })
    afterAll(() => market.close())
    body(() => market)
  })
  describe(`${name}, PostgreSQL`, () => {
    let market: TestMarket
    let drop: (() => Promise<void>) | undefined
    let missing: string | undefined
    beforeAll(async () => {
      missing = await postgresMissing()
      if (missing !== undefined) return
      const template = `kempelen_${environment}`
      await prepareTemplate(template, async (url) => (await openMarket(url, environment)).close())
      const database = await createDatabase(template)
      drop = () => database.drop()
      market = await openMarket(database.url, environment)
    })
    afterAll(async () => {
      await market?.close()
      await drop?.()
    })
    describeUnless(missing, 'runs', () => body(() => market))
  })
}
