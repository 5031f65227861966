// Opening an account. With a mail server the address is confirmed first, and there is no account before; without one it
// works at once. In both cases the answer is the same when the address has an account already.
import type { Fault } from '../../domain/fault.ts'
import type { Locale } from '../../domain/qualification.ts'
import { server } from '../../limits.ts'
import * as accountLinks from '../../store/account-links.ts'
import * as consents from '../../store/consents.ts'
import * as invitations from '../../store/invitations.ts'
import type { Write } from '../../store/tx.ts'
import * as workers from '../../store/workers.ts'
import { mailAccount, type SealedMail } from '../acts/mail-account.ts'
import { write, type OperatorCaller } from '../operation.ts'

export interface Applicant {
  name: string
  /** In lower case. */
  email: string
  /** Already hashed. */
  password: string
  locale: Locale
  /** The terms that he agreed to. */
  terms: { version: string; dated: string }
  /** SHA-256 of the token of his invitation, where one is needed. */
  invitation?: string | undefined
}

export interface SignUpInput {
  applicant: Applicant
  wallNow: number
  /** The hash of the confirmation's token, and what is mailed: the way to confirm, or that there is an account. */
  confirm?: { hash: string; fresh: SealedMail; known: SealedMail } | undefined
}

/** Opens an account, or has its address confirmed first. InvalidInput for an invitation that cannot be used. */
export const SignUp = write<OperatorCaller, SignUpInput, { workerId: string | undefined }>(
  'SignUp',
  (_, __, { workerId }) => workerId ?? 'applicant',
  async (tx, _, { applicant, wallNow, confirm }) => {
    const refusal = await refuseInvitation(tx, applicant, wallNow)
    if (refusal) return refusal
    const isKnown = (await workers.findByEmail(tx, applicant.email)) !== undefined
    if (confirm === undefined) {
      if (isKnown) return { workerId: undefined }
      return open(tx, applicant, wallNow)
    }
    await accountLinks.add(tx, {
      // The same work for both; nobody gets the token of a known address.
      hash: confirm.hash,
      purpose: 'sign-up',
      workerId: undefined,
      email: applicant.email,
      details: isKnown ? undefined : JSON.stringify(applicant),
      expiresAt: isKnown ? wallNow : wallNow + server.account.confirmationLifetime,
    })
    await mailAccount(tx, applicant.email, isKnown ? confirm.known : confirm.fresh)
    return { workerId: undefined }
  },
)

/**
 * Uses a confirmation up and opens the account. SignInRefused when it is unknown, used or old, or the address got an
 * account in the meantime; InvalidInput when the invitation did not last.
 */
export const ConfirmSignUp = write<OperatorCaller, { hash: string; wallNow: number }, { workerId: string }>(
  'ConfirmSignUp',
  (_, __, { workerId }) => workerId,
  async (tx, _, { hash, wallNow }) => {
    const link = await accountLinks.take(tx, hash, 'sign-up', wallNow)
    if (link?.details === undefined) return { fault: 'SignInRefused' }
    const applicant = JSON.parse(link.details) as Applicant
    if (await workers.findByEmail(tx, applicant.email)) return { fault: 'SignInRefused' }
    return open(tx, applicant, wallNow)
  },
)

const badInvitation: Fault = {
  fault: 'InvalidInput',
  member: 'invitation',
  explanation: 'This invitation is unknown, used, taken back, too old, or for another address.',
}

async function refuseInvitation(
  tx: Write,
  applicant: Applicant,
  wallNow: number,
): Promise<Fault | undefined> {
  if (applicant.invitation === undefined) return undefined
  const invitation = await invitations.findUsable(tx, applicant.invitation, wallNow)
  const fits = invitation !== undefined && (invitation.email ?? applicant.email) === applicant.email
  return fits ? undefined : badInvitation
}

async function open(tx: Write, applicant: Applicant, wallNow: number): Promise<{ workerId: string } | Fault> {
  const workerId = tx.ids.person()
  const { name, email, password, locale, terms, invitation } = applicant
  if (invitation !== undefined && !(await invitations.use(tx, invitation, wallNow, workerId)))
    return badInvitation
  await workers.add(tx, { id: workerId, name, email, password, suspended: false, locale, createdAt: tx.now })
  await consents.add(tx, { workerId, ...terms, at: wallNow })
  return { workerId }
}
