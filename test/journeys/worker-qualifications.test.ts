// Qualifications in a browser: what a worker has, waits for and finds, asking for one, and its timed test
// [websites 1.11, qualifications 2.2, 2.3].
import {
  AcceptQualificationRequestCommand,
  AssociateQualificationWithWorkerCommand,
  CreateQualificationTypeCommand,
  ListQualificationRequestsCommand,
  UpdateQualificationTypeCommand,
  type CreateQualificationTypeCommandInput,
} from '@aws-sdk/client-mturk'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserMissing, launchBrowser } from '../support/browser.ts'
import { sampleKey, sampleTest } from '../support/qualifications.ts'
import { describeUnless } from '../support/shared.ts'
import { findFaults, looks, questionForm, startWorkerSite, type WorkerSite } from '../support/worker-site.ts'

const missing = await browserMissing()

const essay = questionForm(
  `<Question><QuestionIdentifier>why</QuestionIdentifier><DisplayName>Why birds</DisplayName>
<IsRequired>true</IsRequired><QuestionContent><Text>Why do you like birds?</Text></QuestionContent>
<AnswerSpecification><FreeTextAnswer><Constraints><Length minLength="5"/></Constraints></FreeTextAnswer></AnswerSpecification></Question>
<Question><QuestionIdentifier>ears</QuestionIdentifier><QuestionContent><Text>Do you hear well?</Text></QuestionContent>
<AnswerSpecification><SelectionAnswer><StyleSuggestion>radiobutton</StyleSuggestion><Selections>
<Selection><SelectionIdentifier>y</SelectionIdentifier><Text>Very well</Text></Selection>
<Selection><SelectionIdentifier>n</SelectionIdentifier><Text>Not so well</Text></Selection>
</Selections></SelectionAnswer></AnswerSpecification></Question>`,
)
const scored = { Test: sampleTest, AnswerKey: sampleKey, TestDurationInSeconds: 600 }
const judged = { Test: essay, TestDurationInSeconds: 600 }

let site: WorkerSite
let browser: Browser
let made = 0

async function makeType(changes: Partial<CreateQualificationTypeCommandInput> = {}): Promise<string> {
  const { QualificationType } = await site.client.send(
    new CreateQualificationTypeCommand({
      Name: `Type ${++made}`,
      Description: 'Knows birds.\nAnd insects.',
      QualificationTypeStatus: 'Active',
      ...changes,
    }),
  )
  return QualificationType!.QualificationTypeId!
}

const give = (workerId: string, id: string, IntegerValue: number) =>
  site.client.send(
    new AssociateQualificationWithWorkerCommand({
      QualificationTypeId: id,
      WorkerId: workerId,
      IntegerValue,
    }),
  )

const heading = (page: Page) => page.locator('h1').innerText()
const alert = (page: Page) => page.locator('.mturk-alert:visible').first().innerText()
const path = (page: Page) => page.url().slice(site.address.length)

/** Presses the button of the request page of a type. */
async function request(page: Page, id: string, query = ''): Promise<void> {
  await page.goto(`${site.address}/qualifications/${id}/request${query}`)
  await page.click('main form button.primary')
}

describeUnless(missing, 'qualifications in a browser', () => {
  beforeAll(async () => {
    site = await startWorkerSite()
    browser = await launchBrowser()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await site?.stop()
  })

  test.each(looks)(
    'every page in each of its states at $width pixels, dark: $dark [design 1]',
    { timeout: 60_000 },
    async ({ width, dark }) => {
      const worker = await site.createWorker()
      const page = await site.open(browser, worker, { width, dark })
      const ids = {
        asked: await makeType({ RetryDelayInSeconds: 60 }),
        tested: await makeType(judged),
        held: await makeType({ Name: `${'A-long-name-without-a-break'.repeat(5)} ${++made}` }),
        open: await makeType({ Description: 'https://example.org/'.padEnd(900, 'x') }),
        closed: await makeType({ QualificationTypeStatus: 'Inactive' }),
      }
      const look = async (address: string, status: number, ...texts: string[]) => {
        const answer = await page.goto(site.address + address)
        expect([address, answer?.status(), await findFaults(page)]).toEqual([address, status, []])
        expect(await page.locator('h1').count()).toBe(1)
        const text = await page.locator('main').innerText()
        for (const one of texts) expect(text).toContain(one)
      }
      await look('/qualifications/pending', 200, 'Nothing is pending')
      await give(worker, ids.held, 92)
      await request(page, ids.asked)
      await request(page, ids.tested)
      await look('/qualifications/assigned', 200, '8 Qualifications', '92', 'HIT approval rate (%)', '100')
      await look('/qualifications/pending', 200, 'Waiting for the requester', 'Test begun, 10 minutes left')
      await look('/qualifications?search=Type', 200, 'Request Qualification')
      await look('/qualifications?search=no+such+thing', 200, 'No Qualification fits')
      await look('/qualifications?page_size=2&page_number=2', 200, 'Next')
      await look(`/qualifications/${ids.held}`, 200, 'You can ask once only.', '92')
      await look(
        `/qualifications/${ids.open}/request`,
        200,
        'The requester looks at your request and decides.',
      )
      await look(`/qualifications/${ids.asked}/request`, 200, 'The requester has not decided yet.')
      await look(`/qualifications/${ids.closed}`, 200, 'does not grant this Qualification on request')
      await look('/qualifications/00000000000000000071', 200, 'This site computes')
      await look(`/qualifications/${ids.tested}/test`, 200, 'Time remaining', 'Why birds')
      await look('/qualifications/3NONE', 404, 'There is no such page')
      await page.context().close()
    },
  )

  describe('asking for one [websites 1.11]', () => {
    const open = async () => {
      const worker = await site.createWorker()
      return { worker, page: await site.open(browser, worker) }
    }

    test('without a test and granted at once: the value stands there, and the way back', async () => {
      const { page } = await open()
      await request(
        page,
        await makeType({ AutoGranted: true, AutoGrantedValue: 7 }),
        '?return_to=%2Ftasks%3Fa%3Db',
      )
      expect(await alert(page)).toContain('Qualification granted')
      expect(await page.locator('dl.facts').innerText()).toMatch(/Your value\s+7/)
      await page.getByRole('link', { name: 'Go on where you were' }).click()
      expect(path(page)).toBe('/tasks?a=b')
    })

    test('without a test: it waits until the requester decides', async () => {
      const { page } = await open()
      const id = await makeType({ Name: 'Asked for' })
      await request(page, id)
      expect(await alert(page)).toContain('Qualification requested')
      await page.getByRole('link', { name: 'Pending' }).click()
      expect(await page.locator('.qualification-list h2').allInnerTexts()).toEqual(['Asked for'])
      const list = new ListQualificationRequestsCommand({ QualificationTypeId: id })
      const { QualificationRequests } = await site.client.send(list)
      await site.client.send(
        new AcceptQualificationRequestCommand({
          QualificationRequestId: QualificationRequests![0]!.QualificationRequestId!,
          IntegerValue: 64,
        }),
      )
      await page.reload()
      expect(await page.locator('main').innerText()).toContain('Nothing is pending')
      await page.getByRole('link', { name: 'Yours' }).click()
      expect(await page.locator('.qualification-list .card').innerText()).toMatch(
        /Asked for\s+Your value:\s+64/,
      )
    })

    test('too soon: the page says from when on [qualifications 2.3]', async () => {
      const { page } = await open()
      const id = await makeType({ AutoGranted: true, RetryDelayInSeconds: 3600 })
      await page.goto(`${site.address}/qualifications/${id}/request`)
      const second = await page.context().newPage()
      await second.goto(page.url())
      await page.click('main form button.primary')
      await second.click('main form button.primary')
      expect(await alert(second)).toMatch(
        /That Qualification was not requested\s+You can ask for this Qualification again from .*\d:\d\d [AP]M P[SD]T on\./,
      )
      expect(await second.locator('main form').count()).toBe(0)
      await site.advance(3600)
      await request(page, id)
      expect(await alert(page)).toContain('Qualification granted')
    })

    test('where one came from is a page of this site, or nothing', async () => {
      const { page } = await open()
      for (const hostile of [
        'https://evil.example/',
        '//evil.example',
        '/\\evil.example',
        'javascript:alert(1)',
      ]) {
        const query = `?return_to=${encodeURIComponent(hostile)}`
        await page.goto(
          `${site.address}/qualifications/${await makeType({ AutoGranted: true })}/request${query}`,
        )
        expect(await page.content()).not.toContain('evil.example')
        await page.click('main form button.primary')
        expect(path(page)).toMatch(/^\/qualifications\/\w+\?notice=granted$/)
      }
    })

    test('a note says only what is so', async () => {
      const { page } = await open()
      const id = await makeType()
      for (const notice of ['granted', 'scored', 'pending', 'tested', 'constructor']) {
        await page.goto(`${site.address}/qualifications/${id}?notice=${notice}`)
        expect(await page.locator('.mturk-alert').count()).toBe(0)
      }
    })
  })

  describe('the search', () => {
    test('works by keyboard alone, keeps what was typed, and can be left', async () => {
      await makeType({ Name: 'Song of the wren', Keywords: 'audio' })
      const page = await site.open(browser, await site.createWorker())
      await page.goto(`${site.address}/qualifications`)
      await page.getByRole('searchbox', { name: 'Search Qualifications' }).focus()
      await page.keyboard.type('AUDIO')
      await page.keyboard.press('Enter')
      await page.waitForURL(/search=AUDIO/)
      expect(await page.getByRole('searchbox').inputValue()).toBe('AUDIO')
      expect(await page.locator('.qualification-list h2').allInnerTexts()).toEqual(['Song of the wren'])
      expect(await page.getByRole('link', { name: 'Request Qualification: Song of the wren' }).count()).toBe(
        1,
      )
      await page.getByRole('link', { name: 'Show all' }).click()
      expect(path(page)).toBe('/qualifications')
    })
  })

  describe('a timed test [qualifications 2.2]', () => {
    const begin = async (
      changes: Partial<CreateQualificationTypeCommandInput>,
      options: { javaScript?: boolean } = {},
    ) => {
      const worker = await site.createWorker()
      const page = await site.open(browser, worker, options)
      const id = await makeType(changes)
      await request(page, id)
      expect(path(page)).toBe(`/qualifications/${id}/test`)
      return { worker, page, id }
    }

    test('is scored at once, by keyboard alone', async () => {
      const { page } = await begin(scored)
      expect(await page.locator('#countdown').innerText()).toMatch(/^(10:00|9:5\d|09:5\d)$/)
      await page.getByRole('checkbox', { name: 'oslo' }).focus()
      await page.keyboard.press('Space')
      for (const [presses, key] of [
        [2, 'Tab'],
        [1, 'Space'],
        [2, 'Tab'],
        [1, 'Space'],
        [1, 'Tab'],
      ] as const)
        for (let i = 0; i < presses; i++) await page.keyboard.press(key)
      expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('Submit the test')
      await page.keyboard.press('Enter')
      await page.waitForURL(/notice=scored/)
      expect(await alert(page)).toContain('Test scored')
      expect(await page.locator('dl.facts').innerText()).toMatch(/Your value\s+100/)
    })

    test.each([true, false])(
      'without a key the requester decides; with JavaScript: %s',
      async (javaScript) => {
        const { page, id } = await begin(judged, { javaScript })
        await page.fill('textarea, input[type=text]', 'They sing.')
        await page.getByRole('radio', { name: 'Very well' }).check()
        await page.click('form.task-form button.primary')
        await page.waitForURL(/notice=tested/)
        expect(await alert(page)).toContain('The requester will look at them and decide')
        const list = new ListQualificationRequestsCommand({ QualificationTypeId: id })
        const { QualificationRequests } = await site.client.send(list)
        expect(QualificationRequests?.[0]?.Answer).toContain('<FreeText>They sing.</FreeText>')
        expect(QualificationRequests?.[0]?.Answer).toContain('<SelectionIdentifier>y</SelectionIdentifier>')
        expect(QualificationRequests?.[0]?.Test).toBe(essay)
      },
    )

    test('answers that break a rule come back with what was typed [questions 2.9]', async () => {
      const { page } = await begin(judged, { javaScript: false })
      await page.fill('textarea, input[type=text]', 'why')
      await page.getByRole('radio', { name: 'Not so well' }).check()
      const [answer] = await Promise.all([
        page.waitForNavigation(),
        page.click('form.task-form button.primary'),
      ])
      expect(answer?.status()).toBe(422)
      expect(await page.inputValue('textarea, input[type=text]')).toBe('why')
      expect(await page.getByRole('radio', { name: 'Not so well' }).isChecked()).toBe(true)
      expect(await alert(page)).toContain('Why birds: Invalid entry length.')
      await page.fill('textarea, input[type=text]', 'why not')
      await page.click('form.task-form button.primary')
      expect(path(page)).toContain('notice=tested')
    })

    test('is as it was when it was asked for, also when its type changes [qualifications 1.3]', async () => {
      const { page, id } = await begin(judged)
      await site.client.send(
        new UpdateQualificationTypeCommand({
          QualificationTypeId: id,
          Test: sampleTest,
          TestDurationInSeconds: 5,
        }),
      )
      await page.reload()
      expect(await page.locator('form.task-form').innerText()).toContain('Why birds')
    })

    test('whoever left it finds it again, with his draft and the time that is left', async () => {
      const { page, id } = await begin(judged)
      await page.fill('textarea, input[type=text]', 'Half an answer')
      await page.goto(`${site.address}/qualifications/pending`)
      await site.advance(60)
      await page.goto(`${site.address}/qualifications/${id}/request`)
      expect(path(page)).toBe(`/qualifications/${id}/test`)
      expect(await page.inputValue('textarea, input[type=text]')).toBe('Half an answer')
      expect(await page.locator('#countdown').innerText()).toMatch(/^0?(9:00|8:5\d)$/)
      expect(await page.locator('.countdown .of').innerText()).toBe('of 10 minutes')
    })

    test('the page says when the time is over, and keeps what was written', async () => {
      const worker = await site.createWorker()
      const page = await site.open(browser, worker)
      await page.clock.install()
      await request(page, await makeType({ ...judged, TestDurationInSeconds: 90 }))
      await page.fill('textarea, input[type=text]', 'Nearly done')
      await page.clock.runFor(31_000)
      expect(await page.locator('#countdown-news').textContent()).toMatch(/^(60|59) seconds left$/)
      await page.clock.runFor(60_000)
      expect(await page.locator('#time-is-over').innerText()).toContain('The time for this test is over')
      expect(await page.inputValue('textarea, input[type=text]')).toBe('Nearly done')
      expect(await findFaults(page)).toEqual([])
    })

    test.each([
      [{}, 'This test can be taken once only.'],
      [{ RetryDelayInSeconds: 10_000 }, 'You can take the test again from'],
      [{ RetryDelayInSeconds: 0 }, 'You can take the test again now.'],
    ])('too late: nothing is taken in, what was written is shown; %j', async (changes, text) => {
      const { page, id } = await begin({ ...judged, ...changes })
      await page.fill('textarea, input[type=text]', 'Too late, <b>alas</b>')
      await page.getByRole('radio', { name: 'Very well' }).check()
      await site.advance(600)
      const [answer] = await Promise.all([
        page.waitForNavigation(),
        page.click('form.task-form button.primary'),
      ])
      expect(answer?.status()).toBe(422)
      expect(await alert(page)).toContain('The time for this test is over')
      expect(await alert(page)).toContain(text)
      const written = await page.locator('section[aria-labelledby=sent]').innerText()
      expect(written).toContain('Too late, <b>alas</b>')
      expect(written).toContain('Very well')
      expect(await findFaults(page)).toEqual([])
      await page.goto(`${site.address}/qualifications/${id}/test`)
      expect(await alert(page)).toContain('No test is running')
    })

    test('twice: the same answers are fine, others are told', async () => {
      const { page } = await begin(judged, { javaScript: false })
      const copies = [page, await page.context().newPage(), await page.context().newPage()]
      for (const copy of copies.slice(1)) await copy.goto(page.url())
      for (const [i, copy] of copies.entries()) {
        await copy.fill('textarea, input[type=text]', i === 2 ? 'Something else' : 'They sing.')
        await copy.click('form.task-form button.primary')
      }
      expect(path(copies[1]!)).toContain('notice=tested')
      expect(await alert(copies[2]!)).toContain('You have already submitted this test')
      expect(await copies[2]!.locator('section[aria-labelledby=sent]').innerText()).toContain(
        'Something else',
      )
    })

    test('another worker’s test can be neither seen nor handed in', async () => {
      const { page, id } = await begin(judged)
      const requestId = await page.inputValue('input[name=qualification_request_id]')
      const other = await site.open(browser, await site.createWorker())
      await other.goto(`${site.address}/qualifications/${id}/test`)
      expect(await alert(other)).toContain('No test is running')
      await request(other, id)
      await other.fill('textarea, input[type=text]', 'In his name')
      await other.evaluate(
        `document.querySelector('input[name=qualification_request_id]').value = ${JSON.stringify(requestId)}`,
      )
      await other.click('form.task-form button.primary')
      await other.waitForURL(/notice=no-test/)
      await page.reload()
      expect(await heading(page)).toMatch(/^Test: /)
    })
  })

  test('the navigation leads to them', async () => {
    const page = await site.open(browser, await site.createWorker())
    await page.goto(`${site.address}/dashboard`)
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Qualifications' }).click()
    expect(path(page)).toBe('/qualifications/assigned')
    expect(await page.locator('nav [aria-current=page]').allInnerTexts()).toEqual(['Qualifications', 'Yours'])
  })
})
