// What a server writes holds other people's names, addresses and answers: no other user of the machine reads it.
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openStores } from '../../test/support/stores.ts'
import { diskFiles } from '../files/disk.ts'
import { loadServerKeys } from '../keys.ts'
import { createIds } from '../ids.ts'
import { placeOf } from './open.ts'

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kempelen-open-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const rightsOfOthers = (path: string) => statSync(path).mode & 0o077

test('a data folder that is made is for its user alone', async () => {
  const folder = join(newFolder(), 'new')
  const stores = await openStores(`sqlite:${folder}/kempelen.db`)
  expect(rightsOfOthers(folder)).toBe(0)
  await stores.close()
  const other = join(newFolder(), 'new')
  loadServerKeys(undefined, other, createIds())
  expect(rightsOfOthers(other)).toBe(0)
})

test('in a folder that others may look into, the files of the database and of workers are for its user alone', async () => {
  const folder = newFolder()
  mkdirSync(join(folder, 'open'), { mode: 0o755 })
  const stores = await openStores(`sqlite:${folder}/open/kempelen.db`)
  await stores.production.write(() => Promise.resolve())
  await diskFiles(join(folder, 'open')).put('0123456789abcdef', Buffer.from('an answer'))
  const files = readdirSync(join(folder, 'open'), { recursive: true, encoding: 'utf8' })
  expect(files.length).toBeGreaterThanOrEqual(5)
  for (const file of files) expect(rightsOfOthers(join(folder, 'open', file)), file).toBe(0)
  await stores.close()
})

test('a link to a database is that database: two processes do not take it for two', async () => {
  const folder = realpathSync(newFolder())
  const link = join(folder, 'link.db')
  symlinkSync(join(folder, 'real.db'), link)
  // Nothing is there yet to which it could lead.
  expect(placeOf(`sqlite:${link}`)).toEqual({ file: link })
  const stores = await openStores(`sqlite:${folder}/real.db`)
  expect(placeOf(`sqlite:${link}`)).toEqual({ file: join(folder, 'real.db') })
  await expect(openStores(`sqlite:${link}`)).rejects.toThrow('Another Kempelen works on')
  await stores.close()
})
