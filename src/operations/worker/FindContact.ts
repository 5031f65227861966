import type { ContactSubject } from '../../domain/contact.ts'
import { isFault } from '../../domain/fault.ts'
import * as requesters from '../../store/requesters.ts'
import * as workers from '../../store/workers.ts'
import { read, type WorkerCaller } from '../operation.ts'
import { findContactSubject, type ContactTarget } from './contact-subject.ts'

export interface Contact extends ContactSubject {
  requesterName: string
  /** Whether there is an address of the worker that the requester could answer to. */
  canBeAnswered: boolean
}

/** Whom a worker writes to about a group or an assignment of his. GroupDoesNotExist, AssignmentDoesNotExist. */
export const FindContact = read<WorkerCaller, ContactTarget, Contact>(
  'FindContact',
  async (tx, { workerId }, target) => {
    const subject = await findContactSubject(tx, workerId, target)
    if (isFault(subject)) return subject
    const requester = await requesters.find(tx, subject.requesterId)
    const worker = await workers.find(tx, workerId)
    return { ...subject, requesterName: requester?.name ?? '', canBeAnswered: worker?.email !== undefined }
  },
)
