// A worker's record in a real browser: the dashboard with its charts, the days, the history and the groups he worked
// on, on a phone and at a desk, light and dark, by keyboard and without JavaScript.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserMissing, launchBrowser } from '../support/browser.ts'
import { busyCount, makeRecord, type RecordScene } from '../support/record-scene.ts'
import { describeUnless } from '../support/shared.ts'
import { findFaults, startWorkerSite, widths, type WorkerSite } from '../support/worker-site.ts'

const missing = await browserMissing()

let site: WorkerSite
let browser: Browser
let scene: RecordScene

beforeAll(async () => {
  if (missing !== undefined) return
  site = await startWorkerSite({ KEMPELEN_PAGE_RATE: '0' })
  browser = await launchBrowser()
  scene = await makeRecord(site)
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

const [phone, desk] = widths
const views = [
  [phone, false],
  [phone, true],
  [desk, false],
] as const

const windows = new Map<string, Promise<Page>>()

/** The window of a person in this width and these colours, the same one each time. */
function windowOf(who: 'worker' | 'fresh', width: number, dark: boolean): Promise<Page> {
  const key = `${who} ${width} ${dark}`
  const known = windows.get(key) ?? site.open(browser, scene[who], { width, dark })
  windows.set(key, known)
  return known
}

type Look = [
  name: string,
  who: 'worker' | 'fresh',
  path: (scene: RecordScene) => string,
  status: number,
  ...texts: string[],
]

const looks: Look[] = [
  [
    'the dashboard',
    'worker',
    () => '/dashboard',
    200,
    'Earnings per day',
    'HITs per day',
    'Thu, May 6, 2027',
  ],
  [
    'the dashboard of a new worker',
    'fresh',
    () => '/dashboard',
    200,
    '$0.00',
    'Nothing has been approved yet',
  ],
  [
    'a day with work in every state',
    'worker',
    ({ day }) => `/status_details/${day}`,
    200,
    ...['Very careful work.', 'The second line is missing.', 'pending review', 'payment pending', '$30.00'],
  ],
  [
    'a day of several pages',
    'worker',
    ({ busyDay }) => `/status_details/${busyDay}`,
    200,
    'Busy work 1',
    'Next',
  ],
  [
    'a page after the last',
    'worker',
    ({ day }) => `/status_details/${day}?page_number=9`,
    200,
    'no more HITs',
  ],
  [
    'a day without work',
    'worker',
    ({ quietDay }) => `/status_details/${quietDay}`,
    200,
    'You submitted no HITs on this day',
  ],
  [
    'a day without work in a state',
    'worker',
    ({ day }) => `/status_details/${day}?assignment_state=Paid`,
    200,
    'No HITs of this day are in this state',
  ],
  ['the history', 'worker', () => '/history', 200, '60 HITs found', 'Praised', '+ $1.50 bonus', 'More HITs'],
  ['an empty history', 'fresh', () => '/history', 200, 'You have not submitted any HITs yet'],
  ['a history without a match', 'worker', () => '/history?search=gold', 200, 'No HITs were found'],
  [
    'a history with days that are none',
    'worker',
    () => '/history?from=2027-02-29&to=soon&search=busy',
    422,
    'Write the day as year-month-day',
  ],
  ['the groups', 'worker', () => '/history/groups', 200, 'Praised', 'No HITs left', 'Open'],
  ['no groups', 'fresh', () => '/history/groups', 200, 'You have not worked on any group yet'],
]

describeUnless(missing, 'the record of a worker', () => {
  test.each(looks)(
    '%s can be read by everybody, on a phone and at a desk, light and dark [websites 1.8, 1.9]',
    async (...look) => {
      const [, who, path, status, ...texts] = look
      for (const [width, dark] of views) {
        const page = await windowOf(who, width, dark)
        const answer = await page.goto(site.address + path(scene))
        expect(answer?.status()).toBe(status)
        const text = await page.locator('main').innerText()
        for (const expected of texts) expect(text).toContain(expected)
        expect(await page.locator('h1').count()).toBe(1)
        expect({ width, dark, faults: await findFaults(page) }).toEqual({ width, dark, faults: [] })
      }
    },
  )

  const valuesOf = (page: Page, selector: string) =>
    page.locator(`${selector} tr > :nth-child(2)`).allInnerTexts()

  test('the dashboard has the elements in which tools look for figures [websites 1.8]', async () => {
    const page = await site.open(browser, scene.worker)
    await page.goto(`${site.address}/dashboard`)
    expect(await page.locator('#dashboard-available-earnings .amount').innerText()).toBe('$2.00')
    expect(await valuesOf(page, '#dashboard-hits-overview')).toEqual([
      ...['2', '66.7%', '57', '1', '33.3%'],
      // Returned and abandoned work follows those which tools know.
      ...['0', '0'],
    ])
    expect(await page.locator('#dashboard-hits-overview tr > .text-xs-right:nth-child(2)').count()).toBe(7)
    expect(await valuesOf(page, 'table#dashboard-earnings-to-date')).toEqual(['$0.50', '$1.50', '$2.00'])
    const periods = await page.locator('table#dashboard-total-earnings-by-period').innerText()
    for (const text of ['2027', 'Q2 2027', 'May 2027', '$2.00']) expect(periods).toContain(text)
    const days = page.locator('table.hits-statuses tr.daily_hit_statuses')
    expect(await days.count()).toBe(3)
    const cells = await days.first().locator('th, td').allInnerTexts()
    expect(cells.slice(1, 5)).toEqual(['4', '2', '1', '1'])
    expect(cells[5]).toContain('$2.00')
    expect(await days.first().locator('a').getAttribute('href')).toBe(`/status_details/${scene.day}`)
    await page.context().close()
  })

  test('each chart says in words what it shows, and has a column for each day', async () => {
    const page = await site.open(browser, scene.worker)
    await page.goto(`${site.address}/dashboard`)
    const charts = page.getByRole('img')
    expect(await charts.count()).toBe(2)
    expect(await charts.first().getAttribute('aria-label')).toContain(
      '$2.00 in all; the most is $2.00 on Thu, May 6, 2027.',
    )
    expect(await charts.nth(1).getAttribute('aria-label')).toContain(
      `60 in all; the most are ${busyCount} on Mon, May 3, 2027.`,
    )
    for (const i of [0, 1]) expect(await charts.nth(i).locator('g').count()).toBe(45)
    expect(await charts.first().locator('rect').count()).toBe(2)
    expect(await charts.nth(1).locator('g').last().locator('title').textContent()).toBe(
      'Thu, May 6, 2027: 2 approved, 1 pending, 1 rejected',
    )
    for (const bar of await charts.nth(1).locator('rect').all()) {
      expect((await bar.boundingBox())?.height).toBeGreaterThan(1)
    }
    await page.context().close()
  })

  test('a day has the island and the links of its rows [websites 1.9, 1.12]', async () => {
    const page = await site.open(browser, scene.worker)
    await page.goto(`${site.address}/status_details/${scene.day}`)
    const island = page.locator(
      '.hits-status-details-table-header + div [data-react-class*="HitStatusDetailsTable"]',
    )
    const { bodyData } = JSON.parse((await island.getAttribute('data-react-props')) ?? '') as {
      bodyData: Record<string, unknown>[]
    }
    expect(await page.locator('tr.table-row .requester-name-column').count()).toBe(4)
    expect(bodyData.map(({ state, reward }) => [state, reward])).toEqual([
      ['Submitted', 0.5],
      ['Approved', 0],
      ['Rejected', 0.5],
      ['Approved', 0.5],
    ])
    const refused = bodyData[2]!
    expect(refused).toEqual({
      assignment_id: scene.refused,
      hit_id: scene.refusedHIT,
      state: 'Rejected',
      title: 'Refused',
      requester_id: 'ADEMOREQUESTER',
      requester_name: 'Demo Laboratory',
      requester_feedback: 'The second line is missing.',
      reward: 0.5,
      contact_requester_url: expect.any(String) as string,
    })
    const contact = page.locator(`[data-assignment="${scene.refused}"] a.contact`)
    expect(await contact.getAttribute('href')).toBe(refused.contact_requester_url)
    expect(refused.contact_requester_url).toBe(
      '/contact_requester/assignment_messages/new' +
        `?assignment_message%5Bassignment_id%5D=${scene.refused}` +
        `&assignment_message%5Bsubject%5D=Regarding+Amazon+Mechanical+Turk+HIT+${scene.refusedHIT}` +
        `&completed_date=${scene.day}&hit_id=${scene.refusedHIT}&requester_id=ADEMOREQUESTER` +
        '&requester_name=Demo+Laboratory&title=Refused',
    )
    await page.context().close()
  })

  test('the pages of a day, and no island of pages where there is nothing [websites 1.9]', async () => {
    const page = await site.open(browser, scene.worker, { javaScript: false })
    const pages = page.locator('.pagination-holder [data-react-class*="Pagination"]')
    await page.goto(`${site.address}/status_details/${scene.busyDay}/?utf8=%E2%9C%93&JRPC=1`)
    expect(JSON.parse((await pages.getAttribute('data-react-props')) ?? '')).toEqual({
      currentPage: 1,
      lastPage: 3,
    })
    await page.getByRole('link', { name: 'Page 3' }).click()
    expect(await page.locator('tr.table-row').count()).toBe(busyCount - 40)
    await page.goto(`${site.address}/status_details/${scene.day}`)
    expect(JSON.parse((await pages.getAttribute('data-react-props')) ?? '')).toEqual({
      currentPage: 1,
      lastPage: 1,
    })
    await page.goto(`${site.address}/status_details/${scene.quietDay}`)
    expect(await pages.count()).toBe(0)
    await page.context().close()
  })

  test('only work in one state is shown when that is chosen, without JavaScript [websites 1.9]', async () => {
    const page = await site.open(browser, scene.worker, { javaScript: false, width: 360 })
    await page.goto(`${site.address}/status_details/${scene.day}`)
    await page.getByRole('navigation', { name: 'Show HITs by state' }).getByText('Rejected').click()
    expect(new URL(page.url()).search).toBe('?assignment_state=Rejected')
    expect(await page.locator('tr.table-row').count()).toBe(1)
    expect(await page.locator('main').innerText()).toContain('The second line is missing.')
    await page.context().close()
  })

  test('the history is searched by keyboard alone', async () => {
    const page = await site.open(browser, scene.worker)
    await page.goto(`${site.address}/history`)
    const reach = async (name: string) => {
      for (let i = 0; i < 40; i++) {
        await page.keyboard.press('Tab')
        const label = await page.evaluate(
          `document.activeElement?.labels?.[0]?.textContent ?? document.activeElement?.textContent ?? ''`,
        )
        if (label === name) return
      }
      throw new Error(`${name} cannot be reached`)
    }
    await reach('Title, requester, HIT ID or assignment ID')
    await page.keyboard.type('praised')
    await reach('State')
    await page.keyboard.type('App')
    await reach('Show')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'Show everything' }).waitFor()
    expect(await page.locator('tr.table-row th').allInnerTexts()).toEqual(['Praised'])
    expect(await page.getByLabel('Title, requester').inputValue()).toBe('praised')
    await page.context().close()
  })

  test('the history goes on page after page, and leads to days and back, without JavaScript', async () => {
    const page = await site.open(browser, scene.worker, { javaScript: false })
    await page.goto(`${site.address}/history?order=oldest`)
    expect(await page.locator('tr.table-row').count()).toBe(50)
    expect(await page.locator('tr.table-row th').first().innerText()).toBe('Busy work 0')
    await page.getByRole('link', { name: 'More HITs' }).click()
    expect(await page.locator('tr.table-row').count()).toBe(10)
    expect(await page.locator('tr.table-row th').last().innerText()).toBe('Waiting')
    await page.locator('tr.table-row td a').last().waitFor()
    await page.getByRole('link', { name: 'Back to the first page' }).click()
    expect(await page.locator('tr.table-row').count()).toBe(50)
    await page.context().close()
  })

  test('what was typed stays in a form that is refused', async () => {
    const page = await site.open(browser, scene.worker)
    await page.goto(`${site.address}/history?search=busy&from=soon&to=2027-05-04`)
    expect(await page.getByLabel('Submitted from').inputValue()).toBe('soon')
    expect(await page.getByLabel('Submitted from').getAttribute('aria-describedby')).toBe('from-error')
    expect(await page.getByLabel('Submitted until').inputValue()).toBe('2027-05-04')
    expect(await page.getByLabel('Title, requester').inputValue()).toBe('busy')
    await page.goto(`${site.address}/history?from=2027-05-04&to=2027-05-03`)
    expect(await page.locator('#to-error').innerText()).toBe('This day lies before the first one.')
    await page.context().close()
  })

  test('a group leads to its HITs, to what was done of it, and to its requester', async () => {
    const page = await site.open(browser, scene.worker)
    await page.goto(`${site.address}/history/groups`)
    const row = page.locator(`tr[data-group="${scene.groupId}"]`)
    expect((await row.locator('td').allInnerTexts()).slice(1, 6)).toEqual(['1', '1', '0', '$2.00', '$30.00'])
    expect(await row.getByRole('link', { name: 'Praised', exact: true }).getAttribute('href')).toBe(
      `/projects/${scene.groupId}/tasks`,
    )
    const contact = row.getByRole('link', { name: 'Contact Demo Laboratory about Praised' })
    expect(await contact.getAttribute('href')).toContain('/contact_requester/hit_type_messages/new?')
    await row.getByRole('link', { name: 'Show your HITs of Praised' }).click()
    expect(await page.locator('tr.table-row th').allInnerTexts()).toEqual(['Praised'])
    await page.context().close()
  })
})
