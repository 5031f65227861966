// Imported work as structures of the API: all that its files told. Absent values are left out, never null.
import type { ImportedAssignment, ImportedType } from '../domain/import/record.ts'
import { formatDollars } from '../domain/money.ts'
import { fit } from '../model/fit.ts'
import * as model from '../model/shapes.ts'
import * as imports from '../store/imported-lists.ts'
import type { Read } from '../store/tx.ts'

/** An imported HIT with its type's properties and with how much work was brought in of it. */
function importedHITView(hit: imports.KeptHIT, type: ImportedType, reviewed: number): model.HIT {
  return {
    HITId: hit.id,
    HITTypeId: type.id,
    ...(hit.groupId !== undefined && { HITGroupId: hit.groupId }),
    ...(hit.layoutId !== undefined && { HITLayoutId: hit.layoutId }),
    CreationTime: hit.createdAt,
    Title: type.title,
    Description: type.description,
    ...(hit.question !== undefined && { Question: hit.question }),
    ...(type.keywords !== undefined && { Keywords: type.keywords }),
    // Nobody can accept it any more, and whoever did has handed in.
    HITStatus: 'Reviewable',
    MaxAssignments: hit.maxAssignments,
    Reward: formatDollars(type.reward),
    AutoApprovalDelayInSeconds: type.approvalDelay,
    Expiration: hit.expiresAt,
    AssignmentDurationInSeconds: type.duration,
    ...(hit.annotation !== undefined && { RequesterAnnotation: hit.annotation }),
    QualificationRequirements: requirementsOf(type),
    HITReviewStatus: (hit.reviewStatus ?? 'NotReviewed') as model.HITReviewStatus,
    NumberOfAssignmentsPending: 0,
    NumberOfAssignmentsAvailable: 0,
    NumberOfAssignmentsCompleted: reviewed,
  }
}

/** A file may have been made by anybody: one odd requirement must not stand in the way of a whole list. */
function requirementsOf({ requirements }: ImportedType): model.QualificationRequirement[] {
  const told: unknown = JSON.parse(requirements ?? '[]')
  return (fit(model.QualificationRequirementList, told) ?? []) as model.QualificationRequirement[]
}

/** Imported HITs as they are shown. Throws when a type is missing: each HIT came with one. */
export async function showImportedHITs(tx: Read, hits: readonly imports.KeptHIT[]): Promise<model.HIT[]> {
  const types = await imports.findTypes(
    tx,
    hits.map(({ typeId }) => typeId),
  )
  const counts = await imports.countReviewed(
    tx,
    hits.map(({ id }) => id),
  )
  return hits.map((hit) => {
    const type = types.get(hit.typeId)
    if (type === undefined) throw new Error(`imported HIT ${hit.id} lacks its type`)
    return importedHITView(hit, type, counts.get(hit.id) ?? 0)
  })
}

/** The imported HIT of this id as it is shown. Throws when there is none: whoever asks has seen it. */
export async function showImportedHIT(tx: Read, hitId: string): Promise<model.HIT> {
  const hit = await imports.findHIT(tx, hitId)
  if (hit === undefined) throw new Error(`there is no imported HIT ${hitId}`)
  return (await showImportedHITs(tx, [hit]))[0]!
}

/** Imported work with its answer [hits 6.5]. */
export function importedAssignmentView(assignment: ImportedAssignment): model.Assignment {
  return {
    AssignmentId: assignment.id,
    WorkerId: assignment.workerId,
    HITId: assignment.hitId,
    AssignmentStatus: assignment.state,
    ...(assignment.autoApprovalAt !== undefined && { AutoApprovalTime: assignment.autoApprovalAt }),
    AcceptTime: assignment.acceptedAt,
    SubmitTime: assignment.submittedAt,
    ...(assignment.approvedAt !== undefined && { ApprovalTime: assignment.approvedAt }),
    ...(assignment.rejectedAt !== undefined && { RejectionTime: assignment.rejectedAt }),
    Answer: assignment.answer,
    ...(assignment.feedback !== undefined && { RequesterFeedback: assignment.feedback }),
  }
}

/** The imported work of this id with its HIT. Throws when there is none: whoever asks has seen it. */
export async function showImportedAssignment(
  tx: Read,
  assignmentId: string,
): Promise<{ Assignment: model.Assignment; HIT: model.HIT }> {
  const assignment = await imports.findAssignment(tx, assignmentId)
  if (assignment === undefined) throw new Error(`there is no imported assignment ${assignmentId}`)
  return { Assignment: importedAssignmentView(assignment), HIT: await showImportedHIT(tx, assignment.hitId) }
}
