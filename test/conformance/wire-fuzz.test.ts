// Whatever arrives, the endpoint answers: it never throws, and never blames itself for bad input [wire 3.4].
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { operationNames } from '../../src/model/operations.ts'
import { signHeaders, targetPrefix } from './sigv4-signers.ts'
import { harness, now } from './wire-harness.ts'

const { endpoint, calls } = harness(() => ({ output: {} }), { corsOrigins: ['http://a'] })

async function expectAnswer(request: Parameters<typeof endpoint>[0]) {
  const answer = await endpoint(request)
  if ('drop' in answer) throw new Error('dropped')
  expect([200, 400, 404, 413]).toContain(answer.status)
  expect(answer.headers['x-amzn-RequestId']).toBeDefined()
  if (answer.status === 400) expect(JSON.parse(answer.body.toString())).toHaveProperty('__type')
}

const latin1 = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)) })
const headerName = fc.constantFrom(
  'Authorization',
  'Host',
  'X-Amz-Date',
  'Date',
  'X-Amz-Target',
  'Content-Type',
  'Origin',
  'X-Amz-Content-Sha256',
  'X-Amz-Security-Token',
  'amz-sdk-invocation-id',
  '__proto__',
  'constructor',
)
const headerValue = fc.oneof(
  latin1,
  fc.constantFrom('application/x-amz-json-1.1', `${targetPrefix}.GetHIT`, '20260101T120000Z', 'http://a'),
  fc
    .array(
      fc.constantFrom(
        'AWS4-HMAC-SHA256',
        ' ',
        ',',
        'Credential=',
        'SignedHeaders=',
        'Signature=',
        'host;x-amz-date;x-amz-target',
        'a/20260101/r/mturk-requester/aws4_request',
        '0'.repeat(64),
        '/',
      ),
    )
    .map((parts) => parts.join('')),
)
const headers = fc.array(fc.tuple(headerName, headerValue), { maxLength: 12 }).map((pairs) => pairs.flat())
const method = fc.constantFrom('POST', 'GET', 'HEAD', 'OPTIONS', 'PUT', 'x')
const target = fc.oneof(latin1, fc.constantFrom('/', '/?', '/?X-Amz-Algorithm', '/%', 'http://h/../a?%', '*'))

/** JSON of members that the model knows, with values of every kind. */
const member = fc.constantFrom(
  'HITId',
  'MaxResults',
  'Title',
  'Reward',
  'QualificationRequirements',
  'LocaleValues',
  'Notification',
  'EventTypes',
  'ExpireAt',
  'WorkerIds',
  'AssignmentReviewPolicy',
  'Parameters',
  'MapEntries',
  'MustBeRequestable',
  '__proto__',
)
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.constantFrom('A1', '3ABC', 'Zorp'),
    ),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(member, tie('tree'), { maxKeys: 6 }),
  ),
}))

const runs = { numRuns: 500 }

it('random methods, targets, headers and bytes', async () => {
  const request = fc.record({
    method,
    target,
    rawHeaders: headers,
    body: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  })
  await fc.assert(fc.asyncProperty(request, expectAnswer), runs)
})

it('random JSON under a right signature, to every operation', async () => {
  let reached = 0
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...operationNames),
      fc.dictionary(member, tree),
      async (operation, value) => {
        const body = JSON.stringify(value)
        const before = calls.length
        await expectAnswer({
          method: 'POST',
          target: '/',
          rawHeaders: signHeaders({ time: now, operation, body }),
          body: Buffer.from(body),
        })
        reached += calls.length - before
      },
    ),
    runs,
  )
  // Some inputs are right by chance; the property would prove little if every one were refused at the door.
  expect(reached).toBeGreaterThan(0)
})

it('random bytes under a right signature', async () => {
  const bytes = fc.oneof(
    fc.uint8Array(),
    fc
      .array(fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', '\\u', 'd800', '1', 'null'))
      .map((parts) => Buffer.from(parts.join(''))),
  )
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...operationNames), bytes, async (operation, some) => {
      const body = Buffer.from(some)
      const rawHeaders = signHeaders({ time: now, operation, body: body as unknown as string })
      await expectAnswer({ method: 'POST', target: '/', rawHeaders, body })
    }),
    runs,
  )
})
