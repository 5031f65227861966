import { expect, test } from 'vitest'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { balanceOf } from '../../../test/support/steps.ts'
import { cents } from '../../domain/money.ts'
import { server } from '../../limits.ts'
import { operator } from '../operation.ts'
import { Deposit } from './Deposit.ts'

onBothDatabases('Deposit', (market) => {
  const deposit = (requesterId: string, amount: bigint) =>
    market().market.runner.run(Deposit, operator, { requesterId, amount: cents(amount) })

  test('adds to what is available, and the ledger with it', async () => {
    const client = await market().requester('1.00')
    expect(await deposit(client.requesterId, 250n)).toEqual({ available: 350n })
    expect(await balanceOf(client)).toBe('3.50')
    await checkLedger(market())
  })

  test('goes up to the greatest balance and no further, so that escrow can always come back', async () => {
    const client = await market().requester('1.00')
    const room = server.greatestBalance - 100n
    expect(await deposit(client.requesterId, room + 1n)).toMatchObject({
      fault: 'InvalidInput',
      member: 'amount',
    })
    expect(await balanceOf(client)).toBe('1.00')
    expect(await deposit(client.requesterId, room)).toEqual({ available: server.greatestBalance })
    expect(await deposit(client.requesterId, 1n)).toMatchObject({ fault: 'InvalidInput' })
  })

  test('of nobody who is a requester is refused', async () => {
    expect(await deposit('ANOBODY', 1n)).toEqual({
      fault: 'RequesterDoesNotExist',
      requesterId: 'ANOBODY',
    })
  })
})
