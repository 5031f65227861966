// What workers mark, save and are told of, in a real browser: hearts, favourites, saved searches and their alerts, on a
// phone and at a desk, light and dark, by keyboard and without JavaScript.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserMissing, launchBrowser } from '../support/browser.ts'
import { control } from '../support/server.ts'
import { describeUnless } from '../support/shared.ts'
import { findFaults, startWorkerSite, widths, type WorkerSite } from '../support/worker-site.ts'

const missing = await browserMissing()

let site: WorkerSite
let browser: Browser

beforeAll(async () => {
  if (missing !== undefined) return
  site = await startWorkerSite({ KEMPELEN_PAGE_RATE: '0' })
  browser = await launchBrowser()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

const [phone, desk] = widths

/** The mail that a worker was sent about new groups, newest first. */
async function alertsTo(workerId: string): Promise<{ subject: string; text: string }[]> {
  const { body } = await control(site.address, `mail?workerId=${workerId}`)
  return (body as unknown as { kind: string; subject: string; text: string }[]).filter(
    ({ kind }) => kind === 'alert',
  )
}

const heart = (page: Page, name: string) =>
  page.getByRole('button', { name: `Favourite: ${name}`, exact: true })

/** Leaves a saved search behind whose alerts are on. */
async function saveSearch(page: Page, words: string, name: string): Promise<void> {
  await page.goto(`${site.address}/projects?filters[search_term]=${encodeURIComponent(words)}`)
  await page.getByRole('link', { name: 'Save this search' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Send me mail about new groups that match').check()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  expect(new URL(page.url()).pathname).toBe('/searches')
}

describeUnless(missing, 'what workers keep [websites 1.3]', () => {
  test.each([true, false])(
    'hearts mark and lead back to where they stood; with JavaScript: %s',
    async (javaScript) => {
      const title = `Name the gull ${javaScript}`
      const group = await site.createHIT({ Title: title })
      const worker = await site.createWorker()
      const page = await site.open(browser, worker, { javaScript })
      const list = `${site.address}/projects?filters%5Bsearch_term%5D=gull&sort=reward_desc`
      await page.goto(list)
      await expectPressed(page, title, 'false')
      await heart(page, title).click()
      expect(page.url()).toBe(`${list}#group-${group.HITGroupId}`)
      await expectPressed(page, title, 'true')
      const requester = page.locator('.requester-column .favourite').first()
      await requester.click()
      expect(await requester.getAttribute('aria-pressed')).toBe('true')
      // The list can be narrowed to them, and says so.
      await page.goto(`${site.address}/projects?filters[favourites]=true`)
      expect(await page.getByRole('link', { name: 'Remove the filter: Favourites' }).count()).toBe(1)
      await page.goto(`${site.address}/favourites`)
      expect(await page.locator(`[data-group="${group.HITGroupId}"]`).innerText()).toContain('1 HIT left')
      expect(await page.locator('[data-requester] .open-groups a').count()).toBeGreaterThan(0)
      await heart(page, title).click()
      expect(new URL(page.url()).pathname).toBe('/favourites')
      expect(await page.getByText('You have marked no group of HITs').count()).toBe(1)
      await page.context().close()
    },
  )

  test('a favourite group that is closed stays, and a requester’s page can be marked', async () => {
    const { HITId, HITGroupId } = await site.createHIT({
      Title: 'Short lived',
      LifetimeInSeconds: 60,
      MaxAssignments: 1,
    })
    expect(HITId).not.toBe('')
    const page = await site.open(browser, await site.createWorker())
    await page.goto(`${site.address}/projects`)
    await heart(page, 'Short lived').click()
    await site.advance(61)
    await page.goto(`${site.address}/favourites`)
    const row = page.locator(`[data-group="${HITGroupId}"]`)
    expect(await row.innerText()).toMatch(/Short lived[\s\S]*No HITs left/)
    expect(await row.getByRole('link', { name: 'Short lived' }).count()).toBe(0)
    await page.context().close()
  })

  test('hearts on the list of groups that he worked on', async () => {
    const hit = await site.createHIT({ Title: 'Worked on' })
    const worker = await site.createWorker()
    await site.submit((await site.accept(worker, hit.HITId)).assignmentId)
    const page = await site.open(browser, worker)
    await page.goto(`${site.address}/history/groups`)
    await heart(page, 'Worked on').click()
    expect(new URL(page.url()).pathname).toBe('/history/groups')
    await expectPressed(page, 'Worked on', 'true')
    expect(await findFaults(page)).toEqual([])
    await page.context().close()
  })

  test('a search is saved, opened, renamed and deleted by keyboard; a refused name is not lost', async () => {
    const page = await site.open(browser, await site.createWorker({ email: 'kept@example.org' }))
    await saveSearch(page, 'wren', 'Small birds')
    await saveSearch(page, 'owl', 'Owls')
    await page.getByRole('link', { name: 'Small birds' }).click()
    expect(new URL(page.url()).searchParams.get('filters[search_term]')).toBe('wren')
    // A name that he has already comes back with what is wrong.
    await page.getByRole('link', { name: 'Save this search' }).press('Enter')
    await page.waitForURL(/searches\/new/)
    await page.getByLabel('Name').fill('Owls')
    await page.getByLabel('Name').press('Enter')
    await page.getByText('You have a search of this name already.').waitFor()
    expect(await page.getByLabel('Name').inputValue()).toBe('Owls')
    expect(await findFaults(page)).toEqual([])
    await page.goto(`${site.address}/searches`)
    await page.locator('summary', { hasText: 'Rename' }).first().press('Enter')
    await page.getByLabel('New name of Owls').fill('Small birds')
    await page.keyboard.press('Enter')
    await page.getByText('You have a search of this name already.').waitFor()
    expect(await page.getByLabel('New name of Owls').inputValue()).toBe('Small birds')
    expect(await findFaults(page)).toEqual([])
    await page.getByLabel('New name of Owls').fill('  Night birds ')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'Night birds' }).waitFor()
    await page.getByRole('button', { name: 'Delete: Night birds' }).press('Enter')
    await page.getByText('The search is deleted').waitFor()
    expect(await page.getByRole('link', { name: 'Night birds' }).count()).toBe(0)
    expect(await page.getByRole('link', { name: 'Small birds' }).count()).toBe(1)
    await page.context().close()
  })

  test('an alert comes by mail, once an hour, and ends without signing in', async () => {
    const worker = await site.createWorker({ email: 'alerts@example.org' })
    const page = await site.open(browser, worker)
    await saveSearch(page, 'heron', 'Herons')
    await site.advance(300)
    expect(await alertsTo(worker)).toEqual([])
    const first = await site.createHIT({ Title: 'Count the heron' })
    await site.createHIT({ Title: 'Count the stork' })
    await site.advance(300)
    const [mail, ...others] = await alertsTo(worker)
    expect(others).toEqual([])
    expect(mail?.text).toContain(`Count the heron\n$0.50, by`)
    expect(mail?.text).toContain(`${site.address}/projects/${first.HITGroupId}/tasks`)
    expect(mail?.text).not.toContain('stork')
    await site.createHIT({ Title: 'Another heron' })
    await site.advance(3500)
    expect(await alertsTo(worker)).toHaveLength(1)
    await site.advance(100)
    expect((await alertsTo(worker))[0]?.text).toContain('Another heron')
    await page.context().close()

    const stranger = await site.open(browser)
    await stranger.goto(/\S+\/alerts\/off\/\S+/.exec(mail?.text ?? '')?.[0] ?? '')
    expect(await findFaults(stranger)).toEqual([])
    await site.createHIT({ Title: 'A third heron' })
    await site.advance(3600)
    // Looking at the page changed nothing.
    expect(await alertsTo(worker)).toHaveLength(3)
    await stranger.getByRole('button', { name: 'End this mail' }).click()
    expect(await stranger.getByRole('heading', { level: 1 }).innerText()).toBe(
      'You get no more mail about new HITs',
    )
    expect(await findFaults(stranger)).toEqual([])
    await site.createHIT({ Title: 'A fourth heron' })
    await site.advance(7200)
    expect(await alertsTo(worker)).toHaveLength(3)
    const forged = await stranger.goto(`${site.address}/alerts/off/${worker}/AAAA`)
    expect(forged?.status()).toBe(403)
    await stranger.context().close()
  })

  test('who has no address is told so, and can switch nothing on', async () => {
    const page = await site.open(browser, await site.createWorker())
    await page.goto(`${site.address}/searches/new?filters[search_term]=tern`)
    expect(await page.getByText('For alerts, give your account an e-mail address.').count()).toBe(1)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    expect(await page.getByRole('link', { name: 'tern', exact: true }).count()).toBe(1)
    expect(await page.getByRole('button', { name: /Switch on/ }).count()).toBe(0)
    await page.context().close()
  })

  test.each([
    [phone, false],
    [phone, true],
    [desk, false],
    [desk, true],
  ] as const)('every page is free of faults, %i pixels wide, dark: %s', async (width, dark) => {
    const worker = await site.createWorker({ email: `look-${width}-${dark}@example.org` })
    await site.createHIT({ Title: 'Describe what the kestrel in this picture does', Reward: '1.25' })
    const page = await site.open(browser, worker, { width, dark })
    for (const empty of ['favourites', 'searches', 'searches/new']) {
      await page.goto(`${site.address}/${empty}`)
      expect(await page.locator('h1').count(), empty).toBe(1)
      expect(await findFaults(page), empty).toEqual([])
    }
    await page.goto(`${site.address}/projects?filters[search_term]=kestrel`)
    await page.locator('.project-name-column + .favourite').first().click()
    await page.locator('.requester-column .favourite').first().click()
    await saveSearch(page, 'kestrel', 'Everything about kestrels')
    const marked = ['favourites', 'searches', 'searches/new?filters[search_term]=owl', 'projects']
    for (const path of [...marked, 'projects?filters[favourites]=true']) {
      await page.goto(`${site.address}/${path}`)
      expect(await findFaults(page), path).toEqual([])
    }
    await page.context().close()
  })
})

async function expectPressed(page: Page, name: string, pressed: 'true' | 'false'): Promise<void> {
  expect(await heart(page, name).getAttribute('aria-pressed')).toBe(pressed)
}
