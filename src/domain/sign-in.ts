// Failed sign-ins are counted for the account and for the address they come from: nobody may try passwords without
// end, neither many for one account nor one for many.
import { server } from '../limits.ts'
import type { Fault } from './fault.ts'

/** Whose failures are counted. The account is the one that was typed; it need not exist. */
export type SignInSubject =
  | { kind: 'account'; site: 'worker' | 'requester'; email: string }
  | { kind: 'address'; address: string }
  // Mail that was asked for: to an address, and by a machine.
  | { kind: 'mail'; email: string }
  | { kind: 'asking'; address: string }
  // Codes that a worker typed to claim his earlier id.
  | { kind: 'claim'; workerId: string }

/** The name under which a subject's failures are kept. */
export function nameOf(subject: SignInSubject): string {
  switch (subject.kind) {
    case 'account':
      return `${subject.site} ${subject.email}`
    case 'mail':
      return `mail ${subject.email}`
    case 'claim':
      return `claim ${subject.workerId}`
    default:
      return `${subject.kind} ${subject.address}`
  }
}

/** TooManyAttempts when the subject has failed too often since `since`, which is not long ago. Wall-clock time. */
export function refuseAttempt(
  subject: SignInSubject,
  { failures, since }: { failures: number; since: number },
  wallNow: number,
): Fault | undefined {
  const { failures: ofAccount, addressFailures } = server.signIn
  const allowed = {
    account: ofAccount,
    claim: ofAccount,
    address: addressFailures,
    asking: addressFailures,
    mail: server.account.mails,
  }[subject.kind]
  const wait = since + server.signIn.window - wallNow
  if (failures < allowed || wait <= 0) return undefined
  return { fault: 'TooManyAttempts', retryAfterSeconds: Math.ceil(wait / 1000) }
}
