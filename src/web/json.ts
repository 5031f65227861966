// The JSON of the worker site, which workers' tools read: on the paths of the pages, asked for by `?format=json`, by
// `.json` at the end of the path, or by an XHR that accepts JSON [websites 1.1].
import type { Context } from 'hono'
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

/** Whether a path ends in `.json`; such a path leads to the page without it. */
export function hasJSONSuffix(path: string): boolean {
  return path.endsWith('.json')
}

/** Answers JSON that nobody keeps: it is one person's. */
export function answerJSON(
  c: Context,
  body: object,
  status: 200 | 400 | 403 | 404 | 422 | 429 | 503 = 200,
): Response {
  return c.body(JSON.stringify(body), status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  })
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
