// Payouts: a worker asks for what he has earned, and the operator pays it by a way of the world outside. What may be
// asked for, which states a payout goes through, and what the worker is told.
import type { Fault } from './fault.ts'
import { formatDollars, parseDollars, type Cents } from './money.ts'
import type { MessageText } from './worker-messages.ts'

/** Asked for, then settled once: paid or failed by the operator, cancelled by the worker. */
export type PayoutState = 'requested' | 'paid' | 'failed' | 'cancelled'

export const payoutStates: readonly PayoutState[] = ['requested', 'paid', 'failed', 'cancelled']

export interface Payout {
  /** In order of time. */
  id: string
  workerId: string
  amount: Cents
  state: PayoutState
  /** What kind of method it goes by, such as `Bank transfer`. */
  method: string
  /** The method's details as they were when it was asked for, encrypted; undefined when they are erased. */
  details: string | undefined
  /** Asked for by the worker's schedule. */
  automatic: boolean
  requestedAt: number
  settledAt: number | undefined
  /** The operator's words, shown to the worker. */
  note: string | undefined
}

/** Where a worker wants his money, and how often he is paid without asking. */
export interface PayoutMethod {
  workerId: string
  kind: string
  /** Encrypted. */
  details: string
  /** Days between payouts by schedule; 0 for never. */
  days: number
  nextAt: number | undefined
}

/** The days that a schedule may have; 0 is never [websites 1.10]. */
export const scheduleDays: readonly number[] = [0, 3, 7, 14, 30]

const dayLength = 86_400_000

/** When a schedule of so many days pays next after `from`, in epoch milliseconds; undefined for never. */
export function nextPayoutAt(from: number, days: number): number | undefined {
  return days === 0 ? undefined : from + days * dayLength
}

/**
 * Reads an amount as people type it, such as `5`, `$1,000.50` or `.75`; undefined for any other text. A comma parts
 * thousands and nothing else: whoever writes 12,50 means twelve and a half, and must not be sent a hundred times that.
 */
export function readAmount(typed: string): Cents | undefined {
  const [, whole, fraction = ''] =
    /^\s*\$?\s*(\d*|\d{1,3}(?:[ ,\u00A0\u202F]\d{3})+)(\.\d*)?\s*$/.exec(typed) ?? []
  if (whole === undefined || !/\d/.test(whole + fraction)) return undefined
  return parseDollars((whole.replaceAll(/\D/g, '') || '0') + fraction)
}

/** Why nobody with this balance can ask for this amount: PayoutTooSmall, PayoutTooLarge. */
export function refuseAmount(amount: Cents, balance: Cents, minimum: Cents): Fault | undefined {
  if (amount > balance) return { fault: 'PayoutTooLarge', balance }
  // A minimum of nothing still leaves nothing to pay.
  if (amount < minimum || amount === 0n) return { fault: 'PayoutTooSmall', minimum }
  return undefined
}

/** What a worker is told when his money goes another way from now on: perhaps it was not he who changed it. */
export const methodChangedMessage: MessageText = {
  subject: 'Where your payouts go was changed',
  text:
    'Somebody who was signed in as you has changed how your earnings are paid out. Payouts that were asked for ' +
    'before go where they were to go. If it was not you, change your password now, then correct it on the page of ' +
    'your earnings.',
}

/** What a worker is told when his payout was paid or could not be; nothing when he cancelled it himself. */
export function payoutMessage({ state, amount, method, note }: Payout): MessageText | undefined {
  const dollars = `$${formatDollars(amount)}`
  const withNote = (text: string) => (note === undefined ? text : `${text}\n\n${note}`)
  if (state === 'paid')
    return {
      subject: `Your payout of ${dollars} was paid`,
      text: withNote(`Your payout of ${dollars} was paid (${method}).`),
    }
  if (state === 'failed')
    return {
      subject: `Your payout of ${dollars} could not be paid`,
      text: withNote(
        `Your payout of ${dollars} (${method}) could not be paid. The money is in your balance again.`,
      ),
    }
  return undefined
}
