// The canonical request of Signature V4: the one spelling of a request that both sides hash [wire 4.2]. Every
// text here is Latin-1, one character per byte received, so that non-ASCII headers hash as they were sent.
import type { HeaderTable } from './headers.ts'

/** Path and query of a request target as received; the scheme and host of an absolute target are dropped. */
export function splitTarget(target: string): { path: string; query: string } {
  const local = target.startsWith('/') ? target : target.replace(/^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?]*/, '')
  const mark = local.indexOf('?')
  return mark === -1
    ? { path: local, query: '' }
    : { path: local.slice(0, mark), query: local.slice(mark + 1) }
}

/** The text whose SHA-256 is signed. `signedHeaders` is the client's own list, in its order. */
export function canonicalRequest(
  request: { method: string; path: string; query: string; headers: HeaderTable },
  signedHeaders: string,
  bodyHash: string,
): string {
  let lines = `${request.method}\n${canonicalPath(request.path)}\n${canonicalQuery(request.query)}\n`
  for (const name of signedHeaders.split(';')) lines += `${name}:${request.headers.get(name) ?? ''}\n`
  return `${lines}\n${signedHeaders}\n${bodyHash}`
}

/** Removes `.`, `..` and empty segments, then encodes each segment once more, `%` included. */
export function canonicalPath(path: string): string {
  if (path === '/' || path === '') return '/'
  const kept: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment === '..') kept.pop()
    else kept.push(encode(segment))
  }
  return `/${kept.join('/')}${kept.length > 0 && path.endsWith('/') ? '/' : ''}`
}

/** Decodes and encodes each name and value anew, and sorts by name, then value. `+` is a plus sign. */
export function canonicalQuery(query: string): string {
  if (query === '') return ''
  const pairs: [string, string][] = []
  for (const piece of query.split('&')) {
    if (piece === '') continue
    const equals = piece.indexOf('=')
    const name = equals === -1 ? piece : piece.slice(0, equals)
    const value = equals === -1 ? '' : piece.slice(equals + 1)
    pairs.push([encode(decode(name)), encode(decode(value))])
  }
  pairs.sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]))
  return pairs.map(([name, value]) => `${name}=${value}`).join('&')
}

/** Whether the query names the parameter, in whatever encoding. */
export function queryHas(query: string, name: string): boolean {
  return query !== '' && query.split('&').some((piece) => decode(piece.split('=', 1)[0]!) === name)
}

function encode(text: string): string {
  return text.replace(/[^A-Za-z0-9\-_.~]/g, (byte) => {
    return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
  })
}

function decode(text: string): string {
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
