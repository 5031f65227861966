// The part of the tour that is about qualification types: every operation on them once, in a life of one.
import { isFault, type Fault } from '../../src/domain/fault.ts'
import { cents } from '../../src/domain/money.ts'
import { Deposit } from '../../src/operations/operator/Deposit.ts'
import { CreateHIT } from '../../src/operations/requester/CreateHIT.ts'
import { CreateQualificationType } from '../../src/operations/requester/CreateQualificationType.ts'
import { DeleteHIT } from '../../src/operations/requester/DeleteHIT.ts'
import { DeleteQualificationType } from '../../src/operations/requester/DeleteQualificationType.ts'
import { GetQualificationType } from '../../src/operations/requester/GetQualificationType.ts'
import { ListHITsForQualificationType } from '../../src/operations/requester/ListHITsForQualificationType.ts'
import { ListQualificationTypes } from '../../src/operations/requester/ListQualificationTypes.ts'
import { UpdateExpirationForHIT } from '../../src/operations/requester/UpdateExpirationForHIT.ts'
import { UpdateQualificationType } from '../../src/operations/requester/UpdateQualificationType.ts'
import { PreviewHIT } from '../../src/operations/worker/PreviewHIT.ts'
import { everyGroup } from './group-lists.ts'
import { aHIT, type TestMarket } from './market.ts'

function must<T>(output: T | Fault): T {
  if (isFault(output)) throw new Error(output.fault)
  return output
}

/** Makes a type and a HIT that requires it, looks at both in every way, and deletes them. */
export async function visitQualificationTypes(
  { market: { runner, listGroups } }: TestMarket,
  workerId: string,
  requesterId: string,
): Promise<void> {
  const requester = { kind: 'requester', requesterId } as const
  const worker = { kind: 'worker', workerId } as const
  must(await runner.run(Deposit, { kind: 'operator' }, { requesterId, amount: cents(1000) }))
  const made = await runner.run(CreateQualificationType, requester, {
    Name: 'Knows birds',
    Description: 'Tells birds by their song.',
    QualificationTypeStatus: 'Active',
  })
  const QualificationTypeId = must(made).QualificationType!.QualificationTypeId!
  const Description = 'Tells birds by sight.'
  must(await runner.run(UpdateQualificationType, requester, { QualificationTypeId, Description }))
  must(await runner.run(GetQualificationType, requester, { QualificationTypeId }))
  for (const MustBeOwnedByCaller of [false, true])
    for (const Query of ['', 'birds']) {
      const input = { MustBeRequestable: false, MustBeOwnedByCaller, Query }
      must(await runner.run(ListQualificationTypes, requester, input))
    }
  const QualificationRequirements = [{ QualificationTypeId, Comparator: 'Exists' }] as const
  const hit = must(await runner.run(CreateHIT, requester, aHIT({ QualificationRequirements }))).HIT!
  must(await runner.run(ListHITsForQualificationType, requester, { QualificationTypeId }))
  // Of so many HIT types that they are not looked at one by one.
  for (let i = 0; i < 26; i++) {
    const other = aHIT({ QualificationRequirements, Title: `Birds ${i}`, Reward: '0.01' })
    must(await runner.run(CreateHIT, requester, other))
  }
  must(await runner.run(ListHITsForQualificationType, requester, { QualificationTypeId }))
  must(await listGroups(worker, everyGroup))
  await runner.run(PreviewHIT, worker, { groupId: hit.HITGroupId! })
  must(await runner.run(DeleteQualificationType, requester, { QualificationTypeId }))
  const HITId = hit.HITId!
  must(await runner.run(UpdateExpirationForHIT, requester, { HITId, ExpireAt: 0 }))
  must(await runner.run(DeleteHIT, requester, { HITId }))
}
