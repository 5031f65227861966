// Calls at the same moment, and what came of them.
import { expect } from 'vitest'
import type { OperationName } from '../../src/model/operations.ts'
import { CheckLedger } from '../../src/operations/operator/CheckLedger.ts'
import { checkLedger } from './ledger-audit.ts'
import type { TestClient, TestMarket } from './market.ts'

/** The answer of a call: '' when it succeeded, else the text of the refusal without its stamp. */
export async function outcomeOf(
  client: TestClient,
  operation: OperationName,
  input: object,
): Promise<string> {
  const { status, text } = await client.send(operation, JSON.stringify(input))
  if (status === 200) return ''
  const { Message = '', message = '' } = JSON.parse(text) as Record<string, string>
  return (Message || message).replace(/ \(\d+( s)?\)$/, '')
}

/** How often each outcome occurred. */
export function tally(outcomes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1
  return counts
}

/** Proves that no race has left a cent, a counter or a slot wrong [design 6]. */
export async function auditMarket(market: TestMarket): Promise<void> {
  await checkLedger(market)
  const report = await market.market.runner.run(CheckLedger, { kind: 'operator' }, {})
  expect(report).toEqual({ problems: [] })
}

/**
 * Turns the clock to `time` in the midst of things: what `before` began may already be under way then; after that
 * `during` and the timers run against each other. Answers what both brought.
 */
export async function turnDuring<A, B>(
  market: TestMarket,
  time: number,
  before: () => Promise<A>[],
  during: () => Promise<B>[],
): Promise<{ before: A[]; during: B[] }> {
  const begun = before()
  await new Promise((resolve) => setImmediate(resolve))
  market.clock.set(time)
  const following = during()
  const [first, second] = await Promise.all([
    Promise.all(begun),
    Promise.all(following),
    market.market.timers.catchUp(),
  ])
  return { before: first, during: second }
}
