// The operator's look at payouts: what workers asked for, and what became of it.
import type { Context, Hono } from 'hono'
import { toISO } from '../../clock.ts'
import { isFault, type Fault } from '../../domain/fault.ts'
import { formatDollars } from '../../domain/money.ts'
import { payoutStates, type Payout } from '../../domain/payout.ts'
import { server } from '../../limits.ts'
import type { Market } from '../../market.ts'
import { operator } from '../../operations/operation.ts'
import { ListAllPayouts } from '../../operations/operator/ListPayouts.ts'
import { RequestPayoutFor } from '../../operations/operator/RequestPayoutFor.ts'
import { SettlePayout, type Settlement } from '../../operations/operator/SettlePayout.ts'
import type { Answer, Control } from './call.ts'
import { BadInput, beforeOf, dollars, onlyMembers, requiredText, text, type Body } from './input.ts'
import { refusal } from './refusals.ts'

/** Adds the calls about payouts. */
export function addPayouts(app: Hono, control: Control): void {
  app.get('/_control/payouts', control.handle(listPayouts))
  app.post('/_control/payouts', control.handle(requestPayout))
  app.post('/_control/payouts/settle', control.handle(settlePayouts))
}

async function listPayouts(market: Market, _: Body, c: Context): Promise<Answer> {
  const given = c.req.query('state')
  const state = payoutStates.find((known) => known === given)
  if (given !== undefined && state === undefined)
    throw new BadInput('state', `It must be ${payoutStates.join(', ')}.`)
  const page = { state, before: beforeOf(c), limit: server.controlPage }
  const payouts = await market.runner.run(ListAllPayouts, operator, page)
  if (isFault(payouts)) return payouts
  const withDetails = c.req.query('details') === '1'
  return payouts.map((payout) => view(market, payout, withDetails))
}

function view({ secrets }: Market, payout: Payout, withDetails: boolean): object {
  const { id, workerId, amount, state, method, details, automatic, requestedAt, settledAt, note } = payout
  return {
    payoutId: id,
    workerId,
    amount: formatDollars(amount),
    state,
    method,
    ...(withDetails && details !== undefined && { details: secrets.decrypt(details) }),
    automatic,
    requestedAt: toISO(requestedAt),
    ...(settledAt !== undefined && { settledAt: toISO(settledAt) }),
    ...(note !== undefined && { note }),
  }
}

/** Of a closed account, whose worker cannot ask himself. */
async function requestPayout(market: Market, body: Body): Promise<Answer> {
  onlyMembers(body, 'workerId', 'amount', 'method')
  const method = text(body, 'method') ?? 'Other'
  if (method === '' || method.length > 60)
    throw new BadInput('method', 'It must be a text of 1 to 60 characters.')
  const input = { workerId: requiredText(body, 'workerId'), amount: dollars(body, 'amount'), method }
  const payout = await market.runner.run(RequestPayoutFor, operator, input)
  return isFault(payout) ? payout : view(market, payout, false)
}

/** What became of one of the payouts that were to be settled. */
interface Settled {
  payoutId: string
  result: Settlement['result']
  outcome: 'done' | 'already' | 'refused'
  /** The state that it is in, when it has been settled before. */
  state?: string
  message?: string
}

// One after the other, each in a transaction of its own: whatever happens between two, sending all again is safe.
async function settlePayouts(market: Market, body: Body): Promise<Answer> {
  onlyMembers(body, 'payouts')
  const results: Settled[] = []
  for (const settlement of readSettlements(body.payouts)) {
    const output = await market.runner.run(SettlePayout, operator, settlement)
    if (isFault(output) && output.fault === 'Busy') return output
    results.push({ ...outcomeOf(settlement, output) })
  }
  return { results }
}

function outcomeOf({ payoutId, result }: Settlement, output: Payout | Fault): Settled {
  if (!isFault(output)) return { payoutId, result, outcome: 'done' }
  const { message } = refusal(output).body
  if (output.fault !== 'PayoutSettled') return { payoutId, result, outcome: 'refused', message }
  const { state } = output
  return { payoutId, result, outcome: state === result ? 'already' : 'refused', state, message }
}

function readSettlements(given: unknown): Settlement[] {
  if (!Array.isArray(given) || given.length === 0 || given.length > server.controlPage)
    throw new BadInput('payouts', `It must be a list of 1 to ${server.controlPage}.`)
  return given.map((item: unknown) => {
    if (typeof item !== 'object' || item === null) throw new BadInput('payouts', 'Each must be an object.')
    const one = item as Body
    onlyMembers(one, 'payoutId', 'result', 'note')
    const { result } = one
    if (result !== 'paid' && result !== 'failed') throw new BadInput('result', 'It must be paid or failed.')
    return { payoutId: requiredText(one, 'payoutId'), result, note: readNote(one.note) }
  })
}

/** The operator's words to the worker, over several lines if need be; undefined when there are none. */
function readNote(note: unknown): string | undefined {
  if (note === undefined || note === null) return undefined
  if (typeof note !== 'string' || note.length > server.noteLength || !note.isWellFormed())
    throw new BadInput('note', `It must be a text of at most ${server.noteLength} characters.`)
  // A text without this character: one of the databases cannot keep it.
  return note.replaceAll('\u0000', '').trim() || undefined
}
