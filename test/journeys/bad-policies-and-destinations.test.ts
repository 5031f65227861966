// Review policies and notification destinations that are refused: the error is the service's own, no HIT is made, no
// money moves, nothing is told to anybody, and no table holds a row more than before [qualifications 6.1, 7,
// notifications 2.3].
import { beforeAll, describe, expect, test } from 'vitest'
import type { Laboratory } from '../support/journey.ts'
import { aHIT, type Refusal } from '../support/market.ts'
import { aSpecification } from '../support/notifications.ts'
import { refused } from '../support/refusals.ts'
import { ofType, refusedWhole } from '../support/refused-whole.ts'
import { onBothWireServers } from '../support/wire-server.ts'

type Expected = Refusal | Partial<Refusal>

const known = 'ScoreMyKnownAnswers/2011-09-01'
const plurality = 'SimplePlurality/2011-09-01'
const key = { Key: 'AnswerKey', MapEntries: [{ Key: 'species', Values: ['wren'] }] }
const ids = { Key: 'QuestionIds', Values: ['species'] }
const threshold = { Key: 'QuestionAgreementThreshold', Values: ['50'] }
const value = (Key: string, ...Values: string[]) => ({ Key, Values })

const names: [string, string][] = [
  ['AssignmentReviewPolicy', ''],
  ['AssignmentReviewPolicy', 'ScoreMyKnownAnswers'],
  ['AssignmentReviewPolicy', 'ScoreMyKnownAnswers/2011/09/01'],
  ['AssignmentReviewPolicy', 'ScoreYourKnownAnswers/2011-09-01'],
  ['AssignmentReviewPolicy', 'scoremyknownanswers/2011-09-01'],
  ['AssignmentReviewPolicy', `${known} `],
  ['AssignmentReviewPolicy', plurality],
  ['HITReviewPolicy', ''],
  ['HITReviewPolicy', 'SimplePlurality/2012-09-01'],
  ['HITReviewPolicy', known],
]

const assignmentParameters: [string, object[] | undefined, Expected][] = [
  ['no parameters', undefined, refused.missing('AnswerKey')],
  ['an empty list', [], refused.missing('AnswerKey')],
  [
    'everything but the key',
    [value('ApproveIfKnownAnswerScoreIsAtLeast', '80')],
    refused.missing('AnswerKey'),
  ],
  ['a key without entries', [{ Key: 'AnswerKey', MapEntries: [] }], refused.missing('AnswerKey')],
  ['a key of values', [value('AnswerKey', 'species', 'wren')], refused.missing('AnswerKey')],
  ['an unknown key for the answer key', [{ ...key, Key: 'Answerkey' }], refused.missing('AnswerKey')],
  [
    'a key without a question',
    [{ Key: 'AnswerKey', MapEntries: [{ Values: ['wren'] }] }],
    refused.value('AnswerKey', ''),
  ],
  [
    'two entries for one question',
    [{ ...key, MapEntries: [...key.MapEntries, ...key.MapEntries] }],
    refused.value('AnswerKey', 'species'),
  ],
  [
    'a question of 256 bytes',
    [{ Key: 'AnswerKey', MapEntries: [{ Key: 'é'.repeat(128) }] }],
    refused.tooLong('AnswerKey', 255),
  ],
  [
    'a score of 102',
    [key, value('ApproveIfKnownAnswerScoreIsAtLeast', '102')],
    refused.range('ApproveIfKnownAnswerScoreIsAtLeast', 102, 0, 101),
  ],
  [
    'a score of -1',
    [key, value('RejectIfKnownAnswerScoreIsLessThan', '-1')],
    refused.range('RejectIfKnownAnswerScoreIsLessThan', -1, 0, 101),
  ],
  [
    'a score in words',
    [key, value('ExtendIfKnownAnswerScoreIsLessThan', 'all')],
    refused.value('ExtendIfKnownAnswerScoreIsLessThan', 'all'),
  ],
  [
    'a percentage',
    [key, value('ExtendIfKnownAnswerScoreIsLessThan', '80%')],
    refused.value('ExtendIfKnownAnswerScoreIsLessThan', '80%'),
  ],
  [
    'two scores',
    [key, value('ApproveIfKnownAnswerScoreIsAtLeast', '80', '90')],
    refused.value('ApproveIfKnownAnswerScoreIsAtLeast', '80,90'),
  ],
  [
    'one assignment at most',
    [key, value('ExtendMaximumAssignments', '1')],
    refused.range('ExtendMaximumAssignments', 1, 2, 25),
  ],
  [
    '26 assignments at most',
    [key, value('ExtendMaximumAssignments', '26')],
    refused.range('ExtendMaximumAssignments', 26, 2, 25),
  ],
  [
    'a minute less a second',
    [key, value('ExtendMinimumTimeInSeconds', '59')],
    refused.range('ExtendMinimumTimeInSeconds', 59, 60, 31_536_000),
  ],
  [
    'a reason of 1,025 characters',
    [key, value('RejectReason', 'x'.repeat(1025))],
    refused.tooLong('RejectReason', 1024),
  ],
  [
    'a reason with a control character',
    [key, value('ApproveReason', 'a\u0000')],
    refused.value('ApproveReason', 'a\u0000'),
  ],
  ['a list in place of a parameter', [[] as never], ofType('SerializationException')],
  ['a value that is a number', [key, { Key: 'RejectReason', Values: [5] }], ofType('SerializationException')],
]

const hitParameters: [string, object[] | undefined, Expected][] = [
  ['no parameters', undefined, refused.missing('QuestionIds')],
  ['no questions', [threshold], refused.missing('QuestionIds')],
  ['an empty list of questions', [value('QuestionIds'), threshold], refused.missing('QuestionIds')],
  ['questions without names', [value('QuestionIds', ' , '), threshold], refused.missing('QuestionIds')],
  ['no threshold', [ids], refused.missing('QuestionAgreementThreshold')],
  [
    'a threshold in words',
    [ids, value('QuestionAgreementThreshold', 'half')],
    refused.value('QuestionAgreementThreshold', 'half'),
  ],
  [
    'a rate of 0',
    [ids, threshold, value('ExtendIfHITAgreementScoreIsLessThan', '0')],
    refused.range('ExtendIfHITAgreementScoreIsLessThan', 0, 1, 100),
  ],
  [
    'a rate of 101',
    [ids, threshold, value('ExtendIfHITAgreementScoreIsLessThan', '101')],
    refused.range('ExtendIfHITAgreementScoreIsLessThan', 101, 1, 100),
  ],
  [
    'an extension without an end',
    [ids, threshold, value('ExtendIfHITAgreementScoreIsLessThan', '80')],
    refused.missing('ExtendMaximumAssignments'),
  ],
  [
    'maybe',
    [ids, threshold, value('DisregardAssignmentIfRejected', 'maybe')],
    refused.value('DisregardAssignmentIfRejected', 'maybe'),
  ],
  [
    'a worker’s score in words',
    [ids, threshold, value('ApproveIfWorkerAgreementScoreIsAtLeast', 'x')],
    refused.value('ApproveIfWorkerAgreementScoreIsAtLeast', 'x'),
  ],
  [
    'the older spelling of it',
    [ids, threshold, value('ApproveIfWorkerAgreementScoreIsNotLessThan', 'x')],
    refused.value('ApproveIfWorkerAgreementScoreIsNotLessThan', 'x'),
  ],
]

onBothWireServers('bad policies', (server) => {
  let lab: Laboratory
  let HITTypeId: string
  beforeAll(async () => {
    lab = await server().journey.laboratory()
    ;({ HITTypeId } = await lab.create())
  })
  const refuse = async (policies: object, expected: Expected) => {
    await refusedWhole(server(), lab, 'CreateHIT', { ...aHIT(), ...policies }, expected)
    const { LifetimeInSeconds, Question } = aHIT()
    const ofHIT = { HITTypeId, LifetimeInSeconds, Question, ...policies }
    await refusedWhole(server(), lab, 'CreateHITWithHITType', ofHIT, expected)
  }

  test.each(names)('%s has no policy %j [qualifications 6.1]', async (member, PolicyName) => {
    const Parameters = [key, ids, threshold]
    await refuse({ [member]: { PolicyName, Parameters } }, refused.value('PolicyName', PolicyName))
  })
  test.each(assignmentParameters)(
    'ScoreMyKnownAnswers: %s [qualifications 7.1]',
    async (_, Parameters, expected) => {
      await refuse({ AssignmentReviewPolicy: { PolicyName: known, Parameters } }, expected)
    },
  )
  test.each(hitParameters)('SimplePlurality: %s [qualifications 7.2]', async (_, Parameters, expected) => {
    await refuse({ HITReviewPolicy: { PolicyName: plurality, Parameters } }, expected)
  })
  test('one wrong policy beside a right one, and two wrong ones: the first is told [qualifications 6.1]', async () => {
    const right = { PolicyName: known, Parameters: [key] }
    const wrong = { PolicyName: plurality, Parameters: [ids] }
    const noThreshold = refused.missing('QuestionAgreementThreshold')
    await refuse({ AssignmentReviewPolicy: right, HITReviewPolicy: wrong }, noThreshold)
    const noKey = { PolicyName: known }
    await refuse({ AssignmentReviewPolicy: noKey, HITReviewPolicy: wrong }, refused.missing('AnswerKey'))
  })
})

/** What is no destination of each transport, whatever the operator allows. */
const noDestinations: [transport: 'SQS' | 'SNS' | 'Email' | 'Webhook', destination: string][] = [
  ['SQS', 'birds'],
  ['SQS', '//queue.example.org/birds'],
  ['SQS', 'queue.example.org/birds'],
  ['SQS', 'arn:aws:sqs:us-east-1:123456789012:birds'],
  ['SQS', 'file:///etc/passwd'],
  ['SQS', 'ftp://queue.example.org/birds'],
  ['SQS', 'javascript:alert(1)'],
  ['SQS', 'https://queue.example.org/a b'],
  ['SQS', 'https://queue.example.org/\r\nX: y'],
  ['SQS', 'https://[::1'],
  ['SQS', 'https://256.0.0.1/'],
  ['SQS', `https://queue.example.org/${'a'.repeat(2048)}`],
  ['SNS', 'birds'],
  ['SNS', 'https://sns.us-east-1.amazonaws.com/'],
  ['SNS', 'arn:aws:sqs:us-east-1:123456789012:birds'],
  ['SNS', 'arn:aws:sns:us-east-1:1234:birds'],
  ['SNS', 'arn:aws:sns:us-east-1:123456789012:a/b'],
  ['Webhook', 'hooks.example.org/birds'],
  ['Webhook', 'arn:aws:sns:us-east-1:123456789012:birds'],
  ['Webhook', 'birds@example.org'],
  ['Webhook', 'ws://hooks.example.org/birds'],
  ['Email', 'birds'],
  ['Email', 'birds@'],
  ['Email', 'a@example.org, b@example.org'],
  ['Email', 'a@example.org\nBcc: b@example.org'],
  ['Email', 'Birds <a@example.org>'],
]

/** Hosts of private networks: domain/notification.test.ts has all spellings. */
const privateAddresses = [
  'http://localhost:4566/000000000000/birds',
  'http://127.0.0.1:9324/000000000000/birds',
  'https://2130706433/birds',
  'https://0x7f.1/birds',
  'https://0177.1/birds',
  'https://localhost./birds',
  'https://queue.example.org@10.0.0.1/birds',
  'https://[::ffff:192.168.0.1]/birds',
  'https://[fd00::1]/birds',
  'http://169.254.169.254/latest/meta-data',
]

function testDestinations(isAllowed: boolean, variables: Record<string, string>): void {
  const name = isAllowed ? 'where the operator allows private networks' : 'where he does not'
  onBothWireServers(
    `bad destinations, ${name}`,
    (server) => {
      let lab: Laboratory
      let HITTypeId: string
      beforeAll(async () => {
        lab = await server().journey.laboratory()
        ;({ HITTypeId } = await lab.create())
      })
      const refuse = async (changes: object, expected: Expected) => {
        const Notification = { ...aSpecification(), ...changes }
        const settings = { HITTypeId, Notification, Active: true }
        await refusedWhole(server(), lab, 'UpdateNotificationSettings', settings, expected)
        const trial = { Notification, TestEventType: 'Ping' }
        await refusedWhole(server(), lab, 'SendTestEventNotification', trial, expected)
      }

      test.each(noDestinations)('%s to %j [notifications 2.3]', async (Transport, Destination) => {
        await refuse({ Transport, Destination }, refused.value('Destination', Destination))
      })
      test.each(privateAddresses)('a queue or a webhook at %s [notifications 2.3]', async (Destination) => {
        for (const Transport of ['SQS', 'Webhook'] as const) {
          const Notification = aSpecification({ Transport, Destination })
          if (isAllowed)
            expect(await lab.call('UpdateNotificationSettings', { HITTypeId, Notification })).toEqual({})
          else await refuse(Notification, refused.value('Destination', Destination))
        }
      })
      describe('the rest of a specification', () => {
        test.each<[object, Expected]>([
          [{ Version: '2017-01-17' }, refused.value('Version', '2017-01-17')],
          [{ Version: '' }, refused.value('Version', '')],
          [{ Transport: 'REST' }, ofType('ValidationException')],
          [{ EventTypes: ['HITSold'] }, ofType('ValidationException')],
          [{ Destination: undefined }, ofType('ValidationException')],
        ])('%j [notifications 2.3]', async (changes, expected) => {
          await refuse(changes, expected)
        })
      })
    },
    variables,
  )
}

testDestinations(false, { KEMPELEN_PRIVATE_DESTINATIONS: '0' })
testDestinations(true, { KEMPELEN_PRIVATE_DESTINATIONS: '1' })
