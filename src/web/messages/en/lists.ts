// English texts: finding, accepting and holding HITs.

export const lists = {
  hits: {
    title: 'HITs',
    count: (groups: string) => (groups === '1' ? '1 group of HITs' : `${groups} groups of HITs`),
    empty: 'There are no HITs for you right now',
    emptyText: 'New ones appear here as soon as a requester publishes them. Come back a little later.',
    requester: 'Requester',
    reward: 'Reward',
    timeAllotted: 'Time allotted',
    available: 'HITs available',
    expires: 'Expires',
    preview: 'Preview',
    accept: 'Accept & Work',
    of: (action: string, title: string) => `${action}: ${title}`,
  },
  preview: {
    note: 'This is a preview.',
    noteText: 'Accept the HIT to work on it. Answers cannot be sent from a preview.',
    frame: 'Preview of the task',
    back: 'Back to the HITs',
  },
  accept: {
    title: 'Accept this HIT?',
    text: 'You followed a link of another page that accepts a HIT. Your time for it starts with the button.',
    cancel: 'No, show me the HITs',
  },
  work: {
    timeRemaining: 'Time remaining',
    of: (duration: string) => `of ${duration}`,
    frame: 'Task',
    return: 'Return',
    queue: 'Queue',
    expired: 'The time for this HIT is over',
    expiredText:
      'Answers cannot be sent any more. The HIT goes back to other workers; your approval rate stays as it is.',
    left: (span: string) => `${span} left`,
    toHITs: 'Find another HIT',
    noScript: 'The time is as it was when this page was loaded.',
  },
  queue: {
    title: (count: string) => `HITs Queue (${count})`,
    empty: 'You have not accepted any HITs',
    emptyText: 'What you accept waits here until you have sent it, for as long as its time allows.',
    find: 'Find HITs',
    work: 'Work',
    return: 'Return',
    timeRemaining: 'Time remaining',
  },
  /** Why a group cannot be accepted, in the list. */
  refusals: {
    QualificationsNotMet: 'You do not have the Qualifications that this requester asks for.',
    WorkerBlocked: 'This requester has blocked you from accepting more HITs.',
    WorkerSuspended: 'Your account may not accept HITs at present.',
    other: 'You cannot accept this HIT at present.',
  },
}
