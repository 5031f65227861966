// What workers' tools send and read, request by request: PandaCrazy Max, mturk-suite, mturk-engine and HIT Spooner as
// the specification describes them. They hold on to member names, literal texts and places in the HTML, so these are
// compared one by one. The record, the qualifications and the account have a file of their own.
import { CreateWorkerBlockCommand } from '@aws-sdk/client-mturk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faultText } from '../../src/web/messages/faults.ts'
import { en } from '../../src/web/messages/en.ts'
import type { Fault } from '../../src/domain/fault.ts'
import {
  faultsOf,
  listedProject,
  moneyShape,
  pageShape,
  queuedTask,
  requirement,
  requirementType,
  taskProject,
} from '../support/json-shape.ts'
import {
  all,
  attribute,
  closest,
  first,
  hasClass,
  islandProps,
  isIsland,
  nextElement,
  parsePage,
  propsOf,
  textOf,
} from '../support/page-tree.ts'
import { control } from '../support/server.ts'
import { createTool, type WorkerTool } from '../support/worker-tool.ts'
import { startWorkerSite, type WorkerSite } from '../support/worker-site.ts'

let site: WorkerSite

beforeAll(async () => {
  site = await startWorkerSite()
})
afterAll(async () => {
  await site?.stop()
})

const unitedStatesOnly = [
  {
    QualificationTypeId: '00000000000000000071',
    Comparator: 'EqualTo' as const,
    LocaleValues: [{ Country: 'US' }],
    ActionsGuarded: 'Accept' as const,
  },
]
const germansOnly = [{ ...unitedStatesOnly[0]!, LocaleValues: [{ Country: 'DE' }] }]

let groups = 0

/** A HIT of a group of its own. */
function newHIT(changes: Parameters<WorkerSite['createHIT']>[0] = {}) {
  return site.createHIT({ Title: `Birds & bees ${(groups += 1)}`, MaxAssignments: 1, ...changes })
}

type Members = Record<string, unknown>
const isNamed = (name: string) => (element: { tagName: string }) => element.tagName === name

/** Accepts as PandaCrazy Max does, and answers what it reads from the page. */
async function accept(tool: WorkerTool, groupId: string) {
  const answer = await tool.get(`/projects/${groupId}/tasks/accept_random?ref=w_pl_prvw&format=json`)
  const page = parsePage(answer.text)
  const token = first(page, (one) => attribute(one, 'name') === 'authenticity_token')
  const action = attribute(closest(token, isNamed('form')), 'action') ?? ''
  const [, , taskId] = /\/projects\/([^/]*)\/tasks[/?]([^/?]*)/.exec(action) ?? []
  const assignmentId = answer.url.searchParams.get('assignment_id') ?? ''
  return { answer, page, action, taskId, assignmentId, token: attribute(token, 'value') ?? '' }
}

describe('the list is polled', () => {
  test.each([
    '/?format=json',
    '/projects?format=json',
    '/projects.json',
    '/?page_size=100&filters[qualified]=false&filters[masters]=false&sort=updated_desc&filters[min_reward]=0.00&format=json',
    '/?page_size=100&filters%5Bqualified%5D=false&filters%5Bmasters%5D=false&sort=updated_desc&format=json&JRPC=1',
  ])('%s: every member of a project by name and kind [websites 1.3]', async (path) => {
    const { HITGroupId } = await newHIT({ QualificationRequirements: unitedStatesOnly })
    const tool = await createTool(site)
    const list = await tool.json(path)
    expect(faultsOf(list, pageShape)).toEqual([])
    const found = (list.results as Members[]).find(({ hit_set_id }) => hit_set_id === HITGroupId)
    expect(faultsOf(found, listedProject)).toEqual([])
    expect(faultsOf(found?.monetary_reward, moneyShape)).toEqual([])
    expect(String(found?.accept_project_task_url)).toContain('?')
    const [one] = (found?.project_requirements ?? []) as Members[]
    expect(faultsOf(one, requirement)).toEqual([])
    expect(faultsOf(one?.qualification_type, requirementType)).toEqual([])
  })

  test('the address of the list leads to an accepted HIT as HIT Spooner calls it [websites 1.3, 1.5]', async () => {
    const { HITGroupId } = await newHIT()
    const tool = await createTool(site)
    const list = await tool.json('/?format=json&page_size=100')
    const found = (list.results as Members[]).find(({ hit_set_id }) => hit_set_id === HITGroupId)
    const answer = await tool.get(`${String(found?.accept_project_task_url)}&format=json`)
    expect([answer.status, answer.type]).toEqual([200, 'text/html; charset=UTF-8'])
    expect(answer.url.searchParams.has('assignment_id')).toBe(true)
  })
})

describe('a HIT is accepted', () => {
  test('every tool takes the answer for success [websites 1.5]', async () => {
    const { HITGroupId, HITId } = await newHIT()
    const { answer, page } = await accept(await createTool(site), HITGroupId)
    expect(answer.status).toBe(200)
    expect(() => JSON.parse(answer.text) as unknown).toThrow()
    expect(answer.url.pathname).toBe(`/projects/${HITGroupId}/tasks/${HITId}`)
    expect([...answer.url.searchParams.keys()]).toEqual(['assignment_id', 'ref'])
    expect(
      all(page, (one) => one.tagName === 'iframe' && hasClass(one, 'embed-responsive-item')).length,
    ).toBe(1)
  })

  test('what the real site does not know is passed over: other parameters [websites 1.2]', async () => {
    const { HITGroupId } = await newHIT()
    const tool = await createTool(site)
    const path = `/projects/${HITGroupId}/tasks/accept_random?PandaCrazyMax=1&hit_forker&JRPC=7&auto_accept=true`
    const answer = await tool.get(path)
    expect([...answer.url.searchParams.keys()]).toEqual(['assignment_id', 'auto_accept'])
    const box = first(parsePage(answer.text), isIsland('AutoAcceptCheckbox'))
    expect(
      attribute(
        first(box, (one) => attribute(one, 'type') === 'checkbox'),
        'checked',
      ),
    ).toBe('')
  })

  test('an unknown format behaves like a page, but for a refusal it is 404 [websites 1.1]', async () => {
    const { HITGroupId } = await newHIT()
    const tool = await createTool(site)
    const path = `/projects/${HITGroupId}/tasks/accept_random?format=gibberish`
    expect((await tool.get(path)).status).toBe(200)
    expect((await tool.get(path)).status).toBe(404)
  })

  test('a page that another site shows accepts nothing, and no tool takes the answer for success [design 7]', async () => {
    const { HITGroupId } = await newHIT()
    const tool = await createTool(site)
    const headers = { 'Sec-Fetch-Site': 'cross-site' }
    const answer = await tool.get(`/projects/${HITGroupId}/tasks/accept_random?format=json`, { headers })
    expect(answer.status).toBe(403)
    expect(await tool.json('/tasks?format=json')).toEqual({ tasks: [] })
  })
})

describe('a HIT is refused', () => {
  const texts: [Fault, string | RegExp][] = [
    [{ fault: 'NoMoreHITs' }, 'There are no more of these HITs available.'],
    [{ fault: 'QueueFull', held: 25 }, /^You have accepted the maximum number of HITs allowed at one time\./],
    [{ fault: 'DailyLimitReached' }, /cannot work on any more HITs today/],
    [
      { fault: 'QualificationsNotMet' },
      /^This Requester has specified Qualifications for this HIT\..*you do not meet those Qualifications/,
    ],
    [{ fault: 'GroupDoesNotExist' }, /address is not valid/],
    [{ fault: 'WorkerBlocked' }, /prevent you from working/],
    [{ fault: 'WorkerSuspended' }, /prevent you from working/],
    [{ fault: 'HITNotAvailable' }, /This HIT is no longer available/],
    [{ fault: 'HITDoesNotExist', hitId: '3X' }, /This HIT is no longer available/],
  ]
  test.each(texts)('$fault has the text that tools compare [websites 1.5]', (fault, text) => {
    if (typeof text === 'string') expect(faultText(en, fault)).toBe(text)
    else expect(faultText(en, fault)).toMatch(text)
  })

  const cases: [string, string, (tool: WorkerTool) => Promise<string>][] = [
    [
      'nothing left',
      'There are no more of these HITs available.',
      async () => {
        const hit = await newHIT()
        await site.accept(await site.createWorker(), hit.HITId)
        return hit.HITGroupId
      },
    ],
    [
      'queue full',
      'You have accepted the maximum number of HITs allowed at one time.',
      async ({ workerId }) => {
        for (let held = 0; held < 25; held++) await site.accept(workerId, (await newHIT()).HITId)
        return (await newHIT()).HITGroupId
      },
    ],
    [
      'not qualified',
      'This Requester has specified Qualifications for this HIT. Unfortunately, you do not meet those Qualifications.',
      async () => (await newHIT({ QualificationRequirements: germansOnly })).HITGroupId,
    ],
    ['unknown group', 'The address is not valid.', () => Promise.resolve('3NOSUCHGROUP')],
    [
      'blocked',
      'Conditions set by this requester prevent you from working on this HIT.',
      async ({ workerId }) => {
        await site.client.send(new CreateWorkerBlockCommand({ WorkerId: workerId, Reason: 'careless' }))
        return (await newHIT()).HITGroupId
      },
    ],
    [
      'restricted account',
      'Restrictions on your account prevent you from working on HITs.',
      async ({ workerId }) => {
        await control(site.address, `workers/${workerId}`, { suspended: true })
        return (await newHIT()).HITGroupId
      },
    ],
  ]
  test.each(cases)(
    '%s: 422 with the text, and a banner with it as heading [websites 1.5]',
    async (_, text, prepare) => {
      const tool = await createTool(site)
      const path = `/projects/${await prepare(tool)}/tasks/accept_random`
      const asJSON: [string, RequestInit?][] = [
        [`${path}?ref=w_pl_prvw&format=json`],
        [`${path}.json?ref=w_pl_prvw`],
        [path, { headers: { 'X-Requested-With': 'XMLHttpRequest', Accept: 'application/json' } }],
      ]
      for (const [address, init] of asJSON) {
        const answer = await tool.get(address, init)
        expect([answer.status, JSON.parse(answer.text)]).toEqual([422, { message: text }])
      }
      const page = await tool.get(`${path}?ref=w_pl_prvw`)
      expect([page.status, page.url.pathname]).toEqual([200, '/projects'])
      const tree = parsePage(page.text)
      const alert = first(tree, isIsland('alert/Alert'))
      expect(propsOf(alert)).toMatchObject({ header: text })
      expect(
        textOf(
          first(
            first(alert, (one) => hasClass(one, 'mturk-alert-danger')),
            isNamed('h3'),
          ),
        ),
      ).toBe(text)
    },
  )
})

describe('the work page is read', () => {
  test('by PandaCrazy Max: details, ids and token [websites 1.6]', async () => {
    const { HITGroupId, HITId } = await newHIT({ Description: 'Say "what" & which; 50 % (at least)' })
    const { page, action, taskId, assignmentId } = await accept(await createTool(site), HITGroupId)
    expect([action, taskId]).toEqual([
      `/projects/${HITGroupId}/tasks/${HITId}?assignment_id=${assignmentId}`,
      HITId,
    ])
    const bars = all(page, (one) => hasClass(one, 'project-detail-bar'))
    expect(bars.length).toBe(2)
    const titles = bars.map((bar) => first(bar, (one) => hasClass(one, 'task-project-title')))
    for (const title of titles) {
      const beside = nextElement(title)
      expect(beside?.tagName).toBe('div')
      expect(isIsland('ShowModal')(first(beside!, isNamed('span')))).toBe(true)
    }
    const modal = propsOf(first(bars[0]!, isNamed('span')))
    expect(modal).toMatchObject({
      modalType: 'ProjectDetailsModal',
      modalHeader: 'HIT Details',
      children: 'HIT Details',
    })
    const options = modal.modalOptions as Members
    const kinds = { requesterName: 'string', projectTitle: 'string', description: 'string' }
    expect(
      faultsOf(options, {
        ...kinds,
        assignableHitsCount: 'number',
        creationTime: 'time',
        expirationTime: 'time',
        assignmentDurationInSeconds: 'number',
        contactRequesterUrl: 'path',
        monetaryReward: 'object',
      }),
    ).toEqual([])
    expect(options.monetaryReward).toEqual({ amountInDollars: 0.5, currencyCode: 'USD' })
    expect(options).toMatchObject({ projectTitle: textOf(titles[0]!), assignmentDurationInSeconds: 600 })
    const url = String(options.contactRequesterUrl)
    expect(/\?assignment_id=([^&]+)&/.exec(url)?.[1]).toBe(assignmentId)
    expect(/hit_type_message%5Brequester_id%5D=([^&]+)&/.exec(url)?.[1]).toMatch(/^A[A-Z0-9]+$/)
    expect(/Regarding\+Amazon\+Mechanical\+Turk\+Project\+%28HIT\+Type%29\+(\w+)$/.exec(url)?.[1]).toBe(
      HITGroupId,
    )
    expect(new URLSearchParams(url.split('?')[1]).get('hit_type_message[hit_description]')).toBe(
      'Say "what" & which; 50 % (at least)',
    )
  })

  test('by mturk-suite and user scripts: the other islands and places [websites 1.6]', async () => {
    const { HITGroupId, HITId } = await newHIT()
    const tool = await createTool(site)
    const { page, assignmentId } = await accept(tool, HITGroupId)
    expect(islandProps(page, 'TaskSubmitter')).toMatchObject({ hiddenFormParams: { task_id: HITId } })
    const timer = islandProps(page, 'CompletionTimer')
    expect(timer).toMatchObject({
      originalTimeToCompleteInSeconds: 600,
      displayStyle: 'elapsed',
      update: true,
    })
    expect(timer.timeRemainingInSeconds).toBeLessThanOrEqual(600)
    expect(timer.timeRemainingInSeconds).toBeGreaterThan(540)
    expect(islandProps(page, 'CopyText')).toEqual({ textToCopy: tool.workerId })
    const bar = first(page, (one) => hasClass(one, 'project-detail-bar'))
    first(bar, (one) => (attribute(one, 'href') ?? '').includes('/requesters/'))
    const frame = first(page, (one) => hasClass(one, 'embed-responsive-item'))
    expect(
      hasClass(
        closest(frame, (one) => hasClass(one, 'task-question-iframe-container')),
        'task-row',
      ),
    ).toBe(true)
    const address = new URL(attribute(frame, 'src') ?? '')
    expect(address.searchParams.get('assignmentId')).toBe(assignmentId)
    first(page, (one) => one.tagName === 'hr' && hasClass(one, 'footer-horizontal-rule'))
    first(page, (one) => one.tagName === 'footer')
    first(page, (one) => attribute(one, 'id') === 'MainContent')
    const bottom = first(page, (one) => one.tagName === 'div' && hasClass(one, 'work-pipeline-bottom-bar'))
    const buttons = [bar, first(bottom, (one) => hasClass(one, 'action-buttons'))].map((part) =>
      first(first(part, isNamed('form')), (one) => one.tagName === 'button' && hasClass(one, 'btn-warning')),
    )
    expect(buttons.map((button) => textOf(button).trim())).toEqual(['Return', 'Return'])
    expect(all(page, (one) => hasClass(one, 'work-pipeline-action')).length).toBe(2)
    const form = first(
      page,
      (one) => one.tagName === 'form' && (attribute(one, 'action') ?? '').includes('projects/'),
    )
    expect(
      attribute(
        first(form, (one) => attribute(one, 'name') === '_method'),
        'value',
      ),
    ).toBe('delete')
  })
})

describe('the queue is read', () => {
  test.each(['/tasks?format=json', '/tasks.json', '/tasks?format=json&JRPC=1'])(
    '%s: every member of a task by name and kind [websites 1.7]',
    async (path) => {
      const { HITGroupId, HITId } = await newHIT({ QualificationRequirements: unitedStatesOnly })
      const tool = await createTool(site)
      expect(await tool.json(path)).toEqual({ tasks: [] })
      const { assignmentId } = await accept(tool, HITGroupId)
      const [task, ...others] = (await tool.json(path)).tasks as Members[]
      expect(others).toEqual([])
      expect(faultsOf(task, queuedTask)).toEqual([])
      expect(task).toMatchObject({ task_id: HITId, assignment_id: assignmentId, state: 'Assigned' })
      expect(task?.time_to_deadline_in_seconds).toBeGreaterThan(540)
      const question = task?.question as Members
      expect(faultsOf(question, { type: 'string', value: 'string', attributes: 'object' })).toEqual([])
      expect(question).toMatchObject({ type: 'ExternalURL', attributes: { FrameHeight: '0' } })
      expect(typeof (question.attributes as Members).FrameSourceAttribute).toBe('string')
      const project = task?.project as Members
      expect(faultsOf(project, taskProject)).toEqual([])
      const [one] = project.hit_requirements as Members[]
      expect(faultsOf(one, requirement)).toEqual([])
      const url = String(task?.task_url).replace('.json', '')
      expect(url).toBe(`/projects/${HITGroupId}/tasks/${HITId}?assignment_id=${assignmentId}&ref=w_pl_prvw`)
      const opened = await tool.get(url.replace('&ref=w_pl_prvw', '&from_queue=true'))
      expect([opened.status, opened.url.pathname]).toEqual([200, `/projects/${HITGroupId}/tasks/${HITId}`])
    },
  )

  test('in the page: header, count and island, in the order of the rows [websites 1.7]', async () => {
    const tool = await createTool(site)
    const later = await newHIT({ AssignmentDurationInSeconds: 900 })
    const sooner = await newHIT({ AssignmentDurationInSeconds: 300 })
    for (const { HITGroupId } of [later, sooner]) await accept(tool, HITGroupId)
    const page = await tool.page('/tasks')
    expect(textOf(first(page, (one) => one.tagName === 'h1' && hasClass(one, 'm-b-0')))).toBe(
      'HITs Queue (2)',
    )
    const after = nextElement(first(page, (one) => hasClass(one, 'task-queue-header')))
    expect(after?.tagName).toBe('div')
    const island = first(after!, isIsland('TaskQueueTable'))
    const { bodyData, tableConfig } = propsOf(island)
    expect((bodyData as Members[]).map(({ task_id }) => task_id)).toEqual([sooner.HITId, later.HITId])
    for (const task of bodyData as Members[]) {
      expect(faultsOf(task, queuedTask)).toEqual([])
      expect(JSON.stringify(task)).not.toContain('.json')
    }
    expect(Array.isArray(tableConfig)).toBe(true)
    const rows = all(island, (one) => hasClass(one, 'table-row'))
    expect(rows.map((row) => textOf(first(row, isNamed('h2'))))).toEqual([sooner.Title, later.Title])
  })
})
