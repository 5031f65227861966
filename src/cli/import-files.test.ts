// `kempelen import` with folders and files in any order (docs/leaving-amazon.md).
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { answersOf } from '../../test/support/imports.ts'
import { files } from '../../test/support/history-files.ts'
import { startDemo, type TestServer } from '../../test/support/server.ts'
import { demo } from '../demo/seed.ts'
import { filesToImport } from './import-files.ts'
import { runCommand } from './run.ts'

const fixtures = join(import.meta.dirname, '../../test/fixtures/imports')
const data = mkdtempSync(join(tmpdir(), 'kempelen-import-files-'))
let server: TestServer | undefined

const run = (...words: string[]) =>
  runCommand(['import', '--requester', demo.requesterId, ...words], { KEMPELEN_DATA: data })

let folders = 0
/** A folder with fixtures, and files of its own by name. */
function folderOf(names: readonly string[], more: Record<string, string> = {}): string {
  const folder = join(data, `saved ${folders++}`)
  mkdirSync(folder)
  for (const name of names) copyFileSync(join(fixtures, name), join(folder, name))
  for (const [name, content] of Object.entries(more)) writeFileSync(join(folder, name), content)
  return folder
}

const kindsOf = (out: string) =>
  (JSON.parse(out) as { file: string; kind?: string; leftAlone?: string }[]).map(
    ({ file, kind, leftAlone }) => kind ?? [basename(file), leftAlone],
  )

beforeAll(async () => {
  server = await startDemo({ KEMPELEN_DATA: data })
})
afterAll(async () => {
  await server?.stop()
  rmSync(data, { recursive: true, force: true })
})

/** As the script that saves everything leaves it, with its notes, which are no history. */
const saved = () =>
  folderOf(
    readdirSync(fixtures).filter((name) => !name.startsWith('blocks')),
    {
      'account.jsonl': '{"AvailableBalance":"1.00"}\n',
      'progress.jsonl': '{"saved_from":"https://service.example.org"}\n{"done":"HITs","sizes":{}}\n',
      'problems.jsonl': '{"step":"files","problem":"no answer"}\n',
      'review-results.jsonl':
        '{"HITId":"3X","HITReviewPolicy":{"PolicyName":"SimplePlurality/2011-09-01"}}\n',
      'qualification-requests.jsonl':
        '{"QualificationRequests":[{"WorkerId":"A1","QualificationTypeId":"3Y"}]}',
      'read me.md': 'Mine.',
    },
  )
const inOrder = [
  'qualification types',
  ...['hits', 'hits', 'results', 'results', 'results'],
  ...['assignments', 'assignments', 'bonuses', 'scores', 'workers', 'workers', 'transactions'],
]
const notes = [
  ['account.jsonl', 'This tells the balance of an account; it cannot be brought in.'],
  ['problems.jsonl', 'This tells what the script could not save; it cannot be brought in.'],
  ['progress.jsonl', 'This tells how far the script came; it cannot be brought in.'],
  ['qualification-requests.jsonl', 'This tells requests for qualifications; it cannot be brought in.'],
  ['review-results.jsonl', 'This tells results of review policies; it cannot be brought in.'],
]

test('a folder comes in as a whole: what others build on first; what is no history is named', async () => {
  const folder = saved()
  const checked = await run('--check', '--json', folder)
  expect({ ...checked, out: kindsOf(checked.out) }).toEqual({
    code: 0,
    out: [...inOrder, ...notes],
    errors: '',
  })
  const first = await run('--json', folder)
  expect({ ...first, out: kindsOf(first.out) }).toEqual({ code: 0, out: [...inOrder, ...notes], errors: '' })
  const { out } = await run(folder)
  expect(out).toContain('account.jsonl was left alone: This tells the balance of an account')
})

test.runIf(process.platform === 'linux')('files that were looked into are closed again', async () => {
  const folder = folderOf([], { 'long.csv': files['results.csv'].repeat(1000) })
  expect((await filesToImport([folder], { isBadSkipped: false })).files).toHaveLength(1)
  const open = () =>
    readdirSync('/proc/self/fd').flatMap((name) => {
      try {
        return readlinkSync(`/proc/self/fd/${name}`)
      } catch {
        return []
      }
    })
  await vi.waitFor(() => expect(open().filter((path) => path.startsWith(folder))).toEqual([]))
})

test('files that are named in the wrong order come in in the right one', async () => {
  const folder = folderOf(['scores-aws-cli.json', 'qualification-types-aws-cli.json'])
  const { code, out } = await run(
    '--json',
    ...readdirSync(folder)
      .toReversed()
      .map((name) => join(folder, name)),
  )
  expect({ code, out: kindsOf(out) }).toEqual({ code: 0, out: ['qualification types', 'scores'] })
})

test('a check of one file tells that its HITs are missing, of several all that is wrong with them', async () => {
  const alone = join(folderOf([], { 'work.json': work('3LONELYHIT1') }), 'work.json')
  expect(await run('--check', alone)).toMatchObject({
    code: 1,
    out: expect.stringContaining('The HIT 3LONELYHIT1 is not here yet') as unknown,
  })
  const folder = folderOf([], {
    'a.csv': 'odd,columns\n1,2\n',
    'b.json': '{"HITs": [{}',
    'c.json': work('3LONELYHIT1'),
  })
  const { code, out, errors } = await run('--check', folder)
  expect({ code, out: out.split('\n').at(-1) }).toEqual({
    code: 1,
    out: `${join(folder, 'c.json')} (assignments): 1 row, 0 wrong.`,
  })
  expect(errors).toMatch(/a\.csv: line 1.*\n.*b\.json/s)
})

test('of a folder what cannot be read is refused before anything is kept, or left alone if bad things are', async () => {
  const folder = folderOf([], {
    'batch_input.csv': 'odd,columns\n1,2\n',
    'results.csv': files['results.csv'],
  })
  expect(await run(folder)).toMatchObject({
    ...{ code: 1, out: '' },
    errors: expect.stringMatching(/batch_input\.csv: line 1.* 1 more file was not looked at\.$/s) as unknown,
  })
  const { code, out } = await run('--skip-bad', '--json', folder)
  expect({ code, out: kindsOf(out) }).toEqual({
    code: 0,
    out: [
      'results',
      ['batch_input.csv', expect.stringContaining('names no columns that are known') as unknown],
    ],
  })
})

test('a folder with nothing to bring in, and one that is not there, are refused', async () => {
  const empty = folderOf([], { 'picture.png': 'x' })
  expect(await run(empty)).toMatchObject({
    code: 1,
    errors: `There is nothing to bring in in ${empty}: no file that ends in .csv, .json, .jsonl, .txt.`,
  })
  expect(await run(join(data, 'nowhere'))).toMatchObject({
    code: 1,
    errors: `There is no file ${join(data, 'nowhere')}.`,
  })
})

function work(HITId: string): string {
  const times = { AcceptTime: '2020-01-01T00:00:00Z', SubmitTime: '2020-01-01T00:01:00Z' }
  const ids = { AssignmentId: '3LONELYWORK1', WorkerId: 'A1LONELY', HITId }
  return JSON.stringify({
    Assignments: [{ ...ids, ...times, AssignmentStatus: 'Submitted', Answer: answersOf({ bird: 'a wren' }) }],
  })
}
