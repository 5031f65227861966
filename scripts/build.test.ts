import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { root } from '../test/support/tidy-sources.ts'

const build = (await import(join(root, 'scripts/build.mjs'))) as {
  bundle(entries: Record<string, string>, directory: string): Promise<object>
  readAtStart(metafile: object, name: string): string[]
  readdress(place: string, text: string): string
  fingerprint(paths: string[]): string
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'kempelen-build-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

async function atStart(entry: string): Promise<string[]> {
  return build.readAtStart(await build.bundle({ program: entry }, folder()), 'program')
}

test('the program reads no heavy library before it needs one', async () => {
  expect(await atStart(join(root, 'src/main.ts'))).toEqual([])
})

test.each([
  ['at once', `import pg from 'pg'\nconsole.log(pg)`, ['pg']],
  ['when needed', `export const open = async () => (await import('pg')).default`, []],
  ['from a client', `import { SQSClient } from '@aws-sdk/client-sqs'\nconsole.log(SQSClient)`, ['@aws-sdk/']],
])('a library read %s is seen', async (_, text, libraries) => {
  const directory = folder()
  writeFileSync(join(directory, 'entry.ts'), text)
  expect(await atStart(join(directory, 'entry.ts'))).toEqual(libraries)
})

test('the fingerprint changes with a file, and not with a test', () => {
  const directory = folder()
  writeFileSync(join(directory, 'a.ts'), '1')
  const before = build.fingerprint([directory])
  writeFileSync(join(directory, 'a.test.ts'), '1')
  expect(build.fingerprint([directory])).toBe(before)
  writeFileSync(join(directory, 'a.ts'), '12')
  expect(build.fingerprint([directory])).not.toBe(before)
})

test.each([
  [
    'src/store/open.ts',
    `new URL('./a.sql', import.meta.url)`,
    `new URL('./a.sql', new URL("store/open.ts", import.meta.url).href)`,
  ],
  [
    'src/a.ts',
    `new URL('./b.worker.ts', import.meta.url)`,
    `new URL('./b.worker.mjs', new URL("a.ts", import.meta.url).href)`,
  ],
  ['bench/a.ts', `new URL('./child.ts', import.meta.url)`, `new URL('./bench-child.mjs', import.meta.url)`],
])('an address in %s leads to the same file from the bundle', (place, text, bundled) => {
  expect(build.readdress(place, text)).toBe(bundled)
})
