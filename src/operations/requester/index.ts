// The requester operations that exist, by their wire names. An operation of the model that is not here is refused
// with a sentence that says so.
import { ApproveAssignment } from './ApproveAssignment.ts'
import { CreateAdditionalAssignmentsForHIT } from './CreateAdditionalAssignmentsForHIT.ts'
import { CreateHIT } from './CreateHIT.ts'
import { CreateHITType } from './CreateHITType.ts'
import { CreateHITWithHITType } from './CreateHITWithHITType.ts'
import { CreateWorkerBlock } from './CreateWorkerBlock.ts'
import { DeleteHIT } from './DeleteHIT.ts'
import { DeleteWorkerBlock } from './DeleteWorkerBlock.ts'
import { GetAccountBalance } from './GetAccountBalance.ts'
import { GetAssignment } from './GetAssignment.ts'
import { GetHIT } from './GetHIT.ts'
import { ListAssignmentsForHIT } from './ListAssignmentsForHIT.ts'
import { ListBonusPayments } from './ListBonusPayments.ts'
import { ListHITs } from './ListHITs.ts'
import { ListReviewableHITs } from './ListReviewableHITs.ts'
import { ListWorkerBlocks } from './ListWorkerBlocks.ts'
import { RejectAssignment } from './RejectAssignment.ts'
import { SendBonus } from './SendBonus.ts'
import { UpdateExpirationForHIT } from './UpdateExpirationForHIT.ts'
import { UpdateHITReviewStatus } from './UpdateHITReviewStatus.ts'
import { UpdateHITTypeOfHIT } from './UpdateHITTypeOfHIT.ts'

export const requesterOperations = {
  ApproveAssignment,
  CreateAdditionalAssignmentsForHIT,
  CreateHIT,
  CreateHITType,
  CreateHITWithHITType,
  CreateWorkerBlock,
  DeleteHIT,
  DeleteWorkerBlock,
  GetAccountBalance,
  GetAssignment,
  GetHIT,
  ListAssignmentsForHIT,
  ListBonusPayments,
  ListHITs,
  ListReviewableHITs,
  ListWorkerBlocks,
  RejectAssignment,
  SendBonus,
  UpdateExpirationForHIT,
  UpdateHITReviewStatus,
  UpdateHITTypeOfHIT,
}
