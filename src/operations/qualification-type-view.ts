// Qualification types as structures of the API [qualifications 1.1, client-contract 4].
import type { QualificationType } from '../domain/qualification-type.ts'
import { systemTypesCreatedAt, type SystemQualificationType } from '../domain/system-qualification-types.ts'
import type * as model from '../model/shapes.ts'

/** A requester's type. Only its owner sees how its test is scored. A deleted type shows as what the model has for it. */
export function qualificationTypeView(type: QualificationType, requesterId: string): model.QualificationType {
  const isOwner = type.requesterId === requesterId
  return {
    QualificationTypeId: type.id,
    CreationTime: type.createdAt,
    Name: type.name,
    Description: type.description,
    ...(type.keywords !== undefined && { Keywords: type.keywords }),
    QualificationTypeStatus: type.status === 'Active' ? 'Active' : 'Inactive',
    ...(type.test !== undefined && { Test: type.test }),
    ...(type.testDuration !== undefined && { TestDurationInSeconds: type.testDuration }),
    ...(type.answerKey !== undefined && isOwner && { AnswerKey: type.answerKey }),
    ...(type.retryDelay !== undefined && { RetryDelayInSeconds: type.retryDelay }),
    IsRequestable: true,
    AutoGranted: type.autoGrantedValue !== undefined,
    ...(type.autoGrantedValue !== undefined && { AutoGrantedValue: type.autoGrantedValue }),
  }
}

/** A type that the system keeps. */
export function systemTypeView(type: SystemQualificationType): model.QualificationType {
  return {
    QualificationTypeId: type.id,
    CreationTime: systemTypesCreatedAt,
    Name: type.name,
    Description: type.description,
    QualificationTypeStatus: 'Active',
    IsRequestable: false,
    AutoGranted: false,
  }
}
