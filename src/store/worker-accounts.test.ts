import { expect, test } from 'vitest'
import { cents } from '../domain/money.ts'
import { onBothStores } from '../../test/support/stores.ts'
import * as accounts from './worker-accounts.ts'

const greatest = cents(Number.MAX_SAFE_INTEGER)

const zeros = {
  balance: 0n,
  rewards: 0n,
  bonuses: 0n,
  accepted: 0,
  returned: 0,
  abandoned: 0,
  submitted: 0,
  approved: 0,
  rejected: 0,
  held: 0,
  acceptedToday: 0,
  dayStart: 0,
  masters: false,
  adult: false,
}

onBothStores("workers' accounts", (stores) => {
  test('are all zeros before the worker has done anything', async () => {
    const { production } = stores()
    expect(await production.read((tx) => accounts.find(tx, 'NOBODY'))).toEqual({
      workerId: 'NOBODY',
      ...zeros,
    })
  })

  test('are made when they are locked or counted for the first time', async () => {
    const { production } = stores()
    const locked = await production.write((tx) => accounts.lock(tx, 'LOCKED'))
    expect(locked).toEqual({ workerId: 'LOCKED', ...zeros })
    expect(await production.write((tx) => accounts.lock(tx, 'LOCKED'))).toEqual(locked)
  })

  test('count by addition; rewards and bonuses are earned money', async () => {
    const { production } = stores()
    const count = (changes: Parameters<typeof accounts.count>[2]) =>
      production.write((tx) => accounts.count(tx, 'EARNER', changes))
    await count({ accepted: 3, held: 3 })
    await count({ returned: 1, abandoned: 1, submitted: 1, held: -3 })
    await count({ approved: 2, rejected: 4, rewards: 25 })
    await count({ rejected: -1, bonuses: 100 })
    await count({})
    expect(await production.read((tx) => accounts.find(tx, 'EARNER'))).toEqual({
      ...zeros,
      workerId: 'EARNER',
      accepted: 3,
      returned: 1,
      abandoned: 1,
      submitted: 1,
      approved: 2,
      rejected: 3,
      rewards: 25n,
      bonuses: 100n,
      balance: 125n,
    })
  })

  test('count for many callers at once, and lose none', async () => {
    const { production } = stores()
    await Promise.all(
      Array.from({ length: 20 }, () =>
        production.write((tx) => accounts.count(tx, 'BUSY', { accepted: 1, rewards: 2 })),
      ),
    )
    const account = await production.read((tx) => accounts.find(tx, 'BUSY'))
    expect(account).toMatchObject({ accepted: 20, rewards: 40n, balance: 40n })
  })

  test('hold 2⁵³−1 cents and refuse more [design 6]', async () => {
    const { production } = stores()
    const earn = (rewards: number) => production.write((tx) => accounts.count(tx, 'MILLIONAIRE', { rewards }))
    await earn(Number(greatest))
    await expect(earn(1)).rejects.toThrow('more than money can count')
    const account = await production.read((tx) => accounts.find(tx, 'MILLIONAIRE'))
    expect(account).toMatchObject({ rewards: greatest, balance: greatest })
  })

  test('remember the accepts of a Pacific day [websites 1.13]', async () => {
    const { production } = stores()
    await production.write(async (tx) => {
      await accounts.lock(tx, 'DAY')
      await accounts.setAcceptedToday(tx, 'DAY', 1_767_254_400_000, 3800)
    })
    const account = await production.read((tx) => accounts.find(tx, 'DAY'))
    expect(account).toMatchObject({ dayStart: 1_767_254_400_000, acceptedToday: 3800 })
  })

  test.for([
    { masters: true, adult: false },
    { masters: false, adult: true },
    { masters: true, adult: true },
    { masters: false, adult: false },
  ])('carry the flags %o', async (flags) => {
    const { production } = stores()
    await production.write((tx) => accounts.setFlags(tx, 'FLAGS', flags))
    expect(await production.read((tx) => accounts.find(tx, 'FLAGS'))).toMatchObject(flags)
  })

  test('are of one market alone', async () => {
    const { production, sandbox } = stores()
    await sandbox.write((tx) => accounts.count(tx, 'BOTH', { accepted: 1 }))
    expect((await production.read((tx) => accounts.find(tx, 'BOTH'))).accepted).toBe(0)
  })
})
