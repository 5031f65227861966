// Lists as programs walk through them, their order and filters, and what a HIT shows everywhere, over real HTTP
// [client 1, client 4, hits 8].
import { describe, expect, test } from 'vitest'
import { onEveryWay, type Laboratory } from '../support/journey.ts'
import { externalQuestion } from '../support/market.ts'

type Page = { NextToken?: string; NumResults?: number } & Record<string, unknown>

onEveryWay('lists', (journey) => {
  /** Walks as old programs do: while a page has entries, its token is taken without a look [client W1]. */
  async function walk(
    lab: Laboratory,
    operation: 'ListHITs' | 'ListReviewableHITs' | 'ListAssignmentsForHIT',
    input: object,
    member: 'HITs' | 'Assignments',
  ): Promise<{ ids: string[]; sizes: number[] }> {
    const ids: string[] = []
    const sizes: number[] = []
    let page = (await lab.call(operation, input as never)) as Page
    for (;;) {
      const entries = page[member] as Record<string, string>[]
      expect(page.NumResults).toBe(entries.length)
      sizes.push(entries.length)
      ids.push(...entries.map((entry) => (member === 'HITs' ? entry.HITId! : entry.AssignmentId!)))
      if (entries.length === 0) break
      expect(page.NextToken).toMatch(/^p1:/)
      page = (await lab.call(operation, { ...input, NextToken: page.NextToken } as never)) as Page
    }
    expect(page).not.toHaveProperty('NextToken')
    return { ids, sizes }
  }

  async function manyHITs(lab: Laboratory, count: number): Promise<string[]> {
    const ids = []
    for (let number = 0; number < count; number++) {
      await journey().advance(1)
      ids.push((await lab.create({ LifetimeInSeconds: 1000 + (number % 2) * 5000 })).HITId)
    }
    return ids
  }

  test('ListHITs: newest first, ten a page, nothing twice and nothing left out [hits 8]', async () => {
    const lab = await journey().laboratory()
    const ids = await manyHITs(lab, 12)
    expect(await walk(lab, 'ListHITs', {}, 'HITs')).toEqual({ ids: ids.toReversed(), sizes: [10, 2, 0] })
    const small = await walk(lab, 'ListHITs', { MaxResults: 4 }, 'HITs')
    expect(small).toEqual({ ids: ids.toReversed(), sizes: [4, 4, 4, 0] })
    // A HIT that goes away between two pages makes no other one slip through.
    const first = await lab.call('ListHITs', { MaxResults: 3 })
    await lab.expireNow(ids[11]!)
    await lab.call('DeleteHIT', { HITId: ids[11]! })
    const second = await lab.call('ListHITs', { MaxResults: 3, NextToken: first.NextToken! })
    expect(second.HITs!.map(({ HITId }) => HITId)).toEqual([ids[8], ids[7], ids[6]])
  })

  test('ListReviewableHITs: latest expiration first, of one type, in one state [hits 12.7]', async () => {
    const lab = await journey().laboratory()
    const ids = await manyHITs(lab, 5)
    const other = await lab.create({ Title: 'Another', LifetimeInSeconds: 30 })
    await journey().advance(10_000)
    const latest = [ids[3], ids[1], ids[4], ids[2], ids[0]]
    expect((await walk(lab, 'ListReviewableHITs', { MaxResults: 2 }, 'HITs')).ids).toEqual([
      ...latest,
      other.HITId,
    ])
    const ofType = { HITTypeId: other.HITTypeId }
    expect((await walk(lab, 'ListReviewableHITs', ofType, 'HITs')).ids).toEqual([other.HITId])
    await lab.call('UpdateHITReviewStatus', { HITId: other.HITId })
    expect((await walk(lab, 'ListReviewableHITs', {}, 'HITs')).ids).toEqual(latest)
    expect((await walk(lab, 'ListReviewableHITs', { Status: 'Reviewing' }, 'HITs')).ids).toEqual([
      other.HITId,
    ])
    const { HITs } = await lab.call('ListReviewableHITs', { Status: 'Reviewing' })
    expect(HITs).toEqual([await lab.hit(other.HITId)])
    expect((await lab.call('ListReviewableHITs', { HITTypeId: 'ABC' })).NumResults).toBe(0)
  })

  test('ListAssignmentsForHIT: first submitted first; filters [hits 7.4]', async () => {
    const lab = await journey().laboratory()
    const { HITId } = await lab.create({ MaxAssignments: 9, AutoApprovalDelayInSeconds: 3600 })
    const ids: string[] = []
    for (let number = 0; number < 5; number++) {
      await journey().advance(1)
      ids.push(await (await journey().worker()).work(HITId))
    }
    await (await journey().worker()).accept(HITId)
    await lab.call('ApproveAssignment', { AssignmentId: ids[0]! })
    await lab.call('RejectAssignment', { AssignmentId: ids[1]!, RequesterFeedback: '' })
    const of = async (statuses: string[] | undefined) => {
      const filter = statuses === undefined ? {} : { AssignmentStatuses: statuses }
      const { ids: found } = await walk(
        lab,
        'ListAssignmentsForHIT',
        { HITId, MaxResults: 2, ...filter },
        'Assignments',
      )
      return found.map((id) => ids.indexOf(id))
    }
    expect(await of(undefined)).toEqual([0, 1, 2, 3, 4])
    expect(await of([])).toEqual([0, 1, 2, 3, 4])
    expect(await of(['Submitted'])).toEqual([2, 3, 4])
    expect(await of(['Approved'])).toEqual([0])
    expect(await of(['Rejected', 'Approved'])).toEqual([0, 1])
    // An auto-approval that fell due is in the list at once.
    await journey().advance(3600)
    expect(await of(['Submitted'])).toEqual([])
    expect(await of(['Approved'])).toEqual([0, 2, 3, 4])
  })

  describe('what a HIT shows [client 4]', () => {
    const always = [
      ...[
        'HITId',
        'HITTypeId',
        'HITGroupId',
        'CreationTime',
        'Title',
        'Description',
        'Question',
        'HITStatus',
      ],
      ...[
        'MaxAssignments',
        'Reward',
        'AutoApprovalDelayInSeconds',
        'Expiration',
        'AssignmentDurationInSeconds',
      ],
      ...['QualificationRequirements', 'HITReviewStatus', 'NumberOfAssignmentsPending'],
      ...['NumberOfAssignmentsAvailable', 'NumberOfAssignmentsCompleted'],
    ]

    test('the same from create, get and list, with its times; ids are capitals [client W20, W24, W26]', async () => {
      const lab = await journey().laboratory()
      const hit = await lab.create()
      expect(Object.keys(hit).sort()).toEqual(always.toSorted())
      expect(await lab.hit(hit.HITId)).toEqual(hit)
      expect((await lab.call('ListHITs', {})).HITs).toEqual([hit])
      for (const id of [hit.HITId, hit.HITTypeId, hit.HITGroupId]) expect(id).toMatch(/^3[A-Z0-9]{29}$/)
      expect(hit.HITGroupId).not.toBe(hit.HITTypeId)
      expect(hit).toMatchObject({
        CreationTime: journey().second(),
        Expiration: journey().second() + 86_400,
        AutoApprovalDelayInSeconds: 2_592_000,
        Question: externalQuestion,
        QualificationRequirements: [],
        HITReviewStatus: 'NotReviewed',
        MaxAssignments: 1,
      })
      const worker = await journey().worker()
      const AssignmentId = await worker.work(hit.HITId)
      expect([AssignmentId, worker.workerId]).toEqual([
        expect.stringMatching(/^3[A-Z0-9]{29}$/),
        expect.stringMatching(/^A[A-Z0-9]{12,13}$/),
      ])
      const { HIT } = await lab.call('GetAssignment', { AssignmentId })
      expect(HIT).toEqual(await lab.hit(hit.HITId))
    })

    test('HITs of one type share type and group; a worker finds one by either id [client W20, hits 3]', async () => {
      const lab = await journey().laboratory()
      const first = await lab.create({ Keywords: 'a, b', RequesterAnnotation: 'row 1' })
      const { HIT: second } = await lab.call('CreateHITWithHITType', {
        HITTypeId: first.HITTypeId,
        LifetimeInSeconds: 86_400,
        Question: externalQuestion,
      })
      const { HITId, RequesterAnnotation: _, ...same } = first
      expect(second).toEqual({ ...same, HITId: second!.HITId })
      expect(second!.HITId).not.toBe(HITId)
      const worker = await journey().worker()
      const found = []
      for (const target of [{ hitTypeId: first.HITTypeId }, { hitGroupId: first.HITGroupId }]) {
        const { body } = await journey().control(`workers/${worker.workerId}/accept`, target)
        found.push(body.hitId)
      }
      expect(found.toSorted()).toEqual([HITId, second!.HITId!].toSorted())
    })

    test('both guards of a requirement, given or not [client W19]', async () => {
      const lab = await journey().laboratory()
      const base = {
        QualificationTypeId: '00000000000000000040',
        Comparator: 'GreaterThan',
        IntegerValues: [100],
      } as const
      const { QualificationRequirements } = await lab.create({
        QualificationRequirements: [
          base,
          { ...base, ActionsGuarded: 'DiscoverPreviewAndAccept' },
          { ...base, RequiredToPreview: true },
        ],
      })
      expect(QualificationRequirements).toEqual([
        { ...base, RequiredToPreview: false, ActionsGuarded: 'Accept' },
        { ...base, RequiredToPreview: true, ActionsGuarded: 'DiscoverPreviewAndAccept' },
        { ...base, RequiredToPreview: true, ActionsGuarded: 'PreviewAndAccept' },
      ])
    })
  })
})
