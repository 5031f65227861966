import { expect, test } from 'vitest'
import type { ReviewPolicies } from '../domain/review-policy.ts'
import { ids, onBothStores, usualNow } from '../../test/support/stores.ts'
import * as reviewPolicies from './review-policies.ts'

const assignment: ReviewPolicies['assignment'] = {
  name: 'ScoreMyKnownAnswers/2011-09-01',
  answerKey: [{ questionId: 'ŝ', values: ['a', ' b'] }],
  approveFrom: 80,
  approveReason: 'Dankon 🐦',
  rejectBelow: undefined,
  rejectReason: '',
  extension: { belowScore: 80, maximumAssignments: 5, minimumTime: 0, assignments: 1 },
}
const hit: ReviewPolicies['hit'] = {
  name: 'SimplePlurality/2011-09-01',
  questionIds: ['q', 'r'],
  agreementThreshold: 50,
  disregardRejected: true,
  disregardBelowKnownAnswerScore: undefined,
  approveFrom: undefined,
  rejectBelow: 40,
  rejectReason: '',
  extension: undefined,
}

onBothStores('review policies', (stores) => {
  test.each([
    ['both', { assignment, hit }],
    ['of the assignment', { assignment, hit: undefined }],
    ['of the HIT', { assignment: undefined, hit }],
    ['none', { assignment: undefined, hit: undefined }],
  ])('%s: they are found as they were given [qualifications 6.1]', async (_, policies) => {
    const { production, sandbox } = stores()
    const hitId = ids.entity(usualNow)
    await production.write((tx) => reviewPolicies.add(tx, hitId, policies))
    expect(await production.read((tx) => reviewPolicies.find(tx, hitId))).toEqual(policies)
    const nothing = { assignment: undefined, hit: undefined }
    expect(await sandbox.read((tx) => reviewPolicies.find(tx, hitId))).toEqual(nothing)
  })
})
