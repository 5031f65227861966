// The qualifications that the system keeps, by the ids that programs know: each is changed by the very call, timer or
// policy that changes what it counts, so that the next look at a HIT is judged by it. In both environments, whose work is
// counted apart [qualifications 5].
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { day, openTwoMarkets, type Journey, type Laboratory, type TwoMarkets } from '../support/journey.ts'
import { postgresMissing } from '../support/postgres.ts'
import { describeUnless } from '../support/shared.ts'
import { createViewer, type Requirement, type Viewer } from '../support/viewer.ts'

const approvedCount = '00000000000000000040'
const locale = '00000000000000000071'
const adult = '00000000000000000060'
const percentApproved = '000000000000000000L0'
const percentSubmitted = '00000000000000000000'
const percentAbandoned = '00000000000000000070'
const percentReturned = '000000000000000000E0'
const percentRejected = '000000000000000000S0'

const masters = [
  ['of production', '2F1QJWKUDD8XADTFD2Q0G6UTO95ALH'],
  ['of the sandbox', '2ARFPLSP75KLA8M8DH1HTEQVJT3SY6'],
  ['of categorisation, production', '2NDP2L92HECWY8NS8H3CK0CP5L9GHO'],
  ['of categorisation, sandbox', '2F1KVCNHMVHV8E9PBUB2A4J79LU20F'],
  ['of photo moderation, production', '21VZU98JHSTLZ5BPP4A9NOBJEK3DPG'],
  ['of photo moderation, sandbox', '2TGBB6BFMFFOM08IBMAFGGESC1UWJX'],
] as const

const guarded = { ActionsGuarded: 'DiscoverPreviewAndAccept' } as const

interface Place {
  journey: Journey
  laboratory(): Promise<Laboratory>
}

/** Whether the worker's value of a type is `value`, as four comparators have it. */
async function expectValue(
  laboratory: Laboratory,
  viewer: Viewer,
  QualificationTypeId: string,
  value: number,
): Promise<void> {
  const demands: [Requirement['Comparator'], number][] = [
    ['EqualTo', value],
    ['NotEqualTo', value],
    ['GreaterThan', value - 1],
    ['LessThan', value + 1],
  ]
  const hits = []
  for (const [Comparator, bound] of demands) {
    const requirement = { QualificationTypeId, Comparator, IntegerValues: [bound], ...guarded }
    hits.push(await laboratory.create({ QualificationRequirements: [requirement] }))
  }
  expect(await viewer.mayDo(hits), `${QualificationTypeId} is ${value}`).toEqual(['dpa', '---', 'dpa', 'dpa'])
}

const present = async (laboratory: Laboratory, QualificationTypeId: string) => {
  const hits = []
  for (const Comparator of ['Exists', 'DoesNotExist'] as const)
    hits.push(
      await laboratory.create({
        QualificationRequirements: [{ QualificationTypeId, Comparator, ...guarded }],
      }),
    )
  return hits
}
const has = ['dpa', '---']
const lacks = ['---', 'dpa']

/** A worker of whom the market has reviewed this many assignments. */
async function reviewed(journey: Journey, approved: number, rejected: number): Promise<Viewer> {
  const { body } = await journey.control('workers', { name: 'Test Worker', approved, rejected })
  return createViewer(journey, String(body.workerId))
}

function testSystemTypes(here: () => Place, there: () => Place): void {
  const begin = async () => {
    const { journey } = here()
    const [laboratory, viewer] = [await here().laboratory(), await createViewer(journey)]
    return { journey, laboratory, viewer, hand: journey.hand(viewer.workerId) }
  }

  test('an approval counts at once, whoever or whatever approves [qualifications 5]', async () => {
    const { journey, laboratory, viewer, hand } = await begin()
    const other = await here().laboratory()
    const worth = (value: number) => expectValue(laboratory, viewer, approvedCount, value)
    await worth(0)
    const AssignmentId = await hand.work((await laboratory.create()).HITId)
    await worth(0)
    await laboratory.call('ApproveAssignment', { AssignmentId })
    await worth(1)
    await other.call('ApproveAssignment', { AssignmentId: await hand.work((await other.create()).HITId) })
    await worth(2)
    const rejected = { AssignmentId: await hand.work((await laboratory.create()).HITId) }
    await laboratory.call('RejectAssignment', { ...rejected, RequesterFeedback: 'No bird.' })
    await worth(2)
    await laboratory.call('ApproveAssignment', { ...rejected, OverrideRejection: true })
    await worth(3)
    const AssignmentReviewPolicy = {
      PolicyName: 'ScoreMyKnownAnswers/2011-09-01',
      Parameters: [
        { Key: 'AnswerKey', MapEntries: [{ Key: 'species', Values: ['wren'] }] },
        { Key: 'ApproveIfKnownAnswerScoreIsAtLeast', Values: ['100'] },
      ],
    }
    await hand.work((await laboratory.create({ AssignmentReviewPolicy })).HITId)
    await worth(4)
    await hand.work((await laboratory.create({ AutoApprovalDelayInSeconds: 60 })).HITId)
    await worth(4)
    await journey.advance(60)
    await worth(5)
  })

  test('the percentage approved is 100 until 100 are submitted, then of those reviewed [qualifications 5]', async () => {
    const { journey, laboratory } = await begin()
    const viewer = await reviewed(journey, 98, 1)
    const hand = journey.hand(viewer.workerId)
    const worth = (value: number) => expectValue(laboratory, viewer, percentApproved, value)
    await worth(100)
    const hundredth = { AssignmentId: await hand.work((await laboratory.create()).HITId) }
    // 98 of 99, rounded down.
    await worth(98)
    await laboratory.call('RejectAssignment', { ...hundredth, RequesterFeedback: 'No bird.' })
    await worth(98)
    await laboratory.call('ApproveAssignment', { ...hundredth, OverrideRejection: true })
    await worth(99)
    const next = { AssignmentId: await hand.work((await laboratory.create()).HITId) }
    await laboratory.call('RejectAssignment', { ...next, RequesterFeedback: 'No bird.' })
    await worth(98)
  })

  test('a newcomer has 100 percent, and more than 100 approved keeps him out [qualifications 5]', async () => {
    const { journey, laboratory, viewer } = await begin()
    const hit = await laboratory.create({
      QualificationRequirements: [
        { QualificationTypeId: percentApproved, Comparator: 'GreaterThan', IntegerValues: [95] },
        { QualificationTypeId: approvedCount, Comparator: 'GreaterThan', IntegerValues: [100] },
      ],
    })
    await expectValue(laboratory, viewer, percentApproved, 100)
    expect(await viewer.mayDo([hit])).toEqual(['dp-'])
    expect(await (await reviewed(journey, 101, 0)).mayDo([hit])).toEqual(['dpa'])
    expect(await (await reviewed(journey, 101, 10)).mayDo([hit])).toEqual(['dp-'])
  })

  test.each(masters)('Masters %s: %s, granted and taken away by the operator', async (_, id) => {
    const { laboratory, viewer } = await begin()
    const hits = await present(laboratory, id)
    expect(await viewer.mayDo(hits)).toEqual(lacks)
    await viewer.change({ masters: true })
    expect(await viewer.mayDo(hits)).toEqual(has)
    await viewer.change({ masters: false })
    expect(await viewer.mayDo(hits)).toEqual(lacks)
  })

  test('the adult-content qualification is 1 from the agreement on [qualifications 5]', async () => {
    const { laboratory, viewer } = await begin()
    const hits = await present(laboratory, adult)
    const one = await laboratory.create({
      QualificationRequirements: [
        { QualificationTypeId: adult, Comparator: 'EqualTo', IntegerValues: [1], ...guarded },
      ],
    })
    expect(await viewer.mayDo([...hits, one])).toEqual([...lacks, '---'])
    await viewer.change({ adult: true })
    expect(await viewer.mayDo([...hits, one])).toEqual([...has, 'dpa'])
    await expectValue(laboratory, viewer, adult, 1)
  })

  test.each([approvedCount, percentApproved, percentSubmitted, percentReturned])(
    'everybody has the type %s [qualifications 4.2]',
    async (id) => {
      const { laboratory, viewer } = await begin()
      expect(await viewer.mayDo(await present(laboratory, id))).toEqual(has)
    },
  )

  test('work and grants of the operator count in their environment, an address everywhere [design 3]', async () => {
    const { journey, laboratory, viewer, hand } = await begin()
    await laboratory.call('ApproveAssignment', {
      AssignmentId: await hand.work((await laboratory.create()).HITId),
    })
    await viewer.change({ masters: true, country: 'US', subdivision: 'PA' })
    const elsewhere = await there().laboratory()
    const guest = await createViewer(there().journey, viewer.workerId)
    await expectValue(laboratory, viewer, approvedCount, 1)
    await expectValue(elsewhere, guest, approvedCount, 0)
    expect(await guest.mayDo(await present(elsewhere, masters[0][1]))).toEqual(lacks)
    const home = {
      QualificationTypeId: locale,
      Comparator: 'EqualTo' as const,
      LocaleValues: [{ Country: 'US', Subdivision: 'PA' }],
    }
    const hit = await elsewhere.create({ QualificationRequirements: [home] })
    expect(await guest.mayDo([hit])).toEqual(['dpa'])
    expect(journey).not.toBe(there().journey)
  })

  test('the older percentages follow each acceptance, return, deadline and review [qualifications 5]', async () => {
    const { journey, laboratory, viewer, hand } = await begin()
    const ids = [percentSubmitted, percentAbandoned, percentReturned, percentRejected]
    // Looking alone: an acceptance would count.
    const expectValues = async (...values: number[]) => {
      const hits = []
      for (const [index, QualificationTypeId] of ids.entries()) {
        const requirement = { QualificationTypeId, Comparator: 'EqualTo', IntegerValues: [values[index]!] }
        const demanded = [{ ...requirement, ...guarded } as Requirement]
        hits.push(await laboratory.create({ QualificationRequirements: demanded }))
      }
      const { body } = await journey.control(`workers/${viewer.workerId}/groups`)
      const groups = body as unknown as { hitGroupId: string; discover: boolean; accept: boolean }[]
      const open = groups.filter(({ discover, accept }) => discover && accept)
      const wanted = hits.map(({ HITGroupId }) => HITGroupId)
      expect(open.map(({ hitGroupId }) => hitGroupId)).toEqual(expect.arrayContaining(wanted))
    }
    await expectValues(100, 0, 0, 0)
    const kept = await hand.accept((await laboratory.create()).HITId)
    await expectValues(0, 0, 0, 0)
    await hand.submit(kept)
    await expectValues(100, 0, 0, 0)
    await hand.giveBack(await hand.accept((await laboratory.create()).HITId))
    await expectValues(50, 0, 50, 0)
    await hand.accept((await laboratory.create({ AssignmentDurationInSeconds: 60 })).HITId)
    await journey.advance(60)
    await expectValues(33, 33, 33, 0)
    await laboratory.call('RejectAssignment', { AssignmentId: kept, RequesterFeedback: 'No bird.' })
    await expectValues(33, 33, 33, 100)
    await laboratory.call('ApproveAssignment', { AssignmentId: kept, OverrideRejection: true })
    await expectValues(33, 33, 33, 0)
  })

  test('what he has accepted stays his when a review takes the qualification away [qualifications 4.6]', async () => {
    const { journey, laboratory } = await begin()
    const viewer = await reviewed(journey, 99, 0)
    const hand = journey.hand(viewer.workerId)
    const strict = {
      QualificationTypeId: percentApproved,
      Comparator: 'EqualTo' as const,
      IntegerValues: [100],
    }
    const [first, second] = [
      await laboratory.create({ QualificationRequirements: [strict] }),
      await laboratory.create({ QualificationRequirements: [strict], Title: 'Another bird' }),
    ]
    const accepted = await hand.accept(first.HITId)
    const work = { AssignmentId: await hand.work((await laboratory.create()).HITId) }
    await laboratory.call('RejectAssignment', { ...work, RequesterFeedback: 'No bird.' })
    expect(await viewer.mayDo([second])).toEqual(['dp-'])
    await hand.submit(accepted)
    await journey.advance(day)
    expect(await journey.stateOf(accepted)).toBe('Submitted')
  })
}

describe.each(['sqlite', 'postgres'] as const)('types of the system, %s', async (database) => {
  const missing = database === 'postgres' ? await postgresMissing() : undefined
  describeUnless(missing, 'runs', () => {
    let markets: TwoMarkets
    let production: Place
    let sandbox: Place
    beforeAll(async () => {
      markets = await openTwoMarkets(database)
      const { production: real, sandbox: play } = markets
      production = { journey: real, laboratory: () => real.laboratory() }
      sandbox = { journey: play, laboratory: async () => play.known(await real.laboratory()) }
    })
    afterAll(() => markets?.close())
    describe('production', () => {
      testSystemTypes(
        () => production,
        () => sandbox,
      )
    })
    describe('sandbox', () => {
      testSystemTypes(
        () => sandbox,
        () => production,
      )
    })
  })
})
