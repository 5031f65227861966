// Webhooks set by unmodified clients, against a receiver that hangs up, fails, redirects and recovers
// [notifications 2, design 4]; and the programs with which docs/notifications.md checks a signature.
import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NotificationSpecification } from '../../src/model/shapes.ts'
import { blocksOf } from '../support/documents.ts'
import { onEveryWay, openJourney, startOn, type Journey, type Laboratory } from '../support/journey.ts'
import { openBoto3, openSDK } from '../support/journey-clients.ts'
import { externalQuestion } from '../support/market.ts'
import { aSpecification, createType } from '../support/notifications.ts'
import { aws, clientsMissing } from '../support/python.ts'
import { refused } from '../support/refusals.ts'
import { describeUnless } from '../support/shared.ts'
import { startReceiver, status, type Delivery, type Receiver } from '../support/webhook-receiver.ts'

let receiver: Receiver
beforeAll(async () => {
  receiver = await startReceiver()
})
afterAll(() => receiver.close())

let hooks = 0
/** A path of its own for each test. */
const newPath = () => `/hook/${++hooks}`

const webhook = (path: string, changes: Partial<NotificationSpecification> = {}) =>
  aSpecification({ Transport: 'Webhook', Destination: receiver.address + path, ...changes })

/** Makes a HIT of a type whose events go to the path; answers the type's id. */
async function createTold(laboratory: Laboratory, path: string, lifetime = 86_400): Promise<string> {
  const HITTypeId = await createType(laboratory)
  await laboratory.call('UpdateNotificationSettings', {
    HITTypeId,
    Notification: webhook(path),
    Active: true,
  })
  await createHIT(laboratory, HITTypeId, lifetime)
  return HITTypeId
}

async function createHIT(laboratory: Laboratory, HITTypeId: string, LifetimeInSeconds = 86_400) {
  const input = { HITTypeId, LifetimeInSeconds, Question: externalQuestion }
  return (await laboratory.call('CreateHITWithHITType', input)).HIT!.HITId!
}

const kindsAt = (path: string) => receiver.documents(path).map(({ Events }) => Events[0]!.EventType)
const timeout = { timeout: 20_000 }

onEveryWay('webhooks', (journey) => {
  test('a webhook is set like a queue, and told in order [notifications 2.1, 5.2]', async () => {
    const laboratory = await journey().laboratory()
    const path = newPath()
    const HITTypeId = await createTold(laboratory, path)
    const HITId = await createHIT(laboratory, HITTypeId)
    const hand = await journey().worker()
    const AssignmentId = await hand.work(HITId)
    await expect.poll(() => kindsAt(path).length, timeout).toBe(5)
    const ofHIT = receiver.documents(path).filter(({ Events }) => Events[0]!.HITId === HITId)
    expect(ofHIT.map(({ Events }) => Events[0]!.EventType)).toEqual([
      'HITCreated',
      'AssignmentAccepted',
      'AssignmentSubmitted',
      'HITReviewable',
    ])
    expect(ofHIT[2]).toMatchObject({
      CustomerId: laboratory.requesterId,
      Events: [{ HITTypeId, HITId, AssignmentId, WorkerId: hand.workerId }],
    })
  })

  test('one that hangs up, redirects and recovers gets everything once, in order [notifications 10]', async () => {
    const laboratory = await journey().laboratory()
    const path = newPath()
    const elsewhere = newPath()
    receiver.answers.push((request) => request.socket.destroy(), status(307, { Location: elsewhere }))
    await createTold(laboratory, path, 30)
    await journey().advance(30)
    await expect.poll(() => kindsAt(path).length, timeout).toBe(5)
    const documents = receiver.documents(path)
    expect(kindsAt(path).slice(2)).toEqual(['HITCreated', 'HITExpired', 'HITReviewable'])
    expect(documents.slice(0, 2)).toEqual([documents[2], documents[2]])
    expect(new Set(documents.map(({ EventDocId }) => EventDocId)).size).toBe(3)
    expect(receiver.documents(elsewhere)).toEqual([])
  })

  test('a test event arrives before the answer, or its caller hears why not [notifications 3.2]', async () => {
    const laboratory = await journey().laboratory()
    const path = newPath()
    const input = { Notification: webhook(path), TestEventType: 'Ping' } as const
    await laboratory.call('SendTestEventNotification', input)
    expect(kindsAt(path)).toEqual(['Ping'])
    receiver.answers.push(status(404))
    const attempt = laboratory.call('SendTestEventNotification', input)
    await expect(attempt).rejects.toThrow(/RequestError.*The destination answered with status 404/)
  })
})

describe.each([
  { name: 'the SDK for JavaScript', openClient: openSDK, missing: undefined },
  { name: 'boto3', openClient: openBoto3, missing: clientsMissing() },
])('private networks are closed to webhooks unless the operator opens them, $name', (way) => {
  describeUnless(way.missing, 'runs', () => {
    let server: { address: string; stop(): Promise<void> }
    let journey: Journey
    beforeAll(async () => {
      server = await startOn('sqlite', { KEMPELEN_PRIVATE_DESTINATIONS: '0' })
      journey = await openJourney(server.address, way.openClient)
    })
    afterAll(async () => {
      await journey?.close()
      await server?.stop()
    })

    test.each([
      'http://example.org/hook',
      'https://127.0.0.1/hook',
      'https://[::1]/hook',
      'https://10.1.2.3/',
    ])('%s is refused [notifications 2.3]', async (Destination) => {
      const laboratory = await journey.laboratory()
      const HITTypeId = await createType(laboratory)
      const Notification = webhook('/', { Destination })
      const expected = refused.value('Destination', Destination)
      await laboratory.refused('UpdateNotificationSettings', { HITTypeId, Notification }, expected)
      const test = { Notification, TestEventType: 'Ping' } as const
      await laboratory.refused('SendTestEventNotification', test, expected)
    })

    test('a name that leads to this machine is refused when it is looked up [notifications 2.3]', async () => {
      const laboratory = await journey.laboratory()
      // It may be set: what it leads to can change.
      const Notification = webhook('/', { Destination: 'https://localhost.localdomain/' })
      const attempt = laboratory.call('SendTestEventNotification', { Notification, TestEventType: 'Ping' })
      await expect(attempt).rejects.toThrow(/RequestError/)
    })
  })
})

describeUnless(clientsMissing(), 'the AWS CLI', () => {
  test('sets a webhook and tries it [notifications 2.1, 3.1]', async () => {
    const server = await startOn('sqlite')
    const path = newPath()
    const Notification = JSON.stringify(webhook(path))
    const event = ['--notification', Notification, '--test-event-type', 'HITCreated']
    expect(await aws(server.address, 'send-test-event-notification', ...event)).toEqual({})
    expect(kindsAt(path)).toEqual(['HITCreated'])
    await server.stop()
  })
})

describe('a receiver checks a delivery as docs/notifications.md says', () => {
  let server: { address: string; stop(): Promise<void> }
  let journey: Journey
  let delivery: Delivery
  let secret: string
  beforeAll(async () => {
    server = await startOn('sqlite')
    journey = await openJourney(server.address)
    const laboratory = await journey.laboratory()
    const path = newPath()
    await laboratory.call('SendTestEventNotification', {
      Notification: webhook(path),
      TestEventType: 'AssignmentSubmitted',
    })
    delivery = receiver.deliveries.find((one) => one.path === path)!
    const { body } = await journey.control(`requesters/${laboratory.requesterId}/webhook-secret`)
    secret = String(body.webhookSecret)
  })
  afterAll(async () => {
    await journey.close()
    await server.stop()
  })

  const program = (language: string) => {
    const blocks = blocksOf('docs/notifications.md').filter((block) => block.language === language)
    expect(blocks).toHaveLength(1)
    return blocks[0]!.text
  }
  /** Runs the document's program, then a line that prints what it thinks of each [secret, header, body]. */
  const judge = (command: string, args: string[], trials: string[][]): unknown => {
    const { stdout, stderr } = spawnSync(command, args, { input: JSON.stringify(trials), encoding: 'utf8' })
    expect(stderr).toBe('')
    return JSON.parse(stdout)
  }
  const trials = () => {
    const header = String(delivery.headers['kempelen-signature'])
    const body = delivery.body.toString()
    const [, seconds, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(header)!
    return [
      [secret, header, body],
      ['another secret', header, body],
      [secret, header, `${body} `],
      [secret, `t=${Number(seconds) - 301},v1=${mac}`, body],
      [secret, `t=${Number(seconds) + 1},v1=${mac}`, body],
      [secret, `v1=${mac}`, body],
      [secret, `t=${seconds}`, body],
      [secret, 'nonsense', body],
    ]
  }
  const expected = [true, ...Array.from({ length: 7 }, () => false)]

  test('in Python', ({ skip }) => {
    if (clientsMissing() !== undefined) skip(clientsMissing())
    const last =
      'import json, sys\nprint(json.dumps([is_from_kempelen(s, h, b.encode()) for s, h, b in json.load(sys.stdin)]))'
    expect(judge('python3', ['-c', `${program('python')}\n${last}`], trials())).toEqual(expected)
  })

  test('in JavaScript', () => {
    const last =
      "import { json } from 'node:stream/consumers'\n" +
      'const trials = await json(process.stdin)\n' +
      'console.log(JSON.stringify(trials.map(([s, h, b]) => isFromKempelen(s, h, Buffer.from(b)))))'
    const args = ['--input-type=module', '-e', `${program('javascript')}\n${last}`]
    expect(judge(process.execPath, args, trials())).toEqual(expected)
  })

  test('with a secret of the requester alone; nobody else has one', async () => {
    const other = await journey.laboratory()
    const { body } = await journey.control(`requesters/${other.requesterId}/webhook-secret`)
    expect(body.webhookSecret).toMatch(/^[\w-]{43}$/)
    expect(body.webhookSecret).not.toBe(secret)
    expect(await journey.control('requesters/ANOBODY/webhook-secret')).toMatchObject({
      status: 404,
      body: { error: 'RequesterDoesNotExist' },
    })
  })

  test('the name of the event is in a header, too', () => {
    expect(delivery.headers['kempelen-event']).toBe('AssignmentSubmitted')
  })
})
