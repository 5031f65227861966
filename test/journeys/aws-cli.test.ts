// The unmodified AWS CLI: input from files, skeletons, queries, pages, exit codes, and what it prints when a call is
// refused. A second one runs as well where a machine has it under the name aws2.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { day, openJourney, startOn, type Journey, type Laboratory } from '../support/journey.ts'
import { aHIT } from '../support/market.ts'
import { clientEnvironment, clientsMissing, endpointArguments, run, type Output } from '../support/python.ts'
import { describeUnless } from '../support/shared.ts'

const versionOf = (program: string) => String(spawnSync(program, ['--version']).stdout ?? '')
const programs = ['aws', 'aws2'].filter((program) => versionOf(program) !== '')

describeUnless(clientsMissing(), 'the AWS CLI', () => {
  let server: Awaited<ReturnType<typeof startOn>>
  let journey: Journey
  let folder: string
  beforeAll(async () => {
    server = await startOn('sqlite')
    journey = await openJourney(server.address)
    folder = mkdtempSync(join(tmpdir(), 'kempelen-cli-'))
  })
  afterAll(async () => {
    await journey?.close()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  describe.each(programs)('%s', (program) => {
    // The two versions have different codes for a refused call.
    const refusedCode = versionOf(program).startsWith('aws-cli/1.') ? 255 : 254
    /** Runs `aws mturk …` with the laboratory's key. */
    const cli = (lab: Laboratory, ...args: string[]): Promise<Output> =>
      run(program, ['mturk', ...endpointArguments(program, server.address), ...args], {
        ...clientEnvironment(server.address),
        AWS_ACCESS_KEY_ID: lab.key.accessKeyId,
        AWS_SECRET_ACCESS_KEY: lab.key.secretAccessKey,
        AWS_DEFAULT_OUTPUT: 'json',
      })
    const answer = async (lab: Laboratory, ...args: string[]): Promise<Record<string, unknown>> => {
      const { code, stdout, stderr } = await cli(lab, ...args)
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      return JSON.parse(stdout) as Record<string, unknown>
    }
    const fileOf = (name: string, value: object): string => {
      const path = join(folder, name)
      writeFileSync(path, JSON.stringify(value))
      return `file://${path}`
    }

    test('a HIT from --cli-input-json, its work reviewed, and the HIT deleted: nothing is printed', async () => {
      const lab = await journey.laboratory('1.00')
      const input = fileOf('hit.json', aHIT({ Title: 'Hören: café 🐦' }))
      const { HIT } = (await answer(lab, 'create-hit', '--cli-input-json', input)) as {
        HIT: Record<string, string>
      }
      expect(HIT).toMatchObject({ Title: 'Hören: café 🐦', HITStatus: 'Assignable', Reward: '0.10' })
      const HITId = HIT.HITId!
      const worker = await journey.worker()
      const id = await worker.work(HITId)
      const listed = (await answer(lab, 'list-assignments-for-hit', '--hit-id', HITId)) as {
        Assignments: Record<string, string>[]
      }
      expect(listed.Assignments.map((work) => [work.AssignmentId, work.AssignmentStatus])).toEqual([
        [id, 'Submitted'],
      ])
      const silent = { code: 0, stdout: '', stderr: '' }
      const reject = ['reject-assignment', '--assignment-id', id, '--requester-feedback', '']
      expect(await cli(lab, ...reject)).toEqual(silent)
      const approve = ['approve-assignment', '--assignment-id', id, '--override-rejection']
      expect(await cli(lab, ...approve)).toEqual(silent)
      expect(await worker.earnings()).toBe('0.10+0.00')
      expect(await cli(lab, 'delete-hit', '--hit-id', HITId)).toEqual(silent)
      expect(await lab.state(HITId)).toBe('Disposed 0/0/1')
    })

    test('expire with a date, with 0 and with a number', async () => {
      const lab = await journey.laboratory('1.00')
      for (const time of ['2015-01-01', '0', '2015-01-01T00:00:00Z', String(journey.second())]) {
        const { HITId } = await lab.create()
        const expire = ['update-expiration-for-hit', '--hit-id', HITId, '--expire-at', time]
        expect(await cli(lab, ...expire)).toEqual({ code: 0, stdout: '', stderr: '' })
        expect(await lab.state(HITId)).toBe('Reviewable 0/1/0')
      }
    })

    test('a refusal: exit code, and the whole text on stderr', async () => {
      const lab = await journey.laboratory('1.00')
      const { HITId } = await lab.create()
      const id = await (await journey.worker()).work(HITId)
      await lab.call('ApproveAssignment', { AssignmentId: id })
      const now = journey.now()
      const later = String(journey.second() + day + 11)
      const table: [string[], string, string, string][] = [
        [
          ['approve-assignment', '--assignment-id', id],
          'RequestError',
          'ApproveAssignment',
          `This operation can be called with a status of: Submitted (${now})`,
        ],
        [['get-hit', '--hit-id', 'ABC'], 'RequestError', 'GetHIT', `Hit ABC does not exist. (${now})`],
        [
          ['update-expiration-for-hit', '--hit-id', HITId, '--expire-at', later],
          'ParameterValidationError',
          'UpdateExpirationForHIT',
          `The value 11 is invalid for ExpirationIncrementInSeconds. Valid values range from 60 to 31536000. (${now})`,
        ],
        [
          ['get-hit', '--hit-id', 'abc'],
          'ValidationException',
          'GetHIT',
          "1 validation error detected: Value 'abc' at 'hITId' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[A-Z0-9]+$",
        ],
      ]
      for (const [args, type, operation, text] of table) {
        const { code, stdout, stderr } = await cli(lab, ...args)
        expect([code, stdout]).toEqual([refusedCode, ''])
        expect(stderr.trim()).toContain(
          `An error occurred (${type}) when calling the ${operation} operation: ${text}`,
        )
        expect(stderr.trim().endsWith(text)).toBe(true)
      }
    })

    test('an unknown key', async () => {
      const lab = (await journey.laboratory()).as({ accessKeyId: 'AKIDNOBODY', secretAccessKey: 'x' })
      const { code, stderr } = await cli(lab, 'get-account-balance')
      expect(code).toBe(refusedCode)
      expect(stderr).toContain(
        'An error occurred (UnrecognizedClientException) when calling the GetAccountBalance operation: ' +
          'The security token included in the request is invalid.',
      )
    })

    test('pages: all of them, some of them, and from where it stopped', async () => {
      const lab = await journey.laboratory('1.00')
      const ids: string[] = []
      for (let number = 0; number < 5; number++) {
        await journey.advance(1)
        ids.unshift((await lab.create({ Reward: '0.01' })).HITId)
      }
      const idsOf = ({ HITs }: Record<string, unknown>) =>
        (HITs as { HITId: string }[]).map((hit) => hit.HITId)
      expect(idsOf(await answer(lab, 'list-hits', '--page-size', '2'))).toEqual(ids)
      const first = await answer(lab, 'list-hits', '--page-size', '2', '--max-items', '3')
      expect(idsOf(first)).toEqual(ids.slice(0, 3))
      const rest = await answer(lab, 'list-hits', '--starting-token', String(first.NextToken))
      expect(idsOf(rest)).toEqual(ids.slice(3))
      const page = await answer(lab, 'list-hits', '--no-paginate')
      expect(idsOf(page)).toEqual(ids)
      expect(page.NumResults).toBe(5)
      expect(page.NextToken).toMatch(/^p1:/)
      const query = ['--query', 'HITs[?HITStatus==`Assignable`].[HITId]', '--output', 'text']
      const { stdout } = await cli(lab, 'list-hits', ...query)
      expect(stdout.trim().split('\n')).toEqual(ids)
    })

    test('--query on a single value, and the balance as text', async () => {
      const lab = await journey.laboratory('12.34')
      const query = ['get-account-balance', '--query', 'AvailableBalance', '--output', 'text']
      expect(await cli(lab, ...query)).toEqual({ code: 0, stdout: '12.34\n', stderr: '' })
    })

    test('--generate-cli-skeleton: filled in, it is an input', async () => {
      const lab = await journey.laboratory('1.00')
      const skeleton = await answer(lab, 'create-hit', '--generate-cli-skeleton')
      const names = Object.keys(aHIT())
      expect(Object.keys(skeleton)).toEqual(expect.arrayContaining(names))
      expect((await lab.call('ListHITs', {})).NumResults).toBe(0)
      const input = { HITId: 'ABC', Revert: false }
      expect(await answer(lab, 'update-hit-review-status', '--generate-cli-skeleton')).toEqual({
        HITId: '',
        Revert: true,
      })
      const { HITId } = await lab.create()
      await lab.expireNow(HITId)
      const file = fileOf('mark.json', { ...input, HITId })
      const { code } = await cli(lab, 'update-hit-review-status', '--cli-input-json', file)
      expect([code, await lab.state(HITId)]).toEqual([0, 'Reviewing 0/1/0'])
    })
  })
})
