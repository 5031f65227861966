// English texts: forms, answers and files.

export const answers = {
  answer: {
    submitted: 'HIT Submitted',
    submittedText: 'Your answers have arrived. The requester will review them.',
    next: 'Go on to the HITs',
    problem: 'There was a problem submitting your results for this HIT',
    preview: 'You are looking at a preview. Accept the HIT first, then send your answers.',
    missing: 'The task sent no assignmentId, so nobody knows whose answers these are.',
    unknown: 'No HIT that you have accepted belongs to these answers.',
    otherWorker:
      'These answers belong to a HIT that another worker has accepted, or come from an outdated page.',
    needsToken:
      'The answers did not come from the task’s own page. Open the HIT from your queue and send them there.',
    signedOut:
      'You are signed out, so nobody knows whose answers these are. Sign in again, open the HIT from your queue and paste them.',
    otherSession:
      'You have signed in again since this page was opened. Your answers are still in the form: send it once more.',
    empty: 'The task sent no answers. Go back, fill in the form and send it again.',
    tooLong: 'The answers are too long to be taken in. Go back and shorten them.',
    fileSize: (name: string, size: string, least: string, most: string) =>
      `The file for ${name} has ${size} bytes; it must have ${least} to ${most}. Go back and choose another one.`,
    filesUnavailable:
      'Your file could not be kept: the place where files are kept does not answer. Go back, wait a minute and send it again.',
    tooLarge: (most: string) =>
      `The answers are too long: with the files among them they may have ${most} bytes together. Go back and shorten them.`,
    form: 'The task sent its answers in a form that is not understood here.',
    nothing: 'Nothing was recorded.',
    sent: 'What you sent',
    sentText: 'It is shown here so that you can copy it. It is not kept anywhere.',
    closed: {
      submitted: 'You have already submitted this HIT. Your first answers were kept.',
      returned: 'You have returned this HIT, so answers are not taken any more.',
      abandoned: 'The time for this HIT is over, so answers are not taken any more.',
    },
    notEditable: {
      open: 'You have not submitted this HIT yet. Open it from your queue.',
      reviewed: 'This HIT has been reviewed, so its answers cannot be changed any more.',
      never: 'The answers to this HIT cannot be changed once they are submitted.',
    },
    queue: 'Your HITs queue',
    question: (name: string) => `An answer is missing or not allowed: ${name}. Go back and look at it again.`,
  },
  form: {
    accept: 'You must accept the HIT before you can submit the results.',
    submit: 'Submit',
    save: 'Save the changes',
    edit: 'Change your answers',
    editText:
      'You can still change these answers: the requester has not reviewed them yet. What you save takes the place of what you sent.',
    leave: 'Leave them as they are',
    required: '(required)',
    question: (number: string) => `Question ${number}`,
    other: 'Other:',
    none: 'Choose one',
    file: (least: string, most: string) => `A file of ${least} to ${most} bytes`,
    fileKept: (size: string) =>
      `The file that you sent is kept (${size} bytes). Choose another one only to replace it.`,
    fileAgain: 'Choose the file again: a browser does not send it a second time by itself.',
    countHint: {
      exactly: (most: string) => `Choose ${most}.`,
      upTo: (most: string) => `Choose up to ${most}.`,
      between: (least: string, most: string) => `Choose ${least} to ${most}.`,
    },
    characters: '{count} of {most} characters',
    open: (text: string) => `Open in a new window: ${text}`,
    ownAddress: 'An address of this site is not shown inside a task.',
    draft: 'Draft kept on this device',
    summary: (count: number) =>
      count === 1 ? 'One answer needs another look' : `${count} answers need another look`,
    summaryText: 'Nothing was submitted yet, and nothing that you wrote is lost.',
  },
  // The first sentences are those of the real site [questions 2.9].
  problem: {
    required: {
      FreeTextAnswer: 'This field is required. Write an answer.',
      SelectionAnswer: 'This field is required. Choose an answer.',
      FileUploadAnswer: 'This field is required. Choose a file.',
    },
    length: 'Invalid entry length.',
    leastLength: (least: string) => `Must be at least ${least} characters.`,
    mostLength: (most: string) => `Must be at most ${most} characters.`,
    numeric: 'Invalid numeric value.',
    number: 'Write a number, such as 7 or 2.5.',
    least: (least: string) => `Must be at least ${least}.`,
    most: (most: string) => `Must be at most ${most}.`,
    format: 'Invalid input supplied.',
    choices: (least: string, most: string) =>
      least === most
        ? `Invalid number of choices. Choose exactly ${least}.`
        : `Invalid number of choices. Choose at least ${least} and at most ${most}.`,
    file: (least: string, most: string) => `Invalid file size. Choose a file of ${least} to ${most} bytes.`,
    other: (text: string) => `Other: ${text}`,
  },
  files: {
    forged: 'This address is not one that this server gave out, or it was not copied completely.',
    expired: 'This address is not good any more. Ask for a new one with GetFileUploadURL.',
    unavailable: 'The place where files are kept does not answer. Try again in a minute.',
    gone: 'There is no such file.',
  },
}
