import { describe, expect, test } from 'vitest'
import {
  checkSpecification,
  eventDocument,
  type NotificationSpecification,
  type NotifiedEvent,
} from './notification.ts'

const specification = (changes: Partial<NotificationSpecification>): NotificationSpecification => ({
  destination: 'https://queue.example.org/123456789012/birds',
  transport: 'SQS',
  version: '2014-08-15',
  events: ['AssignmentSubmitted'],
  ...changes,
})

const rules = { allowPrivate: false, isTest: false }

describe('a destination [notifications 1.2, 2.3]', () => {
  const good: [NotificationSpecification['transport'], string][] = [
    ['Email', 'birds@example.org'],
    ['Email', 'a@b'],
    ['SQS', 'https://sqs.us-east-1.amazonaws.com/123456789012/birds'],
    ['SQS', 'http://queue.example.org:4566/000000000000/birds'],
    ['SNS', 'arn:aws:sns:us-east-1:123456789012:birds'],
    ['SNS', 'arn:aws-cn:sns:cn-north-1:123456789012:Birds_and-bees'],
    ['Webhook', 'https://hooks.example.org/birds?who=me'],
    // What stands before an @ names nobody.
    ['SQS', 'https://127.0.0.1@queue.example.org/birds'],
    ['SQS', 'https://127.0.0.1.example.org/birds'],
    ['Webhook', 'https://[2001:4860:4860::8888]/birds'],
  ]
  test.each(good)('%s %s fits', (transport, destination) => {
    expect(checkSpecification(specification({ transport, destination }), rules)).toBeUndefined()
  })

  const bad: [NotificationSpecification['transport'], string][] = [
    ['Email', ''],
    ['Email', 'birds'],
    ['Email', '@example.org'],
    ['Email', 'birds@'],
    ['Email', 'a@b@c'],
    ['Email', 'a@b.org, c@d.org'],
    ['Email', 'a@b.org\r\nBcc: c@d.org'],
    ['SQS', ''],
    ['SQS', 'arn:aws:sqs:us-east-1:123456789012:birds'],
    ['SQS', 'ftp://example.org/birds'],
    ['SQS', 'https://'],
    ['SQS', 'https://example.org/a b'],
    ['SQS', 'https://example.org/birds\u0000'],
    ['Email', 'birds\u0001@example.org'],
    ['SQS', 'http://169.254.169.254/latest'],
    ['SQS', 'http://localhost:4566/000000000000/birds'],
    ['SNS', 'https://sns.us-east-1.amazonaws.com/'],
    ['SNS', 'arn:aws:sns:us-east-1:12345:birds'],
    ['SNS', 'arn:aws:sqs:us-east-1:123456789012:birds'],
    ['SNS', 'arn:aws:sns:us-east-1:123456789012:'],
    ['Webhook', 'http://hooks.example.org/'],
    ['Webhook', 'https://[::1]/'],
    ['Webhook', 'https://0x7f.1/'],
    ['Webhook', `https://example.org/${'a'.repeat(2048)}`],
  ]
  test.each(bad)('%s "%s" does not', (transport, destination) => {
    expect(checkSpecification(specification({ transport, destination }), rules)).toEqual({
      fault: 'InvalidParameterValue',
      parameter: 'Destination',
      value: destination,
    })
  })

  /** Hosts of private networks, spelled as clients would still understand them. */
  const privateHosts = [
    'localhost',
    'LocalHost',
    'localhost.',
    'localhost..',
    'localhost%2e',
    'queue.localhost',
    'metadata.google.internal.',
    'printer.local',
    '127.0.0.1',
    '127.0.0.1.',
    '127.0.0.1..',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '017700000001',
    '0177.0.0.01',
    '0',
    '0.0.0.0',
    '10.0.0.1:8443',
    '169.254.169.254.',
    '%31%32%37.0.0.1',
    '１２７.0.0.1',
    '①②⑦.⓪.⓪.①',
    '127。0。0。1',
    'someone@127.0.0.1',
    'queue.example.org@127.0.0.1',
    'queue.example.org:443@10.0.0.1',
    '127.0.0.1\\@queue.example.org',
    '[::]',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::127.0.0.1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:a00:1]',
    '[::ffff:0:127.0.0.1]',
    '[64:ff9b::10.0.0.1]',
    '[64:ff9b::1]',
    '[64:ff9b:1::808:808]',
    '[2002:7f00:1::]',
    '[2002:a00:1:2::3]',
    '[2001:0:808:808::1]',
    '[fe80::1]',
    '[fe80::8.8.8.8]',
    '[fec0::1]',
    '[fd00::1]',
    '[ff02::1]',
  ]
  describe.each(privateHosts)('in the private network of %s', (host) => {
    test.each(['SQS', 'Webhook'] as const)('is for operators who allow it: %s', (transport) => {
      const mine = specification({ transport, destination: `https://${host}/birds` })
      const refusal = { fault: 'InvalidParameterValue', parameter: 'Destination', value: mine.destination }
      expect(checkSpecification(mine, rules)).toEqual(refusal)
      expect(checkSpecification(mine, { ...rules, isTest: true })).toEqual(refusal)
      expect(checkSpecification(mine, { ...rules, allowPrivate: true })).toBeUndefined()
    })
  })
})

describe('the rest of a specification [notifications 2.3]', () => {
  test.each(['2006-05-05', '2014-08-15'])('the version %s is known [notifications 1.3]', (version) => {
    expect(checkSpecification(specification({ version }), rules)).toBeUndefined()
  })

  const value = (parameter: string, wrong: string) => ({
    fault: 'InvalidParameterValue',
    parameter,
    value: wrong,
  })
  test.each([
    [{ version: '2017-01-17' }, value('Version', '2017-01-17')],
    [{ version: '' }, value('Version', '')],
    [{ events: ['HITCreated', 'Ping'] as const }, value('EventType', 'Ping')],
    [{ events: [] }, { fault: 'ParameterTooShort', parameter: 'EventTypes' }],
    [{ destination: 'x', version: 'x', events: [] }, value('Destination', 'x')],
    [{ version: 'x', events: [] }, value('Version', 'x')],
  ])('%j', (changes, fault) => {
    expect(checkSpecification(specification(changes), rules)).toEqual(fault)
  })

  test.each([[], ['Ping' as const]])('a test may list %j [notifications 3.2]', (...events) => {
    expect(checkSpecification(specification({ events }), { ...rules, isTest: true })).toBeUndefined()
    expect(checkSpecification(specification({ version: 'x' }), { ...rules, isTest: true })).toBeDefined()
  })
})

describe('the document [notifications 5]', () => {
  const head = {
    documentId: '0123456789abcdef0123456789abcdef01234567',
    requesterId: 'AEXAMPLE000000',
    sourceAccount: '123456789012',
    version: '2014-08-15',
  }
  const event: NotifiedEvent = {
    kind: 'AssignmentSubmitted',
    timestamp: '2031-02-03T04:05:06Z',
    hitGroupId: '3DDDDDDDDDDDDDDDDDDDDDDDDDDDD4',
    hitTypeId: '3CCCCCCCCCCCCCCCCCCCCCCCCCCCC3',
    hitId: '3AAAAAAAAAAAAAAAAAAAAAAAAAAAA1',
    assignmentId: '3BBBBBBBBBBBBBBBBBBBBBBBBBBBB2',
    workerId: 'AEXAMPLE000001',
    answer: '<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers/>',
  }

  test('of a submission has the keys of 2025 in their order [notifications 5.2, 5.3]', () => {
    expect(eventDocument(head, event)).toBe(
      '{"Events":[{"HITGroupId":"3DDDDDDDDDDDDDDDDDDDDDDDDDDDD4","EventType":"AssignmentSubmitted",' +
        '"EventTimestamp":"2031-02-03T04:05:06Z","HITId":"3AAAAAAAAAAAAAAAAAAAAAAAAAAAA1",' +
        '"AssignmentId":"3BBBBBBBBBBBBBBBBBBBBBBBBBBBB2","WorkerId":"AEXAMPLE000001",' +
        '"HITTypeId":"3CCCCCCCCCCCCCCCCCCCCCCCCCCCC3",' +
        '"Answer":"<?xml version=\\"1.0\\" encoding=\\"ASCII\\"?><QuestionFormAnswers/>"}],' +
        '"EventDocId":"0123456789abcdef0123456789abcdef01234567","SourceAccount":"123456789012",' +
        '"CustomerId":"AEXAMPLE000000","EventDocVersion":"2014-08-15"}',
    )
  })

  test('of a HIT names no assignment and no worker, of a ping nothing [notifications 5.2, 3.2]', () => {
    const keysOf = (text: string) => Object.keys((JSON.parse(text) as { Events: object[] }).Events[0]!)
    const { hitGroupId, hitTypeId, hitId, timestamp } = event
    expect(
      keysOf(eventDocument(head, { kind: 'HITCreated', timestamp, hitGroupId, hitTypeId, hitId })),
    ).toEqual(['HITGroupId', 'EventType', 'EventTimestamp', 'HITId', 'HITTypeId'])
    expect(keysOf(eventDocument(head, { kind: 'Ping', timestamp }))).toEqual(['EventType', 'EventTimestamp'])
  })

  test('leaves the answer out when it would pass 256 KiB, and not before [notifications 5.2]', () => {
    const room = 262_144 - Buffer.byteLength(eventDocument(head, { ...event, answer: '' }))
    const full = eventDocument(head, { ...event, answer: 'a'.repeat(room) })
    expect(Buffer.byteLength(full)).toBe(262_144)
    const without = eventDocument(head, { ...event, answer: undefined })
    expect(eventDocument(head, { ...event, answer: 'a'.repeat(room + 1) })).toBe(without)
    expect(without).not.toContain('Answer"')
    // Bytes count, not characters: a quote takes two.
    expect(eventDocument(head, { ...event, answer: '"'.repeat(room - 1) })).toBe(without)
  })
})
