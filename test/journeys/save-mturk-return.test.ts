// What packaging/save-mturk.py saved of one market is brought into another, and is read back there as the first one tells
// it (docs/leaving-amazon.md).
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand } from '../../src/cli/run.ts'
import type { OperationInput, OperationName } from '../../src/model/operations.ts'
import { openJourney, type Journey, type Laboratory } from '../support/journey.ts'
import { createDatabase, postgresMissing } from '../support/postgres.ts'
import { clientsMissing, endpointArguments, run } from '../support/python.ts'
import { openSaving } from '../support/save-script.ts'
import { startDemo, type TestServer } from '../support/server.ts'
import { describeUnless } from '../support/shared.ts'

type Told = Record<string, unknown>

/** What a HIT that is history tells of its own: nothing of it is under way here. */
const ofNow = [
  'HITStatus',
  'HITReviewStatus',
  'HITGroupId',
  'NumberOfAssignmentsPending',
  'NumberOfAssignmentsAvailable',
  'NumberOfAssignmentsCompleted',
]

describe.each(['SQLite', 'PostgreSQL'] as const)('on %s', async (database) => {
  const missing = (database === 'PostgreSQL' ? await postgresMissing() : undefined) ?? clientsMissing()
  describeUnless(missing, 'what save-mturk.py saved', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kempelen-return-'))
    const variables: Record<string, string> = {
      KEMPELEN_DATA: join(folder, 'data'),
      KEMPELEN_CLOCK: 'virtual',
    }
    let drop = () => Promise.resolve()
    let first: Awaited<ReturnType<typeof openSaving>>
    let server: TestServer
    let journey: Journey
    let here: Laboratory
    let there: Laboratory
    let outcomes: Told[]

    const bring = async (path = join(folder, 'years')) => {
      const words = ['import', path, '--requester', here.requesterId, '--json']
      const { code, out, errors } = await runCommand(words, variables)
      expect({ code, errors }).toEqual({ code: 0, errors: '' })
      return JSON.parse(out) as Told[]
    }
    beforeAll(async () => {
      first = await openSaving()
      there = first.years.laboratory
      // Of the deleted HIT the script learns by a list of ids.
      const ids = join(folder, 'ids.txt')
      writeFileSync(ids, `${first.years.deleted}\n`)
      const { code, stderr } = await first.save(join(folder, 'years'), ['--hit-ids', ids])
      expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('All is saved') })
      if (database === 'PostgreSQL') {
        const made = await createDatabase()
        drop = () => made.drop()
        variables.DATABASE_URL = made.url
        variables.KEMPELEN_SECRET_KEY = Buffer.alloc(32, 7).toString('base64')
      }
      server = await startDemo(variables)
      journey = await openJourney(server.address)
      here = await journey.laboratory()
      outcomes = await bring()
    }, 60_000)
    afterAll(async () => {
      await journey?.close()
      await server?.stop()
      await drop()
      await first?.close()
      rmSync(folder, { recursive: true, force: true })
    })

    const both = async <N extends OperationName>(operation: N, input: OperationInput<N>) => {
      const told = await Promise.all([there, here].map((laboratory) => laboratory.call(operation, input)))
      return told as Told[]
    }
    const without = (told: unknown, ...names: string[]) =>
      Object.fromEntries(Object.entries(told as Told).filter(([name]) => !names.includes(name)))

    test('comes in as it is, a folder at once, and twice changes nothing', async () => {
      const brought = outcomes.filter(({ kind }) => kind !== undefined)
      expect(brought.map(({ kind, added, changed, leftOut }) => [kind, added, changed, leftOut])).toEqual([
        ['qualification types', 1, 0, 0],
        ['hits', 4, 0, 0],
        ['assignments', 4, 0, 0],
        ['bonuses', 3, 0, 0],
        ['scores', 2, 0, 0],
        // Of a worker whom work has named.
        ['blocks', 0, 1, 0],
      ])
      expect(outcomes.filter(({ leftAlone }) => leftAlone !== undefined).map(({ file }) => file)).toEqual(
        ['account', 'progress', 'review-results'].map((name) => join(folder, 'years', `${name}.jsonl`)),
      )
      const again = (await bring()).filter(({ kind }) => kind !== undefined)
      expect(again.map(({ added, changed }) => [added, changed])).toEqual(brought.map(() => [0, 0]))
    })

    if (database === 'SQLite')
      test('so do the files that the AWS CLI makes, as the document says', async () => {
        const byHand = join(folder, 'by-hand')
        mkdirSync(byHand)
        const document = readFileSync(join(import.meta.dirname, '../../docs/leaving-amazon.md'), 'utf8')
        const block = /```text\n(export AWS_DEFAULT_REGION[^]*?)```/.exec(document)![1]!
        const where = endpointArguments('aws', first.proxy.address).join(' ')
        const program = `set -e\ncd '${byHand}'\naws() { command aws "$@" ${where}; }\n${block}`
        const { code, stderr } = await run('bash', ['-c', program], first.environment)
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
        const files = await bring(byHand)
        expect(files.map(({ kind, changed, leftOut }) => [kind, changed, leftOut])).toEqual(
          files.map(({ kind }) => [kind, 0, 0]),
        )
        expect(files).toHaveLength(3 + 2 + 2 * first.years.hits.length)
      }, 120_000)

    test('HITs are told as before, but for what was under way', async () => {
      for (const HITId of first.years.hits) {
        const [before, now] = (await both('GetHIT', { HITId })).map(({ HIT }) => without(HIT, ...ofNow))
        expect(now).toEqual(before)
      }
      const [, deleted] = await both('GetHIT', { HITId: first.years.deleted })
      expect(deleted).toMatchObject({ HIT: { HITId: first.years.deleted, HITStatus: 'Reviewable' } })
    })

    test('so is the work on them', async () => {
      let count = 0
      for (const HITId of first.years.hits) {
        const AssignmentStatuses = ['Submitted', 'Approved', 'Rejected'] as const
        const input = { HITId, AssignmentStatuses: [...AssignmentStatuses] }
        const [before, now] = (await both('ListAssignmentsForHIT', input)).map((told) => told.Assignments)
        expect(now).toEqual(before)
        count += (now as Told[]).length
      }
      expect(count).toBe(first.years.assignments.length)
    })

    test('bonuses are found by their HIT, that of a deleted one too', async () => {
      for (const HITId of [...first.years.hits, first.years.deleted]) {
        // Those of one second may come in another order.
        const [before, now] = (await both('ListBonusPayments', { HITId })).map((told) =>
          (told.BonusPayments as { BonusAmount: string }[]).toSorted((a, b) =>
            a.BonusAmount.localeCompare(b.BonusAmount),
          ),
        )
        expect(now).toEqual(before)
      }
    })

    test('qualification types, scores and blocks are told as before', async () => {
      const QualificationTypeId = first.years.typeId
      const [typeBefore, typeNow] = await both('GetQualificationType', { QualificationTypeId })
      expect(typeNow).toEqual(typeBefore)
      for (const Status of ['Granted', 'Revoked'] as const) {
        const input = { QualificationTypeId, Status }
        const [before, now] = await both('ListWorkersWithQualificationType', input)
        expect(now).toMatchObject({ Qualifications: before!.Qualifications })
        // One that was taken away is asked for by the list alone.
        const held = Status === 'Granted' ? (before!.Qualifications as { WorkerId: string }[]) : []
        for (const { WorkerId } of held) {
          const [score, scoreNow] = await both('GetQualificationScore', { QualificationTypeId, WorkerId })
          expect(scoreNow).toEqual(score)
        }
      }
      const [blocks, blocksNow] = await both('ListWorkerBlocks', {})
      expect(blocksNow!.WorkerBlocks).toEqual(blocks!.WorkerBlocks)
    })
  })
})
