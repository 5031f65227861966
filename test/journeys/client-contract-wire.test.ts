// What existing programs rely on, byte by byte over real HTTP [client 1, client 2].
import { describe, expect, test } from 'vitest'
import { day, onBothServers, type Laboratory } from '../support/journey.ts'
import { aHIT, externalQuestion } from '../support/market.ts'
import { rawCall, type RawAnswer } from '../support/raw-call.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const noHIT = (id: string, time: number) =>
  `{"__type":"RequestError","Message":"Hit ${id} does not exist. (${time})","TurkErrorCode":"AWS.MechanicalTurk.HITDoesNotExist"}`

onBothServers('client contract, bytes', (journey) => {
  const send = (lab: Laboratory, operation: string, body: object | string, more = {}): Promise<RawAnswer> =>
    rawCall(
      journey().address,
      lab.key,
      operation,
      typeof body === 'string' ? body : JSON.stringify(body),
      more,
    )
  const json = JSON.stringify

  describe('answers', () => {
    test('headers of 200 and 400 [client 1]', async () => {
      const lab = await journey().laboratory()
      const good = await send(lab, 'GetAccountBalance', {})
      expect([good.status, good.text]).toEqual([200, '{"AvailableBalance":"1000.00"}'])
      const bad = await send(lab, 'GetHIT', { HITId: 'ABC' })
      expect([bad.status, bad.text]).toEqual([400, noHIT('ABC', journey().now())])
      for (const { headers, text } of [good, bad]) {
        expect(headers['x-amzn-requestid']).toMatch(uuid)
        expect(headers['content-type']).toBe('application/x-amz-json-1.1')
        expect(headers['content-length']).toBe(String(Buffer.byteLength(text)))
        expect(Date.parse(String(headers.date))).not.toBeNaN()
        expect(headers['x-amzn-errortype']).toBeUndefined()
      }
      expect(good.headers['x-amzn-requestid']).not.toBe(bad.headers['x-amzn-requestid'])
    })

    test('a HIT, whole: compact, in order, nothing null, slashes as they are [client W3, W4, W19, W27]', async () => {
      const lab = await journey().laboratory()
      const requirement = {
        QualificationTypeId: '000000000000000000L0',
        Comparator: 'GreaterThanOrEqualTo',
        IntegerValues: [95],
      }
      const input = { Keywords: 'a/b', Reward: '5', QualificationRequirements: [requirement] }
      const created = await send(lab, 'CreateHIT', aHIT(input as object))
      const { HITId, HITTypeId, HITGroupId } = (created.json as { HIT: Record<string, string> }).HIT
      const text =
        `{"HITId":"${HITId}","HITTypeId":"${HITTypeId}","HITGroupId":"${HITGroupId}",` +
        `"CreationTime":${asDouble(journey().second())},"Title":"Listen to a bird",` +
        `"Description":"Say which bird it is.","Question":${json(externalQuestion)},"Keywords":"a/b",` +
        `"HITStatus":"Assignable","MaxAssignments":1,"Reward":"5.00","AutoApprovalDelayInSeconds":2592000,` +
        `"Expiration":${asDouble(journey().second() + day)},"AssignmentDurationInSeconds":3600,` +
        `"QualificationRequirements":[{"QualificationTypeId":"000000000000000000L0",` +
        `"Comparator":"GreaterThanOrEqualTo","IntegerValues":[95],"RequiredToPreview":false,` +
        `"ActionsGuarded":"Accept"}],"HITReviewStatus":"NotReviewed","NumberOfAssignmentsPending":0,` +
        `"NumberOfAssignmentsAvailable":1,"NumberOfAssignmentsCompleted":0}`
      expect(created.text).toBe(`{"HIT":${text}}`)
      expect((await send(lab, 'GetHIT', { HITId })).text).toBe(`{"HIT":${text}}`)
      const listed = await send(lab, 'ListHITs', {})
      expect(listed.text).toBe(`{"NextToken":${json(listed.json.NextToken)},"NumResults":1,"HITs":[${text}]}`)
      expect(listed.json.NextToken).toMatch(/^p1:[A-Za-z0-9+/]+={0,2}$/)
      expect(String(listed.json.NextToken).length).toBeLessThanOrEqual(255)
    })

    test('annotation and an empty list of keywords are shown when they were given [client 4, hits 4.1]', async () => {
      const lab = await journey().laboratory()
      const { text } = await send(lab, 'CreateHIT', aHIT({ RequesterAnnotation: 'batch 5', Keywords: '' }))
      expect(text).toContain('"Keywords":"",')
      expect(text).toContain('"RequesterAnnotation":"batch 5",')
      const bare = await send(lab, 'CreateHIT', aHIT())
      for (const name of ['Keywords', 'RequesterAnnotation', 'HITLayoutId', 'null'])
        expect(bare.text).not.toContain(name)
    })

    test('the answer of CreateHITType is 46 bytes [hits 1.2]', async () => {
      const lab = await journey().laboratory()
      const type = {
        AssignmentDurationInSeconds: 600,
        Reward: '0.05',
        Title: 'A title',
        Description: 'A text',
      }
      const answer = await send(lab, 'CreateHITType', type)
      expect(answer.text).toMatch(/^\{"HITTypeId":"3[A-Z0-9]{29}"\}$/)
      expect(answer.text).toHaveLength(46)
    })

    test('a submitted assignment has 8 members, and an answer in ASCII [client W17, W18]', async () => {
      const lab = await journey().laboratory()
      const worker = await journey().worker()
      const { HITId } = await lab.create()
      const id = await worker.accept(HITId)
      await journey().advance(60)
      await worker.submit(id, { species: 'Zaunkönig – 🐦 <&>' })
      const time = journey().second()
      const answer =
        '<?xml version="1.0" encoding="ASCII"?><QuestionFormAnswers xmlns="http://mechanicalturk.amazonaws.com/' +
        'AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd"><Answer><QuestionIdentifier>species' +
        '</QuestionIdentifier><FreeText>Zaunk&#246;nig &#8211; &#128038; &lt;&amp;&gt;</FreeText></Answer>' +
        '</QuestionFormAnswers>'
      const text =
        `{"AssignmentId":"${id}","WorkerId":"${worker.workerId}","HITId":"${HITId}",` +
        `"AssignmentStatus":"Submitted","AutoApprovalTime":${asDouble(time + 30 * day)},` +
        `"AcceptTime":${asDouble(time - 60)},"SubmitTime":${asDouble(time)},"Answer":${json(answer)}}`
      const listed = await send(lab, 'ListAssignmentsForHIT', { HITId })
      expect(listed.text).toBe(
        `{"NextToken":${json(listed.json.NextToken)},"NumResults":1,"Assignments":[${text}]}`,
      )
      const got = await send(lab, 'GetAssignment', { AssignmentId: id })
      expect(got.text.startsWith(`{"Assignment":${text},"HIT":{"HITId":"${HITId}",`)).toBe(true)
    })

    test('operations without output answer {} [client W5]', async () => {
      const lab = await journey().laboratory()
      const worker = await journey().worker()
      const hit = await lab.create({ MaxAssignments: 3 })
      const { HITId, HITTypeId, Expiration } = hit
      const WorkerId = worker.workerId
      const first = await worker.work(HITId)
      const second = await (await journey().worker()).work(HITId)
      const untouched = await lab.create()
      const calls: [string, object][] = [
        ['UpdateHITTypeOfHIT', { HITId: untouched.HITId, HITTypeId }],
        ['CreateAdditionalAssignmentsForHIT', { HITId, NumberOfAdditionalAssignments: 1 }],
        ['UpdateExpirationForHIT', { HITId, ExpireAt: Expiration + 60 }],
        ['CreateWorkerBlock', { WorkerId, Reason: '' }],
        ['DeleteWorkerBlock', { WorkerId }],
        ['ApproveAssignment', { AssignmentId: first }],
        ['RejectAssignment', { AssignmentId: second, RequesterFeedback: '' }],
        ['SendBonus', { AssignmentId: first, WorkerId, BonusAmount: '1', Reason: '' }],
        ['UpdateExpirationForHIT', { HITId, ExpireAt: 0 }],
        ['UpdateHITReviewStatus', { HITId }],
        ['DeleteHIT', { HITId }],
      ]
      for (const [operation, input] of calls) {
        const { status, text, headers } = await send(lab, operation, input)
        expect([operation, status, text, headers['content-length']]).toEqual([operation, 200, '{}', '2'])
      }
    })

    test('times as Java spells them [client W3]', async () => {
      // 18 May 2033, 03:33:20 UTC.
      await journey().advance(2_000_000_000 - journey().now() / 1000)
      const lab = await journey().laboratory()
      const { text } = await send(lab, 'CreateHIT', aHIT({ LifetimeInSeconds: 3600 }))
      expect(text).toContain('"CreationTime":2.0E9,')
      expect(text).toContain('"Expiration":2.0000036E9,')
    })
  })

  describe('refusals, members and all [client W6, W7, W9]', () => {
    const cases: [string, string, object, (time: number) => string][] = [
      [
        'RequestError',
        'ApproveAssignment',
        { AssignmentId: '3X' },
        (time) =>
          `{"__type":"RequestError","Message":"Assignment 3X does not exist. (${time})","TurkErrorCode":"AWS.MechanicalTurk.AssignmentDoesNotExist"}`,
      ],
      [
        'ParameterValidationError, with its parameter',
        'CreateWorkerBlock',
        { WorkerId: 'A0NOBODY', Reason: '' },
        (time) =>
          `{"__type":"ParameterValidationError","Message":"The value \\"A0NOBODY\\" is not valid for the parameter WorkerId. (${time})","Parameter":"WorkerId","TurkErrorCode":"AWS.MechanicalTurk.InvalidParameterValue"}`,
      ],
      [
        'ParameterValidationError of a range',
        'CreateHIT',
        aHIT({ MaxAssignments: -1 }),
        (time) =>
          `{"__type":"ParameterValidationError","Message":"The value -1 is invalid for MaxAssignments. Valid values range from 1 to 1000000000. (${time})","Parameter":"MaxAssignments","TurkErrorCode":"AWS.ParameterOutOfRange"}`,
      ],
      [
        'ValidationException',
        'GetHIT',
        { HITId: 'abc' },
        () =>
          `{"__type":"ValidationException","message":"1 validation error detected: Value 'abc' at 'hITId' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[A-Z0-9]+$"}`,
      ],
    ]
    test.each(cases)('%s', async (_, operation, input, text) => {
      const lab = await journey().laboratory()
      const answer = await send(lab, operation, input)
      expect([answer.status, answer.text]).toEqual([400, text(journey().now())])
    })

    test('SerializationException has a Message, of what is no JSON none', async () => {
      const lab = await journey().laboratory()
      const wrong = await send(lab, 'GetHIT', { HITId: 5 })
      expect([wrong.status, Object.keys(wrong.json)]).toEqual([400, ['__type', 'Message']])
      const broken = await send(lab, 'GetHIT', '{')
      expect([broken.status, broken.text]).toEqual([400, '{"__type":"SerializationException"}'])
    })
  })

  describe('lists end with an empty page that has no token [client W1, W2]', () => {
    test('every list that there is', async () => {
      const lab = await journey().laboratory()
      const worker = await journey().worker()
      const WorkerId = worker.workerId
      const { HITId } = await lab.create()
      const AssignmentId = await worker.work(HITId)
      await lab.call('SendBonus', { AssignmentId, WorkerId, BonusAmount: '0.05', Reason: 'Thanks.' })
      await lab.call('CreateWorkerBlock', { WorkerId, Reason: 'A reason.' })
      const lists: [string, object, string][] = [
        ['ListHITs', {}, 'HITs'],
        ['ListReviewableHITs', {}, 'HITs'],
        ['ListAssignmentsForHIT', { HITId }, 'Assignments'],
        ['ListBonusPayments', { HITId }, 'BonusPayments'],
        ['ListWorkerBlocks', {}, 'WorkerBlocks'],
      ]
      for (const [operation, input, member] of lists) {
        const page = await send(lab, operation, input)
        expect([operation, page.json.NumResults, typeof page.json.NextToken]).toEqual([
          operation,
          1,
          'string',
        ])
        expect(page.json[member]).toHaveLength(1)
        const end = await send(lab, operation, { ...input, NextToken: page.json.NextToken })
        expect(end.text).toBe(`{"NumResults":0,"${member}":[]}`)
      }
    })

    test('lists of nothing', async () => {
      const lab = await journey().laboratory()
      for (const operation of ['ListHITs', 'ListReviewableHITs'])
        expect((await send(lab, operation, {})).text).toBe('{"NumResults":0,"HITs":[]}')
      expect((await send(lab, 'ListWorkerBlocks', {})).text).toBe('{"NumResults":0,"WorkerBlocks":[]}')
    })
  })

  describe('inputs', () => {
    test.each([
      ['zero', () => '0'],
      ['whole seconds', () => String(journey().second())],
      ['a float that ends in .0', () => `${journey().second()}.0`],
      ['a fraction', () => String(journey().now() / 1000)],
      ['a Java double', () => asDouble(journey().second())],
      ['a clock slightly ahead', () => String(journey().second() + 4)],
      ['before the epoch', () => '-1'],
    ])('ExpireAt now: %s [client W28]', async (_, time) => {
      const lab = await journey().laboratory()
      const { HITId } = await lab.create()
      const answer = await send(lab, 'UpdateExpirationForHIT', `{"HITId":"${HITId}","ExpireAt":${time()}}`)
      expect([answer.status, answer.text]).toEqual([200, '{}'])
      expect(await lab.state(HITId)).toBe('Reviewable 0/1/0')
    })

    test('null: refused where a value is needed, else absent; empty texts pass [client W22]', async () => {
      const lab = await journey().laboratory()
      const worker = await journey().worker()
      const WorkerId = worker.workerId
      const AssignmentId = await worker.work((await lab.create()).HITId)
      const missing =
        '{"__type":"ValidationException","message":"1 validation error detected: Value null at ' +
        `'requesterFeedback' failed to satisfy constraint: Member must not be null"}`
      for (const input of [{ AssignmentId }, { AssignmentId, RequesterFeedback: null }]) {
        const answer = await send(lab, 'RejectAssignment', input)
        expect([answer.status, answer.text]).toEqual([400, missing])
      }
      const empty = { AssignmentId, WorkerId, BonusAmount: '0.05', Reason: '', UniqueRequestToken: null }
      const type = {
        AssignmentDurationInSeconds: 60,
        Reward: '0.05',
        Title: 'A title',
        Description: 'A text',
        Keywords: '',
        AutoApprovalDelayInSeconds: null,
      }
      for (const [operation, input] of [
        ['SendBonus', empty],
        ['CreateHITType', type],
        ['ListHITs', { NextToken: null, MaxResults: null }],
        ['ApproveAssignment', { AssignmentId, RequesterFeedback: null, OverrideRejection: null }],
      ] as const)
        expect([operation, (await send(lab, operation, input)).status]).toEqual([operation, 200])
      expect((await send(lab, 'GetAssignment', { AssignmentId })).text).not.toContain('RequesterFeedback')
    })

    test('what a call wrote the next call sees [client W29]', async () => {
      const lab = await journey().laboratory()
      for (let number = 1; number <= 15; number++) {
        const { json: made } = await send(lab, 'CreateHIT', aHIT())
        const listed = await send(lab, 'ListHITs', { MaxResults: 100 })
        expect(listed.json.NumResults).toBe(number)
        expect(listed.json.HITs).toContainEqual(made.HIT)
      }
    })
  })
})

/** Whole seconds as Java prints a double: `1.94E9`. */
function asDouble(seconds: number): string {
  const digits = String(seconds)
  return `${digits[0]}.${digits.slice(1).replace(/0+$/, '') || '0'}E9`
}
