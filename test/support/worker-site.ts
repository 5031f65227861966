// The worker site for tests in a browser: a server in demo mode with a virtual clock, a requester's client, workers who
// are signed in, and the examination of a page by axe-core.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { CreateHITCommand, MTurkClient, type CreateHITCommandInput, type HIT } from '@aws-sdk/client-mturk'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { demo } from '../../src/demo/seed.ts'
import { control, startDemo, type TestServer } from './server.ts'

/** A phone and a desk: every page is looked at in both widths. */
export const widths = [360, 1280] as const

/** In what a page is examined: in each width and each colour, and in the long form of the tests in each with each. */
export const looks: readonly { width: number; dark: boolean }[] =
  process.env.KEMPELEN_VERIFY === '1'
    ? widths.flatMap((width) => [false, true].map((dark) => ({ width, dark })))
    : [
        { width: widths[0], dark: true },
        { width: widths[1], dark: false },
      ]

const schemas = 'http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas'

/** A page as an HTMLQuestion. */
export function htmlQuestion(page: string, frameHeight = 0): string {
  const text = page.replaceAll(']]>', ']]]]><![CDATA[>')
  return `<HTMLQuestion xmlns="${schemas}/2011-11-11/HTMLQuestion.xsd"><HTMLContent><![CDATA[${text}]]></HTMLContent><FrameHeight>${frameHeight}</FrameHeight></HTMLQuestion>`
}

/** A page of another server as an ExternalQuestion. */
export function externalQuestion(address: string, frameHeight = 0): string {
  return `<ExternalQuestion xmlns="${schemas}/2006-07-14/ExternalQuestion.xsd"><ExternalURL>${address.replaceAll('&', '&amp;')}</ExternalURL><FrameHeight>${frameHeight}</FrameHeight></ExternalQuestion>`
}

/** What stands inside a QuestionForm's root. */
export function questionForm(inside: string): string {
  return `<QuestionForm xmlns="${schemas}/2017-11-06/QuestionForm.xsd">${inside}</QuestionForm>`
}

/** A task with one text field, as templates of the real site are written. */
export const birdPage = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Bird</title>
<script src="https://s3.amazonaws.com/mturk-public/externalHIT_v1.js"></script></head><body>
<form id="mturk_form" name="mturk_form" method="post" action="https://www.mturk.com/mturk/externalSubmit">
<input type="hidden" id="assignmentId" name="assignmentId" value="">
<label>Which bird is it? <input name="species" required></label>
<button id="submitButton" type="submit">Send</button></form>
<script>turkSetAssignmentID();</script></body></html>`

export interface Accepted {
  assignmentId: string
  hitId: string
  /** turkSubmitTo, as the task's page reads it. */
  submitTo: string
  frameURL: string
}

export interface WorkerSite {
  server: TestServer
  address: string
  /** The demo requester's client. */
  client: MTurkClient
  /** Makes a HIT of the demo requester; `changes` replace what the example says. */
  createHIT(changes?: Partial<CreateHITCommandInput>): Promise<HIT & { HITId: string; HITGroupId: string }>
  /** Makes a worker. */
  createWorker(changes?: object): Promise<string>
  /** Accepts a HIT for a worker without a browser. */
  accept(workerId: string, hitId: string): Promise<Accepted>
  /** Submits answers for a worker without a browser. */
  submit(assignmentId: string, answers?: object): Promise<void>
  /** State of an assignment as the control API tells it. */
  stateOf(assignmentId: string): Promise<string>
  /** Moves the market's clock on. */
  advance(seconds: number): Promise<void>
  /** A one-time address that signs a worker in. */
  signInLink(workerId: string): Promise<string>
  /** A browser window of a worker, or of nobody. */
  open(browser: Browser, workerId?: string, options?: WindowOptions): Promise<Page>
  stop(): Promise<void>
}

export interface WindowOptions {
  width?: number
  javaScript?: boolean
  dark?: boolean
}

/** Starts a server with these environment variables. */
export async function startWorkerSite(variables: Record<string, string> = {}): Promise<WorkerSite> {
  const server = await startDemo({ KEMPELEN_CLOCK: 'virtual', ...variables })
  const { address } = server
  const client = new MTurkClient({
    endpoint: address,
    region: 'us-east-1',
    credentials: { accessKeyId: demo.accessKeyId, secretAccessKey: demo.secretAccessKey },
  })
  const call = async (path: string, body?: object) => {
    const answer = await control(address, path, body)
    if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const site: WorkerSite = {
    server,
    address,
    client,
    async createHIT(changes = {}) {
      const input: CreateHITCommandInput = {
        Title: 'Name the bird',
        Description: 'Look at a picture and name the bird on it.',
        Keywords: 'birds, pictures',
        Reward: '0.50',
        MaxAssignments: 3,
        AssignmentDurationInSeconds: 600,
        LifetimeInSeconds: 86_400,
        Question: htmlQuestion(birdPage),
        ...changes,
      }
      const { HIT: hit } = await client.send(new CreateHITCommand(input))
      if (hit?.HITId === undefined || hit.HITGroupId === undefined) throw new Error('no HIT was made')
      return { ...hit, HITId: hit.HITId, HITGroupId: hit.HITGroupId }
    },
    createWorker: async (changes = {}) =>
      String((await call('workers', { country: 'US', ...changes })).workerId),
    async accept(workerId, hitId) {
      const { assignmentId, frameUrl } = await call(`workers/${workerId}/accept`, { hitId })
      const submitTo = new URL(String(frameUrl)).searchParams.get('turkSubmitTo') ?? ''
      return { assignmentId: String(assignmentId), hitId, submitTo, frameURL: String(frameUrl) }
    },
    async submit(assignmentId, answers = { species: 'wren' }) {
      await call(`assignments/${assignmentId}/submit`, { answers })
    },
    stateOf: async (assignmentId) => String((await call(`assignments/${assignmentId}`)).state),
    async advance(seconds) {
      await call('clock', { advance: seconds })
    },
    signInLink: async (workerId) => String((await call(`workers/${workerId}/sign-in`, {})).url),
    async open(browser, workerId, { width = 1280, javaScript = true, dark = false } = {}) {
      const context = await browser.newContext({
        viewport: { width, height: width < 600 ? 740 : 800 },
        javaScriptEnabled: javaScript,
        colorScheme: dark ? 'dark' : 'light',
      })
      context.setDefaultTimeout(10_000)
      if (workerId !== undefined) await signIn(context, await site.signInLink(workerId))
      return context.newPage()
    },
    async stop() {
      client.destroy()
      await server.stop()
    },
  }
  return site
}

async function signIn(context: BrowserContext, link: string): Promise<void> {
  const page = await context.newPage()
  await page.goto(link)
  await page.close()
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const axeOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  // The task inside is its requester's page, on another origin; ours are examined on their own.
  iframes: false,
}

/** What axe-core objects to in a page (WCAG 2.2 AA), and whether the page is wider than its window; one line each. */
export async function findFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const violations = (await page.evaluate(
    `axe.run(document, ${JSON.stringify(axeOptions)}).then(({ violations }) => violations.map(({ id, nodes }) =>
      id + ': ' + nodes.map(({ target }) => target.join(' ')).join(', ')))`,
  )) as string[]
  const overflow = (await page.evaluate(
    `document.documentElement.scrollWidth - document.documentElement.clientWidth`,
  )) as number
  return overflow > 0 ? [...violations, `${overflow} pixels wider than the window`] : violations
}
