// What was handed over with several events in it is handed over again as it was, whatever happens to the process
// [notifications 5.4, 10, design 4].
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startProcess } from '../support/built-program.ts'
import { freePort } from '../support/free-port.ts'
import { openSDK } from '../support/journey-clients.ts'
import { externalQuestion, type TestClient } from '../support/market.ts'
import { aSpecification, createType, type ToldDocument } from '../support/notifications.ts'
import { control } from '../support/server.ts'
import { startReceiver } from '../support/webhook-receiver.ts'

const demoKey = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
}

test('kill -9 between commit and the note of a delivery of several events: the same document arrives, and then what came after [notifications 5.4, 10]', async () => {
  const receiver = await startReceiver()
  const folder = mkdtempSync(join(tmpdir(), 'kempelen-crash-'))
  onTestFinished(async () => {
    await receiver.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const environment = { KEMPELEN_EVENTS_PER_DOCUMENT: '10' }
  const client = openSDK(address)
  const call: TestClient['call'] = async (operation, input) => {
    const outcome = await client.call(demoKey, operation, input)
    if ('output' in outcome) return outcome.output as never
    throw new Error(JSON.stringify(outcome))
  }
  const statesOf = async () => {
    const { body } = await control(address, 'outbox')
    return (body as unknown as { event: string; state: string }[]).map(
      ({ event, state }) => `${event} ${state}`,
    )
  }
  const first = await startProcess(port, folder, environment)
  onTestFinished(() => void first.kill('SIGKILL'))
  const HITTypeId = await createType({ call })
  const Notification = aSpecification({
    Transport: 'Webhook',
    Destination: `${receiver.address}/birds`,
    EventTypes: ['HITExpired', 'HITReviewable', 'HITDisposed'],
  })
  await call('UpdateNotificationSettings', { HITTypeId, Notification, Active: true })
  const input = { HITTypeId, LifetimeInSeconds: 3600, Question: externalQuestion }
  const { HIT } = await call('CreateHITWithHITType', input)
  const HITId = HIT!.HITId!
  // The receiver takes the document and answers nothing: nobody knows what became of it.
  receiver.answers.push(() => undefined)
  // Two events of one transaction.
  await call('UpdateExpirationForHIT', { HITId, ExpireAt: 0 })
  await expect.poll(() => receiver.deliveries.length, { timeout: 20_000 }).toBe(1)
  await call('DeleteHIT', { HITId })
  first.kill('SIGKILL')
  await once(first, 'exit')

  const second = await startProcess(port, folder, environment)
  onTestFinished(() => void second.kill('SIGKILL'))
  // The dead process's lease must end first.
  await expect.poll(() => receiver.deliveries.length, { timeout: 40_000, interval: 200 }).toBe(3)
  const bodies = receiver.deliveries.map(({ body }) => body.toString())
  expect(bodies[1]).toBe(bodies[0])
  const documents = bodies.map((body) => JSON.parse(body) as ToldDocument)
  expect(documents.map(({ Events }) => Events.map(({ EventType }) => EventType))).toEqual([
    ['HITExpired', 'HITReviewable'],
    ['HITExpired', 'HITReviewable'],
    ['HITDisposed'],
  ])
  expect(documents[2]!.EventDocId).not.toBe(documents[0]!.EventDocId)
  await expect
    .poll(statesOf, { timeout: 20_000 })
    .toEqual(['HITDisposed delivered', 'HITReviewable delivered', 'HITExpired delivered'])
  await client.close()
  second.kill('SIGTERM')
  await once(second, 'exit')
}, 120_000)
