import { nameOf, type SignInSubject } from '../../domain/sign-in.ts'
import { server } from '../../limits.ts'
import * as sessions from '../../store/sessions.ts'
import { write, type OperatorCaller } from '../operation.ts'

/** Counts a failed sign-in for each subject. */
export const CountFailure = write<
  OperatorCaller,
  { subjects: readonly SignInSubject[]; wallNow: number },
  object
>(
  'CountFailure',
  // The subject names an e-mail address, and the audit is for ever.
  () => 'sign-in',
  async (tx, _, { subjects, wallNow }) => {
    for (const subject of subjects) {
      await sessions.addFailure(tx, nameOf(subject), wallNow, wallNow - server.signIn.window)
    }
    return {}
  },
)
