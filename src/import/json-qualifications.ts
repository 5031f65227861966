// Qualification types, the scores of workers, and blocks, as the API lists them [qualifications 2, hits 8].
import type { ImportRecord } from '../domain/import/record.ts'
import { isSystemType } from '../domain/qualification.ts'
import type { Members } from './json-members.ts'

/** Reads a qualification type with its test and answer key. */
export function readQualificationType(members: Members): ImportRecord {
  const isAutomatic = members.truth('AutoGranted') ?? false
  return {
    kind: 'qualification type',
    id: readTypeId(members),
    name: members.name('Name'),
    description: members.text('Description'),
    keywords: members.optionalText('Keywords'),
    isActive: members.optionalOneOf('QualificationTypeStatus', ['Active', 'Inactive']) !== 'Inactive',
    autoGrantedValue: isAutomatic ? (members.optionalWhole('AutoGrantedValue', 0) ?? 1) : undefined,
    retryDelay: members.optionalWhole('RetryDelayInSeconds', 0),
    test: members.optionalText('Test') || undefined,
    testDuration: members.optionalWhole('TestDurationInSeconds', 1),
    answerKey: members.optionalText('AnswerKey') || undefined,
    createdAt: members.time('CreationTime'),
  }
}

/** Reads the score of a worker, which may have been taken away since. */
export function readScore(members: Members): ImportRecord {
  const status = members.optionalOneOf('Status', ['Granted', 'Revoked']) ?? 'Granted'
  const typeId = readTypeId(members)
  const hasScore = status === 'Granted' && !members.has('LocaleValue')
  if (status === 'Granted' && members.has('LocaleValue') && !members.has('IntegerValue'))
    members.faults.push('This is a place (LocaleValue), not a score; only scores can be brought in.')
  return {
    kind: 'score',
    workerId: members.workerId('WorkerId'),
    type: { id: typeId },
    value: hasScore
      ? members.whole('IntegerValue', undefined)
      : (members.optionalWhole('IntegerValue', undefined) ?? 0),
    status,
    grantedAt: members.optionalTime('GrantTime'),
  }
}

/** Reads a worker block. */
export function readBlock(members: Members): ImportRecord {
  return {
    kind: 'worker',
    worker: {
      id: members.workerId('WorkerId'),
      figures: undefined,
      block: 'Blocked',
      reason: members.optionalText('Reason'),
    },
  }
}

function readTypeId(members: Members): string {
  const id = members.id('QualificationTypeId')
  if (isSystemType(id))
    members.faults.push('This qualification type is Amazon’s own. Save the list with MustBeOwnedByCaller.')
  return id
}
