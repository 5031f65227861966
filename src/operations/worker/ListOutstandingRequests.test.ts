import { expect, test } from 'vitest'
import { onBothDatabases } from '../../../test/support/market.ts'
import {
  addType,
  handIn,
  mustAsk,
  sampleAnswers,
  sampleKey,
  sampleTest,
} from '../../../test/support/qualifications.ts'
import { must } from '../../../test/support/worker-calls.ts'
import { ListOutstandingRequests } from './ListOutstandingRequests.ts'

onBothDatabases('ListOutstandingRequests', (market) => {
  const list = (workerId: string, offset = 0, limit = 20) =>
    must(market(), { workerId }, ListOutstandingRequests, { offset, limit })

  test('requests that wait and tests under way, the latest first; what is over is not there [websites 1.11]', async () => {
    const client = await market().requester()
    const { workerId } = await market().worker()
    const plain = await addType(market(), client)
    const tested = await addType(market(), client, { test: sampleTest, testDuration: 60 })
    const asked = await mustAsk(market(), workerId, plain.id)
    await market().advance(1)
    const begun = await mustAsk(market(), workerId, tested.id)
    await mustAsk(market(), (await market().worker()).workerId, plain.id)
    const found = await list(workerId)
    expect(found.total).toBe(2)
    expect(found.types).toMatchObject([
      { id: tested.id, outstanding: { id: begun, state: 'AwaitingTest' }, refusal: {} },
      { id: plain.id, outstanding: { id: asked, state: 'Submitted' }, owner: { name: 'Test Laboratory' } },
    ])
    await market().advance(59)
    expect(await list(workerId)).toMatchObject({ total: 2 })
    await market().advance(1)
    expect(await list(workerId)).toMatchObject({ total: 1, types: [{ id: plain.id }] })
  })

  test.each(['AcceptQualificationRequest', 'RejectQualificationRequest'] as const)(
    'it leaves by %s',
    async (decide) => {
      const client = await market().requester()
      const { workerId } = await market().worker()
      const { id } = await addType(market(), client)
      const QualificationRequestId = await mustAsk(market(), workerId, id)
      expect(await list(workerId)).toMatchObject({ total: 1 })
      await client.call(decide, { QualificationRequestId })
      expect(await list(workerId)).toEqual({ total: 0, types: [] })
    },
  )

  test('a test that was handed in waits, or is gone when it was scored [qualifications 2.2]', async () => {
    const client = await market().requester()
    const { workerId } = await market().worker()
    const judged = await addType(market(), client, { test: sampleTest })
    const scored = await addType(market(), client, { test: sampleTest, answerKey: sampleKey })
    for (const { id } of [judged, scored])
      await handIn(market(), workerId, await mustAsk(market(), workerId, id), sampleAnswers([], []))
    expect(await list(workerId)).toMatchObject({
      total: 1,
      types: [{ id: judged.id, outstanding: { state: 'Submitted' } }],
    })
  })

  test('pages hold each once', async () => {
    const client = await market().requester()
    const { workerId } = await market().worker()
    const ids: string[] = []
    for (let i = 0; i < 5; i++) {
      const { id } = await addType(market(), client)
      await mustAsk(market(), workerId, id)
      ids.unshift(id)
      await market().advance(1)
    }
    const pages = await Promise.all([0, 2, 4, 6].map((offset) => list(workerId, offset, 2)))
    expect(pages.flatMap(({ types }) => types.map(({ id }) => id))).toEqual(ids)
    expect(pages.map(({ total }) => total)).toEqual([5, 5, 5, 5])
  })
})
