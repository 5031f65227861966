// The pictures of the documents: the main pages of the worker site, as a worker sees them after some weeks of work.
// Every run visits them; `npm run screenshots` keeps the pictures.
import { join } from 'node:path'
import { readdirSync } from 'node:fs'
import {
  ApproveAssignmentCommand,
  CreateHITCommand,
  MTurkClient,
  RejectAssignmentCommand,
  SendBonusCommand,
} from '@aws-sdk/client-mturk'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { browserMissing, launchBrowser } from './support/browser.ts'
import { documentPaths, readDocument, root } from './support/documents.ts'
import { control } from './support/server.ts'
import { describeUnless } from './support/shared.ts'
import { birdPage, findFaults, htmlQuestion, questionForm, startWorkerSite } from './support/worker-site.ts'

const missing = await browserMissing()
const folder = join(root, 'docs', 'images')
const keeps = process.env.KEMPELEN_SCREENSHOTS === '1'
const day = 86_400
/** The pictures that the documents show. */
const kept = readdirSync(folder)

const survey =
  questionForm(`<Overview><Title>How you travel</Title><Text>There are no wrong answers.</Text></Overview>
<Question><QuestionIdentifier>way</QuestionIdentifier><DisplayName>To work</DisplayName><IsRequired>true</IsRequired>
<QuestionContent><Text>How do you get to work on most days?</Text></QuestionContent><AnswerSpecification><SelectionAnswer>
<StyleSuggestion>radiobutton</StyleSuggestion><Selections>
<Selection><SelectionIdentifier>walk</SelectionIdentifier><Text>On foot</Text></Selection>
<Selection><SelectionIdentifier>cycle</SelectionIdentifier><Text>By bicycle</Text></Selection>
<Selection><SelectionIdentifier>train</SelectionIdentifier><Text>By train or bus</Text></Selection>
<Selection><SelectionIdentifier>home</SelectionIdentifier><Text>I work at home</Text></Selection>
<OtherSelection/></Selections></SelectionAnswer></AnswerSpecification></Question>
<Question><QuestionIdentifier>minutes</QuestionIdentifier><DisplayName>Minutes</DisplayName><QuestionContent>
<Text>How many minutes does it take?</Text></QuestionContent><AnswerSpecification><FreeTextAnswer>
<Constraints><IsNumeric minValue="0" maxValue="600"/></Constraints><NumberOfLinesSuggestion>1</NumberOfLinesSuggestion>
</FreeTextAnswer></AnswerSpecification></Question>`)

/** What stands in the list: who, what, for how much, how many, how long others need for it (seconds). */
const offers = [
  ['Bird Atlas Project', 'Name the bird in a photograph', '0.12', 40, 28],
  ['Bird Atlas Project', 'Mark every bird on a lake', '0.75', 12, 190],
  ['Harbour University, Linguistics', 'Read five sentences aloud', '1.50', 25, 340],
  ['Harbour University, Linguistics', 'Answer a survey about your way to work', '2.00', 3, 420],
  ['Old Maps Library', 'Copy the place names of an old map', '0.40', 60, 95],
  ['Street Signs', 'Say what a traffic sign forbids', '0.06', 300, 22],
] as const

/** A server on which six groups have been worked on for three weeks. */
async function startScene() {
  const site = await startWorkerSite()
  const worker = await site.createWorker({ name: 'Robin', email: 'robin@example.com' })
  const others = await Promise.all([1, 2, 3].map(() => site.createWorker()))
  const requesters = new Map<string, MTurkClient>()
  for (const [name] of offers) {
    if (requesters.has(name)) continue
    const { body } = await control(site.address, 'requesters', { name, balance: '5000.00' })
    const credentials = {
      accessKeyId: String(body.accessKeyId),
      secretAccessKey: String(body.secretAccessKey),
    }
    requesters.set(name, new MTurkClient({ endpoint: site.address, region: 'us-east-1', credentials }))
  }
  const groups: string[] = []
  let work = ''
  for (const [name, title, reward, count, seconds] of offers) {
    const client = requesters.get(name)!
    const make = (lifetime: number, assignments: number) =>
      client.send(
        new CreateHITCommand({
          Title: title,
          Description: `${title}. Short instructions stand above the task.`,
          Keywords: 'sample',
          Reward: reward,
          MaxAssignments: assignments,
          AssignmentDurationInSeconds: 1800,
          AutoApprovalDelayInSeconds: 3 * day,
          LifetimeInSeconds: lifetime,
          Question: title.includes('survey') ? survey : htmlQuestion(birdPage),
        }),
      )
    const { HIT: first } = await make(40 * day, 9)
    groups.push(first!.HITGroupId!)
    for (const one of [...others, worker]) {
      const { assignmentId } = await site.accept(one, first!.HITId!)
      await site.advance(seconds + 7 * others.indexOf(one))
      await site.submit(
        assignmentId,
        title.includes('survey') ? { way: 'walk', minutes: '20' } : { species: 'wren' },
      )
      if (one !== worker) continue
      const AssignmentId = assignmentId
      if (title.startsWith('Say what'))
        await client.send(
          new RejectAssignmentCommand({
            AssignmentId,
            RequesterFeedback: 'The sign in the picture is another one.',
          }),
        )
      else if (!title.startsWith('Copy'))
        await client.send(new ApproveAssignmentCommand({ AssignmentId, RequesterFeedback: 'Thank you.' }))
      if (title.startsWith('Read'))
        await client.send(
          new SendBonusCommand({
            AssignmentId,
            WorkerId: worker,
            BonusAmount: '0.50',
            Reason: 'For clear speech',
          }),
        )
    }
    for (let made = 1; made < Math.min(count, 8); made++) {
      const { HIT: hit } = await make(30 * day, 2)
      if (title.includes('survey')) work = hit!.HITId!
    }
    await site.advance(2 * day)
  }
  for (const client of requesters.values()) client.destroy()
  const { assignmentId } = await site.accept(worker, work)
  return { site, worker, groups, work: `/projects/${groups[3]}/tasks/${work}?assignment_id=${assignmentId}` }
}

type Scene = Awaited<ReturnType<typeof startScene>>

describeUnless(missing, 'the main pages', () => {
  let scene: Scene
  let browser: Browser

  beforeAll(async () => {
    scene = await startScene()
    browser = await launchBrowser()
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await scene?.site.stop()
  })

  const pages: [string, (scene: Scene) => string][] = [
    ['hits', () => '/projects?sort=reward_desc'],
    ['preview', ({ groups }) => `/projects/${groups[4]}/tasks`],
    ['work', ({ work }) => work],
    ['queue', () => '/tasks'],
    ['history', () => '/history'],
    ['qualifications', () => '/qualifications/assigned'],
    ['dashboard', () => '/dashboard'],
    ['earnings', () => '/earnings'],
  ]

  test.each(pages)('%s: as the documents show it', async (name, path) => {
    for (const [kind, options] of [
      ['wide', { width: 1280 }],
      ['phone', { width: 360, dark: true }],
    ] as const) {
      const page = await scene.site.open(browser, scene.worker, options)
      await page.goto(scene.site.address + path(scene))
      expect([name, kind, await findFaults(page)]).toEqual([name, kind, []])
      const file = `${name}-${kind}.png`
      if (keeps && kept.includes(file)) await page.screenshot({ path: join(folder, file) })
      await page.context().close()
    }
  })
})

test('every picture that is kept stands in a document', () => {
  const shown = documentPaths().flatMap((path) =>
    [...readDocument(path).matchAll(/images\/([\w-]+\.png)/g)].map((found) => found[1]!),
  )
  expect([...new Set(shown)].sort()).toEqual(readdirSync(folder).sort())
})
