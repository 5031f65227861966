// Every form of the site, sent as another site would send it, or without the token of a page: refused, and nothing has
// changed [design 7].
import { CreateQualificationTypeCommand } from '@aws-sdk/client-mturk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demo } from '../../src/demo/seed.ts'
import { claimSubject } from '../../src/secrets.ts'
import { createWebApp, type WebDependencies } from '../../src/web/app.tsx'
import { importsOf } from '../support/imports.ts'
import { requesterOf } from '../support/site-session.ts'
import { line, question } from '../support/question-forms.ts'
import { signedIn } from '../support/form-work.ts'
import { control } from '../support/server.ts'
import { questionForm, startWorkerSite, type WorkerSite } from '../support/worker-site.ts'

const wordForm = questionForm(question('word', line()))

interface Scene {
  workerId: string
  cookie: string
  token: string
  /** What stands for the names in the paths. */
  ids: Record<string, string>
}

let site: WorkerSite
let scene: Scene
let foreignToken: string
let types = 0

beforeAll(async () => {
  site = await startWorkerSite()
  scene = await createScene('one@example.org')
  foreignToken = (await signedIn(site, await site.createWorker())).token
}, 60_000)
afterAll(() => site.stop())

/** A worker with something of everything. */
async function createScene(email: string): Promise<Scene> {
  const workerId = await site.createWorker(email === '' ? {} : { email, password: 'a long password' })
  const hit = await site.createHIT({ Question: wordForm })
  const { assignmentId } = await site.accept(workerId, hit.HITId)
  const bait = await site.createHIT({ Title: 'Bait' })
  const { QualificationType: type } = await site.client.send(
    new CreateQualificationTypeCommand({
      ...{ Name: `Birds ${(types += 1)}`, Description: 'Knows birds', QualificationTypeStatus: 'Active' },
      ...{ Test: wordForm, TestDurationInSeconds: 600 },
    }),
  )
  const { cookie, token } = await signedIn(site, workerId)
  const ids = {
    group: hit.HITGroupId,
    hit: hit.HITId,
    assignment: assignmentId,
    bait: bait.HITGroupId,
    type: type?.QualificationTypeId ?? '',
    requester: await requesterOf(site),
    ...(await bringEarlierId(workerId)),
  }
  return { workerId, cookie, token, ids }
}

/** An id of the real service that the worker could claim, with its code. */
async function bringEarlierId(workerId: string): Promise<{ earlier: string; code: string }> {
  const market = site.server.running.markets.get('production')!
  const earlier = `${workerId}OLD`
  await importsOf({ market }, demo.requesterId, 'A').worker({ worker_id: earlier })
  const code = market.secrets.code(claimSubject('production', demo.requesterId, earlier))
  return { earlier, code }
}

type Form = [path: string, fields?: Record<string, string>]

/** Every form that only a signed-in worker sends, with fields with which it would do something; `{name}` is an id. */
const workersForms: Record<string, Form> = {
  '/sign-out': ['/sign-out'],
  '/projects/:gid/tasks/accept_random': ['/projects/{bait}/tasks/accept_random'],
  '/projects/:gid/tasks/:task': [
    '/projects/{group}/tasks/{hit}?assignment_id={assignment}',
    { _method: 'delete' },
  ],
  '/projects/:gid/tasks/:task/submit': [
    '/projects/{group}/tasks/{hit}/submit?assignment_id={assignment}',
    { 'answer.word': 'wren' },
  ],
  '/projects/:gid/tasks/:task/edit': [
    '/projects/{group}/tasks/{hit}/edit?assignment_id={assignment}',
    { 'answer.word': 'wren' },
  ],
  '/earnings/payouts': ['/earnings/payouts', { amount: '1.00' }],
  '/earnings/payouts/:id/cancel': ['/earnings/payouts/3X/cancel'],
  '/earnings/schedule': ['/earnings/schedule', { days: '7' }],
  '/earnings/method': ['/earnings/method', { kind: 'bank', details: 'a thief' }],
  '/qualifications/:id/request': ['/qualifications/{type}/request'],
  '/qualifications/:id/test': ['/qualifications/{type}/test', { 'answer.word': 'wren' }],
  '/contact_requester/hit_type_messages/new': [
    '/contact_requester/hit_type_messages/new',
    {
      'hit_type_message[hit_type_id]': '{group}',
      'hit_type_message[subject]': 'Hello',
      'hit_type_message[message]': 'This is an insult.',
    },
  ],
  '/contact_requester/assignment_messages/new': [
    '/contact_requester/assignment_messages/new',
    {
      'assignment_message[assignment_id]': '{assignment}',
      'assignment_message[subject]': 'Hello',
      'assignment_message[message]': 'This is an insult.',
    },
  ],
  '/account/profile': ['/account/profile', { name: 'Mallory', country: 'DE' }],
  '/account/appearance': ['/account/appearance', { theme: 'dark' }],
  '/account/password': [
    '/account/password',
    { current_password: 'a long password', new_password: 'another long password' },
  ],
  '/account/email': ['/account/email', { email: 'thief@example.org', email_password: 'a long password' }],
  '/account/claim': ['/account/claim', { earlier_id: '{earlier}', code: '{code}' }],
  '/account/close': ['/account/close', { password: 'a long password', understood: '1', confirm: '1' }],
  '/favourites': ['/favourites', { add_requester: '{requester}' }],
  '/favourites/alerts': ['/favourites/alerts', { alerts: 'on' }],
  '/searches': ['/searches', { name: 'Birds', query: 'filters[search_term]=bird' }],
  '/searches/:id/name': ['/searches/3X/name', { name: 'Birds' }],
  '/searches/:id/alerts': ['/searches/3X/alerts', { alerts: 'daily' }],
  '/searches/:id/delete': ['/searches/3X/delete'],
}

/** Forms that somebody sends who has no session, and so no token: where they come from is all that can be asked. */
const anybodysForms: Record<string, Form> = {
  '/ap/signin': ['/ap/signin', { email: 'one@example.org', password: 'a long password' }],
  '/sign-in/:token': ['/sign-in/SIGNIN'],
  '/sign-up': [
    '/sign-up',
    {
      ...{ email: 'two@example.org', password: 'a long password', name: 'Ada', country: 'US', state: 'PA' },
      ...{ adult: '1', terms: '1' },
    },
  ],
  '/sign-up/confirm/:token': ['/sign-up/confirm/3X'],
  '/password-reset': ['/password-reset', { email: 'one@example.org' }],
  '/password-reset/:token': ['/password-reset/3X', { password: 'another long password' }],
  '/account/email/:token': ['/account/email/3X'],
  '/terms': ['/terms', { person: 'x', expires: '1', proof: 'x', terms: '1' }],
  '/alerts/off/:worker/:token': ['/alerts/off/x/x'],
}

/** What takes answers of pages that are not ours: guarded by a token in its address, or the id of the assignment. */
const tasksForms = new Set(['/mturk/externalSubmit', '/s/:token/mturk/externalSubmit'])

const elsewhere: [string, Record<string, string>][] = [
  ['another site', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }],
  ['another name of the same site', { 'Sec-Fetch-Site': 'same-site', Origin: 'http://localhost:9' }],
  ['a task that we hold', { 'Sec-Fetch-Site': 'cross-site', Origin: 'null' }],
  ['another site, in an old browser', { Origin: 'https://evil.example' }],
  ['a task that we hold, in an old browser', { Origin: 'null' }],
]

async function send(
  [path, fields = {}]: Form,
  headers: Record<string, string>,
  token?: string,
  ids = scene.ids,
) {
  const fill = (text: string) => text.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? '')
  const body = new URLSearchParams(
    Object.entries(fields).map(([name, value]): [string, string] => [name, fill(value)]),
  )
  if (token !== undefined) body.set('authenticity_token', token)
  const response = await fetch(site.address + fill(path), {
    method: 'POST',
    body,
    redirect: 'manual',
    headers,
  })
  return { status: response.status, cookie: response.headers.get('set-cookie'), text: await response.text() }
}

/** Everything that a form could have changed. */
async function everything(): Promise<object> {
  const data = await fetch(`${site.address}/account/data`, { headers: { cookie: scene.cookie } })
  return {
    status: data.status,
    data: (await data.text()).replaceAll(/"(?:downloadedAt|madeAt|at|lastSeenAt)": ?"[^"]*"/g, ''),
    ledger: (await control(site.address, 'ledger')).body,
    mail: (await control(site.address, 'mail')).body,
    state: await site.stateOf(scene.ids.assignment!),
  }
}

test('the tables know every form of the site', () => {
  const { routes } = createWebApp({} as WebDependencies)
  const posts = routes
    .filter(({ method, path }) => method !== 'GET' && !(method === 'ALL' && path === '/*'))
    .map(({ path }) => path.replace('//', '/'))
  const known = [...Object.keys(workersForms), ...Object.keys(anybodysForms), ...tasksForms]
  expect([...new Set(posts)].toSorted()).toEqual(known.toSorted())
})

describe.each(Object.entries(workersForms))('%s', (_, form) => {
  test('without the token of a page of this session: refused', async () => {
    const before = await everything()
    const { cookie } = scene
    for (const token of [undefined, '', 'x', foreignToken, `${scene.token}x`]) {
      const answer = await send(form, { cookie }, token)
      expect([token, answer.status, answer.cookie]).toEqual([token, 403, null])
    }
    // Who is not signed in has no token at all.
    expect([302, 403]).toContain((await send(form, {}, scene.token)).status)
    expect(await everything()).toEqual(before)
  })

  test('from a page of ours: whatever comes of it, not for that', async () => {
    const own = await createScene('')
    const headers = { cookie: own.cookie, 'Sec-Fetch-Site': 'same-origin', Origin: site.address }
    const answer = await send(form, headers, own.token, own.ids)
    expect([302, 303, 404, 409, 422]).toContain(answer.status)
  })

  test.each(elsewhere)('from %s, with the token: refused', async (_name, headers) => {
    const before = await everything()
    const { cookie, token } = scene
    for (const more of [{}, { 'X-CSRF-Token': token }]) {
      const answer = await send(form, { cookie, ...headers, ...more }, token)
      expect([answer.status, answer.cookie]).toEqual([403, null])
    }
    expect(await everything()).toEqual(before)
  })
})

describe.each(Object.entries(anybodysForms))('%s', (_, [path, fields = {}]) => {
  test.each(elsewhere)('from %s: refused', async (_name, headers) => {
    const link = path.includes('SIGNIN') ? new URL(await site.signInLink(scene.workerId)).pathname : path
    const before = await everything()
    const answer = await send([link, fields], headers)
    expect([answer.status, answer.cookie]).toEqual([403, null])
    expect(await everything()).toEqual(before)
  })
})

const onGet: [string, () => Promise<string>][] = [
  ['accepting', () => Promise.resolve(`/projects/${scene.ids.bait}/tasks/accept_random`)],
  ['a one-time sign-in', async () => new URL(await site.signInLink(scene.workerId)).pathname],
]

describe.each(onGet)('%s by GET', (_, pathOf) => {
  test.each([
    ...elsewhere,
    ['a browser that looks ahead', { 'Sec-Fetch-Site': 'same-origin', 'Sec-Purpose': 'prefetch;prerender' }],
    ['a picture in a page of ours', { 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Dest': 'image' }],
    ['a frame in a page of ours', { 'Sec-Fetch-Site': 'same-origin', 'Sec-Fetch-Dest': 'iframe' }],
  ] as [string, Record<string, string>][])('from %s: asks first', async (_name, headers) => {
    const before = await everything()
    const path = await pathOf()
    const response = await fetch(site.address + path, {
      redirect: 'manual',
      headers: { cookie: scene.cookie, ...headers },
    })
    expect([response.status, response.headers.get('set-cookie')]).toEqual([200, null])
    expect(await response.text()).toContain('<button class="primary">')
    expect(await everything()).toEqual(before)
  })
})
