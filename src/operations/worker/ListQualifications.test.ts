import { describe, expect, test } from 'vitest'
import { onBothDatabases, type TestWorker } from '../../../test/support/market.ts'
import { addType, ask } from '../../../test/support/qualifications.ts'
import { changesIn } from '../../../test/support/refusals.ts'
import { attempt, must, nobody } from '../../../test/support/worker-calls.ts'
import { grant } from '../acts/grant.ts'
import { ListQualifications, type HeldQuery } from './ListQualifications.ts'

/** What everybody has: numbers that are computed, and a place. */
const everybody = [
  'Total approved HITs',
  'Location',
  'HIT approval rate (%)',
  'HIT submission rate (%)',
  'HIT abandonment rate (%)',
  'HIT return rate (%)',
  'HIT rejection rate (%)',
]

onBothDatabases('ListQualifications', (market) => {
  const list = (worker: Pick<TestWorker, 'workerId'>, query: Partial<HeldQuery> = {}) =>
    must(market(), worker, ListQualifications, { limit: 100, ...query })
  const give = async ({ workerId }: TestWorker, name: string, value = 5) => {
    const client = await market().requester()
    const type = await addType(market(), client, { name })
    const { store } = market().market
    const now = market().clock.now()
    await store.write(now, (tx) => grant(tx, type, workerId, value, now), { keep: () => true })
    return type
  }
  const names = (types: { name: string }[]) => types.map(({ name }) => name)

  test('what the system computes comes first, with the worker’s values [websites 1.11]', async () => {
    const worker = await market().worker({
      country: 'US',
      subdivision: 'CA',
      adult: true,
      masters: true,
    })
    const { types, total, next } = await list(worker)
    expect(names(types)).toEqual([
      'Masters',
      'Total approved HITs',
      'Location',
      'Adult Content Qualification',
      ...everybody.slice(2),
    ])
    expect([total, next]).toEqual([9, undefined])
    const values = Object.fromEntries(types.map(({ name, held }) => [name, held?.value]))
    expect(values).toMatchObject({
      Masters: 1,
      'Total approved HITs': 0,
      Location: { country: 'US', subdivision: 'CA' },
      'Adult Content Qualification': 1,
      'HIT approval rate (%)': 100,
    })
    for (const type of types)
      expect(type).toMatchObject({
        owner: undefined,
        isRequestable: false,
        refusal: { fault: 'QualificationTypeNotRequestable' },
      })
  })

  test('grants follow, the latest first, with who granted them [websites 1.11]', async () => {
    const worker = await market().worker()
    await give(worker, 'First', -3)
    await market().advance(5)
    const second = await give(worker, 'Second', 80)
    await give(await market().worker(), 'Of another worker')
    const before = await changesIn(market())
    const { types, total } = await list(worker)
    expect(await changesIn(market())).toBe(before)
    expect(names(types)).toEqual([...everybody, 'Second', 'First'])
    expect(total).toBe(everybody.length + 2)
    expect(types.at(-2)).toEqual({
      id: second.id,
      name: 'Second',
      description: 'Knows birds.',
      keywords: undefined,
      owner: { id: second.requesterId, name: 'Test Laboratory' },
      hasTest: false,
      testDuration: undefined,
      isAutoGranted: false,
      isRequestable: true,
      retryDelay: undefined,
      held: { value: 80, grantedAt: market().clock.now() },
      outstanding: undefined,
      retryAt: undefined,
      refusal: undefined,
    })
    expect(types.at(-1)?.held?.value).toBe(-3)
  })

  test('what was revoked is not there; a deleted type still is [qualifications 2.1, 3.5]', async () => {
    const client = await market().requester()
    const worker = await market().worker()
    for (const [i, end] of ['revoke', 'delete'].entries()) {
      const { id } = await addType(market(), client, { name: `${end} ${i}` })
      const grantee = { QualificationTypeId: id, WorkerId: worker.workerId }
      await client.call('AssociateQualificationWithWorker', grantee)
      if (end === 'revoke') await client.call('DisassociateQualificationFromWorker', grantee)
      else await client.call('DeleteQualificationType', { QualificationTypeId: id })
    }
    const { types } = await list(worker)
    expect(names(types).slice(everybody.length)).toEqual(['delete 1'])
    expect(types.at(-1)).toMatchObject({
      isRequestable: false,
      refusal: { fault: 'InvalidQualificationTypeState' },
    })
  })

  test('when it may be asked for again is told while the delay lasts [qualifications 2.3]', async () => {
    const worker = await market().worker()
    const client = await market().requester()
    const type = await addType(market(), client, { autoGrantedValue: 4, retryDelay: 60 })
    const begun = market().clock.now()
    await ask(market(), worker.workerId, type.id)
    const last = async () => (await list(worker)).types.at(-1)
    const retryAt = begun + 60_000
    expect(await last()).toMatchObject({
      retryAt,
      refusal: { fault: 'QualificationTypeRetryDelayNotElapsed', retryAt },
    })
    await market().advance(60)
    expect(await last()).toMatchObject({ retryAt: undefined, refusal: undefined })
  })

  describe('pages [websites 1.11]', () => {
    test.each([1, 2, 7, 8, 9, 10, 100])(
      'of %i by tokens hold each once; none follows the last',
      async (limit) => {
        const worker = await market().worker()
        for (const name of ['1', '2', '3']) await give(worker, name)
        const seen: string[] = []
        let token: string | undefined
        do {
          const page = await list(worker, { limit, token })
          expect(page.types.length).toBeLessThanOrEqual(limit)
          expect(page.total).toBe(10)
          seen.push(...names(page.types))
          token = page.next
        } while (token !== undefined)
        expect(seen.slice(0, 7)).toEqual(everybody)
        expect(seen.slice(7).sort()).toEqual(['1', '2', '3'])
      },
    )

    test.each([1, 3, 7, 8, 20])('of %i by numbers hold each once', async (limit) => {
      const worker = await market().worker()
      for (const name of ['1', '2', '3']) await give(worker, name)
      const seen: string[] = []
      for (let offset = 0; offset < 10; offset += limit)
        seen.push(...names((await list(worker, { limit, offset })).types))
      expect([...seen].sort()).toEqual([...everybody, '1', '2', '3'].sort())
      expect((await list(worker, { limit, offset: 1000 })).types).toEqual([])
    })

    test('a token that is none of his is refused', async () => {
      const [one, other] = [await market().worker(), await market().worker()]
      const { next } = await list(one, { limit: 1 })
      for (const token of ['x', next!])
        expect(await attempt(market(), other, ListQualifications, { limit: 1, token })).toMatchObject({
          fault: 'InvalidParameterValue',
        })
    })
  })

  test('a worker whom nobody knows', async () => {
    expect(await attempt(market(), nobody, ListQualifications, { limit: 1 })).toMatchObject({
      fault: 'WorkerDoesNotExist',
    })
  })
})
