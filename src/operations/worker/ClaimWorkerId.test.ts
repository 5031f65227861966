// A worker takes over his id of the real service, and what its requester told of it counts for him
// (docs/decisions/0013).
import { describe, expect, test } from 'vitest'
import { importLaboratory } from '../../../test/support/imports.ts'
import { externalQuestion, onBothDatabases, type TestWorker } from '../../../test/support/market.ts'
import { attempt, must } from '../../../test/support/worker-calls.ts'
import { claimSubject } from '../../secrets.ts'
import { SetWorkerState } from '../operator/SetWorkerState.ts'
import { CloseAccount, LeaveMarket } from './CloseAccount.ts'
import { ClaimWorkerId, ListClaims } from './ClaimWorkerId.ts'
import { downloadOf } from './DownloadData.ts'
import { ListQualifications } from './ListQualifications.ts'
import { PreviewHIT } from './PreviewHIT.ts'

onBothDatabases('ClaimWorkerId', (market) => {
  const laboratory = async () => {
    const made = await importLaboratory(market())
    await made.imports.worker({})
    return { ...made, requester: made.client.requesterId, earlierId: made.name('WORKER') }
  }
  const codeOf = (requesterId: string, earlierId: string) =>
    market().market.secrets.code(claimSubject('production', requesterId, earlierId))
  const input = (earlierId: string, code: string) => ({
    earlierId,
    isCodeOf: (requesterId: string) =>
      market().market.secrets.isCode(claimSubject('production', requesterId, earlierId), code),
  })
  const claim = ({ requester, earlierId }: { requester: string; earlierId: string }, worker: TestWorker) =>
    attempt(market(), worker, ClaimWorkerId, input(earlierId, codeOf(requester, earlierId)))
  const held = async (worker: TestWorker) =>
    (await must(market(), worker, ListQualifications, { limit: 100 })).types
      .filter(({ owner }) => owner !== undefined)
      .map(({ name, held: value }) => [name, value?.value, value?.earlierId])

  describe('a claim', () => {
    test('needs the code of a requester who brought the id; once more changes nothing', async () => {
      const one = await laboratory()
      const other = await laboratory()
      await other.imports.worker({ worker_id: one.earlierId })
      const worker = await market().worker()
      for (const [earlierId, code] of [
        [one.earlierId, ''],
        [one.earlierId, codeOf(one.requester, other.earlierId)],
        ['ANOBODY', codeOf(one.requester, 'ANOBODY')],
      ] as const)
        expect(await attempt(market(), worker, ClaimWorkerId, input(earlierId, code))).toEqual({
          fault: 'ClaimRefused',
          reason: 'code',
        })
      expect(await must(market(), worker, ListClaims, {})).toEqual([])
      const made = {
        requesterId: other.requester,
        workerId: one.earlierId,
        claimedAt: market().clock.now(),
        requesterName: 'Test Laboratory',
      }
      const target = { requester: other.requester, earlierId: one.earlierId }
      expect(await claim(target, worker)).toEqual(made)
      await market().advance(5)
      expect(await claim(target, worker)).toEqual(made)
      expect(await must(market(), worker, ListClaims, {})).toEqual([made])
    })

    test('is refused of what another has claimed, of a second id, and of an id of this market', async () => {
      const lab = await laboratory()
      const [first, second] = [await market().worker(), await market().worker()]
      expect(await claim(lab, first)).toMatchObject({ workerId: lab.earlierId })
      expect(await claim(lab, second)).toEqual({ fault: 'ClaimRefused', reason: 'taken' })
      const more = { ...lab, earlierId: lab.name('MORE') }
      await lab.imports.worker({ worker_id: more.earlierId })
      expect(await claim(more, first)).toEqual({ fault: 'ClaimRefused', reason: 'another' })
      await lab.imports.worker({ worker_id: second.workerId })
      const living = { ...lab, earlierId: second.workerId }
      expect(await claim(living, await market().worker())).toEqual({ fault: 'ClaimRefused', reason: 'code' })
    })

    test('of one id by two at once is kept of one', async () => {
      const lab = await laboratory()
      const two = [await market().worker(), await market().worker()]
      const results = await Promise.all(two.map((worker) => claim(lab, worker)))
      expect(results.map((result) => ('reason' in result ? result.reason : 'claimed')).sort()).toEqual([
        'claimed',
        'taken',
      ])
    })

    test('is not for who is suspended or gone', async () => {
      const lab = await laboratory()
      const [suspended, gone] = [await market().worker(), await market().worker()]
      const { runner } = market().market
      await runner.run(
        SetWorkerState,
        { kind: 'operator' },
        { workerId: suspended.workerId, suspended: true },
      )
      await runner.run(CloseAccount, { kind: 'worker', workerId: gone.workerId }, { wallNow: 1 })
      expect(await claim(lab, suspended)).toEqual({ fault: 'WorkerSuspended' })
      expect(await claim(lab, gone)).toMatchObject({ fault: 'WorkerDoesNotExist' })
    })
  })

  test('scores of the id count, one of his own comes first, also one that was taken back', async () => {
    const lab = await laboratory()
    const worker = await market().worker()
    const { client, earlierId } = lab
    const make = async (name: string) =>
      (
        await client.call('CreateQualificationType', {
          Name: `${name} ${earlierId}`,
          Description: 'x',
          QualificationTypeStatus: 'Active',
        })
      ).QualificationType!.QualificationTypeId!
    const give = (type: string, to: string, value: number) =>
      client.call('AssociateQualificationWithWorker', {
        QualificationTypeId: type,
        WorkerId: to,
        IntegerValue: value,
      })
    const [birds, fish, owls] = [await make('Birds'), await make('Fish'), await make('Owls')]
    for (const type of [birds, fish, owls]) await give(type, earlierId, 80)
    await give(fish, worker.workerId, 30)
    await give(owls, worker.workerId, 30)
    await client.call('DisassociateQualificationFromWorker', {
      QualificationTypeId: owls,
      WorkerId: worker.workerId,
    })
    const { HIT } = await client.call('CreateHIT', {
      Title: 'A bird',
      Description: 'x',
      Reward: '0.05',
      MaxAssignments: 5,
      LifetimeInSeconds: 3600,
      AssignmentDurationInSeconds: 600,
      Question: externalQuestion,
      QualificationRequirements: [
        {
          QualificationTypeId: birds,
          Comparator: 'GreaterThan',
          IntegerValues: [70],
          ActionsGuarded: 'PreviewAndAccept',
        },
      ],
    })
    const target = { groupId: HIT!.HITTypeId! }
    expect(await worker.accept(target)).toBe('QualificationsNotMet')
    expect(await claim(lab, worker)).toMatchObject({ requesterId: lab.requester })
    expect(await attempt(market(), worker, PreviewHIT, target)).not.toHaveProperty('fault')
    expect((await held(worker)).toSorted()).toEqual([
      [`Birds ${earlierId}`, 80, earlierId],
      [`Fish ${earlierId}`, 30, undefined],
    ])
    const first = await must(market(), worker, ListQualifications, { limit: 8 })
    expect(first.total).toBe(9)
    const rest = await must(market(), worker, ListQualifications, { limit: 8, token: first.next })
    expect([first.types.length, rest.types.length, rest.next]).toEqual([8, 1, undefined])
    expect(await worker.accept(target)).toMatch(/^3/)
    const score = { QualificationTypeId: birds, WorkerId: worker.workerId }
    const { Qualification } = await client.call('GetQualificationScore', score)
    expect(Qualification).toMatchObject({ WorkerId: worker.workerId, IntegerValue: 80 })
    await client.call('CreateWorkerBlock', { WorkerId: earlierId, Reason: 'x' })
    expect(await worker.accept(target)).toBe('WorkerBlocked')
  })

  test('closing the account releases the id; until then it is in the file to take away', async () => {
    const lab = await laboratory()
    const [first, second] = [await market().worker(), await market().worker()]
    await claim(lab, first)
    const { runner } = market().market
    let text = ''
    const source = { environment: 'production', runner, decrypt: (sealed: string) => sealed }
    for await (const piece of downloadOf([source], first.workerId)) text += piece
    expect(text).toContain(`"earlierWorkerId":"${lab.earlierId}"`)
    await runner.run(LeaveMarket, { kind: 'worker', workerId: first.workerId }, { email: undefined })
    expect(await claim(lab, second)).toMatchObject({ workerId: lab.earlierId })
  })
})
