// The result CSV of imported work, as the real site writes it [websites 2.5]. Which columns there are depends on all
// rows, so the rows are read twice and never held.
import { pacificDate } from '../clock.ts'
import { crowdField, flattenAnswers } from '../domain/import/flat-answers.ts'
import type { ImportRecord } from '../domain/import/record.ts'
import { formatDollars } from '../domain/money.ts'
import { cellOf, csvLine } from './csv-text.ts'

/** What a row tells. */
export type ResultRow = Pick<Extract<ImportRecord, { kind: 'work' }>, 'type' | 'hit' | 'assignment'>

/** The rows of a file, some at a time, from the beginning with each call. */
export type Rows<T> = () => AsyncIterable<readonly T[]>

const fixed: readonly [name: string, cell: (row: ResultRow) => string][] = [
  ['HITId', ({ hit }) => hit.id],
  ['HITTypeId', ({ type }) => type.id],
  ['Title', ({ type }) => type.title],
  ['Description', ({ type }) => type.description],
  ['Keywords', ({ type }) => type.keywords ?? ''],
  ['Reward', ({ type }) => `$${formatDollars(type.reward)}`],
  ['CreationTime', ({ hit }) => pacificDate(hit.createdAt)],
  ['MaxAssignments', ({ hit }) => String(hit.maxAssignments)],
  ['RequesterAnnotation', ({ hit }) => hit.annotation ?? ''],
  ['AssignmentDurationInSeconds', ({ type }) => String(type.duration)],
  ['AutoApprovalDelayInSeconds', ({ type }) => String(type.approvalDelay)],
  ['Expiration', ({ hit }) => pacificDate(hit.expiresAt)],
  ['NumberOfSimilarHITs', () => ''],
  ['LifetimeInSeconds', () => ''],
  ['AssignmentId', ({ assignment }) => assignment.id],
  ['WorkerId', ({ assignment }) => assignment.workerId],
  ['AssignmentStatus', ({ assignment }) => assignment.state],
  ['AcceptTime', ({ assignment }) => pacificDate(assignment.acceptedAt)],
  ['SubmitTime', ({ assignment }) => pacificDate(assignment.submittedAt)],
  ['AutoApprovalTime', ({ assignment }) => timeOrEmpty(assignment.autoApprovalAt)],
  ['ApprovalTime', ({ assignment }) => timeOrEmpty(assignment.approvedAt)],
  ['RejectionTime', ({ assignment }) => timeOrEmpty(assignment.rejectedAt)],
  ['RequesterFeedback', ({ assignment }) => assignment.feedback ?? ''],
  ['WorkTimeInSeconds', ({ assignment }) => String(workTime(assignment))],
  ['LifetimeApprovalRate', ({ assignment }) => assignment.rates?.lifetime ?? ''],
  ['Last30DaysApprovalRate', ({ assignment }) => assignment.rates?.last30Days ?? ''],
  ['Last7DaysApprovalRate', ({ assignment }) => assignment.rates?.last7Days ?? ''],
]

const timeOrEmpty = (time: number | undefined) => (time === undefined ? '' : pacificDate(time))

/** The difference of the two times as they are shown, whole seconds both. */
function workTime({ acceptedAt, submittedAt }: ResultRow['assignment']): number {
  return Math.floor(submittedAt / 1000) - Math.floor(acceptedAt / 1000)
}

/** The columns that depend on the rows, in their order, and how many rows there are. */
export interface ResultColumns {
  input: readonly string[]
  answer: readonly string[]
  rows: number
}

/** A crowd-form's object is one cell where the file had it so, and not in cells of its own. */
function answerCells({ hit: { fields = [] }, assignment }: ResultRow): Record<string, string> {
  const isWhole = fields.includes(crowdField) && !fields.some((name) => name.includes('.'))
  return flattenAnswers(assignment.answer, isWhole)
}

/** Reads all rows for their columns. */
export async function findResultColumns(rows: Rows<ResultRow>): Promise<ResultColumns> {
  const input = new Set<string>()
  const answer = new Set<string>()
  let count = 0
  for await (const some of rows()) {
    count += some.length
    for (const row of some) {
      for (const name of Object.keys(row.hit.input ?? {})) input.add(name)
      for (const name of row.hit.fields ?? []) answer.add(name)
      for (const name of Object.keys(answerCells(row))) answer.add(name)
    }
  }
  return { input: [...input].sort(), answer: [...answer].sort(), rows: count }
}

/**
 * The file. The header ends with the columns of a review, the rows end before them, as in the real files. Throws when a
 * row has an answer that was not found: then something was brought in meanwhile, and the file would not be whole.
 */
export async function* writeResults(
  rows: Rows<ResultRow>,
  { input, answer }: ResultColumns,
): AsyncGenerator<string> {
  const inputs = input.map((name) => `Input.${name}`)
  const answers = answer.map((name) => `Answer.${name}`)
  yield csvLine([...fixed.map(([name]) => name), ...inputs, ...answers, 'Approve', 'Reject'])
  const known = new Set(answer)
  for await (const some of rows()) {
    let text = ''
    for (const row of some) {
      const flat = answerCells(row)
      if (Object.keys(flat).some((name) => !known.has(name)))
        throw new Error('More was brought in while the results were being written: write them again.')
      const cells = fixed.map(([, cell]) => cell(row))
      for (const name of input) cells.push(cellOf(row.hit.input, name))
      for (const name of answer) cells.push(cellOf(flat, name))
      text += csvLine(cells)
    }
    if (text !== '') yield text
  }
}
