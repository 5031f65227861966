import type { Fault } from '../../domain/fault.ts'
import { nameOf, refuseAttempt, type SignInSubject } from '../../domain/sign-in.ts'
import * as sessions from '../../store/sessions.ts'
import { read, type OperatorCaller } from '../operation.ts'

/** TooManyAttempts when one of the subjects has failed too often lately. */
export const CheckAttempts = read<
  OperatorCaller,
  { subjects: readonly SignInSubject[]; wallNow: number },
  object
>('CheckAttempts', async (tx, _, { subjects, wallNow }): Promise<object | Fault> => {
  for (const subject of subjects) {
    const past = await sessions.failures(tx, nameOf(subject))
    const refusal = past && refuseAttempt(subject, past, wallNow)
    if (refusal) return refusal
  }
  return {}
})
