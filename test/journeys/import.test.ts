// A requester's years at the real service, brought in by `kempelen import` and found again by every way that there is:
// the SDK, the AWS CLI, the counts, and the files written anew (docs/leaving-amazon.md).
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  ApproveAssignmentCommand,
  GetAssignmentCommand,
  GetHITCommand,
  GetQualificationScoreCommand,
  ListAssignmentsForHITCommand,
  ListHITsCommand,
  ListQualificationTypesCommand,
  ListWorkerBlocksCommand,
  MTurkClient,
} from '@aws-sdk/client-mturk'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { runCommand } from '../../src/cli/run.ts'
import { demo } from '../../src/demo/seed.ts'
import { server as limits } from '../../src/limits.ts'
import { birds, boxes, files, plain, transactions, workers } from '../support/history-files.ts'
import { postgresMissing } from '../support/postgres.ts'
import { aws, clientsMissing } from '../support/python.ts'
import { control, startDemo, type TestServer } from '../support/server.ts'
import { serverDatabase, type ServerDatabase } from '../support/server-database.ts'
import { describeUnless } from '../support/shared.ts'

describe.each(['SQLite', 'PostgreSQL'] as const)('on %s', async (database) => {
  const missing = database === 'PostgreSQL' ? await postgresMissing() : undefined
  describeUnless(missing, 'history of the real service', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kempelen-import-'))
    const variables: Record<string, string> = { KEMPELEN_DATA: folder }
    let server: TestServer
    let client: MTurkClient
    let own: ServerDatabase | undefined

    const run = (...words: string[]) => runCommand([...words, '--requester', demo.requesterId], variables)
    const file = (name: string, content: string | Uint8Array = files[name as keyof typeof files]) => {
      writeFileSync(join(folder, name), content)
      return join(folder, name)
    }
    const importAll = () => run('import', ...Object.keys(files).map((name) => file(name)), '--json')
    const outcomes = (out: string) =>
      (JSON.parse(out) as Record<string, unknown>[]).map(({ kind, rows, added, changed, unchanged }) => [
        kind,
        rows,
        added,
        changed,
        unchanged,
      ])

    beforeAll(async () => {
      own = await serverDatabase(database)
      Object.assign(variables, own.variables)
      server = await startDemo(variables)
      client = new MTurkClient({
        endpoint: server.address,
        region: 'us-east-1',
        credentials: { accessKeyId: demo.accessKeyId, secretAccessKey: demo.secretAccessKey },
      })
      const first = await importAll()
      expect(first.errors).toBe('')
      expect(outcomes(first.out)).toEqual([
        ['results', 2, 2, 0, 0],
        ['results', 1, 1, 0, 0],
        // Two workers whom the results have named, and a score.
        ['workers', 2, 1, 2, 0],
        ['transactions', 2, 2, 0, 0],
      ])
    }, 60_000)
    afterAll(async () => {
      client?.destroy()
      await server?.stop()
      await own?.drop()
      rmSync(folder, { recursive: true, force: true })
    })

    test('comes in once, however often the files are brought', async () => {
      const again = await importAll()
      expect(outcomes(again.out)).toEqual([
        ['results', 2, 0, 0, 2],
        ['results', 1, 0, 0, 1],
        ['workers', 2, 0, 0, 3],
        ['transactions', 2, 0, 0, 2],
      ])
      const { out } = await run('imports', 'list', '--json')
      const { counts, runs } = JSON.parse(out) as { counts: object; runs: object[] }
      expect(counts).toMatchObject({
        hits: 2,
        submitted: 1,
        approved: 1,
        rejected: 1,
        workers: 2,
        transactions: 2,
      })
      expect(runs).toHaveLength(8)
      const told = await run('imports', 'list')
      expect(told.out).toMatch(
        /Assignments approved +1\n[^]*done  results +2  2 added, 0 changed, 0 left out  results\.csv/,
      )
    })

    test('is read by the calls that read it there: times in Pacific winter and summer, answers, feedback', async () => {
      const { HIT } = await client.send(new GetHITCommand({ HITId: birds.hitId }))
      expect(HIT).toMatchObject({
        HITTypeId: birds.typeId,
        HITStatus: 'Reviewable',
        Title: 'Name the bird',
        Reward: '0.02',
        MaxAssignments: 3,
        CreationTime: new Date('2019-11-21T05:03:26Z'),
        RequesterAnnotation: 'BatchId:3854719;OriginalHitTemplateId:928390870;',
      })
      const { Assignment } = await client.send(new GetAssignmentCommand({ AssignmentId: birds.first }))
      expect(Assignment).toMatchObject({
        WorkerId: 'A2QSX8ZT2ABCDE',
        AssignmentStatus: 'Approved',
        AcceptTime: new Date('2019-11-21T05:10:00Z'),
        ApprovalTime: new Date('2019-11-21T17:00:00Z'),
        RequesterFeedback: 'Danke, schön!',
      })
      expect(Assignment!.Answer).toContain('<FreeText>It said "tsee",\nthen flew &#128038;</FreeText>')
      expect(Assignment!.Answer).toContain('<FreeText>Blue tit|Great tit</FreeText>')
      const { Assignments } = await client.send(new ListAssignmentsForHITCommand({ HITId: birds.hitId }))
      expect(Assignments!.map(({ AssignmentId }) => AssignmentId)).toEqual([birds.first, birds.second])
      const { HITs } = await client.send(new ListHITsCommand({ MaxResults: 100 }))
      const ids = HITs!.map(({ HITId }) => HITId)
      expect(ids.slice(-2)).toEqual(['3CROWD00000000000000000000HIT1', birds.hitId])
    })

    test('of a crowd-form is its JSON again [questions 7]', async () => {
      const { Assignment } = await client.send(
        new GetAssignmentCommand({ AssignmentId: '3CROWD000000000000000000WORK01' }),
      )
      expect(Assignment!.SubmitTime).toEqual(new Date('2020-07-05T16:01:00Z'))
      const [, text] =
        /<QuestionIdentifier>taskAnswers<\/QuestionIdentifier><FreeText>(.*)<\/FreeText>/s.exec(
          Assignment!.Answer!,
        )!
      const [answers] = JSON.parse(text!) as Record<string, unknown>[]
      expect(answers).toMatchObject({
        mood: { label: 'calm' },
        sure: { on: true },
        box: { boundingBoxes: JSON.parse(boxes) },
      })
    })

    test('is never paid or approved here, and the books know nothing of it', async () => {
      const before = await control(server.address, 'ledger')
      await expect(
        client.send(new ApproveAssignmentCommand({ AssignmentId: '3CROWD000000000000000000WORK01' })),
      ).rejects.toThrow(/history/)
      const turned = await control(server.address, 'clock', { advance: 60 * 86_400 })
      expect(turned.status).toBe(200)
      const { Assignment } = await client.send(
        new GetAssignmentCommand({ AssignmentId: '3CROWD000000000000000000WORK01' }),
      )
      expect(Assignment!.AssignmentStatus).toBe('Submitted')
      expect((await control(server.address, 'ledger')).body.accounts).toEqual(before.body.accounts)
    })

    test('scores and blocks go on to count', async () => {
      const { QualificationTypes } = await client.send(
        new ListQualificationTypesCommand({
          MustBeRequestable: false,
          MustBeOwnedByCaller: true,
          Query: 'Birder',
        }),
      )
      const QualificationTypeId = QualificationTypes![0]!.QualificationTypeId!
      const { Qualification } = await client.send(
        new GetQualificationScoreCommand({ QualificationTypeId, WorkerId: 'A2QSX8ZT2ABCDE' }),
      )
      expect(Qualification).toMatchObject({ IntegerValue: 85, Status: 'Granted' })
      const { WorkerBlocks } = await client.send(new ListWorkerBlocksCommand({}))
      expect(WorkerBlocks!.map(({ WorkerId }) => WorkerId)).toEqual(['A3OTHER0WORKER'])
    })

    test('is written again, column by column as it came', async () => {
      const written = async (what: string, ...more: string[]) => {
        const out = join(folder, `${what}-${more.length}.csv`)
        expect(await run('export', what, '--file', out, ...more)).toMatchObject({ code: 0, errors: '' })
        return readFileSync(out, 'utf8')
      }
      expect(await written('results', '--batch', '3854719')).toBe(plain)
      expect(await written('results')).toContain(boxes.replaceAll('"', '""'))
      expect(await written('transactions')).toBe(transactions)
      expect(await written('workers')).toBe(workers)
    })

    describeUnless(clientsMissing(), 'the AWS CLI', () => {
      test('reads it too', async () => {
        const { Assignments } = (await aws(
          server.address,
          'list-assignments-for-hit',
          '--hit-id',
          birds.hitId,
        )) as {
          Assignments: { AssignmentStatus: string }[]
        }
        expect(Assignments.map(({ AssignmentStatus }) => AssignmentStatus)).toEqual(['Approved', 'Rejected'])
        const { HIT } = await aws(server.address, 'get-hit', '--hit-id', birds.hitId)
        expect(HIT).toMatchObject({ Title: 'Name the bird', Reward: '0.02' })
      })
    })

    test.for<[what: string, content: string, told: RegExp]>([
      ['half a row', plain.slice(0, -40), /line 4.*never closed/],
      ['a missing column', plain.replaceAll('"WorkerId"', '"Person"'), /WorkerId/],
      ['a time of nowhere', plain.replaceAll('PST', 'CET'), /line 2, column CreationTime.*PST or PDT/],
      ['an assignment twice', plain.replace(birds.second, birds.first), /line 4, column AssignmentId/],
      ['another kind of file', 'a,b\n1,2\n', /line 1/],
      ['nothing', '', /empty/],
    ])('%s: the place and what is wrong, and nothing is kept', async ([, content, told]) => {
      const renamed = content.replaceAll('3BIRDS', '3WRONG')
      const { code, out, errors } = await run('import', file('wrong.csv', renamed))
      expect({ code, told: `${out}\n${errors}` }).toEqual({ code: 1, told: expect.stringMatching(told) })
      await expect(
        client.send(new GetHITCommand({ HITId: birds.hitId.replace('3BIRDS', '3WRONG') })),
      ).rejects.toThrow(/does not exist/)
    })

    test('with --skip-bad what is wrong is left out and told, the rest comes in', async () => {
      const mixed = plain.replaceAll('3BIRDS', '3MIXED').replace('"Rejected"', '"Lost"')
      const { code, out } = await run('import', file('mixed.csv', mixed), '--skip-bad')
      expect({ code, out }).toEqual({
        code: 0,
        out: expect.stringMatching(/1 added.*1 left out[^]*line 4, column AssignmentStatus/),
      })
      const { NumResults } = await client.send(
        new ListAssignmentsForHITCommand({ HITId: birds.hitId.replace('3BIRDS', '3MIXED') }),
      )
      expect(NumResults).toBe(1)
    })

    test('a run that is cut off leaves what it has kept, and the whole file comes in once more', async () => {
      const parts = plain.split(/(?<="\n)(?="3)/)
      const [first, row] = [parts[0]!, parts[1]!]
      const many = Array.from({ length: 3 * limits.imports.batch }, (_, index) =>
        row.replaceAll('3BIRDS', '3CUTS0').replace('WORK01', `W${String(index).padStart(5, '0')}`),
      )
      const list = async () =>
        JSON.parse((await run('imports', 'list', '--json')).out) as {
          counts: { approved: number }
          runs: { name: string; rows: number; finishedAt?: string }[]
        }
      const before = (await list()).counts.approved
      const path = `/_control/imports?requester=${demo.requesterId}&name=cut.csv`
      const sent = request(`${server.address}${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'text/csv' },
      })
      sent.on('error', () => undefined)
      sent.write(first + many.slice(0, 2 * limits.imports.batch).join(''))
      await vi.waitFor(
        async () => {
          const [newest] = (await list()).runs
          expect(newest!.name).toBe('cut.csv')
          expect(newest!.rows).toBeGreaterThan(0)
        },
        { timeout: 20_000 },
      )
      sent.destroy()
      const whole = await run('import', file('cut.csv', first + many.join('')), '--json')
      const [, rows, added, changed, unchanged] = outcomes(whole.out)[0] as [string, ...number[]]
      expect([rows, changed, added! + unchanged!]).toEqual([many.length, 0, many.length])
      expect(unchanged).toBeGreaterThanOrEqual(limits.imports.batch)
      const { counts, runs } = await list()
      expect(counts.approved - before).toBe(many.length)
      expect(runs.map(({ name, finishedAt }) => [name, finishedAt !== undefined]).slice(0, 2)).toEqual([
        ['cut.csv', true],
        ['cut.csv', false],
      ])
      expect((await run('import', file('again.csv', first + many.join('')), '--json')).out).toContain(
        `"unchanged": ${many.length}`,
      )
    })

    test('a file of a spreadsheet with a mark and CRLF comes in; one in another encoding does not', async () => {
      const other = plain.replaceAll('3BIRDS', '3CRLF0')
      const crlf = `\uFEFF${other.replaceAll(/(?<=")\n/g, '\r\n')}`
      expect(await run('import', file('crlf.csv', crlf))).toMatchObject({ code: 0, errors: '' })
      const latin = Buffer.from(other.replaceAll('3CRLF0', '3LATIN').replace('🐦', ''), 'latin1')
      const { code, errors, out } = await run('import', file('latin.csv', latin))
      expect({ code, told: errors + out }).toEqual({
        code: 1,
        told: expect.stringMatching(/line 2[^]*UTF-8/),
      })
    })
  })
})
