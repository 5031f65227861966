// What programs read of a worker's record: the JSON of the dashboard and of days member by member, the days on which
// the clock is changed, and the history as a file.
import { ApproveAssignmentCommand } from '@aws-sdk/client-mturk'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { busyCount, formulas, makeRecord, type RecordScene } from '../support/record-scene.ts'
import { signInTo, type SiteSession } from '../support/site-session.ts'
import { startWorkerSite, type WorkerSite } from '../support/worker-site.ts'

let site: WorkerSite
let scene: RecordScene
let get: SiteSession['get']
let getAsFresh: typeof get

beforeAll(async () => {
  site = await startWorkerSite({ KEMPELEN_PAGE_RATE: '0' })
  scene = await makeRecord(site)
  get = (await signInTo(site, scene.worker)).get
  getAsFresh = (await signInTo(site, scene.fresh)).get
}, 120_000)

afterAll(() => site?.stop())

const json = async (path: string): Promise<Record<string, unknown>> => {
  const answer = await get(path)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
  return answer.json()
}

const dollars = (amount: number) => ({ amount_in_dollars: amount, currency_code: 'USD' })

describe('the dashboard [websites 1.8]', () => {
  test('has every member, with days at the beginning of which they are named', async () => {
    const answer = await json('/dashboard?format=json')
    expect(answer).toEqual({
      available_earnings: dollars(2),
      hits_overview: {
        approved: 2,
        approval_rate: 66.67,
        pending: busyCount + formulas.length + 1,
        rejected: 1,
        rejection_rate: 33.33,
      },
      earnings_to_date: { approved: 0.5, bonuses: 1.5, total_earnings: 2 },
      earnings_by_period: {
        yearly_earnings: { 2027: 2 },
        quarterly_earnings: { 'Q2 2027': 2 },
        monthly_earnings: { 'May 2027': 2 },
      },
      daily_hit_statistics_overview: [
        {
          ...{ date: '2027-05-06T07:00:00.000Z', submitted: 4, approved: 2, rejected: 1, pending: 1 },
          ...{ hits_rewards: 0.5, bonus_rewards: 1.5, earnings: 2 },
        },
        {
          ...{ date: '2027-05-04T07:00:00.000Z', submitted: 4, approved: 0, rejected: 0, pending: 4 },
          ...{ hits_rewards: 0, bonus_rewards: 0, earnings: 0 },
        },
        {
          ...{ date: '2027-05-03T07:00:00.000Z', submitted: 52, approved: 0, rejected: 0, pending: 52 },
          ...{ hits_rewards: 0, bonus_rewards: 0, earnings: 0 },
        },
      ],
    })
    expect(await json('/dashboard.json')).toEqual(answer)
  })

  test('of who did nothing is all zeros', async () => {
    expect((await getAsFresh('/dashboard.json')).json()).toEqual({
      available_earnings: dollars(0),
      hits_overview: { approved: 0, approval_rate: 0, pending: 0, rejected: 0, rejection_rate: 0 },
      earnings_to_date: { approved: 0, bonuses: 0, total_earnings: 0 },
      earnings_by_period: { yearly_earnings: {}, quarterly_earnings: {}, monthly_earnings: {} },
      daily_hit_statistics_overview: [],
    })
  })
})

describe('a day [websites 1.9]', () => {
  test('has every member of its entries, latest first', async () => {
    const answer = await json(`/status_details/${scene.day}?format=json`)
    const entry = { requester_id: 'ADEMOREQUESTER', requester_name: 'Demo Laboratory' }
    expect(answer).toMatchObject({ page_number: 1, num_results: 4, total_num_results: 4 })
    const results = answer.results as Record<string, unknown>[]
    expect(results.map(({ title, state }) => [title, state])).toEqual([
      ['Waiting', 'Submitted'],
      ['Free of charge', 'Approved'],
      ['Refused', 'Rejected'],
      ['Praised', 'Approved'],
    ])
    expect(results[2]).toEqual({
      ...entry,
      assignment_id: scene.refused,
      hit_id: scene.refusedHIT,
      state: 'Rejected',
      title: 'Refused',
      requester_feedback: 'The second line is missing.',
      reward: dollars(0.5),
    })
    expect(results[0]).toMatchObject({ ...entry, requester_feedback: null })
  })

  test('comes in pages of 20; past the last there are none', async () => {
    const path = `/status_details/${scene.busyDay}`
    const page = async (number: number) => {
      const { results, ...counts } = await json(`${path}/?page_number=${number}&format=json&utf8=✓`)
      return [(results as unknown[]).length, counts]
    }
    const counts = { total_num_results: busyCount }
    expect(await page(1)).toEqual([20, { ...counts, page_number: 1, num_results: 20 }])
    expect(await page(3)).toEqual([12, { ...counts, page_number: 3, num_results: 12 }])
    expect(await page(4)).toEqual([0, { ...counts, page_number: 4, num_results: 0 }])
  })

  test.each([
    ['Rejected', ['Refused']],
    ['Submitted', ['Waiting']],
    ['Pending', ['Waiting']],
    ['Approved', ['Free of charge', 'Praised']],
    ['Paid', []],
    ['Nonsense', ['Waiting', 'Free of charge', 'Refused', 'Praised']],
  ])('of work in the state %s', async (state, titles) => {
    const { results, total_num_results } = await json(
      `/status_details/${scene.day}.json?assignment_state=${state}`,
    )
    expect((results as { title: string }[]).map(({ title }) => title)).toEqual(titles)
    expect(total_num_results).toBe(titles.length)
  })

  test.each(['2027-02-29', '2027-5-6', 'yesterday', '9999-99-99'])('%s is none', async (day) => {
    expect((await get(`/status_details/${day}?format=json`)).status).toBe(404)
  })
})

describe('the history as a file', () => {
  const download = async (query: string) => {
    const answer = await get(`/history/export?${query}`)
    expect(answer.status).toBe(200)
    return { answer, text: answer.text }
  }

  test('is CSV by RFC 4180, with everything but the answers, and no cell is a formula', async () => {
    const { answer, text } = await download('format=csv')
    expect(answer.headers.get('content-type')).toMatch(/^text\/csv; charset=utf-8/)
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="hits-${scene.day}.csv"`)
    const rows: Record<string, string>[] = parse(text, { columns: true, record_delimiter: '\r\n' })
    expect(rows).toHaveLength(busyCount + formulas.length + 4)
    const praised = rows.find(({ title }) => title === 'Praised')!
    expect(praised).toEqual({
      assignment_id: scene.praised,
      hit_id: expect.stringMatching(/^3/) as string,
      hit_set_id: scene.groupId,
      title: 'Praised',
      requester_id: 'ADEMOREQUESTER',
      requester_name: 'Demo Laboratory',
      state: 'Approved',
      reward: '0.5',
      bonuses: '1.5',
      accepted_at: expect.stringMatching(/^2027-05-06T16:00:00/) as string,
      submitted_at: expect.stringMatching(/^2027-05-06T16:01:00/) as string,
      approved_at: expect.stringMatching(/^2027-05-06T16:04:00/) as string,
      rejected_at: '',
      seconds_worked: '60',
      requester_feedback: 'Very careful work.\nThank you, "friend"!',
    })
    expect(text).toContain('"Very careful work.\nThank you, ""friend""!"\r\n')
    const titles = rows.map(({ title }) => title)
    for (const formula of formulas) expect(titles).toContain(`'${formula}`)
    for (const cell of rows.flatMap((row) => Object.values(row))) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
    expect(text).not.toContain('secret')
  })

  test('is JSON with the same entries', async () => {
    const { answer, text } = await download('format=json&state=Rejected')
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(JSON.parse(text)).toMatchObject([
      { assignment_id: scene.refused, title: 'Refused', state: 'Rejected', reward: 0.5, approved_at: null },
    ])
    const all = JSON.parse((await download('format=json')).text) as { title: string }[]
    expect(all).toHaveLength(busyCount + formulas.length + 4)
    expect(all.map(({ title }) => title)).toContain('=1+1')
  })

  test('holds what the filter shows', async () => {
    const rows = async (query: string) =>
      parse((await download(`format=csv&${query}`)).text, { columns: true }).length
    expect(await rows('search=busy')).toBe(busyCount)
    expect(await rows('from=2027-05-04&to=2027-05-04')).toBe(formulas.length)
    expect(await rows(`search=${scene.praised}`)).toBe(1)
    expect(await rows('requester=NOBODY')).toBe(0)
    expect(JSON.parse((await download('format=json&search=nothing')).text)).toEqual([])
  })

  test('is refused for days that are none, and in no other format', async () => {
    expect((await get('/history/export?format=csv&from=soon')).status).toBe(422)
    expect((await get('/history/export?format=xls')).status).toBe(404)
    expect((await get('/history/export')).status).toBe(404)
  })

  test("is of nobody's work but one's own", async () => {
    const { text } = await getAsFresh(`/history/export?format=csv&search=${scene.praised}`)
    expect(text.trim().split('\r\n')).toHaveLength(1)
  })
})

test('the history and the groups are told to programs as well', async () => {
  const history = await json('/history.json?search=praised')
  expect(history).toMatchObject({
    results: [{ assignment_id: scene.praised, bonuses: 1.5 }],
    num_results: 1,
    total_num_results: 1,
    next_page_token: null,
  })
  const first = await json('/history?format=json')
  expect(first).toMatchObject({ num_results: 50 })
  const next = await json(`/history?format=json&after=${String(first.next_page_token)}`)
  expect(next).toMatchObject({ num_results: 10, next_page_token: null })
  const { results } = await json('/history/groups.json')
  const praised = (results as { title: string }[]).find(({ title }) => title === 'Praised')
  expect(praised).toMatchObject({
    submitted: 1,
    approved: 1,
    rejected: 0,
    earnings: dollars(2),
    is_open: false,
  })
})

test('work is Paid eight hours after its approval, but never without a reward [websites 1.9]', async () => {
  const states = async () => {
    const { results } = await json(`/status_details/${scene.day}.json`)
    return (results as { state: string }[]).map(({ state }) => state)
  }
  await site.advance(8 * 3600 - 1)
  expect(await states()).toEqual(['Submitted', 'Approved', 'Rejected', 'Approved'])
  await site.advance(1)
  expect(await states()).toEqual(['Submitted', 'Approved', 'Rejected', 'Paid'])
  const { results } = await json(`/status_details/${scene.day}.json?assignment_state=Paid`)
  expect(results).toHaveLength(1)
})

test.each([
  ['forward', '2028-03-12', '08:00', '2028-03-13T07:00:00Z'],
  ['back', '2028-11-05', '07:00', '2028-11-06T08:00:00Z'],
])('a day on which the clock goes %s is one day [websites 1.8]', async (_, day, start, end) => {
  const worker = await site.createWorker()
  const own = (await signInTo(site, worker)).get
  const now = () => site.server.running.markets.get('production')!.clock.now()
  const submitAt = async (time: number) => {
    await site.advance(Math.max(0, Math.round((time - 60_000 - now()) / 1000)))
    const hit = await site.createHIT({ MaxAssignments: 1 })
    const { assignmentId } = await site.accept(worker, hit.HITId)
    await site.advance(Math.ceil((time - now()) / 1000))
    await site.submit(assignmentId)
    await site.client.send(new ApproveAssignmentCommand({ AssignmentId: assignmentId }))
  }
  await submitAt(Date.parse(`${day}T${start}:00Z`))
  await submitAt(Date.parse(end) - 2000)
  await submitAt(Date.parse(end) + 1000)
  const dashboard = (await own('/dashboard.json')).json() as unknown as {
    daily_hit_statistics_overview: { date: string; submitted: number; earnings: number }[]
  }
  expect(
    dashboard.daily_hit_statistics_overview.map(({ date, submitted, earnings }) => [
      date,
      submitted,
      earnings,
    ]),
  ).toEqual([
    [end.replace('Z', '.000Z'), 1, 0.5],
    [`${day}T${start}:00.000Z`, 2, 1],
  ])
  const details = (await own(`/status_details/${day}.json`)).json()
  expect(details).toMatchObject({ num_results: 2, total_num_results: 2 })
})
