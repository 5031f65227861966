// Domain values as structures of the API [hits 12.0, client-contract 4]. Absent values are left out, never null.
import { available, type HIT } from '../domain/hit.ts'
import type { Assignment } from '../domain/assignment.ts'
import type { HITType } from '../domain/hit-type.ts'
import { formatDollars } from '../domain/money.ts'
import type { QualificationRequirement } from '../domain/qualification.ts'
import type * as model from '../model/shapes.ts'
import * as answers from '../store/answers.ts'
import * as hitTypes from '../store/hit-types.ts'
import type { Read } from '../store/tx.ts'
import { createQuestionFinder, type Question } from './questions.ts'

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

/** A HIT with its type's properties and its question. */
export function hitView(hit: HIT, type: HITType, question: Question): model.HIT {
  return {
    HITId: hit.id,
    HITTypeId: type.id,
    HITGroupId: type.groupId,
    ...(question.layoutId !== undefined && { HITLayoutId: question.layoutId }),
    CreationTime: hit.createdAt,
    Title: type.title,
    Description: type.description,
    Question: question.text,
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
  const findQuestion = createQuestionFinder(tx)
  const shown: model.HIT[] = []
  for (const hit of hits) {
    const type = types.get(hit.hitTypeId) ?? (await hitTypes.find(tx, hit.hitTypeId))
    const question = await findQuestion(hit.questionHash)
    if (type === undefined || question === undefined)
      throw new Error(`HIT ${hit.id} lacks its type or question`)
    types.set(hit.hitTypeId, type)
    shown.push(hitView(hit, type, question))
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
