// Where a request comes from, as browsers tell it. A cookie alone proves nothing: another site can make a signed-in
// browser send a form or follow a link [design 7].
import type { Context } from 'hono'

/** Whether the request was made by a page of this very origin, by the person (address bar), or by a program. */
export function isOwnRequest(c: Context): boolean {
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  // Older browsers, and all of them without https, tell the origin of a form at least.
  const origin = c.req.header('origin')
  return origin === undefined || URL.parse(origin)?.host === c.req.header('host')
}

/** Whether the browser only fetches ahead what the person may never look at. */
export function isPrefetch(c: Context): boolean {
  const purpose = ['sec-purpose', 'purpose', 'x-moz', 'x-purpose'].map((name) => c.req.header(name) ?? '')
  return purpose.some((text) => /prefetch|prerender|preview/i.test(text))
}

/** Whether a GET that changes something is carried out; otherwise a page asks with a button [design 7]. */
export function mayActOnGet(c: Context): boolean {
  // What a page loads into itself, such as a picture, may have been put there by somebody else.
  const isForPerson = ['document', 'empty'].includes(c.req.header('sec-fetch-dest') ?? 'document')
  return c.req.method === 'GET' && isForPerson && isOwnRequest(c) && !isPrefetch(c)
}
