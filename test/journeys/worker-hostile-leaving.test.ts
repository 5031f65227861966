// A task that means to stay: whatever way its worker leaves it, nothing of it runs on, and a window that it has opened
// has no hold on the pages that follow, nor on the tasks of others that stand in them.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserMissing, launchBrowser } from '../support/browser.ts'
import { freePort } from '../support/free-port.ts'
import { describeUnless } from '../support/shared.ts'
import { externalQuestion, htmlQuestion, startWorkerSite, type WorkerSite } from '../support/worker-site.ts'

const missing = await browserMissing()

/** Calls home and to the windows around it without end; its form is sent by whoever tests it. */
const clinging = (
  home: string,
) => `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Task</title></head><body>
<form method="post"><input type="hidden" name="assignmentId"><input name="word" value="x"><button>Send</button></form><script>
const query = new URLSearchParams(location.search)
document.forms[0].assignmentId.value = query.get('assignmentId')
document.forms[0].action = query.get('turkSubmitTo') + '/mturk/externalSubmit'
setInterval(() => { fetch('${home}/beat', { mode: 'no-cors' }); parent.postMessage('still here', '*') }, 20)
addEventListener('pagehide', () => setTimeout(() => fetch('${home}/late', { mode: 'no-cors' }), 50))
</script></body></html>`

/** The window that it opens: keeps what it can reach, and writes to it without end. */
const popupPage = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Popup</title></head><body><script>
const tab = opener.top
function write() {
  try { tab.postMessage('from the popup', '*') } catch (e) {}
  try { tab[0].postMessage('from the popup', '*') } catch (e) {}
}
setInterval(write, 20)
</script></body></html>`

let site: WorkerSite
let browser: Browser
let external: Server
let home: string
let beats = 0

beforeAll(async () => {
  if (missing !== undefined) return
  external = createServer((request, response) => {
    if (/beat|late/.test(request.url ?? '')) beats += 1
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    response.end(request.url?.startsWith('/popup') ? popupPage : clinging(home))
  })
  await new Promise<void>((resolve) => external.listen(0, '127.0.0.1', resolve))
  home = `http://127.0.0.1:${(external.address() as AddressInfo).port}`
  site = await startWorkerSite({ PORT: String(await freePort()) })
  browser = await launchBrowser()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await site?.stop()
  external?.close()
})

const kinds: [string, () => string][] = [
  ['a page that we hold', () => htmlQuestion(clinging(home))],
  ['a page of another server', () => externalQuestion(`${home}/task`)],
]

const send = (page: Page) => page.frameLocator('iframe').getByRole('button', { name: 'Send' }).click()

/** How its worker leaves, and where he is then. */
const ways: [string, (page: Page) => Promise<unknown>, RegExp][] = [
  ['by sending it', send, /\/projects\?submitted=/],
  [
    'by sending it, to the next HIT',
    async (page) => {
      await page.getByRole('checkbox', { name: /Auto-accept/ }).check()
      await send(page)
    },
    /\/tasks\/\w+\?assignment_id=\w+&auto_accept=true/,
  ],
  [
    'by giving it back',
    (page) => page.getByRole('button', { name: 'Return' }).first().click(),
    /notice=Returned/,
  ],
  [
    'by signing out',
    async (page) => {
      await page.evaluate(`document.querySelector('form[action="/sign-out"]').requestSubmit()`)
    },
    /notice=SignedOut/,
  ],
  ['by a link', (page) => page.goto(`${site.address}/dashboard`), /\/dashboard$/],
]

const table = kinds.flatMap(([kind, question]) =>
  ways.map(([way, leave, url]) => ({ kind, question, way, leave, url })),
)

let groups = 0

describeUnless(missing, 'a task that its worker has left', () => {
  test.each(table)(
    '$way, $kind: nothing of it runs on, its window has no hold on what follows [design 5]',
    async ({ question, leave, url }) => {
      const Title = `Clinging ${(groups += 1)}`
      const hit = await site.createHIT({ Title, Question: question(), MaxAssignments: 1 })
      // The next one in the group is of the same kind and stands for the task of somebody else.
      await site.createHIT({ Title, Question: question(), MaxAssignments: 1 })
      const worker = await site.createWorker()
      const { assignmentId } = await site.accept(worker, hit.HITId)
      const page = await site.open(browser, worker)
      page.on('dialog', (dialog) => void dialog.accept())
      await page.addInitScript(`
        window.got = []
        addEventListener('message', (event) => { if (String(event.data).startsWith('from the popup')) got.push(event.data) })`)
      const path = `/projects/${hit.HITGroupId}/tasks/${hit.HITId}?assignment_id=${assignmentId}`
      await page.goto(site.address + path, { waitUntil: 'load' })
      const [popup] = await Promise.all([
        page.context().waitForEvent('page'),
        page.frames()[1]!.evaluate(`void window.open('${home}/popup')`),
      ])
      await popup.waitForLoadState('load')
      // While the worker is at it a task may talk to the window that it has opened, and that window to it.
      await page.frames()[1]!.waitForFunction('got.length > 0')
      await page.bringToFront()
      await leave(page)
      await page.waitForURL(url, { waitUntil: 'load' })
      // The popup has tried long enough when some of its own turns have passed.
      await popup.evaluate(
        'new Promise((resolve) => { let turns = 0; setInterval(() => { if (++turns > 5) resolve() }, 20) })',
      )
      expect(await popup.evaluate('tab.closed')).toBe(true)
      for (const frame of page.frames())
        expect([frame.url(), await frame.evaluate('got')]).toEqual([frame.url(), []])
      expect(await page.evaluate('window.opener')).toBe(null)
      if (page.frames().length === 1) {
        const before = beats
        await popup.evaluate(
          'new Promise((resolve) => { let turns = 0; setInterval(() => { if (++turns > 5) resolve() }, 20) })',
        )
        expect(beats).toBe(before)
      }
      await page.context().close()
    },
    30_000,
  )
})
