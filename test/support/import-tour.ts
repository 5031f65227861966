// What a tour of all operations has to meet of imported work: every way in which it is read.
import { operator } from '../../src/operations/operation.ts'
import {
  ListImportedTransactions,
  ListImportedWork,
  ListImportedWorkers,
} from '../../src/operations/operator/ListImported.ts'
import { CreateHITWithHITType } from '../../src/operations/requester/CreateHITWithHITType.ts'
import { CreateQualificationType } from '../../src/operations/requester/CreateQualificationType.ts'
import { CreateWorkerBlock } from '../../src/operations/requester/CreateWorkerBlock.ts'
import { GetAssignment } from '../../src/operations/requester/GetAssignment.ts'
import { ListAssignmentsForHIT } from '../../src/operations/requester/ListAssignmentsForHIT.ts'
import { ListBonusPayments } from '../../src/operations/requester/ListBonusPayments.ts'
import { ListHITs } from '../../src/operations/requester/ListHITs.ts'
import { ListClaimable } from '../../src/operations/operator/ListClaimable.ts'
import { ClaimWorkerId, ListClaims } from '../../src/operations/worker/ClaimWorkerId.ts'
import { FindQualificationType } from '../../src/operations/worker/FindQualificationType.ts'
import { ListQualifications } from '../../src/operations/worker/ListQualifications.ts'
import { everyGroup } from './group-lists.ts'
import { CheckRecords, ImportRecords } from '../../src/operations/operator/ImportRecords.ts'
import { CountImported, FinishImport, ListImports } from '../../src/operations/operator/Imports.ts'
import { ReleaseClaim } from '../../src/operations/operator/ReleaseClaim.ts'
import { RemoveImports } from '../../src/operations/operator/RemoveImports.ts'
import { beginRun } from './import-laboratory.ts'
import { inLines, recordsOf } from './import-records.ts'
import { importedAt, importsOf } from './imports.ts'
import { externalQuestion, type TestMarket } from './market.ts'

/** Brings one thing of each kind in, and reads it in every way. */
export async function visitImports(market: TestMarket, requesterId: string): Promise<void> {
  const { runner } = market.market
  const imports = importsOf(market, requesterId, 'ATOUR')
  await imports.type({})
  await imports.hit({})
  await imports.assignment({})
  await imports.bonus({})
  await imports.worker({})
  await imports.transaction({})
  await bringFiles(market, requesterId)
  const requester = { kind: 'requester', requesterId } as const
  await runner.run(ListHITs, requester, {})
  await runner.run(GetAssignment, requester, { AssignmentId: 'ATOURASSIGNMENT' })
  await runner.run(ListAssignmentsForHIT, requester, { HITId: 'ATOURHIT' })
  await runner.run(ListBonusPayments, requester, { HITId: 'ATOURHIT' })
  await runner.run(ListBonusPayments, requester, { AssignmentId: 'ATOURASSIGNMENT' })
  await runner.run(CreateWorkerBlock, requester, { WorkerId: 'ATOURWORKER', Reason: 'x' })
  const hit = { HITTypeId: 'ATOURTYPE', LifetimeInSeconds: 3600, Question: externalQuestion }
  await runner.run(CreateHITWithHITType, requester, hit)
  await runner.run(ListImportedWork, operator, { requesterId })
  const within = { submittedAt: importedAt, id: '' }
  await runner.run(ListImportedWork, operator, {
    requesterId,
    after: { createdAt: importedAt, hitId: 'ATOURHIT', within },
  })
  await runner.run(ListImportedWorkers, operator, { requesterId })
  await runner.run(ListImportedTransactions, operator, { requesterId })
  await visitClaims(market, requesterId)
  await runner.run(ReleaseClaim, operator, { requesterId, earlierId: 'ATOURWORKER' })
  for (let removed = 1; removed > 0;)
    ({ removed } = (await runner.run(RemoveImports, operator, { requesterId })) as { removed: number })
}

/** Claims an id, and looks at everything that a claim changes. */
async function visitClaims(market: TestMarket, requesterId: string): Promise<void> {
  const { runner } = market.market
  const worker = { kind: 'worker', workerId: (await market.worker()).workerId } as const
  await runner.run(ListClaimable, operator, { requesterId, after: '', limit: 10 })
  await runner.run(ClaimWorkerId, worker, { earlierId: 'ATOURWORKER', isCodeOf: () => true })
  await runner.run(ListClaims, worker, {})
  await runner.run(ListQualifications, worker, { limit: 10 })
  const requester = { kind: 'requester', requesterId } as const
  const type = await runner.run(CreateQualificationType, requester, {
    Name: 'Tour of claims',
    Description: 'x',
    QualificationTypeStatus: 'Active',
  })
  const id = (type as { QualificationType?: { QualificationTypeId?: string } }).QualificationType
  await runner.run(FindQualificationType, worker, { qualificationTypeId: id?.QualificationTypeId ?? '' })
  await market.market.listGroups(worker, everyGroup)
}

/** One file with a record of each kind, twice. */
async function bringFiles(market: TestMarket, requesterId: string): Promise<void> {
  const { runner } = market.market
  const records = recordsOf('ATOURFILE')
  const runId = await beginRun(market, requesterId)
  const brought = [
    records.work(),
    records.hit(),
    records.assignment(),
    records.bonus(),
    records.transaction(),
  ]
  const others = [records.qualificationType(), records.score(), records.worker({ block: 'Blocked' })]
  const more = [
    records.work({ feedback: 'Good' }),
    records.score({ type: { name: 'By name' } }),
    records.score({ status: 'Revoked' }),
    records.worker({ figures: {} }),
  ]
  const many = Array.from({ length: 25 }, (_, i) => records.work({ id: `ATOURFILE${i}` }))
  for (const batch of [[...brought, ...others], more, many]) {
    const input = { requesterId, records: inLines(batch) }
    await runner.run(CheckRecords, operator, { ...input, isAmongOthers: false })
    const step = { ...input, runId, rows: batch.length, leftOut: 0, skipBad: false }
    await runner.run(ImportRecords, operator, step)
  }
  await runner.run(FinishImport, operator, { requesterId, runId })
  await runner.run(ListImports, operator, { requesterId, before: undefined, limit: 10 })
  await runner.run(CountImported, operator, { requesterId })
}
