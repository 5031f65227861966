// packaging/save-mturk.py where things fail: what it has got stays, what failed is told and tried again, nothing is lost
// or saved twice.
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { clientsMissing, run } from '../support/python.ts'
import { aFolder, entriesOf, openSaving, saveScript, textOf } from '../support/save-script.ts'
import { describeUnless } from '../support/shared.ts'
import type { Met, UnsteadyProxy } from '../support/unsteady-proxy.ts'

describeUnless(clientsMissing(), 'save-mturk.py', () => {
  let saving: Awaited<ReturnType<typeof openSaving>>
  let whole: Record<string, string[]>
  const kept = mkdtempSync(join(tmpdir(), 'kempelen-save-'))
  beforeAll(async () => {
    saving = await openSaving()
    const folder = join(kept, 'years')
    expect((await saving.save(folder)).code).toBe(0)
    whole = entriesOf(folder)
  })
  afterAll(async () => {
    rmSync(kept, { recursive: true, force: true })
    await saving?.close()
  })
  beforeEach(() => meet(() => 'pass'))

  const meet = (how: UnsteadyProxy['meet']) => {
    saving.proxy.meet = how
    saving.proxy.takeCalls()
  }
  const trouble: Met = { status: 500, body: { __type: 'ServiceFault', Message: 'Sorry.' } }
  const refused = (message: string): Met => ({
    status: 400,
    body: { __type: 'RequestError', Message: message, TurkErrorCode: 'AWS.MechanicalTurk.InvalidState' },
  })
  /** Of an operation, calls that ask for what the text says. */
  const when =
    (operation: string, text: string, met: Met): UnsteadyProxy['meet'] =>
    (_, called, asked) =>
      called === operation && asked.includes(text) ? met : 'pass'
  const save = (folder: string, ...more: string[]) => saving.save(folder, ['--tries', '2', ...more])
  const lastOf = (text: string) => text.trimEnd().split('\n').at(-1)

  test.each<[what: string, operation: string, text: () => string, met: Met, part: RegExp]>([
    ['has trouble with', 'ListAssignmentsForHIT', () => saving.years.hits[0]!, trouble, /assignments of HIT/],
    ['refuses now', 'ListBonusPayments', () => saving.years.hits[0]!, refused('Not now.'), /bonuses of HIT/],
    ['breaks off', 'GetFileUploadURL', () => '', 'break', /file .*my_scan/],
    ['has trouble with a page of', 'ListHITs', () => 'NextToken', trouble, /HITs/],
    ['has trouble with', 'GetQualificationType', () => '', trouble, /qualification type /],
  ])('what the service %s is told once, and tried again: %s', async (_, operation, text, met, part) => {
    const folder = aFolder()
    meet(when(operation, text(), met))
    for (const _ of [1, 2]) {
      const { code, stderr } = await save(folder, '--page-size', '2')
      expect({ code, stderr }).toEqual({
        code: 3,
        stderr: expect.stringContaining(`All but 1 thing is saved in ${folder}. Run this again`),
      })
      const problems = textOf(folder, 'problems.jsonl').trimEnd().split('\n')
      expect(problems.map((line) => (JSON.parse(line) as { step: string }).step)).toEqual([
        expect.stringMatching(part),
      ])
    }
    meet(() => 'pass')
    const { code, stderr } = await save(folder)
    expect({ code, last: lastOf(stderr) }).toEqual({
      code: 0,
      last: `save-mturk: All is saved in ${folder}.`,
    })
    expect(entriesOf(folder)).toEqual(whole)
  })

  test('where much fails but somebody answers it goes on', async () => {
    meet((_, operation) => (/^(ListWorker|ListQualificationR|ListHITs)/.test(operation) ? trouble : 'pass'))
    const { code, stderr } = await save(aFolder())
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr: expect.stringContaining('All but 4 things are saved'),
    })
  })

  test('of a list that breaks off what was told stays, and its work is saved', async () => {
    const folder = aFolder()
    meet(when('ListHITs', 'NextToken', trouble))
    await save(folder, '--page-size', '1')
    expect(entriesOf(folder)['hits.jsonl']).toHaveLength(1)
    expect(saving.proxy.takeCalls()).toContain('ListAssignmentsForHIT')
  })

  test('a list whose page is too old is read from its beginning once more', async () => {
    const folder = aFolder()
    let isOld = true
    meet((_, operation, asked) => {
      if (operation !== 'ListHITs' || !asked.includes('NextToken') || !isOld) return 'pass'
      isOld = false
      return refused('The token is too old.')
    })
    const { code, stderr } = await save(folder, '--page-size', '1')
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining('reading the list once more'),
    })
    expect(entriesOf(folder)).toEqual(whole)
  })

  test.each<[string, Met]>([
    ['a page of somebody else', { status: 200, body: '<html>Please sign in to the network.</html>' }],
    ['half an answer', { status: 200, body: '{"NumResults":3,"HITs":[{"HITId":"3' }],
  ])('%s is no answer', async (_, met) => {
    const folder = aFolder()
    let isFirst = true
    meet((_, operation) => {
      if (operation !== 'ListHITs' || !isFirst) return 'pass'
      isFirst = false
      return met
    })
    expect((await save(folder)).code).toBe(0)
    expect(entriesOf(folder)).toEqual(whole)
  })

  test('what was written when the machine went down stays, and comes once', async () => {
    const folder = aFolder()
    await save(folder)
    const steps = textOf(folder, 'progress.jsonl').split(/(?<=\n)/)
    for (const count of [1, 3, steps.length - 2]) {
      writeFileSync(join(folder, 'progress.jsonl'), steps.slice(0, count).join(''))
      appendFileSync(join(folder, 'scores.jsonl'), '{"Qualifications": [{')
      expect((await save(folder)).code).toBe(0)
      expect(entriesOf(folder), `${count}`).toEqual(whole)
    }
  })

  test('Ctrl-C at any point loses nothing, and nothing comes twice', async () => {
    const folder = aFolder()
    const program = `
left = {}
def interrupting(real, what):
    def counted(*given):
        answer = real(*given)
        left[what] -= 1
        if left[what] == 0:
            raise KeyboardInterrupt
        return answer
    return counted
save.Service._call = interrupting(save.Service._call, 'calls')
os.fsync = interrupting(os.fsync, 'writes')
sys.argv = sys.argv[1:]
codes = set()
for count in range(1, 12):
    for what in ('calls', 'writes'):
        left.update({'calls': -1, 'writes': -1, what: count})
        codes.add(save.main())
print(codes)`
    const given = [folder, '--endpoint', saving.proxy.address, '--pause', '0.01']
    const { stdout, stderr } = await saving.python(program, ...given)
    expect({ stdout, stderr }).toEqual({
      stdout: '{0, 130}\n',
      stderr: expect.not.stringContaining('Traceback'),
    })
    expect((await save(folder)).code).toBe(0)
    expect(entriesOf(folder)).toEqual(whole)
  })

  test('a file that lost something since is no file to go on with', async () => {
    const folder = aFolder()
    await save(folder)
    truncateSync(join(folder, 'hits.jsonl'), 10)
    const { code, stderr } = await save(folder)
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('hits.jsonl is shorter than when it was written'),
    })
  })

  test('a full disk is told, and nothing is noted as saved', async () => {
    const folder = aFolder()
    mkdirSync(folder)
    const progress = `${JSON.stringify({ saved_from: saving.proxy.address })}\n`
    writeFileSync(join(folder, 'progress.jsonl'), progress)
    symlinkSync('/dev/full', join(folder, 'account.jsonl'))
    const { code, stderr } = await save(folder)
    expect({ code, last: lastOf(stderr) }).toEqual({
      code: 1,
      last: expect.stringMatching(/account\.jsonl cannot be written: No space left on device/),
    })
    expect(textOf(folder, 'progress.jsonl')).toBe(progress)
  })

  test('two runs do not save into one folder', async () => {
    const folder = aFolder()
    mkdirSync(folder)
    const program = `import fcntl, subprocess, sys
held = open(sys.argv[1] + '/lock', 'a')
fcntl.flock(held, fcntl.LOCK_EX)
sys.exit(subprocess.call([sys.executable] + sys.argv[2:]))`
    const given = [saveScript, folder, '--endpoint', saving.proxy.address]
    const { code, stderr } = await run('python3', ['-c', program, folder, ...given], saving.environment)
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `save-mturk: Another run is saving into ${folder}. Wait for it, or choose another folder.\n`,
    })
  })

  test.each(['Signature expired: 20261126T010000Z is now earlier', 'Signature not yet current: 2026'])(
    'a wrong clock is told: %s',
    async (message) => {
      meet(() => ({ status: 400, body: { __type: 'InvalidSignatureException', message } }))
      const { code, stderr } = await save(aFolder())
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: expect.stringMatching(
          /^save-mturk: The clock of this machine is wrong: it says .* UTC, and the/,
        ),
      })
    },
  )

  test('a boto3 that no longer knows the service is told, with one that does', async () => {
    const program = `from botocore.loaders import Loader
import runpy, sys
Loader.list_available_services = lambda *given, **named: ['s3']
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name='__main__')`
    const { code, stderr } = await run('python3', ['-c', program, saveScript, aFolder()], saving.environment)
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(
        /no longer knows Mechanical Turk.* pip install "boto3<=[\d.]+" "botocore<=/,
      ),
    })
    expect(stderr).not.toContain('Traceback')
  })

  test.each([
    ["{'Content-Length': '10'}", 'None', 'only 5 of 10 bytes came'],
    ['{}', '7', '5 bytes came, and the worker had sent 7'],
  ])('half an uploaded file is none: %s', async (headers, size, told) => {
    const program = `
class Half(io.BytesIO):
    headers = ${headers}
try:
    save.Folder(sys.argv[2], 'here').save_bytes('scan', Half(b'12345'), ${size})
except OSError as error:
    print(error, os.listdir(os.path.join(sys.argv[2], 'files')))`
    const { stdout } = await saving.python(program, aFolder())
    expect(stdout).toBe(`${told} ['scan.part']\n`)
  })

  test('half a character is kept as it came', async () => {
    const program = String.raw`
folder = save.Folder(sys.argv[2], 'here')
folder.add('hits.jsonl', {'HITs': [{'HITId': '3H', 'Title': 'A \ud83d bird \u2028 ü'}]}, 'HITs')
folder.lock.close()
folder = save.Folder(sys.argv[2], 'here')
folder.add('hits.jsonl', {'HITs': [{'HITId': '3H', 'Title': 'The same'}]}, 'HITs')
print(ascii(list(folder.read('hits.jsonl'))))`
    const { stdout, stderr } = await saving.python(program, aFolder())
    expect({ stdout, stderr }).toEqual({
      stdout: String.raw`[{'HITs': [{'HITId': '3H', 'Title': 'A \ud83d bird \u2028 \xfc'}]}]${'\n'}`,
      stderr: '',
    })
  })
})
