// What workers are told by mail: pure texts, in English, as the worker site's own.
import { formatDollars, type Cents } from './money.ts'

export interface MessageText {
  subject: string
  text: string
}

/** That a requester has blocked him: that it is so, never why [hits 13]. */
export function blockMessage(requesterName: string): MessageText {
  return {
    subject: `${requesterName} has blocked you`,
    text:
      `The requester ${requesterName} has blocked you. You can look at this requester's HITs, but you cannot ` +
      'accept any of them. Work that you have accepted can still be submitted, and what you have submitted ' +
      'will be reviewed as usual.',
  }
}

/** That a requester paid him a bonus, and the requester's reason [hits 9.5]. */
export function bonusMessage(
  requesterName: string,
  bonus: { amount: Cents; assignmentId: string; reason: string },
): MessageText {
  const amount = `$${formatDollars(bonus.amount)}`
  const paid = `The requester ${requesterName} has paid you a bonus of ${amount} for assignment ${bonus.assignmentId}.`
  return {
    subject: `${requesterName} has paid you a bonus of ${amount}`,
    text: bonus.reason === '' ? paid : `${paid}\n\n${bonus.reason}`,
  }
}
