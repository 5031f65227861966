// The way of a form's answers to the server: who may send them, when, how often, how much; and how they are changed
// once they are submitted. Nothing that was typed is lost [websites 1.6].
import { GetFileUploadURLCommand } from '@aws-sdk/client-mturk'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demo } from '../../src/demo/seed.ts'
import { removeErasedFiles } from '../../src/operations/system/erase-old.ts'
import { browserMissing, launchBrowser } from '../support/browser.ts'
import {
  acceptForm,
  answerDocument,
  answerOf,
  free,
  selected,
  signedIn,
  type AcceptedForm,
} from '../support/form-work.ts'
import { choice, formOf2005, line, question } from '../support/question-forms.ts'
import { control } from '../support/server.ts'
import { describeUnless } from '../support/shared.ts'
import {
  birdPage,
  findFaults,
  htmlQuestion,
  startWorkerSite,
  widths,
  type WorkerSite,
} from '../support/worker-site.ts'

const missing = await browserMissing()

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

const upload =
  '<FileUploadAnswer><MaxFileSizeInBytes>20000000</MaxFileSizeInBytes><MinFileSizeInBytes>1</MinFileSizeInBytes></FileUploadAnswer>'
const form = formOf2005(
  question('word', line(), { name: 'Your word', required: true }) +
    question('mood', choice(['calm', 'tense']), { name: 'Mood' }) +
    question('scan', upload, { name: 'Scan' }),
)

type Fields = Record<string, string | File>

/** Sends a form as a browser does. `token` and `cookie` are those of its worker unless said otherwise. */
async function send(
  task: AcceptedForm,
  fields: Fields,
  { address = task.submit, as = task.worker, token, headers = {} }: SendOptions = {},
) {
  const session = as === '' ? { cookie: '', token: '' } : await signedIn(site, as)
  const body = new FormData()
  body.set('authenticity_token', token ?? session.token)
  for (const [name, value] of Object.entries(fields)) body.set(name, value)
  const response = await fetch(address, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { cookie: session.cookie, ...headers },
  })
  const { status } = response
  return { status, location: response.headers.get('location'), text: await response.text() }
}

interface SendOptions {
  address?: string
  as?: string
  token?: string
  headers?: Record<string, string>
}

const typed = 'a word of mine'
const good: Fields = { 'answer.word': typed, 'answer.mood': 'calm' }

describe('answers that are sent [websites 1.6]', () => {
  test('lead to the list, the queue, or the next HIT of the group', async () => {
    const list = await acceptForm(site, form)
    expect(await send(list, good)).toMatchObject({
      status: 303,
      location: `/projects?submitted=${list.assignmentId}`,
    })
    expect(await answerOf(site, list.assignmentId)).toBe(
      answerDocument([
        ['word', free(typed)],
        ['mood', selected('calm')],
      ]),
    )
    const queue = await acceptForm(site, form)
    const fromQueue = await send(queue, good, { address: `${queue.submit}&from_queue=true` })
    expect(fromQueue.location).toBe(`/tasks?submitted=${queue.assignmentId}`)
    const next = await acceptForm(site, form)
    expect((await send(next, { ...good, auto_accept: 'true' })).location).toBe(
      `/projects/${next.groupId}/tasks/accept_random?auto_accept=true&submitted=${next.assignmentId}`,
    )
  })

  test('the same twice are taken once; others are told that the first ones were kept', async () => {
    const task = await acceptForm(site, form)
    expect((await send(task, good)).status).toBe(303)
    expect((await send(task, good)).status).toBe(303)
    const other = await send(task, { ...good, 'answer.word': 'another' })
    expect(other.status).toBe(409)
    expect(other.text).toContain('You have already submitted this HIT. Your first answers were kept.')
    expect(other.text).toContain('another')
    const blank = await send(task, {})
    expect(blank.status).toBe(409)
    expect(await answerOf(site, task.assignmentId)).toContain(typed)
  })

  test('a lying file name is made plain, and its bytes are kept', async () => {
    const task = await acceptForm(site, form)
    const scan = new File(['bytes'], '../../etc/pass\u0000wd\r\nX: y.html', { type: 'text/html' })
    expect((await send(task, { ...good, 'answer.scan': scan })).status).toBe(303)
    expect(await answerOf(site, task.assignmentId)).toContain('<UploadedFileSizeInBytes>5<')
  })

  test('ten megabytes of text arrive; more than sixteen are refused with a page', async () => {
    const task = await acceptForm(site, form)
    const large = await send(task, { ...good, 'answer.word': 'x'.repeat(17 * 1024 * 1024) })
    expect(large.status).toBe(413)
    expect(large.text).toContain('The answers are too long')
    expect(await site.stateOf(task.assignmentId)).toBe('open')
    expect((await send(task, { ...good, 'answer.word': 'x'.repeat(10 * 1024 * 1024) })).status).toBe(303)
    expect((await answerOf(site, task.assignmentId)).length).toBeGreaterThan(10 * 1024 * 1024)
  })

  interface Refused {
    name: string
    fields?: Fields
    before?(task: AcceptedForm): Promise<unknown>
    options?(task: AcceptedForm): Promise<SendOptions> | SendOptions
    status: number
    says: string
    /** What was typed is not in the page, because it was sent as nothing that a page could show. */
    untyped?: true
    state?: string
  }
  const refused: Refused[] = [
    {
      name: 'with no field',
      fields: {},
      status: 422,
      says: 'This field is required. Write an answer.',
      untyped: true,
    },
    {
      name: 'naming a selection that there is not',
      fields: { ...good, 'answer.mood': 'wild' },
      status: 400,
      says: 'An answer is missing or not allowed: mood',
    },
    {
      name: 'with the token of another session',
      options: async (task) => ({ token: (await signedIn(site, task.worker)).token }),
      status: 403,
      says: 'You have signed in again since this page was opened.',
    },
    { name: 'with no token', options: () => ({ token: '' }), status: 403, says: 'You have signed in again' },
    {
      name: 'from another site',
      options: () => ({ headers: { 'sec-fetch-site': 'cross-site' } }),
      status: 403,
      says: 'The form was not sent from this page',
      untyped: true,
    },
    { name: 'by nobody', options: () => ({ as: '' }), status: 403, says: 'You are signed out' },
    {
      name: 'by another worker',
      options: async () => ({ as: await site.createWorker() }),
      status: 403,
      says: 'belong to a HIT that another worker has accepted',
    },
    {
      name: 'for an assignment that nobody has',
      options: (task) => ({ address: task.submit.replace(task.assignmentId, '3NONE') }),
      status: 404,
      says: 'No HIT that you have accepted belongs to these answers',
    },
    {
      name: 'to the address of another HIT',
      options: (task) => ({ address: task.submit.replace(task.hitId, '3NONE') }),
      status: 404,
      says: 'No HIT that you have accepted belongs to these answers',
    },
    {
      name: 'after the deadline',
      before: () => site.advance(601),
      status: 409,
      says: 'The time for this HIT is over',
      state: 'abandoned',
    },
    {
      name: 'after the return',
      before: ({ assignmentId }) => control(site.address, `assignments/${assignmentId}/return`, {}),
      status: 409,
      says: 'You have returned this HIT',
      state: 'returned',
    },
    {
      name: 'as something that is no form',
      options: () => ({ headers: { 'content-type': 'multipart/form-data; boundary=none' } }),
      status: 400,
      says: 'a form that is not understood',
      untyped: true,
    },
  ]
  test.each(refused)(
    '$name: a page with status $status, and what was typed',
    async ({ fields = good, before, options, status, says, untyped, state = 'open' }) => {
      const task = await acceptForm(site, form)
      await before?.(task)
      const answer = await send(task, fields, await options?.(task))
      expect(answer.status).toBe(status)
      expect(answer.text).toContain(says)
      if (!untyped) expect(answer.text).toContain(typed)
      expect(await site.stateOf(task.assignmentId)).toBe(state)
    },
  )

  test('a HIT of another kind takes no form here', async () => {
    const task = await acceptForm(site, htmlQuestion(birdPage))
    const answer = await send(task, good)
    expect(answer.status).toBe(404)
    expect(answer.text).toContain(typed)
  })

  test('the control API and externalSubmit refuse the same answers [questions 2.5]', async () => {
    const { assignmentId } = await acceptForm(site, form)
    const answer = await control(site.address, `assignments/${assignmentId}/submit`, { answers: {} })
    expect(answer.status).toBe(400)
    expect(answer.body).toEqual({
      error: 'AnswersRefused',
      message: 'Your word: This field is required. Write an answer.',
    })
    const page = await fetch(`${site.address}/mturk/externalSubmit`, {
      method: 'POST',
      body: new URLSearchParams({ assignmentId, word: '', mood: 'calm' }),
    })
    expect(page.status).toBe(422)
    expect(await page.text()).toContain('Your word: This field is required.')
    expect(await site.stateOf(assignmentId)).toBe('open')
  })
})

describeUnless(missing, 'answers that are changed', () => {
  const allow = (allowsEdits: boolean) =>
    control(site.address, `requesters/${demo.requesterId}`, { allowsEdits })
  const submitted = async () => {
    const task = await acceptForm(site, form)
    const scan = new File(['first bytes'], 'first.txt')
    expect((await send(task, { ...good, 'answer.scan': scan })).status).toBe(303)
    return task
  }

  test('are filled in, checked, kept with their file, and replaced', async () => {
    await allow(true)
    const task = await submitted()
    const before = await answerOf(site, task.assignmentId)
    const page = await site.open(browser, task.worker)
    await page.goto(task.edit)
    for (const width of widths) {
      await page.setViewportSize({ width, height: 740 })
      expect(await findFaults(page)).toEqual([])
    }
    expect(await page.getByLabel('Your word').inputValue()).toBe(typed)
    expect(await page.getByLabel('Calm').isChecked()).toBe(true)
    await page.getByText('The file that you sent is kept (11 bytes).').waitFor()
    await page.getByLabel('Your word').fill('')
    await page.getByRole('button', { name: 'Save the changes' }).click()
    await page.getByText('This field is required. Write an answer.').waitFor()
    await page.getByLabel('Your word').fill('a better word')
    await page.getByLabel('Tense').check()
    await page.getByRole('button', { name: 'Save the changes' }).click()
    await page.getByRole('heading', { name: 'Your changes are saved' }).waitFor()
    expect(await answerOf(site, task.assignmentId)).toBe(
      before.replace(typed, 'a better word').replace('calm', 'tense'),
    )
    await page.context().close()
  })

  test('are checked by the server without scripts', async () => {
    await allow(true)
    const task = await submitted()
    const page = await site.open(browser, task.worker, { javaScript: false })
    await page.goto(task.edit)
    await page.getByLabel('Your word').fill('')
    const [response] = await Promise.all([
      page.waitForResponse(/\/edit\?/),
      page.getByRole('button', { name: 'Save the changes' }).click(),
    ])
    expect(response.status()).toBe(422)
    await page.getByRole('link', { name: /^Your word: This field is required/ }).waitFor()
    await page.getByText('The file that you sent is kept').waitFor()
    const file = { name: 'second.txt', mimeType: 'text/plain', buffer: Buffer.from('second') }
    await page.getByLabel('Scan').first().setInputFiles(file)
    await page.getByRole('button', { name: 'Save the changes' }).click()
    await page.getByText('Choose the file again').waitFor()
    await page.getByLabel('Your word').fill('again')
    await page.getByLabel('Scan').first().setInputFiles(file)
    await page.getByRole('button', { name: 'Save the changes' }).click()
    await page.getByRole('heading', { name: 'Your changes are saved' }).waitFor()
    const { FileUploadURL } = await site.client.send(
      new GetFileUploadURLCommand({ AssignmentId: task.assignmentId, QuestionIdentifier: 'scan' }),
    )
    expect(await (await fetch(FileUploadURL ?? '')).text()).toBe('second')
    await page.context().close()
  })

  test('a file that is sent again after another one is not deleted with the first [hits 7.5]', async () => {
    await allow(true)
    const task = await submitted()
    const market = site.server.running.markets.get('production')!
    const edit = (bytes: string) =>
      send(task, { ...good, 'answer.scan': new File([bytes], 'a.txt') }, { address: task.edit })
    for (const bytes of ['other bytes', 'first bytes'])
      expect((await edit(bytes)).location).toContain('notice=Edited')
    // What was replaced is deleted now and then, also when it has been deleted before.
    await removeErasedFiles(market.runner, (key) => market.files.remove(key))
    // At the same moment as well.
    const edits = await Promise.all(['other bytes', 'first bytes', 'other bytes'].map(edit))
    expect(edits.map(({ status }) => status)).toEqual([303, 303, 303])
    await removeErasedFiles(market.runner, (key) => market.files.remove(key))
    const { FileUploadURL } = await site.client.send(
      new GetFileUploadURLCommand({ AssignmentId: task.assignmentId, QuestionIdentifier: 'scan' }),
    )
    expect(await (await fetch(FileUploadURL ?? '')).text()).toMatch(/^(other|first) bytes$/)
  })

  test('stay where the requester does not allow it, and once they are reviewed', async () => {
    await allow(false)
    const task = await submitted()
    const { cookie } = await signedIn(site, task.worker)
    const shown = await fetch(task.edit, { headers: { cookie } })
    expect(shown.status).toBe(409)
    expect(await shown.text()).toContain('cannot be changed once they are submitted')
    const sent = await send(task, { ...good, 'answer.word': 'changed' }, { address: task.edit })
    expect(sent.status).toBe(409)
    expect(sent.text).toContain('changed')
    expect(await answerOf(site, task.assignmentId)).toContain(typed)
    expect((await fetch(task.edit.replace(task.assignmentId, '3NONE'), { headers: { cookie } })).status).toBe(
      404,
    )
    const other = await signedIn(site, await site.createWorker())
    expect((await fetch(task.edit, { headers: { cookie: other.cookie } })).status).toBe(403)
  })
})
