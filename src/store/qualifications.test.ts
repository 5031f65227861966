import { expect, test } from 'vitest'
import { ids, onBothStores, usualNow, type TestStore } from '../../test/support/stores.ts'
import * as qualifications from './qualifications.ts'

const qualification = (
  changes: Partial<qualifications.Qualification> = {},
): qualifications.Qualification => ({
  qualificationTypeId: 'TYPE',
  requesterId: 'OWNER',
  workerId: 'WORKER',
  value: 85,
  status: 'Granted',
  grantedAt: usualNow,
  ...changes,
})

const put = ({ write }: TestStore, ...all: qualifications.Qualification[]) =>
  write(async (tx) => {
    for (const one of all) await qualifications.put(tx, one)
  })

onBothStores('qualifications', (stores) => {
  test('are of one type and worker in one market', async () => {
    const { production, sandbox } = stores()
    const typeId = ids.entity(usualNow)
    const one = qualification({ qualificationTypeId: typeId, value: -(2 ** 31) })
    await put(production, one)
    const find = (store: TestStore, type: string, worker: string) =>
      store.read((tx) => qualifications.find(tx, type, worker))
    expect(await find(production, typeId, 'WORKER')).toEqual(one)
    expect(await find(production, typeId, 'OTHER')).toBeUndefined()
    expect(await find(production, 'OTHER', 'WORKER')).toBeUndefined()
    expect(await find(sandbox, typeId, 'WORKER')).toBeUndefined()
  })

  test('granted again are replaced, with a new time [qualifications 1.2, 3.6]', async () => {
    const { production } = stores()
    const typeId = ids.entity(usualNow)
    const again = qualification({ qualificationTypeId: typeId, value: 0, grantedAt: usualNow + 5 })
    await put(production, qualification({ qualificationTypeId: typeId }), again)
    expect(await production.read((tx) => qualifications.find(tx, typeId, 'WORKER'))).toEqual(again)
  })

  test('that are put unless a later one is there leave it [websites 2.6]', async () => {
    const { production } = stores()
    const typeId = ids.entity(usualNow)
    const at = (time: number) =>
      qualification({ qualificationTypeId: typeId, value: time, grantedAt: usualNow + time })
    const outcomes: [boolean, number | undefined][] = []
    for (const time of [5, 4, 5, 6]) {
      const isKept = await production.write((tx) => qualifications.putUnlessLater(tx, at(time)))
      const found = await production.read((tx) => qualifications.findMany(tx, typeId, ['WORKER', 'OTHER']))
      outcomes.push([isKept, found.get('WORKER')?.value])
    }
    expect(outcomes).toEqual([
      [true, 5],
      [false, 5],
      [true, 5],
      [true, 6],
    ])
  })

  test('are revoked once, and keep value and time [qualifications 3.7]', async () => {
    const { production } = stores()
    const typeId = ids.entity(usualNow)
    const granted = qualification({ qualificationTypeId: typeId })
    const revoke = (workerId: string) =>
      production.write((tx) => qualifications.revoke(tx, typeId, workerId), usualNow + 9)
    await put(production, granted, qualification({ qualificationTypeId: typeId, workerId: 'SECOND' }))
    expect([await revoke('WORKER'), await revoke('WORKER'), await revoke('NOBODY')]).toEqual([
      true,
      false,
      false,
    ])
    const find = (workerId: string) => production.read((tx) => qualifications.find(tx, typeId, workerId))
    expect(await find('WORKER')).toEqual({ ...granted, status: 'Revoked' })
    expect(await find('SECOND')).toMatchObject({ status: 'Granted' })
    await put(production, granted)
    expect(await find('WORKER')).toEqual(granted)
  })

  test('of a worker are the granted ones, by type', async () => {
    const { production } = stores()
    const workerId = ids.person()
    const of = (qualificationTypeId: string, value: number, status: qualifications.QualificationStatus) =>
      qualification({ workerId, qualificationTypeId, value, status })
    await put(
      production,
      of('T1', 7, 'Granted'),
      of('T2', 0, 'Granted'),
      of('T3', 9, 'Revoked'),
      qualification({ qualificationTypeId: 'T4' }),
    )
    expect(await production.read((tx) => qualifications.valuesOf(tx, workerId))).toEqual(
      new Map([
        ['T1', 7],
        ['T2', 0],
      ]),
    )
    expect(await production.read((tx) => qualifications.valuesOf(tx, 'NOBODY'))).toEqual(new Map())
  })

  test('of a type are listed oldest grant first, equal times by worker, from page to page [qualifications 3.9]', async () => {
    const { production } = stores()
    const typeId = ids.entity(usualNow)
    const of = (
      workerId: string,
      grantedAt: number,
      status: qualifications.QualificationStatus = 'Granted',
    ) => qualification({ qualificationTypeId: typeId, workerId, grantedAt, status })
    const granted = [of('D', 1), of('A', 3), of('B', 3), of('C', 3), of('A0', 4)]
    const revoked = [of('E', 2, 'Revoked'), of('F', 3, 'Revoked')]
    await put(production, ...granted.toReversed(), ...revoked, qualification({ grantedAt: 2 }))
    const page = (
      status: qualifications.QualificationStatus,
      after: { time: number; id: string } | undefined,
      limit: number,
    ) => production.read((tx) => qualifications.list(tx, typeId, status, after, limit))
    expect(await page('Granted', undefined, 100)).toEqual(granted)
    expect(await page('Revoked', undefined, 100)).toEqual(revoked)
    for (const [i, { grantedAt, workerId }] of granted.entries())
      expect(await page('Granted', { time: grantedAt, id: workerId }, 2)).toEqual(granted.slice(i + 1, i + 3))
  })

  test('granted at one moment by many are one', async () => {
    const { production } = stores()
    const typeId = ids.entity(usualNow)
    const grant = (value: number) => put(production, qualification({ qualificationTypeId: typeId, value }))
    await Promise.all([1, 2, 3, 4, 5, 6].map(grant))
    const list = await production.read((tx) => qualifications.list(tx, typeId, 'Granted', undefined, 9))
    expect(list).toHaveLength(1)
  })
})
