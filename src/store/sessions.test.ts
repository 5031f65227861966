import { expect, test } from 'vitest'
import { onBothStores, usualNow, type TestStore } from '../../test/support/stores.ts'
import * as sessions from './sessions.ts'

const minute = 60_000

const session = (hash: string, changes: Partial<sessions.Session> = {}): sessions.Session => ({
  hash,
  site: 'worker',
  personId: 'W',
  createdAt: usualNow,
  expiresAt: usualNow + minute,
  ...changes,
})

onBothStores('sessions', (stores) => {
  test('name their person on their site until they expire', async () => {
    const { production } = stores()
    await production.write((tx) => sessions.add(tx, session('mine')))
    const person = (hash: string, site: sessions.Site, wallNow: number) =>
      production.read((tx) => sessions.findPerson(tx, hash, site, wallNow))
    const cases: [hash: string, site: sessions.Site, wallNow: number, person: string | undefined][] = [
      ['mine', 'worker', usualNow, 'W'],
      ['mine', 'worker', usualNow + minute - 1, 'W'],
      ['mine', 'worker', usualNow + minute, undefined],
      ['mine', 'requester', usualNow, undefined],
      ['yours', 'worker', usualNow, undefined],
    ]
    for (const [hash, site, wallNow, wanted] of cases)
      expect(await person(hash, site, wallNow), `${hash} ${site} ${wallNow}`).toBe(wanted)
  })

  test('end one by one', async () => {
    const { production } = stores()
    await production.write(async (tx) => {
      await sessions.add(tx, session('phone'))
      await sessions.add(tx, session('desk'))
      await sessions.end(tx, 'phone')
      await sessions.end(tx, 'unknown')
    })
    const person = (hash: string) =>
      production.read((tx) => sessions.findPerson(tx, hash, 'worker', usualNow))
    expect([await person('phone'), await person('desk')]).toEqual([undefined, 'W'])
  })

  test('are the same in every market [design 3]', async () => {
    const { production, sandbox } = stores()
    await production.write((tx) => sessions.add(tx, session('shared')))
    expect(await sandbox.read((tx) => sessions.findPerson(tx, 'shared', 'worker', usualNow))).toBe('W')
  })
})

const link = (hash: string): sessions.SignInLink => ({
  hash,
  site: 'requester',
  personId: 'R',
  expiresAt: usualNow + minute,
})

const taken = ({ write }: TestStore, hash: string, wallNow = usualNow) =>
  write((tx) => sessions.takeLink(tx, hash, wallNow))

onBothStores('one-time addresses', (stores) => {
  test('sign in once', async () => {
    const { production } = stores()
    await production.write((tx) => sessions.addLink(tx, link('once')))
    expect(await taken(production, 'once')).toEqual(link('once'))
    expect(await taken(production, 'once')).toBeUndefined()
    expect(await taken(production, 'unknown')).toBeUndefined()
  })

  test('sign in once although many take them at the same moment', async () => {
    const { production } = stores()
    await production.write((tx) => sessions.addLink(tx, link('many')))
    const answers = await Promise.all(Array.from({ length: 8 }, () => taken(production, 'many')))
    expect(answers.filter((answer) => answer !== undefined)).toEqual([link('many')])
  })

  test('grow old', async () => {
    const { production } = stores()
    await production.write((tx) => sessions.addLink(tx, link('old')))
    expect(await taken(production, 'old', usualNow + minute)).toBeUndefined()
    expect(await taken(production, 'old', usualNow + minute - 1)).toEqual(link('old'))
  })
})

onBothStores('failed sign-ins', (stores) => {
  test('are counted from the first on, and anew when that lies before the window', async () => {
    const { production } = stores()
    const fail = (wallNow: number) =>
      production.write((tx) => sessions.addFailure(tx, 'someone', wallNow, wallNow - minute))
    const failures = () => production.read((tx) => sessions.failures(tx, 'someone'))
    expect(await failures()).toBeUndefined()
    const cases: [wallNow: number, failures: number, since: number][] = [
      [usualNow, 1, usualNow],
      [usualNow + 1, 2, usualNow],
      [usualNow + minute, 3, usualNow],
      [usualNow + minute + 1, 1, usualNow + minute + 1],
      [usualNow + minute + 2, 2, usualNow + minute + 1],
    ]
    for (const [wallNow, count, since] of cases) {
      await fail(wallNow)
      expect(await failures()).toEqual({ failures: count, since })
    }
  })

  test('of many at once are all counted', async () => {
    const { production } = stores()
    await Promise.all(
      Array.from({ length: 10 }, () =>
        production.write((tx) => sessions.addFailure(tx, 'rush', usualNow, usualNow - minute)),
      ),
    )
    expect(await production.read((tx) => sessions.failures(tx, 'rush'))).toEqual({
      failures: 10,
      since: usualNow,
    })
  })

  test('sessions, links and failures past their time are forgotten in batches, and no others', async () => {
    const { production } = stores()
    // Before everything that the other tests keep.
    const now = 5_000
    const at = (hash: string, expiresAt: number) => session(hash, { expiresAt })
    await production.write(async (tx) => {
      for (const [i, hash] of ['one', 'two', 'three'].entries()) {
        await sessions.add(tx, at(`old ${hash}`, now - i))
        await sessions.addLink(tx, { ...link(`old ${hash}`), expiresAt: now - i })
        await sessions.addFailure(tx, `old ${hash}`, now - 11 - i, 0)
      }
      await sessions.add(tx, at('young', now + 1))
      await sessions.addLink(tx, { ...link('young'), expiresAt: now + 1 })
      await sessions.addFailure(tx, 'young', now - 10, 0)
    })
    const hasOld = (wallNow: number) => production.read((tx) => sessions.hasOld(tx, wallNow, wallNow - 10))
    const forget = () => production.write((tx) => sessions.forgetOld(tx, now, now - 10, 2))
    expect([await hasOld(now), await forget(), await forget(), await forget()]).toEqual([true, 6, 3, 0])
    expect([await hasOld(now), await hasOld(now + 1)]).toEqual([false, true])
    expect(await production.read((tx) => sessions.findPerson(tx, 'young', 'worker', now))).toBe('W')
    expect(await taken(production, 'young', now)).toBeDefined()
    expect(await production.read((tx) => sessions.failures(tx, 'young'))).toBeDefined()
  })

  test('are forgotten after a success', async () => {
    const { production } = stores()
    await production.write(async (tx) => {
      await sessions.addFailure(tx, 'lucky', usualNow, 0)
      await sessions.addFailure(tx, 'other', usualNow, 0)
      await sessions.forgetFailures(tx, 'lucky')
    })
    expect(await production.read((tx) => sessions.failures(tx, 'lucky'))).toBeUndefined()
    expect(await production.read((tx) => sessions.failures(tx, 'other'))).toBeDefined()
  })
})
