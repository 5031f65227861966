// The inserted script, the helper script and crowd-form in a real browser, in a frame as the worker site makes it:
// only there does storage throw, and only there are forms really sent.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { browserMissing, launchBrowser } from '../../../test/support/browser.ts'
import { describeUnless } from '../../../test/support/shared.ts'
import { isFault } from '../../domain/fault.ts'
import * as examples from '../../domain/question/examples.ts'
import { frameURL } from '../../domain/question/frame-url.ts'
import { fillPage, pageOfTemplate } from '../../domain/question/layout.ts'
import { parseQuestion } from '../../domain/question/parse-question.ts'
import { crowdFormFallbackScript } from './crowd-form-fallback.ts'
import { externalHITScript } from './external-hit.ts'
import { prepareTaskHTML } from './html.ts'
import { insertedScript } from './inserted-script.ts'

const missing = await browserMissing()

const SANDBOX = 'allow-scripts allow-forms allow-modals'
const scripts: Record<string, string> = {
  '/task.js': insertedScript,
  '/externalHIT_v1.js': externalHITScript,
  '/crowd.js': crowdFormFallbackScript,
}

let server: Server
let browser: Browser
let origin: string
let html = ''
let received: [string, string][][] = []
let resolveReceived: () => void = () => {}

beforeAll(async () => {
  server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  if (!missing) browser = await launchBrowser()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  server?.close()
})

beforeEach(() => {
  received = []
})

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? '/', origin).pathname
  if (path === '/s/token/mturk/externalSubmit') {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    received.push([...new URLSearchParams(body)])
    response.end('Thank you.')
    resolveReceived()
  } else if (path in scripts) response.setHeader('Content-Type', 'text/javascript').end(scripts[path])
  else if (path === '/work') {
    response.setHeader('Content-Type', 'text/html')
    response.end(`<iframe sandbox="${SANDBOX}" src="${request.url?.replace('/work', '/frame')}"></iframe>`)
  } else {
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    response.setHeader('Content-Security-Policy', `sandbox ${SANDBOX}`)
    response.end(
      await prepareTaskHTML(html, {
        scriptURL: '/task.js',
        submitHost: `${origin}/s/token`,
        helperScriptURL: '/externalHIT_v1.js',
        crowdScriptURL: '/crowd.js',
      }),
    )
  }
}

async function open(
  source: string,
  kind: 'accepted' | 'preview' | 'outside',
): Promise<{ page: Page; frame: Frame }> {
  html = source
  const task = { assignmentId: '3A', hitId: '3H', workerId: 'AW', turkSubmitTo: `${origin}/s/token` }
  const work = `${origin}/work`
  const page = await browser.newPage()
  await page.goto(kind === 'outside' ? work : frameURL(work, kind === 'preview' ? { hitId: '3H' } : task), {
    waitUntil: 'load',
  })
  const frame = page.frames()[1]
  if (!frame) throw new Error('no frame')
  return { page, frame }
}

/** What arrived after `act`. */
async function submission(act: () => Promise<unknown>): Promise<[string, string][] | undefined> {
  const arrived = new Promise<void>((resolve) => {
    resolveReceived = resolve
  })
  await act()
  await arrived
  return received.at(-1)
}

describeUnless(missing, 'a page in a task frame', () => {
  it('finds storage and cookies from its first script on [design 5]', async () => {
    const page = `<!DOCTYPE html><html><head><script>
      localStorage.a = 1; sessionStorage.setItem('b', '2'); document.cookie = 'c=3; path=/'
      window.found = [localStorage.a, sessionStorage.b, document.cookie, localStorage instanceof Storage,
        String(localStorage), document.compatMode].join()</script></head></html>`
    const { frame } = await open(page, 'accepted')
    expect(await frame.evaluate('window.found')).toBe('1,2,c=3,true,[object Storage],CSS1Compat')
  })

  it('is sent to this server by the helper script [questions 6.2]', async () => {
    const { frame } = await open(examples.colourPage, 'accepted')
    await frame.fill('[name=colour]', 'red')
    expect(await submission(() => frame.click('#submitButton'))).toEqual([
      ['assignmentId', '3A'],
      ['colour', 'red'],
    ])
  })

  it('cannot be sent in a preview by the helper script [questions 6.2]', async () => {
    const { frame } = await open(examples.colourPage, 'preview')
    expect(await frame.evaluate('submitButton.disabled && submitButton.textContent')).toContain(
      'must ACCEPT the HIT',
    )
  })

  it('is sent to this server when its action is relative [questions 6.2]', async () => {
    const { frame } = await open(examples.tagsPage, 'accepted')
    await frame.check('[value=sky]')
    const fields = [
      ['assignmentId', '3A'],
      ['tag', 'sky'],
      ['page_version', '3'],
    ]
    expect(await submission(() => frame.click('[type=submit]'))).toEqual(fields)
  })

  it.each([
    ['when it is sent', `f.onsubmit = () => f.setAttribute('action', host)`],
    [
      'before submit()',
      `f.onsubmit = () => { f.setAttribute('action', host); HTMLFormElement.prototype.submit.call(f); return false }`,
    ],
    [
      'and stops the event',
      `f.setAttribute('action', host); f.onsubmit = (event) => event.stopPropagation()`,
    ],
  ])("is sent to this server when its script sets Amazon's host %s [design 5]", async (_, script) => {
    const page = `<!DOCTYPE html><form id="f" method="post" target="_top"><input name="x" value="1"><input name="action">
      <input name="submit" type="hidden"><button>Send</button></form>
      <script>const host = 'https://workersandbox.mturk.com/mturk/externalSubmit'; ${script}</script>`
    const { frame } = await open(page, 'accepted')
    const fields = [
      ['x', '1'],
      ['action', ''],
      ['submit', ''],
    ]
    expect(await submission(() => frame.click('button'))).toEqual(fields)
  })
})

describeUnless(missing, 'the page of a layout', () => {
  /** The page as a HIT of the template has it. */
  async function pageOf(template: string, values: Record<string, string>): Promise<string> {
    const text = fillPage(await pageOfTemplate(template), new Map(Object.entries(values)), Infinity)
    const question = await parseQuestion(text!)
    if (isFault(question) || question.kind !== 'HTMLQuestion') throw new Error('no page')
    return question.html
  }
  const fields = '<p>${question}</p><input name="colour"><script>window.list = [[1]][[0][0]]</script>'

  it('that was only fields is shown filled and can be sent [questions 8]', async () => {
    const { frame } = await open(await pageOf(fields, { question: 'Which <b>colour</b> ]]>?' }), 'accepted')
    expect(await frame.innerHTML('p')).toBe('Which <b>colour</b> ]]&gt;?')
    await frame.fill('[name=colour]', 'red')
    expect(await submission(() => frame.click('#submitButton'))).toEqual([
      ['assignmentId', '3A'],
      ['colour', 'red'],
    ])
  })

  it('cannot be sent in a preview [questions 6.2, 8]', async () => {
    const { frame } = await open(await pageOf(fields, { question: 'Which?' }), 'preview')
    expect(await frame.isDisabled('#submitButton')).toBe(true)
  })

  it('that was a whole page without a form has its fields in one form all the same [websites 2.2]', async () => {
    const template =
      '<!DOCTYPE html><html><head><title>T</title></head><body class="x"><input name="a" value="1"></body></html>'
    const { frame } = await open(await pageOf(template, {}), 'accepted')
    expect(await submission(() => frame.click('#submitButton'))).toEqual([
      ['assignmentId', '3A'],
      ['a', '1'],
    ])
  })
})

describeUnless(missing, 'crowd-form', () => {
  const crowd = (inside: string, after = '') =>
    `<!DOCTYPE html><html><head><script src="https://assets.crowd.aws/crowd-html-elements.js"></script></head><body>
    <crowd-form>${inside}</crowd-form>${after}</body></html>`
  const fields = `<input name="word" value="é"><textarea name="text">a\nb</textarea><input name="empty"><input value="unnamed">
    <input type="checkbox" name="k" value="sky" checked><input type="checkbox" name="k" value="sea"><input type="checkbox" name="on">
    <input type="radio" name="r" value="x"><input type="radio" name="r" value="y" checked>
    <select name="s"><option>one</option><option selected>two</option></select>
    <input name="off" disabled><input name="twice" value="1"><input name="twice" type="hidden" value="2">`
  const values = [
    {
      word: 'é',
      text: 'a\nb',
      empty: '',
      k: { sky: true, sea: false },
      on: { on: false },
      r: { x: false, y: true },
      s: 'two',
      twice: '2',
    },
  ]

  it('posts assignmentId and taskAnswers, and adds a button [questions 7; crowd 2, 2.1]', async () => {
    const { frame } = await open(crowd(fields), 'accepted')
    const sent = await submission(() => frame.click('crowd-form button'))
    expect(sent?.map(([name]) => name)).toEqual(['assignmentId', 'taskAnswers'])
    expect(sent?.[0]?.[1]).toBe('3A')
    expect(JSON.parse(sent?.[1]?.[1] ?? '')).toEqual(values)
  })

  it('adds no button when there is one [crowd 2]', async () => {
    const { frame } = await open(crowd('<input name="a"><input type="submit">'), 'accepted')
    expect(await frame.locator('button, [type=submit]').count()).toBe(1)
  })

  it('lets the page stop it and send it later [crowd 2]', async () => {
    const script = `<script>document.querySelector('crowd-form').onsubmit = (event) => {
      event.preventDefault(); window.stopped = true }</script>`
    const { frame } = await open(crowd('<input name="a" value="1">', script), 'accepted')
    await frame.click('button')
    expect(await frame.evaluate('window.stopped')).toBe(true)
    const sent = await submission(() => frame.evaluate(`document.querySelector('crowd-form').submit()`))
    expect(sent).toEqual([
      ['assignmentId', '3A'],
      ['taskAnswers', '[{"a":"1"}]'],
    ])
    expect(received).toHaveLength(1)
  })

  it('cannot be sent in a preview [crowd 2.3]', async () => {
    const { page, frame } = await open(crowd('<input name="a" value="1">'), 'preview')
    expect(await frame.isDisabled('button')).toBe(true)
    expect(await frame.innerText('[role=status]')).toContain('must accept the HIT')
    await frame.evaluate(
      `document.querySelector('crowd-form').submit(); document.querySelector('crowd-form').form.requestSubmit()`,
    )
    await page.reload()
    expect(received).toEqual([])
  })

  it('shows its answers outside a task [crowd 2]', async () => {
    const { frame } = await open(crowd('<input name="a" value="1">'), 'outside')
    await frame.click('button')
    expect(await frame.innerText('#answers-box')).toBe('[{"a":"1"}]')
    expect(received).toEqual([])
  })

  it('tells when it is ready, and gives its form [crowd 1, 2]', async () => {
    const page = crowd('<input name="a">').replace(
      '<body>',
      `<body><script>document.addEventListener('all-crowd-elements-ready', () => {
        window.ready = document.querySelector('crowd-form').form.elements.a.name })</script>`,
    )
    const { frame } = await open(page, 'accepted')
    expect(await frame.evaluate('window.ready')).toBe('a')
  })
})
