// When each event fires, and what it tells [notifications 4].
import { expect, test } from 'vitest'
import { externalQuestion, onBothDatabases, type TestClient } from '../../test/support/market.ts'
import { aSpecification, createType, documentsOf, eventsOf } from '../../test/support/notifications.ts'
import { accept, expireNow, work, type ShownHIT } from '../../test/support/steps.ts'
import type { EventType } from '../model/shapes.ts'
import { sourceAccount, wholeSeconds } from './events.ts'

onBothDatabases('events', (market) => {
  const subscribed = async (type: object = {}, EventTypes?: EventType[]) => {
    const client = await market().requester()
    const HITTypeId = await createType(client, type)
    const Notification = aSpecification(EventTypes === undefined ? {} : { EventTypes })
    await client.call('UpdateNotificationSettings', { HITTypeId, Notification, Active: true })
    const createHIT = async (MaxAssignments = 1, LifetimeInSeconds = 86_400) => {
      const input = { HITTypeId, LifetimeInSeconds, MaxAssignments, Question: externalQuestion }
      return (await client.call('CreateHITWithHITType', input)).HIT as ShownHIT
    }
    return { client, HITTypeId, createHIT }
  }
  const told = (client: TestClient) => eventsOf(market(), client)

  test('the last submission is told before HITReviewable; its answer goes along [notifications 4, rule 1]', async () => {
    const { client, createHIT } = await subscribed()
    const hit = await createHIT()
    const worker = await market().worker()
    const AssignmentId = await work(worker, hit)
    const documents = await documentsOf(market(), client)
    expect(documents.map(({ Events }) => Events)).toEqual(
      [
        { EventType: 'HITCreated' },
        { EventType: 'AssignmentAccepted', AssignmentId, WorkerId: worker.workerId },
        {
          EventType: 'AssignmentSubmitted',
          AssignmentId,
          WorkerId: worker.workerId,
          Answer: expect.stringMatching(
            /^<\?xml version="1.0" encoding="ASCII"\?><QuestionFormAnswers /,
          ) as string,
        },
        { EventType: 'HITReviewable' },
      ].map((event) => [
        {
          HITGroupId: hit.HITGroupId,
          HITTypeId: hit.HITTypeId,
          HITId: hit.HITId,
          EventTimestamp: wholeSeconds(market().clock.now()),
          ...event,
        },
      ]),
    )
    for (const document of documents) {
      expect(document.EventDocId).toMatch(/^[0-9a-f]{40}$/)
      expect(document).toMatchObject({
        CustomerId: client.requesterId,
        SourceAccount: sourceAccount(client.requesterId),
        EventDocVersion: '2014-08-15',
      })
    }
    expect(new Set(documents.map(({ EventDocId }) => EventDocId)).size).toBe(4)
  })

  test('a submission before the last makes nothing reviewable [notifications 4]', async () => {
    const { client, createHIT } = await subscribed({}, ['AssignmentSubmitted', 'HITReviewable'])
    const hit = await createHIT(2)
    await work(await market().worker(), hit)
    expect(await told(client)).toEqual(['AssignmentSubmitted'])
    await work(await market().worker(), hit)
    expect(await told(client)).toEqual(['AssignmentSubmitted', 'AssignmentSubmitted', 'HITReviewable'])
  })

  test('a return and a missed deadline [notifications 4]', async () => {
    const { client, createHIT } = await subscribed({}, ['AssignmentReturned', 'AssignmentAbandoned'])
    const hit = await createHIT()
    const worker = await market().worker()
    await worker.giveBack(await accept(worker, hit))
    await accept(worker, hit)
    await market().advance(3600)
    expect(await told(client)).toEqual(['AssignmentReturned', 'AssignmentAbandoned'])
  })

  test('approval, rejection, an override, and approval by the clock [notifications 4]', async () => {
    const { client, createHIT } = await subscribed({ AutoApprovalDelayInSeconds: 60 }, [
      'AssignmentApproved',
      'AssignmentRejected',
    ])
    const hit = await createHIT(3)
    const [one, two] = [await work(await market().worker(), hit), await work(await market().worker(), hit)]
    await client.call('ApproveAssignment', { AssignmentId: one })
    await client.call('RejectAssignment', { AssignmentId: two, RequesterFeedback: 'No.' })
    await client.call('ApproveAssignment', { AssignmentId: two, OverrideRejection: true })
    const three = await work(await market().worker(), hit)
    await market().advance(60)
    const documents = await documentsOf(market(), client)
    expect(documents.map(({ Events: [event] }) => [event!.EventType, event!.AssignmentId])).toEqual([
      ['AssignmentApproved', one],
      ['AssignmentRejected', two],
      ['AssignmentApproved', two],
      ['AssignmentApproved', three],
    ])
  })

  test('approval at the submission follows it [hits 6.3, notifications 4]', async () => {
    const { client, createHIT } = await subscribed({ AutoApprovalDelayInSeconds: 0 })
    await work(await market().worker(), await createHIT())
    expect((await told(client)).slice(2)).toEqual([
      'AssignmentSubmitted',
      'AssignmentApproved',
      'HITReviewable',
    ])
  })

  test('expiry with nothing held makes the HIT reviewable at once, at its time [notifications 4, rule 2]', async () => {
    const { client, createHIT } = await subscribed({}, ['HITExpired', 'HITReviewable'])
    const hit = await createHIT(2, 100)
    const end = wholeSeconds(market().clock.now() + 100_000)
    await work(await market().worker(), hit)
    await market().advance(5000)
    const documents = await documentsOf(market(), client)
    expect(documents.map(({ Events: [event] }) => [event!.EventType, event!.EventTimestamp])).toEqual([
      ['HITExpired', end],
      ['HITReviewable', end],
    ])
  })

  test.each(['submitted', 'returned', 'abandoned'])(
    'expiry with work held: reviewable when the last is %s [notifications 4, rule 3]',
    async (how) => {
      const { client, createHIT } = await subscribed({}, ['HITExpired', 'HITReviewable'])
      const hit = await createHIT(3, 100)
      const worker = await market().worker()
      const AssignmentId = await accept(worker, hit)
      await market().advance(100)
      expect(await told(client)).toEqual(['HITExpired'])
      if (how === 'submitted') await worker.submit(AssignmentId)
      if (how === 'returned') await worker.giveBack(AssignmentId)
      if (how === 'abandoned') await market().advance(3600)
      expect(await told(client)).toEqual(['HITExpired', 'HITReviewable'])
    },
  )

  test('a HIT whose work was all submitted before never expires [notifications 4, rule 4]', async () => {
    const { client, createHIT } = await subscribed({}, ['HITExpired', 'HITReviewable'])
    const hit = await createHIT(1, 100)
    await work(await market().worker(), hit)
    await market().advance(200)
    expect(await told(client)).toEqual(['HITReviewable'])
  })

  test('expiry by the requester counts, and once [notifications 4]', async () => {
    const { client, createHIT } = await subscribed({}, ['HITExpired'])
    const hit = await createHIT()
    await expireNow(client, hit.HITId)
    await expireNow(client, hit.HITId)
    await market().advance(90_000)
    expect(await told(client)).toEqual(['HITExpired'])
  })

  test('the mark Reviewing, and its end, are no events [notifications 4, rule 5]', async () => {
    const { client, createHIT } = await subscribed({}, ['HITReviewable'])
    const hit = await createHIT()
    await work(await market().worker(), hit)
    await client.call('UpdateHITReviewStatus', { HITId: hit.HITId })
    await client.call('UpdateHITReviewStatus', { HITId: hit.HITId, Revert: true })
    expect(await told(client)).toEqual(['HITReviewable'])
  })

  test('added assignments, and a HIT that is reviewable twice [notifications 4, rule 6]', async () => {
    const { client, createHIT } = await subscribed({}, ['HITExtended', 'HITReviewable'])
    const hit = await createHIT()
    await work(await market().worker(), hit)
    await client.call('CreateAdditionalAssignmentsForHIT', {
      HITId: hit.HITId,
      NumberOfAdditionalAssignments: 1,
    })
    await work(await market().worker(), hit)
    expect(await told(client)).toEqual(['HITReviewable', 'HITExtended', 'HITReviewable'])
  })

  test('more time is an extension [notifications 4]', async () => {
    const { client, createHIT } = await subscribed({}, ['HITExtended'])
    const hit = await createHIT()
    const ExpireAt = market().clock.now() + 200_000_000
    await client.call('UpdateExpirationForHIT', { HITId: hit.HITId, ExpireAt })
    expect(await told(client)).toEqual(['HITExtended'])
  })

  test('the new type rules after UpdateHITTypeOfHIT [notifications 4, rule 7]', async () => {
    const { client, createHIT } = await subscribed()
    const hit = await createHIT()
    const HITTypeId = await createType(client, { Title: 'Look at a bird' })
    await client.call('UpdateHITTypeOfHIT', { HITId: hit.HITId, HITTypeId })
    await work(await market().worker(), hit)
    expect(await told(client)).toEqual(['HITCreated'])
  })

  test('a HIT that is deleted, and one that grows old [notifications 4]', async () => {
    const { client, createHIT } = await subscribed({}, ['HITDisposed'])
    const hit = await createHIT()
    await expireNow(client, hit.HITId)
    await client.call('DeleteHIT', { HITId: hit.HITId })
    expect(await told(client)).toEqual(['HITDisposed'])
    await createHIT(1, 100)
    await market().advance(121 * 86_400)
    expect(await told(client)).toEqual(['HITDisposed', 'HITDisposed'])
  })

  test('bonuses and blocks have no event [notifications 4, rule 9]', async () => {
    const { client, createHIT } = await subscribed()
    const worker = await market().worker()
    const AssignmentId = await work(worker, await createHIT())
    const before = await told(client)
    const { workerId: WorkerId } = worker
    await client.call('SendBonus', { WorkerId, AssignmentId, BonusAmount: '0.05', Reason: 'Thank you.' })
    await client.call('CreateWorkerBlock', { WorkerId, Reason: 'Copied.' })
    expect(await told(client)).toEqual(before)
  })

  test('nobody subscribed: nothing is written [notifications 4]', async () => {
    const client = await market().requester()
    const HITTypeId = await createType(client)
    const input = { HITTypeId, LifetimeInSeconds: 3600, Question: externalQuestion }
    const { HIT } = await client.call('CreateHITWithHITType', input)
    await work(await market().worker(), HIT as ShownHIT)
    expect(await told(client)).toEqual([])
  })

  test('a change that is refused tells nothing [design 4]', async () => {
    const { client, createHIT } = await subscribed({}, ['HITExtended'])
    const hit = await createHIT()
    const input = { HITId: hit.HITId, NumberOfAdditionalAssignments: 9 }
    await client.refusal('CreateAdditionalAssignmentsForHIT', input)
    expect(await told(client)).toEqual([])
  })
})

test('the account number is twelve digits, always the same [notifications 5.1]', () => {
  const accounts = Array.from({ length: 50 }, (_, i) => sourceAccount(`A${i}`))
  expect(accounts.every((account) => /^\d{12}$/.test(account))).toBe(true)
  expect(new Set(accounts).size).toBe(50)
  expect(sourceAccount('A1')).toBe(accounts[1])
})
