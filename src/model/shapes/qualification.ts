// Qualification types, who holds them, who asks for them, and what a HIT demands [qualifications].
import { deprecated, list, optional, required, string, structure, type Value } from '../shape.ts'
import {
  CountryParameters,
  CustomerId,
  EntityId,
  IntegerList,
  PlainBoolean,
  PlainInteger,
  PlainLong,
  PlainString,
  Timestamp,
} from './basic.ts'

export type Comparator = Value<typeof Comparator>
export const Comparator = string('Comparator', {
  enum: [
    'LessThan',
    'LessThanOrEqualTo',
    'GreaterThan',
    'GreaterThanOrEqualTo',
    'EqualTo',
    'NotEqualTo',
    'Exists',
    'DoesNotExist',
    'In',
    'NotIn',
  ],
})

export type HITAccessActions = Value<typeof HITAccessActions>
export const HITAccessActions = string('HITAccessActions', {
  enum: ['Accept', 'PreviewAndAccept', 'DiscoverPreviewAndAccept'],
})

export type QualificationStatus = Value<typeof QualificationStatus>
export const QualificationStatus = string('QualificationStatus', { enum: ['Granted', 'Revoked'] })

export type QualificationTypeStatus = Value<typeof QualificationTypeStatus>
export const QualificationTypeStatus = string('QualificationTypeStatus', { enum: ['Active', 'Inactive'] })

export type Locale = Value<typeof Locale>
export const Locale = structure('Locale', {
  Country: required(CountryParameters),
  Subdivision: optional(CountryParameters),
})
export const LocaleList = list('LocaleList', Locale)

/** The id is a plain string here: system qualifications have ids of another form [wire 3.5]. */
export type QualificationRequirement = Value<typeof QualificationRequirement>
export const QualificationRequirement = structure('QualificationRequirement', {
  QualificationTypeId: required(PlainString),
  Comparator: required(Comparator),
  IntegerValues: optional(IntegerList),
  LocaleValues: optional(LocaleList),
  RequiredToPreview: deprecated(PlainBoolean),
  ActionsGuarded: optional(HITAccessActions),
})
export const QualificationRequirementList = list('QualificationRequirementList', QualificationRequirement)

export type QualificationType = Value<typeof QualificationType>
export const QualificationType = structure('QualificationType', {
  QualificationTypeId: optional(EntityId),
  CreationTime: optional(Timestamp),
  Name: optional(PlainString),
  Description: optional(PlainString),
  Keywords: optional(PlainString),
  QualificationTypeStatus: optional(QualificationTypeStatus),
  Test: optional(PlainString),
  TestDurationInSeconds: optional(PlainLong),
  AnswerKey: optional(PlainString),
  RetryDelayInSeconds: optional(PlainLong),
  IsRequestable: optional(PlainBoolean),
  AutoGranted: optional(PlainBoolean),
  AutoGrantedValue: optional(PlainInteger),
})
export const QualificationTypeList = list('QualificationTypeList', QualificationType)

export type Qualification = Value<typeof Qualification>
export const Qualification = structure('Qualification', {
  QualificationTypeId: optional(EntityId),
  WorkerId: optional(CustomerId),
  GrantTime: optional(Timestamp),
  IntegerValue: optional(PlainInteger),
  LocaleValue: optional(Locale),
  Status: optional(QualificationStatus),
})
export const QualificationList = list('QualificationList', Qualification)

export type QualificationRequest = Value<typeof QualificationRequest>
export const QualificationRequest = structure('QualificationRequest', {
  QualificationRequestId: optional(PlainString),
  QualificationTypeId: optional(EntityId),
  WorkerId: optional(CustomerId),
  Test: optional(PlainString),
  Answer: optional(PlainString),
  SubmitTime: optional(Timestamp),
})
export const QualificationRequestList = list('QualificationRequestList', QualificationRequest)
