import { expect, test } from 'vitest'
import { ids, onBothStores, usualNow } from '../../test/support/stores.ts'
import * as layouts from './layouts.ts'

const layout = (changes: Partial<layouts.Layout> = {}): layouts.Layout => ({
  id: ids.entity(usualNow),
  version: 1,
  requesterId: 'R',
  name: 'Fotoj de ŝipoj',
  html: '<p>${bildo}</p>',
  page: '<!DOCTYPE html><p>${bildo}</p>',
  createdAt: usualNow,
  ...changes,
})

onBothStores('layouts', (stores) => {
  test('are found by id and version, the latest by id alone [questions 8]', async () => {
    const { production } = stores()
    const first = layout()
    const later = layout({ id: first.id, version: 2, html: 'x'.repeat(1_000_000), name: 'Another' })
    await production.write((tx) => layouts.add(tx, first))
    expect(await production.read((tx) => layouts.findLatest(tx, first.id))).toEqual(first)
    await production.write((tx) => layouts.add(tx, later))
    expect(await production.read((tx) => layouts.find(tx, first.id, 1))).toEqual(first)
    expect(await production.read((tx) => layouts.find(tx, first.id, 2))).toEqual(later)
    expect(await production.read((tx) => layouts.find(tx, first.id, 3))).toBeUndefined()
    expect(await production.read((tx) => layouts.findLatest(tx, first.id))).toEqual(later)
    expect(await production.write((tx) => layouts.lockLatest(tx, first.id))).toEqual(later)
    expect(await production.write((tx) => layouts.lockLatest(tx, 'NONE'))).toBeUndefined()
  })

  test('have each version once', async () => {
    const { production } = stores()
    const first = layout()
    await production.write((tx) => layouts.add(tx, first))
    await expect(production.write((tx) => layouts.add(tx, { ...first, html: 'changed' }))).rejects.toThrow()
    expect(await production.read((tx) => layouts.findLatest(tx, first.id))).toEqual(first)
  })

  test('are of one market alone', async () => {
    const { production, sandbox } = stores()
    const first = layout()
    await production.write((tx) => layouts.add(tx, first))
    expect(await sandbox.read((tx) => layouts.findLatest(tx, first.id))).toBeUndefined()
  })
})
