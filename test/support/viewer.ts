// A worker who looks at the pages of the site as a program does, without a browser: what he finds, may look at, and may
// accept. What he accepts to see whether he may is given back at once.
import type { OperationInput } from '../../src/model/operations.ts'
import type { Journey } from './journey.ts'

export type Requirement = NonNullable<OperationInput<'CreateHIT'>['QualificationRequirements']>[number]

interface Group {
  HITId: string
  HITGroupId: string
}

export interface Viewer {
  workerId: string
  /** What the worker may do with each HIT: d to discover, p to preview, a to accept; - for each that he may not. */
  mayDo(hits: readonly Group[]): Promise<string[]>
  /** Accepts by the page's address and keeps the work: accepted, or refused for the requirements. */
  acceptOnPage(hit: Group): Promise<'accepted' | 'refused'>
  /** Changes what the operator knows of the worker. */
  change(to: object): Promise<void>
}

/** Makes a worker, or takes one who is there, and signs him in. */
export async function createViewer(journey: Journey, known?: string): Promise<Viewer> {
  const workerId = known ?? (await journey.worker()).workerId
  const must = async (path: string, body?: object): Promise<Record<string, unknown>> => {
    const answer = await journey.control(path, body)
    if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const { pathname } = new URL(String((await must(`workers/${workerId}/sign-in`, {})).url))
  const signedIn = await fetch(journey.address + pathname, { redirect: 'manual' })
  const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0]!
  if (cookie === '') throw new Error('nobody was signed in')
  const get = (path: string) => fetch(journey.address + path, { headers: { cookie }, redirect: 'manual' })

  /** The ids of the groups that the page of the list shows. */
  async function listed(): Promise<Set<string>> {
    const page = await (await get('/projects?page_size=100')).text()
    return new Set([...page.matchAll(/data-group="(\w+)"/g)].map(([, id]) => id!))
  }

  async function isPreviewed({ HITGroupId }: Group): Promise<boolean> {
    const answer = await get(`/projects/${HITGroupId}/tasks`)
    if (answer.status === 200) return /task-preview/.test(await answer.text())
    const target = answer.headers.get('location')
    if (target === '/projects?notice=QualificationsNotMet') return false
    throw new Error(`a preview went to ${target}`)
  }

  async function isAccepted({ HITId }: Group): Promise<boolean> {
    const { body } = await journey.control(`workers/${workerId}/accept`, { hitId: HITId })
    if (body.error === 'QualificationsNotMet') return false
    await must(`assignments/${String(body.assignmentId)}/return`, {})
    return true
  }

  return {
    workerId,
    async mayDo(hits) {
      const groups = (await must(`workers/${workerId}/groups`)) as unknown as Told[]
      const onPage = await listed()
      const answers: string[] = []
      for (const hit of hits) {
        const done = {
          discover: onPage.has(hit.HITGroupId),
          preview: await isPreviewed(hit),
          accept: await isAccepted(hit),
        }
        // The control API tells beforehand what the pages do.
        const told = groups.find(({ hitGroupId }) => hitGroupId === hit.HITGroupId)
        if (told === undefined) throw new Error(`group ${hit.HITGroupId} has nothing to offer`)
        const beforehand = spell(told)
        if (spell(done) !== beforehand) throw new Error(`told ${beforehand}, done ${spell(done)}`)
        answers.push(beforehand)
      }
      return answers
    },
    async acceptOnPage({ HITId, HITGroupId }) {
      const answer = await get(`/projects/${HITGroupId}/tasks/accept_random?format=json`)
      const target = answer.headers.get('location') ?? ''
      if (target.startsWith(`/projects/${HITGroupId}/tasks/${HITId}?assignment_id=`)) return 'accepted'
      if (answer.status !== 422) throw new Error(`accepting gave ${answer.status} ${target}`)
      return 'refused'
    },
    async change(to) {
      await must(`workers/${workerId}`, to)
    },
  }
}

interface Told {
  hitGroupId: string
  discover: boolean
  preview: boolean
  accept: boolean
}

const spell = ({ discover, preview, accept }: Omit<Told, 'hitGroupId'>): string =>
  (discover ? 'd' : '-') + (preview ? 'p' : '-') + (accept ? 'a' : '-')
