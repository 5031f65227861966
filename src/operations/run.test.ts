// What runs around every operation: a bounded number of attempts, one audit row, nothing kept of what was given up
// [design 4].
import { describe, expect, test } from 'vitest'
import { onBothDatabases, openMarket } from '../../test/support/market.ts'
import { createDatabase, postgresMissing } from '../../test/support/postgres.ts'
import { describeUnless } from '../../test/support/shared.ts'
import { server } from '../limits.ts'
import { LostRace } from '../store/database.ts'
import * as meta from '../store/meta.ts'
import { read as readStatement } from '../store/prepared.ts'
import type { Write } from '../store/tx.ts'
import * as workerAccounts from '../store/worker-accounts.ts'
import { read, write, type OperatorCaller } from './operation.ts'
import { FindFact } from './operator/Facts.ts'

const operator: OperatorCaller = { kind: 'operator' }

/** An operation that does as it is told. */
const Try = write<OperatorCaller, { name: string; attempt(tx: Write): Promise<object> }, object>(
  'Try',
  (_, { name }) => name,
  (tx, _, { attempt }) => attempt(tx),
)

const auditOf = readStatement<{ subject: string }, { operation: string }>(({ db }, p) =>
  db.selectFrom('audit').select('operation').where('object_id', '=', p.subject),
)

onBothDatabases('the runner', (market) => {
  const run = (name: string, attempt: (tx: Write) => Promise<object>) =>
    market().market.runner.run(Try, operator, { name, attempt })
  const fact = async (name: string) => await market().market.runner.run(FindFact, operator, { name })
  const auditRows = (subject: string) => market().market.store.read(0, (tx) => tx.all(auditOf, { subject }))

  test.for([1, 2, server.attempts - 1])(
    'tries again after %i lost races, and keeps the last attempt alone',
    async (races) => {
      const name = `races ${races}`
      let attempts = 0
      await run(name, async (tx) => {
        await meta.put(tx, `${name} ${++attempts}`, 'kept')
        if (attempts <= races) throw new LostRace('a competitor')
        return {}
      })
      expect(attempts).toBe(races + 1)
      for (let i = 1; i <= attempts; i++)
        expect(await fact(`${name} ${i}`)).toEqual({ value: i === attempts ? 'kept' : undefined })
      expect(await auditRows(name)).toEqual([{ operation: 'Try' }])
    },
  )

  test(`gives up after ${server.attempts} attempts, and tells why`, async () => {
    let attempts = 0
    const lost = run('lost', async (tx) => {
      attempts++
      await meta.put(tx, 'lost', 'kept')
      throw new LostRace('a competitor, again and again')
    })
    await expect(lost).rejects.toThrow('again and again')
    expect(attempts).toBe(server.attempts)
    expect(await fact('lost')).toEqual({ value: undefined })
    expect(await auditRows('lost')).toEqual([])
  })

  test('does not try a bug again', async () => {
    let attempts = 0
    const broken = run('broken', async () => {
      attempts++
      throw new TypeError('a bug')
    })
    await expect(broken).rejects.toThrow('a bug')
    expect(attempts).toBe(1)
  })

  test('keeps nothing of a refusal, and answers it', async () => {
    const refusal = await run('refused', async (tx) => {
      await meta.put(tx, 'refused', 'kept')
      return { fault: 'InsufficientFunds' }
    })
    expect(refusal).toEqual({ fault: 'InsufficientFunds' })
    expect(await fact('refused')).toEqual({ value: undefined })
    expect(await auditRows('refused')).toEqual([])
  })

  test('fixes the time of an operation: that of the market, or the one that is given', async () => {
    const Now = read<OperatorCaller, object, { now: number }>('Now', async (tx) => ({ now: tx.now }))
    const { runner, clock } = market().market
    expect(await runner.run(Now, operator, {})).toEqual({ now: clock.now() })
    expect(await runner.run(Now, operator, {}, { at: 5 })).toEqual({ now: 5 })
  })

  test('answers a repeated call with the first answer, once carried out [wire 3.7]', async () => {
    let times = 0
    const attempt = async () => ({ times: ++times })
    const again = (retryKey: string) =>
      market().market.runner.run(Try, operator, { name: 'repeated', attempt }, { retryKey })
    expect([await again('key'), await again('key'), await again('other')]).toEqual([
      { times: 1 },
      { times: 1 },
      { times: 2 },
    ])
    expect(await auditRows('repeated')).toHaveLength(2)
  })
})

describe('two processes on PostgreSQL', async () => {
  describeUnless(await postgresMissing(), 'that lock in opposite order', () => {
    test('both succeed: a deadlock never surfaces', async () => {
      const database = await createDatabase()
      const [one, two] = [await openMarket(database.url), await openMarket(database.url)]
      const signals = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
      const attempts = [0, 0]
      const ends = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
      const raise = (index: 0 | 1, order: string[]) => async (tx: Write) => {
        // The loser's second attempt might take its first lock before the winner has taken his last: another deadlock.
        if (++attempts[index]! > 1) await ends[1 - index]!.promise
        const [first, second] = order
        await workerAccounts.count(tx, first!, { accepted: 1 })
        signals[index]!.resolve()
        await signals[1 - index]!.promise
        await workerAccounts.count(tx, second!, { accepted: 1 })
        return {}
      }
      await one.market.runner.run(Try, operator, {
        name: 'open',
        attempt: async (tx) => {
          for (const worker of ['A', 'B']) await workerAccounts.lock(tx, worker)
          return {}
        },
      })
      await Promise.all([
        one.market.runner
          .run(Try, operator, { name: 'one', attempt: raise(0, ['A', 'B']) })
          .finally(() => ends[0]!.resolve()),
        two.market.runner
          .run(Try, operator, { name: 'two', attempt: raise(1, ['B', 'A']) })
          .finally(() => ends[1]!.resolve()),
      ])
      const counted = await one.market.store.read(0, async (tx) => [
        (await workerAccounts.find(tx, 'A')).accepted,
        (await workerAccounts.find(tx, 'B')).accepted,
      ])
      expect(counted).toEqual([2, 2])
      expect(attempts[0]! + attempts[1]!).toBe(3)
      await one.close()
      await two.close()
      await database.drop()
    })
  })
})
