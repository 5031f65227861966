import * as qualifications from '../../store/qualifications.ts'
import type { Write } from '../../store/tx.ts'

/** The type that is granted, by its owner. */
export interface GrantedType {
  id: string
  requesterId: string
}

/** Gives the worker the value of the type at `at`; a value that he had, or lost, is replaced [qualifications 10]. */
export async function grant(
  tx: Write,
  type: GrantedType,
  workerId: string,
  value: number,
  at: number,
): Promise<void> {
  await qualifications.put(tx, {
    qualificationTypeId: type.id,
    requesterId: type.requesterId,
    workerId,
    value,
    status: 'Granted',
    grantedAt: at,
  })
}
