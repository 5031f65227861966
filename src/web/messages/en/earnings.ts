// English texts: money.

export const earnings = {
  earnings: {
    title: 'Earnings',
    balance: 'Your balance',
    balanceText: 'Earned, and not asked for yet.',
    underWay: 'Under way',
    underWayText: 'Asked for, and not paid yet.',
    next: 'Next automatic payout:',
    nextNone: 'none planned',
    rewards: 'HIT rewards',
    bonuses: 'Bonuses',
    total: 'Total earnings',
    bonusList: 'Bonuses you received',
    date: 'Date',
    amount: 'Amount',
    reason: 'Reason',
    noBonuses: 'You have not received any bonuses yet.',
    ask: {
      title: 'Ask for a payout',
      amount: 'Amount in dollars',
      hint: (balance: string, minimum: string) =>
        `You can ask for all of it, ${balance}, or for a part of ${minimum} or more.`,
      button: 'Ask for the payout',
      tooLittle: (minimum: string) => `You can ask for a payout once your balance is ${minimum} or more.`,
      needsMethod: 'First say how you want to be paid.',
      notMoney: 'Write an amount in dollars, such as 12.50.',
      belowMinimum: (minimum: string) => `The least you can ask for is ${minimum}.`,
      aboveBalance: (balance: string) => `That is more than your balance of ${balance}.`,
    },
    method: {
      title: 'How you are paid',
      none: 'You have not said yet how you want to be paid.',
      by: (kind: string) => `By: ${kind}`,
      ending: (end: string) => `ending in ${end}`,
      choose: 'Say how you want to be paid',
      change: 'Change',
      formText:
        'The people who run this site pay you outside of it. Tell them what they need for that. It is kept encrypted, shown to nobody else, and never to requesters.',
      kind: 'Way to be paid',
      details: 'Details',
      detailsHint:
        'For a bank transfer: name, account number and bank. For a gift card: the address it goes to.',
      save: 'Save',
      back: 'Back to your earnings',
      missing: 'Write down where the money should go.',
      tooLong: (maximum: string) => `Keep it to ${maximum} characters or fewer.`,
      unknownKind: 'Choose one of these ways.',
      underWay: 'Payouts that you have asked for already go where you said then.',
    },
    schedule: {
      label: 'Automatic payouts',
      hint: 'Asks for all of your balance by itself, whenever it is enough.',
      never: 'Never, I ask myself',
      every: (days: string) => `Every ${days} days`,
      save: 'Save',
    },
    payouts: {
      title: 'Your payouts',
      none: 'You have not asked for a payout yet.',
      method: 'Paid by',
      state: 'State',
      note: 'Note',
      states: {
        requested: 'Under way',
        paid: 'Paid',
        failed: 'Not paid, back in your balance',
        cancelled: 'Cancelled by you',
      },
      automatic: 'automatic',
      settled: (date: string) => `on ${date}`,
      cancel: 'Cancel',
      cancelOf: (amount: string, date: string) => `Cancel the payout of ${amount}, asked for on ${date}`,
    },
    chart: {
      title: 'Earnings by month',
      summary: (total: string, best: string, month: string) =>
        `In the last twelve months you earned ${total}, most of it in ${month}: ${best}.`,
      of: (month: string, rewards: string, bonuses: string) =>
        `${month}: ${rewards} rewards, ${bonuses} bonuses`,
    },
    refused: {
      settled: {
        heading: 'This payout cannot be cancelled any more',
        text: 'It was paid or given back already: see the list below.',
      },
      schedule: { heading: 'The schedule could not be saved', text: 'Choose one of the schedules.' },
    },
  },
}

/** Notes above the page that say that something was done. */
export const earningsNotices = {
  PayoutRequested: {
    heading: 'Your payout is under way',
    text: 'You get a message when it is paid. Until then you can cancel it below.',
  },
  PayoutCancelled: { heading: 'The payout is cancelled', text: 'The money is in your balance again.' },
  PayoutMethodSaved: { heading: 'It is saved how you are paid' },
  PayoutScheduleSaved: { heading: 'The schedule is saved' },
}
