import { expect, test } from 'vitest'
import { cents } from '../domain/money.ts'
import { onBothStores } from '../../test/support/stores.ts'
import * as accounts from './accounts.ts'

const greatest = cents(Number.MAX_SAFE_INTEGER)

onBothStores("requesters' accounts", (stores) => {
  test('are empty until they are first credited [hits 9.2]', async () => {
    const { production } = stores()
    expect(await production.read((tx) => accounts.available(tx, 'NEW'))).toBe(0n)
    expect(await production.write((tx) => accounts.debitRequester(tx, 'NEW', cents(1)))).toBe(false)
    await production.write((tx) => accounts.creditRequester(tx, 'NEW', cents(5)))
    await production.write((tx) => accounts.creditRequester(tx, 'NEW', cents(7)))
    expect(await production.read((tx) => accounts.available(tx, 'NEW'))).toBe(12n)
  })

  test('give what they hold and not a cent more [hits 9.3]', async () => {
    const { production } = stores()
    await production.write((tx) => accounts.creditRequester(tx, 'SPENDER', cents(10)))
    const debit = (amount: number) =>
      production.write((tx) => accounts.debitRequester(tx, 'SPENDER', cents(amount)))
    const cases: [amount: number, isTaken: boolean, left: bigint][] = [
      [11, false, 10n],
      [4, true, 6n],
      [7, false, 6n],
      [6, true, 0n],
      [1, false, 0n],
      [0, true, 0n],
    ]
    for (const [amount, isTaken, left] of cases) {
      expect(await debit(amount), `${amount}`).toBe(isTaken)
      expect(await production.read((tx) => accounts.available(tx, 'SPENDER'))).toBe(left)
    }
  })

  test('of many spenders at once serve as many as there is money for [hits 9.3, 12.13]', async () => {
    const { production } = stores()
    await production.write((tx) => accounts.creditRequester(tx, 'RUSH', cents(10)))
    const answers = await Promise.all(
      Array.from({ length: 12 }, () =>
        production.write((tx) => accounts.debitRequester(tx, 'RUSH', cents(3))),
      ),
    )
    expect(answers.filter(Boolean)).toHaveLength(3)
    expect(await production.read((tx) => accounts.available(tx, 'RUSH'))).toBe(1n)
  })

  test('hold 2⁵³−1 cents and refuse more [design 6]', async () => {
    const { production } = stores()
    await production.write((tx) => accounts.creditRequester(tx, 'RICH', greatest))
    expect(await production.read((tx) => accounts.available(tx, 'RICH'))).toBe(greatest)
    await expect(production.write((tx) => accounts.creditRequester(tx, 'RICH', cents(1)))).rejects.toThrow(
      'more than money can count',
    )
    expect(await production.read((tx) => accounts.available(tx, 'RICH'))).toBe(greatest)
    expect(await production.write((tx) => accounts.debitRequester(tx, 'RICH', greatest))).toBe(true)
    expect(await production.read((tx) => accounts.available(tx, 'RICH'))).toBe(0n)
  })

  test('cannot be made negative, whatever the statement [design 6]', async () => {
    const { production } = stores()
    const wrong = production.write((tx) => accounts.creditRequester(tx, 'DEBTOR', -1n as never))
    await expect(wrong).rejects.toThrow(/check/i)
  })

  test('are of one market alone', async () => {
    const { production, sandbox } = stores()
    await production.write((tx) => accounts.creditRequester(tx, 'BOTH', cents(3)))
    expect(await sandbox.read((tx) => accounts.available(tx, 'BOTH'))).toBe(0n)
  })
})

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
    expect(await production.read((tx) => accounts.findWorker(tx, 'NOBODY'))).toEqual({
      workerId: 'NOBODY',
      ...zeros,
    })
  })

  test('are made when they are locked or counted for the first time', async () => {
    const { production } = stores()
    const locked = await production.write((tx) => accounts.lockWorker(tx, 'LOCKED'))
    expect(locked).toEqual({ workerId: 'LOCKED', ...zeros })
    expect(await production.write((tx) => accounts.lockWorker(tx, 'LOCKED'))).toEqual(locked)
  })

  test('count by addition; rewards and bonuses are earned money', async () => {
    const { production } = stores()
    const count = (changes: Parameters<typeof accounts.countForWorker>[2]) =>
      production.write((tx) => accounts.countForWorker(tx, 'EARNER', changes))
    await count({ accepted: 3, held: 3 })
    await count({ returned: 1, abandoned: 1, submitted: 1, held: -3 })
    await count({ approved: 2, rejected: 4, rewards: 25 })
    await count({ rejected: -1, bonuses: 100 })
    await count({})
    expect(await production.read((tx) => accounts.findWorker(tx, 'EARNER'))).toEqual({
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
        production.write((tx) => accounts.countForWorker(tx, 'BUSY', { accepted: 1, rewards: 2 })),
      ),
    )
    const account = await production.read((tx) => accounts.findWorker(tx, 'BUSY'))
    expect(account).toMatchObject({ accepted: 20, rewards: 40n, balance: 40n })
  })

  test('hold 2⁵³−1 cents and refuse more [design 6]', async () => {
    const { production } = stores()
    const earn = (rewards: number) =>
      production.write((tx) => accounts.countForWorker(tx, 'MILLIONAIRE', { rewards }))
    await earn(Number(greatest))
    await expect(earn(1)).rejects.toThrow('more than money can count')
    const account = await production.read((tx) => accounts.findWorker(tx, 'MILLIONAIRE'))
    expect(account).toMatchObject({ rewards: greatest, balance: greatest })
  })

  test('remember the accepts of a Pacific day [websites 1.13]', async () => {
    const { production } = stores()
    await production.write(async (tx) => {
      await accounts.lockWorker(tx, 'DAY')
      await accounts.setAcceptedToday(tx, 'DAY', 1_767_254_400_000, 3800)
    })
    const account = await production.read((tx) => accounts.findWorker(tx, 'DAY'))
    expect(account).toMatchObject({ dayStart: 1_767_254_400_000, acceptedToday: 3800 })
  })

  test.for([
    { masters: true, adult: false },
    { masters: false, adult: true },
    { masters: true, adult: true },
    { masters: false, adult: false },
  ])('carry the flags %o', async (flags) => {
    const { production } = stores()
    await production.write((tx) => accounts.setWorkerFlags(tx, 'FLAGS', flags))
    expect(await production.read((tx) => accounts.findWorker(tx, 'FLAGS'))).toMatchObject(flags)
  })

  test('are of one market alone', async () => {
    const { production, sandbox } = stores()
    await sandbox.write((tx) => accounts.countForWorker(tx, 'BOTH', { accepted: 1 }))
    expect((await production.read((tx) => accounts.findWorker(tx, 'BOTH'))).accepted).toBe(0)
  })
})
