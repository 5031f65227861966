// Links that let somebody sign up, once each.
import { server } from '../../limits.ts'
import * as invitations from '../../store/invitations.ts'
import { read, write, type OperatorCaller } from '../operation.ts'

export type Invitation = invitations.Invitation

export interface NewInvitations {
  /** SHA-256 of the token of each. */
  hashes: readonly string[]
  /** The address that they are meant for, in lower case. */
  email?: string | undefined
  days: number
  wallNow: number
}

const day = 86_400_000

/** Makes invitations; answers their ids in the order of `hashes`, and when they end. */
export const CreateInvitations = write<
  OperatorCaller,
  NewInvitations,
  { ids: readonly string[]; expiresAt: number }
>(
  'CreateInvitations',
  (_, __, { ids }) => ids.join(' '),
  async (tx, _, { hashes, email, days, wallNow }) => {
    const expiresAt = wallNow + days * day
    const ids: string[] = []
    for (const hash of hashes) {
      const id = tx.ids.entity(tx.now)
      const times = { createdAt: wallNow, expiresAt, revokedAt: undefined }
      await invitations.add(tx, { id, hash, email, usedBy: undefined, ...times })
      ids.push(id)
    }
    return { ids, expiresAt }
  },
)

/** Invitations, newest first; `before` is the id of the last one of the page before. */
export const ListInvitations = read<OperatorCaller, { before: string | undefined }, Invitation[]>(
  'ListInvitations',
  (tx, _, { before }) => invitations.list(tx, before, server.controlPage),
)

/** Takes an invitation back. InvalidInput when there is none of this id, or it was used or taken back. */
export const RevokeInvitation = write<OperatorCaller, { id: string; wallNow: number }, object>(
  'RevokeInvitation',
  (_, { id }) => id,
  async (tx, _, { id, wallNow }) => {
    if (await invitations.revoke(tx, id, wallNow)) return {}
    return { fault: 'InvalidInput', member: 'id', explanation: 'There is no unused invitation of this id.' }
  },
)

/** The invitation whose token has this hash, when it can be used; else an undefined member. */
export const FindInvitation = read<
  OperatorCaller,
  { hash: string; wallNow: number },
  { invitation: Invitation | undefined }
>('FindInvitation', async (tx, _, { hash, wallNow }) => ({
  invitation: await invitations.findUsable(tx, hash, wallNow),
}))
