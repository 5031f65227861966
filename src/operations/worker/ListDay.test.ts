import { describe, expect, test } from 'vitest'
import { pacificDay } from '../../clock.ts'
import { onBothDatabases, type TestWorker } from '../../../test/support/market.ts'
import { changesIn } from '../../../test/support/refusals.ts'
import { accept, createHIT, earningsOf, expireNow, work } from '../../../test/support/steps.ts'
import { must, nobody } from '../../../test/support/worker-calls.ts'
import { question, questionForm } from '../../domain/question/examples.ts'
import { operator } from '../operation.ts'
import { SetRequesterState } from '../operator/SetRequesterState.ts'
import { ListDay, type DayQuery } from './ListDay.ts'

const hour = 3600
const day = 24 * hour

onBothDatabases('ListDay', (market) => {
  const passUnnoticed = (seconds: number) => market().clock.set(market().clock.now() + seconds * 1000)
  const today = () => pacificDay(market().clock.now())
  /** Moves the clock to this time of a Pacific day that is still to come. */
  const goTo = (time: string) => market().advance((Date.parse(time) - market().clock.now()) / 1000)
  const list = (worker: Pick<TestWorker, 'workerId'>, query: Partial<DayQuery> = {}) =>
    must(market(), worker, ListDay, { day: today(), offset: 0, limit: 100, ...query })
  const idsOf = async (worker: Pick<TestWorker, 'workerId'>, query: Partial<DayQuery> = {}) =>
    (await list(worker, query)).submissions.map(({ assignment }) => assignment.id)

  /** A worker who submitted `count` HITs, one each second; their ids, latest first. */
  const submissions = async (count: number, changes = {}) => {
    const client = await market().requester()
    const worker = await market().worker()
    const ids: string[] = []
    for (let i = 0; i < count; i++) {
      if (i > 0) passUnnoticed(1)
      ids.unshift(await work(worker, await createHIT(client, changes)))
    }
    return { client, worker, ids }
  }

  test('an entry as its worker sees it; looking changes nothing [websites 1.9]', async () => {
    const { worker, ids } = await submissions(1)
    const before = await changesIn(market())
    expect(await list(worker)).toMatchObject({
      submissions: [
        {
          assignment: { id: ids[0], state: 'Submitted' },
          type: { title: 'Listen to a bird', reward: 10n },
          requesterName: 'Test Laboratory',
          state: 'Submitted',
        },
      ],
      total: 1,
      record: { submitted: 1, approved: 0, rejected: 0, rewards: 0n, bonuses: 0n },
    })
    expect(await changesIn(market())).toBe(before)
  })

  test('the latest comes first, in pages, with the number over all of them [websites 1.9]', async () => {
    const { worker, ids } = await submissions(7)
    expect(await idsOf(worker)).toEqual(ids)
    expect(await idsOf(worker, { limit: 3 })).toEqual(ids.slice(0, 3))
    expect(await idsOf(worker, { limit: 3, offset: 3 })).toEqual(ids.slice(3, 6))
    expect(await idsOf(worker, { limit: 3, offset: 6 })).toEqual(ids.slice(6))
    expect(await list(worker, { limit: 3, offset: 9 })).toMatchObject({ submissions: [], total: 7 })
  })

  test.each([
    ['in winter', '2027-01-16T08:00:00Z'],
    ['in summer', '2027-07-02T07:00:00Z'],
    ['after a day of 23 hours', '2028-03-13T07:00:00Z'],
    ['after a day of 25 hours', '2028-11-06T08:00:00Z'],
  ])('a Pacific day ends at its midnight, %s [websites 1.8]', async (_, midnight) => {
    await goTo(midnight)
    await market().advance(-1)
    const { client, worker, ids } = await submissions(1)
    const [before] = [today()]
    passUnnoticed(1)
    const next = await work(worker, await createHIT(client))
    expect(today() > before).toBe(true)
    expect(await idsOf(worker, { day: before })).toEqual(ids)
    expect(await idsOf(worker)).toEqual([next])
    expect((await list(worker, { day: before })).record).toMatchObject({ submitted: 1 })
  })

  test('the day is that of the submission, not of the acceptance [websites 1.8]', async () => {
    const hit = await createHIT(await market().requester(), { AssignmentDurationInSeconds: 2 * day })
    const worker = await market().worker()
    const id = await accept(worker, hit)
    const accepted = today()
    passUnnoticed(day)
    await worker.submit(id)
    expect(await idsOf(worker, { day: accepted })).toEqual([])
    expect(await idsOf(worker)).toEqual([id])
  })

  test('what is open, returned or abandoned is not listed [websites 1.9]', async () => {
    const client = await market().requester()
    const worker = await market().worker()
    await accept(worker, await createHIT(client, { AssignmentDurationInSeconds: 60 }))
    await worker.giveBack(await accept(worker, await createHIT(client)))
    await market().advance(60)
    await accept(worker, await createHIT(client))
    expect(await list(worker)).toEqual({ submissions: [], total: 0, record: undefined })
  })

  test('what the requester decided and wrote, newest first [hits 6.5, websites 1.9]', async () => {
    const { client, worker, ids } = await submissions(3)
    await client.call('RejectAssignment', { AssignmentId: ids[1]!, RequesterFeedback: 'No bird.' })
    await client.call('ApproveAssignment', { AssignmentId: ids[2]!, RequesterFeedback: 'A bird.' })
    const { submissions: found, record } = await list(worker)
    expect(found.map(({ state, assignment }) => [state, assignment.feedback])).toEqual([
      ['Submitted', undefined],
      ['Rejected', 'No bird.'],
      ['Approved', 'A bird.'],
    ])
    expect(record).toMatchObject({ submitted: 3, approved: 1, rejected: 1, rewards: 10n, earned: 10n })
  })

  test('Approved becomes Paid after eight hours, but never without a reward [websites 1.9]', async () => {
    const { client, worker, ids } = await submissions(1, { Reward: '0.10' })
    const free = await work(worker, await createHIT(client, { Reward: '0.00' }))
    for (const AssignmentId of [ids[0]!, free]) await client.call('ApproveAssignment', { AssignmentId })
    const submittedOn = today()
    const states = async () =>
      (await list(worker, { day: submittedOn })).submissions.map(({ state }) => state).toSorted()
    passUnnoticed(8 * hour - 1)
    expect(await states()).toEqual(['Approved', 'Approved'])
    passUnnoticed(1)
    expect(await states()).toEqual(['Approved', 'Paid'])
  })

  test('only what shows in one state, in pages of its own [websites 1.9]', async () => {
    const { client, worker, ids } = await submissions(5)
    for (const AssignmentId of ids.slice(0, 3))
      await client.call('RejectAssignment', { AssignmentId, RequesterFeedback: '' })
    await client.call('ApproveAssignment', { AssignmentId: ids[3]! })
    expect(await idsOf(worker, { state: 'Submitted' })).toEqual([ids[4]])
    expect(await idsOf(worker, { state: 'Approved' })).toEqual([ids[3]])
    expect(await idsOf(worker, { state: 'Paid' })).toEqual([])
    expect(await list(worker, { state: 'Rejected', offset: 2, limit: 2 })).toMatchObject({
      submissions: [{ assignment: { id: ids[2] } }],
      total: 3,
    })
  })

  test('work approved by time this moment is shown as approved, and is paid [hits 6.3]', async () => {
    const { worker, ids } = await submissions(2, { AutoApprovalDelayInSeconds: hour })
    passUnnoticed(hour - 1)
    const { submissions: found } = await list(worker, { day: pacificDay(market().clock.now() - hour * 1000) })
    expect(found.map(({ assignment }) => [assignment.id, assignment.state])).toEqual([
      [ids[0], 'Submitted'],
      [ids[1], 'Approved'],
    ])
    expect(await earningsOf(market(), worker.workerId)).toMatchObject({ rewards: 10n, approved: 1 })
  })

  test('it is told whose answers may still be changed', async () => {
    const { client, worker, ids } = await submissions(1)
    const { requesterId } = client
    await market().market.runner.run(SetRequesterState, operator, { requesterId, allowsEdits: true })
    const Question = questionForm(question('field', '<FreeTextAnswer/>'))
    passUnnoticed(1)
    const form = await work(worker, await createHIT(client, { Question }))
    const editable = async () =>
      (await list(worker)).submissions.map(({ assignment, isEditable }) => [assignment.id, isEditable])
    expect(await editable()).toEqual([
      [form, true],
      [ids[0], false],
    ])
    await client.call('ApproveAssignment', { AssignmentId: form })
    expect((await editable())[0]).toEqual([form, false])
  })

  test('work on a deleted HIT stays in the list [hits 5.8]', async () => {
    const { client, worker, ids } = await submissions(1)
    const { Assignment } = await client.call('GetAssignment', { AssignmentId: ids[0]! })
    await client.call('RejectAssignment', { AssignmentId: ids[0]!, RequesterFeedback: '' })
    await expireNow(client, Assignment!.HITId!)
    await client.call('DeleteHIT', { HITId: Assignment!.HITId! })
    expect((await list(worker)).submissions).toMatchObject([
      { type: { title: 'Listen to a bird', reward: 10n } },
    ])
  })

  describe('whose', () => {
    test('each worker sees his own; who did nothing sees nothing', async () => {
      const [one, other] = [await submissions(1), await submissions(2)]
      expect(await idsOf(one.worker)).toEqual(one.ids)
      expect(await idsOf(other.worker)).toEqual(other.ids)
      for (const who of [await market().worker(), nobody]) expect(await idsOf(who)).toEqual([])
    })
  })

  test('a text that is no day is a mistake of the caller', async () => {
    await expect(list(nobody, { day: '2027-02-29' })).rejects.toThrow('2027-02-29 is no day')
  })
})
