// Qualification types of files become the market's own: what no type of this market may be cannot be kept.
import type { Fault } from '../../domain/fault.ts'
import type { ImportRecord, ReadRecord } from '../../domain/import/record.ts'
import { checkRange, checkRequiredText } from '../../domain/parameters.ts'
import { market } from '../../limits.ts'
import { testFaults } from '../qualification-type-parameters.ts'

/** Why records cannot be kept, whatever the database holds. */
export type Unusable = ReadonlyMap<ImportRecord, string>

/** Looks through records for types that could not be made here. It reads their tests, so it is done before a transaction. */
export async function findUnusable(records: readonly ReadRecord[]): Promise<Unusable> {
  const found = new Map<ImportRecord, string>()
  for (const { record } of records) {
    const problem = await problemOf(record)
    if (problem !== undefined) found.set(record, problem)
  }
  return found
}

async function problemOf(record: ImportRecord): Promise<string | undefined> {
  if (record.kind === 'score' && 'name' in record.type) {
    const fault = checkRequiredText('Name', record.type.name, market.qualificationNameLength)
    return fault && `The name of the qualification type "${shortened(record.type.name)}" cannot be used here.`
  }
  if (record.kind !== 'qualification type') return undefined
  const { id, name, retryDelay } = record
  const faults: Record<string, Fault | undefined> = {
    Name: checkRequiredText('Name', name, market.qualificationNameLength),
    RetryDelayInSeconds: checkRange('RetryDelayInSeconds', retryDelay ?? 0, market.retryDelay),
    ...(await faultsOfTest(record)),
  }
  const wrong = Object.entries(faults).find(([, fault]) => fault !== undefined)
  if (wrong === undefined) return undefined
  const [member, fault] = wrong
  const detail = fault && 'detail' in fault && fault.detail !== undefined ? `: ${fault.detail}` : '.'
  const culprit = member === 'TestDurationInSeconds' ? 'Test' : member
  const advice = member === 'Name' ? '' : ` Take ${culprit} out of the file to bring the type in without it.`
  return `The qualification type ${id}: ${member} cannot be used here${detail}${advice}`
}

/** The times and the key of a test mean nothing without one. */
async function faultsOfTest(record: Extract<ImportRecord, { kind: 'qualification type' }>) {
  const { test: Test, answerKey: AnswerKey, testDuration: TestDurationInSeconds } = record
  return Test === undefined ? {} : testFaults({ Test, AnswerKey, TestDurationInSeconds })
}

const shortened = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text)
