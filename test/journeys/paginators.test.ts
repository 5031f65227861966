// boto3's paginators, and the loops that programs have written instead, through all lists that page: every entry once,
// in order, and an end [client W1, client W2, hits 8].
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Market } from '../../src/market.ts'
import { openJourney, type Journey, type Laboratory } from '../support/journey.ts'
import { createDatabase, postgresMissing } from '../support/postgres.ts'
import { openPython, type PythonSession } from '../support/python-session.ts'
import { clientsMissing } from '../support/python.ts'
import { startDemo } from '../support/server.ts'
import { describeUnless } from '../support/shared.ts'
import { createWorkers, most, walkedLists, type OpenList, type WalkedList } from '../support/walked-lists.ts'

/** The same list walked in every way: pages as lists of ids. */
interface Walked {
  usual: string[][]
  sizes: Record<string, string[][]>
  whileToken: string[][]
  whileEntries: string[][]
  resumed: Record<string, string[][]>
  started: string[][]
  searched: string[]
}

interface Entry {
  id: string
  name: string
  time: number
}

const counts = [0, 1, 10, 11, 100, most]
const sizes = [1, 10, 100]
const usual = 10
/** Entries after which a walk is cut off and resumed: with pages and within them. */
const parts = [20, 27]
const partSize = 10

function chunks(ids: readonly string[], size: number): string[][] {
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, index) =>
    ids.slice(index * size, (index + 1) * size),
  )
}

/** Pages that are full as long as there are entries; the page that ends the list is empty. */
function pagesOf(ids: readonly string[], size: number): string[][] {
  return [...chunks(ids, size), []]
}

function byText(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other))
}

function sorted(entries: readonly Entry[], order: WalkedList['order']): string[] {
  const compare = {
    'oldest first': (one: Entry, other: Entry) => one.time - other.time,
    'newest first': (one: Entry, other: Entry) => other.time - one.time,
    name: (one: Entry, other: Entry) => byText(one.name, other.name),
  }[order]
  return entries.toSorted((one, other) => compare(one, other) || byText(one.id, other.id)).map(({ id }) => id)
}

interface Server {
  market: Market
  journey: Journey
  workerIds: string[]
  python: PythonSession
  close(): Promise<void>
}

async function open(database: 'sqlite' | 'postgres'): Promise<Server> {
  const made = database === 'postgres' ? await createDatabase() : undefined
  const { running, address, stop } = await startDemo({
    KEMPELEN_CLOCK: 'virtual',
    ...(made && {
      DATABASE_URL: made.url,
      KEMPELEN_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    }),
  })
  const journey = await openJourney(address)
  const market = running.markets.get('production')!
  const python = openPython(new URL('../support/paginator-walks.py', import.meta.url), address)
  return {
    market,
    journey,
    workerIds: await createWorkers(market),
    python,
    async close() {
      await python.close()
      await journey.close()
      await stop()
      await made?.drop()
    },
  }
}

describe.each(['sqlite', 'postgres'] as const)('boto3’s paginators, %s', async (database) => {
  const missing = clientsMissing() ?? (database === 'postgres' ? await postgresMissing() : undefined)
  describeUnless(missing, 'run', () => {
    let server: Server
    beforeAll(async () => {
      server = await open(database)
    })
    afterAll(() => server?.close())

    test('botocore pages through these nine lists and no others [hits 8, qualifications 1.4]', async () => {
      const operations = walkedLists.map(({ operation }) => operation)
      expect(await server.python.ask('paginators')).toEqual(operations.toSorted())
      expect(operations).toHaveLength(9)
    })

    describe.each(walkedLists)('$operation', (list) => {
      let laboratory: Laboratory
      let opened: OpenList
      const entries: Entry[] = []
      beforeAll(async () => {
        laboratory = await server.journey.laboratory()
        const { market, workerIds } = server
        opened = await list.open({ market, workerIds, requesterId: laboratory.requesterId })
      })

      async function grow(count: number): Promise<void> {
        for (let number = entries.length; number < count; number++) {
          // Three entries share a moment, and moments are less than a second apart where that can be.
          if (list.hidesId === true || number % 3 === 0)
            await server.journey.advance(list.wholeSeconds === true ? 1 : 0.001)
          const added = await opened.add(number)
          const { id, name } = typeof added === 'string' ? { id: added, name: '' } : added
          entries.push({ id, name, time: server.journey.now() })
        }
      }

      test.each(counts)(
        `${list.operation} with %i entries: each once, in order, and an end [client W1, client W2, hits 8]`,
        async (count) => {
          await grow(count)
          const ids = sorted(entries, list.order)
          expect(new Set(ids).size).toBe(count)
          const walked = await server.python.ask<Walked>({
            key: laboratory.key,
            operation: list.operation,
            parameters: opened.parameters,
            identity: list.identity,
            bound: count + 2,
            sizes,
            parts,
            partSize,
          })
          expect(walked.usual).toEqual(pagesOf(ids, usual))
          for (const size of sizes) expect(walked.sizes[size], `pages of ${size}`).toEqual(pagesOf(ids, size))
          expect(walked.whileToken).toEqual(pagesOf(ids, partSize))
          expect(walked.whileEntries).toEqual(pagesOf(ids, partSize))
          for (const items of parts) {
            // Where the last part is full nobody knows yet that it was the last.
            const expected = count % items === 0 ? pagesOf(ids, items) : chunks(ids, items)
            expect(walked.resumed[items], `parts of ${items}`).toEqual(expected)
          }
          expect(walked.started).toEqual(pagesOf(ids, partSize))
          expect(walked.searched).toEqual(ids)
        },
      )
    })
  })
})
