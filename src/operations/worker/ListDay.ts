import { nextPacificDayStart, pacificDayStart, withinPacificDay } from '../../clock.ts'
import type { Assignment } from '../../domain/assignment.ts'
import type { HITType } from '../../domain/hit-type.ts'
import { shownState, type ShownState } from '../../domain/shown-state.ts'
import { market } from '../../limits.ts'
import * as assignments from '../../store/assignments.ts'
import type { Read } from '../../store/tx.ts'
import * as workerDays from '../../store/worker-days.ts'
import { canBeEdited } from '../editing.ts'
import { read, type WorkerCaller } from '../operation.ts'
import { isDue, overdue } from '../overdue.ts'
import { createDescriber } from './describe-work.ts'

/** One submitted assignment as its worker sees it. */
export interface Submission {
  assignment: Assignment
  type: HITType
  requesterName: string
  state: ShownState
}

export interface DayQuery {
  /** A Pacific day, `YYYY-MM-DD`. */
  day: string
  /** Only what shows in this state. */
  state?: ShownState | undefined
  offset: number
  limit: number
}

/** A submission of a day. */
export interface DaySubmission extends Submission {
  /** Whether its answers may still be changed. */
  isEditable: boolean
}

/** A page of what was submitted on the day, latest first, and how much that is over all pages. */
export interface DayPage {
  submissions: DaySubmission[]
  total: number
  /** The whole day in figures; undefined when nothing happened on it. */
  record: workerDays.WorkerDay | undefined
}

/** What the worker submitted on a Pacific day [websites 1.9]. The day must be one. */
export const ListDay = read<WorkerCaller, DayQuery, DayPage>(
  'ListDay',
  async (tx, { workerId }, { day, state, offset, limit }) => {
    const [from, to] = spanOf(day)
    // What a state shows depends on the time, so a day is looked through; nobody submits more on one than he may accept.
    const [first, most] = state === undefined ? [offset, limit] : [0, mostOfDay]
    const list = await assignments.listOfWorker(tx, workerId, from, to, first, most)
    const late = list.filter((assignment) => isDue(assignment, tx.now))
    if (late.length > 0) return overdue([...new Set(late.map(({ hitId }) => hitId))])
    const all = await describeAll(tx, list)
    const record = await workerDays.find(tx, workerId, day)
    const chosen = state === undefined ? all : all.filter((submission) => submission.state === state)
    const submissions: DaySubmission[] = []
    for (const one of state === undefined ? chosen : chosen.slice(offset, offset + limit)) {
      submissions.push({ ...one, isEditable: await canBeEdited(tx, one.assignment, tx.now) })
    }
    return { submissions, total: state === undefined ? (record?.submitted ?? 0) : chosen.length, record }
  },
)

/** What was accepted the day before may be submitted on top of what a day allows. */
const mostOfDay = market.acceptsPerDay + market.queue

/** Submitted assignments with what their worker is told of them. */
export async function describeAll(tx: Read, list: readonly Assignment[]): Promise<Submission[]> {
  const describe = createDescriber(tx)
  const submissions: Submission[] = []
  for (const assignment of list) {
    const { type, requesterName } = await describe(assignment)
    submissions.push({
      assignment,
      type,
      requesterName,
      state: shownState(assignment, type.reward, tx.now),
    })
  }
  return submissions
}

/** When a Pacific day begins, and when the next one does. Throws when the text is no day. */
function spanOf(day: string): [from: number, to: number] {
  const within = withinPacificDay(day)
  if (within === undefined) throw new RangeError(`${day} is no day`)
  return [pacificDayStart(within), nextPacificDayStart(within)]
}
