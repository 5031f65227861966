// What happens when a review policy cannot do what it decided, and when it runs at all [qualifications 6.3, 8.4].
import { afterEach, describe, expect, test } from 'vitest'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { eventsOf, aSpecification } from '../../../test/support/notifications.ts'
import {
  actionsOf,
  answered,
  knownAnswers,
  plurality,
  submitAnswers,
} from '../../../test/support/review-steps.ts'
import { accept, balanceOf, createHIT, expireNow, showHIT, statusOf } from '../../../test/support/steps.ts'

const extendAlways = { ExtendIfKnownAnswerScoreIsLessThan: 101, ExtendMaximumAssignments: 25 }
const day = 86_400

onBothDatabases('what a review policy cannot do', (market) => {
  afterEach(() => checkLedger(market()))

  test('an extension without funds fails; the rest of the review and the submission stay [qualifications 8.4]', async () => {
    const client = await market().requester('0.12')
    const hit = await createHIT(client, {
      AssignmentReviewPolicy: knownAnswers(
        { q: 'x' },
        { ...extendAlways, ApproveIfKnownAnswerScoreIsAtLeast: 0 },
      ),
    })
    const id = await answered(market(), hit, { q: 'x' })
    expect(await actionsOf(client, hit.HITId, 'Assignment')).toEqual([
      `review ${id}: Succeeded, 1 of 1 known answers correct`,
      `approve ${id}: Succeeded, Approved`,
      `extend ${hit.HITId}: Failed, This Requester has insufficient funds in their account to complete this transaction. ` +
        '(AWS.MechanicalTurk.InsufficientFunds)',
    ])
    expect(await statusOf(client, id)).toBe('Approved')
    expect(await showHIT(client, hit.HITId)).toMatchObject({ HITStatus: 'Reviewable', MaxAssignments: 1 })
    expect(await balanceOf(client)).toBe('0.00')
  })

  test('a HIT made with fewer than 10 assignments never reaches 10 [qualifications 6.3]', async () => {
    const client = await market().requester()
    const hit = await createHIT(client, {
      MaxAssignments: 8,
      AssignmentReviewPolicy: knownAnswers({ q: 'x' }, extendAlways),
    })
    for (let i = 0; i < 2; i++) await answered(market(), hit, { q: 'y' })
    const actions = await actionsOf(client, hit.HITId, 'Assignment')
    expect(actions.filter((line) => line.startsWith('extend'))).toEqual([
      `extend ${hit.HITId}: Succeeded, Extended by 1 assignment`,
      `extend ${hit.HITId}: Failed, The HIT was created with fewer than 10 assignments, so its maximum must stay below 10. ` +
        '(AWS.MechanicalTurk.InvalidMaximumAssignmentsIncrease)',
    ])
    expect((await showHIT(client, hit.HITId)).MaxAssignments).toBe(9)
  })

  test('rejected work is not approved, approved work is not rejected [qualifications 8.4]', async () => {
    const client = await market().requester()
    const hit = await createHIT(client, {
      MaxAssignments: 4,
      AssignmentReviewPolicy: knownAnswers(
        { gold: 'yes' },
        { ApproveIfKnownAnswerScoreIsAtLeast: 100, RejectIfKnownAnswerScoreIsLessThan: 100 },
      ),
      HITReviewPolicy: plurality(['q'], 50, {
        ApproveIfWorkerAgreementScoreIsAtLeast: 100,
        RejectIfWorkerAgreementScoreIsLessThan: 100,
      }),
    })
    const ids: string[] = []
    for (const [gold, q] of [
      ['no', 'x'],
      ['yes', 'x'],
      ['yes', 'y'],
      ['yes', 'x'],
    ] as const)
      ids.push(await answered(market(), hit, { gold, q }))
    const failed =
      'Failed, Assignment was in an invalid state for this operation. (AWS.MechanicalTurk.InvalidAssignmentState)'
    expect((await actionsOf(client, hit.HITId, 'HIT')).slice(1)).toEqual([
      `approve ${ids[0]}: ${failed}`,
      `approve ${ids[1]}: Succeeded, Already approved`,
      `reject ${ids[2]}: ${failed}`,
      `approve ${ids[3]}: Succeeded, Already approved`,
    ])
    const statuses = await Promise.all(ids.map((id) => statusOf(client, id)))
    expect(statuses).toEqual(['Rejected', 'Approved', 'Approved', 'Approved'])
  })

  test.each([
    ['no time', {}, 0],
    ['less time than is left', { ExtendMinimumTimeInSeconds: day / 2 }, 0],
    ['more time than is left', { ExtendMinimumTimeInSeconds: 2 * day }, 1],
  ])('an extension that brings %s never takes any away [qualifications 6.3]', async (_, time, days) => {
    const client = await market().requester()
    const hit = await createHIT(client, {
      LifetimeInSeconds: day,
      AssignmentReviewPolicy: knownAnswers({ q: 'x' }, { ...extendAlways, ...time }),
    })
    await answered(market(), hit, { q: 'y' })
    expect(await showHIT(client, hit.HITId)).toMatchObject({
      HITStatus: 'Assignable',
      Expiration: hit.Expiration + days * day,
    })
  })

  test('nothing to do is no failure: at the cap, beyond it, rejected before [qualifications 6.3, 8.4]', async () => {
    const client = await market().requester()
    const hit = await createHIT(client, {
      MaxAssignments: 2,
      AssignmentReviewPolicy: knownAnswers(
        { gold: 'yes' },
        {
          ExtendIfKnownAnswerScoreIsLessThan: 101,
          ExtendMaximumAssignments: 2,
          RejectIfKnownAnswerScoreIsLessThan: 50,
        },
      ),
      HITReviewPolicy: plurality(['q'], 40, { RejectIfWorkerAgreementScoreIsLessThan: 101 }),
    })
    await client.call('CreateAdditionalAssignmentsForHIT', {
      HITId: hit.HITId,
      NumberOfAdditionalAssignments: 1,
    })
    const ids: string[] = []
    for (let i = 0; i < 3; i++) ids.push(await answered(market(), hit, { gold: 'no', q: 'x' }))
    const extended = (await actionsOf(client, hit.HITId, 'Assignment')).filter((line) =>
      line.startsWith('extend'),
    )
    expect(new Set(extended)).toEqual(
      new Set([`extend ${hit.HITId}: Succeeded, Already at the maximum number of assignments`]),
    )
    expect((await showHIT(client, hit.HITId)).MaxAssignments).toBe(3)
    expect((await actionsOf(client, hit.HITId, 'HIT')).slice(1)).toEqual(
      ids.map((id) => `reject ${id}: Succeeded, Already rejected`),
    )
  })

  test('ExtendAssignments adds so many at once, up to the cap [qualifications 6.3]', async () => {
    const client = await market().requester()
    const hit = await createHIT(client, {
      AssignmentReviewPolicy: knownAnswers(
        { q: 'x' },
        { ExtendIfKnownAnswerScoreIsLessThan: 101, ExtendMaximumAssignments: 4, ExtendAssignments: 2 },
      ),
    })
    const maxima: number[] = []
    for (let i = 0; i < 2; i++) {
      await answered(market(), hit, { q: 'x' })
      maxima.push((await showHIT(client, hit.HITId)).MaxAssignments!)
    }
    expect(maxima).toEqual([3, 4])
  })
})

onBothDatabases('when a HIT is reviewed', (market) => {
  afterEach(() => checkLedger(market()))

  const policy = plurality(['q'], 50, {
    ExtendIfHITAgreementScoreIsLessThan: 100,
    ExtendMaximumAssignments: 9,
    ExtendMinimumTimeInSeconds: 2 * day,
  })
  /** A HIT of three, with two submissions that differ. */
  const half = async (HITReviewPolicy = policy) => {
    const client = await market().requester()
    const hit = await createHIT(client, { MaxAssignments: 3, HITReviewPolicy })
    await answered(market(), hit, { q: 'x' })
    await answered(market(), hit, { q: 'y' })
    return { client, hit }
  }

  test('at its expiry, which an extension undoes for as long as it says [qualifications 6.1, 6.3]', async () => {
    const { client, hit } = await half()
    expect(await actionsOf(client, hit.HITId, 'HIT')).toEqual([])
    await market().advance(day)
    expect(await actionsOf(client, hit.HITId, 'HIT')).toEqual([
      `review ${hit.HITId}: Succeeded, 0 of 1 questions agreed`,
      `extend ${hit.HITId}: Succeeded, Extended by 1 assignment`,
    ])
    expect(await showHIT(client, hit.HITId)).toMatchObject({
      HITStatus: 'Assignable',
      MaxAssignments: 4,
      NumberOfAssignmentsAvailable: 2,
      Expiration: hit.Expiration + 2 * day,
    })
    // Once more at the new expiration.
    await market().advance(2 * day)
    expect(await actionsOf(client, hit.HITId, 'HIT')).toHaveLength(4)
  })

  test('when the requester expires it [qualifications 6.1]', async () => {
    const { client, hit } = await half(plurality(['q'], 40))
    await expireNow(client, hit.HITId)
    expect(await actionsOf(client, hit.HITId, 'HIT')).toHaveLength(1)
    expect((await showHIT(client, hit.HITId)).HITStatus).toBe('Reviewable')
  })

  test.each(['submitted', 'returned', 'abandoned'])(
    'after its expiry, when the last work is %s [qualifications 6.1]',
    async (how) => {
      const { client, hit } = await half(plurality(['q'], 40))
      const worker = await market().worker()
      const assignmentId = await accept(worker, hit)
      await expireNow(client, hit.HITId)
      expect(await actionsOf(client, hit.HITId, 'HIT')).toEqual([])
      if (how === 'submitted') await submitAnswers(market(), worker, assignmentId, { q: 'x' })
      if (how === 'returned') await worker.giveBack(assignmentId)
      if (how === 'abandoned') await market().advance(3600)
      expect(await actionsOf(client, hit.HITId, 'HIT')).toEqual([
        `review ${hit.HITId}: Succeeded, ${how === 'submitted' ? 1 : 0} of 1 questions agreed`,
      ])
    },
  )

  test('never when nobody worked on it [qualifications 7.2]', async () => {
    const client = await market().requester()
    const hit = await createHIT(client, { HITReviewPolicy: policy })
    await market().advance(day)
    expect(await actionsOf(client, hit.HITId, 'HIT')).toEqual([])
    expect((await showHIT(client, hit.HITId)).HITStatus).toBe('Reviewable')
  })

  test('an extension that brings no time leaves an expired HIT reviewable, and costs nothing [qualifications 6.3]', async () => {
    const { client, hit } = await half(
      plurality(['q'], 50, { ExtendIfHITAgreementScoreIsLessThan: 100, ExtendMaximumAssignments: 9 }),
    )
    await expireNow(client, hit.HITId)
    expect(await showHIT(client, hit.HITId)).toMatchObject({ HITStatus: 'Reviewable', MaxAssignments: 4 })
    expect(await balanceOf(client)).toBe('999.76')
  })

  test('the requester hears HITExtended once, and HITReviewable only when it stays so [qualifications 6.3, notifications 4]', async () => {
    const client = await market().requester()
    const hit = await createHIT(client, { MaxAssignments: 2, HITReviewPolicy: policy })
    await client.call('UpdateNotificationSettings', {
      HITTypeId: hit.HITTypeId,
      Notification: aSpecification({ EventTypes: ['HITExtended', 'HITReviewable', 'AssignmentSubmitted'] }),
      Active: true,
    })
    for (const q of ['x', 'y', 'x']) await answered(market(), hit, { q })
    const submitted = 'AssignmentSubmitted'
    expect(await eventsOf(market(), client)).toEqual([
      submitted,
      submitted,
      'HITExtended',
      submitted,
      'HITReviewable',
    ])
  })
})

describe('the sandbox', () => {
  onBothDatabases(
    'never runs out of money for an extension',
    (market) => {
      test('[hits 9.4]', async () => {
        const client = await market().requester('0.12')
        const hit = await createHIT(client, {
          AssignmentReviewPolicy: knownAnswers({ q: 'x' }, extendAlways),
        })
        await answered(market(), hit, { q: 'x' })
        expect((await showHIT(client, hit.HITId)).MaxAssignments).toBe(2)
        await checkLedger(market())
      })
    },
    'sandbox',
  )
})
