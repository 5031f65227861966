// The control API's calls about requesters and workers.
import type { Context, Hono } from 'hono'
import { isFault } from '../../domain/fault.ts'
import { formatDollars } from '../../domain/money.ts'
import type { Market } from '../../market.ts'
import { operator } from '../../operations/operation.ts'
import { CreateAccessKey } from '../../operations/operator/CreateAccessKey.ts'
import { CreateRequester } from '../../operations/operator/CreateRequester.ts'
import { CreateWorker } from '../../operations/operator/CreateWorker.ts'
import { Deposit } from '../../operations/operator/Deposit.ts'
import { SetRequesterState } from '../../operations/operator/SetRequesterState.ts'
import { SetWorkerState } from '../../operations/operator/SetWorkerState.ts'
import { CreateSignInLink } from '../../operations/operator/CreateSignInLink.ts'
import { FindRequester } from '../../operations/operator/FindRequester.ts'
import { FindWorker } from '../../operations/operator/FindWorker.ts'
import { fingerprint, hashPassword, webhookSecret } from '../../secrets.ts'
import type { Site } from '../../store/sessions.ts'
import type { Answer, Control } from './call.ts'
import { BadInput, count, dollars, flag, onlyMembers, requiredText, text, type Body } from './input.ts'

/** Adds the calls about people. */
export function addPeople(app: Hono, control: Control): void {
  app.post('/_control/requesters', control.handle(createRequester))
  app.post('/_control/requesters/:id', control.handle(changeRequester))
  app.get('/_control/requesters/:id/webhook-secret', control.handle(showWebhookSecret))
  app.post('/_control/requesters/:id/deposits', control.handle(deposit))
  app.post('/_control/requesters/:id/sign-in', control.handle(signIn('requester', control)))
  app.post('/_control/workers', control.handle(createWorker))
  app.get('/_control/workers/:id', control.handle(showWorker))
  app.post('/_control/workers/:id', control.handle(changeWorker))
  app.post('/_control/workers/:id/sign-in', control.handle(signIn('worker', control)))
}

async function passwordOf(body: Body): Promise<string | undefined> {
  const password = text(body, 'password')
  if (password === '') throw new BadInput('password', 'It must not be empty.')
  return password === undefined ? undefined : hashPassword(password)
}

async function createRequester(market: Market, body: Body): Promise<Answer> {
  onlyMembers(body, 'name', 'email', 'password', 'balance', 'accessKeyId', 'secretAccessKey')
  const balance = dollars(body, 'balance')
  const accessKeyId = text(body, 'accessKeyId') ?? `AK${market.ids.person()}`
  const secretAccessKey = text(body, 'secretAccessKey') ?? market.ids.secret(30)
  if (!/^[\w-]{1,128}$/.test(accessKeyId))
    throw new BadInput('accessKeyId', 'It must be letters, digits, _ and -.')
  const made = await market.runner.run(CreateRequester, operator, {
    name: requiredText(body, 'name'),
    email: text(body, 'email')?.toLowerCase(),
    password: await passwordOf(body),
  })
  if (isFault(made)) return made
  const { requesterId } = made
  const secret = market.secrets.encrypt(secretAccessKey)
  const key = await market.runner.run(CreateAccessKey, operator, { requesterId, accessKeyId, secret })
  if (isFault(key)) return key
  if (balance !== undefined && balance > 0n) {
    const paid = await market.runner.run(Deposit, operator, { requesterId, amount: balance })
    if (isFault(paid)) return paid
  }
  return { requesterId, accessKeyId, secretAccessKey }
}

function changeRequester(market: Market, body: Body, c: Context): Promise<Answer> {
  onlyMembers(body, 'suspended', 'linked', 'allowsEdits')
  const change = {
    suspended: flag(body, 'suspended'),
    linked: flag(body, 'linked'),
    allowsEdits: flag(body, 'allowsEdits'),
  }
  return market.runner.run(SetRequesterState, operator, { requesterId: c.req.param('id') ?? '', ...change })
}

/** The secret under which the requester's webhooks are signed: he needs it to check them. */
async function showWebhookSecret(market: Market, _: Body, c: Context): Promise<Answer> {
  const requesterId = c.req.param('id') ?? ''
  const found = await market.runner.run(FindRequester, operator, { requesterId })
  return isFault(found) ? found : { webhookSecret: webhookSecret(market.secrets, requesterId) }
}

async function deposit(market: Market, body: Body, c: Context): Promise<Answer> {
  onlyMembers(body, 'amount')
  const amount = dollars(body, 'amount')
  if (amount === undefined || amount === 0n) throw new BadInput('amount', 'It must be more than "0.00".')
  const paid = await market.runner.run(Deposit, operator, { requesterId: c.req.param('id') ?? '', amount })
  return isFault(paid) ? paid : { availableBalance: formatDollars(paid.available) }
}

async function createWorker(market: Market, body: Body): Promise<Answer> {
  onlyMembers(
    body,
    ...[
      'name',
      'email',
      'password',
      'workerId',
      'country',
      'subdivision',
      'approved',
      'rejected',
      'masters',
      'adult',
    ],
  )
  const workerId = text(body, 'workerId')
  if (workerId !== undefined && !/^A[A-Z0-9]{1,29}$/.test(workerId)) {
    throw new BadInput('workerId', 'It must be A and up to 29 capital letters and digits.')
  }
  return market.runner.run(CreateWorker, operator, {
    workerId,
    name: text(body, 'name') ?? 'Worker',
    email: text(body, 'email')?.toLowerCase(),
    password: await passwordOf(body),
    country: text(body, 'country'),
    subdivision: text(body, 'subdivision'),
    approved: count(body, 'approved'),
    rejected: count(body, 'rejected'),
    masters: flag(body, 'masters'),
    adult: flag(body, 'adult'),
  })
}

async function showWorker(market: Market, _: Body, c: Context): Promise<Answer> {
  const workerId = c.req.param('id') ?? ''
  const found = await market.runner.run(FindWorker, operator, { workerId })
  if (isFault(found)) return found
  const { rewards, bonuses, approved, rejected, submitted } = found.account
  return {
    workerId,
    earnings: { rewards: formatDollars(rewards), bonuses: formatDollars(bonuses) },
    approved,
    rejected,
    submitted,
  }
}

function changeWorker(market: Market, body: Body, c: Context): Promise<Answer> {
  const known = ['suspended', 'masters', 'adult', 'country', 'subdivision']
  onlyMembers(body, ...known)
  const change = {
    suspended: flag(body, 'suspended'),
    masters: flag(body, 'masters'),
    adult: flag(body, 'adult'),
    country: text(body, 'country'),
    subdivision: text(body, 'subdivision'),
  }
  if (Object.values(change).every((value) => value === undefined))
    throw new BadInput('body', `Give one of ${known.join(', ')}.`)
  return market.runner.run(SetWorkerState, operator, { workerId: c.req.param('id') ?? '', ...change })
}

/** A one-time address that signs a browser in. */
function signIn(site: Site, control: Control) {
  return async (market: Market, _: Body, c: Context): Promise<Answer> => {
    const token = market.ids.secret(24)
    const link = {
      hash: fingerprint(token),
      site,
      personId: c.req.param('id') ?? '',
      wallNow: market.wallClock.now(),
    }
    const made = await market.runner.run(CreateSignInLink, operator, link)
    return isFault(made) ? made : { url: `${control.publicURL(market)}/sign-in/${token}` }
  }
}
