// The commands of the operator as they are used: the built program, while its server runs and while none does.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import {
  CreateWorkerBlockCommand,
  MTurkClient,
  SendTestEventNotificationCommand,
} from '@aws-sdk/client-mturk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildProgram } from '../../scripts/build.mjs'
import { startProcess } from '../../test/support/built-program.ts'
import { freePort } from '../../test/support/free-port.ts'
import { createDatabase, postgresMissing } from '../../test/support/postgres.ts'
import { control } from '../../test/support/server.ts'
import { describeUnless } from '../../test/support/shared.ts'

interface Printed {
  code: number
  out: string
  errors: string
}

/** A data folder in which commands are run. */
class Place {
  readonly folder = mkdtempSync(join(tmpdir(), 'kempelen-cli-'))
  variables: Record<string, string> = {}

  async run(line: readonly string[], input = ''): Promise<Printed> {
    const child = spawn(process.execPath, [await buildProgram(), ...line], {
      env: { PATH: process.env.PATH, KEMPELEN_DATA: this.folder, ...this.variables },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    child.stdin.end(input)
    const [out, errors, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit') as Promise<[number]>,
    ])
    return { code, out, errors }
  }

  async json(...line: string[]): Promise<Record<string, unknown>> {
    const { code, out, errors } = await this.run([...line, '--json'])
    expect({ code, errors }).toEqual({ code: 0, errors: '' })
    return JSON.parse(out) as Record<string, unknown>
  }
}

const clientOf = (endpoint: string) =>
  new MTurkClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
  })

/** What commands do, whoever owns the database. */
function commandsWork(place: Place, requester: () => string): void {
  test('a template becomes a layout, its next version, and is listed and shown [questions 8]', async () => {
    const file = join(place.folder, 'ships.html')
    writeFileSync(file, '<p>Kio estas sur ${bildo}? 🚢</p>')
    const put = ['layouts', 'put', file, '--requester', requester(), '--name', 'Ships']
    const first = await place.run(put)
    expect(first).toEqual({
      code: 0,
      errors: '',
      out: expect.stringMatching(/^HITLayoutId 3[A-Z0-9]{29}\n$/),
    })
    const id = first.out.trim().split(' ')[1]!
    const next = await place.run([...put.with(2, '-'), '--layout', id, '--json'], '<p>Second ${bildo}</p>')
    expect(JSON.parse(next.out)).toEqual({ hitLayoutId: id })

    expect((await place.run(['layouts', 'show', id])).out).toBe('<p>Second ${bildo}</p>\n')
    const old = await place.json('layouts', 'show', id, '--version', '1')
    expect(old).toMatchObject({ version: 1, name: 'Ships', html: readFileSync(file, 'utf8') })
    const listed = await place.json('layouts', 'list', '--requester', requester())
    expect(listed).toEqual({ layouts: [expect.objectContaining({ hitLayoutId: id, version: 2 })] })
    const shown = await place.run(['layouts', 'list'])
    expect(shown.out).toContain(`${id}  version 2  ${requester()}`)
    expect((await place.run(['layouts', 'list', '--requester', 'ANOBODY'])).out).toBe(
      'There are no layouts.\n',
    )
  })

  test.for([
    ['a requester that does not exist', ['layouts', 'put', '-', '--requester', 'ANOBODY', '--name', 'x'], 'There is no requester ANOBODY.'], // prettier-ignore
    ['a layout that does not exist', ['layouts', 'show', '3NONE'], 'There is no layout 3NONE.'],
    [
      'a version that is no number',
      ['layouts', 'show', '3NONE', '--version', 'x'],
      'version: It must be a number.',
    ],
    ['an environment that is not there', ['layouts', 'list', '--environment', 'sandbx'], 'environment: This server does not have that environment.'], // prettier-ignore
    ['a message that does not exist', ['messages', 'list', '--before', 'x y'], 'before: It must be the id of the last message of the page before.'], // prettier-ignore
  ] as const)('%s is refused with a sentence', async ([, line, sentence]) => {
    const { code, out, errors } = await place.run(line, '<p>x</p>')
    expect({ code, out, errors }).toEqual({ code: 1, out: '', errors: `${sentence}\n` })
  })

  test('edits of submitted answers are allowed and forbidden', async () => {
    expect((await place.run(['requesters', 'allow-edits', requester()])).out).toBe(
      `${requester()}: workers may change what they submitted, until it is reviewed.\n`,
    )
    expect((await place.run(['requesters', 'forbid-edits', requester()])).out).toBe(
      `${requester()}: what workers submit is final.\n`,
    )
    expect(await place.run(['requesters', 'allow-edits', 'ANOBODY'])).toMatchObject({
      code: 1,
      errors: 'There is no requester ANOBODY.\n',
    })
  })

  test('invitations are made, listed and taken back', async () => {
    const made = await place.run(['invitations', 'create', '--count', '2', '--days', '3'])
    expect(made.out).toMatch(/^(https?:\/\/\S+\/sign-up\/[\w-]{32}\n){2}$/)
    const one = await place.json('invitations', 'create', '--email', 'Ada@Example.org')
    const [{ invitationId }] = one.invitations as [{ invitationId: string }]
    const listed = await place.run(['invitations', 'list'])
    expect(listed.out).toMatch(new RegExp(`^  ${invitationId}  open  .* ada@example.org\n`))
    const revoke = ['invitations', 'revoke', invitationId]
    expect(await place.run(revoke)).toMatchObject({
      code: 0,
      out: 'The invitation does not work any more.\n',
    })
    expect(await place.run(revoke)).toMatchObject({
      code: 1,
      errors: 'id: There is no unused invitation of this id.\n',
    })
    expect(await place.run(['invitations', 'create', '--email', 'ada'])).toMatchObject({
      code: 1,
      errors: 'email: It is no e-mail address.\n',
    })
    expect(await place.run(['invitations', 'create', '--days', '0'])).toMatchObject({ code: 1 })
    expect(await place.run(['invitations', 'create', '--days', 'x'])).toMatchObject({
      code: 1,
      errors: '--days must be a number, not "x".\n',
    })
  })

  test('an address for a new password is made for a worker who has one to sign in with', async () => {
    const made = await place.run(['workers', 'reset-password', 'ADEMOWORKER001'])
    expect(made.out).toMatch(/^https?:\/\/\S+\/password-reset\/[\w-]{32}\n$/)
    expect(await place.run(['workers', 'reset-password', 'ANOBODY'])).toMatchObject({
      code: 1,
      errors: 'There is no worker ANOBODY.\n',
    })
  })

  test('a template that cannot be read or is not text is refused, and nothing is kept', async () => {
    const put = (file: string) =>
      place.run(['layouts', 'put', file, '--requester', requester(), '--name', 'x'])
    expect(await put(join(place.folder, 'none.html'))).toMatchObject({
      code: 1,
      errors: expect.stringContaining('cannot be read'),
    })
    const file = join(place.folder, 'latin1.html')
    writeFileSync(file, Buffer.from([0x3c, 0xe9]))
    expect(await put(file)).toMatchObject({ code: 1, errors: `${file} is not text in UTF-8.\n` })
  })
}

describe('while the server runs, through its socket [design 4]', () => {
  const place = new Place()
  let address: string
  let requester: string
  let stop: () => Promise<void>

  beforeAll(async () => {
    const port = await freePort()
    address = `http://localhost:${port}`
    place.variables = { KEMPELEN_ENVIRONMENTS: 'production,sandbox' }
    const server = await startProcess(port, place.folder, place.variables)
    stop = async () => {
      server.kill('SIGTERM')
      await once(server, 'exit')
    }
    requester = (await control(address, 'requesters', { name: 'Laboratory' })).body.requesterId as string
  }, 60_000)
  afterAll(async () => {
    await stop()
    rmSync(place.folder, { recursive: true, force: true })
  })

  commandsWork(place, () => requester)

  test('a dead letter is seen, and waits again; failed tests only when they are named', async () => {
    const Destination = 'http://127.0.0.1:1/queue'
    const client = clientOf(address)
    await expect(
      client.send(
        new SendTestEventNotificationCommand({
          Notification: { Destination, Transport: 'SQS', Version: '2014-08-15', EventTypes: ['Ping'] },
          TestEventType: 'Ping',
        }),
      ),
    ).rejects.toThrow('could not be reached')
    const dead = ['outbox', 'list', '--state', 'dead'] as const
    const letters = (await place.json(...dead)) as unknown as { id: string; destination: string }[]
    expect(letters).toEqual([
      expect.objectContaining({ destination: Destination, state: 'dead', event: 'Ping' }),
    ])
    const { id } = letters[0]!
    expect((await place.run(dead)).out).toContain(`${id}  dead  1×  Ping  SQS  ${Destination}: `)
    const replay = (...words: string[]) => place.run(['outbox', 'replay', ...words])
    expect((await replay('--all')).out).toBe('0 messages wait again.\n')
    expect((await replay('--destination', Destination)).out).toBe('0 messages wait again.\n')
    expect((await replay('--id', id)).out).toBe('1 message waits again.\n')
    expect(await replay('--id', '3NONE')).toMatchObject({
      code: 1,
      errors: 'id: There is no dead letter of this id.\n',
    })
    for (const words of [[], ['--all', '--id', id]])
      expect(await replay(...words)).toMatchObject({
        code: 1,
        errors: 'Say which ones: --id ID, --destination ADDRESS, or --all.\n',
      })
  })

  test('the secret of a requester’s webhooks stays the same, and is for those that exist', async () => {
    const first = await place.json('webhooks', 'secret', requester)
    expect(first).toEqual({ webhookSecret: expect.stringMatching(/^[\w-]{43}$/) })
    expect((await place.run(['webhooks', 'secret', requester])).out).toBe(`${String(first.webhookSecret)}\n`)
    expect(await place.run(['webhooks', 'secret', 'ANOBODY'])).toMatchObject({
      code: 1,
      errors: 'There is no requester ANOBODY.\n',
    })
  })

  test('each market has its own layouts', async () => {
    const file = join(place.folder, 'test.html')
    writeFileSync(file, '<p>A test</p>')
    const put = [
      'layouts',
      'put',
      file,
      '--requester',
      requester,
      '--name',
      'Test',
      '--environment',
      'sandbox',
    ]
    const { hitLayoutId } = await place.json(...put)
    const listed = await place.json('layouts', 'list', '--environment', 'sandbox')
    expect(listed).toMatchObject({ layouts: [{ hitLayoutId }] })
    expect(JSON.stringify(await place.json('layouts', 'list'))).not.toContain(hitLayoutId)
  })

  test('the socket is for the user of the server alone', () => {
    expect(statSync(join(place.folder, 'kempelen.db.socket')).mode & 0o777).toBe(0o600)
  })

  test('what workers were told is shown, newest first, of one worker or all', async () => {
    const worker = (await control(address, 'workers', { email: 'w@example.com' })).body.workerId as string
    expect((await place.run(['messages', 'list', '--worker', worker])).out).toBe('There are no messages.\n')
    const client = clientOf(address)
    await client.send(new CreateWorkerBlockCommand({ WorkerId: worker, Reason: 'spam' }))
    const all = (await (await fetch(`${address}/_control/mail`)).json()) as { subject: string }[]
    expect(all).toEqual([expect.objectContaining({ workerId: worker, kind: 'block' })])
    expect(await place.json('messages', 'list')).toEqual(all)
    expect(await place.json('messages', 'list', '--worker', worker)).toEqual(all)
    expect(await place.json('messages', 'list', '--worker', 'ANOBODY')).toEqual([])
    const { out } = await place.run(['messages', 'list'])
    expect(out).toContain(`To ${worker} <w@example.com>`)
    expect(out).toContain(`Subject: ${all[0]!.subject}`)
  })
})

describe('while no server runs, on the file itself [design 4]', () => {
  const place = new Place()
  let requester: string

  beforeAll(async () => {
    const port = await freePort()
    const server = await startProcess(port, place.folder)
    requester = (await control(`http://localhost:${port}`, 'requesters', { name: 'Laboratory' })).body
      .requesterId as string
    // Killed, so that its socket is left behind.
    server.kill('SIGKILL')
    await once(server, 'exit')
  }, 60_000)
  afterAll(() => rmSync(place.folder, { recursive: true, force: true }))

  commandsWork(place, () => requester)
})

describeUnless(await postgresMissing(), 'on PostgreSQL, beside its servers', () => {
  const place = new Place()
  let database: Awaited<ReturnType<typeof createDatabase>>
  let requester: string

  beforeAll(async () => {
    database = await createDatabase()
    const port = await freePort()
    place.variables = {
      DATABASE_URL: database.url,
      KEMPELEN_SECRET_KEY: Buffer.from('a key of 32 bytes for this test.').toString('base64'),
    }
    const server = await startProcess(port, place.folder, place.variables)
    requester = (await control(`http://localhost:${port}`, 'requesters', { name: 'Laboratory' })).body
      .requesterId as string
    server.kill('SIGTERM')
    await once(server, 'exit')
  }, 60_000)
  afterAll(async () => {
    await database.drop()
    rmSync(place.folder, { recursive: true, force: true })
  })

  commandsWork(place, () => requester)
})

describe('without a database to reach', () => {
  test('a folder without the server key is told, and gets none', async () => {
    const place = new Place()
    const server = await startProcess(await freePort(), place.folder)
    server.kill('SIGTERM')
    await once(server, 'exit')
    const elsewhere = join(place.folder, 'elsewhere')
    place.variables = { KEMPELEN_DATA: elsewhere, DATABASE_URL: `sqlite:${place.folder}/kempelen.db` }
    expect(await place.run(['layouts', 'list'])).toEqual({
      code: 1,
      out: '',
      errors: `There is no server key ${elsewhere}/secret.key: set KEMPELEN_DATA or KEMPELEN_SECRET_KEY as for the server.\n`,
    })
    expect(existsSync(elsewhere)).toBe(false)
    rmSync(place.folder, { recursive: true, force: true })
  })

  test('help and what is not understood need none', async () => {
    const place = new Place()
    place.variables = { DATABASE_URL: 'postgres://127.0.0.1:1/none' }
    const helped = await place.run(['help'])
    expect(helped).toMatchObject({
      code: 0,
      errors: '',
      out: expect.stringContaining('kempelen layouts put'),
    })
    expect(await place.run(['layouts', 'lst'])).toMatchObject({ code: 2, out: '' })
    rmSync(place.folder, { recursive: true, force: true })
  })

  test.for([
    ['postgres://127.0.0.1:1/none', 2, 'With PostgreSQL every process needs the same KEMPELEN_SECRET_KEY'],
    ['sqlite::memory:', 1, 'A database in memory is gone with its server; the control API can see into it.'],
    ['sqlite:nowhere/none.db', 1, 'There is no database nowhere/none.db: set KEMPELEN_DATA or DATABASE_URL'],
    ['mysql:x', 2, 'DATABASE_URL must begin with sqlite: or postgres://.'],
  ] as const)('%s is told in a sentence', async ([url, code, sentence]) => {
    const place = new Place()
    place.variables = { DATABASE_URL: url }
    const printed = await place.run(['layouts', 'list'])
    expect(printed).toMatchObject({ code, out: '', errors: expect.stringContaining(sentence) })
    rmSync(place.folder, { recursive: true, force: true })
  })
})
