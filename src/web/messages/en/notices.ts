// English texts: the notes above a page's content that its address asks for.
import { accountNotices } from './accounts.ts'
import { earningsNotices } from './earnings.ts'
import { searchNotices, searchRefusals } from './searches.ts'

/** That something was done. */
export const doneNotices = {
  ...accountNotices,
  ...earningsNotices,
  ...searchNotices,
  Returned: {
    heading: 'HIT returned',
    text: 'Another worker can take it now. Your approval rate stays as it is.',
  },
  Submitted: {
    heading: 'HIT Submitted',
    text: 'Your answers have arrived. The requester will review them.',
  },
  Edited: {
    heading: 'Your changes are saved',
    text: 'The requester will review the answers as they stand below.',
  },
  SignedOut: {
    heading: 'You are signed out',
    text: 'Close this page, or sign in again.',
  },
}

/** Why something was not done; most are named as the fault. */
export const refusalNotices = {
  ...searchRefusals,
  NoMoreHITs: {
    heading: 'There are no more of these HITs available.',
    text: 'Choose other HITs below.',
  },
  QueueFull: {
    heading: 'You have accepted the maximum number of HITs allowed at one time.',
    text: 'Submit or return HITs from your queue, then accept more.',
  },
  DailyLimitReached: {
    heading: 'You cannot work on any more HITs today.',
    text: 'The limit is lifted at midnight, Pacific time.',
  },
  QualificationsNotMet: {
    heading:
      'This Requester has specified Qualifications for this HIT. Unfortunately, you do not meet those Qualifications.',
    text: 'Choose other HITs below.',
  },
  GroupDoesNotExist: {
    heading: 'The address is not valid.',
    text: 'No HITs belong to it, or it was not copied completely. Choose HITs below.',
  },
  WorkerBlocked: {
    heading: 'Conditions set by this requester prevent you from working on this HIT.',
    text: 'Choose HITs of other requesters below.',
  },
  WorkerSuspended: {
    heading: 'Restrictions on your account prevent you from working on HITs.',
    text: 'Ask the people who run this site why.',
  },
  HITNotAvailable: {
    heading: 'This HIT is no longer available.',
    text: 'Choose other HITs below.',
  },
  NotInQueue: {
    heading: 'This HIT is no longer in your HITs queue',
    text: 'It was submitted or returned, or its time ran out.',
  },
  CannotReturn: {
    heading: 'This HIT cannot be returned',
    text: 'It was already submitted or returned, or its time ran out.',
  },
}
