import { describe, expect, test } from 'vitest'
import { sampleType } from '../../../../test/support/stores.ts'
import type { HITType } from '../../../domain/hit-type.ts'
import { cents } from '../../../domain/money.ts'
import type { QualificationRequirement } from '../../../domain/qualification.ts'
import type { KnownWorker } from '../../worker-record.ts'
import { Catalogue, type CatalogueGroup } from './group-catalogue.ts'
import type { GroupFigures, GroupQuery, GroupSort } from './group-view.ts'
import { orderOf, selectGroups } from './open-groups.ts'

const now = 1000

const worker: KnownWorker = {
  id: 'W',
  suspended: false,
  claims: [],
  granted: new Map([['KNOWN', 7]]),
  accepted: 0,
  returned: 0,
  abandoned: 0,
  submitted: 0,
  approved: 0,
  rejected: 0,
  masters: false,
  adult: false,
  locale: undefined,
}

function group(
  type: Partial<HITType> = {},
  figures: Partial<GroupFigures> = {},
  requesterName = 'Laboratory',
): CatalogueGroup {
  return {
    type: sampleType(type),
    requesterName,
    figures: { assignable: 1, createdAt: 1, updatedAt: 1, latestExpiration: now + 1, ...figures },
    pay: { medianSeconds: undefined, samples: 0 },
    nextExpiration: now + 1,
    changedAt: 0,
    isLarge: false,
  }
}

const requiring = (
  qualificationTypeId: string,
  actionsGuarded: QualificationRequirement['actionsGuarded'] = 'Accept',
): QualificationRequirement => ({ qualificationTypeId, comparator: 'Exists', actionsGuarded })

const ask = (query: Partial<GroupQuery>): GroupQuery => ({
  sort: 'updated_desc',
  offset: 0,
  limit: 9,
  ...query,
})
const mastersTypes = ['2F1QJWKUDD8XADTFD2Q0G6UTO95ALH', '2NDP2L92HECWY8NS8H3CK0CP5L9GHO']

describe('a query asks for groups', () => {
  const isAsked = (one: CatalogueGroup, query: Partial<GroupQuery>) =>
    selectGroups([one], ask(query), worker, now).length === 1

  test.each<[string, CatalogueGroup, Partial<GroupQuery>, boolean]>([
    ['with nothing said', group(), {}, true],
    ['without HITs', group({}, { assignable: 0 }), {}, false],
    ['that have expired', group({}, { latestExpiration: now }), {}, false],
    ['by a word of the title', group({ title: 'Name the Wren' }), { search: 'wren' }, true],
    ['by a word of the description', group({ description: 'A WREN sings.' }), { search: 'wren' }, true],
    ['by a word of the keywords', group({ keywords: 'bird, wren' }), { search: 'wren' }, true],
    ['by the requester', group({}, {}, 'Wren Society'), { search: 'wren' }, true],
    ['by a word that is nowhere', group(), { search: 'robin' }, false],
    ['by words in several places', group({ keywords: 'song' }, {}, 'Wren'), { search: ' wren  SONG ' }, true],
    ['by words of which one is nowhere', group({ keywords: 'song' }), { search: 'song robin' }, false],
    ['by no word', group(), { search: '  ' }, true],
    ['that pay as much', group({ reward: cents(10) }), { minReward: cents(10) }, true],
    ['that pay less', group({ reward: cents(9) }), { minReward: cents(10) }, false],
    ['of the requester', group({ requesterId: 'R' }), { requesterId: 'R' }, true],
    ['of another', group({ requesterId: 'S' }), { requesterId: 'R' }, false],
    ['he qualifies for', group({ requirements: [requiring('KNOWN')] }), { qualified: true }, true],
    ['he does not qualify for', group({ requirements: [requiring('OTHER')] }), { qualified: true }, false],
    ['all the same', group({ requirements: [requiring('OTHER')] }), {}, true],
    [
      'that are hidden from him',
      group({ requirements: [requiring('OTHER', 'DiscoverPreviewAndAccept')] }),
      {},
      false,
    ],
    [
      'the hidden ones too',
      group({ requirements: [requiring('OTHER', 'DiscoverPreviewAndAccept')] }),
      { includesHidden: true },
      true,
    ],
    ['for Masters', group({ requirements: [requiring(mastersTypes[0]!)] }), { masters: true }, true],
    ['for older Masters', group({ requirements: [requiring(mastersTypes[1]!)] }), { masters: true }, true],
    ['for everybody, asked for Masters', group(), { masters: true }, false],
  ])('%s [websites 1.3]', (_, one, query, expected) => {
    expect(isAsked(one, query)).toBe(expected)
  })
})

const groups = [
  group({ id: 'A', reward: cents(5) }, { updatedAt: 3, assignable: 1 }),
  group({ id: 'B', reward: cents(9) }, { updatedAt: 1, assignable: 7 }),
  group({ id: 'C', reward: cents(5) }, { updatedAt: 3, assignable: 7 }),
]

const sorted: [GroupSort, string][] = [
  ['updated_desc', 'ACB'],
  ['updated_asc', 'BAC'],
  ['reward_desc', 'BAC'],
  ['reward_asc', 'ACB'],
  ['num_hits_desc', 'BCA'],
  ['num_hits_asc', 'ABC'],
]

test.each(sorted)('%s sorts %s: equal groups by id [websites 1.3]', (sort, expected) => {
  for (const some of [groups, groups.toReversed()])
    expect(
      [...some]
        .sort(orderOf(sort))
        .map(({ type }) => type.id)
        .join(''),
    ).toBe(expected)
})

describe('the catalogue', () => {
  const idsOf = (catalogue: Catalogue, sort: GroupSort) =>
    catalogue
      .ordered(sort)
      .map(({ type }) => type.id)
      .join('')

  test('keeps its orders right while groups come, change and go', () => {
    const catalogue = new Catalogue()
    for (const one of groups) catalogue.add({ ...one })
    for (const [sort, expected] of sorted) expect(idsOf(catalogue, sort), sort).toBe(expected)
    catalogue.change(catalogue.get('B')!, { figures: { ...groups[1]!.figures, updatedAt: 9 } })
    expect(idsOf(catalogue, 'updated_desc')).toBe('BAC')
    catalogue.add(group({ id: 'D' }, { updatedAt: 5 }))
    expect(idsOf(catalogue, 'updated_desc')).toBe('BDAC')
    catalogue.remove('A')
    expect(idsOf(catalogue, 'updated_desc')).toBe('BDC')
    catalogue.add(group({ id: 'A' }, { updatedAt: 10 }))
    expect(idsOf(catalogue, 'updated_desc')).toBe('ABDC')
    expect(idsOf(catalogue, 'updated_asc')).toBe('CDBA')
    catalogue.clear()
    expect(idsOf(catalogue, 'updated_desc')).toBe('')
  })

  test('tells of which groups a HIT has expired', () => {
    const catalogue = new Catalogue()
    catalogue.add({ ...group({ id: 'A' }), nextExpiration: 5 })
    catalogue.add({ ...group({ id: 'B' }), nextExpiration: 9 })
    const expired = (at: number) =>
      catalogue
        .expired(at)
        .map(({ type }) => type.id)
        .join('')
    expect([expired(4), expired(5), expired(9), expired(4)]).toEqual(['', 'A', 'AB', ''])
    catalogue.change(catalogue.get('A')!, { nextExpiration: 12 })
    expect([expired(8), expired(9)]).toEqual(['', 'B'])
    catalogue.change(catalogue.get('B')!, { nextExpiration: 2 })
    expect(expired(2)).toBe('B')
  })

  test('agrees with a fresh order after thousands of changes', () => {
    const catalogue = new Catalogue()
    let seed = 3
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below
    for (let i = 0; i < 25_000; i++) {
      const id = `T${random(400)}`
      const known = catalogue.get(id)
      const figures = { assignable: 1, createdAt: 0, updatedAt: random(50), latestExpiration: now + 1 }
      if (known === undefined) catalogue.add(group({ id }, figures))
      else if (random(3) === 0) catalogue.remove(id)
      else catalogue.change(known, { figures })
      if (i % 500 !== 0) continue
      const fresh = [...catalogue.all()].sort(orderOf('updated_desc'))
      expect(catalogue.ordered('updated_desc')).toEqual(fresh)
    }
  })
})
