// The checks of a signature, in their order and with their texts [wire 4.3, 4.5].
import { describe, expect, it } from 'vitest'
import { exampleKey, signHeaders, type ToSign } from '../../test/conformance/sigv4-signers.ts'
import { fromISO } from '../clock.ts'
import { readHeaders } from './headers.ts'
import { createSigningKeys } from './signing-keys.ts'
import { createVerifier, type AccessKey, type VerifierOptions } from './sigv4.ts'

const now = fromISO('2026-01-01T12:00:00Z')!
const minute = 60_000
const wrong =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access ' +
  'Key and signing method. Consult the service documentation for details.'

function verify(
  given: Partial<ToSign>,
  change: (raw: string[]) => string[] = (raw) => raw,
  more: Partial<VerifierOptions> = {},
) {
  const verifier = createVerifier({
    findKey: (id) => (id === exampleKey.accessKeyId ? exampleKey : undefined),
    clock: { now: () => now },
    ...more,
  })
  const rawHeaders = change(signHeaders({ time: now, ...given }))
  return verifier.verify({
    method: 'POST',
    target: given.target ?? '/',
    headers: readHeaders(rawHeaders),
    body: Buffer.from(given.body ?? '{}'),
  })
}

/** Replaces, adds or (with undefined) removes a header after signing. */
const set = (name: string, value: string | undefined) => (raw: string[]) => {
  const kept: string[] = []
  for (let index = 0; index < raw.length; index += 2) {
    if (raw[index]!.toLowerCase() !== name) kept.push(raw[index]!, raw[index + 1]!)
  }
  return value === undefined ? kept : [...kept, name, value]
}
const authorization = (value: string) => set('authorization', value)
const scope = 'AKIDEXAMPLE/20260101/us-east-1/mturk-requester/aws4_request'
const signedNames = 'content-type;host;x-amz-date;x-amz-target'

describe('accepted', () => {
  it.each<[string, Partial<ToSign>]>([
    ['as boto3 signs', {}],
    ['4 minutes early', { time: now + 4 * minute }],
    ['4 minutes late', { time: now - 4 * minute }],
    ['exactly 5 minutes late', { time: now - 5 * minute }],
    ['region sandbox', { region: 'sandbox' }],
    ['UTF-8 in a signed header', { headers: { 'x-note': Buffer.from('é à').toString('latin1') } }],
    ['content type unsigned (JS v2)', { signedHeaders: ['host', 'x-amz-date', 'x-amz-target'] }],
    ['without spaces (PHP)', { layout: (algorithm, parameters) => `${algorithm} ${parameters.join(',')}` }],
    [
      'parameters reversed',
      { layout: (algorithm, parameters) => `${algorithm} ${parameters.reverse().join(' ')}` },
    ],
  ])('%s', async (_, given) => {
    expect(await verify(given)).toMatchObject({
      accessKey: { accessKeyId: 'AKIDEXAMPLE' },
      bodyHash: '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
    })
  })

  it('a signed Date header instead of X-Amz-Date [wire 1.2]', async () => {
    const date = { 'x-amz-date': '', date: 'Thu, 01 Jan 2026 12:00:00 GMT' }
    expect(await verify({ headers: date })).toMatchObject({ accessKey: exampleKey })
    expect(await verify({ headers: { ...date, date: 'yesterday' } })).toEqual({
      refused: 'IncompleteSignatureException',
      message:
        "Date must be in ISO-8601 'basic format'. Got 'yesterday'. See http://en.wikipedia.org/wiki/ISO_8601",
    })
  })

  it('a window of 15 minutes, when so configured, named in the text [wire 4.3]', async () => {
    const at = (minutes: number) => verify({ time: now - minutes * minute }, undefined, { windowMinutes: 15 })
    expect(await at(14)).toMatchObject({ accessKey: exampleKey })
    expect(await at(16)).toMatchObject({ message: expect.stringContaining('(20260101T120000Z - 15 min.)') })
  })
})

describe('refused, with the real texts in the real order [wire 3.4, 4.3]', () => {
  const cases: [string, string, string, Partial<ToSign>, ((raw: string[]) => string[])?][] = [
    [
      'no header',
      'MissingAuthenticationTokenException',
      'Missing Authentication Token',
      {},
      set('authorization', undefined),
    ],
    [
      'another scheme',
      'MissingAuthenticationTokenException',
      'Missing Authentication Token',
      {},
      authorization('Basic x'),
    ],
    [
      'credentials twice',
      'InvalidSignatureException',
      "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
      { target: '/?X-Amz-Algorithm=AWS4-HMAC-SHA256' },
    ],
    [
      'credentials in the query alone',
      'MissingAuthenticationTokenException',
      'Missing Authentication Token',
      { target: '/?X-Amz-Algorithm=AWS4-HMAC-SHA256' },
      set('authorization', undefined),
    ],
    [
      'incomplete, without a date',
      'IncompleteSignatureException',
      "Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. " +
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. " +
        'Authorization=AWS4-HMAC-SHA256 Credential=a',
      {},
      (raw) => authorization('AWS4-HMAC-SHA256 Credential=a')(set('x-amz-date', undefined)(raw)),
    ],
    [
      '1 date format',
      'IncompleteSignatureException',
      "Date must be in ISO-8601 'basic format'. Got '201'. See http://en.wikipedia.org/wiki/ISO_8601",
      {},
      set('x-amz-date', '201'),
    ],
    [
      '1 a day that no calendar has',
      'IncompleteSignatureException',
      "Date must be in ISO-8601 'basic format'. Got '20260230T000000Z'. See http://en.wikipedia.org/wiki/ISO_8601",
      {},
      set('x-amz-date', '20260230T000000Z'),
    ],
    [
      '2 too old',
      'InvalidSignatureException',
      'Signature expired: 20260101T115400Z is now earlier than 20260101T115500Z (20260101T120000Z - 5 min.)',
      { time: now - 6 * minute },
    ],
    [
      '3 too new',
      'InvalidSignatureException',
      'Signature not yet current: 20260101T120600Z is still later than 20260101T120500Z (20260101T120000Z + 5 min.)',
      { time: now + 6 * minute },
    ],
    [
      '4 host unsigned',
      'InvalidSignatureException',
      "'Host' must be a 'SignedHeader' in the AWS Authorization.",
      { signedHeaders: ['content-type', 'x-amz-date', 'x-amz-target'] },
    ],
    [
      '4 target unsigned',
      'InvalidSignatureException',
      "'X-Amz-Target' must be a 'SignedHeader' in the AWS Authorization.",
      { signedHeaders: ['host', 'x-amz-date'] },
    ],
    [
      '4 date unsigned',
      'InvalidSignatureException',
      "'X-Amz-Date' must be a 'SignedHeader' in the AWS Authorization.",
      { signedHeaders: ['host', 'x-amz-target'] },
    ],
    [
      '4 session token added after signing',
      'InvalidSignatureException',
      "'X-Amz-Security-Token' must be a 'SignedHeader' in the AWS Authorization.",
      {},
      set('x-amz-security-token', 'abc'),
    ],
    [
      '5 algorithm',
      'IncompleteSignatureException',
      "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256' (only AWS4-HMAC-SHA256 for now). ",
      { layout: (_, parameters) => `AWS4-ECDSA-P256-SHA256 ${parameters.join(', ')}` },
    ],
    [
      '6 credential parts',
      'IncompleteSignatureException',
      "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'a/b/c/d'",
      {},
      authorization(`AWS4-HMAC-SHA256 Credential=a/b/c/d, SignedHeaders=${signedNames}, Signature=e`),
    ],
    [
      '7 everything in the scope',
      'InvalidSignatureException',
      "Credential should be scoped to a valid region, not 'C'. " +
        "Credential should be scoped to correct service: 'mturk-requester'. " +
        "Credential should be scoped with a valid terminator: 'aws4_request', not 'e'. " +
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: 'b' != '20260101', from '20260101T120000Z'.",
      { date: 'b', region: 'C', service: 'dynamodb', terminator: 'e' },
    ],
    [
      '7 service alone',
      'InvalidSignatureException',
      "Credential should be scoped to correct service: 'mturk-requester'. ",
      { service: 'dynamodb' },
    ],
    [
      '8 unknown key',
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
      { accessKeyId: 'AKIDNOBODY' },
    ],
    [
      '8 junk as a key',
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
      { accessKeyId: 'my key/ö' },
    ],
    ['9 another secret', 'InvalidSignatureException', wrong, { secret: 'guess' }],
    [
      '9 another target after signing',
      'InvalidSignatureException',
      wrong,
      {},
      set('x-amz-target', 'MTurkRequesterServiceV20170117.DeleteHIT'),
    ],
    ['9 another host after signing', 'InvalidSignatureException', wrong, {}, set('host', '127.0.0.1:8081')],
    [
      '9 hash of another body',
      'InvalidSignatureException',
      wrong,
      { headers: { 'x-amz-content-sha256': 'a'.repeat(64) } },
    ],
    [
      '9 UNSIGNED-PAYLOAD [wire 4.4]',
      'InvalidSignatureException',
      wrong,
      { headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } },
    ],
    [
      '9 an upper-case signature',
      'InvalidSignatureException',
      wrong,
      { layout: (a, p) => `${a} ${p[0]}, ${p[1]}, ${p[2]!.replace(/=.*/, (hex) => hex.toUpperCase())}` },
    ],
    [
      '9 a short signature',
      'InvalidSignatureException',
      wrong,
      {},
      authorization(`AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=${signedNames}, Signature=00`),
    ],
    [
      '10 a token on a long-term key',
      'UnrecognizedClientException',
      'The security token included in the request is invalid',
      { headers: { 'x-amz-security-token': 'abc' } },
    ],
  ]
  it.each(cases)('%s', async (_, refused, message, given, change) => {
    expect(await verify(given, change)).toEqual({ refused, message })
  })

  it.each([
    'Authorization',
    'Host',
    'X-Amz-Date',
    'X-Amz-Target',
    'Content-Type',
    'X-Amz-Content-Sha256',
    'X-Amz-Security-Token',
  ])('a repeated %s [wire 4.1, case 62]', async (name) => {
    expect(await verify({}, (raw) => [...raw, name, 'a', name.toUpperCase(), 'a'])).toEqual({
      refused: 'InvalidSignatureException',
      message: `'${name}' must not be repeated.`,
    })
  })

  it('checks the date before the key [wire 4.3]', async () => {
    const outcome = await verify({ time: now - 6 * minute, accessKeyId: 'AKIDNOBODY', service: 'dynamodb' })
    expect(outcome).toMatchObject({ message: expect.stringMatching(/^Signature expired: /) })
  })

  it('an ASIA key without its session token [wire 4.5]', async () => {
    const temporary = { ...exampleKey, accessKeyId: 'ASIATEMPORARY' }
    const outcome = await verify({ accessKeyId: 'ASIATEMPORARY' }, undefined, { findKey: () => temporary })
    expect(outcome).toMatchObject({ refused: 'UnrecognizedClientException' })
  })

  it('never looks up text that no key id can be', async () => {
    const asked: string[] = []
    const findKey = (id: string) => void asked.push(id)
    await verify({ accessKeyId: "' or 1=1" }, undefined, { findKey: findKey as VerifierOptions['findKey'] })
    await verify({ accessKeyId: 'x'.repeat(129) }, undefined, {
      findKey: findKey as VerifierOptions['findKey'],
    })
    expect(asked).toEqual([])
  })
})

describe('derived keys [wire 4.5]', () => {
  it('a rotated secret refuses the old one at once', async () => {
    let current: AccessKey = exampleKey
    const verifier = createVerifier({ findKey: () => current, clock: { now: () => now } })
    const request = {
      method: 'POST',
      target: '/',
      headers: readHeaders(signHeaders({ time: now })),
      body: Buffer.from('{}'),
    }
    expect(await verifier.verify(request)).toMatchObject({ accessKey: exampleKey })
    current = { ...exampleKey, secret: 'another', secretVersion: '2' }
    expect(await verifier.verify(request)).toMatchObject({ refused: 'InvalidSignatureException' })
  })

  it('are bounded, however many keys and regions clients name', () => {
    const keys = createSigningKeys(3)
    for (let number = 0; number < 10; number++) {
      const secret = { accessKeyId: `K${number}`, secret: 's', secretVersion: '1' }
      const first = keys.derive(secret, '20260101', 'r0', 's')
      expect(keys.derive(secret, '20260101', 'r0', 's')).toBe(first)
      for (let region = 1; region < 6; region++) keys.derive(secret, '20260101', `r${region}`, 's')
      expect(keys.derive(secret, '20260101', 'r0', 's')).not.toBe(first)
    }
    expect(keys.size).toBe(3)
  })
})
