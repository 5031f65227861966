// Queues and topics end to end: the API, the outbox, the AWS SDK, and moto's server as the peer.
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { externalQuestion, openMarket, type TestMarket } from '../../test/support/market.ts'
import { motoKeys as credentials, motoMissing, startMoto, type Moto } from '../../test/support/moto.ts'
import { aSpecification, createType, messagesOf } from '../../test/support/notifications.ts'
import { describeUnless } from '../../test/support/shared.ts'
import { accept, type ShownHIT } from '../../test/support/steps.ts'
import type { NotificationSpecification } from '../model/shapes.ts'
import { perRegion } from './aws.ts'
import { createSNS } from './sns.ts'
import { createSQS, regionOfQueue } from './sqs.ts'
import { createTransports } from './transports.ts'
import { Undeliverable } from './transport.ts'

const wallClock = { now: () => 1_767_268_800_123 }
const calm = new AbortController().signal
const message = (destination: string) => ({
  id: '3X',
  requesterId: 'AREQUESTER',
  kind: 'event' as const,
  destination,
  event: 'Ping' as const,
  document: '{"Events":[]}',
})

test.each([
  ['https://sqs.eu-west-1.amazonaws.com/123456789012/q', 'eu-west-1'],
  ['https://us-west-2.queue.amazonaws.com/123456789012/q', 'us-west-2'],
  ['https://queue.amazonaws.com/123456789012/q', 'us-east-1'],
  ['http://localhost:4566/000000000000/q', 'us-east-1'],
])('the region of %s is %s [notifications 1.2]', (url, region) => {
  expect(regionOfQueue(new URL(url))).toBe(region)
})

test('there is one client per region, and not without end', async () => {
  const made: string[] = []
  const clientOf = perRegion((region) => {
    made.push(region)
    return Promise.resolve(region)
  })
  await clientOf('a')
  await clientOf('a')
  expect(made).toEqual(['a'])
  for (let i = 0; i < 60; i++) await clientOf(`region ${i}`)
  await clientOf('a')
  expect(made.filter((region) => region === 'a')).toHaveLength(2)
})

test.each(['http://127.0.0.1:1/q', 'http://[::1]:1/q', 'http://localhost:1/q'])(
  'the queue %s in a private network is refused',
  async (destination) => {
    const send = createSQS({ endpoint: undefined, allowPrivate: false, credentials })
    await expect(send(message(destination), calm)).rejects.toThrow(Undeliverable)
  },
)

describeUnless(motoMissing(), "moto's server", () => {
  let moto: Moto
  let sqs: SQSClient
  let sns: SNSClient
  let market: TestMarket
  beforeAll(async () => {
    moto = await startMoto()
    const settings = { region: 'us-east-1', endpoint: moto.endpoint, credentials }
    sqs = new SQSClient(settings)
    sns = new SNSClient(settings)
    const transports = createTransports({
      aws: { endpoint: moto.endpoint, allowPrivate: false, credentials },
      mail: 'keep',
      secrets: { sign: (subject) => subject, decrypt: (sealed) => sealed },
      wallClock,
    })
    market = await openMarket('sqlite::memory:', 'production', undefined, undefined, transports)
  }, 60_000)
  afterAll(async () => {
    await market?.close()
    await moto?.stop()
  })

  const createQueue = async (QueueName: string) =>
    (await sqs.send(new CreateQueueCommand({ QueueName }))).QueueUrl!
  // Calls go to the endpoint; the host of a queue's address is then a name only.
  const named = (queueURL: string) => queueURL.replace('127.0.0.1', 'queue.example.org')
  const bodiesIn = async (QueueUrl: string) => {
    const received = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
    return (received.Messages ?? []).map(({ Body }) => Body!)
  }
  /** A HIT of a type with this specification is made and accepted; answers the documents in the outbox. */
  const makeEvents = async (changes: Partial<NotificationSpecification>) => {
    const client = await market.requester()
    const HITTypeId = await createType(client)
    const Notification = aSpecification(changes)
    await client.call('UpdateNotificationSettings', { HITTypeId, Notification, Active: true })
    const input = { HITTypeId, LifetimeInSeconds: 3600, Question: externalQuestion }
    const { HIT } = await client.call('CreateHITWithHITType', input)
    await accept(await market.worker(), HIT as ShownHIT)
    await market.market.sender.flush()
    return (await messagesOf(market, client)).map(({ document, state, error }) => ({
      document,
      state,
      error,
    }))
  }
  const delivered = (document: string) => ({ document, state: 'delivered', error: undefined })

  test('a queue gets the bare documents, in order [notifications 6.2]', async () => {
    const Destination = await createQueue('birds')
    const EventTypes = ['HITCreated', 'AssignmentAccepted'] as const
    const sent = await makeEvents({ Destination: named(Destination), EventTypes: [...EventTypes] })
    const bodies = await bodiesIn(Destination)
    expect(bodies).toHaveLength(2)
    expect(sent).toEqual(bodies.map(delivered))
    expect(bodies[0]).toMatch(/^\{"Events":\[\{"HITGroupId":"3[A-Z0-9]{29}","EventType":"HITCreated",/)
  })

  test("a queue's own address is enough where it may be private [notifications 1.2]", async () => {
    const destination = await createQueue('direct')
    const send = createSQS({ endpoint: undefined, allowPrivate: true, credentials })
    await send(message(destination), calm)
    expect(await bodiesIn(destination)).toEqual(['{"Events":[]}'])
  })

  test('a topic gets the document as a text, its subject the time in milliseconds [notifications 7.2]', async () => {
    const QueueUrl = await createQueue('listener')
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'birds' }))
    const Endpoint = 'arn:aws:sqs:us-east-1:123456789012:listener'
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }))
    const changes = { Transport: 'SNS', Version: '2006-05-05', EventTypes: ['HITCreated'] } as const
    const sent = await makeEvents({ ...changes, EventTypes: ['HITCreated'], Destination: TopicArn! })
    const bodies = await bodiesIn(QueueUrl)
    expect(bodies).toHaveLength(1)
    const notification = JSON.parse(bodies[0]!) as Record<string, string>
    expect(notification).toMatchObject({ Type: 'Notification', TopicArn, Subject: '1767268800123' })
    expect(sent).toEqual([delivered(notification.Message!)])
    expect(JSON.parse(notification.Message!)).toMatchObject({ EventDocVersion: '2006-05-05' })
  })

  test('what does not exist is a failure that is tried again [notifications 10]', async () => {
    const sns404 = createSNS({ endpoint: moto.endpoint, allowPrivate: false, credentials }, wallClock)
    const arn = 'arn:aws:sns:us-east-1:123456789012:nothing'
    await expect(sns404(message(arn), calm)).rejects.toThrow(/does not exist/i)
    const sent = await makeEvents({
      Destination: named(`${moto.endpoint}/123456789012/nothing`),
      EventTypes: ['HITCreated'],
    })
    expect(sent).toMatchObject([{ state: 'waiting', error: expect.stringMatching(/does not exist/i) }])
  })

  describe('SendTestEventNotification [notifications 3]', () => {
    test('reaches a queue before it is answered', async () => {
      const Destination = await createQueue('tests')
      const client = await market.requester()
      const Notification = aSpecification({ Destination: named(Destination) })
      await client.call('SendTestEventNotification', { Notification, TestEventType: 'Ping' })
      const bodies = await bodiesIn(Destination)
      expect(bodies).toHaveLength(1)
      expect(JSON.parse(bodies[0]!)).toMatchObject({ Events: [{ EventType: 'Ping' }] })
    })

    test('names a topic that does not exist [hits 11.3]', async () => {
      const client = await market.requester()
      const Destination = 'arn:aws:sns:us-east-1:123456789012:nobody'
      const Notification = aSpecification({ Destination, Transport: 'SNS' })
      const refusal = await client.refusal('SendTestEventNotification', {
        Notification,
        TestEventType: 'Ping',
      })
      expect(refusal.code).toBe('AWS.MechanicalTurk.InvalidTransportEndpoint')
      expect(refusal.message).toContain(Destination)
    })
  })
})
