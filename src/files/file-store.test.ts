// What every place for files promises, told once and tried on each of them.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeBucket } from '../../test/support/buckets.ts'
import { motoKeys, motoMissing, startMoto, type Moto } from '../../test/support/moto.ts'
import { describeUnless } from '../../test/support/shared.ts'
import { diskFiles } from './disk.ts'
import type { FileStore } from './file-store.ts'
import { memoryFiles } from './memory.ts'
import { s3Files } from './s3.ts'

const key = (digit: string) => digit.repeat(64)
const text = async (files: FileStore, name: string) => {
  const bytes = await files.get(name)
  return bytes && Buffer.from(bytes).toString()
}

/** `make` builds an empty store at each call. */
function keepsItsPromises(make: () => FileStore): void {
  test('bytes come back as they were, and what is put again replaces them', async () => {
    const files = make()
    const bytes = Buffer.from([0, 255, 13, 10, 0])
    expect(await files.get(key('a'))).toBeUndefined()
    await files.put(key('a'), bytes)
    expect(Buffer.from((await files.get(key('a')))!)).toEqual(bytes)
    await files.put(key('a'), Buffer.from('again'))
    expect(await text(files, key('a'))).toBe('again')
  })

  test.each([0, 1, 5_000_000])('a file of %i bytes is whole', async (size) => {
    const files = make()
    const bytes = Buffer.alloc(size, 'kempelen')
    await files.put(key('a'), bytes)
    expect(bytes.equals(Buffer.from((await files.get(key('a')))!))).toBe(true)
  })

  test('a file that is put ten times at once is whole', async () => {
    const files = make()
    const bytes = Buffer.alloc(100_000, 7)
    await Promise.all(Array.from({ length: 10 }, () => files.put(key('a'), bytes)))
    expect(bytes.equals(Buffer.from((await files.get(key('a')))!))).toBe(true)
  })

  test('what is removed is gone, its neighbour stays, and nothing is removed in peace', async () => {
    const files = make()
    await files.put(key('a'), Buffer.from('one'))
    await files.put(key('b'), Buffer.from('two'))
    await files.remove(key('a'))
    await files.remove(key('a'))
    await files.remove(key('c'))
    expect([await text(files, key('a')), await text(files, key('b'))]).toEqual([undefined, 'two'])
  })

  test('after everything is cleared files are kept again', async () => {
    const files = make()
    await files.clear()
    const keys = Array.from({ length: 40 }, (_, i) => `${i}`.padStart(64, '0'))
    await Promise.all(keys.map((name) => files.put(name, Buffer.from(name))))
    await files.clear()
    expect(await Promise.all(keys.map((name) => files.get(name)))).toEqual(keys.map(() => undefined))
    await files.put(key('a'), Buffer.from('new'))
    expect(await text(files, key('a'))).toBe('new')
  })

  test('a place that has something to try finds itself in order, and keeps files afterwards', async () => {
    const files = make()
    await files.check?.()
    await files.put(key('a'), Buffer.from('x'))
    await files.check?.()
    expect(await text(files, key('a'))).toBe('x')
  })

  test.each(['../x', '', 'a/b', 'ABCDEF01', '..', 'kempelen.txt', 'a'.repeat(129)])(
    'the key "%s" leads nowhere',
    async (bad) => {
      const files = make()
      await expect(files.get(bad)).rejects.toThrow('is no key of a file')
      await expect(files.put(bad, Buffer.from('x'))).rejects.toThrow('is no key of a file')
      await expect(files.remove(bad)).rejects.toThrow('is no key of a file')
    },
  )
}

describe('files in memory', () => keepsItsPromises(memoryFiles))

describe('files in a folder', () => {
  let folder: string
  let made = 0
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'kempelen-files-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  keepsItsPromises(() => diskFiles(join(folder, `store-${++made}`)))
})

describeUnless(motoMissing(), 'files in a bucket', () => {
  let moto: Moto
  let made = 0
  beforeAll(async () => {
    moto = await startMoto()
    await makeBucket(moto.endpoint, 'files')
  }, 60_000)
  afterAll(() => moto?.stop())
  keepsItsPromises(() => {
    const prefix = `store-${++made}/`
    return s3Files({ bucket: 'files', prefix, endpoint: moto.endpoint, credentials: motoKeys })
  })
})
