// The events of a HIT leave in the order in which they happened, whatever the clocks of the processes say that wrote
// them [notifications 10, design 4].
import { expect, test } from 'vitest'
import { createIds } from '../../src/ids.ts'
import { externalQuestion, onBothDatabases, openMarket, type TestMarket } from '../support/market.ts'
import { aSpecification, createType, eventsOf } from '../support/notifications.ts'
import { createDatabase, postgresMissing, prepareTemplate } from '../support/postgres.ts'
import { describeUnless } from '../support/shared.ts'
import { attempt } from '../support/worker-calls.ts'
import { AcceptHIT } from '../../src/operations/worker/AcceptHIT.ts'
import { ReturnAssignment } from '../../src/operations/worker/ReturnAssignment.ts'
import type { Fault } from '../../src/domain/fault.ts'

/** A requester who hears of everything, and a HIT of his. */
async function laboratory(market: TestMarket, Transport: 'SQS' | 'Webhook' = 'SQS') {
  const client = await market.requester()
  const HITTypeId = await createType(client)
  const Notification = aSpecification({ Transport })
  await client.call('UpdateNotificationSettings', { HITTypeId, Notification, Active: true })
  const input = { HITTypeId, LifetimeInSeconds: 86_400, MaxAssignments: 9, Question: externalQuestion }
  const { HIT } = await client.call('CreateHITWithHITType', input)
  return { client, hitId: HIT!.HITId! }
}

onBothDatabases('a clock that is set back while events wait', (market) => {
  test('changes nothing about their order', async () => {
    const { client, hitId } = await laboratory(market())
    const worker = await market().worker()
    const assignmentId = await worker.accept({ hitId })
    market().clock.set(market().clock.now() - 600_000)
    expect(await worker.giveBack(assignmentId)).toBe('')
    expect(await eventsOf(market(), client)).toEqual([
      'HITCreated',
      'AssignmentAccepted',
      'AssignmentReturned',
    ])
  })
})

const missing = await postgresMissing()

describeUnless(missing, 'two processes on one PostgreSQL', () => {
  test.each([-2000, -5, 0, 5])(
    'whose clocks differ by %i ms tell what happens to a HIT in turn in that order',
    async (difference) => {
      const template = 'kempelen_production'
      await prepareTemplate(template, async (url) => (await openMarket(url)).close())
      const database = await createDatabase(template)
      const one = await openMarket(database.url)
      const other = await openMarket(database.url, 'production', createIds())
      try {
        other.clock.set(one.clock.now() + difference)
        const { client, hitId } = await laboratory(one)
        const expected = ['HITCreated']
        for (let turn = 0; turn < 4; turn++) {
          const worker = await one.worker()
          const assignment = await done(attempt(one, worker, AcceptHIT, { hitId }))
          await done(attempt(other, worker, ReturnAssignment, { assignmentId: assignment.id }))
          expected.push('AssignmentAccepted', 'AssignmentReturned')
        }
        expect(await eventsOf(one, client)).toEqual(expected)
      } finally {
        await Promise.all([one.close(), other.close()])
        await database.drop()
      }
    },
  )
})

async function done<T>(output: Promise<T | Fault>): Promise<T> {
  const answer = await output
  expect(answer).not.toHaveProperty('fault')
  return answer as T
}
