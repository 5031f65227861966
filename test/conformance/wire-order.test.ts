// Of all that is wrong with a request the check that comes first tells: every pair of the checks of wire 3.4 and 4.3 is
// broken at once, and the earlier one must answer [wire 3.4, 4.3, hits 11.6, case 9].
import { describe, expect, test } from 'vitest'
import { exampleKey, targetPrefix } from './sigv4-signers.ts'
import { harness, now, type Sent } from './wire-harness.ts'

const minute = 60_000

/** A request as it is put together, part by part. */
interface Draft {
  sent: Sent
  headers: Record<string, string>
  algorithm: string
  unsignedHost: boolean
  noCredentials: boolean
  brokenSignature: boolean
}

interface Check {
  name: string
  /** What the check looks at: two that look at the same cannot be broken in two ways at once. */
  at: readonly string[]
  break(draft: Draft): void
  /** `__type` of the answer, or its body when that is no JSON, and a part of its text. */
  answer: readonly [string, string?]
}

const notFound = '<UnknownOperationException/>\n'
const incomplete = 'IncompleteSignatureException'
const invalid = 'InvalidSignatureException'

/** In the order in which they are made. */
const checks: Check[] = [
  { name: 'the method', at: ['method'], break: ({ sent }) => (sent.method = 'PUT'), answer: [notFound] },
  {
    name: 'the content type',
    at: ['type'],
    break: ({ headers }) => (headers['content-type'] = 'application/json'),
    answer: [notFound],
  },
  {
    name: 'the body, which is no JSON object',
    at: ['body'],
    break: ({ sent }) => (sent.body = '["HITId"]'),
    answer: ['SerializationException', ''],
  },
  {
    name: 'the target',
    at: ['target'],
    break: ({ headers }) => (headers['x-amz-target'] = `${targetPrefix}.Nope`),
    answer: ['UnknownOperationException'],
  },
  {
    name: 'both kinds of credentials',
    at: ['query', 'none'],
    break: ({ sent }) => (sent.target = '/?X-Amz-Algorithm=AWS4-HMAC-SHA256'),
    answer: [invalid, "Found both 'X-Amz-Algorithm'"],
  },
  {
    name: 'no credentials',
    at: ['none'],
    break: (draft) => (draft.noCredentials = true),
    answer: ['MissingAuthenticationTokenException', 'Missing Authentication Token'],
  },
  {
    name: 'an incomplete header',
    at: ['date'],
    break: ({ headers }) => (headers['x-amz-date'] = ''),
    answer: [incomplete, "requires existence of either a 'X-Amz-Date' or a 'Date' header"],
  },
  {
    name: 'the form of the date',
    at: ['date'],
    break: ({ headers }) => (headers['x-amz-date'] = '2026-01-01'),
    answer: [incomplete, "Date must be in ISO-8601 'basic format'. Got '2026-01-01'"],
  },
  {
    name: 'a date long ago',
    at: ['date'],
    break: ({ sent }) => (sent.time = now - 6 * minute),
    answer: [invalid, 'Signature expired: '],
  },
  {
    name: 'a date to come',
    at: ['date'],
    break: ({ sent }) => (sent.time = now + 6 * minute),
    answer: [invalid, 'Signature not yet current: '],
  },
  {
    name: 'host unsigned',
    at: ['signed'],
    break: (draft) => (draft.unsignedHost = true),
    answer: [invalid, "'Host' must be a 'SignedHeader'"],
  },
  {
    name: 'the algorithm',
    at: ['algorithm'],
    break: (draft) => (draft.algorithm = 'AWS4-ECDSA-P256-SHA256'),
    answer: [incomplete, "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'"],
  },
  {
    name: 'the scope',
    at: ['scope'],
    break: ({ sent }) => (sent.service = 'sts'),
    answer: [invalid, "Credential should be scoped to correct service: 'mturk-requester'"],
  },
  {
    name: 'the key',
    at: ['key'],
    break: ({ sent }) => (sent.accessKeyId = 'AKIDNOBODY'),
    answer: ['UnrecognizedClientException', 'The security token included in the request is invalid.'],
  },
  {
    name: 'the signature',
    at: ['signature'],
    break: (draft) => (draft.brokenSignature = true),
    answer: [invalid, 'The request signature we calculated does not match'],
  },
  {
    name: 'the session token',
    at: ['token'],
    break: ({ headers }) => (headers['x-amz-security-token'] = 'token'),
    answer: ['UnrecognizedClientException', 'The security token included in the request is invalid'],
  },
  {
    name: 'a JSON type',
    at: ['body'],
    break: ({ sent }) => (sent.body = '{"HITId":5}'),
    answer: ['SerializationException', 'class com.amazon.coral'],
  },
  {
    name: 'the account',
    at: ['key'],
    break: ({ sent }) => (sent.accessKeyId = 'AKIDUNLINKED'),
    answer: ['RequestError', 'To use the MTurk API, you will need'],
  },
  {
    name: 'a constraint',
    at: ['body'],
    break: ({ sent }) => (sent.body = '{"HITId":"abc"}'),
    answer: ['ValidationException', "1 validation error detected: Value 'abc' at 'hITId'"],
  },
]

const unlinked = { ...exampleKey, accessKeyId: 'AKIDUNLINKED', linked: false }

/** Sends a GetHIT that breaks these checks; what answered, as `Check.answer` has it. */
async function answerTo(broken: readonly Check[]) {
  const draft: Draft = {
    sent: { operation: 'GetHIT', body: '{"HITId":"3ABC"}' },
    headers: {},
    algorithm: 'AWS4-HMAC-SHA256',
    unsignedHost: false,
    noCredentials: false,
    brokenSignature: false,
  }
  for (const check of broken) check.break(draft)
  const { sent, headers, algorithm } = draft
  const change = (raw: string[]) => {
    const authorization = raw.at(-1)!
    const last = authorization.endsWith('0') ? '1' : '0'
    if (draft.noCredentials) return raw.slice(0, -2)
    return draft.brokenSignature ? [...raw.slice(0, -1), authorization.slice(0, -1) + last] : raw
  }
  const { send, calls } = harness(undefined, {}, [exampleKey, unlinked])
  const answer = await send({
    ...sent,
    headers,
    ...(draft.unsignedHost && { signedHeaders: signedWithoutHost(headers) }),
    layout: (_, parameters) => `${algorithm} ${parameters.join(', ')}`,
    change,
  })
  return { type: answer.json?.['__type'] ?? answer.body, text: textOf(answer.json), calls }
}

function signedWithoutHost(headers: Record<string, string>): string[] {
  const names = ['content-type', 'x-amz-date', 'x-amz-security-token', 'x-amz-target']
  return names.filter((name) => name !== 'x-amz-security-token' || name in headers)
}

const textOf = (json: Record<string, unknown> | undefined) =>
  String(json?.['message'] ?? json?.['Message'] ?? '')

const pairs = checks.flatMap((first, index) =>
  checks
    .slice(index + 1)
    .filter((second) => !second.at.some((part) => first.at.includes(part)))
    .map((second): [string, string, Check, Check] => [first.name, second.name, first, second]),
)

describe('each check alone', () => {
  test.each(checks.map((check): [string, Check] => [check.name, check]))('%s', async (_, check) => {
    const { type, text, calls } = await answerTo([check])
    const [expectedType, part = ''] = check.answer
    expect(type).toBe(expectedType)
    expect(text).toContain(part)
    expect(calls).toEqual([])
  })

  test('none: the call is made', async () => {
    expect((await answerTo([])).calls).toHaveLength(1)
  })
})

test('there are pairs enough to prove an order', () => {
  expect(pairs.length).toBeGreaterThan(140)
})

test.each(pairs)('%s before %s', async (_, __, first, second) => {
  const { type, text, calls } = await answerTo([first, second])
  const [expectedType, part = ''] = first.answer
  expect(type).toBe(expectedType)
  expect(text).toContain(part)
  expect(calls).toEqual([])
})

test('a body that is too large is told before all but the browser [wire 3.4]', async () => {
  const { send } = harness(undefined, { corsOrigins: ['http://b'] })
  const tooLarge = { tooLarge: true, bytes: '', unsigned: true, headers: { 'x-amz-target': 'x' } }
  expect((await send(tooLarge)).status).toBe(413)
  const fromPage = { ...tooLarge, headers: { origin: 'http://a' } }
  expect((await send(fromPage)).json).toMatchObject({ __type: 'AccessDeniedException' })
})
