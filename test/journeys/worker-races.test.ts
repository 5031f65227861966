// A worker with two windows, or one who is faster than his requester: of two forms that exclude each other one is
// taken, the other gets a page that says why, and money and answers agree with what was said [hits 5.4, websites 1.6].
import { ApproveAssignmentCommand, ListAssignmentsForHITCommand } from '@aws-sdk/client-mturk'
import { expect, test } from 'vitest'
import { demo } from '../../src/demo/seed.ts'
import { onBothSites } from '../support/both-sites.ts'
import { answerOf, signedIn } from '../support/form-work.ts'
import { line, question } from '../support/question-forms.ts'
import { control } from '../support/server.ts'
import { questionForm, type WorkerSite } from '../support/worker-site.ts'

const wordForm = questionForm(question('word', line()))
const rounds = Array.from({ length: 6 }, (_, round) => round)

interface Held {
  assignmentId: string
  hitId: string
  /** Sends a form of the page; answers its status and where it led. */
  send(path: 'submit' | 'edit' | 'return', fields?: Record<string, string>): Promise<string>
}

async function held(site: WorkerSite): Promise<Held> {
  const workerId = await site.createWorker()
  const { HITId, HITGroupId } = await site.createHIT({ Question: wordForm, MaxAssignments: 2 })
  const { assignmentId } = await site.accept(workerId, HITId)
  const { cookie, token } = await signedIn(site, workerId)
  const page = `${site.address}/projects/${HITGroupId}/tasks/${HITId}`
  return {
    assignmentId,
    hitId: HITId,
    async send(path, fields = {}) {
      const form = path === 'return' ? { _method: 'delete' } : fields
      const response = await fetch(
        `${page}${path === 'return' ? '' : `/${path}`}?assignment_id=${assignmentId}`,
        {
          method: 'POST',
          redirect: 'manual',
          headers: { cookie },
          body: new URLSearchParams({ authenticity_token: token, ...form }),
        },
      )
      const location = response.headers.get('location') ?? ''
      await response.text()
      return `${response.status} ${/submitted=|notice=\w+/.exec(location)?.[0] ?? ''}`.trim()
    },
  }
}

const word = (text: string) => ({ 'answer.word': text })
const wordOf = async (site: WorkerSite, id: string) =>
  /<FreeText>(.*)<\/FreeText>/.exec(await answerOf(site, id))?.[1]

function races(site: () => WorkerSite) {
  test('two windows that send: one is taken, the other is told', async () => {
    for (const _ of rounds) {
      const work = await held(site())
      const [one, other] = await Promise.all([
        work.send('submit', word('one')),
        work.send('submit', word('other')),
      ])
      expect([one, other].toSorted()).toEqual(['303 submitted=', '409'])
      expect(await wordOf(site(), work.assignmentId)).toBe(one === '409' ? 'other' : 'one')
    }
  })

  test('one sends, the other gives back: either, and the state says which', async () => {
    for (const _ of rounds) {
      const work = await held(site())
      const [sent, back] = await Promise.all([work.send('submit', word('one')), work.send('return')])
      const state = await site().stateOf(work.assignmentId)
      expect([
        ['303 submitted=', '302 notice=CannotReturn', 'Submitted'],
        ['409', '302 notice=Returned', 'returned'],
      ]).toContainEqual([sent, back, state])
    }
  })

  test('ten windows that accept: one HIT for one worker [hits 5.3]', async () => {
    const workerId = await site().createWorker()
    const { HITId, HITGroupId } = await site().createHIT({ Title: 'For ten windows', MaxAssignments: 9 })
    const { cookie } = await signedIn(site(), workerId)
    const address = `${site().address}/projects/${HITGroupId}/tasks/accept_random?format=json`
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => fetch(address, { redirect: 'manual', headers: { cookie } })),
    )
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
      302,
      ...Array.from({ length: 9 }, () => 422),
    ])
    const queue = (await (await fetch(`${site().address}/tasks.json`, { headers: { cookie } })).json()) as {
      tasks: { task_id: string }[]
    }
    expect(queue.tasks.map(({ task_id }) => task_id)).toEqual([HITId])
  })

  test('two windows that edit, and an approval: what was reviewed is what stands there', async () => {
    for (const _ of rounds) {
      const work = await held(site())
      expect(await work.send('submit', word('first'))).toBe('303 submitted=')
      const { assignmentId: AssignmentId } = work
      const [one, other] = await Promise.all([
        work.send('edit', word('one')),
        work.send('edit', word('other')),
        site().client.send(new ApproveAssignmentCommand({ AssignmentId })),
      ])
      const edited = '303 notice=Edited'
      for (const outcome of [one, other]) expect([edited, '409']).toContain(outcome)
      const { Assignments: [found] = [] } = await site().client.send(
        new ListAssignmentsForHITCommand({ HITId: work.hitId }),
      )
      expect(found?.AssignmentStatus).toBe('Approved')
      const possible = [
        ...(one === edited ? ['one'] : []),
        ...(other === edited ? ['other'] : []),
        ...(one !== edited && other !== edited ? ['first'] : []),
      ]
      expect(possible).toContain(await wordOf(site(), AssignmentId))
      expect(await work.send('edit', word('late'))).toBe('409')
      expect(possible).toContain(await wordOf(site(), AssignmentId))
    }
    const { body } = await control(site().address, 'ledger')
    expect(body.sum).toBe('0.00')
  })
}

onBothSites(races, ({ address }) => control(address, `requesters/${demo.requesterId}`, { allowsEdits: true }))
