// What a worker writes to a requester leaves as mail; the worker's address stands in it only when he allows it
// [websites 1.12].
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { isFault } from '../domain/fault.ts'
import { parseDollars } from '../domain/money.ts'
import { CreateRequester } from '../operations/operator/CreateRequester.ts'
import { Deposit } from '../operations/operator/Deposit.ts'
import { CreateHIT } from '../operations/requester/CreateHIT.ts'
import { LeaveMarket } from '../operations/worker/CloseAccount.ts'
import { ContactRequester } from '../operations/worker/ContactRequester.ts'
import { aHIT, openMarket, type TestMarket } from '../../test/support/market.ts'
import { messagesOf } from '../../test/support/messages.ts'
import { createDatabase, postgresMissing } from '../../test/support/postgres.ts'
import { describeUnless } from '../../test/support/shared.ts'
import { startMailServer, type MailServer } from '../../test/support/smtp.ts'
import { ids } from '../../test/support/stores.ts'
import { createEmail } from './email.ts'
import type { Transports } from './transport.ts'

const from = 'mturk@example.org'
const operator = { kind: 'operator' } as const

function suite(open: (transports: Transports, mailsWorkers: boolean) => Promise<TestMarket>): void {
  let server: MailServer
  let market: TestMarket
  beforeAll(async () => {
    server = await startMailServer()
    market = await open(mailBy(server), true)
  })
  afterAll(async () => {
    await market?.close()
    await server?.close()
  })
  beforeEach(() => {
    server.received.length = 0
  })

  function must<T>(value: T): Exclude<T, { fault: string }> {
    if (isFault(value)) throw new Error(`refused: ${JSON.stringify(value)}`)
    return value as Exclude<T, { fault: string }>
  }

  /** A requester with this address, and the group of a HIT of his. */
  async function laboratory({ market: { runner } }: TestMarket, email: string | undefined) {
    const { requesterId } = must(await runner.run(CreateRequester, operator, { name: 'Laboratory', email }))
    must(await runner.run(Deposit, operator, { requesterId, amount: parseDollars('10.00')! }))
    const { HIT } = must(await runner.run(CreateHIT, { kind: 'requester', requesterId }, aHIT()))
    return { requesterId, groupId: HIT!.HITGroupId! }
  }

  const address = (who: string) => `${who}.${ids.person().toLowerCase()}@example.org`
  const written = { subject: 'The bird =?UTF-8?Q?x?=', text: 'It does not sing – why?', mayAnswer: false }

  async function write(at: TestMarket, groupId: string, email: string | undefined, changes: object = {}) {
    const { workerId } = await at.worker({ email })
    const input = { target: { groupId }, ...written, ...changes }
    must(await at.market.runner.run(ContactRequester, { kind: 'worker', workerId }, input))
    await at.market.sender.flush()
    return workerId
  }

  test('it comes with the worker’s id; his address is nowhere in it', async () => {
    const [email, own] = [address('laboratory'), address('worker')]
    const { groupId } = await laboratory(market, email)
    const workerId = await write(market, groupId, own)
    expect(server.received).toHaveLength(1)
    const [mail] = server.received
    expect(mail).toMatchObject({ from, to: [email], headers: { from, subject: 'The bird = ?UTF-8?Q?x?=' } })
    expect(mail!.headers['reply-to']).toBeUndefined()
    expect(mail!.body).toContain('It does not sing – why?')
    expect(mail!.body).toContain(`call NotifyWorkers with the worker ID ${workerId}`)
    expect(JSON.stringify(mail)).not.toContain(own)
  })

  test('who lets himself be answered gives his address', async () => {
    const own = address('worker')
    const { groupId } = await laboratory(market, address('laboratory'))
    await write(market, groupId, own, { mayAnswer: true })
    expect(server.received[0]?.headers['reply-to']).toBe(own)
    expect(server.received[0]?.body).toContain('Answer this mail')
  })

  test('who has no address cannot be answered, whatever he ticked', async () => {
    const { groupId } = await laboratory(market, address('laboratory'))
    await write(market, groupId, undefined, { mayAnswer: true })
    expect(server.received[0]?.headers['reply-to']).toBeUndefined()
    expect(server.received[0]?.body).toContain('An answer to this mail does not reach the worker.')
  })

  test('whoever closes his account has no address in any mail that waits', async () => {
    const { groupId } = await laboratory(market, address('laboratory'))
    const { workerId } = await market.worker({ email: address('leaver') })
    const caller = { kind: 'worker', workerId } as const
    const { runner, sender } = market.market
    const input = { target: { groupId }, ...written, mayAnswer: true }
    must(await runner.run(ContactRequester, caller, input))
    must(await runner.run(LeaveMarket, caller, { email: undefined }))
    await sender.flush()
    expect(server.received).toEqual([])
    expect(await messagesOf(market, workerId)).toHaveLength(1)
  })

  test('no header can be put into it', async () => {
    const { groupId } = await laboratory(market, address('laboratory'))
    await write(market, groupId, undefined, { subject: 'a\r\nBcc: b@example.org\r\n\r\nbody' })
    expect(server.received[0]?.headers).toMatchObject({ subject: 'a Bcc: b@example.org body' })
    expect(server.received[0]?.headers.bcc).toBeUndefined()
    expect(server.received[0]?.to).toHaveLength(1)
  })

  test('to a requester without an address it is kept only, as where nothing is mailed', async () => {
    const quiet = await open(mailBy(server), false)
    const cases = [
      [market, undefined],
      [quiet, address('laboratory')],
    ] as const
    for (const [at, email] of cases) {
      const { requesterId, groupId } = await laboratory(at, email)
      const workerId = await write(at, groupId, undefined)
      expect(await messagesOf(at, workerId)).toMatchObject([{ kind: 'contact', requesterId, email }])
    }
    expect(server.received).toEqual([])
    await quiet.close()
  })
}

function mailBy({ url }: MailServer): Transports {
  const Email = createEmail({ serverURL: url, from })
  const take = () => Promise.resolve()
  return { Email, SQS: take, SNS: take, Webhook: take }
}

describe('mail to requesters, SQLite', () => {
  suite((transports, mailsWorkers) =>
    openMarket('sqlite::memory:', 'production', undefined, undefined, transports, { mailsWorkers }),
  )
})

describe('mail to requesters, PostgreSQL', async () => {
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
