// What was brought in can be taken back, and a claim too (docs/decisions/0013).
import { expect, test } from 'vitest'
import { bringer } from '../../../test/support/import-laboratory.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { isFault } from '../../domain/fault.ts'
import { server } from '../../limits.ts'
import { operator } from '../operation.ts'
import type { Runner } from '../run.ts'
import { ClaimWorkerId } from '../worker/ClaimWorkerId.ts'
import { CountImported, ListImports } from './Imports.ts'
import { ReleaseClaim } from './ReleaseClaim.ts'
import { RemoveImports } from './RemoveImports.ts'

onBothDatabases('imports that are taken back', (market) => {
  const run: Runner['run'] = (...all) => market().market.runner.run(...all)
  const counted = async (requesterId: string) => {
    const counts = await run(CountImported, operator, { requesterId })
    if (isFault(counts)) throw new Error(counts.fault)
    return Object.values(counts).map(Number)
  }
  const nothing = [0, 0, 0, 0, 0, 0, 0, 0, 0]

  /** Brings in what fills every table, and more work of a HIT than is removed at once. */
  const laboratory = async () => {
    const made = await bringer(market())
    const { records, bring } = made
    const more = Array.from({ length: server.imports.removedAtOnce + 1 }, (_, index) =>
      records.assignment({ id: `${records.prefix}WORK${index}` }),
    )
    await bring([records.work(), records.qualificationType(), records.score(), ...more])
    await bring([records.bonus(), records.transaction(), records.worker()])
    return made
  }
  const removeAll = async (requesterId: string) => {
    const removed: number[] = []
    do removed.push(((await run(RemoveImports, operator, { requesterId })) as { removed: number }).removed)
    while (removed.at(-1)! > 0)
    return removed
  }

  test('all of one requester goes, some rows at a time; nothing of another does', async () => {
    const first = await laboratory()
    const second = await laboratory()
    const before = await counted(second.requesterId)
    const removed = await removeAll(first.requesterId)
    expect(Math.max(...removed)).toBe(server.imports.removedAtOnce)
    expect(await counted(first.requesterId)).toEqual(nothing)
    expect(await run(ListImports, operator, { ...page, requesterId: first.requesterId })).toEqual([])
    expect(await counted(second.requesterId)).toEqual(before)
    expect(before[1]).toBe(server.imports.removedAtOnce + 2)
  })

  test('what became the market’s own stays, and the ids are free for whom they belong to', async () => {
    const first = await laboratory()
    await removeAll(first.requesterId)
    const { prefix, records } = first
    const { Qualification } = await first.client.call('GetQualificationScore', {
      QualificationTypeId: `${prefix}QUALIFICATION`,
      WorkerId: `${prefix}WORKER`,
    })
    expect(Qualification).toMatchObject({ IntegerValue: 80 })
    const right = await bringer(market())
    expect(await right.bring([records.work()])).toEqual({ added: 1, changed: 0, unchanged: 0 })
  })

  test('a requester who is not there is refused', async () => {
    expect(await run(RemoveImports, operator, { requesterId: 'NOBODY' })).toEqual({
      fault: 'RequesterDoesNotExist',
      requesterId: 'NOBODY',
    })
  })

  test('a claim is taken back: the id can be claimed by another, once', async () => {
    const { requesterId, prefix } = await laboratory()
    const [wrong, right] = [await market().worker(), await market().worker()]
    const earlierId = `${prefix}WORKER`
    const claim = ({ workerId }: { workerId: string }) =>
      run(ClaimWorkerId, { kind: 'worker', workerId }, { earlierId, isCodeOf: (id) => id === requesterId })
    await claim(wrong)
    expect(await claim(right)).toEqual({ fault: 'ClaimRefused', reason: 'taken' })
    const id = { requesterId, earlierId }
    expect(await run(ReleaseClaim, operator, id)).toEqual({ workerId: wrong.workerId })
    expect(await run(ReleaseClaim, operator, id)).toEqual({ fault: 'ClaimDoesNotExist', earlierId })
    expect(await claim(right)).toMatchObject({ workerId: earlierId })
    expect(await run(ReleaseClaim, operator, { requesterId, earlierId: 'NOBODY' })).toMatchObject({
      fault: 'ClaimDoesNotExist',
    })
  })
})

const page = { before: undefined, limit: 10 }
