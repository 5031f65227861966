// What workers are told by mail about their Qualifications: pure texts, in English, as the worker site's own. A
// requester's reason is shown as it was given [qualifications 3.6, 3.7, 3.12].
import type { MessageText } from './worker-messages.ts'

/** That a requester gave the worker a Qualification, or another value of it. */
export function grantMessage(requesterName: string, typeName: string, value: number): MessageText {
  return {
    subject: `You have been granted the Qualification ${typeName}`,
    text: `The requester ${requesterName} has granted you the Qualification ${typeName}. Your value is ${value}.`,
  }
}

/** That a requester took a Qualification away. */
export function revokeMessage(requesterName: string, typeName: string, reason: string): MessageText {
  const revoked = `The requester ${requesterName} has revoked your Qualification ${typeName}.`
  return { subject: `Your Qualification ${typeName} has been revoked`, text: withReason(revoked, reason) }
}

/** That a requester turned down the worker's request. */
export function rejectMessage(requesterName: string, typeName: string, reason: string): MessageText {
  const rejected = `The requester ${requesterName} has rejected your request for the Qualification ${typeName}.`
  return {
    subject: `Your request for the Qualification ${typeName} has been rejected`,
    text: withReason(rejected, reason),
  }
}

function withReason(text: string, reason: string): string {
  return reason === '' ? text : `${text}\n\n${reason}`
}
