// Bonuses whose work cannot be saved any more, because its HIT was deleted (docs/decisions/0013).
import { expect, test } from 'vitest'
import { bringer } from '../../../test/support/import-laboratory.ts'
import { onBothDatabases } from '../../../test/support/market.ts'
import { isFault } from '../../domain/fault.ts'
import { formatDollars } from '../../domain/money.ts'
import { operator } from '../operation.ts'
import { CountImported } from '../operator/Imports.ts'

onBothDatabases('bonuses that were brought in', (market) => {
  const laboratory = async () => {
    const made = await bringer(market())
    const { client, prefix, requesterId } = made
    const listed = async (of: object) =>
      (await client.call('ListBonusPayments', of)).BonusPayments!.map(({ BonusAmount }) => BonusAmount)
    const counted = async () => {
      const counts = await market().market.runner.run(CountImported, operator, { requesterId })
      if (isFault(counts)) throw new Error(counts.fault)
      return [counts.bonuses, formatDollars(counts.bonusAmount)]
    }
    return { ...made, listed, counted, ofHIT: { HITId: `${prefix}HIT` } }
  }

  test('count without their work, and are found by their HIT as soon as the work tells it [hits 9.6]', async () => {
    const { bring, records, listed, counted, ofHIT, prefix } = await laboratory()
    await bring([records.bonus()])
    expect(await counted()).toEqual([1, '1.50'])
    await bring([records.hit()])
    expect(await listed(ofHIT)).toEqual([])
    await bring([records.assignment()])
    expect(await listed(ofHIT)).toEqual(['1.50'])
    expect(await listed({ AssignmentId: `${prefix}WORK` })).toEqual(['1.50'])
    expect(await counted()).toEqual([1, '1.50'])
  })

  test('are found by the HIT that their file tells, though its work is lost [hits 9.6]', async () => {
    const { bring, records, listed, ofHIT } = await laboratory()
    await bring([records.hit(), records.bonus({ hitId: ofHIT.HITId })])
    expect(await listed(ofHIT)).toEqual(['1.50'])
  })

  test('that another requester tells of the same HIT are not shown', async () => {
    const first = await laboratory()
    const second = await laboratory()
    await second.bring([
      second.records.bonus({ hitId: first.ofHIT.HITId, assignmentId: `${first.prefix}WORK` }),
    ])
    await first.bring([first.records.work()])
    expect(await first.listed(first.ofHIT)).toEqual([])
    expect(await first.listed({ AssignmentId: `${first.prefix}WORK` })).toEqual([])
  })

  test('for work that another requester brought in are refused', async () => {
    const first = await laboratory()
    const second = await laboratory()
    await first.bring([first.records.work()])
    expect(await second.bring([first.records.bonus()])).toEqual([
      `2: The assignment ${first.prefix}WORK was brought in by another requester.`,
    ])
  })
})
