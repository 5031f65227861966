// Stores for tests of the store itself: the same tests on both databases, each with two markets in one database.
import { afterAll, beforeAll, describe } from 'vitest'
import type { Assignment } from '../../src/domain/assignment.ts'
import type { HIT } from '../../src/domain/hit.ts'
import type { HITType } from '../../src/domain/hit-type.ts'
import { cents } from '../../src/domain/money.ts'
import { createIds } from '../../src/ids.ts'
import { openDatabase, type OpenDatabase } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import type { Read, Write } from '../../src/store/tx.ts'
import { settingsFor } from './market.ts'
import { createDatabase, postgresMissing, prepareTemplate } from './postgres.ts'
import { describeUnless } from './shared.ts'

export const ids = createIds()
/** The time of a transaction for which none is given. */
export const usualNow = 1_767_268_800_000

/** One market's store with the time as a parameter that can be left out. */
export interface TestStore {
  store: Store
  read<T>(work: (tx: Read) => Promise<T>, now?: number): Promise<T>
  /** Commits what `work` does. */
  write<T>(work: (tx: Write) => Promise<T>, now?: number): Promise<T>
  /** Rolls back what `work` does, and answers its result all the same. */
  discard<T>(work: (tx: Write) => Promise<T>, now?: number): Promise<T>
}

export interface TestStores {
  url: string
  production: TestStore
  sandbox: TestStore
  close(): Promise<void>
}

function testStore(database: OpenDatabase, environment: 'production' | 'sandbox'): TestStore {
  const store = database.stores.get(environment)!
  return {
    store,
    read: (work, now = usualNow) => store.read(now, work),
    write: (work, now = usualNow) => store.write(now, work, { keep: () => true }),
    discard: (work, now = usualNow) => store.write(now, work, { keep: () => false }),
  }
}

/** Opens (and migrates) the database at `url` with both markets. */
export async function openStores(
  url: string,
  lost: (error: Error) => void = () => undefined,
): Promise<TestStores> {
  const markets = [settingsFor('production'), settingsFor('sandbox')]
  const database = await openDatabase({ url, markets, ids, lost })
  return {
    url,
    production: testStore(database, 'production'),
    sandbox: testStore(database, 'sandbox'),
    close: () => database.close(),
  }
}

/** An empty PostgreSQL database with the tables of both markets. */
export async function createMigrated(): Promise<{ url: string; drop(): Promise<void> }> {
  await prepareTemplate('kempelen_both', async (url) => (await openStores(url)).close())
  return createDatabase('kempelen_both')
}

/** Runs the same tests with stores on SQLite and on PostgreSQL. */
export function onBothStores(name: string, body: (stores: () => TestStores) => void): void {
  describe(`${name}, SQLite`, () => {
    let stores: TestStores
    beforeAll(async () => {
      stores = await openStores('sqlite::memory:')
    })
    afterAll(() => stores.close())
    body(() => stores)
  })
  onPostgresStores(name, body)
}

/** Runs tests with stores on PostgreSQL alone, where there is one. */
export function onPostgresStores(name: string, body: (stores: () => TestStores) => void): void {
  describe(`${name}, PostgreSQL`, async () => {
    const missing = await postgresMissing()
    describeUnless(missing, 'runs', () => {
      let stores: TestStores
      let drop: () => Promise<void>
      beforeAll(async () => {
        const database = await createMigrated()
        drop = () => database.drop()
        stores = await openStores(database.url)
      })
      afterAll(async () => {
        await stores?.close()
        await drop?.()
      })
      body(() => stores)
    })
  })
}

/** A HIT type of 0.10 for an hour's work. */
export function sampleType(changes: Partial<HITType> = {}): HITType {
  return {
    id: ids.entity(usualNow),
    groupId: ids.entity(usualNow),
    requesterId: 'REQUESTER',
    title: 'Listen to a bird',
    description: 'Say which bird it is.',
    keywords: undefined,
    reward: cents(10),
    duration: 3600,
    approvalDelay: 2_592_000,
    requirements: [],
    ...changes,
  }
}

/** An assignable HIT with one free slot. */
export function sampleHIT(changes: Partial<HIT> = {}): HIT {
  return {
    id: ids.entity(usualNow),
    hitTypeId: 'TYPE',
    requesterId: 'REQUESTER',
    questionHash: 'hash',
    annotation: undefined,
    createdAt: usualNow,
    expiresAt: usualNow + 86_400_000,
    maxAssignments: 1,
    firstAssignments: 1,
    reward: cents(10),
    fee: cents(2),
    pending: 0,
    submitted: 0,
    reviewed: 0,
    escrow: cents(12),
    slotsHeld: true,
    status: 'Assignable',
    reviewableAt: undefined,
    dueAt: usualNow + 86_400_000,
    ...changes,
  }
}

/** Open work. */
export function sampleAssignment(changes: Partial<Assignment> = {}): Assignment {
  return {
    id: ids.entity(usualNow),
    hitId: 'HIT',
    hitTypeId: 'TYPE',
    requesterId: 'REQUESTER',
    workerId: 'WORKER',
    state: 'open',
    acceptedAt: usualNow,
    deadline: usualNow + 3_600_000,
    submittedAt: undefined,
    autoApprovalAt: undefined,
    approvedAt: undefined,
    rejectedAt: undefined,
    feedback: undefined,
    dueAt: usualNow + 3_600_000,
    ...changes,
  }
}
