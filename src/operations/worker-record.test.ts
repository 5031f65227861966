// Who may see, preview and accept HITs that require what requesters grant [qualifications 4.2, 4.4, 4.6]: the same
// answer in the list of groups, in the preview and at the accept.
import { afterEach, expect, test } from 'vitest'
import { checkLedger } from '../../test/support/ledger-audit.ts'
import { everyGroup } from '../../test/support/group-lists.ts'
import { onBothDatabases, type TestClient } from '../../test/support/market.ts'
import { createType } from '../../test/support/qualification-members.ts'
import { createHIT } from '../../test/support/steps.ts'
import { isFault } from '../domain/fault.ts'
import type { OperationInput } from '../model/operations.ts'
import { AcceptHIT, type AcceptInput } from './worker/AcceptHIT.ts'
import { PreviewHIT } from './worker/PreviewHIT.ts'
import { ReturnAssignment } from './worker/ReturnAssignment.ts'

type Requirement = NonNullable<OperationInput<'CreateHIT'>['QualificationRequirements']>[number]

/** Comparators with values, and which grants meet them; `none` is a worker without the grant. */
const comparators: [
  Requirement['Comparator'],
  number[],
  { met: number[]; unmet: number[]; none: boolean },
][] = [
  ['LessThan', [5], { met: [4, -2], unmet: [5, 6], none: false }],
  ['LessThanOrEqualTo', [5], { met: [4, 5], unmet: [6], none: false }],
  ['GreaterThan', [-1], { met: [0, 7], unmet: [-1, -2], none: false }],
  ['GreaterThanOrEqualTo', [5], { met: [5, 6], unmet: [4], none: false }],
  ['EqualTo', [0], { met: [0], unmet: [1, -1], none: false }],
  ['NotEqualTo', [0], { met: [1, -1], unmet: [0], none: false }],
  ['In', [3, 5], { met: [3, 5], unmet: [4], none: false }],
  ['NotIn', [3, 5], { met: [4], unmet: [3, 5], none: false }],
  ['Exists', [], { met: [0, 1, -9], unmet: [], none: false }],
  ['DoesNotExist', [], { met: [], unmet: [0, 1], none: true }],
]

/** What an unmet requirement of each kind leaves: discover, preview, accept. */
const guarded: [NonNullable<Requirement['ActionsGuarded']>, string][] = [
  ['Accept', 'discover preview'],
  ['PreviewAndAccept', 'discover'],
  ['DiscoverPreviewAndAccept', ''],
]

onBothDatabases('eligibility by grants', (market) => {
  afterEach(() => checkLedger(market()))

  const grant = (client: TestClient, QualificationTypeId: string, WorkerId: string, IntegerValue: number) =>
    client.call('AssociateQualificationWithWorker', { QualificationTypeId, WorkerId, IntegerValue })

  /** A HIT with the requirements; as they name types of the test's own, its group is its own too. */
  const offer = (client: TestClient, ...QualificationRequirements: Requirement[]) =>
    createHIT(client, { QualificationRequirements })

  /** What the worker may do with the HIT, as the list, the preview and the accept agree. Gives the HIT back. */
  const mayDo = async (workerId: string, { HITId, HITGroupId }: { HITId: string; HITGroupId: string }) => {
    const caller = { kind: 'worker', workerId } as const
    const groups = await market().market.listGroups(caller, everyGroup)
    if (isFault(groups)) throw new Error(groups.fault)
    const group = groups.groups.find(({ type }) => type.groupId === HITGroupId)!
    const allowed = (['discover', 'preview', 'accept'] as const).filter((action) => group[action])
    const preview = await market().market.runner.run(PreviewHIT, caller, { groupId: HITGroupId })
    expect(isFault(preview) ? preview.fault : 'shown').toBe(
      allowed.includes('preview') ? 'shown' : 'QualificationsNotMet',
    )
    for (const target of [{ hitId: HITId }, { groupId: HITGroupId }]) {
      const accepted = await accept(caller, target)
      expect(accepted).toBe(allowed.includes('accept') ? 'accepted' : 'QualificationsNotMet')
    }
    return allowed.join(' ')
  }
  const accept = async (caller: { kind: 'worker'; workerId: string }, target: AcceptInput) => {
    const { runner } = market().market
    const assignment = await runner.run(AcceptHIT, caller, target)
    if (isFault(assignment)) return assignment.fault
    const back = await runner.run(ReturnAssignment, caller, { assignmentId: assignment.id })
    return isFault(back) ? back.fault : 'accepted'
  }
  const all = 'discover preview accept'

  test.each(comparators)('%s %j [qualifications 4.2]', async (Comparator, values, { met, unmet, none }) => {
    const client = await market().requester()
    const { QualificationTypeId } = await createType(client)
    const requirement: Requirement = {
      QualificationTypeId,
      Comparator,
      ...(values.length > 0 && { IntegerValues: values }),
      ActionsGuarded: 'DiscoverPreviewAndAccept',
    }
    const hit = await offer(client, requirement)
    const { workerId } = await market().worker()
    expect(await mayDo(workerId, hit), 'without the grant').toBe(none ? all : '')
    for (const [values, expected] of [
      [met, all],
      [unmet, ''],
    ] as const)
      for (const value of values) {
        await grant(client, QualificationTypeId, workerId, value)
        expect(await mayDo(workerId, hit), `with ${value}`).toBe(expected)
      }
    await grant(client, QualificationTypeId, workerId, 0)
    await client.call('DisassociateQualificationFromWorker', { QualificationTypeId, WorkerId: workerId })
    expect(await mayDo(workerId, hit), 'after the grant was taken back').toBe(none ? all : '')
  })

  test.each(guarded)(
    '%s leaves an unqualified worker "%s" [qualifications 4.4]',
    async (ActionsGuarded, left) => {
      const client = await market().requester()
      const { QualificationTypeId } = await createType(client)
      const hit = await offer(client, { QualificationTypeId, Comparator: 'Exists', ActionsGuarded })
      const { workerId } = await market().worker()
      expect(await mayDo(workerId, hit)).toBe(left)
      await grant(client, QualificationTypeId, workerId, 1)
      expect(await mayDo(workerId, hit)).toBe(all)
    },
  )

  test('all requirements must be met, each for what it guards [qualifications 4.1, 4.4]', async () => {
    const client = await market().requester()
    const types = [await createType(client), await createType(client), await createType(client)]
    const ids = types.map(({ QualificationTypeId }) => QualificationTypeId)
    const hit = await offer(
      client,
      ...guarded.map(([ActionsGuarded], i): Requirement => ({
        QualificationTypeId: ids[i]!,
        Comparator: 'Exists',
        ActionsGuarded,
      })),
    )
    const { workerId } = await market().worker()
    expect(await mayDo(workerId, hit)).toBe('')
    await grant(client, ids[2]!, workerId, 1)
    expect(await mayDo(workerId, hit)).toBe('discover')
    await grant(client, ids[1]!, workerId, 1)
    expect(await mayDo(workerId, hit)).toBe('discover preview')
    await grant(client, ids[0]!, workerId, 1)
    expect(await mayDo(workerId, hit)).toBe(all)
  })

  test('two requirements of one type make a range; one of the system counts beside them', async () => {
    const client = await market().requester()
    const { QualificationTypeId } = await createType(client)
    const of = (Comparator: Requirement['Comparator'], value: number): Requirement => ({
      QualificationTypeId,
      Comparator,
      IntegerValues: [value],
    })
    const hit = await offer(client, of('GreaterThan', 3), of('LessThan', 6), {
      QualificationTypeId: '00000000000000000071',
      Comparator: 'EqualTo',
      LocaleValues: [{ Country: 'US' }],
    })
    const [american, other] = [
      await market().worker({ country: 'US', subdivision: 'CA' }),
      await market().worker({ country: 'DE' }),
    ]
    for (const [value, expected] of [
      [3, 'discover preview'],
      [4, all],
      [6, 'discover preview'],
    ] as const) {
      for (const { workerId } of [american, other]) await grant(client, QualificationTypeId, workerId, value)
      expect(await mayDo(american.workerId, hit)).toBe(expected)
      expect(await mayDo(other.workerId, hit)).toBe('discover preview')
    }
  })

  test('a grant is of one worker and one type', async () => {
    const client = await market().requester()
    const [asked, another] = [await createType(client), await createType(client)]
    const hit = await offer(client, { QualificationTypeId: asked.QualificationTypeId, Comparator: 'Exists' })
    const [has, lacks] = [await market().worker(), await market().worker()]
    await grant(client, asked.QualificationTypeId, has.workerId, 1)
    await grant(client, another.QualificationTypeId, lacks.workerId, 1)
    expect(await mayDo(has.workerId, hit)).toBe(all)
    expect(await mayDo(lacks.workerId, hit)).toBe('discover preview')
  })

  test('a grant that is lost after the accept cancels nothing [qualifications 4.6]', async () => {
    const client = await market().requester()
    const { QualificationTypeId } = await createType(client)
    const { HITId } = await offer(client, { QualificationTypeId, Comparator: 'Exists' })
    const worker = await market().worker()
    await grant(client, QualificationTypeId, worker.workerId, 1)
    const assignmentId = await worker.accept({ hitId: HITId })
    await client.call('DisassociateQualificationFromWorker', {
      QualificationTypeId,
      WorkerId: worker.workerId,
    })
    expect(await worker.submit(assignmentId)).toBe('')
  })

  test('a long list of groups that require many types is judged like a short one', async () => {
    const client = await market().requester()
    const { workerId } = await market().worker()
    const hits = []
    for (let i = 0; i < 12; i++) {
      const { QualificationTypeId } = await createType(client)
      hits.push(await offer(client, { QualificationTypeId, Comparator: 'Exists' }))
      if (i % 2 === 0) await grant(client, QualificationTypeId, workerId, i)
    }
    const answers = []
    for (const hit of hits) answers.push((await mayDo(workerId, hit)) === all)
    expect(answers).toEqual(hits.map((_, i) => i % 2 === 0))
  })
})
