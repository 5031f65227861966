import { expect, test } from 'vitest'
import type { QualificationRequest, RequestState } from '../domain/qualification-request.ts'
import { ids, onBothStores, usualNow, type TestStore } from '../../test/support/stores.ts'
import * as requests from './qualification-requests.ts'

const request = (changes: Partial<QualificationRequest> = {}): QualificationRequest => ({
  id: ids.entity(usualNow),
  qualificationTypeId: 'TYPE',
  requesterId: 'OWNER',
  workerId: 'WORKER',
  state: 'Submitted',
  testHash: undefined,
  answerKeyHash: undefined,
  answer: undefined,
  requestedAt: usualNow,
  submittedAt: usualNow,
  deadline: undefined,
  ...changes,
})

const add = ({ write }: TestStore, ...all: QualificationRequest[]) =>
  write(async (tx) => {
    for (const one of all) await requests.add(tx, one)
  })

onBothStores('qualification requests', (stores) => {
  const find = (id: string) => stores().production.read((tx) => requests.find(tx, id))

  test('are kept with all that they have, in one market', async () => {
    const { production, sandbox } = stores()
    const full = request({
      state: 'AwaitingTest',
      testHash: 'T',
      answerKeyHash: 'K',
      answer: '<ŝ/> 🐦',
      submittedAt: undefined,
      deadline: 8.64e15,
    })
    const bare = request()
    await add(production, full, bare)
    expect([await find(full.id), await find(bare.id)]).toEqual([full, bare])
    expect(await find('UNKNOWN')).toBeUndefined()
    expect(await production.write((tx) => requests.lock(tx, full.id))).toEqual(full)
    expect(await production.write((tx) => requests.lock(tx, 'UNKNOWN'))).toBeUndefined()
    expect(await sandbox.read((tx) => requests.find(tx, full.id))).toBeUndefined()
  })

  test('the latest of a type and worker is found, whatever its state [qualifications 2.3]', async () => {
    const { production } = stores()
    const workerId = ids.person()
    const latest = () => production.read((tx) => requests.findLatest(tx, 'TYPE', workerId))
    expect(await latest()).toBeUndefined()
    const first = request({ workerId, requestedAt: 5, state: 'Rejected' })
    const second = request({ workerId, requestedAt: 7, state: 'Granted' })
    const sameTime = request({ workerId, requestedAt: 7, state: 'Submitted' })
    await add(production, second, first)
    await add(production, request({ workerId, qualificationTypeId: 'OTHER', requestedAt: 9 }))
    await add(production, request({ workerId: 'OTHER', requestedAt: 9 }))
    expect(await latest()).toEqual(second)
    await add(production, sameTime)
    expect((await latest())?.id).toBe([second.id, sameTime.id].sort().at(-1))
  })

  test('are moved from the state that was read; a second mover is a bug', async () => {
    const { production } = stores()
    const open = request({
      state: 'AwaitingTest',
      testHash: 'T',
      submittedAt: undefined,
      deadline: usualNow + 1,
    })
    await add(production, open)
    const answered: QualificationRequest = {
      ...open,
      state: 'Submitted',
      answer: '<a/>',
      submittedAt: usualNow,
    }
    const move = (from: RequestState, to: QualificationRequest) =>
      production.write((tx) => requests.move(tx, from, to))
    await move('AwaitingTest', answered)
    expect(await find(open.id)).toEqual(answered)
    await expect(move('AwaitingTest', { ...answered, state: 'Granted' })).rejects.toThrow(
      `request ${open.id} is not AwaitingTest any more`,
    )
    expect(await find(open.id)).toEqual(answered)
  })

  test('pending ones are listed oldest first, of an owner and of a type, from page to page [qualifications 3.10]', async () => {
    const { production } = stores()
    const requesterId = ids.person()
    const [one, two] = [ids.entity(usualNow), ids.entity(usualNow)]
    const of = (qualificationTypeId: string, submittedAt: number, changes = {}) =>
      request({ requesterId, qualificationTypeId, submittedAt, ...changes })
    const list = [of(one, 1), of(two, 3), of(one, 3), of(one, 3), of(two, 4)].sort(
      (a, b) => a.submittedAt! - b.submittedAt! || (a.id < b.id ? -1 : 1),
    )
    const others: RequestState[] = ['AwaitingTest', 'Granted', 'Rejected']
    await add(production, ...list.toReversed(), ...others.map((state) => of(one, 2, { state })))
    await add(production, request({ submittedAt: 2 }))
    for (const [by, id] of [
      ['requester', requesterId],
      ['type', one],
    ] as const) {
      const page = (after: { time: number; id: string } | undefined, limit: number) =>
        production.read((tx) => requests.listPending(tx, by, id, after, limit))
      const expected = list.filter((entry) => by === 'requester' || entry.qualificationTypeId === one)
      expect(await page(undefined, 100)).toEqual(expected)
      for (const [i, entry] of expected.entries())
        expect(await page({ time: entry.submittedAt!, id: entry.id }, 2)).toEqual(
          expected.slice(i + 1, i + 3),
        )
    }
  })
})
