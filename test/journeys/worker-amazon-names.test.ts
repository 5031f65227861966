// The worker site under Amazon's names: that tools which have them built in see that they are signed out [websites 1.1].
import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWorkerSite, type WorkerSite } from '../support/worker-site.ts'

let site: WorkerSite
beforeAll(async () => {
  site = await startWorkerSite()
})
afterAll(() => site.stop())

interface Answer {
  status: number | undefined
  location: string | undefined
  refresh: string | undefined
  text: string
}

/** Loads a path under another name than the server's own. */
function get(host: string, path: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(site.address + path, { headers: { host } }, (response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString()))
      response.on('end', () => {
        const { location, refresh } = response.headers
        resolve({ status: response.statusCode, location, refresh: refresh as string | undefined, text })
      })
    })
    sent.on('error', reject)
    sent.end()
  })
}

test.each(['worker.mturk.com', 'WORKERSANDBOX.mturk.com', 'worker.mturk.com:8443'])(
  'who is not signed in at %s is led away from it, and back to its sign-in page',
  async (name) => {
    const host = name.toLowerCase()
    const { status, location = '' } = await get(name, '/tasks?format=json')
    expect(status).toBe(302)
    const away = new URL(location)
    expect(away.hostname).toBe('www.mturk.com')
    expect(away.searchParams.get('openid.return_to')).toBe(`https://${host}/tasks?format=json`)
    const lead = await get(away.host, away.pathname + away.search)
    const back = `https://${host}/ap/signin?openid.return_to=%2Ftasks%3Fformat%3Djson`
    expect([lead.status, lead.refresh]).toEqual([200, `0; url=${back}`])
    expect(lead.text).toContain(`href="${back}"`)
    const page = await get(host, new URL(back).pathname + new URL(back).search)
    expect(page.text).toContain('name="return_to" value="/tasks?format=json"')
  },
)

test.each([
  'https://example.org/',
  'https://worker.mturk.com.example.org/',
  'http://worker.mturk.com/',
  '//x',
  '',
])('www.mturk.com leads nowhere else: "%s"', async (target) => {
  const answer = await get('www.mturk.com', `/ap/signin?openid.return_to=${encodeURIComponent(target)}`)
  expect([answer.status, answer.refresh]).toEqual([200, undefined])
  expect(answer.text).toContain('name="return_to" value="/"')
})
