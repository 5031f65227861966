// `npm test`: type check, format, lint, then every test. The last line is the sum, and nothing else:
// `N passed, N failed, N skipped`. With arguments (`npm test -- src/domain`) only those tests run. `--compatibility`
// also writes docs/compatibility.md anew from what the tests name; `--screenshots` takes the pictures of the documents anew.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bootstrapOrExit } from './bootstrap.mjs'
import { isUpToDate } from './compatibility.mjs'
import { endWithParent } from './parent.mjs'
import { summaryLines } from './summary.mjs'

const started = performance.now()
const children = new Set()
endWithParent()
for (const signal of ['SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal)
    process.exit(1)
  })
}
const root = fileURLToPath(new URL('..', import.meta.url))
const node = bootstrapOrExit()
const given = process.argv.slice(2)
const verify = given.includes('--verify')
const writesCompatibility = given.includes('--compatibility')
const takesPictures = given.includes('--screenshots')
const parameters = takesPictures
  ? ['test/screenshots.test.ts']
  : given.filter((argument) => !['--verify', '--compatibility'].includes(argument))
const environment = {
  ...process.env,
  ...(verify ? { KEMPELEN_VERIFY: '1' } : {}),
  ...(takesPictures ? { KEMPELEN_SCREENSHOTS: '1' } : {}),
  // Tests start programs by name: those of this checkout, and the Node that serves.
  PATH: [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
}

const checks = [
  { name: 'type check', program: 'typescript/bin/tsc', parameters: ['-p', 'tsconfig.json'] },
  {
    name: 'format',
    program: 'prettier/bin/prettier.cjs',
    parameters: ['--check', '--log-level', 'warn', '.'],
  },
  { name: 'lint', program: 'oxlint/bin/oxlint', parameters: ['--type-aware', '--deny-warnings'] },
]

/** Runs a program of node_modules; its output appears when it has ended, if `held`, so that lines do not mix. */
function run(program, programParameters, held, extra = {}) {
  return new Promise((resolve) => {
    const child = spawn(node, [join(root, 'node_modules', program), ...programParameters], {
      cwd: root,
      env: { ...environment, ...extra },
      stdio: held ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    })
    children.add(child)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
    child.on('close', (code) => {
      children.delete(child)
      resolve({ ok: code === 0, output })
    })
  })
}

async function runChecks() {
  if (parameters.length > 0) {
    console.log('Only the named tests run; the checks are left out (npm run lint runs them).')
    return []
  }
  const results = await Promise.all(checks.map((check) => run(check.program, check.parameters, true)))
  return checks
    .filter((check, index) => {
      const { ok, output } = results[index]
      console.log(`${ok ? 'ok    ' : 'FAILED'} ${check.name}`)
      if (!ok) console.log(output)
      return !ok
    })
    .map((check) => check.name)
}

async function runTests() {
  const folder = mkdtempSync(join(tmpdir(), 'kempelen-test-'))
  const file = join(folder, 'summary.json')
  const reporters = ['--reporter=default', '--reporter=./scripts/summary.mjs']
  try {
    await run('vitest/vitest.mjs', ['run', ...reporters, ...parameters], false, {
      KEMPELEN_TEST_SUMMARY: file,
    })
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { passed: 0, failed: 1, skipped: [], problem: 'the tests ended without a result' }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const onlyChecks = parameters[0] === '--checks'
if (onlyChecks) parameters.length = 0
const failedChecks = await runChecks()
if (onlyChecks) process.exit(failedChecks.length === 0 ? 0 : 1)
const tests = await runTests()
// Only a whole run shows what the page says. Between releases a test may be ahead of it.
const isWhole = parameters.length === 0 && tests.failed === 0 && tests.skipped.length === 0
if (isWhole && !isUpToDate(tests.compatibility, writesCompatibility)) {
  console.log('Notice: docs/compatibility.md is behind the tests; npm run compatibility writes it anew.')
  if (verify) failedChecks.push('docs/compatibility.md')
}
const lines = summaryLines(tests, failedChecks, (performance.now() - started) / 1000)
console.log(lines.join('\n'))
process.exitCode = tests.failed + failedChecks.length === 0 ? 0 : 1
