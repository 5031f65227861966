import { afterEach, describe, expect, test } from 'vitest'
import { testHITId, testId, testMistyped } from '../../../test/support/common-members.ts'
import { properties } from '../../../test/support/hit-members.ts'
import { hitIn, stateIn, type Situation } from '../../../test/support/hit-states.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases, type TestClient } from '../../../test/support/market.ts'
import { changesIn, mustNotBeNull, refusalOf, refused } from '../../../test/support/refusals.ts'
import {
  accept,
  balanceOf,
  createHIT,
  expireNow,
  showHIT,
  stateOf,
  tenAtOnce,
  work,
} from '../../../test/support/steps.ts'
import * as hitTypes from '../../store/hit-types.ts'
import * as hits from '../../store/hits.ts'
import type { Write } from '../../store/tx.ts'
import { changeType } from '../acts/change-type.ts'
import { AcceptHIT } from '../worker/AcceptHIT.ts'

const day = 86_400
const operation = 'UpdateHITTypeOfHIT'
const masters = [{ QualificationTypeId: '2F1QJWKUDD8XADTFD2Q0G6UTO95ALH', Comparator: 'Exists' as const }]
const unknown = '3NN44GVSBHX0DJUBBCVWBXU3KI7FGD'

onBothDatabases(operation, (market) => {
  afterEach(() => checkLedger(market()))
  const typeOf = async (client: TestClient, changes: object = { Title: 'Another bird' }) =>
    (await client.call('CreateHITType', { ...properties, ...changes })).HITTypeId!
  const retype = (client: TestClient, HITId: string, HITTypeId: string) =>
    client.call(operation, { HITId, HITTypeId })
  const refusalFor = (client: TestClient, HITId: string, HITTypeId: string) =>
    refusalOf(market(), client, operation, { HITId, HITTypeId })
  const hitIdOf = async (client: TestClient) => ({ HITId: (await createHIT(client)).HITId })
  const typeIdOf = async (client: TestClient) => ({ HITTypeId: await typeOf(client) })

  describe('serialization', () => {
    test('all seven properties and both ids change, nothing else [hits 5.10, 12.11, client W5]', async () => {
      const client = await market().requester()
      const hit = await createHIT(client, {
        RequesterAnnotation: 'batch 7',
        Keywords: 'bird',
        MaxAssignments: 3,
      })
      const model = await createHIT(client, {
        Title: 'Look at a fish',
        Description: 'Say which fish it is.',
        Reward: '0.25',
        AssignmentDurationInSeconds: 60,
        AutoApprovalDelayInSeconds: 120,
        QualificationRequirements: masters,
      })
      const answer = await client.send(
        operation,
        JSON.stringify({ HITId: hit.HITId, HITTypeId: model.HITTypeId }),
      )
      expect(answer).toEqual({ status: 200, text: '{}' })
      const { Keywords: _, ...kept } = hit
      expect(await showHIT(client, hit.HITId)).toEqual({
        ...kept,
        HITTypeId: model.HITTypeId,
        HITGroupId: model.HITGroupId,
        Title: 'Look at a fish',
        Description: 'Say which fish it is.',
        Reward: '0.25',
        AssignmentDurationInSeconds: 60,
        AutoApprovalDelayInSeconds: 120,
        QualificationRequirements: model.QualificationRequirements,
      })
      await retype(client, hit.HITId, hit.HITTypeId)
      expect(await showHIT(client, hit.HITId)).toEqual(hit)
    })
    testMistyped(market, operation, 'HITTypeId', ['3', 'true', '["3"]', '{}'], hitIdOf)
    testMistyped(market, operation, 'HITId', ['3', 'true', '["3"]', '{}'], typeIdOf)
  })

  describe('validation', () => {
    testHITId(market, operation, typeIdOf)
    testId(market, operation, 'HITTypeId', hitIdOf)

    test.each(['ABC', unknown])('the unknown type %s [hits 12.3, 12.11]', async (HITTypeId) => {
      const client = await market().requester()
      const { HITId } = await createHIT(client)
      expect(await refusalFor(client, HITId, HITTypeId)).toEqual(refused.value('HITTypeId', HITTypeId))
      const { text } = await client.send(operation, JSON.stringify({ HITId, HITTypeId }))
      expect(text).toBe(
        `{"__type":"ParameterValidationError","Message":"The value \\"${HITTypeId}\\" is not valid for the parameter ` +
          `HITTypeId. (${market().clock.now()})","Parameter":"HITTypeId",` +
          '"TurkErrorCode":"AWS.MechanicalTurk.InvalidParameterValue"}',
      )
    })

    test('another requester’s type, and a group’s id, are no types [hits 11.6]', async () => {
      const client = await market().requester()
      const { HITId, HITGroupId } = await createHIT(client)
      const foreign = await typeOf(await market().requester())
      for (const id of [foreign, HITGroupId, HITId])
        expect(await refusalFor(client, HITId, id)).toEqual(refused.value('HITTypeId', id))
    })

    test('all violations at once, then type, existence, owner, state, funds [hits 11.6]', async () => {
      const client = await market().requester('0.12')
      const hit = await createHIT(client)
      const dear = await typeOf(client, { Reward: '0.11' })
      const { HITId: foreign } = await createHIT(await market().requester())
      expect(await refusalOf(market(), client, operation, {})).toEqual(
        refused.validation(mustNotBeNull('hITId'), mustNotBeNull('hITTypeId')),
      )
      expect(await refusalFor(client, 'ABC', unknown)).toEqual(refused.value('HITTypeId', unknown))
      expect(await refusalFor(client, 'ABC', dear)).toEqual(refused.noHIT('ABC'))
      expect(await refusalFor(client, foreign, dear)).toEqual(refused.notYours)
      expect(await refusalFor(client, hit.HITId, dear)).toEqual(refused.noFunds)
      await accept(await market().worker(), hit)
      expect(await refusalFor(client, hit.HITId, dear)).toEqual(
        refused.hitState('Unassignable', 'Assignable'),
      )
    })
  })

  describe('state [hits 12.11]', () => {
    test.each([
      ['Assignable', true],
      ['Unassignable', false],
      ['Unassignable, expired', false],
      ['Reviewable, unreviewed', false],
      ['Reviewable, reviewed', false],
      ['Reviewable, expired', true],
      ['Reviewing, unreviewed', false],
      ['Reviewing, reviewed', false],
      ['Reviewing, expired', true],
    ] as [Situation, boolean][])('%s: %j', async (situation, possible) => {
      const client = await market().requester()
      const { HITId, HITTypeId } = await hitIn(market(), client, situation)
      const [type, state] = [await typeOf(client), await stateOf(client, HITId)]
      if (possible) await retype(client, HITId, type)
      else
        expect(await refusalFor(client, HITId, type)).toEqual(
          refused.hitState(stateIn(situation), 'Assignable'),
        )
      expect((await showHIT(client, HITId)).HITTypeId).toBe(possible ? type : HITTypeId)
      expect(await stateOf(client, HITId)).toBe(state)
    })

    test.each(['Disposed, worked on', 'Disposed, expired'] as Situation[])('%s: false', async (situation) => {
      const client = await market().requester()
      const { HITId } = await hitIn(market(), client, situation)
      expect(await refusalFor(client, HITId, await typeOf(client))).toEqual(refused.disposed)
    })

    test.each(['open', 'submitted', 'approved'])(
      'a HIT with free slots and %s work is touched, whatever its state is called',
      async (how) => {
        const client = await market().requester()
        const hit = await createHIT(client, { MaxAssignments: 2 })
        const worker = await market().worker()
        const AssignmentId = await accept(worker, hit)
        if (how !== 'open') await worker.submit(AssignmentId)
        if (how === 'approved') await client.call('ApproveAssignment', { AssignmentId })
        const refusal = refused.hitState('Assignable', 'Assignable')
        expect(await refusalFor(client, hit.HITId, await typeOf(client))).toEqual(refusal)
        expect(await refusalFor(client, hit.HITId, hit.HITTypeId)).toEqual(refusal)
      },
    )

    test.each(['returned', 'abandoned'])('work that was %s does not touch it', async (how) => {
      const client = await market().requester()
      const hit = await createHIT(client)
      const worker = await market().worker()
      const assignmentId = await accept(worker, hit)
      if (how === 'returned') await worker.giveBack(assignmentId)
      // The timers have not come by yet.
      else market().clock.set(market().clock.now() + 3600_000)
      const type = await typeOf(client)
      await retype(client, hit.HITId, type)
      expect((await showHIT(client, hit.HITId)).HITTypeId).toBe(type)
      expect(await stateOf(client, hit.HITId)).toBe('Assignable 0/1/0')
      // Who left it may take it again, under its new type.
      await work(worker, hit)
      expect(await stateOf(client, hit.HITId)).toBe('Reviewable 0/0/0')
    })

    test('the same type again succeeds and changes nothing [hits 12.11]', async () => {
      const client = await market().requester('0.12')
      const hit = await createHIT(client)
      await retype(client, hit.HITId, hit.HITTypeId)
      expect(await showHIT(client, hit.HITId)).toEqual(hit)
      expect(await balanceOf(client)).toBe('0.00')
      expect(await tenAtOnce(client, operation, hit)).toEqual({ successes: 10, codes: [] })
    })
  })

  describe('money [hits 9.1, 9.2, 9.3]', () => {
    // Reward and slots before; reward and requirements after; what is left of 10.00.
    test.each([
      ['0.10', 1, '0.20', [], '9.76'],
      ['0.10', 3, '0.20', [], '9.28'],
      ['0.20', 3, '0.10', [], '9.64'],
      ['0.10', 1, '0.10', [], '9.88'],
      ['0.10', 1, '0.00', [], '9.99'],
      ['0.00', 1, '0.05', [], '9.94'],
      ['0.10', 10, '0.50', [], '3.00'],
      ['0.50', 10, '0.10', [], '8.60'],
      ['0.52', 1, '0.52', masters, '9.35'],
      ['0.50', 10, '0.50', masters, '2.70'],
    ])('%s for %i becomes %s with %j: %s of 10.00 is left', async (Reward, count, after, needed, left) => {
      const client = await market().requester('10.00')
      const { HITId } = await createHIT(client, { Reward, MaxAssignments: count })
      await retype(client, HITId, await typeOf(client, { Reward: after, QualificationRequirements: needed }))
      expect(await balanceOf(client)).toBe(left)
      expect((await showHIT(client, HITId)).Reward).toBe(after)
      await expireNow(client, HITId)
      expect(await balanceOf(client)).toBe('10.00')
    })

    test.each([
      ['0.24', true],
      ['0.23', false],
    ])('with %s in the account, from 0.12 to 0.24: %j', async (dollars, possible) => {
      const client = await market().requester(dollars)
      const hit = await createHIT(client)
      const type = await typeOf(client, { Reward: '0.20' })
      if (possible) await retype(client, hit.HITId, type)
      else expect(await refusalFor(client, hit.HITId, type)).toEqual(refused.noFunds)
      expect(await balanceOf(client)).toBe(possible ? '0.00' : '0.11')
      if (!possible) expect(await showHIT(client, hit.HITId)).toEqual(hit)
    })

    test('a price that money cannot count', async () => {
      const client = await market().requester('10000000.00')
      const { HITId } = await createHIT(client, { Reward: '0.00', MaxAssignments: 1_000_000_000 })
      const type = await typeOf(client, { Reward: '1000000.00' })
      expect(await refusalFor(client, HITId, type)).toEqual(refused.noFunds)
    })

    test('an expired HIT costs nothing now, and its new price when it gets more time', async () => {
      const client = await market().requester('0.24')
      const { HITId } = await hitIn(market(), client, 'Reviewable, expired')
      await retype(client, HITId, await typeOf(client, { Reward: '0.20' }))
      expect(await balanceOf(client)).toBe('0.24')
      await client.call('UpdateExpirationForHIT', { HITId, ExpireAt: market().clock.now() + day * 1000 })
      expect(await balanceOf(client)).toBe('0.00')
    })

    test('the fee stays that of the number at creation, and so does the 10 rule [hits 5.7]', async () => {
      const client = await market().requester('10.00')
      const { HITId } = await createHIT(client, { MaxAssignments: 8 })
      await retype(client, HITId, await typeOf(client, { Reward: '0.50' }))
      await client.call('CreateAdditionalAssignmentsForHIT', { HITId, NumberOfAdditionalAssignments: 1 })
      expect(await balanceOf(client)).toBe('4.60')
      const input = { HITId, NumberOfAdditionalAssignments: 1 }
      expect(await refusalOf(market(), client, 'CreateAdditionalAssignmentsForHIT', input)).toEqual(
        refused.tenRule,
      )
    })
  })

  describe('afterwards', () => {
    test('the HIT is offered in its new group alone; who had done all of it is offered it', async () => {
      const client = await market().requester()
      const done = await createHIT(client, { Title: 'Another bird' })
      const hit = await createHIT(client)
      const worker = await market().worker()
      await work(worker, done)
      expect(await worker.accept({ groupId: done.HITGroupId })).toBe('NoMoreHITs')
      await retype(client, hit.HITId, done.HITTypeId)
      expect(await worker.accept({ groupId: hit.HITGroupId })).toBe('NoMoreHITs')
      expect(await worker.accept({ groupId: done.HITGroupId })).toMatch(/^3/)
      expect(await stateOf(client, hit.HITId)).toBe('Unassignable 1/0/0')
    })

    test('requirements, duration, delay and reward of the new type hold for new work', async () => {
      const client = await market().requester()
      const hit = await createHIT(client)
      await retype(client, hit.HITId, await typeOf(client, { QualificationRequirements: masters }))
      expect(await (await market().worker()).accept({ hitId: hit.HITId })).toBe('QualificationsNotMet')
      const changes = { AssignmentDurationInSeconds: 60, AutoApprovalDelayInSeconds: 120, Reward: '0.33' }
      await retype(client, hit.HITId, await typeOf(client, changes))
      const worker = await market().worker()
      await accept(worker, hit)
      await market().advance(60)
      expect(await stateOf(client, hit.HITId)).toBe('Assignable 0/1/0')
      const AssignmentId = await work(worker, hit)
      const { Assignment } = await client.call('GetAssignment', { AssignmentId })
      expect(Assignment!.AutoApprovalTime! - Assignment!.SubmitTime!).toBe(120)
      const before = await changesIn(market())
      await market().advance(120)
      expect(await changesIn(market())).toBeGreaterThan(before)
      expect(await stateOf(client, hit.HITId)).toBe('Reviewable 0/0/1')
    })

    test('ListReviewableHITs finds it under the new type', async () => {
      const client = await market().requester()
      const hit = await hitIn(market(), client, 'Reviewing, expired')
      const type = await typeOf(client)
      await retype(client, hit.HITId, type)
      const listed = async (HITTypeId: string) =>
        (await client.call('ListReviewableHITs', { HITTypeId, Status: 'Reviewing' })).NumResults
      expect([await listed(hit.HITTypeId), await listed(type)]).toEqual([0, 1])
    })

    test('a change just before the worker’s call locks the HIT makes that call run again', async () => {
      const client = await market().requester()
      const { HITId } = await createHIT(client)
      const HITTypeId = await typeOf(client, { QualificationRequirements: masters })
      const { workerId } = await market().worker()
      const { store } = market().market
      const competing = async (tx: Write) => {
        // Stands for a competitor who commits right after the first statement.
        let changed = false
        const first: Write['first'] = async (statement, parameters) => {
          const row = await tx.first(statement, parameters)
          if (!changed)
            await changeType(tx, (await hits.find(tx, HITId))!, (await hitTypes.find(tx, HITTypeId))!)
          changed = true
          return row
        }
        const { now, settings, ids, touches } = tx
        const raced: Write = {
          now,
          settings,
          ids,
          touches,
          first,
          all: (statement, parameters) => tx.all(statement, parameters),
          change: (statement, parameters) => tx.change(statement, parameters),
          attempt: (work) => tx.attempt(work),
        }
        return AcceptHIT.perform(raced, { kind: 'worker', workerId }, { hitId: HITId })
      }
      const answer = await store.write(market().clock.now(), competing, { keep: () => false })
      expect(answer).toEqual({ fault: 'Busy', overdue: [HITId] })
    })

    test('a change of type and nine acceptances at once break no rule [hits 12.13]', async () => {
      const client = await market().requester('100.00')
      const hit = await createHIT(client, { MaxAssignments: 9 })
      const type = await typeOf(client, { Reward: '0.20' })
      const workers = await Promise.all(Array.from({ length: 9 }, () => market().worker()))
      const input = JSON.stringify({ HITId: hit.HITId, HITTypeId: type })
      const [{ status }, ...ids] = await Promise.all([
        client.send(operation, input),
        ...workers.map((worker) => worker.accept({ hitId: hit.HITId })),
      ])
      for (const id of ids) expect(id).toMatch(/^3/)
      expect(await stateOf(client, hit.HITId)).toBe('Unassignable 9/0/0')
      expect(await balanceOf(client)).toBe(status === 200 ? '97.84' : '98.92')
    })
  })
})
