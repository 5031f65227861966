// The preview of a HIT as the tools of workers read it: every member by its name and type [websites 1.4].
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { projectMembers as common, typesOf } from '../support/site-json.ts'
import { signInTo, type SiteSession } from '../support/site-session.ts'
import { externalQuestion, startWorkerSite, type WorkerSite } from '../support/worker-site.ts'

type Members = Record<string, unknown>

let site: WorkerSite
let worker: SiteSession
let bird: { HITId: string; HITGroupId: string; HITTypeId?: string | undefined }
let locked: { HITGroupId: string }
let hidden: { HITGroupId: string }

const germans = (ActionsGuarded: 'Accept' | 'DiscoverPreviewAndAccept') => [
  {
    QualificationTypeId: '00000000000000000071',
    Comparator: 'EqualTo' as const,
    LocaleValues: [{ Country: 'DE' }],
    ActionsGuarded,
  },
]

beforeAll(async () => {
  site = await startWorkerSite()
  bird = await site.createHIT({ Title: 'Bird' })
  await site.createHIT({ Title: 'Bird', Question: externalQuestion('https://birds.example/?a=1&b=2', 640) })
  locked = await site.createHIT({ Title: 'Locked', QualificationRequirements: germans('Accept') })
  hidden = await site.createHIT({
    Title: 'Hidden',
    QualificationRequirements: germans('DiscoverPreviewAndAccept'),
  })
  worker = await signInTo(site, await site.createWorker())
}, 60_000)
afterAll(() => site.stop())

describe('the preview as JSON [websites 1.4]', () => {
  test('has exactly the members that tools read', async () => {
    const answer = (await worker.get(`/projects/${bird.HITGroupId}/tasks?format=json`)).json()
    expect(typesOf(answer)).toEqual({
      task_id: 'string',
      assignment_id: 'null',
      accepted_at: 'null',
      deadline: 'null',
      time_to_deadline_in_seconds: 'null',
      state: 'null',
      question: {
        type: 'string',
        value: 'string',
        attributes: { FrameSourceAttribute: 'string', FrameHeight: 'string' },
      },
      project: { ...common, hit_requirements: [] },
    })
  })

  test('shows each HIT of the group in turn to who skips, in the frame of a preview', async () => {
    const path = `/projects/${bird.HITGroupId}/tasks.json`
    const first = (await worker.get(path)).json()
    const second = (await worker.get(`${path}?skip=${String(first.task_id)}`)).json()
    const third = (await worker.get(`${path}?skip=${String(second.task_id)}`)).json()
    expect(second.task_id).not.toBe(first.task_id)
    expect(third.task_id).toBe(first.task_id)
    const questions = [first, second].map(({ question }) => question as Members)
    const addresses = questions.map(({ value }) => String(value)).sort()
    expect(addresses).toEqual([
      expect.stringMatching(
        /^http:\/\/localhost:\d+\/task\/\w+\?assignmentId=ASSIGNMENT_ID_NOT_AVAILABLE&hitId=\w+$/,
      ),
      expect.stringMatching(
        /^https:\/\/birds\.example\/\?a=1&b=2&assignmentId=ASSIGNMENT_ID_NOT_AVAILABLE&hitId=\w+$/,
      ),
    ])
    const heights = questions.map(({ attributes }) => (attributes as Members).FrameHeight).sort()
    expect(heights).toEqual(['0', '640'])
  })

  test('carries the requirements under their other name', async () => {
    const { project } = (await worker.get(`/projects/${locked.HITGroupId}/tasks?format=json`)).json()
    expect((project as Members).hit_requirements).toHaveLength(1)
  })

  test.each([
    ['that the worker may not see', () => hidden.HITGroupId, /^This Requester has specified Qualifications/],
    ['of no group', () => '3NOSUCHGROUP', /address is not valid/],
  ])('%s is refused in words', async (_, groupId, text) => {
    const path = `/projects/${groupId()}/tasks`
    const answer = await worker.get(`${path}?format=json`)
    expect([answer.status, answer.json()]).toEqual([422, { message: expect.stringMatching(text) as string }])
    const page = await worker.get((await worker.get(path)).location ?? '')
    expect(page.text).toMatch(/mturk-alert-danger/)
  })

  test('is found by the address that old programs print, by either id [websites 1.2]', async () => {
    const to = `/projects/${bird.HITGroupId}/tasks`
    expect((await worker.get(`/mturk/preview?groupId=${bird.HITGroupId}`)).location).toBe(to)
    const byType = (await worker.get(`/mturk/preview?groupId=${bird.HITTypeId}`)).location ?? ''
    expect((await worker.get(`${byType}?format=json`)).json()).toMatchObject({
      project: { hit_set_id: bird.HITGroupId },
    })
    const odd = await worker.get('/mturk/preview?groupId=//example.org')
    expect(odd.location).toBe('/projects?notice=GroupDoesNotExist')
  })
})
