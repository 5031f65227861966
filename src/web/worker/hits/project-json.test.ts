import { describe, expect, test } from 'vitest'
import { cents } from '../../../domain/money.ts'
import type {
  GroupForWorker,
  JudgedRequirement,
  RequesterRecord,
} from '../../../operations/worker/groups/group-view.ts'
import { projectForList, projectForTask, requirementObjects } from './project-json.ts'

const day = 86_400

const record: RequesterRecord = {
  activity: 'None',
  approvalRate: undefined,
  reviewSeconds: undefined,
  samples: 0,
}

function group(changes: Partial<GroupForWorker> = {}): GroupForWorker {
  return {
    type: {
      id: 'T1',
      groupId: 'G1',
      requesterId: 'A1',
      title: 'Title',
      description: 'Description',
      keywords: undefined,
      reward: cents(5),
      duration: 60,
      approvalDelay: 0,
      requirements: [],
    },
    requesterName: 'Laboratory',
    figures: { assignable: 3, createdAt: 0, updatedAt: 1000, latestExpiration: 2000 },
    pay: { medianSeconds: undefined, samples: 0 },
    requester: record,
    requirements: [],
    discover: true,
    preview: true,
    accept: true,
    refusal: undefined,
    ...changes,
  }
}

function judged(changes: Partial<JudgedRequirement> = {}): JudgedRequirement {
  return {
    requirement: { qualificationTypeId: 'Q1', comparator: 'Exists', actionsGuarded: 'Accept' },
    isMet: true,
    value: 7,
    type: { name: 'Name', description: '', keywords: undefined, hasTest: false, isRequestable: true },
    ...changes,
  }
}

describe('what is known of a requester, in the words of the real site [websites 1.3]', () => {
  test.each<[Partial<RequesterRecord>, string, string, string]>([
    [{}, 'None', 'Not available', 'Not available'],
    [{ activity: 'High', approvalRate: 1, reviewSeconds: 0 }, 'High', '≥ 99%', 'less than a day'],
    [
      { activity: 'Limited', approvalRate: 0.99, reviewSeconds: day - 1 },
      'Limited',
      '≥ 99%',
      'less than a day',
    ],
    [{ approvalRate: 0.9899, reviewSeconds: day }, 'None', '98%', '1 day'],
    [{ approvalRate: 0, reviewSeconds: 2.9 * day }, 'None', '0%', '2 days'],
  ])('%o', (changes, activityLevel, taskApprovalRate, taskReviewTime) => {
    const { requesterInfo } = projectForList(group({ requester: { ...record, ...changes } }))
    expect(requesterInfo).toEqual({ activityLevel, taskApprovalRate, taskReviewTime })
  })
})

describe('the value of a worker [websites 1.3]', () => {
  const none = { country: null, subdivision: null }
  test.each<[JudgedRequirement['value'], object]>([
    [7, { integer_value: 7, locale_value: none }],
    [0, { integer_value: 0, locale_value: none }],
    [undefined, { integer_value: null, locale_value: none }],
    [{ country: '' }, { integer_value: null, locale_value: none }],
    [{ country: 'DE' }, { integer_value: null, locale_value: { country: 'DE', subdivision: null } }],
    [
      { country: 'US', subdivision: 'CA' },
      { integer_value: null, locale_value: { country: 'US', subdivision: 'CA' } },
    ],
  ])('%o', (value, expected) => {
    const [object] = requirementObjects({ requirements: [judged({ value })] })
    expect(object?.caller_qualification_value).toEqual(expected)
  })
})

test.each([
  ['Accept', 'AcceptHit'],
  ['PreviewAndAccept', 'PreviewHit'],
  ['DiscoverPreviewAndAccept', 'ViewHitSet'],
] as const)('%s is the action %s [websites 1.3]', (actionsGuarded, action) => {
  const requirement = { qualificationTypeId: 'Q1', comparator: 'Exists', actionsGuarded } as const
  expect(requirementObjects({ requirements: [judged({ requirement })] })[0]?.worker_action).toBe(action)
})

test('islands have the same addresses without the suffix [websites 1.1]', () => {
  const listed = projectForList(group({ requirements: [judged({ isMet: false })] }), '')
  expect(listed).toMatchObject({
    requester_url: '/requesters/A1/projects',
    accept_project_task_url: '/projects/G1/tasks/accept_random?ref=w_pl_prvw',
    project_tasks_url: '/projects/G1/tasks?ref=w_pl_prvw',
    project_requirements: [{ qualification_request_url: '/qualifications/Q1/request' }],
    caller_meets_requirements: false,
  })
})

test('previews and the queue have other members than lists [websites 1.4, 1.7]', () => {
  const [listed, task] = [projectForList(group()), projectForTask(group())]
  const only = (one: object, other: object) => Object.keys(one).filter((name) => !(name in other))
  expect(only(listed, task)).toEqual([
    'accept_project_task_url',
    'project_tasks_url',
    'project_requirements',
    'requesterInfo',
  ])
  expect(only(task, listed)).toEqual(['hit_requirements'])
})
