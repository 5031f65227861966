// Domain values as structures of the API [hits 12.0, client-contract 4]. Absent values are left out, never null.
import { available, type HIT } from '../domain/hit.ts'
import type { Assignment } from '../domain/assignment.ts'
import type { HITType } from '../domain/hit-type.ts'
import { formatDollars } from '../domain/money.ts'
import type { QualificationRequirement } from '../domain/qualification.ts'
import type * as model from '../model/shapes.ts'
import * as answers from '../store/answers.ts'
import * as hitTypes from '../store/hit-types.ts'
import * as questions from '../store/questions.ts'
import type { Read } from '../store/tx.ts'

function requirementView(requirement: QualificationRequirement): model.QualificationRequirement {
  return {
    QualificationTypeId: requirement.qualificationTypeId,
    Comparator: requirement.comparator,
    ...(requirement.integerValues && { IntegerValues: [...requirement.integerValues] }),
    ...(requirement.localeValues && {
      LocaleValues: requirement.localeValues.map(({ country, subdivision }) => ({
        Country: country,
        ...(subdivision !== undefined && { Subdivision: subdivision }),
      })),
    }),
    RequiredToPreview: requirement.actionsGuarded !== 'Accept',
    ActionsGuarded: requirement.actionsGuarded,
  }
}

/** A HIT with its type's properties and its question's text. */
export function hitView(hit: HIT, type: HITType, question: string): model.HIT {
  return {
    HITId: hit.id,
    HITTypeId: type.id,
    HITGroupId: type.groupId,
    CreationTime: hit.createdAt,
    Title: type.title,
    Description: type.description,
    Question: question,
    ...(type.keywords !== undefined && { Keywords: type.keywords }),
    HITStatus: hit.status,
    MaxAssignments: hit.maxAssignments,
    Reward: formatDollars(type.reward),
    AutoApprovalDelayInSeconds: type.approvalDelay,
    Expiration: hit.expiresAt,
    AssignmentDurationInSeconds: type.duration,
    ...(hit.annotation !== undefined && { RequesterAnnotation: hit.annotation }),
    QualificationRequirements: type.requirements.map(requirementView),
    HITReviewStatus: 'NotReviewed',
    NumberOfAssignmentsPending: hit.pending,
    NumberOfAssignmentsAvailable: available(hit),
    NumberOfAssignmentsCompleted: hit.reviewed,
  }
}

/** HITs as they are shown, with types and questions read once each. Throws when one is missing: each HIT has both. */
export async function showHITs(tx: Read, hits: readonly HIT[]): Promise<model.HIT[]> {
  const types = new Map<string, HITType>()
  const texts = new Map<string, string>()
  const shown: model.HIT[] = []
  for (const hit of hits) {
    const type = types.get(hit.hitTypeId) ?? (await hitTypes.find(tx, hit.hitTypeId))
    const text = texts.get(hit.questionHash) ?? (await questions.find(tx, hit.questionHash))?.text
    if (type === undefined || text === undefined) throw new Error(`HIT ${hit.id} lacks its type or question`)
    types.set(hit.hitTypeId, type)
    texts.set(hit.questionHash, text)
    shown.push(hitView(hit, type, text))
  }
  return shown
}

/** One HIT as it is shown. */
export async function showHIT(tx: Read, hit: HIT): Promise<model.HIT> {
  return (await showHITs(tx, [hit]))[0]!
}

/** A submitted assignment with its answer [hits 6.5]. */
export function assignmentView(assignment: Assignment, answer: string): model.Assignment {
  return {
    AssignmentId: assignment.id,
    WorkerId: assignment.workerId,
    HITId: assignment.hitId,
    AssignmentStatus: assignment.state as 'Submitted' | 'Approved' | 'Rejected',
    AutoApprovalTime: assignment.autoApprovalAt,
    AcceptTime: assignment.acceptedAt,
    SubmitTime: assignment.submittedAt,
    ...(assignment.approvedAt !== undefined && { ApprovalTime: assignment.approvedAt }),
    ...(assignment.rejectedAt !== undefined && { RejectionTime: assignment.rejectedAt }),
    Answer: answer,
    ...(assignment.feedback !== undefined && { RequesterFeedback: assignment.feedback }),
  }
}

/** A submitted assignment with its answer, read from the store. */
export async function showAssignment(tx: Read, assignment: Assignment): Promise<model.Assignment> {
  const answer = await answers.find(tx, assignment.id)
  if (answer === undefined) throw new Error(`assignment ${assignment.id} lacks its answer`)
  return assignmentView(assignment, answer)
}
