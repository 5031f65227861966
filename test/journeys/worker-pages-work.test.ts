// A worker's way through a HIT in a browser: with the keyboard alone, without scripts, when things go wrong; and that
// nothing he typed is lost.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserMissing, launchBrowser } from '../support/browser.ts'
import { control } from '../support/server.ts'
import { describeUnless } from '../support/shared.ts'
import { findFaults, questionForm, startWorkerSite, type WorkerSite } from '../support/worker-site.ts'

const missing = await browserMissing()

const wordForm = questionForm(`<Question><QuestionIdentifier>word</QuestionIdentifier>
<DisplayName>Your word</DisplayName><IsRequired>true</IsRequired><QuestionContent><Text>Write a word.</Text></QuestionContent>
<AnswerSpecification><FreeTextAnswer><NumberOfLinesSuggestion>1</NumberOfLinesSuggestion></FreeTextAnswer></AnswerSpecification></Question>`)

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

/** Presses Tab until something of this name has the focus, wherever on the page or in the task it is. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab')
    for (const frame of page.frames()) {
      const focused = (await frame.evaluate(
        `(() => { const e = document.activeElement; return (e.getAttribute('aria-label') || e.labels?.[0]?.textContent || e.textContent || '').trim() })()`,
      )) as string
      if (name.test(focused) && focused.length < 200) return
    }
  }
  throw new Error(`the keyboard does not reach ${name}`)
}

/** A new worker with an accepted HIT, and a window that shows its work page. */
async function atWork(changes: Parameters<WorkerSite['createHIT']>[0] = {}) {
  const hit = await site.createHIT(changes)
  const worker = await site.createWorker()
  const accepted = await site.accept(worker, hit.HITId)
  const page = await site.open(browser, worker)
  const path = `/projects/${hit.HITGroupId}/tasks/${hit.HITId}?assignment_id=${accepted.assignmentId}`
  await page.goto(site.address + path)
  return { ...accepted, hit, worker, page, path, task: page.frameLocator('iframe') }
}

describeUnless(missing, 'work on a HIT', () => {
  test('is found, accepted, filled in and sent with the keyboard alone [websites 1.3-1.6]', async () => {
    const hit = await site.createHIT({ Title: 'Keyboard' })
    const worker = await site.createWorker()
    const page = await site.open(browser, worker)
    await page.goto(`${site.address}/projects`)
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('Skip to the content')
    await page.keyboard.press('Enter')
    await tabTo(page, /^Accept & Work: Keyboard$/)
    await page.keyboard.press('Enter')
    await page.waitForURL(/assignment_id=/)
    await page.frameLocator('iframe').getByLabel('Which bird is it?').waitFor()
    await tabTo(page, /^Which bird is it\?$/)
    await page.keyboard.type('Wren')
    await tabTo(page, /^Send$/)
    await page.keyboard.press('Enter')
    await page.getByRole('status').getByText('HIT Submitted').waitFor()
    const groups = await control(site.address, `workers/${worker}`)
    expect(groups.body.submitted).toBe(1)
    expect(new URL(page.url()).pathname).toBe('/projects')
    expect(hit.HITGroupId).toBeTruthy()
    await page.context().close()
  })

  test('is done without scripts from the sign-in to the end [questions 5.3; websites 1.6]', async () => {
    await site.createHIT({ Title: 'No scripts', Question: wordForm })
    const worker = await site.createWorker({ email: 'still@example.com', password: 'a quiet password' })
    const page = await site.open(browser, undefined, { javaScript: false })
    await page.goto(`${site.address}/ap/signin`)
    await page.getByLabel('E-mail').fill('still@example.com')
    await page.getByLabel('Password').fill('a quiet password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: 'Accept & Work: No scripts' }).click()
    await page.locator('noscript p').waitFor({ state: 'visible' })
    await page.getByLabel('Your word').fill('stone')
    await page.getByRole('button', { name: 'Submit' }).click()
    await page.getByRole('status').getByText('HIT Submitted').waitFor()
    expect(new URL(page.url()).pathname).toBe('/projects')
    expect((await control(site.address, `workers/${worker}`)).body.submitted).toBe(1)
    await page.context().close()
  })

  test('arrives although its worker was signed out meanwhile, and he is told after signing in [design 5]', async () => {
    const { page, task, assignmentId, worker } = await atWork()
    await task.getByLabel('Which bird is it?').fill('Robin')
    await page.context().clearCookies()
    await task.getByRole('button', { name: 'Send' }).click()
    await page.waitForURL(/\/ap\/signin\?openid\.return_to=/)
    expect(await site.stateOf(assignmentId)).toBe('Submitted')
    const back = new URL(page.url()).searchParams.get('openid.return_to') ?? ''
    await page.goto(await site.signInLink(worker))
    await page.goto(site.address + back)
    await page.getByRole('status').getByText('HIT Submitted').waitFor()
    await page.context().close()
  })

  test('is taken once when the button is pressed twice [design 5]', async () => {
    const { page, task, assignmentId } = await atWork()
    await task.getByLabel('Which bird is it?').fill('Robin')
    await task.getByRole('button', { name: 'Send' }).dblclick()
    await page.getByRole('status').getByText('HIT Submitted').waitFor()
    expect(await site.stateOf(assignmentId)).toBe('Submitted')
    await page.context().close()
  })

  test('that comes too late is shown once more, so that nothing typed is lost [questions 5.4]', async () => {
    const { page, task, assignmentId } = await atWork()
    await task.getByLabel('Which bird is it?').fill('A <b>bird</b> & more')
    await site.advance(601)
    await task.getByRole('button', { name: 'Send' }).click()
    await task.getByText('The time for this HIT is over, so answers are not taken any more.').waitFor()
    await task.getByText('A <b>bird</b> & more').waitFor()
    expect(await site.stateOf(assignmentId)).toBe('abandoned')
    const [queue] = await Promise.all([
      page.context().waitForEvent('page'),
      task.getByRole('link', { name: 'Your HITs queue' }).click(),
    ])
    await queue.getByRole('heading', { name: 'HITs Queue (0)' }).waitFor()
    await page.context().close()
  })

  test('whose time runs out while its page is open says so [websites 1.6]', async () => {
    const { page, path } = await atWork({ AssignmentDurationInSeconds: 30 })
    await site.advance(29)
    await page.goto(site.address + path)
    const alert = page.getByRole('alert')
    await alert.getByText('The time for this HIT is over').waitFor()
    expect(await findFaults(page)).toEqual([])
    await site.advance(2)
    await page.goto(site.address + path)
    await page.getByText('This HIT is no longer in your HITs queue').waitFor()
    await page.context().close()
  })

  test('of several days counts down in days [websites 1.6]', async () => {
    const { page } = await atWork({ AssignmentDurationInSeconds: 3 * 86_400 + 3600 })
    await expect
      .poll(() => page.locator('#countdown').innerText(), { timeout: 10_000 })
      .toMatch(/^3 days, 00:59:5\d$/)
    await page.context().close()
  })

  test('tells a screen reader how much time is left, at a few moments only', async () => {
    const { page, path } = await atWork({ AssignmentDurationInSeconds: 61 })
    await page.goto(site.address + path)
    const news = page.locator('#countdown-news')
    await expect.poll(() => news.textContent(), { timeout: 10_000 }).toBe('60 seconds left')
    await page.context().close()
  })

  test('is given back, and cannot be given back twice [websites 1.6]', async () => {
    const { page, path, assignmentId } = await atWork()
    const second = await page.context().newPage()
    await second.goto(site.address + path)
    await page.getByRole('button', { name: 'Return' }).first().click()
    await page.getByRole('status').getByText('HIT returned').waitFor()
    expect(new URL(page.url()).pathname).toBe('/tasks')
    expect(await site.stateOf(assignmentId)).toBe('returned')
    await second.getByRole('button', { name: 'Return' }).first().click()
    await second.getByText('This HIT cannot be returned').waitFor()
    await page.context().close()
  })

  test('from the queue leads back to the queue [websites 1.6, 1.7]', async () => {
    const { page, task } = await atWork()
    await page.goto(`${site.address}/tasks`)
    await page.getByRole('link', { name: 'Work: Name the bird' }).click()
    await task.getByLabel('Which bird is it?').fill('Robin')
    await task.getByRole('button', { name: 'Send' }).click()
    await page.getByRole('status').getByText('HIT Submitted').waitFor()
    expect(new URL(page.url()).pathname).toBe('/tasks')
    await page.context().close()
  })

  test('of another worker is not shown [websites 1.6]', async () => {
    const { path } = await atWork()
    const stranger = await site.open(browser, await site.createWorker())
    await stranger.goto(site.address + path)
    await stranger.getByText('This HIT is no longer in your HITs queue').waitFor()
    await stranger.context().close()
  })
})

describeUnless(missing, 'accepting', () => {
  const refusals: [string, string, (worker: string) => Promise<string>][] = [
    [
      'when nothing is left',
      'There are no more of these HITs available.',
      async () => {
        const hit = await site.createHIT({ Title: 'Only one', MaxAssignments: 1 })
        await site.accept(await site.createWorker(), hit.HITId)
        return hit.HITGroupId
      },
    ],
    [
      'when the worker has had the only one',
      'There are no more of these HITs available.',
      async (worker) => {
        const hit = await site.createHIT({ Title: 'Mine already' })
        await site.submit((await site.accept(worker, hit.HITId)).assignmentId)
        return hit.HITGroupId
      },
    ],
    [
      'when 25 are held',
      'You have accepted the maximum number of HITs allowed at one time.',
      async (worker) => {
        for (let held = 0; held < 25; held++) await site.accept(worker, (await site.createHIT()).HITId)
        return (await site.createHIT()).HITGroupId
      },
    ],
    [
      'when the account is suspended',
      'Restrictions on your account prevent you from working on HITs.',
      async (worker) => {
        await control(site.address, `workers/${worker}`, { suspended: true })
        return (await site.createHIT()).HITGroupId
      },
    ],
    ['when the address means nothing', 'The address is not valid.', () => Promise.resolve('3NOSUCHGROUP')],
  ]

  test.each(refusals)(
    '%s is refused in words, as a page and as JSON [websites 1.5]',
    async (_, text, prepare) => {
      const worker = await site.createWorker()
      const group = await prepare(worker)
      const page = await site.open(browser, worker)
      await page.goto(`${site.address}/projects/${group}/tasks/accept_random?ref=w_pl_prvw`)
      await page.getByRole('alert').getByRole('heading', { name: text }).waitFor()
      const json = await page.goto(`${site.address}/projects/${group}/tasks/accept_random?format=json`)
      expect(json?.status()).toBe(422)
      expect(await json?.json()).toEqual({ message: text })
      await page.context().close()
    },
  )

  test('carries ref and auto_accept to the work page [websites 1.5]', async () => {
    const hit = await site.createHIT({ Title: 'Carried' })
    const page = await site.open(browser, await site.createWorker())
    const path = `/projects/${hit.HITGroupId}/tasks/accept_random?ref=w_pl_prvw&auto_accept=true&format=json`
    const answer = await page.goto(site.address + path)
    expect(answer?.status()).toBe(200)
    const url = new URL(page.url())
    expect(url.pathname).toBe(`/projects/${hit.HITGroupId}/tasks/${hit.HITId}`)
    expect([...url.searchParams.keys()]).toEqual(['assignment_id', 'ref', 'auto_accept'])
    await page.context().close()
  })
})
