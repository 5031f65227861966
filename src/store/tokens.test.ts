import { expect, test } from 'vitest'
import { onBothStores, usualNow } from '../../test/support/stores.ts'
import { read } from './prepared.ts'
import * as tokens from './tokens.ts'

const lifetime = 24 * 3_600_000

const kept = read<{ requesterId: string }, { token: string }>(({ db }, p) =>
  db
    .selectFrom('request_token')
    .select('token')
    .where('requester_id', '=', p.requesterId)
    .orderBy('expires_at'),
)

onBothStores('request tokens', (stores) => {
  test('are found with what they made, for 24 hours to the millisecond [hits 10]', async () => {
    const { production } = stores()
    await production.write((tx) => tokens.claim(tx, 'R', 'create', 'day', 'HIT 1'))
    const use = (now: number) => production.write((tx) => tokens.findUse(tx, 'R', 'create', 'day'), now)
    expect(await use(usualNow)).toBe('HIT 1')
    expect(await use(usualNow + lifetime - 1)).toBe('HIT 1')
    expect(await use(usualNow + lifetime)).toBeUndefined()
  })

  test.for<{ name: string; of: [string, tokens.TokenKind, string] }>([
    { name: 'another requester', of: ['S', 'create', 'own'] },
    { name: 'another kind of action', of: ['R', 'extend', 'own'] },
    { name: 'another token', of: ['R', 'create', 'own '] },
    { name: 'other letters', of: ['R', 'create', 'OWN'] },
  ])('are free for $name [hits 10]', async ({ of }) => {
    const { production } = stores()
    if ((await production.write((tx) => tokens.findUse(tx, 'R', 'create', 'own'))) === undefined)
      await production.write((tx) => tokens.claim(tx, 'R', 'create', 'own', 'HIT'))
    expect(await production.write((tx) => tokens.findUse(tx, ...of))).toBeUndefined()
  })

  test('are used once: the second claim fails so that the operation runs again [hits 12.13]', async () => {
    const { production } = stores()
    await production.write((tx) => tokens.claim(tx, 'R', 'bonus', 'twice', 'first'))
    const error = await production
      .write((tx) => tokens.claim(tx, 'R', 'bonus', 'twice', 'second'))
      .catch((thrown: unknown) => thrown)
    expect(production.store.isRetryable(error)).toBe(true)
    expect(await production.write((tx) => tokens.findUse(tx, 'R', 'bonus', 'twice'))).toBe('first')
  })

  test('past their time are taken over, and live a day from then', async () => {
    const { production } = stores()
    await production.write((tx) => tokens.claim(tx, 'R', 'extend', 'again', 'old'))
    const later = usualNow + lifetime
    await production.write((tx) => tokens.claim(tx, 'R', 'extend', 'again', 'new'), later)
    const use = (now: number) => production.write((tx) => tokens.findUse(tx, 'R', 'extend', 'again'), now)
    expect(await use(later + lifetime - 1)).toBe('new')
    expect(await use(later + lifetime)).toBeUndefined()
  })

  test('of a refused call are free again', async () => {
    const { production } = stores()
    await production.discard((tx) => tokens.claim(tx, 'R', 'create', 'refused', 'HIT'))
    expect(await production.write((tx) => tokens.findUse(tx, 'R', 'create', 'refused'))).toBeUndefined()
  })

  test('are used once by many at the same moment [hits 12.13]', async () => {
    const { production } = stores()
    const claims = Array.from({ length: 8 }, (_, i) =>
      production.write((tx) => tokens.claim(tx, 'R', 'expiration', 'race', `${i}`)),
    )
    const outcomes = await Promise.allSettled(claims)
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('past their time are forgotten, and no others', async () => {
    const { production } = stores()
    await production.write((tx) => tokens.claim(tx, 'F', 'create', 'old', 'HIT'), usualNow - 1)
    await production.write((tx) => tokens.claim(tx, 'F', 'create', 'exactly', 'HIT'), usualNow)
    await production.write((tx) => tokens.claim(tx, 'F', 'create', 'young', 'HIT'), usualNow + 1)
    const later = usualNow + lifetime
    expect(await production.read((tx) => tokens.hasExpired(tx), usualNow - 2)).toBe(false)
    expect(await production.read((tx) => tokens.hasExpired(tx), later)).toBe(true)
    // The oldest first, and no more than was asked for.
    expect(await production.write((tx) => tokens.forgetExpired(tx, 1), usualNow - 1 + lifetime)).toBe(1)
    while ((await production.write((tx) => tokens.forgetExpired(tx, 2), later)) > 0);
    const left = await production.read((tx) => tx.all(kept, { requesterId: 'F' }))
    expect(left).toEqual([{ token: 'young' }])
  })

  test('are of one market alone', async () => {
    const { production, sandbox } = stores()
    await production.write((tx) => tokens.claim(tx, 'R', 'create', 'both', 'HIT'))
    expect(await sandbox.write((tx) => tokens.findUse(tx, 'R', 'create', 'both'))).toBeUndefined()
    await sandbox.write((tx) => tokens.claim(tx, 'R', 'create', 'both', 'another'))
  })
})
