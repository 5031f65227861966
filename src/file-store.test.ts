import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { diskFiles, memoryFiles, type FileStore } from './file-store.ts'

const key = 'ab'.repeat(32)
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kempelen-files-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const stores: [string, () => FileStore][] = [
  ['memory', memoryFiles],
  ['disk', () => diskFiles(join(folder, 'new'))],
]

describe.each(stores)('files in %s', (_, make) => {
  test('come back as they were, until everything is cleared', async () => {
    const files = make()
    const bytes = Buffer.from([0, 255, 13, 10, 0])
    expect(await files.get(key)).toBeUndefined()
    await files.put(key, bytes)
    expect(Buffer.from((await files.get(key))!)).toEqual(bytes)
    await files.put(key, Buffer.from('again'))
    expect(Buffer.from((await files.get(key))!).toString()).toBe('again')
    await files.clear()
    expect(await files.get(key)).toBeUndefined()
    await files.put(key, bytes)
    expect(await files.get(key)).toBeDefined()
  })

  test('that are put ten times at once are whole', async () => {
    const files = make()
    const bytes = Buffer.alloc(100_000, 7)
    await Promise.all(Array.from({ length: 10 }, () => files.put(key, bytes)))
    expect(Buffer.from((await files.get(key))!).equals(bytes)).toBe(true)
  })
})

test('nothing but the files is left in the folder, and no key leads out of it', async () => {
  const files = diskFiles(folder)
  await files.put(key, Buffer.from('x'))
  expect(readdirSync(folder, { recursive: true })).toEqual(['ab', join('ab', key)])
  for (const bad of ['../x', '', 'a/b', 'ABCDEF01', '..'])
    await expect(files.get(bad)).rejects.toThrow('is no key of a file')
})
