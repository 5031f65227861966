import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import {
  openMarket,
  type TestClient,
  type TestMarket,
  type TestWorker,
} from '../../../test/support/market.ts'
import { createDatabase, postgresMissing } from '../../../test/support/postgres.ts'
import { describeUnless } from '../../../test/support/shared.ts'
import { createHIT, submitted, work } from '../../../test/support/steps.ts'
import { server } from '../../limits.ts'
import { find as findAnswer } from '../../store/answers.ts'
import { read } from '../../store/prepared.ts'
import { addResult } from '../../store/review-reports.ts'
import * as uploadedFiles from '../../store/uploaded-files.ts'
import { CheckLedger } from '../operator/CheckLedger.ts'
import { operator } from '../operation.ts'
import { removeErasedFiles } from './erase-old.ts'

const day = 86_400
const retentionDays = 30

const resultRows = read<{ hitId: string }, { value: string }>(({ db }, p) =>
  db.selectFrom('review_result').select('value').where('hit_id', '=', p.hitId),
)
const waitingRows = read<object, object>(({ db }) => db.selectFrom('erased_file').selectAll())

function suite(open: (days: number | undefined) => Promise<TestMarket>): void {
  let market: TestMarket
  beforeAll(async () => (market = await open(retentionDays)))
  afterAll(async () => market.close())

  const reads = <T>(look: Parameters<typeof market.market.store.read<T>>[1]) =>
    market.market.store.read(market.clock.now(), look)
  const keptAnswer = (assignmentId: string) => reads((tx) => findAnswer(tx, assignmentId))
  const keptResults = (hitId: string) => reads((tx) => tx.all(resultRows, { hitId }))

  /** Approved work with a file and a review result, as if it had been sent so. */
  async function workWithFile(client: TestClient, fileKey: string) {
    const { hit, assignmentId } = await submitted(market, client)
    await client.call('ApproveAssignment', { AssignmentId: assignmentId })
    await market.market.files.put(fileKey, Buffer.from('a scan'))
    await market.market.store.write(
      market.clock.now(),
      async (tx) => {
        await uploadedFiles.add(tx, { assignmentId, identifier: 'scan', fileKey, name: 'a.png', size: 6 })
        const about = { subjectType: 'Assignment', subjectId: assignmentId, questionId: 'q' } as const
        const result = { ...about, key: 'AgreedAnswer', value: 'wren' }
        await addResult(tx, hit.HITId, 'Assignment', { ...result, id: fileKey, actionId: 'x' } as never)
      },
      { keep: () => true },
    )
    return { hitId: hit.HITId, assignmentId }
  }

  test('answers, files and review results go so many days after a HIT was deleted, and nothing else [hits 5.8, 7.5]', async () => {
    const client = await market.requester()
    const old = await workWithFile(client, 'aaaaaaaa01')
    const living = await workWithFile(client, 'aaaaaaaa02')
    await client.call('DeleteHIT', { HITId: old.hitId })
    await market.advance(retentionDays * day - 1)
    expect(await keptAnswer(old.assignmentId)).toContain('an answer')
    await market.advance(1)
    expect(await keptAnswer(old.assignmentId)).toBeUndefined()
    expect(await reads((tx) => uploadedFiles.find(tx, old.assignmentId, 'scan'))).toBeUndefined()
    expect(await market.market.files.get('aaaaaaaa01')).toBeUndefined()
    expect(await keptResults(old.hitId)).toEqual([])
    expect(await reads((tx) => tx.all(waitingRows, {}))).toEqual([])
    // The living HIT keeps all.
    expect(await keptAnswer(living.assignmentId)).toContain('an answer')
    expect(await market.market.files.get('aaaaaaaa02')).toBeDefined()
    expect(await keptResults(living.hitId)).toHaveLength(1)
    // Requesters see what they saw before: the HIT is disposed of.
    expect((await client.call('GetHIT', { HITId: old.hitId })).HIT!.HITStatus).toBe('Disposed')
    const refusal = await client.refusal('GetAssignment', { AssignmentId: old.assignmentId })
    expect(refusal.status).toBe(400)
    expect(await market.market.runner.run(CheckLedger, operator, {})).toEqual({ problems: [] })
    await checkLedger(market)
  })

  test('a HIT that nobody deletes goes with its age, then its answers [hits 5.8]', async () => {
    const client = await market.requester()
    const { hitId, assignmentId } = await workWithFile(client, 'aaaaaaaa03')
    await market.advance(120 * day)
    expect((await client.call('GetHIT', { HITId: hitId })).HIT!.HITStatus).toBe('Disposed')
    expect(await keptAnswer(assignmentId)).toBeDefined()
    await market.advance(retentionDays * day)
    expect(await keptAnswer(assignmentId)).toBeUndefined()
  })

  test('more answers than a batch holds all go, of one HIT and of many', async () => {
    const client = await market.requester('10000.00')
    const count = server.systemBatch + 3
    const hit = await createHIT(client, { MaxAssignments: count, Reward: '0.01' })
    const ids: string[] = []
    const workers: TestWorker[] = []
    for (let i = 0; i < count; i++) {
      workers.push(await market.worker())
      ids.push(await work(workers[i]!, hit))
    }
    for (const AssignmentId of ids) await client.call('ApproveAssignment', { AssignmentId })
    const others = [await workWithFile(client, 'aaaaaaaa04'), await workWithFile(client, 'aaaaaaaa05')]
    await client.call('DeleteHIT', { HITId: hit.HITId })
    for (const { hitId } of others) await client.call('DeleteHIT', { HITId: hitId })
    await market.advance(retentionDays * day)
    for (const id of [...ids, ...others.map(({ assignmentId }) => assignmentId)])
      expect(await keptAnswer(id)).toBeUndefined()
    expect(await market.market.files.get('aaaaaaaa05')).toBeUndefined()
  })

  test('bytes that cannot be deleted now are deleted later, and hold nothing else up', async () => {
    const client = await market.requester()
    const { files, runner } = market.market
    const all = ['aaaaaaaa06', 'aaaaaaaa07', 'aaaaaaaa08']
    for (const key of all) {
      const { hitId } = await workWithFile(client, key)
      await client.call('DeleteHIT', { HITId: hitId })
    }
    const { remove } = files
    files.remove = async (key) => {
      if (key === all[1]) throw new Error('the bucket is out of reach')
      return remove(key)
    }
    await market.advance(retentionDays * day)
    const left = async () => Promise.all(all.map(async (key) => (await files.get(key)) !== undefined))
    expect(await left()).toEqual([false, true, false])
    await expect(removeErasedFiles(runner, (key) => files.remove(key))).rejects.toThrow('out of reach')
    files.remove = remove
    await removeErasedFiles(runner, (key) => files.remove(key))
    expect(await left()).toEqual([false, false, false])
  })

  test('without the setting all is kept', async () => {
    const forever = await open(undefined)
    const client = await forever.requester()
    const { hit, assignmentId } = await submitted(forever, client)
    await client.call('ApproveAssignment', { AssignmentId: assignmentId })
    await client.call('DeleteHIT', { HITId: hit.HITId })
    await forever.advance(10_000 * day)
    expect(
      await forever.market.store.read(forever.clock.now(), (tx) => findAnswer(tx, assignmentId)),
    ).toBeDefined()
    await forever.close()
  })
}

const openOn = (url: string, days: number | undefined) =>
  openMarket(url, 'production', undefined, undefined, undefined, { retentionDays: days })

describe('retention, SQLite', () => suite((days) => openOn('sqlite::memory:', days)))

describeUnless(await postgresMissing(), 'retention, PostgreSQL', () => {
  const databases: { drop(): Promise<void> }[] = []
  afterAll(async () => {
    for (const database of databases) await database.drop()
  })
  suite(async (days) => {
    const database = await createDatabase()
    databases.push(database)
    return openOn(database.url, days)
  })
})
