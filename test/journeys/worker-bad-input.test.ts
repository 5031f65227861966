// What goes wrong on a worker's way: forms that come too late or from a page of an earlier session, HITs that are gone,
// and addresses that belong to somebody else. A page says so, and gives back what was typed.
import {
  CreateQualificationTypeCommand,
  DeleteHITCommand,
  UpdateExpirationForHITCommand,
} from '@aws-sdk/client-mturk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { acceptForm, signedIn } from '../support/form-work.ts'
import { line, question } from '../support/question-forms.ts'
import { control } from '../support/server.ts'
import { questionForm, startWorkerSite, type WorkerSite } from '../support/worker-site.ts'

const wordForm = questionForm(question('word', line(), { name: 'Your word' }))
const typed = 'The work of an <b>hour</b> & more'
const shown = 'The work of an &lt;b&gt;hour&lt;/b&gt; &amp; more'

interface Worker {
  workerId: string
  cookie: string
  token: string
}

let site: WorkerSite
beforeAll(async () => {
  site = await startWorkerSite()
}, 60_000)
afterAll(() => site.stop())

async function someone(): Promise<Worker> {
  const workerId = await site.createWorker()
  return { workerId, ...(await signedIn(site, workerId)) }
}

interface Answer {
  status: number
  location: string | null
  text: string
}

async function ask(
  path: string,
  cookie: string,
  { headers, ...init }: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await fetch(site.address + path, {
    redirect: 'manual',
    ...init,
    headers: { cookie, ...headers },
  })
  return {
    status: response.status,
    location: response.headers.get('location'),
    text: await response.text(),
  }
}

const post = (path: string, cookie: string, fields: Record<string, string>, headers = {}) =>
  ask(path, cookie, { method: 'POST', body: new URLSearchParams(fields), headers })

let types = 0

/** A test that is under way. */
async function atTest(worker: Worker): Promise<{ path: string; requestId: string }> {
  const { QualificationType: type } = await site.client.send(
    new CreateQualificationTypeCommand({
      ...{ Name: `Birds ${(types += 1)}`, Description: 'Knows birds', QualificationTypeStatus: 'Active' },
      ...{ Test: wordForm, TestDurationInSeconds: 600 },
    }),
  )
  const path = `/qualifications/${type?.QualificationTypeId}`
  await post(`${path}/request`, worker.cookie, { authenticity_token: worker.token })
  const page = await ask(`${path}/test`, worker.cookie)
  const requestId = /name="qualification_request_id" value="([^"]+)"/.exec(page.text)?.[1]
  if (requestId === undefined) throw new Error('no test is under way')
  return { path: `${path}/test`, requestId }
}

const message = (groupId: string) => ({
  'hit_type_message[hit_type_id]': groupId,
  'hit_type_message[subject]': 'A question',
  'hit_type_message[message]': typed,
})

/** Long forms, each with what was typed into it. */
const longForms: [string, (worker: Worker) => Promise<[path: string, fields: Record<string, string>]>][] = [
  [
    'a message to a requester',
    async () => {
      const { HITGroupId } = await site.createHIT()
      return ['/contact_requester/hit_type_messages/new', message(HITGroupId)]
    },
  ],
  [
    'a message about work',
    async (worker) => {
      const { HITId } = await site.createHIT()
      const { assignmentId } = await site.accept(worker.workerId, HITId)
      return [
        '/contact_requester/assignment_messages/new',
        {
          'assignment_message[assignment_id]': assignmentId,
          'assignment_message[subject]': 'A question',
          'assignment_message[message]': typed,
        },
      ]
    },
  ],
  [
    'a qualification test',
    async (worker) => {
      const { path, requestId } = await atTest(worker)
      return [path, { qualification_request_id: requestId, 'answer.word': typed }]
    },
  ],
  [
    'the answers to a HIT',
    async (worker) => {
      const { HITId, HITGroupId } = await site.createHIT({ Question: wordForm })
      const { assignmentId } = await site.accept(worker.workerId, HITId)
      return [
        `/projects/${HITGroupId}/tasks/${HITId}/submit?assignment_id=${assignmentId}`,
        { 'answer.word': typed },
      ]
    },
  ],
]

describe.each(longForms)('%s', (_, prepare) => {
  test('sent after signing out, or from a page of an earlier session: what was typed is there [design 7]', async () => {
    const worker = await someone()
    const [path, fields] = await prepare(worker)
    const again = await signedIn(site, worker.workerId)
    for (const [name, cookie] of [
      ['signed out', ''],
      ['another session', again.cookie],
    ] as const) {
      const answer = await post(path, cookie, { ...fields, authenticity_token: worker.token })
      expect([name, answer.status]).toEqual([name, 403])
      expect([name, answer.text.includes(shown)]).toEqual([name, true])
      expect(answer.text).not.toContain(worker.token)
    }
  })

  test('sent by another site: its words do not stand on a page of ours', async () => {
    const worker = await someone()
    const [path, fields] = await prepare(worker)
    const headers = { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }
    for (const cookie of ['', worker.cookie]) {
      const answer = await post(path, cookie, fields, headers)
      expect([302, 403]).toContain(answer.status)
      expect(answer.text).not.toContain('The work of an')
    }
  })
})

test('a test may be as long as the answers to a HIT', async () => {
  const worker = await someone()
  const { path, requestId } = await atTest(worker)
  const fields = {
    authenticity_token: worker.token,
    qualification_request_id: requestId,
    'answer.word': 'word '.repeat(200_000),
  }
  const answer = await post(path, worker.cookie, fields)
  expect([answer.status, answer.location]).toEqual([303, expect.stringContaining('notice=tested')])
})

describe('a HIT that is gone', () => {
  async function deleted() {
    const worker = await someone()
    const form = await acceptForm(site, wordForm, { Title: `Gone ${(types += 1)}` })
    await post(form.work.slice(site.address.length), (await signedIn(site, form.worker)).cookie, {})
    await control(site.address, `assignments/${form.assignmentId}/return`, {})
    const HITId = form.hitId
    await site.client.send(new UpdateExpirationForHITCommand({ HITId, ExpireAt: new Date(0) }))
    await site.client.send(new DeleteHITCommand({ HITId }))
    return { worker, form, holder: await signedIn(site, form.worker) }
  }

  test('says so on every way to it', async () => {
    const { worker, form, holder } = await deleted()
    const group = `/projects/${form.groupId}/tasks`
    const ways: [string, () => Promise<Answer>, number, RegExp][] = [
      ['preview', () => ask(group, worker.cookie), 302, /notice=NoMoreHITs/],
      ['preview, JSON', () => ask(`${group}.json`, worker.cookie), 422, /no more of these HITs/],
      ['accept', () => ask(`${group}/accept_random`, worker.cookie), 302, /notice=NoMoreHITs/],
      [
        'accept, JSON',
        () => ask(`${group}/accept_random?format=json`, worker.cookie),
        422,
        /no more of these HITs/,
      ],
      [
        'its work page',
        () => ask(form.work.slice(site.address.length), holder.cookie),
        302,
        /notice=NotInQueue/,
      ],
      ['its frame', () => ask(`/task/${form.hitId}`, holder.cookie), 404, /This task cannot be shown/],
      [
        'answers',
        () => post(form.submit.slice(site.address.length), holder.cookie, { 'answer.word': typed }),
        403,
        /The work of an &lt;b&gt;hour/,
      ],
      [
        'answers with the token',
        () =>
          post(form.submit.slice(site.address.length), holder.cookie, {
            'answer.word': typed,
            authenticity_token: holder.token,
          }),
        409,
        /The work of an &lt;b&gt;hour/,
      ],
    ]
    for (const [name, go, status, text] of ways) {
      const answer = await go()
      expect([name, answer.status]).toEqual([name, status])
      expect(`${name}: ${answer.location ?? ''} ${answer.text}`).toMatch(text)
    }
  })
})

test('a queue that is full: a page and a status that say so [websites 1.5, 1.7]', async () => {
  const worker = await someone()
  const { HITGroupId } = await site.createHIT({ Title: 'Many', MaxAssignments: 1 })
  for (let i = 0; i < 25; i += 1) {
    const hit = await site.createHIT({ Title: 'Many', MaxAssignments: 1 })
    await site.accept(worker.workerId, hit.HITId)
  }
  const path = `/projects/${HITGroupId}/tasks/accept_random`
  const page = await ask(path, worker.cookie)
  expect(page.status).toBe(302)
  const list = await ask(page.location ?? '', worker.cookie)
  expect([list.status, /mturk-alert[^>]*>/.test(list.text)]).toEqual([200, true])
  expect(list.text).toMatch(/accepted the maximum number of HITs allowed/)
  const json = await ask(`${path}?format=json`, worker.cookie)
  expect([json.status, Object.keys(JSON.parse(json.text) as object)]).toEqual([422, ['message']])
})

describe("another worker's ids", () => {
  /** Asks as a stranger for what belongs to somebody. */
  test('show nothing of his and change nothing', async () => {
    const owner = await someone()
    const stranger = await someone()
    const { HITId, HITGroupId } = await site.createHIT({ Question: wordForm, Title: 'The secret title' })
    const { assignmentId } = await site.accept(owner.workerId, HITId)
    const done = await site.createHIT({ Question: wordForm, Title: 'The other secret' })
    const sent = await site.accept(owner.workerId, done.HITId)
    await site.submit(sent.assignmentId, { word: 'my secret' })
    const { path, requestId } = await atTest(owner)
    const data = async () => {
      const all = await ask('/account/data', owner.cookie)
      return all.text.replace(/"(?:at|madeAt|downloadedAt)": ?"[^"]*"/g, '')
    }
    const before = await data()
    const task = `/projects/${HITGroupId}/tasks/${HITId}`
    const other = `/projects/${done.HITGroupId}/tasks/${done.HITId}`
    const token = { authenticity_token: stranger.token }
    const edit = `${other}/edit?assignment_id=${sent.assignmentId}`
    const contact = 'assignment_message[assignment_id]'
    const ways: [string, Record<string, string> | undefined, number, string?][] = [
      [`${task}?assignment_id=${assignmentId}`, undefined, 302, '/tasks?notice=NotInQueue'],
      [`${task}.json?assignment_id=${assignmentId}`, undefined, 302, '/tasks?notice=NotInQueue'],
      [`${task}?assignment_id=${assignmentId}`, { _method: 'delete' }, 302, '/tasks?notice=CannotReturn'],
      [task, { _method: 'delete' }, 302, '/tasks?notice=CannotReturn'],
      [`${task}/submit?assignment_id=${assignmentId}`, { 'answer.word': 'x' }, 403],
      [`${other}/submit?assignment_id=${sent.assignmentId}`, { 'answer.word': 'x' }, 403],
      [edit, undefined, 403],
      [edit, { 'answer.word': 'x' }, 403],
      [`/contact_requester/assignment_messages/new?${contact}=${sent.assignmentId}`, undefined, 404],
      [
        '/contact_requester/assignment_messages/new',
        {
          [contact]: sent.assignmentId,
          'assignment_message[subject]': 'x',
          'assignment_message[message]': 'x',
        },
        404,
      ],
      [path, undefined, 303],
      [`${path}.json`, undefined, 404],
      [path, { qualification_request_id: requestId, 'answer.word': 'x' }, 303],
      [`/projects?submitted=${sent.assignmentId}`, undefined, 200],
      [`/tasks?submitted=${sent.assignmentId}`, undefined, 200],
      [`/mturk/externalSubmit?assignmentId=${assignmentId}&word=x`, undefined, 403],
      [`/uploads/${sent.assignmentId}?question=word`, undefined, 403],
      [`/history?search=${sent.assignmentId}`, undefined, 200],
      [`/history/export?format=csv&search=${sent.assignmentId}`, undefined, 200],
      [`/history/export?format=json`, undefined, 200],
      ['/account/data', undefined, 200],
    ]
    for (const [way, fields, status, location] of ways) {
      const answer = fields
        ? await post(way, stranger.cookie, { ...fields, ...token })
        : await ask(way, stranger.cookie)
      expect([way, answer.status]).toEqual([way, status])
      if (location !== undefined) expect([way, answer.location]).toEqual([way, location])
      expect(answer.text).not.toMatch(/my secret|HIT Submitted/)
      if (!way.startsWith('/projects?') && !way.startsWith('/contact'))
        expect([way, /The (?:other )?secret/.exec(answer.text)]).toEqual([way, null])
    }
    expect(await data()).toBe(before)
    expect(await site.stateOf(assignmentId)).toBe('open')
  })
})
