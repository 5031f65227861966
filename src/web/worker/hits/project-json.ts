// A HIT group as the JSON of the worker site and the props of its islands have it: the "project" of the real site, on
// which workers' tools depend member by member [websites 1.3, 1.4].
import type { Locale, QualificationRequirement } from '../../../domain/qualification.ts'
import type {
  GroupForWorker,
  JudgedRequirement,
  RequesterRecord,
} from '../../../operations/worker/groups/group-view.ts'
import { jsonMoney, jsonTime, type JSONMoney } from '../../json.ts'

/** What the path of a URL member ends in: JSON answers carry the suffix, islands in pages do not [websites 1.1]. */
export type URLSuffix = '.json' | ''

/** One requirement of a project [websites 1.3]. */
export interface RequirementObject {
  qualification_type_id: string
  comparator: string
  qualification_values: string[]
  caller_meets_requirement: boolean
  caller_qualification_value: {
    integer_value: number | null
    locale_value: { country: string | null; subdivision: string | null }
  }
  qualification_type: {
    qualification_type_id: string
    name: string
    description: string
    keywords: string
    visibility: boolean
    has_test: boolean
    is_requestable: boolean
  }
  qualification_request_url: string
  worker_action: 'AcceptHit' | 'PreviewHit' | 'ViewHitSet'
}

/** What both forms of a project have. */
interface ProjectMembers {
  hit_set_id: string
  requester_id: string
  requester_name: string
  requester_url: string
  title: string
  description: string
  assignment_duration_in_seconds: number
  creation_time: string
  last_updated_time: string
  latest_expiration_time: string
  assignable_hits_count: number
  monetary_reward: JSONMoney
  caller_meets_requirements: boolean
  caller_meets_preview_requirements: boolean
}

/** A project in a list of groups. */
export interface ListedProject extends ProjectMembers {
  accept_project_task_url: string
  project_tasks_url: string
  project_requirements: RequirementObject[]
  requesterInfo: { activityLevel: string; taskApprovalRate: string; taskReviewTime: string }
}

/** A project inside a preview or an entry of the queue. */
export interface TaskProject extends ProjectMembers {
  hit_requirements: RequirementObject[]
}

/** A group as lists have it: with the addresses to accept and to preview, and with what is known of the requester. */
export function projectForList(group: GroupForWorker, suffix: URLSuffix = '.json'): ListedProject {
  const tasks = `/projects/${group.type.groupId}/tasks`
  return {
    ...commonMembers(group, suffix),
    // The question mark is needed: a tool appends `&format=json`.
    accept_project_task_url: `${tasks}/accept_random${suffix}?ref=w_pl_prvw`,
    project_tasks_url: `${tasks}${suffix}?ref=w_pl_prvw`,
    project_requirements: requirementObjects(group, suffix),
    requesterInfo: requesterInfo(group.requester),
  }
}

/** A group as previews and the queue have it. */
export function projectForTask(group: GroupForWorker, suffix: URLSuffix = '.json'): TaskProject {
  return { ...commonMembers(group, suffix), hit_requirements: requirementObjects(group, suffix) }
}

/** The requirements of a group with the worker's own values; an empty array when there are none. */
export function requirementObjects(
  { requirements }: Pick<GroupForWorker, 'requirements'>,
  suffix: URLSuffix = '.json',
): RequirementObject[] {
  return requirements.map((judged) => requirementObject(judged, suffix))
}

function commonMembers(group: GroupForWorker, suffix: URLSuffix): ProjectMembers {
  const { type, figures, requirements } = group
  return {
    hit_set_id: type.groupId,
    requester_id: type.requesterId,
    requester_name: group.requesterName,
    requester_url: `/requesters/${type.requesterId}/projects${suffix}`,
    title: type.title,
    description: type.description,
    assignment_duration_in_seconds: type.duration,
    creation_time: jsonTime(figures.createdAt),
    last_updated_time: jsonTime(figures.updatedAt),
    latest_expiration_time: jsonTime(figures.latestExpiration),
    assignable_hits_count: figures.assignable,
    monetary_reward: jsonMoney(type.reward),
    caller_meets_requirements: requirements.every(({ isMet }) => isMet),
    caller_meets_preview_requirements: group.preview,
  }
}

const workerActions = {
  Accept: 'AcceptHit',
  PreviewAndAccept: 'PreviewHit',
  DiscoverPreviewAndAccept: 'ViewHitSet',
} as const

function requirementObject({ requirement, isMet, value, type }: JudgedRequirement, suffix: URLSuffix) {
  const { qualificationTypeId } = requirement
  const place = typeof value === 'object' ? value : undefined
  return {
    qualification_type_id: qualificationTypeId,
    comparator: requirement.comparator,
    qualification_values: valuesOf(requirement),
    caller_meets_requirement: isMet,
    caller_qualification_value: {
      integer_value: typeof value === 'number' ? value : null,
      // An unknown place is an empty text inside, and none outside.
      locale_value: { country: place?.country || null, subdivision: place?.subdivision ?? null },
    },
    qualification_type: {
      qualification_type_id: qualificationTypeId,
      name: type.name,
      description: type.description,
      keywords: type.keywords ?? '',
      visibility: true,
      has_test: type.hasTest,
      is_requestable: type.isRequestable,
    },
    qualification_request_url: `/qualifications/${qualificationTypeId}/request${suffix}`,
    worker_action: workerActions[requirement.actionsGuarded],
  }
}

/** Numbers and places alike as texts: `95`, `US`, `US-CA`. */
function valuesOf({ integerValues = [], localeValues = [] }: QualificationRequirement): string[] {
  return [...integerValues.map(String), ...localeValues.map(localeText)]
}

/** A place as one word: `US-CA`. */
export function localeText({ country, subdivision }: Locale): string {
  return subdivision === undefined ? country : `${country}-${subdivision}`
}

const unknown = 'Not available'
const daySeconds = 86_400

/** What is known of a requester, in the words of the real site. */
function requesterInfo({ activity, approvalRate, reviewSeconds }: RequesterRecord) {
  return {
    activityLevel: activity,
    taskApprovalRate: approvalRate === undefined ? unknown : approvalText(Math.floor(approvalRate * 100)),
    taskReviewTime:
      reviewSeconds === undefined ? unknown : reviewText(Math.floor(reviewSeconds / daySeconds)),
  }
}

function approvalText(percent: number): string {
  return percent >= 99 ? '≥ 99%' : `${percent}%`
}

function reviewText(wholeDays: number): string {
  if (wholeDays < 1) return 'less than a day'
  return wholeDays === 1 ? '1 day' : `${wholeDays} days`
}
