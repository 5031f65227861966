import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { diskFiles } from './disk.ts'

const key = 'ab'.repeat(32)
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kempelen-files-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const below = () => readdirSync(folder, { recursive: true })

test('the folder is made when it is needed, and holds nothing but the files', async () => {
  const files = diskFiles(join(folder, 'new'))
  expect(below()).toEqual([])
  await files.put(key, Buffer.from('x'))
  await files.put(key, Buffer.from('y'))
  expect(below()).toEqual(['new', join('new', 'ab'), join('new', 'ab', key)])
})

test('a put that fails leaves nothing behind', async () => {
  mkdirSync(join(folder, 'ab', key, 'in the way'), { recursive: true })
  await expect(diskFiles(folder).put(key, Buffer.from('x'))).rejects.toThrow()
  expect(readdirSync(join(folder, 'ab'))).toEqual([key])
})
