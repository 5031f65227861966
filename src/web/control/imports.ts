// Files of the real service that are brought in: the file is the body of the call, and is read as it comes, so that its
// length does not matter (docs/decisions/0013).
import type { Context, Hono } from 'hono'
import { toISO } from '../../clock.ts'
import { isFault, type Fault } from '../../domain/fault.ts'
import { importKinds, kindNamed, nameOfKind, type ImportKind } from '../../domain/import/kinds.ts'
import type { ImportProblem } from '../../domain/import/record.ts'
import { formatDollars } from '../../domain/money.ts'
import { openImport } from '../../import/read.ts'
import type { ReadBatch } from '../../import/reading.ts'
import { server } from '../../limits.ts'
import type { Market } from '../../market.ts'
import { BeginImport, CountImported, FinishImport, ListImports } from '../../operations/operator/Imports.ts'
import { CheckRecords, ImportRecords } from '../../operations/operator/ImportRecords.ts'
import { operator } from '../../operations/operation.ts'
import { ahead } from './ahead.ts'
import type { Answer, Control } from './call.ts'
import { BadInput, beforeOf, requesterOf, type Body } from './input.ts'

/** What became of a file, so far. */
interface Outcome {
  kind: ImportKind
  rows: number
  added: number
  changed: number
  unchanged: number
  /** Rows with something wrong: when the file is kept, those that were left out. */
  leftOut: number
  /** Columns of a CSV that are none of the real site: they are not kept. */
  foreignColumns: readonly string[]
  /** What is wrong, the first of it. */
  problems: ImportProblem[]
  runId?: string
}

interface Asked {
  requesterId: string
  name: string
  kind: ImportKind | undefined
  answers: 'plain' | 'crowd' | undefined
  skipBad: boolean
}

/** Adds the calls about imports. */
export function addImports(app: Hono, control: Control): void {
  app.get('/_control/imports', control.handle(listImports))
  app.post('/_control/imports/check', control.handleStream(check))
  app.post('/_control/imports', control.handleStream(keep))
}

async function listImports(market: Market, _: Body, c: Context): Promise<Answer> {
  const { requesterId } = askedOf(c)
  const counts = await market.runner.run(CountImported, operator, { requesterId })
  if (isFault(counts)) return counts
  const page = { requesterId, before: beforeOf(c), limit: server.controlPage }
  const runs = await market.runner.run(ListImports, operator, page)
  if (isFault(runs)) return runs
  return {
    counts: { ...counts, bonusAmount: formatDollars(counts.bonusAmount) },
    runs: runs.map(({ startedAt, finishedAt, ...run }) => ({
      ...run,
      startedAt: toISO(startedAt),
      ...(finishedAt !== undefined && { finishedAt: toISO(finishedAt) }),
    })),
  }
}

/** Reads the whole file and tells what is wrong with it; keeps nothing. */
async function check(market: Market, c: Context): Promise<Answer> {
  const asked = askedOf(c)
  return readAll(c, asked, async (outcome, batch) => {
    const found = await market.runner.run(CheckRecords, operator, {
      requesterId: asked.requesterId,
      records: batch.records,
      isAmongOthers: c.req.query('among') === '1',
    })
    if (isFault(found)) return found
    note(outcome, found.problems, found.problems.length)
    return undefined
  })
}

/** Keeps the file, a batch at a time. Stops at the first row that is wrong, unless such are to be left out. */
async function keep(market: Market, c: Context): Promise<Answer> {
  const asked = askedOf(c)
  const { requesterId, name, skipBad } = asked
  let runId: string | undefined
  const output = await readAll(c, asked, async (outcome, batch) => {
    if (runId === undefined) {
      const begun = await market.runner.run(BeginImport, operator, { requesterId, kind: outcome.kind, name })
      if (isFault(begun)) return begun
      ;({ runId } = begun)
      outcome.runId = runId
    }
    if (!skipBad && outcome.problems.length > 0) return { fault: 'ImportRefused', problems: outcome.problems }
    const { records, rows, leftOut } = batch
    const step = { requesterId, runId, records, rows, leftOut, skipBad }
    const kept = await market.runner.run(ImportRecords, operator, step)
    if (isFault(kept)) return kept
    outcome.added += kept.added
    outcome.changed += kept.changed
    outcome.unchanged += kept.unchanged
    note(outcome, kept.problems, kept.problems.length)
    return undefined
  })
  if (isFault(output) || runId === undefined) return output
  const finished = await market.runner.run(FinishImport, operator, { requesterId, runId })
  return isFault(finished) ? finished : output
}

/** Takes the file a batch at a time; `take` answers a fault to stop. */
async function readAll(
  c: Context,
  { kind, answers }: Asked,
  take: (outcome: Outcome, batch: ReadBatch) => Promise<Fault | undefined>,
): Promise<Outcome | Fault> {
  const reading = await openImport(bytesOf(c), { ...(kind && { kind }), ...(answers && { answers }) })
  if (!('batches' in reading)) return { fault: 'ImportRefused', problems: [reading] }
  const outcome: Outcome = {
    kind: reading.kind,
    ...{ rows: 0, added: 0, changed: 0, unchanged: 0, leftOut: 0 },
    foreignColumns: reading.foreign ?? [],
    problems: [],
  }
  for await (const batch of ahead(reading.batches)) {
    outcome.rows += batch.rows
    note(outcome, batch.problems, batch.leftOut)
    if (batch.isFatal === true) return { fault: 'ImportRefused', problems: batch.problems }
    const fault = await take(outcome, batch)
    if (fault !== undefined) return fault
    // The market's other callers first.
    await new Promise((done) => setImmediate(done))
  }
  return outcome
}

/** The bytes of the file. What was kept before it broke off stays, and comes in once more without harm. */
async function* bytesOf(c: Context): AsyncGenerator<Uint8Array> {
  const body: ReadableStream<Uint8Array> | null = c.req.raw.body
  if (body === null) return
  try {
    yield* body
  } catch {
    // Only a connection that ended makes this stream fail.
    throw new BadInput('body', 'The file broke off while it was being sent: send it again.')
  }
}

function note(outcome: Outcome, problems: readonly ImportProblem[], leftOut: number): void {
  outcome.leftOut += leftOut
  outcome.problems.push(...problems.slice(0, Math.max(0, server.controlPage - outcome.problems.length)))
}

function askedOf(c: Context): Asked {
  const given = c.req.query('kind')
  const kind = kindNamed(given ?? '')
  if (given !== undefined && kind === undefined)
    throw new BadInput('kind', `It must be one of ${importKinds.map(nameOfKind).join(', ')}.`)
  const answers = c.req.query('answers')
  if (answers !== undefined && answers !== 'plain' && answers !== 'crowd')
    throw new BadInput('answers', 'It must be plain or crowd.')
  const requesterId = requesterOf(c)
  const name = (c.req.query('name') ?? '').slice(0, server.noteLength).toWellFormed().replaceAll('\0', '')
  return { requesterId, name, kind, answers, skipBad: c.req.query('skipBad') === '1' }
}
