import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { loadTerms } from './terms.ts'

const folder = mkdtempSync(join(tmpdir(), 'kempelen-terms-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, content: string | Buffer) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

describe('the terms', () => {
  test('of an operator who names none are our own, with a date', () => {
    const { text, version, dated } = loadTerms(undefined)
    expect(text).toContain('18 or older')
    expect(version).toMatch(/^[0-9a-f]{12}$/)
    expect(dated).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  })

  test('have the version of their words: the same words in another file are the same version', () => {
    const one = loadTerms(file('one.txt', 'Be kind.'))
    expect(one.version).toBe('5499befb38db')
    expect(loadTerms(file('two.txt', 'Be kind.')).version).toBe(one.version)
    expect(loadTerms(file('three.txt', 'Be kinder.')).version).not.toBe(one.version)
  })

  test.each([
    ['that are not there', () => join(folder, 'nowhere.txt'), 'cannot be read'],
    ['without a word', () => file('empty.txt', ' \n'), 'are empty'],
    ['that are no text', () => file('picture.png', Buffer.from([0x89, 0x50, 0xff])), 'UTF-8'],
    ['without end', () => file('long.txt', 'a'.repeat(100_001)), 'longer than'],
  ])('%s are refused with a sentence', (_, path, words) => {
    expect(() => loadTerms(path())).toThrow(words)
  })
})
