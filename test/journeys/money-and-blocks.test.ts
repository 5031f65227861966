// Fees, bonuses and blocks over real HTTP: every cent, and every text [hits 9, 13].
import { describe, expect, test } from 'vitest'
import { day, onEveryWay, type Hand, type Laboratory } from '../support/journey.ts'
import { refused } from '../support/refusals.ts'

const masters = {
  QualificationTypeId: '2F1QJWKUDD8XADTFD2Q0G6UTO95ALH',
  Comparator: 'Exists',
  ActionsGuarded: 'Accept',
} as const

onEveryWay('money and blocks', (journey) => {
  describe('what a HIT holds [hits 9.1]', () => {
    test.each([
      ['0.05', 3, '0.18'],
      ['0.50', 10, '7.00'],
      ['0.53', 1, '0.64'],
      ['0.52', 1, '0.62'],
      ['0.01', 1, '0.02'],
      ['0.00', 1, '0.01'],
      ['0.10', 9, '1.08'],
      ['0.10', 10, '1.40'],
      ['0.01', 10, '0.20'],
    ])('a reward of %s for %i holds %s', async (Reward, MaxAssignments, held) => {
      const lab = await journey().laboratory(held)
      const { HITId } = await lab.create({ Reward, MaxAssignments })
      expect(await lab.balance()).toBe('0.00')
      await lab.expireNow(HITId)
      expect(await lab.balance()).toBe(held)
    })

    test('Masters cost five per cent more', async () => {
      const lab = await journey().laboratory('1.25')
      const hit = await lab.create({ Reward: '1', QualificationRequirements: [masters] })
      expect(await lab.balance()).toBe('0.00')
      expect(hit.QualificationRequirements).toEqual([{ ...masters, RequiredToPreview: false }])
    })

    test.each([
      ['0.01', '0.01'],
      ['1.0', '1.00'],
      ['0.5', '0.50'],
      ['0.20', '0.20'],
      ['2.99', '2.99'],
      ['5', '5.00'],
      ['5.', '5.00'],
    ])('a reward of "%s" is shown as "%s" [client 4]', async (given, shown) => {
      const lab = await journey().laboratory()
      expect((await lab.create({ Reward: given })).Reward).toBe(shown)
    })

    test('another type, while nobody has touched the HIT: the difference moves [hits 9.2, 12.11]', async () => {
      const lab = await journey().laboratory('10.00')
      const hit = await lab.create({ MaxAssignments: 2 })
      const type = {
        AssignmentDurationInSeconds: 60,
        Title: 'Look at a bird',
        Description: 'Say its colour.',
        Reward: '0.50',
      }
      const { HITTypeId } = await lab.call('CreateHITType', type)
      expect(await lab.balance()).toBe('9.76')
      await lab.call('UpdateHITTypeOfHIT', { HITId: hit.HITId, HITTypeId: HITTypeId! })
      expect(await lab.balance()).toBe('8.80')
      const changed = await lab.hit(hit.HITId)
      expect(changed).toMatchObject({ ...type, HITTypeId, HITId: hit.HITId })
      expect(changed.HITGroupId).not.toBe(hit.HITGroupId)
      await lab.call('UpdateHITTypeOfHIT', { HITId: hit.HITId, HITTypeId: hit.HITTypeId })
      expect(await lab.hit(hit.HITId)).toEqual(hit)
      expect(await lab.balance()).toBe('9.76')
    })
  })

  describe('SendBonus [hits 9.5, 9.6]', () => {
    interface Scene {
      lab: Laboratory
      worker: Hand
      HITId: string
      AssignmentId: string
    }
    const submitted = async (balance = '10.00', changes = {}): Promise<Scene> => {
      const [lab, worker] = [await journey().laboratory(balance), await journey().worker()]
      const { HITId } = await lab.create(changes)
      return { lab, worker, HITId, AssignmentId: await worker.work(HITId) }
    }
    const bonusOf = ({ worker, AssignmentId }: Scene, BonusAmount: string, more = {}) => ({
      WorkerId: worker.workerId,
      AssignmentId,
      BonusAmount,
      Reason: 'A rare bird.',
      ...more,
    })

    test('for submitted, rejected and approved work; 20 % each, a cent at least', async () => {
      const scene = await submitted()
      const { lab, worker, AssignmentId } = scene
      expect(await lab.call('SendBonus', bonusOf(scene, '0.25'))).toEqual({})
      expect(await lab.balance()).toBe('9.58')
      await lab.call('RejectAssignment', { AssignmentId, RequesterFeedback: '' })
      await lab.call('SendBonus', bonusOf(scene, '0.01'))
      expect(await lab.balance()).toBe('9.68')
      await lab.call('ApproveAssignment', { AssignmentId, OverrideRejection: true })
      await lab.call('SendBonus', bonusOf(scene, '1'))
      expect(await lab.balance()).toBe('8.36')
      expect(await worker.earnings()).toBe('0.10+1.26')
    })

    test('of a HIT with ten assignments: 20 % too', async () => {
      const scene = await submitted('10.00', { MaxAssignments: 10 })
      expect(await scene.lab.balance()).toBe('8.60')
      await scene.lab.call('SendBonus', bonusOf(scene, '1.00'))
      expect(await scene.lab.balance()).toBe('7.40')
    })

    test('without the money nothing happens [hits 9.3]', async () => {
      const scene = await submitted('0.41')
      const { lab, worker, HITId } = scene
      const bonus = bonusOf(scene, '0.25', { UniqueRequestToken: 'once' })
      await lab.refused('SendBonus', bonus, refused.noFunds)
      expect([await lab.balance(), await worker.earnings()]).toEqual(['0.29', '0.00+0.00'])
      expect(await lab.call('ListBonusPayments', { HITId })).toEqual({ NumResults: 0, BonusPayments: [] })
      await journey().control(`requesters/${lab.requesterId}/deposits`, { amount: '0.01' })
      await lab.call('SendBonus', bonus)
      await lab.refused('SendBonus', bonus, refused.usedToken('once'))
      expect([await lab.balance(), await worker.earnings()]).toEqual(['0.00', '0.00+0.25'])
    })

    test('the token is forgotten after a day [hits 10]', async () => {
      const scene = await submitted()
      const bonus = bonusOf(scene, '0.25', { UniqueRequestToken: 'once' })
      await scene.lab.call('SendBonus', bonus)
      await journey().advance(day - 1)
      await scene.lab.refused('SendBonus', bonus, refused.usedToken('once'))
      await journey().advance(1)
      await scene.lab.call('SendBonus', bonus)
      expect(await scene.worker.earnings()).toBe('0.00+0.50')
    })

    test('the wrong worker, the wrong assignment, nothing [hits 9.5, 11.5 #8, client W23]', async () => {
      const scene = await submitted()
      const { lab } = scene
      const other = await journey().worker()
      // An unknown worker is named before an unknown assignment.
      const nobody = bonusOf(scene, '0.25', { WorkerId: 'A0NOBODY', AssignmentId: '3NOTHING' })
      await lab.refused('SendBonus', nobody, refused.value('WorkerId', 'A0NOBODY'))
      const stranger = bonusOf(scene, '0.25', { WorkerId: other.workerId })
      await lab.refused('SendBonus', stranger, refused.value('WorkerId', other.workerId))
      const nothing = bonusOf(scene, '0.25', { AssignmentId: '3NOTHING' })
      await lab.refused('SendBonus', nothing, refused.noAssignment('3NOTHING'))
      await lab.refused('SendBonus', bonusOf(scene, '0.00'), refused.value('BonusAmount', '0.00'))
      const open = await other.accept((await lab.create()).HITId)
      const early = bonusOf(scene, '0.25', { WorkerId: other.workerId, AssignmentId: open })
      await lab.refused('SendBonus', early, refused.noAssignment(open))
      const laboratory = await journey().laboratory()
      await laboratory.refused('SendBonus', bonusOf(scene, '0.25'), refused.notYours)
    })

    test('183 days after the worker’s last submission it is too late [hits 9.5]', async () => {
      const scene = await submitted()
      await journey().advance(183 * day)
      await scene.lab.call('SendBonus', bonusOf(scene, '0.25'))
      await journey().advance(0.001)
      const late = refused.value('WorkerId', scene.worker.workerId)
      await scene.lab.refused('SendBonus', bonusOf(scene, '0.25'), late)
    })

    test('the list: by HIT and by assignment, oldest first [hits 9.6]', async () => {
      const scene = await submitted('10.00', { MaxAssignments: 2 })
      const { lab, worker, HITId, AssignmentId } = scene
      const second = await journey().worker()
      const other = { ...scene, worker: second, AssignmentId: await second.work(HITId) }
      const paid: [Scene, string][] = [
        [scene, '0.02'],
        [other, '1.5'],
        [scene, '0.01'],
      ]
      const expected = []
      for (const [to, amount] of paid) {
        await journey().advance(1)
        await lab.call('SendBonus', bonusOf(to, amount))
        expected.push({
          WorkerId: to.worker.workerId,
          BonusAmount: Number(amount).toFixed(2),
          AssignmentId: to.AssignmentId,
          Reason: 'A rare bird.',
          GrantTime: journey().second(),
        })
      }
      expect((await lab.call('ListBonusPayments', { HITId })).BonusPayments).toEqual(expected)
      const mine = [expected[0], expected[2]]
      expect((await lab.call('ListBonusPayments', { AssignmentId })).BonusPayments).toEqual(mine)
      expect((await lab.call('ListBonusPayments', { HITId, AssignmentId })).BonusPayments).toEqual(mine)
      expect(worker.workerId).not.toBe(second.workerId)
    })
  })

  describe('blocks [hits 13]', () => {
    test('no accepting any more, from this requester; what is open is submitted and paid', async () => {
      const [lab, other] = [await journey().laboratory(), await journey().laboratory()]
      const worker = await journey().worker()
      const WorkerId = worker.workerId
      const AssignmentId = await worker.accept((await lab.create()).HITId)
      expect(await lab.call('CreateWorkerBlock', { WorkerId, Reason: 'Copied.' })).toEqual({})
      const { HITId } = await lab.create()
      const accept = `workers/${WorkerId}/accept`
      expect(await worker.refusal(accept, { hitId: HITId })).toBe('WorkerBlocked')
      await worker.accept((await other.create()).HITId)
      await worker.submit(AssignmentId)
      await lab.call('ApproveAssignment', { AssignmentId })
      expect(await worker.earnings()).toBe('0.10+0.00')
      expect(await lab.call('DeleteWorkerBlock', { WorkerId, Reason: 'It was not he.' })).toEqual({})
      await worker.accept(HITId)
    })

    test('the list, a reason replaced, an unblocked worker unblocked', async () => {
      const lab = await journey().laboratory()
      const [first, second] = [await journey().worker(), await journey().worker()]
      for (const [{ workerId: WorkerId }, Reason] of [
        [first, 'Copied.'],
        [second, ''],
        [first, 'Copied again.'],
      ] as [Hand, string][]) {
        await lab.call('CreateWorkerBlock', { WorkerId, Reason })
        await journey().advance(1)
      }
      const { WorkerBlocks, NumResults } = await lab.call('ListWorkerBlocks', {})
      expect(NumResults).toBe(2)
      expect(WorkerBlocks).toHaveLength(2)
      expect(WorkerBlocks).toContainEqual({ WorkerId: first.workerId, Reason: 'Copied again.' })
      expect(WorkerBlocks).toContainEqual({ WorkerId: second.workerId, Reason: '' })
      for (let time = 0; time < 2; time++)
        expect(await lab.call('DeleteWorkerBlock', { WorkerId: first.workerId })).toEqual({})
      expect((await lab.call('ListWorkerBlocks', {})).NumResults).toBe(1)
    })

    test.each(['CreateWorkerBlock', 'DeleteWorkerBlock'] as const)(
      '%s: a worker who never was, and what is no worker at all [client W23]',
      async (operation) => {
        const lab = await journey().laboratory()
        const input = (WorkerId: string) => ({ WorkerId, Reason: 'A reason.' })
        await lab.refused(operation, input('A0NOBODY'), refused.value('WorkerId', 'A0NOBODY'))
        const pattern = 'Member must satisfy regular expression pattern: ^A[A-Z0-9]+$'
        for (const wrong of ['B2XWZ93ZKAVL7P', 'a2xwz', 'A-1'])
          await lab.refused(
            operation,
            input(wrong),
            refused.validation(`Value '${wrong}' at 'workerId' failed to satisfy constraint: ${pattern}`),
          )
      },
    )
  })
})
