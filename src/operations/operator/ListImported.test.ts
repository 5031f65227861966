// Imported history from end to end, for files that are written of it (docs/decisions/0013).
import { describe, expect, test } from 'vitest'
import { importedAt, importLaboratory } from '../../../test/support/imports.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { isFault } from '../../domain/fault.ts'
import { server } from '../../limits.ts'
import { operator, type OperatorCaller, type ReadOperation } from '../operation.ts'
import {
  ListImportedTransactions,
  ListImportedWork,
  ListImportedWorkers,
  type ExportPage,
} from './ListImported.ts'

const { batch, batchLength } = server.imports

onBothDatabases('imported history from end to end', (market) => {
  const laboratory = async () => {
    const made = await importLaboratory(market())
    await made.imports.type({})
    return { ...made, requesterId: made.client.requesterId }
  }

  /** All pages of a list: its entries, and how many are on each page. */
  const walk = async <I extends object, T, P>(
    operation: ReadOperation<OperatorCaller, I & { after?: P | undefined }, ExportPage<T, P>>,
    input: I,
  ) => {
    const entries: T[] = []
    const pages: number[] = []
    for (let after: P | undefined; ;) {
      const page = await market().market.runner.run(operation, operator, { ...input, after })
      if (isFault(page)) throw new Error(page.fault)
      entries.push(...page.entries)
      pages.push(page.entries.length)
      if (page.next === undefined) return { entries, pages }
      after = page.next
    }
  }

  describe('ListImportedWork', () => {
    test('by creation of the HIT, then by submission; of this requester alone [websites 2.5]', async () => {
      const { imports, requesterId, name } = await laboratory()
      const stranger = await laboratory()
      await stranger.imports.hit({})
      await stranger.imports.assignment({})
      await imports.type({ id: name('T2'), title: 'Another' })
      await imports.hit({ id: name('LATE'), created_at: importedAt + 1000 })
      await imports.hit({ id: name('B'), hit_type_id: name('T2'), input: '{"image":"b.png"}' })
      await imports.hit({ id: name('A') })
      await imports.hit({ id: name('WITHOUT') })
      for (const [hit, id, submitted] of [
        ['LATE', '1', 0],
        ['B', '2', 5],
        ['B', '4', 0],
        ['B', '3', 0],
        ['A', '5', 9],
      ] as const)
        await imports.assignment({ id: name(id), hit_id: name(hit), submitted_at: importedAt + submitted })
      const { entries } = await walk(ListImportedWork, { requesterId })
      expect(entries.map(({ assignment: { id } }) => id)).toEqual(['5', '3', '4', '2', '1'].map(name))
      expect(entries[1]).toMatchObject({
        type: { title: 'Another' },
        hit: { id: name('B'), input: { image: 'b.png' } },
        assignment: { hitId: name('B') },
      })
    })

    test.each([
      ['7', ['1', '2']],
      ['77', ['3']],
      ['8', []],
    ])('of batch %s there are %j: the annotation begins with it [websites 2.5]', async (batchId, wanted) => {
      const { imports, requesterId, name } = await laboratory()
      for (const [id, annotation] of [
        ['1', 'BatchId:7;OriginalHitTemplateId:928390909;'],
        ['2', 'BatchId:7;'],
        ['3', 'BatchId:77;OriginalHitTemplateId:928390909;'],
        ['4', null],
        ['5', 'about BatchId:7;'],
      ] as const) {
        await imports.hit({ id: name(`HIT${id}`), annotation })
        await imports.assignment({ id: name(id), hit_id: name(`HIT${id}`) })
      }
      const { entries } = await walk(ListImportedWork, { requesterId, batchId })
      expect(entries.map(({ assignment: { id } }) => id)).toEqual(wanted.map(name))
    })

    test('a batch far behind others, and more of it than is looked up at once', async () => {
      const { imports, requesterId, name } = await laboratory()
      const ids = Array.from({ length: batch + 130 }, (_, i) => name(`HIT${String(i).padStart(4, '0')}`))
      for (const [i, id] of ids.entries()) {
        const isWanted = i >= 70 && i < 190
        await imports.hit({
          id,
          annotation: isWanted ? 'BatchId:7;' : 'BatchId:6;',
          created_at: importedAt + (i >> 3),
        })
        if (isWanted) await imports.assignment({ id: `A${id}`, hit_id: id })
      }
      const { entries } = await walk(ListImportedWork, { requesterId, batchId: '7' })
      expect(entries.map(({ hit }) => hit.id)).toEqual(ids.slice(70, 190))
    })

    test('a HIT with more work than a page holds, among small ones', async () => {
      const { imports, requesterId, name } = await laboratory()
      const numbers = [2, batch + 3, batch, 1]
      const ids: string[] = []
      for (const [i, count] of numbers.entries()) {
        await imports.hit({ id: name(`HIT${i}`), created_at: importedAt + i })
        for (let k = 0; k < count; k++) {
          const id = name(`${i}A${String(k).padStart(4, '0')}`)
          ids.push(id)
          // Many at one moment.
          await imports.assignment({ id, hit_id: name(`HIT${i}`), submitted_at: importedAt + (k >> 6) })
        }
      }
      const { entries, pages } = await walk(ListImportedWork, { requesterId })
      expect(entries.map(({ assignment: { id } }) => id)).toEqual(ids)
      expect(Math.max(...pages)).toBe(batch)
    })

    test('long answers make short pages, in one HIT and in many', async () => {
      const { imports, requesterId, name } = await laboratory()
      const document = 'x'.repeat(batchLength / 2)
      for (let i = 0; i < 120; i++) {
        await imports.hit({ id: name(`HIT${i}`), created_at: importedAt + i })
        const isLong = i % 50 === 0
        await imports.assignment({
          id: name(`${i}`),
          hit_id: name(`HIT${i}`),
          document: isLong ? document + document + 'x' : 'short',
        })
      }
      const { entries, pages } = await walk(ListImportedWork, { requesterId })
      expect(entries.map(({ assignment: { id } }) => id)).toEqual(
        Array.from({ length: 120 }, (_, i) => name(`${i}`)),
      )
      // Each of the long ones is alone: it is more than a page should hold.
      expect(pages).toEqual([1, 0, 49, 1, 0, 49, 1, 0, 19, 0])
    })

    test('nothing is an empty page', async () => {
      const { requesterId } = await laboratory()
      expect(await walk(ListImportedWork, { requesterId })).toEqual({ entries: [], pages: [0] })
    })
  })

  describe('ListImportedWorkers', () => {
    test('figures as they came, scores and blocks as they are now [websites 2.6]', async () => {
      const { client, imports, requesterId, name } = await laboratory()
      const figures = '{"Number of HITs approved - Lifetime":"3"}'
      for (const [id, block] of [
        ['NEVER', 'Never Blocked'],
        ['BLOCKED', 'Blocked'],
        ['LIFTED', 'Blocked'],
        ['UNBLOCKED', 'Unblocked'],
        ['AGAIN', 'Unblocked'],
        ['UNKNOWN', null],
      ] as const)
        await imports.worker({ worker_id: name(id), block, figures: id === 'NEVER' ? figures : null })
      for (const id of ['BLOCKED', 'AGAIN'])
        await client.call('CreateWorkerBlock', { WorkerId: name(id), Reason: 'Guessed.' })
      const types = await Promise.all(
        ['Birds', 'Bees'].map(async (Name) => {
          const input = { Name, Description: Name, QualificationTypeStatus: 'Active' } as const
          const { QualificationType } = await client.call('CreateQualificationType', input)
          return QualificationType!.QualificationTypeId!
        }),
      )
      const WorkerId = name('NEVER')
      for (const [i, QualificationTypeId] of types.entries())
        await client.call('AssociateQualificationWithWorker', {
          WorkerId,
          QualificationTypeId,
          IntegerValue: i,
        })
      await client.call('DisassociateQualificationFromWorker', { WorkerId, QualificationTypeId: types[1]! })
      const { entries } = await walk(ListImportedWorkers, { requesterId })
      expect(entries.map(({ id, block }) => [id, block])).toEqual(
        [
          ['AGAIN', 'Blocked'],
          ['BLOCKED', 'Blocked'],
          ['LIFTED', 'Unblocked'],
          ['NEVER', 'Never Blocked'],
          ['UNBLOCKED', 'Unblocked'],
          ['UNKNOWN', 'Never Blocked'],
        ].map(([id, block]) => [name(id!), block]),
      )
      const never = entries[3]!
      expect(never.figures).toEqual({ 'Number of HITs approved - Lifetime': '3' })
      expect([...never.scores]).toEqual([['Birds', 0]])
    })

    test('more than a page holds', async () => {
      const { imports, requesterId, name } = await laboratory()
      const ids = Array.from({ length: batch + 2 }, (_, i) => name(String(i).padStart(4, '0')))
      for (const worker_id of ids) await imports.worker({ worker_id })
      const { entries, pages } = await walk(ListImportedWorkers, { requesterId })
      expect(entries.map(({ id }) => id)).toEqual(ids)
      expect(pages).toEqual([batch, 2, 0])
    })
  })

  test('ListImportedTransactions: those without a time first, then oldest first [websites 2.8]', async () => {
    const { imports, requesterId, name } = await laboratory()
    const ids: string[] = []
    for (let i = 0; i < batch + 2; i++) {
      ids.push(String(i))
      const id = name(String(i).padStart(4, '0'))
      await imports.transaction({
        id,
        initiated_at: importedAt + (i >> 1),
        cells: JSON.stringify({ line: String(i) }),
      })
    }
    for (const line of ['b', 'a'])
      await imports.transaction({ id: name(line), initiated_at: null, cells: JSON.stringify({ line }) })
    const { entries, pages } = await walk(ListImportedTransactions, { requesterId })
    expect(entries.map(({ line }) => line)).toEqual(['a', 'b', ...ids])
    expect(pages).toEqual([2, batch, 2, 0])
  })
})
