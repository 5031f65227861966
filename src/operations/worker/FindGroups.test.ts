import { expect, test } from 'vitest'
import { onBothDatabases, type TestWorker } from '../../../test/support/market.ts'
import { createType } from '../../../test/support/qualification-members.ts'
import { accept, createHIT, work } from '../../../test/support/steps.ts'
import { attempt, must, nobody } from '../../../test/support/worker-calls.ts'
import { changesIn } from '../../../test/support/refusals.ts'
import { server } from '../../limits.ts'
import { FindGroups } from './FindGroups.ts'

onBothDatabases('FindGroups', (market) => {
  const find = (worker: TestWorker, ...groupIds: string[]) => must(market(), worker, FindGroups, { groupIds })

  test('by either id, in the order asked for, each once, unknown ids left out [hits 3]', async () => {
    const client = await market().requester()
    const first = await createHIT(client, { Title: 'first' })
    const second = await createHIT(client, { Title: 'second' })
    const worker = await market().worker()
    const before = await changesIn(market())
    const titles = async (...ids: string[]) => (await find(worker, ...ids)).map(({ type }) => type.title)
    expect(await titles(second.HITGroupId, 'NONE', first.HITTypeId)).toEqual(['second', 'first'])
    expect(await titles(first.HITGroupId, first.HITTypeId)).toEqual(['first'])
    expect(await titles()).toEqual([])
    expect(await changesIn(market())).toBe(before)
  })

  test('with what the list says of it, also when nothing is left [websites 1.3]', async () => {
    const client = await market().requester()
    const made = market().clock.now()
    const hit = await createHIT(client, { LifetimeInSeconds: 600 })
    const worker = await market().worker()
    const open = {
      requesterName: 'Test Laboratory',
      figures: { assignable: 1, createdAt: made, updatedAt: made, latestExpiration: made + 600_000 },
      pay: { medianSeconds: undefined, samples: 0 },
      requester: { activity: 'None', samples: 0 },
      requirements: [],
      discover: true,
      preview: true,
      accept: true,
      refusal: undefined,
    }
    expect(await find(worker, hit.HITGroupId)).toMatchObject([open])
    await accept(worker, hit)
    expect(await find(worker, hit.HITGroupId)).toMatchObject([{ figures: { assignable: 0 }, accept: true }])
  })

  test('the pay is that of others [websites 1.3]', async () => {
    const client = await market().requester()
    const hit = await createHIT(client, { MaxAssignments: 4 })
    const [one, other, idle] = [await market().worker(), await market().worker(), await market().worker()]
    for (const [worker, seconds] of [
      [one, 60],
      [other, 20],
    ] as const) {
      const assignment = await accept(worker, hit)
      await market().advance(seconds)
      await worker.submit(assignment)
    }
    await market().market.groupKeeper.keepUp()
    const payFor = async (worker: TestWorker) => (await find(worker, hit.HITGroupId))[0]?.pay
    expect(await payFor(one)).toEqual({ medianSeconds: 20, samples: 1 })
    expect(await payFor(other)).toEqual({ medianSeconds: 60, samples: 1 })
    expect(await payFor(idle)).toEqual({ medianSeconds: 40, samples: 2 })
  })

  test('a requirement comes with the worker’s value and what the type is [websites 1.3]', async () => {
    const client = await market().requester()
    const { QualificationTypeId } = await createType(client)
    const { HITGroupId } = await createHIT(client, {
      QualificationRequirements: [
        { QualificationTypeId, Comparator: 'GreaterThan', IntegerValues: [5] },
        { QualificationTypeId: '00000000000000000040', Comparator: 'LessThan', IntegerValues: [1] },
      ],
    })
    const worker = await market().worker()
    const seen = async () => (await find(worker, HITGroupId))[0]!.requirements
    expect(await seen()).toMatchObject([
      { isMet: false, value: undefined, type: { isRequestable: true, hasTest: false } },
      { isMet: true, value: 0, type: { name: 'Total approved HITs', isRequestable: false } },
    ])
    await client.call('AssociateQualificationWithWorker', {
      QualificationTypeId,
      WorkerId: worker.workerId,
      IntegerValue: 6,
    })
    const shown = await client.call('GetQualificationType', { QualificationTypeId })
    const { Name: name, Description: description } = shown.QualificationType!
    expect(await seen()).toMatchObject([{ isMet: true, value: 6, type: { name, description } }, {}])
  })

  test('the requester’s record comes from his decisions [websites 1.3]', async () => {
    const client = await market().requester()
    const hit = await createHIT(client, { MaxAssignments: 9 })
    const worker = await market().worker()
    const record = async () => (await find(worker, hit.HITGroupId))[0]!.requester
    const decide = async (operation: 'ApproveAssignment' | 'RejectAssignment', after: number) => {
      const AssignmentId = await work(await market().worker(), hit)
      await market().advance(after)
      await client.call(operation, { AssignmentId, RequesterFeedback: 'x' })
    }
    await decide('ApproveAssignment', 60)
    await decide('ApproveAssignment', 600)
    await decide('RejectAssignment', 120)
    await market().advance(60)
    expect(await record()).toEqual({
      activity: 'Limited',
      approvalRate: 2 / 3,
      reviewSeconds: 120,
      samples: 3,
    })
    // What is long ago counts no more with the next work that he offers.
    await market().advance(31 * 86_400)
    await createHIT(client)
    await market().advance(server.groups.sweepInterval / 1000)
    expect(await record()).toMatchObject({ activity: 'None', samples: 3 })
  })

  test('nobody who does not exist', async () => {
    expect(await attempt(market(), nobody, FindGroups, { groupIds: [] })).toEqual({
      fault: 'WorkerDoesNotExist',
      workerId: nobody.workerId,
    })
  })
})
