import { describe, expect, it } from 'vitest'
import { operations, type OperationName } from '../model/operations.ts'
import { integer, list, optional, required, string, structure } from '../model/shape.ts'
import { validate } from './validate.ts'

const found = (operation: OperationName, input: unknown) => validate(operations[operation].input, input)
const one = (rest: string) => `1 validation error detected: Value ${rest}`
const failed = 'failed to satisfy constraint: Member must'

describe('constraints of the model in the front end’s words [wire 3.5, hits 11.4]', () => {
  it.each<[string, OperationName, unknown, string | undefined]>([
    ['case 20: null', 'GetHIT', {}, one(`null at 'hITId' ${failed} not be null`)],
    [
      'case 31: pattern',
      'GetHIT',
      { HITId: 'abc' },
      one(`'abc' at 'hITId' ${failed} satisfy regular expression pattern: ^[A-Z0-9]+$`),
    ],
    [
      'case 32: pattern before length',
      'GetHIT',
      { HITId: '' },
      `2 validation errors detected: Value '' at 'hITId' ${failed} satisfy regular expression pattern: ^[A-Z0-9]+$; ` +
        `Value '' at 'hITId' ${failed} have length greater than or equal to 1`,
    ],
    [
      'case 33: too small',
      'ListHITs',
      { MaxResults: 0 },
      one(`'0' at 'maxResults' ${failed} have value greater than or equal to 1`),
    ],
    [
      'case 33: too great',
      'ListHITs',
      { MaxResults: 101 },
      one(`'101' at 'maxResults' ${failed} have value less than or equal to 100`),
    ],
    [
      'case 34: enum in a list',
      'ListAssignmentsForHIT',
      { HITId: 'A', AssignmentStatuses: ['Zorp'] },
      one(
        `'[Zorp]' at 'assignmentStatuses' ${failed} satisfy constraint: ` +
          '[Member must satisfy enum value set: [Submitted, Approved, Rejected]]',
      ),
    ],
    [
      'case 35: pattern in a list',
      'NotifyWorkers',
      { Subject: 's', MessageText: 'm', WorkerIds: ['A1', 'b'] },
      one(
        `'[A1, b]' at 'workerIds' ${failed} satisfy constraint: [Member must have length less than or equal to 64, ` +
          'Member must have length greater than or equal to 1, ' +
          'Member must satisfy regular expression pattern: ^A[A-Z0-9]+$]',
      ),
    ],
    [
      'client 3: feedback',
      'RejectAssignment',
      { AssignmentId: '3A' },
      one(`null at 'requesterFeedback' ${failed} not be null`),
    ],
    [
      'client W22: empty feedback passes',
      'RejectAssignment',
      { AssignmentId: '3A', RequesterFeedback: '' },
      undefined,
    ],
    [
      'hits 11.4, seen in full',
      'SendBonus',
      { WorkerId: 'A1', AssignmentId: '3A', BonusAmount: '0.9752', Reason: '' },
      one(`'0.9752' at 'bonusAmount' ${failed} satisfy regular expression pattern: ^[0-9]+(\\.)?[0-9]{0,2}$`),
    ],
    [
      'enum of a member',
      'UpdateNotificationSettings',
      {
        HITTypeId: '3A',
        Notification: { Destination: 'd', Transport: 'Zorp', Version: '1', EventTypes: [] },
      },
      one(`'Zorp' at 'notification.transport' ${failed} satisfy enum value set: [Email, SQS, SNS]`),
    ],
    [
      'our own transport',
      'UpdateNotificationSettings',
      {
        HITTypeId: '3A',
        Notification: { Destination: 'd', Transport: 'Webhook', Version: '1', EventTypes: [] },
      },
      undefined,
    ],
    ['a right input', 'GetHIT', { HITId: '3ABC' }, undefined],
  ])('%s', (_, operation, input, message) => expect(found(operation, input)).toBe(message))

  it('case 35: names the member of a structure in a list', () => {
    const requirement = { QualificationTypeId: 'q', Comparator: 'Exists' }
    const message = found('CreateHIT', {
      LifetimeInSeconds: 60,
      AssignmentDurationInSeconds: 60,
      Reward: '0.10',
      Title: 't',
      Description: 'd',
      QualificationRequirements: [requirement, { ...requirement, Comparator: 'Zorp' }],
    })
    expect(message).toMatch(
      /^1 validation error detected: Value 'Zorp' at 'qualificationRequirements\.2\.member\.comparator' failed to satisfy constraint: Member must satisfy enum value set: \[/,
    )
  })

  it('case 36: every required member at once', () => {
    const message = found('CreateHIT', {})!
    const [head, rest] = message.split(' detected: ')
    expect(head).toBe('5 validation errors')
    expect(new Set(rest!.split('; '))).toEqual(
      new Set(
        ['lifetimeInSeconds', 'assignmentDurationInSeconds', 'reward', 'title', 'description'].map(
          (name) => `Value null at '${name}' ${failed} not be null`,
        ),
      ),
    )
  })

  it.each([
    ['0.100', false],
    ['-1', false],
    ['.5', false],
    ['', false],
    ['1', true],
    ['1.', true],
    ['0.5', true],
    ['0.50', true],
    ['0.50\n', false],
  ])('case 38: Reward %j', (Reward, passes) => {
    const input = { AssignmentDurationInSeconds: 60, Title: 't', Description: 'd', Reward }
    expect(found('CreateHITType', input) === undefined).toBe(passes)
  })
})

describe('rules of lists and bounds [wire 3.5]', () => {
  const Pair = structure('Pair', {
    Name: required(string('Name')),
    Count: optional(integer('Count', { minimum: 1 })),
  })
  const shape = structure('Input', {
    Two: optional(list('Two', string('Text'), { minimumLength: 2, maximumLength: 2 })),
    Pairs: optional(list('Pairs', Pair, { maximumLength: 20 })),
    Text: optional(string('Text', { maximumLength: 3 })),
  })

  it.each<[unknown, string | undefined]>([
    [{ Two: ['a', 'b'] }, undefined],
    [{ Two: ['a'] }, one(`'[a]' at 'two' ${failed} have length greater than or equal to 2`)],
    [{ Two: ['a', 'b', 'c'] }, one(`'[a, b, c]' at 'two' ${failed} have length less than or equal to 2`)],
    [{ Pairs: [{ Name: 'a' }, {}] }, one(`null at 'pairs.2.member.name' ${failed} not be null`)],
    [
      { Pairs: Array.from({ length: 21 }, () => ({ Name: 'a', Count: 1 })) },
      expect.stringMatching(
        /Value '\[\{Name=a, Count=1\}, .*' at 'pairs' .* less than or equal to 20$/,
      ) as unknown as string,
    ],
  ])('%j', (input, message) => expect(validate(shape, input)).toEqual(message))

  it('lists at most 10', () => {
    const message = validate(shape, { Pairs: Array.from({ length: 19 }, () => ({ Count: 0 })) })!
    expect(message).toMatch(/^10 validation errors detected: /)
    expect(message.split('; ')).toHaveLength(10)
  })

  it('cuts a value at 256 characters and never through a pair of surrogates', () => {
    expect(validate(shape, { Text: 'x'.repeat(1000) })).toContain(`Value '${'x'.repeat(256)}' at`)
    expect(validate(shape, { Text: `${'x'.repeat(255)}😀` })!.isWellFormed()).toBe(true)
  })
})
