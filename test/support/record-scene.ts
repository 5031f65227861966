// A worker's record for tests of its pages: days with work in every state, and one with more than a page of it.
import { ApproveAssignmentCommand, RejectAssignmentCommand, SendBonusCommand } from '@aws-sdk/client-mturk'
import { pacificDay } from '../../src/clock.ts'
import { birdPage, htmlQuestion, type WorkerSite } from './worker-site.ts'

export interface RecordScene {
  worker: string
  /** Who has done nothing. */
  fresh: string
  /** The day with more than a page of work, the day with work in every state, and a day without any. */
  busyDay: string
  day: string
  quietDay: string
  /** Assignments of `day`. */
  praised: string
  refused: string
  free: string
  waiting: string
  /** The HIT of `refused`. */
  refusedHIT: string
  groupId: string
}

/** Work on the busy day. */
export const busyCount = 52

/** Titles that a spreadsheet would take for formulas. */
export const formulas = ['=1+1', '+SUM(A1)', '-2', '@cmd']

/** Makes the record; the clock stands at noon of `day` afterwards, some minutes later. */
export async function makeRecord(site: WorkerSite): Promise<RecordScene> {
  const { client, createHIT, createWorker, accept, submit, advance } = site
  const now = () => site.server.running.markets.get('production')!.clock.now()
  const goTo = (time: string) => advance(Math.ceil((Date.parse(time) - now()) / 1000))
  const [worker, fresh] = [await createWorker(), await createWorker()]
  const work = async (changes: object = {}) => {
    const hit = await createHIT({ MaxAssignments: 1, ...changes })
    const { assignmentId } = await accept(worker, hit.HITId)
    await advance(60)
    await submit(assignmentId, { species: 'a secret answer' })
    return { assignmentId, hit }
  }
  const approve = (AssignmentId: string, RequesterFeedback?: string) =>
    client.send(new ApproveAssignmentCommand({ AssignmentId, RequesterFeedback }))
  await goTo('2027-05-03T16:00:00Z')
  const busyDay = pacificDay(now())
  for (let i = 0; i < busyCount; i++) await work({ Title: `Busy work ${i % 3}`, Reward: '0.05' })
  await goTo('2027-05-04T16:00:00Z')
  for (const Title of formulas) await work({ Title })
  await goTo('2027-05-06T16:00:00Z')
  const [praised, refused, free, waiting] = [
    await work({ Title: 'Praised', Description: 'Praise and more' }),
    await work({ Title: 'Refused' }),
    await work({ Title: 'Free of charge', Reward: '0.00' }),
    await work({ Title: 'Waiting', Question: htmlQuestion(birdPage) }),
  ]
  await approve(praised.assignmentId, 'Very careful work.\nThank you, "friend"!')
  await approve(free.assignmentId)
  await client.send(
    new RejectAssignmentCommand({
      AssignmentId: refused.assignmentId,
      RequesterFeedback: 'The second line is missing.',
    }),
  )
  const bonus = { WorkerId: worker, AssignmentId: praised.assignmentId, BonusAmount: '1.50' }
  await client.send(new SendBonusCommand({ ...bonus, Reason: 'An extra line' }))
  await createHIT({ Title: 'Waiting', MaxAssignments: 1 })
  return {
    ...{ worker, fresh, busyDay, day: pacificDay(now()), quietDay: '2027-05-05' },
    praised: praised.assignmentId,
    refused: refused.assignmentId,
    free: free.assignmentId,
    waiting: waiting.assignmentId,
    refusedHIT: refused.hit.HITId,
    groupId: praised.hit.HITGroupId,
  }
}
