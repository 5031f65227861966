import { expect, test } from 'vitest'
import { onBothStores, usualNow } from '../../test/support/stores.ts'
import * as blocks from './blocks.ts'

/** Ids as anybody could send them, in an address or a file. */
const odd = [`it's "one"`, '{a,b}', 'back\\slash', 'null', '', 'a\0b', '\ud800', '鳥 🐦', '[1]']

onBothStores('a list of ids', (stores) => {
  const find = (requesterIds: readonly string[]) =>
    stores().production.read((tx) => blocks.listBlockers(tx, 'W', requesterIds))

  test('finds what is among it, whatever the ids are made of and however many', async () => {
    const kept = odd.filter((id) => id.isWellFormed() && !id.includes('\0'))
    await stores().production.write(async (tx) => {
      for (const requesterId of kept)
        await blocks.put(tx, { requesterId, workerId: 'W', reason: '', blockedAt: usualNow })
    })
    const many = Array.from({ length: 5000 }, (_, index) => `R${index}`)
    expect(await find([...many, ...odd, ...odd])).toEqual(new Set(kept))
    expect(await find(['null'])).toEqual(new Set(['null']))
    expect(await find(many)).toEqual(new Set())
    expect(await find([])).toEqual(new Set())
  })
})
