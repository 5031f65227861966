// What was committed is told, whatever happens to the process: at least once, and recognisable as the same
// [notifications 10, design 4].
import { hash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import {
  CreateHITTypeCommand,
  CreateHITWithHITTypeCommand,
  MTurkClient,
  UpdateNotificationSettingsCommand,
} from '@aws-sdk/client-mturk'
import { expect, onTestFinished, test } from 'vitest'
import { startProcess } from '../support/built-program.ts'
import { freePort } from '../support/free-port.ts'
import { aHIT, externalQuestion } from '../support/market.ts'
import { control } from '../support/server.ts'

const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
}

interface Letter {
  state: string
  attempts: number
  error?: string
}

test('kill -9 between commit and delivery: the event arrives after the restart, with its EventDocId', async () => {
  // A queue that first fails and then takes what comes.
  const bodies: string[] = []
  let isWell = false
  const delivered = Promise.withResolvers<void>()
  const queue = createServer((request, response) => {
    void text(request).then((body) => {
      const { MessageBody } = JSON.parse(body) as { MessageBody: string }
      bodies.push(MessageBody)
      response.writeHead(isWell ? 200 : 503, { 'Content-Type': 'application/x-amz-json-1.0' })
      // The SDK compares what arrived.
      response.end(JSON.stringify({ MD5OfMessageBody: hash('md5', MessageBody) }))
      if (isWell) delivered.resolve()
    })
  })
  queue.listen(0, '127.0.0.1')
  await once(queue, 'listening')
  const Destination = `http://127.0.0.1:${(queue.address() as AddressInfo).port}/123456789012/birds`

  const folder = mkdtempSync(join(tmpdir(), 'kempelen-crash-'))
  const port = await freePort()
  const endpoint = `http://127.0.0.1:${port}`
  const environment = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' }
  const letters = async () => (await control(endpoint, 'outbox')).body as unknown as Letter[]
  const client = new MTurkClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 })
  const first = await startProcess(port, folder, environment)
  onTestFinished(() => void first.kill('SIGKILL'))
  const { Question: _, LifetimeInSeconds, ...properties } = aHIT()
  const { HITTypeId } = await client.send(new CreateHITTypeCommand(properties as never))
  await client.send(
    new UpdateNotificationSettingsCommand({
      HITTypeId,
      Active: true,
      Notification: {
        Destination,
        Transport: 'SQS',
        Version: '2014-08-15',
        EventTypes: ['HITCreated'],
      },
    }),
  )
  const Question = externalQuestion
  await client.send(new CreateHITWithHITTypeCommand({ HITTypeId, LifetimeInSeconds, Question }))
  // The failed attempt has been noted: nobody sends when the process dies.
  await expect.poll(letters, { timeout: 20_000 }).toMatchObject([{ state: 'waiting', attempts: 1 }])
  first.kill('SIGKILL')
  await once(first, 'exit')

  isWell = true
  const second = await startProcess(port, folder, environment)
  onTestFinished(() => void second.kill('SIGKILL'))
  await delivered.promise
  await expect.poll(letters, { timeout: 20_000 }).toMatchObject([{ state: 'delivered', attempts: 2 }])
  expect(bodies).toHaveLength(2)
  expect(bodies[1]).toBe(bodies[0])
  expect(JSON.parse(bodies[0]!)).toMatchObject({
    EventDocId: expect.stringMatching(/^[0-9a-f]{40}$/),
    Events: [{ EventType: 'HITCreated', HITTypeId }],
  })
  second.kill('SIGTERM')
  await once(second, 'exit')
  queue.closeAllConnections()
  queue.close()
  rmSync(folder, { recursive: true, force: true })
})
