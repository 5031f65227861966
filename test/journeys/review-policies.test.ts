// Review policies over real HTTP with unmodified clients: HITs that judge their own work, as the samples of the API's
// documentation have it [qualifications 6 to 8].
import { expect, test } from 'vitest'
import type { ReviewActionDetail, ReviewResultDetail } from '../../src/model/shapes.ts'
import { onEveryWay, type Hand, type Journey, type Laboratory } from '../support/journey.ts'
import { refused } from '../support/refusals.ts'
import { knownAnswers, plurality } from '../support/review-steps.ts'
import type { ShownHIT } from '../support/steps.ts'

/** What a worker did with a HIT. */
interface Done {
  worker: Hand
  id: string
}

async function submit(journey: Journey, hit: ShownHIT, answers: object): Promise<Done> {
  const worker = await journey.worker()
  const id = await worker.accept(hit.HITId)
  await worker.submit(id, answers)
  return { worker, id }
}

async function report(lab: Laboratory, HITId: string) {
  const answer = await lab.call('ListReviewPolicyResultsForHIT', { HITId })
  const { AssignmentReviewReport: one, HITReviewReport: two } = answer
  const action = ({ ActionName, TargetId, Status }: ReviewActionDetail) =>
    `${ActionName} ${TargetId} ${Status}`
  const score = (key: RegExp) => (result: ReviewResultDetail) =>
    key.test(result.Key!) ? [`${result.SubjectId} ${result.Key} ${result.Value}`] : []
  return {
    actions: [...(one?.ReviewActions ?? []), ...(two?.ReviewActions ?? [])].map(action),
    scores: [
      ...(one?.ReviewResults ?? []).flatMap(score(/^KnownAnswerScore$/)),
      ...(two?.ReviewResults ?? []).flatMap(score(/^(WorkerAgreementScore|HitAgreementScore)$/)),
    ],
  }
}

onEveryWay('review policies', (journey) => {
  test('worked example 1: graded by known answers [qualifications 7.1]', async () => {
    const lab = await journey().laboratory('10.00')
    const key = { q1: 'a', q2: 'b', q3: 'c', q4: 'd', q5: 'e' }
    const hit = await lab.create({
      MaxAssignments: 2,
      AssignmentReviewPolicy: knownAnswers(key, {
        ApproveIfKnownAnswerScoreIsAtLeast: 80,
        RejectIfKnownAnswerScoreIsLessThan: 60,
        RejectReason: 'Control questions were missed.',
        ExtendIfKnownAnswerScoreIsLessThan: 80,
        ExtendMaximumAssignments: 4,
      }),
    })
    const done: Done[] = []
    const after: unknown[] = []
    for (const correct of [4, 3, 2, 1]) {
      const entries = Object.entries(key).map(([id, right], i) => [id, i < correct ? ` ${right} ` : 'x'])
      const one = await submit(journey(), hit, Object.fromEntries(entries))
      const { AssignmentStatus } = await lab.assignment(one.id)
      after.push([AssignmentStatus, (await lab.hit(hit.HITId)).MaxAssignments])
      done.push(one)
    }
    expect(after).toEqual([
      ['Approved', 2],
      ['Submitted', 3],
      ['Rejected', 4],
      ['Rejected', 4],
    ])
    const [w1, w2, w3, w4] = done.map(({ id }) => id)
    expect(await report(lab, hit.HITId)).toEqual({
      actions: [
        `review ${w1} Succeeded`,
        `approve ${w1} Succeeded`,
        `review ${w2} Succeeded`,
        `extend ${hit.HITId} Succeeded`,
        `review ${w3} Succeeded`,
        `reject ${w3} Succeeded`,
        `extend ${hit.HITId} Succeeded`,
        `review ${w4} Succeeded`,
        `reject ${w4} Succeeded`,
        `extend ${hit.HITId} Succeeded`,
      ],
      scores: [
        `${w1} KnownAnswerScore 80`,
        `${w2} KnownAnswerScore 60`,
        `${w3} KnownAnswerScore 40`,
        `${w4} KnownAnswerScore 20`,
      ],
    })
    expect(await Promise.all(done.map(({ worker }) => worker.earnings()))).toEqual([
      '0.10+0.00',
      '0.00+0.00',
      '0.00+0.00',
      '0.00+0.00',
    ])
    expect((await lab.assignment(w3!)).RequesterFeedback).toBe('Control questions were missed.')
    expect(await lab.balance()).toBe('9.76')
    // What the policy decided is decided for the requester's calls, too.
    await lab.refused('ApproveAssignment', { AssignmentId: w3! }, refused.assignmentState('Submitted'))
  })

  test('worked example 3: compared with each other, in two rounds [qualifications 7.2]', async () => {
    const lab = await journey().laboratory('10.00')
    const hit = await lab.create({
      MaxAssignments: 3,
      HITReviewPolicy: plurality(['roof', 'doors', 'pet', 'parts'], 50, {
        DisregardAssignmentIfRejected: 'T',
        ApproveIfWorkerAgreementScoreIsAtLeast: 60,
        RejectIfWorkerAgreementScoreIsLessThan: 50,
        ExtendIfHITAgreementScoreIsLessThan: 80,
        ExtendMaximumAssignments: 5,
        ExtendMinimumTimeInSeconds: 3600,
      }),
    })
    const done: Done[] = []
    for (const answers of [
      { roof: 'red', doors: '4', pet: 'cat', parts: 'a|b' },
      { roof: 'red', doors: '4', pet: 'dog', parts: 'a|b' },
      { roof: 'blue', doors: '4', pet: 'fox', parts: 'a' },
    ])
      done.push(await submit(journey(), hit, answers))
    expect(await lab.state(hit.HITId)).toBe('Assignable 0/1/3')
    done.push(await submit(journey(), hit, { roof: 'red', doors: '4', pet: 'cat', parts: 'a|b' }))
    expect(await lab.state(hit.HITId)).toBe('Reviewable 0/0/4')
    const [w1, w2, w3, w4] = done.map(({ id }) => id)
    expect(await report(lab, hit.HITId)).toEqual({
      actions: [
        `review ${hit.HITId} Succeeded`,
        `approve ${w1} Succeeded`,
        `approve ${w2} Succeeded`,
        `reject ${w3} Succeeded`,
        `extend ${hit.HITId} Succeeded`,
        `review ${hit.HITId} Succeeded`,
        `approve ${w1} Succeeded`,
        `approve ${w2} Succeeded`,
        `approve ${w4} Succeeded`,
      ],
      scores: [
        `${w1} WorkerAgreementScore 100`,
        `${w2} WorkerAgreementScore 100`,
        `${w3} WorkerAgreementScore 33`,
        `${hit.HITId} HitAgreementScore 75`,
        `${w1} WorkerAgreementScore 100`,
        `${w2} WorkerAgreementScore 75`,
        `${w4} WorkerAgreementScore 100`,
        `${hit.HITId} HitAgreementScore 100`,
      ],
    })
    const earned = await Promise.all(done.map(({ worker }) => worker.earnings()))
    expect(earned).toEqual(['0.10+0.00', '0.10+0.00', '0.00+0.00', '0.10+0.00'])
    expect(await lab.balance()).toBe('9.64')
  })

  test('a policy that is not right makes no HIT [qualifications 6.1]', async () => {
    const lab = await journey().laboratory('10.00')
    const wrongName = { PolicyName: 'ScoreYourKnownAnswers/2011-09-01' }
    const input = {
      Title: 'Never made',
      Description: 'Never made.',
      Reward: '0.10',
      LifetimeInSeconds: 3600,
      AssignmentDurationInSeconds: 3600,
      HITLayoutId: 'X',
    }
    await lab.refused(
      'CreateHIT',
      { ...input, AssignmentReviewPolicy: wrongName },
      refused.value('PolicyName', wrongName.PolicyName),
    )
    expect((await lab.call('ListHITs', {})).NumResults).toBe(0)
    expect(await lab.balance()).toBe('10.00')
  })
})
