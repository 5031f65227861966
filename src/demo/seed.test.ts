import { describe, expect, test } from 'vitest'
import { onBothDatabases, type TestMarket } from '../../test/support/market.ts'
import type { Market } from '../market.ts'
import { operator } from '../operations/operation.ts'
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

describe('the demo', () => {
  onBothDatabases('whose making is cut off', (open) => {
    test('is finished by the next start, wherever that was, and is for tests from the first [design 2]', async () => {
      const whole = await open()
      await seedDemo([whole.market], 'https://task.localhost/')
      const expected = await whatIsThere(whole)
      await whole.close()
      for (let operations = 2; ; operations++) {
        const cut = await open()
        const cutOff = await seedDemo([dyingAfter(cut.market, operations)], 'https://task.localhost/').then(
          () => false,
          () => true,
        )
        expect(await cut.market.runner.run(FindFact, operator, { name: 'made for' })).toEqual(expected.fact)
        await seedDemo([cut.market], 'https://task.localhost/')
        expect(await whatIsThere(cut), `after ${operations} operations`).toEqual(expected)
        await cut.close()
        if (!cutOff) break
      }
    })
  })
})
