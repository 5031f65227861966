// JSON that was saved from the API: what the AWS CLI and boto3 print of an answer, one or many, one after the other, line by
// line or in an array, and the entries of answers without what was around them.
import type { ImportKind } from '../domain/import/kinds.ts'
import type { ImportProblem, ReadRecord } from '../domain/import/record.ts'
import { server } from '../limits.ts'
import {
  isUninteresting,
  kindOfList,
  kindOfMembers,
  listNames,
  namesIn,
  singlesOf,
  tellUnknown,
  type EntryKind,
} from './json-kinds.ts'
import { isObject, Members, type JSONObject } from './json-members.ts'
import { EntryScanner, type Entry } from './json-scan.ts'
import { findSyntaxFault, placeOf } from './json-syntax.ts'
import type { NoImport, ReadBatch } from './reading.ts'

export { kindOfJSON } from './json-kinds.ts'

/**
 * Reads JSON, a batch at a time. An entry with something wrong is one problem and is left out; text that is not JSON ends
 * the reading (`isFatal`). A file that breaks off is a problem behind what was whole. With `kind` entries of other kinds
 * are problems.
 */
export async function* readJSON(
  text: AsyncIterable<string>,
  kind: ImportKind | undefined,
): AsyncGenerator<ReadBatch & { isFatal?: boolean }> {
  const scanner = new EntryScanner(listNames)
  const gathered = new Gathered(kind)
  for await (const chunk of text) {
    for (const entry of scanner.push(chunk)) {
      gathered.add(entry)
      if (gathered.isFull) yield gathered.take()
    }
    if (scanner.fault !== undefined) {
      if (!gathered.isEmpty) yield gathered.take()
      yield { records: [], problems: [scanner.fault], rows: 0, leftOut: 0, isFatal: true }
      return
    }
  }
  const missing = scanner.end()
  if (missing !== undefined) gathered.refuse(missing)
  if (!gathered.isEmpty) yield gathered.take()
}

/** What is wrong with JSON, or what looks like it, that is nothing that can be brought in; by its beginning. */
export function problemOfJSON(beginning: string): NoImport {
  const scanner = new EntryScanner(listNames)
  scanner.push(beginning)
  if (scanner.fault !== undefined) return scanner.fault
  const names = namesIn(beginning)
  const has = (name: string) => names.has(name)
  const problem = { line: 1, column: 1, message: tellUnknown(has) }
  return isUninteresting(has) ? { ...problem, isOther: true } : problem
}

/** Where an entry begins. */
interface Place {
  line: number
  column: number
}

/** What was read since the last batch. */
class Gathered {
  readonly #kind: ImportKind | undefined
  #batch: ReadBatch = { records: [], problems: [], rows: 0, leftOut: 0 }
  #length = 0

  constructor(kind: ImportKind | undefined) {
    this.#kind = kind
  }

  get isEmpty(): boolean {
    return this.#batch.rows === 0
  }

  get isFull(): boolean {
    return this.#batch.rows >= server.imports.batch || this.#length >= server.imports.batchLength
  }

  take(): ReadBatch {
    const batch = this.#batch
    this.#batch = { records: [], problems: [], rows: 0, leftOut: 0 }
    this.#length = 0
    return batch
  }

  /** Notes a row that cannot be read. */
  refuse(problem: ImportProblem): void {
    this.#batch.rows++
    this.#batch.leftOut++
    this.#batch.problems.push(problem)
  }

  add(entry: Entry): void {
    this.#length += entry.text.length
    const object = parse(entry)
    if ('message' in object) return this.refuse(object.message)
    const { value } = object
    if (entry.list !== undefined) return this.#read(value, kindOfList(entry.list), entry)
    const singles = singlesOf(value)
    const isOfKind = singles.some(({ kind }) => kind.kind === this.#kind)
    for (const single of singles) {
      // A HIT that comes with an assignment is welcome where assignments are expected.
      if (isObject(single.entry)) this.#read(single.entry, single.kind, entry, isOfKind)
      else this.refuse({ ...placeIn(entry), message: `The ${single.kind.noun} should be an object.` })
    }
    if (singles.length > 0 || entry.lists.length > 0) return undefined
    const has = (name: string) => Object.hasOwn(value, name)
    const kind = kindOfMembers(has)
    if (kind === undefined) return this.refuse({ ...placeIn(entry), message: tellUnknown(has) })
    return this.#read(value, kind, entry)
  }

  #read(object: JSONObject, kind: EntryKind, place: Place, isWelcome = false): void {
    if (this.#kind !== undefined && kind.kind !== this.#kind && !isWelcome) {
      const message = `This is ${kind.article} ${kind.noun}, but the file should hold ${this.#kind}.`
      return this.refuse({ ...placeIn(place), message })
    }
    const members = new Members(object)
    const record = kind.read(members)
    if (members.faults.length === 0) {
      this.#batch.rows++
      this.#batch.records.push({ record, line: place.line } satisfies ReadRecord)
      return undefined
    }
    const id = object[kind.idMember]
    const name =
      typeof id === 'string' && /^\w{1,64}$/.test(id)
        ? `The ${kind.noun} ${id}`
        : `${kind.article === 'a' ? 'A' : 'An'} ${kind.noun}`
    return this.refuse({ ...placeIn(place), message: `${name}: ${members.faults.join(' ')}` })
  }
}

function placeIn({ line, column }: Place): Place {
  return { line, column }
}

/** The object that a text holds, or what keeps it from being one. */
function parse(entry: Entry): { value: JSONObject } | { message: ImportProblem } {
  try {
    return { value: JSON.parse(entry.text) as JSONObject }
  } catch (error) {
    const fault = findSyntaxFault(entry.text)
    // The two readers of JSON disagree: a bug.
    if (fault === undefined) throw error
    const found = entry.text[fault.offset] ?? 'the end'
    const message = `This is not JSON: ${fault.expected} was expected here, but there is ${found}.`
    return { message: { ...placeOf(entry.text, fault.offset, entry), message } }
  }
}
