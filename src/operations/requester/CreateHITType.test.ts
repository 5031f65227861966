import { afterEach, describe, expect, test } from 'vitest'
import { onBothDatabases } from '../../../test/support/market.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { refusalOf, refused } from '../../../test/support/refusals.ts'
import { balanceOf, createHIT } from '../../../test/support/steps.ts'
import { properties, testTypeMembers, typeVariants } from '../../../test/support/hit-members.ts'

onBothDatabases('CreateHITType', (market) => {
  afterEach(() => checkLedger(market()))
  testTypeMembers(market, 'CreateHITType', properties)

  test('the answer is 46 bytes, like a captured one; no money is touched [hits 1.2, 12.2]', async () => {
    const client = await market().requester('0.00')
    const { status, text } = await client.send('CreateHITType', JSON.stringify(properties))
    expect(status).toBe(200)
    expect(text).toMatch(/^\{"HITTypeId":"3[A-Z0-9]{29}"\}$/)
    expect(text.length).toBe(46)
    expect(await balanceOf(client)).toBe('0.00')
  })

  describe('equality [hits 5.10]', () => {
    test.each(typeVariants.same)('%s: the same type', async (_, changes) => {
      const client = await market().requester()
      const first = await client.call('CreateHITType', properties)
      const second = await client.call('CreateHITType', { ...properties, ...changes } as never)
      expect(second).toEqual(first)
    })
    test.each(typeVariants.other)('%s: another type', async (_, changes) => {
      const client = await market().requester()
      const first = await client.call('CreateHITType', properties)
      const second = await client.call('CreateHITType', { ...properties, ...changes } as never)
      expect(second).not.toEqual(first)
      // And it is found again, too.
      expect(await client.call('CreateHITType', { ...properties, ...changes } as never)).toEqual(second)
    })
    test('the order of requirements and what was left out do not matter', async () => {
      const client = await market().requester()
      const first = {
        QualificationTypeId: '00000000000000000040',
        Comparator: 'GreaterThan',
        IntegerValues: [5],
      }
      const second = {
        QualificationTypeId: '00000000000000000071',
        Comparator: 'EqualTo',
        LocaleValues: [{ Country: 'US' }],
      }
      const create = async (...QualificationRequirements: object[]) =>
        (await client.call('CreateHITType', { ...properties, QualificationRequirements } as never)).HITTypeId
      const id = await create(first, second)
      expect(await create(second, first)).toBe(id)
      expect(
        await create({ ...second, ActionsGuarded: 'Accept' }, { ...first, RequiredToPreview: false }),
      ).toBe(id)
      expect(await create(first)).not.toBe(id)
      expect(await create(first, { ...second, RequiredToPreview: true })).not.toBe(id)
    })
    test('another requester’s equal type is another type', async () => {
      const first = await (await market().requester()).call('CreateHITType', properties)
      const second = await (await market().requester()).call('CreateHITType', properties)
      expect(second).not.toEqual(first)
    })
    test('CreateHIT finds the type as well; its group is not its id [client W20]', async () => {
      const client = await market().requester()
      const { HITTypeId } = await client.call('CreateHITType', properties)
      const hit = await createHIT(client, { ...properties, MaxAssignments: 3, LifetimeInSeconds: 60 })
      expect(hit.HITTypeId).toBe(HITTypeId)
      expect(hit.HITGroupId).not.toBe(HITTypeId)
    })
    test('ten calls at once make one type', async () => {
      const client = await market().requester()
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => client.call('CreateHITType', properties)),
      )
      expect(new Set(answers.map((answer) => answer.HITTypeId)).size).toBe(1)
    })
  })

  test('an unknown qualification type is named after wrong values [hits 11.6]', async () => {
    const client = await market().requester()
    const unknown = { QualificationTypeId: '3IUNFP8DKUS0R71E78UIQ0J2B48LJ3', Comparator: 'Exists' }
    const input = { ...properties, QualificationRequirements: [unknown] }
    expect(await refusalOf(market(), client, 'CreateHITType', input)).toEqual(refused.noQualificationType)
    expect(await refusalOf(market(), client, 'CreateHITType', { ...input, Title: '' })).toEqual(
      refused.tooShort('Title'),
    )
  })
})
