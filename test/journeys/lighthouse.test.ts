// The two pages at which workers look most, judged by Lighthouse as it judges a phone on a slow line: the list of groups
// when it is long, and the dashboard of somebody who has worked.
import { ApproveAssignmentCommand } from '@aws-sdk/client-mturk'
import lighthouse from 'lighthouse'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserMissing, launchBrowser } from '../support/browser.ts'
import { freePort } from '../support/free-port.ts'
import { describeUnless } from '../support/shared.ts'
import { startWorkerSite, type WorkerSite } from '../support/worker-site.ts'

const missing = await browserMissing()
const categories = ['performance', 'accessibility', 'best-practices']
const least = 0.95

describeUnless(missing, 'Lighthouse', () => {
  let site: WorkerSite
  let browser: Browser
  let port: number
  let cookie: string

  beforeAll(async () => {
    site = await startWorkerSite()
    port = await freePort()
    browser = await launchBrowser([`--remote-debugging-port=${port}`])
    const worker = await site.createWorker({ approved: 200, rejected: 3 })
    for (let i = 0; i < 25; i++) {
      const hit = await site.createHIT({ Title: `Name the bird on picture ${i}`, Reward: `0.${10 + i}` })
      if (i >= 5) continue
      const { assignmentId } = await site.accept(worker, hit.HITId)
      await site.advance(40)
      await site.submit(assignmentId)
      await site.client.send(new ApproveAssignmentCommand({ AssignmentId: assignmentId }))
    }
    const signedIn = await fetch(await site.signInLink(worker), { redirect: 'manual' })
    cookie = signedIn.headers
      .getSetCookie()
      .map((text) => text.split(';')[0])
      .join('; ')
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await site?.stop()
  })

  test.each(['/projects', '/dashboard'])(
    '%s has 95 or more for performance, accessibility and best practices',
    { timeout: 120_000 },
    async (path) => {
      const result = await lighthouse(site.address + path, {
        port,
        logLevel: 'error',
        output: 'json',
        extraHeaders: { Cookie: cookie },
        onlyCategories: categories,
      })
      const { lhr } = result!
      expect(lhr.runtimeError).toBeUndefined()
      expect(lhr.finalDisplayedUrl).toBe(site.address + path)
      const scores = categories.map((name) => [name, lhr.categories[name]?.score ?? 0] as const)
      const failed = Object.values(lhr.audits).filter(({ score }) => score !== null && score < 0.9)
      const told = `${path} ${JSON.stringify(scores)}: ${failed.map(({ id }) => id).join(', ')}`
      for (const [, score] of scores) expect(score, told).toBeGreaterThanOrEqual(least)
    },
  )
})
