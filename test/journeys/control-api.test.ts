// The control API over real sockets: every call, every kind of refusal, and nothing for web pages [design 7].
import { request } from 'node:http'
import { readFileSync } from 'node:fs'
import {
  ApproveAssignmentCommand,
  CreateHITCommand,
  CreateWorkerBlockCommand,
  GetAccountBalanceCommand,
  GetFileUploadURLCommand,
  GetHITCommand,
  MTurkClient,
  NotifyWorkersCommand,
} from '@aws-sdk/client-mturk'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { faultNames } from '../../src/web/control/refusals.ts'
import { aHIT } from '../support/market.ts'
import { control, startDemo, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startDemo()
})
afterAll(() => server.stop())
beforeEach(async () => {
  await control(server.address, 'reset', {})
})

const call = (path: string, body?: object) => control(server.address, path, body)

function clientOf(accessKeyId: string, secretAccessKey: string): MTurkClient {
  return new MTurkClient({
    endpoint: server.address,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  })
}

const demoClient = () => clientOf('AKIDEXAMPLE', 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY')

async function createHIT(changes = {}): Promise<string> {
  const { HIT } = await demoClient().send(new CreateHITCommand(aHIT(changes) as never))
  return HIT!.HITId!
}

/** Sends any headers: fetch would not let a test pretend to be a browser or another host. */
function raw(method: string, path: string, headers: Record<string, string>, body = '{}'): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port: server.running.port, method, path, headers },
      (response) => {
        response.resume()
        response.on('end', () => resolve(response.statusCode ?? 0))
      },
    )
    outgoing.on('error', reject)
    outgoing.end(method === 'POST' ? body : undefined)
  })
}

describe('people', () => {
  test('a requester with key and money calls the API; suspended and unlinked he cannot', async () => {
    const made = await call('requesters', { name: 'Laboratory', balance: '12.34' })
    const { requesterId, accessKeyId, secretAccessKey } = made.body as Record<string, string>
    const client = clientOf(accessKeyId!, secretAccessKey!)
    const balance = () => client.send(new GetAccountBalanceCommand({}))
    expect((await balance()).AvailableBalance).toBe('12.34')
    expect((await call(`requesters/${requesterId}/deposits`, { amount: '5.00' })).body).toEqual({
      availableBalance: '17.34',
    })
    await call(`requesters/${requesterId}`, { suspended: true })
    await expect(balance()).rejects.toThrow('This user is not authorized')
    await call(`requesters/${requesterId}`, { suspended: false, linked: false })
    await expect(balance()).rejects.toThrow('To use the MTurk API, you will need an Amazon Web Services')
    await call(`requesters/${requesterId}`, { linked: true })
    expect((await balance()).AvailableBalance).toBe('17.34')
  })

  test('a worker with a past, found again', async () => {
    const given = { workerId: 'AKNOWNWORKER1', country: 'US', subdivision: 'CA', approved: 120, rejected: 3 }
    expect((await call('workers', given)).body).toEqual({ workerId: 'AKNOWNWORKER1' })
    expect((await call('workers/AKNOWNWORKER1')).body).toEqual({
      workerId: 'AKNOWNWORKER1',
      earnings: { rewards: '0.00', bonuses: '0.00' },
      approved: 120,
      rejected: 3,
      submitted: 123,
    })
    expect(await call('workers', given)).toMatchObject({ status: 409, body: { error: 'AlreadyExists' } })
  })

  test('a one-time address signs a browser in, once', async () => {
    const { body } = await call('workers/ADEMOWORKER001/sign-in', {})
    const first = await fetch(String(body.url), { redirect: 'manual' })
    expect(first.headers.get('set-cookie')).toContain('__Host-worker=')
    const second = await fetch(String(body.url), { redirect: 'manual' })
    expect(second.headers.get('set-cookie')).toBeNull()
  })
})

describe('work', () => {
  test('accept, look, submit; the requester gets the answers', async () => {
    const hitId = await createHIT()
    const accepted = await call('workers/ADEMOWORKER001/accept', { hitId })
    expect(accepted.body).toMatchObject({ hitId, frameUrl: expect.stringContaining('assignmentId=') })
    const id = String(accepted.body.assignmentId)
    expect((await call(`assignments/${id}`)).body).toMatchObject({ state: 'open' })
    expect((await call(`assignments/${id}/submit`, { answers: { a: 'x', b: ['1', '2'] } })).status).toBe(200)
    expect((await call(`assignments/${id}`)).body).toMatchObject({ state: 'Submitted' })
    expect((await call(`assignments/${id}/return`, {})).body).toMatchObject({ error: 'AssignmentNotOpen' })
  })

  test('groups tell what a worker may do, and a QuestionForm takes selections', async () => {
    const { body } = await call('workers/ADEMOWORKER001/groups')
    expect(body).toHaveLength(5)
    expect((body as unknown as object[])[0]).toMatchObject({ discover: true, preview: true, accept: true })
  })

  test('an answer that fits no question is refused, and nothing is submitted', async () => {
    const hitId = await createHIT()
    const { body } = await call('workers/ADEMOWORKER001/accept', { hitId })
    const id = String(body.assignmentId)
    for (const answers of [{}, { a: 5 }, { a: { file: { name: 'a', base64: '' } } }]) {
      expect((await call(`assignments/${id}/submit`, { answers })).status).toBe(400)
    }
    expect((await call(`assignments/${id}`)).body).toMatchObject({ state: 'open' })
  })
})

describe('layouts and mail', () => {
  test('a HIT of a layout has its page; the next version leaves it as it is [questions 8, design 7]', async () => {
    const layout = {
      requesterId: 'ADEMOREQUESTER',
      name: 'Boats',
      html: '<p>Is this ${thing}?</p>\n<input name="a">',
    }
    const made = await call('layouts', layout)
    expect(made).toEqual({ status: 200, body: { hitLayoutId: expect.stringMatching(/^3[A-Z0-9]{29}$/) } })
    const { hitLayoutId: HITLayoutId } = made.body as { hitLayoutId: string }
    const { Question: _, ...input } = aHIT()
    const create = async (HITLayoutParameters: { Name: string; Value: string }[]) => {
      const { HIT } = await demoClient().send(
        new CreateHITCommand({ ...input, HITLayoutId, HITLayoutParameters } as never),
      )
      return HIT!
    }
    const hit = await create([{ Name: 'thing', Value: 'a <b>boat</b>' }])
    expect(hit).toMatchObject({
      HITLayoutId,
      Question: expect.stringContaining('<p>Is this a <b>boat</b>?</p>'),
    })
    const next = await call('layouts', { ...layout, html: 'no fields', hitLayoutId: HITLayoutId })
    expect(next.body).toEqual({ hitLayoutId: HITLayoutId })
    expect((await create([])).Question).toContain('no fields')
    const { HIT } = await demoClient().send(new GetHITCommand({ HITId: hit.HITId }))
    expect(HIT!.Question).toBe(hit.Question)
    const accepted = await call('workers/ADEMOWORKER001/accept', { hitId: hit.HITId! })
    const page = await (await fetch(String(accepted.body.frameUrl))).text()
    expect(page).toContain('<p>Is this a <b>boat</b>?</p>')
    expect(page).toMatch(/<form name="mturk_form"[^>]+action="[^"]+\/s\/[^"]+\/mturk\/externalSubmit"/)
  })

  test('a file is sent with an answer, and the requester fetches it [hits 7.5]', async () => {
    const Question =
      '<QuestionForm xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionForm.xsd">' +
      '<Question><QuestionIdentifier>scan</QuestionIdentifier><QuestionContent><Text>?</Text></QuestionContent>' +
      '<AnswerSpecification><FileUploadAnswer><MaxFileSizeInBytes>9</MaxFileSizeInBytes>' +
      '<MinFileSizeInBytes>1</MinFileSizeInBytes></FileUploadAnswer></AnswerSpecification></Question></QuestionForm>'
    const { body } = await call('workers/ADEMOWORKER001/accept', { hitId: await createHIT({ Question }) })
    const AssignmentId = String(body.assignmentId)
    const file = { name: 'a.txt', base64: Buffer.from('scanned').toString('base64') }
    expect((await call(`assignments/${AssignmentId}/submit`, { answers: { scan: { file } } })).status).toBe(
      200,
    )
    const { FileUploadURL } = await demoClient().send(
      new GetFileUploadURLCommand({ AssignmentId, QuestionIdentifier: 'scan' }),
    )
    expect(FileUploadURL).toContain(`${server.address}/uploads/${AssignmentId}?`)
    expect(await (await fetch(FileUploadURL!)).text()).toBe('scanned')
    await call('reset', {})
    expect((await fetch(FileUploadURL!)).status).toBe(404)
  })

  test('what workers were told is listed newest first, and nothing after a reset [hits 13, 14]', async () => {
    const client = demoClient()
    const WorkerId = 'ADEMOWORKER001'
    const { body } = await call(`workers/${WorkerId}/accept`, { hitId: await createHIT() })
    const AssignmentId = String(body.assignmentId)
    await call(`assignments/${AssignmentId}/submit`, { answers: { a: 'x' } })
    await client.send(new ApproveAssignmentCommand({ AssignmentId }))
    const told = { Subject: 'New HITs', MessageText: 'Have a look.', WorkerIds: [WorkerId] }
    await client.send(new NotifyWorkersCommand(told))
    await client.send(new CreateWorkerBlockCommand({ WorkerId, Reason: 'A secret.' }))
    const mail = (await call('mail')).body as unknown as Record<string, string>[]
    expect(mail.map(({ kind }) => kind)).toEqual(['block', 'notification'])
    expect(JSON.stringify(mail)).not.toContain('secret')
    expect(mail[1]).toEqual({
      messageId: expect.stringMatching(/^3/),
      kind: 'notification',
      workerId: WorkerId,
      email: 'worker@example.com',
      requesterId: 'ADEMOREQUESTER',
      subject: 'New HITs',
      text: 'Have a look.',
      time: expect.stringMatching(/Z$/),
    })
    expect((await call(`mail?before=${mail[0]!.messageId}`)).body).toEqual([mail[1]])
    await call('reset', {})
    expect((await call('mail')).body).toEqual([])
  })
})

describe('time', () => {
  test('what fell due has happened before the answer; the clock only goes forward', async () => {
    const hitId = await createHIT({ LifetimeInSeconds: 60 })
    const { body } = await call('clock', { advance: 61 })
    expect(body.now).toMatch(/Z$/)
    const hit = await demoClient().send(new GetHITCommand({ HITId: hitId }))
    expect(hit.HIT?.HITStatus).toBe('Reviewable')
    expect(await call('clock', { set: '2020-01-01T00:00:00Z' })).toMatchObject({
      status: 400,
      body: { error: 'InvalidInput' },
    })
  })
})

describe('bad input gets a sentence [design 7]', () => {
  test.each([
    ['workers/ANOBODY/accept', { hitId: 'X' }, 404],
    ['workers/ADEMOWORKER001/accept', {}, 400],
    ['workers/ADEMOWORKER001/accept', { hitId: 'X', hitTypeId: 'Y' }, 400],
    ['workers/ADEMOWORKER001/accept', { hitid: 'X' }, 400],
    ['workers', { country: 'us' }, 400],
    ['workers', { workerId: 'b' }, 400],
    ['workers', { approved: -1 }, 400],
    ['workers/ADEMOWORKER001', {}, 400],
    ['workers/ADEMOWORKER001', { masters: null }, 400],
    ['workers/ADEMOWORKER001', { masters: 1 }, 400],
    ['workers/ADEMOWORKER001', { approved: 1 }, 400],
    ['workers/ADEMOWORKER001', { country: 'GB', subdivision: 'PA' }, 400],
    ['workers/ADEMOWORKER001', { subdivision: 'PA' }, 400],
    ['workers/ANOBODY', { masters: true }, 404],
    ['workers', { name: '\ud800' }, 400],
    ['workers', { name: '\0' }, 400],
    ['layouts', {}, 400],
    ['layouts', { requesterId: 'ADEMOREQUESTER', name: 'x' }, 400],
    ['layouts', { requesterId: 'ADEMOREQUESTER', name: 'x', html: ' ' }, 400],
    ['layouts', { requesterId: 'ANOBODY', name: 'x', html: 'x' }, 404],
    ['layouts', { requesterId: 'ADEMOREQUESTER', name: 'x', html: 'x', hitLayoutId: 'ABC' }, 404],
    ['mail?before=a%00b', undefined, 400],
    ['requesters', {}, 400],
    ['requesters', { name: 'x', balance: 5 }, 400],
    ['requesters', { name: 'x', balance: '9'.repeat(40) }, 400],
    ['requesters/ADEMOREQUESTER/deposits', { amount: '0.00' }, 400],
    ['requesters/ANOBODY/deposits', { amount: '1.00' }, 404],
    ['clock', { advance: 1.5 }, 400],
    ['clock', { set: 'tomorrow' }, 400],
    ['faults', { operation: 'Nope', times: 1, fault: 'ServiceFault' }, 400],
    ['faults', { operation: 'GetHIT', times: 1, fault: 'x' }, 400],
    ['nowhere', {}, 400],
  ])('%s %j → %i', async (path, body, status) => {
    const answer = await call(path, body)
    expect(answer.status).toBe(status)
    expect(answer.body.message).toMatch(/\w/)
  })

  test('no JSON, an array, deep nesting', async () => {
    const json = { 'content-type': 'application/json' }
    expect(await raw('POST', '/_control/workers', json, '{')).toBe(400)
    expect(await raw('POST', '/_control/workers', json, '[]')).toBe(400)
    expect(await raw('POST', '/_control/workers', json, `${'['.repeat(100_000)}`)).toBe(400)
  })
})

describe('web pages are refused [design 7]', () => {
  const json = { 'content-type': 'application/json' }
  test.each([
    ['an Origin', { ...json, origin: 'http://evil.example' }],
    ['an opaque Origin, as a task has it', { ...json, origin: 'null' }],
    ['our own Origin', { ...json, origin: 'http://localhost:1770' }],
    ['Sec-Fetch-Site cross-site', { ...json, 'sec-fetch-site': 'cross-site' }],
    ['Sec-Fetch-Site same-site', { ...json, 'sec-fetch-site': 'same-site' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['plain text', { 'content-type': 'text/plain' }],
    ['a foreign Host, as DNS rebinding sends it', { ...json, host: 'evil.example' }],
  ])('%s', async (_, headers) => {
    expect(await raw('POST', '/_control/reset', headers)).toBe(403)
  })

  test('the API with the demo key answers no browser origin', async () => {
    const headers = { 'content-type': 'application/x-amz-json-1.1', origin: 'http://evil.example' }
    expect(
      await raw('POST', '/', { ...headers, 'x-amz-target': 'MTurkRequesterServiceV20170117.GetHIT' }),
    ).toBe(400)
  })
})

test('the token is demanded where one is set', async () => {
  const guarded = await startDemo({ KEMPELEN_CONTROL_TOKEN: 'secret' })
  expect((await fetch(`${guarded.address}/_control/clock`)).status).toBe(403)
  const headers = { authorization: 'Bearer secret' }
  expect((await fetch(`${guarded.address}/_control/clock`, { headers })).status).toBe(200)
  await guarded.stop()
})

test('every fault name is in the documentation', () => {
  const documented = readFileSync('docs/control-api.md', 'utf8')
  for (const name of faultNames) expect(documented).toContain(`\`${name}\``)
})

test('health endpoints', async () => {
  expect(await (await fetch(`${server.address}/healthz`)).text()).toBe('ok\n')
  expect((await fetch(`${server.address}/readyz`)).status).toBe(200)
  expect(await (await fetch(`${server.address}/metrics`)).text()).toContain('kempelen_api_calls_total')
})
