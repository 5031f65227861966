// A market lived in by many actors at once gives every answer that an independent model of the rules predicts
// [hits 5, 6, 7, 9, 10, 12, qualifications 2, 3, 4, 5, 6, 7, 8, notifications 2, 4, design 8]. KEMPELEN_SEED repeats a
// run; KEMPELEN_VERIFY=1 makes it long.
import { randomInt } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { createIds } from '../../src/ids.ts'
import { openMarket } from '../support/market.ts'
import { createDatabase, postgresMissing } from '../support/postgres.ts'
import { createRandom, seededBytes } from './random.ts'
import { simulate } from './simulate.ts'

const verify = process.env.KEMPELEN_VERIFY === '1'
const given = process.env.KEMPELEN_SEED
// The short form is the same every time: what it finds must be the fault of a change. The long one looks for news.
const usualSeed = verify ? randomInt(2 ** 31) : 20_260_930
const seed = given === undefined ? usualSeed : Number(given)

async function run(url: string, of: number, actions: number): Promise<void> {
  const market = await openMarket(url, 'production', createIds(seededBytes(createRandom(~of))))
  try {
    const { hits, assignments, answers, reviews } = await simulate(market, of, actions)
    console.log(`seed ${of}: ${actions} actions, ${hits} HITs, ${assignments} assignments`)
    if (verify) console.log(answers, reviews)
    // A simulation in which nothing happened proves nothing: in a long one nearly all of the 43 kinds of step must have
    // succeeded, in a short one by chance fewer.
    expect(assignments).toBeGreaterThan(actions / 30)
    const succeeded = [...answers].filter(([, codes]) => codes.has('')).map(([kind]) => kind)
    expect(succeeded.length, succeeded.join(' ')).toBeGreaterThanOrEqual(
      verify ? 40 : actions < 1000 ? 20 : 26,
    )
  } finally {
    await market.close()
  }
}

const runs = verify ? 20 : 2

describe('the market behaves as the model, SQLite', () => {
  test.for(Array.from({ length: runs }, (_, i) => seed + i))('seed %i', { timeout: 600_000 }, async (of) => {
    await run('sqlite::memory:', of, verify ? 20_000 : 1300)
  })
})

describe('the market behaves as the model, PostgreSQL', () => {
  let missing: string | undefined
  beforeAll(async () => {
    missing = await postgresMissing()
  })
  test.for(Array.from({ length: verify ? 4 : 1 }, (_, i) => seed + i))(
    'seed %i',
    { timeout: 600_000 },
    async (of, { skip }) => {
      if (missing !== undefined) skip(missing)
      const database = await createDatabase()
      try {
        await run(database.url, of, verify ? 8000 : 500)
      } finally {
        await database.drop()
      }
    },
  )
})
