// The rules of paging, for every operation that answers a list.
import { expect, test } from 'vitest'
import type { TestClient, TestMarket } from './market.ts'
import { refusalOf, refused } from './refusals.ts'

/** A list to be paged through: its input, and the ids of its entries in the order in which they must come. */
export interface ListToPage {
  client: TestClient
  input: object
  ids: string[]
  /** Takes an entry out of the list. */
  remove?(id: string): Promise<void>
  /** Inputs for which a token of `input` must not count, each with the client that sends it. */
  others: [string, TestClient, object][]
}

type ListOperation =
  | 'ListHITs'
  | 'ListReviewableHITs'
  | 'ListAssignmentsForHIT'
  | 'ListBonusPayments'
  | 'ListWorkerBlocks'
  | 'ListWorkersWithQualificationType'
  | 'ListQualificationRequests'
  | 'ListQualificationTypes'
  | 'ListHITsForQualificationType'

interface ListedPage {
  NumResults: number
  NextToken?: string
  ids: string[]
}

/** Asks for one page and proves what holds for every page. */
type Pager = (client: TestClient, input: object) => Promise<ListedPage>

function pagerOf(operation: ListOperation, entries: string, idOf: (entry: never) => string): Pager {
  return async (client, input) => {
    const answer = (await client.call(operation, input as never)) as Record<string, unknown>
    const ids = (answer[entries] as never[]).map(idOf)
    expect(answer.NumResults, 'NumResults is the size of the page').toBe(ids.length)
    if (ids.length > 0)
      expect(answer.NextToken, 'a page with entries has a token').toMatch(/^p1:[A-Za-z0-9+/]+=*$/)
    else expect(answer, 'the empty page has no token').not.toHaveProperty('NextToken')
    expect(String(answer.NextToken ?? '').length).toBeLessThanOrEqual(255)
    return { ...(answer as { NumResults: number; NextToken?: string }), ids }
  }
}

type Make = (count: number) => Promise<ListToPage>

/**
 * The rules of paging, for a list that `make` fills with `count` entries [hits 8, client W1, W2]. `entries` names
 * the list's member, `idOf` tells entries apart.
 */
export function testPaging(
  market: () => TestMarket,
  operation: ListOperation,
  entries: string,
  idOf: (entry: never) => string,
  make: Make,
): void {
  test('an empty list has no token and its member is there', async () => {
    const { client, input } = await make(0)
    expect(await client.call(operation, input as never)).toEqual({ NumResults: 0, [entries]: [] })
  })

  const page = pagerOf(operation, entries, idOf)
  testPages(page, make)
  testTokens(market, operation, page, make)
}

/** Pages hold every entry once and in order. */
function testPages(page: Pager, make: Make): void {
  test.each([
    [1, [1]],
    [3, [3]],
    [5, [5]],
    [100, [100]],
    [2, [1, 3, 2, 100]],
  ])('pages of %i (then %j) hold everything once, in order', async (_, sizes) => {
    const { client, input, ids } = await make(7)
    const seen: string[] = []
    for (let turn = 0, token: string | undefined; ; turn++) {
      const MaxResults = sizes[turn % sizes.length]
      const next = await page(client, { ...input, MaxResults, ...(token && { NextToken: token }) })
      expect(next.ids.length).toBeLessThanOrEqual(MaxResults!)
      if (next.NextToken === undefined) break
      seen.push(...next.ids)
      token = next.NextToken
    }
    expect(seen).toEqual(ids)
  })

  test('ten entries are a page when nothing else is asked for', async () => {
    const { client, input, ids } = await make(11)
    const first = await page(client, input)
    expect(first.ids).toEqual(ids.slice(0, 10))
    const second = await page(client, { ...input, NextToken: first.NextToken })
    expect(second.ids).toEqual(ids.slice(10))
    const third = await page(client, { ...input, NextToken: second.NextToken })
    expect(third.ids).toEqual([])
    // A token may be used again.
    expect((await page(client, { ...input, NextToken: first.NextToken })).ids).toEqual(ids.slice(10))
  })

  test('entries that vanish between pages make none skipped or doubled', async () => {
    const { client, input, ids, remove } = await make(6)
    if (remove === undefined) return
    const first = await page(client, { ...input, MaxResults: 2 })
    for (const gone of [ids[0]!, ids[1]!, ids[3]!]) await remove(gone)
    const second = await page(client, { ...input, MaxResults: 2, NextToken: first.NextToken })
    expect([...first.ids, ...second.ids]).toEqual([ids[0], ids[1], ids[2], ids[4]])
    await remove(ids[4]!)
    const third = await page(client, { ...input, MaxResults: 2, NextToken: second.NextToken })
    expect(third.ids).toEqual([ids[5]])
  })
}

/** What is no token of this very list is refused. */
function testTokens(market: () => TestMarket, operation: ListOperation, page: Pager, make: Make): void {
  test('a token counts for its list, caller and filter only; what is no token is refused', async () => {
    const { client, input, others } = await make(3)
    const { NextToken: token } = await page(client, { ...input, MaxResults: 1 })
    const tampered = token!.slice(0, 10) + (token![10] === 'A' ? 'B' : 'A') + token!.slice(11)
    const bad = [
      'x',
      'p1:',
      'p1:AAAA',
      'p2:' + token!.slice(3),
      tampered,
      token + '=',
      token!.slice(0, -8),
      '🐦',
    ]
    for (const NextToken of bad) {
      const refusal = await refusalOf(market(), client, operation, { ...input, NextToken })
      expect(refusal, NextToken).toEqual(refused.value('NextToken', NextToken))
    }
    for (const [what, other, otherInput] of others) {
      const refusal = await refusalOf(market(), other, operation, { ...otherInput, NextToken: token })
      expect(refusal, what).toEqual(refused.value('NextToken', token!))
    }
  })

  test.each([
    [
      { MaxResults: 0 },
      `Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1`,
    ],
    [
      { MaxResults: 101 },
      `Value '101' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100`,
    ],
    [
      { NextToken: '' },
      `Value '' at 'nextToken' failed to satisfy constraint: Member must have length greater than or equal to 1`,
    ],
    [
      { NextToken: 'p'.repeat(256) },
      `Value '${'p'.repeat(256)}' at 'nextToken' failed to satisfy constraint: Member must have length less than or equal to 255`,
    ],
  ])('%j breaks a constraint of the model [hits 11.4]', async (member, item) => {
    const { client, input } = await make(0)
    const refusal = await refusalOf(market(), client, operation, { ...input, ...member })
    expect(refusal).toEqual(refused.validation(item))
  })
}
