// HITs of ListHITs, ListHITsForQualificationType, GetHIT and GetAssignment [hits 12.0].
import type { ImportRecord } from '../domain/import/record.ts'
import type { Members } from './json-members.ts'

const statuses = ['Assignable', 'Unassignable', 'Reviewable', 'Reviewing', 'Disposed'] as const
const reviewStatuses = [
  'NotReviewed',
  'MarkedForReview',
  'ReviewedAppropriate',
  'ReviewedInappropriate',
] as const

/** Reads a HIT with the properties of its type. Its state is not kept: nobody can work on it any more. */
export function readHIT(members: Members): ImportRecord {
  const id = members.id('HITId')
  const typeId = members.id('HITTypeId')
  members.optionalOneOf('HITStatus', statuses)
  return {
    kind: 'hit',
    type: {
      id: typeId,
      title: members.name('Title'),
      description: members.text('Description'),
      keywords: members.optionalText('Keywords'),
      reward: members.money('Reward'),
      duration: members.whole('AssignmentDurationInSeconds', 0),
      approvalDelay: members.whole('AutoApprovalDelayInSeconds', 0),
      requirements: members.optionalList('QualificationRequirements'),
    },
    hit: {
      id,
      typeId,
      groupId: members.optionalId('HITGroupId'),
      createdAt: members.time('CreationTime'),
      expiresAt: members.time('Expiration'),
      maxAssignments: members.whole('MaxAssignments', 1),
      annotation: members.optionalText('RequesterAnnotation'),
      question: members.optionalText('Question'),
      layoutId: members.optionalId('HITLayoutId'),
      reviewStatus: members.optionalOneOf('HITReviewStatus', reviewStatuses),
      input: undefined,
      fields: undefined,
    },
  }
}
