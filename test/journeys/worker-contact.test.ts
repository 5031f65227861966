// Writing to a requester: the form by its parameters, what becomes of a message, and what is refused [websites 1.12].
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demo } from '../../src/demo/seed.ts'
import { contactAboutGroup } from '../../src/web/worker/messages/contact-link.ts'
import { browserMissing, launchBrowser } from '../support/browser.ts'
import { all, attribute, first, parsePage, textOf } from '../support/page-tree.ts'
import { control } from '../support/server.ts'
import { describeUnless } from '../support/shared.ts'
import { createTool, type WorkerTool } from '../support/worker-tool.ts'
import { findFaults, looks, startWorkerSite, type WorkerSite } from '../support/worker-site.ts'

const missing = await browserMissing()
const about = '/contact_requester/hit_type_messages/new'
const aboutWork = '/contact_requester/assignment_messages/new'

interface Mail {
  kind: string
  workerId: string
  email?: string
  requesterId: string
  subject: string
  text: string
}

let site: WorkerSite
let group: string
let hitTypeId: string
let hitId: string
beforeAll(async () => {
  site = await startWorkerSite()
  const hit = await site.createHIT({ MaxAssignments: 50 })
  group = hit.HITGroupId
  hitTypeId = hit.HITTypeId!
  hitId = hit.HITId
}, 60_000)
afterAll(() => site?.stop())

const mailOf = async (workerId: string) =>
  (await control(site.address, `mail?workerId=${workerId}`)).body as unknown as Mail[]
const named = (name: string) => (element: Parameters<typeof attribute>[0]) =>
  attribute(element, 'name') === name

/** Sends the form of a tool's page with these fields. */
async function post(tool: WorkerTool, path: string, fields: Record<string, string>) {
  const page = await tool.page('/tasks')
  const token = attribute(first(page, named('csrf-token')), 'content')!
  return tool.post(path, { authenticity_token: token, ...fields })
}

describe('the form [websites 1.12]', () => {
  const fieldsOf = async (tool: WorkerTool, path: string) => {
    const page = await tool.page(path)
    const hidden = all(
      page,
      (element) => attribute(element, 'type') === 'hidden' && element.tagName === 'input',
    )
    return {
      text: textOf(first(page, (element) => attribute(element, 'id') === 'MainContent')),
      subject: attribute(
        first(page, (element) => attribute(element, 'id') === 'subject'),
        'value',
      ),
      hidden: Object.fromEntries(hidden.map((one) => [attribute(one, 'name'), attribute(one, 'value')])),
    }
  }

  test('about a group, by the address that pages and tools make', async () => {
    const tool = await createTool(site)
    const type = { title: 'A forged title', description: 'x', groupId: group, requesterId: demo.requesterId }
    const link = contactAboutGroup(type as Parameters<typeof contactAboutGroup>[0], 'A forged name', 'A1')
    const { text, subject, hidden } = await fieldsOf(tool, link)
    expect(text).toContain('Demo Laboratory')
    expect(text).toContain('Name the bird')
    expect(text).not.toContain('forged')
    expect(subject).toBe(`Regarding Amazon Mechanical Turk Project (HIT Type) ${group}`)
    expect(hidden).toMatchObject({ 'hit_type_message[hit_type_id]': group })
  })

  test.each([
    ['raw brackets', (id: string) => `hit_type_message[hit_type_id]=${id}`],
    ['encoded brackets', (id: string) => `hit_type_message%5Bhit_type_id%5D=${id}`],
    ['unknown parameters', (id: string) => `hit_type_message[hit_type_id]=${id}&unknown=1`],
  ])('with %s, by group or type, and the default subject', async (_, query) => {
    const tool = await createTool(site)
    for (const id of [group, hitTypeId])
      expect(await fieldsOf(tool, `${about}?${query(id)}`)).toMatchObject({
        subject: `Regarding Amazon Mechanical Turk Project (HIT Type) ${group}`,
        hidden: { 'hit_type_message[hit_type_id]': group },
      })
  })

  test('a subject of the address, a plus for each blank', async () => {
    const query = `hit_type_message[hit_type_id]=${group}&hit_type_message%5Bsubject%5D=A+b%2Bc`
    expect((await fieldsOf(await createTool(site), `${about}?${query}`)).subject).toBe('A b+c')
  })

  test('about work of his own', async () => {
    const tool = await createTool(site)
    const { assignmentId } = await site.accept(tool.workerId, hitId)
    await site.submit(assignmentId)
    const query = `assignment_message[assignment_id]=${assignmentId}&completed_date=2026-01-01&hit_id=X&requester_id=Y&requester_name=Z&title=T`
    expect(await fieldsOf(tool, `${aboutWork}?${query}`)).toMatchObject({
      subject: `Regarding Amazon Mechanical Turk HIT ${hitId}`,
      hidden: { 'assignment_message[assignment_id]': assignmentId },
    })
    const stranger = await createTool(site)
    expect((await stranger.get(`${aboutWork}?${query}`)).status).toBe(404)
  })

  test.each([
    about,
    aboutWork,
    `${about}?hit_type_message[hit_type_id]=3NONE`,
    `${aboutWork}?hit_id=${'X'.repeat(30)}`,
  ])('a clear page when nobody is named: %s', async (path) => {
    const { status, text } = await (await createTool(site)).get(path)
    expect([status, text.includes('Nobody to write to')]).toEqual([404, true])
  })
})

describe('a message [websites 1.12]', () => {
  let typed = 0
  const message = (changes: Record<string, string> = {}) => ({
    'hit_type_message[hit_type_id]': group,
    'hit_type_message[subject]': 'The picture',
    'hit_type_message[message]': 'It does not load.\r\nWhat now?',
    ...changes,
  })

  test('goes to the requester with the worker’s id, and neither name nor address', async () => {
    const tool = await createTool(site, { name: 'Jo Secret', email: 'secret@example.com' })
    const sent = await post(tool, about, message())
    expect(sent.url.searchParams.get('notice')).toBe('sent')
    const mail = await mailOf(tool.workerId)
    expect(mail).toMatchObject([
      {
        kind: 'contact',
        workerId: tool.workerId,
        requesterId: demo.requesterId,
        email: demo.requesterEmail,
        subject: 'The picture',
      },
    ])
    expect(mail[0]?.text).toContain('It does not load.\nWhat now?')
    expect(mail[0]?.text).toContain(tool.workerId)
    expect(JSON.stringify(mail)).not.toMatch(/secret/i)
  })

  test('about work, with its ids', async () => {
    const tool = await createTool(site)
    const { assignmentId } = await site.accept(tool.workerId, hitId)
    await post(tool, aboutWork, {
      'assignment_message[assignment_id]': assignmentId,
      'assignment_message[subject]': 's',
      'assignment_message[message]': 'm',
    })
    expect((await mailOf(tool.workerId))[0]?.text).toContain(`(HIT ${hitId}, assignment ${assignmentId})`)
  })

  test('has a subject of one line: no header can be put into it', async () => {
    const tool = await createTool(site)
    const subject = 'Hello\r\nBcc: everybody@example.com\r\n\r\nA body'
    await post(tool, about, message({ 'hit_type_message[subject]': subject }))
    expect((await mailOf(tool.workerId))[0]?.subject).toBe('Hello Bcc: everybody@example.com A body')
  })

  test.each([
    ['without a text', { 'hit_type_message[message]': ' ' }, 'Write a message.', 'text'],
    ['without a subject', { 'hit_type_message[subject]': '' }, 'Write a subject.', 'subject'],
    [
      'that is too long',
      { 'hit_type_message[message]': 'y'.repeat(5000) },
      'Use at most 4,096 characters.',
      'text',
    ],
    ['with a control character', { 'hit_type_message[message]': 'a\u0001' }, 'cannot be sent', 'text'],
  ])('%s comes back with what was typed', async (_, changes, problem, field) => {
    const tool = await createTool(site, { email: `typed${++typed}@example.com` })
    const fields = message({ may_answer: '1', ...changes })
    const { status, text } = await post(tool, about, fields)
    expect(status).toBe(422)
    const page = parsePage(text)
    const byId = (id: string) => first(page, (element) => attribute(element, 'id') === id)
    expect(attribute(byId('subject'), 'value')).toBe(fields['hit_type_message[subject]'])
    expect(textOf(byId('text'))).toBe(fields['hit_type_message[message]'].replaceAll('\r\n', '\n'))
    expect(attribute(byId('may_answer'), 'checked')).toBe('')
    expect(textOf(byId(`${field}-error`))).toContain(problem)
    expect(attribute(byId(field), 'aria-describedby')).toContain(`${field}-error`)
    expect(await mailOf(tool.workerId)).toEqual([])
  })

  test('the twenty-first of a day has to wait, and what was typed stands there', async () => {
    const tool = await createTool(site)
    for (let i = 0; i < 20; i++) await post(tool, about, message())
    const { status, text } = await post(tool, about, message({ 'hit_type_message[message]': 'One more' }))
    expect([status, text.includes('You can write 20 messages a day'), text.includes('One more')]).toEqual([
      429,
      true,
      true,
    ])
    await site.advance(86_401)
    expect((await post(tool, about, message())).url.searchParams.get('notice')).toBe('sent')
  })

  test('without the token of a page nothing is sent', async () => {
    const tool = await createTool(site)
    expect((await tool.post(about, message())).status).toBe(403)
    expect(await mailOf(tool.workerId)).toEqual([])
  })
})

describeUnless(missing, 'the form in a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  }, 60_000)
  afterAll(() => browser?.close())

  const at = async (options: Parameters<WorkerSite['open']>[2] = {}, changes: object = {}) => {
    const worker = await site.createWorker(changes)
    const page = await site.open(browser, worker, options)
    await page.goto(`${site.address}${about}?hit_type_message[hit_type_id]=${group}`)
    return { worker, page }
  }
  const send = (page: Page) => page.getByRole('button', { name: 'Send message' }).click()

  test.each(looks)('in each of its states at $width pixels, dark: $dark', async ({ width, dark }) => {
    const { page } = await at({ width, dark }, { email: `look${width}${dark}@example.com` })
    expect(await findFaults(page)).toEqual([])
    await send(page)
    expect(await page.locator('#text-error').innerText()).toBe('Write a message.')
    expect(await page.evaluate('document.activeElement.id')).toBe('text')
    expect(await findFaults(page)).toEqual([])
    await page.fill('#text', 'Hello')
    await send(page)
    await page.getByText('Message sent').waitFor()
    expect(await findFaults(page)).toEqual([])
    await page.goto(`${site.address}${about}`)
    expect(await findFaults(page)).toEqual([])
    await page.context().close()
  })

  test('by keyboard alone: every field has its name', async () => {
    const { worker, page } = await at({}, { email: 'keys@example.com' })
    await page.getByRole('textbox', { name: 'Subject' }).focus()
    await page.keyboard.press('Tab')
    await page.keyboard.type('By keyboard')
    await page.keyboard.press('Tab')
    expect(
      await page.getByRole('checkbox', { name: 'Let the requester answer me by mail' }).isChecked(),
    ).toBe(false)
    await page.keyboard.press('Space')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForURL(/notice=sent/)
    const [mail] = await mailOf(worker)
    expect(mail?.text).toContain('By keyboard')
    expect(mail?.text).toContain('The worker has allowed you to see the address')
  })

  test('without JavaScript; who has no address cannot be answered by mail', async () => {
    const { worker, page } = await at({ javaScript: false })
    expect(await page.getByRole('checkbox').count()).toBe(0)
    await page.fill('#text', 'Without scripts')
    await send(page)
    await page.waitForURL(/notice=sent/)
    const [mail] = await mailOf(worker)
    expect(mail?.text).toContain('An answer to this mail does not reach the worker.')
  })
})
