import { describe, expect, it } from 'vitest'
import type { Fault } from '../domain/fault.ts'
import {
  bodyTooLarge,
  faultAnswer,
  frameworkError,
  notTheProtocol,
  serializationError,
  serviceFault,
  throttled,
  unknownOperation,
} from './errors.ts'

const production = { environment: 'production', now: 1624047673969 } as const
const sandbox = { environment: 'sandbox', now: 1585151438622 } as const
const stamp = ' (1624047673969)'
const body = (fault: Fault) => faultAnswer(fault, production).body
const mturk = 'AWS.MechanicalTurk'

describe('refusals in the words that programs compare [hits 11.1, 11.5, client 3, wire 3.1, 3.3, questions 11.1]', () => {
  it('the recorded body, byte for byte [hits 1.3]', () => {
    expect(faultAnswer({ fault: 'HITDoesNotExist', hitId: '3PR3' }, production)).toMatchObject({
      status: 400,
      body: '{"__type":"RequestError","Message":"Hit 3PR3 does not exist. (1624047673969)","TurkErrorCode":"AWS.MechanicalTurk.HITDoesNotExist"}',
    })
  })

  it.each<[Fault, string, string]>([
    [
      { fault: 'AssignmentDoesNotExist', assignmentId: '3A' },
      'AssignmentDoesNotExist',
      'Assignment 3A does not exist.',
    ],
    [
      { fault: 'HITLayoutDoesNotExist', hitLayoutId: '3L' },
      'HITLayoutDoesNotExist',
      'HITLayout 3L does not exist.',
    ],
    [
      { fault: 'QualificationTypeDoesNotExist' },
      'QualificationTypeDoesNotExist',
      'You requested a QualificationType that does not exist.',
    ],
    [
      { fault: 'InvalidQualificationTypeState', allowed: 'Active,Inactive' },
      'InvalidQualificationTypeState',
      'This operation can be called with a status of: Active,Inactive',
    ],
    [
      { fault: 'QualificationTypeAlreadyExists' },
      'QualificationTypeAlreadyExists',
      "You have already created a QualificationType with this name. A QualificationType's name must be unique among all of the QualificationTypes created by the same user.",
    ],
    [
      { fault: 'InvalidAssignmentState', allowed: 'Reviewable,Approved,Rejected' },
      'InvalidAssignmentState',
      'This operation can be called with a status of: Reviewable,Approved,Rejected',
    ],
    [
      { fault: 'InvalidHITState', state: 'Unassignable', allowed: 'Reviewing, Reviewable' },
      'InvalidHITState',
      "This HIT is currently in the state 'Unassignable'.  This operation can be called with a status of: Reviewing, Reviewable",
    ],
    [{ fault: 'HitAlreadyExists', hitId: '3H' }, 'HitAlreadyExists', 'The HIT with ID "3H" already exists.'],
    [
      { fault: 'DuplicateRequest', token: 't' },
      'DuplicateRequest',
      'The idempotency token "t" has already been processed.',
    ],
    [
      { fault: 'InsufficientFunds' },
      'InsufficientFunds',
      'This Requester has insufficient funds in their account to complete this transaction.',
    ],
    [
      { fault: 'PermissionDenied' },
      'PermissionDenied',
      'This user is not authorized to perform the requested operation.',
    ],
  ])('%j', (fault, code, text) => {
    const Message = text + stamp
    expect(body(fault)).toBe(
      JSON.stringify({ __type: 'RequestError', Message, TurkErrorCode: `${mturk}.${code}` }),
    )
  })

  it.each<[Fault, string, string, string]>([
    [
      { fault: 'InvalidParameterValue', parameter: 'WorkerId', value: 'A143' },
      'WorkerId',
      `${mturk}.InvalidParameterValue`,
      'The value "A143" is not valid for the parameter WorkerId.',
    ],
    [
      {
        fault: 'InvalidParameterValue',
        parameter: 'ExternalURL',
        value: 'http://x',
        explanation: 'This URL must use the HTTPS protocol.',
      },
      'ExternalURL',
      `${mturk}.InvalidParameterValue`,
      'The value "http://x" is not valid for the parameter ExternalURL. This URL must use the HTTPS protocol..',
    ],
    [
      {
        fault: 'ParameterOutOfRange',
        parameter: 'ExpirationIncrementInSeconds',
        value: 11,
        minimum: 60,
        maximum: 31536000,
      },
      'ExpirationIncrementInSeconds',
      'AWS.ParameterOutOfRange',
      'The value 11 is invalid for ExpirationIncrementInSeconds. Valid values range from 60 to 31536000.',
    ],
    [
      { fault: 'ParameterTooShort', parameter: 'Question' },
      'Question',
      `${mturk}.InvalidParameterValue`,
      'Your request parameter Question  has a minimum length of 1.',
    ],
    [
      { fault: 'ParameterTooLong', parameter: 'Title', maximum: 128 },
      'Title',
      `${mturk}.InvalidParameterValue`,
      'Your request parameter Title  has a maximum length of 128.',
    ],
    [
      { fault: 'MissingParameters', parameter: 'HITId or AssignmentId' },
      'HITId or AssignmentId',
      'AWS.MissingParameters',
      'Your request is missing required parameters. Required parameters include HITId or AssignmentId.',
    ],
    [
      {
        fault: 'MissingParameters',
        parameter: 'HITLayoutParameter',
        detail: 'You have not provided all required HITLayout parameters. Missing parameter names: a',
      },
      'HITLayoutParameter',
      'AWS.MissingParameters',
      'Your request is missing required parameters. Required parameters include HITLayoutParameter. ' +
        'You have not provided all required HITLayout parameters. Missing parameter names: a',
    ],
    [
      { fault: 'XMLParseError', parameter: 'Question', detail: 'Premature end of file.' },
      'Question',
      `${mturk}.XMLParseError`,
      'There was an error parsing the XML question or answer data in your request.  Please make sure the data is ' +
        'well-formed and validates against the appropriate schema. Details: Premature end of file.',
    ],
    [
      { fault: 'XHTMLParseError', parameter: 'Question', detail: 'd' },
      'Question',
      `${mturk}.XHTMLParseError`,
      'There was an error parsing the XHTML data in your request.  Please make sure the data is well-formed and ' +
        'validates against the appropriate schema. Details: d',
    ],
    [
      { fault: 'HTML5ParseError', parameter: 'Question', detail: 'Errors: x' },
      'Question',
      `${mturk}.HTML5ParseError`,
      'There was an error parsing the HTML5 data in your request.  Please make sure the data is well-formed and ' +
        'validates as HTML5. Details: Errors: x',
    ],
  ])('%j', (fault, Parameter, TurkErrorCode, text) => {
    const Message = text + stamp
    expect(body(fault)).toBe(
      JSON.stringify({ __type: 'ParameterValidationError', Message, Parameter, TurkErrorCode }),
    )
  })

  it('stamps the sandbox with its s [hits 11.2, client W8]', () => {
    expect(faultAnswer({ fault: 'InsufficientFunds' }, sandbox).body).toContain(
      'complete this transaction. (1585151438622 s)"',
    )
  })

  it('an account that is not linked: its own site, no stamp [hits 11.5 #13]', () => {
    const text = (context: typeof production | typeof sandbox) =>
      JSON.parse(faultAnswer({ fault: 'AccountNotLinked' }, context).body) as { Message: string }
    expect(text(sandbox).Message).toMatch(
      /^To use the MTurk API, .* Visit https:\/\/requestersandbox\.mturk\.com\/developer to get started\.$/,
    )
    expect(text(production).Message).toContain('https://requester.mturk.com/developer')
  })

  it('trouble that passes makes SDKs wait [wire 3.4, 3.6]', () => {
    const expected = {
      status: 400,
      body: '{"__type":"ThrottlingException","message":"Rate exceeded"}',
      headers: { 'x-amz-retry-after': '1000', 'Retry-After': '1' },
    }
    expect(faultAnswer({ fault: 'Busy' }, production)).toMatchObject(expected)
    expect(faultAnswer({ fault: 'TooManyAttempts', retryAfterSeconds: 2.5 }, production).headers).toEqual({
      'x-amz-retry-after': '2500',
      'Retry-After': '3',
    })
    expect(throttled(1)).toMatchObject(expected)
  })
})

describe('errors of the front end [wire 3.4]', () => {
  it.each([
    [unknownOperation, 400, '{"__type":"UnknownOperationException"}'],
    [notTheProtocol, 404, '<UnknownOperationException/>\n'],
    [serializationError(), 400, '{"__type":"SerializationException"}'],
    [serializationError('x'), 400, '{"__type":"SerializationException","Message":"x"}'],
    [frameworkError('ValidationException', 'y'), 400, '{"__type":"ValidationException","message":"y"}'],
    [
      bodyTooLarge,
      413,
      '{"__type":"RequestEntityTooLargeException","message":"The request body is larger than this service accepts."}',
    ],
    [
      serviceFault(production),
      500,
      '{"__type":"ServiceFault","Message":"The service could not answer this request. Please try again. (1624047673969)","TurkErrorCode":"AWS.ServiceUnavailable"}',
    ],
  ])('%j', (answer, status, text) => expect(answer).toMatchObject({ status, body: text }))
})
