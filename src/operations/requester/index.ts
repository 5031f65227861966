// The requester operations that exist, by their wire names. An operation of the model that is not here is refused
// with a sentence that says so.
import type { OperationName } from '../../model/operations.ts'
import { AcceptQualificationRequest } from './AcceptQualificationRequest.ts'
import { ApproveAssignment } from './ApproveAssignment.ts'
import { AssociateQualificationWithWorker } from './AssociateQualificationWithWorker.ts'
import { CreateAdditionalAssignmentsForHIT } from './CreateAdditionalAssignmentsForHIT.ts'
import { CreateHIT } from './CreateHIT.ts'
import { CreateHITType } from './CreateHITType.ts'
import { CreateHITWithHITType } from './CreateHITWithHITType.ts'
import { CreateQualificationType } from './CreateQualificationType.ts'
import { CreateWorkerBlock } from './CreateWorkerBlock.ts'
import { DeleteHIT } from './DeleteHIT.ts'
import { DeleteQualificationType } from './DeleteQualificationType.ts'
import { DeleteWorkerBlock } from './DeleteWorkerBlock.ts'
import { DisassociateQualificationFromWorker } from './DisassociateQualificationFromWorker.ts'
import { GetAccountBalance } from './GetAccountBalance.ts'
import { GetAssignment } from './GetAssignment.ts'
import { GetFileUploadURL } from './GetFileUploadURL.ts'
import { GetHIT } from './GetHIT.ts'
import { GetQualificationScore } from './GetQualificationScore.ts'
import { GetQualificationType } from './GetQualificationType.ts'
import { ListAssignmentsForHIT } from './ListAssignmentsForHIT.ts'
import { ListBonusPayments } from './ListBonusPayments.ts'
import { ListHITs } from './ListHITs.ts'
import { ListHITsForQualificationType } from './ListHITsForQualificationType.ts'
import { ListQualificationRequests } from './ListQualificationRequests.ts'
import { ListQualificationTypes } from './ListQualificationTypes.ts'
import { ListReviewPolicyResultsForHIT } from './ListReviewPolicyResultsForHIT.ts'
import { ListReviewableHITs } from './ListReviewableHITs.ts'
import { ListWorkerBlocks } from './ListWorkerBlocks.ts'
import { ListWorkersWithQualificationType } from './ListWorkersWithQualificationType.ts'
import { NotifyWorkers } from './NotifyWorkers.ts'
import { RejectAssignment } from './RejectAssignment.ts'
import { RejectQualificationRequest } from './RejectQualificationRequest.ts'
import { SendBonus } from './SendBonus.ts'
import { SendTestEventNotification } from './SendTestEventNotification.ts'
import { UpdateExpirationForHIT } from './UpdateExpirationForHIT.ts'
import { UpdateHITReviewStatus } from './UpdateHITReviewStatus.ts'
import { UpdateHITTypeOfHIT } from './UpdateHITTypeOfHIT.ts'
import { UpdateQualificationType } from './UpdateQualificationType.ts'
import { UpdateNotificationSettings } from './UpdateNotificationSettings.ts'

export const requesterOperations = {
  AcceptQualificationRequest,
  ApproveAssignment,
  AssociateQualificationWithWorker,
  CreateAdditionalAssignmentsForHIT,
  CreateHIT,
  CreateHITType,
  CreateHITWithHITType,
  CreateQualificationType,
  CreateWorkerBlock,
  DeleteHIT,
  DeleteQualificationType,
  DeleteWorkerBlock,
  DisassociateQualificationFromWorker,
  GetAccountBalance,
  GetAssignment,
  GetFileUploadURL,
  GetHIT,
  GetQualificationScore,
  GetQualificationType,
  ListAssignmentsForHIT,
  ListBonusPayments,
  ListHITs,
  ListHITsForQualificationType,
  ListQualificationRequests,
  ListQualificationTypes,
  ListReviewPolicyResultsForHIT,
  ListReviewableHITs,
  ListWorkerBlocks,
  ListWorkersWithQualificationType,
  NotifyWorkers,
  RejectAssignment,
  RejectQualificationRequest,
  SendBonus,
  SendTestEventNotification,
  UpdateExpirationForHIT,
  UpdateHITReviewStatus,
  UpdateHITTypeOfHIT,
  UpdateQualificationType,
  UpdateNotificationSettings,
} satisfies Record<OperationName, object>
