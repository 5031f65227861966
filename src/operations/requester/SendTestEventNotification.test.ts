import { afterEach, describe, expect, test } from 'vitest'
import { testMistyped } from '../../../test/support/common-members.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases, openMarket } from '../../../test/support/market.ts'
import { aSpecification, documentsOf, messagesOf } from '../../../test/support/notifications.ts'
import { mustNotBeNull, refusalOf, refused } from '../../../test/support/refusals.ts'
import { eventKinds } from '../../domain/notification.ts'

const operation = 'SendTestEventNotification'

onBothDatabases(operation, (market) => {
  afterEach(() => checkLedger(market()))

  describe('serialization', () => {
    testMistyped(market, operation, 'Notification', ['"x"', '1', '[]'], () =>
      Promise.resolve({ TestEventType: 'Ping' }),
    )
    testMistyped(market, operation, 'TestEventType', ['1', 'true', '{}'], () =>
      Promise.resolve({ Notification: aSpecification() }),
    )
    test('the body of a success is two bytes [notifications 3.1]', async () => {
      const client = await market().requester()
      const body = JSON.stringify({ Notification: aSpecification(), TestEventType: 'Ping' })
      expect(await client.send(operation, body)).toEqual({ status: 200, text: '{}' })
    })
  })

  describe('validation', () => {
    test('both members are needed [notifications 3.1]', async () => {
      const client = await market().requester()
      expect(await refusalOf(market(), client, operation, {})).toEqual(
        refused.validation(mustNotBeNull('notification'), mustNotBeNull('testEventType')),
      )
    })

    test.each([
      [{ Destination: 'birds' }, refused.value('Destination', 'birds')],
      [{ Transport: 'SNS' as const, Destination: 'birds' }, refused.value('Destination', 'birds')],
      [{ Destination: 'https://[::1]/q' }, refused.value('Destination', 'https://[::1]/q')],
      [{ Version: '2006-05-06' }, refused.value('Version', '2006-05-06')],
    ])('%j [notifications 3.2]', async (changes, expected) => {
      const client = await market().requester()
      const input = { Notification: aSpecification(changes), TestEventType: 'Ping' }
      expect(await refusalOf(market(), client, operation, input)).toEqual(expected)
      expect(await messagesOf(market(), client)).toEqual([])
    })

    test.each([[[]], [['Ping']]])('EventTypes may be %j [notifications 3.2]', async (EventTypes) => {
      const client = await market().requester()
      const Notification = aSpecification({ EventTypes: EventTypes as ['Ping'] })
      expect(await client.call(operation, { Notification, TestEventType: 'HITCreated' })).toEqual({})
    })
  })

  describe('behaviour [notifications 3]', () => {
    test.each(eventKinds)('%s has the ids that a real one has [notifications 3.2]', async (TestEventType) => {
      const client = await market().requester()
      const Notification = aSpecification({ EventTypes: ['HITExpired'], Version: '2006-05-05' })
      await client.call(operation, { Notification, TestEventType })
      const [document] = await documentsOf(market(), client)
      const isAssignment = TestEventType.startsWith('Assignment')
      const entity: unknown = expect.stringMatching(/^3[A-Z0-9]{29}$/)
      expect(document).toEqual({
        Events: [
          {
            EventType: TestEventType,
            EventTimestamp: '2026-01-01T12:00:00Z',
            ...(TestEventType !== 'Ping' && { HITGroupId: entity, HITTypeId: entity, HITId: entity }),
            ...(isAssignment && { AssignmentId: entity, WorkerId: expect.stringMatching(/^A[A-Z0-9]{13}$/) }),
            ...(TestEventType === 'AssignmentSubmitted' && {
              Answer: expect.stringMatching(/<\/QuestionFormAnswers>$/),
            }),
          },
        ],
        EventDocId: expect.stringMatching(/^[0-9a-f]{40}$/),
        SourceAccount: expect.stringMatching(/^\d{12}$/),
        CustomerId: client.requesterId,
        EventDocVersion: '2006-05-05',
      })
    })

    test('it is sent before the answer, once [notifications 3.1]', async () => {
      const client = await market().requester()
      await client.call(operation, { Notification: aSpecification(), TestEventType: 'Ping' })
      expect(await messagesOf(market(), client)).toMatchObject([{ state: 'delivered', attempts: 1 }])
    })
  })
})

test('a destination that takes nothing is named, and is not tried again [notifications 3.2]', async () => {
  let attempts = 0
  const send = () => {
    attempts++
    return Promise.reject(new Error('The queue does not exist.'))
  }
  const market = await openMarket('sqlite::memory:', 'production', undefined, undefined, {
    Email: send,
    SQS: send,
    SNS: send,
    Webhook: send,
  })
  const client = await market.requester()
  const Notification = aSpecification()
  expect(await client.refusal(operation, { Notification, TestEventType: 'Ping' })).toEqual({
    status: 400,
    type: 'RequestError',
    code: 'AWS.MechanicalTurk.InvalidTransportEndpoint',
    message: `The destination ${Notification.Destination} could not be reached: The queue does not exist.`,
  })
  await market.advance(90_000)
  await market.market.sender.flush()
  expect(attempts).toBe(1)
  expect(await messagesOf(market, client)).toMatchObject([{ state: 'dead', attempts: 1 }])
  await market.close()
})
