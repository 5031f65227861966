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
    queue: 'Your HITs queue',
    question: (name: string) => `An answer is missing or not allowed: ${name}. Go back and look at it again.`,
  },
  form: {
    accept: 'You must accept the HIT before you can submit the results.',
    submit: 'Submit',
    required: '(required)',
    question: (number: string) => `Question ${number}`,
    other: 'Other',
    file: (least: string, most: string) => `A file of ${least} to ${most} bytes`,
  },
  files: {
    forged: 'This address is not one that this server gave out, or it was not copied completely.',
    expired: 'This address is not good any more. Ask for a new one with GetFileUploadURL.',
    unavailable: 'The place where files are kept does not answer. Try again in a minute.',
    gone: 'There is no such file.',
  },
}
