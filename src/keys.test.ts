import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createIds } from './ids.ts'
import { loadServerKeys } from './keys.ts'

const ids = createIds()
let folder: string
let path: string

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'kempelen-keys-')), 'new', 'data')
  path = join(folder, 'secret.key')
})
afterEach(() => rmSync(join(folder, '..', '..'), { recursive: true, force: true }))

describe('the server key', () => {
  test('is the given one, and then no file is made', () => {
    const given = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
    expect(loadServerKeys(given, folder, ids)).toBe(given)
    expect(() => statSync(folder)).toThrow('ENOENT')
  })

  test('is made on first use, for the eyes of its user alone, and stays the same', () => {
    const [first] = loadServerKeys(undefined, folder, ids)
    expect(first).toHaveLength(32)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(loadServerKeys(undefined, folder, ids)).toEqual([first])
    expect(Buffer.from(readFileSync(path, 'utf8'), 'base64')).toEqual(first)
  })

  test('is another one in another folder', () => {
    const one = loadServerKeys(undefined, folder, ids)
    expect(loadServerKeys(undefined, join(folder, 'other'), ids)).not.toEqual(one)
  })

  test.for([0o644, 0o640, 0o604, 0o660])('that others can read (%o) is refused with what to do', (mode) => {
    loadServerKeys(undefined, folder, ids)
    chmodSync(path, mode)
    expect(() => loadServerKeys(undefined, folder, ids)).toThrow(
      `${path} can be read by others; run: chmod 600 ${path}`,
    )
  })

  test.for(['', 'short', `${Buffer.alloc(31).toString('base64')}`, `${Buffer.alloc(33).toString('base64')}`])(
    'that is none (%o) is refused, and not shown',
    (content) => {
      loadServerKeys(undefined, folder, ids)
      writeFileSync(path, content)
      expect(() => loadServerKeys(undefined, folder, ids)).toThrow(
        `${path} does not hold a server key of 32 bytes in base64.`,
      )
      // What was there is not overwritten: it may be the key of a database, damaged by a copy.
      expect(readFileSync(path, 'utf8')).toBe(content)
    },
  )
})
