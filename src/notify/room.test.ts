// One slow destination never delays another, and neither do many [design 4].
import { expect, test } from 'vitest'
import { server } from '../limits.ts'
import { createRoom, type Room, type Served } from './room.ts'

/** Enters destinations; answers those that found room, and how to end each. */
function enterAll(room: Room, names: readonly string[], size: number) {
  const ends = new Map<string, (ended: Served) => void>()
  for (const name of names) {
    const { promise, resolve } = Promise.withResolvers<Served>()
    room.enter(name, size, () => {
      ends.set(name, resolve)
      return promise
    })
  }
  return {
    found: [...ends.keys()],
    async endAll(ended: Served) {
      for (const end of ends.values()) end(ended)
      await room.empty()
    },
  }
}

const named = (letter: string, count: number) => Array.from({ length: count }, (_, i) => `${letter}${i}`)

test('as many are served at once as there is room for, and none twice', async () => {
  const room = createRoom()
  const first = enterAll(room, [...named('a', 4), 'a0'], 6)
  expect(first.found).toEqual(named('a', 4))
  expect(enterAll(room, [...named('a', 4), ...named('b', 4)], 6).found).toEqual(['b0', 'b1'])
})

test('those that failed are served again in half of the room, the others find the rest', async () => {
  const room = createRoom()
  await enterAll(room, named('slow', 10), 10).endAll('failed')
  expect(enterAll(room, named('slow', 10), 10).found).toHaveLength(5)
  expect(enterAll(room, named('quick', 10), 10).found).toHaveLength(5)
})

test('one that is served well again has all of the room; one that nothing was sent to has not', async () => {
  const room = createRoom()
  await enterAll(room, named('slow', 10), 10).endAll('failed')
  await enterAll(room, named('slow', 3), 10).endAll('nothing')
  await enterAll(room, named('slow', 3), 10).endAll('well')
  expect(enterAll(room, named('slow', 10), 10).found).toHaveLength(3 + 5)
})

test('even the smallest room has a place for those that failed', async () => {
  const room = createRoom()
  await enterAll(room, ['slow'], 1).endAll('failed')
  expect(enterAll(room, ['slow'], 1).found).toEqual(['slow'])
})

test('who failed is not remembered without end', async () => {
  const room = createRoom()
  const { failingRemembered } = server.notifications
  await enterAll(room, named('slow', failingRemembered + 1), failingRemembered + 1).endAll('failed')
  expect(enterAll(room, named('slow', failingRemembered + 1), 10).found).toHaveLength(10)
})
