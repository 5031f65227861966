import { expect, test } from 'vitest'
import { cents } from '../domain/money.ts'
import { ids, onBothStores, sampleType, type TestStore } from '../../test/support/stores.ts'
import type { QualificationRequirement } from '../domain/qualification.ts'
import * as hitTypes from './hit-types.ts'

const requiring = (qualificationTypeId: string): QualificationRequirement => ({
  qualificationTypeId,
  comparator: 'Exists',
  actionsGuarded: 'Accept',
})

async function add(store: TestStore, changes: Parameters<typeof sampleType>[0] = {}, hash = ids.person()) {
  const type = sampleType(changes)
  await store.write((tx) => hitTypes.addUnlessEqual(tx, type, hash))
  return { type, hash }
}

onBothStores('HIT types', (stores) => {
  test('are found by id, group and hash as they were added, with every member', async () => {
    const { production } = stores()
    const { type, hash } = await add(production, {
      keywords: 'birdo, ŝanĝo',
      reward: cents(Number.MAX_SAFE_INTEGER),
      requirements: [
        {
          qualificationTypeId: '00000000000000000071',
          comparator: 'In',
          values: [],
          locales: [{ country: 'DE', subdivision: undefined }],
          actionsGuarded: 'PreviewAndAccept',
        } as never,
      ],
    })
    const wanted = JSON.parse(JSON.stringify(type.requirements)) as unknown
    for (const found of [
      await production.read((tx) => hitTypes.find(tx, type.id)),
      await production.read((tx) => hitTypes.findByGroup(tx, type.groupId)),
      await production.read((tx) => hitTypes.findByGroup(tx, type.id)),
      await production.read((tx) => hitTypes.findByHash(tx, type.requesterId, hash)),
    ])
      expect(found).toEqual({ ...type, requirements: wanted })
    const bare = await add(production)
    expect(await production.read((tx) => hitTypes.find(tx, bare.type.id))).toEqual(bare.type)
  })

  test('are not found under other names', async () => {
    const { production } = stores()
    const { type, hash } = await add(production)
    expect(await production.read((tx) => hitTypes.find(tx, type.groupId))).toBeUndefined()
    expect(await production.read((tx) => hitTypes.findByGroup(tx, 'UNKNOWN'))).toBeUndefined()
    expect(await production.read((tx) => hitTypes.findByHash(tx, 'SOMEBODY', hash))).toBeUndefined()
  })

  test('of equal properties are one for a requester, the first [hits 5.10]', async () => {
    const { production } = stores()
    const first = await add(production, { requesterId: 'EQUAL' })
    const second = await add(production, { requesterId: 'EQUAL' }, first.hash)
    const other = await add(production, { requesterId: 'ANOTHER' }, first.hash)
    const found = (requesterId: string) =>
      production.read((tx) => hitTypes.findByHash(tx, requesterId, first.hash))
    expect((await found('EQUAL'))!.id).toBe(first.type.id)
    expect((await found('ANOTHER'))!.id).toBe(other.type.id)
    expect(await production.read((tx) => hitTypes.find(tx, second.type.id))).toBeUndefined()
  })

  test('made by many at the same moment are one all the same [hits 5.10]', async () => {
    const { production } = stores()
    const made = await Promise.all(
      Array.from({ length: 8 }, () => add(production, { requesterId: 'RUSH' }, 'rush')),
    )
    const found = await production.read((tx) => hitTypes.findByHash(tx, 'RUSH', 'rush'))
    expect(made.map(({ type }) => type.id)).toContain(found!.id)
  })

  test('count their HITs', async () => {
    const { production } = stores()
    const { type } = await add(production)
    const count = () => production.read((tx) => hitTypes.count(tx, type.id))
    expect(await count()).toBe(0)
    const changes = [hitTypes.addHIT, hitTypes.addHIT, hitTypes.addHIT, hitTypes.removeHIT]
    await Promise.all(changes.map((change) => production.write((tx) => change(tx, type.id))))
    expect(await count()).toBe(2)
    expect(await production.read((tx) => hitTypes.count(tx, 'UNKNOWN'))).toBe(0)
  })

  test('that require a deleted qualification type take no more HITs, and say which was the last [qualifications 3.5]', async () => {
    const { production } = stores()
    const requirements = [requiring('QDELETED'), requiring('QDELETED'), requiring('QOTHER')]
    const { type } = await add(production, { requirements })
    const { type: free } = await add(production, { requirements: [requiring('QOTHER')] })
    const find = () => production.read((tx) => hitTypes.findRegistered(tx, type.id))
    const isRequired = (id: string) => production.read((tx) => hitTypes.isRequired(tx, id))
    expect(await isRequired('QDELETED')).toBe(false)
    const outcomes = await production.write(async (tx) => [
      await hitTypes.addHIT(tx, type.id),
      await hitTypes.addHIT(tx, type.id),
      await hitTypes.addHIT(tx, free.id),
      await hitTypes.disposeHIT(tx, free.id),
      await hitTypes.addHIT(tx, free.id),
    ])
    expect(outcomes).toEqual([true, true, true, false, true])
    expect([await isRequired('QDELETED'), await isRequired('QOTHER')]).toEqual([true, true])
    expect(await find()).toEqual(type)
    await production.write((tx) => hitTypes.deleteRequiring(tx, 'QDELETED'))
    expect(await find()).toBeUndefined()
    expect(await production.read((tx) => hitTypes.find(tx, type.id))).toEqual(type)
    expect(await production.read((tx) => hitTypes.findRegistered(tx, free.id))).toEqual(free)
    const after = await production.write(async (tx) => [
      await hitTypes.addHIT(tx, type.id),
      await hitTypes.disposeHIT(tx, type.id),
      await hitTypes.removeHIT(tx, type.id),
      await hitTypes.addHIT(tx, free.id),
    ])
    expect(after).toEqual([false, false, true, true])
    expect([await isRequired('QDELETED'), await isRequired('QOTHER')]).toEqual([false, true])
  })

  test('are of one market alone', async () => {
    const { production, sandbox } = stores()
    const { type, hash } = await add(production)
    expect(await sandbox.read((tx) => hitTypes.find(tx, type.id))).toBeUndefined()
    expect(await sandbox.read((tx) => hitTypes.findByHash(tx, type.requesterId, hash))).toBeUndefined()
  })
})
