// A requester with some years behind him: everything that the API can tell is there at least once.
import type { Journey, Laboratory } from './journey.ts'

const formNamespace =
  'http://mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/QuestionForm.xsd'
const Question = `<QuestionForm xmlns="${formNamespace}"><Question><QuestionIdentifier>my scan/é</QuestionIdentifier><QuestionContent><Text>?</Text></QuestionContent><AnswerSpecification><FileUploadAnswer><MaxFileSizeInBytes>3000000</MaxFileSizeInBytes><MinFileSizeInBytes>1</MinFileSizeInBytes></FileUploadAnswer></AnswerSpecification></Question></QuestionForm>`

/** What tests look for among all that is saved. */
export interface Years {
  laboratory: Laboratory
  hits: string[]
  assignments: string[]
  deleted: string
  typeId: string
  /** When the first assignment was submitted, in epoch milliseconds. */
  submittedAt: number
}

/** Some years of a requester: work in every state, a file, bonuses, qualification types, scores, a block, a policy. */
export async function liveThrough(journey: Journey): Promise<Years> {
  const laboratory = await journey.laboratory()
  const [one, two, three] = [await journey.worker(), await journey.worker(), await journey.worker()]
  const policy = {
    PolicyName: 'SimplePlurality/2011-09-01',
    Parameters: [
      { Key: 'QuestionIds', Values: ['species'] },
      { Key: 'QuestionAgreementThreshold', Values: ['50'] },
    ],
  }
  const birds = await laboratory.create({ MaxAssignments: 3, HITReviewPolicy: policy })
  const assignments = [
    await one.work(birds.HITId),
    await two.work(birds.HITId),
    await three.work(birds.HITId),
  ]
  await laboratory.call('ApproveAssignment', { AssignmentId: assignments[0]! })
  await laboratory.call('RejectAssignment', { AssignmentId: assignments[1]!, RequesterFeedback: 'A “cat”.' })
  const scans = await laboratory.create({ MaxAssignments: 2, Question })
  const scanned = await one.accept(scans.HITId)
  const base64 = Buffer.from('a scan').toString('base64')
  await one.submit(scanned, { 'my scan/é': { file: { name: 'scan.png', base64 } } })
  for (const BonusAmount of ['0.50', '1.00'])
    await laboratory.call('SendBonus', {
      WorkerId: one.workerId,
      AssignmentId: assignments[0]!,
      BonusAmount,
      Reason: 'Danke schön',
    })
  const quiet = await laboratory.create()
  const gone = await laboratory.create({ MaxAssignments: 1 })
  const last = await one.work(gone.HITId)
  await laboratory.call('ApproveAssignment', { AssignmentId: last })
  await laboratory.call('SendBonus', {
    WorkerId: one.workerId,
    AssignmentId: last,
    BonusAmount: '0.25',
    Reason: 'For the last one',
  })
  await laboratory.call('DeleteHIT', { HITId: gone.HITId })
  const made = await laboratory.call('CreateQualificationType', {
    Name: 'Knows birds',
    Description: 'Has named ten birds.',
    QualificationTypeStatus: 'Active',
  })
  const typeId = made.QualificationType!.QualificationTypeId!
  for (const { workerId: WorkerId } of [one, two])
    await laboratory.call('AssociateQualificationWithWorker', {
      QualificationTypeId: typeId,
      WorkerId,
      IntegerValue: 80,
    })
  await laboratory.call('DisassociateQualificationFromWorker', {
    QualificationTypeId: typeId,
    WorkerId: two.workerId,
  })
  await laboratory.call('CreateWorkerBlock', { WorkerId: two.workerId, Reason: 'Answered without looking.' })
  return {
    laboratory,
    hits: [birds.HITId, scans.HITId, quiet.HITId],
    assignments: [...assignments, scanned],
    deleted: gone.HITId,
    typeId,
    submittedAt: journey.second() * 1000,
  }
}
