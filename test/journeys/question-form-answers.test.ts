// The document that comes of each kind of answer in each style, filled in as people do it: with scripts and without, by
// keyboard, with files [questions 2.5 to 2.7, 9].
import type { Browser, Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserMissing, launchBrowser } from '../support/browser.ts'
import {
  acceptForm,
  answerDocument,
  answerOf,
  atForm,
  free,
  otherText,
  selected,
} from '../support/form-work.ts'
import { choice, formOf2005, line, question } from '../support/question-forms.ts'
import { describeUnless } from '../support/shared.ts'
import { startWorkerSite, type WorkerSite } from '../support/worker-site.ts'

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
const colours = ['red', 'green', 'blue']

interface Case {
  name: string
  answer: string
  /** Fills in the question. */
  fill(at: Locator): Promise<unknown>
  expected: string
}

/** Choices by their labels, as boxes or round buttons. */
async function tick(at: Locator, ...labels: string[]): Promise<void> {
  for (const label of labels) await at.getByLabel(label, { exact: true }).check()
}

const styles: Case[] = ['radiobutton', 'list', undefined].flatMap((style): Case[] => [
  {
    name: `one of several, ${style ?? 'no style'}`,
    answer: choice(colours, style === undefined ? {} : { style }),
    fill: (at) => tick(at, 'Green'),
    expected: selected('green'),
  },
  {
    name: `several, ${style ?? 'no style'}`,
    answer: choice(colours, style === undefined ? { most: 3 } : { style, most: 3 }),
    fill: (at) => tick(at, 'Blue', 'Red'),
    expected: selected('red', 'blue'),
  },
])

const cases: Case[] = [
  {
    name: 'one line, with characters of every kind',
    answer: line(),
    fill: (at) => at.getByRole('textbox').fill('é 😀 <b> & "x"'),
    expected: free('&#233; &#128512; &lt;b&gt; &amp; "x"'),
  },
  {
    name: 'several lines',
    answer: '<FreeTextAnswer/>',
    fill: (at) => at.getByRole('textbox').fill('one\ntwo'),
    expected: free('one&#13;\ntwo'),
  },
  {
    name: 'the text that was there, untouched',
    answer: line('', 'as it was'),
    fill: () => Promise.resolve(),
    expected: free('as it was'),
  },
  { name: 'no text', answer: line(), fill: () => Promise.resolve(), expected: free('') },
  { name: 'no choice', answer: choice(colours), fill: () => Promise.resolve(), expected: '' },
  ...styles,
  ...['checkbox', 'multichooser'].map((style): Case => ({
    name: `several, ${style}`,
    answer: choice(colours, { style, most: 2 }),
    fill: (at) => tick(at, 'Red', 'Green'),
    expected: selected('red', 'green'),
  })),
  {
    name: 'a menu',
    answer: choice(colours, { style: 'dropdown' }),
    fill: (at) => at.getByRole('combobox').selectOption({ label: 'Blue' }),
    expected: selected('blue'),
  },
  {
    name: 'a menu that was left',
    answer: choice(colours, { style: 'dropdown' }),
    fill: () => Promise.resolve(),
    expected: '',
  },
  {
    name: 'a combobox of one',
    answer: choice(colours, { style: 'combobox' }),
    fill: (at) => at.getByRole('listbox').selectOption('red'),
    expected: selected('red'),
  },
  {
    name: 'a combobox of several',
    answer: choice(colours, { style: 'combobox', most: 2 }),
    fill: (at) => at.getByRole('listbox').selectOption(['red', 'blue']),
    expected: selected('red', 'blue'),
  },
  {
    name: 'other text in place of a choice',
    answer: choice(colours, { other: oneLine }),
    fill: async (at) => {
      await tick(at, 'Red')
      await at.getByRole('radio', { name: 'Other:' }).check()
      await at.getByRole('textbox', { name: 'Other:' }).fill('mauve')
    },
    expected: otherText('mauve'),
  },
  {
    name: 'other text beside choices',
    answer: choice(colours, { other: oneLine, most: 3, style: 'checkbox' }),
    fill: async (at) => {
      await tick(at, 'Red')
      await at.getByRole('textbox', { name: 'Other:' }).fill('mauve')
    },
    expected: selected('red') + otherText('mauve'),
  },
  {
    name: 'other text beside a menu',
    answer: choice(colours, { other: oneLine, style: 'dropdown' }),
    fill: (at) => at.getByRole('textbox', { name: 'Other:' }).fill('mauve'),
    expected: otherText('mauve'),
  },
  {
    name: 'a selection whose identifier is empty is no empty choice',
    answer: choice([['', '<Text>Nameless</Text>'], 'red'], { style: 'dropdown' }),
    fill: (at) => at.getByRole('combobox').selectOption({ label: 'Nameless' }),
    expected: selected(''),
  },
  {
    name: 'a file',
    answer:
      '<FileUploadAnswer><MaxFileSizeInBytes>9</MaxFileSizeInBytes><MinFileSizeInBytes>2</MinFileSizeInBytes></FileUploadAnswer>',
    fill: (at) =>
      at.locator('input[type=file]').setInputFiles({
        name: '../../etc/passwd',
        mimeType: 'text/plain',
        buffer: Buffer.from('bytes'),
      }),
    expected: '<UploadedFileSizeInBytes>5</UploadedFileSizeInBytes><UploadedFileKey>k</UploadedFileKey>',
  },
]

describeUnless(missing, 'an answer becomes its document [questions 9.1, 9.2, 9.4]', () => {
  const form = formOf2005(
    cases.map(({ name, answer }, index) => question(`q${index}`, answer, { name })).join(''),
  )
  const whole = answerDocument(cases.map(({ expected }, index) => [`q${index}`, expected]))

  test.each([
    { scripts: 'with', javaScript: true },
    { scripts: 'without', javaScript: false },
  ])('of every kind in every style, $scripts scripts', async ({ javaScript }) => {
    const { page, assignmentId } = await atForm(site, browser, form, { javaScript })
    for (const [index, { fill }] of cases.entries()) await fill(page.locator(`#question-${index + 1}`))
    await page.getByRole('button', { name: 'Submit' }).click()
    await page.getByRole('heading', { name: 'HIT Submitted' }).waitFor()
    const document = (await answerOf(site, assignmentId)).replace(/(?<=UploadedFileKey>)[0-9a-f]{64}/, 'k')
    expect(document.replaceAll('</Answer>', '</Answer>\n')).toBe(whole.replaceAll('</Answer>', '</Answer>\n'))
    await page.context().close()
  })

  test('all of a form in its order, by the keyboard alone [questions 9.2]', async () => {
    const form = formOf2005(
      [
        question('second', choice(colours, { style: 'radiobutton' }), { name: 'One', required: true }),
        question('first', line(), { name: 'Two', required: true }),
        question('menu', choice(colours, { style: 'dropdown' }), { name: 'Three' }),
        question('boxes', choice(colours, { style: 'checkbox', most: 3, other: oneLine }), { name: 'Four' }),
      ].join(''),
    )
    const { worker, assignmentId, work } = await acceptForm(site, form)
    const page = await site.open(browser, worker)
    await page.goto(work)
    await page.getByRole('link', { name: 'Skip to the content' }).focus()
    const isOn = () => page.evaluate('document.activeElement.closest("fieldset.question")?.id ?? ""')
    for (let presses = 0; (await isOn()) !== 'question-1'; presses++) {
      if (presses > 40) throw new Error('the keyboard does not reach the form')
      await page.keyboard.press('Tab')
    }
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Tab')
    await page.keyboard.type('typed')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Bl')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await page.keyboard.press('Tab')
    await page.keyboard.type('mauve')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'HIT Submitted' }).waitFor()
    expect(await answerOf(site, assignmentId)).toBe(
      answerDocument([
        ['second', selected('green')],
        ['first', free('typed')],
        ['menu', selected('blue')],
        ['boxes', selected('red', 'blue') + otherText('mauve')],
      ]),
    )
    await page.context().close()
  })
})
