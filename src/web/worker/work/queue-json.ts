// What a worker holds as the JSON of the site and the props of the queue's island have it [websites 1.7].
import { isFault, type Fault } from '../../../domain/fault.ts'
import { FindGroups } from '../../../operations/worker/FindGroups.ts'
import { FindHITQuestion } from '../../../operations/worker/FindHITQuestion.ts'
import type { QueueEntry } from '../../../operations/worker/ListQueue.ts'
import { jsonTime } from '../../json.ts'
import { frameByHash, type TaskFrame } from '../../task/frame.ts'
import type { WorkerVisit } from '../../visit.ts'
import { projectForTask, type TaskProject, type URLSuffix } from '../hits/project-json.ts'
import { workPath } from './work-parts.tsx'

/** The frame of a task [websites 1.4]. */
export interface QuestionObject {
  type: 'ExternalURL'
  value: string
  attributes: { FrameSourceAttribute: string; FrameHeight: string }
}

/** An accepted HIT. */
export interface TaskObject {
  task_id: string
  assignment_id: string
  accepted_at: string
  deadline: string
  time_to_deadline_in_seconds: number
  state: 'Assigned'
  question: QuestionObject
  project: TaskProject
  task_url: string
  expired_task_action_url: string
}

/** A frame as the `question` of a queue's entry or a preview. */
export function questionObject({ url, height }: TaskFrame): QuestionObject {
  return {
    type: 'ExternalURL',
    value: url,
    attributes: { FrameSourceAttribute: 'src', FrameHeight: String(height) },
  }
}

/** The entries of the queue in their order. */
export async function taskObjects(
  visit: WorkerVisit,
  entries: readonly QueueEntry[],
  suffix: URLSuffix,
): Promise<TaskObject[] | Fault> {
  const { market, caller, publicURL } = visit
  const groupIds = [...new Set(entries.map(({ type }) => type.groupId))]
  const groups = await market.runner.run(FindGroups, caller, { groupIds })
  if (isFault(groups)) return groups
  const projects = new Map(groups.map((group) => [group.type.groupId, projectForTask(group, suffix)]))
  const tasks: TaskObject[] = []
  for (const { assignment, type, questionHash } of entries) {
    const project = projects.get(type.groupId)
    if (project === undefined) throw new Error(`assignment ${assignment.id} lacks its group`)
    const frame = await frameByHash(market, assignment, publicURL, questionHash, async () => {
      const question = await market.runner.run(FindHITQuestion, caller, { hitId: assignment.hitId })
      return isFault(question) ? question : question.text
    })
    if (isFault(frame)) return frame
    const { groupId } = type
    tasks.push({
      task_id: assignment.hitId,
      assignment_id: assignment.id,
      accepted_at: jsonTime(assignment.acceptedAt),
      deadline: jsonTime(assignment.deadline),
      time_to_deadline_in_seconds: secondsLeft(visit, { assignment }),
      state: 'Assigned',
      question: questionObject(frame),
      project,
      // Tools replace the end of this address, so it must be spelled exactly so.
      task_url: `${withSuffix(workPath(groupId, { assignment }), suffix)}&ref=w_pl_prvw`,
      expired_task_action_url: `${withSuffix(`/projects/${groupId}/tasks?ref=w_pl_prvw`, suffix)}`,
    })
  }
  return tasks
}

/** Whole seconds until the deadline. */
export function secondsLeft({ market }: WorkerVisit, { assignment }: Pick<QueueEntry, 'assignment'>): number {
  return Math.max(0, Math.ceil((assignment.deadline - market.clock.now()) / 1000))
}

function withSuffix(path: string, suffix: URLSuffix): string {
  return path.replace('?', `${suffix}?`)
}
