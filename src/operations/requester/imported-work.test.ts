// What requesters brought in from the real service, through the calls that read it and those that must not change it
// (docs/decisions/0013).
import { afterEach, describe, expect, test } from 'vitest'
import {
  answersOf,
  broughtWork,
  importedAt,
  importLaboratory,
  importsOf,
} from '../../../test/support/imports.ts'
import { checkLedger } from '../../../test/support/ledger-audit.ts'
import { onBothDatabases, openMarket, type TestMarket } from '../../../test/support/market.ts'
import { testPaging } from '../../../test/support/paging.ts'
import { watchStore, type Run } from '../../../test/support/recorded-store.ts'
import { refusalOf, refused } from '../../../test/support/refusals.ts'
import { createHIT } from '../../../test/support/steps.ts'
import type { OperationName } from '../../model/operations.ts'
import { read } from '../../store/prepared.ts'

const seconds = (time: number) => time / 1000

onBothDatabases('imported work', (market) => {
  afterEach(() => checkLedger(market()))

  const laboratory = () => importLaboratory(market())
  const brought = () => broughtWork(market())

  describe('GetHIT', () => {
    test('a HIT of a result CSV: all that is known, and no more [websites 2.5, hits 12.5]', async () => {
      const { client, imports, name } = await brought()
      await imports.assignment({ id: name('SECOND'), state: 'Approved', approved_at: importedAt + 1 })
      const { HIT } = await client.call('GetHIT', { HITId: name('HIT') })
      expect(HIT).toEqual({
        HITId: name('HIT'),
        HITTypeId: name('TYPE'),
        CreationTime: seconds(importedAt),
        Title: 'Listen to a bird',
        Description: 'Say which bird it is.',
        Keywords: 'bird, song',
        HITStatus: 'Reviewable',
        MaxAssignments: 3,
        Reward: '0.02',
        AutoApprovalDelayInSeconds: 259_200,
        Expiration: seconds(importedAt) + 604_800,
        AssignmentDurationInSeconds: 3600,
        QualificationRequirements: [],
        HITReviewStatus: 'NotReviewed',
        NumberOfAssignmentsPending: 0,
        NumberOfAssignmentsAvailable: 0,
        NumberOfAssignmentsCompleted: 1,
      })
    })

    test('odd requirements of a file stand in nobody’s way [hits 12.0]', async () => {
      const { client, imports, name } = await laboratory()
      const odd = { QualificationTypeId: 5, Comparator: {}, IntegerValues: 'abc', LocaleValues: [5] }
      const whole = { QualificationTypeId: '1', Comparator: 'In', IntegerValues: [7] }
      const half = { ...whole, IntegerValues: [1e30, 7, '8'] }
      await imports.type({ requirements: JSON.stringify([odd, half]) })
      await imports.hit({ max_assignments: 1_000_000_000 })
      const { HIT } = await client.call('GetHIT', { HITId: name('HIT') })
      expect(HIT).toMatchObject({ QualificationRequirements: [whole], MaxAssignments: 1_000_000_000 })
      expect((await client.call('ListHITs', {})).HITs).toEqual([HIT])
    })

    test('a HIT of the API: group, layout, question, requirements and review status as saved [hits 12.0]', async () => {
      const { client, imports, name } = await laboratory()
      const requirements = [
        {
          QualificationTypeId: '00000000000000000071',
          Comparator: 'In',
          LocaleValues: [{ Country: 'US', Subdivision: 'CA' }, { Country: 'DE' }],
          RequiredToPreview: false,
          ActionsGuarded: 'Accept',
        },
      ]
      await imports.type({ keywords: null, requirements: JSON.stringify(requirements) })
      await imports.hit({
        group_id: name('GROUP'),
        layout_id: name('LAYOUT'),
        question: '<HTMLQuestion>…</HTMLQuestion>',
        annotation: 'BatchId:12;OriginalHitTemplateId:9;',
        review_status: 'ReviewedAppropriate',
      })
      const { HIT } = await client.call('GetHIT', { HITId: name('HIT') })
      expect(HIT).toMatchObject({
        HITGroupId: name('GROUP'),
        HITLayoutId: name('LAYOUT'),
        Question: '<HTMLQuestion>…</HTMLQuestion>',
        RequesterAnnotation: 'BatchId:12;OriginalHitTemplateId:9;',
        QualificationRequirements: requirements,
        HITReviewStatus: 'ReviewedAppropriate',
        NumberOfAssignmentsCompleted: 0,
      })
      expect(HIT).not.toHaveProperty('Keywords')
    })

    test("another requester's is not readable [hits 11.6]", async () => {
      const { name } = await brought()
      const stranger = await market().requester()
      for (const [operation, input] of [
        ['GetHIT', { HITId: name('HIT') }],
        ['ListAssignmentsForHIT', { HITId: name('HIT') }],
        ['GetAssignment', { AssignmentId: name('ASSIGNMENT') }],
        ['ListBonusPayments', { HITId: name('HIT') }],
        ['ListBonusPayments', { AssignmentId: name('ASSIGNMENT') }],
        ['DeleteHIT', { HITId: name('HIT') }],
        ['ApproveAssignment', { AssignmentId: name('ASSIGNMENT') }],
      ] as [OperationName, object][])
        expect(await refusalOf(market(), stranger, operation, input), operation).toEqual(refused.notYours)
      expect((await stranger.call('ListHITs', {})).HITs).toEqual([])
    })
  })

  describe('GetAssignment and ListAssignmentsForHIT', () => {
    test('work with every time and its answer, and with its HIT [hits 6.5, 7.3]', async () => {
      const { client, imports, name } = await brought()
      const document = answersOf({ bird: 'ein Zaunkönig', taskAnswers: '[{"a":{"b":true}}]' })
      await imports.assignment({
        id: name('FULL'),
        state: 'Rejected',
        auto_approval_at: importedAt + 7_000_000,
        approved_at: importedAt + 5_000_000,
        rejected_at: importedAt + 6_000_000,
        feedback: 'No bird.',
        document,
      })
      const full = {
        AssignmentId: name('FULL'),
        WorkerId: name('WORKER'),
        HITId: name('HIT'),
        AssignmentStatus: 'Rejected',
        AutoApprovalTime: seconds(importedAt + 7_000_000),
        AcceptTime: seconds(importedAt + 60_000),
        SubmitTime: seconds(importedAt + 120_000),
        ApprovalTime: seconds(importedAt + 5_000_000),
        RejectionTime: seconds(importedAt + 6_000_000),
        Answer: document,
        RequesterFeedback: 'No bird.',
      }
      const found = await client.call('GetAssignment', { AssignmentId: name('FULL') })
      expect(found).toEqual({
        Assignment: full,
        HIT: (await client.call('GetHIT', { HITId: name('HIT') })).HIT,
      })
      const { Assignments } = await client.call('ListAssignmentsForHIT', { HITId: name('HIT') })
      expect(Assignments).toEqual([
        {
          AssignmentId: name('ASSIGNMENT'),
          WorkerId: name('WORKER'),
          HITId: name('HIT'),
          AssignmentStatus: 'Submitted',
          AcceptTime: seconds(importedAt + 60_000),
          SubmitTime: seconds(importedAt + 120_000),
          Answer: answersOf({ bird: 'a wren' }),
        },
        full,
      ])
    })

    test.each([
      [undefined, ['0', '1', '2']],
      [[], ['0', '1', '2']],
      [['Approved'], ['1']],
      [
        ['Rejected', 'Submitted'],
        ['0', '2'],
      ],
    ] as const)('of the statuses %j: %j [hits 7.4]', async (AssignmentStatuses, wanted) => {
      const { client, imports, name } = await laboratory()
      await imports.type({})
      await imports.hit({})
      for (const [i, state] of ['Submitted', 'Approved', 'Rejected'].entries())
        await imports.assignment({ id: name(String(i)), state })
      const { Assignments, NumResults } = await client.call('ListAssignmentsForHIT', {
        HITId: name('HIT'),
        ...(AssignmentStatuses && { AssignmentStatuses: [...AssignmentStatuses] }),
      })
      expect(Assignments?.map(({ AssignmentId }) => AssignmentId)).toEqual(wanted.map(name))
      expect(NumResults).toBe(wanted.length)
    })

    testPaging(
      market,
      'ListAssignmentsForHIT',
      'Assignments',
      ({ AssignmentId }: { AssignmentId: string }) => AssignmentId,
      async (count) => {
        const { client, imports, name } = await laboratory()
        await imports.type({})
        await imports.hit({})
        await imports.hit({ id: name('OTHER') })
        const ids = Array.from({ length: count }, (_, i) => name(`ASSIGNMENT${String(i).padStart(2, '0')}`))
        // Every second pair at one moment; those of another HIT do not come in between.
        for (const [i, id] of ids.entries())
          await imports.assignment({ id, submitted_at: importedAt + 1500 * (i >> 1) })
        await imports.assignment({ id: name('A'), hit_id: name('OTHER') })
        return {
          client,
          input: { HITId: name('HIT') },
          ids,
          others: [
            ['another HIT', client, { HITId: name('OTHER') }],
            ['another filter', client, { HITId: name('HIT'), AssignmentStatuses: ['Approved'] }],
          ],
        }
      },
    )
  })

  test('ListReviewPolicyResultsForHIT: nothing was found here [qualifications 8]', async () => {
    const { client, name } = await brought()
    const own = await client.call('ListReviewPolicyResultsForHIT', { HITId: (await createHIT(client)).HITId })
    const imported = await client.call('ListReviewPolicyResultsForHIT', { HITId: name('HIT') })
    expect(imported).toEqual({ ...own, HITId: name('HIT') })
    const stranger = await market().requester()
    expect(
      await refusalOf(market(), stranger, 'ListReviewPolicyResultsForHIT', { HITId: name('HIT') }),
    ).toEqual(refused.notYours)
  })

  describe('ListHITs', () => {
    testPaging(
      market,
      'ListHITs',
      'HITs',
      ({ HITId }: { HITId: string }) => HITId,
      async (count) => {
        const { client, imports, name } = await laboratory()
        await imports.type({})
        const made: { id: string; time: number }[] = []
        // Own ones and imported ones by turns, every second pair at one moment: both orders meet in each place.
        for (let i = 0; i < count; i++) {
          if (i % 2 === 0) market().clock.set(market().clock.now() + 250)
          const time = market().clock.now()
          if (i % 4 < 2 === (i % 2 === 0)) {
            const id = `${i % 4 === 0 ? '0' : 'Z'}${name(`HIT${i}`)}`
            await imports.hit({ id, created_at: time })
            made.push({ id, time })
          } else made.push({ id: (await createHIT(client)).HITId, time })
        }
        made.sort((a, b) => b.time - a.time || (a.id < b.id ? -1 : 1))
        return {
          client,
          input: {},
          ids: made.map(({ id }) => id),
          others: [['another requester', await market().requester(), {}]],
        }
      },
    )

    test('both kinds as GetHIT shows them; imported ones wait for no decision [hits 12.6, 12.7]', async () => {
      const { client, name } = await brought()
      const { HITId } = await createHIT(client)
      const { HITs } = await client.call('ListHITs', {})
      const shown = async (id: string) => (await client.call('GetHIT', { HITId: id })).HIT
      expect(HITs).toEqual([await shown(HITId), await shown(name('HIT'))])
      expect((await client.call('ListReviewableHITs', {})).HITs).toEqual([])
    })
  })

  describe('ListBonusPayments', () => {
    test('by HIT, by assignment, by both [hits 9.6]', async () => {
      const { client, imports, name } = await brought()
      await imports.hit({ id: name('OTHER') })
      await imports.assignment({ id: name('SECOND') })
      await imports.bonus({})
      await imports.bonus({
        id: name('B2'),
        assignment_id: name('SECOND'),
        amount: 5,
        granted_at: importedAt,
      })
      const list = async (input: object) => {
        const { BonusPayments } = await client.call('ListBonusPayments', input)
        return BonusPayments?.map(({ AssignmentId, BonusAmount }) => `${AssignmentId} ${BonusAmount}`)
      }
      const first = `${name('ASSIGNMENT')} 1.50`
      const second = `${name('SECOND')} 0.05`
      expect(await list({ HITId: name('HIT') })).toEqual([second, first])
      expect(await list({ AssignmentId: name('ASSIGNMENT') })).toEqual([first])
      expect(await list({ HITId: name('HIT'), AssignmentId: name('SECOND') })).toEqual([second])
      expect(await list({ HITId: name('OTHER'), AssignmentId: name('SECOND') })).toEqual([])
      const own = await createHIT(client)
      expect(await list({ HITId: own.HITId, AssignmentId: name('SECOND') })).toEqual([])
      const { BonusPayments } = await client.call('ListBonusPayments', { AssignmentId: name('ASSIGNMENT') })
      expect(BonusPayments).toEqual([
        {
          WorkerId: name('WORKER'),
          BonusAmount: '1.50',
          AssignmentId: name('ASSIGNMENT'),
          Reason: 'A rare bird.',
          GrantTime: seconds(importedAt + 600_000),
        },
      ])
    })

    testPaging(
      market,
      'ListBonusPayments',
      'BonusPayments',
      ({ Reason }: { Reason: string }) => Reason,
      async (count) => {
        const { client, imports, name } = await brought()
        const ids = Array.from({ length: count }, (_, i) => `bonus ${i}`)
        // Ids as long as a hash: a token has to hold one.
        for (const [i, reason] of ids.entries()) {
          const id = `${name('')}${String(i).padStart(2, '0')}`.padEnd(64, 'f')
          await imports.bonus({ id, reason, granted_at: importedAt + 1500 * (i >> 1) })
        }
        return {
          client,
          input: { HITId: name('HIT') },
          ids,
          others: [['the other filter', client, { AssignmentId: name('ASSIGNMENT') }]],
        }
      },
    )
  })

  test('nobody can accept, see or approve it as time goes by [hits 6.3]', async () => {
    const { client, imports, name } = await brought()
    await imports.assignment({ id: name('DUE'), auto_approval_at: importedAt + 130_000 })
    const worker = await market().worker()
    expect(await worker.accept({ hitId: name('HIT') })).toBe('HITDoesNotExist')
    await market().advance(86_400)
    const { Assignment } = await client.call('GetAssignment', { AssignmentId: name('DUE') })
    expect(Assignment?.AssignmentStatus).toBe('Submitted')
    expect((await client.call('GetAccountBalance', {})).AvailableBalance).toBe('1000.00')
  })
})

describe('what others pay for it', () => {
  test('ListHITs of who brought nothing in asks one statement more, and that by an index', async () => {
    const asked: Run[] = []
    const market = await openMarket('sqlite::memory:', 'production', undefined, (inner) =>
      watchStore(inner, (run, perform) => {
        asked.push(run)
        return perform(run)
      }),
    )
    const client = await market.requester()
    await createHIT(client)
    const imports = importsOf(market, (await market.requester()).requesterId, 'O')
    await imports.type({})
    await imports.hit({})
    asked.length = 0
    expect((await client.call('ListHITs', {})).HITs).toHaveLength(1)
    const texts = await Promise.all([...asked].map((run) => textOf(market, run)))
    expect(texts.filter((text) => text.includes('imported'))).toEqual([
      expect.stringMatching(/ from "imported_hit" where "requester_id" = .* limit /),
    ])
    await market.close()
  })
})

/** The SQL of a statement. */
async function textOf({ market }: TestMarket, { statement, parameters }: Run): Promise<string> {
  let text = ''
  const harmless = read<object, object>((builder, p) => ({
    compile: () => {
      const query = statement.build(builder, p).compile()
      text = query.sql
      return { ...query, sql: 'select 1', parameters: [] } as never
    },
  }))
  await market.store.read(0, (tx) => tx.all(harmless, parameters))
  return text
}
