import { Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { barOf, withProgress } from './progress.ts'

/** A screen that remembers what was written to it. */
function screen(isTTY: boolean, columns: number | undefined) {
  let written = ''
  const stream = new Writable({
    write(piece: Buffer, _, done) {
      written += piece.toString()
      done()
    },
  })
  return {
    stream: Object.assign(stream, { isTTY, columns }) as unknown as NodeJS.WriteStream,
    written: () => written,
  }
}

// oxlint-disable-next-line require-await
async function* pieces(...sizes: number[]) {
  for (const size of sizes) yield new Uint8Array(size)
}

async function pass(
  sizes: number[],
  total: number,
  isTTY: boolean,
  { label = 'Checking a.csv', columns }: { label?: string; columns?: number } = {},
): Promise<{ passed: number; written: string }> {
  const { stream, written } = screen(isTTY, columns)
  let passed = 0
  for await (const piece of withProgress(pieces(...sizes), total, label, stream)) passed += piece.length
  return { passed, written: written() }
}

test('a bar grows from nothing to all of it', () => {
  expect(barOf(0, 'x')).toBe(`x  [${'░'.repeat(30)}]   0 %`)
  expect(barOf(0.5, 'x')).toBe(`x  [${'█'.repeat(15)}${'░'.repeat(15)}]  50 %`)
  expect(barOf(1, 'x')).toBe(`x  [${'█'.repeat(30)}] 100 %`)
})

test('whoever looks at a terminal sees it grow, and it goes away in the end', async () => {
  const { passed, written } = await pass([500, 1, 499], 1000, true)
  expect(passed).toBe(1000)
  // A step that would look the same is not drawn again.
  expect(written.match(/\d+ %/g)).toEqual(['50 %', '100 %'])
  expect(written).toMatch(/\r +\r$/)
})

test('on a narrow terminal a long name is cut, so that the bar stays on its line', async () => {
  const label = 'Bringing in Batch_3848120_batch\n_results.csv'
  for (const [columns, shown] of [
    [80, 'Bringing in Batch_3848120_batch _resul…'],
    [60, 'Bringing in Batch_…'],
    [20, '…'],
  ] as const) {
    const { written } = await pass([500, 500], 1000, true, { label, columns })
    const bars = written.split('\r').filter((bar) => bar.trim() !== '')
    expect(bars.map((bar) => bar.slice(0, bar.indexOf('  [')))).toEqual([shown, shown])
    if (columns > 40) expect(Math.max(...bars.map(({ length }) => length))).toBe(columns - 1)
  }
})

test('in a pipe nothing is drawn, and a file that grew or is empty is no trouble', async () => {
  expect(await pass([500, 500], 1000, false)).toEqual({ passed: 1000, written: '' })
  expect((await pass([500, 500], 600, true)).written).toContain('100 %')
  expect(await pass([], 0, true)).toEqual({ passed: 0, written: '' })
})
