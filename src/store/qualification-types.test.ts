import { expect, test } from 'vitest'
import { ids, onBothStores, usualNow, type TestStore } from '../../test/support/stores.ts'
import type { QualificationType } from '../domain/qualification-type.ts'
import type { QualificationRequest } from '../domain/qualification-request.ts'
import * as requests from './qualification-requests.ts'
import * as types from './qualification-types.ts'

function sampleType(changes: Partial<QualificationType> = {}): QualificationType {
  const id = ids.entity(usualNow)
  return {
    id,
    requesterId: 'REQUESTER',
    name: id,
    description: 'Knows birds.',
    keywords: undefined,
    status: 'Active',
    test: undefined,
    testDuration: undefined,
    answerKey: undefined,
    retryDelay: undefined,
    autoGrantedValue: undefined,
    createdAt: usualNow,
    ...changes,
  }
}

const full: Partial<QualificationType> = {
  keywords: 'bird, ŝanĝo',
  status: 'Inactive',
  test: '<QuestionForm>é</QuestionForm>',
  testDuration: 2_147_483_647,
  answerKey: '<AnswerKey/>',
  retryDelay: 0,
  autoGrantedValue: -2_147_483_648,
}

async function add(store: TestStore, changes: Partial<QualificationType> = {}): Promise<QualificationType> {
  const type = sampleType(changes)
  expect(await store.write((tx) => types.addUnlessNamed(tx, type))).toBe(true)
  return type
}

onBothStores('qualification types', (stores) => {
  const find = (id: string) => stores().production.read((tx) => types.find(tx, id))

  test('are found and locked as they were added, with every member', async () => {
    const { production } = stores()
    for (const type of [await add(production), await add(production, full)]) {
      expect(await find(type.id)).toEqual(type)
      expect(await production.write((tx) => types.lock(tx, type.id))).toEqual(type)
    }
    expect(await find('UNKNOWN')).toBeUndefined()
  })

  test('are saved with everything that may change; name, keywords and owner may not', async () => {
    const { production } = stores()
    const { keywords: _, ...changeable } = full
    const [bare, rich] = [await add(production), await add(production, full)]
    const fixed = { name: 'Other', keywords: 'other', requesterId: 'OTHER', createdAt: 5 }
    await production.write(async (tx) => {
      await types.save(tx, { ...bare, ...changeable, description: 'Other.', ...fixed })
      await types.save(tx, { ...sampleType(), id: rich.id, status: 'Disposed' })
    })
    expect(await find(bare.id)).toEqual({ ...bare, ...changeable, description: 'Other.' })
    const { id, name, requesterId, keywords, createdAt } = rich
    expect(await find(id)).toEqual(
      sampleType({ id, name, requesterId, keywords, createdAt, status: 'Disposed' }),
    )
  })

  test('hold their name until they are gone [qualifications 3.1, 3.5]', async () => {
    const { production } = stores()
    const requesterId = ids.person()
    const again = () =>
      production.write((tx) => types.addUnlessNamed(tx, sampleType({ requesterId, name: 'Name' })))
    const type = await add(production, { requesterId, name: 'Name' })
    await add(production, { requesterId: ids.person(), name: 'Name' })
    for (const status of ['Active', 'Inactive', 'Disposing'] as const) {
      await production.write((tx) => types.save(tx, { ...type, status }))
      expect(await again(), status).toBe(false)
    }
    await production.write((tx) => types.save(tx, { ...type, status: 'Disposed' }))
    expect([await again(), await again()]).toEqual([true, false])
  })

  test('are listed by name, equal names by id, from page to page [qualifications 3.4]', async () => {
    const { production } = stores()
    const requesterId = ids.person()
    const names = ['10', '9', 'B', 'a', 'aa', 'é', '🐦']
    for (const name of names.toReversed()) await add(production, { requesterId, name })
    await add(production, { requesterId, name: 'A', status: 'Disposing' })
    const page = (after: types.Place | undefined, limit: number) =>
      production.read((tx) => types.search(tx, requesterId, '', after, limit))
    const all = await page(undefined, 100)
    expect(all.map(({ name }) => name)).toEqual(names)
    for (const [i, place] of all.entries()) expect(await page(place, 2)).toEqual(all.slice(i + 1, i + 3))
    const twins = [
      await add(production, { name: 'Twin' }),
      await add(production, { name: 'Twin', requesterId }),
    ]
    twins.sort((a, b) => (a.id < b.id ? -1 : 1))
    const found = () => production.read((tx) => types.search(tx, undefined, 'twin', undefined, 100))
    expect(await found()).toEqual(twins)
    const second = await production.read((tx) => types.search(tx, undefined, 'twin', twins[0], 100))
    expect(second).toEqual([twins[1]])
  })

  test('are searched for texts in which no character is special', async () => {
    const { production } = stores()
    const requesterId = ids.person()
    const texts = ['a%b', 'a_b', 'a\\b', 'axb', "a'b", 'A"B']
    for (const name of texts) await add(production, { requesterId, name, description: 'x' })
    for (const name of texts) {
      const found = await production.read((tx) =>
        types.search(tx, requesterId, name.toLowerCase(), undefined, 100),
      )
      expect(found.map((type) => type.name)).toEqual([name])
    }
  })

  test('have the requests rejected that nobody has decided, and no others [qualifications 3.5]', async () => {
    const { production } = stores()
    const [type, other] = [await add(production), await add(production)]
    const request = (
      state: QualificationRequest['state'],
      qualificationTypeId = type.id,
    ): QualificationRequest => ({
      id: ids.entity(usualNow),
      qualificationTypeId,
      requesterId: type.requesterId,
      workerId: ids.person(),
      state,
      testHash: undefined,
      answerKeyHash: undefined,
      answer: undefined,
      requestedAt: usualNow,
      submittedAt: state === 'AwaitingTest' ? undefined : usualNow,
      deadline: undefined,
    })
    const states = ['AwaitingTest', 'Submitted', 'Granted', 'Rejected'] as const
    const all = [...states.map((state) => request(state)), request('Submitted', other.id)]
    await production.write(async (tx) => {
      for (const one of all) await requests.add(tx, one)
      await types.rejectRequests(tx, type.id)
    })
    const after = []
    for (const { id } of all) after.push((await production.read((tx) => requests.find(tx, id)))?.state)
    expect(after).toEqual(['Rejected', 'Rejected', 'Granted', 'Rejected', 'Submitted'])
  })

  test('are of one market alone', async () => {
    const { production, sandbox } = stores()
    const type = await add(production)
    expect(await sandbox.read((tx) => types.find(tx, type.id))).toBeUndefined()
    expect(await sandbox.write((tx) => types.addUnlessNamed(tx, type))).toBe(true)
  })
})
