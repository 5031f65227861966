// Grants and requests as structures of the API [qualifications 1.2, 1.3]. Absent values are left out, never null.
import type { QualificationRequest } from '../domain/qualification-request.ts'
import type * as model from '../model/shapes.ts'
import type { Qualification } from '../store/qualifications.ts'
import * as questions from '../store/questions.ts'
import type { Read } from '../store/tx.ts'

/** What a worker has, or had, of a type. */
export function qualificationView(qualification: Qualification): model.Qualification {
  return {
    QualificationTypeId: qualification.qualificationTypeId,
    WorkerId: qualification.workerId,
    GrantTime: qualification.grantedAt,
    IntegerValue: qualification.value,
    Status: qualification.status,
  }
}

/** Pending requests with the tests that they answer, each text read once. */
export async function showRequests(
  tx: Read,
  requests: readonly QualificationRequest[],
): Promise<model.QualificationRequest[]> {
  const tests = new Map<string, string>()
  const shown: model.QualificationRequest[] = []
  for (const request of requests) {
    const { testHash } = request
    const test = testHash === undefined ? undefined : (tests.get(testHash) ?? (await textOf(tx, testHash)))
    if (testHash !== undefined && test !== undefined) tests.set(testHash, test)
    shown.push({
      QualificationRequestId: request.id,
      QualificationTypeId: request.qualificationTypeId,
      WorkerId: request.workerId,
      ...(test !== undefined && { Test: test }),
      ...(request.answer !== undefined && { Answer: request.answer }),
      SubmitTime: request.submittedAt,
    })
  }
  return shown
}

/** The text with this hash, of a test or a key. Throws when it is missing: requests keep what they refer to. */
export async function textOf(tx: Read, hash: string): Promise<string> {
  const kept = await questions.find(tx, hash)
  if (kept === undefined) throw new Error(`the text ${hash} is missing`)
  return kept.text
}
