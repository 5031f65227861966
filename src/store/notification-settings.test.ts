import { expect, test } from 'vitest'
import { onBothStores, sampleType, type TestStore } from '../../test/support/stores.ts'
import * as hitTypes from './hit-types.ts'
import * as settings from './notification-settings.ts'

const setting = (changes: Partial<settings.NotificationSetting>): settings.NotificationSetting => ({
  hitTypeId: 'TYPE',
  destination: 'arn:aws:sns:us-east-1:123456789012:birds',
  transport: 'SNS',
  version: '2006-05-05',
  events: ['HITReviewable', 'AssignmentAccepted'],
  active: true,
  ...changes,
})

async function aType({ write }: TestStore) {
  const type = sampleType()
  await write((tx) => hitTypes.addUnlessEqual(tx, type, type.id))
  return type
}

onBothStores('notification settings', (stores) => {
  test('are one of each type; a second one replaces the first entirely [notifications 1.5]', async () => {
    const { production } = stores()
    const type = await aType(production)
    const first = setting({ hitTypeId: type.id })
    await production.write((tx) => settings.put(tx, first))
    expect(await production.write((tx) => settings.lock(tx, type.id))).toEqual(first)
    expect(await production.read((tx) => settings.findActive(tx, type.id))).toEqual({
      ...first,
      hitGroupId: type.groupId,
    })
    const second = setting({
      hitTypeId: type.id,
      destination: 'https://example.org/q',
      transport: 'SQS',
      version: '2014-08-15',
      events: [],
      active: false,
    })
    await production.write((tx) => settings.put(tx, second))
    expect(await production.write((tx) => settings.lock(tx, type.id))).toEqual(second)
  })

  test('that are not active are not in force [notifications 2.2]', async () => {
    const { production } = stores()
    const type = await aType(production)
    await production.write((tx) => settings.put(tx, setting({ hitTypeId: type.id, active: false })))
    expect(await production.read((tx) => settings.findActive(tx, type.id))).toBeUndefined()
    expect(await production.read((tx) => settings.findActive(tx, 'NONE'))).toBeUndefined()
  })

  test('are of one market alone', async () => {
    const { production, sandbox } = stores()
    const type = await aType(production)
    await production.write((tx) => settings.put(tx, setting({ hitTypeId: type.id })))
    expect(await sandbox.read((tx) => settings.findActive(tx, type.id))).toBeUndefined()
    expect(await sandbox.write((tx) => settings.lock(tx, type.id))).toBeUndefined()
  })
})
