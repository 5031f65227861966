// The queue in a browser: in each of its states, with the keyboard alone, without scripts, dark, on a phone.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserMissing, launchBrowser } from '../support/browser.ts'
import { describeUnless } from '../support/shared.ts'
import {
  findFaults,
  looks,
  startWorkerSite,
  type WindowOptions,
  type WorkerSite,
} from '../support/worker-site.ts'

const missing = await browserMissing()

let site: WorkerSite
let browser: Browser

beforeAll(async () => {
  if (missing !== undefined) return
  site = await startWorkerSite()
  browser = await launchBrowser()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

/** A new worker who holds HITs of these durations, titled by them. */
async function holder(durations: readonly number[]): Promise<string> {
  const worker = await site.createWorker()
  for (const seconds of durations) {
    const hit = await site.createHIT({ Title: `HIT of ${seconds} s`, AssignmentDurationInSeconds: seconds })
    await site.accept(worker, hit.HITId)
  }
  return worker
}

async function openQueue(
  worker: string,
  options: WindowOptions & { fakeTime?: boolean } = {},
): Promise<Page> {
  const page = await site.open(browser, worker, options)
  if (options.fakeTime) await page.clock.install()
  await page.goto(`${site.address}/tasks`)
  return page
}

const titles = (page: Page) => page.locator('ol.queue h2').allTextContents()

describeUnless(missing, 'the queue', () => {
  const states: [string, number[], ...string[]][] = [
    ['that is empty', [], 'HITs Queue (0)', 'You have not accepted any HITs', 'Find HITs'],
    ['of one HIT', [600], 'HITs Queue (1)', 'Time remaining', 'Demo Laboratory', '$0.50'],
    [
      'of HITs that are due at different times',
      [900, 200_000, 250],
      'HITs Queue (3)',
      'Soonest deadline first.',
    ],
    [
      'that is full',
      Array.from({ length: 25 }, (_, i) => 1000 + i),
      'HITs Queue (25)',
      'Your queue is full. You can hold 25 HITs at once.',
    ],
  ]
  test.each(states)(
    '%s can be read by everybody [websites 1.7; design]',
    async (_, durations, ...texts) => {
      const worker = await holder(durations)
      for (const { width, dark } of looks) {
        const page = await openQueue(worker, { width, dark })
        const text = await page.locator('main').innerText()
        for (const expected of texts) expect(text).toContain(expected)
        expect({ width, dark, faults: await findFaults(page) }).toEqual({ width, dark, faults: [] })
        await page.context().close()
      }
    },
    120_000,
  )

  test('counts down, marks what is due soon, and says what is over [websites 1.7]', async () => {
    const page = await openQueue(await holder([320, 900]), { fakeTime: true })
    const times = page.locator('ol.queue [data-remaining]')
    const soon = page.locator('ol.queue .queue-time.soon')
    expect(await titles(page)).toEqual(['HIT of 320 s', 'HIT of 900 s'])
    expect(await soon.count()).toBe(0)
    await page.clock.runFor('00:30')
    expect(await times.first().innerText()).toMatch(/^04:[45]\d$/)
    expect(await soon.count()).toBe(1)
    await page.clock.runFor('05:00')
    expect(await times.first().innerText()).toBe('The time is over')
    expect(await times.last().innerText()).toMatch(/^09:[23]\d$/)
    await page.context().close()
  })

  test('is worked through with the keyboard alone: a HIT is opened, another given back', async () => {
    const page = await openQueue(await holder([300, 600]))
    const press = async (name: string) => {
      for (let presses = 0; presses < 40; presses++) {
        await page.keyboard.press('Tab')
        const label = await page.evaluate(`document.activeElement.getAttribute('aria-label')`)
        if (label === name) return page.keyboard.press('Enter')
      }
      throw new Error(`the keyboard does not reach ${name}`)
    }
    await press('Return: HIT of 600 s')
    await page.getByRole('status').getByText('HIT returned').waitFor()
    expect(await titles(page)).toEqual(['HIT of 300 s'])
    await press('Work: HIT of 300 s')
    await page.waitForURL(/from_queue=true/)
    await page.getByRole('heading', { name: 'HIT of 300 s' }).waitFor()
    await page.context().close()
  })

  test('without scripts tells the time as it was, opens HITs and takes them back [websites 1.7]', async () => {
    const page = await openQueue(await holder([300, 600]), { javaScript: false })
    expect(await page.locator('ol.queue [data-remaining]').first().innerText()).toMatch(/^(05:00|04:5\d)$/)
    await page.getByRole('button', { name: 'Return: HIT of 300 s' }).click()
    await page.getByRole('status').getByText('HIT returned').waitFor()
    await page.getByRole('link', { name: 'Work: HIT of 600 s' }).click()
    await page.getByRole('heading', { name: 'HIT of 600 s' }).waitFor()
    await page.getByRole('button', { name: 'Return' }).last().click()
    await page.getByRole('heading', { name: 'HITs Queue (0)' }).waitFor()
    await page.context().close()
  })

  test('no longer lists what has run out, and a page that still does says so [websites 1.6]', async () => {
    const page = await openQueue(await holder([60]))
    await site.advance(60)
    await page.getByRole('link', { name: 'Work: HIT of 60 s' }).click()
    await page.getByText('This HIT is no longer in your HITs queue').waitFor()
    expect(await titles(page)).toEqual([])
    await page.context().close()
  })

  test('leads to its requester’s other HITs [websites 1.2]', async () => {
    const page = await openQueue(await holder([60]))
    await page.getByRole('link', { name: 'Demo Laboratory' }).click()
    await page.getByRole('heading', { name: 'Demo Laboratory', exact: true }).waitFor()
    expect(new URL(page.url()).pathname).toMatch(/^\/requesters\/A[A-Z0-9]+\/projects$/)
    await page.context().close()
  })
})
