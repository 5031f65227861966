// Every kind of event by every transport, to its end: a whole server in serve mode, with causes that a requester and
// workers bring about, and real peers. Queues and topics are moto's, the mail server speaks SMTP, the webhook HTTP.
// The names of these tests are the table of docs/compatibility.md.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { eventKinds, type EventKind, type Transport } from '../../src/domain/notification.ts'
import { createLog } from '../../src/log.ts'
import { startServer, type Running } from '../../src/main.ts'
import { openJourney, type Hand, type Journey, type Laboratory } from '../support/journey.ts'
import { externalQuestion } from '../support/market.ts'
import { motoKeys, motoMissing, motoVariables, startMoto, type Moto } from '../support/moto.ts'
import { aSpecification, createType, type ToldDocument, type ToldEvent } from '../support/notifications.ts'
import { describeUnless } from '../support/shared.ts'
import { startMailServer, type MailServer } from '../support/smtp.ts'
import { startReceiver, type Receiver } from '../support/webhook-receiver.ts'

const missing = motoMissing()

let moto: Moto
let sqs: SQSClient
let sns: SNSClient
let mailServer: MailServer
let receiver: Receiver
let folder: string
let running: Running
let journey: Journey
beforeAll(async () => {
  if (missing !== undefined) return
  moto = await startMoto()
  const settings = { region: 'us-east-1', endpoint: moto.endpoint, credentials: motoKeys }
  sqs = new SQSClient(settings)
  sns = new SNSClient(settings)
  mailServer = await startMailServer()
  receiver = await startReceiver()
  // What the AWS SDK finds on an operator's machine.
  for (const [name, value] of Object.entries(motoVariables)) vi.stubEnv(name, value)
  folder = mkdtempSync(join(tmpdir(), 'kempelen-transports-'))
  const config = readConfig('serve', {
    PORT: '0',
    KEMPELEN_DATA: folder,
    KEMPELEN_CONTROL: '1',
    KEMPELEN_CLOCK: 'virtual',
    KEMPELEN_PRIVATE_DESTINATIONS: '1',
    KEMPELEN_AWS_ENDPOINT: moto.endpoint,
    KEMPELEN_SMTP_URL: mailServer.url,
    KEMPELEN_MAIL_FROM: 'mturk@example.org',
  })
  if (Array.isArray(config)) throw new Error(config.join('\n'))
  running = await startServer(config, createLog('error'))
  journey = await openJourney(`http://localhost:${running.port}`)
}, 60_000)
afterAll(async () => {
  await journey?.close()
  await running?.stop()
  await receiver?.close()
  await mailServer?.close()
  await moto?.stop()
  vi.unstubAllEnvs()
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
})

/** A HIT whose events are told, and who plays in it. */
interface Stage {
  laboratory: Laboratory
  hand: Hand
  HITId: string
}

/** What brings each kind of event about, on a HIT of one assignment that lives a day. */
const causes: Record<Exclude<EventKind, 'Ping'>, (stage: Stage) => Promise<unknown>> = {
  HITCreated: async () => undefined,
  AssignmentAccepted: ({ hand, HITId }) => hand.accept(HITId),
  AssignmentReturned: async ({ hand, HITId }) => hand.giveBack(await hand.accept(HITId)),
  AssignmentAbandoned: async ({ hand, HITId }) => {
    await hand.accept(HITId)
    await journey.advance(3600)
  },
  AssignmentSubmitted: ({ hand, HITId }) => hand.work(HITId),
  AssignmentApproved: async ({ laboratory, hand, HITId }) =>
    laboratory.call('ApproveAssignment', { AssignmentId: await hand.work(HITId) }),
  AssignmentRejected: async ({ laboratory, hand, HITId }) =>
    laboratory.call('RejectAssignment', {
      AssignmentId: await hand.work(HITId),
      RequesterFeedback: 'No bird says so.',
    }),
  HITReviewable: ({ hand, HITId }) => hand.work(HITId),
  HITExpired: () => journey.advance(86_400),
  HITExtended: ({ laboratory, HITId }) =>
    laboratory.call('CreateAdditionalAssignmentsForHIT', { HITId, NumberOfAdditionalAssignments: 1 }),
  HITDisposed: async ({ laboratory, HITId }) => {
    await laboratory.expireNow(HITId)
    await laboratory.call('DeleteHIT', { HITId })
  },
}

const isOfAssignment = (kind: EventKind) => kind.startsWith('Assignment')
const id = expect.stringMatching(/^3[A-Z0-9]{29}$/) as string

/** The members of an event of this kind, and no others [notifications 5.2]. */
function eventOf(kind: EventKind, { hand, HITId }: Stage, HITTypeId: string): Partial<ToldEvent> {
  return {
    HITGroupId: id,
    EventType: kind,
    EventTimestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
    HITId,
    ...(isOfAssignment(kind) && { AssignmentId: id, WorkerId: hand.workerId }),
    HITTypeId,
    ...(kind === 'AssignmentSubmitted' && {
      Answer: expect.stringContaining('<QuestionFormAnswers') as string,
    }),
  }
}

function documentOf(events: Partial<ToldEvent>[], { requesterId }: Laboratory): ToldDocument {
  return {
    Events: events as ToldEvent[],
    EventDocId: expect.stringMatching(/^[0-9a-f]{40}$/) as string,
    SourceAccount: expect.stringMatching(/^\d{12}$/) as string,
    CustomerId: requesterId,
    EventDocVersion: '2014-08-15',
  }
}

/** Brings one event about, on a HIT of a type that tells this kind alone, and has everything sent. */
async function happen(kind: Exclude<EventKind, 'Ping'>, Transport: Transport, Destination: string) {
  const laboratory = await journey.laboratory()
  const HITTypeId = await createType(laboratory)
  const Notification = aSpecification({ Transport, Destination, EventTypes: [kind] })
  await laboratory.call('UpdateNotificationSettings', { HITTypeId, Notification, Active: true })
  const input = { HITTypeId, LifetimeInSeconds: 86_400, Question: externalQuestion }
  const { HIT } = await laboratory.call('CreateHITWithHITType', input)
  const stage: Stage = { laboratory, hand: await journey.worker(), HITId: HIT!.HITId! }
  await causes[kind](stage)
  await running.markets.get('production')!.sender.flush()
  return { ...stage, document: documentOf([eventOf(kind, stage, HITTypeId)], laboratory), HITTypeId }
}

/** Sends a Ping, which arrives before the call is answered. */
async function ping(Transport: Transport, Destination: string) {
  const laboratory = await journey.laboratory()
  const Notification = aSpecification({ Transport, Destination })
  await laboratory.call('SendTestEventNotification', { Notification, TestEventType: 'Ping' })
  const EventTimestamp = expect.stringMatching(/Z$/) as string
  return { laboratory, document: documentOf([{ EventType: 'Ping', EventTimestamp }], laboratory) }
}

let destinations = 0

async function newQueue(): Promise<{ QueueUrl: string; bodies(): Promise<string[]> }> {
  const QueueName = `birds-${++destinations}`
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }))
  const seen: string[] = []
  return {
    QueueUrl: QueueUrl!,
    async bodies() {
      const given = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
      seen.push(...(given.Messages ?? []).map(({ Body }) => Body!))
      return seen
    },
  }
}

/** A topic with a queue that hears of it. */
async function newTopic(): Promise<{ TopicArn: string; notifications(): Promise<Record<string, string>[]> }> {
  const { QueueUrl, bodies } = await newQueue()
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: `birds-${++destinations}` }))
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  )
  const Endpoint = Attributes!.QueueArn
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }))
  return {
    TopicArn: TopicArn!,
    notifications: async () => (await bodies()).map((body) => JSON.parse(body) as Record<string, string>),
  }
}

// The server sends by itself as well: a flush may find that another look is at it.
const patiently = { timeout: 10_000, interval: 100 }
const causedKinds = eventKinds.filter((kind) => kind !== 'Ping')

describeUnless(missing, 'every event by every transport', () => {
  describe('SQS', () => {
    test.each(causedKinds)('the event %s arrives by SQS [notifications 4, 5.2, 6.2]', async (kind) => {
      const queue = await newQueue()
      const { document } = await happen(kind, 'SQS', queue.QueueUrl)
      await expect.poll(queue.bodies, patiently).toHaveLength(1)
      expect((await queue.bodies()).map((body) => JSON.parse(body) as unknown)).toEqual([document])
    })

    test('the event Ping arrives by SQS [notifications 3, 5.2, 6.2]', async () => {
      const queue = await newQueue()
      const { document } = await ping('SQS', queue.QueueUrl)
      expect((await queue.bodies()).map((body) => JSON.parse(body) as unknown)).toEqual([document])
    })
  })

  describe('SNS', () => {
    const published = (document: ToldDocument) => ({
      Type: 'Notification',
      // The time of publishing in milliseconds.
      Subject: expect.stringMatching(/^\d{13}$/) as string,
      Message: document,
    })
    const parsed = (all: Record<string, string>[]) =>
      all.map(({ Message, ...rest }) => ({ ...rest, Message: JSON.parse(Message!) as unknown }))

    test.each(causedKinds)('the event %s arrives by SNS [notifications 4, 5.2, 7.2]', async (kind) => {
      const topic = await newTopic()
      const { document } = await happen(kind, 'SNS', topic.TopicArn)
      await expect.poll(topic.notifications, patiently).toHaveLength(1)
      expect(parsed(await topic.notifications())).toMatchObject([published(document)])
    })

    test('the event Ping arrives by SNS [notifications 3, 5.2, 7.2]', async () => {
      const topic = await newTopic()
      const { document } = await ping('SNS', topic.TopicArn)
      expect(parsed(await topic.notifications())).toMatchObject([published(document)])
    })
  })

  describe('Email', () => {
    const newMailbox = () => `birds-${++destinations}@example.org`
    const mailsTo = (mailbox: string) => mailServer.received.filter(({ to }) => to.includes(mailbox))

    test.each(causedKinds)('the event %s arrives by Email [notifications 4, 8]', async (kind) => {
      const mailbox = newMailbox()
      const { HITTypeId, HITId, hand, laboratory } = await happen(kind, 'Email', mailbox)
      await expect.poll(() => mailsTo(mailbox), patiently).toHaveLength(1)
      const [{ from, headers, body }] = mailsTo(mailbox) as [MailServer['received'][number]]
      expect(from).toBe('mturk@example.org')
      expect(headers.subject).toBe(`${kind} (HIT type ${HITTypeId})`)
      const lines = body.trimEnd().split('\n')
      expect(lines.map((line) => line.replace(/^(Time|Assignment): .+/, '$1'))).toEqual([
        `Event: ${kind}`,
        'Time',
        `HIT type: ${HITTypeId}`,
        `HIT: ${HITId}`,
        ...(isOfAssignment(kind) ? ['Assignment', `Worker: ${hand.workerId}`] : []),
        '',
        `Requester: ${laboratory.requesterId}`,
      ])
    })

    test('the event Ping arrives by Email [notifications 3, 8]', async () => {
      const mailbox = newMailbox()
      const { laboratory } = await ping('Email', mailbox)
      const [{ headers, body }] = mailsTo(mailbox) as [MailServer['received'][number]]
      expect(headers.subject).toBe('Ping')
      expect(body).toMatch(/^Event: Ping\nTime: .+Z\n\nRequester: /)
      expect(body).toContain(laboratory.requesterId)
    })

    test('and what a worker is told by NotifyWorkers goes the same way [hits 14]', async () => {
      const { laboratory, hand, HITId } = await happen('AssignmentApproved', 'Email', newMailbox())
      const told = await journey.control('workers', { name: 'Test Worker', email: 'worker@example.org' })
      const second = journey.hand(String(told.body.workerId))
      await laboratory.call('CreateAdditionalAssignmentsForHIT', { HITId, NumberOfAdditionalAssignments: 1 })
      await laboratory.call('ApproveAssignment', { AssignmentId: await second.work(HITId) })
      // The first worker has no address.
      const WorkerIds = [hand.workerId, second.workerId]
      await laboratory.call('NotifyWorkers', {
        Subject: 'More birds 🐦',
        MessageText: 'Thank you.',
        WorkerIds,
      })
      await expect.poll(() => mailsTo('worker@example.org'), patiently).toHaveLength(1)
      expect(mailsTo('worker@example.org')[0]).toMatchObject({
        headers: { subject: 'More birds 🐦', from: 'mturk@example.org' },
        body: 'Thank you.\n',
      })
    })
  })

  describe('Webhook', () => {
    const newPath = () => `/birds/${++destinations}`

    test.each(causedKinds)('the event %s arrives by Webhook [notifications 4, 5.2]', async (kind) => {
      const path = newPath()
      const { document } = await happen(kind, 'Webhook', receiver.address + path)
      await expect.poll(() => receiver.documents(path), patiently).toHaveLength(1)
      expect(receiver.documents(path)).toEqual([document])
      const { headers } = receiver.deliveries.find((delivery) => delivery.path === path)!
      expect(headers['kempelen-event']).toBe(kind)
    })

    test('the event Ping arrives by Webhook [notifications 3, 5.2]', async () => {
      const path = newPath()
      const { document } = await ping('Webhook', receiver.address + path)
      expect(receiver.documents(path)).toEqual([document])
    })
  })
})
