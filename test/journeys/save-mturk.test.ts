// packaging/save-mturk.py, with an unmodified boto3, against our own server: what it saves, that it goes on where it
// stopped, what it says when it cannot, and that the files can be brought in.
import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { kindOfJSON } from '../../src/import/json.ts'
import { freePort } from '../support/free-port.ts'
import { piecesOf, readAll } from '../support/import-json.ts'
import {
  clientEnvironment,
  clientsMissing,
  endpointArguments,
  pythonPrelude,
  run,
} from '../support/python.ts'
import { aFolder, contentsOf, entriesOf, openSaving, saveScript, textOf } from '../support/save-script.ts'
import { describeUnless } from '../support/shared.ts'

describeUnless(clientsMissing(), 'save-mturk.py', () => {
  let saving: Awaited<ReturnType<typeof openSaving>>
  let { proxy, years, environment, save } = {} as Awaited<ReturnType<typeof openSaving>>
  beforeAll(async () => {
    saving = await openSaving()
    ;({ proxy, years, environment, save } = saving)
  })
  afterAll(() => saving?.close())
  beforeEach(() => {
    proxy.meet = () => 'pass'
    proxy.takeCalls()
  })

  const saved = async (folder: string, name: string) => readAll(piecesOf(textOf(folder, name)))

  test('saves everything that the API tells', async () => {
    const folder = aFolder()
    const { code, stderr } = await save(folder)
    expect({ code, last: stderr.trimEnd().split('\n').at(-1) }).toEqual({
      code: 0,
      last: `save-mturk: All is saved in ${folder}.`,
    })
    expect(Object.keys(contentsOf(folder))).toEqual([
      'account.jsonl',
      'assignments.jsonl',
      'bonuses.jsonl',
      `files/${years.assignments[3]}-1-my_scan_`,
      'hits.jsonl',
      'qualification-types.jsonl',
      'review-results.jsonl',
      'scores.jsonl',
      'worker-blocks.jsonl',
    ])
    expect(textOf(folder, `files/${years.assignments[3]}-1-my_scan_`)).toBe('a scan')
    expect(JSON.parse(textOf(folder, 'account.jsonl'))).toEqual({
      AvailableBalance: await years.laboratory.balance(),
    })
    expect(textOf(folder, 'review-results.jsonl')).toContain('SimplePlurality')
    expect(statSync(folder).mode & 0o077, 'others cannot read it').toBe(0)
    expect(textOf(folder, 'bonuses.jsonl'), 'the API does not tell it').toContain(
      `"HITId": "${years.hits[0]}"`,
    )
  })

  test('and the files can be brought in', async () => {
    const folder = aFolder()
    await save(folder)
    const known = ['hits', 'assignments', 'bonuses', 'qualification-types', 'scores', 'worker-blocks']
    const files = known.map((name) => `${name}.jsonl`)
    expect(files.map((name) => kindOfJSON(textOf(folder, name)))).toEqual([
      'hits',
      'assignments',
      'bonuses',
      'qualification types',
      'scores',
      'blocks',
    ])
    const all = await Promise.all(files.map((name) => saved(folder, name)))
    expect(all.flatMap(({ problems }) => problems)).toEqual([])
    const [hits, assignments, bonuses, types, scores, blocks] = all.map(({ records }) => records as any[])
    expect(hits!.map(({ hit }) => hit.id).sort()).toEqual(years.hits.toSorted())
    expect(assignments!.map(({ assignment }) => [assignment.id, assignment.state]).sort()).toEqual(
      ['Approved', 'Rejected', 'Submitted', 'Submitted']
        .map((state, i) => [years.assignments[i], state])
        .sort(),
    )
    expect(bonuses!.map(({ amount, reason }) => `${amount} ${reason}`)).toEqual([
      '50 Danke schön',
      '100 Danke schön',
    ])
    expect(types).toMatchObject([{ id: years.typeId, name: 'Knows birds' }])
    expect(scores!.map(({ status, value }) => `${status} ${value}`)).toEqual(['Granted 80', 'Revoked 80'])
    expect(blocks).toMatchObject([{ worker: { block: 'Blocked', reason: 'Answered without looking.' } }])
    // Times are the moments that the API tells.
    const { Assignment } = (await years.laboratory.call('GetAssignment', {
      AssignmentId: years.assignments[0]!,
    })) as any
    const first = assignments!.find(({ assignment }) => assignment.id === years.assignments[0]).assignment
    expect(first).toMatchObject({
      submittedAt: Assignment.SubmitTime * 1000,
      approvedAt: Assignment.ApprovalTime * 1000,
      answer: Assignment.Answer,
    })
  })

  test('goes on where it stopped, whenever that was', async () => {
    const whole = aFolder()
    await save(whole)
    const calls = proxy.takeCalls().length
    for (const cut of [2, 6, 11, 16]) {
      const folder = aFolder()
      proxy.meet = (call) => (call < cut ? 'pass' : 'break')
      const broken = await save(folder, ['--tries', '1'])
      expect([1, 3], broken.stderr).toContain(broken.code)
      expect(broken.stderr).toMatch(/Cannot reach http:.*[Rr]un this again to .*\n$/s)
      // The machine went down while a line was being written.
      appendFileSync(join(folder, 'hits.jsonl'), '{"HITs": [{"HIT')
      appendFileSync(join(folder, 'progress.jsonl'), '{"done": "HI')
      proxy.meet = () => 'pass'
      proxy.takeCalls()
      expect((await save(folder)).code, `${cut}`).toBe(0)
      expect(entriesOf(folder), `${cut}`).toEqual(entriesOf(whole))
      expect(proxy.takeCalls().length, `${cut}`).toBeLessThanOrEqual(calls - cut + 5)
    }
  })

  test('a run after the last one changes nothing', async () => {
    const folder = aFolder()
    await save(folder)
    const before = contentsOf(folder)
    proxy.takeCalls()
    expect((await save(folder)).code).toBe(0)
    expect(proxy.takeCalls()).toEqual(['GetAccountBalance'])
    expect(contentsOf(folder)).toEqual(before)
  })

  test('waits and tries again when it is told to go slower', async () => {
    const folder = aFolder()
    proxy.meet = (call) => (call % 3 === 1 ? 'throttle' : 'pass')
    const { code, stderr } = await save(folder)
    expect(code).toBe(0)
    expect(stderr).toMatch(/the service asks to go slower \(ThrottlingException\); trying again in \d+ s/)
    const whole = aFolder()
    proxy.meet = () => 'pass'
    await save(whole)
    expect(contentsOf(folder)).toEqual(contentsOf(whole))
  })

  test('and gives up in the end', async () => {
    proxy.meet = () => 'throttle'
    const { code, stderr } = await save(aFolder(), ['--tries', '3'])
    expect(code).toBe(1)
    expect(stderr).toContain('The service asks to go slower (ThrottlingException), after 3 tries.')
    expect(proxy.takeCalls()).toHaveLength(3)
  })

  test('finds HITs that were deleted when it is told their ids', async () => {
    const folder = aFolder()
    const list = `${folder}-ids.csv`
    writeFileSync(
      list,
      `\uFEFF"HITId"\r\n"${years.deleted}"\r\n${years.hits[0]}\r\n3UNKNOWN00000000000000000000000\r\n`,
    )
    const { code, stderr } = await save(folder, ['--hit-ids', list])
    expect(code).toBe(0)
    expect(stderr).toContain('but for 1 thing that the service refuses for good: problems.jsonl')
    expect(textOf(folder, 'problems.jsonl')).toContain('Hit 3UNKNOWN00000000000000000000000 does not exist.')
    const { records, problems } = await saved(folder, 'hits.jsonl')
    expect(problems).toEqual([])
    expect(records.map((record) => (record as any).hit.id).sort()).toEqual(
      [...years.hits, years.deleted].sort(),
    )
    // Its work cannot be read any more, but its bonuses can [hits 5.8].
    expect((await saved(folder, 'assignments.jsonl')).rows).toBe(years.assignments.length)
    expect((await saved(folder, 'bonuses.jsonl')).rows).toBe(3)
  })

  test('never writes the credentials', async () => {
    const folder = aFolder()
    const { stderr } = await save(folder)
    const everything = stderr + JSON.stringify(contentsOf(folder)) + textOf(folder, 'progress.jsonl')
    expect(everything).not.toContain(saving.secretAccessKey)
    expect(everything).not.toContain(years.laboratory.key.accessKeyId)
  })

  const {
    AWS_ACCESS_KEY_ID: _,
    AWS_SECRET_ACCESS_KEY: __,
    ...noKey
  } = clientEnvironment('http://localhost:1')
  test.each<[string, () => Promise<Awaited<ReturnType<typeof save>>>, string]>([
    [
      'no credentials',
      () => save(aFolder(), [], { ...noKey, AWS_EC2_METADATA_DISABLED: 'true' }),
      'There are no AWS credentials (Unable to locate credentials).',
    ],
    [
      'an unknown key',
      () => save(aFolder(), [], { ...environment, AWS_ACCESS_KEY_ID: 'AKIDNOBODY' }),
      'The service does not accept these AWS credentials (UnrecognizedClientException',
    ],
    [
      'a wrong secret',
      () => save(aFolder(), [], { ...environment, AWS_SECRET_ACCESS_KEY: 'wrong' }),
      'The service does not accept these AWS credentials (',
    ],
    [
      'no such profile',
      () => save(aFolder(), ['--profile', 'lab']),
      'The config profile (lab) could not be found',
    ],
    [
      'no network',
      async () =>
        run(
          'python3',
          [saveScript, aFolder(), '--endpoint', `http://127.0.0.1:${await freePort()}`, '--tries', '1'],
          environment,
        ),
      'Cannot reach http://127.0.0.1:',
    ],
  ])('says what is wrong: %s', async (_case, go, message) => {
    const { code, stderr } = await go()
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(message) })
    expect(stderr).not.toContain('Traceback')
    expect(stderr).not.toContain(saving.secretAccessKey)
  })

  test('what the AWS CLI prints by itself can be brought in too', async () => {
    const endpoint = endpointArguments('aws', proxy.address)
    const print = async (call: string[], variables = {}) => {
      const { stdout } = await run('aws', ['mturk', ...endpoint, ...call, '--output', 'json'], {
        ...environment,
        ...variables,
      })
      return readAll(piecesOf(stdout))
    }
    const hits = await print(['list-hits', '--page-size', '1'])
    expect(hits).toMatchObject({ problems: [], rows: years.hits.length })
    for (const form of ['wire', 'iso8601']) {
      const config = `${aFolder()}-config`
      writeFileSync(config, `[default]\ncli_timestamp_format = ${form}\n`)
      const variables = { AWS_CONFIG_FILE: config }
      const work = await print(['get-assignment', '--assignment-id', years.assignments[0]!], variables)
      expect(work, form).toMatchObject({ problems: [], records: [{ kind: 'hit' }, { kind: 'assignment' }] })
      const times = work.records.map((record) => (record as any).assignment?.submittedAt)
      expect(times[1], form).toBe(years.submittedAt)
    }
    const list = ['--must-be-owned-by-caller', '--no-must-be-requestable']
    expect(await print(['list-qualification-types', ...list])).toMatchObject({ problems: [], rows: 1 })
  })

  test('and what boto3 answers, as JSON; as Python prints it, it cannot', async () => {
    const print = async (program: string) => {
      const source = `${pythonPrelude}answer = boto3.client('mturk').list_hits()\n${program}`
      const { stdout } = await run('python3', ['-c', source], environment)
      return readAll(piecesOf(stdout))
    }
    for (const program of ['json.dumps(answer, default=str)', 'json.dumps(answer, default=str, indent=2)'])
      expect(await print(`print(${program})`)).toMatchObject({ problems: [], rows: years.hits.length })
    const { problems, isFatal } = await print('print(answer)')
    expect({ problems, isFatal }).toEqual({
      problems: [expect.stringContaining('This is how Python prints an object')],
      isFatal: true,
    })
  })

  test('what could not be saved is told by later runs too', async () => {
    const folder = aFolder()
    const list = `${folder}-ids.csv`
    // A spreadsheet of Windows, in its own encoding.
    writeFileSync(list, Buffer.from('"Vögel"\r\n3UNKNOWN00000000000000000000000\r\n', 'latin1'))
    for (const _ of [1, 2]) {
      const { code, stderr } = await save(folder, ['--hit-ids', list])
      expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('but for 1 thing') })
    }
  })

  test('keeps its hands off folders that are not its own', async () => {
    const folder = aFolder()
    await save(folder)
    writeFileSync(join(folder, 'thesis.jsonl'), 'years of work')
    expect((await save(folder)).code).toBe(0)
    expect(textOf(folder, 'thesis.jsonl')).toBe('years of work')
    const other = await run('python3', [saveScript, folder, '--endpoint', saving.server.address], environment)
    expect(other.stderr).toContain(`${folder} was filled from ${proxy.address}. Choose another folder.`)
    const home = mkdtempSync(join(tmpdir(), 'kempelen-save-'))
    onTestFinished(() => rmSync(home, { recursive: true, force: true }))
    const files = { 'thesis.jsonl': 'years of work', 'progress.jsonl': 'chapter 1: done\n{"chapter": 2' }
    for (const [name, written] of Object.entries(files)) {
      writeFileSync(join(home, name), written)
      const { code, stderr } = await save(home)
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('holds other files') })
      expect(textOf(home, name)).toBe(written)
      expect(textOf(home, 'thesis.jsonl')).toBe('years of work')
    }
    expect(readdirSync(home).sort()).toEqual(['progress.jsonl', 'thesis.jsonl'])
  })
})
