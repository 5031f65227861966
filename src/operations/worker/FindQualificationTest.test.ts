import { expect, test } from 'vitest'
import { onBothDatabases } from '../../../test/support/market.ts'
import {
  addType,
  changeType,
  mustAsk,
  sampleTest,
  systemTypes,
} from '../../../test/support/qualifications.ts'
import { FindQualificationTest, type TestOf } from './FindQualificationTest.ts'

onBothDatabases('FindQualificationTest', (market) => {
  const find = (workerId: string, input: TestOf) =>
    market().market.runner.run(FindQualificationTest, { kind: 'worker', workerId }, input)
  const other = sampleTest.replace('oslo', 'bodø')

  test('of a type is its test now; of a request the test as it was then [qualifications 1.3]', async () => {
    const client = await market().requester()
    const type = await addType(market(), client, { test: sampleTest })
    const { workerId } = await market().worker()
    const qualificationRequestId = await mustAsk(market(), workerId, type.id)
    await changeType(market(), type, { test: other })
    expect(await find(workerId, { qualificationTypeId: type.id })).toEqual({
      test: other,
      request: undefined,
    })
    expect(await find(workerId, { qualificationRequestId })).toMatchObject({
      test: sampleTest,
      request: { id: qualificationRequestId, state: 'AwaitingTest' },
    })
  })

  test('there is none where there is no test', async () => {
    const client = await market().requester()
    const type = await addType(market(), client)
    const { workerId } = await market().worker()
    const qualificationRequestId = await mustAsk(market(), workerId, type.id)
    expect(await find(workerId, { qualificationTypeId: type.id })).toMatchObject({ test: undefined })
    expect(await find(workerId, { qualificationRequestId })).toMatchObject({ test: undefined })
  })

  test('nothing is found of unknown types and requests, nor of what is others’', async () => {
    const client = await market().requester()
    const gone = await addType(market(), client, { test: sampleTest, status: 'Disposed' })
    const type = await addType(market(), client, { test: sampleTest })
    const [holder, stranger] = [await market().worker(), await market().worker()]
    const qualificationRequestId = await mustAsk(market(), holder.workerId, type.id)
    for (const id of ['ABC', gone.id, ...systemTypes])
      expect(await find(holder.workerId, { qualificationTypeId: id })).toEqual({
        fault: 'QualificationTypeDoesNotExist',
      })
    expect(await find(holder.workerId, { qualificationRequestId: 'ABC' })).toEqual({
      fault: 'QualificationRequestDoesNotExist',
    })
    expect(await find(stranger.workerId, { qualificationRequestId })).toEqual({
      fault: 'QualificationRequestOfAnotherWorker',
    })
  })
})
