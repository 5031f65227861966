// Files of workers: from the form, or a test's call, to the requester who asks for their address [hits 7.5].
import { describe, expect, test } from 'vitest'
import type { FileStore } from '../../files/file-store.ts'
import { createWebApp } from '../app.tsx'
import { createControl } from '../control/control.ts'
import { onBothDatabases, type TestClient, type TestMarket } from '../../../test/support/market.ts'
import { refusalOf, refused } from '../../../test/support/refusals.ts'
import { accept, createHIT } from '../../../test/support/steps.ts'

const question = (identifier: string, answer: string) =>
  `<Question><QuestionIdentifier>${identifier}</QuestionIdentifier><QuestionContent><Text>?</Text></QuestionContent>` +
  `<AnswerSpecification>${answer}</AnswerSpecification></Question>`
const upload = (most: number, least = 3) =>
  `<FileUploadAnswer><MaxFileSizeInBytes>${most}</MaxFileSizeInBytes><MinFileSizeInBytes>${least}</MinFileSizeInBytes></FileUploadAnswer>`
const form =
  '<QuestionForm xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionForm.xsd">' +
  question('scan &amp; co', upload(10)) +
  question('more', upload(100_000)) +
  question('note', '<FreeTextAnswer/>') +
  '</QuestionForm>'
const scan = 'scan & co'

/** The site and the control API of a test market, without sockets; `failures` are what it could not help. */
function siteOf({ market: whole }: TestMarket, files: FileStore = whole.files, failures: unknown[] = []) {
  const market = { ...whole, files }
  const dependencies = {
    publicURL: () => 'http://localhost',
    marketOf: () => market,
    marketNamed: () => market,
    submitPolicy: 'open',
    clientAddress: () => '',
    hosts: ['localhost'],
    token: undefined,
    isLocal: () => true,
    reset: () => Promise.resolve(),
    failed: (error: unknown) => void failures.push(error),
  } as const
  const control = createControl(dependencies)
  const app = createWebApp({ ...dependencies, mountControl: (root) => void root.route('/', control) })
  return {
    get: async (path: string) => app.request(new URL(path, 'http://localhost').href),
    /** Sends a form as a browser does. */
    send: async (assignmentId: string, fields: Record<string, string | File>) => {
      const body = new FormData()
      body.append('assignmentId', assignmentId)
      for (const [name, value] of Object.entries(fields)) body.append(name, value)
      return app.request('http://localhost/mturk/externalSubmit', { method: 'POST', body })
    },
    /** Sends answers by the control API. */
    submit: async (assignmentId: string, answers: object) =>
      app.request(`http://localhost/_control/assignments/${assignmentId}/submit`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', host: 'localhost' },
        body: JSON.stringify({ answers }),
      }),
  }
}

/** Files in a map that a test looks into; `kept` is called when one was put. */
function storeIn(
  map: Map<string, Uint8Array>,
  kept: () => Promise<unknown> = () => Promise.resolve(),
): FileStore {
  return {
    async put(key, bytes) {
      map.set(key, bytes)
      await kept()
    },
    get: async (key) => map.get(key),
    remove: async (key) => void map.delete(key),
    clear: async () => map.clear(),
  }
}

const hello = { name: 'a', base64: 'aGVsbG8=' }
const operation = 'GetFileUploadURL'

onBothDatabases('files with answers', (market) => {
  const start = async () => {
    const client = await market().requester()
    const hit = await createHIT(client, { Question: form })
    const worker = await market().worker()
    const kept = new Map<string, Uint8Array>()
    return { client, hit, worker, kept, id: await accept(worker, hit), site: siteOf(market(), storeIn(kept)) }
  }
  const addressOf = async (client: TestClient, AssignmentId: string, QuestionIdentifier: string) =>
    (await client.call(operation, { AssignmentId, QuestionIdentifier })).FileUploadURL!
  const answerOf = async (client: TestClient, AssignmentId: string) =>
    (await client.call('GetAssignment', { AssignmentId })).Assignment!.Answer!

  test('the form asks for a file, and is sent in the one way in which files can be [questions 2.7]', async () => {
    const { hit, site } = await start()
    const page = await (await site.get(`/task/${hit.HITId}`)).text()
    expect(page).toContain('enctype="multipart/form-data"')
    expect(page).toMatch(
      /<input type="file" id="field-1" name="scan &amp; co"[^>]*\/>\s*<p class="hint"[^>]*>A file of 3 to 10 bytes/,
    )
  })

  test('a file that a form sends comes back byte for byte, under its name [hits 7.5, questions 9.1]', async () => {
    const { client, id, site } = await start()
    const bytes = Uint8Array.from([0, 255, 13, 10])
    const file = new File([bytes], 'ŝtampo "1"\'.png')
    expect((await site.send(id, { [scan]: file, note: 'x', more: new File([], '') })).status).toBe(200)
    expect(await answerOf(client, id)).toMatch(
      /<QuestionIdentifier>scan &amp; co<\/QuestionIdentifier><UploadedFileSizeInBytes>4<\/UploadedFileSizeInBytes><UploadedFileKey>[0-9a-f]{64}<\/UploadedFileKey><\/Answer><Answer><QuestionIdentifier>note</,
    )
    const response = await site.get(await addressOf(client, id, scan))
    expect(response.status).toBe(200)
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': "attachment; filename*=UTF-8''%C5%9Dtampo%20%221%22%27.png",
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    for (const QuestionIdentifier of ['more', 'note', 'nothing'])
      expect(await refusalOf(market(), client, operation, { AssignmentId: id, QuestionIdentifier })).toEqual(
        refused.value('QuestionIdentifier', QuestionIdentifier),
      )
  })

  test('the control API sends files too [design 7]', async () => {
    const { client, id, site } = await start()
    const file = { name: '../a\u0000b.txt', base64: Buffer.from('hello').toString('base64') }
    expect((await site.submit(id, { more: { file }, note: 'x' })).status).toBe(200)
    const response = await site.get(await addressOf(client, id, 'more'))
    expect(await response.text()).toBe('hello')
    expect(response.headers.get('content-disposition')).toContain("''.._a_b.txt")
  })

  test.each([
    [2, 400],
    [3, 200],
    [10, 200],
    [11, 400],
  ])('a file of %i bytes where 3 to 10 are asked for: %i [questions 2.7]', async (size, status) => {
    const { client, hit, id, site } = await start()
    const file = new File([new Uint8Array(size)], 'a')
    expect((await site.send(id, { [scan]: file })).status).toBe(status)
    const { HIT } = await client.call('GetHIT', { HITId: hit.HITId })
    expect(HIT!.NumberOfAssignmentsPending).toBe(status === 200 ? 0 : 1)
  })

  test('the same files again are the same answers; others come too late [design 5]', async () => {
    const { id, client, site } = await start()
    const send = async (text: string) => (await site.send(id, { [scan]: new File([text], 'a') })).status
    expect([await send('one'), await send('one'), await send('two')]).toEqual([200, 200, 409])
    expect(await (await site.get(await addressOf(client, id, scan))).text()).toBe('one')
  })

  test('the address dies after 60 seconds, and no other can be made of it [hits 7.5]', async () => {
    const { id, client, site } = await start()
    await site.send(id, { [scan]: new File(['one'], 'a'), more: new File(['more'], 'b') })
    const address = await addressOf(client, id, scan)
    const url = new URL(address, 'http://localhost')
    expect(url.pathname).toBe(`/uploads/${id}`)
    for (const [name, value] of [
      ['question', 'more'],
      ['expires', String(Number(url.searchParams.get('expires')) + 1)],
      ['expires', 'NaN'],
      ['signature', 'x'],
    ] as const) {
      const other = new URL(url)
      other.searchParams.set(name, value)
      expect((await site.get(other.href)).status, name).toBe(403)
    }
    expect((await site.get(`/uploads/${id}`)).status).toBe(403)
    market().clock.set(market().clock.now() + 59_000)
    expect((await site.get(address)).status).toBe(200)
    market().clock.set(market().clock.now() + 1000)
    const dead = await site.get(address)
    expect([dead.status, await dead.text()]).toEqual([
      410,
      'This address is not good any more. Ask for a new one with GetFileUploadURL.',
    ])
    expect((await site.get(await addressOf(client, id, scan))).status).toBe(200)
  })

  test('a disposed HIT takes its files along [hits 5.8, 7.5]', async () => {
    const { id, client, hit, site } = await start()
    await site.send(id, { [scan]: new File(['one'], 'a') })
    const address = await addressOf(client, id, scan)
    await client.call('ApproveAssignment', { AssignmentId: id })
    await client.call('DeleteHIT', { HITId: hit.HITId })
    expect((await site.get(address)).status).toBe(404)
    const input = { AssignmentId: id, QuestionIdentifier: scan }
    expect(await refusalOf(market(), client, operation, input)).toEqual(refused.noHIT(hit.HITId))
  })

  test('the page for a file of another size tells the limits, and gives back what was typed [questions 2.7]', async () => {
    const { id, site } = await start()
    const page = await site.send(id, {
      more: new File([new Uint8Array(100_001)], 'a'),
      note: 'an hour of work',
    })
    const text = await page.text()
    expect(text).toContain('The file for more has 100,001 bytes; it must have 3 to 100,000.')
    expect(text).toContain('an hour of work')
  })

  test('a refused answer leaves no file behind', async () => {
    const { id, kept, site, hit, worker } = await start()
    expect((await site.submit(id, { more: { file: hello }, note: ['a', 'list'] })).status).toBe(400)
    expect(kept.size).toBe(0)
    await worker.giveBack(id)
    expect((await site.submit(id, { more: { file: hello } })).status).toBe(409)
    expect(kept.size).toBe(0)
    const again = await accept(worker, hit)
    expect((await site.submit(again, { more: { file: hello } })).status).toBe(200)
    expect(kept.size).toBe(1)
  })

  test('work given back while its file is on the way leaves no file behind', async () => {
    const { id, kept, worker } = await start()
    const files = storeIn(kept, () => worker.giveBack(id))
    const site = siteOf(market(), files)
    expect((await site.submit(id, { more: { file: hello } })).status).toBe(409)
    expect(kept.size).toBe(0)
  })

  test('answers that come too late do not take the file of those in time along', async () => {
    const { id, kept, client, site } = await start()
    const first = () => site.submit(id, { more: { file: hello }, note: 'first' })
    const late = siteOf(market(), storeIn(kept, first))
    expect((await late.submit(id, { more: { file: hello }, note: 'second' })).status).toBe(409)
    expect(await (await site.get(await addressOf(client, id, 'more'))).text()).toBe('hello')
  })

  describe('a place for files that fails', () => {
    const broken = () => Promise.reject(new Error('the bucket is gone'))
    const brokenFiles = { put: broken, get: broken, remove: broken, clear: broken }

    test('records nothing, says so, and gives back what was typed', async () => {
      const { client, id, hit } = await start()
      const failures: unknown[] = []
      const site = siteOf(market(), brokenFiles, failures)
      const page = await site.send(id, { more: new File(['hello'], 'a'), note: 'an hour of work' })
      const text = await page.text()
      expect(page.status).toBe(503)
      for (const part of ['Your file could not be kept', 'Nothing was recorded.', 'an hour of work'])
        expect(text).toContain(part)
      expect((failures[0] as Error).cause).toEqual(new Error('the bucket is gone'))
      const { HIT } = await client.call('GetHIT', { HITId: hit.HITId })
      expect(HIT!.NumberOfAssignmentsPending).toBe(1)
      expect((await siteOf(market()).send(id, { more: new File(['hello'], 'a') })).status).toBe(200)
    })

    test('takes answers without files, and tells a test that it failed', async () => {
      const { id } = await start()
      const site = siteOf(market(), brokenFiles)
      expect((await site.submit(id, { more: { file: hello } })).status).toBe(500)
      expect((await site.send(id, { note: 'x' })).status).toBe(200)
    })

    test('answers an address with 503 and a sentence', async () => {
      const { id, client, site } = await start()
      await site.submit(id, { more: { file: hello } })
      const failures: unknown[] = []
      const response = await siteOf(market(), brokenFiles, failures).get(await addressOf(client, id, 'more'))
      expect([response.status, await response.text()]).toEqual([
        503,
        'The place where files are kept does not answer. Try again in a minute.',
      ])
      expect(failures).toEqual([new Error('the bucket is gone')])
    })

    test('that has lost a file answers its address with 404', async () => {
      const { id, client, site, kept } = await start()
      await site.submit(id, { more: { file: hello } })
      kept.clear()
      expect((await site.get(await addressOf(client, id, 'more'))).status).toBe(404)
    })
  })

  describe('bad input', () => {
    test.each([
      [{ more: { file: 'x' } }],
      [{ more: { file: { name: 'a' } } }],
      [{ more: { file: { name: 'a', base64: 'a b' } } }],
      [{ more: 'a text' }],
      [{ note: { file: { name: 'a', base64: 'aGVsbG8=' } } }],
      [{ nothing: { file: { name: 'a', base64: 'aGVsbG8=' } } }],
    ])('%j is refused, and nothing is submitted', async (answers) => {
      const { client, id, hit, site } = await start()
      expect((await site.submit(id, answers)).status).toBe(400)
      const { HIT } = await client.call('GetHIT', { HITId: hit.HITId })
      expect(HIT!.NumberOfAssignmentsPending).toBe(1)
    })
  })
})
