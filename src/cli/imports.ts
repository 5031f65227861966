// `kempelen import`: what a requester saved of his years at the real service (docs/leaving-amazon.md).
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { kindNamed } from '../domain/import/kinds.ts'
import { importProblemLine, type ImportProblem } from '../domain/import/record.ts'
import { server } from '../limits.ts'
import {
  nextPage,
  Refused,
  valueOf,
  type Command,
  type Given,
  type OperatorCalls,
  type Output,
} from './command.ts'
import { filesToImport, type ImportFile, type LeftAlone } from './import-files.ts'
import { withProgress } from './progress.ts'
import { table } from './table.ts'

/** What became of a file, as the call answers it. */
interface Outcome {
  kind: string
  rows: number
  added: number
  changed: number
  unchanged: number
  leftOut: number
  foreignColumns: string[]
  problems: ImportProblem[]
  runId?: string
}

interface Run extends Omit<Outcome, 'problems' | 'foreignColumns'> {
  runId: string
  name: string
  startedAt: string
  finishedAt?: string
}

export interface Imported {
  counts: Record<string, number | string>
  runs: Run[]
}

const requester = { value: 'ID', meaning: 'the requester whose history it is', required: true } as const

const importFiles: Command = {
  name: 'import',
  summary: 'Bring in files saved from Mechanical Turk: result CSVs, workers, transactions, JSON of the API',
  arguments: [
    {
      name: 'FILE',
      meaning: 'files, or folders of such; they come in in the order that they need',
      several: true,
    },
  ],
  options: {
    requester,
    kind: { value: 'KIND', meaning: 'what the files are, where it cannot be seen from them' },
    answers: {
      value: 'HOW',
      meaning: 'plain or crowd: what the answer columns of a result CSV were, where the columns mislead',
    },
    check: { meaning: 'only tell what is wrong, bring nothing in' },
    'skip-bad': { meaning: 'leave out rows, and files of folders, that are wrong, and tell which' },
  },
  async run(calls, given) {
    if (given.arguments.length === 0)
      throw new Refused('Name at least one file: kempelen import FILE --requester ID')
    const { files, leftAlone } = await filesOf(given)
    const done: Done[] = []
    const bad: string[] = []
    for (const [index, file] of files.entries()) {
      const { outcome, problem } = await tryFile(calls, given, file, files.length > 1)
      if (outcome !== undefined) done.push({ file: file.path, outcome })
      if (problem === undefined) continue
      // Of what is only checked all may be told.
      const isLast = given.options.check !== true
      bad.push(isLast ? problem + othersTold(files.length - index - 1) : problem)
      if (isLast) break
    }
    const output = outputOf(given, done, leftAlone)
    return bad.length === 0 ? output : { ...output, problem: bad.join('\n') }
  },
}

function filesOf(given: Given): ReturnType<typeof filesToImport> {
  const kind = kindNamed(valueOf(given, 'kind') ?? '')
  const isBadSkipped = given.options['skip-bad'] === true
  return filesToImport(given.arguments, { isBadSkipped, ...(kind && { kind }) })
}

/** What became of a file, if it could be read, and what is wrong with it, if anything. */
async function tryFile(
  calls: OperatorCalls,
  given: Given,
  file: ImportFile,
  isOneOfSeveral: boolean,
): Promise<{ outcome?: Outcome; problem?: string }> {
  try {
    const outcome = await bringIn(calls, given, file, isOneOfSeveral)
    return isBad(given, outcome) ? { outcome, problem: badRows(given, file) } : { outcome }
  } catch (error) {
    // What became of the files before it must be told too.
    if (error instanceof Refused) return { problem: `${file.path}: ${error.message}` }
    throw error
  }
}

/** What became of a file that could be read. */
interface Done {
  file: string
  outcome: Outcome
}

/** Checks a file as a whole first: nothing of it is kept when something is wrong, unless that is to be left out. */
async function bringIn(
  calls: OperatorCalls,
  given: Given,
  file: ImportFile,
  isOneOfSeveral: boolean,
): Promise<Outcome> {
  const query = {
    requester: valueOf(given, 'requester'),
    kind: valueOf(given, 'kind'),
    answers: valueOf(given, 'answers'),
  }
  const send = async (path: string, doing: string, more: object) => {
    const bytes = withProgress(createReadStream(file.path), file.size, `${doing} ${basename(file.path)}`)
    return (await calls.upload(path, { ...query, ...more }, bytes)) as Outcome
  }
  const isCheck = given.options.check === true
  // What it builds on may be in the files before it, which a check does not bring in.
  const checked = await send('imports/check', 'Checking', {
    ...(isCheck && isOneOfSeveral && { among: '1' }),
  })
  if (isCheck || isBad(given, checked)) return checked
  const skipBad = given.options['skip-bad'] === true ? '1' : undefined
  return send('imports', 'Bringing in', { name: basename(file.path), skipBad })
}

function isBad(given: Given, { leftOut }: Outcome): boolean {
  return leftOut > 0 && given.options['skip-bad'] !== true
}

function outputOf(given: Given, done: readonly Done[], leftAlone: readonly LeftAlone[]): Output {
  const isCheck = given.options.check === true
  const lines = done.map(({ file, outcome }) => told(file, outcome, isCheck || isBad(given, outcome)))
  const others = leftAlone.map(({ path, reason }) => `${path} was left alone: ${reason}`)
  return {
    json: [
      ...done.map(({ file, outcome }) => ({ file, ...outcome })),
      ...leftAlone.map(({ path, reason }) => ({ file: path, leftAlone: reason })),
    ],
    text: [...lines, ...others].join('\n\n'),
  }
}

function badRows(given: Given, { path }: ImportFile): string {
  return given.options.check === true
    ? `Something is wrong with ${path}.`
    : `Nothing of ${path} was brought in. Mend it, or leave the wrong rows out with --skip-bad.`
}

function othersTold(count: number): string {
  if (count === 0) return ''
  return ` ${count} more ${count === 1 ? 'file was' : 'files were'} not looked at.`
}

const number = (value: number) => value.toLocaleString('en-US')

function told(file: string, outcome: Outcome, onlyChecked: boolean): string {
  const { kind, rows, added, changed, unchanged, leftOut, foreignColumns, problems } = outcome
  const counts = onlyChecked
    ? `${number(leftOut)} wrong`
    : [
        `${number(added)} added`,
        `${number(changed)} changed`,
        `${number(unchanged)} known already`,
        ...(leftOut > 0 ? [`${number(leftOut)} left out`] : []),
      ].join(', ')
  const whole = `${number(rows)} ${rows === 1 ? 'row' : 'rows'}`
  // A row of such a file tells of several things.
  const of = kind === 'workers' && !onlyChecked ? '; of workers and their scores' : ','
  const heading = `${file} (${kind}): ${whole}${of} ${counts}.`
  const foreign =
    foreignColumns.length === 0 ? [] : [`  Columns that are not kept: ${foreignColumns.join(', ')}`]
  const shown = problems.map((problem) => `  ${importProblemLine(problem)}`)
  const isCut = problems.length === server.controlPage
  return [
    heading,
    ...foreign,
    ...shown,
    ...(isCut ? [`  (the first ${problems.length} are shown)`] : []),
  ].join('\n')
}

const countLabels: readonly [name: string, label: string][] = [
  ['hits', 'HITs'],
  ['submitted', 'Assignments waiting for a decision'],
  ['approved', 'Assignments approved'],
  ['rejected', 'Assignments rejected'],
  ['workers', 'Workers'],
  ['claimed', 'Workers who have claimed their id'],
  ['bonuses', 'Bonuses'],
  ['bonusAmount', 'Bonuses together'],
  ['transactions', 'Transactions'],
]

function shownCount(name: string, value: number | string): string {
  if (name === 'bonusAmount') return `$${value}`
  return typeof value === 'number' ? number(value) : value
}

/** How much of everything was brought in, as a table. */
export function countsTable(counts: Imported['counts']): string {
  return table(countLabels.map(([name, label]) => [label, shownCount(name, counts[name] ?? 0)]))
}

const list: Command = {
  name: 'imports list',
  summary: 'Show what was brought in for a requester, newest file first',
  arguments: [],
  options: { requester, before: { value: 'ID', meaning: 'only files before this run' } },
  async run(calls, given) {
    const query = { requester: valueOf(given, 'requester'), before: valueOf(given, 'before') }
    const imported = (await calls.get('imports', query)) as Imported
    const { counts, runs } = imported
    if (runs.length === 0) return { json: imported, text: 'Nothing was brought in yet.' }
    const rows = runs.map((run) => [
      run.startedAt,
      run.finishedAt === undefined ? 'not ended' : 'done',
      run.kind,
      number(run.rows),
      `${number(run.added)} added, ${number(run.changed)} changed, ${number(run.leftOut)} left out`,
      run.name,
    ])
    const more =
      runs.length === server.controlPage
        ? `\n\n${nextPage('imports list', given, 'before', runs.at(-1)!.runId)}`
        : ''
    return { json: imported, text: `${countsTable(counts)}\n\n${table(rows)}${more}` }
  },
}

export const importCommands: readonly Command[] = [importFiles, list]
