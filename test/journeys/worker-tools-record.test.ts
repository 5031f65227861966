// What workers' tools read of the worker's record: the dashboard, the days with their assignments, his qualifications,
// and the page on which he writes to a requester.
import { ApproveAssignmentCommand, RejectAssignmentCommand, SendBonusCommand } from '@aws-sdk/client-mturk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pacificDay } from '../../src/clock.ts'
import { faultsOf, moneyShape, pageShape } from '../support/json-shape.ts'
import {
  all,
  attribute,
  first,
  hasClass,
  isIsland,
  islandProps,
  nextElement,
  propsOf,
  textOf,
} from '../support/page-tree.ts'
import { createTool, type WorkerTool } from '../support/worker-tool.ts'
import { startWorkerSite, type WorkerSite } from '../support/worker-site.ts'

type Members = Record<string, unknown>

let site: WorkerSite
let tool: WorkerTool
let day: string
let praised: { hitId: string; assignmentId: string }

/** A worker of whose HITs one was approved, with a bonus, one rejected, and one waits. */
beforeAll(async () => {
  site = await startWorkerSite()
  tool = await createTool(site)
  const done: { hitId: string; assignmentId: string }[] = []
  for (const Title of ['Praised', 'Refused', 'Waiting']) {
    const hit = await site.createHIT({ Title, MaxAssignments: 1 })
    const accepted = await site.accept(tool.workerId, hit.HITId)
    await site.submit(accepted.assignmentId)
    done.push(accepted)
  }
  const [approved, rejected] = done.map(({ assignmentId }) => assignmentId)
  praised = done[0]!
  await site.client.send(
    new ApproveAssignmentCommand({ AssignmentId: approved, RequesterFeedback: 'Very careful.' }),
  )
  await site.client.send(new RejectAssignmentCommand({ AssignmentId: rejected, RequesterFeedback: 'Empty.' }))
  await site.client.send(
    new SendBonusCommand({
      WorkerId: tool.workerId,
      AssignmentId: approved,
      BonusAmount: '1.50',
      Reason: 'An extra line',
    }),
  )
  day = pacificDay(site.server.running.markets.get('production')!.clock.now())
}, 60_000)
afterAll(async () => {
  await site?.stop()
})

describe('the dashboard is read', () => {
  test.each(['/dashboard?format=json', '/dashboard.json'])(
    '%s: every member by name and kind [websites 1.8]',
    async (path) => {
      const dashboard = await tool.json(path)
      expect(
        faultsOf(dashboard, {
          available_earnings: 'object',
          hits_overview: 'object',
          earnings_to_date: 'object',
          earnings_by_period: 'object',
          daily_hit_statistics_overview: 'array',
        }),
      ).toEqual([])
      expect(faultsOf(dashboard.available_earnings, moneyShape)).toEqual([])
      expect(dashboard.hits_overview).toEqual({
        approved: 1,
        approval_rate: 50,
        pending: 1,
        rejected: 1,
        rejection_rate: 50,
      })
      expect(dashboard.earnings_to_date).toEqual({ approved: 0.5, bonuses: 1.5, total_earnings: 2 })
      const periods = dashboard.earnings_by_period as Members
      expect(
        faultsOf(periods, {
          yearly_earnings: 'object',
          quarterly_earnings: 'object',
          monthly_earnings: 'object',
        }),
      ).toEqual([])
      for (const period of Object.values(periods)) expect(Object.values(period as Members)).toEqual([2])
      const [today] = dashboard.daily_hit_statistics_overview as Members[]
      expect(String(today?.date).slice(0, 10)).toBe(day)
      expect(
        faultsOf(today, {
          date: 'time',
          submitted: 'number',
          approved: 'number',
          rejected: 'number',
          pending: 'number',
          hits_rewards: 'number',
          bonus_rewards: 'number',
          earnings: 'number',
        }),
      ).toEqual([])
      expect(today).toMatchObject({ submitted: 3, approved: 1, rejected: 1, pending: 1, earnings: 2 })
    },
  )

  test('in the page: totals by their places, and the days [websites 1.8]', async () => {
    const page = await tool.page('/dashboard')
    const byId = (id: string) => first(page, (one) => attribute(one, 'id') === id)
    expect(textOf(byId('dashboard-available-earnings'))).toContain('$2.00')
    const overview = all(byId('dashboard-hits-overview'), (one) => hasClass(one, 'text-xs-right'))
    // Returned and abandoned HITs may follow.
    expect(overview.slice(0, 5).map((one) => textOf(one).trim())).toEqual(['1', '50%', '1', '1', '50%'])
    byId('dashboard-earnings-to-date')
    byId('dashboard-total-earnings-by-period')
    const row = first(
      first(page, (one) => one.tagName === 'table' && hasClass(one, 'hits-statuses')),
      (one) => one.tagName === 'tr' && hasClass(one, 'daily_hit_statuses'),
    )
    const link = first(row, (one) => one.tagName === 'a')
    expect(attribute(link, 'href')).toBe(`/status_details/${day}`)
  })
})

describe('a day is read', () => {
  const entry = {
    assignment_id: 'string',
    hit_id: 'string',
    state: 'string',
    title: 'string',
    requester_id: 'string',
    requester_name: 'string',
    requester_feedback: 'string|null',
  }

  test.each(['?format=json', '/?format=json&utf8=%E2%9C%93', '.json'])(
    '/status_details/<day>%s: every member by name and kind [websites 1.9]',
    async (rest) => {
      const list = await tool.json(`/status_details/${day}${rest}`)
      expect(faultsOf(list, pageShape)).toEqual([])
      expect(list).toMatchObject({ page_number: 1, num_results: 3, total_num_results: 3 })
      const results = list.results as Members[]
      for (const result of results) {
        expect(faultsOf(result, { ...entry, reward: 'object' })).toEqual([])
        expect(faultsOf(result.reward, moneyShape)).toEqual([])
      }
      expect(Object.fromEntries(results.map(({ title, state }) => [title, state]))).toEqual({
        Praised: 'Approved',
        Refused: 'Rejected',
        Waiting: 'Submitted',
      })
      expect(results.find(({ title }) => title === 'Praised')).toMatchObject({
        assignment_id: praised.assignmentId,
        hit_id: praised.hitId,
        requester_feedback: 'Very careful.',
      })
    },
  )

  test('past its last page there is nothing, and a state narrows it [websites 1.9]', async () => {
    expect(await tool.json(`/status_details/${day}?page_number=9&format=json`)).toMatchObject({
      results: [],
      num_results: 0,
    })
    const rejected = await tool.json(`/status_details/${day}?assignment_state=Rejected&format=json`)
    expect((rejected.results as Members[]).map(({ title }) => title)).toEqual(['Refused'])
  })

  test('in the page: the island beside its header, rewards as numbers [websites 1.9]', async () => {
    const page = await tool.page(`/status_details/${day}`)
    const header = first(page, (one) => hasClass(one, 'hits-status-details-table-header'))
    const beside = nextElement(header)
    expect(beside?.tagName).toBe('div')
    const { bodyData } = propsOf(first(beside!, isIsland('HitStatusDetailsTable')))
    for (const one of bodyData as Members[])
      expect(faultsOf(one, { ...entry, reward: 'number', contact_requester_url: 'path' })).toEqual([])
    expect((bodyData as Members[]).length).toBe(3)
  })
})

describe('qualifications are read', () => {
  const held = {
    name: 'string',
    description: 'string',
    creator_name: 'string',
    creator_url: 'path|string',
    value: 'number|null',
    grant_time: 'time|null',
    has_test: 'boolean',
    is_requestable: 'boolean',
    is_system_qualification: 'boolean',
    can_retake_test_or_rerequest: 'boolean',
    earliest_retriable_time: 'time|null',
    request_qualification_url: 'path|string',
    retake_test_url: 'path|null',
  }

  test('page by page until the token is null: every member by name and kind [websites 1.11]', async () => {
    const names: unknown[] = []
    let path: string | undefined = '/qualifications/assigned.json?page_size=2'
    for (let pages = 0; path !== undefined && pages < 50; pages++) {
      const page: Members = await tool.json(path)
      expect(faultsOf(page, { assigned_qualifications: 'array', next_page_token: 'string|null' })).toEqual([])
      for (const one of page.assigned_qualifications as Members[]) {
        // For qualifications of a place, its country stands beside the number that there is not.
        expect(faultsOf(one, { ...held, locale_value: 'object' })).toEqual([])
        names.push(one.name)
      }
      const token = page.next_page_token
      path =
        typeof token === 'string'
          ? `/qualifications/assigned.json?page_size=2&next_token=${encodeURIComponent(token)}`
          : undefined
    }
    expect(path).toBeUndefined()
    expect(names.length).toBeGreaterThan(0)
    expect(new Set(names).size).toBe(names.length)
    const whole = await tool.json('/qualifications/assigned.json?page_size=100')
    expect((whole.assigned_qualifications as Members[]).map(({ name }) => name)).toEqual(names)
  })

  test('in the page: the island [websites 1.11]', async () => {
    const { bodyData } = islandProps(await tool.page('/qualifications/assigned'), 'QualificationsTable')
    expect((bodyData as Members[]).length).toBeGreaterThan(0)
  })
})

describe('a message to a requester', () => {
  test('is begun at the address of the work page and of a day [websites 1.6, 1.12]', async () => {
    const hit = await site.createHIT({ Title: 'Asked about', MaxAssignments: 1 })
    await site.accept(tool.workerId, hit.HITId)
    const work = await tool.page(`/projects/${hit.HITGroupId}/tasks/${hit.HITId}`)
    const { contactRequesterUrl } = islandProps(work, 'ShowModal').modalOptions as Members
    const about = await tool.get(String(contactRequesterUrl))
    expect(about.status).toBe(200)
    expect(about.text).toContain(`Regarding Amazon Mechanical Turk Project (HIT Type) ${hit.HITGroupId}`)
    const dayPage = await tool.page(`/status_details/${day}`)
    const { bodyData } = islandProps(dayPage, 'HitStatusDetailsTable')
    const [one] = bodyData as Members[]
    expect((await tool.get(String(one?.contact_requester_url))).status).toBe(200)
  })
})
