// Drafts lie on the worker's device, which others may use after him: they go with the HIT and with the worker, on
// whatever page he leaves.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserMissing, launchBrowser } from '../support/browser.ts'
import { atForm } from '../support/form-work.ts'
import { line, question } from '../support/question-forms.ts'
import { describeUnless } from '../support/shared.ts'
import { questionForm, startWorkerSite, type WorkerSite } from '../support/worker-site.ts'

const missing = await browserMissing()
const form = questionForm(question('word', line(), { name: 'Your word' }))

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

const drafts = (page: Page) =>
  page.evaluate(
    `[localStorage, sessionStorage].flatMap((store) => Object.keys(store)).filter((key) => key.startsWith('draft '))`,
  )

/** A worker who has begun a form and gone to another page. */
async function elsewhere(path: string) {
  const work = await atForm(site, browser, form)
  const { page } = work
  page.on('dialog', (dialog) => void dialog.accept())
  await page.locator('#field-1').fill('half an answer')
  await page.locator('.draft-note:not(:empty)').waitFor()
  await page.goto(site.address + path)
  expect(await drafts(page)).toEqual([`draft ${work.assignmentId}`])
  return work
}

describeUnless(missing, 'a draft', () => {
  test.each(['/dashboard', '/tasks', '/account'])('goes when its worker signs out on %s', async (path) => {
    const { page } = await elsewhere(path)
    await page.evaluate(`document.querySelector('form[action="/sign-out"]').requestSubmit()`)
    await page.waitForURL(/notice=SignedOut/)
    expect(await drafts(page)).toEqual([])
    await page.context().close()
  })

  test('goes when its HIT is returned from the queue, and no other does', async () => {
    const { page, assignmentId } = await elsewhere('/tasks')
    await page.evaluate(`localStorage.setItem('draft other', '{"until":9e15,"values":[]}')`)
    await page
      .getByRole('button', { name: /Return/ })
      .first()
      .click()
    await page.waitForURL(/notice=Returned/)
    expect(await site.stateOf(assignmentId)).toBe('returned')
    expect(await drafts(page)).toEqual(['draft other'])
    await page.context().close()
  })
})
