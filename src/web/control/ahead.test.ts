import { expect, test } from 'vitest'
import { ahead } from './ahead.ts'

async function* counted(made: number[], failAt = Infinity): AsyncGenerator<number> {
  try {
    for (let i = 1; i <= 4; i++) {
      if (i === failAt) throw new Error('broken off')
      made.push(i)
      yield await Promise.resolve(i)
    }
  } finally {
    made.push(0)
  }
}

test('items come in their order, each made while the one before is in use', async () => {
  const made: number[] = []
  const seen: string[] = []
  for await (const item of ahead(counted(made))) {
    await new Promise((done) => setImmediate(done))
    seen.push(`${item} of ${made.join('')}`)
  }
  expect(seen).toEqual(['1 of 12', '2 of 123', '3 of 1234', '4 of 12340'])
})

test('a failure is heard after the items before it', async () => {
  const seen: number[] = []
  const all = async () => {
    for await (const item of ahead(counted([], 3))) seen.push(item)
  }
  await expect(all()).rejects.toThrow('broken off')
  expect(seen).toEqual([1, 2])
})

test('who stops before the end ends the source, and does not hear of a failure that comes later', async () => {
  const made: number[] = []
  for await (const _ of ahead(counted(made, 2))) break
  expect(made).toEqual([1, 0])
})
