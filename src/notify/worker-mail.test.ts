// What workers are told leaves as mail, in the transaction that causes it, at least once [hits 9.5, 13, 14].
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aHIT, openMarket, type TestClient, type TestMarket } from '../../test/support/market.ts'
import { messagesOf as messagesToWorker } from '../../test/support/messages.ts'
import { aSpecification, messagesOf } from '../../test/support/notifications.ts'
import { createDatabase, postgresMissing } from '../../test/support/postgres.ts'
import { describeUnless } from '../../test/support/shared.ts'
import { startMailServer, type MailServer } from '../../test/support/smtp.ts'
import { ids } from '../../test/support/stores.ts'
import { createEmail } from './email.ts'
import type { Transports } from './transport.ts'

const from = 'mturk@example.org'

function suite(open: (transports: Transports, mailsWorkers: boolean) => Promise<TestMarket>): void {
  let server: MailServer
  let market: TestMarket
  let client: TestClient
  let address: string
  let workerId: string
  let assignmentId: string
  beforeAll(async () => {
    server = await startMailServer()
    market = await open(mailBy(server), true)
  })
  afterAll(async () => {
    await market?.close()
    await server?.close()
  })
  beforeEach(async () => {
    server.received.length = 0
    server.unknown.clear()
    server.refuses = 0
    client = await market.requester()
    address = `${ids.person().toLowerCase()}@example.org`
    const worker = await market.worker({ email: address })
    workerId = worker.workerId
    assignmentId = await reviewed(client, worker)
  })

  const notify = (Subject: string, MessageText = 'Thank you.') =>
    client.call('NotifyWorkers', { Subject, MessageText, WorkerIds: [workerId] })
  const createType = async () => {
    const type = {
      Name: `Birds ${ids.secret(6)}`,
      Description: 'd',
      QualificationTypeStatus: 'Active',
    } as const
    return (await client.call('CreateQualificationType', type)).QualificationType!.QualificationTypeId!
  }

  const causes: [rule: string, subject: RegExp, cause: () => Promise<unknown>][] = [
    ['NotifyWorkers [hits 14]', /^More birds$/, () => notify('More birds')],
    [
      'a bonus [hits 9.5]',
      /^Test Laboratory has paid you a bonus of \$0\.25$/,
      () =>
        client.call('SendBonus', {
          WorkerId: workerId,
          AssignmentId: assignmentId,
          BonusAmount: '0.25',
          Reason: 'Good ears.',
        }),
    ],
    [
      'a block [hits 13]',
      /^Test Laboratory has blocked you$/,
      () => client.call('CreateWorkerBlock', { WorkerId: workerId, Reason: 'A SECRET' }),
    ],
    [
      'a qualification [qualifications 3.6]',
      /^You have been granted the Qualification Birds /,
      async () =>
        client.call('AssociateQualificationWithWorker', {
          WorkerId: workerId,
          QualificationTypeId: await createType(),
          IntegerValue: 5,
        }),
    ],
  ]

  test.each(causes)('%s is mailed', async (_, subject, cause) => {
    await cause()
    expect(server.received).toEqual([])
    await market.market.sender.flush()
    expect(server.received).toHaveLength(1)
    const [mail] = server.received
    expect(mail).toMatchObject({ from, to: [address], headers: { from } })
    expect(mail!.headers.subject).toMatch(subject)
    const [kept] = await messagesToWorker(market, workerId)
    expect(mail!.body.trimEnd()).toBe(kept!.text)
    expect(mail!.body).not.toContain('SECRET')
  })

  test('a grant without SendNotification is not told [qualifications 3.6]', async () => {
    const grant = { WorkerId: workerId, QualificationTypeId: await createType(), SendNotification: false }
    await client.call('AssociateQualificationWithWorker', grant)
    await market.market.sender.flush()
    expect(server.received).toEqual([])
  })

  test('a bonus that is refused is not told: the mail is of the same transaction [hits 9.5, design 4]', async () => {
    const bonus = { WorkerId: workerId, AssignmentId: assignmentId, BonusAmount: '900000.00', Reason: 'r' }
    expect((await client.refusal('SendBonus', bonus)).code).toBe('AWS.MechanicalTurk.InsufficientFunds')
    await market.market.sender.flush()
    expect(server.received).toEqual([])
  })

  test.each([
    ['Grüße von der Vogelwarte 🐦, und noch viel mehr Text, damit die Zeile gefaltet wird', undefined],
    ['Hello\r\nBcc: everybody@example.org', 'Hello Bcc: everybody@example.org'],
    ['Hello\nX-Evil: 1\n\nbody', 'Hello X-Evil: 1 body'],
    ['=?UTF-8?Q?=0D=0ABcc:_x@example.org?=', '= ?UTF-8?Q?=0D=0ABcc:_x@example.org?='],
    ['', undefined],
  ])('the subject %j makes no header but its own [hits 14]', async (subject, shown = subject) => {
    await notify(subject, 'Zeile 1\n\n.\nŝ 🐦')
    await market.market.sender.flush()
    const [mail] = server.received
    // An empty subject is no header at all.
    expect(mail!.headers.subject ?? '').toBe(shown)
    expect(Object.keys(mail!.headers)).not.toContain('bcc')
    expect(Object.keys(mail!.headers)).not.toContain('x-evil')
    expect(mail!.to).toEqual([address])
    expect(mail!.body.trimEnd()).toBe('Zeile 1\n\n.\nŝ 🐦')
  })

  test('what is sent again has the same Message-ID [notifications 10]', async () => {
    server.refuses = 1
    await notify('More birds')
    await market.market.sender.flush()
    await market.advance(2)
    await market.market.sender.flush()
    await market.market.sender.flush()
    expect(server.received).toHaveLength(2)
    const [first, second] = server.received.map(({ headers }) => headers['message-id'])
    expect(first).toMatch(/^<3[A-Z0-9]{29}@kempelen>$/)
    expect(second).toBe(first)
  })

  test('a mailbox that does not exist blocks no other, and is a dead letter in the end', async () => {
    server.unknown.add(address)
    const other = await market.worker({ email: `zz.${address}` })
    await reviewed(client, other)
    const WorkerIds = [workerId, other.workerId]
    await client.call('NotifyWorkers', { Subject: 's', MessageText: 't', WorkerIds })
    for (let i = 0; i < 25; i++) {
      await market.market.sender.flush()
      await market.advance(3600)
    }
    expect(server.received.map(({ to }) => to)).toEqual([[`zz.${address}`]])
    const [dead, delivered] = await messagesOf(market, client)
    expect(dead).toMatchObject({ kind: 'mail', destination: address, state: 'dead', attempts: 25 })
    expect(dead!.error).toContain('No such mailbox')
    expect(delivered).toMatchObject({ state: 'delivered', attempts: 1 })
  })

  test('a worker without an address is told all the same, where the operator can read it', async () => {
    const silent = await market.worker()
    await reviewed(client, silent)
    await client.call('NotifyWorkers', { Subject: 's', MessageText: 't', WorkerIds: [silent.workerId] })
    expect(await messagesToWorker(market, silent.workerId)).toMatchObject([{ subject: 's' }])
    expect(await messagesOf(market, client)).toEqual([])
  })

  test('requesters never see the address [hits 14]', async () => {
    const HITTypeId = (await client.call('GetHIT', await aHITOf(client))).HIT!.HITTypeId!
    const Notification = aSpecification()
    await client.call('UpdateNotificationSettings', { HITTypeId, Notification, Active: true })
    for (const [, , cause] of causes) await cause()
    const { HITId } = await aHITOf(client)
    const told = [
      await client.send(
        'NotifyWorkers',
        JSON.stringify({ Subject: 's', MessageText: 't', WorkerIds: [workerId] }),
      ),
      await client.send('ListBonusPayments', JSON.stringify({ AssignmentId: assignmentId })),
      await client.send('ListWorkerBlocks', '{}'),
      await client.send('ListAssignmentsForHIT', JSON.stringify({ HITId })),
      await client.send('GetAssignment', JSON.stringify({ AssignmentId: assignmentId })),
    ]
    for (const { status, text } of told) {
      expect(status).toBe(200)
      expect(text).not.toContain(address)
    }
    const events = (await messagesOf(market, client)).filter(({ kind }) => kind !== 'mail')
    for (const { document } of events) expect(document).not.toContain(address)
  })

  describe('where nothing is mailed', () => {
    test('what is told is kept, and nothing waits to leave', async () => {
      const quiet = await open(mailBy(server), false)
      client = await quiet.requester()
      const worker = await quiet.worker({ email: `quiet.${address}` })
      await reviewed(client, worker)
      await client.call('NotifyWorkers', { Subject: 's', MessageText: 't', WorkerIds: [worker.workerId] })
      expect(await messagesToWorker(quiet, worker.workerId)).toMatchObject([{ subject: 's', text: 't' }])
      expect(await messagesOf(quiet, client)).toEqual([])
      await quiet.market.sender.flush()
      expect(server.received).toEqual([])
      await quiet.close()
    })
  })
}

function mailBy({ url }: MailServer): Transports {
  const Email = createEmail({ serverURL: url, from })
  const take = () => Promise.resolve()
  return { Email, SQS: take, SNS: take, Webhook: take }
}

async function aHITOf(client: TestClient): Promise<{ HITId: string }> {
  return { HITId: (await client.call('CreateHIT', aHIT())).HIT!.HITId! }
}

/** The worker's work is approved: only then may he be notified. Answers the assignment's id. */
async function reviewed(
  client: TestClient,
  worker: Awaited<ReturnType<TestMarket['worker']>>,
): Promise<string> {
  const { HITId } = await aHITOf(client)
  const AssignmentId = await worker.accept({ hitId: HITId })
  expect(await worker.submit(AssignmentId)).toBe('')
  await client.call('ApproveAssignment', { AssignmentId })
  return AssignmentId
}

describe('mail to workers, SQLite', () => {
  suite((transports, mailsWorkers) =>
    openMarket('sqlite::memory:', 'production', undefined, undefined, transports, { mailsWorkers }),
  )
})

describe('mail to workers, PostgreSQL', async () => {
  describeUnless(await postgresMissing(), 'runs', () => {
    const drops: (() => Promise<void>)[] = []
    afterAll(async () => {
      for (const drop of drops) await drop()
    })
    suite(async (transports, mailsWorkers) => {
      const database = await createDatabase()
      drops.push(() => database.drop())
      return openMarket(database.url, 'production', undefined, undefined, transports, { mailsWorkers })
    })
  })
})
