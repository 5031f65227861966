// The JSON of the worker site, which workers' tools read: on the paths of the pages, asked for by `?format=json`, by
// `.json` at the end of the path, or by an XHR that accepts JSON [websites 1.1].
import type { Context } from 'hono'
import { getPathNoStrict } from 'hono/utils/url'
import { toISO } from '../clock.ts'
import { formatDollars, type Cents } from '../domain/money.ts'

/** Money as the site's JSON has it [websites 1.1]. */
export interface JSONMoney {
  amount_in_dollars: number
  currency_code: 'USD'
}

/** Whether the request wants JSON instead of a page [websites 1.1]. */
export function wantsJSON(c: Context): boolean {
  if (c.req.query('format') === 'json' || hasJSONSuffix(new URL(c.req.url).pathname)) return true
  const isXHR = c.req.header('x-requested-with')?.toLowerCase() === 'xmlhttprequest'
  return isXHR && /\bapplication\/(?:[\w.]+\+)?json\b/.test(c.req.header('accept') ?? '')
}

/** Addresses that are no pages: what their paths end in means what it says. */
const noPages = /^\/(?:_control|static|task|uploads|s)\//

/** Whether a path ends in `.json`, perhaps with a slash after it; such a path leads to the page without it. */
export function hasJSONSuffix(path: string): boolean {
  return /\.json\/?$/.test(path) && !noPages.test(path)
}

/** The path by which a request finds its page: without a slash at its end [websites 1.9] and without `.json`. */
export function pagePath(request: Request): string {
  const path = getPathNoStrict(request)
  return hasJSONSuffix(path) ? path.slice(0, -'.json'.length) || '/' : path
}

/** Answers JSON that nobody keeps: it is one person's. */
export function answerJSON(
  c: Context,
  body: object,
  status: 200 | 400 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 429 | 500 | 503 = 200,
): Response {
  return c.body(JSON.stringify(body), status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  })
}

/** How a page of a list stands among all, in every list that goes by numbers [websites 1.3, 1.9]. */
export function pageCounts(page: number, results: readonly object[], total: number) {
  return { page_number: page, num_results: results.length, total_num_results: total }
}

/** Money as the site's JSON has it [websites 1.1]. */
export function jsonMoney(amount: Cents): JSONMoney {
  return { amount_in_dollars: jsonDollars(amount), currency_code: 'USD' }
}

/** Dollars as a number [websites 1.8]. */
export function jsonDollars(amount: Cents): number {
  return Number(formatDollars(amount))
}

/** A time as the site's JSON has it, `…Z`. `time` is epoch milliseconds. */
export const jsonTime = toISO
