// A person who is signed in shows once more that it is him: before what a stranger at his open browser must not do.
import { isFault, type Fault } from '../../../domain/fault.ts'
import type { SignInSubject } from '../../../domain/sign-in.ts'
import { operator } from '../../../operations/operation.ts'
import { CheckAttempts } from '../../../operations/operator/CheckAttempts.ts'
import { CountFailure } from '../../../operations/operator/CountFailure.ts'
import type { Account } from '../../../operations/worker/Account.ts'
import { isPassword } from '../../../secrets.ts'
import { oneAtATime } from '../../accounts.ts'
import type { WorkerVisit } from '../../visit.ts'

/**
 * Whether the password is the worker's own; who has none cannot show one. SignInRefused, TooManyAttempts: these count
 * with his failed sign-ins.
 */
export async function checkOwnPassword(
  { market: { runner, wallClock } }: WorkerVisit,
  worker: Account['worker'],
  password: string,
): Promise<Fault | undefined> {
  if (worker.password === undefined) return undefined
  const email = worker.email ?? worker.id
  const subject: SignInSubject = { kind: 'account', site: 'worker', email }
  return oneAtATime(subject, async () => {
    const subjects = [subject]
    const refused = await runner.run(CheckAttempts, operator, { subjects, wallNow: wallClock.now() })
    if (isFault(refused)) return refused
    if (password !== '' && (await isPassword(password, worker.password))) return undefined
    await runner.run(CountFailure, operator, { subjects, wallNow: wallClock.now() })
    return { fault: 'SignInRefused' }
  })
}
