import { afterEach, describe, expect, test } from 'vitest'
import { aHIT, externalQuestion, onBothDatabases } from '../../../test/support/market.ts'
import {
  external,
  properties,
  testHITMembers,
  testTypeMembers,
  typeVariants,
} from '../../../test/support/hit-members.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { refusalOf, refused } from '../../../test/support/refusals.ts'
import { accept, balanceOf, createHIT, showHIT } from '../../../test/support/steps.ts'

const day = 86_400
const masters = '2F1QJWKUDD8XADTFD2Q0G6UTO95ALH'

onBothDatabases('CreateHIT', (market) => {
  afterEach(() => checkLedger(market()))
  testTypeMembers(market, 'CreateHIT', aHIT())
  testHITMembers(market, 'CreateHIT', () => Promise.resolve(aHIT()))

  test('the HIT has exactly the members of a captured one [hits 12.0, client W26]', async () => {
    const client = await market().requester()
    const { text } = await client.send(
      'CreateHIT',
      JSON.stringify(aHIT({ Keywords: 'bird, song', MaxAssignments: 2 })),
    )
    const { HIT } = JSON.parse(text) as { HIT: Record<string, unknown> }
    const now = Math.floor(market().clock.now() / 1000)
    expect(Object.keys(HIT)).toEqual([
      'HITId',
      'HITTypeId',
      'HITGroupId',
      'CreationTime',
      'Title',
      'Description',
      'Question',
      'Keywords',
      'HITStatus',
      'MaxAssignments',
      'Reward',
      'AutoApprovalDelayInSeconds',
      'Expiration',
      'AssignmentDurationInSeconds',
      'QualificationRequirements',
      'HITReviewStatus',
      'NumberOfAssignmentsPending',
      'NumberOfAssignmentsAvailable',
      'NumberOfAssignmentsCompleted',
    ])
    expect(HIT).toMatchObject({
      CreationTime: now,
      Expiration: now + day,
      HITStatus: 'Assignable',
      HITReviewStatus: 'NotReviewed',
      AutoApprovalDelayInSeconds: 2_592_000,
      Reward: '0.10',
      Question: externalQuestion,
      QualificationRequirements: [],
      MaxAssignments: 2,
      NumberOfAssignmentsPending: 0,
      NumberOfAssignmentsAvailable: 2,
      NumberOfAssignmentsCompleted: 0,
    })
    for (const member of ['HITId', 'HITTypeId', 'HITGroupId']) expect(HIT[member]).toMatch(/^3[A-Z0-9]{29}$/)
    expect(new Set([HIT.HITId, HIT.HITTypeId, HIT.HITGroupId]).size).toBe(3)
    const read = await client.send('GetHIT', JSON.stringify({ HITId: HIT.HITId }))
    expect(read.text).toBe(text)
  })

  test.each([
    [{}, 'Keywords', undefined],
    [{ Keywords: '' }, 'Keywords', ''],
    [{ Keywords: 'bird' }, 'Keywords', 'bird'],
    [{}, 'RequesterAnnotation', undefined],
    [{ RequesterAnnotation: 'batch 7' }, 'RequesterAnnotation', 'batch 7'],
    [{}, 'HITLayoutId', undefined],
    [{ Reward: '5' }, 'Reward', '5.00'],
    [{ Reward: '0.5' }, 'Reward', '0.50'],
    [{ Reward: '007.' }, 'Reward', '7.00'],
    [{ AutoApprovalDelayInSeconds: 0 }, 'AutoApprovalDelayInSeconds', 0],
  ])('%j gives %s %j [hits 12.0]', async (changes, member, shown) => {
    const hit = (await createHIT(await market().requester(), changes)) as unknown as Record<string, unknown>
    expect(hit[member]).toBe(shown)
    expect(member in hit).toBe(shown !== undefined)
  })

  test.each([
    [
      { Comparator: 'GreaterThan', IntegerValues: [90] },
      { RequiredToPreview: false, ActionsGuarded: 'Accept' },
    ],
    [
      { Comparator: 'In', IntegerValues: [1, 2], RequiredToPreview: true },
      { RequiredToPreview: true, ActionsGuarded: 'PreviewAndAccept' },
    ],
    [
      { Comparator: 'Exists', ActionsGuarded: 'DiscoverPreviewAndAccept' },
      { RequiredToPreview: true, ActionsGuarded: 'DiscoverPreviewAndAccept' },
    ],
  ])('the requirement %j comes back with %j [hits 12.0, client W19]', async (requirement, filledIn) => {
    const given = { QualificationTypeId: '000000000000000000L0', ...requirement }
    const hit = await createHIT(await market().requester(), { QualificationRequirements: [given as never] })
    expect(hit.QualificationRequirements).toEqual([{ ...given, ...filledIn }])
  })

  test.each([
    ['0.05', 3, [], '9.82'],
    ['0.50', 10, [], '3.00'],
    ['0.50', 9, [], '4.60'],
    ['0.53', 1, [], '9.36'],
    ['0.52', 1, [], '9.38'],
    ['0.00', 1, [], '9.99'],
    ['0.01', 1, [], '9.98'],
    ['0.01', 10, [], '9.80'],
    ['1.00', 1, [{ QualificationTypeId: masters, Comparator: 'Exists' }], '8.75'],
    ['0.50', 10, [{ QualificationTypeId: masters, Comparator: 'Exists' }], '2.70'],
    ['1.00', 1, [{ QualificationTypeId: masters, Comparator: 'DoesNotExist' }], '8.80'],
  ])(
    'reward %s, %i assignments, %j leave %s of 10.00 [hits 9.1, 9.2]',
    async (Reward, MaxAssignments, requirements, left) => {
      const client = await market().requester('10.00')
      await createHIT(client, { Reward, MaxAssignments, QualificationRequirements: requirements as never })
      expect(await balanceOf(client)).toBe(left)
    },
  )

  test.each([
    ['0.12', 1, true],
    ['0.11', 1, false],
    ['0.24', 2, true],
    ['0.23', 2, false],
    ['0.00', 1, false],
  ])(
    'with %s in the account, %i assignments of 0.12: %j [hits 9.3]',
    async (dollars, MaxAssignments, possible) => {
      const client = await market().requester(dollars)
      if (possible) await createHIT(client, { MaxAssignments })
      else
        expect(await refusalOf(market(), client, 'CreateHIT', aHIT({ MaxAssignments }))).toEqual(
          refused.noFunds,
        )
      expect(await balanceOf(client)).toBe(possible ? '0.00' : dollars)
      expect((await client.call('ListHITs', {})).NumResults).toBe(possible ? 1 : 0)
    },
  )

  test('a million times a thousand million is more than money can count [hits 9.3]', async () => {
    const client = await market().requester('1000000.00')
    for (const Reward of ['1000000.00', '90071992547409.91', '90000.00']) {
      const input = aHIT({ Reward, MaxAssignments: 1_000_000_000 })
      expect(await refusalOf(market(), client, 'CreateHIT', input)).toEqual(refused.noFunds)
    }
    expect(await balanceOf(client)).toBe('1000000.00')
  })

  test('the money of a HIT that expires this moment can be spent this moment [hits 9.2, design 4]', async () => {
    const client = await market().requester('0.12')
    await createHIT(client, { LifetimeInSeconds: 30 })
    market().clock.set(market().clock.now() + 29_999)
    expect(await refusalOf(market(), client, 'CreateHIT', aHIT())).toEqual(refused.noFunds)
    market().clock.set(market().clock.now() + 1)
    await createHIT(client, { Title: 'The next one' })
    expect(await balanceOf(client)).toBe('0.00')
  })

  describe('its type [hits 5.10, 12.1]', () => {
    test.each(typeVariants.same)('%s: the same', async (_, changes) => {
      const client = await market().requester()
      const first = await createHIT(client)
      const second = await createHIT(client, {
        ...changes,
        MaxAssignments: 3,
        LifetimeInSeconds: 60,
        RequesterAnnotation: 'b',
      })
      expect([second.HITTypeId, second.HITGroupId]).toEqual([first.HITTypeId, first.HITGroupId])
      expect(second.HITId).not.toBe(first.HITId)
    })
    test.each(typeVariants.other)('%s: another, with another group', async (_, changes) => {
      const client = await market().requester()
      const first = await createHIT(client)
      const second = await createHIT(client, changes)
      expect(second.HITTypeId).not.toBe(first.HITTypeId)
      expect(second.HITGroupId).not.toBe(first.HITGroupId)
    })
    test('its id can be used with CreateHITWithHITType', async () => {
      const client = await market().requester()
      const { HITTypeId } = await createHIT(client)
      const { HIT } = await client.call('CreateHITWithHITType', {
        HITTypeId,
        LifetimeInSeconds: 60,
        Question: externalQuestion,
      })
      expect(HIT!.HITTypeId).toBe(HITTypeId)
    })
  })

  describe('order of checks [hits 11.6]', () => {
    const bad: Record<string, unknown> = {
      MaxAssignments: 0,
      AutoApprovalDelayInSeconds: -1,
      LifetimeInSeconds: 0,
      AssignmentDurationInSeconds: 0,
      Reward: '9'.repeat(40),
      Title: '',
      Keywords: 'x'.repeat(1001),
      Description: '',
      Question: '',
      RequesterAnnotation: 'x'.repeat(256),
      QualificationRequirements: Array.from({ length: 11 }, () => ({
        QualificationTypeId: masters,
        Comparator: 'Exists',
      })),
      UniqueRequestToken: '\u0001',
      AssignmentReviewPolicy: { PolicyName: 'ScoreMyKnownAnswers/2011-09-01' },
    }
    const members = Object.keys(bad)
    test.each(members.slice(0, -1).map((member, i) => [member, members[i + 1]!]))(
      'a wrong %s is named before a wrong %s',
      async (first, second) => {
        const client = await market().requester()
        const alone = await refusalOf(market(), client, 'CreateHIT', { ...aHIT(), [first]: bad[first] })
        const both = { ...aHIT(), [first]: bad[first], [second]: bad[second] }
        expect(await refusalOf(market(), client, 'CreateHIT', both)).toEqual(alone)
        expect(alone.message).toContain(first)
      },
    )
    test('a broken constraint, then a wrong value, then existence, then the token, then funds', async () => {
      const client = await market().requester('0.24')
      const used = await createHIT(client, { UniqueRequestToken: 'used' })
      const unknown = [
        { QualificationTypeId: '3IUNFP8DKUS0R71E78UIQ0J2B48LJ3', Comparator: 'Exists' as const },
      ]
      const all = {
        ...aHIT(),
        Reward: '-1',
        Title: '',
        QualificationRequirements: unknown,
        UniqueRequestToken: 'used',
        MaxAssignments: 1000,
      }
      const ask = (input: object) => refusalOf(market(), client, 'CreateHIT', input)
      expect((await ask(all)).type).toBe('ValidationException')
      expect(await ask({ ...all, Reward: '1.00' })).toEqual(refused.tooShort('Title'))
      expect(await ask({ ...all, Reward: '1.00', Title: 't' })).toEqual(refused.noQualificationType)
      const rest = { ...all, Reward: '1.00', Title: 't', QualificationRequirements: [] }
      expect(await ask(rest)).toEqual(refused.alreadyCreated(used.HITId))
      expect(await ask({ ...rest, UniqueRequestToken: 'free' })).toEqual(refused.noFunds)
    })
  })

  describe('request token [hits 10]', () => {
    test('names the HIT within 24 hours, makes a new one afterwards [client W21]', async () => {
      const client = await market().requester()
      const first = await createHIT(client, { UniqueRequestToken: 'batch: 1' })
      const again = aHIT({ UniqueRequestToken: 'batch: 1', Title: 'Other', Reward: '0.20' })
      const refusal = await refusalOf(market(), client, 'CreateHIT', again)
      expect(refusal).toEqual(refused.alreadyCreated(first.HITId))
      await market().advance(day - 1)
      expect(await refusalOf(market(), client, 'CreateHIT', again)).toEqual(
        refused.alreadyCreated(first.HITId),
      )
      await market().advance(1)
      const second = await createHIT(client, { UniqueRequestToken: 'batch: 1' })
      expect(second.HITId).not.toBe(first.HITId)
      expect(await refusalOf(market(), client, 'CreateHIT', again)).toEqual(
        refused.alreadyCreated(second.HITId),
      )
    })
    test('holds for CreateHITWithHITType too: one kind of action', async () => {
      const client = await market().requester()
      const hit = await createHIT(client, { UniqueRequestToken: 't' })
      const input = {
        HITTypeId: hit.HITTypeId,
        LifetimeInSeconds: 60,
        Question: externalQuestion,
        UniqueRequestToken: 't',
      }
      expect(await refusalOf(market(), client, 'CreateHITWithHITType', input)).toEqual(
        refused.alreadyCreated(hit.HITId),
      )
    })
    test('is the requester’s own, and exact', async () => {
      const client = await market().requester()
      await createHIT(client, { UniqueRequestToken: 't' })
      await createHIT(client, { UniqueRequestToken: 'T' })
      await createHIT(client, { UniqueRequestToken: 't ' })
      await createHIT(await market().requester(), { UniqueRequestToken: 't' })
    })
    test('is not used up by a failed call', async () => {
      const client = await market().requester('0.12')
      const UniqueRequestToken = 'retry'
      await refusalOf(market(), client, 'CreateHIT', aHIT({ UniqueRequestToken, MaxAssignments: 2 }))
      await refusalOf(market(), client, 'CreateHIT', aHIT({ UniqueRequestToken, Title: '' }))
      await createHIT(client, { UniqueRequestToken })
    })
    test('of a deleted HIT still names it', async () => {
      const client = await market().requester()
      const hit = await createHIT(client, { UniqueRequestToken: 't' })
      await client.call('UpdateExpirationForHIT', { HITId: hit.HITId, ExpireAt: 0 })
      await client.call('DeleteHIT', { HITId: hit.HITId })
      const refusal = await refusalOf(market(), client, 'CreateHIT', aHIT({ UniqueRequestToken: 't' }))
      expect(refusal).toEqual(refused.alreadyCreated(hit.HITId))
    })
  })

  test('an SDK’s repetition of one call gets the first answer; another body does not [wire 3.7]', async () => {
    const client = await market().requester()
    const headers = { 'amz-sdk-invocation-id': '5e1b3c1e-0000-4000-8000-000000000001' }
    const body = JSON.stringify(aHIT())
    const first = await client.send('CreateHIT', body, headers)
    const again = await client.send('CreateHIT', body, headers)
    expect(again).toEqual(first)
    await client.send('CreateHIT', JSON.stringify(aHIT({ Title: 'Other' })), headers)
    expect((await client.call('ListHITs', {})).NumResults).toBe(2)
  })

  test('the time to work may be longer than the lifetime [hits 12.1]', async () => {
    const client = await market().requester()
    const hit = await createHIT(client, { LifetimeInSeconds: 30, AssignmentDurationInSeconds: 60 })
    expect(hit.Expiration - hit.CreationTime).toBe(30)
    expect(await accept(await market().worker(), hit)).toMatch(/^3/)
  })

  test('text comes back as it was sent [hits 12.0]', async () => {
    const client = await market().requester()
    const texts = {
      Title: 'Vögel / 鳥 🐦 "x" \\ <b>',
      Description: ' leading\ttab\nline ',
      Keywords: 'é,e\u0301',
    }
    const hit = await createHIT(client, {
      ...texts,
      RequesterAnnotation: '{"a":"/b\\n"}',
      Question: external(200),
    })
    expect(hit).toMatchObject({ ...texts, RequesterAnnotation: '{"a":"/b\\n"}' })
    expect(await showHIT(client, hit.HITId)).toEqual(hit)
  })

  test('a HIT is seen by the next call [client W29]', async () => {
    const client = await market().requester()
    const hit = await createHIT(client, { ...properties, LifetimeInSeconds: 60 })
    expect((await client.call('ListHITs', {})).HITs).toEqual([hit])
  })
})

onBothDatabases(
  'CreateHIT in the sandbox',
  (market) => {
    afterEach(() => checkLedger(market()))
    test('costs nothing, however much it is [hits 9.4]', async () => {
      const client = await market().requester('0.00')
      await createHIT(client, { Reward: '1000.00', MaxAssignments: 100 })
      await createHIT(client)
      expect(await balanceOf(client)).toBe('10000.00')
    })
  },
  'sandbox',
)
