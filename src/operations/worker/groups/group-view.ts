// A HIT group as one worker sees it, and what a worker can ask the list of groups for [websites 1.3].
import type { Fault } from '../../../domain/fault.ts'
import type { HITType } from '../../../domain/hit-type.ts'
import type { Cents } from '../../../domain/money.ts'
import type { QualificationRequirement, QualificationValue } from '../../../domain/qualification.ts'

/** What the market knows of a group at a glance. Times are epoch milliseconds. */
export interface GroupFigures {
  /** HITs of the group that the site still offers. */
  assignable: number
  /** Creation of the oldest HIT that is offered. */
  createdAt: number
  /** When HITs were last added to the group or given back to it. */
  updatedAt: number
  latestExpiration: number
}

/** What is known of the pay of a group: what others needed for it. */
export interface GroupPay {
  /** Median of the seconds between accepting and submitting, of workers other than the one who asks. */
  medianSeconds: number | undefined
  /** Of how many submitted assignments. */
  samples: number
}

/** How a requester treats work, from his latest reviewed assignments. */
export interface RequesterRecord {
  /** Assignments of the last 30 days: none, up to 100, more. */
  activity: 'None' | 'Limited' | 'High'
  /** Approved of reviewed work, 0 to 1; undefined when nothing was reviewed. */
  approvalRate: number | undefined
  /** Median seconds from submission to decision; undefined when nothing was reviewed. */
  reviewSeconds: number | undefined
  /** Of how many reviewed assignments. */
  samples: number
}

/** A requirement of a group, judged for one worker. */
export interface JudgedRequirement {
  requirement: QualificationRequirement
  isMet: boolean
  /** The worker's own value; undefined when he has none. */
  value: QualificationValue
  /** The qualification type, as workers may see it. */
  type: {
    name: string
    description: string
    keywords: string | undefined
    hasTest: boolean
    isRequestable: boolean
  }
}

/** A group as one worker sees it. */
export interface GroupForWorker {
  type: HITType
  requesterName: string
  figures: GroupFigures
  pay: GroupPay
  requester: RequesterRecord
  requirements: JudgedRequirement[]
  discover: boolean
  preview: boolean
  accept: boolean
  /** Why the worker could accept none of it now. */
  refusal: Fault | undefined
}

export type GroupSort =
  'updated_desc' | 'updated_asc' | 'reward_desc' | 'reward_asc' | 'num_hits_desc' | 'num_hits_asc'

/** What a worker asks the list of groups for; what is not said does not narrow it. */
export interface GroupQuery {
  /** Words that all must stand in title, description, keywords or the requester's name. */
  search?: string
  minReward?: Cents
  /** Only groups whose every requirement he meets. */
  qualified?: boolean
  /** Only groups that require Masters. */
  masters?: boolean
  /** Only groups that he marked, and those of requesters whom he marked. */
  favourites?: boolean
  /** Only groups of this requester. */
  requesterId?: string
  /** Also groups that he may not discover. */
  includesHidden?: boolean
  sort: GroupSort
  offset: number
  limit: number
}

/** One page of the list. */
export interface GroupPage {
  groups: GroupForWorker[]
  /** Over all pages. */
  total: number
}
