import { afterEach, describe, expect, test } from 'vitest'
import { testId, testMistyped } from '../../../test/support/common-members.ts'
import { properties } from '../../../test/support/hit-members.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { aHIT, onBothDatabases, type TestClient } from '../../../test/support/market.ts'
import { createType, showType } from '../../../test/support/qualification-members.ts'
import {
  addType,
  ask,
  handIn,
  mustAsk,
  pendingOf,
  sampleAnswers,
  sampleTest,
  testSystemTypes,
  valueOf,
} from '../../../test/support/qualifications.ts'
import { changesIn, refusalOf, refused } from '../../../test/support/refusals.ts'
import { createHIT, expireNow, showHIT, work } from '../../../test/support/steps.ts'

const operation = 'DeleteQualificationType'
const day = 86_400

onBothDatabases(operation, (market) => {
  afterEach(() => checkLedger(market()))

  const state = refused.qualificationState('QualificationType', 'Active,Inactive')
  const requiring = (...ids: string[]) => ({
    QualificationRequirements: ids.map((QualificationTypeId) => ({
      QualificationTypeId,
      Comparator: 'DoesNotExist' as const,
    })),
  })
  const remove = (client: TestClient, QualificationTypeId: string) =>
    client.call(operation, { QualificationTypeId })
  const refusalFor = (client: TestClient, QualificationTypeId: string) =>
    refusalOf(market(), client, operation, { QualificationTypeId })
  /** Whether the type is gone: to its owner it does not exist any more, and its name is free. */
  const isGone = async (client: TestClient, QualificationTypeId: string) => {
    const { status, text } = await client.send(
      'GetQualificationType',
      JSON.stringify({ QualificationTypeId }),
    )
    if (status !== 200) expect(text).toContain('QualificationTypeDoesNotExist')
    return status !== 200
  }
  const used = async (changes: object = {}) => {
    const client = await market().requester()
    const { QualificationTypeId: id, Name } = await createType(client)
    const hit = await createHIT(client, { ...requiring(id), ...changes })
    return { client, id, name: Name!, hit }
  }
  const deleteHIT = async (client: TestClient, HITId: string) => {
    await expireNow(client, HITId)
    await client.call('DeleteHIT', { HITId })
  }

  describe('serialization', () => {
    testMistyped(market, operation, 'QualificationTypeId', ['1', 'true', '["3A"]'], () => Promise.resolve({}))
  })

  describe('validation', () => {
    testId(market, operation, 'QualificationTypeId', () => Promise.resolve({}))
    testSystemTypes(market, operation, () => Promise.resolve({}))
    test('an unknown type [hits 11.5 #24]', async () => {
      expect(await refusalFor(await market().requester(), '3UNKNOWN')).toEqual(refused.noQualificationType)
    })
    test.each(['Active', 'Inactive', 'Disposing', 'Disposed'] as const)(
      'another requester’s %s type [hits 11.5 #18]',
      async (status) => {
        const { id } = await addType(market(), await market().requester(), { status })
        expect(await refusalFor(await market().requester(), id)).toEqual(refused.notYours)
      },
    )
    test('a second time, while a HIT needs it and for ever after [qualifications 3.5]', async () => {
      const { client, id, hit } = await used()
      await remove(client, id)
      expect(await refusalFor(client, id)).toEqual(state)
      await deleteHIT(client, hit.HITId)
      expect(await refusalFor(client, id)).toEqual(state)
      await market().advance(365 * day)
      expect(await refusalFor(client, id)).toEqual(state)
    })
  })

  describe('behaviour [qualifications 3.5]', () => {
    test.each(['Active', 'Inactive'] as const)(
      'an %s type that nobody needs is gone at once',
      async (status) => {
        const client = await market().requester()
        const type = await createType(client, { QualificationTypeStatus: status })
        expect(await remove(client, type.QualificationTypeId)).toEqual({})
        expect(await isGone(client, type.QualificationTypeId)).toBe(true)
        await createType(client, { Name: type.Name! })
      },
    )

    test('HIT types that require it are deleted, of whatever requester; others stay', async () => {
      const { client, id } = await used()
      const other = await market().requester()
      const make = async (maker: TestClient, ...ids: string[]) =>
        (await maker.call('CreateHITType', { ...properties, ...requiring(...ids) })).HITTypeId!
      const kept = await createType(client)
      const [own, mixed, foreign, free] = [
        await make(client, id),
        await make(client, kept.QualificationTypeId, id, id),
        await make(other, id),
        await make(client, kept.QualificationTypeId),
      ]
      await remove(client, id)
      const { LifetimeInSeconds, Question } = aHIT()
      const rest = { LifetimeInSeconds, Question: Question! }
      for (const [maker, HITTypeId] of [
        [client, own],
        [client, mixed],
        [other, foreign],
      ] as const)
        expect(await refusalOf(market(), maker, 'CreateHITWithHITType', { ...rest, HITTypeId })).toEqual(
          refused.value('HITTypeId', HITTypeId),
        )
      expect((await client.call('CreateHITWithHITType', { ...rest, HITTypeId: free })).HIT).toBeDefined()
      const { HITId } = await createHIT(client)
      expect(await refusalOf(market(), client, 'UpdateHITTypeOfHIT', { HITId, HITTypeId: own })).toEqual(
        refused.value('HITTypeId', own),
      )
    })

    test('no HIT or HIT type can be made that requires it', async () => {
      const { client, id, hit } = await used()
      await remove(client, id)
      const unusable = refused.qualificationState('QualificationType', 'Active')
      const type = { ...properties, ...requiring(id) }
      expect(await refusalOf(market(), client, 'CreateHITType', type)).toEqual(unusable)
      expect(await refusalOf(market(), client, 'CreateHIT', aHIT(requiring(id)))).toEqual(unusable)
      await deleteHIT(client, hit.HITId)
      expect(await refusalOf(market(), client, 'CreateHITType', type)).toEqual(refused.noQualificationType)
      expect(await refusalOf(market(), client, 'CreateHIT', aHIT(requiring(id)))).toEqual(
        refused.noQualificationType,
      )
    })

    test('HITs that require it run on: seen, extended, done and paid for', async () => {
      const { client, id, hit } = await used({ MaxAssignments: 2 })
      await remove(client, id)
      expect(await showHIT(client, hit.HITId)).toEqual(hit)
      await client.call('CreateAdditionalAssignmentsForHIT', {
        HITId: hit.HITId,
        NumberOfAdditionalAssignments: 1,
      })
      const AssignmentId = await work(await market().worker(), hit)
      await client.call('ApproveAssignment', { AssignmentId })
      expect((await showHIT(client, hit.HITId)).NumberOfAssignmentsCompleted).toBe(1)
      const { HITs } = await client.call('ListHITsForQualificationType', { QualificationTypeId: id })
      expect(HITs!.map(({ HITId }) => HITId)).toEqual([hit.HITId])
    })

    test('pending requests are rejected, tests under way too; those of other types are not', async () => {
      const client = await market().requester()
      const plain = await createType(client)
      const tested = await createType(client, { Test: sampleTest, TestDurationInSeconds: 600 })
      const kept = await createType(client)
      const [first, second] = [await market().worker(), await market().worker()]
      for (const { workerId } of [first, second])
        for (const { QualificationTypeId } of [plain, tested, kept])
          await mustAsk(market(), workerId, QualificationTypeId)
      const request = await pendingOf(client, plain.QualificationTypeId)
      const late = await ask(market(), (await market().worker()).workerId, tested.QualificationTypeId)
      expect(await pendingOf(client)).toHaveLength(4)
      for (const { QualificationTypeId } of [plain, tested]) await remove(client, QualificationTypeId)
      expect(await pendingOf(client)).toEqual(await pendingOf(client, kept.QualificationTypeId))
      expect(await pendingOf(client)).toHaveLength(2)
      const QualificationRequestId = request[0]!
      const refusal = await refusalOf(market(), client, 'AcceptQualificationRequest', {
        QualificationRequestId,
      })
      expect(refusal).toEqual(refused.qualificationState('QualificationRequest', 'Submitted'))
      if ('fault' in late) throw new Error(late.fault)
      const handed = await handIn(
        market(),
        late.request.workerId,
        late.request.id,
        sampleAnswers(['oslo'], ['two']),
      )
      expect(handed).toHaveProperty('fault')
    })

    test('what workers have of it stays, and still counts for HITs that run', async () => {
      const client = await market().requester()
      const { QualificationTypeId: id } = await createType(client)
      const { workerId: WorkerId, ...worker } = await market().worker()
      await client.call('AssociateQualificationWithWorker', {
        QualificationTypeId: id,
        WorkerId,
        IntegerValue: 9,
      })
      const { HITId } = await createHIT(client, {
        QualificationRequirements: [
          { QualificationTypeId: id, Comparator: 'GreaterThan', IntegerValues: [8] },
        ],
      })
      await remove(client, id)
      expect(await valueOf(client, WorkerId, id)).toBe(9)
      expect(await (await market().worker()).accept({ hitId: HITId })).toBe('QualificationsNotMet')
      expect(await worker.accept({ hitId: HITId })).toMatch(/^3/)
    })
  })

  describe('the end of the deletion [qualifications 3.5]', () => {
    test('comes with the last of several HITs, of whatever requester', async () => {
      const { client, id, name, hit } = await used()
      const other = await market().requester()
      const hits = [
        [client, hit.HITId],
        [client, (await createHIT(client, { ...requiring(id), Title: 'Another type' })).HITId],
        [other, (await createHIT(other, requiring(id))).HITId],
        [client, (await createHIT(client, requiring(id))).HITId],
      ] as const
      await remove(client, id)
      for (const [owner, HITId] of hits) {
        expect(await isGone(client, id)).toBe(false)
        const again = { Name: name, Description: 'x', QualificationTypeStatus: 'Active' } as const
        expect(await refusalOf(market(), client, 'CreateQualificationType', again)).toEqual(refused.sameName)
        await deleteHIT(owner, HITId)
      }
      expect(await isGone(client, id)).toBe(true)
      await createType(client, { Name: name })
    })

    test('comes at once when all its HITs are disposed of already', async () => {
      const { client, id, hit } = await used()
      await deleteHIT(client, hit.HITId)
      await remove(client, id)
      expect(await isGone(client, id)).toBe(true)
    })

    test('comes when the last HIT gets another type', async () => {
      const { client, id, hit } = await used()
      const { HITTypeId } = await client.call('CreateHITType', { ...properties, Title: 'Free' })
      await remove(client, id)
      await client.call('UpdateHITTypeOfHIT', { HITId: hit.HITId, HITTypeId: HITTypeId! })
      expect(await isGone(client, id)).toBe(true)
    })

    test('does not come for HITs that only moved between types that require it', async () => {
      const { client, id, hit } = await used()
      const { HITTypeId } = await client.call('CreateHITType', {
        ...properties,
        ...requiring(id),
        Title: 'Second',
      })
      await client.call('UpdateHITTypeOfHIT', { HITId: hit.HITId, HITTypeId: HITTypeId! })
      await remove(client, id)
      expect(await isGone(client, id)).toBe(false)
      await deleteHIT(client, hit.HITId)
      expect(await isGone(client, id)).toBe(true)
    })

    test('comes when the last HIT grows old [hits 5.8]', async () => {
      const { client, id } = await used({ LifetimeInSeconds: 60 })
      await remove(client, id)
      await market().advance(119 * day)
      expect(await isGone(client, id)).toBe(false)
      await market().advance(2 * day)
      expect(await isGone(client, id)).toBe(true)
    })

    test('comes for each of the types that a HIT required', async () => {
      const client = await market().requester()
      const types = [await createType(client), await createType(client), await createType(client)]
      const ids = types.map(({ QualificationTypeId }) => QualificationTypeId)
      const { HITId } = await createHIT(client, requiring(...ids))
      for (const id of ids.slice(0, 2)) await remove(client, id)
      await deleteHIT(client, HITId)
      expect(await Promise.all(ids.map((id) => isGone(client, id)))).toEqual([true, true, false])
      expect((await showType(client, ids[2]!)).QualificationTypeStatus).toBe('Active')
    })
  })

  describe('races', () => {
    test('ten calls at once delete once', async () => {
      const client = await market().requester()
      const body = JSON.stringify({ QualificationTypeId: (await createType(client)).QualificationTypeId })
      const before = await changesIn(market())
      const answers = await Promise.all(Array.from({ length: 10 }, () => client.send(operation, body)))
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
      expect((await changesIn(market())) - before).toBe(1)
    })

    test('a type is deleted while HITs are made of it: it is gone only when none needs it', async () => {
      for (let round = 0; round < 5; round++) {
        const client = await market().requester()
        const { QualificationTypeId: id } = await createType(client)
        const { HITTypeId } = await client.call('CreateHITType', { ...properties, ...requiring(id) })
        const { LifetimeInSeconds, Question } = aHIT()
        const ofType = JSON.stringify({ HITTypeId, LifetimeInSeconds, Question })
        const whole = JSON.stringify(aHIT({ ...requiring(id), Title: 'Whole' }))
        const answers = await Promise.all([
          client.send('CreateHITWithHITType', ofType),
          client.send('CreateHIT', whole),
          client.send(operation, JSON.stringify({ QualificationTypeId: id })),
          client.send('CreateHITWithHITType', ofType),
          client.send('CreateHIT', whole),
        ])
        expect(answers[2]!.status).toBe(200)
        const made = answers
          .filter(({ status, text }) => status === 200 && text !== '{}')
          .map(({ text }) => (JSON.parse(text) as { HIT: { HITId: string } }).HIT.HITId)
        for (const HITId of made) {
          expect(await isGone(client, id)).toBe(false)
          await deleteHIT(client, HITId)
        }
        expect(await isGone(client, id)).toBe(true)
      }
    })

    test('the last HITs of two HIT types go at the same moment: the type is gone', async () => {
      for (let round = 0; round < 5; round++) {
        const { client, id, hit } = await used()
        const second = await createHIT(client, { ...requiring(id), Title: 'Second' })
        await remove(client, id)
        for (const { HITId } of [hit, second]) await expireNow(client, HITId)
        await Promise.all([hit, second].map(({ HITId }) => client.call('DeleteHIT', { HITId })))
        expect(await isGone(client, id)).toBe(true)
      }
    })
  })
})
