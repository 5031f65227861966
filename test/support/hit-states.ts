// HITs in every state that the API knows, by the ways that lead there [hits 5.2, 5.3].
import type { OperationInput } from '../../src/model/operations.ts'
import type { TestClient, TestMarket } from './market.ts'
import { accept, createHIT, expireNow, showHIT, work, type ShownHIT } from './steps.ts'

type Make = (market: TestMarket, client: TestClient, hitId: string) => Promise<void>

async function submitOne(market: TestMarket, hitId: string): Promise<string> {
  return work(await market.worker(), { HITId: hitId })
}

async function approveOne(market: TestMarket, client: TestClient, hitId: string): Promise<void> {
  await client.call('ApproveAssignment', { AssignmentId: await submitOne(market, hitId) })
}

async function acceptOne(market: TestMarket, hitId: string): Promise<void> {
  await accept(await market.worker(), { HITId: hitId })
}

async function mark(client: TestClient, hitId: string): Promise<void> {
  await client.call('UpdateHITReviewStatus', { HITId: hitId })
}

/** What happens to a HIT with one assignment until it is in the situation. */
const situations = {
  Assignable: async () => {},
  Unassignable: (market, _, hitId) => acceptOne(market, hitId),
  'Unassignable, expired': async (market, client, hitId) => {
    await acceptOne(market, hitId)
    await expireNow(client, hitId)
  },
  'Reviewable, unreviewed': async (market, _, hitId) => {
    await submitOne(market, hitId)
  },
  'Reviewable, reviewed': approveOne,
  'Reviewable, expired': (_, client, hitId) => expireNow(client, hitId),
  'Reviewing, unreviewed': async (market, client, hitId) => {
    await submitOne(market, hitId)
    await mark(client, hitId)
  },
  'Reviewing, reviewed': async (market, client, hitId) => {
    await approveOne(market, client, hitId)
    await mark(client, hitId)
  },
  'Reviewing, expired': async (_, client, hitId) => {
    await expireNow(client, hitId)
    await mark(client, hitId)
  },
  'Disposed, worked on': async (market, client, hitId) => {
    await approveOne(market, client, hitId)
    await client.call('DeleteHIT', { HITId: hitId })
  },
  'Disposed, expired': async (_, client, hitId) => {
    await expireNow(client, hitId)
    await client.call('DeleteHIT', { HITId: hitId })
  },
} as const satisfies Record<string, Make>

/** A state, and how the HIT came into it. */
export type Situation = keyof typeof situations

/** The state that the situation's name begins with. */
export function stateIn(situation: Situation): string {
  return situation.split(',')[0]!
}

/** Makes a HIT with one assignment and brings it into the situation. */
export async function hitIn(
  market: TestMarket,
  client: TestClient,
  situation: Situation,
  changes: Partial<OperationInput<'CreateHIT'>> = {},
): Promise<ShownHIT> {
  const { HITId } = await createHIT(client, changes)
  await situations[situation](market, client, HITId)
  const hit = await showHIT(client, HITId)
  if (hit.HITStatus !== stateIn(situation)) throw new Error(`the HIT is ${hit.HITStatus}, not ${situation}`)
  return hit
}
