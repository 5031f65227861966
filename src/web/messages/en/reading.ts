// English texts: pages for reading, and the operator's terms where he gives none of his own.

export const reading = {
  reading: {
    help: 'Help',
    requirements: 'Requirements',
    terms: 'Terms',
    privacy: 'Privacy',
    version: (version: string, date: string) => `Version ${version} of ${date}`,
  },
  termsAgain: {
    title: 'Agree to the terms',
    lead: 'They are new, or have changed since you agreed to them. Read them before you go on. If you do not agree, close this page: nothing changes then.',
    submit: 'Agree and go on',
  },
  help: {
    title: 'Help',
    sections: [
      {
        heading: 'How it works',
        text: [
          'A HIT is a small task. Choose one from the list, look at it, and accept it: from then on it is yours for the time it allows. Do it, and submit it. The requester reviews your work and approves it, and the reward is yours. If nobody reviews it in time, it is approved by itself.',
          'What you have accepted waits in your queue. You can return a HIT that you do not want to finish: your approval rate stays as it is.',
        ],
      },
      {
        heading: 'Your money',
        text: [
          'Every approved HIT and every bonus is on your earnings page at once. There you ask for a payout as well.',
        ],
      },
      {
        heading: 'When something goes wrong',
        text: [
          'If you think that work was rejected wrongly, or a task does not work, write to its requester. If your account does not work, ask the people who run this site.',
        ],
      },
      {
        heading: 'Without a mouse',
        text: [
          'Every page works with the keyboard alone, with a screen reader, and without scripts. Press the tab key once to get a link that leads past the navigation. Light or dark colours are chosen on the page of your account.',
        ],
      },
    ],
  },
  requirements: {
    title: 'What is asked of workers',
    sections: [
      {
        heading: 'You',
        text: [
          'You are 18 or older. You have one account, and nobody else works with it. You say truly where you live.',
        ],
      },
      {
        heading: 'Your work',
        text: [
          'You do HITs yourself, with care, as their instructions say. Programs that help you to find HITs and to keep your place are welcome; programs that answer in your place are not, unless the requester allows it.',
        ],
      },
      {
        heading: 'Limits',
        text: [
          'You can hold 25 HITs at once, and accept 3,800 on one day of Pacific time. Returned HITs count as well.',
          'A requester can block you: then you cannot accept more of that requester’s HITs, but what you hold can still be submitted. The people who run this site can suspend your account: you can still sign in, submit what you hold, and be paid.',
        ],
      },
    ],
  },
  privacy: {
    title: 'What is known about you',
    sections: [
      {
        heading: 'Who sees what',
        text: [
          'Requesters see your worker ID, the work that you submit to them with its times, and the qualifications that they gave you. They can ask for workers of a country or state. They never see your name or your payout details, and your e-mail address only if you let one answer you by mail when you write to that requester. What you write to a requester, or into an answer, the requester reads.',
          'The people who run this site can see what is stored here. Nothing is passed on to anybody else, and there are no advertisements and no tracking.',
        ],
      },
      {
        heading: 'What is stored',
        text: [
          'Your name, your e-mail address, a fingerprint of your password from which it cannot be read, where you live, when you agreed to which terms, the HITs that you accepted with your answers and files, your qualifications, payments and messages, and where your money is to be sent.',
          'Cookies hold your sign-in for 30 days, and your choice of colours. Failed sign-ins are counted with the address typed and that of the machine, and forgotten after some minutes.',
        ],
      },
      {
        heading: 'Your rights',
        text: [
          'On the page of your account you can take away everything that is stored about you, and close the account. Then your name, address, password, place and payout details are erased at once. Your worker ID, your work and the record of payments stay.',
        ],
      },
    ],
  },
}

/** The terms of an operator who has written none. Paragraphs are separated by empty lines. */
export const usualTerms = `You are 18 or older, you work here yourself, and you have one account.

Requesters decide about the work that you submit to them. What they approve is credited to your account at the reward that stood beside the HIT when you accepted it. They may reject work that does not do what the HIT asked for, and must say why. Work that you submit belongs to its requester once it is approved.

This site stores your name, your e-mail address, a fingerprint of your password, where you live, the HITs that you accepted with your answers and files, your qualifications, messages and payments, and where your money is to be sent. Requesters see your worker ID and your work, never your name or your payout details, and your e-mail address only if you let one answer you by mail. Nothing is passed on to anybody else.

You can download all that is stored about you at any time, and close your account: then your name, your address and your payout details are erased. Your worker ID, your work and the record of payments stay.

The people who run this site may suspend an account that is misused. What was earned by then is paid.`

/** The date of these words. */
export const usualTermsDate = '2026-11-25'
