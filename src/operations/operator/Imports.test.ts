// Files of the real service as a whole: runs, counts, and that nothing of them is the market's own (docs/decisions/0013).
import { expect, test } from 'vitest'
import { beginRun, bringer } from '../../../test/support/import-laboratory.ts'
import { inLines } from '../../../test/support/import-records.ts'
import { importedAt } from '../../../test/support/imports.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { isFault } from '../../domain/fault.ts'
import * as blocks from '../../store/blocks.ts'
import { importTables } from '../../store/schema-imports.ts'
import { marketTables } from '../../store/schema.ts'
import * as transfers from '../../store/transfers.ts'
import { operator } from '../operation.ts'
import { CheckLedger } from './CheckLedger.ts'
import { ImportRecords } from './ImportRecords.ts'
import { BeginImport, CountImported, FinishImport, ListImports } from './Imports.ts'
import { Reset } from './Reset.ts'

const size = 5

onBothDatabases('imports', (market) => {
  const count = (requesterId: string) => market().market.runner.run(CountImported, operator, { requesterId })

  /** A file of work, cut into batches. */
  const batchesOf = (records: Awaited<ReturnType<typeof bringer>>['records'], rows: number) => {
    const all = Array.from({ length: rows }, (_, index) => {
      const workerId = `${records.prefix}W${index % 4}`
      const hit = { id: `${records.prefix}H${Math.floor(index / 3)}` }
      return records.work({ id: `${records.prefix}A${index}`, workerId }, hit)
    })
    return Array.from({ length: Math.ceil(rows / size) }, (_, i) => all.slice(i * size, (i + 1) * size))
  }

  test('a run that was cut off and is repeated comes to the same as one', async () => {
    const { bring, records, requesterId } = await bringer(market())
    const batches = batchesOf(records, 30)
    for (const batch of batches.slice(0, 3)) expect(await bring(batch)).toMatchObject({ added: size })
    for (const [index, batch] of batches.entries())
      expect(await bring(batch)).toMatchObject(index < 3 ? { unchanged: size } : { added: size })
    expect(await count(requesterId)).toMatchObject({ hits: 10, submitted: 30, approved: 0, workers: 4 })
  })

  test('the same file twice at once comes to the same as once', async () => {
    const { bring, records, requesterId } = await bringer(market())
    const runId = await beginRun(market(), requesterId)
    const batches = batchesOf(records, 60)
    const other = async () => {
      for (const batch of batches) {
        const input = { requesterId, runId, records: inLines(batch), rows: size, leftOut: 0, skipBad: false }
        const kept = await market().market.runner.run(ImportRecords, operator, input)
        expect(isFault(kept)).toBe(false)
      }
    }
    const one = async () => {
      for (const batch of batches) await bring(batch)
    }
    await Promise.all([one(), other()])
    expect(await count(requesterId)).toMatchObject({ hits: 20, submitted: 60, workers: 4 })
    const runs = await market().market.runner.run(ListImports, operator, {
      ...{ requesterId, before: undefined, limit: 10 },
    })
    if (isFault(runs)) throw new Error(runs.fault)
    expect(runs.reduce((sum, { added }) => sum + added, 0)).toBe(60)
    expect(runs.reduce((sum, { unchanged }) => sum + unchanged, 0)).toBe(60)
  })

  test('runs are listed newest first with what became of their rows; the one with an end was read whole', async () => {
    const { bring, records, requesterId, runId } = await bringer(market())
    await bring([records.work(), records.assignment({ id: 'AOTHERWORK', hitId: 'NOWHERE' })], true)
    const { runner } = market().market
    market().clock.set(market().clock.now() + 1000)
    await runner.run(FinishImport, operator, { requesterId, runId })
    const second = await beginRun(market(), requesterId)
    const page = { requesterId, before: undefined, limit: 10 }
    expect(await runner.run(ListImports, operator, page)).toMatchObject([
      { runId: second, rows: 0, finishedAt: undefined },
      { runId, rows: 2, added: 1, leftOut: 1, finishedAt: market().clock.now(), name: 'birds.csv' },
    ])
    expect(await runner.run(ListImports, operator, { ...page, before: second })).toMatchObject([{ runId }])
  })

  test('everything is counted, the bonuses as cents', async () => {
    const { bring, records, requesterId } = await bringer(market())
    await bring([records.work(), records.worker(), records.transaction()])
    await bring([records.bonus(), records.bonus({ reason: 'Another.' })])
    await bring([records.work({ id: `${records.prefix}2`, state: 'Approved', approvedAt: importedAt })])
    expect(await count(requesterId)).toEqual({
      ...{ hits: 1, submitted: 1, approved: 1, rejected: 0, workers: 1, claimed: 0 },
      ...{ bonuses: 2, bonusAmount: 300n, transactions: 1 },
    })
  })

  test.each([
    [BeginImport, { kind: 'results', name: 'x' }, 'RequesterDoesNotExist'],
    [FinishImport, { runId: 'X' }, 'ImportDoesNotExist'],
    [ListImports, { before: undefined, limit: 1 }, 'RequesterDoesNotExist'],
    [CountImported, {}, 'RequesterDoesNotExist'],
  ] as const)('of nobody it is refused: %#', async (operation, input, fault) => {
    const asked = { ...input, requesterId: 'NOBODY' }
    expect(await market().market.runner.run(operation as never, operator as never, asked)).toMatchObject({
      fault,
    })
  })

  test('nothing of it is money, work or a figure of this market [design 6]', async () => {
    const worker = await market().worker()
    const look = () =>
      market().market.store.read(market().clock.now(), async (tx) => ({
        balances: await transfers.balances(tx),
      }))
    const { bring, records } = await bringer(market())
    const before = await look()
    const { workerId } = worker
    await bring([
      records.work({ workerId, state: 'Approved', approvedAt: importedAt }),
      records.qualificationType(),
      ...[records.score({ workerId }), records.worker({ id: workerId }), records.transaction()],
    ])
    await bring([records.bonus({ workerId })])
    // Auto-approvals, expirations and disposals would fall due.
    await market().advance(400 * 86_400)
    expect(await look()).toEqual(before)
    await checkLedger(market())
    expect(await market().market.runner.run(CheckLedger, operator, {})).toMatchObject({ problems: [] })
  })

  const blocked = (requesterId: string, workerId: string) =>
    market().market.store.read(market().clock.now(), (tx) => blocks.isBlocked(tx, requesterId, workerId))

  test('a block is made here once, and none is lifted by a file [websites 2.6]', async () => {
    const { bring, records, requesterId, client } = await bringer(market())
    const workerId = `${records.prefix}WORKER`
    await bring([records.worker({ block: 'Blocked' })])
    expect(await blocked(requesterId, workerId)).toBe(true)
    await bring([records.worker({ block: 'Unblocked' })])
    expect(await blocked(requesterId, workerId)).toBe(true)
    await bring([records.worker({ block: 'Blocked' })])
    await client.call('DeleteWorkerBlock', { WorkerId: workerId })
    await bring([records.worker({ block: 'Blocked' })])
    expect(await blocked(requesterId, workerId)).toBe(false)
  })

  test('what was granted or taken away here since stays [websites 2.6]', async () => {
    const { bring, records, client } = await bringer(market())
    const WorkerId = `${records.prefix}WORKER`
    const QualificationTypeId = `${records.prefix}QUALIFICATION`
    const score = async () =>
      (await client.call('GetQualificationScore', { QualificationTypeId, WorkerId })).Qualification
    await bring([records.qualificationType(), records.score()])
    expect(await score()).toMatchObject({ IntegerValue: 80, Status: 'Granted' })
    await client.call('DisassociateQualificationFromWorker', { QualificationTypeId, WorkerId })
    expect(await bring([records.score()])).toMatchObject({ unchanged: 1 })
    await client.call('AssociateQualificationWithWorker', { QualificationTypeId, WorkerId, IntegerValue: 5 })
    expect(await bring([records.score({ value: 90 })])).toMatchObject({ unchanged: 1 })
    expect(await score()).toMatchObject({ IntegerValue: 5 })
    await client.call('DeleteQualificationType', { QualificationTypeId })
    expect(await bring([records.score()])).toEqual([
      `2: The qualification type ${QualificationTypeId} was deleted here.`,
    ])
    // The name of a deleted type is free.
    expect(await bring([records.score({ type: { name: 'Knows birds' } })])).toMatchObject({ added: 1 })
  })

  test('a reset takes it all away', async () => {
    for (const table of importTables) expect(marketTables).toContain(table)
    const { bring, records, requesterId } = await bringer(market())
    await bring([records.work()])
    await market().market.runner.run(Reset, operator, { people: false })
    expect(await count(requesterId)).toMatchObject({ hits: 0, submitted: 0, workers: 0 })
  })
})
