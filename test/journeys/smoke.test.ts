import { expect, test } from 'vitest'
import { aHIT, onBothDatabases } from '../support/market.ts'
onBothDatabases('life of an assignment', (market) => {
  test('create, accept, submit, approve pays', async () => {
    const client = await market().requester('10.00')
    const worker = await market().worker()
    const { HIT } = await client.call('CreateHIT', aHIT())
    expect((await client.call('GetHIT', { HITId: HIT!.HITId! })).HIT).toEqual(HIT)
    expect(await client.call('GetAccountBalance', {})).toEqual({ AvailableBalance: '9.88' })
    const assignment = await worker.accept({ groupId: HIT!.HITGroupId! })
    expect(assignment).toMatch(/^3/)
    expect(await worker.submit(assignment)).toBe('')
    const list = await client.call('ListAssignmentsForHIT', { HITId: HIT!.HITId! })
    expect(list.NumResults).toBe(1)
    expect(await client.call('ApproveAssignment', { AssignmentId: assignment })).toEqual({})
    expect(await client.refusal('ApproveAssignment', { AssignmentId: assignment })).toMatchObject({
      status: 400,
      message: 'This operation can be called with a status of: Submitted',
    })
    console.log(JSON.stringify(await client.call('ListHITs', {})))
    await market().advance(130 * 86400)
    expect((await client.call('ListHITs', {})).NumResults).toBe(0)
    expect((await client.call('GetHIT', { HITId: HIT!.HITId! })).HIT!.HITStatus).toBe('Disposed')
  })
})
