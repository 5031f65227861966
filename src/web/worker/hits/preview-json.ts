// A HIT that nobody has accepted, as programs get it: the shape of an entry of the queue, with nothing in what only an
// accepted HIT has [websites 1.4].
import type { GroupForWorker } from '../../../operations/worker/groups/group-view.ts'
import type { Preview } from '../../../operations/worker/PreviewHIT.ts'
import { previewFrameOf } from '../../task/frame.ts'
import type { WorkerVisit } from '../../visit.ts'
import { projectForTask, type TaskProject } from './project-json.ts'
import { questionObject, type QuestionObject } from '../work/queue-json.ts'

export interface PreviewObject {
  task_id: string
  assignment_id: null
  accepted_at: null
  deadline: null
  time_to_deadline_in_seconds: null
  state: null
  question: QuestionObject
  project: TaskProject
}

/** The preview of a HIT of the group. */
export async function previewJSON(
  { market, publicURL }: WorkerVisit,
  preview: Preview,
  group: GroupForWorker,
): Promise<PreviewObject> {
  return {
    task_id: preview.hit.id,
    assignment_id: null,
    accepted_at: null,
    deadline: null,
    time_to_deadline_in_seconds: null,
    state: null,
    question: questionObject(await previewFrameOf(market, preview, publicURL)),
    project: projectForTask(group),
  }
}
