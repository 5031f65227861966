// Due work: in order of due time, in bounded batches, once however many processes look, and nothing in the way of the
// rest [design 4].
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createIds } from '../ids.ts'
import { isFault } from '../domain/fault.ts'
import { server } from '../limits.ts'
import { forgetOld } from '../operations/system/ForgetOld.ts'
import { CheckLedger } from '../operations/operator/CheckLedger.ts'
import { GetLedger } from '../operations/operator/GetLedger.ts'
import { read } from '../store/prepared.ts'
import type { AuditTable } from '../store/schema.ts'
import {
  aHIT,
  onBothDatabases,
  openMarket,
  type TestClient,
  type TestMarket,
} from '../../test/support/market.ts'
import { createDatabase, postgresMissing } from '../../test/support/postgres.ts'
import { watchStore } from '../../test/support/recorded-store.ts'
import { describeUnless } from '../../test/support/shared.ts'

const operator = { kind: 'operator' } as const
const day = 86_400

const systemRows = read<object, AuditTable>(({ db }) =>
  db.selectFrom('audit').selectAll().where('caller', '=', 'system').orderBy('id'),
)

/** What the system did so far: operation, market's time, number of objects. */
async function doneBySystem({ market }: TestMarket) {
  const rows = await market.store.read(market.clock.now(), (tx) => tx.all(systemRows, {}))
  return rows.map(({ operation, at, object_id }) => ({ operation, at, items: object_id.split(' ').length }))
}

async function expectSound({ market }: TestMarket): Promise<void> {
  expect(await market.runner.run(CheckLedger, operator, {})).toEqual({ problems: [] })
}

async function makeHIT(client: TestClient, changes = {}): Promise<{ id: string; groupId: string }> {
  const { HIT } = await client.call('CreateHIT', aHIT(changes))
  return { id: HIT!.HITId!, groupId: HIT!.HITGroupId! }
}

onBothDatabases('the timers', (market) => {
  test('carry out in order of due time, each at its due time, before the clock answers', async () => {
    const client = await market().requester()
    const [one, two] = [await market().worker(), await market().worker()]
    const hit = await makeHIT(client, {
      MaxAssignments: 3,
      LifetimeInSeconds: 2 * day,
      AssignmentDurationInSeconds: day,
      AutoApprovalDelayInSeconds: day / 2,
    })
    const submitted = await one.accept({ hitId: hit.id })
    await one.submit(submitted)
    await two.accept({ hitId: hit.id })
    const start = market().clock.now()
    const before = (await doneBySystem(market())).length
    await market().advance(200 * day)
    const done = (await doneBySystem(market())).slice(before)
    expect(done.map(({ operation, at }) => [operation, (at - start) / 1000])).toEqual([
      ['AutoApproveAssignments', day / 2],
      ['AbandonAssignments', day],
      ['ExpireHITs', 2 * day],
      ['DisposeHITs', 2 * day + 120 * day],
    ])
    const { HIT } = await client.call('GetHIT', { HITId: hit.id })
    expect(HIT).toMatchObject({ HITStatus: 'Disposed' })
    await expectSound(market())
  })

  test('find nothing to do when nothing is due, to the millisecond', async () => {
    const client = await market().requester()
    await makeHIT(client, { LifetimeInSeconds: 600 })
    const before = (await doneBySystem(market())).length
    await market().advance(599.999)
    expect(await doneBySystem(market())).toHaveLength(before)
    await market().advance(0.001)
    expect(await doneBySystem(market())).toHaveLength(before + 1)
  })

  test(`take at most ${server.systemBatch} HITs of one requester in one transaction`, async () => {
    const count = server.systemBatch + 10
    const [one, two] = [await market().requester(), await market().requester()]
    const question = { LifetimeInSeconds: 300, Reward: '0.01' }
    for (const client of [one, two]) {
      const many = client === one ? count : 3
      await Promise.all(Array.from({ length: many }, () => makeHIT(client, question)))
    }
    const before = (await doneBySystem(market())).length
    await market().advance(day)
    const done = (await doneBySystem(market())).slice(before)
    expect(done.reduce((sum, { items }) => sum + items, 0)).toBe(count + 3)
    expect(Math.max(...done.map(({ items }) => items))).toBeLessThanOrEqual(server.systemBatch)
    await expectSound(market())
  })

  test('do nothing more once they are stopped', async () => {
    const { timers } = market().market
    const client = await market().requester()
    await makeHIT(client, { LifetimeInSeconds: 60 })
    await timers.stop()
    const before = (await doneBySystem(market())).length
    market().clock.set(market().clock.now() + day * 1000)
    await timers.catchUp()
    expect(await doneBySystem(market())).toHaveLength(before)
  })
})

describe('timers that run by themselves', () => {
  test('take tokens and sessions past their time out, once a minute, and write nothing when there are none', async () => {
    const market = await openMarket('sqlite::memory:')
    const client = await market.requester()
    await client.call('CreateHIT', aHIT({ UniqueRequestToken: 'old', LifetimeInSeconds: 31_536_000 }))
    market.market.timers.start()
    market.clock.set(market.clock.now() + day * 1000)
    const cleaned = async () =>
      (await doneBySystem(market)).filter(({ operation }) => operation === 'ForgetOld').length
    await expect.poll(cleaned, { timeout: 10_000 }).toBe(1)
    // A look that finds nothing leaves no row in the audit.
    await forgetOld(market.market.runner, market.clock.now())
    expect(await cleaned()).toBe(1)
    await market.close()
  })

  test('notice what fell due, and stop when they are told', async () => {
    const market = await openMarket('sqlite::memory:')
    const client = await market.requester()
    await makeHIT(client, { LifetimeInSeconds: 60 })
    market.market.timers.start()
    market.clock.set(market.clock.now() + day * 1000)
    await expect.poll(() => doneBySystem(market), { timeout: 10_000 }).toHaveLength(1)
    await market.close()
  })

  test('leave a batch that fails aside: all others are carried out, and it is tried again', async () => {
    let broken = ''
    const tried: string[] = []
    const market = await openMarket('sqlite::memory:', 'production', createIds(), (store) =>
      watchStore(store, (run, perform) => {
        if (broken !== '' && run.statement.kind === 'write' && run.parameters.id === broken) {
          tried.push(broken)
          return Promise.reject(new Error('a row that cannot be changed'))
        }
        return perform(run)
      }),
    )
    const [unlucky, lucky] = [await market.requester(), await market.requester()]
    const bad = await makeHIT(unlucky, { LifetimeInSeconds: 60 })
    const good = [
      await makeHIT(lucky, { LifetimeInSeconds: 60 }),
      await makeHIT(unlucky, { LifetimeInSeconds: 120 }),
      await makeHIT(lucky, { LifetimeInSeconds: 180 }),
    ]
    broken = bad.id
    await expect(market.advance(day)).rejects.toThrow('a row that cannot be changed')
    expect(tried).not.toEqual([])
    // Looking at a HIT would carry its own due work out, so the audit is asked first.
    const done = (await doneBySystem(market)).filter(({ operation }) => operation === 'ExpireHITs')
    expect(done.reduce((sum, { items }) => sum + items, 0)).toBe(good.length)
    for (const { id } of good) {
      const { HIT } = await (id === good[1]!.id ? unlucky : lucky).call('GetHIT', { HITId: id })
      expect(HIT!.HITStatus).toBe('Reviewable')
    }
    const ledger = await market.market.runner.run(GetLedger, operator, {})
    expect(!isFault(ledger) && ledger.escrow.hits, 'only the broken one still holds money').toBe(1)
    broken = ''
    await market.advance(0)
    await expectSound(market)
    const { HIT } = await unlucky.call('GetHIT', { HITId: bad.id })
    expect(HIT!.HITStatus).toBe('Reviewable')
    await market.close()
  })
})

describe('timers of several processes on one PostgreSQL', async () => {
  describeUnless(await postgresMissing(), 'at the same moment', () => {
    let markets: TestMarket[]
    let drop: () => Promise<void>
    beforeAll(async () => {
      const database = await createDatabase()
      drop = () => database.drop()
      markets = [
        await openMarket(database.url),
        await openMarket(database.url),
        await openMarket(database.url),
      ]
    })
    afterAll(async () => {
      for (const market of markets) await market.close()
      await drop()
    })

    test('do each thing once', async () => {
      const [first] = markets
      const client = await first!.requester('1000.00')
      const workers = await Promise.all(Array.from({ length: 5 }, () => first!.worker()))
      const hits = await Promise.all(
        Array.from({ length: 40 }, () =>
          makeHIT(client, {
            MaxAssignments: 3,
            LifetimeInSeconds: 2 * day,
            AssignmentDurationInSeconds: day,
            AutoApprovalDelayInSeconds: day,
          }),
        ),
      )
      for (const [i, worker] of workers.entries())
        for (const { id } of hits.slice(i * 8, i * 8 + 20)) {
          const assignment = await worker.accept({ hitId: id })
          if (assignment.startsWith('3') && i % 2 === 0) await worker.submit(assignment)
        }
      for (const market of markets) market.clock.set(market.clock.now() + 10 * day * 1000)
      await Promise.all(markets.map((market) => market.market.timers.catchUp()))
      await expectSound(first!)
      const ledger = await first!.market.runner.run(GetLedger, operator, {})
      expect(!isFault(ledger) && ledger.escrow).toEqual({ hits: 0, amount: 0n })
    })
  })
})
