// Qualification types and scores of the real service: they must go on to count, so they become the market's own.
import type { ImportRecord, ReadRecord } from '../../domain/import/record.ts'
import type { QualificationType } from '../../domain/qualification-type.ts'
import * as qualifications from '../../store/qualifications.ts'
import * as qualificationTypes from '../../store/qualification-types.ts'
import type { Write } from '../../store/tx.ts'
import type { Outcome } from './rows.ts'

/** Makes a requester's type unless it is here: what was changed here since stays. */
export async function keepType(
  tx: Write,
  requesterId: string,
  record: Extract<ImportRecord, { kind: 'qualification type' }>,
): Promise<Outcome> {
  const { kind: _, isActive, ...told } = record
  const type: QualificationType = { ...told, requesterId, status: isActive ? 'Active' : 'Inactive' }
  return (await qualificationTypes.addUnlessNamed(tx, type)) ? 'added' : 'unchanged'
}

type Score = Extract<ImportRecord, { kind: 'score' }>

/** The scores that are known of one type, by worker. */
interface KnownScores {
  typeId: string
  scores: Map<string, qualifications.Qualification>
}

/** By the type's id or name, as the file tells it. */
export type Scores = ReadonlyMap<string, KnownScores>

const keyOf = ({ type }: Score) => ('id' in type ? `id ${type.id}` : `name ${type.name}`)

/** What is known of the workers whose scores the records tell. Types that a worker CSV knows by name are made. */
export async function findScores(
  tx: Write,
  requesterId: string,
  records: readonly Pick<ReadRecord, 'record'>[],
): Promise<Scores> {
  const told = records.flatMap(({ record }) => (record.kind === 'score' ? [record] : []))
  const found = new Map<string, KnownScores>()
  for (const [key, scores] of Map.groupBy(told, keyOf)) {
    const { type } = scores[0]!
    const typeId = 'id' in type ? type.id : await typeNamed(tx, requesterId, type.name)
    const workerIds = scores.map(({ workerId }) => workerId)
    found.set(key, { typeId, scores: await qualifications.findMany(tx, typeId, workerIds) })
  }
  return found
}

/**
 * Gives a worker his score. One that was given here later stays; one of which the file tells no time is given only
 * where the worker has none.
 */
export async function keepScore(
  tx: Write,
  requesterId: string,
  record: Score,
  found: Scores,
): Promise<Outcome> {
  const { workerId, value, status, grantedAt = tx.now } = record
  const { typeId, scores } = found.get(keyOf(record))!
  const known = scores.get(workerId)
  if (known !== undefined && !isNews(known, record)) return 'unchanged'
  const kept = { qualificationTypeId: typeId, requesterId, workerId, value, status, grantedAt }
  // Somebody may have given him another while the file was looked up.
  if (!(await qualifications.putUnlessLater(tx, kept))) return 'unchanged'
  scores.set(workerId, kept)
  return known === undefined ? 'added' : 'changed'
}

/** Whether a file knows better than the market. What was taken away here is not given again by the same file. */
function isNews(
  known: qualifications.Qualification,
  { value, status, grantedAt }: Pick<Score, 'value' | 'status' | 'grantedAt'>,
): boolean {
  if (grantedAt === undefined || grantedAt < known.grantedAt) return false
  if (grantedAt > known.grantedAt) return true
  return known.status === 'Granted' && (known.value !== value || status === 'Revoked')
}

/**
 * The requester's type of this name. A list of workers knows no more of one, so it is made of that if need be: inactive,
 * because workers could not ask for it there, and its name may not be meant for them [websites 2.7].
 */
async function typeNamed(tx: Write, requesterId: string, name: string): Promise<string> {
  const found = await qualificationTypes.findNamed(tx, requesterId, name)
  if (found !== undefined) return found.id
  const type: QualificationType = {
    id: tx.ids.entity(tx.now),
    requesterId,
    name,
    description: 'Brought in with a list of workers of the real service.',
    ...{ keywords: undefined, test: undefined, testDuration: undefined, answerKey: undefined },
    ...{ retryDelay: undefined, autoGrantedValue: undefined },
    status: 'Inactive',
    createdAt: tx.now,
  }
  if (!(await qualificationTypes.addUnlessNamed(tx, type)))
    throw new Error(`the name ${name} is taken by a type that cannot be found`)
  return type.id
}
