// Requests signed by AWS's own library, by aws4 and by botocore must verify; a change in any of them must not
// [wire 4.6, case 50].
import { spawnSync } from 'node:child_process'
import { createHash, createHmac } from 'node:crypto'
import { SignatureV4 } from '@smithy/signature-v4'
import aws4 from 'aws4'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wallClock } from '../../src/clock.ts'
import { readHeaders } from '../../src/wire/headers.ts'
import { createVerifier, isRefusal } from '../../src/wire/sigv4.ts'
import { exampleKey, targetPrefix } from './sigv4-signers.ts'

interface Given {
  target: string
  host: string
  region: string
  body: string
  note: string
}

const verifier = createVerifier({ findKey: () => exampleKey, clock: wallClock, explain: true })
const credentials = { accessKeyId: exampleKey.accessKeyId, secretAccessKey: exampleKey.secret }

/** Header values that every client sends the same way: no control characters, and not blank at the ends. */
const note = fc.stringMatching(/^[!-~]{1,8}( {0,3}[!-~]{1,8}){0,3}$/)
const segment = fc.stringMatching(/^[A-Za-z0-9._~-]{1,6}$/).filter((text) => !/^\.+$/.test(text))
const given: fc.Arbitrary<Given> = fc.record({
  target: fc.array(segment, { maxLength: 3 }).map((parts) => `/${parts.join('/')}`),
  host: fc.constantFrom('127.0.0.1:8080', 'mturk-requester.us-east-1.amazonaws.com', 'mturk.example.org'),
  region: fc.constantFrom('us-east-1', 'eu-west-1', 'sandbox', 'local'),
  body: fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.constant('')),
  note,
})

function headersOf({ note }: Given): Record<string, string> {
  return {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `${targetPrefix}.GetAccountBalance`,
    'x-amz-meta-note': note,
  }
}

async function verify(given: Given, rawHeaders: string[], body = given.body) {
  const headers = readHeaders(rawHeaders)
  return verifier.verify({ method: 'POST', target: given.target, headers, body: Buffer.from(body) })
}

async function expectRight(given: Given, rawHeaders: string[]) {
  expect(await verify(given, rawHeaders)).toMatchObject({ accessKey: exampleKey })
  const noteAt = rawHeaders.findIndex((name) => name.toLowerCase() === 'x-amz-meta-note') + 1
  expect(isRefusal(await verify(given, rawHeaders.with(noteAt, `${given.note}x`)))).toBe(true)
  expect(isRefusal(await verify(given, rawHeaders, `${given.body} `))).toBe(true)
}

class NodeSha256 {
  private readonly hasher
  constructor(secret?: string | Buffer | Uint8Array) {
    this.hasher = secret === undefined ? createHash('sha256') : createHmac('sha256', secret)
  }
  update(data: string | Uint8Array) {
    this.hasher.update(data)
  }
  digest() {
    return Promise.resolve(new Uint8Array(this.hasher.digest()))
  }
}

describe('what other libraries sign verifies [wire 4.6]', () => {
  it('@smithy/signature-v4', async () => {
    await fc.assert(
      fc.asyncProperty(given, async (one) => {
        const signer = new SignatureV4({
          service: 'mturk-requester',
          region: one.region,
          credentials,
          sha256: NodeSha256 as never,
        })
        const request = {
          method: 'POST',
          protocol: 'http:',
          hostname: one.host,
          path: one.target,
          query: {},
          headers: { ...headersOf(one), host: one.host },
          body: one.body,
        }
        const signed = (await signer.sign(request as never)) as unknown as { headers: Record<string, string> }
        await expectRight(one, Object.entries(signed.headers).flat())
      }),
      { numRuns: 100 },
    )
  })

  it('aws4', async () => {
    await fc.assert(
      fc.asyncProperty(given, async (one) => {
        const signed = aws4.sign(
          {
            service: 'mturk-requester',
            region: one.region,
            method: 'POST',
            path: one.target,
            headers: { ...headersOf(one), Host: one.host },
            body: one.body,
          },
          credentials,
        )
        await expectRight(
          one,
          Object.entries(signed.headers).flatMap(([name, value]) => [name, String(value)]),
        )
      }),
      { numRuns: 100 },
    )
  })

  it('botocore, where Python has it', async ({ skip }) => {
    if (spawnSync('python3', ['-c', 'import botocore']).status !== 0)
      return skip('python3 has no botocore here')
    const sample = fc.sample(given, 50)
    const input = sample.map((one) => ({
      ...one,
      headers: headersOf(one),
      accessKeyId: exampleKey.accessKeyId,
      secret: exampleKey.secret,
    }))
    const script = new URL('sigv4-botocore.py', import.meta.url).pathname
    const run = spawnSync('python3', [script], { input: JSON.stringify(input), encoding: 'utf8' })
    expect(run.stderr).toBe('')
    const answers = JSON.parse(run.stdout) as [string, string][][]
    for (const [index, one] of sample.entries()) await expectRight(one, answers[index]!.flat())
  }, 30_000)
})
