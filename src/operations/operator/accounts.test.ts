// Opening an account, invitations, and a new password for whoever has forgotten his.
import { describe, expect, test } from 'vitest'
import { onBothDatabases, type TestMarket } from '../../../test/support/market.ts'
import { server } from '../../limits.ts'
import { operator } from '../operation.ts'
import { forgetOld } from '../system/ForgetOld.ts'
import { FindAccount } from '../worker/Account.ts'
import { ListAccountMail } from './AccountMail.ts'
import { BeginSession } from './BeginSession.ts'
import { FindConsent, GiveConsent } from './Consents.ts'
import { FindCredentials } from './FindCredentials.ts'
import { FindSession } from './FindSession.ts'
import { CreateInvitations, FindInvitation, ListInvitations, RevokeInvitation } from './Invitations.ts'
import {
  CreatePasswordReset,
  FindPasswordReset,
  RequestPasswordReset,
  ResetPassword,
} from './PasswordReset.ts'
import { ConfirmSignUp, SignUp, type SignUpInput } from './SignUp.ts'

let made = 0
const newAddress = () => `applicant${++made}@example.org`
const newHash = () => `hash ${++made}`

onBothDatabases('accounts', (market) => {
  const run: TestMarket['market']['runner']['run'] = (...call) => market().market.runner.run(...call)
  const wallNow = () => market().clock.now()

  const inputFor = (email: string, changes: Partial<SignUpInput> = {}): SignUpInput => ({
    applicant: {
      name: 'Ada',
      email,
      password: 'a hash',
      locale: { country: 'US', subdivision: 'PA' },
      terms: { version: '0123456789ab', dated: '2026-01-01' },
    },
    wallNow: wallNow(),
    ...changes,
  })
  const signUp = (email: string, changes: Partial<SignUpInput> = {}) =>
    run(SignUp, operator, inputFor(email, changes))
  const invitedAs = (email: string, invitation: string): Partial<SignUpInput> => ({
    applicant: { ...inputFor(email).applicant, invitation },
  })
  const confirmation = () => ({ hash: newHash(), fresh: 'fresh', known: 'known' })
  const personOf = async (email: string) => {
    const { credentials } = (await run(FindCredentials, operator, { site: 'worker', email })) as {
      credentials?: { personId: string; password: string }
    }
    return credentials
  }
  const mailTo = async (address: string) => {
    const mail = (await run(ListAccountMail, operator, { before: undefined, limit: 1000 })) as {
      email: string
      document: string
    }[]
    return mail
      .filter(({ email }) => email === address)
      .map(({ document }) => (JSON.parse(document) as { sealed: string }).sealed)
  }
  const invite = async (changes: { email?: string; days?: number } = {}) => {
    const hash = newHash()
    const answer = await run(CreateInvitations, operator, {
      hashes: [hash],
      days: 14,
      wallNow: wallNow(),
      ...changes,
    })
    return { hash, id: (answer as { ids: readonly string[] }).ids[0]! }
  }
  const badInvitation = { fault: 'InvalidInput', member: 'invitation' }

  describe('a sign-up without a mail server', () => {
    test('opens the account at once, and keeps to what its worker agreed', async () => {
      const email = newAddress()
      const { workerId } = (await signUp(email)) as { workerId: string }
      expect(await personOf(email)).toEqual({ personId: workerId, password: 'a hash' })
      expect(await run(FindAccount, { kind: 'worker', workerId }, {})).toMatchObject({
        worker: { name: 'Ada', locale: { country: 'US', subdivision: 'PA' } },
        consents: [{ version: '0123456789ab', dated: '2026-01-01', at: wallNow() }],
      })
      expect(await mailTo(email)).toEqual([])
    })

    test('with an address that has an account changes nothing, and does not say so', async () => {
      const email = newAddress()
      const { workerId } = (await signUp(email)) as { workerId: string }
      const again = { ...inputFor(email).applicant, password: 'of a stranger' }
      expect(await signUp(email, { applicant: again })).toEqual({ workerId: undefined })
      expect(await personOf(email)).toEqual({ personId: workerId, password: 'a hash' })
    })

    test('sent ten times at once is one account', async () => {
      const email = newAddress()
      const answers = await Promise.all(Array.from({ length: 10 }, () => signUp(email)))
      const ids = answers.map((answer) => (answer as { workerId?: string }).workerId).filter(Boolean)
      expect(ids).toHaveLength(1)
    })
  })

  describe('a sign-up with a mail server', () => {
    test('opens no account before its address is confirmed; the confirmation works once', async () => {
      const email = newAddress()
      const confirm = confirmation()
      expect(await signUp(email, { confirm })).toEqual({ workerId: undefined })
      expect(await personOf(email)).toBeUndefined()
      expect(await mailTo(email)).toEqual(['fresh'])
      const { hash } = confirm
      const opened = (await run(ConfirmSignUp, operator, { hash, wallNow: wallNow() })) as {
        workerId: string
      }
      expect((await personOf(email))?.personId).toBe(opened.workerId)
      expect(await run(ConfirmSignUp, operator, { hash, wallNow: wallNow() })).toEqual({
        fault: 'SignInRefused',
      })
    })

    test('with an address that has an account says so by mail only, and its token confirms nothing', async () => {
      const email = newAddress()
      await signUp(email)
      const confirm = confirmation()
      expect(await signUp(email, { confirm })).toEqual({ workerId: undefined })
      expect(await mailTo(email)).toEqual(['known'])
      expect(await run(ConfirmSignUp, operator, { hash: confirm.hash, wallNow: wallNow() })).toEqual({
        fault: 'SignInRefused',
      })
    })

    test('is over after a day, and nothing of it is left', async () => {
      const email = newAddress()
      const confirm = confirmation()
      await signUp(email, { confirm })
      const later = wallNow() + server.account.confirmationLifetime
      expect(await run(ConfirmSignUp, operator, { hash: confirm.hash, wallNow: later })).toEqual({
        fault: 'SignInRefused',
      })
      await forgetOld(market().market.runner, later)
      expect(await run(ConfirmSignUp, operator, { hash: confirm.hash, wallNow: wallNow() })).toEqual({
        fault: 'SignInRefused',
      })
    })

    test('of two for one address the first that is confirmed has it', async () => {
      const email = newAddress()
      const [one, other] = [confirmation(), confirmation()]
      await signUp(email, { confirm: one })
      await signUp(email, { confirm: other })
      const first = await run(ConfirmSignUp, operator, { hash: other.hash, wallNow: wallNow() })
      expect(first).toHaveProperty('workerId')
      expect(await run(ConfirmSignUp, operator, { hash: one.hash, wallNow: wallNow() })).toEqual({
        fault: 'SignInRefused',
      })
    })
  })

  describe('an invitation', () => {
    test('is used up by an account, not by a sign-up that is not confirmed', async () => {
      const { hash, id } = await invite()
      const [one, other] = [confirmation(), confirmation()]
      const address = newAddress()
      await signUp(address, { ...invitedAs(address, hash), confirm: one })
      const second = newAddress()
      await signUp(second, { ...invitedAs(second, hash), confirm: other })
      const opened = await run(ConfirmSignUp, operator, { hash: one.hash, wallNow: wallNow() })
      expect(opened).toHaveProperty('workerId')
      expect(await run(ConfirmSignUp, operator, { hash: other.hash, wallNow: wallNow() })).toMatchObject(
        badInvitation,
      )
      expect(await personOf(second)).toBeUndefined()
      const listed = (await run(ListInvitations, operator, { before: undefined })) as { id: string }[]
      expect(listed.find((invitation) => invitation.id === id)).toMatchObject({
        usedBy: (opened as { workerId: string }).workerId,
      })
    })

    test('that ten people use at once lets one in', async () => {
      const { hash } = await invite()
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => {
          const email = newAddress()
          return signUp(email, invitedAs(email, hash))
        }),
      )
      expect(answers.filter((answer) => 'workerId' in answer && answer.workerId !== undefined)).toHaveLength(
        1,
      )
      expect(answers.filter((answer) => 'fault' in answer)).toHaveLength(9)
    })

    test.each<[string, (given: { hash: string; id: string }) => Promise<unknown> | undefined, string]>([
      [
        'that was taken back',
        ({ id }) => run(RevokeInvitation, operator, { id, wallNow: wallNow() }),
        'x@example.org',
      ],
      ['for another address', () => undefined, 'somebody.else@example.org'],
    ])('%s does not work', async (_, spoil, email) => {
      const given = await invite({ email: 'x@example.org' })
      await spoil(given)
      expect(await signUp(email, invitedAs(email, given.hash))).toMatchObject(badInvitation)
    })

    test('that is unknown or too old does not work', async () => {
      const { hash } = await invite({ days: 1 })
      const email = newAddress()
      expect(await signUp(email, invitedAs(email, 'nobody made it'))).toMatchObject(badInvitation)
      const later = wallNow() + 86_400_000
      expect(await signUp(email, { ...invitedAs(email, hash), wallNow: later })).toMatchObject(badInvitation)
      expect(await run(FindInvitation, operator, { hash, wallNow: later })).toEqual({ invitation: undefined })
      expect(await run(FindInvitation, operator, { hash, wallNow: later - 1 })).toMatchObject({
        invitation: { hash },
      })
    })

    test('can be taken back once, and not when it was used', async () => {
      const { hash, id } = await invite()
      const email = newAddress()
      await signUp(email, invitedAs(email, hash))
      const refused = { fault: 'InvalidInput', member: 'id' }
      expect(await run(RevokeInvitation, operator, { id, wallNow: wallNow() })).toMatchObject(refused)
      const other = await invite()
      expect(await run(RevokeInvitation, operator, { id: other.id, wallNow: wallNow() })).toEqual({})
      expect(await run(RevokeInvitation, operator, { id: other.id, wallNow: wallNow() })).toMatchObject(
        refused,
      )
    })

    test('is forgotten 30 days after its end', async () => {
      const { id } = await invite({ days: 1 })
      const ids = async () =>
        ((await run(ListInvitations, operator, { before: undefined })) as { id: string }[]).map(
          (one) => one.id,
        )
      const end = wallNow() + 86_400_000
      await forgetOld(market().market.runner, end + server.account.invitationMemory - 1)
      expect(await ids()).toContain(id)
      await forgetOld(market().market.runner, end + server.account.invitationMemory)
      expect(await ids()).not.toContain(id)
    })
  })

  describe('a new password', () => {
    const ask = async (email: string) => {
      const hash = newHash()
      const mails = { known: 'a way', unknown: 'no account' }
      const answer = await run(RequestPasswordReset, operator, { email, hash, mails, wallNow: wallNow() })
      expect(answer).toEqual({})
      return hash
    }
    const reset = (hash: string, password = 'new', at = wallNow()) =>
      run(ResetPassword, operator, { hash, password, wallNow: at })
    const refused = { fault: 'SignInRefused' }

    test('is set once by a mailed address; every session and every other address ends with it', async () => {
      const email = newAddress()
      const { workerId } = (await signUp(email)) as { workerId: string }
      const session = { hash: newHash(), site: 'worker', wallNow: wallNow() } as const
      await run(BeginSession, operator, { ...session, personId: workerId, subjects: [] })
      const [first, second] = [await ask(email), await ask(email)]
      expect(await mailTo(email)).toEqual(['a way', 'a way'])
      expect(await run(FindPasswordReset, operator, { hash: first, wallNow: wallNow() })).toEqual({ email })
      expect(await reset(first)).toEqual({ workerId })
      expect((await personOf(email))?.password).toBe('new')
      expect(await run(FindSession, operator, session)).toEqual({ personId: undefined })
      expect(await reset(first, 'again')).toEqual(refused)
      expect(await reset(second, 'other')).toEqual(refused)
      expect((await personOf(email))?.password).toBe('new')
    })

    test('for an address without an account is told by mail, and its token sets nothing', async () => {
      const email = newAddress()
      const hash = await ask(email)
      expect(await mailTo(email)).toEqual(['no account'])
      expect(await reset(hash)).toEqual(refused)
      expect(await run(FindPasswordReset, operator, { hash, wallNow: wallNow() })).toEqual(refused)
    })

    test('can be set for 30 minutes', async () => {
      const email = newAddress()
      await signUp(email)
      const hash = await ask(email)
      expect(await reset(hash, 'late', wallNow() + 30 * 60_000)).toEqual(refused)
      expect(await reset(hash, 'in time', wallNow() + 30 * 60_000 - 1)).toHaveProperty('workerId')
    })

    test('comes from the operator too, for a worker with an address', async () => {
      const email = newAddress()
      const { workerId } = (await signUp(email)) as { workerId: string }
      const hash = newHash()
      const answer = await run(CreatePasswordReset, operator, { workerId, hash, wallNow: wallNow() })
      expect(answer).toEqual({ expiresAt: wallNow() + server.account.operatorResetLifetime })
      expect(await reset(hash)).toEqual({ workerId })
      const input = { hash: newHash(), wallNow: wallNow() }
      const nobody = await run(CreatePasswordReset, operator, { workerId: 'ANOBODY', ...input })
      expect(nobody).toEqual({ fault: 'WorkerDoesNotExist', workerId: 'ANOBODY' })
      const silent = await market().worker()
      const mailless = await run(CreatePasswordReset, operator, { workerId: silent.workerId, ...input })
      expect(mailless).toMatchObject({ fault: 'InvalidInput' })
    })
  })

  test('consent is given to one version, and the first time counts', async () => {
    const { workerId } = await market().worker()
    const asked = (version: string) => run(FindConsent, operator, { workerId, version })
    expect(await asked('one')).toMatchObject({ given: false })
    const consent = { workerId, version: 'one', dated: '2026-01-01' }
    await run(GiveConsent, operator, { ...consent, at: 1 })
    await run(GiveConsent, operator, { ...consent, at: 2 })
    expect([await asked('one'), await asked('two')]).toMatchObject([{ given: true }, { given: false }])
    expect(await run(FindAccount, { kind: 'worker', workerId }, {})).toMatchObject({ consents: [{ at: 1 }] })
  })
})
