// Programs as they were written for the real service, with an unmodified boto3: small, but in the manner of those that
// people still run [client 1, client 3]. What they compare and index without a look is what is tested.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openJourney, startOn, type Journey } from '../support/journey.ts'
import { boto3, clientsMissing } from '../support/python.ts'
import { describeUnless } from '../support/shared.ts'

const create = `
from urllib.request import Request, urlopen
import datetime, decimal, os, xml.etree.ElementTree as ET
from botocore.exceptions import ClientError, ParamValidationError

question = '''<?xml version="1.0" encoding="UTF-8"?>
<QuestionForm xmlns="http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2017-11-06/QuestionForm.xsd">
  <Question>
    <QuestionIdentifier>species</QuestionIdentifier>
    <IsRequired>true</IsRequired>
    <QuestionContent><Text>Which bird do you hear \\u2013 a wren?</Text></QuestionContent>
    <AnswerSpecification><FreeTextAnswer/></AnswerSpecification>
  </Question>
</QuestionForm>'''

def make(**changes):
    return client.create_hit(**{
        'Title': 'Listen to a bird', 'Description': 'Say which bird it is.', 'Keywords': 'bird, song',
        'Reward': '0.10', 'MaxAssignments': 3, 'LifetimeInSeconds': 86400,
        'AssignmentDurationInSeconds': 600, 'AutoApprovalDelayInSeconds': 259200, 'Question': question, **changes,
    })['HIT']

def control(path, body):
    request = Request(os.environ['AWS_ENDPOINT_URL_MTURK'] + '/_control/' + path, json.dumps(body).encode(),
                      {'Content-Type': 'application/json'})
    return json.load(urlopen(request))

def work(hit_id, species):
    worker = control('workers', {})['workerId']
    assignment = control('workers/' + worker + '/accept', {'hitId': hit_id})['assignmentId']
    control('assignments/' + assignment + '/submit', {'answers': {'species': species}})
    return worker, assignment
`

describeUnless(clientsMissing(), 'programs with boto3', () => {
  let server: Awaited<ReturnType<typeof startOn>>
  let journey: Journey
  beforeAll(async () => {
    server = await startOn('sqlite')
    journey = await openJourney(server.address)
  })
  afterAll(async () => {
    await journey?.close()
    await server?.stop()
  })
  const program = async (text: string) =>
    (await boto3(server.address, create + text)) as Record<string, unknown>

  test('make a HIT from Question XML, walk through its work, read the answers, approve', async () => {
    const said = await program(`
before = client.get_account_balance()['AvailableBalance']
hit = make()
species = ['wren', 'Zaunkönig 🐦', '<none> & "nothing"']
for name in species:
    work(hit['HITId'], name)
answers, approvals = [], []
for page in client.get_paginator('list_assignments_for_hit').paginate(
        HITId=hit['HITId'], AssignmentStatuses=['Submitted'], PaginationConfig={'PageSize': 2}):
    for assignment in page['Assignments']:
        root = ET.fromstring(assignment['Answer'])
        space = {'a': root.tag[1:].split('}')[0]}
        answers.append({answer.find('a:QuestionIdentifier', space).text: answer.find('a:FreeText', space).text
                        for answer in root.findall('a:Answer', space)})
        approvals.append(sorted(client.approve_assignment(AssignmentId=assignment['AssignmentId']).keys()))
        aware = all(assignment[name].tzinfo for name in ('AcceptTime', 'SubmitTime', 'AutoApprovalTime'))
after = client.get_hit(HITId=hit['HITId'])['HIT']
print(json.dumps({
    'question': hit['Question'] == question, 'same': client.get_hit(HITId=hit['HITId'])['HIT'] == after,
    'lifetime': (hit['Expiration'] - hit['CreationTime']).total_seconds(), 'answers': answers, 'aware': aware,
    'approvals': approvals, 'status': after['HITStatus'], 'completed': after['NumberOfAssignmentsCompleted'],
    'spent': str(decimal.Decimal(before) - decimal.Decimal(client.get_account_balance()['AvailableBalance']))}))`)
    expect(said).toEqual({
      question: true,
      same: true,
      lifetime: 86_400,
      answers: [{ species: 'wren' }, { species: 'Zaunkönig 🐦' }, { species: '<none> & "nothing"' }],
      aware: true,
      approvals: [['ResponseMetadata'], ['ResponseMetadata'], ['ResponseMetadata']],
      status: 'Reviewable',
      completed: 3,
      spent: '0.36',
    })
  })

  test('exceptions: the modelled class, the generic one, and what never leaves the machine [client W7, wire 3.2]', async () => {
    const said = await program(`
hit = make()
worker, assignment = work(hit['HITId'], 'wren')
def caught(call, **parameters):
    try:
        return call(**parameters)
    except client.exceptions.RequestError as error:
        return ['RequestError', sorted(error.response.keys()), error.response['Error'], error.response['TurkErrorCode'],
                str(error)]
    except ClientError as error:
        return ['ClientError', sorted(error.response.keys()), error.response['Error'], error.operation_name]
    except ParamValidationError as error:
        return ['ParamValidationError', str(error)]
client.approve_assignment(AssignmentId=assignment)
bonus = {'WorkerId': worker, 'AssignmentId': assignment, 'Reason': 'A rare bird.'}
print(json.dumps({
    'twice': caught(client.approve_assignment, AssignmentId=assignment),
    'unknown': caught(client.send_bonus, **{**bonus, 'WorkerId': 'A0NOBODY', 'BonusAmount': '1.00'}),
    'pattern': caught(client.send_bonus, **bonus, BonusAmount='0.9752'),
    'missing': caught(client.reject_assignment, AssignmentId=assignment),
    'fault': issubclass(client.exceptions.ServiceFault, ClientError)}))`)
    const now = journey.now()
    const judged = `This operation can be called with a status of: Submitted (${now})`
    expect(said).toEqual({
      twice: [
        'RequestError',
        ['Error', 'Message', 'ResponseMetadata', 'TurkErrorCode'],
        { Message: judged, Code: 'RequestError' },
        'AWS.MechanicalTurk.InvalidAssignmentState',
        `An error occurred (RequestError) when calling the ApproveAssignment operation: ${judged}`,
      ],
      unknown: [
        'ClientError',
        ['Error', 'ResponseMetadata'],
        {
          Message: `The value "A0NOBODY" is not valid for the parameter WorkerId. (${now})`,
          Code: 'ParameterValidationError',
        },
        'SendBonus',
      ],
      pattern: [
        'ClientError',
        ['Error', 'ResponseMetadata'],
        {
          Message:
            "1 validation error detected: Value '0.9752' at 'bonusAmount' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[0-9]+(\\.)?[0-9]{0,2}$",
          Code: 'ValidationException',
        },
        'SendBonus',
      ],
      missing: [
        'ParamValidationError',
        'Parameter validation failed:\nMissing required parameter in input: "RequesterFeedback"',
      ],
      fault: true,
    })
  })

  test('every paginator that fits: each entry once, and an end', async () => {
    const said = await program(`
mine = [make(Title='Paginated', MaxAssignments=5)['HITId'] for _ in range(3)]
workers = [work(mine[0], 'wren') for _ in range(5)]
for worker, assignment in workers:
    client.send_bonus(WorkerId=worker, AssignmentId=assignment, BonusAmount='0.01', Reason='')
    client.create_worker_block(WorkerId=worker, Reason='A test.')
hit_type = client.get_hit(HITId=mine[0])['HIT']['HITTypeId']
def walk(operation, member, **parameters):
    pages = client.get_paginator(operation).paginate(**parameters, PaginationConfig={'PageSize': 2})
    return [entry for page in pages for entry in page[member]]
listed = [hit['HITId'] for hit in walk('list_hits', 'HITs')]
full = client.get_paginator('list_hits').paginate().build_full_result()['HITs']
print(json.dumps({
    'hits': [len(listed) == len(set(listed)), set(mine) <= set(listed), len(full) == len(listed)],
    'reviewable': [hit['HITId'] for hit in walk('list_reviewable_hits', 'HITs', HITTypeId=hit_type)] == [mine[0]],
    'assignments': sorted(row['AssignmentId'] for row in walk('list_assignments_for_hit', 'Assignments', HITId=mine[0]))
        == sorted(assignment for _, assignment in workers),
    'bonuses': sorted(row['WorkerId'] for row in walk('list_bonus_payments', 'BonusPayments', HITId=mine[0]))
        == sorted(worker for worker, _ in workers),
    'blocks': sorted(row['WorkerId'] for row in walk('list_worker_blocks', 'WorkerBlocks'))
        == sorted(worker for worker, _ in workers)}))`)
    expect(said).toEqual({
      hits: [true, true, true],
      reviewable: true,
      assignments: true,
      bonuses: true,
      blocks: true,
    })
  })

  test('loops that index NextToken without a look, and stop at an empty page [client W1, W2]', async () => {
    const said = await program(`
for _ in range(4):
    make()
answer = client.list_hits(MaxResults=3)
count = 0
while len(answer['HITs']) > 0:
    count += answer['NumResults']
    answer = client.list_hits(NextToken=answer['NextToken'], MaxResults=3)
other, token = 0, None
while True:
    parameters = {'MaxResults': 100}
    if token:
        parameters['NextToken'] = token
    page = client.list_hits(**parameters)
    other += len(page['HITs'])
    token = page.get('NextToken')
    if not token:
        break
print(json.dumps({'same': count == other, 'some': count > 3, 'end': 'NextToken' in answer}))`)
    expect(said).toEqual({ same: true, some: true, end: false })
  })

  test('clean up: delete, else expire and delete; deleted and unknown HITs are told by their texts [client W13, W28]', async () => {
    const said = await program(`
def clean(hit_id, moment):
    steps = []
    for _ in range(4):
        try:
            client.delete_hit(HITId=hit_id)
            steps.append('deleted')
        except client.exceptions.RequestError as error:
            text = str(error)
            if "currently in the state 'Disposed'" in text:
                return steps + ['gone']
            if 'does not exist' in text:
                return steps + ['unknown']
            if "currently in the state 'Assignable'" in text:
                client.update_expiration_for_hit(HITId=hit_id, ExpireAt=moment)
                steps.append('expired')
            elif "currently in the state 'Reviewable'" in text:
                for row in client.list_assignments_for_hit(HITId=hit_id, AssignmentStatuses=['Submitted'])['Assignments']:
                    client.reject_assignment(AssignmentId=row['AssignmentId'], RequesterFeedback='')
                steps.append('reviewed')
            else:
                raise
    return steps
fresh, late, worked = make()['HITId'], make()['HITId'], make()['HITId']
work(worked, 'wren')
print(json.dumps({
    'fresh': clean(fresh, 0), 'late': clean(late, datetime.datetime(2015, 1, 1)),
    'worked': clean(worked, datetime.datetime.now() - datetime.timedelta(days=30)),
    'unknown': clean('ABC', 0), 'status': client.get_hit(HITId=fresh)['HIT']['HITStatus']}))`)
    expect(said).toEqual({
      fresh: ['expired', 'deleted', 'gone'],
      late: ['expired', 'deleted', 'gone'],
      worked: ['expired', 'reviewed', 'deleted', 'gone'],
      unknown: ['unknown'],
      status: 'Disposed',
    })
  })

  test('a token that was used: the HIT’s id is read from the text [hits 10]', async () => {
    const said = await program(`
import re
first = make(UniqueRequestToken='survey 1: row 7')['HITId']
try:
    make(UniqueRequestToken='survey 1: row 7')
except client.exceptions.RequestError as error:
    found = re.search('HIT with ID "([A-Z0-9]+)" already exists', str(error)).group(1)
    code = error.response['TurkErrorCode']
print(json.dumps({'same': found == first, 'code': code}))`)
    expect(said).toEqual({ same: true, code: 'AWS.MechanicalTurk.HitAlreadyExists' })
  })

  test('the books balance after all of it', async () => {
    expect((await journey.control('ledger')).body.sum).toBe('0.00')
  })
})
