// `…/mturk/externalSubmit`: who may submit, in which form, how often, how much; without a browser, as frameworks and
// old pages post to it.
import { request } from 'node:http'
import { GetAssignmentCommand } from '@aws-sdk/client-mturk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { control } from '../support/server.ts'
import { startWorkerSite, type Accepted, type WorkerSite } from '../support/worker-site.ts'

let site: WorkerSite
let strict: WorkerSite
beforeAll(async () => {
  site = await startWorkerSite()
  strict = await startWorkerSite({ KEMPELEN_SUBMIT: 'strict' })
})
afterAll(async () => {
  await site.stop()
  await strict.stop()
})

interface Held extends Accepted {
  worker: string
}

/** A new worker's accepted HIT. */
async function held(on = site, changes: Parameters<WorkerSite['createHIT']>[0] = {}): Promise<Held> {
  const worker = await on.createWorker()
  const hit = await on.createHIT(changes)
  return { worker, ...(await on.accept(worker, hit.HITId)) }
}

/** The cookie of a worker who has just signed in. */
async function cookieOf(worker: string, on = site): Promise<string> {
  const response = await fetch(await on.signInLink(worker), { redirect: 'manual' })
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

interface Outcome {
  status: number
  text: string
}

async function post(address: string, fields: Record<string, string>, cookie?: string): Promise<Outcome> {
  const body = new URLSearchParams(fields)
  const response = await fetch(`${address}/mturk/externalSubmit`, {
    method: 'POST',
    body,
    ...(cookie !== undefined && { headers: { Cookie: cookie } }),
  })
  return { status: response.status, text: await response.text() }
}

async function answerOf(assignmentId: string, on = site): Promise<string> {
  const { Assignment } = await on.client.send(new GetAssignmentCommand({ AssignmentId: assignmentId }))
  return Assignment?.Answer ?? ''
}

describe('who may submit [design 5]', () => {
  interface Case {
    name: string
    to(task: Held, other: Held): string
    as?(task: Held, other: Held): string
    status: number
    strictStatus?: number
    says: string
  }
  const arrived = 'HIT Submitted'
  const stranger = 'belong to a HIT that another worker has accepted'
  const tokenOf = (task: Held) => new URL(task.submitTo).pathname
  const cases: Case[] = [
    { name: 'the task’s token', to: tokenOf, status: 200, says: arrived },
    {
      name: 'the token, signed in as another',
      to: tokenOf,
      as: (_, other) => other.worker,
      status: 200,
      says: arrived,
    },
    {
      name: 'the session of the holder',
      to: () => '',
      as: ({ worker }) => worker,
      status: 200,
      says: arrived,
    },
    { name: 'nothing, for an open assignment', to: () => '', status: 200, strictStatus: 403, says: arrived },
    {
      name: 'the session of another worker',
      to: () => '',
      as: (_, other) => other.worker,
      status: 403,
      says: stranger,
    },
    {
      name: 'the token of another assignment',
      to: (_, other) => tokenOf(other),
      status: 403,
      says: stranger,
    },
    {
      name: 'the token of another assignment, signed in as the holder',
      to: (_, other) => tokenOf(other),
      as: ({ worker }) => worker,
      status: 403,
      says: stranger,
    },
    {
      name: 'a token that was changed',
      to: (task) => tokenOf(task).replace(/^\/s\/./, (start) => (start.endsWith('A') ? '/s/B' : '/s/A')),
      status: 403,
      says: stranger,
    },
    { name: 'a token that is none', to: () => '/s/none', status: 403, says: stranger },
  ]
  const policies = [
    { policy: 'open', on: () => site },
    { policy: 'strict', on: () => strict },
  ]
  const table = cases.flatMap((example) => policies.map((policy) => ({ ...example, ...policy })))

  test.each(table)(
    '$name, KEMPELEN_SUBMIT=$policy',
    async ({ to, as, status, strictStatus, says, policy, on }) => {
      const task = await held(on())
      const other = await held(on())
      const expected = policy === 'strict' ? (strictStatus ?? status) : status
      const cookie = as && (await cookieOf(as(task, other), on()))
      const outcome = await post(
        on().address + to(task, other),
        { assignmentId: task.assignmentId, bird: 'wren' },
        cookie,
      )
      expect(outcome.status).toBe(expected)
      expect(outcome.text).toContain(expected === status ? says : 'did not come from the task’s own page')
      expect(await on().stateOf(task.assignmentId)).toBe(expected === 200 ? 'Submitted' : 'open')
      expect(await on().stateOf(other.assignmentId)).toBe('open')
    },
  )
})

describe('forms of a submission [questions 5.3]', () => {
  const wren = '<Answer><QuestionIdentifier>bird</QuestionIdentifier><FreeText>wren</FreeText></Answer>'
  const size = '<Answer><QuestionIdentifier>size</QuestionIdentifier><FreeText>small</FreeText></Answer>'

  test('GET, with everything in the address', async () => {
    const { assignmentId, submitTo } = await held()
    const response = await fetch(`${submitTo}/mturk/externalSubmit?assignmentId=${assignmentId}&bird=wren`)
    expect(response.status).toBe(200)
    expect(await answerOf(assignmentId)).toContain(wren)
  })

  test.each<[string, RequestInit]>([
    ['HEAD', { method: 'HEAD' }],
    ['a browser that looks ahead', { headers: { 'Sec-Purpose': 'prefetch;prerender' } }],
  ])('%s submits nothing [design 7]', async (_, init) => {
    const { assignmentId, submitTo } = await held()
    const address = `${submitTo}/mturk/externalSubmit?assignmentId=${assignmentId}&bird=wren`
    expect((await fetch(address, init)).status).toBe(405)
    expect((await control(site.address, `assignments/${assignmentId}`)).body.state).toBe('open')
  })

  test('fields of the address and of the body together, and two slashes', async () => {
    const { assignmentId, submitTo } = await held()
    const response = await fetch(`${submitTo}//mturk/externalSubmit?size=small`, {
      method: 'POST',
      body: new URLSearchParams({ assignmentId, bird: 'wren' }),
    })
    expect(response.status).toBe(200)
    expect(await answerOf(assignmentId)).toContain(size + wren)
  })

  test('multipart, with the name of a file in place of the file', async () => {
    const { assignmentId, submitTo } = await held()
    const body = new FormData()
    body.set('assignmentId', assignmentId)
    body.set('bird', 'wren')
    body.set('picture', new File(['bytes'], 'wren.png'))
    const response = await fetch(`${submitTo}/mturk/externalSubmit`, { method: 'POST', body })
    expect(response.status).toBe(200)
    const answer = await answerOf(assignmentId)
    expect(answer).toContain(wren)
    expect(answer).toContain('<FreeText>wren.png</FreeText>')
  })

  test('reserved names are no answers, but they are enough', async () => {
    const { assignmentId, submitTo, hitId, worker } = await held()
    const outcome = await post(submitTo, { assignmentId, hitId, workerId: worker, turkSubmitTo: submitTo })
    expect(outcome.status).toBe(200)
    expect(await answerOf(assignmentId)).toMatch(
      /^<\?xml[^>]*><QuestionFormAnswers[^>]*><\/QuestionFormAnswers>$/,
    )
  })

  const refused: [string, (task: Held) => RequestInit & { query?: string }, number, string][] = [
    [
      'nothing but assignmentId',
      ({ assignmentId }) => ({ body: new URLSearchParams({ assignmentId }) }),
      400,
      'sent no answers',
    ],
    ['no assignmentId', () => ({ body: new URLSearchParams({ bird: 'wren' }) }), 400, 'sent no assignmentId'],
    [
      'an empty assignmentId',
      () => ({ body: new URLSearchParams({ assignmentId: '', bird: 'wren' }) }),
      400,
      'sent no assignmentId',
    ],
    [
      'assignmentID, spelled otherwise',
      ({ assignmentId }) => ({ body: new URLSearchParams({ assignmentID: assignmentId, bird: 'wren' }) }),
      400,
      'sent no assignmentId',
    ],
    [
      'the assignmentId of a preview',
      () => ({ body: new URLSearchParams({ assignmentId: 'ASSIGNMENT_ID_NOT_AVAILABLE', bird: 'wren' }) }),
      400,
      'You are looking at a preview',
    ],
    [
      'an assignmentId that nobody has',
      () => ({ body: new URLSearchParams({ assignmentId: '3NOBODYHASTHIS', bird: 'wren' }) }),
      404,
      'No HIT that you have accepted belongs to these answers',
    ],
    [
      'JSON',
      ({ assignmentId }) => ({
        body: JSON.stringify({ assignmentId, bird: 'wren' }),
        headers: { 'Content-Type': 'application/json' },
      }),
      400,
      'a form that is not understood',
    ],
    [
      'multipart that is broken',
      ({ assignmentId }) => ({
        body: `--x\r\n${assignmentId}`,
        headers: { 'Content-Type': 'multipart/form-data; boundary=y' },
      }),
      400,
      'a form that is not understood',
    ],
  ]
  test.each(refused)(
    '%s is refused with a sentence, and nothing is recorded [questions 5.4]',
    async (_, init, status, text) => {
      const task = await held()
      const response = await fetch(`${task.submitTo}/mturk/externalSubmit`, { method: 'POST', ...init(task) })
      expect(response.status).toBe(status)
      const page = await response.text()
      expect(page).toContain('There was a problem submitting your results for this HIT')
      expect(page).toContain(text)
      expect(await site.stateOf(task.assignmentId)).toBe('open')
    },
  )
})

describe('a second time, and too late [design 5; questions 5.4]', () => {
  test('the same fields get the same page, others are "already submitted"', async () => {
    const { assignmentId, submitTo } = await held()
    const first = await post(submitTo, { assignmentId, bird: 'wren' })
    const again = await post(submitTo, { assignmentId, bird: 'wren' })
    expect(again).toEqual(first)
    expect(first.status).toBe(200)
    const other = await post(submitTo, { assignmentId, bird: 'robin' })
    expect(other.status).toBe(409)
    expect(other.text).toContain('You have already submitted this HIT. Your first answers were kept.')
    expect(other.text).toContain('robin')
    expect(await answerOf(assignmentId)).toContain('wren')
  })

  test('ten at once are one submission', async () => {
    const { assignmentId, submitTo, worker } = await held()
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => post(submitTo, { assignmentId, bird: 'wren' })),
    )
    expect(outcomes.map(({ status }) => status)).toEqual(Array(10).fill(200))
    expect((await control(site.address, `workers/${worker}`)).body.submitted).toBe(1)
  })

  test('what was returned, or whose time is over, is refused', async () => {
    const returned = await held()
    await control(site.address, `assignments/${returned.assignmentId}/return`, {})
    const outcome = await post(returned.submitTo, { assignmentId: returned.assignmentId, bird: 'wren' })
    expect([outcome.status, outcome.text]).toEqual([
      409,
      expect.stringContaining('You have returned this HIT'),
    ])
    const late = await held(site, { AssignmentDurationInSeconds: 60 })
    await site.advance(60)
    const refusal = await post(late.submitTo, { assignmentId: late.assignmentId, bird: 'wren' })
    expect([refusal.status, refusal.text]).toEqual([
      409,
      expect.stringContaining('The time for this HIT is over'),
    ])
    expect(await site.stateOf(late.assignmentId)).toBe('abandoned')
  })

  test('a HIT that expired meanwhile takes the answers of who had accepted it', async () => {
    const task = await held(site, { LifetimeInSeconds: 60, AssignmentDurationInSeconds: 600 })
    await site.advance(300)
    expect((await post(task.submitTo, { assignmentId: task.assignmentId, bird: 'wren' })).status).toBe(200)
  })
})

describe('bounds [design 5]', () => {
  const mebibyte = 1024 * 1024

  test('a body of nearly 16 MiB arrives, a larger one is refused with a page', async () => {
    const { assignmentId, submitTo } = await held()
    const outcome = await post(submitTo, { assignmentId, text: 'x'.repeat(16 * mebibyte - 100) })
    expect(outcome.status).toBe(200)
    const other = await held()
    const refusal = await post(other.submitTo, {
      assignmentId: other.assignmentId,
      text: 'x'.repeat(16 * mebibyte),
    })
    expect([refusal.status, refusal.text]).toEqual([413, expect.stringContaining('The answers are too long')])
    expect(await site.stateOf(other.assignmentId)).toBe('open')
  })

  test('a body whose length is not told is not read without end', async () => {
    const { assignmentId, submitTo } = await held()
    expect(
      await sendWithoutEnd(`${submitTo}/mturk/externalSubmit`, `assignmentId=${assignmentId}&text=`),
    ).toBeLessThan(80 * mebibyte)
    expect(await site.stateOf(assignmentId)).toBe('open')
  })

  test('the forms of pages are small', async () => {
    const sent = await sendWithoutEnd(`${site.address}/ap/signin`, 'email=')
    expect(sent).toBeLessThan(80 * mebibyte)
    const response = await fetch(`${site.address}/ap/signin`, {
      method: 'POST',
      body: new URLSearchParams({ email: 'x'.repeat(300_000) }),
    })
    expect([response.status, await response.text()]).toEqual([
      413,
      expect.stringContaining('That was too much at once'),
    ])
  })

  test('an address of nearly 64 KiB arrives, a longer one is refused', async () => {
    const { assignmentId, submitTo } = await held()
    const address = `${submitTo}/mturk/externalSubmit?assignmentId=${assignmentId}&text=`
    expect((await fetch(address + 'x'.repeat(63 * 1024))).status).toBe(200)
    expect((await fetch(address + 'x'.repeat(66 * 1024))).status).toBe(431)
  })
})

/** Sends a body of unknown length until the server has enough of it; answers the bytes that were sent. */
function sendWithoutEnd(address: string, start: string): Promise<number> {
  return new Promise((resolve) => {
    let sent = 0
    let ended = false
    const chunk = 'x'.repeat(256 * 1024)
    const call = request(address, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Transfer-Encoding': 'chunked' },
    })
    const end = () => {
      if (!ended) call.destroy()
      ended = true
      resolve(sent)
    }
    const more = () => {
      while (!ended && sent < 200 * 1024 * 1024) {
        sent += chunk.length
        if (!call.write(chunk)) return
      }
      end()
    }
    call.on('response', end)
    call.on('error', end)
    call.on('drain', more)
    call.write(start)
    more()
  })
}
