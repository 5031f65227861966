// Layouts for tests, and a worker's look at a HIT that was made of one.
import { isFault } from '../../src/domain/fault.ts'
import { PutLayout } from '../../src/operations/operator/PutLayout.ts'
import { read } from '../../src/store/prepared.ts'
import type { TestMarket } from './market.ts'

const operator = { kind: 'operator' } as const

/** Keeps a template as a layout, or as the next version of the layout `layoutId`; answers its id. */
export async function putLayout(
  { market }: TestMarket,
  requesterId: string,
  html: string,
  layoutId?: string,
): Promise<string> {
  const made = await market.runner.run(PutLayout, operator, { requesterId, layoutId, name: 'Birds', html })
  if (isFault(made)) throw new Error(`refused: ${JSON.stringify(made)}`)
  return made.layoutId
}

/** HITLayoutParameters of these values. */
export const parametersOf = (values: Record<string, string>) =>
  Object.entries(values).map(([Name, Value]) => ({ Name, Value }))

const keptRows = read<{ pattern: string }, { text: string }>(({ db }, p) =>
  db.selectFrom('question').select('text').where('text', 'like', p.pattern),
)

/** What is kept of the questions that were made of a layout. */
export async function keptQuestions({ market, clock }: TestMarket, layoutId: string): Promise<string[]> {
  const rows = await market.store.read(clock.now(), (tx) => tx.all(keptRows, { pattern: `%"${layoutId}"%` }))
  return rows.map(({ text }) => text)
}
