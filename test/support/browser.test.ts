import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserMissing, launchBrowser } from './browser.ts'
import { describeUnless } from './shared.ts'

const page = `<!doctype html><title>A page</title><style>body { font: 24px sans-serif }</style>
<h1 id="text">Hamburgefonstiv äöü Ελληνικά Кириллица</h1>
<button onclick="this.textContent = 'clicked'">click</button>`

describeUnless(await browserMissing(), 'the browser of a test run', () => {
  let browser: Browser
  const servers: Server[] = []
  const serve = async () => {
    const server = createServer((_, response) =>
      response.setHeader('content-type', 'text/html; charset=utf-8').end(page),
    )
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  }
  beforeAll(async () => void (browser = await launchBrowser()))
  afterAll(async () => {
    await browser.close()
    for (const server of servers) {
      server.closeAllConnections()
      server.close()
    }
  })

  test('shows a page and clicks', async () => {
    const tab = await browser.newPage()
    await tab.goto(await serve())
    expect(await tab.title()).toBe('A page')
    await tab.click('button')
    expect(await tab.textContent('button')).toBe('clicked')
  })

  test('draws letters of different widths, so that a font was found', async () => {
    const tab = await browser.newPage()
    await tab.setContent(
      '<span id=i style="font:40px sans-serif">iiii</span><br><span id=w style="font:40px sans-serif">WWWW</span>',
    )
    const width = async (id: string) => (await tab.locator(`#${id}`).boundingBox())?.width ?? 0
    expect(await width('i')).toBeGreaterThan(20)
    expect(await width('w')).toBeGreaterThan(2 * (await width('i')))
    if (process.env.KEMPELEN_SCREENSHOT) {
      await tab.setContent(page)
      await tab.screenshot({ path: process.env.KEMPELEN_SCREENSHOT })
    }
  })

  test('keeps origins apart: a page may not read another one', async () => {
    const [one, other] = [await serve(), await serve()]
    const tab = await browser.newPage()
    await tab.goto(one)
    const read = (url: string) =>
      tab.evaluate(
        (address) =>
          fetch(address).then(
            (answer) => answer.status,
            (error: Error) => error.name,
          ),
        url,
      )
    expect(await read(one)).toBe(200)
    expect(await read(other)).toBe('TypeError')
    // Page code as text: the types of this project know no `document`.
    const frame = await tab.evaluate(`new Promise((resolve) => {
      const element = document.createElement('iframe')
      element.src = ${JSON.stringify(other)}
      element.onload = () => resolve(element.contentDocument)
      document.body.append(element)
    })`)
    expect(frame).toBeNull()
  })
})
