// The conformance cases of the wire about who calls: signatures, accounts, browsers, repeated calls [wire 6].
import { describe, expect, it } from 'vitest'
import { exampleKey, targetPrefix } from './sigv4-signers.ts'
import { harness, now, requestId, type Sent } from './wire-harness.ts'

const json = 'application/x-amz-json-1.1'
const minute = 60_000
const unknown = '{"__type":"UnknownOperationException"}'

describe('authentication [wire 6, cases 50 to 63]', () => {
  it.each<[string, Sent]>([
    ['50 a changed body', { bytes: '{} ' }],
    [
      '50 another operation',
      { change: (raw) => raw.map((text) => text.replace('.GetAccountBalance', '.ListHITs')) },
    ],
    [
      '50 another signed header',
      { change: (raw) => raw.map((text) => (text === json ? `${json};x` : text)) },
    ],
    ['59 a wrong content hash', { headers: { 'x-amz-content-sha256': '0'.repeat(64) } }],
    ['59 UNSIGNED-PAYLOAD', { headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } }],
    ['53 6 minutes old', { time: now - 6 * minute }],
    ['53 6 minutes ahead', { time: now + 6 * minute }],
    ['56 another service', { service: 'dynamodb' }],
    ['56 another day', { date: '20251231' }],
    ['58 host unsigned', { signedHeaders: ['x-amz-date', 'x-amz-target'] }],
    ['58 target unsigned', { signedHeaders: ['host', 'x-amz-date'] }],
    ['61 header and query', { target: '/?X-Amz-Algorithm=AWS4-HMAC-SHA256' }],
    ['62 Authorization twice', { change: (raw) => [...raw, ...raw.slice(-2)] }],
    ['62 X-Amz-Date twice', { change: (raw) => [...raw, 'X-Amz-Date', '20260101T120000Z'] }],
  ])('%s', async (_, sent) => {
    const { send, calls } = harness()
    const answer = await send(sent)
    expect([answer.status, answer.json?.['__type']]).toEqual([400, 'InvalidSignatureException'])
    expect(Object.keys(answer.json!)).toEqual(['__type', 'message'])
    expect(calls).toEqual([])
  })

  it('62 X-Amz-Target twice names no operation', async () => {
    const answer = await harness().send({
      change: (raw) => [...raw, 'x-amz-target', `${targetPrefix}.DeleteHIT`],
    })
    expect([answer.status, answer.body]).toEqual([400, unknown])
  })

  it('57 any region', async () => {
    for (const region of ['us-east-1', 'eu-west-1', 'sandbox', 'local']) {
      expect((await harness().send({ region })).status).toBe(200)
    }
  })

  it('63 forty equal calls in one second are forty calls', async () => {
    const { send, calls } = harness()
    for (let number = 0; number < 40; number++) expect((await send({})).status).toBe(200)
    expect(calls).toHaveLength(40)
  })
})

describe('order of account, types and constraints [hits 11.6]', () => {
  const open = { ...exampleKey, accessKeyId: 'AKIDOPEN', requesterId: undefined }
  const unlinked = { ...exampleKey, accessKeyId: 'AKIDUNLINKED', linked: false }
  const suspended = { ...exampleKey, accessKeyId: 'AKIDSUSPENDED', suspended: true }
  it.each([
    ['a key without requester', 'AKIDOPEN', '{}', 'RequestError', 'AWS.AccountNotLinked'],
    ['an account that is not linked', 'AKIDUNLINKED', '{}', 'RequestError', 'AWS.AccountNotLinked'],
    ['a suspended account', 'AKIDSUSPENDED', '{}', 'RequestError', 'AWS.MechanicalTurk.PermissionDenied'],
    ['types come before the account', 'AKIDUNLINKED', '{"HITId":5}', 'SerializationException', undefined],
  ])('%s', async (_, accessKeyId, body, type, code) => {
    const { send, calls } = harness(undefined, {}, [open, unlinked, suspended])
    const answer = await send({ operation: 'GetHIT', body, accessKeyId })
    expect([answer.json?.['__type'], answer.json?.['TurkErrorCode']]).toEqual([type, code])
    expect(calls).toEqual([])
  })
})

describe('browsers [wire 1.6, cases 11, 12]', () => {
  const origin = { origin: 'http://a' }
  const preflight: Sent = {
    method: 'OPTIONS',
    body: '',
    unsigned: true,
    headers: {
      ...origin,
      'access-control-request-headers': 'authorization,x-amz-target',
      'access-control-request-method': 'POST',
    },
  }
  it.each([
    ['*' as const, '*'],
    [['http://b', 'http://a'], 'http://a'],
  ])('allowed by %j', async (corsOrigins, allowed) => {
    const { send } = harness(undefined, { corsOrigins })
    const asked = await send(preflight)
    expect([asked.status, asked.body]).toEqual([200, ''])
    expect(asked.headers).toMatchObject({
      'x-amzn-RequestId': requestId,
      'Content-Length': '0',
      'Access-Control-Allow-Origin': allowed,
      'Access-Control-Allow-Headers': 'authorization,x-amz-target',
      'Access-Control-Allow-Methods': 'POST',
      'Access-Control-Max-Age': '172800',
    })
    expect(asked.headers).not.toHaveProperty('Content-Type')
    for (const sent of [
      { headers: origin },
      { headers: origin, unsigned: true },
      { headers: origin, body: '{' },
    ]) {
      expect((await send(sent)).headers).toMatchObject({
        'Access-Control-Allow-Origin': allowed,
        'Access-Control-Expose-Headers': expect.stringMatching(/x-amzn-RequestId.*Date/),
      })
    }
    expect((await send({})).headers).not.toHaveProperty('Access-Control-Allow-Origin')
  })

  it.each<[string, Sent]>([
    ['a call', { headers: origin }],
    ['a preflight', preflight],
    ['an origin that is none', { headers: { origin: 'null' } }],
  ])('an origin that is not allowed is refused before anything runs: %s', async (_, sent) => {
    const { send, calls } = harness(undefined, { corsOrigins: ['http://b'] })
    const answer = await send(sent)
    expect([answer.status, answer.json?.['__type']]).toEqual([400, 'AccessDeniedException'])
    expect(answer.headers).not.toHaveProperty('Access-Control-Allow-Origin')
    expect(calls).toEqual([])
  })
})

describe('retries and injected faults [wire 3.7; design 7]', () => {
  const bonus = {
    operation: 'SendBonus',
    body: '{"WorkerId":"A1","AssignmentId":"3A","BonusAmount":"1","Reason":"r"}',
  }
  const id = { 'amz-sdk-invocation-id': '11111111-2222-4333-8444-555555555555' }

  it('names a repetition by key, operation, body and the id of the call', async () => {
    const { send, calls } = harness()
    await send({ ...bonus, headers: id })
    await send({ ...bonus, headers: id, time: now + 1000 })
    await send({ ...bonus, headers: id, body: bonus.body.replace('"r"', '"s"') })
    await send(bonus)
    await send({ operation: 'GetAccountBalance', headers: id })
    const keys = calls.map((call) => call.retry?.key)
    expect(keys[0]).toMatch(/^[0-9a-f]{64}$/)
    expect(keys[1]).toBe(keys[0])
    expect(keys[2]).not.toBe(keys[0])
    expect(keys.slice(3)).toEqual([undefined, undefined])
  })

  it('injects each fault once asked for', async () => {
    const faults = ['ServiceFault', 'ThrottlingException', 'drop after commit', undefined] as const
    let next = 0
    const { exchange, calls, events } = harness(undefined, { nextFault: () => faults[next++] })
    expect(await exchange({})).toMatchObject({ status: 500 })
    expect(await exchange({})).toMatchObject({
      status: 400,
      body: expect.stringContaining('ThrottlingException'),
    })
    expect(calls).toHaveLength(0)
    expect(await exchange({})).toEqual({ drop: true })
    expect(calls).toHaveLength(1)
    expect(events.at(-1)?.status).toBe('dropped')
    expect(await exchange({})).toMatchObject({ status: 200 })
  })

  it('asks for no fault before a call has passed every check', async () => {
    const asked: string[] = []
    const { send } = harness(undefined, { nextFault: (operation) => void asked.push(operation) as undefined })
    await send({ unsigned: true })
    await send({ operation: 'GetHIT' })
    expect(asked).toEqual([])
  })
})
