// The list of HIT groups and the preview as the tools of workers read them: every member by its name and type, on every
// path and in every way in which they are asked for.
import { CreateQualificationTypeCommand, CreateWorkerBlockCommand } from '@aws-sdk/client-mturk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { control } from '../support/server.ts'
import { projectMembers as common, requirementTypes as requirement, typesOf } from '../support/site-json.ts'
import { load, signInTo, type SiteSession } from '../support/site-session.ts'
import { externalQuestion, startWorkerSite, type WorkerSite } from '../support/worker-site.ts'

type Members = Record<string, unknown>

let site: WorkerSite
let worker: SiteSession
let requesterId: string
let typeId: string
let bird: { HITId: string; HITGroupId: string }
let hidden: { HITId: string; HITGroupId: string }

const masters = '2F1QJWKUDD8XADTFD2Q0G6UTO95ALH'
const place = '00000000000000000071'

beforeAll(async () => {
  site = await startWorkerSite()
  const { client, createHIT } = site
  const made = await client.send(
    new CreateQualificationTypeCommand({
      Name: 'Knows birds',
      Description: 'By their song.',
      Keywords: 'birds',
      QualificationTypeStatus: 'Active',
    }),
  )
  typeId = made.QualificationType!.QualificationTypeId!
  bird = await createHIT({ Title: 'Bird one', MaxAssignments: 2 })
  await createHIT({ Title: 'Bird one', Question: externalQuestion('https://birds.example/?a=1&b=2', 640) })
  await site.advance(60)
  await createHIT({
    Title: 'Locked',
    Reward: '1.25',
    Keywords: 'rare, song',
    QualificationRequirements: [
      { QualificationTypeId: typeId, Comparator: 'GreaterThan', IntegerValues: [80] },
      {
        QualificationTypeId: place,
        Comparator: 'In',
        LocaleValues: [{ Country: 'DE' }, { Country: 'US', Subdivision: 'CA' }],
        ActionsGuarded: 'PreviewAndAccept',
      },
    ],
  })
  hidden = await createHIT({
    Title: 'Hidden',
    QualificationRequirements: [
      { QualificationTypeId: typeId, Comparator: 'Exists', ActionsGuarded: 'DiscoverPreviewAndAccept' },
    ],
  })
  await site.advance(60)
  await createHIT({
    Title: 'For Masters',
    Reward: '0.02',
    QualificationRequirements: [{ QualificationTypeId: masters, Comparator: 'Exists' }],
  })
  worker = await signInTo(site, await site.createWorker({ country: 'US', subdivision: 'CA', masters: true }))
  requesterId = String(find(await list(''), 'Bird one').requester_id)
}, 60_000)
afterAll(() => site.stop())

async function list(query: string): Promise<Members[]> {
  const answer = await worker.get(`/?format=json&page_size=100&${query}`)
  return answer.json().results as Members[]
}

function find(projects: readonly Members[], title: string): Members {
  const found = projects.find((project) => project.title === title)
  if (found === undefined) throw new Error(`${title} is not in the list`)
  return found
}

describe('the list as JSON [websites 1.3]', () => {
  test('has exactly the members that tools read', async () => {
    const answer = await worker.get('/?format=json&page_size=2')
    expect([answer.status, answer.type]).toEqual([200, 'application/json; charset=utf-8'])
    const { results, ...rest } = answer.json()
    expect(typesOf(rest)).toEqual({
      page_number: 'number',
      num_results: 'number',
      total_num_results: 'number',
    })
    expect(results).toHaveLength(2)
  })

  test('a project has exactly the members that tools read, of their types', async () => {
    const none = { country: 'null', subdivision: 'null' }
    expect(typesOf(find(await list(''), 'Locked'))).toEqual({
      ...common,
      accept_project_task_url: 'string',
      project_tasks_url: 'string',
      requesterInfo: { activityLevel: 'string', taskApprovalRate: 'string', taskReviewTime: 'string' },
      project_requirements: [
        { ...requirement({ integer_value: 'null', locale_value: none }), qualification_values: ['string'] },
        {
          ...requirement({
            integer_value: 'null',
            locale_value: { country: 'string', subdivision: 'string' },
          }),
          qualification_values: ['string', 'string'],
        },
      ],
    })
  })

  test('a project says what the API was told', async () => {
    const project = find(await list(''), 'Bird one')
    expect(project).toMatchObject({
      hit_set_id: bird.HITGroupId,
      description: 'Look at a picture and name the bird on it.',
      assignment_duration_in_seconds: 600,
      assignable_hits_count: 2,
      monetary_reward: { amount_in_dollars: 0.5, currency_code: 'USD' },
      caller_meets_requirements: true,
      caller_meets_preview_requirements: true,
      project_requirements: [],
      requesterInfo: { taskApprovalRate: 'Not available', taskReviewTime: 'Not available' },
    })
  })

  test('a requirement says what is asked, what the worker has, and where he may ask for it', async () => {
    const project = find(await list(''), 'Locked')
    expect(project).toMatchObject({
      caller_meets_requirements: false,
      caller_meets_preview_requirements: true,
    })
    expect(project.project_requirements).toMatchObject([
      {
        qualification_type_id: typeId,
        comparator: 'GreaterThan',
        qualification_values: ['80'],
        caller_meets_requirement: false,
        qualification_type: { name: 'Knows birds', has_test: false, is_requestable: true, visibility: true },
        qualification_request_url: `/qualifications/${typeId}/request.json`,
        worker_action: 'AcceptHit',
      },
      {
        qualification_type_id: place,
        comparator: 'In',
        qualification_values: ['DE', 'US-CA'],
        caller_meets_requirement: true,
        caller_qualification_value: {
          integer_value: null,
          locale_value: { country: 'US', subdivision: 'CA' },
        },
        worker_action: 'PreviewHit',
      },
    ])
    const forMasters = find(await list(''), 'For Masters').project_requirements as Members[]
    expect(forMasters).toMatchObject([
      { qualification_values: [], caller_qualification_value: { integer_value: 1 } },
    ])
  })

  test('its addresses lead there, with `.json` and without', async () => {
    const project = find(await list(''), 'Bird one')
    expect(project).toMatchObject({
      requester_url: `/requesters/${requesterId}/projects.json`,
      project_tasks_url: `/projects/${bird.HITGroupId}/tasks.json?ref=w_pl_prvw`,
      accept_project_task_url: `/projects/${bird.HITGroupId}/tasks/accept_random.json?ref=w_pl_prvw`,
    })
    for (const name of ['requester_url', 'project_tasks_url']) {
      const address = String(project[name])
      expect((await worker.get(address)).type).toMatch(/^application\/json/)
      expect((await worker.get(address.replace('.json', ''))).type).toMatch(/^text\/html/)
    }
    const other = await signInTo(site, await site.createWorker())
    const accepted = await other.get(`${String(project.accept_project_task_url)}&format=json`)
    expect([accepted.status, accepted.location]).toEqual([
      302,
      expect.stringMatching(/^\/projects\/\w+\/tasks\/\w+\?assignment_id=\w+/),
    ])
  })

  test('a group that may not be discovered is in no list', async () => {
    expect((await list('')).map(({ hit_set_id }) => hit_set_id)).not.toContain(hidden.HITGroupId)
  })
})

describe('the ways to ask for JSON [websites 1.1]', () => {
  const xhr = { 'X-Requested-With': 'XMLHttpRequest', Accept: 'application/json, text/javascript, */*' }
  const ways: [string, (path: string) => [string, Record<string, string>?], boolean][] = [
    ['?format=json', (path) => [`${path}?format=json`], true],
    ['.json at the end of the path', (path) => [`${path === '/' ? '/projects' : path}.json`], true],
    ['.json and a slash', (path) => [`${path === '/' ? '/projects' : path}.json/`], true],
    ['an XHR that accepts JSON', (path) => [path, xhr], true],
    ['an XHR that accepts HTML', (path) => [path, { ...xhr, Accept: 'text/html' }], false],
    ['a page that accepts JSON', (path) => [path, { Accept: 'application/json' }], false],
    ['an unknown format', (path) => [`${path}?format=gibberish`], false],
    ['format=html', (path) => [`${path}?format=html`], false],
  ]
  test.each(ways)('%s', async (_, ask, isJSON) => {
    const paths = [
      '/',
      '/projects',
      `/requesters/${requesterId}/projects`,
      `/projects/${bird.HITGroupId}/tasks`,
    ]
    for (const path of paths) {
      const answer = await worker.get(...ask(path))
      expect({ path, status: answer.status, type: answer.type }).toEqual({
        path,
        status: 200,
        type: isJSON ? 'application/json; charset=utf-8' : 'text/html; charset=UTF-8',
      })
    }
  })

  test('the suffix finds the page on every path of the site', async () => {
    const pages = ['/tasks', '/dashboard', '/status_details/2026-01-01', '/qualifications/assigned']
    for (const path of pages) {
      expect([path, (await worker.get(`${path}.json`)).status]).toEqual([path, 200])
    }
  })

  test('who is not signed in is sent to sign in, for JSON too, and comes back', async () => {
    const paths = ['/projects', '/?format=json', '/projects.json?page_size=100', '/tasks?format=json']
    for (const path of paths) {
      const { status, location } = await load(site.address + path)
      expect([status, location]).toEqual([302, `/ap/signin?openid.return_to=${encodeURIComponent(path)}`])
      expect((await worker.get(location!)).location).toBe(path)
      expect((await worker.get(location!.replace('openid.', ''))).location).toBe(path)
    }
    const { status, text } = await load(`${site.address}/`)
    expect([status, text]).toEqual([200, expect.stringContaining('Small tasks, fairly paid')])
  })

  test('what is not there, is said in JSON', async () => {
    for (const path of ['/requesters/A0NOBODY0000/projects', '/nowhere']) {
      const answer = await worker.get(`${path}?format=json`)
      expect([answer.status, typesOf(answer.json())]).toEqual([404, { error: 'string', message: 'string' }])
      expect((await worker.get(path)).status).toBe(404)
    }
  })
})

describe('the query of the list [websites 1.3]', () => {
  const all = ['Bird one', 'For Masters', 'Locked']
  const cases: [string, string[]][] = [
    ['', all],
    ['filters[search_term]=BIRD+one', ['Bird one']],
    ['filters%5Bsearch_term%5D=rare', ['Locked']],
    ['filters[search_term]=song%20locked', ['Locked']],
    ['filters[search_term]=song%20masters', []],
    ['filters[min_reward]=0.5', ['Bird one', 'Locked']],
    ['filters[min_reward]=1.26', []],
    ['filters[qualified]=true', ['Bird one', 'For Masters']],
    ['filters[masters]=true', ['For Masters']],
    ['filters[qualified]=false&filters[masters]=false&filters[page_size]=1&sort=hits_desc', all],
    ['JRPC=1&PandaCrazyMax&hit_forker=x', all],
  ]
  test.each(cases)('%s', async (query, titles) => {
    const projects = (await worker.get(`/requesters/${requesterId}/projects?format=json&${query}`)).json()
    const own = (projects.results as Members[]).map(({ title }) => String(title))
    expect(own.filter((title) => all.includes(title)).sort()).toEqual(titles)
  })

  test.each([
    ['reward_desc', ['Locked', 'Bird one', 'For Masters']],
    ['reward_asc', ['For Masters', 'Bird one', 'Locked']],
    ['num_hits_desc', ['Bird one']],
    ['updated_asc', ['Bird one', 'Locked', 'For Masters']],
  ])('sort=%s', async (sort, titles) => {
    const projects = (await list(`sort=${sort}`)).map(({ title }) => String(title))
    const own = projects.filter((title) => all.includes(title))
    expect(own.slice(0, titles.length)).toEqual(titles)
  })

  test('is paged, and past the last page there is nothing', async () => {
    const total = (await list('')).length
    const first = (await worker.get('/projects?format=json&page_size=2')).json()
    expect(first).toMatchObject({ page_number: 1, num_results: 2, total_num_results: total })
    const last = Math.ceil(total / 2)
    const end = (await worker.get(`/projects?format=json&page_size=2&page_number=${last}`)).json()
    expect(end).toMatchObject({ page_number: last, num_results: total - 2 * (last - 1) })
    const past = (await worker.get('/projects?format=json&page_size=2&page_number=999')).json()
    expect(past).toEqual({ results: [], page_number: 999, num_results: 0, total_num_results: total })
  })
})

describe('a worker who may not work [websites 1.3, 1.13]', () => {
  test.each(['suspended', 'blocked'] as const)('%s sees the list, with the same members', async (state) => {
    const workerId = await site.createWorker()
    const session = await signInTo(site, workerId)
    if (state === 'suspended') await control(site.address, `workers/${workerId}`, { suspended: true })
    else await site.client.send(new CreateWorkerBlockCommand({ WorkerId: workerId, Reason: 'careless' }))
    const { results } = (await session.get('/?format=json&page_size=100')).json()
    expect(find(results as Members[], 'Bird one')).toMatchObject({ caller_meets_requirements: true })
  })
})
