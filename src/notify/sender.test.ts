// The sender against destinations that work, fail, hang and recover. Its clock is the market's, which stands still.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { onBothDatabases } from '../../test/support/market.ts'
import { ids } from '../../test/support/stores.ts'
import { ReplayDeadLetters } from '../operations/operator/Outbox.ts'
import { operator } from '../operations/operation.ts'
import { LeaseDestination } from '../operations/system/deliveries.ts'
import { forgetOld } from '../operations/system/ForgetOld.ts'
import * as outbox from '../store/outbox.ts'
import { createSender, type Sender } from './sender.ts'
import { Undeliverable, type Deliverable, type Send, type Transports } from './transport.ts'

onBothDatabases('the sender', (market) => {
  let taken: Deliverable[]
  let behaviour: Map<string, Send>
  let senders: Sender[]
  let errors: unknown[]
  beforeEach(() => {
    taken = []
    behaviour = new Map()
    senders = []
    errors = []
  })
  afterEach(async () => {
    await Promise.all(senders.map((sender) => sender.stop()))
    expect(errors).toEqual([])
  })

  /** A process that sends; each has a name of its own. */
  const aSender = (attemptTime = 60_000) => {
    const send: Send = async (message, signal) => {
      await behaviour.get(message.destination)?.(message, signal)
      taken.push(message)
    }
    const transports: Transports = { Email: send, SQS: send, SNS: send, Webhook: send }
    const sender = createSender({
      runner: market().market.runner,
      wallClock: market().clock,
      ids,
      transports,
      failed: (error) => errors.push(error),
      attemptTime,
    })
    senders.push(sender)
    return sender
  }
  const aDestination = (send?: Send): outbox.Destination => {
    const destination = `https://example.org/${ids.secret(9)}`
    if (send) behaviour.set(destination, send)
    return { transport: 'SQS', destination }
  }
  const { write, read } = {
    write: <T>(work: Parameters<ReturnType<typeof market>['market']['store']['write']>[1]) =>
      market().market.store.write(market().clock.now(), work, { keep: () => true }) as Promise<T>,
    read: (id: string) => market().market.store.read(0, (tx) => outbox.find(tx, id)),
  }
  /** Puts messages about these HITs into the outbox; answers their ids. */
  const put = async (destination: outbox.Destination, ...hitIds: string[]) => {
    const messages = hitIds.map((hitId): outbox.Message => ({
      id: ids.entity(market().clock.now()),
      requesterId: 'R',
      kind: 'event',
      hitTypeId: 'T',
      isSealed: true,
      partOf: undefined,
      ...destination,
      hitId,
      event: 'HITCreated',
      document: `{"EventDocId":"${ids.secret(9)}"}`,
      createdAt: market().clock.now(),
      state: 'waiting',
      dueAt: 0,
      attempts: 0,
      error: undefined,
      settledAt: undefined,
    }))
    await write(async (tx) => {
      for (const message of messages) await outbox.add(tx, message)
    })
    return messages.map(({ id }) => id)
  }
  const takenBy = ({ destination }: outbox.Destination) =>
    taken.filter((message) => message.destination === destination).map(({ id }) => id)
  const stateOf = async (id: string) => (await read(id))?.state

  test('sends everything once, in order [notifications 10]', async () => {
    const destination = aDestination()
    const hitIds = Array.from({ length: 65 }, (_, i) => `H${i % 7}`)
    const sent = await put(destination, ...hitIds)
    const sender = aSender()
    await sender.flush()
    expect(takenBy(destination)).toEqual(sent)
    for (const id of sent) expect(await stateOf(id)).toBe('delivered')
    await sender.flush()
    expect(takenBy(destination)).toEqual(sent)
  })

  test('two processes send everything once, in order [design 4]', async () => {
    const destinations = Array.from({ length: 4 }, () => aDestination())
    const sent = await Promise.all(destinations.map((one) => put(one, 'H1', 'H2', 'H1', 'H2')))
    const processes = [aSender(), aSender()]
    await Promise.all(processes.map((sender) => sender.flush()))
    for (const sender of processes) await sender.flush()
    expect(destinations.map(takenBy)).toEqual(sent)
  })

  test('a failure pauses its HIT alone, and is mended later [notifications 10]', async () => {
    let broken = true
    const destination = aDestination(async (message) => {
      if (broken && message.id === first) throw new Error('refused')
    })
    const [first, second, other] = await put(destination, 'H1', 'H1', 'H2')
    const sender = aSender()
    await sender.flush()
    expect(takenBy(destination)).toEqual([])
    expect(await read(first!)).toMatchObject({ state: 'waiting', attempts: 1, error: 'refused' })
    await sender.flush()
    expect(takenBy(destination)).toEqual([other])
    await market().advance(2)
    await sender.flush()
    expect(await read(first!)).toMatchObject({ state: 'waiting', attempts: 2 })
    broken = false
    await market().advance(4)
    await sender.flush()
    expect(takenBy(destination)).toEqual([other, first, second])
    expect(await read(first!)).toMatchObject({ state: 'delivered', attempts: 3 })
  })

  test('the document of a repetition is the same to the last byte [notifications 6.2, 10]', async () => {
    const seen: string[] = []
    const destination = aDestination(async ({ document }) => {
      seen.push(document)
      if (seen.length < 3) throw new Error('refused')
    })
    await put(destination, 'H1')
    const sender = aSender()
    for (let i = 0; i < 3; i++) {
      await sender.flush()
      await market().advance(3600)
    }
    expect(seen).toHaveLength(3)
    expect(new Set(seen).size).toBe(1)
  })

  test('a message that is never taken becomes a dead letter, and holds up nothing [notifications 10]', async () => {
    const destination = aDestination(async (message) => {
      if (message.id === first) throw new Error('refused')
    })
    const [first, second] = await put(destination, 'H1', 'H1')
    const sender = aSender()
    for (let i = 0; i < 25; i++) {
      expect(await stateOf(first!)).toBe('waiting')
      await sender.flush()
      await market().advance(3600)
    }
    expect(await read(first!)).toMatchObject({ state: 'dead', attempts: 25, error: 'refused' })
    await sender.flush()
    expect(takenBy(destination)).toEqual([second])
    // The operator sends it again.
    behaviour.clear()
    await market().market.runner.run(ReplayDeadLetters, operator, { after: '' })
    await sender.flush()
    expect(takenBy(destination)).toEqual([second, first])
  })

  test('what no attempt can mend is a dead letter at once', async () => {
    const destination = aDestination(() => Promise.reject(new Undeliverable('no such thing')))
    const [id] = await put(destination, 'H1')
    await aSender().flush()
    expect(await read(id!)).toMatchObject({ state: 'dead', attempts: 1, error: 'no such thing' })
  })

  describe('a destination that hangs', () => {
    test('delays no other [design 4]', async () => {
      const reached = Promise.withResolvers<void>()
      const release = Promise.withResolvers<void>()
      const slow = aDestination(() => {
        reached.resolve()
        return release.promise
      })
      const [slowId] = await put(slow, 'H1')
      const sender = aSender()
      const first = sender.flush()
      await reached.promise
      const quick = aDestination()
      const done = Promise.withResolvers<void>()
      behaviour.set(quick.destination, async () => done.resolve())
      const [quickId] = await put(quick, 'H1')
      const second = sender.flush()
      await done.promise
      expect(takenBy(slow)).toEqual([])
      release.resolve()
      await Promise.all([first, second])
      expect([takenBy(slow), takenBy(quick)]).toEqual([[slowId], [quickId]])
    })

    test('and is one of many mailboxes delays no queue [design 4]', async () => {
      const never = Promise.withResolvers<void>()
      const mailboxes = Array.from({ length: 30 }, (_, i) => ({
        transport: 'Email' as const,
        destination: `w${i}.${ids.secret(6)}@example.org`,
      }))
      let open = 0
      let most = 0
      for (const mailbox of mailboxes) {
        behaviour.set(mailbox.destination, async () => {
          most = Math.max(most, ++open)
          await never.promise
          open--
        })
        await put(mailbox, 'H1')
      }
      const sender = aSender()
      const flushed = sender.flush()
      const done = Promise.withResolvers<void>()
      const queue = aDestination(async () => done.resolve())
      const [id] = await put(queue, 'H1')
      const second = sender.flush()
      await done.promise
      await expect.poll(() => open).toBe(10)
      never.resolve()
      await Promise.all([flushed, second])
      expect(takenBy(queue)).toEqual([id])
      while (mailboxes.some((mailbox) => takenBy(mailbox).length === 0)) await sender.flush()
      // Mail servers want few connections.
      expect(most).toBe(10)
    })

    test('is given up, and tried again later [notifications 10]', async () => {
      const never = Promise.withResolvers<void>()
      const destination = aDestination(() => never.promise)
      const [id] = await put(destination, 'H1')
      const sender = aSender(20)
      await sender.flush()
      expect(await read(id!)).toMatchObject({
        state: 'waiting',
        attempts: 1,
        error: 'There was no answer within 0.02 seconds.',
      })
      behaviour.clear()
      await market().advance(10)
      await sender.flush()
      expect(takenBy(destination)).toEqual([id])
    })

    test('does not keep the server from stopping, and is not blamed for it', async () => {
      const reached = Promise.withResolvers<void>()
      const destination = aDestination(() => {
        reached.resolve()
        return new Promise(() => undefined)
      })
      const [id] = await put(destination, 'H1')
      const sender = aSender()
      const flushed = sender.flush()
      await reached.promise
      await sender.stop()
      await flushed
      expect(await read(id!)).toMatchObject({ state: 'waiting', attempts: 0 })
      behaviour.clear()
      await aSender().flush()
      expect(takenBy(destination)).toEqual([id])
    })
  })

  test('a process that died in the middle of sending is succeeded when its lease ends [design 4]', async () => {
    const destination = aDestination()
    const [id] = await put(destination, 'H1')
    const wallNow = market().clock.now()
    const lease = { destination, holder: 'a process that died', wallNow, until: wallNow + 20_000, limit: 9 }
    await market().market.runner.run(LeaseDestination, { kind: 'system' }, lease)
    const sender = aSender()
    await sender.flush()
    expect(takenBy(destination)).toEqual([])
    await market().advance(20)
    await sender.flush()
    expect(takenBy(destination)).toEqual([id])
  })

  test('a single attempt answers what became of it, and is not repeated [notifications 3]', async () => {
    const sender = aSender()
    const good = aDestination()
    const bad = aDestination(() => Promise.reject(new Error('refused')))
    const [[one], [two]] = [await put(good, 'H1'), await put(bad, 'H1')]
    expect(await sender.attempt(one!)).toBeUndefined()
    expect(await sender.attempt(two!)).toBe('refused')
    // It is kept as long as every dead letter: from now on.
    expect(await read(two!)).toMatchObject({ state: 'dead', settledAt: market().clock.now() })
    expect([await stateOf(one!), await stateOf(two!)]).toEqual(['delivered', 'dead'])
    expect(await sender.attempt('3NONE')).toBe('The message is gone.')
  })

  test('what was delivered is forgotten after 7 days, a dead letter after 90', async () => {
    const bad = aDestination(() => Promise.reject(new Undeliverable('gone')))
    const [[one], [two]] = [await put(aDestination(), 'H1'), await put(bad, 'H1')]
    await aSender().flush()
    const { runner } = market().market
    await market().advance(7 * 86_400 - 1)
    await forgetOld(runner, market().clock.now())
    expect(await stateOf(one!)).toBe('delivered')
    await market().advance(1)
    await forgetOld(runner, market().clock.now())
    expect([await stateOf(one!), await stateOf(two!)]).toEqual([undefined, 'dead'])
    await market().advance(83 * 86_400 - 1)
    await forgetOld(runner, market().clock.now())
    expect(await stateOf(two!)).toBe('dead')
    await market().advance(1)
    await forgetOld(runner, market().clock.now())
    expect(await stateOf(two!)).toBeUndefined()
  })

  test('once started it sends by itself', async () => {
    const done = Promise.withResolvers<void>()
    const destination = aDestination(async () => done.resolve())
    const sender = aSender()
    sender.start()
    await put(destination, 'H1')
    await done.promise
  })
})
