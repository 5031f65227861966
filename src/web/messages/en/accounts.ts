// English texts: the front page, signing in and the account. What the account's own pages say stands in own-account.ts,
// what the pages for reading say in reading.ts.
import { ownAccount } from './own-account.ts'
import { reading } from './reading.ts'

export const accounts = {
  ...ownAccount,
  ...reading,
  front: {
    title: 'Small tasks, fairly paid',
    lead: 'Requesters publish HITs, small tasks that people do better than programs. Workers choose the ones they like, do them here, and see every cent they earn.',
    workers: 'For workers',
    workersText: [
      'Look at any HIT before you accept it: its reward and the time you have stand beside it.',
      'Every decision about your work, with the requester’s own words, is on your dashboard.',
      'Works on a phone, with a keyboard, and with a screen reader.',
    ],
    signIn: 'Sign in as a worker',
    signUp: 'Create an account',
    invitation: 'New here? To create an account you need an invitation from the people who run this site.',
    requesters: 'For requesters',
    requestersText:
      'Programs that speak the Mechanical Turk Requester API work here unmodified. Point them at this address:',
  },
  signIn: {
    title: 'Sign in',
    email: 'E-mail',
    password: 'Password',
    submit: 'Sign in',
    refused: 'That e-mail and password do not fit together.',
    refusedText: 'Check both and try again. If you have forgotten the password, choose a new one below.',
    forgotten: 'Forgot your password?',
    new: 'New here?',
    signUp: 'Create an account',
    tooMany: 'Too many attempts',
    tooManyText: (wait: string) => `Wait ${wait}, then try again.`,
    unchecked: 'Please sign in again',
    uncheckedText: 'The form did not come from this page, so nothing was done with it.',
    demoText: 'This server runs as a demonstration. Sign in as its worker:',
    linkTitle: 'Sign in on this device?',
    linkText: 'You followed a one-time address that signs you in.',
    linkButton: 'Sign in',
    linkUsed: 'This sign-in address does not work',
    linkUsedText:
      'It works once and for a few minutes only. Ask for a new one, or sign in with your password.',
    toSignIn: 'Sign in',
  },
  /** What is wrong with a field. */
  problems: {
    email: 'Enter an e-mail address such as name@example.org.',
    emailUnusable: 'This address cannot be used. Enter another one.',
    passwordShort: 'The password needs 10 characters or more.',
    passwordLong: 'The password is too long.',
    passwordIsEmail: 'The password must not be your e-mail address.',
    name: 'Enter a name of 1 to 100 characters.',
    place: 'Choose the country where you live, and a state only in the United States.',
    adult: 'You must be 18 or older to work here.',
    terms: 'You can use this site only if you agree to its terms.',
    invitationForAnother: 'Your invitation is for another address. Enter that one.',
    wrongPassword: 'This is not your password.',
    givesUp: 'Ask for a payout first, or tick this box to close the account without it.',
    sure: 'Tick this box to close your account.',
  },
  /** Fields that several pages have. */
  fields: {
    name: 'Name',
    nameHint: 'Requesters never see it.',
    email: 'E-mail',
    emailHint: 'Requesters see it only if you let one answer you by mail.',
    password: 'Password',
    newPassword: 'New password',
    currentPassword: 'Your password now',
    passwordHint: '10 characters or more.',
    country: 'Country where you live',
    countryHint: 'Requesters can ask for workers of a country. You cannot change it later.',
    choose: 'Choose a country',
    state: 'State',
    stateHint: 'Only in the United States.',
    noState: 'None',
  },
  signUp: {
    title: 'Create an account',
    lead: 'With an account you can accept HITs, and what you earn is kept for you.',
    adult: 'I am 18 or older',
    terms: 'I have read the terms above and agree to them',
    termsTitle: 'Terms',
    submit: 'Create account',
    wrong: 'Something is missing',
    wrongText: 'Look at the fields marked below. What you typed is still there, but for the password.',
    closed: 'No new accounts',
    closedText: 'The people who run this site do not take new workers at present.',
    uninvited: 'You need an invitation',
    uninvitedText:
      'On this site, new workers are invited. Ask the people who run it for an invitation, and open the address that they give you.',
    badInvitation: 'This invitation does not work',
    badInvitationText:
      'It was used already, was taken back, or is too old, or its address was not copied completely. Ask for a new one.',
    toSignIn: 'To the sign-in page',
    confirmTitle: 'Confirm your address',
    confirmText: 'Your address works. Your account is created with this button.',
    confirmButton: 'Create my account',
    linkUsed: 'This address does not work',
    linkUsedText:
      'It works once, and not for long. If you have an account already, sign in. Else start again.',
  },
  mailSent: {
    title: 'Look into your mail',
    text: 'We have sent you a mail. It says what comes next. If it is not there in some minutes, look into the folder for unwanted mail, and check whether you typed the address correctly.',
    back: 'To the sign-in page',
  },
  passwordReset: {
    title: 'Choose a new password',
    lead: 'Enter the e-mail address of your account. We send you an address by which you can choose a new password.',
    submit: 'Send me the mail',
    noMail:
      'This site sends no mail. Ask the people who run it: they can give you an address by which you choose a new password.',
    newLead: (email: string) => `Choose a new password for ${email}. You are signed out everywhere then.`,
    newSubmit: 'Save the new password',
    linkUsed: 'This address does not work',
    linkUsedText: 'It works once, and not for long. Ask for a new one.',
    again: 'Ask for a new one',
  },
}

/** Notes of these pages. */
export const accountNotices = {
  SignedUp: {
    heading: 'Sign in with your new account',
    text: 'It is ready, unless the address had an account before: then its old password still counts.',
  },
  Welcome: { heading: 'Welcome', text: 'Your account is ready.' },
  PasswordChanged: {
    heading: 'Your new password is saved',
    text: 'Every other browser in which you were signed in is signed out.',
  },
  AccountSaved: { heading: 'Saved', text: 'Your changes count from now on.' },
  AddressSent: {
    heading: 'Look into your mail',
    text: 'We have sent mail to the new address. Until you open the address in it, the old one stays.',
  },
  AddressConfirmed: { heading: 'Your new address counts from now on', text: 'Use it when you sign in.' },
  AccountClosed: {
    heading: 'Your account is closed',
    text: 'Your name, your address and your payout details are erased.',
  },
}
