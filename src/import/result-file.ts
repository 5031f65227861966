// Result CSVs of the real site: a row is an assignment with its HIT and HIT type [websites 2.5].
import { crowdField, flattenCrowd, unflattenCrowd } from '../domain/import/flat-answers.ts'
import {
  greatestWhole,
  type ImportProblem,
  type ImportedAssignment,
  type ImportedHIT,
  type ImportedType,
} from '../domain/import/record.ts'
import { cents, type Cents } from '../domain/money.ts'
import { server } from '../limits.ts'
import { isWritable, writeAnswers, type Answer } from '../domain/question/answers.ts'
import {
  expectOnce,
  headerProblem,
  idCell,
  readAmount,
  workerCell,
  wrongCell,
  type CellFault,
  type RowReader,
} from './csv-cells.ts'
import { HashCounter } from './hash-counter.ts'
import { readPacificTime } from './pacific-time.ts'

export const neededColumns = [
  ...['HITId', 'HITTypeId', 'Title', 'Description', 'Reward', 'CreationTime', 'MaxAssignments'],
  ...['AssignmentDurationInSeconds', 'AutoApprovalDelayInSeconds', 'Expiration', 'AssignmentId', 'WorkerId'],
  ...['AssignmentStatus', 'AcceptTime', 'SubmitTime'],
]
const siteColumns = new Set([
  ...[...neededColumns, 'Keywords', 'RequesterAnnotation', 'NumberOfSimilarHITs', 'LifetimeInSeconds'],
  ...['AutoApprovalTime', 'ApprovalTime', 'RejectionTime', 'RequesterFeedback', 'WorkTimeInSeconds'],
  ...['LifetimeApprovalRate', 'Last30DaysApprovalRate', 'Last7DaysApprovalRate', 'Approve', 'Reject'],
])
const isForeign = (name: string) => name !== '' && !siteColumns.has(name) && !/^(Input|Answer)\./.test(name)
const states: readonly string[] = [
  'Submitted',
  'Approved',
  'Rejected',
] satisfies ImportedAssignment['state'][]
const wholeNumber = /^\d{1,15}$/

/** Where a cell of some name stands in a row. */
interface Column {
  name: string
  at: number
}

/** A reader for a file with this header, or what is wrong with it. */
export function resultReader(
  names: readonly string[],
  answers: 'plain' | 'crowd' | undefined,
): RowReader | ImportProblem {
  const problem = headerProblem(names, neededColumns, 'a result file')
  return problem ?? new ResultReader(names, answers)
}

class ResultReader implements RowReader {
  readonly least: number
  readonly foreign: readonly string[]
  readonly #at: ReadonlyMap<string, number>
  readonly #inputs: readonly Column[]
  readonly #answers: readonly Column[]
  readonly #isCrowd: boolean
  readonly #isGuess: boolean
  readonly #hitColumns: readonly number[]
  readonly #met = new HashCounter()
  #cells: readonly string[] = []
  #faults: CellFault[] = []
  /** Of the row before: rows of one HIT mostly stand together. */
  #before: { cells: readonly string[]; type: ImportedType; hit: ImportedHIT } | undefined

  constructor(names: readonly string[], answers: 'plain' | 'crowd' | undefined) {
    const named = (prefix: string) =>
      names.flatMap((name, at) => (name.startsWith(prefix) ? [{ name: name.slice(prefix.length), at }] : []))
    this.#at = new Map(names.map((name, at) => [name, at]))
    this.least = 1 + Math.max(...neededColumns.map((name) => this.#at.get(name)!))
    this.foreign = names.filter(isForeign)
    this.#inputs = named('Input.')
    this.#answers = named('Answer.')
    this.#isGuess = answers === undefined
    // Names of two parts are taken for those of a crowd-form, unless it is said otherwise.
    this.#isCrowd =
      answers === undefined ? this.#answers.some(({ name }) => name.includes('.')) : answers === 'crowd'
    const ofHIT = [...neededColumns.slice(0, 10), 'Keywords', 'RequesterAnnotation']
    this.#hitColumns = [
      ...ofHIT.flatMap((name) => this.#at.get(name) ?? []),
      ...this.#inputs.map(({ at }) => at),
    ]
  }

  read(cells: readonly string[], faults: CellFault[]) {
    this.#cells = cells
    this.#faults = faults
    const { type, hit } = this.#isSameHIT() ? this.#before! : this.#readHIT()
    const assignment = this.#readAssignment(hit.id)
    for (const column of ['Approve', 'Reject']) this.#expectEmpty(column)
    expectOnce(this.#met, assignment.id, 'AssignmentId', faults)
    this.#before = faults.length === 0 ? { cells, type, hit } : undefined
    return [{ kind: 'work' as const, type, hit, assignment, isGuess: this.#isGuess }]
  }

  #isSameHIT(): boolean {
    const before = this.#before?.cells
    return before !== undefined && this.#hitColumns.every((at) => before[at] === this.#cells[at])
  }

  #readHIT(): { type: ImportedType; hit: ImportedHIT } {
    const title = this.#text('Title')
    if (title === '') this.#wrong('Title', 'should be a text')
    const type = {
      id: this.#id('HITTypeId'),
      title,
      description: this.#text('Description'),
      keywords: this.#text('Keywords') || undefined,
      reward: this.#money('Reward'),
      duration: this.#whole('AssignmentDurationInSeconds'),
      approvalDelay: this.#whole('AutoApprovalDelayInSeconds'),
      requirements: undefined,
    }
    const inputs = this.#inputs.map(({ name, at }) => [name, this.#cells[at] ?? ''] as const)
    const hit = {
      id: this.#id('HITId'),
      typeId: type.id,
      groupId: undefined,
      createdAt: this.#time('CreationTime'),
      expiresAt: this.#time('Expiration'),
      maxAssignments: this.#whole('MaxAssignments'),
      annotation: this.#text('RequesterAnnotation') || undefined,
      question: undefined,
      layoutId: undefined,
      reviewStatus: undefined,
      input: inputs.length === 0 ? undefined : Object.fromEntries(inputs),
      fields: this.#answers.map(({ name }) => name),
    }
    return { type, hit }
  }

  #readAssignment(hitId: string): ImportedAssignment {
    const state = this.#text('AssignmentStatus')
    if (!states.includes(state)) this.#wrong('AssignmentStatus', `should be one of ${states.join(', ')}`)
    const [lifetime, last30Days, last7Days] = [
      this.#text('LifetimeApprovalRate'),
      this.#text('Last30DaysApprovalRate'),
      this.#text('Last7DaysApprovalRate'),
    ]
    const hasRates = lifetime !== '' || last30Days !== '' || last7Days !== ''
    return {
      id: this.#id('AssignmentId'),
      hitId,
      workerId: workerCell(this.#text('WorkerId'), 'WorkerId', this.#faults),
      state: state as ImportedAssignment['state'],
      acceptedAt: this.#time('AcceptTime'),
      submittedAt: this.#time('SubmitTime'),
      autoApprovalAt: this.#optionalTime('AutoApprovalTime'),
      approvedAt: this.#optionalTime('ApprovalTime'),
      rejectedAt: this.#optionalTime('RejectionTime'),
      feedback: this.#text('RequesterFeedback') || undefined,
      answer: writeAnswers(this.#readAnswers()),
      rates: hasRates ? { lifetime, last30Days, last7Days } : undefined,
    }
  }

  #readAnswers(): Answer[] {
    if (this.#isCrowd) {
      const named = this.#answers.map(({ name, at }) => [name, this.#cells[at] ?? ''] as const)
      const cells = named.filter(([, cell]) => cell !== '')
      const [[name, only] = [], ...others] = cells
      // Where batches of several kinds were put together, some rows have their object in one cell.
      const isWhole = name === crowdField && others.length === 0 && flattenCrowd(only ?? '') !== undefined
      const text = isWhole ? only! : unflattenCrowd(cells)
      return [{ kind: 'FreeText', identifier: crowdField, text }]
    }
    const answers: Answer[] = []
    for (const { name, at } of this.#answers) {
      const text = this.#cells[at] ?? ''
      if (!isWritable(text))
        this.#faults.push(wrongCell(`Answer.${name}`, 'should be text without control characters', text))
      if (text !== '') answers.push({ kind: 'FreeText', identifier: name, text })
    }
    return answers
  }

  /** The cell of a column; empty where the row or the file does not have it. */
  #text(column: string): string {
    const at = this.#at.get(column)
    return at === undefined ? '' : (this.#cells[at] ?? '')
  }

  #id(column: string): string {
    return idCell(this.#text(column), column, this.#faults)
  }

  #whole(column: string): number {
    const text = this.#text(column)
    if (!wholeNumber.test(text)) this.#wrong(column, 'should be a whole number')
    else if (Number(text) > greatestWhole) this.#wrong(column, `should not be greater than ${greatestWhole}`)
    return Number(text)
  }

  #money(column: string): Cents {
    const text = this.#text(column)
    const amount = readAmount(text.trim())
    if (amount !== undefined && amount >= 0n && amount <= server.greatestPayment) return cents(amount)
    this.#wrong(column, 'should be dollars and cents such as $0.02')
    return cents(0n)
  }

  #time(column: string): number {
    const time = readPacificTime(this.#text(column))
    if (typeof time === 'number') return time
    this.#wrong(column, time)
    return 0
  }

  #optionalTime(column: string): number | undefined {
    return this.#text(column) === '' ? undefined : this.#time(column)
  }

  #expectEmpty(column: string): void {
    if (this.#text(column).trim() === '') return
    this.#wrong(
      column,
      'should be empty: it asks for a decision that this file does not say was made. Download the results anew, or empty the cell',
    )
  }

  #wrong(column: string, expected: string): void {
    this.#faults.push(wrongCell(column, expected, this.#text(column)))
  }
}
