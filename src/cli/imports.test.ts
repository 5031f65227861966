// `kempelen import` as an operator uses it, with files that cannot be taken as they are (docs/leaving-amazon.md).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { files } from '../../test/support/history-files.ts'
import { startDemo, type TestServer } from '../../test/support/server.ts'
import { demo } from '../demo/seed.ts'
import { server as limits } from '../limits.ts'
import { runCommand } from './run.ts'

const folder = mkdtempSync(join(tmpdir(), 'kempelen-imports-'))
let server: TestServer | undefined

const run = (...words: string[]) =>
  runCommand(['import', '--requester', demo.requesterId, ...words], { KEMPELEN_DATA: folder })
const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

beforeAll(async () => {
  server = await startDemo({ KEMPELEN_DATA: folder })
})
afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** With its first foreign letter behind what is read to see what the file is. */
const late = (text: string) => text.replace('ö', `${' '.repeat(200_000)}ö`)

test('of several files the one is named that cannot be read, and what became of those before it', async () => {
  const good = file('good.csv', files['results.csv'])
  const latin = file('latin.csv', Buffer.from(late(files['results.csv'].replace('🐦', '')), 'latin1'))
  const { code, out, errors } = await run(good, latin, good)
  expect({ code, out }).toEqual({
    code: 1,
    out: `${good} (results): 2 rows, 2 added, 0 changed, 0 known already.`,
  })
  expect(errors).toMatch(
    /^.*latin\.csv: line 2, column \d+: The byte F6 .* 1 more file was not looked at\.$/s,
  )
  const json = await run('--json', good, latin)
  expect(JSON.parse(json.out)).toMatchObject([{ file: good, unchanged: 2 }])
  expect(json).toMatchObject({ code: 1, errors: expect.stringContaining('latin.csv: line 2') as unknown })
})

test('the place where a file cannot be read further is told, however much was wrong before it', async () => {
  const { 'results.csv': text } = files
  const [header = '', row = ''] = text.split(/(?<="\n)/)
  const bad = row.replace('"$0.02"', '"free"').repeat(2 * limits.imports.batch)
  const path = file('cut.csv', Buffer.concat([Buffer.from(header + bad), Buffer.from([0xff])]))
  const { code, errors } = await run('--check', path)
  expect({ code, errors }).toEqual({ code: 1, errors: expect.stringContaining('The byte FF') as unknown })
})

test('one row is a row; of workers more is counted than rows', async () => {
  const list = 'Worker ID,CURRENT-Birds,CURRENT-Songs\nA1COUNTED,5,6\n'
  const path = file('one.csv', list)
  expect((await run('--check', path)).out).toBe(`${path} (workers): 1 row, 0 wrong.`)
  expect((await run(path)).out).toBe(
    `${path} (workers): 1 row; of workers and their scores 3 added, 0 changed, 0 known already.`,
  )
})

test.each([
  [['--kind', 'quals'], 'qualification-types'],
  [['--answers', 'both'], 'plain or crowd'],
])('%j is answered with what there is', async (words, told) => {
  const { code, errors } = await run(...words, file('good.csv', files['results.csv']))
  expect({ code, errors }).toEqual({ code: 1, errors: expect.stringContaining(told) as unknown })
})

test.each([
  ['-', 'reads each file twice'],
  [join(folder, 'nowhere.csv'), 'There is no file'],
])('%s cannot be brought in', async (path, told) => {
  const { code, errors } = await run(path)
  expect({ code, errors }).toEqual({ code: 1, errors: expect.stringContaining(told) as unknown })
})
