// A requester who brings files in, for tests of what is kept of them.
import type { ImportRecord } from '../../src/domain/import/record.ts'
import { isFault } from '../../src/domain/fault.ts'
import { operator } from '../../src/operations/operation.ts'
import { ImportRecords } from '../../src/operations/operator/ImportRecords.ts'
import { BeginImport } from '../../src/operations/operator/Imports.ts'
import { inLines, recordsOf } from './import-records.ts'
import type { TestMarket } from './market.ts'

let prefixes = 0

/** Begins a run of a requester. */
export async function beginRun({ market }: TestMarket, requesterId: string): Promise<string> {
  const input = { requesterId, kind: 'results', name: 'birds.csv' } as const
  const begun = await market.runner.run(BeginImport, operator, input)
  if (isFault(begun)) throw new Error(begun.fault)
  return begun.runId
}

/** A requester with a run under way. `bring` answers what became of the records, or why they were refused. */
export async function bringer(market: TestMarket, prefix = `AB${prefixes++}X`) {
  const client = await market.requester()
  const { requesterId } = client
  const runId = await beginRun(market, requesterId)
  const bring = async (records: readonly ImportRecord[], skipBad = false) => {
    const batch = { requesterId, runId, records: inLines(records), rows: records.length, leftOut: 0, skipBad }
    const kept = await market.market.runner.run(ImportRecords, operator, batch)
    if (isFault(kept)) {
      if (kept.fault !== 'ImportRefused') throw new Error(JSON.stringify(kept))
      return kept.problems.map(({ line, message }) => `${line}: ${message}`)
    }
    const { added, changed, unchanged } = kept
    return { added, changed, unchanged }
  }
  return { client, requesterId, runId, bring, records: recordsOf(prefix), prefix }
}
