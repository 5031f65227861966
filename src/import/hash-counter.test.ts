import { expect, test } from 'vitest'
import { HashCounter } from './hash-counter.ts'

test('counts each text, with 16 bytes an id at most when there are many', () => {
  const met = new HashCounter()
  let again = 0
  for (let i = 0; i < 200_000; i++) if (met.add(`3A${i.toString(36).padStart(28, '0')}`) !== 1) again++
  expect(again).toBe(0)
  expect(met.add(`3A${(77).toString(36).padStart(28, '0')}`)).toBe(2)
  expect(met.byteLength / 200_000).toBeLessThanOrEqual(16)
})

test('counts of four bytes go on behind 255', () => {
  const met = new HashCounter(Uint32Array)
  for (let i = 1; i <= 300; i++) expect(met.add('line')).toBe(i)
})
