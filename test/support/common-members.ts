// The rules of members that many operations share: ids, request tokens, texts, and values of another type.
import { expect, test } from 'vitest'
import type { OperationName } from '../../src/model/operations.ts'
import type { TestClient, TestMarket } from './market.ts'
import { changesIn, mustNotBeNull, refusalOf, refused } from './refusals.ts'
import { accept, createHIT } from './steps.ts'

const illFormed = ['3abc', 'ABC-1', 'ABC ', '']

/**
 * What holds for every operation with a HITId: unknown, another requester's, ill formed, missing [hits 3, 11.6].
 * `more` is the rest of an input that would succeed, or makes it for a requester.
 */
export function testHITId(
  market: () => TestMarket,
  operation: OperationName,
  more: object | ((client: TestClient) => Promise<object>) = {},
): void {
  const moreFor = async (client: TestClient): Promise<object> =>
    typeof more === 'function' ? more(client) : more
  test.each(['ABC', '123', '3XJOUITW8URHJMX7F00H20LGRIAQTX', 'Z'.repeat(64)])(
    `${operation} of the unknown HIT %s [hits 11.5 #1]`,
    async (HITId) => {
      const client = await market().requester()
      const input = { HITId, ...(await moreFor(client)) }
      expect(await refusalOf(market(), client, operation, input)).toEqual(refused.noHIT(HITId))
    },
  )
  test(`${operation} of another requester's HIT [hits 11.6]`, async () => {
    const { HITId } = await createHIT(await market().requester())
    const stranger = await market().requester()
    const input = { HITId, ...(await moreFor(stranger)) }
    expect(await refusalOf(market(), stranger, operation, input)).toEqual(refused.notYours)
  })
  testId(market, operation, 'HITId', moreFor)
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
  testId(market, operation, 'AssignmentId', () => Promise.resolve(moreFor('A2XWZ93ZKAVL7P')))
}

/** What holds for every member that is an id, before anybody looks for the object [hits 3, 11.4]. */
export function testId(
  market: () => TestMarket,
  operation: OperationName,
  member: 'HITId' | 'AssignmentId' | 'HITTypeId' | 'QualificationTypeId',
  moreFor: (client: TestClient) => Promise<object>,
): void {
  const path = member.charAt(0).toLowerCase() + member.slice(1)
  const refusalFor = async (id: string | undefined) => {
    const client = await market().requester()
    return refusalOf(market(), client, operation, { ...(await moreFor(client)), [member]: id })
  }
  test.each(illFormed)(`${operation} with the ill-formed ${member} "%s" [hits 3, 11.4]`, async (id) => {
    const refusal = await refusalFor(id)
    expect(refusal).toMatchObject({ status: 400, type: 'ValidationException', code: undefined })
    expect(refusal.message).toContain(
      `Value '${id}' at '${path}' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[A-Z0-9]+$`,
    )
  })
  test(`${operation} with a ${member} of 65 characters [hits 3, 11.4]`, async () => {
    const id = 'A'.repeat(65)
    expect(await refusalFor(id)).toEqual(
      refused.validation(
        `Value '${id}' at '${path}' failed to satisfy constraint: Member must have length less than or equal to 64`,
      ),
    )
  })
  test(`${operation} without ${member} [hits 11.4]`, async () => {
    expect(await refusalFor(undefined)).toEqual(refused.validation(mustNotBeNull(path)))
  })
}

/** What holds for a value of another JSON type: `values` are JSON texts [wire 1.3, 3.4]. */
export function testMistyped(
  market: () => TestMarket,
  operation: OperationName,
  member: string,
  values: readonly string[],
  moreFor: (client: TestClient) => Promise<object>,
): void {
  test.each(values)(`${operation}: ${member} is not of the type of %s [wire 1.3]`, async (json) => {
    const client = await market().requester()
    const others = JSON.stringify(await moreFor(client)).slice(1, -1)
    const members = [others, `"${member}":${json}`].filter((text) => text !== '')
    const before = await changesIn(market())
    const { status, text } = await client.send(operation, `{${members.join()}}`)
    const body = JSON.parse(text) as Record<string, string>
    expect([status, body.__type, Object.keys(body)]).toEqual([
      400,
      'SerializationException',
      ['__type', 'Message'],
    ])
    expect(await changesIn(market())).toBe(before)
  })
}

/** What holds for a UniqueRequestToken as a text [hits 4.1, 10]. `inputFor` makes an input that succeeds. */
export function testTokenText(
  market: () => TestMarket,
  operation: OperationName,
  inputFor: (client: TestClient) => Promise<object>,
): void {
  const call = async (UniqueRequestToken: string) => {
    const client = await market().requester()
    return { client, input: { ...(await inputFor(client)), UniqueRequestToken } }
  }
  test.each(['x', 'x'.repeat(64), 'batch 7: second try', `<é> "it's" \\ 🐦`])(
    `${operation}: the token %s passes [hits 3]`,
    async (token) => {
      const { client, input } = await call(token)
      expect(await client.call(operation, input as never)).toBeDefined()
      expect(await refusalOf(market(), client, operation, input)).toEqual(refused.usedToken(token))
    },
  )
  test.each([
    ['', 'greater than or equal to 1'],
    ['x'.repeat(65), 'less than or equal to 64'],
  ])(`${operation}: the token "%s" breaks a constraint [hits 10, 11.4]`, async (token, demand) => {
    const { client, input } = await call(token)
    expect(await refusalOf(market(), client, operation, input)).toEqual(
      refused.validation(
        `Value '${token}' at 'uniqueRequestToken' failed to satisfy constraint: Member must have length ${demand}`,
      ),
    )
  })
  test(`${operation}: a token may hold no control character [hits 11.3]`, async () => {
    const { client, input } = await call('a\u0001b')
    expect(await refusalOf(market(), client, operation, input)).toEqual(
      refused.value('UniqueRequestToken', 'a\u0001b'),
    )
  })
}

type TextMember =
  | 'RequesterFeedback'
  | 'Reason'
  | 'Title'
  | 'Description'
  | 'Keywords'
  | 'RequesterAnnotation'
  | 'Subject'
  | 'MessageText'
  | 'Name'

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
