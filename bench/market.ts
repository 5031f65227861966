// A market on a real database file for measurements, filled through the operations themselves.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { realClock, wallClock } from '../src/clock.ts'
import { isFault, type Fault } from '../src/domain/fault.ts'
import { usualFees } from '../src/domain/fees.ts'
import { parseDollars, zero } from '../src/domain/money.ts'
import { writeAnswers } from '../src/domain/question/answers.ts'
import { createIds } from '../src/ids.ts'
import { createMarket, type Market } from '../src/market.ts'
import { accept } from '../src/operations/acts/accept.ts'
import { submit } from '../src/operations/acts/submit.ts'
import { operator } from '../src/operations/operation.ts'
import { CreateAccessKey } from '../src/operations/operator/CreateAccessKey.ts'
import { CreateRequester } from '../src/operations/operator/CreateRequester.ts'
import { CreateWorker } from '../src/operations/operator/CreateWorker.ts'
import { Deposit } from '../src/operations/operator/Deposit.ts'
import { CreateHIT } from '../src/operations/requester/CreateHIT.ts'
import { AcceptHIT } from '../src/operations/worker/AcceptHIT.ts'
import { SubmitAssignment } from '../src/operations/worker/SubmitAssignment.ts'
import { createSecrets } from '../src/secrets.ts'
import * as hitTypes from '../src/store/hit-types.ts'
import * as hits from '../src/store/hits.ts'
import { openDatabase } from '../src/store/open.ts'

const take = () => Promise.resolve()

export const key = { accessKeyId: 'AKIDBENCHMARK0001', secret: 'the secret of the benchmark' }

export const question =
  '<ExternalQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2006-07-14/ExternalQuestion.xsd">' +
  '<ExternalURL>https://tasks.example.org/birdsong</ExternalURL><FrameHeight>0</FrameHeight></ExternalQuestion>'

export function must<T>(value: T | Fault): T {
  if (isFault(value)) throw new Error(`refused: ${JSON.stringify(value)}`)
  return value
}

/** A database file in a temporary folder. */
export function temporaryFile(): string {
  return join(mkdtempSync(join(tmpdir(), 'kempelen-bench-')), 'kempelen.db')
}

export interface BenchMarket {
  market: Market
  requesterId: string
  close(): Promise<void>
}

/** Opens the database that `url` names; makes a rich requester with the benchmark's key when it is new. */
export async function openBenchMarket(url: string, requesterId?: string): Promise<BenchMarket> {
  const ids = createIds()
  const settings = {
    environment: 'production' as const,
    fees: usualFees,
    unlimitedFunds: false,
    privateDestinations: false,
    eventsPerDocument: 1,
    payouts: { minimum: zero, methods: ['Other'] },
    retentionDays: undefined,
    mailsWorkers: false,
    questions: { allowHTTP: false, ownOrigins: [], strictHTML5: false, fileUploads: true },
  }
  const database = await openDatabase({
    url,
    markets: [settings],
    ids,
    lost: () => undefined,
  })
  const market = createMarket({
    settings,
    store: database.stores.get('production')!,
    clock: realClock(),
    wallClock,
    ids,
    secrets: createSecrets([Buffer.alloc(32, 7)]),
    corsOrigins: [],
    transports: { Email: take, SQS: take, SNS: take, Webhook: take },
    log: {
      error: (error) => console.error(error),
      call: ({ error }) => error !== undefined && console.error(error),
    },
  })
  return {
    market,
    requesterId: requesterId ?? (await makeRequester(market)),
    close: () => database.close(),
  }
}

async function makeRequester({ runner, secrets }: Market): Promise<string> {
  const { requesterId } = must(await runner.run(CreateRequester, operator, { name: 'Benchmark' }))
  const secret = secrets.encrypt(key.secret)
  must(await runner.run(CreateAccessKey, operator, { requesterId, accessKeyId: key.accessKeyId, secret }))
  must(await runner.run(Deposit, operator, { requesterId, amount: parseDollars('10000000')! }))
  return requesterId
}

/** Makes `count` HITs of one type, 250 at a time; answers the type's id. */
export async function makeHITs(bench: BenchMarket, count: number, maxAssignments = 1): Promise<string> {
  const caller = { kind: 'requester', requesterId: bench.requesterId } as const
  let hitTypeId = ''
  for (let made = 0; made < count; made += 250) {
    const batch = Array.from({ length: Math.min(250, count - made) }, () =>
      bench.market.runner.run(CreateHIT, caller, {
        LifetimeInSeconds: 864_000,
        AssignmentDurationInSeconds: 3600,
        Reward: '0.05',
        Title: 'Benchmark',
        Description: 'Benchmark',
        MaxAssignments: maxAssignments,
        Question: question,
      }),
    )
    for (const output of await Promise.all(batch)) hitTypeId = must(output).HIT?.HITTypeId ?? hitTypeId
  }
  return hitTypeId
}

export async function makeWorkers({ market }: BenchMarket, count: number): Promise<string[]> {
  const workers: string[] = []
  for (let i = 0; i < count; i++) {
    workers.push(must(await market.runner.run(CreateWorker, operator, { name: `Worker ${i}` })).workerId)
  }
  return workers
}

/**
 * Lets a worker have done the first `count` HITs of the requester: through the acts, because a worker who calls may
 * accept 3,800 HITs a day only.
 */
export async function makeVeteran(bench: BenchMarket, workerId: string, count: number): Promise<void> {
  const document = writeAnswers([{ kind: 'FreeText', identifier: 'species', text: 'wren' }])
  for (let done = 0, after = ''; done < count; done += 250) {
    after = await bench.market.store.write(
      Date.now(),
      async (tx) => {
        const page = await hits.listAll(tx, bench.requesterId, after, 250)
        for (const hit of page) {
          const type = await hitTypes.find(tx, hit.hitTypeId)
          const assignment = await accept(tx, hit, type!, workerId, tx.now)
          const held = await hits.lock(tx, hit.id)
          await submit(tx, held!, type!, assignment, document, tx.now)
        }
        return page.at(-1)!.id
      },
      { keep: () => true },
    )
  }
}

/** One worker accepts and submits one HIT of the group; answers the assignment's id. */
export async function acceptAndSubmit(
  { market }: BenchMarket,
  workerId: string,
  groupId: string,
): Promise<string> {
  const caller = { kind: 'worker', workerId } as const
  const { id } = must(await market.runner.run(AcceptHIT, caller, { groupId }))
  const answers = [{ kind: 'FreeText', identifier: 'species', text: 'wren' }] as const
  must(await market.runner.run(SubmitAssignment, caller, { assignmentId: id, answers }))
  return id
}

/** Runs `work` `count` times with `lanes` at once; answers the milliseconds of each. */
export async function inLanes(
  lanes: number,
  count: number,
  work: (lane: number, i: number) => Promise<void>,
): Promise<number[]> {
  const times: number[] = []
  let next = 0
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      while (next < count) {
        const i = next++
        const before = performance.now()
        await work(lane, i)
        times.push(performance.now() - before)
      }
    }),
  )
  return times
}

export function percentile(times: readonly number[], part: number): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length * part)] ?? 0
}
