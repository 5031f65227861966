// A worker's own account: what he changes, takes away, and that he can go.
import { describe, expect, test } from 'vitest'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import {
  aHIT,
  onBothDatabases,
  openMarket,
  type TestClient,
  type TestMarket,
} from '../../../test/support/market.ts'
import { isFault } from '../../domain/fault.ts'
import * as stored from '../../store/stored-of-worker.ts'
import { operator, type WorkerCaller } from '../operation.ts'
import { BeginSession } from '../operator/BeginSession.ts'
import { CreateSignInLink } from '../operator/CreateSignInLink.ts'
import { CreateInvitations, ListInvitations } from '../operator/Invitations.ts'
import { FindCredentials } from '../operator/FindCredentials.ts'
import { FindSession } from '../operator/FindSession.ts'
import { ListAccountMail } from '../operator/AccountMail.ts'
import { ListOutbox } from '../operator/Outbox.ts'
import { RequestPasswordReset, ResetPassword } from '../operator/PasswordReset.ts'
import { SetWorkerState } from '../operator/SetWorkerState.ts'
import {
  ChangeAddress,
  ChangePassword,
  ChangeProfile,
  ConfirmAddress,
  FindAccount,
  ListOwnMessages,
  type Account,
} from './Account.ts'
import { closeAccount } from './CloseAccount.ts'
import { downloadOf } from './DownloadData.ts'
import { SetPayoutMethod } from './SetPayoutMethod.ts'

let made = 0
const newHash = () => `hash ${++made}`

onBothDatabases('a worker’s own account', (market) => {
  const run: TestMarket['market']['runner']['run'] = (...call) => market().market.runner.run(...call)
  const wallNow = () => market().clock.now()

  async function member(changes: object = {}) {
    const email = `member${++made}@example.org`
    const worker = await market().worker({ name: 'Ada Lovelace', email, password: 'a hash', ...changes })
    const caller: WorkerCaller = { kind: 'worker', workerId: worker.workerId }
    return { ...worker, email, caller }
  }
  const accountOf = async (caller: WorkerCaller) => (await run(FindAccount, caller, {})) as Account
  const credentialsOf = async (email: string) =>
    ((await run(FindCredentials, operator, { site: 'worker', email })) as { credentials?: object })
      .credentials

  /** Makes a HIT and does it; answers the assignment. */
  async function work(client: TestClient, worker: Awaited<ReturnType<typeof member>>, text = 'a wren') {
    const { HIT } = await client.call('CreateHIT', aHIT())
    const hitId = HIT!.HITId!
    const assignmentId = await worker.accept({ hitId })
    await worker.submit(assignmentId, text)
    return { hitId, assignmentId }
  }

  async function download(workerId: string): Promise<Record<string, any>> {
    const { runner, secrets } = market().market
    const source = { environment: 'production', runner, decrypt: (sealed: string) => secrets.decrypt(sealed) }
    let text = ''
    for await (const piece of downloadOf([source], workerId)) text += piece
    return JSON.parse(text) as Record<string, any>
  }

  describe('the profile', () => {
    test('changes name and wishes; the place counts once', async () => {
      const { caller } = await member()
      await run(ChangeProfile, caller, { name: 'Ada', locale: { country: 'FR' }, withoutMail: true })
      await run(ChangeProfile, caller, { name: 'Ada K.', locale: { country: 'US' }, withoutMail: true })
      expect((await accountOf(caller)).worker).toMatchObject({
        name: 'Ada K.',
        locale: { country: 'FR' },
        withoutMail: true,
      })
      await run(ChangeProfile, caller, { name: 'Ada K.', withoutMail: false })
      expect((await accountOf(caller)).worker.withoutMail).toBeUndefined()
    })
  })

  describe('a new password', () => {
    test('signs out everywhere else, and kills the ways to set another', async () => {
      const { caller, email, workerId } = await member()
      const sessions = [newHash(), newHash()].map(
        (hash) => ({ hash, site: 'worker', wallNow: wallNow() }) as const,
      )
      for (const session of sessions)
        await run(BeginSession, operator, { ...session, personId: workerId, subjects: [] })
      const hash = newHash()
      const mails = { known: '', unknown: '' }
      await run(RequestPasswordReset, operator, { email, hash, mails, wallNow: wallNow() })
      await run(ChangePassword, caller, { password: 'new hash', session: sessions[0]!.hash })
      expect(await credentialsOf(email)).toEqual({ personId: workerId, password: 'new hash' })
      expect(await run(FindSession, operator, sessions[0]!)).toEqual({ personId: workerId })
      expect(await run(FindSession, operator, sessions[1]!)).toEqual({ personId: undefined })
      const late = await run(ResetPassword, operator, { hash, password: 'theirs', wallNow: wallNow() })
      expect(late).toEqual({ fault: 'SignInRefused' })
    })
  })

  describe('a new address', () => {
    const change = (caller: WorkerCaller, email: string, confirm?: { hash: string }) =>
      run(ChangeAddress, caller, {
        email,
        wallNow: wallNow(),
        ...(confirm && { confirm: { ...confirm, fresh: 'fresh', known: 'known' } }),
      })
    const confirmed = (hash: string) => run(ConfirmAddress, operator, { hash, wallNow: wallNow() })

    test('counts when it is confirmed, once', async () => {
      const { caller, email, workerId } = await member()
      const hash = newHash()
      const address = `new.${email}`
      expect(await change(caller, address, { hash })).toEqual({})
      expect((await accountOf(caller)).worker.email).toBe(email)
      expect(await confirmed(hash)).toEqual({ workerId })
      expect((await accountOf(caller)).worker.email).toBe(address)
      expect(await confirmed(hash)).toEqual({ fault: 'SignInRefused' })
    })

    test('of another account is never his, and only the mail says so', async () => {
      const [one, other] = [await member(), await member()]
      const hash = newHash()
      expect(await change(one.caller, other.email, { hash })).toEqual({})
      expect(await confirmed(hash)).toEqual({ fault: 'SignInRefused' })
      expect((await accountOf(other.caller)).worker.email).toBe(other.email)
      // Without mail there is no other place to say it.
      expect(await change(one.caller, other.email)).toMatchObject({ fault: 'AlreadyExists' })
    })

    test('counts at once without a mail server', async () => {
      const { caller, email } = await member()
      expect(await change(caller, `at.once.${email}`)).toEqual({})
      expect((await accountOf(caller)).worker.email).toBe(`at.once.${email}`)
    })

    test('that somebody else got in the meantime is refused', async () => {
      const { caller, email } = await member()
      const hash = newHash()
      await change(caller, `late.${email}`, { hash })
      await member({ email: `late.${email}` })
      expect(await confirmed(hash)).toEqual({ fault: 'SignInRefused' })
    })
  })

  test('what he was told is listed newest first, with the requester’s name, page by page', async () => {
    const worker = await member()
    const client = await market().requester()
    await client.call('ApproveAssignment', { AssignmentId: (await work(client, worker)).assignmentId })
    for (const Subject of ['one', 'two', 'three'])
      await client.call('NotifyWorkers', { Subject, MessageText: 't', WorkerIds: [worker.workerId] })
    const list = (before?: string) =>
      run(ListOwnMessages, worker.caller, { before, limit: 2 }) as Promise<
        { id: string; subject: string; requesterName?: string }[]
      >
    const page = await list()
    expect(page.map(({ subject, requesterName }) => `${subject} ${requesterName}`)).toEqual([
      'three Test Laboratory',
      'two Test Laboratory',
    ])
    expect((await list(page[1]!.id)).map(({ subject }) => subject)).toEqual(['one'])
    expect(JSON.stringify(page)).not.toContain('@')
  })

  describe('the download', () => {
    test('holds who he is, and everything he did with its answers', async () => {
      const worker = await member()
      const client = await market().requester()
      const done = await work(client, worker, 'a wren, "quoted" – ŝ')
      await client.call('ApproveAssignment', { AssignmentId: done.assignmentId, RequesterFeedback: 'fine' })
      const bonus = { WorkerId: worker.workerId, AssignmentId: done.assignmentId, BonusAmount: '0.25' }
      await client.call('SendBonus', { ...bonus, Reason: 'thanks' })
      await client.call('CreateWorkerBlock', { WorkerId: worker.workerId, Reason: 'a secret reason' })
      const other = await market().requester()
      const { HIT } = await other.call('CreateHIT', aHIT({ Title: 'Held' }))
      await worker.accept({ hitId: HIT!.HITId! })
      const returned = await other.call('CreateHIT', aHIT({ Title: 'Returned' }))
      await worker.giveBack(await worker.accept({ hitId: returned.HIT!.HITId! }))

      const data = await download(worker.workerId)
      expect(data.identity).toMatchObject({
        workerId: worker.workerId,
        name: 'Ada Lovelace',
        email: worker.email,
        createdAt: '2026-01-01T12:00:00.000Z',
      })
      expect(data.production.account).toMatchObject({
        rewards: '0.10',
        bonuses: '0.25',
        approved: 1,
        blocks: 1,
      })
      expect(data.production.assignments).toEqual([
        expect.objectContaining({
          assignmentId: done.assignmentId,
          title: 'Listen to a bird',
          reward: '0.10',
          state: 'Approved',
          feedback: 'fine',
          answer: expect.stringContaining('a wren'),
        }),
      ])
      expect(data.production.bonuses).toEqual([expect.objectContaining({ amount: '0.25', reason: 'thanks' })])
      expect(data.production.messages.map(({ kind }: { kind: string }) => kind)).toEqual(['bonus', 'block'])
      expect(data.production.assignmentsHeld).toEqual([expect.objectContaining({ hitId: HIT!.HITId })])
      expect(data.production.assignmentsReturnedOrAbandoned).toEqual([
        expect.objectContaining({ hitId: returned.HIT!.HITId, state: 'returned' }),
      ])
      const text = JSON.stringify(data)
      expect(text).not.toContain('a secret reason')
      expect(text).not.toContain('a hash')
    })

    test('of a section in pages holds each row once, in whatever pages', async () => {
      const worker = await member()
      const client = await market().requester()
      const ids: string[] = []
      for (let i = 0; i < 5; i++) ids.push((await work(client, worker)).assignmentId)
      for (const limit of [1, 2, 5, 6]) {
        const found: unknown[] = []
        let place: stored.Place | undefined = stored.beginning
        while (place !== undefined) {
          const from: stored.Place = place
          const page: Awaited<ReturnType<typeof stored.list>> = await market().market.store.read(
            wallNow(),
            (tx) => stored.list(tx, worker.workerId, 'assignments', from, limit),
          )
          found.push(...page.rows.map((row) => row.assignment_id))
          place = page.next
        }
        expect([limit, found.toSorted()]).toEqual([limit, ids.toSorted()])
      }
    })

    test('holds nothing of anybody else', async () => {
      const [one, other] = [await member({ name: 'One' }), await member({ name: 'Other' })]
      const client = await market().requester()
      await work(client, other, 'the answer of the other')
      const text = JSON.stringify(await download(one.workerId))
      expect(text).not.toContain(other.workerId)
      expect(text).not.toContain('the answer of the other')
    })
  })

  describe('closing', () => {
    const close = (worker: { caller: WorkerCaller; email: string }, givesUp = false) =>
      closeAccount([market().market.runner], worker.caller, {
        email: worker.email,
        givesUp,
        wallNow: wallNow(),
      })

    test('erases the person and keeps the work; requesters go on as with a worker whom nothing reaches', async () => {
      const worker = await member({ country: 'US', subdivision: 'PA' })
      const { workerId, email } = worker
      const client = await market().requester()
      const done = await work(client, worker)
      const { HIT } = await client.call('CreateHIT', aHIT({ Title: 'Held' }))
      const held = await worker.accept({ hitId: HIT!.HITId! })
      await run(BeginSession, operator, {
        hash: 'his',
        site: 'worker',
        personId: workerId,
        wallNow: 0,
        subjects: [],
      })
      await run(CreateInvitations, operator, { hashes: [newHash()], email, days: 1, wallNow: wallNow() })
      const mails = { known: 'sealed', unknown: '' }
      await run(RequestPasswordReset, operator, { email, hash: newHash(), mails, wallNow: wallNow() })

      expect(await close(worker)).toBeUndefined()
      expect(await run(FindAccount, worker.caller, {})).toEqual({ fault: 'WorkerDoesNotExist', workerId })
      const text = JSON.stringify([
        await download(workerId),
        await run(ListInvitations, operator, { before: undefined }),
        await run(ListAccountMail, operator, { before: undefined, limit: 100 }),
      ])
      for (const trace of ['Lovelace', email, 'PA"', '"US"']) expect(text).not.toContain(trace)
      expect(await credentialsOf(email)).toBeUndefined()
      const session = { hash: 'his', site: 'worker', wallNow: 1 } as const
      expect(await run(FindSession, operator, session)).toEqual({ personId: undefined })

      expect(await worker.submit(held)).toBe('AssignmentNotOpen')
      expect(await worker.accept({ hitId: HIT!.HITId! })).toBe('WorkerSuspended')
      await client.call('ApproveAssignment', { AssignmentId: done.assignmentId })
      await client.call('SendBonus', {
        WorkerId: workerId,
        AssignmentId: done.assignmentId,
        BonusAmount: '0.25',
        Reason: 'r',
      })
      const told = { Subject: 's', MessageText: 't', WorkerIds: [workerId] }
      expect((await client.call('NotifyWorkers', told)).NotifyWorkersFailureStatuses).toEqual([])
      await checkLedger(market())
    })

    test('is for good: no way to sign in, and the operator cannot let him work again', async () => {
      const worker = await member()
      const { workerId } = worker
      await close(worker)
      const link = { hash: newHash(), site: 'worker', personId: workerId, wallNow: wallNow() } as const
      expect(await run(CreateSignInLink, operator, link)).toEqual({ fault: 'WorkerDoesNotExist', workerId })
      await run(SetWorkerState, operator, { workerId, suspended: false })
      const { HIT } = await (await market().requester()).call('CreateHIT', aHIT())
      expect(await worker.accept({ hitId: HIT!.HITId! })).toBe('WorkerSuspended')
      expect(await close(worker)).toEqual({ fault: 'WorkerDoesNotExist', workerId })
    })

    test('with money on the account is refused unless it is given up; then it stays there', async () => {
      const worker = await member()
      const client = await market().requester()
      const { assignmentId: AssignmentId } = await work(client, worker)
      await client.call('ApproveAssignment', { AssignmentId })
      expect(await close(worker)).toMatchObject({ fault: 'InvalidInput', member: 'balance' })
      expect((await accountOf(worker.caller)).worker.name).toBe('Ada Lovelace')
      expect(await close(worker, true)).toBeUndefined()
      expect((await download(worker.workerId)).production.account).toMatchObject({ balance: '0.10' })
      await checkLedger(market())
    })

    test('frees the address for a new account', async () => {
      const worker = await member()
      await close(worker)
      const again = await market().worker({ email: worker.email })
      expect(again.workerId).not.toBe(worker.workerId)
    })

    test('ten times at once is once', async () => {
      const worker = await member()
      const answers = await Promise.all(Array.from({ length: 10 }, () => close(worker)))
      expect(answers.filter((answer) => !isFault(answer))).toHaveLength(1)
    })
  })
})

test('whoever wants no mail gets none, but that a requester has blocked him or his money goes another way [hits 13]', async () => {
  const opened = await openMarket('sqlite::memory:', 'production', undefined, undefined, undefined, {
    mailsWorkers: true,
  })
  const { runner } = opened.market
  const worker = await opened.worker({ email: 'quiet@example.org' })
  const { workerId } = worker
  const client = await opened.requester()
  const { HIT } = await client.call('CreateHIT', aHIT())
  const AssignmentId = await worker.accept({ hitId: HIT!.HITId! })
  await worker.submit(AssignmentId)
  await client.call('ApproveAssignment', { AssignmentId })
  const notify = () => client.call('NotifyWorkers', { Subject: 's', MessageText: 't', WorkerIds: [workerId] })
  const mailed = async () => {
    const messages = await runner.run(ListOutbox, operator, { before: undefined, limit: 100 })
    return (messages as { event: string }[]).map(({ event }) => event)
  }
  await runner.run(ChangeProfile, { kind: 'worker', workerId }, { name: 'Ada', withoutMail: true })
  await notify()
  expect(await mailed()).toEqual([])
  await client.call('CreateWorkerBlock', { WorkerId: workerId, Reason: 'r' })
  expect(await mailed()).toEqual(['block'])
  for (const kind of ['Gift card', 'Other'])
    await runner.run(SetPayoutMethod, { kind: 'worker', workerId }, { kind, details: 'sealed' })
  expect(await mailed()).toEqual(['payout', 'block'])
  await runner.run(ChangeProfile, { kind: 'worker', workerId }, { name: 'Ada', withoutMail: false })
  await notify()
  expect(await mailed()).toEqual(['notification', 'payout', 'block'])
  await opened.close()
})
