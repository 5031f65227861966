import { describe, expect, test } from 'vitest'
import { onBothDatabases, type TestWorker } from '../../../test/support/market.ts'
import { changesIn } from '../../../test/support/refusals.ts'
import { accept, createHIT, earningsOf, expireNow, work } from '../../../test/support/steps.ts'
import { must, nobody } from '../../../test/support/worker-calls.ts'
import { ListSubmissions, type SubmissionRange } from './ListSubmissions.ts'

const hour = 3600
const ever: SubmissionRange = { from: 0, to: Number.MAX_SAFE_INTEGER, offset: 0, limit: 100 }

onBothDatabases('ListSubmissions', (market) => {
  const passUnnoticed = (seconds: number) => market().clock.set(market().clock.now() + seconds * 1000)
  const list = (worker: Pick<TestWorker, 'workerId'>, range: Partial<SubmissionRange> = {}) =>
    must(market(), worker, ListSubmissions, { ...ever, ...range })
  const idsOf = async (worker: Pick<TestWorker, 'workerId'>, range: Partial<SubmissionRange> = {}) =>
    (await list(worker, range)).map(({ assignment }) => assignment.id)

  /** A worker who submitted `count` HITs, one each second; their ids, latest first, and the time of the first. */
  const submissions = async (count: number, changes = {}) => {
    const client = await market().requester()
    const worker = await market().worker()
    const first = market().clock.now()
    const ids: string[] = []
    for (let i = 0; i < count; i++) {
      if (i > 0) passUnnoticed(1)
      ids.unshift(await work(worker, await createHIT(client, changes)))
    }
    return { client, worker, first, ids }
  }

  test('an entry as its worker sees it; looking changes nothing [websites 1.9]', async () => {
    const { worker, ids } = await submissions(1)
    const before = await changesIn(market())
    expect(await list(worker)).toEqual([
      {
        assignment: expect.objectContaining({ id: ids[0], state: 'Submitted' }) as unknown,
        title: 'Listen to a bird',
        requesterName: 'Test Laboratory',
        reward: 10n,
      },
    ])
    expect(await changesIn(market())).toBe(before)
  })

  test('the latest comes first, in pages', async () => {
    const { worker, ids } = await submissions(7)
    expect(await idsOf(worker)).toEqual(ids)
    expect(await idsOf(worker, { limit: 3 })).toEqual(ids.slice(0, 3))
    expect(await idsOf(worker, { limit: 3, offset: 3 })).toEqual(ids.slice(3, 6))
    expect(await idsOf(worker, { limit: 3, offset: 6 })).toEqual(ids.slice(6))
    expect(await idsOf(worker, { limit: 3, offset: 9 })).toEqual([])
  })

  test('a span holds its first moment and not its last', async () => {
    const { worker, ids, first } = await submissions(3)
    const within = (from: number, to: number) => idsOf(worker, { from: first + from, to: first + to })
    expect(await within(0, 2000)).toEqual(ids.slice(1))
    expect(await within(0, 2001)).toEqual(ids)
    expect(await within(1, 2000)).toEqual([ids[1]])
    expect(await within(1000, 1001)).toEqual([ids[1]])
    expect(await within(1001, 2000)).toEqual([])
  })

  test('the day is that of the submission, not of the acceptance [websites 1.8]', async () => {
    const hit = await createHIT(await market().requester())
    const worker = await market().worker()
    const id = await accept(worker, hit)
    const accepted = market().clock.now()
    passUnnoticed(600)
    await worker.submit(id)
    expect(await idsOf(worker, { from: accepted, to: accepted + 600_000 })).toEqual([])
    expect(await idsOf(worker, { from: accepted + 600_000 })).toEqual([id])
  })

  test('what is open, returned or abandoned is not listed [websites 1.9]', async () => {
    const client = await market().requester()
    const worker = await market().worker()
    await accept(worker, await createHIT(client, { AssignmentDurationInSeconds: 60 }))
    await worker.giveBack(await accept(worker, await createHIT(client)))
    await market().advance(60)
    await accept(worker, await createHIT(client))
    expect(await idsOf(worker)).toEqual([])
  })

  test('what the requester decided and wrote, newest first [hits 6.5, websites 1.9]', async () => {
    const { client, worker, ids } = await submissions(3)
    await client.call('RejectAssignment', { AssignmentId: ids[1]!, RequesterFeedback: 'No bird.' })
    await client.call('ApproveAssignment', { AssignmentId: ids[2]!, RequesterFeedback: 'A bird.' })
    const states = (await list(worker)).map(({ assignment }) => [assignment.state, assignment.feedback])
    expect(states).toEqual([
      ['Submitted', undefined],
      ['Rejected', 'No bird.'],
      ['Approved', 'A bird.'],
    ])
  })

  test('work approved by time this moment is shown as approved, and is paid [hits 6.3]', async () => {
    const { worker, ids } = await submissions(2, { AutoApprovalDelayInSeconds: hour })
    passUnnoticed(hour - 1)
    const states = (await list(worker)).map(({ assignment }) => [assignment.id, assignment.state])
    expect(states).toEqual([
      [ids[0], 'Submitted'],
      [ids[1], 'Approved'],
    ])
    expect(await earningsOf(market(), worker.workerId)).toMatchObject({ rewards: 10n, approved: 1 })
  })

  test('work on a deleted HIT, and on one whose type changed, stays in the list [hits 5.8]', async () => {
    const { client, worker, ids } = await submissions(1)
    const { Assignment } = await client.call('GetAssignment', { AssignmentId: ids[0]! })
    await client.call('RejectAssignment', { AssignmentId: ids[0]!, RequesterFeedback: '' })
    await expireNow(client, Assignment!.HITId!)
    await client.call('DeleteHIT', { HITId: Assignment!.HITId! })
    expect(await list(worker)).toMatchObject([{ title: 'Listen to a bird', reward: 10n }])
  })

  describe('whose', () => {
    test('each worker sees his own; who did nothing sees nothing', async () => {
      const [one, other] = [await submissions(1), await submissions(2)]
      expect(await idsOf(one.worker)).toEqual(one.ids)
      expect(await idsOf(other.worker)).toEqual(other.ids)
      for (const who of [await market().worker(), nobody]) expect(await idsOf(who)).toEqual([])
    })
  })
})
