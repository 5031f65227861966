// Reads what calls of the control API are given: each reader answers the value, or throws an InvalidInput that names
// the member. It is thrown, not returned, so that a body reads as one expression; `control.ts` turns it into the answer.
import type { Context } from 'hono'
import type { Fault } from '../../domain/fault.ts'
import { parseDollars, type Cents } from '../../domain/money.ts'

/** Input that is refused. */
export class BadInput extends Error {
  readonly fault: Fault
  constructor(member: string, explanation: string) {
    super(`${member}: ${explanation}`)
    this.fault = { fault: 'InvalidInput', member, explanation }
  }
}

export type Body = Readonly<Record<string, unknown>>

/** A JSON object. */
export function readObject(text: string): Body {
  let value: unknown
  try {
    value = text === '' ? {} : JSON.parse(text)
  } catch {
    throw new BadInput('body', 'It is not JSON.')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BadInput('body', 'It must be a JSON object.')
  }
  return value as Body
}

/** Refuses members that mean nothing: a misspelled one would be ignored in silence. */
export function onlyMembers(body: Body, ...members: string[]): void {
  const unknown = Object.keys(body).find((member) => !members.includes(member))
  if (unknown !== undefined)
    throw new BadInput(unknown, `There is no such member; there are ${members.join(', ')}.`)
}

/** One line of text; undefined when it is not given. */
export function text(body: Body, member: string): string | undefined {
  const value = body[member]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string' || value.length > 1000 || !isOneLine(value)) {
    throw new BadInput(member, 'It must be a text of at most 1000 characters on one line.')
  }
  return value
}

/** One line of text that is not empty. */
export function requiredText(body: Body, member: string): string {
  const value = text(body, member)
  if (value === undefined || value === '') throw new BadInput(member, 'It is missing.')
  return value
}

// oxlint-disable-next-line no-control-regex
const isOneLine = (value: string) => !/[\u0000-\u001f]/.test(value) && value.isWellFormed()

/** True or false; undefined when it is not given. */
export function flag(body: Body, member: string): boolean | undefined {
  const value = body[member]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'boolean') throw new BadInput(member, 'It must be true or false.')
  return value
}

/** A whole number from 0 to 10^9; undefined when it is not given. */
export function count(body: Body, member: string): number | undefined {
  const value = body[member]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 1e9) {
    throw new BadInput(member, 'It must be a whole number from 0 to 1000000000.')
  }
  return value
}

/** The query parameter `before`: the id of the last entry of the page before; undefined for the first page. */
export function beforeOf(c: Context): string | undefined {
  const before = c.req.query('before')
  if (before !== undefined && !/^[A-Z0-9]{1,64}$/.test(before))
    throw new BadInput('before', 'It must be the id of the last message of the page before.')
  return before
}

/** The query parameter `requester`: whose history is meant. */
export function requesterOf(c: Context): string {
  const requesterId = c.req.query('requester') ?? ''
  if (requesterId === '') throw new BadInput('requester', 'It is missing: whose history is it?')
  // One of the databases takes no text with every character.
  if (!isId.test(requesterId)) throw new BadInput('requester', 'It must be an id: letters and digits.')
  return requesterId
}

export const isId = /^[0-9A-Za-z]{1,64}$/

/** Dollars as text, such as "5.00"; undefined when they are not given. */
export function dollars(body: Body, member: string): Cents | undefined {
  const value = text(body, member)
  if (value === undefined) return undefined
  const amount = parseDollars(value)
  if (amount === undefined) throw new BadInput(member, 'It must be dollars as a text, such as "5.00".')
  return amount
}
