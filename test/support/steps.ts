// Steps that tests of operations take again and again, the refusals they expect word for word, and the audit of the
// ledger that must hold after each of them.
import { expect, test } from 'vitest'
import type { HIT } from '../../src/domain/hit.ts'
import { account, dueEscrow } from '../../src/domain/ledger.ts'
import type { OperationInput, OperationName } from '../../src/model/operations.ts'
import type * as model from '../../src/model/shapes.ts'
import { findWorker, type WorkerAccount } from '../../src/store/accounts.ts'
import { listAll } from '../../src/store/hits.ts'
import { read } from '../../src/store/prepared.ts'
import { balances, listPayments } from '../../src/store/transfers.ts'
import type { Read } from '../../src/store/tx.ts'
import { aHIT, type Refusal, type TestClient, type TestMarket, type TestWorker } from './market.ts'

const requestError = (code: string, message: string): Refusal => ({
  status: 400,
  type: 'RequestError',
  message,
  code: `AWS.MechanicalTurk.${code}`,
})

const parameterError = (code: string, message: string): Refusal => ({
  status: 400,
  type: 'ParameterValidationError',
  message,
  code: `AWS.${code}`,
})

/** The refusals of the API in full, but for the stamp [hits 11.5]. */
export const refused = {
  noHIT: (id: string) => requestError('HITDoesNotExist', `Hit ${id} does not exist.`),
  noAssignment: (id: string) => requestError('AssignmentDoesNotExist', `Assignment ${id} does not exist.`),
  notYours: requestError(
    'PermissionDenied',
    'This user is not authorized to perform the requested operation.',
  ),
  assignmentState: (allowed: string) =>
    requestError('InvalidAssignmentState', `This operation can be called with a status of: ${allowed}`),
  hitState: (state: string, allowed: string) =>
    requestError(
      'InvalidHITState',
      `This HIT is currently in the state '${state}'.  This operation can be called with a status of: ${allowed}`,
    ),
  tenRule: requestError(
    'InvalidMaximumAssignmentsIncrease',
    'The HIT was created with fewer than 10 assignments, so its maximum must stay below 10.',
  ),
  noFunds: requestError(
    'InsufficientFunds',
    'This Requester has insufficient funds in their account to complete this transaction.',
  ),
  usedToken: (token: string) =>
    requestError('DuplicateRequest', `The idempotency token "${token}" has already been processed.`),
  alreadyCreated: (hitId: string) =>
    requestError('HitAlreadyExists', `The HIT with ID "${hitId}" already exists.`),
  noQualificationType: requestError(
    'QualificationTypeDoesNotExist',
    'You requested a QualificationType that does not exist.',
  ),
  noLayout: (id: string) => requestError('HITLayoutDoesNotExist', `HITLayout ${id} does not exist.`),
  notBuilt: (what: string) =>
    requestError('OperationNotBuilt', `${what} is part of the API, but this server does not offer it yet.`),
  value: (parameter: string, value: string, explanation = '') =>
    parameterError(
      'MechanicalTurk.InvalidParameterValue',
      `The value "${value}" is not valid for the parameter ${parameter}.${explanation && ` ${explanation}.`}`,
    ),
  range: (parameter: string, value: number, minimum: number, maximum: number) =>
    parameterError(
      'ParameterOutOfRange',
      `The value ${value} is invalid for ${parameter}. Valid values range from ${minimum} to ${maximum}.`,
    ),
  tooShort: (parameter: string) =>
    parameterError(
      'MechanicalTurk.InvalidParameterValue',
      `Your request parameter ${parameter}  has a minimum length of 1.`,
    ),
  tooLong: (parameter: string, maximum: number) =>
    parameterError(
      'MechanicalTurk.InvalidParameterValue',
      `Your request parameter ${parameter}  has a maximum length of ${maximum}.`,
    ),
  missing: (parameter: string) =>
    parameterError(
      'MissingParameters',
      `Your request is missing required parameters. Required parameters include ${parameter}.`,
    ),
  validation: (...items: string[]): Refusal => ({
    status: 400,
    type: 'ValidationException',
    message: `${items.length} validation error${items.length === 1 ? '' : 's'} detected: ${items.join('; ')}`,
    code: undefined,
  }),
} as const

/** The item of a ValidationException for a member that is missing. */
export const mustNotBeNull = (member: string) =>
  `Value null at '${member}' failed to satisfy constraint: Member must not be null`

/** A HIT as it is shown, with all that every HIT has. */
export type ShownHIT = model.HIT &
  Required<Pick<model.HIT, 'HITId' | 'HITTypeId' | 'HITGroupId' | 'Expiration' | 'CreationTime'>> & {
    HITId: string
    HITTypeId: string
    HITGroupId: string
    Expiration: number
    CreationTime: number
  }

/** Makes a HIT as `aHIT` describes it. */
export async function createHIT(
  client: TestClient,
  changes: Partial<OperationInput<'CreateHIT'>> = {},
): Promise<ShownHIT> {
  return (await client.call('CreateHIT', aHIT(changes))).HIT as ShownHIT
}

export async function showHIT(client: TestClient, hitId: string): Promise<ShownHIT> {
  return (await client.call('GetHIT', { HITId: hitId })).HIT as ShownHIT
}

/** State and counters of a HIT in one line: `Assignable 1/2/0` is pending 1, available 2, completed 0. */
export async function stateOf(client: TestClient, hitId: string): Promise<string> {
  const hit = await showHIT(client, hitId)
  const { NumberOfAssignmentsPending, NumberOfAssignmentsAvailable, NumberOfAssignmentsCompleted } = hit
  return (
    `${hit.HITStatus} ` +
    `${NumberOfAssignmentsPending}/${NumberOfAssignmentsAvailable}/${NumberOfAssignmentsCompleted}`
  )
}

export async function balanceOf(client: TestClient): Promise<string> {
  return (await client.call('GetAccountBalance', {})).AvailableBalance!
}

/** A worker's money and counters. */
export async function earningsOf({ market, clock }: TestMarket, workerId: string): Promise<WorkerAccount> {
  return market.store.read(clock.now(), (tx) => findWorker(tx, workerId))
}

export async function statusOf(client: TestClient, assignmentId: string): Promise<string> {
  const { Assignment } = await client.call('GetAssignment', { AssignmentId: assignmentId })
  return Assignment!.AssignmentStatus!
}

/** Accepts the HIT for the worker, who must be allowed to; answers the assignment's id. */
export async function accept(worker: TestWorker, hit: { HITId: string }): Promise<string> {
  const assignmentId = await worker.accept({ hitId: hit.HITId })
  if (!assignmentId.startsWith('3')) throw new Error(`the worker could not accept: ${assignmentId}`)
  return assignmentId
}

/** Accepts and submits; answers the assignment's id. */
export async function work(worker: TestWorker, hit: { HITId: string }): Promise<string> {
  const assignmentId = await accept(worker, hit)
  expect(await worker.submit(assignmentId)).toBe('')
  return assignmentId
}

/** A new HIT with one assignment that a new worker submitted. */
export async function submitted(
  market: TestMarket,
  client: TestClient,
  changes: Partial<OperationInput<'CreateHIT'>> = {},
): Promise<{ hit: ShownHIT; worker: TestWorker; assignmentId: string }> {
  const hit = await createHIT(client, changes)
  const worker = await market.worker()
  return { hit, worker, assignmentId: await work(worker, hit) }
}

/** Ends a HIT's lifetime now. */
export async function expireNow(client: TestClient, hitId: string): Promise<void> {
  await client.call('UpdateExpirationForHIT', { HITId: hitId, ExpireAt: 0 })
}

const changes = read<object, { count: number }>(({ db }) =>
  db.selectFrom('audit').select(({ fn }) => fn.countAll<number>().as('count')),
)

/** How many changes the market has seen: what changed nothing leaves this number as it was. */
export async function changesIn(market: TestMarket): Promise<number> {
  const row = await market.market.store.read(0, (tx) => tx.first(changes, {}))
  return row!.count
}

/** Makes a call that must be refused, and proves that it changed nothing. */
export async function refusalOf<N extends OperationName>(
  market: TestMarket,
  client: TestClient,
  operation: N,
  input: object,
): Promise<Refusal> {
  const before = await changesIn(market)
  const refusal = await client.refusal(operation, input as OperationInput<N>)
  expect(await changesIn(market), 'changes by a refused call').toBe(before)
  return refusal
}

const movements = read<object, { debit: string; credit: string; amount: number }>(({ db }) =>
  db.selectFrom('transfer').select(['debit', 'credit', 'amount']),
)

/**
 * Audits the ledger: all accounts add up to zero, every kept balance is what the transfers make it, no assignment
 * was paid twice, and every escrow is what its HIT may still cost [design 6].
 */
export async function checkLedger({ market, clock }: TestMarket): Promise<void> {
  await market.store.read(clock.now(), async (tx) => {
    const kept = await balances(tx)
    const moved = new Map<string, bigint>()
    for (const { debit, credit, amount } of await tx.all(movements, {})) {
      moved.set(debit, (moved.get(debit) ?? 0n) - BigInt(amount))
      moved.set(credit, (moved.get(credit) ?? 0n) + BigInt(amount))
    }
    const people = [
      ...kept.requesters.map(({ available }) => available),
      ...kept.workers.map((w) => w.balance),
    ]
    const sum = people.reduce((total: bigint, amount) => total + amount, kept.escrow.amount + kept.fees)
    expect(sum, 'sum of all accounts').toBe(kept.outside)
    for (const { id, available } of kept.requesters) {
      expect(available, `money of requester ${id}`).toBe(moved.get(account.requester(id)) ?? 0n)
      for (const hit of await everyHIT(tx, id)) {
        expect(hit.escrow, `escrow of HIT ${hit.id}`).toBe(dueEscrow(hit))
        expect(hit.escrow, `transfers of HIT ${hit.id}`).toBe(moved.get(account.escrow(hit.id)) ?? 0n)
      }
    }
    for (const { id, balance } of kept.workers) {
      expect(balance, `money of worker ${id}`).toBe(moved.get(account.worker(id)) ?? 0n)
    }
    for (const payment of await listPayments(tx))
      expect(payment.count, `payments of ${payment.assignmentId}`).toBe(1)
  })
}

async function everyHIT(tx: Read, requesterId: string): Promise<HIT[]> {
  const hits: HIT[] = []
  for (;;) {
    const page = await listAll(tx, requesterId, hits.at(-1)?.id ?? '', 500)
    hits.push(...page)
    if (page.length < 500) return hits
  }
}

const illFormed = ['3abc', 'ABC-1', 'ABC ', '']

/** What holds for every operation with a HITId: unknown, another requester's, ill formed, missing [hits 3, 11.6]. */
export function testHITId(market: () => TestMarket, operation: OperationName, more: object = {}): void {
  test.each(['ABC', '123', '3XJOUITW8URHJMX7F00H20LGRIAQTX'])(
    `${operation} of the unknown HIT %s [hits 11.5 #1]`,
    async (HITId) => {
      const client = await market().requester()
      expect(await refusalOf(market(), client, operation, { HITId, ...more })).toEqual(refused.noHIT(HITId))
    },
  )
  test(`${operation} of another requester's HIT [hits 11.6]`, async () => {
    const { HITId } = await createHIT(await market().requester())
    const stranger = await market().requester()
    expect(await refusalOf(market(), stranger, operation, { HITId, ...more })).toEqual(refused.notYours)
  })
  testId(market, operation, 'HITId', more)
}

/** What holds for every operation with an AssignmentId [hits 3, 7, 11.6]. */
export function testAssignmentId(
  market: () => TestMarket,
  operation: OperationName,
  moreFor: (workerId: string) => object = () => ({}),
): void {
  test.each(['ABC', '3Y9N9SS8LYBYQZ6AE6Y5YCTRSJ5XXX'])(
    `${operation} of the unknown assignment %s [hits 11.5 #2]`,
    async (AssignmentId) => {
      const client = await market().requester()
      const { workerId } = await market().worker()
      const refusal = await refusalOf(market(), client, operation, { AssignmentId, ...moreFor(workerId) })
      expect(refusal).toEqual(refused.noAssignment(AssignmentId))
    },
  )
  test.each(['open', 'submitted'])(
    `${operation} of %s work of another requester [hits 11.6]`,
    async (state) => {
      const hit = await createHIT(await market().requester())
      const stranger = await market().requester()
      const worker = await market().worker()
      const AssignmentId = await accept(worker, hit)
      if (state === 'submitted') await worker.submit(AssignmentId)
      const input = { AssignmentId, ...moreFor(worker.workerId) }
      expect(await refusalOf(market(), stranger, operation, input)).toEqual(refused.notYours)
    },
  )
  testId(market, operation, 'AssignmentId', moreFor('A2XWZ93ZKAVL7P'))
}

function testId(
  market: () => TestMarket,
  operation: OperationName,
  member: 'HITId' | 'AssignmentId',
  more: object,
): void {
  const path = member.charAt(0).toLowerCase() + member.slice(1)
  test.each(illFormed)(`${operation} with the ill-formed ${member} "%s" [hits 3, 11.4]`, async (id) => {
    const client = await market().requester()
    const refusal = await refusalOf(market(), client, operation, { ...more, [member]: id })
    expect(refusal).toMatchObject({ status: 400, type: 'ValidationException', code: undefined })
    expect(refusal.message).toContain(
      `Value '${id}' at '${path}' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[A-Z0-9]+$`,
    )
  })
  test(`${operation} without ${member} [hits 11.4]`, async () => {
    const client = await market().requester()
    expect(await refusalOf(market(), client, operation, more)).toEqual(
      refused.validation(mustNotBeNull(path)),
    )
  })
}

type TextMember =
  'RequesterFeedback' | 'Reason' | 'Title' | 'Description' | 'Keywords' | 'RequesterAnnotation'

/**
 * What holds for a text: its length counts code points, and control characters but tab, line feed and return are
 * refused [hits 4, 4.2]. `inputFor` makes an input that succeeds, without the member.
 */
export function testText(
  market: () => TestMarket,
  operation: OperationName,
  member: TextMember,
  maximum: number,
  inputFor: (client: TestClient) => Promise<object>,
): void {
  const call = async (text: string) => {
    const client = await market().requester()
    const input = { ...(await inputFor(client)), [member]: text }
    return { client, input }
  }
  test.each([
    ['letters', 'x'.repeat(maximum)],
    ['characters beyond the first plane', '🐦'.repeat(maximum)],
    ['tab, line feed, return', 'a\tb\nc\rd'],
    ['quotes and markup', `<b>"it's" &amp; \\ /</b>`],
  ])(`${operation}: ${member} may hold %s`, async (_, text) => {
    const { client, input } = await call(text)
    await client.call(operation, input as never)
  })
  test.each([
    ['letters', 'x'.repeat(maximum + 1)],
    ['characters beyond the first plane', '🐦'.repeat(maximum + 1)],
  ])(`${operation}: ${member} of ${maximum + 1} %s is too long [hits 11.5 #16]`, async (_, text) => {
    const { client, input } = await call(text)
    expect(await refusalOf(market(), client, operation, input)).toEqual(refused.tooLong(member, maximum))
  })
  test(`${operation}: ${member} may hold no other control character [hits 4.2]`, async () => {
    for (const code of [0, 1, 7, 8, 11, 12, 14, 27, 31]) {
      const text = `a${String.fromCodePoint(code)}b`
      const { client, input } = await call(text)
      expect(await refusalOf(market(), client, operation, input)).toEqual(refused.value(member, text))
    }
  })
}

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
  'ListHITs' | 'ListReviewableHITs' | 'ListAssignmentsForHIT' | 'ListBonusPayments' | 'ListWorkerBlocks'

interface ListedPage {
  NumResults: number
  NextToken?: string
  ids: string[]
}

/**
 * The rules of paging, for a list that `make` fills with `count` entries [hits 8, client W1, W2]. `entries` names
 * the list's member, `idOf` tells entries apart.
 */
export function testPaging(
  market: () => TestMarket,
  operation: ListOperation,
  entries: string,
  idOf: (entry: never) => string,
  make: (count: number) => Promise<ListToPage>,
): void {
  const page = async (client: TestClient, input: object): Promise<ListedPage> => {
    const answer = (await client.call(operation, input as never)) as Record<string, unknown>
    const ids = (answer[entries] as never[]).map(idOf)
    expect(answer.NumResults, 'NumResults is the size of the page').toBe(ids.length)
    if (ids.length > 0)
      expect(answer.NextToken, 'a page with entries has a token').toMatch(/^p1:[A-Za-z0-9+/]+=*$/)
    else expect(answer, 'the empty page has no token').not.toHaveProperty('NextToken')
    expect(String(answer.NextToken ?? '').length).toBeLessThanOrEqual(255)
    return { ...(answer as { NumResults: number; NextToken?: string }), ids }
  }

  test('an empty list has no token and its member is there', async () => {
    const { client, input } = await make(0)
    expect(await client.call(operation, input as never)).toEqual({ NumResults: 0, [entries]: [] })
  })

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
