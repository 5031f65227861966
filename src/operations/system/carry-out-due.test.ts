// Due work goes in order of due time, also when what is carried out makes something due again [design 4].
import { expect, test } from 'vitest'
import { aHIT, onBothDatabases } from '../../../test/support/market.ts'
import { aSpecification, createType, eventsOf } from '../../../test/support/notifications.ts'
import { answered, plurality } from '../../../test/support/review-steps.ts'

const hour = 3600

onBothDatabases('due work', (market) => {
  // The first worker and the second agree on two questions; the third, whom the policy rejects, agreed with the first
  // on another. Without him the second is no longer wrong, and the policy approves him when the HIT expires again.
  test('a HIT that a policy extended expires again before what is due later', async () => {
    const client = await market().requester()
    const policy = plurality(['one', 'two', 'three', 'four'], 50, {
      DisregardAssignmentIfRejected: 'T',
      ApproveIfWorkerAgreementScoreIsAtLeast: 100,
      RejectIfWorkerAgreementScoreIsLessThan: 50,
      ExtendIfHITAgreementScoreIsLessThan: 100,
      ExtendMaximumAssignments: 9,
      ExtendMinimumTimeInSeconds: 60,
    })
    const { HIT } = await client.call(
      'CreateHIT',
      aHIT({
        MaxAssignments: 5,
        LifetimeInSeconds: hour,
        AutoApprovalDelayInSeconds: 2 * hour,
        HITReviewPolicy: policy,
      }),
    )
    const hit = { HITId: HIT!.HITId! }
    const start = market().clock.now()
    await answered(market(), hit, { one: 'a', two: 'x', three: '1', four: 'm' })
    const second = await answered(market(), hit, { one: 'a', two: 'y', three: '2', four: 'm' })
    await answered(market(), hit, { one: 'b', two: 'x', three: '3', four: 'n' })
    await market().advance(10 * 24 * hour)
    const { Assignment } = await client.call('GetAssignment', { AssignmentId: second })
    expect(Assignment).toMatchObject({ AssignmentStatus: 'Approved' })
    expect(Number(Assignment!.ApprovalTime)).toBe(Math.floor(start / 1000) + hour + 60)
  })

  test('a HIT that expires at the moment of an auto-approval is told to be reviewable [notifications 4]', async () => {
    const client = await market().requester()
    const HITTypeId = await createType(client, { AutoApprovalDelayInSeconds: hour })
    await client.call('UpdateNotificationSettings', {
      HITTypeId,
      Notification: aSpecification({ EventTypes: ['HITExpired', 'HITReviewable'] }),
      Active: true,
    })
    const { Title: _, Description: __, Reward: ___, AssignmentDurationInSeconds: ____, ...ofHIT } = aHIT()
    const { HIT } = await client.call('CreateHITWithHITType', {
      ...ofHIT,
      HITTypeId,
      MaxAssignments: 2,
      LifetimeInSeconds: hour,
    })
    await answered(market(), { HITId: HIT!.HITId! }, { one: 'a' })
    await market().advance(hour)
    expect(await eventsOf(market(), client)).toEqual(['HITExpired', 'HITReviewable'])
  })
})
