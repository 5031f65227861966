// When something breaks: what a worker sees, and what the log holds of it: the error, and nothing that is a secret or
// somebody's words.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { startServer, type Running } from '../../src/main.ts'
import { browserMissing, launchBrowser } from '../support/browser.ts'
import { control } from '../support/server.ts'
import { describeUnless } from '../support/shared.ts'
import { findFaults, widths } from '../support/worker-site.ts'

const missing = await browserMissing()
const folder = mkdtempSync(join(tmpdir(), 'kempelen-test-'))
const worker = 'ADEMOWORKER001'

let running: Running
let address: string
let logged: unknown[] = []

beforeAll(async () => {
  const config = readConfig('demo', { PORT: '0', KEMPELEN_DATA: folder, KEMPELEN_CLOCK: 'virtual' })
  if (Array.isArray(config)) throw new Error(config.join('\n'))
  running = await startServer(config, {
    error: (error, message) => logged.push({ error, message }),
    info: (message) => logged.push(message),
    call: (event) => logged.push(event),
  })
  address = `http://localhost:${running.port}`
})
afterAll(async () => {
  await running.stop()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  logged = []
})

/** Does something while the database answers nothing. */
async function whileBroken<T>(act: () => Promise<T>): Promise<T> {
  const { runner } = running.markets.get('production')!
  const original = runner.run
  runner.run = () => Promise.reject(new Error('the database is gone'))
  return act().finally(() => (runner.run = original))
}

function post(submitTo: string, fields: Record<string, string>, cookie = ''): Promise<Response> {
  const body = new URLSearchParams(fields)
  return fetch(`${submitTo}/mturk/externalSubmit`, { method: 'POST', body, headers: { Cookie: cookie } })
}

test('tokens, answers and cookies are in no log, and an unexpected error is [design 5]', async () => {
  const { body } = await control(address, `workers/${worker}/groups`)
  const [group] = body as unknown as { hitGroupId: string }[]
  const accepted = await control(address, `workers/${worker}/accept`, { hitGroupId: group?.hitGroupId })
  const { assignmentId, frameUrl } = accepted.body as { assignmentId: string; frameUrl: string }
  const submitTo = new URL(frameUrl).searchParams.get('turkSubmitTo') ?? ''
  const token = submitTo.split('/').at(-1) ?? ''
  expect(token.length).toBeGreaterThan(20)

  await post(submitTo, { assignmentId: '3WRONG', secret: 'a private answer' })
  const cookie = '__Host-worker=a-cookie-of-somebody'
  const broken = await whileBroken(() => post(submitTo, { assignmentId, secret: 'a private answer' }, cookie))
  expect(broken.status).toBe(500)
  expect(await broken.text()).toContain('Something went wrong here')

  const text = inspect(logged, { depth: 10 })
  expect(text).toContain('a page failed')
  expect(text).toContain('the database is gone')
  for (const secret of [token, 'a private answer', 'a-cookie-of-somebody']) expect(text).not.toContain(secret)
})

describeUnless(missing, 'in a browser', () => {
  test('the page says that it is not the worker’s mistake, and he is still signed in afterwards', async () => {
    const browser = await launchBrowser()
    for (const width of widths) {
      const page = await browser.newPage({ viewport: { width, height: 740 } })
      const { body } = await control(address, `workers/${worker}/sign-in`, {})
      await page.goto(String(body.url))
      const answer = await whileBroken(() => page.goto(`${address}/dashboard`))
      expect(answer?.status()).toBe(500)
      await page.getByText('It is our mistake, not yours, and has been recorded.').waitFor()
      expect({ width, faults: await findFaults(page) }).toEqual({ width, faults: [] })
      await page.reload()
      await page.getByRole('heading', { name: 'Dashboard', exact: true }).waitFor()
    }
    await browser.close()
  })
})
