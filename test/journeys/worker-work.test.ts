// The work page in a browser: the time and its warnings, the question before work is lost, auto-accept with and without
// scripts, and what a task can and cannot make the page do.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { warningMarks } from '../../src/web/worker/work/work-parts.tsx'
import { browserMissing, launchBrowser } from '../support/browser.ts'
import { control } from '../support/server.ts'
import { describeUnless } from '../support/shared.ts'
import {
  birdPage,
  findFaults,
  looks,
  htmlQuestion,
  questionForm,
  startWorkerSite,
  type WindowOptions,
  type WorkerSite,
} from '../support/worker-site.ts'

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

interface AtWork {
  hit?: Parameters<WorkerSite['createHIT']>[0]
  window?: WindowOptions
  /** What is written behind the address. */
  query?: string
  /** HITs of the group. */
  hits?: number
  /** The browser's time stands still but for what the test lets pass. */
  fakeTime?: boolean
}

let groups = 0

/** A new worker with an accepted HIT of a group of its own, and a window that shows its work page. */
async function atWork({ hit: changes, window, query = '', hits = 1, fakeTime }: AtWork = {}) {
  const Title = `Birds ${(groups += 1)}`
  const made = []
  for (let i = 0; i < hits; i++) made.push(await site.createHIT({ Title, MaxAssignments: 1, ...changes }))
  const [hit] = made
  const worker = await site.createWorker()
  const accepted = await site.accept(worker, hit!.HITId)
  const page = await site.open(browser, worker, window)
  if (fakeTime) await page.clock.install()
  const path = `/projects/${hit!.HITGroupId}/tasks/${hit!.HITId}?assignment_id=${accepted.assignmentId}${query}`
  await page.goto(site.address + path)
  return { ...accepted, hit: hit!, worker, page, path, task: page.frameLocator('iframe') }
}

async function sendBird(page: Page, species = 'Robin'): Promise<void> {
  const task = page.frameLocator('iframe')
  await task.getByLabel('Which bird is it?').fill(species)
  await task.getByRole('button', { name: 'Send' }).click()
}

const countOf = async (worker: string, what: string) =>
  (await control(site.address, `workers/${worker}`)).body[what]

test.each([
  [3600, [300, 60]],
  [600, [300, 60]],
  [599, [60]],
  [120, [60]],
  [119, [12]],
  [30, [3]],
])('of %i seconds, warnings come at %j [issue: a warning before work is lost]', (duration, marks) => {
  expect(warningMarks(duration)).toEqual(marks)
})

describeUnless(missing, 'the time of a HIT', () => {
  test('is counted down, with warnings at five minutes and at one, and nothing moves [websites 1.6]', async () => {
    const { page } = await atWork({ hit: { AssignmentDurationInSeconds: 1200 }, fakeTime: true })
    const warning = page.locator('#time-warning')
    const news = page.locator('#countdown-news')
    const place = () => page.locator('iframe').boundingBox()
    const before = await place()
    expect(await page.locator('#countdown').innerText()).toMatch(/^(20:00|19:5\d)$/)
    expect(await warning.isVisible()).toBe(false)
    await page.clock.runFor('15:02')
    await warning.getByText('Less than 5 minutes left.').waitFor()
    expect(await news.textContent()).toContain('Less than 5 minutes left.')
    expect(await place()).toEqual(before)
    await page.clock.runFor('04:00')
    await warning.getByText('Less than 60 seconds left.').waitFor()
    expect(await news.textContent()).toContain('Less than 60 seconds left.')
    expect(await place()).toEqual(before)
    await page.clock.runFor('01:00')
    await page.getByRole('alert').getByText('The time for this HIT is over').waitFor()
    expect(await page.locator('#countdown').innerText()).toBe('00:00')
    expect(await warning.isVisible()).toBe(false)
    expect(await place()).toEqual(before)
    await page.context().close()
  })

  test('stands in the title of the tab while another one is looked at', async () => {
    const { page } = await atWork({ fakeTime: true })
    const title = await page.title()
    await page.evaluate(`Object.defineProperty(document, 'hidden', { configurable: true, get: () => true })
      document.dispatchEvent(new Event('visibilitychange'))`)
    expect(await page.title()).toMatch(/^(10:00|09:5\d) - Birds/)
    await page.clock.runFor('01:00')
    expect(await page.title()).toMatch(/^0[89]:\d\d - Birds/)
    await page.evaluate(`Object.defineProperty(document, 'hidden', { configurable: true, get: () => false })
      document.dispatchEvent(new Event('visibilitychange'))`)
    expect(await page.title()).toBe(title)
    await page.context().close()
  })

  test('is right after the machine has slept', async () => {
    const { page } = await atWork({ fakeTime: true })
    // The steady clock of a browser may stop while the machine sleeps.
    await page.evaluate(`performance.now = () => 0`)
    await page.clock.fastForward('09:30')
    await page.locator('#time-warning').getByText('Less than 60 seconds left.').waitFor()
    expect(await page.locator('#countdown').innerText()).toMatch(/^00:(30|2\d)$/)
    await page.context().close()
  })

  test('is warned of by the server where scripts do not run', async () => {
    const { page, path } = await atWork({ window: { javaScript: false } })
    expect(await page.locator('#time-warning').isVisible()).toBe(false)
    await page.getByText('When the time is over, answers cannot be sent any more.').waitFor()
    await site.advance(550)
    await page.goto(site.address + path)
    await page.locator('#time-warning').getByText('Less than 1 minute left.').waitFor()
    await page.context().close()
  })
})

describeUnless(missing, 'work that would be lost', () => {
  /** Answers the browser's next question; resolves to its kind. */
  function answerQuestion(page: Page, leave: boolean): Promise<string> {
    return new Promise((resolve, reject) => {
      page.once('dialog', (dialog) => {
        const kind = dialog.type()
        ;(leave ? dialog.accept() : dialog.dismiss()).then(() => resolve(kind), reject)
      })
    })
  }

  test('in the frame: leaving asks, and staying keeps what was typed', async () => {
    const { page, task } = await atWork()
    await task.getByLabel('Which bird is it?').click()
    await page.keyboard.type('Ro')
    const asked = answerQuestion(page, false)
    await page.getByRole('link', { name: 'Dashboard' }).click({ noWaitAfter: true })
    expect(await asked).toBe('beforeunload')
    expect(await task.getByLabel('Which bird is it?').inputValue()).toBe('Ro')
    const askedAgain = answerQuestion(page, true)
    await page.getByRole('link', { name: 'Dashboard' }).click()
    expect(await askedAgain).toBe('beforeunload')
    await page.waitForURL(/\/dashboard$/)
    await page.context().close()
  })

  test('in a form of ours: leaving asks as well', async () => {
    const { page } = await atWork({ hit: { Question: wordForm } })
    await page.getByLabel('Your word').click()
    await page.keyboard.type('stone')
    const asked = answerQuestion(page, false)
    await page.getByRole('link', { name: 'Dashboard' }).click({ noWaitAfter: true })
    expect(await asked).toBe('beforeunload')
    expect(await page.getByLabel('Your word').inputValue()).toBe('stone')
    await page.context().close()
  })

  test('returning asks when something was entered, and then returns', async () => {
    const { page, task, assignmentId } = await atWork()
    await task.getByLabel('Which bird is it?').click()
    const asked = answerQuestion(page, true)
    await page.getByRole('button', { name: 'Return' }).first().click()
    expect(await asked).toBe('beforeunload')
    await page.getByRole('status').getByText('HIT returned').waitFor()
    expect(await site.stateOf(assignmentId)).toBe('returned')
    await page.context().close()
  })

  test('nobody is asked who has entered nothing, who submits, or whose time is over', async () => {
    const questions: string[] = []
    const watch = (page: Page) =>
      page.on('dialog', (dialog) => {
        questions.push(dialog.type())
        void dialog.accept()
      })
    const idle = await atWork()
    watch(idle.page)
    await idle.page.getByRole('link', { name: 'Dashboard' }).click()
    await idle.page.waitForURL(/\/dashboard$/)
    const sent = await atWork()
    watch(sent.page)
    await sendBird(sent.page)
    await sent.page.getByRole('status').getByText('HIT Submitted').waitFor()
    const form = await atWork({ hit: { Question: wordForm } })
    watch(form.page)
    await form.page.getByLabel('Your word').fill('stone')
    await form.page.getByRole('button', { name: 'Submit' }).click()
    await form.page.getByRole('status').getByText('HIT Submitted').waitFor()
    const late = await atWork({ fakeTime: true })
    watch(late.page)
    await late.task.getByLabel('Which bird is it?').click()
    await late.page.clock.runFor('10:01')
    await late.page.getByRole('link', { name: 'Find another HIT' }).click()
    await late.page.waitForURL(/\/projects$/)
    expect(questions).toEqual([])
    for (const { page } of [idle, sent, form, late]) await page.context().close()
  }, 60_000)
})

describeUnless(missing, 'auto-accept', () => {
  const box = (page: Page) => page.getByLabel('Auto-accept next HIT')

  test('opens the next HIT of the group, until there is none [websites 1.5, 1.6]', async () => {
    const { page, hit, worker, path } = await atWork({ hits: 2 })
    expect(await box(page).isChecked()).toBe(false)
    await box(page).check()
    expect(new URL(page.url()).searchParams.get('auto_accept')).toBe('true')
    await sendBird(page)
    await page.waitForURL((url) => url.searchParams.has('submitted'))
    const next = new URL(page.url())
    expect(next.pathname).toMatch(new RegExp(`^/projects/${hit.HITGroupId}/tasks/`))
    expect(next.pathname).not.toBe(path.split('?')[0])
    expect(await page.getByRole('status').getByRole('heading').allTextContents()).toEqual(['HIT Submitted'])
    expect(await box(page).isChecked()).toBe(true)
    await sendBird(page, 'Wren')
    await page.getByRole('alert').getByText('There are no more of these HITs available.').waitFor()
    expect(new URL(page.url()).pathname).toBe('/projects')
    await page.getByRole('status').getByText('HIT Submitted').waitFor()
    expect(await countOf(worker, 'submitted')).toBe(2)
    await page.context().close()
  })

  test('that was switched off leads to the list, and nothing is accepted', async () => {
    const { page, worker } = await atWork({ hits: 2, query: '&auto_accept=true' })
    await box(page).uncheck()
    expect(new URL(page.url()).searchParams.has('auto_accept')).toBe(false)
    await sendBird(page)
    await page.getByRole('status').getByText('HIT Submitted').waitFor()
    expect(new URL(page.url()).pathname).toBe('/projects')
    await page.goto(`${site.address}/tasks`)
    await page.getByRole('heading', { name: 'HITs Queue (0)' }).waitFor()
    expect(await countOf(worker, 'submitted')).toBe(1)
    await page.context().close()
  })

  test('goes before the queue', async () => {
    const { page, hit } = await atWork({ hits: 2, query: '&from_queue=true&auto_accept=true' })
    await sendBird(page)
    await page.waitForURL((url) => url.searchParams.has('submitted'))
    expect(new URL(page.url()).pathname).toContain(`/projects/${hit.HITGroupId}/tasks/`)
    await page.context().close()
  })

  test('works with a form of ours without scripts', async () => {
    const { page, hit } = await atWork({
      hits: 2,
      hit: { Question: wordForm },
      window: { javaScript: false },
    })
    await box(page).check()
    await page.getByLabel('Your word').fill('stone')
    await page.getByRole('button', { name: 'Submit' }).click()
    await page.getByRole('status').getByText('HIT Submitted').waitFor()
    expect(new URL(page.url()).pathname).toContain(`/projects/${hit.HITGroupId}/tasks/`)
    expect(await box(page).isChecked()).toBe(true)
    await page.context().close()
  })

  test('is a button beside a framed task without scripts', async () => {
    const { page, hit, path } = await atWork({ hits: 2, window: { javaScript: false } })
    expect(await box(page).isVisible()).toBe(false)
    await page.getByRole('button', { name: 'Accept the next HIT' }).click()
    await page.waitForURL(/auto_accept=true/)
    const next = new URL(page.url())
    expect(next.pathname).toContain(`/projects/${hit.HITGroupId}/tasks/`)
    expect(next.pathname).not.toBe(path.split('?')[0])
    await page.context().close()
  })
})

describeUnless(missing, 'the message of a task [websites 1.6]', () => {
  const speaking = (message: string) =>
    htmlQuestion(
      birdPage.replace(
        '</form>',
        `</form><button onclick="parent.postMessage(${message}, '*')">Speak</button>`,
      ),
    )

  test('that says nothing true gets its worker no further HIT', async () => {
    const Question = speaking(
      `JSON.stringify({ assignmentId: document.getElementById('assignmentId').value })`,
    )
    const { page, task, assignmentId } = await atWork({
      hits: 2,
      hit: { Question },
      query: '&auto_accept=true',
    })
    await task.getByRole('button', { name: 'Speak' }).click()
    await page.getByRole('heading', { name: 'HITs Queue (1)' }).waitFor()
    expect(await page.getByText('HIT Submitted').count()).toBe(0)
    expect(await site.stateOf(assignmentId)).toBe('open')
    await page.context().close()
  })

  test.each([
    ['about another assignment', `JSON.stringify({ assignmentId: '3OTHER', answer: {} })`],
    ['that is no JSON', `'submitted'`],
    ['that is an object', `({ assignmentId: document.getElementById('assignmentId').value })`],
    ['that is null', `'null'`],
  ])('%s is passed over', async (_, message) => {
    const { page, task, path } = await atWork({ hit: { Question: speaking(message) } })
    await task.getByRole('button', { name: 'Speak' }).click()
    await sendBird(page)
    await page.getByRole('status').getByText('HIT Submitted').waitFor()
    expect(path).toContain('/tasks/')
    await page.context().close()
  })

  test('comes from the answer page as a JSON string with the assignment and the answers', async () => {
    const { page, assignmentId } = await atWork()
    await page.evaluate(
      `window.addEventListener('message', (event) => { sessionStorage.heard = event.data })`,
    )
    await sendBird(page)
    await page.getByRole('status').getByText('HIT Submitted').waitFor()
    const heard = (await page.evaluate('sessionStorage.heard')) as string
    expect(JSON.parse(heard)).toEqual({ assignmentId, answer: { species: 'Robin' } })
    await page.context().close()
  })
})

describeUnless(missing, 'the work page', () => {
  const states: [string, AtWork][] = [
    ['of a frame', { query: '&auto_accept=true' }],
    ['of a form', { hit: { Question: wordForm } }],
    [
      'with long texts',
      {
        hit: {
          Title:
            'Transcribe seventeen seconds of a conversation between two people in a crowded railway station',
          Description: `Listen twice. https://example.com/${'an-address-without-a-place-to-break/'.repeat(4)}`,
          Keywords: 'audio, transcription, conversation, railway, station, long, longer, longest',
        },
      },
    ],
  ]
  test.each(states)(
    '%s can be read by everybody, details and warning open [design]',
    async (_, setting) => {
      for (const { width, dark } of looks) {
        const { page } = await atWork({ ...setting, window: { width, dark } })
        const found = async () => ({ width, dark, faults: await findFaults(page) })
        expect(await found()).toEqual({ width, dark, faults: [] })
        await page.getByText('HIT Details').first().click()
        await page.getByRole('link', { name: 'Contact this requester' }).waitFor()
        await page.evaluate(`document.getElementById('time-warning').hidden = false`)
        expect(await found()).toEqual({ width, dark, faults: [] })
        await page.evaluate(`document.getElementById('time-is-over').hidden = false`)
        expect(await found()).toEqual({ width, dark, faults: [] })
        await page.context().close()
      }
    },
    120_000,
  )
})
