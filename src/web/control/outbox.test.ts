// What an operator sees of the outbox, and how he has dead letters sent again [design 7].
import { beforeEach, describe, expect, test } from 'vitest'
import { onBothDatabases } from '../../../test/support/market.ts'
import { ids } from '../../../test/support/stores.ts'
import { createSender } from '../../notify/sender.ts'
import type { Send } from '../../notify/transport.ts'
import * as outbox from '../../store/outbox.ts'
import { createOperatorRoutes } from './control.ts'

interface Shown {
  id: string
  kind: string
  state: string
  attempts: number
  document: { EventDocId: string }
}

onBothDatabases('the outbox of the control API', (market) => {
  let taken: { destination: string; document: string }[]
  let here: string
  beforeEach(() => {
    taken = []
    here = `https://example.org/${ids.secret(9)}`
  })

  const ask = async (path: string, body?: object): Promise<{ status: number; body: unknown }> => {
    const app = createOperatorRoutes({
      marketNamed: (name) => (name === 'sandbox' ? undefined : market().market),
      publicURL: () => '',
      failed: (error) => expect(error).toBeUndefined(),
    })
    const init = body && {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json' },
    }
    const response = await app.request(`/_control/outbox${path}`, init)
    return { status: response.status, body: await response.json() }
  }
  const listed = async (query: string) => (await ask(query)).body as Shown[]
  const replayed = async (body: object) => (await ask('/replay', body)).body
  /** Puts messages to this destination into the outbox; answers their ids. */
  const put = async (...all: Partial<outbox.Message>[]) => {
    const messages = all.map((changes): outbox.Message => ({
      id: ids.entity(market().clock.now()),
      requesterId: 'R',
      kind: 'event',
      transport: 'SQS',
      destination: here,
      hitId: ids.secret(6),
      hitTypeId: 'T',
      event: 'HITCreated',
      document: `{"Events":[],"EventDocId":"${ids.secret(9)}"}`,
      isSealed: true,
      partOf: undefined,
      createdAt: market().clock.now(),
      state: 'dead',
      dueAt: 0,
      attempts: 25,
      error: 'refused',
      settledAt: market().clock.now(),
      ...changes,
    }))
    const write = async (tx: Parameters<typeof outbox.add>[0]) => {
      for (const message of messages) await outbox.add(tx, message)
    }
    await market().market.store.write(market().clock.now(), write, { keep: () => true })
    return messages.map(({ id }) => id)
  }
  const flush = async () => {
    const send: Send = async (message) => void taken.push(message)
    const sender = createSender({
      runner: market().market.runner,
      wallClock: market().clock,
      ids,
      transports: { Email: send, SQS: send, SNS: send, Webhook: send },
      failed: (error) => expect(error).toBeUndefined(),
    })
    await sender.flush()
    await sender.stop()
  }
  const documentsHere = () =>
    taken
      .filter(({ destination }) => destination === here)
      .map(({ document }) => (JSON.parse(document) as { EventDocId: string }).EventDocId)

  test('is shown newest first, all of it or what has one state', async () => {
    const [dead, waiting, delivered] = await put(
      {},
      { state: 'waiting', error: undefined, settledAt: undefined, attempts: 0 },
      { state: 'delivered', error: undefined },
    )
    expect((await listed('')).slice(0, 3).map(({ id }) => id)).toEqual([delivered, waiting, dead])
    for (const [state, id] of Object.entries({ dead, waiting, delivered })) {
      const shown = await listed(`?state=${state}`)
      expect(shown[0]).toMatchObject({ id, state, kind: 'event' })
      expect(shown.every((message) => message.state === state)).toBe(true)
    }
    await flush()
  })

  test('is shown in pages', async () => {
    const put120 = await put(...Array.from({ length: 120 }, () => ({})))
    const first = await listed('?state=dead')
    const second = await listed(`?state=dead&before=${first.at(-1)!.id}`)
    expect(first).toHaveLength(100)
    expect([...first, ...second].slice(0, 120).map(({ id }) => id)).toEqual(put120.toReversed())
  })

  test('a dead letter that is replayed arrives with its old EventDocId [notifications 10]', async () => {
    const [first, second] = await put({}, {})
    const shown = (await listed('?state=dead')).find(({ id }) => id === first)!
    expect(await replayed({ id: first! })).toEqual({ replayed: 1 })
    await flush()
    expect(documentsHere()).toEqual([shown.document.EventDocId])
    expect((await listed('?state=dead'))[0]!.id).toBe(second)
    expect((await listed('?state=delivered')).find(({ id }) => id === first)).toMatchObject({ attempts: 1 })
  })

  test('those of one destination are replayed together, in their order', async () => {
    const elsewhere = await put({ destination: `${here}/other` })
    const some = await put(...Array.from({ length: 600 }, () => ({ hitId: 'H' })))
    expect(await replayed({ destination: here })).toEqual({ replayed: 600 })
    expect((await listed('?state=dead'))[0]!.id).toBe(elsewhere[0])
    await flush()
    expect(documentsHere()).toHaveLength(600)
    expect(taken.map((message) => (message as unknown as { id: string }).id)).toEqual(some)
    expect(await replayed({ destination: here })).toEqual({ replayed: 0 })
  })

  test('failed tests are replayed by their id only: nobody waits for them any more', async () => {
    const ping = { kind: 'test', event: 'Ping' } as const
    const [test] = await put(ping, {}, { kind: 'mail', document: '{"subject":"s","text":"t"}' })
    await replayed({})
    expect((await listed('?state=dead')).map(({ id }) => id)).toEqual([test])
    expect(await replayed({ destination: here })).toEqual({ replayed: 0 })
    expect(await replayed({ id: test! })).toEqual({ replayed: 1 })
    await flush()
    expect(await replayed({})).toEqual({ replayed: 0 })
  })

  describe('refuses', () => {
    test('to replay what is no dead letter', async () => {
      const [waiting] = await put({ state: 'waiting' })
      for (const id of ['3NONE', waiting!])
        expect(await ask('/replay', { id })).toMatchObject({
          status: 400,
          body: { error: 'InvalidInput', message: 'id: There is no dead letter of this id.' },
        })
    })

    test.each([
      ['?state=sent', undefined],
      ['?before=%20', undefined],
      ['/replay', { id: 'a', destination: 'b' }],
      ['/replay', { id: 5 }],
      ['/replay', { destination: '' }],
      ['/replay', { ids: [] }],
      ['?environment=sandbox', undefined],
    ])('%s %j', async (path, body) => {
      expect(await ask(path, body)).toMatchObject({ status: 400, body: { error: 'InvalidInput' } })
    })
  })
})
