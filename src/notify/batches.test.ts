// Several events in a document, where the operator wants it [notifications 5.4].
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { externalQuestion, openMarket, type TestClient, type TestMarket } from '../../test/support/market.ts'
import {
  aSpecification,
  createType,
  messagesOf,
  type ToldDocument,
} from '../../test/support/notifications.ts'
import { createDatabase, postgresMissing } from '../../test/support/postgres.ts'
import { describeUnless } from '../../test/support/shared.ts'
import { ids } from '../../test/support/stores.ts'
import { operator } from '../operations/operation.ts'
import { ReplayDeadLetter } from '../operations/operator/Outbox.ts'
import { forgetOld } from '../operations/system/ForgetOld.ts'
import { createSender, type Sender } from './sender.ts'
import { Undeliverable, type Deliverable, type Send } from './transport.ts'

const perDocument = 4

function suite(open: () => Promise<TestMarket>): void {
  let market: TestMarket
  let client: TestClient
  let Destination: string
  let behaviour: Send | undefined
  /** What was handed over to this test's destination, also when that failed. */
  let handed: Deliverable[]
  let sender: Sender
  beforeAll(async () => {
    market = await open()
  })
  afterAll(() => market.close())
  beforeEach(async () => {
    client = await market.requester()
    Destination = `https://queue.example.org/123456789012/${ids.secret(9)}`
    behaviour = undefined
    handed = []
    sender = aSender()
    return () => sender.stop()
  })

  const aSender = () => {
    const send: Send = async (message, signal) => {
      if (message.destination !== Destination) return
      handed.push(message)
      await behaviour?.(message, signal)
    }
    return createSender({
      runner: market.market.runner,
      wallClock: market.clock,
      ids,
      transports: { Email: send, SQS: send, SNS: send, Webhook: send },
      failed: (error) => expect(error).toBeUndefined(),
    })
  }
  const newType = async (title?: string) => {
    const HITTypeId = await createType(client, title === undefined ? {} : { Title: title })
    const Notification = aSpecification({ Destination })
    await client.call('UpdateNotificationSettings', { HITTypeId, Notification, Active: true })
    return HITTypeId
  }
  const newHIT = async (HITTypeId: string) => {
    const input = { HITTypeId, LifetimeInSeconds: 86_400, Question: externalQuestion }
    return (await client.call('CreateHITWithHITType', input)).HIT!.HITId!
  }
  const expireNow = (HITId: string) => client.call('UpdateExpirationForHIT', { HITId, ExpireAt: 0 })
  const documents = () => handed.map(({ document }) => JSON.parse(document) as ToldDocument)
  /** Each document as the events in it, with the places of their HITs. */
  const shape = (...hitIds: string[]) =>
    documents().map(({ Events }) =>
      Events.map(({ EventType, HITId }) => `${EventType} ${hitIds.indexOf(HITId!)}`).join(', '),
    )
  const states = async () =>
    (await messagesOf(market, client)).map(({ state, partOf }) =>
      partOf === undefined ? state : `(${state})`,
    )

  test('what waits for one destination shares documents, in order [notifications 5.4]', async () => {
    const type = await newType()
    const hits = [await newHIT(type), await newHIT(type)] as const
    for (const hit of hits) await expireNow(hit)
    await sender.flush()
    expect(shape(...hits)).toEqual([
      'HITCreated 0, HITCreated 1, HITExpired 0, HITReviewable 0',
      'HITExpired 1, HITReviewable 1',
    ])
    expect(new Set(documents().map(({ EventDocId }) => EventDocId)).size).toBe(2)
    const whole = ['delivered', '(delivered)', '(delivered)', '(delivered)', 'delivered', '(delivered)']
    expect(await states()).toEqual(whole)
    await sender.flush()
    expect(handed).toHaveLength(2)
  })

  test('two HIT types do not [notifications 5.4]', async () => {
    const hits = [await newHIT(await newType('Birds')), await newHIT(await newType('Bees'))] as const
    await expireNow(hits[0])
    await sender.flush()
    expect(shape(...hits)).toEqual(['HITCreated 0, HITExpired 0, HITReviewable 0', 'HITCreated 1'])
  })

  test('a test event is alone [notifications 3]', async () => {
    const type = await newType()
    await newHIT(type)
    const test = { Notification: aSpecification({ Destination }), TestEventType: 'HITCreated' } as const
    await client.call('SendTestEventNotification', test)
    await newHIT(type)
    await sender.flush()
    expect(documents().map(({ Events }) => Events.length)).toEqual([2])
    const kinds = (await messagesOf(market, client)).map(({ kind, partOf }) => [kind, partOf === undefined])
    expect(kinds).toEqual([
      ['event', true],
      ['test', true],
      ['event', false],
    ])
  })

  test('a document that failed never changes, and its HITs wait behind it [notifications 10]', async () => {
    const type = await newType()
    const hits = [await newHIT(type), await newHIT(type)] as const
    behaviour = () => Promise.reject(new Error('refused'))
    await sender.flush()
    expect(shape(...hits)).toEqual(['HITCreated 0, HITCreated 1'])
    behaviour = undefined
    // The second HIT's event stands in the first one's document.
    await expireNow(hits[1])
    const third = await newHIT(type)
    await sender.flush()
    expect(shape(...hits, third).slice(1)).toEqual(['HITCreated 2'])
    await market.advance(2)
    await sender.flush()
    expect(shape(...hits, third).slice(2)).toEqual([
      'HITCreated 0, HITCreated 1',
      'HITExpired 1, HITReviewable 1',
    ])
    expect(handed[2]!.document).toBe(handed[0]!.document)
  })

  test('what another document would have told waits behind one that failed, if it is of a HIT in that [notifications 10]', async () => {
    const type = await newType()
    const hits: string[] = []
    for (let i = 0; i <= perDocument; i++) hits.push(await newHIT(type))
    await expireNow(hits[0]!)
    behaviour = () => Promise.reject(new Error('refused'))
    await sender.flush()
    behaviour = undefined
    await sender.flush()
    const first = 'HITCreated 0, HITCreated 1, HITCreated 2, HITCreated 3'
    expect(shape(...hits)).toEqual([first, 'HITCreated 4'])
    await market.advance(2)
    await sender.flush()
    expect(shape(...hits).slice(2)).toEqual([first, 'HITExpired 0, HITReviewable 0'])
  })

  test('what was handed over when the process went goes again as it was [notifications 10]', async () => {
    const type = await newType()
    const hits = [await newHIT(type), await newHIT(type)] as const
    const reached = Promise.withResolvers<void>()
    behaviour = () => {
      reached.resolve()
      return new Promise(() => undefined)
    }
    const flushed = sender.flush()
    await reached.promise
    await newHIT(type)
    await sender.stop()
    await flushed
    behaviour = undefined
    sender = aSender()
    await market.advance(20)
    await sender.flush()
    expect(documents().map(({ Events }) => Events.length)).toEqual([2, 2, 1])
    expect(handed[1]!.document).toBe(handed[0]!.document)
    expect(shape(...hits)[0]).toBe('HITCreated 0, HITCreated 1')
  })

  test('a dead letter is dead with all its events, and is replayed with all of them', async () => {
    const type = await newType()
    await newHIT(type)
    await newHIT(type)
    behaviour = () => Promise.reject(new Undeliverable('gone'))
    await sender.flush()
    expect(await states()).toEqual(['dead', '(dead)'])
    behaviour = undefined
    // By either id.
    const second = (await messagesOf(market, client))[1]!
    await market.market.runner.run(ReplayDeadLetter, operator, { id: second.id })
    expect(await states()).toEqual(['waiting', '(waiting)'])
    await sender.flush()
    expect(await states()).toEqual(['delivered', '(delivered)'])
    expect(handed[1]!.document).toBe(handed[0]!.document)
  })

  test.each([
    ['delivered', 7, undefined],
    ['dead', 90, () => Promise.reject(new Undeliverable('gone'))],
  ] as const)('what is %s is forgotten after %i days with all its events', async (state, days, failure) => {
    const type = await newType()
    await newHIT(type)
    await newHIT(type)
    behaviour = failure
    await sender.flush()
    expect(await states()).toEqual([state, `(${state})`])
    await client.call('UpdateNotificationSettings', { HITTypeId: type, Active: false })
    await market.advance(days * 86_400)
    await forgetOld(market.market.runner, market.clock.now())
    expect(await states()).toEqual([])
  })
}

describe('several events in a document, SQLite', () => {
  suite(() =>
    openMarket('sqlite::memory:', 'production', undefined, undefined, undefined, {
      eventsPerDocument: perDocument,
    }),
  )
})

describe('several events in a document, PostgreSQL', async () => {
  describeUnless(await postgresMissing(), 'runs', () => {
    let drop: () => Promise<void>
    afterAll(() => drop())
    suite(async () => {
      const database = await createDatabase()
      drop = () => database.drop()
      return openMarket(database.url, 'production', undefined, undefined, undefined, {
        eventsPerDocument: perDocument,
      })
    })
  })
})
