// Signs requests for tests with plain node:crypto, sharing no code with the verifier, and with every choice open:
// which headers are signed, in which scope, how the header is laid out.
import { createHash, createHmac } from 'node:crypto'
import { formatBasic } from '../../src/wire/basic-time.ts'

export const exampleKey = {
  accessKeyId: 'AKIDEXAMPLE',
  secret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  secretVersion: '1',
  requesterId: 'A1REQUESTER',
  suspended: false,
  linked: true,
}

export const targetPrefix = 'MTurkRequesterServiceV20170117'

export interface ToSign {
  operation?: string
  body?: string
  time: number
  method?: string
  target?: string
  headers?: Record<string, string>
  accessKeyId?: string
  secret?: string
  date?: string
  region?: string
  service?: string
  terminator?: string
  signedHeaders?: string[]
  layout?: (algorithm: string, parameters: string[]) => string
}

/** The raw headers of a signed POST of AWS JSON 1.1; a header given as `''` is left out. */
export function signHeaders(given: ToSign): string[] {
  const basic = formatBasic(given.time)
  const headers: Record<string, string> = {
    host: '127.0.0.1:8080',
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-date': basic,
    'x-amz-target': `${targetPrefix}.${given.operation ?? 'GetAccountBalance'}`,
    ...given.headers,
  }
  for (const [name, value] of Object.entries(headers)) if (value === '') delete headers[name]
  const names = given.signedHeaders ?? Object.keys(headers).sort()
  const { date = basic.slice(0, 8), region = 'us-east-1', service = 'mturk-requester' } = given
  const { terminator = 'aws4_request' } = given
  const canonical = [
    given.method ?? 'POST',
    given.target ?? '/',
    '',
    ...names.map((name) => `${name}:${headers[name] ?? ''}`),
    '',
    names.join(';'),
    createHash('sha256')
      .update(given.body ?? '{}')
      .digest('hex'),
  ].join('\n')
  const scope = `${date}/${region}/${service}/${terminator}`
  const digest = createHash('sha256').update(canonical, 'latin1').digest('hex')
  const toSign = `AWS4-HMAC-SHA256\n${basic}\n${scope}\n${digest}`
  const key = [date, region, service, terminator].reduce<string | Buffer>(
    (secret, text) => createHmac('sha256', secret).update(text).digest(),
    `AWS4${given.secret ?? exampleKey.secret}`,
  )
  const signature = createHmac('sha256', key).update(toSign).digest('hex')
  const layout = given.layout ?? ((algorithm, parameters) => `${algorithm} ${parameters.join(', ')}`)
  const authorization = layout('AWS4-HMAC-SHA256', [
    `Credential=${given.accessKeyId ?? exampleKey.accessKeyId}/${scope}`,
    `SignedHeaders=${names.join(';')}`,
    `Signature=${signature}`,
  ])
  return [...Object.entries(headers).flat(), 'Authorization', authorization]
}
