import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../test/support/tidy-sources.ts'

interface Totals {
  passed: number
  failed: number
  skipped: { name: string; reason?: string }[]
  problem?: string
}
const summary = (await import(join(root, 'scripts/summary.mjs'))) as {
  count(modules: object[], errors: object[]): Totals
  summaryLines(tests: Totals, failedChecks: string[], seconds: number): string[]
}

const aTest = (state: string, note?: string) => ({ fullName: 'a test', result: () => ({ state, note }) })
const aModule = (tests: object[], errors: object[] = [], suites: object[] = []) => ({
  relativeModuleId: 'a.test.ts',
  errors: () => errors,
  children: { allTests: () => tests, allSuites: () => suites },
})

test('counts tests, files that do not load, hooks that fail and stray errors', () => {
  const modules = [
    aModule([aTest('passed'), aTest('failed'), aTest('skipped', 'no Python')]),
    aModule([], [new Error('does not load')]),
    aModule([aTest('passed')], [], [{ errors: () => [new Error('a hook')] }]),
  ]
  expect(summary.count(modules, [new Error('stray')])).toEqual({
    passed: 2,
    failed: 4,
    skipped: [{ name: 'a.test.ts > a test', reason: 'no Python' }],
  })
})

test('a run without tests has failed', () => {
  expect(summary.count([], [])).toMatchObject({ failed: 1, problem: 'no test was found' })
})

test('the last line is the sum; skips and failed checks stand before it', () => {
  const skipped = [{ name: 'a', reason: 'no Python' }, { name: 'b', reason: 'no Python' }, { name: 'c' }]
  expect(summary.summaryLines({ passed: 5, failed: 1, skipped }, ['lint'], 1.25)).toEqual([
    '',
    'skipped: a and 1 more: no Python',
    'skipped: c: no reason given',
    'failed: lint',
    '1.3 s in all',
    '5 passed, 2 failed, 3 skipped',
  ])
})
