// A test of the simulation: whoever breaks one act of the market is found, by an answer that the model did not predict
// or by the audit of the books. KEMPELEN_VERIFY=1 breaks each act once only, too, and with many seeds.
import { describe, expect, test } from 'vitest'
import { createIds } from '../../src/ids.ts'
import { openMarket } from '../support/market.ts'
import { watchStore } from '../support/recorded-store.ts'
import type { Store } from '../../src/store/store.ts'
import { lasting, mutations, type Mutation } from './mutations.ts'
import { mutationsOfPayouts } from './mutations-payouts.ts'
import { mutationsOfReviews, seldomMet } from './mutations-reviews.ts'
import { createRandom, seededBytes } from './random.ts'
import { simulate } from './simulate.ts'

const verify = process.env.KEMPELEN_VERIFY === '1'
const seeds = [1, 2, 3, 4, 5]

interface Broken {
  /** How often the act was broken before it was found. */
  times: number
  /** What the simulation said; undefined when it noticed nothing. */
  found: string | undefined
}

/** Simulates a market in which `mutation` happens whenever it can, or at its first chance alone. */
async function simulateBroken(
  mutation: Mutation | undefined,
  seed: number,
  actions: number,
  once = false,
): Promise<Broken> {
  let times = 0
  // Not before there is a HIT: what happens to accounts that are not open yet changes nothing.
  let hasBegun = false
  const around = (store: Store): Store => {
    const spoilt = watchStore(store, async (run, perform) => {
      const outcome = hasBegun && !(once && times > 0) ? mutation?.meet(run) : undefined
      hasBegun ||= 'pick' in run.parameters
      if (outcome === undefined) return perform(run)
      times++
      switch (outcome.kind) {
        case 'leave out':
          return outcome.answer
        case 'twice':
          // What is refused the first time is not broken by a second.
          if ((await perform(run)) === 0) {
            times--
            return 0
          }
          return perform({ ...run, parameters: outcome.again })
        case 'instead':
          return perform({ ...run, parameters: outcome.parameters })
        case 'answer':
          return outcome.change((await perform(run)) as unknown[])
      }
    })
    return {
      ...spoilt,
      async write(now, work, options) {
        const before = times
        let isKept = true
        const keep: typeof options.keep = (result) => (isKept = options.keep(result))
        const result = await spoilt.write(now, work, { ...options, keep })
        // What is rolled back is no mistake yet.
        if (once && !isKept) times = before
        return result
      },
    }
  }
  const ids = createIds(seededBytes(createRandom(~seed)))
  const market = await openMarket('sqlite::memory:', 'production', ids, around)
  try {
    await simulate(market, seed, actions)
    return { times, found: undefined }
  } catch (error) {
    return { times, found: (error as Error).message }
  } finally {
    await market.close()
  }
}

describe('the simulation', () => {
  test('has nothing to say when nothing is broken', async () => {
    expect(await simulateBroken(undefined, 1, 600)).toEqual({ times: 0, found: undefined })
  })

  // What one life of the market does not bring to light, another does.
  const all = [...mutations, ...mutationsOfPayouts, ...mutationsOfReviews].filter(
    ({ name }) => verify || !seldomMet.has(name),
  )
  test.for(all.map((mutation) => ({ mutation, name: mutation.name })))(
    'notices that $name',
    async ({ mutation }) => {
      let reached = 0
      const found: (string | undefined)[] = []
      for (const seed of seeds) {
        const broken = await simulateBroken(mutation, seed, verify ? 6000 : 2000)
        reached += broken.times
        found.push(broken.found)
        if (broken.found !== undefined && !verify) break
      }
      expect(reached, 'the act was never reached').toBeGreaterThan(0)
      expect(
        found.some((one) => one !== undefined),
        'nobody noticed',
      ).toBe(true)
      // In long lives what touches money or counters must come to light in each.
      if (verify && mutations.includes(mutation)) expect(found).not.toContain(undefined)
    },
  )
})

// The first chance comes early, so that what follows has every chance to hide it.
if (verify) {
  describe('one mistake alone', () => {
    for (const mutation of lasting) {
      test.for(seeds)(`is noticed: ${mutation.name}, seed %i`, async (seed) => {
        const { times, found } = await simulateBroken(mutation, seed, 3000, true)
        expect(times, 'the act was never reached').toBe(1)
        expect(found, 'nobody noticed').toBeDefined()
      })
    }
  })
}
