// English texts: the front page, signing in and the account.

export const accounts = {
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
    refusedText: 'Check both and try again. If you have forgotten them, ask the people who run this site.',
    tooMany: 'Too many attempts',
    tooManyText: (wait: string) => `Wait ${wait}, then try again.`,
    unchecked: 'Please sign in again',
    uncheckedText: 'The form did not come from this page, so nothing was done with it.',
    demo: 'Demo',
    demoText: 'This server runs as a demonstration. Sign in as its worker:',
    linkTitle: 'Sign in on this device?',
    linkText: 'You followed a one-time address that signs you in.',
    linkButton: 'Sign in',
    linkUsed: 'This sign-in address does not work',
    linkUsedText:
      'It works once and for a few minutes only. Ask for a new one, or sign in with your password.',
    toSignIn: 'Sign in',
  },
}
