// A session begins for whoever has shown who he is: but not when that is out of date by the time it begins.
import { expect, test } from 'vitest'
import { onBothDatabases, type TestMarket } from '../../../test/support/market.ts'
import { operator, type WorkerCaller } from '../operation.ts'
import { ChangePassword } from '../worker/Account.ts'
import { closeAccount } from '../worker/CloseAccount.ts'
import { BeginSession } from './BeginSession.ts'
import { FindConsent, GiveConsent } from './Consents.ts'
import { FindSession } from './FindSession.ts'

let made = 0
const newHash = () => `session ${++made}`

onBothDatabases('beginning a session', (market) => {
  const run: TestMarket['market']['runner']['run'] = (...call) => market().market.runner.run(...call)
  const wallNow = () => market().clock.now()

  async function member() {
    const email = `entering${++made}@example.org`
    const { workerId } = await market().worker({ name: 'Ada', email, password: 'a hash' })
    const caller: WorkerCaller = { kind: 'worker', workerId }
    const close = () =>
      closeAccount([market().market.runner], caller, { email, givesUp: true, wallNow: wallNow() })
    return { workerId, caller, close }
  }
  const begin = (personId: string, hash: string, password?: string) =>
    run(BeginSession, operator, {
      hash,
      site: 'worker',
      personId,
      wallNow: wallNow(),
      subjects: [],
      password,
    })
  const personOf = (hash: string) => run(FindSession, operator, { hash, site: 'worker', wallNow: wallNow() })
  const refused = { fault: 'SignInRefused' }

  test('with the password that counts signs in, and without one after another proof', async () => {
    const { workerId } = await member()
    for (const password of ['a hash', undefined]) {
      const hash = newHash()
      expect(await begin(workerId, hash, password)).toEqual({})
      expect(await personOf(hash)).toEqual({ personId: workerId })
    }
  })

  test('with a password that was changed in the meantime is refused [design 7]', async () => {
    const { workerId, caller } = await member()
    await run(ChangePassword, caller, { password: 'a new hash', session: newHash() })
    const hash = newHash()
    expect(await begin(workerId, hash, 'a hash')).toEqual(refused)
    expect(await personOf(hash)).toEqual({ personId: undefined })
  })

  test('of an account that was closed in the meantime is refused, whatever was shown', async () => {
    const { workerId, close } = await member()
    expect(await close()).toBeUndefined()
    for (const password of ['a hash', undefined]) {
      const hash = newHash()
      expect(await begin(workerId, hash, password)).toEqual(refused)
      expect(await personOf(hash)).toEqual({ personId: undefined })
    }
    expect(await begin('NOBODY', newHash())).toEqual(refused)
  })

  test('at the moment of a change or of closing leaves no session with the old proof', async () => {
    for (let round = 0; round < 5; round++) {
      const { workerId, caller, close } = await member()
      const hashes = Array.from({ length: 6 }, newHash)
      const end = () =>
        round % 2 === 0
          ? run(ChangePassword, caller, { password: 'a new hash', session: newHash() })
          : close()
      await Promise.all([
        ...hashes.slice(0, 3).map((hash) => begin(workerId, hash, 'a hash')),
        end(),
        ...hashes.slice(3).map((hash) => begin(workerId, hash, 'a hash')),
      ])
      for (const hash of hashes) expect(await personOf(hash)).toEqual({ personId: undefined })
    }
  })

  test('consent of a closed account is kept no more', async () => {
    const { workerId, close } = await member()
    await close()
    const consent = { workerId, version: 'one', dated: '2026-01-01', at: 1 }
    expect(await run(GiveConsent, operator, consent)).toEqual({ fault: 'WorkerDoesNotExist', workerId })
    expect(await run(FindConsent, operator, { workerId, version: 'one' })).toMatchObject({ given: false })
  })
})
