// What a worker of a test market was told.
import { listNewest } from '../../src/store/messages.ts'
import type { TestMarket } from './market.ts'

type Message = Awaited<ReturnType<typeof listNewest>>[number]

/** The messages to a worker among the newest 1000 of the market, newest first. */
export async function messagesOf({ market, clock }: TestMarket, workerId: string): Promise<Message[]> {
  const all = await market.store.read(clock.now(), (tx) => listNewest(tx, { limit: 1000 }))
  return all.filter((message) => message.workerId === workerId)
}
