// How fast a worker may load pages: what counts, and what he is told [websites 1.1].
import { afterAll, beforeAll, expect, test } from 'vitest'
import { server } from '../../src/limits.ts'
import { load, signInTo, type SiteSession } from '../support/site-session.ts'
import { startWorkerSite, type WorkerSite } from '../support/worker-site.ts'

let site: WorkerSite
beforeAll(async () => {
  site = await startWorkerSite({ KEMPELEN_PAGE_RATE: '0.001' })
})
afterAll(() => site.stop())

/** A worker who has used up his pages. */
async function tired(): Promise<SiteSession> {
  const worker = await signInTo(site, await site.createWorker())
  const statuses = new Set<number>()
  for (let page = 0; page < server.pages.burst; page++) statuses.add((await worker.get('/tasks')).status)
  expect([...statuses]).toEqual([200])
  return worker
}

test('too many pages are refused with the time to wait, as a page and as JSON [websites 1.1]', async () => {
  const worker = await tired()
  const page = await worker.get('/projects')
  expect([page.status, page.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^9\d\d|1000$/)])
  expect(page.text).toMatch(
    /class="[^"]*\berror-page\b[^"]*">.*<p class="message">You have exceeded the allowable page request rate/s,
  )
  for (const path of ['/?format=json', '/tasks.json', '/projects/3X/tasks/accept_random?format=json']) {
    const { status, json } = await worker.get(path)
    const error = expect.stringMatching(/^You have exceeded the allowable page request rate/) as string
    expect([path, status, json()]).toEqual([path, 429, { error }])
  }
})

test('only pages of this worker count: no frames, no static files, no submissions, nobody else [websites 1.1]', async () => {
  const worker = await tired()
  const hit = await site.createHIT()
  const frame = `/task/${hit.HITId}?assignmentId=ASSIGNMENT_ID_NOT_AVAILABLE&hitId=${hit.HITId}`
  expect((await worker.get(frame)).status).toBe(200)
  expect((await worker.get('/static/site.css')).status).toBe(200)
  const { assignmentId } = await site.accept(worker.workerId, hit.HITId)
  await worker.get(`/mturk/externalSubmit?assignmentId=${assignmentId}&species=wren`)
  expect(await site.stateOf(assignmentId)).toBe('Submitted')
  expect((await load(`${site.address}/`)).status).toBe(200)
  const other = await signInTo(site, await site.createWorker())
  expect((await other.get('/tasks')).status).toBe(200)
  expect((await worker.get('/tasks')).status).toBe(429)
})

test('demo mode has no limit unless it is told one', async () => {
  const demo = await startWorkerSite()
  try {
    const worker = await signInTo(demo, await demo.createWorker())
    for (let page = 0; page <= server.pages.burst; page++)
      expect((await worker.get('/tasks')).status).toBe(200)
  } finally {
    await demo.stop()
  }
})
