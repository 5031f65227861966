import { afterEach, expect, test } from 'vitest'
import { properties, testHITMembers } from '../../../test/support/hit-members.ts'
import { externalQuestion, onBothDatabases, type TestClient } from '../../../test/support/market.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { changesIn, mustNotBeNull, refusalOf, refused } from '../../../test/support/refusals.ts'
import { balanceOf, type ShownHIT } from '../../../test/support/steps.ts'

const day = 86_400

onBothDatabases('CreateHITWithHITType', (market) => {
  afterEach(() => checkLedger(market()))

  const inputFor = async (client: TestClient, changes = {}) => {
    const { HITTypeId } = await client.call('CreateHITType', properties)
    return { HITTypeId: HITTypeId!, LifetimeInSeconds: day, Question: externalQuestion, ...changes }
  }
  const create = async (client: TestClient, changes = {}) =>
    (await client.call('CreateHITWithHITType', await inputFor(client, changes))).HIT as ShownHIT

  testHITMembers(market, 'CreateHITWithHITType', inputFor)

  test('makes the HIT that CreateHIT would make [hits 12.3]', async () => {
    const client = await market().requester('10.00')
    const changes = { MaxAssignments: 2, RequesterAnnotation: 'batch 7' }
    const hit = await create(client, changes)
    const { HIT: other } = await client.call('CreateHIT', {
      ...properties,
      LifetimeInSeconds: day,
      Question: externalQuestion,
      ...changes,
    })
    expect({ ...hit, HITId: '' }).toEqual({ ...other, HITId: '' })
    expect((await client.call('GetHIT', { HITId: hit.HITId })).HIT).toEqual(hit)
    expect(await balanceOf(client)).toBe('9.52')
  })

  test('a HIT of one assignment answers 1336 bytes when its texts have a captured length [hits 1.2]', async () => {
    const client = await market().requester()
    const { text } = await client.send('CreateHITWithHITType', JSON.stringify(await inputFor(client)))
    expect(text).toMatch(/"CreationTime":1\.[0-9]+E9,/)
    expect(text).toMatch(/"Expiration":1\.[0-9]+E9,/)
    expect(text).not.toContain('\\/')
    expect(text).not.toContain('null')
  })

  test.each(['ABC', '3NN44GVSBHX0DJUBBCVWBXU3KI7FGD'])(
    'the type %s is unknown [hits 12.3]',
    async (HITTypeId) => {
      const client = await market().requester()
      const refusal = await refusalOf(
        market(),
        client,
        'CreateHITWithHITType',
        await inputFor(client, { HITTypeId }),
      )
      expect(refusal).toEqual(refused.value('HITTypeId', HITTypeId))
    },
  )

  test('another requester’s type is unknown as well [hits 11.6, 12.3]', async () => {
    const { HITTypeId } = await inputFor(await market().requester())
    const client = await market().requester()
    const refusal = await refusalOf(
      market(),
      client,
      'CreateHITWithHITType',
      await inputFor(client, { HITTypeId }),
    )
    expect(refusal).toEqual(refused.value('HITTypeId', HITTypeId))
  })

  test('a group’s id is no type’s id', async () => {
    const client = await market().requester()
    const { HITGroupId } = await create(client)
    const input = await inputFor(client, { HITTypeId: HITGroupId })
    expect(await refusalOf(market(), client, 'CreateHITWithHITType', input)).toEqual(
      refused.value('HITTypeId', HITGroupId),
    )
  })

  test('HITTypeId is required, and an ill-formed one breaks the pattern [hits 11.4]', async () => {
    const client = await market().requester()
    const missing = await inputFor(client, { HITTypeId: null })
    expect(await refusalOf(market(), client, 'CreateHITWithHITType', missing)).toEqual(
      refused.validation(mustNotBeNull('hITTypeId')),
    )
    const ill = await inputFor(client, { HITTypeId: 'x' })
    expect((await refusalOf(market(), client, 'CreateHITWithHITType', ill)).message).toBe(
      "1 validation error detected: Value 'x' at 'hITTypeId' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[A-Z0-9]+$",
    )
  })

  test('a token is used once in a day, by either way of creating [hits 10]', async () => {
    const client = await market().requester()
    const input = await inputFor(client, { UniqueRequestToken: 't' })
    const { HIT } = await client.call('CreateHITWithHITType', input)
    const before = await changesIn(market())
    expect(await client.refusal('CreateHITWithHITType', input)).toEqual(refused.alreadyCreated(HIT!.HITId!))
    expect(await changesIn(market())).toBe(before)
    await market().advance(day)
    expect((await client.call('CreateHITWithHITType', input)).HIT!.HITId).not.toBe(HIT!.HITId)
  })

  test('value, then token, then funds [hits 11.6]', async () => {
    const client = await market().requester('0.12')
    const input = await inputFor(client, { UniqueRequestToken: 't' })
    const { HIT } = await client.call('CreateHITWithHITType', input)
    const ask = (changes: object) =>
      refusalOf(market(), client, 'CreateHITWithHITType', { ...input, ...changes })
    expect(await ask({ HITTypeId: 'ABC' })).toEqual(refused.value('HITTypeId', 'ABC'))
    expect(await ask({})).toEqual(refused.alreadyCreated(HIT!.HITId!))
    expect(await ask({ UniqueRequestToken: 'u' })).toEqual(refused.noFunds)
    // The members are judged in the model's order, and HITTypeId is its first.
    expect(await ask({ HITTypeId: 'ABC', LifetimeInSeconds: 0 })).toEqual(
      refused.range('LifetimeInSeconds', 0, 30, 31_536_000),
    )
  })
})
