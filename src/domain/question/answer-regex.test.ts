import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { server } from '../../limits.ts'
import { loadMatcher, uncheckable } from './answer-regex.ts'

async function match(regex: string, text: string, flags?: string): Promise<boolean | undefined> {
  return (await loadMatcher())({ regex, ...(flags !== undefined && { flags }) }, text)
}

describe('a pattern means what it means to JavaScript [questions 2.5]', () => {
  test.each<[string, string]>([
    ['\\d{3}-\\d{4}', 'call 555-1234 now'],
    ['^\\s+$', '\u00a0\u2003\ufeff'],
    ['^[\\s]+$', '\u00a0\u3000'],
    ['^\\S+$', 'a\u00a0b'],
    ['^[\\s\\S]*$', 'a\nb'],
    ['^.$', '\u2028'],
    ['^.$', '\r'],
    ['a.c', 'a\nc'],
    ['^a$', 'a\n'],
    ['\\z', 'z'],
    ['\\A', 'A'],
    ['\\Q.\\E', 'QxE'],
    ['[[:alpha:]]', 'a]'],
    ['[[:alpha:]]', 'b'],
    ['[\\b]', '\b'],
    ['\\u00e9', 'é'],
    ['\\x41\\/', 'A/'],
    ['[^]', '\n'],
    ['\\bend\\b', 'the end.'],
    ['[a-z&&[^b]]', 'b]'],
    ['(?<year>\\d{4})', '1769'],
    ['^(?:|[^@ ]+@[^@ ]+)$', 'a@b'],
    ['\\cJ', '\n'],
  ])('%s on %j', async (regex, text) => {
    expect(await match(regex, text)).toBe(new RegExp(regex).test(text))
  })

  test('for texts of every kind', async () => {
    const matches = await loadMatcher()
    const patterns = ['^\\w+\\s\\w+$', '[^\\d]', '^.{2,4}$', '\\W', '^\\D*\\.?$', 'x|^$']
    const unit = fc.constantFrom('a', 'Z', '7', ' ', '\u00a0', '.', '\n', '_', 'é', 'x')
    fc.assert(
      fc.property(fc.constantFrom(...patterns), fc.string({ unit, maxLength: 6 }), (regex, text) => {
        expect(matches({ regex }, text)).toBe(new RegExp(regex).test(text))
      }),
    )
  })

  test('the flag i, and no other', async () => {
    expect(await match('^É$', 'é', 'i')).toBe(true)
    expect(await match('^b$', 'a\nb', 'm')).toBe(false)
  })
})

describe('what is left to the page [questions 2.5]', () => {
  test.each([
    ['looking ahead', '^(?=.*\\d).+$'],
    ['looking back', '(?<=a)b'],
    ['a back reference', '(a)\\1'],
    ['a count over 1000', 'a{1,2000}'],
    ['halves of a character', '\\ud83d\\ude00'],
    ['no pattern at all', '('],
  ])('%s', async (_, regex) => {
    expect(await match(regex, 'x')).toBeUndefined()
    expect(await uncheckable([{ regex }, { regex: 'a' }, { regex }])).toEqual([regex])
  })

  test('a text that is too long, or the last of too many', async () => {
    const matches = await loadMatcher()
    expect(matches({ regex: '^b' }, 'a'.repeat(server.matchedLength))).toBe(false)
    expect(matches({ regex: '^b' }, 'a'.repeat(server.matchedLength + 1))).toBeUndefined()
    const times = Math.ceil(server.matchedCharacters / server.matchedLength)
    for (let count = 0; count < times; count++) matches({ regex: '^b' }, 'a'.repeat(server.matchedLength))
    expect(matches({ regex: '^b' }, 'a')).toBeUndefined()
  })

  test('a pattern that would take for ever elsewhere is judged at once', async () => {
    expect(await match('^(a+)+$', `${'a'.repeat(50_000)}b`)).toBe(false)
  })
})
