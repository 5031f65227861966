// A qualification type from its creation to its end, with the clients that people use: who may work without the grant,
// and with it [qualifications 2.1, 3.5, 4.2].
import { expect, test } from 'vitest'
import type { OperationInput } from '../../src/model/operations.ts'
import { onEveryWay, type Laboratory } from '../support/journey.ts'
import { refused } from '../support/refusals.ts'

type Requirement = NonNullable<OperationInput<'CreateHIT'>['QualificationRequirements']>[number]

const makeType = async (laboratory: Laboratory, Name: string): Promise<string> => {
  const { QualificationType } = await laboratory.call('CreateQualificationType', {
    Name,
    Description: 'Tells birds by their song.',
    QualificationTypeStatus: 'Active',
  })
  return QualificationType!.QualificationTypeId!
}

/** Each comparator with values that the grant of 5 meets. */
const comparators: [Requirement['Comparator'], number[]][] = [
  ['LessThan', [6]],
  ['LessThanOrEqualTo', [5]],
  ['GreaterThan', [4]],
  ['GreaterThanOrEqualTo', [5]],
  ['EqualTo', [5]],
  ['NotEqualTo', [4]],
  ['In', [4, 5]],
  ['NotIn', [3, 4]],
  ['Exists', []],
]

onEveryWay('qualification types', (journey) => {
  test('each comparator refuses who lacks the grant, and from the grant on lets him work', async () => {
    const laboratory = await journey().laboratory()
    const QualificationTypeId = await makeType(laboratory, 'Knows birds')
    const { workerId: WorkerId, accept, refusal } = await journey().worker()
    const requiring = async (Comparator: Requirement['Comparator'], values: number[]) => {
      const requirement = {
        QualificationTypeId,
        Comparator,
        ...(values.length > 0 && { IntegerValues: values }),
      }
      return (await laboratory.create({ QualificationRequirements: [requirement] })).HITId
    }
    const hitIds: string[] = []
    for (const [comparator, values] of comparators) hitIds.push(await requiring(comparator, values))
    const withoutGrant = [await requiring('DoesNotExist', []), await requiring('DoesNotExist', [])]
    const refusalOf = (hitId: string) => refusal(`workers/${WorkerId}/accept`, { hitId })
    for (const hitId of hitIds) expect(await refusalOf(hitId)).toBe('QualificationsNotMet')
    await accept(withoutGrant[0]!)
    await laboratory.call('AssociateQualificationWithWorker', {
      QualificationTypeId,
      WorkerId,
      IntegerValue: 5,
    })
    for (const hitId of hitIds) await accept(hitId)
    expect(await refusalOf(withoutGrant[1]!)).toBe('QualificationsNotMet')
  })

  test('a type lives, is changed, found and deleted, and ends with its last HIT', async () => {
    const laboratory = await journey().laboratory()
    const QualificationTypeId = await makeType(laboratory, 'Journey: birds')
    const [Name, Description] = ['Journey: birds', 'x']
    await laboratory.refused(
      'CreateQualificationType',
      { Name, Description, QualificationTypeStatus: 'Active' },
      refused.sameName,
    )
    await laboratory.call('UpdateQualificationType', { QualificationTypeId, Description: 'By sight.' })
    const { QualificationType } = await laboratory.call('GetQualificationType', { QualificationTypeId })
    const mine = { MustBeRequestable: false, MustBeOwnedByCaller: true } as const
    const found = await laboratory.call('ListQualificationTypes', { ...mine, Query: 'JOURNEY: BIRDS' })
    expect(found.QualificationTypes).toEqual([QualificationType])
    const { HITId } = await laboratory.create({
      QualificationRequirements: [{ QualificationTypeId, Comparator: 'DoesNotExist' }],
    })
    expect(await laboratory.call('DeleteQualificationType', { QualificationTypeId })).toEqual({})
    const again = refused.qualificationState('QualificationType', 'Active,Inactive')
    await laboratory.refused('DeleteQualificationType', { QualificationTypeId }, again)
    const { HITs } = await laboratory.call('ListHITsForQualificationType', { QualificationTypeId })
    expect(HITs).toEqual([await laboratory.hit(HITId)])
    const { work } = await journey().worker()
    await laboratory.call('ApproveAssignment', { AssignmentId: await work(HITId) })
    await laboratory.call('DeleteHIT', { HITId })
    await laboratory.refused('GetQualificationType', { QualificationTypeId }, refused.noQualificationType)
    await laboratory.refused('DeleteQualificationType', { QualificationTypeId }, again)
    expect(await makeType(laboratory, 'Journey: birds')).not.toBe(QualificationTypeId)
  })
})
