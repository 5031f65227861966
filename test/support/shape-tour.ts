// A requester's life in which every operation of the API is called: with all members that it has, with the optional
// ones inside of structures left out, and with all optional ones left out. What was sent and answered is kept.
import type { OperationName, OperationOutput } from '../../src/model/operations.ts'
import { shapesOf } from '../conformance/model-description.ts'
import { without } from '../conformance/shape-check.ts'
import type { Hand, Journey, Laboratory } from './journey.ts'
import { aHIT } from './market.ts'
import { sampleTest, sampleTestMembers } from './qualifications.ts'
import { rawCall } from './raw-call.ts'
import { knownAnswers, plurality } from './review-steps.ts'
import { mailOf, sendFile } from './wire-server.ts'

/** Which of the members that may be absent are there: all, those of the input itself, none. */
export type Fullness = 'every member' | 'outer members' | 'required members'

export interface MadeCall {
  operation: OperationName
  fullness: Fullness
  input: object
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
}

/** Members inside of structures that the model takes for optional, but without which no call succeeds. */
const needed: Readonly<Record<string, string>> = {
  'QualificationRequirement.IntegerValues': 'what its comparator compares with [qualifications 4.2]',
  'QualificationRequirement.LocaleValues': 'what its comparator compares with [qualifications 4.2]',
  'ReviewPolicy.Parameters': 'both policies have parameters that are required [qualifications 7.1, 7.2]',
  'PolicyParameter.Key': 'the parameters that are required have names [qualifications 6.1]',
  'PolicyParameter.Values': 'the values of those that are required [qualifications 7.2]',
  'PolicyParameter.MapEntries': 'the answers that are known [qualifications 7.1]',
  'ParameterMapEntry.Key': 'the question that an answer belongs to [qualifications 7.1]',
}

/** Of inputs themselves, members of which one must be there: the calls of a tour keep now this one, now that. */
export const eitherOf: Readonly<Record<string, readonly string[]>> = {
  // [hits 12.1, 12.3]
  CreateHIT: ['Question', 'HITLayoutId'],
  CreateHITWithHITType: ['Question', 'HITLayoutId'],
  // [hits 9.6]
  ListBonusPayments: ['HITId', 'AssignmentId'],
  // [notifications 2.1]
  UpdateNotificationSettings: ['Notification', 'Active'],
}

/** What the visits of a tour share. */
interface Tour {
  fullness: Fullness
  journey: Journey
  lab: Laboratory
  hands: Hand[]
  /** Makes and keeps a call; `keep` names members of the input that must stay for it to succeed. */
  call<N extends OperationName>(operation: N, input: object, keep?: string): Promise<OperationOutput<N>>
  /** Calls for a list of pages of one, and again with the token that came. */
  list(operation: OperationName, input: object, keep?: string): Promise<void>
}

const requirementsWith = (QualificationTypeId: string) => [
  {
    QualificationTypeId: '000000000000000000L0',
    Comparator: 'GreaterThan',
    IntegerValues: [90],
    ActionsGuarded: 'Accept',
    RequiredToPreview: false,
  },
  {
    QualificationTypeId: '00000000000000000071',
    Comparator: 'In',
    LocaleValues: [{ Country: 'US', Subdivision: 'CA' }, { Country: 'DE' }],
    ActionsGuarded: 'PreviewAndAccept',
    RequiredToPreview: true,
  },
  {
    QualificationTypeId,
    Comparator: 'Exists',
    ActionsGuarded: 'DiscoverPreviewAndAccept',
    RequiredToPreview: true,
  },
]

// The first question has an id that is no EntityId; unknown parameters may lack everything [qualifications 6.1].
const assignmentPolicy = knownAnswers({ 'question-1': 'wren', other: '' }, { ApproveReason: 'Good.' })
const policies = {
  AssignmentReviewPolicy: {
    ...assignmentPolicy,
    Parameters: [...assignmentPolicy.Parameters, { Key: 'Unknown', MapEntries: [{}] }, {}],
  },
  HITReviewPolicy: {
    ...plurality(['question-1'], 50),
    Parameters: [
      ...plurality(['question-1'], 50).Parameters,
      { Key: 'Unknown', MapEntries: [{ Key: 'a', Values: ['b'] }, { Key: 'c' }, {}] },
      {},
    ],
  },
}

/** Makes all calls of a tour, for a new requester; answers them. */
export async function tourShapes(journey: Journey, address: string, fullness: Fullness): Promise<MadeCall[]> {
  const lab = await journey.laboratory()
  const hands = [await journey.worker(), await journey.worker(), await journey.worker()]
  const calls: MadeCall[] = []
  const call: Tour['call'] = async (operation, whole, keep) => {
    const kept = keep === undefined ? undefined : `${shapesOf(operation).input}.${keep}`
    const outer = Object.keys(whole).map((name) => `${shapesOf(operation).input}.${name}`)
    const isNeeded = (member: string) =>
      member in needed || member === kept || (fullness === 'outer members' && outer.includes(member))
    const input =
      fullness === 'every member' ? whole : (without(shapesOf(operation).input, whole, isNeeded) as object)
    const { status, headers, text, json } = await rawCall(address, lab.key, operation, JSON.stringify(input))
    calls.push({ operation, fullness, input, status, headers, text })
    if (status !== 200) throw new Error(`${operation} ${JSON.stringify(input)} was refused: ${text}`)
    return json as never
  }
  const tour: Tour = {
    fullness,
    journey,
    lab,
    hands,
    call,
    async list(operation, input, keep) {
      const first = (await call(operation, { ...input, MaxResults: 1 }, keep)) as { NextToken?: string }
      const { NextToken } = first
      if (fullness !== 'required members')
        await call(operation, { ...input, MaxResults: 100, NextToken }, keep)
    },
  }
  const typeId = await visitTypes(tour)
  await visitRequests(tour)
  await visitGrants(tour, typeId)
  const hits = await visitHITs(tour, typeId)
  await visitWork(tour)
  await visitReviews(tour)
  await visitEnd(tour, hits)
  await visitNotifications(tour, hits.HITTypeId)
  await tour.call('GetAccountBalance', {})
  await tour.call('DeleteQualificationType', { QualificationTypeId: typeId })
  return calls
}

const described = { Keywords: 'birds', Description: 'Knows birds.', QualificationTypeStatus: 'Active' }

/** Types with a test and with the automatic grant; answers the id of one that is plain. */
async function visitTypes({ call, list }: Tour): Promise<string> {
  const { QualificationType: tested } = await call('CreateQualificationType', {
    Name: 'Tested',
    ...described,
    ...sampleTestMembers,
  })
  const QualificationTypeId = tested!.QualificationTypeId!
  await call('UpdateQualificationType', {
    QualificationTypeId,
    Description: 'Knows songs.',
    QualificationTypeStatus: 'Active',
    ...sampleTestMembers,
  })
  await call('CreateQualificationType', {
    Name: 'Granted',
    ...described,
    AutoGranted: true,
    AutoGrantedValue: 5,
  })
  await call('GetQualificationType', { QualificationTypeId })
  await list('ListQualificationTypes', {
    Query: 'birds',
    MustBeRequestable: true,
    MustBeOwnedByCaller: true,
  })
  const { QualificationType: plain } = await call('CreateQualificationType', { Name: 'Plain', ...described })
  return plain!.QualificationTypeId!
}

/** Requests, with the answers to a test where the type has one, that are accepted and rejected. */
async function visitRequests({ call, list, journey, hands, fullness }: Tour): Promise<void> {
  const { QualificationType: type } = await call('CreateQualificationType', {
    Name: 'Asked for',
    ...described,
    Test: sampleTest,
    TestDurationInSeconds: 600,
  })
  const answers = { capital: 'oslo', primes: ['two'] }
  const asked: string[] = []
  for (const { workerId } of hands.slice(0, 2)) {
    const { body } = await journey.control(`workers/${workerId}/qualification-requests`, {
      qualificationTypeId: type!.QualificationTypeId!,
      ...(fullness !== 'required members' && { answers }),
    })
    asked.push(String(body.qualificationRequestId))
  }
  await list('ListQualificationRequests', { QualificationTypeId: type!.QualificationTypeId! })
  const [QualificationRequestId, rejected] = asked
  await call('AcceptQualificationRequest', { QualificationRequestId, IntegerValue: 5 })
  await call('RejectQualificationRequest', { QualificationRequestId: rejected, Reason: 'Not yet.' })
}

/** A grant, and its end. */
async function visitGrants({ call, list, hands }: Tour, QualificationTypeId: string): Promise<void> {
  const grant = { QualificationTypeId, WorkerId: hands[2]!.workerId }
  await call('AssociateQualificationWithWorker', { ...grant, IntegerValue: 5, SendNotification: true })
  await call('GetQualificationScore', grant)
  await list('ListWorkersWithQualificationType', { QualificationTypeId, Status: 'Granted' })
  await call('DisassociateQualificationFromWorker', { ...grant, Reason: 'A mistake.' })
}

interface MadeHITs {
  HITId: string
  HITTypeId: string
}

/** HITs of a question and of a layout, looked at in every way; answers one, and a type. */
async function visitHITs(tour: Tour, QualificationTypeId: string): Promise<MadeHITs> {
  const { call, list, journey, lab, fullness } = tour
  const { Question, LifetimeInSeconds, ...type } = aHIT({
    Keywords: 'birds, songs',
    AutoApprovalDelayInSeconds: 3600,
    QualificationRequirements: requirementsWith(QualificationTypeId) as never,
  })
  const hit = { LifetimeInSeconds, MaxAssignments: 2, RequesterAnnotation: 'batch 7', ...policies }
  // Parameters may be surplus but never missing [questions 8].
  const html = fullness === 'required members' ? '<input name="a">' : '<p>${bird}</p><input name="a">'
  const { body } = await journey.control('layouts', { requesterId: lab.requesterId, name: 'Birds', html })
  const layout = {
    HITLayoutId: String(body.hitLayoutId),
    HITLayoutParameters: [{ Name: 'bird', Value: 'wren' }],
  }
  const { HITTypeId } = (await call('CreateHITType', type)) as { HITTypeId: string }
  const ids: string[] = []
  for (const [keep, question] of [
    ['Question', { Question }],
    ['HITLayoutId', layout],
  ] as const) {
    const one = { ...hit, ...question }
    const made = await call('CreateHIT', { ...type, ...one, UniqueRequestToken: `1 ${keep}` }, keep)
    const second = { HITTypeId, ...one, UniqueRequestToken: `2 ${keep}` }
    ids.push(made.HIT!.HITId!, (await call('CreateHITWithHITType', second, keep)).HIT!.HITId!)
  }
  const [HITId = '', second] = ids
  for (const id of ids) await call('GetHIT', { HITId: id })
  await list('ListHITs', {})
  await list('ListHITsForQualificationType', { QualificationTypeId: '000000000000000000L0' })
  await call('UpdateHITTypeOfHIT', { HITId: second, HITTypeId })
  await call('CreateAdditionalAssignmentsForHIT', {
    HITId,
    NumberOfAdditionalAssignments: 1,
    UniqueRequestToken: 'more',
  })
  return { HITId, HITTypeId }
}

/** Work that is approved, rejected, left; bonuses, messages and blocks for those who did it. */
async function visitWork({ call, list, journey, lab, hands }: Tour): Promise<void> {
  const { HITId } = await lab.create({ MaxAssignments: 3 })
  const ids: string[] = []
  for (const hand of hands) ids.push(await hand.work(HITId))
  const [AssignmentId = '', rejected] = ids
  await call('ApproveAssignment', { AssignmentId, RequesterFeedback: 'Good.', OverrideRejection: false })
  await call('RejectAssignment', { AssignmentId: rejected, RequesterFeedback: 'No.' })
  for (const id of ids) await call('GetAssignment', { AssignmentId: id })
  const AssignmentStatuses = ['Submitted', 'Approved', 'Rejected']
  await list('ListAssignmentsForHIT', { HITId, AssignmentStatuses })
  const { workerId: WorkerId } = hands[0]!
  await call('SendBonus', {
    WorkerId,
    AssignmentId,
    BonusAmount: '0.50',
    Reason: 'A rare bird.',
    UniqueRequestToken: 'bonus',
  })
  for (const keep of ['HITId', 'AssignmentId']) await list('ListBonusPayments', { HITId, AssignmentId }, keep)
  await call('NotifyWorkers', {
    Subject: 'New HITs',
    MessageText: 'Have a look.',
    WorkerIds: [WorkerId, 'A0NOBODY'],
  })
  await call('CreateWorkerBlock', { WorkerId, Reason: 'A test.' })
  await list('ListWorkerBlocks', {})
  await call('DeleteWorkerBlock', { WorkerId, Reason: 'It is over.' })
  const sent = await sendFile(journey, lab, WorkerId)
  await call('GetFileUploadURL', { AssignmentId: sent, QuestionIdentifier: 'scan' })
}

/** A HIT whose policies did what they could, and one thing that they could not: to reject what was approved. */
async function visitReviews({ list, lab, hands }: Tour): Promise<void> {
  const { HITId } = await lab.create({
    AssignmentReviewPolicy: knownAnswers({ 'question-1': 'wren' }, { ApproveIfKnownAnswerScoreIsAtLeast: 0 }),
    HITReviewPolicy: plurality(['question-1'], 50, { RejectIfWorkerAgreementScoreIsLessThan: 101 }),
  })
  const assignmentId = await hands[0]!.accept(HITId)
  await hands[0]!.submit(assignmentId, { 'question-1': 'wren' })
  await list('ListReviewPolicyResultsForHIT', {
    HITId,
    PolicyLevels: ['Assignment', 'HIT'],
    RetrieveActions: true,
    RetrieveResults: true,
  })
}

/** The end of a HIT. */
async function visitEnd({ call, list }: Tour, { HITId, HITTypeId }: MadeHITs): Promise<void> {
  await call('UpdateExpirationForHIT', { HITId, ExpireAt: 0 })
  await list('ListReviewableHITs', { HITTypeId, Status: 'Reviewable' })
  await call('UpdateHITReviewStatus', { HITId, Revert: false })
  await call('DeleteHIT', { HITId })
  await call('GetHIT', { HITId })
}

/** Settings as a whole, and each half of them. */
async function visitNotifications({ call }: Tour, HITTypeId: string): Promise<void> {
  const settings = { HITTypeId, Notification: mailOf('HITReviewable'), Active: true }
  for (const keep of ['Notification', 'Active']) await call('UpdateNotificationSettings', settings, keep)
  await call('SendTestEventNotification', {
    Notification: mailOf('AssignmentSubmitted'),
    TestEventType: 'Ping',
  })
}
