import { describe, expect, test } from 'vitest'
import { onBothDatabases, type TestClient } from '../../../test/support/market.ts'
import { mustNotBeNull, refusalOf, refused } from '../../../test/support/refusals.ts'
import { answered, knownAnswers, plurality } from '../../../test/support/review-steps.ts'
import { createHIT, expireNow, submitted } from '../../../test/support/steps.ts'
import type { OperationInput, OperationOutput } from '../../model/operations.ts'

type Input = Partial<OperationInput<'ListReviewPolicyResultsForHIT'>>
type Output = OperationOutput<'ListReviewPolicyResultsForHIT'>
const operation = 'ListReviewPolicyResultsForHIT'

onBothDatabases(operation, (market) => {
  /** A HIT with both policies and two submissions that agree: 4 + 4 details of assignments, 10 + 3 of the HIT. */
  const reviewed = async () => {
    const client = await market().requester()
    const hit = await createHIT(client, {
      MaxAssignments: 2,
      AssignmentReviewPolicy: knownAnswers({ gold: 'yes' }, { ApproveIfKnownAnswerScoreIsAtLeast: 100 }),
      HITReviewPolicy: plurality(['roof'], 50, { ApproveIfWorkerAgreementScoreIsAtLeast: 60 }),
    })
    const first = await answered(market(), hit, { gold: 'yes', roof: 'red' })
    market().clock.set(market().clock.now() + 1500)
    const second = await answered(market(), hit, { gold: 'yes', roof: 'red' })
    const list = (input: Input = {}) => client.call(operation, { HITId: hit.HITId, ...input })
    return { client, hit, first, second, list }
  }

  /** The four lists of an answer one after the other, each detail as text. */
  const detailsOf = ({ AssignmentReviewReport: one, HITReviewReport: two }: Output) =>
    [one?.ReviewResults, one?.ReviewActions, two?.ReviewResults, two?.ReviewActions].flatMap((list) =>
      (list ?? []).map((detail) => JSON.stringify(detail)),
    )

  describe('the report [qualifications 8.2, 8.3, 8.4]', () => {
    test('has the names of both policies, and four lists with all their members', async () => {
      const { hit, first, second, list } = await reviewed()
      const answer = await list()
      const now = Math.floor(market().clock.now() / 1000)
      const [r1, a1, r2, a2] = answer.AssignmentReviewReport!.ReviewActions!.map(({ ActionId }) => ActionId)
      const [review, again, againToo] = answer.HITReviewReport!.ReviewActions!.map(({ ActionId }) => ActionId)
      const ids = [r1, a1, r2, a2, review, again, againToo]
      expect(new Set(ids).size).toBe(7)
      for (const id of ids) expect(id).toMatch(/^3[0-9A-Z]{29}$/)
      const ofWorker = (SubjectId: string) => ({ ActionId: review, SubjectId, SubjectType: 'Assignment' })
      const ofHIT = { ActionId: review, SubjectId: hit.HITId, SubjectType: 'HIT' }
      const graded = (ActionId: string | undefined, SubjectId: string) => [
        {
          ActionId,
          SubjectId,
          SubjectType: 'Assignment',
          QuestionId: 'gold',
          Key: 'KnownAnswerCorrect',
          Value: '1',
        },
        { ActionId, SubjectId, SubjectType: 'Assignment', Key: 'KnownAnswerScore', Value: '100' },
      ]
      const done = (ActionId: string | undefined, ActionName: string, TargetId: string, Result: string) => ({
        ActionId,
        ActionName,
        TargetId,
        TargetType: TargetId === hit.HITId ? 'HIT' : 'Assignment',
        Status: 'Succeeded',
        CompleteTime: expect.toBeOneOf([now, now - 1, now - 2]) as number,
        Result,
      })
      expect(answer).toEqual({
        HITId: hit.HITId,
        AssignmentReviewPolicy: { PolicyName: 'ScoreMyKnownAnswers/2011-09-01' },
        HITReviewPolicy: { PolicyName: 'SimplePlurality/2011-09-01' },
        AssignmentReviewReport: {
          ReviewResults: [...graded(r1, first), ...graded(r2, second)],
          ReviewActions: [
            done(r1, 'review', first, '1 of 1 known answers correct'),
            done(a1, 'approve', first, 'Approved'),
            done(r2, 'review', second, '1 of 1 known answers correct'),
            done(a2, 'approve', second, 'Approved'),
          ],
        },
        HITReviewReport: {
          ReviewResults: [
            { ...ofHIT, QuestionId: 'roof', Key: 'AgreedAnswerFound', Value: 'true' },
            { ...ofHIT, QuestionId: 'roof', Key: 'AgreedAnswer', Value: 'red' },
            { ...ofHIT, QuestionId: 'roof', Key: 'AnswerAgreementScore', Value: '100' },
            ...[first, second].flatMap((id) => [
              { ...ofWorker(id), Key: 'WorkerAgreementScore', Value: '100' },
              { ...ofWorker(id), Key: 'PluralityAnswersCorrect', Value: '1' },
              { ...ofWorker(id), Key: 'PluralityAnswersIncorrect', Value: '0' },
            ]),
            { ...ofHIT, Key: 'HitAgreementScore', Value: '100' },
          ],
          ReviewActions: [
            done(review, 'review', hit.HITId, '1 of 1 questions agreed'),
            done(again, 'approve', first, 'Already approved'),
            done(againToo, 'approve', second, 'Already approved'),
          ],
        },
        NextToken: expect.stringMatching(/^p1:/) as string,
      })
    })

    test('of a HIT without policies is empty', async () => {
      const client = await market().requester()
      const { hit } = await submitted(market(), client)
      expect(await client.call(operation, { HITId: hit.HITId })).toEqual({
        HITId: hit.HITId,
        AssignmentReviewReport: { ReviewResults: [], ReviewActions: [] },
        HITReviewReport: { ReviewResults: [], ReviewActions: [] },
      })
    })

    test('of one policy names that one alone', async () => {
      const client = await market().requester()
      const hit = await createHIT(client, { HITReviewPolicy: plurality(['q'], 50) })
      const answer = await client.call(operation, { HITId: hit.HITId })
      expect(answer).not.toHaveProperty('AssignmentReviewPolicy')
      expect(answer.HITReviewPolicy).toEqual({ PolicyName: 'SimplePlurality/2011-09-01' })
    })
  })

  describe('filters [qualifications 8.1]', () => {
    test.each([
      [{}, [4, 4, 10, 3]],
      [{ PolicyLevels: [] }, [4, 4, 10, 3]],
      [{ PolicyLevels: ['Assignment', 'HIT'] }, [4, 4, 10, 3]],
      [{ PolicyLevels: ['Assignment'] }, [4, 4, undefined, undefined]],
      [{ PolicyLevels: ['HIT'] }, [undefined, undefined, 10, 3]],
      [{ RetrieveActions: false }, [4, undefined, 10, undefined]],
      [{ RetrieveResults: false }, [undefined, 4, undefined, 3]],
      [{ RetrieveResults: true, RetrieveActions: true }, [4, 4, 10, 3]],
      [{ RetrieveResults: false, RetrieveActions: false }, [undefined, undefined, undefined, undefined]],
      [{ PolicyLevels: ['HIT'], RetrieveResults: false }, [undefined, undefined, undefined, 3]],
    ] as [Input, (number | undefined)[]][])('%j', async (input, counts) => {
      const { list } = await reviewed()
      const { AssignmentReviewReport: one, HITReviewReport: two } = await list(input)
      expect([
        one?.ReviewResults?.length,
        one?.ReviewActions?.length,
        two?.ReviewResults?.length,
        two?.ReviewActions?.length,
      ]).toEqual(counts)
    })
  })

  describe('paging over the four lists [qualifications 8.1]', () => {
    test.each([1, 3, 4, 8, 18, 20, 21, 100])(
      'pages of %i hold everything once, in order',
      async (MaxResults) => {
        const { list } = await reviewed()
        const all = detailsOf(await list())
        expect(all).toHaveLength(21)
        const seen: string[] = []
        for (let NextToken: string | undefined; ;) {
          const page = await list({ MaxResults, ...(NextToken !== undefined && { NextToken }) })
          const details = detailsOf(page)
          if (details.length === 0) {
            expect(page).not.toHaveProperty('NextToken')
            break
          }
          expect(details.length).toBe(Math.min(MaxResults, all.length - seen.length))
          seen.push(...details)
          NextToken = page.NextToken
          expect(NextToken, 'a page with details has a token').toBeDefined()
          expect(page).not.toHaveProperty('NumResults')
        }
        expect(seen).toEqual(all)
      },
    )

    test('a hundred details are a page when nothing else is asked for', async () => {
      const client = await market().requester()
      const key = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`q${i}`, 'x']))
      const hit = await createHIT(client, { MaxAssignments: 2, AssignmentReviewPolicy: knownAnswers(key) })
      await answered(market(), hit, {})
      await answered(market(), hit, {})
      expect(detailsOf(await client.call(operation, { HITId: hit.HITId }))).toHaveLength(100)
    })

    test('a token counts for its HIT, caller and filter only', async () => {
      const { client, hit, list } = await reviewed()
      const { NextToken: token } = await list({ MaxResults: 1 })
      const other = await createHIT(client)
      const cases: [TestClient, Input][] = [
        [client, { HITId: other.HITId }],
        [client, { HITId: hit.HITId, PolicyLevels: ['Assignment'] }],
        [client, { HITId: hit.HITId, RetrieveActions: false }],
        [await market().requester(), { HITId: hit.HITId }],
      ]
      for (const [who, input] of cases) {
        const refusal = await refusalOf(market(), who, operation, { ...input, NextToken: token })
        expect(refusal).toEqual(refused.value('NextToken', token!))
      }
      const refusal = await refusalOf(market(), client, operation, { HITId: hit.HITId, NextToken: 'x' })
      expect(refusal).toEqual(refused.value('NextToken', 'x'))
    })
  })

  describe('refusals [hits 11.6, 11.7]', () => {
    test('unknown, foreign and deleted HITs', async () => {
      const { client, hit } = await reviewed()
      expect(await refusalOf(market(), client, operation, { HITId: 'ABC' })).toEqual(refused.noHIT('ABC'))
      const stranger = await market().requester()
      expect(await refusalOf(market(), stranger, operation, { HITId: hit.HITId })).toEqual(refused.notYours)
      await expireNow(client, hit.HITId)
      await client.call('DeleteHIT', { HITId: hit.HITId })
      expect(await refusalOf(market(), client, operation, { HITId: hit.HITId })).toEqual(refused.disposed)
    })

    test.each([
      [{ HITId: null }, mustNotBeNull('hITId')],
      [
        { HITId: 'A', PolicyLevels: ['Worker'] },
        "Value '[Worker]' at 'policyLevels' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [Assignment, HIT]]",
      ],
      [
        { HITId: 'A', MaxResults: 101 },
        "Value '101' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100",
      ],
    ])('%j breaks a constraint of the model [hits 11.4]', async (input, item) => {
      const client = await market().requester()
      expect(await refusalOf(market(), client, operation, input)).toEqual(refused.validation(item))
    })

    test.each([{ HITId: 'A', RetrieveActions: 'T' }, { HITId: 'A', PolicyLevels: 'HIT' }, { HITId: 5 }])(
      '%j has another type [wire 3.4]',
      async (input) => {
        const client = await market().requester()
        const { status, text } = await client.send(operation, JSON.stringify(input))
        expect([status, JSON.parse(text)]).toMatchObject([400, { __type: 'SerializationException' }])
      },
    )
  })
})
