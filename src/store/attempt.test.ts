// A part of a transaction that may be undone alone.
import { expect, test } from 'vitest'
import type { Fault } from '../domain/fault.ts'
import { ids, onBothStores, type TestStore } from '../../test/support/stores.ts'
import * as answers from './answers.ts'
import type { Write } from './tx.ts'

const refusal: Fault = { fault: 'InsufficientFunds' }

async function kept({ read }: TestStore, ...assignmentIds: string[]): Promise<boolean[]> {
  const found: boolean[] = []
  for (const id of assignmentIds) found.push((await read((tx) => answers.find(tx, id))) !== undefined)
  return found
}

onBothStores('an attempt', (stores) => {
  const names = (count: number) => Array.from({ length: count }, () => ids.person())
  const add = (tx: Write, id: string) => answers.add(tx, id, 'document')

  test('that is refused undoes its own changes and nothing else', async () => {
    const { production } = stores()
    const [before, during, after] = names(3) as [string, string, string]
    const answered = await production.write(async (tx) => {
      await add(tx, before)
      const answer = await tx.attempt(async () => {
        await add(tx, during)
        return refusal
      })
      await add(tx, after)
      return answer
    })
    expect(answered).toEqual(refusal)
    expect(await kept(production, before, during, after)).toEqual([true, false, true])
  })

  test('that succeeds answers its result and is kept with the transaction', async () => {
    const { production } = stores()
    const [one, two] = names(2) as [string, string]
    const work = (id: string) => (tx: Write) => tx.attempt(async () => (await add(tx, id), 'done'))
    expect(await production.write(work(one))).toBe('done')
    expect(await production.discard(work(two))).toBe('done')
    expect(await kept(production, one, two)).toEqual([true, false])
  })

  test('may hold others, each undone alone', async () => {
    const { production } = stores()
    const [outer, inner, later] = names(3) as [string, string, string]
    await production.write((tx) =>
      tx.attempt(async () => {
        await add(tx, outer)
        await tx.attempt(async () => {
          await add(tx, inner)
          return refusal
        })
        await tx.attempt(async () => add(tx, later))
        return 'done'
      }),
    )
    expect(await kept(production, outer, inner, later)).toEqual([true, false, true])
  })

  test('that fails takes the whole transaction with it, and those beside it stay', async () => {
    const { production } = stores()
    const [before, during, beside] = names(3) as [string, string, string]
    const outcomes = await Promise.allSettled([
      production.write(async (tx) => {
        await add(tx, before)
        await tx.attempt(async () => {
          await add(tx, during)
          throw new Error('a bug')
        })
      }),
      production.write((tx) => add(tx, beside)),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
    expect(await kept(production, before, during, beside)).toEqual([false, false, true])
  })
})
