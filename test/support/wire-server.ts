// A server for tests of what clients should not send: it runs on either database, and shows everything that it keeps,
// so that a test can prove that nothing of it has changed.
import { afterAll, beforeAll, describe } from 'vitest'
import { wallClock } from '../../src/clock.ts'
import type { Market } from '../../src/market.ts'
import { forgetOld } from '../../src/operations/system/ForgetOld.ts'
import { read } from '../../src/store/prepared.ts'
import { groupTables } from '../../src/store/schema-groups.ts'
import { marketTables, type Tables } from '../../src/store/schema.ts'
import { openJourney, type Hand, type Journey, type Laboratory } from './journey.ts'
import { createDatabase, postgresMissing } from './postgres.ts'
import { makeQualificationInputs } from './qualification-inputs.ts'
import { startDemo } from './server.ts'
import { describeUnless } from './shared.ts'

const people = ['meta', 'requester', 'worker', 'access_key', 'session', 'sign_in_link', 'sign_in_failure']
// Figures are counted from the other tables by and by, whenever there is time.
const told = [...people, ...marketTables].filter((name) => !groupTables.some((figures) => figures === name))
const tables = told.map((name) => ({
  name,
  rows: read<object, Record<string, unknown>>(
    ({ db }) => db.selectFrom(name as keyof Tables).selectAll() as never,
  ),
}))

/** All that a market keeps, but figures: the rows of every table, by the name of the table. */
export type Contents = Record<string, string[]>

export interface WireServer {
  journey: Journey
  address: string
  contents(): Promise<Contents>
}

async function contentsOf({ store }: Market): Promise<Contents> {
  return store.read(0, async (tx) => {
    const contents: Contents = {}
    for (const { name, rows } of tables) {
      const all = await tx.all(rows, {})
      // Without an order of their own, rows come as the database has them.
      contents[name] = all.map((row) => JSON.stringify(row)).sort()
    }
    return contents
  })
}

/** Runs the same tests against a server on SQLite and one on PostgreSQL, whose clocks stand still. */
export function onBothWireServers(
  name: string,
  body: (server: () => WireServer) => void,
  variables: Record<string, string> = {},
): void {
  describe.each(['sqlite', 'postgres'] as const)(`${name}, %s`, async (database) => {
    const missing = database === 'postgres' ? await postgresMissing() : undefined
    describeUnless(missing, 'runs', () => {
      const closing: (() => Promise<void>)[] = []
      let server: WireServer
      beforeAll(async () => {
        const more: Record<string, string> = { KEMPELEN_CLOCK: 'virtual', ...variables }
        if (database === 'postgres') {
          const made = await createDatabase()
          closing.unshift(() => made.drop())
          more.DATABASE_URL = made.url
          more.KEMPELEN_SECRET_KEY = Buffer.alloc(32, 7).toString('base64')
        }
        const { running, address, stop } = await startDemo(more)
        closing.unshift(stop)
        const environment = variables.KEMPELEN_ENVIRONMENTS === 'sandbox' ? 'sandbox' : 'production'
        const journey = await openJourney(address, undefined, environment)
        closing.unshift(() => journey.close())
        const market = running.markets.get(environment)!
        // The journey has turned the clock past the demo's request tokens: what is old goes now, not in mid-test.
        await forgetOld(market.runner, wallClock.now())
        server = { journey, address, contents: () => contentsOf(market) }
      })
      afterAll(async () => {
        for (const close of closing) await close()
      })
      body(() => server)
    })
  })
}

/** What the calls of a test are about; everything in it belongs to `lab`. */
export interface World {
  lab: Laboratory
  stranger: Laboratory
  worker: Hand
  /** For every operation that is built an input that succeeds. */
  inputs: Record<string, Record<string, unknown>>
}

const requirements = [
  { QualificationTypeId: '000000000000000000L0', Comparator: 'GreaterThan', IntegerValues: [90] },
  {
    QualificationTypeId: '00000000000000000071',
    Comparator: 'In',
    LocaleValues: [
      { Country: 'US', Subdivision: 'CA' },
      { Country: 'US', Subdivision: 'NY' },
    ],
    ActionsGuarded: 'Accept',
    RequiredToPreview: false,
  },
]

const question =
  '<ExternalQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2006-07-14/ExternalQuestion.xsd">' +
  '<ExternalURL>https://tasks.example.org/birdsong</ExternalURL><FrameHeight>0</FrameHeight></ExternalQuestion>'

const form =
  '<QuestionForm xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionForm.xsd">' +
  '<Question><QuestionIdentifier>scan</QuestionIdentifier><QuestionContent><Text>?</Text></QuestionContent>' +
  '<AnswerSpecification><FileUploadAnswer><MaxFileSizeInBytes>9</MaxFileSizeInBytes>' +
  '<MinFileSizeInBytes>1</MinFileSizeInBytes></FileUploadAnswer></AnswerSpecification></Question></QuestionForm>'

/** Has a worker send a file; answers the assignment's id. */
export async function sendFile(journey: Journey, lab: Laboratory, workerId: string): Promise<string> {
  const { HITId } = await lab.create({ Question: form })
  const { body } = await journey.control(`workers/${workerId}/accept`, { hitId: HITId })
  const assignmentId = String(body.assignmentId)
  const answers = { scan: { file: { name: 'a', base64: 'aGVsbG8=' } } }
  await journey.control(`assignments/${assignmentId}/submit`, { answers })
  return assignmentId
}

export const mailOf = (event: string) => ({
  Destination: 'laboratory@example.com',
  Transport: 'Email',
  Version: '2014-08-15',
  EventTypes: [event],
})

/** Makes a requester with all that a call may be about. */
export async function makeWorld(journey: Journey): Promise<World> {
  const [lab, stranger] = [await journey.laboratory(), await journey.laboratory()]
  const [worker, blocked] = [await journey.worker(), await journey.worker()]
  const open = await lab.create({ MaxAssignments: 10 })
  const untouched = await lab.create()
  const worked = await lab.create()
  const AssignmentId = await worker.work(worked.HITId)
  const ended = await lab.create()
  await lab.expireNow(ended.HITId)
  const properties = {
    AutoApprovalDelayInSeconds: 3600,
    AssignmentDurationInSeconds: 600,
    Reward: '0.20',
    Title: 'Name a bird',
    Keywords: 'birds, names',
    Description: 'Say what it is called.',
    QualificationRequirements: requirements,
  }
  const made = {
    MaxAssignments: 3,
    LifetimeInSeconds: 3600,
    Question: question,
    RequesterAnnotation: 'batch 7',
  }
  const { HITTypeId } = await lab.call('CreateHITType', { ...properties, Title: 'Another title' } as never)
  await lab.call('CreateWorkerBlock', { WorkerId: blocked.workerId, Reason: 'spam' })
  const HITId = open.HITId
  const WorkerId = worker.workerId
  return {
    lab,
    stranger,
    worker,
    inputs: {
      ...(await makeQualificationInputs(journey, lab, worker)),
      ApproveAssignment: { AssignmentId, RequesterFeedback: 'Good.', OverrideRejection: false },
      CreateAdditionalAssignmentsForHIT: {
        HITId,
        NumberOfAdditionalAssignments: 1,
        UniqueRequestToken: 'more 1',
      },
      CreateHIT: { ...properties, ...made, UniqueRequestToken: 'hit 1' },
      CreateHITType: properties,
      CreateHITWithHITType: { HITTypeId, ...made, UniqueRequestToken: 'hit 2' },
      CreateWorkerBlock: { WorkerId, Reason: 'spam' },
      DeleteHIT: { HITId: ended.HITId },
      DeleteWorkerBlock: { WorkerId: blocked.workerId, Reason: 'a mistake' },
      GetAccountBalance: {},
      GetAssignment: { AssignmentId },
      GetHIT: { HITId },
      ListAssignmentsForHIT: { HITId, MaxResults: 5, AssignmentStatuses: ['Submitted', 'Approved'] },
      ListBonusPayments: { HITId, MaxResults: 5 },
      ListHITs: { MaxResults: 5 },
      ListReviewableHITs: { HITTypeId: ended.HITTypeId, Status: 'Reviewable', MaxResults: 5 },
      ListWorkerBlocks: { MaxResults: 5 },
      GetFileUploadURL: { AssignmentId: await sendFile(journey, lab, WorkerId), QuestionIdentifier: 'scan' },
      ListReviewPolicyResultsForHIT: { HITId, MaxResults: 5, PolicyLevels: ['HIT'] },
      SendTestEventNotification: { Notification: mailOf('AssignmentSubmitted'), TestEventType: 'Ping' },
      UpdateNotificationSettings: {
        HITTypeId: ended.HITTypeId,
        Notification: mailOf('HITReviewable'),
        Active: true,
      },
      NotifyWorkers: { Subject: 'New HITs', MessageText: 'Have a look.', WorkerIds: [WorkerId] },
      RejectAssignment: { AssignmentId, RequesterFeedback: 'No.' },
      SendBonus: {
        WorkerId,
        BonusAmount: '0.50',
        AssignmentId,
        Reason: 'Thank you.',
        UniqueRequestToken: 'bonus 1',
      },
      UpdateExpirationForHIT: { HITId, ExpireAt: 0 },
      UpdateHITReviewStatus: { HITId: ended.HITId, Revert: false },
      UpdateHITTypeOfHIT: { HITId: untouched.HITId, HITTypeId },
    },
  }
}
