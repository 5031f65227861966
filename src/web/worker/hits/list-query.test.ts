import { describe, expect, test } from 'vitest'
import { cents } from '../../../domain/money.ts'
import { groupQueryOf, listAddress, readListQuery, wholeList, type ListQuery } from './list-query.ts'

const read = (query: string) => readListQuery(`http://site.test/projects?${query}`)

describe('the query of the list [websites 1.3]', () => {
  test.each<[string, Partial<ListQuery>]>([
    ['', {}],
    ['page_number=3', { page: 3 }],
    ['page_number=0', {}],
    ['page_number=-1', {}],
    ['page_number=1.5', {}],
    ['page_number=two', {}],
    ['page_size=1', { size: 1 }],
    ['page_size=100', { size: 100 }],
    ['page_size=101', {}],
    ['page_size=0', {}],
    ['page_size=', {}],
    ['sort=updated_asc', { sort: 'updated_asc' }],
    ['sort=reward_desc', { sort: 'reward_desc' }],
    ['sort=reward_asc', { sort: 'reward_asc' }],
    ['sort=num_hits_desc', { sort: 'num_hits_desc' }],
    ['sort=num_hits_asc', { sort: 'num_hits_asc' }],
    ['sort=hits_asc', {}],
    ['sort=constructor', {}],
    ['filters[search_term]=bird', { search: 'bird' }],
    ['filters%5Bsearch_term%5D=two+birds', { search: 'two birds' }],
    ['filters%5Bsearch_term]=%20two%20%0A%00birds%09', { search: 'two birds' }],
    [`filters[search_term]=${'%F0%9F%90%A6'.repeat(300)}`, { search: '🐦'.repeat(200) }],
    ['filters[min_reward]=0.5', { minReward: cents(50) }],
    ['filters[min_reward]=.05', { minReward: cents(5) }],
    ['filters[min_reward]=12', { minReward: cents(1200) }],
    ['filters[min_reward]=-1', {}],
    ['filters[min_reward]=0.005', {}],
    ['filters[min_reward]=much', {}],
    ['filters[min_reward]=99999999999999999999', {}],
    ['filters[qualified]=true&filters[masters]=true', { qualified: true, masters: true }],
    ['filters[favourites]=true', { favourites: true }],
    ['filters[qualified]=false&filters[masters]=1', {}],
    ['filters[page_size]=50&JRPC=1&PandaCrazyMax&hit_forker=%', {}],
    ['filters[search_term]=a&filters[search_term]=b', { search: 'a' }],
    ['expanded=true', { expanded: true }],
  ])('%s', (query, expected) => {
    expect(read(query)).toEqual({ ...wholeList, ...expected })
  })

  test('an address that is made of a query is read as the same query', () => {
    const query: ListQuery = {
      search: 'über & [brackets] 50%+',
      minReward: cents(1205),
      qualified: true,
      masters: true,
      favourites: true,
      sort: 'num_hits_asc',
      page: 7,
      size: 33,
      expanded: true,
    }
    const address = listAddress('/requesters/A1/projects', query)
    expect(address).toMatch(/^\/requesters\/A1\/projects\?/)
    expect(readListQuery(`http://site.test${address}`)).toEqual(query)
  })

  test('the address of the usual list says nothing', () => {
    expect(listAddress('/projects', wholeList)).toBe('/projects')
  })

  test('becomes a question to the market, without what does not narrow it', () => {
    expect(groupQueryOf(wholeList)).toEqual({ sort: 'updated_desc', offset: 0, limit: 20 })
    expect(groupQueryOf({ ...wholeList, search: 'a', masters: true, page: 3, size: 10 }, 'A1')).toEqual({
      ...{ search: 'a', masters: true, requesterId: 'A1', sort: 'updated_desc' },
      ...{ offset: 20, limit: 10 },
    })
  })
})
