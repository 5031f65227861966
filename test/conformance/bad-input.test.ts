// Bad requests to every operation that is built, over HTTP, on both databases: each gets the front end's or the
// operation's own error, none a 500, and the database holds what it held before [wire 1.3, 3.4, 4.3, hits 11].
import { describe, expect, test } from 'vitest'
import { wallClock } from '../../src/clock.ts'
import { server as limits } from '../../src/limits.ts'
import type { OperationName } from '../../src/model/operations.ts'
import { requesterOperations } from '../../src/operations/requester/index.ts'
import { rawCall, type RawAnswer } from '../support/raw-call.ts'
import { makeWorld, onBothWireServers, type WireServer, type World } from '../support/wire-server.ts'
import { changed, label, placesOf, type Path, type Place } from './model-description.ts'
import { targetPrefix, type ToSign } from './sigv4-signers.ts'

const built = Object.keys(requesterOperations) as (keyof typeof requesterOperations)[]

/** One bad request: its body, what else is changed, and what it must get: `type`, or `type: part of the text`. */
interface Bad {
  name: string
  body: string | Buffer
  more?: Partial<ToSign>
  /** Signs with the key of another requester. */
  stranger?: boolean
  expected: string | readonly string[]
}

const unreadable = 'SerializationException'
const wrongValue = 'ParameterValidationError'
const broken = 'ValidationException'

/** What no front end can read: the same whatever the operation [wire 1.3, cases 21, 22]. */
function unreadableBodies(right: string): Bad[] {
  const inside = right.slice(1)
  const comma = inside === '}' ? '' : ','
  const nested = (levels: number) =>
    `{"Unknown":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}${comma}${inside}`
  const withMember = (member: string) => `{${member}${comma}${inside}`
  const bytes = (...unreadableBytes: number[]) =>
    Buffer.concat([
      Buffer.from('{"Unknown":"'),
      Buffer.from(unreadableBytes),
      Buffer.from(`"${comma}${inside}`),
    ])
  return Object.entries({
    'cut off': right.slice(0, -1),
    'two values': `${right}${right}`,
    'a list': `[${right}]`,
    null: 'null',
    'a string': JSON.stringify(right),
    '65 levels': nested(65),
    '100,000 levels': nested(100_000),
    'brackets without end': '['.repeat(100_000),
    NaN: withMember('"Unknown":NaN'),
    Infinity: withMember('"Unknown":-Infinity'),
    'a leading zero': withMember('"Unknown":01'),
    'a leading plus': withMember('"Unknown":+1'),
    'a hexadecimal number': withMember('"Unknown":0x10'),
    'single quotes': withMember(`'Unknown':1`),
    'a name without quotes': withMember('Unknown:1'),
    'a comment': `/* */${right}`,
    'a comma at the end': `${right.slice(0, -1)},}`,
    'a raw NUL in a text': withMember('"Unknown":"a\0b"'),
    'a raw line feed in a text': withMember('"Unknown":"a\nb"'),
    'NUL after the end': `${right}\0`,
    'a byte order mark': `\ufeff${right}`,
    'half a surrogate pair': withMember('"Unknown":"\\ud800"'),
    'half a surrogate pair in a name': withMember('"\\udc00":1'),
    'bytes that are not UTF-8': bytes(0xff, 0xfe),
    'an overlong NUL': bytes(0xc0, 0x80),
    'a surrogate in UTF-8': bytes(0xed, 0xa0, 0x80),
    'UTF-16': Buffer.from(right, 'utf16le'),
  }).map(([name, body]) => ({ name, body, expected: unreadable }))
}

const minute = 60_000

/** Who calls, and what for: a right body all the same [wire 3.4, 4.3]. */
function wrongCallers(body: string, { lab, stranger }: World): Bad[] {
  const target = (name: string) => ({ headers: { 'x-amz-target': name } })
  const unsigned: ToSign['layout'] = () => 'Basic QUtJREVYQU1QTEU6c2VjcmV0'
  const now = wallClock.now()
  const changes: [string, Partial<ToSign>, string][] = [
    ['no operation', target(`${targetPrefix}.Nope`), 'UnknownOperationException'],
    ['no service', target('DynamoDB_20120810.GetHIT'), 'UnknownOperationException'],
    ['no target', target(''), 'UnknownOperationException'],
    ['no signature of AWS', { layout: unsigned }, 'MissingAuthenticationTokenException'],
    ['a signature without parts', { layout: (name) => name }, 'IncompleteSignatureException'],
    ['a secret that is not his', { secret: 'not the secret' }, 'InvalidSignatureException'],
    [
      'the key of another requester, signed with his own secret',
      { accessKeyId: stranger.key.accessKeyId, secret: lab.key.secretAccessKey },
      'InvalidSignatureException',
    ],
    ['an unknown key', { accessKeyId: 'AKIDNOBODY' }, 'UnrecognizedClientException'],
    ['a key of control characters', { accessKeyId: 'AK\tID' }, 'UnrecognizedClientException'],
    ['a date long ago', { time: now - 6 * minute }, 'InvalidSignatureException: Signature expired: '],
    ['a date to come', { time: now + 6 * minute }, 'InvalidSignatureException: Signature not yet current: '],
    ['a date of year 9999', { time: 253_402_300_799_000 }, 'InvalidSignatureException: Signature not yet '],
    ['a date before all', { time: 0 }, 'InvalidSignatureException: Signature expired: '],
    ['another service', { service: 'sts' }, 'InvalidSignatureException: Credential should be scoped'],
    ['an unsigned target', { signedHeaders: ['host', 'x-amz-date'] }, 'InvalidSignatureException'],
    ['a session token', { headers: { 'x-amz-security-token': 'x' } }, 'UnrecognizedClientException'],
  ]
  return changes.map(([name, more, expected]) => ({ name, body, more, expected }))
}

const has = (input: unknown, path: Path) =>
  path.reduce((at, key) => (at as Record<string, unknown> | undefined)?.[key], input) !== undefined

/** Texts that may be empty; every other text is refused when it is [client W22, hits 4.1]. */
const mayBeEmpty = new Set([
  'RequesterFeedback',
  'Reason',
  'Keywords',
  'RequesterAnnotation',
  'Query',
  'Subject',
  'MessageText',
])

/** Each member that the right input has, with values that it must not have. */
function wrongMembers(operation: OperationName, input: Record<string, unknown>): Bad[] {
  return placesOf(operation)
    .filter(({ path }) => has(input, path))
    .flatMap((place) => [...mistyped(place, input), ...wrongTexts(place, input)])
}

function mistyped({ path, shape, required }: Place, input: Record<string, unknown>): Bad[] {
  const as = (json: string): string => JSON.stringify(changed(input, path, '@@')).replace('"@@"', () => json)
  const values: Record<string, string[]> = {
    string: ['5', 'true', '{}', '[]', '1e999'],
    integer: ['"5"', '1.5', '1e999', '9'.repeat(400), '{}', 'false'],
    long: ['"5"', '1.5', '-1e999', '9'.repeat(400), '[]'],
    boolean: ['"true"', '1', '{}'],
    timestamp: ['"2030-01-01T00:00:00Z"', 'true', '{}', '[]'],
    list: ['"x"', '5', '{}', '[null]', '{"length":100000}'],
    structure: ['"x"', '5', '[]'],
  }
  const bad: Bad[] = values[shape.type]!.map((json) => ({
    name: `${label(path)} is ${json.slice(0, 20)}`,
    body: as(json),
    expected: unreadable,
  }))
  if (required) bad.push({ name: `${label(path)} is null`, body: as('null'), expected: broken })
  return bad
}

function wrongTexts({ path, shape }: Place, input: Record<string, unknown>): Bad[] {
  if (shape.type !== 'string') return []
  // The model refuses what it bounds; the operation refuses the rest by itself.
  const isBound = shape.pattern !== undefined || shape.enum !== undefined || shape.max === 2
  const refused = isBound ? [broken] : [wrongValue, 'RequestError']
  const controls = ['\u0000', '\u0001', '\u0008', '\u000b', '\u001f', 'a\u0000', '\u0000b', 'a\u001bb']
  const values: [string, string, readonly string[]][] = [
    ...controls.map((text): [string, string, readonly string[]] => [JSON.stringify(text), text, refused]),
    ['of 100,000 characters', 'x'.repeat(100_000), [...refused, broken]],
    ['of 30,000 emoji', '🐦'.repeat(30_000), [...refused, broken]],
  ]
  if (!mayBeEmpty.has(String(path.at(-1)))) values.push(['empty', '', [...refused, broken]])
  return values.map(([name, text, expected]) => ({
    name: `${label(path)} is ${name}`,
    body: JSON.stringify(changed(input, path, text)),
    // Two characters are as long as a country's name.
    expected: shape.max === 2 ? [wrongValue, broken] : expected,
  }))
}

/** What the objects of another requester answer; not here are the operations that name none. */
const strangers: Partial<Record<OperationName, string>> = {
  ...Object.fromEntries(
    [
      'AcceptQualificationRequest',
      'ApproveAssignment',
      'AssociateQualificationWithWorker',
      'CreateAdditionalAssignmentsForHIT',
      'DeleteHIT',
      'DeleteQualificationType',
      'DisassociateQualificationFromWorker',
      'GetAssignment',
      'GetFileUploadURL',
      'GetHIT',
      'ListAssignmentsForHIT',
      'ListBonusPayments',
      'ListQualificationRequests',
      'ListWorkersWithQualificationType',
      'RejectAssignment',
      'RejectQualificationRequest',
      'SendBonus',
      'UpdateExpirationForHIT',
      'UpdateHITReviewStatus',
      'UpdateQualificationType',
    ].map((name) => [name, 'RequestError: This user is not authorized']),
  ),
  GetQualificationScore: 'RequestError: You requested a Qualification that does not exist.',
  CreateHITWithHITType: 'ParameterValidationError: is not valid for the parameter HITTypeId',
  // The value of a parameter is judged before the HIT is looked for [hits 11.6].
  UpdateHITTypeOfHIT: 'ParameterValidationError: is not valid for the parameter HITTypeId',
}

/** What came of a bad request, in the words of `expected`. */
function outcome({ status, json, text }: RawAnswer, expected: Bad['expected']): string {
  const message = String(json.message ?? json.Message ?? '')
  const allowed = typeof expected === 'string' ? [expected] : expected
  const isRight = allowed.some((one) => {
    const [type, part] = one.split(/: (.*)/)
    return json.__type === type && message.includes(part ?? '')
  })
  const isClean = status === (json.__type === 'RequestEntityTooLargeException' ? 413 : 400)
  return isRight && isClean ? 'refused' : `${status} ${text.slice(0, 300)}`
}

async function tryAll(
  server: WireServer,
  world: World,
  operation: OperationName,
  bad: readonly Bad[],
): Promise<void> {
  const before = await server.contents()
  const found: Record<string, string> = {}
  for (const { name, body, more, stranger, expected } of bad) {
    const { key } = stranger ? world.stranger : world.lab
    const answer = await rawCall(server.address, key, operation, body as string, more)
    found[name] = outcome(answer, expected)
  }
  expect(found).toEqual(Object.fromEntries(bad.map(({ name }) => [name, 'refused'])))
  expect(await server.contents()).toEqual(before)
  expect((await server.journey.control('ledger')).body.sum).toBe('0.00')
}

onBothWireServers('bad input', (server) => {
  describe.each(built)('%s', (operation) => {
    test('is refused and changes nothing; the right call is carried out', async () => {
      const world = await makeWorld(server().journey)
      const input = world.inputs[operation]!
      const right = JSON.stringify(input)
      const tooLarge = right.slice(0, -1).padEnd(limits.apiBodyBytes) + '}'
      const foreign = strangers[operation]
      await tryAll(server(), world, operation, [
        ...unreadableBodies(right),
        ...wrongCallers(right, world),
        ...wrongMembers(operation, input),
        { name: 'one byte too many', body: tooLarge, expected: 'RequestEntityTooLargeException' },
        ...(foreign === undefined
          ? []
          : [{ name: 'a stranger', body: right, stranger: true, expected: foreign }]),
      ])
      // All this would prove little if the call itself were wrong.
      const answer = await rawCall(server().address, world.lab.key, operation, right)
      expect([answer.status, answer.json.__type]).toEqual([200, undefined])
    })
  })
})
