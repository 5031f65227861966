import { describe, expect, test } from 'vitest'
import { hitIn, type Situation } from '../../../test/support/hit-states.ts'
import { externalQuestion, onBothDatabases } from '../../../test/support/market.ts'
import { changesIn } from '../../../test/support/refusals.ts'
import { accept, createHIT, stateOf } from '../../../test/support/steps.ts'
import { block } from '../../../test/support/worker-blocks.ts'
import { faultOf, must, nobody, suspend } from '../../../test/support/worker-calls.ts'
import type { OperationInput } from '../../model/operations.ts'
import { PreviewHIT } from './PreviewHIT.ts'

const hour = 3600

type Requirements = OperationInput<'CreateHIT'>['QualificationRequirements']

const masters = (ActionsGuarded: 'Accept' | 'PreviewAndAccept' | 'DiscoverPreviewAndAccept') =>
  [
    { QualificationTypeId: '2F1QJWKUDD8XADTFD2Q0G6UTO95ALH', Comparator: 'Exists', ActionsGuarded },
  ] as const as unknown as Requirements

onBothDatabases('PreviewHIT', (market) => {
  test.each(['HITGroupId', 'HITTypeId'] as const)(
    'a HIT of the group by its %s; nothing is reserved [hits 3, 5.4, websites 1.4]',
    async (member) => {
      const client = await market().requester()
      const hit = await createHIT(client)
      const before = await changesIn(market())
      const preview = await must(market(), await market().worker(), PreviewHIT, { groupId: hit[member] })
      expect(await changesIn(market())).toBe(before + 1)
      expect(preview).toMatchObject({
        hit: { id: hit.HITId },
        type: { id: hit.HITTypeId, title: 'Listen to a bird' },
        requesterName: 'Test Laboratory',
        question: { text: externalQuestion },
        refusal: undefined,
      })
      expect(await stateOf(client, hit.HITId)).toBe('Assignable 0/1/0')
    },
  )

  test.each(['ABC', '3XJOUITW8URHJMX7F00H20LGRIAQTX', ''])(
    'no group "%s" [websites 1.5]',
    async (groupId) => {
      expect(await faultOf(market(), await market().worker(), PreviewHIT, { groupId })).toBe(
        'GroupDoesNotExist',
      )
    },
  )

  test('a HIT, or a worker who does not exist', async () => {
    const hit = await createHIT(await market().requester())
    const worker = await market().worker()
    expect(await faultOf(market(), worker, PreviewHIT, { groupId: hit.HITId })).toBe('GroupDoesNotExist')
    expect(await faultOf(market(), nobody, PreviewHIT, { groupId: hit.HITGroupId })).toBe(
      'WorkerDoesNotExist',
    )
  })

  test.each([
    'Unassignable',
    'Unassignable, expired',
    'Reviewable, unreviewed',
    'Reviewable, expired',
    'Reviewing, expired',
    'Disposed, expired',
  ] as Situation[])('of a group whose only HIT is %s there is none [websites 1.5]', async (situation) => {
    const { HITGroupId } = await hitIn(market(), await market().requester(), situation)
    const worker = await market().worker()
    expect(await faultOf(market(), worker, PreviewHIT, { groupId: HITGroupId })).toBe('NoMoreHITs')
  })

  test('of several HITs one that can be had is shown', async () => {
    const client = await market().requester()
    const hits = [await createHIT(client), await createHIT(client), await createHIT(client)]
    for (const hit of hits.slice(0, 2)) await accept(await market().worker(), hit)
    const preview = await must(market(), await market().worker(), PreviewHIT, {
      groupId: hits[0]!.HITGroupId,
    })
    expect(preview.hit.id).toBe(hits[2]!.HITId)
  })

  describe('before the timers come [hits 5.2]', () => {
    test('an expired HIT is not shown', async () => {
      const hit = await createHIT(await market().requester(), { LifetimeInSeconds: 60 })
      const worker = await market().worker()
      const target = { groupId: hit.HITGroupId }
      market().clock.set(market().clock.now() + 59_999)
      await must(market(), worker, PreviewHIT, target)
      market().clock.set(market().clock.now() + 1)
      expect(await faultOf(market(), worker, PreviewHIT, target)).toBe('NoMoreHITs')
    })

    test('a HIT whose slot a deadline freed this moment is shown', async () => {
      const hit = await createHIT(await market().requester())
      await accept(await market().worker(), hit)
      const worker = await market().worker()
      market().clock.set(market().clock.now() + hour * 1000)
      const preview = await must(market(), worker, PreviewHIT, { groupId: hit.HITGroupId })
      expect(preview.hit).toMatchObject({ id: hit.HITId, status: 'Assignable', pending: 0 })
    })
  })

  describe('who may look, and who may only look', () => {
    test.each([
      ['Accept', undefined],
      ['PreviewAndAccept', 'QualificationsNotMet'],
      ['DiscoverPreviewAndAccept', 'QualificationsNotMet'],
    ] as const)(
      'a requirement that guards %s and is not met: %s [qualifications 4.4]',
      async (guarded, fault) => {
        const hit = await createHIT(await market().requester(), {
          QualificationRequirements: masters(guarded),
        })
        const target = { groupId: hit.HITGroupId }
        const worker = await market().worker()
        expect(await faultOf(market(), worker, PreviewHIT, target)).toBe(fault)
        if (fault === undefined)
          expect((await must(market(), worker, PreviewHIT, target)).refusal).toEqual({
            fault: 'QualificationsNotMet',
          })
        const master = await market().worker({ masters: true })
        expect((await must(market(), master, PreviewHIT, target)).refusal).toBeUndefined()
      },
    )

    test('a blocked worker may preview, and is told that he cannot accept [hits 13]', async () => {
      const client = await market().requester()
      const { HITGroupId } = await createHIT(client)
      const worker = await market().worker()
      await block(client, worker.workerId)
      const preview = await must(market(), worker, PreviewHIT, { groupId: HITGroupId })
      expect(preview.refusal).toEqual({ fault: 'WorkerBlocked' })
    })

    test('a suspended worker too [websites 1.13]', async () => {
      const { HITGroupId } = await createHIT(await market().requester())
      const worker = await market().worker()
      await suspend(market(), worker)
      const preview = await must(market(), worker, PreviewHIT, { groupId: HITGroupId })
      expect(preview.refusal).toEqual({ fault: 'WorkerSuspended' })
    })
  })
})
