// Takes out what has had its day: request tokens, sessions, one-time addresses, failed sign-ins, invitations, delivered
// messages and dead letters. Without it these tables would grow for ever.
import { isFault } from '../../domain/fault.ts'
import { server } from '../../limits.ts'
import * as accountLinks from '../../store/account-links.ts'
import * as deadLetters from '../../store/dead-letters.ts'
import * as invitations from '../../store/invitations.ts'
import * as outbox from '../../store/outbox.ts'
import * as sessions from '../../store/sessions.ts'
import * as tokens from '../../store/tokens.ts'
import { read, system, write, type SystemCaller } from '../operation.ts'
import type { Runner } from '../run.ts'

const windowStart = (wallNow: number) => wallNow - server.signIn.window
const invitationsUntil = (wallNow: number) => wallNow - server.account.invitationMemory
const deliveredUntil = (wallNow: number) => wallNow - server.notifications.memory
const deadUntil = (wallNow: number) => wallNow - server.notifications.deadMemory

const HasOld = read<SystemCaller, { wallNow: number }, { found: boolean }>(
  'HasOld',
  async (tx, _, { wallNow }) => ({
    found:
      (await tokens.hasExpired(tx)) ||
      (await sessions.hasOld(tx, wallNow, windowStart(wallNow))) ||
      (await accountLinks.hasOld(tx, wallNow)) ||
      (await invitations.hasOld(tx, invitationsUntil(wallNow))) ||
      (await outbox.hasDelivered(tx, deliveredUntil(wallNow))) ||
      (await deadLetters.hasOld(tx, deadUntil(wallNow), server.systemBatch)),
  }),
)

/** Deletes at most one batch of each kind; answers how many rows. */
export const ForgetOld = write<SystemCaller, { wallNow: number }, { forgotten: number }>(
  'ForgetOld',
  () => 'tokens sessions outbox',
  async (tx, _, { wallNow }) => ({
    forgotten:
      (await tokens.forgetExpired(tx, server.systemBatch)) +
      (await sessions.forgetOld(tx, wallNow, windowStart(wallNow), server.systemBatch)) +
      (await accountLinks.forgetOld(tx, wallNow, server.systemBatch)) +
      (await invitations.forgetOld(tx, invitationsUntil(wallNow), server.systemBatch)) +
      (await outbox.forgetDelivered(tx, deliveredUntil(wallNow), server.systemBatch)) +
      (await deadLetters.forgetOld(tx, deadUntil(wallNow), server.systemBatch)),
  }),
)

/** Deletes everything that is old, in batches; nothing is written when nothing is. */
export async function forgetOld(runner: Runner, wallNow: number): Promise<void> {
  for (;;) {
    const old = await runner.run(HasOld, system, { wallNow })
    if (isFault(old) || !old.found) return
    await runner.run(ForgetOld, system, { wallNow })
  }
}
