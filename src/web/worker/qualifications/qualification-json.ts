// Qualifications as the JSON of the worker site and the props of its islands have them, member by member
// [websites 1.11].
import { stateAt } from '../../../domain/qualification-request.ts'
import type { TypeForWorker } from '../../../operations/worker/qualification-for-worker.ts'
import { jsonTime } from '../../json.ts'
import type { Texts } from '../../messages/en.ts'
import type { URLSuffix } from '../hits/project-json.ts'

/** The members that the real site has of every qualification that a worker holds. */
export interface QualificationObject {
  name: string
  description: string
  creator_name: string
  creator_url: string
  /** A number, but for a place. */
  value: number | null
  locale_value: { country: string | null; subdivision: string | null }
  grant_time: string | null
  has_test: boolean
  is_requestable: boolean
  is_system_qualification: boolean
  can_retake_test_or_rerequest: boolean
  earliest_retriable_time: string | null
  request_qualification_url: string
  retake_test_url: string | null
}

/** What other lists have besides: the type itself, and where the worker's request stands. */
export interface FoundQualification extends QualificationObject {
  qualification_type_id: string
  keywords: string
  test_duration_in_seconds: number | null
  qualification_request: {
    qualification_request_id: string
    state: 'AwaitingTest' | 'Submitted'
    request_time: string
    deadline: string | null
    time_to_deadline_in_seconds: number | null
  } | null
}

/** A type that the worker holds, or might. */
export function qualificationObject(
  texts: Texts,
  type: TypeForWorker,
  suffix: URLSuffix = '.json',
): QualificationObject {
  const { id, owner, held, hasTest, isRequestable, refusal, retryAt } = type
  const value = held?.value
  const place = typeof value === 'object' ? value : undefined
  const canAsk = refusal === undefined
  const request = `/qualifications/${id}/request${suffix}`
  return {
    name: type.name,
    description: type.description,
    creator_name: owner?.name ?? texts.site,
    creator_url: owner === undefined ? '' : `/requesters/${owner.id}/projects${suffix}`,
    value: typeof value === 'number' ? value : null,
    locale_value: { country: place?.country || null, subdivision: place?.subdivision ?? null },
    grant_time: held === undefined ? null : jsonTime(held.grantedAt),
    has_test: hasTest,
    is_requestable: isRequestable,
    is_system_qualification: owner === undefined,
    can_retake_test_or_rerequest: canAsk,
    earliest_retriable_time: retryAt === undefined ? null : jsonTime(retryAt),
    // The second part of the path is the id, also where nobody can ask: tools read it there.
    request_qualification_url: request,
    retake_test_url: hasTest && canAsk ? request : null,
  }
}

/** The same with what lists of types need. `now` is epoch milliseconds. */
export function foundQualification(
  texts: Texts,
  type: TypeForWorker,
  now: number,
  suffix: URLSuffix = '.json',
): FoundQualification {
  const { outstanding } = type
  const deadline = outstanding?.deadline
  const isTest = outstanding !== undefined && stateAt(outstanding, now) === 'AwaitingTest'
  return {
    qualification_type_id: type.id,
    ...qualificationObject(texts, type, suffix),
    keywords: type.keywords ?? '',
    test_duration_in_seconds: type.testDuration ?? null,
    qualification_request:
      outstanding === undefined
        ? null
        : {
            qualification_request_id: outstanding.id,
            state: isTest ? 'AwaitingTest' : 'Submitted',
            request_time: jsonTime(outstanding.requestedAt),
            deadline: deadline === undefined ? null : jsonTime(deadline),
            time_to_deadline_in_seconds:
              isTest && deadline !== undefined ? Math.ceil((deadline - now) / 1000) : null,
          },
  }
}
