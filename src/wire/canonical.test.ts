import { describe, expect, it } from 'vitest'
import { canonicalPath, canonicalQuery, canonicalRequest, queryHas, splitTarget } from './canonical.ts'
import { readHeaders } from './headers.ts'

describe('canonical path and query [wire 4.2]', () => {
  it.each([
    ['', '/'],
    ['/', '/'],
    ['/base', '/base'],
    ['/base/', '/base/'],
    ['//a//b/', '/a/b/'],
    ['/a/./b/../c', '/a/c'],
    ['/../..', '/'],
    ['/a%20b', '/a%2520b'],
    ['/\u00c3\u00a9!', '/%C3%A9%21'],
  ])('path %j', (path, expected) => expect(canonicalPath(path)).toBe(expected))

  it.each([
    ['', ''],
    ['b=2&a=%20x&a=1', 'a=%20x&a=1&b=2'],
    ['flag&a', 'a=&flag='],
    ['a=b=c', 'a=b%3Dc'],
    ["x=!'()*+~", 'x=%21%27%28%29%2A%2B~'],
    ['x=%7e%2f&&', 'x=~%2F'],
    ['x=%zz', 'x=%25zz'],
    ['B=1&a=1', 'B=1&a=1'],
  ])('query %j', (query, expected) => expect(canonicalQuery(query)).toBe(expected))

  it.each([
    ['/', { path: '/', query: '' }],
    ['/base/?a=1?2', { path: '/base/', query: 'a=1?2' }],
    ['http://host:80/x?y', { path: '/x', query: 'y' }],
    ['http://host', { path: '', query: '' }],
  ])('target %j', (target, expected) => expect(splitTarget(target)).toEqual(expected))

  it('finds a parameter under any encoding', () => {
    expect(queryHas('a=1&X%2DAmz-Algorithm=x', 'X-Amz-Algorithm')).toBe(true)
    expect(queryHas('a=X-Amz-Algorithm', 'X-Amz-Algorithm')).toBe(false)
  })
})

describe('headers [wire 4.2]', () => {
  it('trims, folds and joins in order of arrival', () => {
    const headers = readHeaders(['Note', '  a \t b ', 'Host', 'h', 'NOTE', 'c'])
    expect(headers.get('note')).toBe('a b,c')
    expect([headers.isRepeated('note'), headers.isRepeated('host')]).toEqual([true, false])
  })

  it('keeps the bytes of UTF-8 letters whose second byte JavaScript takes for a blank', () => {
    const bytes = Buffer.from('à').toString('latin1')
    expect(readHeaders(['x', bytes]).get('x')).toBe(bytes)
    expect(readHeaders(['x', ` ${bytes}  b`]).get('x')).toBe(`${bytes} b`)
  })

  it('takes a signed header that did not arrive as empty', () => {
    const request = { method: 'POST', path: '/', query: '', headers: readHeaders(['Host', 'h']) }
    expect(canonicalRequest(request, 'host;x', 'hash')).toBe('POST\n/\n\nhost:h\nx:\n\nhost;x\nhash')
  })
})
