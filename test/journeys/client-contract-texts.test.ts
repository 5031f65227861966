// The texts that programs compare, whole and with their stamps, where and for whom they appear, over real HTTP
// [client 3, hits 11.5, 11.6]. Those of reviews, expirations and deletions are in the journeys about these.
import { createHash } from 'node:crypto'
import { GetAccountBalanceCommand, MTurkClient } from '@aws-sdk/client-mturk'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { OperationName } from '../../src/model/operations.ts'
import { onBothServers, onEveryWay, type Laboratory } from '../support/journey.ts'
import { aHIT, externalQuestion, type Refusal } from '../support/market.ts'
import type { ToSign } from '../conformance/sigv4-signers.ts'
import { rawCall } from '../support/raw-call.ts'
import { refused } from '../support/refusals.ts'

type Call = [OperationName, (id: string) => object]

const withHITId: Call[] = [
  ['GetHIT', (HITId) => ({ HITId })],
  ['DeleteHIT', (HITId) => ({ HITId })],
  ['UpdateExpirationForHIT', (HITId) => ({ HITId, ExpireAt: 0 })],
  ['UpdateHITReviewStatus', (HITId) => ({ HITId })],
  ['CreateAdditionalAssignmentsForHIT', (HITId) => ({ HITId, NumberOfAdditionalAssignments: 1 })],
  ['ListAssignmentsForHIT', (HITId) => ({ HITId })],
  ['ListBonusPayments', (HITId) => ({ HITId })],
]

const withAssignmentId: Call[] = [
  ['GetAssignment', (AssignmentId) => ({ AssignmentId })],
  ['ApproveAssignment', (AssignmentId) => ({ AssignmentId })],
  ['RejectAssignment', (AssignmentId) => ({ AssignmentId, RequesterFeedback: '' })],
  ['ListBonusPayments', (AssignmentId) => ({ AssignmentId })],
]

const unlinked: Refusal = {
  status: 400,
  type: 'RequestError',
  code: 'AWS.AccountNotLinked',
  message:
    'To use the MTurk API, you will need an Amazon Web Services (AWS) Account. Your AWS account must be linked to your ' +
    'Amazon Mechanical Turk Account. Visit https://requester.mturk.com/developer to get started.',
}

const questions = { KEMPELEN_HTTP_QUESTIONS: '0', KEMPELEN_STRICT_HTML: '1' }

onEveryWay(
  'client contract, texts',
  (journey) => {
    const refuse = (lab: Laboratory, operation: OperationName, input: object, expected: Refusal) =>
      lab.refused(operation, input as never, expected)

    describe('objects', () => {
      test.each(withHITId)('%s: a HIT that never was, and another requester’s', async (operation, input) => {
        const [lab, other] = [await journey().laboratory(), await journey().laboratory()]
        await refuse(lab, operation, input('ABC'), refused.noHIT('ABC'))
        await refuse(lab, operation, input((await other.create()).HITId), refused.notYours)
      })

      test.each(withAssignmentId)(
        '%s: an assignment that never was, and another’s',
        async (operation, input) => {
          const [lab, other] = [await journey().laboratory(), await journey().laboratory()]
          await refuse(lab, operation, input('123'), refused.noAssignment('123'))
          const AssignmentId = await (await journey().worker()).work((await other.create()).HITId)
          await refuse(lab, operation, input(AssignmentId), refused.notYours)
        },
      )

      test('a HIT type that never was, and another requester’s, is a wrong value [hits 12.3, 12.11]', async () => {
        const [lab, other] = [await journey().laboratory(), await journey().laboratory()]
        const { HITId } = await lab.create()
        for (const HITTypeId of ['ABC', (await other.create()).HITTypeId]) {
          const wrong = refused.value('HITTypeId', HITTypeId)
          await refuse(lab, 'UpdateHITTypeOfHIT', { HITId, HITTypeId }, wrong)
          const input = { HITTypeId, LifetimeInSeconds: 60, Question: externalQuestion }
          await refuse(lab, 'CreateHITWithHITType', input, wrong)
        }
      })

      test('a HIT that somebody has taken keeps its type [hits 12.11]', async () => {
        const lab = await journey().laboratory()
        const hit = await lab.create()
        const worker = await journey().worker()
        const id = await worker.accept(hit.HITId)
        const input = { HITId: hit.HITId, HITTypeId: hit.HITTypeId }
        await refuse(lab, 'UpdateHITTypeOfHIT', input, refused.hitState('Unassignable', 'Assignable'))
        await worker.submit(id)
        await refuse(lab, 'UpdateHITTypeOfHIT', input, refused.hitState('Reviewable', 'Assignable'))
      })
    })

    describe('callers', () => {
      test('a key without a requester, and a suspended account: every call [client 3]', async () => {
        const lab = await journey().laboratory()
        const { HITId } = await lab.create()
        const set = (state: object) => journey().control(`requesters/${lab.requesterId}`, state)
        await set({ suspended: true })
        for (const [operation, input] of withHITId)
          await refuse(lab, operation, input(HITId), refused.notYours)
        await set({ suspended: false, linked: false })
        await expect(lab.balance()).rejects.toThrow(unlinked.message)
        await set({ linked: true })
        expect(await lab.balance()).toBe('999.88')
      })

      test('an unknown key', async () => {
        const lab = await journey().laboratory()
        const stranger = lab.as({ accessKeyId: 'AKIDNOBODY', secretAccessKey: 'x' })
        await refuse(
          stranger,
          'GetAccountBalance',
          {},
          {
            ...refused.validation(),
            type: 'UnrecognizedClientException',
            message: 'The security token included in the request is invalid.',
          },
        )
      })

      test('too many calls, and trouble of ours: the client comes back [client 3, wire 3.6]', async () => {
        const lab = await journey().laboratory()
        const faults = { operation: 'GetAccountBalance', fault: 'ThrottlingException', times: 1 }
        const { status } = await journey().control('faults', faults)
        expect(status).toBe(200)
        const { text } = await rawCall(journey().address, lab.key, 'GetAccountBalance', '{}')
        expect(text).toBe('{"__type":"ThrottlingException","message":"Rate exceeded"}')
        await journey().control('faults', { ...faults, fault: 'ServiceFault' })
        const fault = await rawCall(journey().address, lab.key, 'GetAccountBalance', '{}')
        expect(fault.status).toBe(500)
        expect(Object.keys(fault.json)).toEqual(['__type', 'Message', 'TurkErrorCode'])
        expect(fault.json).toMatchObject({
          __type: 'ServiceFault',
          TurkErrorCode: 'AWS.ServiceUnavailable',
        })
        expect(await lab.balance()).toBe('1000.00')
      })
    })

    describe('request tokens [hits 10, client W21]', () => {
      test('CreateHIT names the HIT; after a day the token makes another', async () => {
        const lab = await journey().laboratory()
        const token = { UniqueRequestToken: 'batch 7: row 12' }
        const { HITId, HITTypeId } = await lab.create(token)
        await refuse(lab, 'CreateHIT', aHIT(token), refused.alreadyCreated(HITId))
        // The other members are not compared, and both operations share their tokens.
        const changed = aHIT({ ...token, Title: 'Another', Reward: '0.20' })
        await refuse(lab, 'CreateHIT', changed, refused.alreadyCreated(HITId))
        const typed = { HITTypeId, LifetimeInSeconds: 60, Question: externalQuestion, ...token }
        await refuse(lab, 'CreateHITWithHITType', typed, refused.alreadyCreated(HITId))
        expect(await lab.balance()).toBe('999.88')
        const other = await journey().laboratory()
        expect((await other.create(token)).HITId).not.toBe(HITId)
        await journey().advance(86_399)
        await refuse(lab, 'CreateHIT', aHIT(token), refused.alreadyCreated(HITId))
        await journey().advance(1)
        expect((await lab.create(token)).HITId).not.toBe(HITId)
      })

      test('a call that failed has not used its token', async () => {
        const lab = await journey().laboratory('0.12')
        const token = { UniqueRequestToken: 't' }
        await refuse(lab, 'CreateHIT', aHIT({ ...token, Reward: '0.50' }), refused.noFunds)
        await lab.create(token)
      })
    })

    describe('funds [hits 9.3]', () => {
      test('create, with and without a type, to the cent', async () => {
        const lab = await journey().laboratory('0.11')
        await refuse(lab, 'CreateHIT', aHIT(), refused.noFunds)
        const type = {
          AssignmentDurationInSeconds: 60,
          Reward: '0.10',
          Title: 'A title',
          Description: 'A text',
        }
        const { HITTypeId } = await lab.call('CreateHITType', type)
        const input = { HITTypeId: HITTypeId!, LifetimeInSeconds: 60, Question: externalQuestion }
        await refuse(lab, 'CreateHITWithHITType', input, refused.noFunds)
        expect(await lab.call('ListHITs', {})).toEqual({ NumResults: 0, HITs: [] })
        await journey().control(`requesters/${lab.requesterId}/deposits`, { amount: '0.01' })
        await lab.call('CreateHITWithHITType', input)
        expect(await lab.balance()).toBe('0.00')
      })

      test('a dearer type for a HIT', async () => {
        const lab = await journey().laboratory('0.24')
        const { HITId } = await lab.create({ MaxAssignments: 2 })
        const type = {
          AssignmentDurationInSeconds: 60,
          Reward: '0.11',
          Title: 'A title',
          Description: 'A text',
        }
        const { HITTypeId } = await lab.call('CreateHITType', type)
        await refuse(lab, 'UpdateHITTypeOfHIT', { HITId, HITTypeId: HITTypeId! }, refused.noFunds)
        expect((await lab.hit(HITId)).Reward).toBe('0.10')
      })
    })

    describe('values', () => {
      const external = (url: string) => externalQuestion.replace('https://tasks.example.org/birdsong', url)

      test('an ExternalQuestion without https: two full stops', async () => {
        const lab = await journey().laboratory()
        const url = 'http://tasks.example.org/birdsong'
        const wrong = refused.value('ExternalURL', url, 'This URL must use the HTTPS protocol.')
        await refuse(lab, 'CreateHIT', aHIT({ Question: external(url) }), wrong)
      })

      test('broken XML, with the parser’s own words', async () => {
        const lab = await journey().laboratory()
        const message =
          'There was an error parsing the XML question or answer data in your request.  Please make sure the data is ' +
          'well-formed and validates against the appropriate schema. Details: ' +
          `The reference to entity "b" must end with the ';' delimiter.`
        const broken = aHIT({ Question: external('https://tasks.example.org/?a=1&b=2') })
        const code = 'AWS.MechanicalTurk.XMLParseError'
        await refuse(lab, 'CreateHIT', broken, { ...refused.value('', ''), code, message })
      })

      test('broken HTML5, when it is strict', async () => {
        const lab = await journey().laboratory()
        const html = '<!DOCTYPE html><html><body><p id="a"class="b">Bird</p></body></html>'
        const question = `<HTMLQuestion xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2011-11-11/HTMLQuestion.xsd"><HTMLContent><![CDATA[${html}]]></HTMLContent><FrameHeight>0</FrameHeight></HTMLQuestion>`
        await expect(lab.create({ Question: question })).rejects.toThrow(
          'There was an error parsing the HTML5 data in your request.  Please make sure the data is well-formed and ' +
            'validates as HTML5. Details: Errors: <! [',
        )
      })

      test.each([
        ['LifetimeInSeconds', 29, 30, 31_536_000],
        ['LifetimeInSeconds', 31_536_001, 30, 31_536_000],
        ['AssignmentDurationInSeconds', 29, 30, 31_536_000],
        ['AutoApprovalDelayInSeconds', 2_592_001, 0, 2_592_000],
        ['MaxAssignments', 0, 1, 1_000_000_000],
        ['MaxAssignments', -1, 1, 1_000_000_000],
      ])('%s of %i [hits 4.1, 11.5 #9]', async (name, value, minimum, maximum) => {
        const lab = await journey().laboratory()
        const range = refused.range(name, value, minimum, maximum)
        await refuse(lab, 'CreateHIT', aHIT({ [name]: value }), range)
      })

      test.each([
        ['Title', '', refused.tooShort('Title')],
        ['Title', 'é'.repeat(129), refused.tooLong('Title', 128)],
        ['Description', '', refused.tooShort('Description')],
        ['Description', 'x'.repeat(2001), refused.tooLong('Description', 2000)],
        ['Keywords', 'x'.repeat(1001), refused.tooLong('Keywords', 1000)],
        ['RequesterAnnotation', 'x'.repeat(256), refused.tooLong('RequesterAnnotation', 255)],
        ['Question', '', refused.tooShort('Question')],
        ['Question', undefined, refused.tooShort('Question')],
      ])('%s, too short or too long [hits 4.1, 11.5 #15, #16]', async (name, value, expected) => {
        const lab = await journey().laboratory()
        const { [name as 'Question']: _, ...rest } = aHIT()
        await refuse(lab, 'CreateHIT', value === undefined ? rest : { ...rest, [name]: value }, expected)
      })

      test.each(['.5', '0.123', '-1', '$1', '1,00', ''])('Reward "%s" [hits 4.1, 11.4]', async (Reward) => {
        const lab = await journey().laboratory()
        const pattern = 'Member must satisfy regular expression pattern: ^[0-9]+(\\.)?[0-9]{0,2}$'
        const expected = refused.validation(
          `Value '${Reward}' at 'reward' failed to satisfy constraint: ${pattern}`,
        )
        await refuse(lab, 'CreateHIT', aHIT({ Reward }), expected)
      })

      test('lists: a token that is none, and one of another list [hits 8]', async () => {
        const lab = await journey().laboratory()
        await lab.create()
        const { NextToken } = await lab.call('ListHITs', {})
        await refuse(lab, 'ListHITs', { NextToken: 'p1:x' }, refused.value('NextToken', 'p1:x'))
        await refuse(lab, 'ListReviewableHITs', { NextToken }, refused.value('NextToken', NextToken!))
        await refuse(lab, 'ListBonusPayments', {}, refused.missing('HITId or AssignmentId'))
        const range = 'Member must have value less than or equal to 100'
        await refuse(
          lab,
          'ListHITs',
          { MaxResults: 101 },
          refused.validation(`Value '101' at 'maxResults' failed to satisfy constraint: ${range}`),
        )
      })
    })
  },
  questions,
)

onBothServers('signatures of clients', (journey) => {
  const usual = ['content-type', 'host', 'x-amz-date', 'x-amz-target']
  const variants: [string, Partial<ToSign>][] = [
    ['boto3 and hand-written signers', { signedHeaders: usual }],
    ['a PHP client: Content-Type unsigned, no spaces', { signedHeaders: usual.slice(1), layout: tight }],
    [
      'the SDK for JavaScript v2: Content-Type unsigned, the hash of the body signed',
      {
        headers: { 'x-amz-content-sha256': createHash('sha256').update('{}').digest('hex') },
        signedHeaders: ['host', 'x-amz-content-sha256', 'x-amz-date', 'x-amz-target'],
      },
    ],
  ]
  for (const region of ['us-east-1', 'us-west-2', 'sandbox', 'eu-central-1'])
    variants.push([`any region: ${region}`, { region }])
  test.each(variants)('%s [client 2]', async (_, more) => {
    const lab = await journey().laboratory('5.00')
    const answer = await rawCall(journey().address, lab.key, 'GetAccountBalance', '{}', more)
    expect([answer.status, answer.text]).toEqual([200, '{"AvailableBalance":"5.00"}'])
  })

  test('the SDK for JavaScript goes where AWS_ENDPOINT_URL_MTURK says [client 6]', async () => {
    const { key } = await journey().laboratory('5.00')
    vi.stubEnv('AWS_ENDPOINT_URL_MTURK', journey().address)
    onTestFinished(() => void vi.unstubAllEnvs())
    const client = new MTurkClient({ region: 'us-east-1', credentials: key })
    expect((await client.send(new GetAccountBalanceCommand({}))).AvailableBalance).toBe('5.00')
    client.destroy()
  })

  test.each(['AKID NOBODY', 'not a key', 'ключ', '<a>', "'; drop table"])(
    'an access key id of junk, "%s", is a clean refusal [client 2]',
    async (accessKeyId) => {
      const lab = await journey().laboratory()
      const key = { ...lab.key, accessKeyId: Buffer.from(accessKeyId).toString('latin1') }
      const answer = await rawCall(journey().address, key, 'GetAccountBalance', '{}')
      expect([answer.status, answer.text]).toEqual([
        400,
        '{"__type":"UnrecognizedClientException","message":"The security token included in the request is invalid."}',
      ])
    },
  )
})

const tight = (algorithm: string, parameters: string[]) => `${algorithm} ${parameters.join(',')}`
