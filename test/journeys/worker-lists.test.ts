// The list of HIT groups, a requester's groups and the preview in a browser: in each of their states, on a phone and at
// a desk, light and dark, by keyboard alone and without scripts; and that workers' tools find what they look for.
import { CreateQualificationTypeCommand, CreateWorkerBlockCommand } from '@aws-sdk/client-mturk'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserMissing, launchBrowser } from '../support/browser.ts'
import { control } from '../support/server.ts'
import { describeUnless } from '../support/shared.ts'
import {
  findFaults,
  looks as everyLook,
  startWorkerSite,
  widths,
  type WorkerSite,
} from '../support/worker-site.ts'

const missing = await browserMissing()
const longWord = 'an-address-without-a-place-to-break/'.repeat(4)

interface Scene {
  worker: string
  suspended: string
  blocked: string
  /** A requester without HITs. */
  idle: string
  requester: string
  bird: string
  song: string
}

let site: WorkerSite
let browser: Browser
let scene: Scene

beforeAll(async () => {
  if (missing !== undefined) return
  site = await startWorkerSite()
  browser = await launchBrowser()
  scene = await makeScene(site)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

async function makeScene({ client, createHIT, createWorker, accept, submit, advance }: WorkerSite) {
  const [worker, suspended, blocked] = [await createWorker(), await createWorker(), await createWorker()]
  await control(site.address, `workers/${suspended}`, { suspended: true })
  await client.send(new CreateWorkerBlockCommand({ WorkerId: blocked, Reason: 'careless' }))
  const idle = await control(site.address, 'requesters', { name: 'Idle <Laboratory>' })
  const made = await client.send(
    new CreateQualificationTypeCommand({
      Name: 'Knows bird songs',
      Description: 'By ear.',
      QualificationTypeStatus: 'Active',
    }),
  )
  const many = { Reward: '0.01', Description: 'One of many.', Keywords: 'many' }
  for (let number = 1; number <= 25; number++) await createHIT({ Title: `Batch ${number}`, ...many })
  await advance(60)
  await createHIT({
    Title: `Long words and ${longWord}`.slice(0, 128),
    Description: longWord.repeat(3),
    Keywords: longWord,
    Reward: '1200.00',
  })
  const song = await createHIT({
    Title: 'Name the song',
    Reward: '2.00',
    QualificationRequirements: [
      {
        QualificationTypeId: made.QualificationType!.QualificationTypeId!,
        Comparator: 'GreaterThanOrEqualTo',
        IntegerValues: [80],
      },
    ],
  })
  const bird = await createHIT({ Title: 'Paid bird', Reward: '0.75' })
  for (const _ of [2, 3]) await createHIT({ Title: 'Paid bird', Reward: '0.75' })
  for (const seconds of [30, 90, 300]) {
    const { assignmentId } = await accept(await createWorker(), bird.HITId)
    await advance(seconds)
    await submit(assignmentId)
  }
  const { results } = (await listAsJSON(worker)) as { results: { requester_id: string }[] }
  return {
    ...{ worker, suspended, blocked, bird: bird.HITGroupId, song: song.HITGroupId },
    idle: String(idle.body.requesterId),
    requester: results[0]!.requester_id,
  }
}

async function listAsJSON(worker: string): Promise<unknown> {
  const page = await site.open(browser, worker)
  const answer = await page.goto(`${site.address}/?format=json`)
  const body: unknown = await answer?.json()
  await page.context().close()
  return body
}

const windows = new Map<string, Promise<Page>>()

/** The window of a worker of this kind, the same one each time. */
function windowOf(worker: string, width: number, dark: boolean): Promise<Page> {
  const key = `${worker} ${width} ${dark}`
  const known = windows.get(key) ?? site.open(browser, worker, { width, dark })
  windows.set(key, known)
  return known
}

const row = (page: Page, title: string) =>
  page.locator('.hit-set-table-row').filter({ has: page.getByRole('heading', { name: title, exact: true }) })

type Look = [name: string, who: keyof Scene, path: () => string, ...texts: string[]]

const looks: Look[] = [
  ['many groups', 'worker', () => '/', '1–20 of 3', 'Paid bird', '$0.75', 'Next'],
  ['the last page', 'worker', () => '/projects?page_number=2', 'Previous', 'groups of HITs'],
  [
    'one group, with its pay',
    'worker',
    () => '/projects?filters[search_term]=paid+bird',
    '1–1 of 1 groups of HITs',
    '$30.00 an hour',
    'typically 1 min 30 sec (3 HITs)',
    '“paid bird”',
  ],
  [
    'long texts, with their details',
    'worker',
    () => '/projects?filters[min_reward]=1000&expanded=true',
    '$1,200.00',
    'Hide all details',
    'None: everybody can work on these HITs.',
  ],
  [
    'what the worker lacks',
    'worker',
    () => '/projects?filters[search_term]=song&expanded=true',
    'Knows bird songs 80 or more',
    'You have: nothing',
    'Not met',
    'Qualify',
  ],
  [
    'every filter, and nothing found',
    'worker',
    () =>
      '/projects?filters[search_term]=zebra&filters[min_reward]=5&filters[qualified]=true&filters[masters]=true',
    'There are 0 groups of HITs to show',
    'No HITs are like that',
    'Remove all filters',
    '$5.00 or more',
  ],
  [
    'a page past the end',
    'worker',
    () => '/projects?page_number=99',
    '0–0 of 3',
    'The list has no such page',
  ],
  ['a requester', 'worker', () => `/requesters/${scene.requester}/projects`, 'Demo Laboratory', 'Paid bird'],
  [
    'a requester without HITs',
    'worker',
    () => `/requesters/${scene.idle}/projects`,
    'Idle <Laboratory>',
    'This requester has no HITs for you right now',
  ],
  ['a suspended worker', 'suspended', () => '/', 'Your account may not accept HITs at present.'],
  ['a blocked worker', 'blocked', () => '/', 'This requester has blocked you from accepting more HITs.'],
  [
    'a preview with its pay',
    'worker',
    () => `/projects/${scene.bird}/tasks`,
    'This is a preview.',
    '$30.00 an hour',
    'No work reviewed yet',
    'HITs left',
  ],
  [
    'a preview of what the worker lacks',
    'worker',
    () => `/projects/${scene.song}/tasks`,
    'you do not meet those Qualifications',
    'Qualify',
  ],
]

describeUnless(missing, 'the list of HITs', () => {
  test.each(looks)(
    '%s: readable on a phone and at a desk, light and dark [websites 1.3, 1.4; design 1]',
    async (...look) => {
      const [, who, path, ...texts] = look
      for (const { width, dark } of everyLook) {
        const page = await windowOf(scene[who], width, dark)
        expect((await page.goto(site.address + path()))?.status()).toBe(200)
        const text = await page.locator('body').innerText()
        for (const expected of texts) expect(text).toContain(expected)
        expect({ width, dark, faults: await findFaults(page) }).toEqual({ width, dark, faults: [] })
        expect(await page.locator('h1').count()).toBe(1)
      }
    },
  )

  test('that holds nothing at all says so [websites 1.3]', async () => {
    const empty = await startWorkerSite()
    await empty.advance(400 * 86_400)
    for (const width of widths) {
      const page = await empty.open(browser, await empty.createWorker(), { width })
      await page.goto(empty.address)
      await page.getByRole('heading', { name: 'There are no HITs for you right now' }).waitFor()
      expect(await findFaults(page)).toEqual([])
      await page.context().close()
    }
    await empty.stop()
  })

  test('of an unknown requester is a page that says so [websites 1.2]', async () => {
    const page = await site.open(browser, scene.worker)
    const answer = await page.goto(`${site.address}/requesters/A0NOBODY00000/projects`)
    expect(answer?.status()).toBe(404)
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
    await page.context().close()
  })

  test('is searched, narrowed and opened with the keyboard alone', async () => {
    const page = await site.open(browser, scene.worker)
    await page.goto(site.address)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.type('bird')
    await page.keyboard.press('Enter')
    await page.waitForURL(/search_term/)
    expect(await page.locator('.hit-set-table-row').count()).toBe(2)
    await page.getByRole('checkbox', { name: 'Only those I qualify for' }).focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('Enter')
    await page.waitForURL(/qualified/)
    expect(await page.locator('.hit-set-table-row').count()).toBe(1)
    await page.getByRole('link', { name: 'Remove the filter: “bird”' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => !url.search.includes('search_term'))
    await page.getByRole('link', { name: 'Remove the filter: I qualify' }).waitFor()
    const details = row(page, 'Paid bird').locator('summary')
    await details.focus()
    await page.keyboard.press('Enter')
    await row(page, 'Paid bird').getByText('Look at a picture and name the bird on it.').waitFor()
    await page.context().close()
  })

  test('shows and hides all details at once; a link does it without scripts', async () => {
    const page = await site.open(browser, scene.worker)
    await page.goto(site.address)
    const open = page.locator('details.group-details[open]')
    await page.locator('.expand-projects-button').click()
    await expect.poll(() => open.count()).toBe(20)
    await page.getByRole('link', { name: 'Hide all details' }).click()
    await expect.poll(() => open.count()).toBe(0)
    expect(new URL(page.url()).search).toBe('')
    await page.context().close()
    const still = await site.open(browser, scene.worker, { javaScript: false })
    await still.goto(site.address)
    await still.getByRole('link', { name: 'Show all details' }).click()
    expect(await still.locator('details.group-details[open]').count()).toBe(20)
    await still.context().close()
  })

  test('is narrowed, ordered and paged without scripts, and keeps what was chosen [design 1]', async () => {
    const page = await site.open(browser, scene.worker, { javaScript: false, width: 360 })
    await page.goto(site.address)
    await page.getByText('Filters and order').click()
    await page.getByRole('searchbox', { name: 'Search' }).fill('batch')
    await page.getByLabel('Order').selectOption('Lowest reward first')
    await page.getByLabel('Per page').selectOption('10')
    await page.getByRole('button', { name: 'Show HITs' }).click()
    await page.getByText('1–10 of 25 groups of HITs').waitFor()
    await page.getByRole('link', { name: 'Page 3' }).click()
    await page.getByText('21–25 of 25 groups of HITs').waitFor()
    expect(await page.getByRole('searchbox', { name: 'Search' }).inputValue()).toBe('batch')
    expect(await page.getByLabel('Order').inputValue()).toBe('reward_asc')
    await page.getByRole('link', { name: 'Remove the filter: “batch”' }).click()
    await page.getByText(/^1–10 of \d+ groups of HITs$/).waitFor()
    await page.context().close()
  })

  test('leads to what the worker lacks, and back [websites 1.3]', async () => {
    const page = await site.open(browser, scene.worker)
    await page.goto(`${site.address}/projects?filters[search_term]=song`)
    const href = await page.getByRole('link', { name: 'Qualify: Name the song' }).getAttribute('href')
    expect(href).toMatch(/^\/qualifications\/\w+\/request\?return_to=%2Fprojects%3Ffilters/)
    expect(
      await row(page, 'Name the song')
        .getByRole('button', { name: /Accept/ })
        .count(),
    ).toBe(0)
    await page.context().close()
  })

  test('opens a HIT in a new tab, and that tab accepts it [websites 1.5]', async () => {
    const page = await site.open(browser, await site.createWorker())
    await page.goto(`${site.address}/projects?filters[search_term]=paid`)
    const link = page.getByRole('link', { name: 'Accept & Work in a New tab: Paid bird' })
    const [tab] = await Promise.all([page.context().waitForEvent('page'), link.click()])
    await tab.waitForURL(/assignment_id=/)
    await page.context().close()
  })
})

describeUnless(missing, 'a preview', () => {
  test('is skipped to another HIT of the group, and accepted [websites 1.4]', async () => {
    const page = await site.open(browser, await site.createWorker(), { javaScript: false })
    await page.goto(`${site.address}/projects/${scene.bird}/tasks`)
    const first = await page.locator('iframe').getAttribute('src')
    expect(first).toMatch(/\?assignmentId=ASSIGNMENT_ID_NOT_AVAILABLE&hitId=\w+$/)
    await page.getByRole('link', { name: 'Skip', exact: true }).click()
    await page.waitForURL(/skip=/)
    expect(await page.locator('iframe').getAttribute('src')).not.toBe(first)
    await page.getByRole('button', { name: 'Accept & Work' }).click()
    await page.waitForURL(/assignment_id=/)
    await page.context().close()
  })
})

describeUnless(missing, 'what tools look for in the pages', () => {
  const props = (name: string) =>
    `JSON.parse(document.querySelector('[data-react-class*="${name}"]').dataset.reactProps)`

  test('stands in the list [websites 1.3]', async () => {
    const page = await site.open(browser, scene.worker)
    for (const path of ['/', '/projects', `/requesters/${scene.requester}/projects`]) {
      await page.goto(`${site.address}${path}?page_size=10&filters[search_term]=batch`)
      const found = (await page.evaluate(`({
        table: ${props('reactComponents/hitSetTable/HitSetTable')},
        pages: ${props('common/Pagination')},
        worker: ${props('common/CopyText')},
        inBar: document.querySelectorAll('.me-bar [data-react-class*=CopyText]').length,
        rows: document.querySelectorAll('.table-row').length,
        titles: [...document.querySelectorAll('ol.hit-set-table .hit-set-table-row .project-name-column')].map((e) => e.textContent),
        requesters: document.querySelectorAll('.desktop-row.p-b-md .requester-column a[href^="/requesters/"]').length,
        accepts: [...document.querySelectorAll('a.work-btn.hidden-sm-down')].map((a) => a.getAttribute('href')),
        total: document.querySelector('.result-count-info').textContent.trim().split(' ')[2],
        sibling: document.querySelectorAll('.projects-info-header ~ div [data-react-class*=HitSetTable]').length,
        second: document.querySelectorAll('.row.m-b-md div')[1].dataset.reactClass,
        others: ['.projects-controls', '#MainContent', 'footer', '.navbar-content .navbar-nav', '.expand-projects-button',
          '.pagination-holder .pagination', 'h1.m-b-md'].filter((s) => document.querySelector(s) === null),
        token: document.querySelector('meta[name=csrf-token]').content === document.querySelector('[name=authenticity_token]').value,
      })`)) as Found
      const titles = found.table.bodyData.map(({ title }) => title)
      expect({ ...found, table: Object.keys(found.table), titles }).toEqual({
        table: ['bodyData', 'tableConfig', 'baseUrl'],
        titles: found.titles,
        pages: { currentPage: 1, lastPage: 3 },
        worker: { textToCopy: scene.worker },
        inBar: 1,
        rows: 10,
        requesters: 10,
        accepts: found.table.bodyData.map(({ accept_project_task_url }) => accept_project_task_url),
        total: '25',
        sibling: 1,
        second: "require('reactComponents/hitSetTable/HitSetTable')['default']",
        others: [],
        token: true,
      })
    }
    await page.context().close()
  })

  test('stands in banners [websites 1.3]', async () => {
    const page = await site.open(browser, scene.worker)
    await page.goto(`${site.address}/projects?notice=NoMoreHITs`)
    const found = await page.evaluate(`({
      alert: ${props('alert/Alert')},
      heading: document.querySelector('[data-react-class*="alert/Alert"] .mturk-alert-danger .mturk-alert-content h3').textContent,
    })`)
    expect(found).toEqual({
      alert: {
        header: 'There are no more of these HITs available.',
        message: 'Choose other HITs below.',
        type: 'danger',
        renderMessageAsHTML: false,
      },
      heading: 'There are no more of these HITs available.',
    })
    await page.context().close()
  })
})

interface Found {
  table: { bodyData: { title: string; accept_project_task_url: string }[] }
  titles: string[]
}
