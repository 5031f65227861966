// Every page of the worker site as a worker sees it: on a phone and on a desk, in each of its states, examined by
// axe-core for WCAG 2.2 AA and for anything that is wider than the window.
import {
  ApproveAssignmentCommand,
  CreateWorkerBlockCommand,
  RejectAssignmentCommand,
  SendBonusCommand,
} from '@aws-sdk/client-mturk'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pacificDay, pacificDayStart } from '../../src/clock.ts'
import { browserMissing, launchBrowser } from '../support/browser.ts'
import { control } from '../support/server.ts'
import { describeUnless } from '../support/shared.ts'
import { findFaults, questionForm, startWorkerSite, widths, type WorkerSite } from '../support/worker-site.ts'

const missing = await browserMissing()

const seasons =
  questionForm(`<Overview><Title>Seasons</Title><Text>There are no wrong answers.</Text></Overview>
<Question><QuestionIdentifier>season</QuestionIdentifier><DisplayName>Season</DisplayName><IsRequired>true</IsRequired>
<QuestionContent><Text>Which do you like best?</Text></QuestionContent><AnswerSpecification><SelectionAnswer>
<StyleSuggestion>radiobutton</StyleSuggestion><Selections>
<Selection><SelectionIdentifier>spring</SelectionIdentifier><Text>Spring</Text></Selection>
<Selection><SelectionIdentifier>autumn</SelectionIdentifier><Text>Autumn</Text></Selection>
</Selections></SelectionAnswer></AnswerSpecification></Question>
<Question><QuestionIdentifier>why</QuestionIdentifier><QuestionContent><Text>Why?</Text></QuestionContent>
<AnswerSpecification><FreeTextAnswer/></AnswerSpecification></Question>`)

const germansOnly = (ActionsGuarded: 'Accept' | 'PreviewAndAccept' | 'DiscoverPreviewAndAccept') => [
  {
    QualificationTypeId: '00000000000000000071',
    Comparator: 'EqualTo' as const,
    LocaleValues: [{ Country: 'DE' }],
    ActionsGuarded,
  },
]

const longTitle =
  'Transcribe seventeen seconds of a conversation between two people in a crowded railway station somewhere'
const longDescription = `Listen twice. https://example.com/${'an-address-without-a-place-to-break/'.repeat(4)}`

/** The people and the addresses of the pages that the tests look at. */
interface Scene {
  worker: string
  fresh: string
  suspended: string
  blocked: string
  bird: string
  locked: string
  work: string
  formWork: string
  formFrame: string
  submitted: string
  day: string
}

let site: WorkerSite
let browser: Browser
let scene: Scene

beforeAll(async () => {
  if (missing !== undefined) return
  site = await startWorkerSite()
  browser = await launchBrowser()
  scene = await makeScene(site)
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

const windows = new Map<string, Promise<Page>>()

/** The window of a person in this width, the same one each time. */
function windowOf(who: string | undefined, width: number): Promise<Page> {
  const key = `${who} ${width}`
  const known = windows.get(key) ?? site.open(browser, who, { width })
  windows.set(key, known)
  return known
}

async function makeScene({
  client,
  createHIT,
  createWorker,
  accept,
  submit,
  advance,
}: WorkerSite): Promise<Scene> {
  // Noon of the next Pacific day: what follows falls on one day, whenever the test runs.
  const now = site.server.running.markets.get('production')!.clock.now()
  await advance(Math.round((pacificDayStart(now + 86_400_000) + 43_200_000 - now) / 1000))
  const worker = await createWorker()
  const [fresh, suspended, blocked] = [await createWorker(), await createWorker(), await createWorker()]
  await control(site.address, `workers/${suspended}`, { suspended: true })
  await client.send(new CreateWorkerBlockCommand({ WorkerId: blocked, Reason: 'careless' }))
  const assignments: string[] = []
  for (const title of ['Praised', 'Refused', 'Waiting']) {
    const hit = await createHIT({ Title: title, MaxAssignments: 1 })
    const { assignmentId } = await accept(worker, hit.HITId)
    await advance(60)
    await submit(assignmentId)
    assignments.push(assignmentId)
  }
  const [praised, refused, waiting] = assignments
  const feedback = 'Very careful work.\nThank you!'
  await client.send(new ApproveAssignmentCommand({ AssignmentId: praised, RequesterFeedback: feedback }))
  await client.send(
    new RejectAssignmentCommand({ AssignmentId: refused, RequesterFeedback: 'The second line is missing.' }),
  )
  await client.send(
    new SendBonusCommand({
      WorkerId: worker,
      AssignmentId: praised,
      BonusAmount: '1.50',
      Reason: 'An extra line',
    }),
  )
  const bird = await createHIT({ LifetimeInSeconds: 31_536_000 })
  await createHIT({ Title: longTitle, Description: longDescription, Reward: '12.25', MaxAssignments: 250 })
  const locked = await createHIT({ Title: 'For Germany', QualificationRequirements: germansOnly('Accept') })
  await createHIT({ Title: 'Not to look at', QualificationRequirements: germansOnly('PreviewAndAccept') })
  await createHIT({
    Title: 'Not to find',
    QualificationRequirements: germansOnly('DiscoverPreviewAndAccept'),
  })
  const form = await createHIT({ Title: 'A survey', Question: seasons })
  const work = await accept(worker, bird.HITId)
  const formWork = await accept(worker, form.HITId)
  return {
    ...{ worker, fresh, suspended, blocked },
    bird: `/projects/${bird.HITGroupId}/tasks`,
    locked: `/projects/${locked.HITGroupId}/tasks`,
    work: `/projects/${bird.HITGroupId}/tasks/${bird.HITId}?assignment_id=${work.assignmentId}`,
    formWork: `/projects/${form.HITGroupId}/tasks/${form.HITId}?assignment_id=${formWork.assignmentId}`,
    formFrame: new URL(formWork.frameURL).pathname + new URL(formWork.frameURL).search,
    submitted: waiting!,
    day: `/status_details/${pacificDay(site.server.running.markets.get('production')!.clock.now())}`,
  }
}

/** A page: who looks, at what, the answer's status, and texts that must be there. */
type Look = [
  name: string,
  who: keyof Scene | undefined,
  path: (scene: Scene) => string,
  status: number,
  ...texts: string[],
]

const looks: Look[] = [
  ['the front page', undefined, () => '/', 200, 'Small tasks, fairly paid', 'Sign in as a worker'],
  ['the front page after signing out', undefined, () => '/?notice=SignedOut', 200, 'You are signed out'],
  ['the sign-in page', undefined, () => '/ap/signin', 200, 'E-mail', 'Password'],
  [
    'a sign-in address that was used',
    undefined,
    () => '/sign-in/used',
    403,
    'This sign-in address does not work',
  ],
  ['a page that is not there', undefined, () => '/nowhere', 404, 'There is no such page'],
  [
    'a page that is not there, signed in',
    'fresh',
    () => '/nowhere',
    404,
    'There is no such page',
    'Dashboard',
  ],
  ['the frame of a HIT that is not there', undefined, () => '/task/3NONE', 404, 'This task cannot be shown'],
  [
    'answers to nothing',
    undefined,
    () => '/mturk/externalSubmit?assignmentId=3NONE&bird=wren',
    404,
    'There was a problem submitting your results for this HIT',
    'What you sent',
    'wren',
  ],
  [
    'the page after a submission',
    undefined,
    ({ submitted }) => `/mturk/externalSubmit?assignmentId=${submitted}&species=wren`,
    200,
    'HIT Submitted',
    'Go on to the HITs',
  ],
  [
    'the list of HITs',
    'worker',
    () => '/projects',
    200,
    longTitle,
    '$12.25',
    '10 minutes',
    'For Germany',
    'You do not have the Qualifications',
  ],
  [
    'the list after the last HIT was taken',
    'worker',
    () => '/projects?notice=NoMoreHITs',
    200,
    'There are no more of these HITs available.',
  ],
  [
    'the list after a submission',
    'worker',
    ({ submitted }) => `/projects?submitted=${submitted}`,
    200,
    'HIT Submitted',
  ],
  [
    'the list of a suspended worker',
    'suspended',
    () => '/projects',
    200,
    'Your account may not accept HITs at present.',
  ],
  [
    'the list of a blocked worker',
    'blocked',
    () => '/projects',
    200,
    'This requester has blocked you from accepting more HITs.',
  ],
  [
    'a preview',
    'worker',
    ({ bird }) => bird,
    200,
    'This is a preview.',
    '$0.50',
    '10 minutes',
    'Accept & Work',
  ],
  [
    'a preview without the Qualifications',
    'fresh',
    ({ locked }) => locked,
    200,
    'you do not meet those Qualifications',
  ],
  ['a preview of a suspended worker', 'suspended', ({ bird }) => bird, 200, 'prevent you from working'],
  ['a preview of a blocked worker', 'blocked', ({ bird }) => bird, 200, 'prevent you from working'],
  ['the work page', 'worker', ({ work }) => work, 200, 'Name the bird', '$0.50', 'Time remaining', 'Return'],
  ['the work page of a form', 'worker', ({ formWork }) => formWork, 200, 'A survey', 'Return'],
  ['a form', undefined, ({ formFrame }) => formFrame, 200, 'Which do you like best?', 'Question 2', 'Submit'],
  ['the queue', 'worker', () => '/tasks', 200, 'HITs Queue (2)', 'Time remaining', '$0.50'],
  [
    'an empty queue',
    'fresh',
    () => '/tasks',
    200,
    'HITs Queue (0)',
    'You have not accepted any HITs',
    'Find HITs',
  ],
  ['the queue after a HIT was given back', 'fresh', () => '/tasks?notice=Returned', 200, 'HIT returned'],
  ['the dashboard', 'worker', () => '/dashboard', 200, 'Approval rate', '50%', '$2.00', 'The last 45 days'],
  [
    'the dashboard of a new worker',
    'fresh',
    () => '/dashboard',
    200,
    'You have not submitted any HITs in this time.',
  ],
  [
    'a day',
    'worker',
    ({ day }) => day,
    200,
    'Very careful work.',
    'The second line is missing.',
    'pending review',
    '$30.00',
    '1 min',
  ],
  [
    'a day without work',
    'worker',
    () => '/status_details/2020-02-29',
    200,
    'You submitted no HITs on this day',
  ],
  ['a day that is none', 'worker', () => '/status_details/2021-02-29', 404, 'There is no such page'],
  ['the earnings', 'worker', () => '/earnings', 200, '$2.00', '$1.50', 'An extra line'],
  [
    'the earnings of a new worker',
    'fresh',
    () => '/earnings',
    200,
    '$0.00',
    'You have not received any bonuses yet.',
  ],
]

describeUnless(missing, 'pages of the worker site', () => {
  test.each(looks)(
    '%s can be read by everybody, on a phone and at a desk [websites 1.3-1.10; design]',
    async (...look) => {
      const [, who, path, status, ...texts] = look
      for (const width of widths) {
        const page = await windowOf(who && scene[who], width)
        const answer = await page.goto(site.address + path(scene))
        expect(answer?.status()).toBe(status)
        const text = await page.locator('body').innerText()
        for (const expected of texts) expect(text).toContain(expected)
        expect({ width, faults: await findFaults(page) }).toEqual({ width, faults: [] })
      }
    },
  )

  test('a dark page is as readable as a light one [design 1]', async () => {
    const page = await site.open(browser, scene.worker, { width: 360, dark: true })
    for (const path of ['/projects?notice=NoMoreHITs', scene.work, scene.day, '/earnings', scene.formFrame]) {
      await page.goto(site.address + path)
      expect({ path, faults: await findFaults(page) }).toEqual({ path, faults: [] })
    }
    expect(await page.evaluate(`matchMedia('(prefers-color-scheme: dark)').matches`)).toBe(true)
    await page.context().close()
  })

  test('a link of another site that accepts a HIT is answered with a question [design 7]', async () => {
    const hit = await site.createHIT({ Title: 'From elsewhere' })
    for (const width of widths) {
      const page = await site.open(browser, await site.createWorker(), { width })
      await page.goto(`${site.address.replace('localhost', '127.0.0.1')}/nowhere`)
      await page.evaluate(`location.href = '${site.address}/projects/${hit.HITGroupId}/tasks/accept_random'`)
      await page.getByRole('heading', { name: 'Accept this HIT?' }).waitFor()
      expect({ width, faults: await findFaults(page) }).toEqual({ width, faults: [] })
      await page.getByRole('button', { name: 'Accept & Work' }).click()
      await page.waitForURL(/assignment_id=/)
      await page.context().close()
    }
  })

  test('the examination finds what is wrong with a page', async () => {
    const page = await site.open(browser)
    await page.setContent('<html><body><img src="x.png"><p style="width:3000px">wide</p></body></html>')
    expect((await findFaults(page)).join('\n')).toMatch(
      /html-has-lang.*\n.*image-alt[^]*wider than the window/,
    )
    await page.context().close()
  })

  test("the navigation stands in one line on a phone, and next year's dates tell the year", async () => {
    const page = await site.open(browser, scene.fresh, { width: 360 })
    for (const path of ['/projects', '/tasks', '/dashboard', '/earnings']) {
      await page.goto(site.address + path)
      const tops = await page
        .locator('nav[aria-label=Main] a')
        .evaluateAll((links) => links.map((link) => link.getBoundingClientRect().top))
      expect({ path, lines: new Set(tops).size }).toEqual({ path, lines: 1 })
    }
    await page.goto(`${site.address}/projects`)
    const year = new Date(
      site.server.running.markets.get('production')!.clock.now() + 31_536_000_000,
    ).getUTCFullYear()
    expect(await expiryOf(page, 'Name the bird')).toMatch(
      new RegExp(`^\\w+ \\d+, ${year}, \\d+:\\d\\d [AP]M P[DS]T$`),
    )
    expect(await expiryOf(page, longTitle)).toMatch(/^\w+ \d+(, \d{4})?, \d+:\d\d [AP]M P[DS]T$/)
    await page.context().close()
  })

  test('a group that the worker may not discover is not in the list [websites 1.3]', async () => {
    const page = await site.open(browser, scene.worker)
    await page.goto(`${site.address}/projects`)
    const text = await page.locator('main').innerText()
    expect(text).toContain('Not to look at')
    expect(text).not.toContain('Not to find')
    await page.context().close()
  })

  test('who may not accept is shown no button for it [websites 1.3, 1.4]', async () => {
    for (const who of ['suspended', 'blocked'] as const) {
      const page = await site.open(browser, scene[who])
      for (const path of ['/projects', scene.bird]) {
        await page.goto(site.address + path)
        expect(await page.getByRole('button', { name: /Accept/ }).count()).toBe(0)
      }
      await page.context().close()
    }
  })
})

function expiryOf(page: Page, title: string): Promise<string> {
  const group = page
    .locator('li.card')
    .filter({ has: page.getByRole('heading', { name: title, exact: true }) })
  return group.locator('dt:text-is("Expires") + dd').innerText()
}
