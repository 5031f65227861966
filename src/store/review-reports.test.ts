import { expect, test } from 'vitest'
import type { ReviewAction } from '../domain/review.ts'
import { ids, onBothStores, usualNow } from '../../test/support/stores.ts'
import * as reports from './review-reports.ts'

const action = (changes: Partial<ReviewAction> = {}): ReviewAction => ({
  id: ids.entity(usualNow),
  name: 'review',
  targetType: 'HIT',
  targetId: 'H',
  status: 'Succeeded',
  completedAt: usualNow,
  result: '1 of 1 questions agreed',
  errorCode: undefined,
  ...changes,
})

const result = (changes: Partial<reports.KeptResult> = {}): reports.KeptResult => ({
  id: ids.entity(usualNow),
  actionId: 'ACTION',
  subjectType: 'Assignment',
  subjectId: 'A',
  key: 'WorkerAgreementScore',
  value: '66',
  ...changes,
})

onBothStores('review reports', (stores) => {
  test('actions are found as they were kept, oldest first, from page to page [qualifications 8.1]', async () => {
    const { production, sandbox } = stores()
    const hitId = ids.entity(usualNow)
    const kept = [
      action(),
      action({ name: 'approve', targetType: 'Assignment', status: 'Failed', errorCode: 'AWS.Code' }),
      action({ name: 'extend', completedAt: usualNow + 1 }),
    ]
    await production.write(async (tx) => {
      for (const one of kept.toReversed()) await reports.addAction(tx, hitId, 'HIT', one)
      await reports.addAction(tx, hitId, 'Assignment', action({ id: ids.entity(usualNow) }))
      await reports.addAction(tx, 'ANOTHER', 'HIT', action({ id: ids.entity(usualNow) }))
    })
    const page = (after: string, limit: number) =>
      production.read((tx) => reports.listActions(tx, hitId, 'HIT', after, limit))
    expect(await page('', 9)).toEqual(kept)
    expect(await page('', 1)).toEqual(kept.slice(0, 1))
    expect(await page(kept[0]!.id, 1)).toEqual(kept.slice(1, 2))
    expect(await page(kept[2]!.id, 1)).toEqual([])
    expect(await sandbox.read((tx) => reports.listActions(tx, hitId, 'HIT', '', 9))).toEqual([])
  })

  test('results are found as they were kept, oldest first, from page to page [qualifications 8.1]', async () => {
    const { production } = stores()
    const hitId = ids.entity(usualNow)
    const kept = [
      result({ questionId: 'q ŝ', key: 'KnownAnswerCorrect', value: '' }),
      result(),
      result({ subjectType: 'HIT' }),
    ]
    await production.write(async (tx) => {
      for (const one of kept.toReversed()) await reports.addResult(tx, hitId, 'Assignment', one)
      await reports.addResult(tx, hitId, 'HIT', result())
    })
    const page = (after: string, limit: number) =>
      production.read((tx) => reports.listResults(tx, hitId, 'Assignment', after, limit))
    expect(await page('', 9)).toEqual(kept)
    expect(await page(kept[0]!.id, 1)).toEqual(kept.slice(1, 2))
  })

  test('the known-answer scores of a HIT are found by assignment [qualifications 7.2]', async () => {
    const { production } = stores()
    const hitId = ids.entity(usualNow)
    await production.write(async (tx) => {
      const score = { key: 'KnownAnswerScore', value: '33' }
      await reports.addResult(tx, hitId, 'Assignment', result({ ...score, subjectId: 'A' }))
      await reports.addResult(tx, hitId, 'Assignment', result({ subjectId: 'B' }))
      await reports.addResult(tx, 'ANOTHER', 'Assignment', result({ ...score, subjectId: 'C' }))
    })
    const scores = await production.read((tx) => reports.findKnownAnswerScores(tx, hitId))
    expect([...scores]).toEqual([['A', 33]])
  })
})
