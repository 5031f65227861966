// Paths of this site to go back to, as addresses and forms carry them in `return_to`.

/**
 * The path to return to after signing in, when it is one of this site; else `/`. An address of another site, however
 * it is spelled, would make our sign-in page a stepping stone for somebody else's.
 */
export function localPath(text: string | undefined): string {
  if (text === undefined || !/^\/(?![/\\])[\x21-\x7E]*$/.test(text) || text.includes('\\')) return '/'
  const url = URL.parse(text, 'http://site.invalid')
  if (url === null || url.origin !== 'http://site.invalid') return '/'
  const path = url.pathname + url.search
  return path.startsWith('//') || path.startsWith('/ap/') || path.startsWith('/sign-') ? '/' : path
}

/** A path to go back to when one is given; undefined for none, and for an address of another site. */
export function returnPath(text: string | undefined): string | undefined {
  const path = localPath(text)
  return path === '/' ? undefined : path
}

/** An address that remembers where to go back to. */
export function withReturn(href: string, returnTo: string | undefined): string {
  if (returnTo === undefined) return href
  return `${href}${href.includes('?') ? '&' : '?'}return_to=${encodeURIComponent(returnTo)}`
}
