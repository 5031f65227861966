// `kempelen imports remove` and `release` (docs/leaving-amazon.md).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { files } from '../../test/support/history-files.ts'
import { startDemo, type TestServer } from '../../test/support/server.ts'
import { demo } from '../demo/seed.ts'
import { runCommand } from './run.ts'

const data = mkdtempSync(join(tmpdir(), 'kempelen-import-changes-'))
let server: TestServer | undefined

const run = (...words: string[]) =>
  runCommand([...words, '--requester', demo.requesterId], { KEMPELEN_DATA: data })

beforeAll(async () => {
  server = await startDemo({ KEMPELEN_DATA: data })
})
afterAll(async () => {
  await server?.stop()
  rmSync(data, { recursive: true, force: true })
})

test('what was brought in goes when that is said twice', async () => {
  const path = join(data, 'results.csv')
  writeFileSync(path, files['results.csv'])
  await run('import', path)
  const counted = expect.stringMatching(/HITs +1\n.*Workers +2\n/s) as unknown
  expect(await run('imports', 'remove')).toEqual({
    ...{ code: 1, out: counted },
    errors: 'Nothing was removed. With --yes all of it is.',
  })
  expect(await run('imports', 'remove', '--yes')).toEqual({
    ...{ code: 0, errors: '' },
    out: expect.stringMatching(
      /HITs +1\n.*\n\nAll of it was removed\. .* scores and blocks stay/s,
    ) as unknown,
  })
  expect((await run('imports', 'list')).out).toBe('Nothing was brought in yet.')
})

test('an id that nobody has claimed cannot be released', async () => {
  expect(await run('imports', 'release', 'A1NOBODY')).toMatchObject({
    code: 1,
    errors: expect.stringContaining('No worker has claimed A1NOBODY with the requester.') as unknown,
  })
})
