// What browsers are told about our own pages. Nothing inline runs or styles, nobody may put a page of ours in a frame,
// and a window that a task opened has no handle on them [design 5].
import type { Context } from 'hono'

const always = {
  'X-Content-Type-Options': 'nosniff',
  // Not no-referrer: forms would then be sent with the Origin "null".
  'Referrer-Policy': 'same-origin',
}

/** Page contents that only some pages have. */
export interface PageNeeds {
  /** A task in a frame: any requester's server. */
  taskFrame?: boolean
  /** What a form of a requester shows from other servers. */
  foreign?: readonly ForeignContent[]
}

/** Kinds of content, as the directives of a policy name them. */
export type ForeignContent = 'img' | 'media' | 'frame'

/** The headers of a page for one person: of every page but the static files, tasks and answers. */
export function pageHeaders(c: Context, needs: PageNeeds = {}): void {
  const from = (kind: ForeignContent) => (needs.foreign?.includes(kind) ? ' https: http:' : '')
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' data:${from('img')}`,
    ...(needs.foreign?.includes('media') ? [`media-src${from('media')}`] : []),
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    needs.taskFrame ? "frame-src 'self' https: http:" : `frame-src${from('frame') || " 'none'"}`,
  ]
  setAll(c, {
    ...always,
    'Content-Security-Policy': policy.join('; '),
    // A task may keep the windows that it opens, and they the page around it, until that is left for another page.
    'Cross-Origin-Opener-Policy': needs.taskFrame ? 'same-origin-allow-popups' : 'same-origin',
    'Cache-Control': 'no-store',
  })
}

/**
 * The headers of the page that follows a submission. It stands in the frame of a task, which may have an opaque
 * origin, so this server is named besides 'self'; and any page may frame it: it shows and does nothing of a person's.
 */
export function answerPageHeaders(c: Context, ownOrigin: string): void {
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${ownOrigin}`,
    `style-src 'self' ${ownOrigin}`,
    "base-uri 'none'",
    "form-action 'none'",
  ]
  setAll(c, { ...always, 'Content-Security-Policy': policy.join('; '), 'Cache-Control': 'no-store' })
}

/** The headers of a task that this server holds: other people's HTML, shut in [design 5]. */
export function taskHeaders(c: Context, policy: string): void {
  setAll(c, {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Content-Security-Policy': policy,
    'Cache-Control': 'no-store',
  })
}

function setAll(c: Context, headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) c.header(name, value)
}
