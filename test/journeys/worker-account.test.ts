// A worker's own account by HTTP: terms that changed, changes of password and address, the download, closing; and that
// no requester ever sees a name or an address.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  ApproveAssignmentCommand,
  AssociateQualificationWithWorkerCommand,
  CreateHITCommand,
  CreateQualificationTypeCommand,
  CreateWorkerBlockCommand,
  GetAssignmentCommand,
  GetHITCommand,
  ListAssignmentsForHITCommand,
  ListBonusPaymentsCommand,
  ListHITsCommand,
  ListQualificationRequestsCommand,
  ListWorkerBlocksCommand,
  ListWorkersWithQualificationTypeCommand,
  MTurkClient,
  NotifyWorkersCommand,
  SendBonusCommand,
} from '@aws-sdk/client-mturk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demo } from '../../src/demo/seed.ts'
import { startAccountSite, type AccountSite } from '../support/account-site.ts'
import { birdPage, htmlQuestion } from '../support/worker-site.ts'

const password = 'correct horse battery'
let made = 0

let site: AccountSite
let client: MTurkClient
beforeAll(async () => {
  site = await startAccountSite()
  client = new MTurkClient({
    endpoint: site.address,
    region: 'us-east-1',
    credentials: { accessKeyId: demo.accessKeyId, secretAccessKey: demo.secretAccessKey },
  })
})
afterAll(async () => {
  client.destroy()
  await site.stop()
})

interface Member {
  workerId: string
  email: string
  cookie: string
  token: string
}

async function member(name = 'Ada Lovelace', at = site): Promise<Member> {
  const email = `member${++made}@example.org`
  const { workerId } = await at.control('workers', {
    name,
    email,
    password,
    country: 'US',
    subdivision: 'PA',
  })
  return { workerId: String(workerId), email, ...(await at.signedIn(email, password)) }
}

const send = ({ cookie, token }: Member, path: string, fields: Record<string, string>, at = site) =>
  at.post(path, { authenticity_token: token, ...fields }, { Cookie: cookie })

/** Makes a HIT, and has the worker do it; answers the ids. */
async function work(workerId: string): Promise<{ hitId: string; assignmentId: string }> {
  const { HIT } = await client.send(
    new CreateHITCommand({
      Title: `Name the bird ${++made}`,
      Description: 'Look at a picture and name the bird on it.',
      Reward: '0.50',
      MaxAssignments: 3,
      AssignmentDurationInSeconds: 600,
      LifetimeInSeconds: 86_400,
      Question: htmlQuestion(birdPage),
    }),
  )
  const hitId = HIT!.HITId!
  const { assignmentId } = await site.control(`workers/${workerId}/accept`, { hitId })
  await site.control(`assignments/${assignmentId}/submit`, { answers: { species: 'wren' } })
  return { hitId, assignmentId: String(assignmentId) }
}

describe('the terms', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kempelen-terms-'))
  const file = join(folder, 'terms.txt')
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const start = (words: string) => {
    writeFileSync(file, words)
    return startAccountSite('demo', { KEMPELEN_TERMS: file, KEMPELEN_DATA: join(folder, 'data') })
  }
  const fieldsOf = (page: string) =>
    Object.fromEntries(
      [...page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [
        name!,
        value!,
      ]),
    )

  test('are asked of old workers too, before anything else, and again when their words change', async () => {
    let here = await start('Be kind.\n\nBe <b>quick</b>.')
    const email = 'old@example.org'
    await here.control('workers', { email, password, name: 'Old' })
    const signIn = (returnTo = '/earnings') =>
      here.post('/ap/signin', { email, password, return_to: returnTo })
    const asked = await signIn()
    expect([asked.status, asked.cookie]).toEqual([200, ''])
    expect(asked.text).toContain('Be kind.')
    expect(asked.text).toContain('&lt;b&gt;quick')
    const fields = fieldsOf(asked.text)
    const unticked = await here.post('/terms', fields)
    expect([unticked.status, unticked.cookie]).toEqual([422, ''])
    const agreed = await here.post('/terms', { ...fields, terms: '1' })
    expect([agreed.status, agreed.location]).toEqual([303, '/earnings'])
    expect(await here.isSignedIn(agreed.cookie)).toBe(true)
    // Not asked again, not even by a link of the operator's.
    expect((await signIn()).status).toBe(303)
    await here.stop()

    here = await start('Be kinder.')
    expect(await here.isSignedIn(agreed.cookie)).toBe(true)
    const again = await signIn()
    expect([again.status, again.cookie]).toEqual([200, ''])
    expect(again.text).toContain('Be kinder.')
    // What was shown before proves nothing about the new words.
    const stale = await here.post('/terms', { ...fields, terms: '1' })
    expect([stale.status, stale.cookie]).toEqual([303, ''])
    const last = await here.post('/terms', { ...fieldsOf(again.text), terms: '1' })
    const data = await here.get('/account/data', { Cookie: last.cookie })
    expect((JSON.parse(data.text) as { identity: object }).identity).toMatchObject({
      consents: [{ version: expect.any(String) }, { version: expect.any(String), dated: expect.any(String) }],
    })
    await here.stop()
  })

  test('that cannot be read keep the server from starting, with a sentence', async () => {
    await expect(startAccountSite('demo', { KEMPELEN_TERMS: join(folder, 'nowhere.txt') })).rejects.toThrow(
      /nowhere\.txt \(KEMPELEN_TERMS\) cannot be read/,
    )
  })

  test('a proof is for one worker and a quarter of an hour', async () => {
    const here = await start('Be kindest.')
    const [one, other] = ['one', 'other'].map((name) => `${name}@proof.example.org`)
    const ids = []
    for (const email of [one!, other!])
      ids.push((await here.control('workers', { email, password })).workerId)
    const fields = fieldsOf((await here.post('/ap/signin', { email: one!, password })).text)
    for (const changes of [
      { person: String(ids[1]) },
      { expires: '99999999999999' },
      { proof: 'x' },
      { expires: '' },
    ]) {
      const reply = await here.post('/terms', { ...fields, terms: '1', ...changes })
      expect([reply.status, reply.cookie, reply.location]).toEqual([303, '', '/ap/signin?return_to=%2F'])
    }
    const link = String((await here.control(`workers/${ids[1]}/sign-in`, {})).url)
    const byLink = await here.get(new URL(link).pathname)
    expect([byLink.status, byLink.cookie]).toEqual([200, ''])
    expect(byLink.text).toContain('Be kindest.')
    await here.stop()
  })
})

describe('the account', () => {
  test('changes the name; a wrong one is refused and stays in the field', async () => {
    const worker = await member()
    const saved = await send(worker, '/account/profile', { name: 'Ada King', with_mail: '1' })
    expect([saved.status, saved.location]).toEqual([303, '/account?notice=AccountSaved'])
    const refused = await send(worker, '/account/profile', { name: 'a'.repeat(101) })
    expect([refused.status, refused.text]).toEqual([
      422,
      expect.stringContaining(`value="${'a'.repeat(101)}"`),
    ])
    expect((await site.get('/account', { Cookie: worker.cookie })).text).toContain('Ada King')
  })

  test('does not let him move to another country', async () => {
    const worker = await member()
    await send(worker, '/account/profile', { name: 'Ada', country: 'FR', state: '' })
    expect((await site.get('/account', { Cookie: worker.cookie })).text).toContain('Pennsylvania')
  })

  test('changes the password with the old one, and ends the other sessions', async () => {
    const worker = await member()
    const elsewhere = await site.signedIn(worker.email, password)
    const change = (current: string, next: string) =>
      send(worker, '/account/password', { current_password: current, new_password: next })
    expect((await change('wrong', 'a brand new one')).text).toContain('This is not your password.')
    expect((await change(password, 'short')).text).toContain('needs 10 characters')
    expect((await change(password, worker.email)).text).toContain('must not be your e-mail')
    expect(await site.isSignedIn(elsewhere.cookie)).toBe(true)
    expect((await change(password, 'a brand new one')).status).toBe(303)
    expect([await site.isSignedIn(worker.cookie), await site.isSignedIn(elsewhere.cookie)]).toEqual([
      true,
      false,
    ])
    expect((await site.post('/ap/signin', { email: worker.email, password })).status).toBe(422)
  })

  test('does not let somebody at the open browser guess the password', async () => {
    const worker = await member()
    const guess = () => send(worker, '/account/close', { password: 'wrong', sure: '1' })
    for (let i = 0; i < 10; i++) expect((await guess()).status).toBe(422)
    expect((await send(worker, '/account/close', { password, sure: '1' })).status).toBe(429)
    expect(await site.isSignedIn(worker.cookie)).toBe(true)
  })

  test('changes the address when the new one is confirmed', async () => {
    const worker = await member()
    const next = `new.${worker.email}`
    const change = (email: string, given = password) =>
      send(worker, '/account/email', { email, email_password: given })
    expect((await change(next, 'wrong')).text).toContain('This is not your password.')
    expect((await change('a@example.org\nBcc: b@example.org')).status).toBe(422)
    expect((await change(next)).location).toBe('/account?notice=AddressSent')
    const path = await site.pathInMail(next)
    await site.get(path, { Cookie: worker.cookie })
    expect((await site.post('/ap/signin', { email: next, password })).status).toBe(422)
    const confirmed = await site.post(path, {}, { Cookie: worker.cookie })
    expect(confirmed.location).toBe('/account?notice=AddressConfirmed')
    expect((await site.post('/ap/signin', { email: next, password })).status).toBe(303)
    expect((await site.post(path, {})).status).toBe(403)
  })

  test('of another worker’s address says the same, and only the mail what is the case', async () => {
    const [one, other] = [await member(), await member()]
    const reply = await send(one, '/account/email', { email: other.email, email_password: password })
    expect([reply.status, reply.location]).toEqual([303, '/account?notice=AddressSent'])
    expect((await site.mailTo(other.email))[0]?.subject).toBe('This address has an account already')
  })

  test.each([
    '/account/profile',
    '/account/password',
    '/account/email',
    '/account/appearance',
    '/account/close',
  ])('is not changed by a form without its token (%s) [design 7]', async (path) => {
    const worker = await member()
    const fields = { name: 'Eve', theme: 'dark', new_password: 'eve eve eve eve', password, sure: '1' }
    const replies = [
      await site.post(path, fields, { Cookie: worker.cookie }),
      await site.post(
        path,
        { ...fields, authenticity_token: worker.token },
        { Cookie: worker.cookie, 'Sec-Fetch-Site': 'cross-site' },
      ),
    ]
    for (const { status } of replies) expect(status).toBe(403)
    expect((await site.get('/account', { Cookie: worker.cookie })).text).toContain('Ada Lovelace')
  })

  test('needs a signed-in worker', async () => {
    for (const path of ['/account', '/account/claim', '/account/close', '/account/data', '/messages'])
      expect([path, (await site.get(path)).status]).toEqual([path, 302])
  })
})

describe('taking away and going', () => {
  test('the download is a file of JSON with his answers and messages, and nobody else’s', async () => {
    const [worker, other] = [await member(), await member('Grace Hopper')]
    const { assignmentId } = await work(worker.workerId)
    await client.send(new ApproveAssignmentCommand({ AssignmentId: assignmentId }))
    await client.send(
      new NotifyWorkersCommand({
        Subject: 'Thanks',
        MessageText: 'For the wren.',
        WorkerIds: [worker.workerId],
      }),
    )
    const response = await fetch(`${site.address}/account/data`, { headers: { Cookie: worker.cookie } })
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="kempelen-${worker.workerId}.json"`,
    )
    const text = await response.text()
    const data = JSON.parse(text) as Record<string, any>
    expect(data.identity).toMatchObject({ name: 'Ada Lovelace', email: worker.email, sessions: [{}] })
    expect(data.production.assignments[0]).toMatchObject({ assignmentId, reward: '0.50', state: 'Approved' })
    expect(data.production.messages[0]).toMatchObject({ subject: 'Thanks', text: 'For the wren.' })
    expect(text).not.toContain(other.workerId)
    const page = await site.get('/messages', { Cookie: worker.cookie })
    expect(page.text).toContain('For the wren.')
    expect(page.text).toContain('Demo Laboratory')
  })

  test('closing asks for the password and the wish, returns what is held, and ends everything', async () => {
    const worker = await member()
    const { assignmentId } = await work(worker.workerId)
    await client.send(new ApproveAssignmentCommand({ AssignmentId: assignmentId }))
    const close = (fields: Record<string, string>) => send(worker, '/account/close', fields)
    for (const [fields, words] of [
      [{ sure: '1', gives_up: '1' }, 'This is not your password.'],
      [{ password, gives_up: '1' }, 'Tick this box'],
      [{ password, sure: '1' }, 'Ask for a payout first'],
    ] as const) {
      const reply = await close(fields)
      expect([reply.status, reply.text]).toEqual([422, expect.stringContaining(words)])
    }
    expect((await site.get('/account/close', { Cookie: worker.cookie })).text).toContain('$0.50')
    const closed = await close({ password, sure: '1', gives_up: '1' })
    expect([closed.status, closed.location]).toEqual([303, '/?notice=AccountClosed'])
    expect(await site.isSignedIn(worker.cookie)).toBe(false)
    expect((await site.post('/ap/signin', { email: worker.email, password })).status).toBe(422)
    const ledger = await site.control('ledger')
    expect(ledger.accounts).toContainEqual({ account: `worker:${worker.workerId}`, balance: '0.50' })
    expect(ledger.sum).toBe('0.00')
  })
})

test('closing leaves both markets; the sandbox’s money keeps nobody [design 7]', async () => {
  const both = await startAccountSite('demo', { KEMPELEN_ENVIRONMENTS: 'production,sandbox' })
  const worker = await member('Ada', both)
  const sandbox = (path: string, body?: object) => both.control(`${path}?environment=sandbox`, body)
  const groups = (await sandbox(`workers/${worker.workerId}/groups`)) as unknown as { hitGroupId: string }[]
  const accept = async (hitGroupId: string) =>
    String((await sandbox(`workers/${worker.workerId}/accept`, { hitGroupId })).assignmentId)
  const held = await accept(groups[0]!.hitGroupId)
  const data = await both.get('/account/data', { Cookie: worker.cookie })
  expect(JSON.parse(data.text)).toMatchObject({
    production: { assignmentsHeld: [] },
    sandbox: { assignmentsHeld: [{ assignmentId: held }] },
  })
  expect((await both.get('/account/close', { Cookie: worker.cookie })).text).toContain(
    'The HIT in your queue',
  )
  expect((await send(worker, '/account/close', { password, sure: '1' }, both)).status).toBe(303)
  expect(await sandbox(`assignments/${held}`)).toMatchObject({ state: 'returned' })
  await both.stop()
})

test('no requester sees a name or an address of a worker, in whatever answer', async () => {
  const worker = await member('Zyxwvut Secretname')
  const { hitId: HITId, assignmentId: AssignmentId } = await work(worker.workerId)
  const WorkerId = worker.workerId
  const { QualificationType } = await client.send(
    new CreateQualificationTypeCommand({
      Name: 'Birds',
      Description: 'Knows birds.',
      QualificationTypeStatus: 'Active',
    }),
  )
  const QualificationTypeId = QualificationType!.QualificationTypeId!
  const granted = await client.send(
    new AssociateQualificationWithWorkerCommand({ QualificationTypeId, WorkerId, IntegerValue: 1 }),
  )
  const bonus = { WorkerId, AssignmentId, BonusAmount: '0.25', Reason: 'Thanks' }
  const answers = [
    granted,
    await client.send(new GetHITCommand({ HITId })),
    await client.send(new GetAssignmentCommand({ AssignmentId })),
    await client.send(new ListAssignmentsForHITCommand({ HITId })),
    await client.send(new ApproveAssignmentCommand({ AssignmentId })),
    await client.send(new SendBonusCommand(bonus)),
    await client.send(new ListBonusPaymentsCommand({ HITId })),
    await client.send(new CreateWorkerBlockCommand({ WorkerId, Reason: 'r' })),
    await client.send(new ListWorkerBlocksCommand({})),
    await client.send(new ListHITsCommand({ MaxResults: 100 })),
    await client.send(new ListQualificationRequestsCommand({ QualificationTypeId })),
    await client.send(new ListWorkersWithQualificationTypeCommand({ QualificationTypeId })),
    await client.send(new NotifyWorkersCommand({ Subject: 's', MessageText: 't', WorkerIds: [WorkerId] })),
  ]
  const text = JSON.stringify(answers)
  expect(text).toContain(WorkerId)
  for (const secret of ['Secretname', worker.email]) expect(text).not.toContain(secret)
  // What another worker sees of the same HITs.
  const stranger = await member('Stranger')
  for (const path of ['/projects', '/tasks', '/dashboard', '/messages', '/'])
    expect((await site.get(path, { Cookie: stranger.cookie })).text).not.toContain('Secretname')
})

test('the wish to get no mail is kept', async () => {
  const worker = await member()
  await send(worker, '/account/profile', { name: 'Ada' })
  expect((await site.get('/account', { Cookie: worker.cookie })).text).toMatch(
    /name="with_mail"(?![^>]*checked)/,
  )
})
