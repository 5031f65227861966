// People are the same in every market: requesters with their keys, workers, and what adoption and reset do to them.
import { expect, test } from 'vitest'
import { ids, onBothStores, sampleHIT, usualNow, type TestStore } from '../../test/support/stores.ts'
import { forgetDemo } from './demo.ts'
import * as hits from './hits.ts'
import * as meta from './meta.ts'
import * as accessKeys from './access-keys.ts'
import * as requesters from './requesters.ts'
import { emptyMarket, emptyPeople } from './reset.ts'
import * as sessions from './sessions.ts'
import * as workers from './workers.ts'

const requester = (changes: Partial<requesters.Requester> = {}): requesters.Requester => ({
  id: ids.person(),
  name: 'Laboratorio Ŝtona',
  email: undefined,
  password: undefined,
  suspended: false,
  linked: true,
  createdAt: usualNow,
  ...changes,
})

const worker = (changes: Partial<workers.Worker> = {}): workers.Worker => ({
  id: ids.person(),
  name: 'Ada',
  email: undefined,
  password: undefined,
  suspended: false,
  locale: undefined,
  createdAt: usualNow,
  ...changes,
})

const key = (id: string, requesterId: string) => ({
  id,
  requesterId,
  secret: 'sealed',
  version: '1',
  createdAt: usualNow,
})

onBothStores('requesters', (stores) => {
  test('are found by id and e-mail, in every market', async () => {
    const { production, sandbox } = stores()
    const one = requester({ email: 'lab@example.com', password: 'hash' })
    await production.write((tx) => requesters.add(tx, one))
    expect(await production.read((tx) => requesters.find(tx, one.id))).toEqual(one)
    expect(await sandbox.read((tx) => requesters.find(tx, one.id))).toEqual(one)
    expect(await sandbox.read((tx) => requesters.findByEmail(tx, 'lab@example.com'))).toEqual(one)
    expect(await production.read((tx) => requesters.find(tx, 'UNKNOWN'))).toBeUndefined()
    expect(await production.read((tx) => requesters.findByEmail(tx, 'x@example.com'))).toBeUndefined()
  })

  test('share no e-mail, but any number may have none', async () => {
    const { production } = stores()
    const twice = () =>
      production.write((tx) => requesters.add(tx, requester({ email: 'twice@example.com' })))
    await twice()
    await expect(twice()).rejects.toThrow()
    await production.write((tx) => requesters.add(tx, requester()))
    await production.write((tx) => requesters.add(tx, requester()))
  })

  test('have keys that tell their state', async () => {
    const { production, sandbox } = stores()
    const one = requester()
    await production.write(async (tx) => {
      await requesters.add(tx, one)
      await accessKeys.add(tx, key('AK1', one.id))
    })
    const found = () => sandbox.read((tx) => accessKeys.find(tx, 'AK1'))
    for (const [suspended, linked] of [
      [false, true],
      [true, true],
      [false, false],
    ] as const) {
      await production.write((tx) => requesters.setState(tx, one.id, { suspended, linked }))
      expect(await found()).toEqual({ ...key('AK1', one.id), suspended, linked })
    }
    expect(await production.read((tx) => accessKeys.find(tx, 'ak1'))).toBeUndefined()
  })
})

onBothStores('workers', (stores) => {
  test('are found by id and e-mail, in every market', async () => {
    const { production, sandbox } = stores()
    const one = worker({
      email: 'ada@example.com',
      password: 'hash',
      locale: { country: 'US', subdivision: 'CA' },
    })
    await sandbox.write((tx) => workers.add(tx, one))
    expect(await production.read((tx) => workers.find(tx, one.id))).toEqual(one)
    expect(await production.read((tx) => workers.findByEmail(tx, 'ada@example.com'))).toEqual(one)
    expect(await production.read((tx) => workers.exists(tx, one.id))).toBe(true)
    expect(await production.read((tx) => workers.exists(tx, 'UNKNOWN'))).toBe(false)
    expect(await production.read((tx) => workers.findByEmail(tx, 'x@example.com'))).toBeUndefined()
  })

  test('are suspended and taken back', async () => {
    const { production } = stores()
    const one = worker()
    await production.write((tx) => workers.add(tx, one))
    for (const suspended of [true, false]) {
      await production.write((tx) => workers.setSuspended(tx, one.id, suspended))
      const found = await production.read((tx) => workers.find(tx, one.id))
      expect(found!.suspended).toBe(suspended)
    }
  })
})

onBothStores('facts', (stores) => {
  test('are of the whole database, and are replaced', async () => {
    const { production, sandbox } = stores()
    expect(await production.read((tx) => meta.find(tx, 'colour'))).toBeUndefined()
    await production.write((tx) => meta.put(tx, 'colour', 'red'))
    await sandbox.write((tx) => meta.put(tx, 'colour', 'blue'))
    expect(await production.read((tx) => meta.find(tx, 'colour'))).toBe('blue')
  })
})

async function signIn(store: TestStore, hash: string, personId: string): Promise<void> {
  const link = { hash, site: 'worker', personId, expiresAt: usualNow + 1 } as const
  await store.write(async (tx) => {
    await sessions.add(tx, { ...link, createdAt: usualNow })
    await sessions.addLink(tx, link)
  })
}

onBothStores('adoption', (stores) => {
  test('takes key, passwords and sign-ins of the demo people, and leaves the others [design 2]', async () => {
    const { production } = stores()
    const demo = {
      requester: requester({ email: 'd@example.com', password: 'known' }),
      worker: worker({ email: 'd@example.com', password: 'known' }),
    }
    const mine = requester({ email: 'mine@example.com', password: 'own' })
    await production.write(async (tx) => {
      await requesters.add(tx, demo.requester)
      await requesters.add(tx, mine)
      await workers.add(tx, demo.worker)
      await accessKeys.add(tx, key('AKDEMO', demo.requester.id))
      await accessKeys.add(tx, key('AKMINE', mine.id))
      await meta.put(tx, 'made for', 'tests')
    })
    await signIn(production, 'cookie', demo.worker.id)
    const people = { accessKeyId: 'AKDEMO', requesterId: demo.requester.id, workerId: demo.worker.id }
    await production.write((tx) => forgetDemo(tx, people))
    const closed = { email: undefined, password: undefined, suspended: true }
    await production.read(async (tx) => {
      expect(await requesters.find(tx, demo.requester.id)).toEqual({ ...demo.requester, ...closed })
      expect(await workers.find(tx, demo.worker.id)).toEqual({ ...demo.worker, ...closed })
      expect(await accessKeys.find(tx, 'AKDEMO')).toBeUndefined()
      expect(await sessions.findPerson(tx, 'cookie', 'worker', usualNow)).toBeUndefined()
      expect(await meta.find(tx, 'made for')).toBeUndefined()
      expect(await requesters.find(tx, mine.id)).toEqual(mine)
      expect(await accessKeys.find(tx, 'AKMINE')).toBeDefined()
    })
    const link = await production.write((tx) => sessions.takeLink(tx, 'cookie', usualNow))
    expect(link).toBeUndefined()
  })
})

onBothStores('emptying', (stores) => {
  test('takes one market, or all people', async () => {
    const { production, sandbox } = stores()
    const one = requester()
    const hit = sampleHIT()
    await production.write(async (tx) => {
      await requesters.add(tx, one)
      await hits.add(tx, hit)
    })
    await sandbox.write((tx) => hits.add(tx, hit))
    await production.write((tx) => emptyMarket(tx))
    expect(await production.read((tx) => hits.find(tx, hit.id))).toBeUndefined()
    expect(await sandbox.read((tx) => hits.find(tx, hit.id))).toEqual(hit)
    expect(await production.read((tx) => requesters.find(tx, one.id))).toEqual(one)
    await sandbox.write((tx) => emptyPeople(tx))
    expect(await production.read((tx) => requesters.find(tx, one.id))).toBeUndefined()
    expect(await sandbox.read((tx) => hits.find(tx, hit.id))).toEqual(hit)
  })
})
