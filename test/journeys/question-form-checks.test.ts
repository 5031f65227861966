// The constraints of a QuestionForm, judged in the page as the worker writes and by the server without scripts: the same
// sentences, and nothing that was typed is lost [questions 2.5 to 2.7, 2.9].
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserMissing, launchBrowser } from '../support/browser.ts'
import { answerDocument, answerOf, atForm, free, selected } from '../support/form-work.ts'
import { choice, formOf2005, line, question } from '../support/question-forms.ts'
import { describeUnless } from '../support/shared.ts'
import { findFaults, startWorkerSite, widths, type WorkerSite } from '../support/worker-site.ts'

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

const oneLine = '<NumberOfLinesSuggestion>1</NumberOfLinesSuggestion>'
const file = (bytes: number) => ({ name: 'f.txt', mimeType: 'text/plain', buffer: Buffer.alloc(bytes, 'x') })

interface Case {
  name: string
  answer: string
  required?: boolean
  /** Fills in what is refused; without it the field is left as it is. */
  wrong?(at: Locator): Promise<unknown>
  /** Fills in what is taken. */
  right(at: Locator): Promise<unknown>
  says: string[]
}

const write = (text: string) => (at: Locator) => at.getByRole('textbox').fill(text)
const tick =
  (...labels: string[]) =>
  async (at: Locator) => {
    for (const label of labels) await at.getByLabel(label, { exact: true }).check()
  }

const cases: Case[] = [
  {
    name: 'required text',
    answer: line(),
    required: true,
    right: write('x'),
    says: ['This field is required. Write an answer.'],
  },
  {
    name: 'minLength makes required',
    answer: line('<Length minLength="1"/>'),
    right: write('x'),
    says: ['This field is required. Write an answer.'],
  },
  {
    name: 'too short',
    answer: line('<Length minLength="3"/>'),
    wrong: write('😀a'),
    right: write('😀ab'),
    says: ['Invalid entry length. Must be at least 3 characters.'],
  },
  {
    name: 'too long',
    answer:
      '<FreeTextAnswer><Constraints><Length minLength="1" maxLength="3"/></Constraints></FreeTextAnswer>',
    wrong: write('a\n\nb'),
    right: write('a\n😀'),
    says: ['Invalid entry length. Must be at least 1 characters. Must be at most 3 characters.'],
  },
  {
    name: 'no number',
    answer: line('<IsNumeric/>'),
    wrong: write('1e3'),
    right: write('-.5'),
    says: ['Invalid numeric value. Write a number, such as 7 or 2.5.'],
  },
  {
    name: 'too large a number',
    answer: line('<IsNumeric minValue="0" maxValue="40"/>'),
    wrong: write('40.5'),
    right: write('39.5'),
    says: ['Invalid numeric value. Must be at least 0. Must be at most 40.'],
  },
  {
    name: 'patterns',
    answer: line(
      '<AnswerFormatRegex regex="^[a-z]+$" flags="i" errorText="Letters only."/><AnswerFormatRegex regex="q"/>',
    ),
    wrong: write('7'),
    right: write('Aq'),
    says: ['Letters only.', 'Invalid input supplied.'],
  },
  {
    name: 'a pattern holds for blank answers',
    answer: line('<AnswerFormatRegex regex="^\\d+$" errorText="Digits."/>'),
    right: write('7'),
    says: ['Digits.'],
  },
  {
    name: 'required choice',
    answer: choice(['yes', 'no']),
    required: true,
    right: tick('Yes'),
    says: ['This field is required. Choose an answer.'],
  },
  {
    name: 'required menu',
    answer: choice(['yes', 'no'], { style: 'dropdown' }),
    required: true,
    right: (at) => at.getByRole('combobox').selectOption('no'),
    says: ['This field is required. Choose an answer.'],
  },
  {
    name: 'too few choices',
    answer: choice(['one', 'two', 'three'], { least: 2, most: 3, style: 'checkbox' }),
    wrong: tick('One'),
    right: tick('Two'),
    says: ['Invalid number of choices. Choose at least 2 and at most 3.'],
  },
  {
    name: 'too many choices',
    answer: choice(['one', 'two', 'three'], { style: 'checkbox' }),
    wrong: tick('One', 'Three'),
    right: (at) => at.getByLabel('Three').uncheck(),
    says: ['Invalid number of choices. Choose exactly 1.'],
  },
  {
    name: 'other text beside the one choice',
    answer: choice(['one', 'two'], { style: 'dropdown', other: oneLine }),
    wrong: async (at) => {
      await at.getByRole('combobox').selectOption('two')
      await at.getByRole('textbox').fill('three')
    },
    right: (at) => at.getByRole('textbox').fill(''),
    says: ['Invalid number of choices. Choose exactly 1.'],
  },
  {
    name: 'other text with constraints',
    answer: choice(['one'], { other: `<Constraints><IsNumeric maxValue="9"/></Constraints>${oneLine}` }),
    wrong: async (at) => {
      await at.getByRole('radio', { name: 'Other:' }).check()
      await at.getByRole('textbox').fill('10')
    },
    right: write('9'),
    says: ['Invalid numeric value. Must be at most 9.'],
  },
  {
    name: 'too large a file',
    answer:
      '<FileUploadAnswer><MaxFileSizeInBytes>2000</MaxFileSizeInBytes><MinFileSizeInBytes>2</MinFileSizeInBytes></FileUploadAnswer>',
    wrong: (at) => at.locator('input').setInputFiles(file(2001)),
    right: (at) => at.locator('input').setInputFiles(file(2000)),
    says: ['Invalid file size. Choose a file of 2 to 2,000 bytes.'],
  },
]

const form = formOf2005(
  cases
    .map(({ name, answer, required = false }, index) => question(`q${index}`, answer, { name, required }))
    .join(''),
)
const at = (page: Page, index: number) => page.locator(`#question-${index + 1}`)
const problems = async (page: Page) =>
  Promise.all(cases.map((_, index) => at(page, index).locator('.problem p').allInnerTexts()))
const submit = (page: Page) => page.getByRole('button', { name: 'Submit' }).click()

describeUnless(missing, 'answers that break a constraint [questions 2.5 to 2.7, 2.9]', () => {
  test('are told in the page when they are sent, and the first one gets the focus', async () => {
    const { page, assignmentId } = await atForm(site, browser, form)
    for (const [index, { wrong }] of cases.entries()) await wrong?.(at(page, index))
    await submit(page)
    expect(await problems(page)).toEqual(cases.map(({ says }) => says))
    expect(await page.evaluate('document.activeElement.id')).toBe('field-1')
    expect(await site.stateOf(assignmentId)).toBe('open')
    for (const [index, { right }] of cases.entries()) {
      await right(at(page, index))
      await expect.poll(() => at(page, index).locator('.problem p').count()).toBe(0)
    }
    await submit(page)
    await page.getByRole('heading', { name: 'HIT Submitted' }).waitFor()
    await page.context().close()
  }, 60_000)

  test('are told by the server in the same words where there are no scripts, and stay as they were typed', async () => {
    const { page, assignmentId } = await atForm(site, browser, form, { javaScript: false })
    for (const [index, { wrong }] of cases.entries()) await wrong?.(at(page, index))
    const [response] = await Promise.all([page.waitForResponse(/\/submit\?/), submit(page)])
    expect(response.status()).toBe(422)
    await page.waitForLoadState()
    expect(await problems(page)).toEqual(cases.map(({ says }) => says))
    expect(await at(page, 2).getByRole('textbox').inputValue()).toBe('😀a')
    expect(await at(page, 3).getByRole('textbox').inputValue()).toBe('a\n\nb')
    expect(await at(page, 11).getByLabel('Three').isChecked()).toBe(true)
    expect(await at(page, 12).getByRole('combobox').inputValue()).toBe('two')
    expect(await at(page, 13).getByRole('radio', { name: 'Other:' }).isChecked()).toBe(true)
    await at(page, 14).getByText('Choose the file again').waitFor()
    const alert = page.getByRole('alert').filter({ hasText: `${cases.length} answers need another look` })
    expect(await alert.getByRole('link').allInnerTexts()).toEqual(
      cases.flatMap(({ name, says }) =>
        says.map((text) => `${name}: ${name.startsWith('other text with') ? 'Other: ' : ''}${text}`),
      ),
    )
    expect(await site.stateOf(assignmentId)).toBe('open')
    for (const [index, { right }] of cases.entries()) await right(at(page, index))
    await submit(page)
    await page.getByRole('heading', { name: 'HIT Submitted' }).waitFor()
    await page.context().close()
  }, 60_000)

  test('their fields say so to everybody: refused, described, led to from the summary', async () => {
    const { page, assignmentId } = await atForm(site, browser, form)
    // As it is without scripts, but examined with them.
    await page.evaluate(`document.getElementById('task-form').submit()`)
    await page.getByText('answers need another look').waitFor()
    for (const width of widths) {
      await page.setViewportSize({ width, height: 740 })
      expect(await findFaults(page)).toEqual([])
    }
    const field = at(page, 0).getByRole('textbox')
    expect(await field.getAttribute('aria-invalid')).toBe('true')
    const described = (await field.getAttribute('aria-describedby')) ?? ''
    expect(described.split(' ')).toContain('problem-1')
    await page
      .getByRole('link', { name: /^too few|^required choice/ })
      .first()
      .click()
    expect(new URL(page.url()).hash).toBe('#field-9')
    expect(await site.stateOf(assignmentId)).toBe('open')
    await page.context().close()
  })

  test('nobody is told off before leaving a field, and everybody as soon as it is right', async () => {
    const { page } = await atForm(
      site,
      browser,
      formOf2005(
        question('q', line('<Length minLength="3"/>'), { name: 'Q' }) + question('r', line(), { name: 'R' }),
      ),
    )
    const problem = at(page, 0).locator('.problem p')
    await page.getByLabel('Q').pressSequentially('ab')
    expect(await problem.count()).toBe(0)
    await page.keyboard.press('Tab')
    expect(await problem.allInnerTexts()).toEqual(['Invalid entry length. Must be at least 3 characters.'])
    await page.getByLabel('Q').press('End')
    await page.getByLabel('Q').pressSequentially('c')
    expect(await problem.count()).toBe(0)
    await page.context().close()
  })

  test('the characters of a bounded text are counted as they are judged', async () => {
    const bounded = line('<Length maxLength="5"/>')
    const { page } = await atForm(site, browser, formOf2005(question('q', bounded, { name: 'Q' })))
    await page.getByLabel('Q').fill('😀 a')
    await page.getByText('3 of 5 characters').waitFor()
    await page.context().close()
  })
})

describeUnless(missing, 'a draft [websites 1.6]', () => {
  const twoFields = formOf2005(
    question('q', line(), { name: 'Q' }) + question('c', choice(['red', 'blue']), { name: 'C' }),
  )
  const kept = (page: Page) =>
    page.evaluate(`Object.keys(localStorage).filter((key) => key.startsWith('draft ')).length`)

  /** A window in which something was written and kept. */
  async function written() {
    const at = await atForm(site, browser, twoFields)
    await at.page.getByLabel('Q').fill('half a sen')
    await at.page.getByLabel('Blue').check()
    await at.page.getByText('Draft kept on this device').waitFor()
    return at
  }

  test('comes back with the page, and goes with the answers', async () => {
    const { page, assignmentId, work } = await written()
    page.on('dialog', (dialog) => void dialog.accept())
    await page.goto(work)
    expect(await page.getByLabel('Q').inputValue()).toBe('half a sen')
    expect(await page.getByLabel('Blue').isChecked()).toBe(true)
    await page.getByLabel('Q').fill('a sentence')
    await submit(page)
    await page.getByRole('heading', { name: 'HIT Submitted' }).waitFor()
    expect(await kept(page)).toBe(0)
    expect(await answerOf(site, assignmentId)).toBe(
      answerDocument([
        ['q', free('a sentence')],
        ['c', selected('blue')],
      ]),
    )
    await page.context().close()
  })

  test('goes when the HIT is returned', async () => {
    const { page } = await written()
    await page.getByRole('button', { name: 'Return' }).first().click()
    await page.getByText('HIT returned').waitFor()
    expect(await kept(page)).toBe(0)
    await page.context().close()
  })

  test('goes when the worker signs out', async () => {
    const { page } = await written()
    page.on('dialog', (dialog) => void dialog.accept())
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByText('You are signed out').waitFor()
    await expect.poll(() => kept(page)).toBe(0)
    await page.context().close()
  })

  test('goes with the time of the HIT', async () => {
    const { page } = await written()
    await page.clock.install()
    page.on('dialog', (dialog) => void dialog.accept())
    await page.reload()
    expect(await kept(page)).toBe(1)
    await page.clock.runFor(601_000)
    expect(await kept(page)).toBe(0)
    await page.context().close()
  })

  test('belongs to its assignment alone', async () => {
    const { page, worker } = await written()
    const hit = await site.createHIT({ Question: twoFields })
    const { assignmentId } = await site.accept(worker, hit.HITId)
    page.on('dialog', (dialog) => void dialog.accept())
    await page.goto(
      `${site.address}/projects/${hit.HITGroupId}/tasks/${hit.HITId}?assignment_id=${assignmentId}`,
    )
    expect(await page.getByLabel('Q').inputValue()).toBe('')
    expect(await kept(page)).toBe(1)
    await page.context().close()
  })
})
