// Known signatures: the public test suite of Signature V4, and the nine vectors of this service [wire 4.7].
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fromISO } from '../../src/clock.ts'
import { readHeaders } from '../../src/wire/headers.ts'
import { createVerifier, type AccessKey } from '../../src/wire/sigv4.ts'
import suite from './sigv4-suite.json' with { type: 'json' }

const accessKey: AccessKey = {
  accessKeyId: suite.accessKeyId,
  secret: suite.secret,
  secretVersion: '1',
  requesterId: 'A1',
  suspended: false,
  linked: true,
}
const findKey = (id: string) => (id === accessKey.accessKeyId ? accessKey : undefined)

describe('the public Signature V4 suite verifies [wire 4.7]', () => {
  const verifier = createVerifier({
    findKey,
    clock: { now: () => fromISO(suite.now)! },
    service: suite.service,
    requiredHeaders: ['host'],
    explain: true,
    checkToken: () => 'valid',
  })

  function request(given: (typeof suite.cases)[number], signature: string) {
    const scope = `${suite.accessKeyId}/${suite.date}/${suite.region}/${suite.service}/aws4_request`
    const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=${given.signedHeaders}, Signature=${signature}`
    return {
      method: given.method,
      target: given.target,
      headers: readHeaders([...given.headers, 'Authorization', authorization]),
      body: Buffer.from(given.body, 'latin1'),
    }
  }

  it.each(suite.cases)('$name', async (given) => {
    expect(await verifier.verify(request(given, given.signature))).toMatchObject({ accessKey })
    const flipped = given.signature.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))
    expect(await verifier.verify(request(given, flipped))).toMatchObject({
      refused: 'InvalidSignatureException',
    })
  })

  it('refuses a session token that is not signed (post-sts-header-after) [wire 4.5]', async () => {
    const vanilla = suite.cases.find((given) => given.name === 'post-vanilla')!
    const withToken = { ...vanilla, headers: [...vanilla.headers, 'X-Amz-Security-Token', 'abc'] }
    expect(await verifier.verify(request(withToken, vanilla.signature))).toEqual({
      refused: 'InvalidSignatureException',
      message: "'X-Amz-Security-Token' must be a 'SignedHeader' in the AWS Authorization.",
    })
  })
})

const plain = 'content-type;host;x-amz-date;x-amz-target'
const getHIT = '{"HITId":"3ABC"}'
const hitType = '{"Title":"café 😀","Description":"d","Reward":"0.10","AssignmentDurationInSeconds":60}'

interface Vector {
  id: string
  operation?: string
  body?: string
  target?: string
  host?: string
  region?: string
  extra?: string[]
  signedHeaders?: string
  signature: string
}

const vectors: Vector[] = [
  { id: 'V1', signature: '3cac64d6c4815a4a4d18e5ce2396ca580f9a06d8d2bc22c33a2f189bb6de14d1' },
  {
    id: 'V2',
    operation: 'GetHIT',
    body: getHIT,
    extra: [
      'amz-sdk-invocation-id',
      '11111111-2222-4333-8444-555555555555',
      'amz-sdk-request',
      'attempt=1; max=3',
      'x-amz-content-sha256',
      createHash('sha256').update(getHIT).digest('hex'),
    ],
    signedHeaders:
      'amz-sdk-invocation-id;amz-sdk-request;content-type;host;x-amz-content-sha256;x-amz-date;x-amz-target',
    signature: '7974e6267d5d9f47240f42b13fbdb444196c6fb51f2bdefae319729c832375b5',
  },
  {
    id: 'V3',
    extra: ['x-amz-security-token', 'FwoGZXIvYXdzEXAMPLE//=='],
    signedHeaders: 'content-type;host;x-amz-date;x-amz-security-token;x-amz-target',
    signature: '082939e651594096ed807812f7ec3ceef75fdf54cdb6779eb44c34190600fc31',
  },
  {
    id: 'V4',
    operation: 'CreateHITType',
    body: hitType,
    signature: '57ddbf55c538025daede00cb50d002c5169150aa1b856a97edff468d7348dd18',
  },
  { id: 'V5', body: '', signature: '79add24a68e647c4ab373b4542b0557cb81d63ccd1ec6eb74ef9c106ff4c3e19' },
  {
    id: 'V6',
    target: '/base/?b=2&a=%20x&a=1',
    signature: 'aa947a6771fdad0da9402076cee6e593f3737e1f6261b7d922f18d0f7cea0ded',
  },
  {
    id: 'V7',
    host: 'mturk.example.org',
    signature: '05908db01d0fc5fbc7eb703ff0a9975e763bf986f36fc20ba607ac278bae5650',
  },
  {
    id: 'V8',
    extra: ['x-amz-meta-note', '   a   b  '],
    signedHeaders: 'content-type;host;x-amz-date;x-amz-meta-note;x-amz-target',
    signature: '9c6c57e684f2a3784c92d64d58aca9d37d586ebe69b0058e395e90f0a2cb6d12',
  },
  {
    id: 'V9',
    region: 'sandbox',
    signature: '3678da2b1e25cc8c58036a17e34d50768f98ffc589f8296bd12bc7b98da6e303',
  },
]

describe('the vectors of this service verify [wire 4.7, case 49]', () => {
  const clock = { now: () => fromISO('2026-01-01T00:00:00Z')! }
  const request = (vector: Vector) => ({
    method: 'POST',
    target: vector.target ?? '/',
    headers: readHeaders([
      'Host',
      vector.host ?? '127.0.0.1:8080',
      'Content-Type',
      'application/x-amz-json-1.1',
      'X-Amz-Date',
      '20260101T000000Z',
      'X-Amz-Target',
      `MTurkRequesterServiceV20170117.${vector.operation ?? 'GetAccountBalance'}`,
      ...(vector.extra ?? []),
      'Authorization',
      `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/${vector.region ?? 'us-east-1'}/mturk-requester/aws4_request, ` +
        `SignedHeaders=${vector.signedHeaders ?? plain}, Signature=${vector.signature}`,
    ]),
    body: Buffer.from(vector.body ?? '{}'),
  })

  it.each(vectors)('$id', async (vector) => {
    const verifier = createVerifier({ findKey, clock, checkToken: () => 'valid' })
    expect(await verifier.verify(request(vector))).toMatchObject({ accessKey })
  })

  it('explains V1 by the canonical request whose digest is known', async () => {
    const verifier = createVerifier({ findKey, clock, explain: true })
    const outcome = await verifier.verify(request({ ...vectors[0]!, signature: '0'.repeat(64) }))
    const canonical = /should have been\n'([^']*)'\n\nThe String-to-Sign/.exec(
      'message' in outcome ? outcome.message : '',
    )![1]!
    expect(createHash('sha256').update(canonical).digest('hex')).toBe(
      'd72a67eb416f480568311318901e7e8c14e00802c3c2e5b9def7477a8227e856',
    )
  })

  it('knows no session token unless told so [wire 4.5, case 60]', async () => {
    const judge = (verdict?: 'unknown' | 'expired') =>
      createVerifier({ findKey, clock, ...(verdict && { checkToken: () => verdict }) }).verify(
        request(vectors[2]!),
      )
    const unknown = {
      refused: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid',
    }
    expect(await judge()).toEqual(unknown)
    expect(await judge('unknown')).toEqual(unknown)
    expect(await judge('expired')).toEqual({
      refused: 'ExpiredTokenException',
      message: 'The security token included in the request is expired',
    })
  })
})
