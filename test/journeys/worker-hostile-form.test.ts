// A QuestionForm that means harm. It is a part of our own page, so nothing of it may run there, stand there for something
// of ours, or keep the page from its worker.
import { CreateHITCommand, MTurkClient, RejectAssignmentCommand } from '@aws-sdk/client-mturk'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserMissing, launchBrowser } from '../support/browser.ts'
import { answerOf, atForm } from '../support/form-work.ts'
import { choice, line, question } from '../support/question-forms.ts'
import { control } from '../support/server.ts'
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

/** Markup, the end of an attribute, of a script and of a JSON text, and a character that turns what follows around. */
const evil = `</script></title><img src=x onerror="window.hit=1">'"{{7*7}}&amp;\u202E\u2066`
const escaped = evil
  .replaceAll('&', '&amp;')
  .replaceAll('<', '&lt;')
  .replaceAll('>', '&gt;')
  .replaceAll('"', '&quot;')

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

/** A requester, a group and a form whose every text is hostile, and a worker who has met them. */
async function hostileScene() {
  const { body: made } = await control(site.address, 'requesters', { name: `${evil} Ltd`, balance: '100.00' })
  const client = new MTurkClient({
    endpoint: site.address,
    region: 'us-east-1',
    credentials: { accessKeyId: String(made.accessKeyId), secretAccessKey: String(made.secretAccessKey) },
  })
  const xml = escaped.replaceAll("'", '&apos;')
  const parts = {
    name: xml,
    content: `<Title>${xml}</Title><Text>${xml}</Text><List><ListItem>${xml}</ListItem></List>`,
  }
  const hostile = questionForm(
    question('word', line(`<AnswerFormatRegex regex="^never$" errorText="${xml}"/>`, xml), parts) +
      question('other', choice([['a', `<Text>${xml}</Text>`]], { style: 'radiobutton' }), parts),
  )
  const create = async (Question: string) => {
    const { HIT } = await client.send(
      new CreateHITCommand({
        ...{ Title: `Title ${evil}`, Description: `Description ${evil}`, Keywords: 'a, <b>' },
        ...{
          Reward: '0.10',
          MaxAssignments: 3,
          AssignmentDurationInSeconds: 600,
          LifetimeInSeconds: 86_400,
          Question,
        },
      }),
    )
    return { hitId: HIT?.HITId ?? '', groupId: HIT?.HITGroupId ?? '' }
  }
  const worker = await site.createWorker()
  const open = await create(hostile)
  const { assignmentId } = await site.accept(worker, open.hitId)
  const done = await create(questionForm(question('word', line())))
  const sent = await site.accept(worker, done.hitId)
  await site.submit(sent.assignmentId, { word: evil })
  await client.send(
    new RejectAssignmentCommand({ AssignmentId: sent.assignmentId, RequesterFeedback: `No ${evil}` }),
  )
  client.destroy()
  return { worker, ...open, assignmentId, requesterId: String(made.requesterId), done: sent.assignmentId }
}

describeUnless(missing, 'hostile texts', () => {
  test('stand on every page as texts, run nowhere, and break no props [websites 1.3 to 1.12]', async () => {
    const scene = await hostileScene()
    const page = await site.open(browser, scene.worker)
    const dialogs: string[] = []
    page.on('dialog', (dialog) => void (dialogs.push(dialog.message()), dialog.dismiss()))
    const work = `/projects/${scene.groupId}/tasks/${scene.hitId}?assignment_id=${scene.assignmentId}`
    const { body: clock } = await control(site.address, 'clock')
    const today = new Date(String(clock.now)).toLocaleDateString('sv', { timeZone: 'America/Los_Angeles' })
    const addresses = [
      '/projects?expanded=true',
      `/projects?filters[search_term]=${encodeURIComponent(evil)}`,
      `/requesters/${scene.requesterId}/projects`,
      `/projects/${scene.groupId}/tasks`,
      work,
      '/tasks',
      '/dashboard',
      `/status_details/${today}`,
      '/history',
      `/history?search=${encodeURIComponent(evil)}&from=${encodeURIComponent(evil)}`,
      '/history/groups',
      `/contact_requester/hit_type_messages/new?hit_type_message[hit_type_id]=${scene.groupId}&hit_type_message[subject]=${encodeURIComponent(evil)}`,
      `/contact_requester/assignment_messages/new?assignment_message[assignment_id]=${scene.done}`,
      `/searches/new?filters[search_term]=${encodeURIComponent(evil)}`,
      `/favourites`,
      `/qualifications?query=${encodeURIComponent(evil)}`,
      `/projects?notice=${encodeURIComponent(evil)}`,
    ]
    for (const path of addresses) {
      const response = await page.goto(site.address + path, { waitUntil: 'load' })
      expect([path, response?.status()]).toEqual([path, expect.toSatisfy((status: number) => status < 500)])
      const found = await page.evaluate(`[
        window.hit, document.querySelectorAll('img[src=x], [onerror]').length,
        Array.from(document.querySelectorAll('[data-react-props]')).map((island) => typeof JSON.parse(island.dataset.reactProps)).filter((type) => type !== 'object').length,
      ]`)
      expect([path, found]).toEqual([path, [undefined, 0, 0]])
    }
    expect(dialogs).toEqual([])
    await page.goto(site.address + work)
    await field(page).fill('x')
    await field(page).blur()
    expect(await page.locator('#problem-1').innerText()).toContain('<img src=x')
    expect(await page.evaluate('window.hit')).toBe(undefined)
    await page.context().close()
  }, 60_000)

  test('a name that turns the text around turns nothing but itself', async () => {
    const { worker, groupId } = await hostileScene()
    const page = await site.open(browser, worker)
    for (const path of ['/projects', `/projects/${groupId}/tasks`, '/tasks', '/history']) {
      await page.goto(site.address + path)
      // The element around each name in a line of text keeps its direction to itself.
      const open = await page.evaluate(`Array.from(document.querySelectorAll('main *')).filter((element) => {
        const own = Array.from(element.childNodes).some((node) => node.nodeType === 3 && node.data.includes('\u202E'))
        if (!own) return false
        const style = getComputedStyle(element)
        const alone = element.parentElement.childNodes.length === 1
        return !alone && style.display.startsWith('inline') && !/isolate|plaintext/.test(style.unicodeBidi)
      }).map((element) => element.outerHTML)`)
      expect([path, open]).toEqual([path, []])
    }
    await page.context().close()
  })
})
