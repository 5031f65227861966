// Other people's HTML: what a page in a task frame may do, and what it may not, in a real browser.
import type { Browser, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserMissing, launchBrowser } from '../support/browser.ts'
import { control } from '../support/server.ts'
import { describeUnless } from '../support/shared.ts'
import {
  birdPage,
  htmlQuestion,
  questionForm,
  startWorkerSite,
  type WorkerSite,
} from '../support/worker-site.ts'

const missing = await browserMissing()

/** The words of the design, not those of the code. */
const sandbox =
  'allow-scripts allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-downloads'

const bareForm = questionForm(`<Question><QuestionIdentifier>word</QuestionIdentifier>
<QuestionContent><Text>Write a word.</Text></QuestionContent><AnswerSpecification><FreeTextAnswer/></AnswerSpecification></Question>`)

let site: WorkerSite
let browser: Browser

beforeAll(async () => {
  site = await startWorkerSite()
  if (missing === undefined) browser = await launchBrowser()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

/** A worker's window on a HIT that he has accepted, and the frame in it. */
async function atWork(question: string) {
  const hit = await site.createHIT({ Question: question, Title: `Task ${Math.random()}` })
  const worker = await site.createWorker()
  const accepted = await site.accept(worker, hit.HITId)
  const page = await site.open(browser, worker)
  const path = `/projects/${hit.HITGroupId}/tasks/${hit.HITId}?assignment_id=${accepted.assignmentId}`
  await page.goto(site.address + path, { waitUntil: 'load' })
  return { ...accepted, hit, worker, page, path, frame: frameIn(page) }
}

function frameIn(page: Page): Frame {
  const frame = page.frames()[1]
  if (!frame) throw new Error('the page has no frame')
  return frame
}

describe('the response that carries a task [design 5]', () => {
  test.each([
    ['HTMLQuestion', htmlQuestion(birdPage), `sandbox ${sandbox}`],
    [
      'QuestionForm',
      bareForm,
      `sandbox ${sandbox}; default-src 'none'; style-src ORIGIN; script-src ORIGIN; form-action ORIGIN`,
    ],
  ])('of %s is shut in by its headers', async (_, question, policy) => {
    const hit = await site.createHIT({ Question: question })
    const accepted = await site.accept(await site.createWorker(), hit.HITId)
    for (const address of [
      accepted.frameURL,
      `${site.address}/task/${hit.HITId}`,
      `${site.address}/task/${hit.HITId}?assignmentId=x&turkSubmitTo=https://example.org`,
    ]) {
      const response = await fetch(address)
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-security-policy': policy.replaceAll('ORIGIN', site.address),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
        'content-type': expect.stringMatching(/^text\/html; charset=utf-8$/i),
      })
      expect(await response.text()).not.toContain('https://example.org')
    }
  })

  test('everything else of ours may not be framed, save the page after a submission', async () => {
    for (const path of ['/', '/ap/signin', '/nowhere', '/task/3NONE', '/sign-in/none']) {
      const response = await fetch(site.address + path)
      expect([path, response.headers.get('content-security-policy')]).toEqual([
        path,
        expect.stringContaining("frame-ancestors 'none'"),
      ])
    }
  })

  test.each(['externalHIT_v1.js', 'crowd-html-elements.js', 'task.js'])(
    'pages of any origin may load %s',
    async (name) => {
      const response = await fetch(`${site.address}/static/${name}`)
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
        'x-content-type-options': 'nosniff',
        'content-type': 'text/javascript; charset=utf-8',
      })
    },
  )
})

describeUnless(missing, 'a page of an HTMLQuestion', () => {
  const probe = htmlQuestion(`<!DOCTYPE html><html><head><title>probe</title><script>
    localStorage.setItem('kept', 'here'); sessionStorage.kept = 'too'; document.cookie = 'mine=1; path=/'
    window.early = [localStorage.kept, sessionStorage.getItem('kept'), document.cookie].join()
    </script>
    <script src="https://s3.amazonaws.com/mturk-public/externalHIT_v1.js"></script>
    <script src="https://assets.crowd.aws/crowd-html-elements.js"></script></head>
    <body><form action="https://www.mturk.com/mturk/externalSubmit"></form></body></html>`)

  test('stands in the sandbox of the design, with storage and cookies in memory and our scripts [design 5]', async () => {
    const { page, frame, submitTo } = await atWork(probe)
    const iframe = page.locator('iframe')
    expect(await iframe.getAttribute('sandbox')).toBe(sandbox)
    expect(await iframe.getAttribute('referrerpolicy')).toBe('no-referrer')
    expect(await frame.evaluate('self.origin')).toBe('null')
    expect(await frame.evaluate('window.early')).toBe('here,too,mine=1')
    expect(
      await frame.evaluate('[typeof turkSetAssignmentID, typeof customElements.get("crowd-form")].join()'),
    ).toBe('function,function')
    const sources = (await frame.evaluate(
      'Array.from(document.scripts, ({ src }) => src).filter(Boolean)',
    )) as string[]
    for (const source of sources) expect(source).toMatch(new RegExp(`^${site.address}/static/`))
    expect(await frame.evaluate('document.forms[0].action')).toBe(`${submitTo}/mturk/externalSubmit`)
    // Gone with the page, and never on our origin.
    expect(await page.evaluate('[localStorage.length, sessionStorage.length, document.cookie].join()')).toBe(
      '0,0,',
    )
    await page.context().close()
  })

  test.each(['www.mturk.com', 'workersandbox.mturk.com', 'worker.mturk.com'])(
    'with the host %s in its form submits here [design 5; questions 6.2]',
    async (host) => {
      const { page, frame, assignmentId, worker } = await atWork(
        htmlQuestion(`<!DOCTYPE html><html lang="en"><head><title>t</title></head><body>
          <form method="post" action="https://${host}/mturk/externalSubmit"><input name="bird" value="wren">
          <input type="hidden" name="assignmentId" id="a"><button>Send</button></form>
          <script>a.value = new URLSearchParams(location.search).get('assignmentId')</script></body></html>`),
      )
      await frame.click('button')
      await page.getByRole('status').getByText('HIT Submitted').waitFor()
      expect(await site.stateOf(assignmentId)).toBe('Submitted')
      expect((await control(site.address, `workers/${worker}`)).body.submitted).toBe(1)
      await page.context().close()
    },
  )

  test('with a crowd-form submits here [questions 7]', async () => {
    const { page, frame, assignmentId } = await atWork(
      htmlQuestion(`<!DOCTYPE html><html><head><title>t</title></head><body><script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
        <crowd-form><label>Word <input name="word" required></label></crowd-form></body></html>`),
    )
    await frame.getByLabel('Word').fill('stone')
    await frame.getByRole('button', { name: 'Submit' }).click()
    await page.getByRole('status').getByText('HIT Submitted').waitFor()
    expect(await site.stateOf(assignmentId)).toBe('Submitted')
    await page.context().close()
  })
})

describeUnless(missing, 'a preview', () => {
  test.each(['HITGroupId', 'HITTypeId'] as const)(
    'by %s tells its page that nobody has accepted it [questions 5.2; websites 1.2]',
    async (id) => {
      const hit = await site.createHIT({ Title: `Previewed by ${id}` })
      const page = await site.open(browser, await site.createWorker())
      await page.goto(`${site.address}/mturk/preview?groupId=${hit[id]}`, { waitUntil: 'load' })
      expect(new URL(page.url()).pathname).toBe(`/projects/${hit[id]}/tasks`)
      const address = new URL((await page.locator('iframe').getAttribute('src')) ?? '')
      expect([...address.searchParams]).toEqual([
        ['assignmentId', 'ASSIGNMENT_ID_NOT_AVAILABLE'],
        ['hitId', hit.HITId],
      ])
      const frame = frameIn(page)
      expect(await frame.isDisabled('#submitButton')).toBe(true)
      await frame.evaluate(`document.forms[0].species.value = 'wren'; document.forms[0].submit()`)
      await page.frameLocator('iframe').getByText('You are looking at a preview.').waitFor()
      await page.context().close()
    },
  )
})
