// A QuestionForm that means harm. It is a part of our own page, so nothing of it may run there, stand there for something
// of ours, or keep the page from its worker.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserMissing, launchBrowser } from '../support/browser.ts'
import { answerOf, atForm } from '../support/form-work.ts'
import { line, question } from '../support/question-forms.ts'
import { describeUnless } from '../support/shared.ts'
import { questionForm, startWorkerSite, type WorkerSite } from '../support/worker-site.ts'

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

const pattern = (regex: string) => line(`<AnswerFormatRegex regex="${regex}" errorText="Letters only"/>`)

/** Patterns with which a backtracking matcher needs longer than anybody lives for this text. */
const endless = `${'a'.repeat(40)}!`
const patterns: [string, string, 'refused' | 'taken'][] = [
  ['^(a+)+$', 'that the server can check', 'refused'],
  ['^(a|aa)+$', 'of choices', 'refused'],
  [`^${'a?'.repeat(30)}${'a'.repeat(41)}$`, 'of many things that may be left out', 'refused'],
  ['^(?=a)(a+)+$', 'that only a page can check', 'taken'],
]

const field = (page: Page) => page.locator('#field-1')

describeUnless(missing, 'a pattern that takes for ever', () => {
  test.each(patterns)(
    '%s, %s: the page goes on, and the answers arrive [questions 2.5]',
    async (regex, _, outcome) => {
      const form = questionForm(question('word', pattern(regex), { name: 'Your word' }))
      const { page, assignmentId } = await atForm(site, browser, form)
      await field(page).fill(endless)
      await field(page).blur()
      // The page still answers.
      expect(await page.evaluate('1 + 1')).toBe(2)
      await field(page).press('End')
      await page.locator('form.task-form button.primary').click()
      if (outcome === 'taken') {
        await page.waitForURL(/\/projects\?submitted=/)
        expect(await answerOf(site, assignmentId)).toContain(endless)
      } else {
        await page.locator('#problem-1').getByText('Letters only').waitFor()
        expect(await field(page).inputValue()).toBe(endless)
        await field(page).fill('aaaa')
        if (regex.startsWith('^(')) {
          await page.locator('form.task-form button.primary').click()
          await page.waitForURL(/\/projects\?submitted=/)
        }
      }
      await page.context().close()
    },
  )

  test('a pattern that may take long and does not is judged in the page as well', async () => {
    const form = questionForm(question('word', pattern('^([a-z]+ ?)+$'), { name: 'Your word' }))
    const { page } = await atForm(site, browser, form)
    let sent = 0
    page.on('request', (request) => (sent += request.method() === 'POST' ? 1 : 0))
    await field(page).fill('12')
    await field(page).blur()
    await page.locator('#problem-1').getByText('Letters only').waitFor()
    await field(page).fill('34')
    await page.locator('form.task-form button.primary').click()
    await page.waitForFunction(`document.activeElement.id === 'field-1'`)
    expect(sent).toBe(0)
    await field(page).fill('two words')
    await expect.poll(() => page.locator('#problem-1').innerText()).toBe('')
    await page.locator('form.task-form button.primary').click()
    await page.waitForURL(/\/projects\?submitted=/)
    expect(sent).toBe(1)
    await page.context().close()
  })
})
