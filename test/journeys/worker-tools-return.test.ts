// What workers' tools send and read, continued: they return HITs, hear of submissions, notice that they are signed out
// or too fast.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { all, attribute, closest, first, parsePage } from '../support/page-tree.ts'
import { control } from '../support/server.ts'
import { createTool, type WorkerTool } from '../support/worker-tool.ts'
import { startWorkerSite, type WorkerSite } from '../support/worker-site.ts'

let site: WorkerSite

beforeAll(async () => {
  site = await startWorkerSite()
})
afterAll(async () => {
  await site?.stop()
})

let groups = 0

/** A tool whose worker holds a HIT, and the address of its work page. */
async function holding() {
  const hit = await site.createHIT({ Title: `Birds ${(groups += 1)}`, MaxAssignments: 1 })
  const tool = await createTool(site)
  const { assignmentId, submitTo } = await site.accept(tool.workerId, hit.HITId)
  const path = `/projects/${hit.HITGroupId}/tasks/${hit.HITId}?assignment_id=${assignmentId}`
  return { hit, tool, assignmentId, submitTo, path }
}

/** The token of a page's head. */
async function csrfToken(tool: WorkerTool, path: string): Promise<string> {
  const meta = first(await tool.page(path), (one) => attribute(one, 'name') === 'csrf-token')
  return attribute(meta, 'content') ?? ''
}

describe('a HIT is returned', () => {
  test('as PandaCrazy Max does: status 200 and "OK" after redirects [websites 1.6]', async () => {
    const { tool, path, assignmentId } = await holding()
    const token = first(await tool.page(path), (one) => attribute(one, 'name') === 'authenticity_token')
    const action = attribute(
      closest(token, (one) => one.tagName === 'form'),
      'action',
    )
    const fields = { _method: 'delete', authenticity_token: attribute(token, 'value') ?? '' }
    const answer = await tool.post(String(action), fields)
    expect([answer.status, answer.statusText, answer.url.pathname]).toEqual([200, 'OK', '/tasks'])
    expect(await site.stateOf(assignmentId)).toBe('returned')
    expect(answer.text).toContain('HIT returned')
  })

  test('answers 302 at first, and takes the ref of the top button [websites 1.2, 1.6]', async () => {
    const { tool, path, assignmentId } = await holding()
    const token = await csrfToken(tool, path)
    const response = await fetch(`${site.address}${path}&ref=w_wp_rtrn_top`, {
      method: 'POST',
      redirect: 'manual',
      headers: { Cookie: tool.cookie },
      body: new URLSearchParams({ _method: 'delete', authenticity_token: token }),
    })
    expect(response.status).toBe(302)
    expect(await site.stateOf(assignmentId)).toBe('returned')
  })

  test.each(['/', '/tasks', '/dashboard'])('with the token of any page: %s [websites 1.6]', async (page) => {
    const { tool, path, assignmentId } = await holding()
    const fields = { _method: 'delete', authenticity_token: await csrfToken(tool, page) }
    expect((await tool.post(path, fields)).status).toBe(200)
    expect(await site.stateOf(assignmentId)).toBe('returned')
  })

  test('as HIT Spooner does: the token of the head in x-csrf-token [websites 1.6]', async () => {
    const { tool, path, assignmentId } = await holding()
    const token = await csrfToken(tool, '/tasks')
    const answer = await tool.post(path, { _method: 'delete' }, { 'X-CSRF-Token': token })
    expect([answer.status, answer.statusText]).toEqual([200, 'OK'])
    expect(await site.stateOf(assignmentId)).toBe('returned')
  })

  test('without a token, or with that of another worker, it stays [design 7]', async () => {
    const { tool, path, assignmentId } = await holding()
    const other = await createTool(site)
    const fields = { _method: 'delete' }
    expect((await tool.post(path, fields)).status).toBe(403)
    const token = await csrfToken(other, '/tasks')
    expect((await tool.post(path, { ...fields, authenticity_token: token })).status).toBe(403)
    expect(await site.stateOf(assignmentId)).toBe('open')
  })

  test('of another worker, it stays, and the banner says so [websites 1.6]', async () => {
    const { path, assignmentId } = await holding()
    const other = await createTool(site)
    const fields = { _method: 'delete', authenticity_token: await csrfToken(other, '/tasks') }
    const answer = await other.post(path, fields)
    expect(answer.text).toContain('This HIT cannot be returned')
    expect(await site.stateOf(assignmentId)).toBe('open')
  })

  test('twice: the banner, and for programs 422 with the text [websites 1.6]', async () => {
    const { tool, path } = await holding()
    const fields = { _method: 'delete', authenticity_token: await csrfToken(tool, '/tasks') }
    await tool.post(path, fields)
    expect((await tool.post(path, fields)).text).toContain('This HIT cannot be returned')
    const headers = { 'X-Requested-With': 'XMLHttpRequest', Accept: 'application/json' }
    const refused = await tool.post(path, fields, headers)
    expect([refused.status, JSON.parse(refused.text)]).toEqual([
      422,
      { message: 'This HIT cannot be returned' },
    ])
    expect((await tool.get(path)).text).toContain('This HIT is no longer in your HITs queue')
  })

  test('a form without _method returns nothing', async () => {
    const { tool, path, assignmentId } = await holding()
    const answer = await tool.post(path, { authenticity_token: await csrfToken(tool, '/tasks') })
    expect([answer.status, answer.url.pathname]).toEqual([200, '/tasks'])
    expect(await site.stateOf(assignmentId)).toBe('open')
  })
})

describe('a HIT is submitted', () => {
  test('the answer page holds the message for the page around it, and the list the banner [websites 1.6]', async () => {
    const { tool, assignmentId, submitTo, path } = await holding()
    const response = await fetch(`${submitTo}/mturk/externalSubmit`, {
      method: 'POST',
      body: new URLSearchParams({ assignmentId, species: 'wren' }),
    })
    const answer = first(parsePage(await response.text()), (one) => attribute(one, 'id') === 'answer')
    expect(JSON.parse(attribute(answer, 'data-message') ?? '')).toEqual({
      assignmentId,
      answer: { species: 'wren' },
    })
    const after = await tool.get(path)
    expect(after.url.pathname).toBe('/projects')
    const headings = all(parsePage(after.text), (one) => one.tagName === 'h3')
    expect(
      headings.some(
        (one) =>
          JSON.stringify(one.childNodes.map((node) => 'value' in node && node.value)) === '["HIT Submitted"]',
      ),
    ).toBe(true)
  })
})

describe('who is signed out', () => {
  const paths = [
    '/?format=json',
    '/tasks?format=json',
    '/projects?format=json',
    '/projects/3GROUP/tasks/accept_random?format=json',
  ]
  test.each(paths)('%s leads to the sign-in page, with where he was [websites 1.1]', async (path) => {
    const response = await fetch(site.address + path, { redirect: 'manual' })
    expect(response.status).toBe(302)
    const url = new URL(response.headers.get('location') ?? '', site.address)
    expect(url.pathname).toBe('/ap/signin')
    expect(url.searchParams.get('openid.return_to')).toMatch(/^\//)
    expect((await fetch(site.address + path)).url).toContain('/ap/signin')
  })

  test('HIT Spooner, which follows no redirect, gets an error [websites 1.1]', async () => {
    await expect(fetch(`${site.address}/?format=json`, { redirect: 'error' })).rejects.toThrow()
  })
})

describe('who is too fast', () => {
  let slow: WorkerSite
  beforeAll(async () => {
    slow = await startWorkerSite({ KEMPELEN_PAGE_RATE: '0.001' })
  })
  afterAll(async () => {
    await slow?.stop()
  })

  test('gets 429 in the form that he asked for, and others do not [websites 1.1]', async () => {
    const tool = await createTool(slow)
    const statuses = new Set<number>()
    for (let call = 0; call < 80 && !statuses.has(429); call++)
      statuses.add((await tool.get('/tasks?format=json')).status)
    expect([...statuses]).toEqual([200, 429])
    const json = await tool.get('/projects/3GROUP/tasks/accept_random?format=json')
    expect(json.status).toBe(429)
    expect(JSON.parse(json.text)).toEqual({
      error: expect.stringMatching(/^You have exceeded the allowable page request rate/) as unknown,
    })
    const page = await tool.get('/tasks')
    expect(page.status).toBe(429)
    expect(page.text).toContain('You have exceeded')
    expect((await (await createTool(slow)).get('/tasks?format=json')).status).toBe(200)
    expect((await control(slow.address, `workers/${tool.workerId}`)).status).toBe(200)
  })
})
