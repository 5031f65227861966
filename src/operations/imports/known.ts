// What is known already of the things that a batch of records tells, and what stands in the way of keeping them.
import type { ImportProblem, ReadRecord } from '../../domain/import/record.ts'
import { sortKeyOf, type QualificationType } from '../../domain/qualification-type.ts'
import {
  findOwnAssignments,
  findOwnHITs,
  findRows,
  type RowKind,
  type RowTables,
} from '../../store/imported-rows.ts'
import * as qualificationTypes from '../../store/qualification-types.ts'
import type { Read } from '../../store/tx.ts'
import { partRecords, type Parted } from './rows.ts'
import type { Unusable } from './unusable.ts'

const kinds: readonly RowKind[] = ['type', 'hit', 'assignment', 'bonus', 'transaction']

export type Known = { [K in RowKind]: Map<string, RowTables[K]> }

/** A batch that was looked up: the records that can be kept, and why others cannot. */
export interface LookedUp {
  records: Parted[]
  problems: ImportProblem[]
  known: Known
  /** The HIT of each assignment that a bonus was paid for. */
  hitOfAssignment: Map<string, string>
}

/** In what circumstances records are looked up. */
interface Circumstances {
  /** Those that could not become this market's. */
  unusable: Unusable
  /** Whether what they build on may come in with other files. */
  isAmongOthers: boolean
}

/** Looks a batch of a requester's records up. */
export async function lookUp(
  tx: Read,
  requesterId: string,
  given: readonly ReadRecord[],
  circumstances: Circumstances,
): Promise<LookedUp> {
  const parted = partRecords(requesterId, given)
  const known = await findKnown(tx, parted)
  const own = await findOwn(tx, parted, known)
  const context: Context = {
    ...circumstances,
    requesterId,
    ofBonuses: await findRows(tx, 'assignment', assignmentsOfBonuses(parted)),
    hitsOfWork: await findRows(tx, 'hit', hitsOfLooseWork(parted)),
    types: new Map(),
    told: { hits: new Set(), assignments: new Map(), types: new Map() },
  }
  const records: Parted[] = []
  const problems: ImportProblem[] = []
  for (const one of parted) {
    const message =
      refuseForeign(requesterId, one, known) ??
      refuseLoose(one, context) ??
      refuseTaken(one, own) ??
      (await refuseQualification(tx, one, context))
    if (message === undefined) {
      note(one, context.told)
      records.push(one)
    } else problems.push({ line: one.line, column: undefined, message })
  }
  const here = [...context.ofBonuses.values()].map(({ id, hit_id }) => [id, hit_id] as const)
  return { records, problems, known, hitOfAssignment: new Map([...here, ...context.told.assignments]) }
}

/** What records are compared with that build on others. */
interface Context extends Circumstances {
  requesterId: string
  ofBonuses: ReadonlyMap<string, RowTables['assignment']>
  hitsOfWork: ReadonlyMap<string, RowTables['hit']>
  /** Qualification types that were asked for already, by id. */
  types: Map<string, QualificationType | undefined>
  told: Told
}

/** What earlier records of the batch tell: HITs, the HITs of assignments, and ids of qualification types by name. */
interface Told {
  hits: Set<string>
  assignments: Map<string, string>
  types: Map<string, string>
}

function note({ record }: Parted, told: Told): void {
  if ('hit' in record) told.hits.add(record.hit.id)
  if ('assignment' in record) told.assignments.set(record.assignment.id, record.assignment.hitId)
  if (record.kind === 'qualification type') told.types.set(sortKeyOf(record.name), record.id)
}

async function findKnown(tx: Read, parted: readonly Parted[]): Promise<Known> {
  const known: Partial<Record<RowKind, unknown>> = {}
  for (const kind of kinds) {
    const ids = parted.flatMap(({ parts }) =>
      parts.filter((part) => part.kind === kind).map(({ row }) => row.id),
    )
    known[kind] = await findRows(tx, kind, ids)
  }
  return known as Known
}

/** Ids of the market's own work among those that are told. */
async function findOwn(tx: Read, parted: readonly Parted[], known: Known): Promise<Set<string>> {
  // What is here was looked up when it came, and the market makes no id of its own that is taken.
  const idsOf = (kind: 'hit' | 'assignment') =>
    parted.flatMap(({ parts }) =>
      parts.filter(({ kind: its, row }) => its === kind && !known[kind].has(row.id)).map(({ row }) => row.id),
    )
  const found = [await findOwnHITs(tx, idsOf('hit')), await findOwnAssignments(tx, idsOf('assignment'))]
  return new Set(found.flat())
}

function assignmentsOfBonuses(parted: readonly Parted[]): string[] {
  return parted.flatMap(({ record }) => (record.kind === 'bonus' ? [record.assignmentId] : []))
}

/** HITs of work that comes without its HIT. */
function hitsOfLooseWork(parted: readonly Parted[]): string[] {
  return parted.flatMap(({ record }) => (record.kind === 'assignment' ? [record.assignment.hitId] : []))
}

/** Ids are unique among all requesters, as they were. */
function refuseForeign(requesterId: string, { parts }: Parted, known: Known): string | undefined {
  for (const { kind, row } of parts) {
    const kept = known[kind].get(row.id)
    if (kept !== undefined && kept.requester_id !== requesterId)
      return `The ${namesOf[kind]} ${row.id} was brought in by another requester.`
  }
  return undefined
}

const namesOf: Record<RowKind, string> = {
  type: 'HIT type',
  hit: 'HIT',
  assignment: 'assignment',
  bonus: 'bonus',
  transaction: 'transaction',
}

/** Work comes after its HIT. A bonus does not wait for the work, which nobody can save when its HIT was deleted. */
function refuseLoose(
  { record }: Parted,
  { requesterId, told, hitsOfWork, ofBonuses, isAmongOthers }: Context,
): string | undefined {
  if (record.kind === 'assignment') {
    const { hitId } = record.assignment
    const hit = hitsOfWork.get(hitId)
    const isHere =
      hit === undefined ? told.hits.has(hitId) || isAmongOthers : hit.requester_id === requesterId
    if (isHere) return undefined
    return `The HIT ${hitId} is not here yet: bring in the file with the HITs first.`
  }
  if (record.kind !== 'bonus') return undefined
  const assignment = ofBonuses.get(record.assignmentId)
  if (assignment === undefined || assignment.requester_id === requesterId) return undefined
  return `The assignment ${assignment.id} was brought in by another requester.`
}

/** Work of this market has ids of the same shape. */
function refuseTaken({ parts }: Parted, own: ReadonlySet<string>): string | undefined {
  const taken = parts.find(({ row }) => own.has(row.id))
  return taken && `The ${namesOf[taken.kind]} ${taken.row.id} is one of this market.`
}

async function refuseQualification(
  tx: Read,
  { record }: Parted,
  { requesterId, told, types, unusable, isAmongOthers }: Context,
): Promise<string | undefined> {
  if (record.kind === 'score' && 'id' in record.type) {
    const { id } = record.type
    // A file tells scores of few types.
    if (!types.has(id)) types.set(id, await qualificationTypes.find(tx, id))
    const type = types.get(id)
    const isHere = type === undefined ? isTold(told, id) || isAmongOthers : type.requesterId === requesterId
    if (!isHere)
      return `The qualification type ${id} is not here yet: bring in the file with the types first.`
    return type && isDeleted(type) ? `The qualification type ${id} was deleted here.` : undefined
  }
  if (record.kind !== 'qualification type') return unusable.get(record)
  const { id, name } = record
  const type = await qualificationTypes.find(tx, id)
  if (type?.requesterId === requesterId) return undefined
  if (type !== undefined) return `The qualification type ${id} belongs to another requester.`
  const other =
    told.types.get(sortKeyOf(name)) ?? (await qualificationTypes.findNamed(tx, requesterId, name))?.id
  if (other === undefined || other === id) return unusable.get(record)
  return `There is a qualification type "${name}" with another id, ${other}: two of one name cannot be. If that one was made of a worker CSV, delete it, and bring in the types before the workers.`
}

const isTold = ({ types }: Told, id: string) => [...types.values()].includes(id)
const isDeleted = ({ status }: QualificationType) => status === 'Disposing' || status === 'Disposed'
