// Pages of lists [hits 8]: every page with an entry carries a token, the empty page that ends the list has none. A
// token is a place in the order, not a count, so nothing is skipped when entries go away; and it belongs to one
// list, caller and filter.
import { createHash } from 'node:crypto'
import { isFault, type Fault } from '../domain/fault.ts'
import { market } from '../limits.ts'
import type { Cursor } from '../store/cursor.ts'

const idBytes = 30
const seal = 8

export interface PageRequest {
  NextToken?: string | undefined
  MaxResults?: number | undefined
}

/** Where to go on and how many entries to give. */
export interface Page {
  after: Cursor | undefined
  limit: number
  /** What the tokens of this list are bound to. */
  scope: string
}

/** Reads the paging members of an input. `scope` names operation, caller and filters. InvalidParameterValue on NextToken. */
export function readPage(input: PageRequest, ...scope: string[]): Page | Fault {
  const bound = JSON.stringify(scope)
  const limit = input.MaxResults ?? market.pageSize
  if (input.NextToken === undefined) return { after: undefined, limit, scope: bound }
  const after = decode(input.NextToken, bound)
  return isFault(after) ? after : { after, limit, scope: bound }
}

/** The members `NextToken` and `NumResults` of an answer with these entries; `placeOf` tells an entry's place. */
export function pageMembers<T>(page: Page, entries: readonly T[], placeOf: (entry: T) => Cursor) {
  const last = entries.at(-1)
  return {
    ...(last !== undefined && { NextToken: encode(placeOf(last), page.scope) }),
    NumResults: entries.length,
  }
}

function sealOf(payload: Buffer, scope: string): Buffer {
  return createHash('sha256').update(scope).update(payload).digest().subarray(0, seal)
}

function encode({ time, id }: Cursor, scope: string): string {
  const payload = Buffer.alloc(8 + Math.max(idBytes, id.length))
  payload.writeBigUInt64BE(BigInt(time))
  payload.write(id, 8, 'latin1')
  return 'p1:' + Buffer.concat([payload, sealOf(payload, scope)]).toString('base64')
}

function decode(token: string, scope: string): Cursor | Fault {
  const refused: Fault = { fault: 'InvalidParameterValue', parameter: 'NextToken', value: token }
  if (!/^p1:[A-Za-z0-9+/]+={0,2}$/.test(token)) return refused
  const bytes = Buffer.from(token.slice(3), 'base64')
  // Padding too much, and stray bits at the end, would be read over.
  if (bytes.length < 8 + idBytes + seal || bytes.toString('base64') !== token.slice(3)) return refused
  const payload = bytes.subarray(0, -seal)
  if (!sealOf(payload, scope).equals(bytes.subarray(-seal))) return refused
  const time = Number(payload.readBigUInt64BE())
  return { time, id: payload.subarray(8).toString('latin1').replaceAll('\0', '') }
}
