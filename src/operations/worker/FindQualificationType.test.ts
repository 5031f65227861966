import { expect, test } from 'vitest'
import { onBothDatabases } from '../../../test/support/market.ts'
import { addType, systemTypes } from '../../../test/support/qualifications.ts'
import { attempt, must, nobody } from '../../../test/support/worker-calls.ts'
import { FindQualificationType } from './FindQualificationType.ts'

onBothDatabases('FindQualificationType', (market) => {
  test.each(systemTypes)('the system’s type %s, in lists or not [qualifications 5]', async (id) => {
    const type = await must(market(), await market().worker(), FindQualificationType, {
      qualificationTypeId: id,
    })
    expect(type).toMatchObject({
      id,
      owner: undefined,
      refusal: { fault: 'QualificationTypeNotRequestable' },
    })
  })

  test.each(['Active', 'Inactive', 'Disposing', 'Disposed'] as const)(
    'a type that is %s [qualifications 2.1]',
    async (status) => {
      const client = await market().requester()
      const worker = await market().worker()
      const changes = { status, keywords: 'birds', retryDelay: 5 }
      const { id } = await addType(market(), client, changes)
      const found = await attempt(market(), worker, FindQualificationType, { qualificationTypeId: id })
      const isActive = status === 'Active'
      expect(found).toMatchObject(
        status === 'Disposed'
          ? { fault: 'QualificationTypeDoesNotExist' }
          : {
              id,
              keywords: 'birds',
              retryDelay: 5,
              isRequestable: isActive,
              refusal: isActive ? undefined : { fault: 'InvalidQualificationTypeState' },
            },
      )
    },
  )

  test('a type that is gone is shown to whoever still has it [qualifications 3.5]', async () => {
    const client = await market().requester()
    const worker = await market().worker()
    const { id } = await addType(market(), client)
    await client.call('AssociateQualificationWithWorker', {
      QualificationTypeId: id,
      WorkerId: worker.workerId,
      IntegerValue: 3,
    })
    await client.call('DeleteQualificationType', { QualificationTypeId: id })
    const found = await must(market(), worker, FindQualificationType, { qualificationTypeId: id })
    expect(found).toMatchObject({ held: { value: 3 }, isRequestable: false })
    const other = await attempt(market(), await market().worker(), FindQualificationType, {
      qualificationTypeId: id,
    })
    expect(other).toEqual({ fault: 'QualificationTypeDoesNotExist' })
  })

  test('an id that is none; a worker who is none', async () => {
    const input = { qualificationTypeId: '3NONE' }
    expect(await attempt(market(), await market().worker(), FindQualificationType, input)).toEqual({
      fault: 'QualificationTypeDoesNotExist',
    })
    expect(await attempt(market(), nobody, FindQualificationType, input)).toMatchObject({
      fault: 'WorkerDoesNotExist',
    })
  })
})
