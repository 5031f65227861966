import { beforeEach, describe, expect, test } from 'vitest'
import { ids, onBothStores, usualNow, type TestStore } from '../../test/support/stores.ts'
import * as deadLetters from './dead-letters.ts'
import * as outbox from './outbox.ts'

const queue: outbox.Destination = { transport: 'SQS', destination: 'https://example.org/queue' }

const message = (changes: Partial<outbox.Message>): outbox.Message => ({
  id: ids.entity(usualNow),
  requesterId: 'R',
  kind: 'event',
  hitTypeId: 'T',
  isSealed: true,
  partOf: undefined,
  ...queue,
  hitId: 'H',
  event: 'HITCreated',
  document: '{"Events":[]}',
  createdAt: usualNow,
  state: 'waiting',
  dueAt: 0,
  attempts: 0,
  error: undefined,
  settledAt: undefined,
  ...changes,
})

const failedUntil = (id: string, dueAt: number): outbox.Outcome => ({
  id,
  state: 'waiting',
  dueAt,
  attempts: 1,
  error: 'refused',
  settledAt: undefined,
})

const delivered = (id: string, settledAt: number): outbox.Outcome => ({
  id,
  state: 'delivered',
  dueAt: 0,
  attempts: 1,
  error: undefined,
  settledAt,
})

/** Puts messages into the outbox, in this order. */
async function add({ write }: TestStore, ...all: Partial<outbox.Message>[]): Promise<outbox.Message[]> {
  const messages = all.map(message)
  await write(async (tx) => {
    for (const one of messages) await outbox.add(tx, one)
  })
  return messages
}

onBothStores('the outbox', (stores) => {
  let store: TestStore
  let here: outbox.Destination
  beforeEach(() => {
    store = stores().production
    here = { transport: 'SQS', destination: `https://example.org/${ids.secret(6)}` }
  })
  const sendable = async (wallNow: number, limit = 10) =>
    (await store.read((tx) => outbox.listSendable(tx, here, wallNow, limit))).map(({ id }) => id)
  const settle = (...outcomes: outbox.Outcome[]) =>
    store.write(async (tx) => {
      for (const outcome of outcomes) await outbox.settle(tx, outcome)
    })

  test('keeps every member of a message', async () => {
    const [kept] = await add(store, {
      ...here,
      event: 'AssignmentSubmitted',
      document: '"ŝ"',
      dueAt: 5,
      attempts: 2,
      error: 'no answer',
      settledAt: 7,
      state: 'dead',
    })
    expect(await store.read((tx) => outbox.find(tx, kept!.id))).toEqual(kept)
    expect((await store.read((tx) => outbox.list(tx, undefined, 1)))[0]).toEqual(kept)
    expect((await store.read((tx) => outbox.list(tx, kept!.id, 1)))[0]).not.toEqual(kept)
  })

  test('lists the destinations that wait, each once', async () => {
    const other = { transport: 'Webhook', destination: here.destination } as const
    const done = { transport: 'SNS', destination: here.destination } as const
    await add(store, here, here, other, { ...done, state: 'dead' }, { ...done, state: 'delivered' })
    const next = (transport: outbox.Destination['transport'], after: string) =>
      store.read((tx) => outbox.nextDestination(tx, transport, after))
    const before = here.destination.slice(0, -1)
    expect(await next('SQS', before)).toEqual(here)
    expect((await next('SQS', here.destination))?.destination).not.toBe(here.destination)
    expect(await next('Webhook', before)).toEqual(other)
    expect((await next('SNS', before))?.destination).not.toBe(here.destination)
  })

  test('sends in the order of events, what is due, and to one destination [design 4]', async () => {
    const [a, b, , d] = await add(
      store,
      { ...here, hitId: 'H1' },
      { ...here, hitId: 'H2' },
      { ...here, hitId: 'H3', dueAt: 2000 },
      { ...here, hitId: 'H4', dueAt: 1000 },
      { ...here, transport: 'SNS' },
    )
    expect(await sendable(1000)).toEqual([a!.id, b!.id, d!.id])
    expect(await sendable(1000, 2)).toEqual([a!.id, b!.id])
  })

  test('an event stands behind an earlier one of its HIT that failed; other HITs go on [design 4]', async () => {
    const [first, other, second] = await add(
      store,
      { ...here, hitId: 'H1' },
      { ...here, hitId: 'H2' },
      { ...here, hitId: 'H1' },
    )
    await settle(failedUntil(first!.id, 5000))
    expect(await sendable(4999)).toEqual([other!.id])
    expect(await sendable(5000)).toEqual([first!.id, other!.id, second!.id])
    // A dead letter holds up nothing.
    await settle({ ...failedUntil(first!.id, 9000), state: 'dead', settledAt: 5000 })
    expect(await sendable(5000)).toEqual([other!.id, second!.id])
  })

  test('what was delivered stays delivered, whatever a slower process says', async () => {
    const [one] = await add(store, here)
    await settle(delivered(one!.id, 10))
    await settle(failedUntil(one!.id, 5000))
    expect(await store.read((tx) => outbox.find(tx, one!.id))).toMatchObject({
      state: 'delivered',
      settledAt: 10,
      attempts: 1,
    })
  })

  test('dead letters can be sent again, from the first attempt on', async () => {
    const [dead] = await add(store, { ...here, state: 'dead', attempts: 12, dueAt: 9e12, error: 'gone' })
    expect(await store.write((tx) => deadLetters.replay(tx, dead!.id))).toBe(true)
    expect(await store.write((tx) => deadLetters.replay(tx, dead!.id))).toBe(false)
    expect(await sendable(1)).toEqual([dead!.id])
  })

  describe('a lease', () => {
    const lease = (holder: string, wallNow: number) =>
      store.write((tx) => outbox.lease(tx, here, holder, wallNow, wallNow + 60))

    test('is of one process until it ends; its holder may prolong it [design 4]', async () => {
      expect(await lease('one', 100)).toBe(true)
      expect(await lease('two', 159)).toBe(false)
      expect(await lease('one', 150)).toBe(true)
      expect(await lease('two', 209)).toBe(false)
      expect(await lease('two', 210)).toBe(true)
      expect(await lease('one', 211)).toBe(false)
    })

    test('is given back by its holder alone', async () => {
      await lease('one', 100)
      await store.write((tx) => outbox.release(tx, here, 'two'))
      expect(await lease('two', 101)).toBe(false)
      await store.write((tx) => outbox.release(tx, here, 'one'))
      expect(await lease('two', 101)).toBe(true)
    })

    test('asked for by many at once is given to one', async () => {
      const asked = Array.from({ length: 8 }, (_, i) => lease(`process ${i}`, 100))
      expect((await Promise.all(asked)).filter((given) => given)).toHaveLength(1)
    })
  })

  test('forgets what was delivered long ago, and nothing else', async () => {
    const [old, recent, dead, waiting] = await add(store, here, here, here, here)
    await settle(delivered(old!.id, 10), delivered(recent!.id, 20), {
      ...delivered(dead!.id, 10),
      state: 'dead',
    })
    expect(await store.read((tx) => outbox.hasDelivered(tx, 10))).toBe(true)
    while ((await store.write((tx) => outbox.forgetDelivered(tx, 10, 1))) > 0);
    expect(await store.read((tx) => outbox.hasDelivered(tx, 10))).toBe(false)
    const left = await Promise.all(
      [old, recent, dead, waiting].map((one) => store.read((tx) => outbox.find(tx, one!.id))),
    )
    expect(left.map((one) => one?.state)).toEqual([undefined, 'delivered', 'dead', 'waiting'])
  })

  test('is of one market alone', async () => {
    const [mine] = await add(store, here)
    const { sandbox } = stores()
    expect(await sandbox.read((tx) => outbox.listSendable(tx, here, 1, 9))).toEqual([])
    expect(await sandbox.read((tx) => outbox.find(tx, mine!.id))).toBeUndefined()
  })
})
