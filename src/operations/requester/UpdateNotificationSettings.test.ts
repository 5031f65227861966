import { afterEach, describe, expect, test } from 'vitest'
import { testId, testMistyped } from '../../../test/support/common-members.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases, type TestClient } from '../../../test/support/market.ts'
import { aSpecification, createType, eventsOf, messagesOf } from '../../../test/support/notifications.ts'
import { mustNotBeNull, refusalOf, refused } from '../../../test/support/refusals.ts'
import { tenAtOnce } from '../../../test/support/steps.ts'
import { externalQuestion } from '../../../test/support/market.ts'

const operation = 'UpdateNotificationSettings'

onBothDatabases(operation, (market) => {
  afterEach(() => checkLedger(market()))

  const aType = async (client: TestClient) => ({ HITTypeId: await createType(client) })
  const createHIT = (client: TestClient, HITTypeId: string) =>
    client.call('CreateHITWithHITType', { HITTypeId, LifetimeInSeconds: 3600, Question: externalQuestion })
  /** The events told of a HIT that is made now. */
  const toldOf = async (client: TestClient, HITTypeId: string) => {
    const before = (await eventsOf(market(), client)).length
    await createHIT(client, HITTypeId)
    return (await eventsOf(market(), client)).slice(before)
  }

  describe('serialization', () => {
    testMistyped(market, operation, 'Active', ['"true"', '1', '[]'], aType)
    testMistyped(market, operation, 'Notification', ['"x"', '1', '[]'], aType)
    testMistyped(market, operation, 'HITTypeId', ['1', 'true', '{}'], () => Promise.resolve({ Active: true }))

    test('the body of a success is two bytes [notifications 2.1]', async () => {
      const client = await market().requester()
      const body = JSON.stringify({ ...(await aType(client)), Notification: aSpecification(), Active: true })
      expect(await client.send(operation, body)).toEqual({ status: 200, text: '{}' })
    })
  })

  describe('validation', () => {
    testId(market, operation, 'HITTypeId', () => Promise.resolve({ Notification: aSpecification() }))

    test.each([
      ['Destination', 'destination'],
      ['Transport', 'transport'],
      ['Version', 'version'],
      ['EventTypes', 'eventTypes'],
    ])('a specification without %s [notifications 2.3]', async (member, path) => {
      const client = await market().requester()
      const Notification = { ...aSpecification(), [member]: undefined }
      const refusal = await refusalOf(market(), client, operation, { ...(await aType(client)), Notification })
      expect(refusal).toEqual(refused.validation(mustNotBeNull(`notification.${path}`)))
    })

    test.each([{ Transport: 'SOAP' }, { Transport: 'REST' }, { EventTypes: ['HITSold'] }])(
      'outside its enum: %j [notifications 1.1, 2.3]',
      async (changes) => {
        const client = await market().requester()
        const Notification = { ...aSpecification(), ...changes }
        const input = { ...(await aType(client)), Notification }
        expect((await refusalOf(market(), client, operation, input)).type).toBe('ValidationException')
      },
    )

    test.each([
      [{ Destination: 'birds' }, refused.value('Destination', 'birds')],
      [{ Transport: 'Email' as const, Destination: 'birds' }, refused.value('Destination', 'birds')],
      [{ Transport: 'SNS' as const, Destination: 'birds' }, refused.value('Destination', 'birds')],
      [{ Destination: 'http://10.0.0.1/q' }, refused.value('Destination', 'http://10.0.0.1/q')],
      [{ Version: '2017-01-17' }, refused.value('Version', '2017-01-17')],
      [{ EventTypes: ['HITCreated' as const, 'Ping' as const] }, refused.value('EventType', 'Ping')],
      [{ EventTypes: [] }, refused.tooShort('EventTypes')],
    ])('%j [notifications 1.3, 1.4, 2.3]', async (changes, expected) => {
      const client = await market().requester()
      const input = { ...(await aType(client)), Notification: aSpecification(changes) }
      expect(await refusalOf(market(), client, operation, input)).toEqual(expected)
    })

    test.each(['3XJOUITW8URHJMX7F00H20LGRIAQTX', 'ABC'])(
      'the unknown type %s [notifications 2.3]',
      async (id) => {
        const client = await market().requester()
        const input = { HITTypeId: id, Notification: aSpecification() }
        expect(await refusalOf(market(), client, operation, input)).toEqual(refused.value('HITTypeId', id))
      },
    )

    test('a type of another requester [notifications 2.3]', async () => {
      const { HITTypeId } = await aType(await market().requester())
      const input = { HITTypeId, Notification: aSpecification() }
      const refusal = await refusalOf(market(), await market().requester(), operation, input)
      expect(refusal).toEqual(refused.value('HITTypeId', HITTypeId))
    })

    test('neither Notification nor Active [notifications 2.1, 2.3]', async () => {
      const client = await market().requester()
      const refusal = await refusalOf(market(), client, operation, await aType(client))
      expect(refusal).toEqual(refused.missing('Notification'))
    })

    test.each([true, false])(
      'Active %j alone, without a specification [notifications 2.2]',
      async (Active) => {
        const client = await market().requester()
        const refusal = await refusalOf(market(), client, operation, { ...(await aType(client)), Active })
        expect(refusal).toEqual(refused.missing('Notification'))
      },
    )
  })

  describe('behaviour [notifications 2.2]', () => {
    test.each([
      [undefined, []],
      [false, []],
      [true, ['HITCreated']],
    ])('a first specification with Active %j tells %j', async (Active, told) => {
      const client = await market().requester()
      const { HITTypeId } = await aType(client)
      await client.call(operation, { HITTypeId, Notification: aSpecification(), Active })
      expect(await toldOf(client, HITTypeId)).toEqual(told)
    })

    test.each([true, false])('without Active a replacement stays as it was: %j', async (Active) => {
      const client = await market().requester()
      const { HITTypeId } = await aType(client)
      await client.call(operation, { HITTypeId, Notification: aSpecification(), Active })
      const Destination = 'https://queue.example.org/another'
      await client.call(operation, { HITTypeId, Notification: aSpecification({ Destination }) })
      expect(await toldOf(client, HITTypeId)).toEqual(Active ? ['HITCreated'] : [])
      for (const message of await messagesOf(market(), client)) expect(message.destination).toBe(Destination)
    })

    test('Active alone switches, and keeps the specification', async () => {
      const client = await market().requester()
      const { HITTypeId } = await aType(client)
      const Notification = aSpecification({ EventTypes: ['HITCreated'], Version: '2006-05-05' })
      await client.call(operation, { HITTypeId, Notification })
      await client.call(operation, { HITTypeId, Active: true })
      expect(await toldOf(client, HITTypeId)).toEqual(['HITCreated'])
      await client.call(operation, { HITTypeId, Active: false })
      expect(await toldOf(client, HITTypeId)).toEqual([])
      await client.call(operation, { HITTypeId, Active: true })
      // What happened in between is never told [notifications 4, rule 8].
      expect(await toldOf(client, HITTypeId)).toEqual(['HITCreated'])
      const documents = (await messagesOf(market(), client)).map(({ document }) => document)
      for (const document of documents) expect(document).toContain('"EventDocVersion":"2006-05-05"')
    })

    test('a second specification replaces the first entirely [notifications 1.5]', async () => {
      const client = await market().requester()
      const { HITTypeId } = await aType(client)
      await client.call(operation, { HITTypeId, Notification: aSpecification(), Active: true })
      const Notification = aSpecification({ EventTypes: ['HITExpired'] })
      await client.call(operation, { HITTypeId, Notification, Active: true })
      expect(await toldOf(client, HITTypeId)).toEqual([])
    })

    test('the HITs of a type that is gone with a qualification type are silenced too [qualifications 3.5]', async () => {
      const client = await market().requester()
      const { QualificationType } = await client.call('CreateQualificationType', {
        Name: 'Birds',
        Description: 'Knows birds',
        QualificationTypeStatus: 'Active',
      })
      const { QualificationTypeId } = QualificationType!
      const HITTypeId = await createType(client, {
        QualificationRequirements: [{ QualificationTypeId: QualificationTypeId!, Comparator: 'Exists' }],
      })
      const Notification = aSpecification({ EventTypes: ['HITExpired'] })
      await client.call(operation, { HITTypeId, Notification, Active: true })
      const made = [await createHIT(client, HITTypeId), await createHIT(client, HITTypeId)]
      await client.call('DeleteQualificationType', { QualificationTypeId: QualificationTypeId! })
      const [first, second] = made.map(({ HIT }) => HIT!.HITId!)
      await client.call('UpdateExpirationForHIT', { HITId: first!, ExpireAt: 0 })
      expect(await eventsOf(market(), client)).toEqual(['HITExpired'])
      await client.call(operation, { HITTypeId, Active: false })
      await client.call('UpdateExpirationForHIT', { HITId: second!, ExpireAt: 0 })
      expect(await eventsOf(market(), client)).toEqual(['HITExpired'])
    })

    test('other types of the requester are not meant [notifications 1.5]', async () => {
      const client = await market().requester()
      const { HITTypeId } = await aType(client)
      await client.call(operation, { HITTypeId, Notification: aSpecification(), Active: true })
      const other = await createType(client, { Title: 'Look at a bird' })
      expect(await toldOf(client, other)).toEqual([])
    })

    test('ten at once all succeed', async () => {
      const client = await market().requester()
      const input = { ...(await aType(client)), Notification: aSpecification(), Active: true }
      expect(await tenAtOnce(client, operation, input)).toEqual({ successes: 10, codes: [] })
      expect(await toldOf(client, input.HITTypeId)).toEqual(['HITCreated'])
    })
  })
})
