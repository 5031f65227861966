// What is known of a worker when requirements are judged: his identity, which all markets share, and his counters in
// this one.
import { systemValue, type QualificationValue, type WorkerRecord } from '../domain/qualification.ts'
import * as accounts from '../store/accounts.ts'
import type { Read } from '../store/tx.ts'
import * as workers from '../store/workers.ts'

/** The worker's record, or undefined when there is no such worker. */
export async function findWorkerRecord(
  tx: Read,
  workerId: string,
): Promise<(WorkerRecord & { suspended: boolean }) | undefined> {
  const worker = await workers.find(tx, workerId)
  if (worker === undefined) return undefined
  const account = await accounts.findWorker(tx, workerId)
  return {
    accepted: account.accepted,
    returned: account.returned,
    abandoned: account.abandoned,
    submitted: account.submitted,
    approved: account.approved,
    rejected: account.rejected,
    masters: account.masters,
    adult: account.adult,
    locale:
      worker.country === null
        ? undefined
        : {
            country: worker.country,
            ...(worker.subdivision !== null && { subdivision: worker.subdivision }),
          },
    suspended: worker.suspended === 1,
  }
}

/** The worker's value of each qualification type. */
export function valueOf(record: WorkerRecord): (qualificationTypeId: string) => QualificationValue {
  return (qualificationTypeId) => systemValue(record, qualificationTypeId)
}
