import { expect, test } from 'vitest'
import { openMarket, type TestMarket } from '../../test/support/market.ts'
import type { Market } from '../market.ts'
import { operator } from '../operations/operation.ts'
import { AdoptDemo } from '../operations/operator/AdoptDemo.ts'
import { FindFact } from '../operations/operator/Facts.ts'
import { GetLedger } from '../operations/operator/GetLedger.ts'
import { ListHITs } from '../operations/requester/ListHITs.ts'
import { demo, seedDemo } from './seed.ts'

/** The market, with a runner that ends as a killed process does: after so many operations. */
function dyingAfter(market: Market, operations: number): Market {
  let left = operations
  return {
    ...market,
    runner: {
      ...market.runner,
      run: (...call) => {
        if (left-- === 0) throw new Error('killed')
        return market.runner.run(...call)
      },
    },
  }
}

async function whatIsThere({ market }: TestMarket) {
  const requester = { kind: 'requester', requesterId: demo.requesterId } as const
  const ledger = await market.runner.run(GetLedger, operator, {})
  const hits = await market.runner.run(ListHITs, requester, {})
  const fact = await market.runner.run(FindFact, operator, { name: 'made for' })
  return { ledger, hits: 'HITs' in hits && hits.HITs?.map(({ Title }) => Title), fact }
}

const open = () => openMarket('sqlite::memory:')
const task = 'https://task.localhost/'

test('a making that is cut off is finished by the next start, and is a test’s from the first [design 2]', async () => {
  const whole = await open()
  await seedDemo([whole.market], task)
  const expected = await whatIsThere(whole)
  await whole.close()
  for (let operations = 3, wasCutOff = true; wasCutOff; operations++) {
    const cut = await open()
    wasCutOff = await seedDemo([dyingAfter(cut.market, operations)], task).then(
      () => false,
      () => true,
    )
    expect((await whatIsThere(cut)).fact).toEqual({ value: 'tests' })
    await seedDemo([cut.market], task)
    expect(await whatIsThere(cut), `after ${operations} operations`).toEqual(expected)
    await cut.close()
  }
})

test('a database in real use after --adopt-demo is left alone [design 2]', async () => {
  const real = await open()
  await seedDemo([real.market], task)
  await real.market.runner.run(AdoptDemo, operator, demo)
  await expect(seedDemo([real.market], task)).rejects.toThrow('in real use')
  expect((await whatIsThere(real)).fact).toEqual({ value: undefined })
  await real.close()
})
