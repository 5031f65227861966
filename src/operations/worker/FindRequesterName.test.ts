import { expect, test } from 'vitest'
import { onBothDatabases } from '../../../test/support/market.ts'
import { CreateRequester } from '../operator/CreateRequester.ts'
import { FindRequesterName } from './FindRequesterName.ts'

const operator = { kind: 'operator' } as const

onBothDatabases('FindRequesterName', (market) => {
  test('the name that workers see, or a refusal for a requester whom nobody knows', async () => {
    const { runner } = market().market
    const made = await runner.run(CreateRequester, operator, { name: 'Ornithology – São Paulo' })
    const requesterId = 'requesterId' in made ? made.requesterId : ''
    expect(await runner.run(FindRequesterName, operator, { requesterId })).toEqual({
      name: 'Ornithology – São Paulo',
    })
    expect(await runner.run(FindRequesterName, operator, { requesterId: 'ANOBODY' })).toEqual({
      fault: 'RequesterDoesNotExist',
      requesterId: 'ANOBODY',
    })
  })
})
