// A result CSV of the real service, brought in from the first byte to the last: checked as a whole, then kept.
import { spawnSync } from 'node:child_process'
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse'
import { csvLine } from '../src/import/csv-text.ts'
import { resultHeader } from '../test/support/result-header.ts'
import { openBenchMarket } from './market.ts'

const inputs = ['image_url', 'latitude', 'longitude', 'recorded_at']
const answers = ['count', 'remarks', 'species', 'sure']
const columns = [
  ...resultHeader,
  ...inputs.map((name) => `Input.${name}`),
  ...answers.map((name) => `Answer.${name}`),
  ...['Approve', 'Reject'],
]
const assignmentsOfHIT = 3
const firstTime = 1_574_312_606_000

/** 30 characters, as ids of the real service are. */
const idOf = (letter: string, index: number) =>
  `3${letter}${index.toString(36).toUpperCase().padStart(28, '0')}`

const names = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Los_Angeles',
  ...{ weekday: 'short', month: 'short', day: '2-digit', year: 'numeric', hour12: false },
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short' },
})

/** `Wed Nov 20 21:03:26 PST 2019` */
function pacific(time: number): string {
  const part = Object.fromEntries(names.formatToParts(time).map(({ type, value }) => [type, value]))
  const hour = part.hour === '24' ? '00' : part.hour
  return `${part.weekday} ${part.month} ${part.day} ${hour}:${part.minute}:${part.second} ${part.timeZoneName} ${part.year}`
}

function rowOf(index: number): string[] {
  const hit = Math.floor(index / assignmentsOfHIT)
  const created = firstTime + Math.floor(hit / 1000) * 60_000
  const submitted = created + 3_600_000 + (index % 500) * 1000
  const approved = pacific(submitted + 86_400_000)
  return [
    ...[
      idOf('H', hit),
      idOf('T', Math.floor(hit / 5000)),
      'Name the bird',
      'Look at a picture and name the bird on it.',
    ],
    ...['birds, pictures', '$0.05', pacific(created), String(assignmentsOfHIT)],
    ...[`BatchId:${3_000_000 + Math.floor(hit / 5000)};OriginalHitTemplateId:928390870;`, '3600', '259200'],
    ...[
      pacific(created + 604_800_000),
      '',
      '',
      idOf('A', index),
      `A${(index % 5000).toString(36).toUpperCase().padStart(13, '0')}`,
    ],
    ...[
      'Approved',
      pacific(submitted - 90_000),
      pacific(submitted),
      pacific(submitted + 259_200_000),
      approved,
      '',
      '',
    ],
    ...['90', '100% (12/12)', '100% (12/12)', '0% (0/0)'],
    ...[`https://birds.example.org/${hit}.jpg`, '47.37', '8.54', '2019-11-02'],
    ...['2', 'It sat on a branch, and said "tsee"', index % 2 === 0 ? 'Blue tit' : 'Great tit', 'yes'],
  ]
}

async function writeFile(path: string, rows: number): Promise<void> {
  const stream = createWriteStream(path)
  stream.write(csvLine(columns))
  for (let index = 0; index < rows; index++) {
    if (!stream.write(csvLine(rowOf(index)))) await once(stream, 'drain')
  }
  stream.end()
  await once(stream, 'finish')
}

export interface ImportFigures {
  rowsPerSecond: number
  /** The most memory that the process ever had, in MiB. */
  mebibytes: number
  /** Rows per second of the CSV parser alone, which reads the file once. */
  parsedPerSecond: number
  /** The same file once more, when all of it is known. */
  againPerSecond: number
}

/** Brings a file of so many rows into the database that `url` names. */
export async function measureImport(url: string, rows: number): Promise<ImportFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'kempelen-bench-import-'))
  const file = join(folder, 'results.csv')
  await writeFile(file, rows)
  const bench = await openBenchMarket(url)
  await bench.close()
  const bringIn = () => {
    const program = fileURLToPath(new URL('bench-import-child.mjs', import.meta.url))
    const variables = {
      KEMPELEN_DATA: folder,
      DATABASE_URL: url,
      KEMPELEN_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    }
    const child = spawnSync(process.execPath, [program, file, bench.requesterId], {
      env: { ...process.env, ...variables },
      encoding: 'utf8',
    })
    const result = JSON.parse(child.stdout) as {
      code: number
      seconds: number
      kilobytes: number
      errors: string
    }
    if (result.code !== 0) throw new Error(result.errors)
    return result
  }
  const first = bringIn()
  const again = bringIn()
  const begun = performance.now()
  let parsed = 0
  for await (const _ of createReadStream(file).pipe(parse({ relax_column_count: true }))) parsed++
  const parsedPerSecond = (parsed / (performance.now() - begun)) * 1000
  rmSync(folder, { recursive: true, force: true })
  return {
    rowsPerSecond: rows / first.seconds,
    mebibytes: first.kilobytes / 1024,
    parsedPerSecond,
    againPerSecond: rows / again.seconds,
  }
}
