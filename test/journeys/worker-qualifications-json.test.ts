// Qualifications as workers' tools read and ask for them: JSON member by member, tokens, the island [websites 1.11].
import {
  AssociateQualificationWithWorkerCommand,
  CreateQualificationTypeCommand,
  type CreateQualificationTypeCommandInput,
} from '@aws-sdk/client-mturk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demo } from '../../src/demo/seed.ts'
import { faultsOf, type Shape } from '../support/json-shape.ts'
import { attribute, all, islandProps } from '../support/page-tree.ts'
import { sampleKey, sampleTest } from '../support/qualifications.ts'
import { createTool, type WorkerTool } from '../support/worker-tool.ts'
import { startWorkerSite, type WorkerSite } from '../support/worker-site.ts'

let site: WorkerSite
beforeAll(async () => {
  site = await startWorkerSite()
}, 60_000)
afterAll(() => site?.stop())

let made = 0
async function makeType(changes: Partial<CreateQualificationTypeCommandInput> = {}): Promise<string> {
  const { QualificationType } = await site.client.send(
    new CreateQualificationTypeCommand({
      Name: `Type ${++made}`,
      Description: 'Knows birds.',
      QualificationTypeStatus: 'Active',
      ...changes,
    }),
  )
  return QualificationType!.QualificationTypeId!
}
const withTest = { Test: sampleTest, AnswerKey: sampleKey, TestDurationInSeconds: 600 }
const give = ({ workerId }: WorkerTool, id: string, IntegerValue: number) =>
  site.client.send(
    new AssociateQualificationWithWorkerCommand({
      QualificationTypeId: id,
      WorkerId: workerId,
      IntegerValue,
      SendNotification: false,
    }),
  )

const tokenOf = async (tool: WorkerTool) => {
  const page = await tool.page('/qualifications/assigned')
  const isToken = (name: string) => (element: Parameters<typeof attribute>[0]) =>
    attribute(element, 'name') === name
  return attribute(all(page, isToken('csrf-token'))[0]!, 'content')!
}
const asJSON = { 'X-Requested-With': 'XMLHttpRequest', Accept: 'application/json' }
const postJSON = async (tool: WorkerTool, path: string, fields: Record<string, string> = {}) => {
  const { status, text } = await tool.post(
    path,
    { authenticity_token: await tokenOf(tool), ...fields },
    asJSON,
  )
  return { status, body: JSON.parse(text) as Record<string, unknown> }
}

const qualification: Shape = {
  name: 'string',
  description: 'string',
  creator_name: 'string',
  creator_url: 'string',
  value: 'number|null',
  locale_value: 'object',
  grant_time: 'time|null',
  has_test: 'boolean',
  is_requestable: 'boolean',
  is_system_qualification: 'boolean',
  can_retake_test_or_rerequest: 'boolean',
  earliest_retriable_time: 'time|null',
  request_qualification_url: 'path',
  retake_test_url: 'path|null',
}
type Listed = Record<string, unknown>

describe('GET /qualifications/assigned.json [websites 1.11]', () => {
  const pages = async (tool: WorkerTool, size: number) => {
    const found: Listed[] = []
    let token: unknown
    do {
      const next = token === undefined ? '' : `&next_token=${encodeURIComponent(token as string)}`
      const page = await tool.json(`/qualifications/assigned.json?page_size=${size}${next}`)
      expect(Object.keys(page)).toEqual(['assigned_qualifications', 'next_page_token'])
      const listed = page.assigned_qualifications as Listed[]
      expect(listed.length).toBeLessThanOrEqual(Math.min(size, 100))
      found.push(...listed)
      token = page.next_page_token
    } while (token !== null)
    return found
  }

  test('every member of an entry, of the system and of a requester', async () => {
    const tool = await createTool(site, { country: 'US', subdivision: 'WA' })
    const id = await makeType({ Name: 'Bird songs', RetryDelayInSeconds: 60 })
    await give(tool, id, 92)
    const found = await pages(tool, 100)
    expect(found.flatMap((one) => faultsOf(one, qualification))).toEqual([])
    const named = (name: string) => found.find((one) => one.name === name)
    expect(named('Bird songs')).toEqual({
      name: 'Bird songs',
      description: 'Knows birds.',
      creator_name: 'Demo Laboratory',
      creator_url: `/requesters/${demo.requesterId}/projects.json`,
      value: 92,
      locale_value: { country: null, subdivision: null },
      grant_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
      has_test: false,
      is_requestable: true,
      is_system_qualification: false,
      can_retake_test_or_rerequest: true,
      earliest_retriable_time: null,
      request_qualification_url: `/qualifications/${id}/request.json`,
      retake_test_url: null,
    })
    // Tools compare the names of the system's types [qualifications 5].
    expect(named('Total approved HITs')).toMatchObject({
      value: 0,
      is_system_qualification: true,
      is_requestable: false,
      can_retake_test_or_rerequest: false,
      creator_url: '',
    })
    expect(named('Location')).toMatchObject({
      value: null,
      locale_value: { country: 'US', subdivision: 'WA' },
    })
  })

  test('a test that can be taken again, and from when on', async () => {
    const tool = await createTool(site)
    const id = await makeType({ ...withTest, RetryDelayInSeconds: 60 })
    const asked = await postJSON(tool, `/qualifications/${id}/request`)
    await postJSON(tool, String(asked.body.test_url), { 'answer.capital': 'oslo' })
    const last = async () => (await pages(tool, 100)).at(-1)
    expect(await last()).toMatchObject({
      value: 33,
      has_test: true,
      can_retake_test_or_rerequest: false,
      earliest_retriable_time: expect.stringMatching(/Z$/) as string,
      retake_test_url: null,
    })
    await site.advance(61)
    expect(await last()).toMatchObject({
      can_retake_test_or_rerequest: true,
      earliest_retriable_time: null,
      retake_test_url: `/qualifications/${id}/request.json`,
    })
  })

  test('pages by tokens hold each once; null ends them; page_size is 100 at most', async () => {
    const tool = await createTool(site)
    for (let i = 0; i < 4; i++) await give(tool, await makeType(), i)
    const whole = (await pages(tool, 100)).map(({ name }) => name)
    expect(whole).toHaveLength(11)
    for (const size of [3, 11, 5000]) expect((await pages(tool, size)).map(({ name }) => name)).toEqual(whole)
  })

  test.each(['?page_size=0', '?page_size=x', '?page_size=-1', '?unknown=1', '?next_token='])(
    'what is no size or unknown is passed over: %s',
    async (query) => {
      const page = await (await createTool(site)).json(`/qualifications/assigned.json${query}`)
      expect(page.assigned_qualifications).toHaveLength(7)
    },
  )

  test('a token that is none is refused with 400', async () => {
    const { status, text } = await (
      await createTool(site)
    ).get('/qualifications/assigned.json?next_token=nonsense')
    expect([status, Object.keys(JSON.parse(text))]).toEqual([400, ['message']])
  })

  test('the page has the same in its island, without suffixes [websites 1.1]', async () => {
    const tool = await createTool(site)
    const id = await makeType({ Name: 'In the island' })
    await give(tool, id, 1)
    const { bodyData } = islandProps(await tool.page('/qualifications/assigned'), 'QualificationsTable')
    const rows = bodyData as Listed[]
    expect(rows.flatMap((one) => faultsOf(one, qualification))).toEqual([])
    expect(rows.at(-1)).toMatchObject({
      name: 'In the island',
      creator_url: `/requesters/${demo.requesterId}/projects`,
      request_qualification_url: `/qualifications/${id}/request`,
    })
  })
})

describe('asking by JSON [websites 1.11]', () => {
  test.each<[string, Partial<CreateQualificationTypeCommandInput>, object]>([
    [
      'granted at once',
      { AutoGranted: true, AutoGrantedValue: 7 },
      { state: 'Granted', value: 7, test_url: null },
    ],
    ['pending', {}, { state: 'Submitted', value: null, test_url: null }],
    ['its test opens', withTest, { state: 'AwaitingTest', value: null }],
  ])('%s', async (_, changes, expected) => {
    const tool = await createTool(site)
    const id = await makeType(changes)
    const { status, body } = await postJSON(tool, `/qualifications/${id}/request`)
    expect([status, body]).toEqual([200, expect.objectContaining({ qualification_type_id: id, ...expected })])
    const again = await postJSON(tool, `/qualifications/${id}/request`)
    expect([again.status, Object.keys(again.body)]).toEqual([422, ['message']])
  })

  test('a test with its document and time, and what its answers earned', async () => {
    const tool = await createTool(site)
    const id = await makeType(withTest)
    const { body } = await postJSON(tool, `/qualifications/${id}/request`)
    const opened = await tool.json(String(body.test_url))
    expect(opened).toMatchObject({
      qualification_type_id: id,
      qualification_request_id: body.qualification_request_id,
      test: sampleTest,
      time_to_deadline_in_seconds: 600,
    })
    const bad = await postJSON(tool, `/qualifications/${id}/test`, { 'answer.capital': 'paris' })
    expect([bad.status, Object.keys(bad.body)]).toEqual([422, ['message']])
    const result = await postJSON(tool, `/qualifications/${id}/test`, { 'answer.capital': 'oslo' })
    expect(result).toEqual({
      status: 200,
      body: {
        qualification_type_id: id,
        qualification_request_id: body.qualification_request_id,
        state: 'Granted',
        value: 33,
      },
    })
    expect((await tool.get(`/qualifications/${id}/test.json`)).status).toBe(404)
  })

  test.each([
    ['of the system', '00000000000000000040', 422],
    ['that is none', '3NONE', 404],
  ])('a type %s is refused', async (_, id, status) => {
    expect((await postJSON(await createTool(site), `/qualifications/${id}/request`)).status).toBe(status)
  })

  test('without the token of a page nothing is asked for', async () => {
    const tool = await createTool(site)
    const id = await makeType()
    expect((await tool.post(`/qualifications/${id}/request`, {}, asJSON)).status).toBe(403)
    expect(await tool.json('/qualifications/pending.json')).toMatchObject({ total_num_results: 0 })
  })
})

describe('the other lists', () => {
  const found: Shape = {
    ...qualification,
    qualification_type_id: 'string',
    keywords: 'string',
    test_duration_in_seconds: 'number|null',
    qualification_request: 'object|null',
  }

  test('pending, all and one have the same members and those of the type and the request', async () => {
    const tool = await createTool(site)
    const id = await makeType({ ...withTest, Name: 'Rare name', Keywords: 'a, b' })
    await postJSON(tool, `/qualifications/${id}/request`)
    const pending = await tool.json('/qualifications/pending.json')
    expect(pending).toMatchObject({ page_number: 1, num_results: 1, total_num_results: 1 })
    const [one] = pending.qualifications as Listed[]
    expect(faultsOf(one, found)).toEqual([])
    expect(one).toMatchObject({
      qualification_type_id: id,
      keywords: 'a, b',
      test_duration_in_seconds: 600,
      qualification_request: { state: 'AwaitingTest', time_to_deadline_in_seconds: 600 },
    })
    const all = await tool.json('/qualifications.json?search=rare+NAME')
    expect(all).toEqual({ ...pending, qualifications: [one] })
    expect(await tool.json(`/qualifications/${id}.json`)).toEqual(one)
    expect(await tool.json(`/qualifications/${id}/request?format=json`)).toEqual(one)
  })

  test('pages of all types hold each once', async () => {
    const tool = await createTool(site)
    const names: unknown[] = []
    let total = 1
    for (let page = 1; names.length < total; page++) {
      const list = await tool.json(`/qualifications.json?page_size=4&page_number=${page}`)
      names.push(...(list.qualifications as Listed[]).map(({ name }) => name))
      total = list.total_num_results as number
      expect(list.num_results).toBeGreaterThan(0)
    }
    expect(new Set(names).size).toBe(total)
  })
})
