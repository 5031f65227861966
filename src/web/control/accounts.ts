// The control API's calls about accounts: invitations, and new passwords for those who have no mail.
import type { Context, Hono } from 'hono'
import { toISO } from '../../clock.ts'
import { isAccountAddress } from '../../domain/account.ts'
import { isFault } from '../../domain/fault.ts'
import { server } from '../../limits.ts'
import type { Market } from '../../market.ts'
import { operator } from '../../operations/operation.ts'
import {
  CreateInvitations,
  ListInvitations,
  RevokeInvitation,
  type Invitation,
} from '../../operations/operator/Invitations.ts'
import { CreatePasswordReset } from '../../operations/operator/PasswordReset.ts'
import { oneTime } from '../accounts.ts'
import type { Answer, Control } from './call.ts'
import { BadInput, beforeOf, count, onlyMembers, text, type Body } from './input.ts'

/** Adds the calls about accounts. */
export function addAccounts(app: Hono, control: Control): void {
  app.post(
    '/_control/invitations',
    control.handle((market, body) => createInvitations(control, market, body)),
  )
  app.get('/_control/invitations', control.handle(listInvitations))
  app.post('/_control/invitations/:id/revoke', control.handle(revokeInvitation))
  app.post(
    '/_control/workers/:id/password-reset',
    control.handle((market, body, c) => createReset(control, market, body, c)),
  )
}

async function createInvitations(control: Control, market: Market, body: Body): Promise<Answer> {
  onlyMembers(body, 'email', 'days', 'count')
  const { invitationDays, invitationsAtOnce } = server.account
  const email = text(body, 'email')?.toLowerCase()
  if (email !== undefined && !isAccountAddress(email)) throw new BadInput('email', 'It is no e-mail address.')
  const days = within(body, 'days', invitationDays.least, invitationDays.most, invitationDays.usual)
  const number = within(body, 'count', 1, email === undefined ? invitationsAtOnce : 1, 1)
  const publicURL = control.publicURL(market)
  const links = Array.from({ length: number }, () => oneTime({ market, publicURL }, '/sign-up'))
  const made = await market.runner.run(CreateInvitations, operator, {
    hashes: links.map(({ hash }) => hash),
    email,
    days,
    wallNow: market.wallClock.now(),
  })
  if (isFault(made)) return made
  return {
    invitations: links.map(({ url }, index) => ({ invitationId: made.ids[index], url })),
    expiresAt: toISO(made.expiresAt),
  }
}

function within(body: Body, member: string, least: number, most: number, usual: number): number {
  const value = count(body, member) ?? usual
  if (value >= least && value <= most) return value
  throw new BadInput(member, `It must be from ${least} to ${most}${most === 1 ? ' for one address' : ''}.`)
}

async function listInvitations(market: Market, _: Body, c: Context): Promise<Answer> {
  const found = await market.runner.run(ListInvitations, operator, { before: beforeOf(c) })
  if (isFault(found)) return found
  const next = found.length === server.controlPage ? found.at(-1)!.id : undefined
  return {
    invitations: found.map((invitation) => ({
      invitationId: invitation.id,
      state: stateOf(invitation, market.wallClock.now()),
      ...(invitation.email !== undefined && { email: invitation.email }),
      ...(invitation.usedBy !== undefined && { workerId: invitation.usedBy }),
      createdAt: toISO(invitation.createdAt),
      expiresAt: toISO(invitation.expiresAt),
    })),
    ...(next !== undefined && { next }),
  }
}

function stateOf({ usedBy, revokedAt, expiresAt }: Invitation, wallNow: number): string {
  if (usedBy !== undefined) return 'used'
  if (revokedAt !== undefined) return 'revoked'
  return expiresAt > wallNow ? 'open' : 'expired'
}

function revokeInvitation(market: Market, body: Body, c: Context): Promise<Answer> {
  onlyMembers(body)
  const id = c.req.param('id') ?? ''
  return market.runner.run(RevokeInvitation, operator, { id, wallNow: market.wallClock.now() })
}

async function createReset(control: Control, market: Market, body: Body, c: Context): Promise<Answer> {
  onlyMembers(body)
  const { url, hash } = oneTime({ market, publicURL: control.publicURL(market) }, '/password-reset')
  const made = await market.runner.run(CreatePasswordReset, operator, {
    workerId: c.req.param('id') ?? '',
    hash,
    wallNow: market.wallClock.now(),
  })
  return isFault(made) ? made : { url, expiresAt: toISO(made.expiresAt) }
}
