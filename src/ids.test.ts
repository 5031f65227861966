import { describe, expect, test } from 'vitest'
import { createIds } from './ids.ts'

const now = 1_767_268_800_000

describe('ids of HITs, types, groups and assignments [hits 3]', () => {
  const count = 100_000
  const ids = createIds()
  const list = Array.from({ length: count }, (_, i) => ids.entity(now + Math.floor(i / 1000)))

  test('have 30 characters of A-Z0-9, the first a 3', () => {
    expect(list.filter((id) => !/^3[A-Z0-9]{29}$/.test(id))).toEqual([])
  })

  test('are all different, and rise in the order in which they were made', () => {
    expect(new Set(list).size).toBe(count)
    expect(list).toEqual(list.toSorted())
  })

  test('begin with the time in microseconds, base 36', () => {
    const time = Number.parseInt(createIds().entity(now).slice(1, 11), 36)
    expect(time).toBe(now * 1000)
  })

  test('rise with the time from one year to another', () => {
    const source = createIds()
    const years = [0, 1, 2, 10].map((year) => source.entity(now + year * 31_536_000_000))
    expect(years).toEqual(years.toSorted())
  })

  test('follow a clock that was set back far', () => {
    const source = createIds()
    const later = source.entity(now + 86_400_000)
    expect(source.entity(now) < later).toBe(true)
  })

  test('come behind an id that they are to follow, by however much its clock was ahead', () => {
    const source = createIds()
    let last = createIds().entity(now + 86_400_000)
    for (let i = 0; i < 1000; i++) {
      const next = source.entity(now, last)
      expect(next.slice(0, 11) > last.slice(0, 11)).toBe(true)
      last = next
    }
    expect(source.entity(now + 172_800_000, last).slice(1, 11)).toBe(
      ((now + 172_800_000) * 1000).toString(36).toUpperCase().padStart(10, '0'),
    )
    expect(source.entity(now) < last).toBe(true)
  })

  // Due work is carried out at the moment it fell due, beside what happens now.
  test('rise at each of several moments whose ids are made in turn', () => {
    const source = createIds()
    const moments = [now, now + 86_400_000, now + 5000]
    const made = Array.from({ length: 50 }, () => moments.map((moment) => source.entity(moment)))
    for (const [i] of moments.entries()) {
      const ofMoment = made.map((turn) => turn[i]!.slice(0, 11))
      expect(ofMoment).toEqual([...new Set(ofMoment)].sort())
    }
  })

  test('favour no character in their random tail', () => {
    const counts = new Map<string, number>()
    for (const id of list)
      for (const character of id.slice(11)) {
        counts.set(character, (counts.get(character) ?? 0) + 1)
      }
    const expected = (count * 19) / 36
    const chiSquare = [...counts.values()].reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0)
    expect(counts.size).toBe(36)
    // 35 degrees of freedom: above 100 once in ten million runs. A byte modulo 36 comes to more than 1000.
    expect(chiSquare).toBeLessThan(100)
  })
})

test('bytes that would favour some characters are thrown away', () => {
  const bytes = [255, 252, 253, 251, 0, 35, 36]
  let next = 0
  const ids = createIds((count) =>
    Buffer.from(Array.from({ length: count }, () => bytes[next++ % bytes.length]!)),
  )
  // 251 is Z, 0 is 0, 35 is Z, 36 is 0 again; the three above 251 leave no trace.
  expect(ids.person()).toBe('AZ0Z0Z0Z0Z0Z0Z')
})

test('people have an A and 13 characters [hits 3]', () => {
  const ids = createIds()
  const people = Array.from({ length: 10_000 }, () => ids.person())
  expect(people.filter((id) => !/^A[A-Z0-9]{13}$/.test(id))).toEqual([])
  expect(new Set(people).size).toBe(people.length)
})

test('requests have a lower-case UUID [hits 3]', () => {
  expect(createIds().request()).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  )
})

test('secrets have as many bytes as asked for', () => {
  const ids = createIds()
  for (const bytes of [1, 8, 32, 5000]) {
    const secret = ids.secret(bytes)
    expect(Buffer.from(secret, 'base64url')).toHaveLength(bytes)
    expect(secret).not.toBe(ids.secret(bytes))
  }
})

test('the place in a group is within 31 bits, in both halves', () => {
  const ids = createIds()
  const picks = Array.from({ length: 2000 }, () => ids.pick())
  expect(picks.every((pick) => Number.isInteger(pick) && pick >= 0 && pick < 2 ** 31)).toBe(true)
  expect(picks.filter((pick) => pick < 2 ** 30).length).toBeGreaterThan(800)
  expect(picks.filter((pick) => pick < 2 ** 30).length).toBeLessThan(1200)
})
