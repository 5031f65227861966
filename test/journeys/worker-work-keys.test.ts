// The keyboard shortcuts of the worker site: what they do, when they rest, how they are found and switched off.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserMissing, launchBrowser } from '../support/browser.ts'
import { describeUnless } from '../support/shared.ts'
import { findFaults, questionForm, startWorkerSite, widths, type WorkerSite } from '../support/worker-site.ts'

const missing = await browserMissing()

const wordForm = questionForm(`<Question><QuestionIdentifier>word</QuestionIdentifier>
<DisplayName>Your word</DisplayName><QuestionContent><Text>Write a word.</Text></QuestionContent>
<AnswerSpecification><FreeTextAnswer><NumberOfLinesSuggestion>1</NumberOfLinesSuggestion></FreeTextAnswer></AnswerSpecification></Question>`)

let site: WorkerSite
let browser: Browser

beforeAll(async () => {
  if (missing !== undefined) return
  site = await startWorkerSite()
  browser = await launchBrowser()
  for (const Title of ['First', 'Second']) await site.createHIT({ Title, Keywords: 'keys' })
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

async function openAs(worker: string, path: string): Promise<Page> {
  const page = await site.open(browser, worker)
  await page.goto(site.address + path)
  return page
}

/** The row that has the focus, by its title. */
const currentRow = (page: Page) =>
  page.evaluate(`document.activeElement.closest('.table-row')?.querySelector('h2')?.textContent`)

const list = '/projects?filters%5Bsearch_term%5D=keys&sort=reward_asc'

describeUnless(missing, 'keyboard shortcuts [issue 4.4]', () => {
  test('lead to the queue and back to the list', async () => {
    const page = await openAs(await site.createWorker(), '/dashboard')
    await page.keyboard.press('q')
    await page.waitForURL(/\/tasks$/)
    await page.keyboard.press('l')
    await page.waitForURL(/\/projects$/)
    await page.context().close()
  })

  test('walk through the rows of the list, and accept the one that has the focus', async () => {
    const page = await openAs(await site.createWorker(), list)
    const rows = await page.locator('.table-row h2').allTextContents()
    expect(rows.toSorted()).toEqual(['First', 'Second'])
    await page.keyboard.press('a')
    expect(new URL(page.url()).pathname).toBe('/projects')
    await page.keyboard.press('j')
    expect(await currentRow(page)).toBe(rows[0])
    await page.keyboard.press('n')
    expect(await currentRow(page)).toBe(rows[1])
    await page.keyboard.press('j')
    expect(await currentRow(page)).toBe(rows[1])
    await page.keyboard.press('k')
    expect(await currentRow(page)).toBe(rows[0])
    await page.keyboard.press('n')
    await page.keyboard.press('p')
    await page.keyboard.press('a')
    await page.waitForURL(/assignment_id=/)
    await page.getByRole('heading', { name: rows[0]!, exact: true }).waitFor()
    await page.context().close()
  })

  test('accept the HIT of a preview', async () => {
    const hit = await site.createHIT({ Title: 'Previewed' })
    const page = await openAs(await site.createWorker(), `/projects/${hit.HITGroupId}/tasks`)
    await page.keyboard.press('a')
    await page.waitForURL(/assignment_id=/)
    await page.context().close()
  })

  test('return a HIT, on its page and in the queue, but ask first', async () => {
    const worker = await site.createWorker()
    const [one, other] = [await site.createHIT({ Title: 'One' }), await site.createHIT({ Title: 'Other' })]
    const held = [await site.accept(worker, one.HITId), await site.accept(worker, other.HITId)]
    const page = await openAs(worker, `/projects/${one.HITGroupId}/tasks/${one.HITId}`)
    const questions: string[] = []
    let answer = false
    page.on('dialog', (dialog) => {
      questions.push(dialog.message())
      void (answer ? dialog.accept() : dialog.dismiss())
    })
    await page.keyboard.press('r')
    expect(questions).toEqual(['Return this HIT? What you have entered is lost.'])
    expect(await site.stateOf(held[0]!.assignmentId)).toBe('open')
    answer = true
    await page.keyboard.press('r')
    await page.getByRole('status').getByText('HIT returned').waitFor()
    expect(await site.stateOf(held[0]!.assignmentId)).toBe('returned')
    await page.keyboard.press('r')
    expect(questions.length).toBe(2)
    await page.keyboard.press('j')
    await page.keyboard.press('r')
    await page.getByRole('heading', { name: 'HITs Queue (0)' }).waitFor()
    expect(await site.stateOf(held[1]!.assignmentId)).toBe('returned')
    await page.context().close()
  })

  test('rest while something is typed, and with Control, Alt or Meta', async () => {
    const worker = await site.createWorker()
    const hit = await site.createHIT({ Title: 'Typed', Question: wordForm })
    await site.accept(worker, hit.HITId)
    const page = await openAs(worker, `/projects/${hit.HITGroupId}/tasks/${hit.HITId}`)
    const address = page.url()
    await page.getByLabel('Your word').click()
    await page.keyboard.type('aqlr?/')
    expect(await page.getByLabel('Your word').inputValue()).toBe('aqlr?/')
    await page.getByRole('heading', { name: 'Typed' }).click()
    for (const key of ['Alt+q', 'Control+q', 'Meta+q']) await page.keyboard.press(key)
    expect(page.url()).toBe(address)
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.context().close()
  })

  test('find the search field', async () => {
    const page = await openAs(await site.createWorker(), '/projects')
    await page.keyboard.press('/')
    await page.keyboard.type('keys')
    expect(await page.evaluate('document.activeElement.value')).toBe('keys')
    await page.context().close()
  })

  test('are explained in a dialog, which is left by Escape or its button', async () => {
    const worker = await site.createWorker()
    for (const width of widths) {
      for (const dark of [false, true]) {
        const page = await site.open(browser, worker, { width, dark })
        await page.goto(`${site.address}/tasks`)
        const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
        await page.keyboard.press('?')
        await dialog.getByText('Return the HIT').waitFor()
        expect({ width, dark, faults: await findFaults(page) }).toEqual({ width, dark, faults: [] })
        await page.keyboard.press('q')
        await page.keyboard.press('Escape')
        await dialog.waitFor({ state: 'hidden' })
        await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
        await dialog.getByRole('button', { name: 'Close' }).click()
        await dialog.waitFor({ state: 'hidden' })
        expect(new URL(page.url()).pathname).toBe('/tasks')
        await page.context().close()
      }
    }
  }, 120_000)

  test('are switched off in it for this device, and on again [WCAG 2.1.4]', async () => {
    const page = await openAs(await site.createWorker(), '/tasks')
    const choose = async (on: boolean) => {
      await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
      await page.getByLabel('Use these shortcuts').setChecked(on)
      await page.getByRole('button', { name: 'Close' }).click()
    }
    await choose(false)
    await page.goto(`${site.address}/dashboard`)
    for (const key of ['?', 'l', 'q']) await page.keyboard.press(key)
    expect(await page.getByRole('dialog').count()).toBe(0)
    expect(new URL(page.url()).pathname).toBe('/dashboard')
    await choose(true)
    await page.keyboard.press('q')
    await page.waitForURL(/\/tasks$/)
    await page.context().close()
  })

  test('are not offered where scripts do not run, nor to who is not signed in', async () => {
    const still = await site.open(browser, await site.createWorker(), { javaScript: false })
    await still.goto(`${site.address}/tasks`)
    expect(await still.getByText('Keyboard shortcuts').first().isVisible()).toBe(false)
    const nobody = await site.open(browser)
    await nobody.goto(`${site.address}/ap/signin`)
    expect(await nobody.getByText('Keyboard shortcuts').count()).toBe(0)
    for (const page of [still, nobody]) await page.context().close()
  })
})
