import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSecrets, fingerprint, hashPassword, isPassword } from './secrets.ts'

const old = Buffer.alloc(32, 1)
const young = Buffer.alloc(32, 2)
const other = Buffer.alloc(32, 3)

describe('secrets of access keys at rest [design 1]', () => {
  test('are read again, whatever they hold', () => {
    const secrets = createSecrets([old])
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => secrets.decrypt(secrets.encrypt(text)) === text),
    )
  })

  test('look different each time and never show the secret', () => {
    const secrets = createSecrets([old])
    expect(secrets.encrypt('the secret')).not.toBe(secrets.encrypt('the secret'))
    const sealed = secrets.encrypt('the secret')
    expect(sealed).toMatch(/^v1:[A-Za-z0-9+/]+=*$/)
    expect(Buffer.from(sealed.slice(3), 'base64').toString('latin1')).not.toContain('secret')
  })

  test('survive a new server key in front of the old one', () => {
    const before = createSecrets([old]).encrypt('a')
    const both = createSecrets([young, old])
    expect(both.decrypt(before)).toBe('a')
    const after = both.encrypt('b')
    expect(createSecrets([young]).decrypt(after)).toBe('b')
    expect(() => createSecrets([old]).decrypt(after)).toThrow('another server key')
  })

  test('of another database, or touched by anybody, are refused', () => {
    const sealed = createSecrets([old]).encrypt('the secret')
    expect(() => createSecrets([other]).decrypt(sealed)).toThrow('another server key')
    const bytes = Buffer.from(sealed.slice(3), 'base64')
    for (let i = 0; i < bytes.length; i++) {
      const changed = Buffer.from(bytes)
      changed[i]! ^= 1
      expect(() => createSecrets([old]).decrypt(`v1:${changed.toString('base64')}`)).toThrow()
    }
  })

  test.for(['', 'v1:', 'v1:AAAA', `v1:${Buffer.alloc(20).toString('base64')}`])('%j is no secret', (text) => {
    expect(() => createSecrets([old]).decrypt(text)).toThrow()
  })

  test('need a server key', () => {
    expect(() => createSecrets([])).toThrow('no server key')
  })
})

describe('tokens that bind a task to its worker [design 5]', () => {
  const secrets = createSecrets([old])

  test('are good for their subject alone', () => {
    const token = secrets.sign('assignment worker')
    expect(secrets.verify('assignment worker', token)).toBe(true)
    expect(secrets.verify('assignment other', token)).toBe(false)
    expect(createSecrets([other]).verify('assignment worker', token)).toBe(false)
  })

  test('stay good when a new key comes, and new ones come from it', () => {
    const both = createSecrets([young, old])
    expect(both.verify('a', secrets.sign('a'))).toBe(true)
    expect(both.sign('a')).toBe(createSecrets([young]).sign('a'))
  })

  test('that nobody made are refused, whatever they look like', () => {
    fc.assert(fc.property(fc.string(), (token) => !secrets.verify('a', token)))
    const token = secrets.sign('a')
    expect(secrets.verify('a', token.slice(0, -2))).toBe(false)
    expect(secrets.verify('a', `${token}AA`)).toBe(false)
  })

  test('cannot be had from encryption', () => {
    expect(secrets.verify('a', secrets.encrypt('a'))).toBe(false)
  })
})

describe('passwords', () => {
  test('are known by their hash, which differs each time', async () => {
    const [one, two] = await Promise.all([hashPassword('nightingale'), hashPassword('nightingale')])
    expect(one).not.toBe(two)
    expect(one).toMatch(/^argon2id\$19456\$2\$1\$/)
    expect(one).not.toContain('nightingale')
    expect(await isPassword('nightingale', one)).toBe(true)
    expect(await isPassword('nightingale', two)).toBe(true)
    expect(await isPassword('Nightingale', one)).toBe(false)
    expect(await isPassword('', one)).toBe(false)
  })

  test('of nobody are refused', async () => {
    expect(await isPassword('nightingale', undefined)).toBe(false)
    expect(await isPassword('', undefined)).toBe(false)
  })

  test('may hold any characters', async () => {
    const password = 'pä$$wörd $ 🐦'
    expect(await isPassword(password, await hashPassword(password))).toBe(true)
  })
})

test('fingerprints are SHA-256 in hexadecimal', () => {
  expect(fingerprint('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

describe('codes that people copy', () => {
  const keys = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)] as const
  const secrets = createSecrets([keys[0]])
  const code = secrets.code('a bird')

  test('are four groups of four letters and digits that cannot be mistaken', () => {
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(secrets.code('another bird')).not.toBe(code)
  })

  test.each<[string, string, boolean]>([
    ['as it is', code, true],
    ['in small letters, with gaps', code.toLowerCase().replaceAll('-', ' '), true],
    ['without gaps', code.replaceAll('-', ''), true],
    ['with letters for digits', code.replaceAll('0', 'o').replaceAll('1', 'l'), true],
    ['not at all', '', false],
    ['not to its end', code.slice(0, -1), false],
    ['with more behind', `${code}A`, false],
    ['of another', secrets.code('another bird'), false],
  ])('typed %s: %s is %s', (_, typed, isRight) => {
    expect(secrets.isCode('a bird', typed)).toBe(isRight)
  })

  test('made under an earlier server key still count', () => {
    expect(createSecrets([keys[1], keys[0]]).isCode('a bird', code)).toBe(true)
    expect(createSecrets([keys[1]]).isCode('a bird', code)).toBe(false)
  })
})
