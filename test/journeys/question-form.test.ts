// A QuestionForm on our own pages, in a browser: every content block and every kind of answer as it shows, by keyboard,
// in both widths and colours, and the document that comes of it [questions 2, 4, 9].
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserMissing, launchBrowser } from '../support/browser.ts'
import {
  binary,
  choice,
  embedded,
  formOf2005,
  line,
  question,
  startForeignServer,
  type ForeignServer,
} from '../support/question-forms.ts'
import { acceptForm, answerDocument, answerOf, atForm, free } from '../support/form-work.ts'
import { control } from '../support/server.ts'
import { describeUnless } from '../support/shared.ts'
import { findFaults, looks, startWorkerSite, type WorkerSite } from '../support/worker-site.ts'

const oneLine = '<NumberOfLinesSuggestion>1</NumberOfLinesSuggestion>'

const missing = await browserMissing()

let site: WorkerSite
let browser: Browser
let foreign: ForeignServer

beforeAll(async () => {
  if (missing !== undefined) return
  site = await startWorkerSite()
  browser = await launchBrowser()
  foreign = await startForeignServer()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await site?.stop()
  await foreign?.stop()
})

/** Every content block, and links of the requester to this very site. */
function contentForm(): string {
  const { address } = foreign
  return formOf2005(`<Overview>
<Title>Shop signs
of two streets</Title>
<Text>Look at https://example.org/guide?a=1&amp;b=2. Then
answer &lt;b&gt;below&lt;/b&gt;. Own: ${site.address}/sign-out</Text>
<List><ListItem>One sign at a time</ListItem><ListItem>See http://example.org/list</ListItem></List>
<FormattedContent><![CDATA[<h2>Rules</h2><p>Write what is <b>printed</b>&nbsp;&amp; <a href="https://example.org/rules" target="_top">nothing else</a>.</p><table border="1"><tr><th>Sign</th><td>Bakery</td></tr></table><p><img src="${address}/picture-formatted" alt="A map"/></p><p><a href="${site.address}/projects/x/tasks/accept_random">Trap</a> <img src="${site.address}/trap" alt="Trap picture"/></p>]]></FormattedContent>
${binary('image', `${address}/picture-binary`, 'A shop')}
${binary('audio', `${address}/street.mp3`, 'Sound of the street')}
${binary('video', `${address}/street.mp4`, 'Film of the street')}
${binary('image', `${site.address}/trap`, 'Own picture')}
${embedded('image', 'svg+xml', `${address}/picture-embedded`, 'A street map')}
${embedded('application', 'pdf', `${address}/document?page=2`, 'The guide')}
</Overview>${question('sign', line(), { name: 'The sign' })}`)
}

const everyAnswer = () =>
  formOf2005(
    [
      question('line', line('', 'as &lt;printed&gt;'), { name: 'One line' }),
      question(
        'text',
        '<FreeTextAnswer><Constraints><Length maxLength="200"/></Constraints></FreeTextAnswer>',
        {
          name: 'Several lines',
        },
      ),
      question(
        'tall',
        '<FreeTextAnswer><NumberOfLinesSuggestion>900</NumberOfLinesSuggestion></FreeTextAnswer>',
        {
          name: 'Tall',
        },
      ),
      question('radio', choice(['open', 'shut'], { style: 'radiobutton' }), {
        name: 'Radio',
        required: true,
      }),
      question('plain', choice(['yes', 'no'], { other: oneLine }), { name: 'No style' }),
      question('menu', choice(['north', 'south'], { style: 'dropdown' }), { name: 'Menu' }),
      question(
        'boxes',
        choice(['oboe', 'viola', 'drum'], { least: 0, most: 3, style: 'checkbox', other: oneLine }),
        {
          name: 'Boxes',
        },
      ),
      question('list', choice(['red', 'green', 'blue'], { most: 2, style: 'list' }), { name: 'List' }),
      question('combo', choice(['one', 'two', 'three'], { most: 2, style: 'combobox' }), { name: 'Combo' }),
      question('single', choice(['big', 'small'], { style: 'combobox' }), { name: 'Single combo' }),
      question(
        'multi',
        choice(
          [
            ['shop', binary('image', `${foreign.address}/picture-option`, 'A shop front')],
            ['bold', '<FormattedContent><![CDATA[<b>Bold</b> one]]></FormattedContent>'],
          ],
          { most: 2, style: 'multichooser' },
        ),
        { name: 'Chooser' },
      ),
      question(
        'scan',
        '<FileUploadAnswer><MaxFileSizeInBytes>1000</MaxFileSizeInBytes><MinFileSizeInBytes>3</MinFileSizeInBytes></FileUploadAnswer>',
        { name: 'Scan' },
      ),
    ].join(''),
  )

describeUnless(missing, 'the content of a form [questions 2.3, 2.4, 2.9, 4]', () => {
  test.each(looks)('shows at $width pixels (dark: $dark) without a fault', async (look) => {
    const { page } = await atForm(site, browser, contentForm(), look)
    await page.getByRole('img', { name: 'A street map' }).waitFor()
    expect(await findFaults(page)).toEqual([])
    await page.context().close()
  })

  test('is text with its line breaks and links, lists, formatted text, pictures and files', async () => {
    const { page } = await atForm(site, browser, contentForm())
    const title = page.getByRole('heading', { name: 'Shop signs' })
    expect(await title.innerHTML()).toBe('Shop signs<br>of two streets')
    expect(await page.getByText('Look at https').innerHTML()).toBe(
      'Look at <a href="https://example.org/guide?a=1&amp;b=2" target="_blank" rel="noopener noreferrer nofollow">https://example.org/guide?a=1&amp;b=2</a>. Then<br>' +
        `answer &lt;b&gt;below&lt;/b&gt;. Own: ${site.address}/sign-out`,
    )
    expect(await page.locator('.overview > ul > li').allInnerTexts()).toEqual([
      'One sign at a time',
      'See http://example.org/list',
    ])
    const rules = page.getByRole('link', { name: 'nothing else' })
    expect(await rules.getAttribute('target')).toBe('_blank')
    expect(await rules.getAttribute('rel')).toBe('noopener noreferrer nofollow')
    expect(await page.getByRole('cell', { name: 'Bakery' }).isVisible()).toBe(true)
    const seen = `Array.from(document.images).filter((image) => image.naturalWidth > 0).map((image) => image.alt)`
    await expect.poll(() => page.evaluate(seen)).toEqual(['A map', 'A shop', 'A street map'])
    for (const name of ['Sound of the street', 'Film of the street']) {
      const link = page.getByRole('link', { name })
      expect(await link.getAttribute('href')).toMatch(/\/street\.mp[34]$/)
      expect(await link.getAttribute('target')).toBe('_blank')
    }
    await page.context().close()
  })

  test('an embedded object gets the ids of the task, and cannot reach the page around it', async () => {
    const { page, assignmentId, hitId } = await atForm(site, browser, contentForm())
    const ids = `assignmentId=${assignmentId}&hitId=${hitId}`
    await page.frameLocator('iframe').getByText('A foreign document kept in kept out').waitFor()
    expect(foreign.asked).toContain(`/document?page=2&${ids}`)
    expect(foreign.asked).toContain(`/picture-embedded?${ids}`)
    expect(page.url()).toContain(assignmentId)
    const link = page.getByRole('link', { name: 'Open in a new window: The guide' })
    expect(await link.getAttribute('href')).toBe(`${foreign.address}/document?page=2&${ids}`)
    await page.context().close()
  })

  test('nothing of this very site is loaded or linked from inside a task [design 5]', async () => {
    const { page } = await atForm(site, browser, contentForm())
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.reload()
    await page.getByRole('img', { name: 'A street map' }).waitFor()
    expect(asked.filter((url) => url.includes('/trap'))).toEqual([])
    expect(await page.getByText('Trap', { exact: true }).getAttribute('href')).toBeNull()
    expect(await page.locator('.question-form a[href*="localhost"]').count()).toBe(0)
    await page.context().close()
  })

  test('the policy of the page names what the form shows, and no more [design 5]', async () => {
    const policyOf = async (form: string) => {
      const { page, work } = await atForm(site, browser, form)
      const response = await page.goto(work)
      const policy = (await response?.headerValue('content-security-policy')) ?? ''
      await page.context().close()
      return policy
    }
    const plain = await policyOf(formOf2005(question('sign', line())))
    expect(plain).toContain("img-src 'self' data:;")
    expect(plain).toContain("frame-src 'none'")
    expect(plain).not.toMatch(/https?:|media-src|unsafe/)
    const rich = await policyOf(contentForm())
    expect(rich).toContain("img-src 'self' data: https: http:")
    expect(rich).toContain('frame-src https: http:')
    expect(rich).toContain("script-src 'self';")
    expect(rich).not.toMatch(/media-src|unsafe/)
  })
})

describeUnless(missing, 'the fields of a form [questions 2.5 to 2.9]', () => {
  test.each(looks)('show at $width pixels (dark: $dark) without a fault, refused too', async (look) => {
    const { page } = await atForm(site, browser, everyAnswer(), look)
    expect(await findFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Submit' }).click()
    await page.getByText('This field is required. Choose an answer.').waitFor()
    expect(await findFaults(page)).toEqual([])
    await page.context().close()
  })

  test('each has its kind, its name and its size', async () => {
    const { page } = await atForm(site, browser, everyAnswer())
    const box = (name: string) => page.getByRole('textbox', { name, exact: true })
    expect(await box('One line').inputValue()).toBe('as <printed>')
    expect(await box('Several lines').getAttribute('rows')).toBe('4')
    expect(await box('Tall').getAttribute('rows')).toBe('50')
    const group = (name: string | RegExp) => page.getByRole('group', { name })
    expect(
      await group(/^Radio \(required\)/)
        .getByRole('radio')
        .count(),
    ).toBe(2)
    expect(await group('No style').getByRole('radio').count()).toBe(3)
    expect(await group('No style').getByRole('textbox', { name: 'Other:' }).count()).toBe(1)
    expect(await page.getByRole('combobox', { name: 'Menu' }).locator('option').allInnerTexts()).toEqual([
      'Choose one',
      'North',
      'South',
    ])
    expect(await group('Boxes').getByRole('checkbox').count()).toBe(3)
    expect(await group('List').getByRole('checkbox').count()).toBe(3)
    expect(
      await page.getByRole('listbox', { name: 'Combo', exact: true }).getAttribute('multiple'),
    ).not.toBeNull()
    expect(await page.getByRole('listbox', { name: 'Single combo' }).getAttribute('multiple')).toBeNull()
    expect(await group('Chooser').getByRole('checkbox', { name: 'A shop front' }).count()).toBe(1)
    expect(await group('Chooser').getByRole('checkbox', { name: 'Bold one' }).count()).toBe(1)
    expect(await page.getByLabel('Scan').first().getAttribute('type')).toBe('file')
    await page.context().close()
  })

  test('nothing can be filled in before the HIT is accepted [questions 2.9]', async () => {
    // A group of its own, for a preview shows the first HIT of a group.
    const hit = await site.createHIT({ Question: everyAnswer(), Title: 'Every kind of answer' })
    const page = await site.open(browser, await site.createWorker())
    await page.goto(`${site.address}/projects/${hit.HITGroupId}/tasks`)
    const fields = page.locator('.task-form').locator('input, textarea, select')
    expect(await fields.count()).toBeGreaterThan(20)
    for (const field of await fields.all()) expect(await field.isDisabled()).toBe(true)
    await page.getByText('You must accept the HIT before you can submit the results.').waitFor()
    expect(await page.getByRole('button', { name: 'Submit' }).count()).toBe(0)
    expect(await findFaults(page)).toEqual([])
    await page.context().close()
  })

  test('the same fields stand in the frame that programs open, shut in [questions 6.1; design 5]', async () => {
    const { assignmentId, hitId } = await acceptForm(site, everyAnswer())
    const page = await site.open(browser)
    const { body } = await control(site.address, `assignments/${assignmentId}`)
    const response = await page.goto(String(body.frameUrl))
    expect(await response?.headerValue('content-security-policy')).toContain('sandbox allow-scripts')
    expect(await page.evaluate('self.origin')).toBe('null')
    await page.getByRole('radio', { name: 'Open' }).check()
    await page.getByRole('textbox', { name: 'One line' }).fill('BAKERY')
    await page
      .getByLabel('Scan')
      .first()
      .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('abc') })
    await page.getByRole('button', { name: 'Submit' }).click()
    await page.getByRole('heading', { name: 'HIT Submitted' }).waitFor()
    const answer = await answerOf(site, assignmentId)
    expect(answer).toContain(answerDocument([['line', free('BAKERY')]]).replace('</QuestionFormAnswers>', ''))
    expect(answer).toContain('<UploadedFileSizeInBytes>3</UploadedFileSizeInBytes>')
    expect(hitId).not.toBe('')
    await page.context().close()
  })
})
