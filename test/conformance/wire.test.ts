// The conformance cases of the wire that need no socket, by their numbers [wire 6].
import { describe, expect, it } from 'vitest'
import { operations } from '../../src/model/operations.ts'
import { targetPrefix } from './sigv4-signers.ts'
import { harness, marketNow, requestId, type Sent } from './wire-harness.ts'

const json = 'application/x-amz-json-1.1'
const notFound = '<UnknownOperationException/>\n'
const unknown = '{"__type":"UnknownOperationException"}'
const unreadable = '{"__type":"SerializationException"}'
const amazon = { host: 'mturk-requester.us-east-1.amazonaws.com' }

describe('answers word for word', () => {
  const cases: [string, Sent, number, string][] = [
    ['1 a call', {}, 200, '{"AvailableBalance":"1.00"}'],
    ['2 an empty body', { body: '' }, 200, '{"AvailableBalance":"1.00"}'],
    [
      '3 a parameter of the content type',
      { headers: { 'content-type': `${json}; charset=utf-8` } },
      200,
      '{"AvailableBalance":"1.00"}',
    ],
    ['4 upper case', { headers: { 'content-type': json.toUpperCase() } }, 200, '{"AvailableBalance":"1.00"}'],
    ['5 application/json', { headers: { 'content-type': 'application/json' } }, 404, notFound],
    ['5 JSON 1.0', { headers: { 'content-type': 'application/x-amz-json-1.0' } }, 404, notFound],
    ['6 no content type', { headers: { 'content-type': '' } }, 404, notFound],
    ['7 no target', { headers: { 'x-amz-target': '' } }, 400, unknown],
    ...[
      'MTurkRequesterServiceV20170117.Nope',
      'Other.GetHIT',
      'GetHIT',
      'MTurkRequesterServiceV20170117.',
      'mturkrequesterservicev20170117.gethit',
      `${targetPrefix}.GetHIT.x`,
      `${targetPrefix}.constructor`,
    ].flatMap((target): [string, Sent, number, string][] => [
      [`8 target ${target}`, { headers: { 'x-amz-target': target } }, 400, unknown],
      [`9 target ${target}, unsigned`, { headers: { 'x-amz-target': target }, unsigned: true }, 400, unknown],
    ]),
    [
      '10 health',
      { method: 'GET', headers: amazon, body: '', unsigned: true },
      200,
      'healthy: mturk-requester',
    ],
    [
      '10 health on the sandbox’s name',
      { method: 'GET', headers: { host: 'mturk-requester-sandbox.us-east-1.amazonaws.com:443' }, body: '' },
      200,
      'healthy: mturk-requester',
    ],
    ['10 HEAD', { method: 'HEAD', headers: amazon, body: '', unsigned: true }, 200, ''],
    ['10 PUT', { method: 'PUT', headers: amazon }, 404, notFound],
    ['10 DELETE', { method: 'DELETE', headers: amazon, body: '' }, 404, notFound],
    ['10 GET of another path', { method: 'GET', target: '/x', headers: amazon, body: '' }, 404, notFound],
    ['10 GET on another host', { method: 'GET', body: '' }, 404, notFound],
    [
      '14 chunked, signed without content-length',
      { headers: { 'transfer-encoding': 'chunked' } },
      200,
      '{"AvailableBalance":"1.00"}',
    ],
    [
      '15 unknown headers',
      { headers: { 'x-amz-api-version': '2017-01-17', 'x-amzn-trace-id': 'Root=1' } },
      200,
      '{"AvailableBalance":"1.00"}',
    ],
    [
      '16 too large (the answer alone)',
      { tooLarge: true, bytes: '' },
      413,
      '{"__type":"RequestEntityTooLargeException","message":"The request body is larger than this service accepts."}',
    ],
    ...['hello', '{', '{"a":NaN}', '[]', '1', '"x"', 'null', 'true'].map(
      (body): [string, Sent, number, string] => [`21, 22 body ${body}`, { body }, 400, unreadable],
    ),
    [
      '21 comes before the target and the signature',
      { body: '{', headers: { 'x-amz-target': 'x' }, unsigned: true },
      400,
      unreadable,
    ],
    [
      '23',
      { operation: 'GetHIT', body: '{"HITId":5}' },
      400,
      '{"__type":"SerializationException","Message":"class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String"}',
    ],
    [
      '31',
      { operation: 'GetHIT', body: '{"HITId":"abc"}' },
      400,
      '{"__type":"ValidationException","message":"1 validation error detected: Value \'abc\' at \'hITId\' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[A-Z0-9]+$"}',
    ],
    [
      '51 unsigned',
      { unsigned: true },
      400,
      '{"__type":"MissingAuthenticationTokenException","message":"Missing Authentication Token"}',
    ],
    [
      '55 unknown key',
      { accessKeyId: 'AKIDNOBODY' },
      400,
      '{"__type":"UnrecognizedClientException","message":"The security token included in the request is invalid."}',
    ],
    [
      '61 query only',
      { target: '/?X-Amz-Algorithm=AWS4-HMAC-SHA256', unsigned: true },
      400,
      '{"__type":"MissingAuthenticationTokenException","message":"Missing Authentication Token"}',
    ],
  ]
  it.each(cases)('%s', async (_, sent, status, body) => {
    const { send } = harness(() => ({ output: { AvailableBalance: '1.00' } }))
    const answer = await send(sent)
    expect({ status: answer.status, body: answer.body }).toEqual({ status, body })
    expect(answer.headers['x-amzn-RequestId']).toBe(requestId)
    const isHead = sent.method === 'HEAD'
    expect(answer.headers['Content-Length']).toBe(String(isHead ? 24 : Buffer.byteLength(body)))
    const type = body.startsWith('{') ? json : status === 200 ? 'text/plain' : undefined
    expect(answer.headers['Content-Type']).toBe(type)
  })
})

describe('what reaches the operation', () => {
  it.each<[string, string, string, unknown]>([
    ['18 unknown members', 'GetHIT', '{"HITId":"3ABC","Unknown":{"x":1}}', { HITId: '3ABC' }],
    ['19 null', 'ListHITs', '{"NextToken":null}', {}],
    [
      '26 whole seconds',
      'UpdateExpirationForHIT',
      '{"HITId":"3A","ExpireAt":1482351916}',
      { HITId: '3A', ExpireAt: 1482351916000 },
    ],
    [
      '26 a fraction',
      'UpdateExpirationForHIT',
      '{"HITId":"3A","ExpireAt":1482351916.123}',
      { HITId: '3A', ExpireAt: 1482351916123 },
    ],
    [
      '26 an exponent',
      'UpdateExpirationForHIT',
      '{"HITId":"3A","ExpireAt":1.482351916E9}',
      { HITId: '3A', ExpireAt: 1482351916000 },
    ],
    ['26 zero', 'UpdateExpirationForHIT', '{"HITId":"3A","ExpireAt":0}', { HITId: '3A', ExpireAt: 0 }],
    [
      '26 negative',
      'UpdateExpirationForHIT',
      '{"HITId":"3A","ExpireAt":-1}',
      { HITId: '3A', ExpireAt: -1000 },
    ],
    [
      '28 escaped',
      'CreateHITType',
      '{"AssignmentDurationInSeconds":60,"Reward":"1","Description":"d","Title":"caf\\u00e9 \\ud83d\\ude00"}',
      { AssignmentDurationInSeconds: 60, Reward: '1', Description: 'd', Title: 'café 😀' },
    ],
    [
      '28 raw',
      'CreateHITType',
      '{"AssignmentDurationInSeconds":60,"Reward":"1","Description":"d","Title":"café 😀"}',
      { AssignmentDurationInSeconds: 60, Reward: '1', Description: 'd', Title: 'café 😀' },
    ],
    ['29 pretty-printed', 'GetHIT', '{\n\t"HITId" : "3ABC"\r\n}\n', { HITId: '3ABC' }],
    [
      '30 an empty list',
      'CreateHITType',
      '{"AssignmentDurationInSeconds":60,"Reward":"1","Description":"d","Title":"t","QualificationRequirements":[]}',
      {
        AssignmentDurationInSeconds: 60,
        Reward: '1',
        Description: 'd',
        Title: 't',
        QualificationRequirements: [],
      },
    ],
  ])('%s', async (_, operation, body, input) => {
    const { send, calls } = harness()
    expect((await send({ operation, body })).status).toBe(200)
    expect(calls).toEqual([{ operation, requesterId: 'A1REQUESTER', accessKeyId: 'AKIDEXAMPLE', input }])
  })

  it.each<[string, string, string, string]>([
    ['20', 'GetHIT', '{"HITId":null}', 'ValidationException'],
    ['24 text', 'ListHITs', '{"MaxResults":"5"}', 'SerializationException'],
    ['24 boolean', 'ListHITs', '{"MaxResults":true}', 'SerializationException'],
    ['24 fraction', 'ListHITs', '{"MaxResults":1.5}', 'SerializationException'],
    ['24 33 bits', 'ListHITs', '{"MaxResults":99999999999}', 'SerializationException'],
    ['25', 'ListQualificationTypes', '{"MustBeRequestable":"true"}', 'SerializationException'],
    [
      '26 digits',
      'UpdateExpirationForHIT',
      '{"HITId":"3A","ExpireAt":"1482351916"}',
      'SerializationException',
    ],
    [
      '26 ISO',
      'UpdateExpirationForHIT',
      '{"HITId":"3A","ExpireAt":"2016-12-21T20:25:16Z"}',
      'SerializationException',
    ],
    [
      '26 HTTP',
      'UpdateExpirationForHIT',
      '{"HITId":"3A","ExpireAt":"Wed, 21 Dec 2016 20:25:16 GMT"}',
      'SerializationException',
    ],
    ['27 scalar', 'NotifyWorkers', '{"WorkerIds":"A1"}', 'SerializationException'],
    ['27 null item', 'NotifyWorkers', '{"WorkerIds":[null]}', 'SerializationException'],
    ['36', 'CreateHIT', '{}', 'ValidationException'],
    ['37 types win', 'ListAssignmentsForHIT', '{"HITId":5,"MaxResults":0}', 'SerializationException'],
  ])('never: %s', async (_, operation, body, type) => {
    const { send, calls } = harness()
    const answer = await send({ operation, body })
    expect([answer.status, answer.json?.['__type']]).toEqual([400, type])
    expect(calls).toEqual([])
  })
})

describe('responses [wire 6, cases 39 to 48]', () => {
  it('39 no output is {} and two bytes, on every operation without output', async () => {
    const { send } = harness()
    const answer = await send({ operation: 'DeleteHIT', body: '{"HITId":"3A"}' })
    expect([answer.body, answer.headers['Content-Length']]).toEqual(['{}', '2'])
    const empty = Object.values(operations).filter(({ output }) => Object.keys(output.members).length === 0)
    expect(empty).toHaveLength(17)
  })

  it('40, 41, 42 absent members are missing; times are whole seconds', async () => {
    const hit = {
      HITId: '3A',
      CreationTime: 1558393704000,
      Keywords: undefined,
      Reward: '0.01',
      MaxAssignments: 1,
    }
    const { send } = harness(() => ({ output: { NumResults: 1, HITs: [hit], NextToken: undefined } }))
    expect((await send({ operation: 'ListHITs' })).body).toBe(
      '{"NumResults":1,"HITs":[{"HITId":"3A","CreationTime":1.558393704E9,"MaxAssignments":1,"Reward":"0.01"}]}',
    )
  })

  it('44, 48 sends exactly its four headers, whatever the client accepts', async () => {
    const { send } = harness()
    const names = (answer: { headers: object }) => Object.keys(answer.headers)
    const expected = ['x-amzn-RequestId', 'Content-Type', 'Content-Length']
    expect(names(await send({ headers: { 'accept-encoding': 'gzip' } }))).toEqual(expected)
    expect(names(await send({ unsigned: true }))).toEqual(expected)
  })

  it('45 an unknown HIT', async () => {
    const { send } = harness(() => ({ fault: 'HITDoesNotExist', hitId: '3ABC' }))
    const answer = await send({ operation: 'GetHIT', body: '{"HITId":"3ABC"}' })
    expect([answer.status, answer.body]).toEqual([
      400,
      `{"__type":"RequestError","Message":"Hit 3ABC does not exist. (${marketNow})","TurkErrorCode":"AWS.MechanicalTurk.HITDoesNotExist"}`,
    ])
  })

  it('46 a bug of ours is a ServiceFault and is logged', async () => {
    const bug = new Error('a bug')
    const { send, events } = harness(() => {
      throw bug
    })
    const answer = await send({})
    expect([answer.status, answer.json]).toEqual([
      500,
      { __type: 'ServiceFault', Message: expect.any(String), TurkErrorCode: 'AWS.ServiceUnavailable' },
    ])
    expect(events).toEqual([
      {
        requestId,
        operation: 'GetAccountBalance',
        accessKeyId: 'AKIDEXAMPLE',
        requesterId: 'A1REQUESTER',
        status: 500,
        errorType: 'ServiceFault',
        milliseconds: 0,
        error: bug,
      },
    ])
  })

  it('47 throttled', async () => {
    const { send } = harness(() => ({ fault: 'Busy' }))
    const answer = await send({})
    expect([answer.status, answer.body]).toEqual([
      400,
      '{"__type":"ThrottlingException","message":"Rate exceeded"}',
    ])
    expect(answer.headers).toMatchObject({ 'x-amz-retry-after': '1000', 'Retry-After': '1' })
  })

  it('stamps the sandbox', async () => {
    const { send } = harness(() => ({ fault: 'InsufficientFunds' }), { environment: 'sandbox' })
    expect((await send({})).body).toContain(`transaction. (${marketNow} s)`)
  })
})
