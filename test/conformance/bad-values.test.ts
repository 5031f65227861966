// Values that are well formed and still too much: amounts, products, moments, lists, tokens, and the same call many
// times at once. Over HTTP, on both databases: AWS's own refusals, never a 500, and nothing is changed by a refusal.
import { describe, expect, test } from 'vitest'
import type { OperationName } from '../../src/model/operations.ts'
import { rawCall, type RawAnswer } from '../support/raw-call.ts'
import { makeWorld, onBothWireServers, type WireServer, type World } from '../support/wire-server.ts'

/** Sends a body as it stands; the answer without the stamp of its text. */
async function send(
  server: WireServer,
  { lab }: World,
  operation: OperationName,
  body: string,
): Promise<RawAnswer> {
  return rawCall(server.address, lab.key, operation, body)
}

const shown = ({ status, json }: RawAnswer) =>
  `${status} ${String(json.__type)} ${String(json.TurkErrorCode ?? '')}: ` +
  String(json.Message ?? json.message ?? '').replace(/ \(\d+( s)?\)$/, '')

/** Sends a call that must be refused in these words, and proves that it changed nothing. */
async function refused(
  server: WireServer,
  world: World,
  operation: OperationName,
  body: string,
  expected: string,
): Promise<void> {
  const before = await server.contents()
  expect(shown(await send(server, world, operation, body))).toBe(expected)
  expect(await server.contents()).toEqual(before)
  expect((await server.journey.control('ledger')).body.sum).toBe('0.00')
}

const value = (parameter: string, text: string) =>
  `400 ParameterValidationError AWS.MechanicalTurk.InvalidParameterValue: ` +
  `The value "${text}" is not valid for the parameter ${parameter}.`
const range = (parameter: string, number: number | string, minimum: number, maximum: number) =>
  `400 ParameterValidationError AWS.ParameterOutOfRange: ` +
  `The value ${number} is invalid for ${parameter}. Valid values range from ${minimum} to ${maximum}.`
const noFunds =
  '400 RequestError AWS.MechanicalTurk.InsufficientFunds: ' +
  'This Requester has insufficient funds in their account to complete this transaction.'

const fortyDigits = '9'.repeat(40)
/** The greatest amount that there is: 2^53 - 1 cents. */
const greatest = '90071992547409.91'

/** The input of an operation of the world with changes, as JSON. */
const input = (world: World, operation: OperationName, changes: object) =>
  JSON.stringify({ ...world.inputs[operation], ...changes })

/** `reward` is one of which ten can be paid and a billion cannot. */
function testAmounts(server: () => WireServer, reward: string): void {
  test.each(['CreateHIT', 'CreateHITType'] as const)('%s: a reward of forty digits', async (operation) => {
    const world = await makeWorld(server().journey)
    for (const Reward of [fortyDigits, `${fortyDigits}.99`, '90071992547409.92', '1'.repeat(100_000)]) {
      const expected = value('Reward', Reward)
      await refused(server(), world, operation, input(world, operation, { Reward }), expected)
    }
  })

  test('SendBonus: a bonus of forty digits, and more than there is', async () => {
    const world = await makeWorld(server().journey)
    const bonus = (BonusAmount: string) => input(world, 'SendBonus', { BonusAmount })
    for (const amount of [fortyDigits, '90071992547409.92', '0', '0.00', '000'])
      await refused(server(), world, 'SendBonus', bonus(amount), value('BonusAmount', amount))
    await refused(server(), world, 'SendBonus', bonus(greatest), noFunds)
  })

  test('a million times a billion: MaxAssignments × reward is more than money can be', async () => {
    const world = await makeWorld(server().journey)
    for (const Reward of ['1000000.00', '1000000', '100000000.00', greatest]) {
      const body = input(world, 'CreateHIT', { Reward, MaxAssignments: 1_000_000_000 })
      await refused(server(), world, 'CreateHIT', body, noFunds)
    }
  })

  test('a million times a billion, in two steps: more assignments, or a dearer type', async () => {
    const world = await makeWorld(server().journey)
    const { lab } = world
    const dear = { ...world.inputs.CreateHITType, Reward: '900000000000.00' }
    const { HITTypeId } = await lab.call('CreateHITType', dear as never)
    const { HITId } = await lab.create({ Reward: reward, MaxAssignments: 10 })
    const free = await lab.create({ Reward: '0', MaxAssignments: 10_000 })
    const many = JSON.stringify({ HITId, NumberOfAdditionalAssignments: 999_999_990 })
    await refused(server(), world, 'CreateAdditionalAssignmentsForHIT', many, noFunds)
    const dearer = JSON.stringify({ HITId: free.HITId, HITTypeId })
    await refused(server(), world, 'UpdateHITTypeOfHIT', dearer, noFunds)
  })
}

onBothWireServers('amounts', (server) => testAmounts(server, '5.00'))

onBothWireServers(
  'amounts in the sandbox, where funds have no end',
  (server) => testAmounts(server, '1000000.00'),
  {
    KEMPELEN_ENVIRONMENTS: 'sandbox',
  },
)

onBothWireServers('moments', (server) => {
  /** JSON numbers that are too far away, with the increment in seconds over the HIT's expiration that they mean. */
  const far: [string, number][] = [
    ['253402300799', 253402300799],
    ['253402300799.999', 253402300799],
    ['1e15', 8640000000000],
    ['8640000000000', 8640000000000],
    ['1e308', 8640000000000],
    ['1e999', 8640000000000],
    ['9'.repeat(400), 8640000000000],
  ]
  test.each(far)('ExpireAt %s is out of range [hits 5.6]', async (json, second) => {
    const world = await makeWorld(server().journey)
    const HITId = String(world.inputs.GetHIT!.HITId)
    const increment = second - (await world.lab.hit(HITId)).Expiration
    const expected = range('ExpirationIncrementInSeconds', increment, 60, 31_536_000)
    const body = `{"HITId":"${HITId}","ExpireAt":${json}}`
    await refused(server(), world, 'UpdateExpirationForHIT', body, expected)
  })

  test.each(['-1', '-1e308', '-1e999', '-8640000000001', '0', '-0', '0.5', '-62135596800', '1e-400'])(
    'ExpireAt %s has passed: the HIT expires now [hits 5.6, client W28]',
    async (json) => {
      const { lab, ...world } = await makeWorld(server().journey)
      const HITId = String(world.inputs.GetHIT!.HITId)
      const answer = await rawCall(
        server().address,
        lab.key,
        'UpdateExpirationForHIT',
        `{"HITId":"${HITId}","ExpireAt":${json}}`,
      )
      expect([answer.status, answer.text]).toEqual([200, '{}'])
      expect((await lab.hit(HITId)).Expiration).toBe(server().journey.second())
      expect((await server().journey.control('ledger')).body.sum).toBe('0.00')
    },
  )

  test('a fraction of a second is cut off [hits 5.6]', async () => {
    const { lab, ...world } = await makeWorld(server().journey)
    const HITId = String(world.inputs.GetHIT!.HITId)
    const later = (await lab.hit(HITId)).Expiration + 100
    const body = `{"HITId":"${HITId}","ExpireAt":${later}.999}`
    const answer = await rawCall(server().address, lab.key, 'UpdateExpirationForHIT', body)
    expect([answer.status, answer.text]).toEqual([200, '{}'])
    expect((await lab.hit(HITId)).Expiration).toBe(later)
  })

  test.each(['LifetimeInSeconds', 'AssignmentDurationInSeconds', 'AutoApprovalDelayInSeconds'])(
    '%s: seconds beyond all years [hits 4.1]',
    async (member) => {
      const world = await makeWorld(server().journey)
      const [minimum, maximum] = member === 'AutoApprovalDelayInSeconds' ? [0, 2_592_000] : [30, 31_536_000]
      for (const seconds of [-1, maximum! + 1, 2 ** 31, 2 ** 53 - 1, -(2 ** 53) + 1]) {
        const expected = range(member, seconds, minimum!, maximum!)
        const body = input(world, 'CreateHIT', { [member]: seconds })
        await refused(server(), world, 'CreateHIT', body, expected)
      }
    },
  )
})

onBothWireServers('lists and names', (server) => {
  const repeated = (item: string, times: number) => `[${Array(times).fill(item).join()}]`

  test('100,000 requirements are refused, whatever is in them [hits 4.1, wire 3.5]', async () => {
    const world = await makeWorld(server().journey)
    const body = (list: string) =>
      input(world, 'CreateHITType', { QualificationRequirements: 0 }).replace('0}', `${list}}`)
    const missing = ['qualificationTypeId', 'comparator']
    const items = Array.from(
      { length: 10 },
      (_, index) =>
        `Value null at 'qualificationRequirements.${(index >> 1) + 1}.member.${missing[index % 2]}' ` +
        'failed to satisfy constraint: Member must not be null',
    )
    await refused(
      server(),
      world,
      'CreateHITType',
      body(repeated('{}', 100_000)),
      `400 ValidationException : 10 validation errors detected: ${items.join('; ')}`,
    )
    const one = '{"QualificationTypeId":"x","Comparator":"In"}'
    await refused(
      server(),
      world,
      'CreateHITType',
      body(repeated(one, 40_000)),
      '400 ParameterValidationError AWS.MechanicalTurk.InvalidParameterValue: ' +
        'Your request parameter QualificationRequirements  has a maximum length of 10.',
    )
    const values = `{"QualificationTypeId":"x","Comparator":"In","IntegerValues":${repeated('1', 100_000)}}`
    const answer = await send(server(), world, 'CreateHITType', body(`[${values}]`))
    expect([answer.status, answer.json.__type]).toEqual([400, 'ParameterValidationError'])
  })

  test('100,000 statuses are a list; one wrong one among them is told in 256 characters [wire 3.5]', async () => {
    const world = await makeWorld(server().journey)
    const body = (list: string) =>
      `{"HITId":"${String(world.inputs.GetHIT!.HITId)}","AssignmentStatuses":${list}}`
    const right = await send(server(), world, 'ListAssignmentsForHIT', body(repeated('"Submitted"', 100_000)))
    expect([right.status, right.text]).toEqual([200, '{"NumResults":0,"Assignments":[]}'])
    const wrong = repeated('"Submitted"', 100_000).replace(/"\]$/, '!"]')
    const shownList = `[${Array(100).fill('Submitted').join(', ')}`.slice(0, 256)
    await refused(
      server(),
      world,
      'ListAssignmentsForHIT',
      body(wrong),
      `400 ValidationException : 1 validation error detected: Value '${shownList}' at 'assignmentStatuses' ` +
        'failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: ' +
        '[Submitted, Approved, Rejected]]',
    )
  })

  test('of two members with one name the last counts [wire 1.3]', async () => {
    const world = await makeWorld(server().journey)
    const HITId = String(world.inputs.GetHIT!.HITId)
    const right = await send(server(), world, 'GetHIT', `{"HITId":5,"HITId":"${HITId}"}`)
    expect(right.status).toBe(200)
    await refused(
      server(),
      world,
      'GetHIT',
      `{"HITId":"${HITId}","HITId":null}`,
      "400 ValidationException : 1 validation error detected: Value null at 'hITId' failed to satisfy constraint: " +
        'Member must not be null',
    )
  })

  test('names of the language’s own members are unknown members [wire 1.3]', async () => {
    const world = await makeWorld(server().journey)
    const missing =
      "400 ValidationException : 1 validation error detected: Value null at 'hITId' failed to satisfy constraint: " +
      'Member must not be null'
    for (const name of ['__proto__', 'constructor', 'prototype'])
      await refused(server(), world, 'GetHIT', `{"${name}":{"HITId":"3A"}}`, missing)
    const answer = await send(
      server(),
      world,
      'GetAccountBalance',
      '{"__proto__":{"toString":1},"toJSON":"x"}',
    )
    expect([answer.status, Object.keys(answer.json)]).toEqual([200, ['AvailableBalance']])
  })

  test.each([
    'ListHITs',
    'ListReviewableHITs',
    'ListWorkerBlocks',
    'ListAssignmentsForHIT',
    'ListBonusPayments',
  ] as const)('%s: a NextToken that nobody gave [hits 8]', async (operation) => {
    const world = await makeWorld(server().journey)
    const forged = Buffer.alloc(46, 0xff).toString('base64')
    for (const token of ['x', ' ', '\u0000', 'p1:', 'p1:!!!!', `p1:${forged}`, "p1:' or 1=1 --", '🐦'])
      await refused(
        server(),
        world,
        operation,
        input(world, operation, { NextToken: token }),
        value('NextToken', token),
      )
  })
})

/** Calls that count once, however often they are made, and what the others are told. */
const once: [OperationName, string][] = [
  ['CreateHIT', 'AWS.MechanicalTurk.HitAlreadyExists'],
  ['CreateHITWithHITType', 'AWS.MechanicalTurk.HitAlreadyExists'],
  ['CreateAdditionalAssignmentsForHIT', 'AWS.MechanicalTurk.DuplicateRequest'],
  ['SendBonus', 'AWS.MechanicalTurk.DuplicateRequest'],
  ['ApproveAssignment', 'AWS.MechanicalTurk.InvalidAssignmentState'],
  ['RejectAssignment', 'AWS.MechanicalTurk.InvalidAssignmentState'],
  ['DeleteHIT', 'AWS.MechanicalTurk.InvalidHITState'],
  ['UpdateHITReviewStatus', 'AWS.MechanicalTurk.InvalidHITState'],
]

onBothWireServers('the same call twenty times at once', (server) => {
  describe.each(once)('%s', (operation, code) => {
    test('succeeds once, and moves money once [hits 10, 12.13]', async () => {
      const world = await makeWorld(server().journey)
      const body = JSON.stringify(world.inputs[operation])
      const before = await server().contents()
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => send(server(), world, operation, body)),
      )
      const told = answers.map(
        ({ status, json }) => `${status} ${String(json.TurkErrorCode ?? 'carried out')}`,
      )
      expect(told.sort()).toEqual(['200 carried out', ...Array<string>(19).fill(`400 ${code}`)])
      const after = await server().contents()
      expect(after.audit!.length - before.audit!.length).toBe(1)
      expect((await server().journey.control('ledger')).body.sum).toBe('0.00')
    })
  })
})
