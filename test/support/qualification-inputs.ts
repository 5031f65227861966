// A right input of each operation about qualifications, for tests that spoil inputs.
import type { Hand, Journey, Laboratory } from './journey.ts'
import { sampleTestMembers } from './qualifications.ts'

async function makeType(lab: Laboratory, Name: string): Promise<string> {
  const { QualificationType } = await lab.call('CreateQualificationType', {
    Name,
    Description: 'Tells birds by their song.',
    QualificationTypeStatus: 'Active',
  })
  return QualificationType!.QualificationTypeId!
}

/** Makes types, a grant and a request of the laboratory; answers the inputs by operation. */
export async function makeQualificationInputs(
  journey: Journey,
  lab: Laboratory,
  { workerId: WorkerId }: Hand,
): Promise<Record<string, Record<string, unknown>>> {
  const [QualificationTypeId, granted, idle] = [
    await makeType(lab, 'Birds'),
    await makeType(lab, 'Granted'),
    await makeType(lab, 'Idle'),
  ]
  await lab.call('AssociateQualificationWithWorker', { QualificationTypeId: granted, WorkerId })
  const asked = await journey.control(`workers/${WorkerId}/qualification-requests`, {
    qualificationTypeId: QualificationTypeId,
  })
  const QualificationRequestId = String(asked.body.qualificationRequestId)
  const Description = 'Tells birds by sight.'
  const QualificationTypeStatus = 'Active'
  return {
    CreateQualificationType: {
      Name: 'Another',
      Keywords: 'birds',
      Description,
      QualificationTypeStatus,
      ...sampleTestMembers,
    },
    UpdateQualificationType: {
      QualificationTypeId,
      Description,
      QualificationTypeStatus,
      ...sampleTestMembers,
    },
    GetQualificationType: { QualificationTypeId },
    DeleteQualificationType: { QualificationTypeId: idle },
    ListQualificationTypes: {
      Query: 'bird',
      MustBeRequestable: true,
      MustBeOwnedByCaller: true,
      MaxResults: 5,
    },
    ListHITsForQualificationType: { QualificationTypeId, MaxResults: 5 },
    ListWorkersWithQualificationType: { QualificationTypeId: granted, Status: 'Granted', MaxResults: 5 },
    ListQualificationRequests: { QualificationTypeId, MaxResults: 5 },
    AcceptQualificationRequest: { QualificationRequestId, IntegerValue: 5 },
    RejectQualificationRequest: { QualificationRequestId, Reason: 'Not yet.' },
    AssociateQualificationWithWorker: {
      QualificationTypeId,
      WorkerId,
      IntegerValue: 5,
      SendNotification: true,
    },
    DisassociateQualificationFromWorker: {
      WorkerId,
      QualificationTypeId: granted,
      Reason: 'A mistake.',
    },
    GetQualificationScore: { QualificationTypeId: granted, WorkerId },
  }
}
