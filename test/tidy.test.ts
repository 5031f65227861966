// Rules with teeth: what CONTRIBUTING.md says and a program can check is refused here. Every check has a bad sample
// that it must catch and a good one that it must let pass.
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import * as tidy from './support/tidy.ts'
import { filesBelow, parse, readCode, readTexts, root } from './support/tidy-sources.ts'

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

describe('the repository', () => {
  const code = readCode()

  test.each(Object.entries(tidy.codeChecks))('%s', (_, check) => {
    expect(code.flatMap(check)).toEqual([])
  })

  test('forbiddenWords', () => {
    expect(readTexts().flatMap(tidy.forbiddenWords)).toEqual([])
  })

  test('untestedOperations', () => {
    expect(tidy.untestedOperations(filesBelow('src/operations/requester'))).toEqual([])
  })

  test('undecidedDependencies', () => {
    const decisions = readTexts().filter(({ path }) => path.startsWith('docs/decisions/'))
    expect(tidy.undecidedDependencies(manifest, decisions.map(({ text }) => text).join('\n'))).toEqual([])
  })

  test('looseVersions', () => {
    expect(tidy.looseVersions(manifest)).toEqual([])
  })
})

/** Check, path, bad text, good text. Words that other checks look for are put together here. */
const samples: [keyof typeof tidy.codeChecks, string, string, string][] = [
  [
    'upwardImports',
    'src/store/hits.ts',
    `import { run } from '../operations/run.ts'`,
    `import { cents } from '../domain/money.ts'`,
  ],
  ['upwardImports', 'src/operations/run.ts', `import '../wire/errors.ts'`, `import '../store/tx.ts'`],
  [
    'upwardImports',
    'src/operations/acts/approve.ts',
    `export * from '../../web/app.tsx'`,
    `export * from '../views.ts'`,
  ],
  [
    'upwardImports',
    'src/domain/hit.ts',
    `import type { Write } from '../store/tx.ts'`,
    `import { bound } from '../limits.ts'`,
  ],
  [
    'upwardImports',
    'src/wire/endpoint.ts',
    `const m = await import('../store/open.ts')`,
    `import '../model/shapes.ts'`,
  ],
  [
    'upwardImports',
    'src/web/app.tsx',
    `import { a } from '../market.ts'`,
    `import type { Market } from '../market.ts'`,
  ],
  ['upwardImports', 'src/elsewhere/a.ts', `export {}`, `export {}`],
  [
    'misplacedPackages',
    'src/operations/run.ts',
    `import { sql } from 'kysely'`,
    `import { createHash } from 'node:crypto'`,
  ],
  ['misplacedPackages', 'src/operations/run.ts', `import { jsx } from 'hono/jsx'`, `import pino from 'pino'`],
  ['misplacedPackages', 'src/domain/hit.ts', `import { parse } from 'parse5'`, `import './money.ts'`],
  [
    'misplacedPackages',
    'src/domain/question/html.ts',
    `import { readFile } from 'node:fs'`,
    `import { parse } from 'parse5'`,
  ],
  [
    'writingPages',
    'src/web/page.tsx',
    `import type { Read, Write } from '../store/tx.ts'`,
    `import type { Read } from '../store/tx.ts'`,
  ],
  [
    'strayTime',
    'src/domain/hit.ts',
    `const now = Date.now()`,
    `// Date.now() stands in clock.ts\nconst now = tx.now`,
  ],
  ['strayTime', 'src/web/page.tsx', `const day = new Date(time)`, `const day: Date = clock.day(time)`],
  ['strayEnvironment', 'src/log.ts', `const level = process.env.LEVEL`, `const level = config.level`],
  ['strayRandomness', 'src/store/hits.ts', `const id = randomUUID()`, `const id = ids.request()`],
  ['strayRandomness', 'src/store/hits.ts', `const pick = Math.random()`, `const pick = ids.pick()`],
  ['strayDialect', 'src/store/hits.ts', `if (dialect === 'sqlite') go()`, `const png = 'a.png'`],
  ['strayDialect', 'src/store/hits.ts', `isPostgres(db)`, `// as PostgreSQL does\ngo()`],
  ['strayDialect', 'src/store/hits.ts', `sql\`select 1 for update\``, `query.forUpdate()`],
  ['longFile', 'src/a.ts', 'go()\n'.repeat(401), 'go()\n'.repeat(400)],
  [
    'longFunctions',
    'src/a.ts',
    `function f() {\n${'go()\n'.repeat(69)}}`,
    `function f() {\n${'go()\n'.repeat(68)}}`,
  ],
  [
    'longFunctions',
    'src/a.ts',
    `const f = async () => {\n${'go()\n'.repeat(69)}}`,
    `const table = [\n${'1,\n'.repeat(99)}]`,
  ],
  ['leftovers', 'src/a.ts', `// ${'TO' + 'DO'}: later`, `// the method todos is fine`],
  ['leftovers', 'src/a.ts', `// ${'FIX' + 'ME'}`, `// fix me not`],
  [
    'focusedTests',
    'src/a.test.ts',
    `test${'.only'}('a', () => {})`,
    `test('a', ({ skip }) => skip('no Python'))`,
  ],
  [
    'focusedTests',
    'test/a.ts',
    `describe${'.skip'}('a', () => {})`,
    `describe.skipIf(missing)('a', () => {})`,
  ],
]

describe('a check catches what it forbids and lets the rest pass', () => {
  test.each(samples)('%s in %s', (name, path, bad, good) => {
    expect(tidy.codeChecks[name](parse({ path, text: bad }))).toHaveLength(1)
    const elsewhere = path === 'src/elsewhere/a.ts' ? 'src/main.ts' : path
    expect(tidy.codeChecks[name](parse({ path: elsewhere, text: good }))).toEqual([])
  })

  test.each(Object.keys(tidy.codeChecks))('%s has a sample', (name) => {
    expect(samples.map(([sampled]) => sampled)).toContain(name)
  })

  test('forbiddenWords', () => {
    const text = (words: string) => tidy.forbiddenWords({ path: 'a.md', text: words })
    expect(text(`see ${'/ho'}me/somebody/notes`)).toHaveLength(1)
    expect(text(`from https://${'registry.'}npmjs.org/hono`)).toHaveLength(1)
    expect(text(`${root}/src`)).not.toEqual([])
    expect(text('the /worker/ page, the registry, ./home/page')).toEqual([])
  })

  test('untestedOperations', () => {
    const folder = 'src/operations/requester'
    expect(tidy.untestedOperations([`${folder}/GetHIT.ts`, `${folder}/index.ts`])).toHaveLength(1)
    expect(tidy.untestedOperations([`${folder}/GetHIT.ts`, `${folder}/GetHIT.test.ts`])).toEqual([])
  })

  test('undecidedDependencies and looseVersions', () => {
    const sample = { dependencies: { hono: '^4.0.0', pg: '8.0.0' } }
    expect(tidy.undecidedDependencies(sample, '- **hono** because')).toEqual([expect.stringContaining('pg')])
    expect(tidy.looseVersions(sample)).toEqual([expect.stringContaining('hono')])
  })
})

describe('the linter', () => {
  /** Lints `text` with the repository's rules; answers the rules it breaks. */
  function lint(text: string): Promise<string[]> {
    const folder = mkdtempSync(join(tmpdir(), 'kempelen-lint-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: { strict: true, types: [] } }),
    )
    writeFileSync(join(folder, 'sample.ts'), text)
    const oxlint = join(root, 'node_modules/oxlint/bin/oxlint')
    const parameters = [oxlint, '--type-aware', '-c', join(root, '.oxlintrc.json'), '-f', 'unix', 'sample.ts']
    return new Promise((resolve) => {
      execFile(process.execPath, parameters, { cwd: folder }, (_, output) => {
        resolve([...output.matchAll(/\[Error\/\w+\(([\w-]+)\)\]/g)].map((found) => found[1]!))
      })
    })
  }
  const later = 'declare function later(): Promise<number>\n'

  test.each([
    ['no-floating-promises', 'export async function f() { later() }'],
    ['no-floating-promises', 'export async function f() { await later(); later().then(() => 1) }'],
    ['no-misused-promises', 'export async function f() { if (later()) await later() }'],
    [
      'no-misused-promises',
      'export function f(list: number[]) { list.forEach(async () => { await later() }) }',
    ],
    ['await-thenable', 'export async function f() { await later(); const n: number = 1; await n }'],
  ])('%s refuses: %s', async (rule, text) => {
    expect(await lint(later + text)).toContain(rule)
  })

  test('passes code that waits', async () => {
    expect(await lint(later + 'export async function f() { return (await later()) + 1 }')).toEqual([])
  })
})
