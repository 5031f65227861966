import { afterEach, describe, expect, test } from 'vitest'
import { testMistyped } from '../../../test/support/common-members.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases, type TestClient } from '../../../test/support/market.ts'
import { testPaging } from '../../../test/support/paging.ts'
import { createType, showType } from '../../../test/support/qualification-members.ts'
import { addType } from '../../../test/support/qualifications.ts'
import { changesIn, mustNotBeNull, refusalOf, refused } from '../../../test/support/refusals.ts'
import type { OperationInput } from '../../model/operations.ts'

const operation = 'ListQualificationTypes'
type Input = OperationInput<typeof operation>

const listed = {
  production: '2F1QJWKUDD8XADTFD2Q0G6UTO95ALH',
  sandbox: '2ARFPLSP75KLA8M8DH1HTEQVJT3SY6',
}

/** The names of a list, from its first page of a hundred on. */
async function names(client: TestClient, input: Partial<Input> = {}): Promise<string[]> {
  const all: string[] = []
  for (let NextToken: string | undefined; ;) {
    const page = await client.call(operation, {
      MustBeRequestable: true,
      MaxResults: 100,
      ...input,
      ...(NextToken !== undefined && { NextToken }),
    })
    all.push(...page.QualificationTypes!.map(({ Name }) => Name!))
    if (page.NextToken === undefined) return all
    NextToken = page.NextToken
  }
}

for (const environment of ['production', 'sandbox'] as const) {
  onBothDatabases(
    `${operation}, ${environment}`,
    (market) => {
      test('without a filter the system’s types stand among all others, by name [qualifications 3.4, 5]', async () => {
        const client = await market().requester()
        await createType(client, { Name: 'HIT lover' })
        await createType(client, { Name: 'HIT approval rate (%)' })
        await createType(client, { Name: 'masters' })
        await createType(await market().requester(), { Name: 'Éclair' })
        const expected = [
          'Adult Content Qualification',
          'HIT abandonment rate (%)',
          'HIT approval rate (%)',
          'HIT approval rate (%)',
          'HIT lover',
          'HIT rejection rate (%)',
          'HIT return rate (%)',
          'HIT submission rate (%)',
          'Location',
          'Masters',
          'Total approved HITs',
          'masters',
          'Éclair',
        ]
        for (const MaxResults of [1, 2, 3, 100])
          expect(await names(client, { MustBeRequestable: false, MaxResults })).toEqual(expected)
        const { QualificationTypes } = await client.call(operation, {
          MustBeRequestable: false,
          Query: 'Masters',
        })
        const ids = QualificationTypes!.map(({ QualificationTypeId }) => QualificationTypeId!)
        expect(ids[0]).toBe(listed[environment])
        for (const type of QualificationTypes!)
          expect(await showType(client, type.QualificationTypeId!)).toEqual(type)
      })
    },
    environment,
  )
}

onBothDatabases(operation, (market) => {
  afterEach(() => checkLedger(market()))

  describe('serialization', () => {
    const more = () => Promise.resolve({ MustBeOwnedByCaller: true })
    testMistyped(market, operation, 'MustBeRequestable', ['"true"', '1', '[]'], more)
    testMistyped(market, operation, 'Query', ['1', 'true', '["x"]'], () =>
      Promise.resolve({ MustBeRequestable: true }),
    )
  })

  describe('validation: pages and tokens [hits 8]', () => {
    test('MustBeRequestable is needed [qualifications 3.4]', async () => {
      const refusal = await refusalOf(market(), await market().requester(), operation, {})
      expect(refusal).toEqual(refused.validation(mustNotBeNull('mustBeRequestable')))
    })
    test('a control character in Query [hits 4.2]', async () => {
      const client = await market().requester()
      const input = { MustBeRequestable: true, Query: 'a\0b' }
      expect(await refusalOf(market(), client, operation, input)).toEqual(refused.value('Query', 'a\0b'))
    })
    test('a Query longer than all that is searched [hits 11.5 #16]', async () => {
      const client = await market().requester()
      const input = { MustBeRequestable: true, Query: 'x'.repeat(3203) }
      expect(await refusalOf(market(), client, operation, input)).toEqual(refused.tooLong('Query', 3202))
    })
    testPaging(
      market,
      operation,
      'QualificationTypes',
      (type: { QualificationTypeId: string }) => type.QualificationTypeId,
      async (count) => {
        const client = await market().requester()
        const made: { name: string; id: string }[] = []
        for (let i = 0; i < count; i++) {
          // So long that no token could hold it.
          const name = `${'🐦'.repeat(190)} ${(i * 5) % 7} ${i}`
          made.push({ name, id: (await createType(client, { Name: name })).QualificationTypeId })
        }
        made.sort((a, b) => (a.name < b.name ? -1 : 1))
        const input = { MustBeRequestable: true, MustBeOwnedByCaller: true }
        return {
          client,
          input,
          ids: made.map(({ id }) => id),
          remove: async (QualificationTypeId) => {
            await client.call('DeleteQualificationType', { QualificationTypeId })
          },
          others: [
            ['another requester', await market().requester(), input],
            ['of all', client, { MustBeRequestable: true }],
            ['with those of the system', client, { ...input, MustBeRequestable: false }],
            ['with a text', client, { ...input, Query: '🐦' }],
          ],
        }
      },
    )
  })

  describe('behaviour [qualifications 3.4]', () => {
    const own = { MustBeOwnedByCaller: true } as const

    test('only requestable types: none of the system’s; owned ones: neither, whatever is asked', async () => {
      const client = await market().requester()
      await createType(client, { Name: 'Mine' })
      await createType(await market().requester(), { Name: 'Not mine' })
      expect(await names(client, own)).toEqual(['Mine'])
      expect(await names(client, { ...own, MustBeRequestable: false })).toEqual(['Mine'])
      const all = await names(client)
      expect(all).toEqual(expect.arrayContaining(['Mine', 'Not mine']))
      expect(all).not.toContain('Masters')
    })

    test('active and inactive ones; not those that are deleted', async () => {
      const client = await market().requester()
      for (const status of ['Active', 'Inactive', 'Disposing', 'Disposed'] as const)
        await addType(market(), client, { name: status, status })
      expect(await names(client, own)).toEqual(['Active', 'Inactive'])
    })

    test('equal names of several requesters by id', async () => {
      const made = []
      for (let i = 0; i < 3; i++)
        made.push(await createType(await market().requester(), { Name: 'The same' }))
      const { QualificationTypes } = await (
        await market().requester()
      ).call(operation, { MustBeRequestable: true, Query: 'the same' })
      const ids = made.map(({ QualificationTypeId }) => QualificationTypeId).sort()
      expect(QualificationTypes!.map(({ QualificationTypeId }) => QualificationTypeId)).toEqual(ids)
    })

    test.each([
      ['', ['Bird: song', 'Fish', 'Tree_100%']],
      ['bird', ['Bird: song', 'Fish']],
      ['BIRD: S', ['Bird: song']],
      ['ŜAN', ['Tree_100%']],
      ['ŝanĝo', ['Tree_100%']],
      ['wet', ['Fish']],
      ['_', ['Tree_100%']],
      ['100%', ['Tree_100%']],
      ['%', ['Tree_100%']],
      ['\\', []],
      ['fish bird', []],
      ['x'.repeat(3202), []],
      ['🐦_%'.repeat(1000), []],
    ])(
      'the text "%.20s" is looked for in names, descriptions and keywords [client W25]',
      async (Query, found) => {
        const client = await market().requester()
        await createType(client, { Name: 'Bird: song', Description: 'Hears' })
        await createType(client, { Name: 'Fish', Description: 'No bird', Keywords: 'wet, cold' })
        await createType(client, { Name: 'Tree_100%', Description: 'Ŝanĝo' })
        expect(await names(client, { ...own, Query })).toEqual(found)
      },
    )

    test('a changed description is found, the old one no more', async () => {
      const client = await market().requester()
      const { QualificationTypeId } = await createType(client, { Name: 'One', Description: 'before' })
      await client.call('UpdateQualificationType', { QualificationTypeId, Description: 'after' })
      expect(await names(client, { ...own, Query: 'before' })).toEqual([])
      expect(await names(client, { ...own, Query: 'after' })).toEqual(['One'])
    })

    test('listing changes nothing', async () => {
      const client = await market().requester()
      const before = await changesIn(market())
      await names(client)
      expect(await changesIn(market())).toBe(before)
    })
  })
})
