import { beforeAll, expect, test } from 'vitest'
import { onBothDatabases } from '../../../test/support/market.ts'
import { addType, ask } from '../../../test/support/qualifications.ts'
import { must } from '../../../test/support/worker-calls.ts'
import { SearchQualificationTypes } from './SearchQualificationTypes.ts'

onBothDatabases('SearchQualificationTypes', (market) => {
  let workerId: string
  beforeAll(async () => {
    workerId = (await market().worker()).workerId
    const client = await market().requester()
    const add = (name: string, changes: object = {}) => addType(market(), client, { name, ...changes })
    await add('Wren song', { description: '100% of it', keywords: 'Birds, Ears' })
    const auto = await add('Auk', { autoGrantedValue: 7 })
    await ask(market(), workerId, auto.id)
    await add('Inactive wren', { status: 'Inactive' })
    await add('Deleted wren', { status: 'Disposing' })
    await add('Gone wren', { status: 'Disposed' })
  })
  const search = (text: string, offset = 0, limit = 100) =>
    must(market(), { workerId }, SearchQualificationTypes, { search: text, offset, limit })
  const namesOf = async (...input: Parameters<typeof search>) =>
    (await search(...input)).types.map(({ name }) => name)

  test('the types of the system, then those that can be asked for, by name [websites 1.11]', async () => {
    const names = await namesOf('')
    expect(names.slice(0, 2)).toEqual(['Masters', 'Total approved HITs'])
    expect(names.slice(9)).toEqual(['Auk', 'Wren song'])
    expect((await search('')).total).toBe(11)
  })

  test.each([
    ['WREN', ['Wren song']],
    ['ears', ['Wren song']],
    ['100%', ['Wren song']],
    ['0% o', ['Wren song']],
    ['_', []],
    ['\\', []],
    ['approval', ['HIT approval rate (%)']],
    ['nothing like it', []],
  ])('a search for %j in name, description and keywords', async (text, names) => {
    const found = await search(text)
    expect(found.types.map(({ name }) => name)).toEqual(names)
    expect(found.total).toBe(names.length)
  })

  test('each with what the worker has of it', async () => {
    const { types } = await search('auk')
    expect(types).toMatchObject([
      { held: { value: 7 }, refusal: { fault: 'QualificationTypeDoesNotAllowRetake' } },
    ])
    expect((await search('song')).types).toMatchObject([{ held: undefined, refusal: undefined }])
  })

  test.each([1, 4, 9, 10])('pages of %i hold each once', async (limit) => {
    const seen: string[] = []
    for (let offset = 0; offset < 11; offset += limit) seen.push(...(await namesOf('', offset, limit)))
    expect(seen).toEqual(await namesOf(''))
  })
})
