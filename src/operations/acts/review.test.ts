// Review policies carried out: the worked examples from the requester's call to the money [qualifications 7].
import { afterEach, describe, expect, test } from 'vitest'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases, type TestClient } from '../../../test/support/market.ts'
import {
  actionsOf,
  answered,
  knownAnswers,
  plurality,
  resultsOf,
  submitAnswers,
} from '../../../test/support/review-steps.ts'
import { accept, balanceOf, createHIT, earningsOf, showHIT, statusOf } from '../../../test/support/steps.ts'

const five = { q1: '1', q2: '2', q3: '3', q4: '4', q5: '5' }
const fiveWith = (correct: number) =>
  Object.fromEntries(Object.entries(five).map(([id, key], i) => [id, i < correct ? key : 'wrong']))

async function feedbackOf(client: TestClient, AssignmentId: string): Promise<string | undefined> {
  return (await client.call('GetAssignment', { AssignmentId })).Assignment!.RequesterFeedback
}

onBothDatabases('review policies', (market) => {
  afterEach(() => checkLedger(market()))

  test('worked example 1, from submission to money [qualifications 7.1]', async () => {
    const client = await market().requester('10.00')
    const hit = await createHIT(client, {
      MaxAssignments: 2,
      AssignmentReviewPolicy: knownAnswers(five, {
        ApproveIfKnownAnswerScoreIsAtLeast: 80,
        ApproveReason: 'Well done.',
        RejectIfKnownAnswerScoreIsLessThan: 60,
        RejectReason: 'Control questions were missed.',
        ExtendIfKnownAnswerScoreIsLessThan: 80,
        ExtendMaximumAssignments: 4,
      }),
    })
    const after: string[] = []
    const ids: string[] = []
    for (const correct of [4, 3, 2, 1]) {
      ids.push(await answered(market(), hit, fiveWith(correct)))
      const { MaxAssignments } = await showHIT(client, hit.HITId)
      after.push(`${await statusOf(client, ids.at(-1)!)} ${MaxAssignments}`)
    }
    expect(after).toEqual(['Approved 2', 'Submitted 3', 'Rejected 4', 'Rejected 4'])
    const [w1, w2, w3, w4] = ids
    expect(await actionsOf(client, hit.HITId, 'Assignment')).toEqual([
      `review ${w1}: Succeeded, 4 of 5 known answers correct`,
      `approve ${w1}: Succeeded, Approved`,
      `review ${w2}: Succeeded, 3 of 5 known answers correct`,
      `extend ${hit.HITId}: Succeeded, Extended by 1 assignment`,
      `review ${w3}: Succeeded, 2 of 5 known answers correct`,
      `reject ${w3}: Succeeded, Rejected`,
      `extend ${hit.HITId}: Succeeded, Extended by 1 assignment`,
      `review ${w4}: Succeeded, 1 of 5 known answers correct`,
      `reject ${w4}: Succeeded, Rejected`,
      `extend ${hit.HITId}: Succeeded, Already at the maximum number of assignments`,
    ])
    const results = await resultsOf(client, hit.HITId, 'Assignment')
    expect(results.slice(0, 6)).toEqual([
      `${w1} q1 KnownAnswerCorrect: 1`,
      `${w1} q2 KnownAnswerCorrect: 1`,
      `${w1} q3 KnownAnswerCorrect: 1`,
      `${w1} q4 KnownAnswerCorrect: 1`,
      `${w1} q5 KnownAnswerCorrect: 0`,
      `${w1} KnownAnswerScore: 80`,
    ])
    expect(results.filter((line) => line.includes('KnownAnswerScore'))).toEqual([
      `${w1} KnownAnswerScore: 80`,
      `${w2} KnownAnswerScore: 60`,
      `${w3} KnownAnswerScore: 40`,
      `${w4} KnownAnswerScore: 20`,
    ])
    expect(await Promise.all(ids.map((id) => feedbackOf(client, id)))).toEqual([
      'Well done.',
      undefined,
      'Control questions were missed.',
      'Control questions were missed.',
    ])
    // One is paid, one waits; two were rejected and their money is back.
    expect(await balanceOf(client)).toBe('9.76')
    expect(await showHIT(client, hit.HITId)).toMatchObject({
      HITStatus: 'Reviewable',
      NumberOfAssignmentsCompleted: 3,
    })
  })

  describe('worked example 3 [qualifications 7.2]', () => {
    const answersOfWorkers = [
      { roof: 'red', doors: '4', pet: 'cat', parts: 'a,b' },
      { roof: 'red', doors: '4', pet: 'dog', parts: 'b,a' },
      { roof: 'blue', doors: '4', pet: 'fox', parts: 'a' },
      { roof: 'red', doors: '4', pet: 'cat', parts: 'a,b' },
    ]
    const start = async (values: Record<string, string> = {}) => {
      const client = await market().requester('10.00')
      const hit = await createHIT(client, {
        MaxAssignments: 3,
        HITReviewPolicy: plurality(['roof', 'doors', 'pet', 'parts'], 50, {
          ApproveIfWorkerAgreementScoreIsAtLeast: 60,
          RejectIfWorkerAgreementScoreIsLessThan: 50,
          RejectReason: 'Too far from the others.',
          ExtendIfHITAgreementScoreIsLessThan: 80,
          ExtendMaximumAssignments: 5,
          ExtendMinimumTimeInSeconds: 172_800,
          ...values,
        }),
      })
      const ids: string[] = []
      for (const answers of answersOfWorkers.slice(0, 3)) ids.push(await answered(market(), hit, answers))
      return { client, hit, ids }
    }

    test('two rounds, and the rejected one is disregarded in the second', async () => {
      const { client, hit, ids } = await start({ DisregardAssignmentIfRejected: 'T' })
      const [w1, w2, w3] = ids
      const statuses = () => Promise.all(ids.map((id) => statusOf(client, id)))
      expect(await statuses()).toEqual(['Approved', 'Approved', 'Rejected'])
      expect(await feedbackOf(client, w3!)).toBe('Too far from the others.')
      expect(await showHIT(client, hit.HITId)).toMatchObject({
        HITStatus: 'Assignable',
        MaxAssignments: 4,
        // Twice as long as it was open for.
        Expiration: Math.floor(market().clock.now() / 1000) + 172_800,
      })
      const first = await resultsOf(client, hit.HITId, 'HIT')
      expect(first).toContain(`${hit.HITId} HitAgreementScore: 75`)
      expect(first).toContain(`${w3} WorkerAgreementScore: 33`)
      expect(first).toContain(`${hit.HITId} parts AgreedAnswer: a|b`)

      ids.push(await answered(market(), hit, answersOfWorkers[3]!))
      expect(await statuses()).toEqual(['Approved', 'Approved', 'Rejected', 'Approved'])
      expect((await showHIT(client, hit.HITId)).HITStatus).toBe('Reviewable')
      const both = await resultsOf(client, hit.HITId, 'HIT')
      expect(both.slice(0, first.length), 'earlier results stay').toEqual(first)
      expect(both.filter((line) => /(Hit|Worker)AgreementScore/.test(line)).slice(4)).toEqual([
        `${w1} WorkerAgreementScore: 100`,
        `${w2} WorkerAgreementScore: 75`,
        `${ids[3]} WorkerAgreementScore: 100`,
        `${hit.HITId} HitAgreementScore: 100`,
      ])
      expect(await actionsOf(client, hit.HITId, 'HIT')).toEqual([
        `review ${hit.HITId}: Succeeded, 3 of 4 questions agreed`,
        `approve ${w1}: Succeeded, Approved`,
        `approve ${w2}: Succeeded, Approved`,
        `reject ${w3}: Succeeded, Rejected`,
        `extend ${hit.HITId}: Succeeded, Extended by 1 assignment`,
        `review ${hit.HITId}: Succeeded, 4 of 4 questions agreed`,
        `approve ${w1}: Succeeded, Already approved`,
        `approve ${w2}: Succeeded, Already approved`,
        `approve ${ids[3]}: Succeeded, Approved`,
      ])
      expect(await balanceOf(client)).toBe('9.64')
    })

    test('with the rejected one counted, the second round extends again', async () => {
      const { client, hit } = await start()
      await answered(market(), hit, answersOfWorkers[3]!)
      expect(await showHIT(client, hit.HITId)).toMatchObject({ HITStatus: 'Assignable', MaxAssignments: 5 })
      expect(await resultsOf(client, hit.HITId, 'HIT')).toContain(
        `${hit.HITId} roof AnswerAgreementScore: 75`,
      )
    })
  })

  test('worked example 4: a third is asked when two differ [qualifications 7.2]', async () => {
    const client = await market().requester('10.00')
    const hit = await createHIT(client, {
      MaxAssignments: 2,
      HITReviewPolicy: plurality(['q'], 60, {
        ApproveIfWorkerAgreementScoreIsAtLeast: 100,
        RejectIfWorkerAgreementScoreIsLessThan: 1,
        ExtendIfHITAgreementScoreIsLessThan: 100,
        ExtendMaximumAssignments: 3,
      }),
    })
    const ids = [await answered(market(), hit, { q: 'x' }), await answered(market(), hit, { q: 'y' })]
    const statuses = () => Promise.all(ids.map((id) => statusOf(client, id)))
    expect(await statuses()).toEqual(['Submitted', 'Submitted'])
    ids.push(await answered(market(), hit, { q: ' x ' }))
    expect(await statuses()).toEqual(['Approved', 'Rejected', 'Approved'])
  })

  test('the policy of assignments runs first; its scores count for the other [qualifications 7.2, 8.5]', async () => {
    const client = await market().requester('10.00')
    const hit = await createHIT(client, {
      MaxAssignments: 3,
      AssignmentReviewPolicy: knownAnswers({ gold: 'yes' }, { RejectIfKnownAnswerScoreIsLessThan: 50 }),
      HITReviewPolicy: plurality(['q'], 50, {
        DisregardAssignmentIfKnownAnswerScoreIsLessThan: 50,
        ApproveIfWorkerAgreementScoreIsAtLeast: 100,
      }),
    })
    const bad = await answered(market(), hit, { gold: 'no', q: 'x' })
    const good = [
      await answered(market(), hit, { gold: 'yes', q: 'y' }),
      await answered(market(), hit, { gold: 'yes', q: 'y' }),
    ]
    expect(await actionsOf(client, hit.HITId, 'HIT')).toEqual([
      `review ${hit.HITId}: Succeeded, 1 of 1 questions agreed`,
      ...good.map((id) => `approve ${id}: Succeeded, Approved`),
    ])
    expect(await statusOf(client, bad)).toBe('Rejected')
    expect(await resultsOf(client, hit.HITId, 'HIT')).not.toContain(`${bad} WorkerAgreementScore: 0`)
  })

  test('what a worker earns by a policy is his like any other reward [qualifications 8.5]', async () => {
    const client = await market().requester('10.00')
    const hit = await createHIT(client, {
      AssignmentReviewPolicy: knownAnswers({ q: 'x' }, { ApproveIfKnownAnswerScoreIsAtLeast: 100 }),
    })
    const AssignmentId = await answered(market(), hit, { q: 'x' })
    const { Assignment } = await client.call('GetAssignment', { AssignmentId })
    expect(await earningsOf(market(), Assignment!.WorkerId!)).toMatchObject({
      balance: 10n,
      approved: 1,
      submitted: 1,
    })
  })

  test('with an auto-approval delay of 0 the policy comes first [hits 6.3, qualifications 7.1]', async () => {
    const client = await market().requester('10.00')
    const hit = await createHIT(client, {
      MaxAssignments: 2,
      AutoApprovalDelayInSeconds: 0,
      AssignmentReviewPolicy: knownAnswers({ q: 'x' }, { RejectIfKnownAnswerScoreIsLessThan: 50 }),
    })
    expect(await statusOf(client, await answered(market(), hit, { q: 'y' }))).toBe('Rejected')
    expect(await statusOf(client, await answered(market(), hit, { q: 'x' }))).toBe('Approved')
  })

  test('workers who finish many HITs at the same moment are all judged, once each', async () => {
    const client = await market().requester('100.00')
    const workers = await Promise.all(Array.from({ length: 4 }, () => market().worker()))
    const hits = await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        createHIT(client, {
          Title: `HIT ${i}`,
          MaxAssignments: workers.length,
          HITReviewPolicy: plurality(['q'], 50, {
            ApproveIfWorkerAgreementScoreIsAtLeast: 100,
            RejectIfWorkerAgreementScoreIsLessThan: 100,
          }),
        }),
      ),
    )
    const work = hits.flatMap((hit, i) =>
      workers.map(async (worker, j) => ({
        worker,
        id: await accept(worker, hit),
        q: i % 4 === j ? 'y' : 'x',
      })),
    )
    const accepted = await Promise.all(work)
    await Promise.all(accepted.map(({ worker, id, q }) => submitAnswers(market(), worker, id, { q })))
    const statuses = await Promise.all(accepted.map(({ id }) => statusOf(client, id)))
    expect(statuses).toEqual(accepted.map(({ q }) => (q === 'x' ? 'Approved' : 'Rejected')))
    for (const hit of hits) {
      const actions = await actionsOf(client, hit.HITId, 'HIT')
      expect(actions.filter((line) => line.startsWith('review'))).toHaveLength(1)
    }
    expect(await balanceOf(client)).toBe('97.84')
  })
})
