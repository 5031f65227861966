// HITs that judge their own work in a storm: workers, requester, policies, timers and senders of several processes at
// once, with too little money for all. The books stay right, nobody waits in a ring, and every event is told, in the
// order of its HIT [qualifications 6.3, 7.1, 7.2, notifications 10, design 4, 6].
import { randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { isFault } from '../../src/domain/fault.ts'
import { createIds } from '../../src/ids.ts'
import type { OperationInput, OperationName } from '../../src/model/operations.ts'
import type { Deliverable, Transports } from '../../src/notify/transport.ts'
import { AcceptHIT } from '../../src/operations/worker/AcceptHIT.ts'
import { ReturnAssignment } from '../../src/operations/worker/ReturnAssignment.ts'
import { SubmitAssignment } from '../../src/operations/worker/SubmitAssignment.ts'
import * as outbox from '../../src/store/outbox.ts'
import type { Store } from '../../src/store/store.ts'
import { signHeaders } from '../conformance/sigv4-signers.ts'
import { createRandom } from '../simulation/random.ts'
import { auditMarket, tally } from '../support/at-once.ts'
import { externalQuestion, openMarket, startTime, type TestMarket } from '../support/market.ts'
import { aSpecification, createType, type ToldDocument, type ToldEvent } from '../support/notifications.ts'
import { createDatabase, postgresMissing, prepareTemplate } from '../support/postgres.ts'
import { knownAnswers, plurality } from '../support/review-steps.ts'
import { describeUnless } from '../support/shared.ts'
import { attempt } from '../support/worker-calls.ts'

const seed = Number(process.env.KEMPELEN_SEED ?? randomInt(2 ** 31))
const rounds = process.env.KEMPELEN_VERIFY === '1' ? 30 : 3
const random = createRandom(seed)

/** Grades by one question, compares by another; approves, rejects and extends. */
const policies = {
  AssignmentReviewPolicy: knownAnswers(
    { known: 'a' },
    {
      ApproveIfKnownAnswerScoreIsAtLeast: 100,
      RejectIfKnownAnswerScoreIsLessThan: 50,
      ExtendIfKnownAnswerScoreIsLessThan: 100,
      ExtendMaximumAssignments: 8,
      ExtendMinimumTimeInSeconds: 3600,
    },
  ),
  HITReviewPolicy: plurality(['open'], 60, {
    DisregardAssignmentIfRejected: 'T',
    ApproveIfWorkerAgreementScoreIsAtLeast: 60,
    RejectIfWorkerAgreementScoreIsLessThan: 40,
    ExtendIfHITAgreementScoreIsLessThan: 90,
    ExtendMaximumAssignments: 9,
    ExtendMinimumTimeInSeconds: 3600,
  }),
}

interface Storm {
  processes: TestMarket[]
  /** What the destination took, in order. */
  told: ToldDocument[]
  /** Whether the destination refuses nothing any more. */
  isOver: boolean
  /** Transactions that the database broke off because they waited in a ring. */
  rings: unknown[]
}

/** Opens so many processes on one database, whose clocks differ a little, and a destination that often refuses. */
async function openProcesses(url: string, count: number, eventsPerDocument: number): Promise<Storm> {
  const storm: Storm = { processes: [], told: [], rings: [], isOver: false }
  const take = ({ document }: Deliverable) => {
    if (!storm.isOver && random.once(8)) return Promise.reject(new Error('not now'))
    storm.told.push(JSON.parse(document) as ToldDocument)
    return Promise.resolve()
  }
  const transports: Transports = { Email: take, SQS: take, SNS: take, Webhook: take }
  const watched = (store: Store): Store => ({
    ...store,
    isRetryable(error) {
      if ((error as { code?: string }).code === '40P01') storm.rings.push(error)
      return store.isRetryable(error)
    },
  })
  for (let i = 0; i < count; i++)
    storm.processes.push(
      await openMarket(url, 'production', createIds(), watched, transports, { eventsPerDocument }),
    )
  return storm
}

/** Sets the clocks, each a little behind the one before. */
function setClocks({ processes }: Storm, time: number): void {
  for (const [i, { clock }] of processes.entries()) clock.set(time - 7 * i)
}

/** A requester who cannot pay for all that his policies extend, and his HITs. */
async function laboratory({ processes }: Storm, AutoApprovalDelayInSeconds: number) {
  const client = await processes[0]!.requester('9.00')
  const HITTypeId = await createType(client, { AutoApprovalDelayInSeconds, AssignmentDurationInSeconds: 60 })
  const Notification = aSpecification()
  await client.call('UpdateNotificationSettings', { HITTypeId, Notification, Active: true })
  const input: OperationInput<'CreateHITWithHITType'> = {
    HITTypeId,
    LifetimeInSeconds: 100,
    MaxAssignments: 3,
    Question: externalQuestion,
    ...policies,
  }
  const hitIds: string[] = []
  for (let i = 0; i < 8; i++) hitIds.push((await client.call('CreateHITWithHITType', input)).HIT!.HITId!)
  const workers = await Promise.all(Array.from({ length: 12 }, () => processes[0]!.worker()))
  return { requesterId: client.requesterId, hitIds, workers, held: new Map<string, string>() }
}

type Laboratory = Awaited<ReturnType<typeof laboratory>>

/** What workers do at once: take new work, hand in or give back what they hold. */
function workersSteps({ processes }: Storm, { hitIds, workers, held }: Laboratory): Promise<void>[] {
  const accepts = workers.map(async (worker) => {
    const output = await attempt(random.of(processes), worker, AcceptHIT, { hitId: random.of(hitIds) })
    if (!isFault(output)) held.set(output.id, worker.workerId)
  })
  const ends = [...held].map(async ([assignmentId, workerId]) => {
    held.delete(assignmentId)
    const answers = Object.entries({ known: random.of(['a', 'a', 'b']), open: random.of(['x', 'y']) }).map(
      ([identifier, text]) => ({ kind: 'FreeText', identifier, text }) as const,
    )
    const process = random.of(processes)
    if (random.once(8)) await attempt(process, { workerId }, ReturnAssignment, { assignmentId })
    else await attempt(process, { workerId }, SubmitAssignment, { assignmentId, answers })
  })
  return [...accepts, ...ends]
}

/** What the requester does at the same time, about HITs and assignments at random. */
function requestersSteps({ processes }: Storm, { requesterId, hitIds, held }: Laboratory): Promise<void>[] {
  const AssignmentId = () => random.of([...held.keys(), '3NONE'])
  const HITId = () => random.of(hitIds)
  const steps: [OperationName, () => object][] = [
    ['ApproveAssignment', () => ({ AssignmentId: AssignmentId(), OverrideRejection: random.once(2) })],
    ['RejectAssignment', () => ({ AssignmentId: AssignmentId(), RequesterFeedback: 'No.' })],
    ['CreateAdditionalAssignmentsForHIT', () => ({ HITId: HITId(), NumberOfAdditionalAssignments: 1 })],
    ['UpdateExpirationForHIT', () => ({ HITId: HITId(), ExpireAt: 0 })],
    ['UpdateExpirationForHIT', () => ({ HITId: HITId(), ExpireAt: startTime / 1000 + 50_000 })],
    ['DeleteHIT', () => ({ HITId: HITId() })],
    ['ListReviewableHITs', () => ({})],
  ]
  return [...steps, ...steps].map(async ([operation, input]) => {
    const { market, clock } = random.of(processes)
    const body = JSON.stringify(input())
    const key = { accessKeyId: `AK${requesterId}`, secret: `secret of ${requesterId}` }
    const rawHeaders = signHeaders({ operation, body, time: clock.now(), ...key, headers: {} })
    const answer = await market.api({ method: 'POST', target: '/', rawHeaders, body: Buffer.from(body) })
    expect('status' in answer && [200, 400].includes(answer.status), operation).toBe(true)
  })
}

/** Sends what waits; what was refused is due again within a pause of at most an hour. */
async function sendAll(storm: Storm, from: number): Promise<outbox.Message[]> {
  const { processes } = storm
  storm.isOver = true
  for (let i = 1; i <= 3; i++) {
    setClocks(storm, from + i * 3_700_000)
    await Promise.all(processes.map(({ market }) => market.sender.flush()))
  }
  return processes[0]!.market.store.read(0, (tx) => outbox.list(tx, undefined, 100_000))
}

const rank: Partial<Record<string, number>> = {
  AssignmentAccepted: 1,
  AssignmentRejected: 3,
  AssignmentApproved: 4,
}

/** Events that were told before one that they follow. */
function outOfOrder(events: readonly ToldEvent[]): string[] {
  const reached = new Map<string, number>()
  const disposed = new Set<string>()
  return events.filter(({ EventType, HITId = '', AssignmentId }) => {
    const isLate = disposed.has(HITId)
    if (EventType === 'HITDisposed') disposed.add(HITId)
    if (AssignmentId === undefined) return isLate
    const before = reached.get(AssignmentId) ?? 0
    const own = rank[EventType] ?? 2
    reached.set(AssignmentId, own)
    return isLate || own <= before || (before === 0 && own !== 1)
  }).map(({ EventType, HITId }) => `${EventType} of ${HITId}`) // prettier-ignore
}

async function blow(storm: Storm): Promise<void> {
  const { processes, told, rings } = storm
  for (let round = 0; round < rounds; round++) {
    const start = startTime + round * 10_000_000
    setClocks(storm, start)
    const lab = await laboratory(storm, round % 3 === 0 ? 0 : 600)
    for (let wave = 0; wave < 5; wave++) {
      const steps = [...workersSteps(storm, lab), ...requestersSteps(storm, lab)]
      // The deadlines of work, then the expiration of HITs come in the midst of it.
      if (wave % 2 === 1) {
        setClocks(storm, start + wave * 40_000)
        steps.push(...processes.map(({ market }) => market.timers.catchUp()))
      }
      await Promise.all([...steps, ...processes.map(({ market }) => market.sender.flush())])
      await auditMarket(processes.at(-1)!)
    }
  }
  const sent = await sendAll(storm, startTime + rounds * 10_000_000)
  expect(tally(sent.map(({ state }) => state))).toEqual({ delivered: sent.length })
  const documents = sent.filter(({ partOf }) => partOf === undefined).map(({ document }) => document)
  expect(told.map((document) => JSON.stringify(document)).toSorted()).toEqual(documents.toSorted())
  expect(outOfOrder(told.flatMap(({ Events }) => Events))).toEqual([])
  expect(rings).toEqual([])
}

test.each([1, 10])(
  `on SQLite, %i events in a document, seed ${seed}`,
  { timeout: 600_000 },
  async (events) => {
    const storm = await openProcesses('sqlite::memory:', 1, events)
    await blow(storm)
    await storm.processes[0]!.close()
  },
)

describeUnless(await postgresMissing(), 'three processes on one PostgreSQL', () => {
  test.each([1, 10])(`%i events in a document, seed ${seed}`, { timeout: 600_000 }, async (events) => {
    const template = 'kempelen_production'
    await prepareTemplate(template, async (url) => (await openMarket(url)).close())
    const database = await createDatabase(template)
    const storm = await openProcesses(database.url, 3, events)
    try {
      await blow(storm)
    } finally {
      await Promise.all(storm.processes.map((process) => process.close()))
      await database.drop()
    }
  })
})
