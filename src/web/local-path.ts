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
