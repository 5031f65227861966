import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../test/support/tidy-sources.ts'

// Plain JavaScript without types, because it runs before anything is installed.
const bootstrap = (await import(join(root, 'scripts/bootstrap.mjs'))) as {
  isNewEnough(version: string, oldest?: [number, number]): boolean
  stampFor(...parts: string[]): string
  whatIsMissing(lock: string, installed: string, host: object): string[]
  explain(output: string): string
}

test.each([
  ['20.20.2', false],
  ['24.0.0', false],
  ['24.6.9', false],
  ['24.7.0', true],
  ['24.21.0', true],
  ['26.0.0', true],
])('Node %s is new enough: %s', (version, answer) => {
  expect(bootstrap.isNewEnough(version)).toBe(answer)
})

describe('what is missing', () => {
  const lock = JSON.stringify({
    packages: {
      '': { name: 'kempelen' },
      'node_modules/always': { version: '1.0.0' },
      'node_modules/a/node_modules/nested': { version: '2.0.0' },
      'node_modules/for-linux': {
        version: '1.0.0',
        optional: true,
        os: ['linux'],
        cpu: 'x64',
        libc: ['glibc'],
      },
      'node_modules/for-mac': { version: '1.0.0', optional: true, os: 'darwin' },
      'node_modules/not-for-windows': { version: '1.0.0', optional: true, os: ['!win32'] },
      'node_modules/left-out-with-its-parent': { version: '1.0.0', optional: true },
    },
  })
  const linux = { platform: 'linux', architecture: 'x64', libc: 'glibc' }
  const record = (...names: string[]) =>
    JSON.stringify({
      packages: Object.fromEntries(names.map((name) => [`node_modules/${name}`, { version: '1.0.0' }])),
    })
  const nested = 'a/node_modules/nested'

  test.each([
    ['no record at all', '', linux, ['everything']],
    ['an empty folder', record(), linux, ['always', 'nested', 'for-linux', 'not-for-windows']],
    ['another version', record('always', nested, 'for-linux', 'not-for-windows'), linux, ['nested']],
    ['copied from a Mac', record('always', 'for-mac', 'not-for-windows'), linux, ['nested', 'for-linux']],
    ['musl', record('always'), { ...linux, libc: 'musl' }, ['nested', 'not-for-windows']],
    ['Windows', record('always'), { platform: 'win32', architecture: 'x64' }, ['nested']],
  ])('%s', (_, installed, host, missing) => {
    expect(bootstrap.whatIsMissing(lock, installed, host)).toEqual(missing)
  })
})

test('the stamp changes with the lock file and the machine', () => {
  const stamps = [
    bootstrap.stampFor('lock', 'manifest', 'linux', 'x64'),
    bootstrap.stampFor('other', 'manifest', 'linux', 'x64'),
    bootstrap.stampFor('lock', 'manifest', 'linux', 'arm64'),
  ]
  expect(new Set(stamps).size).toBe(3)
})

test.each([
  ['npm error code ENOTFOUND', /network/],
  ['npm error code EACCES', /written/],
  ['npm error ENOSPC: no space left on device', /disk is full/],
  ['npm error code EINTEGRITY', /not the one/],
  ['spawnSync npm ENOENT', /npm was not found/],
  ['something else', /message stands above/],
])('npm failing with "%s" is explained', (output, sentence) => {
  expect(bootstrap.explain(output)).toMatch(sentence)
})

test('the lock file holds a Node for every platform, with nothing to run at installation', () => {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const nodes = Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).optionalDependencies)
  expect(nodes).toHaveLength(5)
  for (const name of nodes) {
    const entry = lock.packages[`node_modules/${name}`]
    expect(entry).toMatchObject({ optional: true, os: expect.anything(), cpu: expect.anything() })
    expect(entry).not.toHaveProperty('hasInstallScript')
    expect(bootstrap.isNewEnough(entry.version)).toBe(true)
  }
})

test('when nothing is missing it says nothing', () => {
  const result = spawnSync(process.execPath, [join(root, 'scripts/bootstrap.mjs')], { encoding: 'utf8' })
  expect(result).toMatchObject({ status: 0, stdout: '', stderr: '' })
})
