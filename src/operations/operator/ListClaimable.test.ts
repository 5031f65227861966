import { expect, test } from 'vitest'
import { importLaboratory } from '../../../test/support/imports.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { ListClaimable } from './ListClaimable.ts'

onBothDatabases('ListClaimable', (market) => {
  const list = (requesterId: string, after = '', limit = 2) =>
    market().market.runner.run(ListClaimable, { kind: 'operator' }, { requesterId, after, limit })

  test('lists the ids that the requester brought, in their order, page after page', async () => {
    const { client, imports } = await importLaboratory(market())
    const { requesterId } = client
    for (const id of ['AC', 'AA', 'AB']) await imports.worker({ worker_id: id })
    await (await importLaboratory(market())).imports.worker({ worker_id: 'AD' })
    expect(await list(requesterId)).toEqual(['AA', 'AB'])
    expect(await list(requesterId, 'AB')).toEqual(['AC'])
    expect(await list('ANOBODY')).toEqual({ fault: 'RequesterDoesNotExist', requesterId: 'ANOBODY' })
  })
})
