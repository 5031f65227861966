// Every text of the pages in English: the first language, and the shape of all others. Texts that programs compare are
// those of the real site, letter for letter [websites 1.5, 1.6].

import { accounts } from './en/accounts.ts'
import { answers } from './en/answers.ts'
import { earnings } from './en/earnings.ts'
import { lists } from './en/lists.ts'
import { doneNotices, refusalNotices } from './en/notices.ts'
import { qualifications } from './en/qualifications.ts'
import { record } from './en/record.ts'
import { searches } from './en/searches.ts'

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
  notices: { ...doneNotices, ...refusalNotices },
  errors: {
    toStart: 'Go to the start page',
    refused: 'That did not work',
    refusedText:
      'The site refused it. Go back and try again; if it happens again, tell the people who run this site.',
    notFound: {
      title: 'There is no such page',
      text: 'The address may be incomplete or out of date. Everything on this site can be reached from the start page.',
    },
    signIn: 'Sign in',
    signedOut: {
      title: 'You are signed out',
      text: 'Nothing was done. Sign in again, go back to where you were and paste what you wrote.',
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
