import { expect, test } from 'vitest'
import { aHIT, onBothDatabases } from '../../../test/support/market.ts'
import { createHIT, expireNow } from '../../../test/support/steps.ts'
import { isFault } from '../../domain/fault.ts'
import { FindHITQuestion } from './FindHITQuestion.ts'

const operator = { kind: 'operator' } as const

onBothDatabases('FindHITQuestion', (market) => {
  const find = (hitId: string) => market().market.runner.run(FindHITQuestion, operator, { hitId })

  test('the question as its requester wrote it, as long as the HIT is there [questions 6.1]', async () => {
    const client = await market().requester()
    const hit = await createHIT(client)
    expect(await find(hit.HITId)).toMatchObject({ text: aHIT().Question })
    await expireNow(client, hit.HITId)
    expect(await find(hit.HITId)).toMatchObject({ text: aHIT().Question })
    await client.call('DeleteHIT', { HITId: hit.HITId })
    expect(await find(hit.HITId)).toEqual({ fault: 'HITDoesNotExist', hitId: hit.HITId })
  })

  test.each([
    ['Accept', false, 'shown'],
    ['PreviewAndAccept', true, 'QualificationsNotMet'],
    ['DiscoverPreviewAndAccept', true, 'QualificationsNotMet'],
  ] as const)(
    'a requirement that guards %s [qualifications 4.4]',
    async (ActionsGuarded, isGuarded, outcome) => {
      const requirement = {
        QualificationTypeId: '00000000000000000071',
        Comparator: 'EqualTo',
        LocaleValues: [{ Country: 'DE' }],
        ActionsGuarded,
      } as const
      const hit = await createHIT(await market().requester(), { QualificationRequirements: [requirement] })
      const seenBy = async (country: string) => {
        const { workerId } = await market().worker({ country })
        const caller = { kind: 'worker', workerId } as const
        const found = await market().market.runner.run(FindHITQuestion, caller, { hitId: hit.HITId })
        return isFault(found) ? found.fault : 'shown'
      }
      expect(await find(hit.HITId)).toMatchObject({ isGuarded })
      expect([await seenBy('DE'), await seenBy('US')]).toEqual(['shown', outcome])
    },
  )

  test('an unknown HIT has none', async () => {
    expect(await find('3UNKNOWN')).toEqual({ fault: 'HITDoesNotExist', hitId: '3UNKNOWN' })
  })
})
