// What JSON of the API is about: by the names of its lists, or by the members of an object that stands alone.
import type { ImportKind } from '../domain/import/kinds.ts'
import type { ImportRecord } from '../domain/import/record.ts'
import { readAssignment, readBonus } from './json-assignments.ts'
import { readHIT } from './json-hits.ts'
import type { Members } from './json-members.ts'
import { readBlock, readQualificationType, readScore } from './json-qualifications.ts'

/** One kind of entries. */
export interface EntryKind {
  kind: ImportKind
  /** What problems call an entry. */
  noun: string
  article: 'a' | 'an'
  /** The member of an answer that holds a list of them. */
  list: string
  /** The member of an answer that holds one. */
  single: string | undefined
  /** The member whose value tells two of them apart. */
  idMember: string
  /** Whether an object with these members is one. The first kind that says so is right. */
  fits(has: (name: string) => boolean): boolean
  read(members: Members): ImportRecord
}

export const entryKinds: readonly EntryKind[] = [
  {
    kind: 'bonuses',
    noun: 'bonus',
    article: 'a',
    list: 'BonusPayments',
    single: undefined,
    idMember: 'AssignmentId',
    fits: (has) => has('BonusAmount') || (has('AssignmentId') && has('GrantTime')),
    read: readBonus,
  },
  {
    kind: 'hits',
    noun: 'HIT',
    article: 'a',
    list: 'HITs',
    single: 'HIT',
    idMember: 'HITId',
    fits: (has) => has('HITId') && !has('AssignmentId'),
    read: readHIT,
  },
  {
    kind: 'assignments',
    noun: 'assignment',
    article: 'an',
    list: 'Assignments',
    single: 'Assignment',
    idMember: 'AssignmentId',
    fits: (has) => has('AssignmentId') || has('Answer'),
    read: readAssignment,
  },
  {
    kind: 'scores',
    noun: 'score',
    article: 'a',
    list: 'Qualifications',
    single: 'Qualification',
    idMember: 'WorkerId',
    fits: (has) => has('QualificationTypeId') && has('WorkerId'),
    read: readScore,
  },
  {
    kind: 'qualification types',
    noun: 'qualification type',
    article: 'a',
    list: 'QualificationTypes',
    single: 'QualificationType',
    idMember: 'QualificationTypeId',
    fits: (has) => has('QualificationTypeId'),
    read: readQualificationType,
  },
  {
    kind: 'blocks',
    noun: 'worker block',
    article: 'a',
    list: 'WorkerBlocks',
    single: undefined,
    idMember: 'WorkerId',
    fits: (has) => has('WorkerId'),
    read: readBlock,
  },
]

export const listNames: ReadonlySet<string> = new Set(entryKinds.map(({ list }) => list))
const byList: ReadonlyMap<string, EntryKind> = new Map(entryKinds.map((kind) => [kind.list, kind]))
const singles = entryKinds.flatMap((kind) =>
  kind.single === undefined ? [] : [{ ...kind, name: kind.single }],
)

/** The kind of the entries of a list. */
export function kindOfList(list: string): EntryKind {
  return byList.get(list)!
}

/** The kind of an object that stands in no list, by its members. */
export function kindOfMembers(has: (name: string) => boolean): EntryKind | undefined {
  return entryKinds.find(({ fits }) => fits(has))
}

/** The single entries of an answer. A HIT comes before its assignment. */
export function singlesOf(answer: Readonly<Record<string, unknown>>): { entry: unknown; kind: EntryKind }[] {
  return singles
    .filter(({ name }) => Object.hasOwn(answer, name))
    .map((kind) => ({ entry: answer[kind.name], kind }))
}

/** Answers that tell nothing that could be brought in, by a member of theirs. They name HITs and workers too. */
const uninteresting: Readonly<Record<string, string>> = {
  AvailableBalance: 'the balance of an account',
  QualificationRequests: 'requests for qualifications',
  AssignmentReviewPolicy: 'results of review policies',
  AssignmentReviewReport: 'results of review policies',
  HITReviewPolicy: 'results of review policies',
  HITReviewReport: 'results of review policies',
  FileUploadURL: 'the address of a file',
  // Of the script that saves all that the API tells.
  saved_from: 'how far the script came',
  problem: 'what the script could not save',
}

/** Whether an object with these members tells nothing that could be brought in, and is right so. */
export function isUninteresting(has: (name: string) => boolean): boolean {
  return Object.keys(uninteresting).some(has)
}

/** What is wrong with an object that is nothing that can be brought in. */
export function tellUnknown(has: (name: string) => boolean): string {
  const found = Object.keys(uninteresting).find(has)
  const told = found === undefined ? has('HITTypeId') && 'the id of a HIT type' : uninteresting[found]
  if (told) return `This tells ${told}; it cannot be brought in.`
  const names = entryKinds.map(({ list }) => list).join(', ')
  return `This is no answer of the API that can be brought in. Such an answer has one of ${names}.`
}

/** The names of members in the beginning of JSON. */
export function namesIn(beginning: string): ReadonlySet<string> {
  return new Set(Array.from(beginning.matchAll(/(?<!\\)"(\w+)"\s*:/g), (found) => found[1]!))
}

/**
 * What JSON is about, by its beginning: some ten thousand characters. Undefined when that does not tell, as with an empty
 * list.
 */
export function kindOfJSON(beginning: string): ImportKind | undefined {
  const names = namesIn(beginning)
  const has = (name: string) => names.has(name)
  const listed = entryKinds.find(({ list }) => has(list))
  // GetAssignment answers the HIT too.
  const single = singles.findLast(({ name }) => has(name))
  return (listed ?? single ?? (isUninteresting(has) ? undefined : kindOfMembers(has)))?.kind
}
