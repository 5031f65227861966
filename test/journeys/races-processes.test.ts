// Two processes on one PostgreSQL: each has its own connections, timers and ids, and they meet in the rows alone
// [design 1, 4]. What one process decides the other finds decided.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { isFault } from '../../src/domain/fault.ts'
import { ApproveAssignment } from '../../src/operations/requester/ApproveAssignment.ts'
import { RejectAssignment } from '../../src/operations/requester/RejectAssignment.ts'
import { AcceptHIT } from '../../src/operations/worker/AcceptHIT.ts'
import { createIds } from '../../src/ids.ts'
import { auditMarket, tally } from '../support/at-once.ts'
import { openMarket, type TestMarket } from '../support/market.ts'
import { createDatabase, postgresMissing, prepareTemplate } from '../support/postgres.ts'
import { describeUnless } from '../support/shared.ts'
import { balanceOf, createHIT, earningsOf, expireNow, stateOf, submitted, work } from '../support/steps.ts'
import { attempt } from '../support/worker-calls.ts'

const rounds = 12
const missing = await postgresMissing()

describeUnless(missing, 'two processes on one PostgreSQL', () => {
  let processes: [TestMarket, TestMarket]
  let drop: () => Promise<void>
  beforeAll(async () => {
    const template = 'kempelen_production'
    await prepareTemplate(template, async (url) => (await openMarket(url)).close())
    const database = await createDatabase(template)
    drop = () => database.drop()
    processes = [await openMarket(database.url), await openMarket(database.url, 'production', createIds())]
  })
  afterAll(async () => {
    await Promise.all(processes.map((one) => one.close()))
    await drop()
  })
  afterEach(() => auditMarket(processes[1]))

  const setClocks = (time: number) => {
    for (const { clock } of processes) clock.set(time)
  }
  const catchUp = () => Promise.all(processes.map(({ market }) => market.timers.catchUp()))

  /** A requester with 100.00 and so many submissions, each of another worker on a HIT of its own. */
  const waiting = async (changes = {}) => {
    const client = await processes[0].requester('100.00')
    const works = []
    for (let i = 0; i < rounds; i++) works.push(await submitted(processes[0], client, changes))
    return { client, works }
  }

  test('both approve, or one rejects: one counts, and money moves once', async () => {
    const { client, works } = await waiting()
    const caller = { kind: 'requester', requesterId: client.requesterId } as const
    const outcomes = await Promise.all(
      works.map(async ({ assignmentId: AssignmentId }, i) => {
        const first = processes[0].market.runner.run(ApproveAssignment, caller, { AssignmentId })
        const { runner } = processes[1].market
        const second =
          i % 2 === 0
            ? runner.run(ApproveAssignment, caller, { AssignmentId })
            : runner.run(RejectAssignment, caller, { AssignmentId, RequesterFeedback: '' })
        return (await Promise.all([first, second])).map((output) => (isFault(output) ? output.fault : ''))
      }),
    )
    for (const pair of outcomes) expect(pair.toSorted()).toEqual(['', 'InvalidAssignmentState'])
    const approved = outcomes.filter(([first], i) => first === '' || i % 2 === 0).length
    expect(await balanceOf(client)).toBe(((10_000 - 12 * approved) / 100).toFixed(2))
  })

  test('the timers of both come at once: each deadline, approval and expiration happens once', async () => {
    const { client, works } = await waiting({ AutoApprovalDelayInSeconds: 3600 })
    const open = await createHIT(client, { MaxAssignments: 5, LifetimeInSeconds: 600 })
    const workers = await Promise.all(Array.from({ length: 4 }, () => processes[0].worker()))
    for (const worker of workers) await worker.accept({ hitId: open.HITId })
    setClocks(processes[0].clock.now() + 3_600_000)
    await catchUp()
    for (const { worker } of works)
      expect(await earningsOf(processes[1], worker.workerId)).toMatchObject({ rewards: 10n, approved: 1 })
    for (const { workerId } of workers)
      expect(await earningsOf(processes[1], workerId)).toMatchObject({ abandoned: 1, held: 0 })
    expect(await stateOf(client, open.HITId)).toBe('Reviewable 0/5/0')
    expect(await balanceOf(client)).toBe('98.56')
  })

  test('a crowd at the doors of both: every slot is given once, and nobody is sent away too early', async () => {
    const client = await processes[0].requester('100.00')
    const hit = await createHIT(client, { MaxAssignments: 90 })
    const workers = await Promise.all(Array.from({ length: 100 }, () => processes[0].worker()))
    const answers = await Promise.all(
      workers.map((worker, i) => attempt(processes[i % 2]!, worker, AcceptHIT, { groupId: hit.HITGroupId })),
    )
    expect(tally(answers.map((answer) => (isFault(answer) ? answer.fault : 'accepted')))).toEqual({
      accepted: 90,
      NoMoreHITs: 10,
    })
  })

  test('one worker at both doors holds one assignment of a HIT, and 25 in all [hits 6.6, websites 1.13]', async () => {
    const client = await processes[0].requester('100.00')
    const hits = []
    for (let i = 0; i < 30; i++) hits.push(await createHIT(client, { MaxAssignments: 2 }))
    const worker = await processes[0].worker()
    const answers = await Promise.all(
      hits.flatMap(({ HITId: hitId }) =>
        processes.map((process) => attempt(process, worker, AcceptHIT, { hitId })),
      ),
    )
    const accepted = answers.flatMap((answer) => (isFault(answer) ? [] : [answer.hitId]))
    expect(accepted).toHaveLength(25)
    expect(new Set(accepted).size).toBe(25)
  })

  test('what one process wrote the other shows at once [client W29]', async () => {
    const client = await processes[0].requester('100.00')
    const hit = await createHIT(client)
    const worker = await processes[0].worker()
    await work(worker, hit)
    await expireNow(client, hit.HITId)
    expect(await earningsOf(processes[1], worker.workerId)).toMatchObject({ submitted: 1, held: 0 })
  })
})
