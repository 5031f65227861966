// Signature V4 as the server sees it: who signed this request? The checks run in the order of the real front end,
// because a client's author reads the first complaint and mends that one [wire 4.3].
import { createHmac, hash, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { server } from '../limits.ts'
import { parseAuthorization, parseCredential, type Authorization } from './authorization.ts'
import { basicFromDateHeader, formatBasic, parseBasic } from './basic-time.ts'
import { canonicalRequest, queryHas, splitTarget } from './canonical.ts'
import type { HeaderTable } from './headers.ts'
import { createSigningKeys } from './signing-keys.ts'

/** A key as the store knows it. `secretVersion` changes whenever the secret does. */
export interface AccessKey {
  readonly accessKeyId: string
  readonly secret: string
  readonly secretVersion: string
  readonly requesterId: string | undefined
  readonly suspended: boolean
  readonly linked: boolean
}

export type FindKey = (accessKeyId: string) => Promise<AccessKey | undefined> | AccessKey | undefined

/** A request as received; `target` is path and query, `headers` come from `readHeaders`. */
export interface SignedRequest {
  readonly method: string
  readonly target: string
  readonly headers: HeaderTable
  readonly body: Buffer
}

/** Who signed, and the hexadecimal SHA-256 of the body. */
export interface Signed {
  readonly accessKey: AccessKey
  readonly bodyHash: string
}

export type SignatureErrorType =
  | 'MissingAuthenticationTokenException'
  | 'IncompleteSignatureException'
  | 'InvalidSignatureException'
  | 'UnrecognizedClientException'
  | 'ExpiredTokenException'

/** Why a signature was not accepted, in AWS's words. */
export interface SignatureRefusal {
  readonly refused: SignatureErrorType
  readonly message: string
}

export interface VerifierOptions {
  readonly findKey: FindKey
  /** The wall clock: signatures never follow a turned market clock. */
  readonly clock: Clock
  /** The service that the scope must name; `mturk-requester` unless a test suite signs for another. */
  readonly service?: string
  /** Minutes that a client's clock may be wrong, either way [wire 4.3]. */
  readonly windowMinutes?: number
  /** Headers that must be signed beside the date and a session token [wire 4.5]. */
  readonly requiredHeaders?: readonly string[]
  /** Adds the canonical request to the answer to a wrong signature: a help to authors of clients. */
  readonly explain?: boolean
  /** Judges a session token that came with a rightly signed request; unset, no token is known. */
  readonly checkToken?: (accessKey: AccessKey, token: string) => 'valid' | 'unknown' | 'expired'
}

export interface Verifier {
  /** Finds out who signed `request`, or why nobody did. Never throws for bad input. */
  verify(request: SignedRequest): Promise<Signed | SignatureRefusal>
}

const algorithm = 'AWS4-HMAC-SHA256'
const accessKeyPattern = /^[\w-]{1,128}$/
const regionPattern = /^[a-z0-9-]{1,64}$/
const signaturePattern = /^[0-9a-f]{64}$/
const oneValueHeaders = [
  'authorization',
  'host',
  'x-amz-date',
  'x-amz-target',
  'content-type',
  'x-amz-content-sha256',
  'x-amz-security-token',
]

/** An unknown key is computed with this, so that the time of an answer does not tell which keys exist. */
const nobody: AccessKey = {
  accessKeyId: '',
  secret: 'a secret as long as those that AWS gave',
  secretVersion: '',
  requesterId: undefined,
  suspended: false,
  linked: false,
}

/** Whether `verify` refused. */
export function isRefusal(outcome: Signed | SignatureRefusal): outcome is SignatureRefusal {
  return 'refused' in outcome
}

/** Builds a verifier with its own cache of derived keys [wire 4]. */
export function createVerifier(options: VerifierOptions): Verifier {
  const service = options.service ?? 'mturk-requester'
  const windowMinutes = options.windowMinutes ?? 5
  const requiredHeaders = options.requiredHeaders ?? ['host', 'x-amz-target']
  const keys = createSigningKeys(server.derivedKeys)

  return {
    async verify(request) {
      const claim = readClaim(request)
      if ('refused' in claim) return claim
      const { authorization, dateHeader } = claim

      const time = checkDate(claim.dateText, dateHeader, options.clock.now(), windowMinutes)
      if (typeof time !== 'string') return time
      const unsigned = checkSignedHeaders(request.headers, authorization, dateHeader, requiredHeaders)
      if (unsigned !== undefined) return unsigned
      const scope = checkScope(authorization, service, time)
      if ('refused' in scope) return scope

      const known = accessKeyPattern.test(scope.accessKeyId)
        ? await options.findKey(scope.accessKeyId)
        : undefined
      const bodyHash = hash('sha256', request.body, 'hex')
      const canonical = canonicalRequest(
        { method: request.method, headers: request.headers, ...claim.target },
        authorization.signedHeaders,
        bodyHash,
      )
      const toSign = stringToSign(time, scope, canonical)
      const key = keys.derive(known ?? nobody, scope.date, scope.region, service)
      const isRight =
        isSignature(authorization.signature, createHmac('sha256', key).update(toSign).digest()) &&
        isBodyHash(request.headers.get('x-amz-content-sha256'), bodyHash)
      if (known === undefined) {
        return refuse('UnrecognizedClientException', 'The security token included in the request is invalid.')
      }
      if (!isRight) return wrongSignature(options.explain === true ? { canonical, toSign } : undefined)
      return (
        checkToken(known, request.headers.get('x-amz-security-token'), options.checkToken) ?? {
          accessKey: known,
          bodyHash,
        }
      )
    },
  }
}

interface Claim {
  readonly target: { path: string; query: string }
  readonly authorization: { [Name in keyof Authorization]-?: NonNullable<Authorization[Name]> }
  readonly dateHeader: 'x-amz-date' | 'date'
  readonly dateText: string
}

/** The credentials that a request carries, when they are of one kind and whole [wire 3.4, 4.5]. */
function readClaim(request: SignedRequest): Claim | SignatureRefusal {
  const { headers } = request
  const repeated = oneValueHeaders.find((name) => headers.isRepeated(name))
  if (repeated !== undefined) {
    return refuse('InvalidSignatureException', `'${spelled(repeated)}' must not be repeated.`)
  }
  const target = splitTarget(request.target)
  const header = headers.get('authorization')
  // Credentials in the query alone are not taken: no SDK sends them to this service.
  if (header === undefined) return missing()
  if (queryHas(target.query, 'X-Amz-Algorithm')) {
    return refuse(
      'InvalidSignatureException',
      "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
    )
  }
  const authorization = parseAuthorization(header)
  if (authorization === undefined) return missing()

  const dateHeader = headers.get('x-amz-date') ? 'x-amz-date' : 'date'
  const dateText = headers.get(dateHeader)
  const { credential, signature, signedHeaders } = authorization
  if (!credential || !signature || !signedHeaders || !dateText) {
    let message = ''
    if (!credential) message += "Authorization header requires 'Credential' parameter. "
    if (!signature) message += "Authorization header requires 'Signature' parameter. "
    if (!signedHeaders) message += "Authorization header requires 'SignedHeaders' parameter. "
    if (!dateText) {
      message += "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
    }
    return refuse('IncompleteSignatureException', `${message}Authorization=${header}`)
  }
  const whole = { algorithm: authorization.algorithm, credential, signature, signedHeaders }
  return { target, authorization: whole, dateHeader, dateText }
}

/** The request's time in basic format, when it is one and near enough to `now` (epoch milliseconds). */
function checkDate(
  text: string,
  header: Claim['dateHeader'],
  now: number,
  windowMinutes: number,
): string | SignatureRefusal {
  const basic = header === 'date' ? basicFromDateHeader(text) : text
  const time = basic === undefined ? undefined : parseBasic(basic)
  if (basic === undefined || time === undefined) {
    return refuse(
      'IncompleteSignatureException',
      `Date must be in ISO-8601 'basic format'. Got '${text}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    )
  }
  const window = windowMinutes * 60_000
  if (time < now - window) {
    return refuse(
      'InvalidSignatureException',
      `Signature expired: ${basic} is now earlier than ${formatBasic(now - window)} ` +
        `(${formatBasic(now)} - ${windowMinutes} min.)`,
    )
  }
  if (time > now + window) {
    return refuse(
      'InvalidSignatureException',
      `Signature not yet current: ${basic} is still later than ${formatBasic(now + window)} ` +
        `(${formatBasic(now)} + ${windowMinutes} min.)`,
    )
  }
  return basic
}

/** Refuses when a header that decides what a request means could be changed without breaking the signature. */
function checkSignedHeaders(
  headers: HeaderTable,
  authorization: Claim['authorization'],
  dateHeader: string,
  requiredHeaders: readonly string[],
): SignatureRefusal | undefined {
  const signed = authorization.signedHeaders.split(';')
  const demanded = [...requiredHeaders, dateHeader]
  if (headers.get('x-amz-security-token') !== undefined) demanded.push('x-amz-security-token')
  const absent = demanded.find((name) => !signed.includes(name))
  if (absent === undefined) return undefined
  return refuse(
    'InvalidSignatureException',
    `'${spelled(absent)}' must be a 'SignedHeader' in the AWS Authorization.`,
  )
}

/** The credential's parts, when algorithm, number of parts, region, service, terminator and day are right. */
function checkScope(authorization: Claim['authorization'], service: string, time: string) {
  if (authorization.algorithm !== algorithm) {
    return refuse(
      'IncompleteSignatureException',
      `Unsupported AWS 'algorithm': '${authorization.algorithm}' (only ${algorithm} for now). `,
    )
  }
  const scope = parseCredential(authorization.credential)
  if (scope === undefined) {
    return refuse(
      'IncompleteSignatureException',
      'Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, ' +
        `got '${authorization.credential}'`,
    )
  }
  let wrong = ''
  if (!regionPattern.test(scope.region)) {
    wrong += `Credential should be scoped to a valid region, not '${scope.region}'. `
  }
  if (scope.service !== service) wrong += `Credential should be scoped to correct service: '${service}'. `
  if (scope.terminator !== 'aws4_request') {
    wrong += `Credential should be scoped with a valid terminator: 'aws4_request', not '${scope.terminator}'. `
  }
  const day = time.slice(0, 8)
  if (scope.date !== day) {
    wrong +=
      'Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: ' +
      `'${scope.date}' != '${day}', from '${time}'.`
  }
  return wrong === '' ? scope : refuse('InvalidSignatureException', wrong)
}

function stringToSign(
  time: string,
  scope: { date: string; region: string; service: string },
  canonical: string,
): string {
  const digest = hash('sha256', Buffer.from(canonical, 'latin1'), 'hex')
  return `${algorithm}\n${time}\n${scope.date}/${scope.region}/${scope.service}/aws4_request\n${digest}`
}

function isSignature(text: string, expected: Buffer): boolean {
  return signaturePattern.test(text) && timingSafeEqual(Buffer.from(text, 'hex'), expected)
}

/** The header is optional; `UNSIGNED-PAYLOAD` and the streaming forms are not a hash of this body [wire 4.4]. */
function isBodyHash(claimed: string | undefined, bodyHash: string): boolean {
  return claimed === undefined || claimed.toLowerCase() === bodyHash
}

function wrongSignature(explanation: { canonical: string; toSign: string } | undefined): SignatureRefusal {
  let message =
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret ' +
    'Access Key and signing method. Consult the service documentation for details.'
  if (explanation !== undefined) {
    message +=
      `\n\nThe Canonical String for this request should have been\n'${explanation.canonical}'` +
      `\n\nThe String-to-Sign should have been\n'${explanation.toSign}'\n`
  }
  return refuse('InvalidSignatureException', message)
}

/** Temporary credentials carry a token, long-term ones none [wire 4.5]. */
function checkToken(
  accessKey: AccessKey,
  token: string | undefined,
  judge: VerifierOptions['checkToken'],
): SignatureRefusal | undefined {
  if (token === undefined && !accessKey.accessKeyId.startsWith('ASIA')) return undefined
  const verdict = token === undefined ? 'unknown' : (judge?.(accessKey, token) ?? 'unknown')
  if (verdict === 'valid') return undefined
  return verdict === 'expired'
    ? refuse('ExpiredTokenException', 'The security token included in the request is expired')
    : refuse('UnrecognizedClientException', 'The security token included in the request is invalid')
}

function missing(): SignatureRefusal {
  return refuse('MissingAuthenticationTokenException', 'Missing Authentication Token')
}

function refuse(refused: SignatureErrorType, message: string): SignatureRefusal {
  return { refused, message }
}

/** `x-amz-date` as `X-Amz-Date`. */
function spelled(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (letters) => letters.toUpperCase())
}
