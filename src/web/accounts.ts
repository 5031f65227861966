// How accounts are opened and looked after on this server, as its operator decided; and what the pages about them share.
import { isFault, type Fault } from '../domain/fault.ts'
import type { SignUpMode, Terms } from '../domain/account.ts'
import { nameOf, type SignInSubject } from '../domain/sign-in.ts'
import type { MessageText } from '../domain/worker-messages.ts'
import type { Market } from '../market.ts'
import { operator } from '../operations/operation.ts'
import { CheckAttempts } from '../operations/operator/CheckAttempts.ts'
import { CountFailure } from '../operations/operator/CountFailure.ts'
import { fingerprint } from '../secrets.ts'
import type { Visit } from './visit.ts'

export interface AccountSettings {
  signUp: SignUpMode
  terms: Terms
  /** Whether everybody who signs in must have agreed to the terms as they are now. */
  asksTerms: boolean
  /** Whether mail leaves this server, or is kept as if it did. */
  sendsMail: boolean
  /** Every market of the database: people are the same in all of them. */
  markets: readonly Market[]
}

/** The settings of the server. Throws where there are none: such a server has no pages about accounts. */
export function accountsOf({ dependencies }: Visit): AccountSettings {
  if (dependencies.accounts === undefined) throw new Error('this server was not told how accounts are opened')
  return dependencies.accounts
}

/** A one-time address: what goes into it, and what is stored. */
export interface OneTime {
  url: string
  hash: string
}

const secretBytes = 24

/** Makes a one-time address below a path of the site, such as `/password-reset`. */
export function oneTime({ market, publicURL }: Pick<Visit, 'market' | 'publicURL'>, path: string): OneTime {
  const token = market.ids.secret(secretBytes)
  return { url: `${publicURL}${path}/${token}`, hash: fingerprint(token) }
}

/** A mail about an account as the outbox keeps it. */
export function seal({ market }: Pick<Visit, 'market'>, mail: MessageText): string {
  return market.secrets.encrypt(JSON.stringify(mail))
}

/**
 * Counts that mail is asked for, or an account without any. TooManyAttempts when it was too often lately: nobody may
 * fill another's mailbox, or a database with accounts.
 */
export async function countAsking(visit: Visit, email: string): Promise<Fault | undefined> {
  const { runner, wallClock } = visit.market
  const address = visit.dependencies.clientAddress(visit.c)
  const mailbox: SignInSubject = { kind: 'mail', email }
  const machine: SignInSubject = { kind: 'asking', address }
  const subjects = [mailbox, machine]
  const count = async () => {
    const refused = await runner.run(CheckAttempts, operator, { subjects, wallNow: wallClock.now() })
    if (isFault(refused)) return refused
    await runner.run(CountFailure, operator, { subjects, wallNow: wallClock.now() })
    return undefined
  }
  return oneAtATime(mailbox, () => oneAtATime(machine, count))
}

const waiting = new Map<string, Promise<unknown>>()

/** Attempts for one subject follow each other, or many sent at once would all be judged before the first is counted. */
export async function oneAtATime<T>(subject: SignInSubject, attempt: () => Promise<T>): Promise<T> {
  const name = nameOf(subject)
  const before = waiting.get(name)
  const mine = (before ?? Promise.resolve()).then(attempt, attempt)
  waiting.set(name, mine)
  try {
    return await mine
  } finally {
    if (waiting.get(name) === mine) waiting.delete(name)
  }
}
