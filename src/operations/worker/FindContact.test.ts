import { expect, test } from 'vitest'
import { onBothDatabases } from '../../../test/support/market.ts'
import { accept, createHIT } from '../../../test/support/steps.ts'
import { attempt, must } from '../../../test/support/worker-calls.ts'
import { FindContact } from './FindContact.ts'

onBothDatabases('FindContact', (market) => {
  test('whom one writes to about a group or one’s own work [websites 1.12]', async () => {
    const client = await market().requester()
    const hit = await createHIT(client)
    const worker = await market().worker()
    const about = {
      requesterId: client.requesterId,
      requesterName: 'Test Laboratory',
      title: 'Listen to a bird',
      hitTypeId: hit.HITTypeId,
      groupId: hit.HITGroupId,
      canBeAnswered: false,
    }
    for (const groupId of [hit.HITGroupId!, hit.HITTypeId!])
      expect(await must(market(), worker, FindContact, { groupId })).toEqual({
        ...about,
        assignment: undefined,
      })
    const assignmentId = await accept(worker, hit)
    expect(await must(market(), worker, FindContact, { assignmentId })).toEqual({
      ...about,
      assignment: { id: assignmentId, hitId: hit.HITId },
    })
    const other = await market().worker({ email: 'answers@example.com' })
    expect(await attempt(market(), other, FindContact, { assignmentId })).toMatchObject({
      fault: 'AssignmentDoesNotExist',
    })
    expect(await must(market(), other, FindContact, { groupId: hit.HITGroupId! })).toMatchObject({
      canBeAnswered: true,
    })
    expect(await attempt(market(), worker, FindContact, { groupId: '3NONE' })).toEqual({
      fault: 'GroupDoesNotExist',
    })
  })
})
