// A Vitest reporter that writes what the last lines of `npm test` need to the file KEMPELEN_TEST_SUMMARY, and the
// words those lines are made of.
import { writeFileSync } from 'node:fs'
import { compatibilityText } from './compatibility.mjs'

/** Counts tests. A file that cannot be loaded, a hook that fails and a stray error count as one failure each. */
export default class Summary {
  async onTestRunEnd(modules, unhandledErrors) {
    const file = process.env.KEMPELEN_TEST_SUMMARY
    if (!file) return
    const { operationNames } = await import('../src/model/operations.ts')
    const { eventKinds } = await import('../src/domain/notification.ts')
    const tests = passedTests(modules)
    const compatibility = compatibilityText({ operations: operationNames, events: eventKinds, tests })
    writeFileSync(file, JSON.stringify({ ...count(modules, unhandledErrors), compatibility }))
  }
}

/** The file and full name of each test that passed. */
function passedTests(modules) {
  return modules.flatMap((module) =>
    [...module.children.allTests('passed')].map((test) => ({
      file: module.relativeModuleId,
      name: test.fullName,
    })),
  )
}

/** The totals of a run: `passed`, `failed`, and each skipped test with its reason. */
export function count(modules, unhandledErrors) {
  const totals = { passed: 0, failed: unhandledErrors.length, skipped: [] }
  for (const module of modules) {
    if (module.errors().length > 0) totals.failed += 1
    for (const suite of module.children.allSuites()) if (suite.errors().length > 0) totals.failed += 1
    for (const test of module.children.allTests()) {
      const { state, note } = test.result()
      if (state === 'passed') totals.passed += 1
      else if (state === 'failed') totals.failed += 1
      else totals.skipped.push({ name: `${module.relativeModuleId} > ${test.fullName}`, reason: note })
    }
  }
  if (totals.passed + totals.failed + totals.skipped.length === 0) {
    return { ...totals, failed: 1, problem: 'no test was found' }
  }
  return totals
}

/** The end of the output: what was skipped and why, failed checks, the time, and as the last line the sum. */
export function summaryLines(tests, failedChecks, seconds) {
  return [
    '',
    ...skippedLines(tests.skipped),
    ...(tests.problem ? [`failed: ${tests.problem}`] : []),
    ...failedChecks.map((name) => `failed: ${name}`),
    `${seconds.toFixed(1)} s in all`,
    `${tests.passed} passed, ${tests.failed + failedChecks.length} failed, ${tests.skipped.length} skipped`,
  ]
}

/** One line for each reason when tests share it, so that a missing tool does not print a page. */
function skippedLines(skipped) {
  const byReason = new Map()
  for (const { name, reason = 'no reason given' } of skipped) {
    byReason.set(reason, [...(byReason.get(reason) ?? []), name])
  }
  return [...byReason].map(([reason, names]) => {
    const others = names.length > 1 ? ` and ${names.length - 1} more` : ''
    return `skipped: ${names[0]}${others}: ${reason}`
  })
}
