// Files of every kind as the real service wrote them (test/fixtures/imports): each comes in twice, and is read back by the
// SDK and the AWS CLI as it was saved (docs/leaving-amazon.md).
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as mturk from '@aws-sdk/client-mturk'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand } from '../../src/cli/run.ts'
import { demo } from '../../src/demo/seed.ts'
import { postgresMissing } from '../support/postgres.ts'
import { aws, clientsMissing } from '../support/python.ts'
import { startDemo, type TestServer } from '../support/server.ts'
import { serverDatabase, type ServerDatabase } from '../support/server-database.ts'
import { describeUnless } from '../support/shared.ts'

const fixtures = join(import.meta.dirname, '../fixtures/imports')
const path = (name: string) => join(fixtures, name)
const lists = ['blocks.csv', 'blocks-reasons.csv']

type Entry = Record<string, unknown>

/** The entries of JSON fixtures under the names that answers give them, in the order of the files. */
function saved(names: readonly string[], ...members: readonly string[]): Entry[] {
  const answers = names.flatMap((name) => {
    const text = readFileSync(path(name), 'utf8').replace(/^\uFEFF/, '')
    // One answer, one on each line, or one after the other as the AWS CLI prints them.
    const parts = name.endsWith('.jsonl') ? text.trim().split('\n') : text.split(/(?<=^\})\n(?=\{)/m)
    return parts.map((part) => JSON.parse(part) as Entry | Entry[]).flat()
  })
  return answers.flatMap((answer) =>
    members.map((member) => (answer[member] ?? []) as Entry | Entry[]).flat(),
  )
}

/** A CSV file by its first line, without a mark before it. */
const tableOf = (file: string) =>
  parse<Record<string, string>>(readFileSync(file), { bom: true, columns: true, relax_column_count: true })

/** With times as moments, however they are written, and without what an import does not keep. */
function comparable(entry: Entry | undefined, ...without: string[]): Entry {
  const pairs = Object.entries(entry ?? {}).filter(([name]) => !without.includes(name))
  return Object.fromEntries(
    pairs.map(([name, value]) => [name, /Time$|^Expiration$/.test(name) ? momentOf(value) : value]),
  )
}
/** Whole seconds, which are all that the service tells. */
const momentOf = (value: unknown) =>
  typeof value === 'number' ? Math.floor(value) : Math.floor(Date.parse(String(value)) / 1000)

/** The fields of an answer document, in the order in which they stand. */
const fieldsOf = (document: unknown) =>
  Array.from(
    String(document).matchAll(/<QuestionIdentifier>([\s\S]*?)<\/QuestionIdentifier>[\s\S]*?<\/Answer>/g),
    ([, name]) => name,
  )

const commands = {
  GetAssignment: mturk.GetAssignmentCommand,
  GetHIT: mturk.GetHITCommand,
  GetQualificationScore: mturk.GetQualificationScoreCommand,
  GetQualificationType: mturk.GetQualificationTypeCommand,
  ListAssignmentsForHIT: mturk.ListAssignmentsForHITCommand,
  ListBonusPayments: mturk.ListBonusPaymentsCommand,
  ListWorkerBlocks: mturk.ListWorkerBlocksCommand,
  ListWorkersWithQualificationType: mturk.ListWorkersWithQualificationTypeCommand,
}

describe.each(['SQLite', 'PostgreSQL'] as const)('on %s', async (database) => {
  const missing = (database === 'PostgreSQL' ? await postgresMissing() : undefined) ?? clientsMissing()
  describeUnless(missing, 'files of every kind', () => {
    const data = mkdtempSync(join(tmpdir(), 'kempelen-import-fixtures-'))
    const variables: Record<string, string> = { KEMPELEN_DATA: data }
    let server: TestServer | undefined
    let own: ServerDatabase | undefined

    let client: mturk.MTurkClient
    const call = async (name: keyof typeof commands, input: object): Promise<Entry> => {
      const Command = commands[name] as unknown as new (input: object) => mturk.GetHITCommand
      return { ...(await client.send(new Command(input))) }
    }
    const bring = async (...words: string[]) => {
      const { code, out, errors } = await runCommand(
        ['import', '--json', '--requester', demo.requesterId, ...words],
        variables,
      )
      expect({ code, errors }).toEqual({ code: 0, errors: '' })
      return (JSON.parse(out) as Record<string, unknown>[]).filter(({ kind }) => kind !== undefined)
    }
    const bringAll = async () => [
      ...(await bring('--skip-bad', fixtures)),
      ...(await bring('--kind', 'blocks', ...lists.map(path))),
    ]
    const countedNow = async () => {
      const words = ['imports', 'list', '--json', '--requester', demo.requesterId]
      return (JSON.parse((await runCommand(words, variables)).out) as { counts: object }).counts
    }

    beforeAll(async () => {
      own = await serverDatabase(database)
      Object.assign(variables, own.variables)
      server = await startDemo(variables)
      client = new mturk.MTurkClient({
        endpoint: server.address,
        region: 'us-east-1',
        credentials: { accessKeyId: demo.accessKeyId, secretAccessKey: demo.secretAccessKey },
      })
      expect(await bringAll()).toHaveLength(readdirSync(fixtures).length)
    })
    afterAll(async () => {
      client?.destroy()
      await server?.stop()
      await own?.drop()
      rmSync(data, { recursive: true, force: true })
    })

    test('each comes in twice with the same result, and all of them together too', async () => {
      const before = await countedNow()
      for (const name of readdirSync(fixtures)) {
        const kind = lists.includes(name) ? ['--kind', 'blocks'] : []
        await bring(...kind, path(name))
        expect(await bring(...kind, path(name)), name).toMatchObject([{ added: 0, changed: 0 }])
      }
      await bringAll()
      expect(await countedNow()).toEqual(before)
    })

    test('result CSVs are written again as they were, cell by cell [websites 2.5]', async () => {
      const words = [
        'export',
        'results',
        '--requester',
        demo.requesterId,
        '--file',
        join(data, 'results.csv'),
      ]
      expect(await runCommand(words, variables)).toMatchObject({ code: 0, errors: '' })
      const written = new Map(tableOf(join(data, 'results.csv')).map((row) => [row.AssignmentId, row]))
      for (const name of readdirSync(fixtures).filter((one) => one.startsWith('results-'))) {
        const rows = tableOf(path(name))
        expect(rows.length).toBeGreaterThan(1)
        for (const row of rows) {
          // Rows end before the columns of a review, and the file has the columns of all.
          const told = Object.fromEntries(
            Object.keys(row).map((column) => [column, written.get(row.AssignmentId)?.[column]]),
          )
          expect(told, name).toEqual(row)
        }
      }
    })

    test('assignments are answered as they were saved [hits 6.5]', async () => {
      const names = ['assignments-boto3.jsonl', 'get-assignment-aws-cli.json']
      const all = saved(names, 'Assignments', 'Assignment')
      expect(all.length).toBeGreaterThan(4)
      for (const assignment of all) {
        const id = String(assignment.AssignmentId)
        const { Assignment } = (await call('GetAssignment', { AssignmentId: id })) as { Assignment: Entry }
        expect(comparable(Assignment, 'Answer')).toEqual(comparable(assignment, 'Answer', 'Deadline'))
        expect(fieldsOf(Assignment.Answer)).toEqual(fieldsOf(assignment.Answer))
        const hit = String(assignment.HITId)
        const { Assignments } = await call('ListAssignmentsForHIT', { HITId: hit })
        expect(Assignments).toContainEqual(Assignment)
      }
    })

    test('HITs are answered as they were saved, by the later of two files [hits 12.0]', async () => {
      const told = new Map<unknown, Entry>()
      for (const hit of saved(['hits-aws-cli.json', 'hits-wire.jsonl'], 'HITs', 'HIT'))
        told.set(hit.HITId, { ...told.get(hit.HITId), ...hit })
      expect(told.size).toBeGreaterThan(2)
      for (const [id, hit] of told) {
        const { HIT } = (await call('GetHIT', { HITId: id })) as { HIT: Entry }
        const counts = Object.keys(HIT).filter((name) => name.startsWith('NumberOf'))
        expect(comparable(HIT, ...counts, 'HITStatus')).toMatchObject(
          comparable(hit, ...counts, 'HITStatus', 'NumberOfSimilarHITs', 'HITTypeId'),
        )
        expect(HIT.HITStatus).toBe('Reviewable')
      }
    })

    test('the AWS CLI reads the same', async () => {
      const cli = (...words: string[]) => aws(server!.address, ...words)
      const [{ HITId, AssignmentId } = {}] = saved(['assignments-boto3.jsonl'], 'Assignments')
      const [{ QualificationTypeId, WorkerId } = {}] = saved(['scores-aws-cli.json'], 'Qualifications')
      expect(await cli('get-hit', '--hit-id', String(HITId))).toMatchObject({
        HIT: { HITId, Reward: '0.05' },
      })
      const read = await cli('get-assignment', '--assignment-id', String(AssignmentId))
      expect(read).toMatchObject({
        Assignment: { AssignmentId, AssignmentStatus: 'Approved' },
        HIT: { HITId },
      })
      const { Assignments } = await cli('list-assignments-for-hit', '--hit-id', String(HITId))
      expect(Assignments).toContainEqual(read.Assignment)
      const of = ['--qualification-type-id', String(QualificationTypeId), '--worker-id', String(WorkerId)]
      expect(await cli('get-qualification-score', ...of)).toMatchObject({
        Qualification: { IntegerValue: 93 },
      })
    })

    test('scores, bonuses, blocks and types are answered as they were saved [qualifications 3, hits 9.6, 13]', async () => {
      for (const score of saved(['scores-aws-cli.json'], 'Qualifications', 'Qualification')) {
        const { QualificationTypeId, WorkerId, Status } = score
        const { Qualifications } = (await call('ListWorkersWithQualificationType', {
          ...{ QualificationTypeId, Status },
        })) as { Qualifications: Entry[] }
        expect(Qualifications.map((one) => comparable(one))).toContainEqual(comparable(score))
        if (score.Status === 'Revoked') continue
        const { Qualification } = (await call('GetQualificationScore', {
          QualificationTypeId,
          WorkerId,
        })) as {
          Qualification: Entry
        }
        expect(comparable(Qualification)).toEqual(comparable(score))
      }
      const { BonusPayments } = (await call('ListBonusPayments', {
        HITId: '3BIRDHIT0000000000000000000001',
      })) as {
        BonusPayments: Entry[]
      }
      const bonuses = JSON.parse(readFileSync(path('bonuses-entries.json'), 'utf8')) as Entry[]
      expect(BonusPayments.map((bonus) => bonus.BonusAmount).toSorted()).toEqual(
        bonuses.map((bonus) => Number(String(bonus.BonusAmount)).toFixed(2)).toSorted(),
      )
      const { WorkerBlocks } = (await call('ListWorkerBlocks', {})) as { WorkerBlocks: Entry[] }
      for (const block of saved(['blocks-aws-cli.json'], 'WorkerBlocks'))
        expect(WorkerBlocks.map(({ WorkerId }) => WorkerId)).toContain(block.WorkerId)
      for (const type of saved(
        ['qualification-types-aws-cli.json'],
        'QualificationTypes',
        'QualificationType',
      )) {
        const id = String(type.QualificationTypeId)
        const { QualificationType } = (await call('GetQualificationType', { QualificationTypeId: id })) as {
          QualificationType: Entry
        }
        expect(comparable(QualificationType)).toMatchObject(comparable(type, 'IsRequestable'))
      }
    })
  })
})
