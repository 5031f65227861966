// Where the frame of a task points to, and what it may do. A page of the requester's own server keeps its origin; a
// page that this server holds gets an origin of its own that owns nothing [design 5].
import type { Assignment } from '../../domain/assignment.ts'
import { isFault, type Fault } from '../../domain/fault.ts'
import type { HITType } from '../../domain/hit-type.ts'
import { guards } from '../../domain/qualification.ts'
import type { QuestionForm } from '../../domain/question/form.ts'
import { frameURL, type AcceptedTask, type PreviewedTask } from '../../domain/question/frame-url.ts'
import { parseQuestion, type Question } from '../../domain/question/parse-question.ts'
import { server } from '../../limits.ts'
import type { Market } from '../../market.ts'
import type { Task } from '../../operations/worker/FindTask.ts'

/** The sandbox of every page of requesters that this server sends: in its header and in the frame around it [design 5]. */
export const hostedSandbox =
  'allow-scripts allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-downloads'

/** Frame of a page on the requester's server, whose storage and cookies are its own, as on the real site [design 5]. */
const externalSandbox = `${hostedSandbox} allow-same-origin`

export interface TaskFrame {
  url: string
  sandbox: string
  /** Pixels; 0: as high as the window allows [questions 5.1]. */
  height: number
}

/** The question of a HIT, as it was accepted: limits that were tightened since must not lock its workers out. */
export async function readQuestion(text: string): Promise<Question> {
  const question = await parseQuestion(text, { allowHTTP: true })
  if (isFault(question)) throw new Error(`a stored question cannot be read: ${question.fault}`)
  return question
}

/** The form of a HIT that asks with a QuestionForm. */
export async function readQuestionForm(text: string): Promise<QuestionForm> {
  const question = await readQuestion(text)
  if (question.kind !== 'QuestionForm') throw new Error('a QuestionForm is none')
  return question.form
}

/** The subject under which a task's submit token is signed: it binds the assignment and its worker [design 5]. */
export function submitSubject(assignmentId: string, workerId: string): string {
  return `submit ${assignmentId} ${workerId}`
}

/** turkSubmitTo of an assignment, without a slash at its end [questions 5.2]. */
export function submitTo(market: Market, publicURL: string, assignmentId: string, workerId: string): string {
  return `${publicURL}/s/${market.secrets.sign(submitSubject(assignmentId, workerId))}`
}

/** The frame of an assignment. */
export async function frameOf(market: Market, task: Task, publicURL: string): Promise<TaskFrame> {
  const facts = await frameFacts(task.question.text)
  return frame(facts, publicURL, acceptedTask(market, task.assignment, publicURL))
}

const known = new Map<string, FrameFacts>()

/**
 * The frame of an assignment whose question is known by its hash. What a hash stands for never changes, so `read`, which
 * finds the question's text, is asked once for many calls: programs look at queues again and again.
 */
export async function frameByHash(
  market: Market,
  assignment: Assignment,
  publicURL: string,
  hash: string,
  read: () => Promise<string | Fault>,
): Promise<TaskFrame | Fault> {
  let facts = known.get(hash)
  if (facts === undefined) {
    const text = await read()
    if (isFault(text)) return text
    facts = await frameFacts(text)
    if (known.size >= server.keptFrames) known.clear()
    known.set(hash, facts)
  }
  return frame(facts, publicURL, acceptedTask(market, assignment, publicURL))
}

function acceptedTask(
  market: Market,
  { id: assignmentId, hitId, workerId }: Assignment,
  publicURL: string,
): AcceptedTask {
  return { assignmentId, hitId, workerId, turkSubmitTo: submitTo(market, publicURL, assignmentId, workerId) }
}

/** A HIT that a worker may look at before he accepts it. */
export interface Previewed {
  hit: { id: string }
  type: Pick<HITType, 'requirements'>
  question: { text: string }
}

/** The frame of a HIT that nobody has accepted. Where not everybody may see it, its address is signed. */
export async function previewFrameOf(
  market: Market,
  { hit: { id: hitId }, type, question }: Previewed,
  publicURL: string,
): Promise<TaskFrame> {
  const isGuarded = type.requirements.some((requirement) => guards(requirement, 'preview'))
  return frame(
    await frameFacts(question.text),
    publicURL,
    { hitId },
    isGuarded ? signedLook(market, hitId) : '',
  )
}

const lookSubject = (hitId: string, expires: string) => `look ${hitId} ${expires}`

/**
 * The end of the path of a preview: it lets whoever has it look until it expires, because a frame that loads itself anew
 * comes without its worker's session.
 */
function signedLook({ secrets, wallClock }: Market, hitId: string): string {
  const expires = String(wallClock.now() + server.previewLifetime)
  return `/${expires}.${secrets.sign(lookSubject(hitId, expires))}`
}

/** Whether the end of a path, without its slash, was signed for this HIT and is still good. */
export function isSignedLook({ secrets, wallClock }: Market, hitId: string, look: string): boolean {
  const [expires = '', signature = ''] = look.split('.')
  return secrets.verify(lookSubject(hitId, expires), signature) && Number(expires) > wallClock.now()
}

/** The address of an assignment's frame [questions 5.2]. */
export async function frameURLOf(market: Market, task: Task, publicURL: string): Promise<string> {
  return (await frameOf(market, task, publicURL)).url
}

/** What of a question decides about its frame: the page of an ExternalQuestion, and the height. */
interface FrameFacts {
  url: string | undefined
  height: number
}

async function frameFacts(questionText: string): Promise<FrameFacts> {
  const question = await readQuestion(questionText)
  return {
    url: question.kind === 'ExternalQuestion' ? question.url : undefined,
    height: question.kind === 'QuestionForm' ? 0 : question.frameHeight,
  }
}

function frame(
  { url, height }: FrameFacts,
  publicURL: string,
  task: AcceptedTask | PreviewedTask,
  look = '',
): TaskFrame {
  return url === undefined
    ? { url: frameURL(`${publicURL}/task/${task.hitId}${look}`, task), sandbox: hostedSandbox, height }
    : { url: frameURL(url, task), sandbox: externalSandbox, height }
}
