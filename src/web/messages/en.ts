// Every text of the pages in English: the first language, and the shape of all others. Texts that programs compare are
// those of the real site, letter for letter [websites 1.5, 1.6].

import { accountNotices, accounts } from './en/accounts.ts'
import { answers } from './en/answers.ts'
import { earnings } from './en/earnings.ts'
import { lists } from './en/lists.ts'
import { qualifications } from './en/qualifications.ts'
import { record } from './en/record.ts'
import { searches, searchNotices, searchRefusals } from './en/searches.ts'

/** The texts of one language. */
export type Texts = typeof en

export const en = {
  language: 'en',
  site: 'Kempelen',
  ...accounts,
  ...answers,
  ...earnings,
  ...lists,
  ...qualifications,
  ...record,
  ...searches,
  layout: {
    skip: 'Skip to the content',
    navigation: 'Main',
    sandbox: 'Sandbox',
    hits: 'HITs',
    queue: 'Queue',
    dashboard: 'Dashboard',
    earnings: 'Earnings',
    qualifications: 'Qualifications',
    workerId: 'Worker ID',
    signOut: 'Sign out',
    footer: 'Kempelen, a self-hosted Mechanical Turk.',
  },
  pages: {
    label: 'Pages',
    previous: 'Previous',
    next: 'Next',
    page: (number: string) => `Page ${number}`,
  },
  notices: {
    ...accountNotices,
    ...searchNotices,
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
  },
  errors: {
    toStart: 'Go to the start page',
    refused: 'That did not work',
    refusedText:
      'The site refused it. Go back and try again; if it happens again, tell the people who run this site.',
    notFound: {
      title: 'There is no such page',
      text: 'The address may be incomplete or out of date. Everything on this site can be reached from the start page.',
    },
    form: {
      title: 'The form was not sent from this page',
      text: 'Nothing was done. You may have signed in again in another window, or another site tried to act for you. Go back, load the page again, and repeat what you did.',
    },
    busy: {
      title: 'Too much is happening at once',
      text: 'Nothing was changed. Wait a few seconds and try again.',
    },
    tooLarge: {
      title: 'That was too much at once',
      text: 'What was sent is larger than this site takes in. Nothing was recorded. Go back and make it smaller.',
    },
    method: {
      title: 'That is not how this address works',
      text: 'Nothing was done.',
    },
    broken: {
      title: 'Something went wrong here',
      text: 'It is our mistake, not yours, and has been recorded. Go back and try again in a moment.',
    },
    task: {
      title: 'This task cannot be shown',
      text: 'Its address is incomplete, or the HIT is gone. Open the HIT again from the list or from your queue.',
    },
  },
}
