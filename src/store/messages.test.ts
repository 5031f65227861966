import { expect, test } from 'vitest'
import { ids, onBothStores, usualNow } from '../../test/support/stores.ts'
import * as messages from './messages.ts'
import * as workers from './workers.ts'

const message = (changes: Partial<messages.Message> = {}): messages.Message => ({
  id: ids.entity(usualNow),
  kind: 'notification',
  workerId: 'W',
  requesterId: 'R',
  subject: 'Novaj taskoj',
  text: 'Ili estas ĉi tie.\n',
  at: usualNow,
  ...changes,
})

onBothStores('messages', (stores) => {
  test('are listed newest first, from page to page, with the worker’s address [hits 14]', async () => {
    const { production, sandbox } = stores()
    const worker = {
      name: 'W',
      password: undefined,
      suspended: false,
      locale: undefined,
      createdAt: usualNow,
    }
    const sent = [
      message(),
      message({ workerId: 'MAIL', kind: 'block' }),
      message({ at: usualNow + 5, id: ids.entity(usualNow + 5) }),
    ]
    await production.write(async (tx) => {
      await workers.add(tx, { ...worker, id: 'MAIL', email: 'w@example.com' })
      for (const one of sent) await messages.add(tx, one)
    })
    const shown = sent
      .toReversed()
      .map((one) => ({ ...one, email: one.workerId === 'MAIL' ? 'w@example.com' : undefined }))
    const page = (before: string | undefined, limit: number) =>
      production.read((tx) => messages.listNewest(tx, { before, limit }))
    expect(await page(undefined, 100)).toEqual(shown)
    expect(await page(undefined, 2)).toEqual(shown.slice(0, 2))
    expect(await page(shown[1]!.id, 2)).toEqual(shown.slice(2))
    expect(await page(shown[2]!.id, 2)).toEqual([])
    expect(await sandbox.read((tx) => messages.listNewest(tx, { limit: 9 }))).toEqual([])
  })
})
