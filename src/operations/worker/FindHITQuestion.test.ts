import { expect, test } from 'vitest'
import { aHIT, onBothDatabases } from '../../../test/support/market.ts'
import { createHIT, expireNow } from '../../../test/support/steps.ts'
import { FindHITQuestion } from './FindHITQuestion.ts'

const operator = { kind: 'operator' } as const

onBothDatabases('FindHITQuestion', (market) => {
  const find = (hitId: string) => market().market.runner.run(FindHITQuestion, operator, { hitId })

  test('the question as its requester wrote it, as long as the HIT is there [questions 6.1]', async () => {
    const client = await market().requester()
    const hit = await createHIT(client)
    expect(await find(hit.HITId)).toMatchObject({ text: aHIT().Question })
    await expireNow(client, hit.HITId)
    expect(await find(hit.HITId)).toMatchObject({ text: aHIT().Question })
    await client.call('DeleteHIT', { HITId: hit.HITId })
    expect(await find(hit.HITId)).toEqual({ fault: 'HITDoesNotExist', hitId: hit.HITId })
  })

  test('an unknown HIT has none', async () => {
    expect(await find('3UNKNOWN')).toEqual({ fault: 'HITDoesNotExist', hitId: '3UNKNOWN' })
  })
})
