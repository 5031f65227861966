// The rules of the members that CreateHIT, CreateHITType and CreateHITWithHITType share [hits 4.1]: each row is one
// edge of one limit, run through the whole endpoint.
import { describe, expect, test } from 'vitest'
import type { OperationInput, OperationName } from '../../src/model/operations.ts'
import type { TestMarket } from './market.ts'
import { testText } from './common-members.ts'
import { mustNotBeNull, refusalOf, refused } from './refusals.ts'
import { answered, knownAnswers, plurality } from './review-steps.ts'

type Creating = 'CreateHIT' | 'CreateHITType' | 'CreateHITWithHITType'

/** Properties of a HIT type. */
export const properties: OperationInput<'CreateHITType'> = {
  AssignmentDurationInSeconds: 3600,
  Reward: '0.10',
  Title: 'Listen to a bird',
  Description: 'Say which bird it is.',
}

const aRequirement = {
  QualificationTypeId: '00000000000000000040',
  Comparator: 'GreaterThan',
  IntegerValues: [50],
}

/** Changes of `properties` that make an equal type, and such that make another one [hits 5.10]. */
export const typeVariants: Record<'same' | 'other', [string, object][]> = {
  same: [
    ['nothing changed', {}],
    ['reward 0.1', { Reward: '0.1' }],
    ['reward 000.10', { Reward: '000.10' }],
    ['the default delay', { AutoApprovalDelayInSeconds: 2_592_000 }],
    ['null keywords', { Keywords: null }],
    ['no requirements', { QualificationRequirements: [] }],
  ],
  other: [
    ['another title', { Title: 'Listen to a Bird' }],
    ['a longer description', { Description: 'Say which bird it is. ' }],
    ['empty keywords', { Keywords: '' }],
    ['keywords', { Keywords: 'bird' }],
    ['reward 0.11', { Reward: '0.11' }],
    ['another duration', { AssignmentDurationInSeconds: 3601 }],
    ['another delay', { AutoApprovalDelayInSeconds: 2_591_999 }],
    ['no delay', { AutoApprovalDelayInSeconds: 0 }],
    ['a requirement', { QualificationRequirements: [aRequirement] }],
  ],
}

function rows(market: () => TestMarket, operation: OperationName, base: object) {
  return {
    passes(table: [string, object][]) {
      test.each(table)('%s passes', async (_, changes) => {
        const client = await market().requester('100000000000.00')
        await client.call(operation, { ...base, ...changes } as never)
      })
    },
    outOfRange(member: string, minimum: number, maximum: number, values: number[]) {
      test.each(values)(`${member} %i is out of range [hits 11.5 #9]`, async (value) => {
        const client = await market().requester()
        const refusal = await refusalOf(market(), client, operation, { ...base, [member]: value })
        expect(refusal).toEqual(refused.range(member, value, minimum, maximum))
      })
    },
  }
}

/** The seven members of a HIT type [hits 4.1]. */
export function testTypeMembers(market: () => TestMarket, operation: Creating, base: object): void {
  const { passes, outOfRange } = rows(market, operation, base)
  describe('members of the type [hits 4.1]', () => {
    passes([
      ['a duration of 30', { AssignmentDurationInSeconds: 30 }],
      ['a duration of 365 days', { AssignmentDurationInSeconds: 31_536_000 }],
      ['a delay of 0', { AutoApprovalDelayInSeconds: 0 }],
      ['a delay of 30 days', { AutoApprovalDelayInSeconds: 2_592_000 }],
      ['a delay of null', { AutoApprovalDelayInSeconds: null }],
      ['a reward of 0', { Reward: '0' }],
      ['a reward of 0.00', { Reward: '0.00' }],
      ['a reward of 5', { Reward: '5' }],
      ['a reward of 5.', { Reward: '5.' }],
      ['a reward of 0.5', { Reward: '0.5' }],
      ['a reward of a million', { Reward: '1000000.00' }],
      ['ten requirements', { QualificationRequirements: Array.from({ length: 10 }, () => aRequirement) }],
      ['empty keywords', { Keywords: '' }],
    ])
    outOfRange('AssignmentDurationInSeconds', 30, 31_536_000, [29, 0, -1, 31_536_001, 9_007_199_254_740_991])
    outOfRange('AutoApprovalDelayInSeconds', 0, 2_592_000, [-1, 2_592_001, -9_007_199_254_740_991])
    for (const [member, maximum] of [
      ['Title', 128],
      ['Description', 2000],
      ['Keywords', 1000],
    ] as const) {
      testText(market, operation, member, maximum, () => Promise.resolve(base))
    }
    test.each(['Title', 'Description'])('an empty %s is too short [hits 11.5 #15]', async (member) => {
      const client = await market().requester()
      const refusal = await refusalOf(market(), client, operation, { ...base, [member]: '' })
      expect(refusal).toEqual(refused.tooShort(member))
      expect(refusal.message).toBe(`Your request parameter ${member}  has a minimum length of 1.`)
    })
    test.each(['.5', '0.123', '-1', '$1', '1,00', '', '1.234', 'NaN', '1e2'])(
      'the reward "%s" breaks the pattern [hits 11.4]',
      async (Reward) => {
        const client = await market().requester()
        const refusal = await refusalOf(market(), client, operation, { ...base, Reward })
        expect(refusal).toEqual(
          refused.validation(
            `Value '${Reward}' at 'reward' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[0-9]+(\\.)?[0-9]{0,2}$`,
          ),
        )
      },
    )
    test.each(['9'.repeat(40), '90071992547409.92', '1' + '0'.repeat(300)])(
      'the reward %s is no amount of money',
      async (Reward) => {
        const client = await market().requester()
        const refusal = await refusalOf(market(), client, operation, { ...base, Reward })
        expect(refusal).toEqual(refused.value('Reward', Reward))
      },
    )
    test('eleven requirements are too many [hits 11.5 #16]', async () => {
      const client = await market().requester()
      const QualificationRequirements = Array.from({ length: 11 }, () => aRequirement)
      const refusal = await refusalOf(market(), client, operation, { ...base, QualificationRequirements })
      expect(refusal).toEqual(refused.tooLong('QualificationRequirements', 10))
    })
    test.each([
      ['AssignmentDurationInSeconds', 'assignmentDurationInSeconds'],
      ['Reward', 'reward'],
      ['Title', 'title'],
      ['Description', 'description'],
    ])('%s is required [hits 11.4]', async (member, path) => {
      const client = await market().requester()
      const refusal = await refusalOf(market(), client, operation, { ...base, [member]: null })
      expect(refusal).toEqual(refused.validation(mustNotBeNull(path)))
    })
  })
}

/** The members that are the HIT's own [hits 4.1]. */
export function testHITMembers(
  market: () => TestMarket,
  operation: 'CreateHIT' | 'CreateHITWithHITType',
  baseFor: (requesterIs: Awaited<ReturnType<TestMarket['requester']>>) => Promise<object>,
): void {
  const refusalFor = async (changes: object) => {
    const client = await market().requester()
    return refusalOf(market(), client, operation, { ...(await baseFor(client)), ...changes })
  }
  describe('members of the HIT [hits 4.1]', () => {
    test.each([
      ['a lifetime of 30', { LifetimeInSeconds: 30 }],
      ['a lifetime of 365 days', { LifetimeInSeconds: 31_536_000 }],
      ['one assignment', { MaxAssignments: 1 }],
      ['null assignments', { MaxAssignments: null }],
      ['a thousand million assignments', { MaxAssignments: 1_000_000_000 }],
      ['an empty annotation', { RequesterAnnotation: '' }],
      ['a token of 64 characters', { UniqueRequestToken: 'x'.repeat(64) }],
      ['a token with spaces and colons', { UniqueRequestToken: 'a: b' }],
    ])('%s passes', async (_, changes) => {
      const client = await market().requester('1000000000.00')
      await client.call(operation, { ...(await baseFor(client)), ...changes } as never)
    })
    test.each([29, 0, -1, 31_536_001])(
      'LifetimeInSeconds %i is out of range [hits 11.5 #9]',
      async (value) => {
        const refusal = await refusalFor({ LifetimeInSeconds: value })
        expect(refusal).toEqual(refused.range('LifetimeInSeconds', value, 30, 31_536_000))
      },
    )
    test.each([0, -1, 1_000_000_001])('MaxAssignments %i is out of range [hits 11.5 #9]', async (value) => {
      const refusal = await refusalFor({ MaxAssignments: value })
      expect(refusal).toEqual(refused.range('MaxAssignments', value, 1, 1_000_000_000))
    })
    testText(market, operation, 'RequesterAnnotation', 255, baseFor)
    test.each([{ Question: null }, { Question: '' }])(
      '%j: the question is too short [hits 12.1]',
      async (changes) => {
        expect(await refusalFor(changes)).toEqual(refused.tooShort('Question'))
      },
    )
    test('a question and a layout [hits 12.1]', async () => {
      const HITLayoutId = '39ZKK3W0VMKU0DPHRLCXKSX4INR56I'
      expect(await refusalFor({ HITLayoutId })).toEqual(refused.value('HITLayoutId', HITLayoutId))
    })
    test('an unknown layout [hits 11.5 #28]', async () => {
      const HITLayoutId = '39ZKK3W0VMKU0DPHRLCXKSX4INR56I'
      expect(await refusalFor({ Question: null, HITLayoutId })).toEqual(refused.noLayout(HITLayoutId))
    })
    test('a question of 65,536 bytes [hits 4.1]', async () => {
      expect(await refusalFor({ Question: external(65_536) })).toEqual(refused.tooLong('Question', 65_535))
      // Bytes count, not characters.
      expect(await refusalFor({ Question: external(65_534) + 'é' })).toEqual(
        refused.tooLong('Question', 65_535),
      )
    })
    test('a question of 65,535 bytes comes back in full [hits 12.0]', async () => {
      const client = await market().requester()
      const Question = external(65_535)
      const { HIT } = await client.call(operation, { ...(await baseFor(client)), Question } as never)
      expect((HIT as { Question: string }).Question).toBe(Question)
    })
    test('an http address [hits 11.5 #8]', async () => {
      const url = 'http://tasks.example.org/'
      const refusal = await refusalFor({ Question: external(0).replace('https://tasks.example.org/', url) })
      expect(refusal).toEqual(refused.value('ExternalURL', url, 'This URL must use the HTTPS protocol.'))
      expect(refusal.message.endsWith('protocol..')).toBe(true)
    })
    test.each(['<Question/>', 'hello', '<ExternalQuestion>'])(
      'the question %s is no question [hits 11.5 #21]',
      async (Question) => {
        const refusal = await refusalFor({ Question })
        expect(refusal).toMatchObject({
          type: 'ParameterValidationError',
          code: 'AWS.MechanicalTurk.XMLParseError',
        })
        expect(refusal.message).toContain(
          'There was an error parsing the XML question or answer data in your request.',
        )
      },
    )
    test.each([
      ['AssignmentReviewPolicy', { PolicyName: 'ScoreYourKnownAnswers/2011-09-01' }, 'PolicyName'],
      ['AssignmentReviewPolicy', { PolicyName: 'SimplePlurality/2011-09-01' }, 'PolicyName'],
      ['HITReviewPolicy', { PolicyName: 'ScoreMyKnownAnswers/2011-09-01' }, 'PolicyName'],
    ])('%s %j has a wrong %s [qualifications 6.1]', async (member, policy, parameter) => {
      const refusal = await refusalFor({ [member]: policy })
      expect(refusal).toEqual(refused.value(parameter, policy.PolicyName))
    })
    test('a policy lacks a parameter, or has it out of range [qualifications 6.1]', async () => {
      const AssignmentReviewPolicy = { PolicyName: 'ScoreMyKnownAnswers/2011-09-01' }
      expect(await refusalFor({ AssignmentReviewPolicy })).toEqual(refused.missing('AnswerKey'))
      const HITReviewPolicy = plurality(['q'], 50, { ExtendIfHITAgreementScoreIsLessThan: 101 })
      expect(await refusalFor({ HITReviewPolicy })).toEqual(
        refused.range('ExtendIfHITAgreementScoreIsLessThan', 101, 1, 100),
      )
    })
    test('a policy without a name [hits 11.4]', async () => {
      expect(await refusalFor({ HITReviewPolicy: {} })).toEqual(
        refused.validation(mustNotBeNull('hITReviewPolicy.policyName')),
      )
    })
    test('both policies are kept and run [qualifications 6.1]', async () => {
      const client = await market().requester()
      const policies = {
        AssignmentReviewPolicy: knownAnswers({ q: 'x' }),
        HITReviewPolicy: plurality(['q'], 50),
      }
      const { HIT } = await client.call(operation, { ...(await baseFor(client)), ...policies } as never)
      const { HITId } = HIT as { HITId: string }
      await answered(market(), { HITId }, { q: 'x' })
      expect(await client.call('ListReviewPolicyResultsForHIT', { HITId })).toMatchObject({
        AssignmentReviewPolicy: { PolicyName: policies.AssignmentReviewPolicy.PolicyName },
        HITReviewPolicy: { PolicyName: policies.HITReviewPolicy.PolicyName },
        AssignmentReviewReport: { ReviewActions: [{ ActionName: 'review' }] },
        HITReviewReport: { ReviewActions: [{ ActionName: 'review' }] },
      })
    })
    test('LifetimeInSeconds is required [hits 11.4]', async () => {
      expect(await refusalFor({ LifetimeInSeconds: null })).toEqual(
        refused.validation(mustNotBeNull('lifetimeInSeconds')),
      )
    })
  })
}

/** An ExternalQuestion of so many bytes, or a short one. */
export function external(bytes: number): string {
  const start =
    '<ExternalQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2006-07-14/ExternalQuestion.xsd">' +
    '<ExternalURL>https://tasks.example.org/</ExternalURL><FrameHeight>0</FrameHeight></ExternalQuestion>'
  return start + ' '.repeat(Math.max(0, bytes - start.length))
}
